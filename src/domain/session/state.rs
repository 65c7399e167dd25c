//! What a session has come to.

use crate::domain::certificate::earned::EarnedAward;
use crate::domain::certificate::event::Award;
use crate::domain::ids::{SessionId, WorkerId};
use crate::domain::proposal::Proposals;
use crate::domain::route::Route;
use crate::domain::score::{Component, Mark, Marks, Verdict};
use crate::domain::session::event::{
    CertificatesIssued, NoticeStarted, Process, ResultEntered, SessionClosed, SessionOpened,
};
use crate::domain::session::proceedings::Proceedings;
use crate::domain::session::step::{AuditPassed, AuditReturned, SessionSubmitted};
use crate::domain::worker::components::ComponentPassed;
use crate::domain::worker::event::{AwardedBy, LevelAwarded};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Most candidates of one session.
pub const CANDIDATES_MAX: usize = 10_000;

/// What was opened and what is known of its candidates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sitting {
    /// As opened.
    pub opened: SessionOpened,
    /// One result a candidate, in the order of their ids.
    pub results: BTreeMap<WorkerId, ResultEntered>,
    /// Proposals to confirm them.
    pub proposals: Proposals,
    /// The steps of the full process.
    pub proceedings: Proceedings,
}

impl Sitting {
    /// Whether every step is recorded.
    pub fn is_full(&self) -> bool {
        self.opened.process == Process::Full
    }
}

/// The life of a session (认定批次).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SessionState {
    /// No such session.
    #[default]
    Absent,
    /// Results come in.
    Open(Sitting),
    /// A second person confirmed the results.
    Confirmed(Sitting),
    /// The public notice runs (公示).
    InNotice {
        /// Its candidates.
        sitting: Sitting,
        /// The notice.
        notice: NoticeStarted,
    },
    /// Before the authority (报送).
    Submitted {
        /// Its candidates.
        sitting: Sitting,
        /// The notice that is over.
        notice: NoticeStarted,
        /// The report.
        submitted: SessionSubmitted,
    },
    /// Given back by the authority (审核退回).
    Returned {
        /// Its candidates.
        sitting: Sitting,
        /// The notice that is over.
        notice: NoticeStarted,
        /// What is to be put right.
        returned: AuditReturned,
    },
    /// Passed by the authority (审核通过).
    Audited {
        /// Its candidates.
        sitting: Sitting,
        /// The notice that is over.
        notice: NoticeStarted,
        /// The pass.
        passed: AuditPassed,
    },
    /// Closed; levels are awarded.
    Closed {
        /// Its candidates.
        sitting: Sitting,
        /// The close.
        closed: SessionClosed,
    },
    /// Certificates are issued.
    Issued {
        /// Its candidates.
        sitting: Sitting,
        /// The close.
        closed: SessionClosed,
        /// The issue.
        issued: CertificatesIssued,
    },
}

impl SessionState {
    /// What was opened, whatever has come of it; `None` if nothing was.
    pub fn sitting(&self) -> Option<&Sitting> {
        match self {
            Self::Absent => None,
            Self::Open(sitting)
            | Self::Confirmed(sitting)
            | Self::InNotice { sitting, .. }
            | Self::Submitted { sitting, .. }
            | Self::Returned { sitting, .. }
            | Self::Audited { sitting, .. }
            | Self::Closed { sitting, .. }
            | Self::Issued { sitting, .. } => Some(sitting),
        }
    }

