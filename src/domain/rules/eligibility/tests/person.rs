//! A history written in one chain. Nobody in it exists.

use crate::domain::background::*;
use crate::domain::example::{body_id, digest, name};
use crate::domain::ids::{RecordId, SessionId};
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::rules::eligibility::*;
use crate::domain::rules::recognition::{Title, TitleGrade};
use crate::domain::worker::event::{AwardedBy, TrainingCompleted};
use jiff::civil::Date;
use uuid::Uuid;

pub const WELDER: &str = "6-18-02-04";
pub const ASSEMBLER: &str = "6-21-01-02"; // related to the welder
pub const COURIER: &str = "4-02-07-08"; // not related

pub fn code(text: &str) -> OccupationCode {
    text.parse().unwrap()
}
pub fn record(n: u128) -> RecordId {
    RecordId(Uuid::from_u128(n))
}

#[derive(Default)]
pub struct Person {
    pub history: History,
    records: u128,
}

pub fn person() -> Person {
    Person::default()
}

impl Person {
    fn next(&mut self) -> RecordId {
        self.records += 1;
        record(self.records)
    }
    pub fn born(mut self, on: Date) -> Self {
        self.history.birth = Some(Birth(on));
        self
    }
    pub fn works(mut self, occupation: &str, from: Date, to: impl Into<Option<Date>>) -> Self {
        let record = self.next();
        self.history.background.works.push(WorkRecorded {
            record,
            employer: None,
            relation: Relation::SelfEmployed,
            occupation: Some(code(occupation)),
            from,
            to: to.into(),
            evidence: vec![digest(1)],
        });
        self
    }
    pub fn holds(mut self, occupation: &str, level: SkillLevel, awarded_on: Date) -> Self {
        let session = SessionId(Uuid::from_u128(self.history.levels.len() as u128));
        self.history.levels.push(LevelHeld {
            by: AwardedBy::Session(session),
            occupation: code(occupation),
            level,
            awarded_on,
            standing: true,
        });
        self
    }
    pub fn withdrawn(mut self) -> Self {
        self.history.levels.last_mut().unwrap().standing = false;
        self
    }
    pub fn studies(
        mut self,
        school: School,
        education: Education,
        from: Date,
        graduated_on: Option<Date>,
        expected_on: Option<Date>,
    ) -> Self {
        let record = self.next();
        self.history.background.studies.push(StudyRecorded {
            record,
            school,
            institution: None,
            education,
            speciality: "焊接技术".into(),
            related: vec![code(WELDER)],
            from,
            graduated_on,
            expected_on,
            evidence: vec![digest(1)],
        });
        self
    }
    pub fn titled(mut self, grade: TitleGrade, related: &str, awarded_on: Date) -> Self {
        let record = self.next();
        self.history.background.titles.push(TitleRecorded {
            record,
            title: Title {
                series: "工程".into(),
                grade,
                name: "工程师".into(),
            },
            related: vec![code(related)],
            awarded_on,
            awarded_by: "某评委会".into(),
            evidence: vec![digest(1)],
        });
        self
    }
    pub fn outside(
        mut self,
        kind: OutsideKind,
        level: Option<SkillLevel>,
        awarded_on: Date,
        valid_to: Option<Date>,
    ) -> Self {
        let record = self.next();
        self.history
            .background
            .outside
            .push(OutsideCertificateRecorded {
                record,
                kind,
                issuer: "某机构".into(),
                name: name("证书"),
                grade: None,
                occupation: Some(code(WELDER)),
                level,
                number: digest(2),
                awarded_on,
                valid_to,
                evidence: vec![digest(1)],
            });
        self
    }
    pub fn trained(mut self, occupation: &str, level: SkillLevel, hours: u32, to: Date) -> Self {
        let class = format!("{}班", self.history.trainings.len());
        self.history.trainings.push(TrainingCompleted {
            provider: body_id(),
            class,
            course: "培训".into(),
            occupation: Some(code(occupation)),
            level: Some(level),
            hours,
            from: to,
            to,
            teachers: vec![],
        });
        self
    }
    pub fn apprenticed(mut self, occupation: &str, ended_on: Date) -> Self {
        self.history.apprenticeships.push(ApprenticeshipServed {
            occupation: code(occupation),
            ended_on,
        });
        self
    }
}
