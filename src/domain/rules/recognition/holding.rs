//! What somebody holds, since when, and which record shows it.

use super::qualification::Title;
use crate::domain::background::{
    Background, Education, OutsideCertificateRecorded, OutsideKind, School,
};
use crate::domain::ids::{RecognitionId, RecordId, SessionId};
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::worker::event::AwardedBy;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What somebody holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Holding {
    /// A skill level in an occupation.
    Level {
        /// The level.
        level: SkillLevel,
        /// The occupation.
        occupation: OccupationCode,
    },
    /// A professional title (职称).
    Title {
        /// The title.
        title: Title,
        /// The occupations its speciality belongs to, as checked; none if it was not checked.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        related: Vec<OccupationCode>,
    },
    /// A completed education (学历).
    Education {
        /// Which.
        education: Education,
        /// From which kind of school.
        school: School,
        /// The occupations its speciality belongs to, as checked.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        related: Vec<OccupationCode>,
    },
    /// A certificate that others issued.
    Certificate {
        /// Its kind.
        outside: OutsideKind,
        /// Its issuer, by the code of the register of issuers.
        issuer: String,
        /// What it is called.
        name: String,
        /// Its grade in the issuer's words.
        #[serde(skip_serializing_if = "Option::is_none")]
        grade: Option<String>,
        /// The occupation it is for, where it has one.
        #[serde(skip_serializing_if = "Option::is_none")]
        occupation: Option<OccupationCode>,
    },
    /// An honour (荣誉称号).
    Honour {
        /// What it is called.
        name: String,
    },
}

impl Holding {
    /// The occupations it is tied to; none if it is tied to none, or nobody checked.
    pub(super) fn related(&self) -> &[OccupationCode] {
        match self {
            Self::Level { occupation, .. } => std::slice::from_ref(occupation),
            Self::Title { related, .. } | Self::Education { related, .. } => related,
            Self::Certificate { occupation, .. } => occupation.as_slice(),
            Self::Honour { .. } => &[],
        }
    }
}

/// What shows that somebody holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum HeldBy {
    /// A session of this ledger that awarded the level.
    Session {
        /// Which.
        session: SessionId,
    },
    /// A recognition of this ledger that awarded the level.
    Recognition {
        /// Which.
        recognition: RecognitionId,
    },
    /// A checked record of what the person brings along (履历), or an honour.
    Record {
        /// Which.
        record: RecordId,
    },
    /// Nothing: it was only said. Answers a question; an application needs more.
    Stated,
}

impl fmt::Display for HeldBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Session { session } => session.fmt(f),
            Self::Recognition { recognition } => recognition.fmt(f),
            Self::Record { record } => record.fmt(f),
            Self::Stated => f.write_str("-"),
        }
    }
}

impl From<AwardedBy> for HeldBy {
    fn from(by: AwardedBy) -> Self {
        match by {
            AwardedBy::Session(session) => Self::Session { session },
            AwardedBy::Recognition(recognition) => Self::Recognition { recognition },
        }
    }
}

/// What somebody holds, since when, and by what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Held {
    /// What.
    pub holding: Holding,
    /// The day it was awarded.
    pub since: Date,
    /// Last day it is valid, if it runs out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// What shows it.
    pub by: HeldBy,
}

impl Held {
    /// Something that was said and not shown.
    pub const fn stated(holding: Holding, since: Date) -> Self {
        Self {
            holding,
            since,
            until: None,
            by: HeldBy::Stated,
        }
    }

    /// Whether it is held on that day.
    pub fn is_held_on(&self, on: Date) -> bool {
        self.since <= on && self.until.is_none_or(|last| on <= last)
    }
}

impl Background {
    /// Titles, completed studies and certificates of others, as recognition rules are put against
    /// them. Study that goes on (在读) is not an education yet; a 职业技能等级证书 or 职业资格证书 of
    /// elsewhere that states occupation and level is that level.
    pub fn held(&self) -> Vec<Held> {
        let titles = self.titles.iter().map(|it| Held {
            holding: Holding::Title {
                title: it.title.clone(),
                related: it.related.clone(),
            },
            since: it.awarded_on,
            until: None,
            by: HeldBy::Record { record: it.record },
        });
        let studies = self.studies.iter().filter_map(|it| {
            Some(Held {
                holding: Holding::Education {
                    education: it.education,
                    school: it.school,
                    related: it.related.clone(),
                },
                since: it.graduated_on?,
                until: None,
                by: HeldBy::Record { record: it.record },
            })
        });
        let outside = self.outside.iter().map(outside);
        titles.chain(studies).chain(outside).collect()
    }
}

fn outside(it: &OutsideCertificateRecorded) -> Held {
    let of_level = matches!(
        it.kind,
        OutsideKind::LevelCertificate | OutsideKind::VocationalQualification
    );
    let holding = match (it.level, it.occupation) {
        (Some(level), Some(occupation)) if of_level => Holding::Level { level, occupation },
        (_, occupation) => Holding::Certificate {
            outside: it.kind,
            issuer: it.issuer.clone(),
            name: it.name.zh.clone(),
            grade: it.grade.clone(),
            occupation,
        },
    };
    Held {
        holding,
        since: it.awarded_on,
        until: it.valid_to,
        by: HeldBy::Record { record: it.record },
    }
}