    /// Where it stands, as a stable word: `absent`, `open`, `confirmed`, `in-notice`, `submitted`,
    /// `returned`, `audited`, `closed`, `issued`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Open(_) => "open",
            Self::Confirmed(_) => "confirmed",
            Self::InNotice { .. } => "in-notice",
            Self::Submitted { .. } => "submitted",
            Self::Returned { .. } => "returned",
            Self::Audited { .. } => "audited",
            Self::Closed { .. } => "closed",
            Self::Issued { .. } => "issued",
        }
    }

    /// Everybody who passed every component, whatever the session's standing, in the order of
    /// the candidates' ids.
    pub fn passed(&self) -> impl Iterator<Item = &ResultEntered> {
        self.sitting()
            .into_iter()
            .flat_map(|sitting| sitting.results.values())
            .filter(|result| result.verdict == Verdict::Passed)
    }

    /// The levels that closing on this day awards, to be appended with the close. Empty unless
    /// the notice runs or the session has just closed; and of a session of 比照认定, whose levels
    /// the recognitions awarded.
    pub fn level_awards(
        &self,
        session: SessionId,
        awarded_on: Date,
    ) -> impl Iterator<Item = (WorkerId, LevelAwarded)> {
        let sitting = match self {
            Self::InNotice { sitting, .. }
            | Self::Audited { sitting, .. }
            | Self::Closed { sitting, .. } => Some(&sitting.opened),
            _ => None,
        };
        let sitting = sitting.filter(|opened| opened.route != Route::Recognition);
        sitting.into_iter().flat_map(move |opened| {
            self.passed().filter_map(move |result| {
                let attained = opened.assessed.attained(result.level)?;
                let award = LevelAwarded {
                    by: AwardedBy::Session(session),
                    body: Some(opened.body),
                    route: opened.route,
                    occupation: attained.occupation()?,
                    occupation_name: attained.name().clone(),
                    work_type: attained.work_type().map(str::to_owned),
                    level: attained.level()?,
                    assessed_on: opened.assessed_on,
                    awarded_on,
                };
                Some((result.worker, award))
            })
        })
    }

    /// The components that somebody passed without passing the whole, to be kept for so many months
    /// (单科成绩保留) with the close. Nothing brought along is kept anew.
    pub fn components_passed(
        &self,
        session: SessionId,
        months: u16,
    ) -> Vec<(WorkerId, ComponentPassed)> {
        let Self::Closed { sitting, .. } = self else {
            return Vec::new();
        };
        let opened = &sitting.opened;
        let valid_to = opened
            .assessed_on
            .saturating_add(jiff::Span::new().months(i32::from(months)));
        let not_passed = sitting.results.values().filter(|result| {
            months > 0 && result.verdict != Verdict::Passed && result.basis.marks().is_some()
        });
        not_passed
            .flat_map(|result| {
                let kept = move |component: Component| {
                    let Some(Mark::Scored(score)) = component.of(result.basis.marks()?) else {
                        return None;
                    };
                    let brought = result.retained.iter().any(|it| it.component == component);
                    (score.passes() && !brought).then_some(())?;
                    let passed = ComponentPassed {
                        session,
                        occupation: opened.assessed.occupation()?,
                        level: result.level?,
                        component,
                        score,
                        passed_on: opened.assessed_on,
                        valid_to,
                    };
                    Some((result.worker, passed))
                };
                Component::ALL.into_iter().filter_map(kept)
            })
            .collect()
    }

    /// What the certificates of this session say, one for everybody who passed, and of 一试双证 the
    /// enterprise's beside it. Empty unless the
    /// session is closed and its certificates are not issued yet: nothing else lets a
    /// certificate be issued.
    pub fn earned(&self, session: SessionId) -> Vec<EarnedAward> {
        let Self::Closed { sitting, .. } = self else {
            return Vec::new();
        };
        let opened = &sitting.opened;
        let award = |result: &ResultEntered, attainment| {
            EarnedAward::by_assessment(Award {
                body: opened.body,
                session,
                worker: result.worker,
                attainment,
                route: opened.route,
                standard: opened.standard.clone(),
                region: opened.region,
                assessed_on: opened.assessed_on,
                scores: result.basis.marks().and_then(Marks::scores),
            })
        };
        self.passed()
            .filter_map(|result| {
                let attained = opened.assessed.attained(result.level)?;
                let dual = opened.dual.as_ref();
                let second = dual.and_then(|dual| dual.attained(&attained));
                let second = second.map(|attained| award(result, attained));
                Some(std::iter::once(award(result, attained)).chain(second))
            })
            .flatten()
            .collect()
    }
}
