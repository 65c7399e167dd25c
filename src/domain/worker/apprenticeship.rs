//! 学徒工 and 企业新型学徒制: begun under an agreement, completed at its end or ended before it
//! (checklist rows 49 and 55). 学徒期满 leads to 转正定级, by a session of that route.

use crate::domain::credit_code::CreditCode;
use crate::domain::digest::Digest;
use crate::domain::ids::{RecordId, SubjectId, WorkerId};
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::occupation::OccupationCode;
use crate::domain::rules::routes::apprenticeship::{
    ApprenticeshipKind, ApprenticeshipPolicy, CompletedApprenticeship,
};
use crate::domain::wording::check_text;
use crate::domain::worker::event::WorkerEvent;
use crate::domain::worker::rejection::WorkerRejection as No;
use crate::domain::worker::state::Worker;
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use serde::{Deserialize, Serialize};

type Decided = Result<Vec<WorkerEvent>, No>;

/// Most pieces of evidence of one completion.
const EVIDENCE_MAX: usize = 50;

/// An apprenticeship began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprenticeshipStarted {
    /// Its id.
    pub record: RecordId,
    /// The employer, by its 统一社会信用代码.
    pub employer: CreditCode,
    /// 学徒工 or 企业新型学徒制.
    pub kind: ApprenticeshipKind,
    /// Digest of the agreement (学徒培养协议、实习协议).
    pub agreement: Digest,
    /// The occupation.
    pub occupation: OccupationCode,
    /// Its name that day.
    pub occupation_name: Name,
    /// The level it aims at (培养目标).
    pub target: SkillLevel,
    /// The master (企业导师), by pseudonym.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub master: Option<SubjectId>,
    /// Whether the apprentice is an intern of his graduation year (毕业年度).
    pub intern: bool,
    /// First day.
    pub from: Date,
    /// Length of the agreement.
    pub term_months: u16,
}

impl ApprenticeshipStarted {
    /// The last day of the agreement; one of a month that has no such day ends on its last.
    pub fn last_day(&self) -> Date {
        let months = Span::new().months(i32::from(self.term_months));
        self.from.saturating_add(months).saturating_sub(1.day())
    }
}

/// An apprenticeship was completed (学徒期满).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprenticeshipCompleted {
    /// Which.
    pub record: RecordId,
    /// The civil date.
    pub on: Date,
    /// Digests of the evidence (期满考核).
    pub evidence: Vec<Digest>,
}

/// An apprenticeship ended before its time (解除学徒协议).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprenticeshipEnded {
    /// Which.
    pub record: RecordId,
    /// Why.
    pub ground: String,
    /// The civil date.
    pub on: Date,
}

/// An apprenticeship and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apprenticeship {
    /// As begun.
    pub started: ApprenticeshipStarted,
    /// Its completion.
    pub completed: Option<ApprenticeshipCompleted>,
    /// Its end before its time.
    pub ended: Option<ApprenticeshipEnded>,
}

impl Apprenticeship {
    const fn runs(&self) -> bool {
        self.completed.is_none() && self.ended.is_none()
    }

    /// Whether one of those days belongs to it: from its first day to the last of its agreement,
    /// or to the day before its early end.
    fn shares_a_day(&self, from: Date, to: Date) -> bool {
        let last = match &self.ended {
            Some(ended) => ended.on.yesterday().unwrap_or(Date::MIN),
            None => self.started.last_day(),
        };
        self.started.from <= to && from <= last
    }
}

impl Worker {
    /// The apprenticeships completed, as 转正定级 by this employer looks at them.
    pub fn apprenticeships_completed(&self, employer: &CreditCode) -> Vec<CompletedApprenticeship> {
        self.apprenticeships
            .iter()
            .filter_map(|it| {
                Some(CompletedApprenticeship {
                    occupation: it.started.occupation,
                    target: it.started.target,
                    with_this_employer: it.started.employer == *employer,
                    completed_on: it.completed.as_ref()?.on,
                })
            })
            .collect()
    }
}

/// What an event does to the apprenticeships.
pub(super) fn evolve(apprenticeships: &mut Vec<Apprenticeship>, event: &WorkerEvent) {
    let of = |record: RecordId| move |it: &&mut Apprenticeship| it.started.record == record;
    match event {
        WorkerEvent::ApprenticeshipStarted(started) => apprenticeships.push(Apprenticeship {
            started: started.clone(),
            completed: None,
            ended: None,
        }),
        WorkerEvent::ApprenticeshipCompleted(completed) => {
            if let Some(it) = apprenticeships.iter_mut().find(of(completed.record)) {
                it.completed = Some(completed.clone());
            }
        }
        WorkerEvent::ApprenticeshipEnded(ended) => {
            if let Some(it) = apprenticeships.iter_mut().find(of(ended.record)) {
                it.ended = Some(ended.clone());
            }
        }
        _ => {}
    }
}

pub(super) fn start(
    worker: &Worker,
    id: WorkerId,
    started: &ApprenticeshipStarted,
    policy: &ApprenticeshipPolicy,
    on: Date,
) -> Decided {
    if worker.has_record(started.record) {
        return Err(No::RecordTwice);
    }
    if on < started.from {
        return Err(No::RecordAhead {
            earliest: started.from,
        });
    }
    if started.master == Some(SubjectId::from(id)) {
        return Err(No::MasterIsApprentice);
    }
    if !started.occupation.carries_level_certificates() {
        return Err(No::ApprenticeshipWithoutLevels {
            occupation: started.occupation,
        });
    }
    policy.check_agreement(started.term_months, started.intern, started.target)?;
    if started.intern && !worker.graduates_in(started.from.year()) {
        return Err(No::InternNotGraduating {
            year: started.from.year(),
        });
    }
    let (from, to) = (started.from, started.last_day());
    if worker
        .apprenticeships
        .iter()
        .any(|it| it.runs() || it.shares_a_day(from, to))
    {
        return Err(No::ApprenticeshipRunning);
    }
    Ok(vec![started.clone().into()])
}

/// The apprenticeship while it runs.
fn running(worker: &Worker, record: RecordId) -> Result<&ApprenticeshipStarted, No> {
    let found = worker
        .apprenticeships
        .iter()
        .find(|it| it.started.record == record)
        .ok_or(No::ApprenticeshipUnknown)?;
    if found.runs() {
        Ok(&found.started)
    } else {
        Err(No::ApprenticeshipOver)
    }
}

pub(super) fn complete(worker: &Worker, completed: &ApprenticeshipCompleted) -> Decided {
    let started = running(worker, completed.record)?;
    let earliest = started.last_day();
    if completed.on < earliest {
        return Err(No::ApprenticeshipNotOver { earliest });
    }
    if completed.evidence.is_empty() || completed.evidence.len() > EVIDENCE_MAX {
        return Err(No::EvidenceMissing);
    }
    Ok(vec![completed.clone().into()])
}

pub(super) fn end(worker: &Worker, ended: &ApprenticeshipEnded) -> Decided {
    check_text("ground", &ended.ground)?;
    let started = running(worker, ended.record)?;
    if ended.on < started.from {
        return Err(No::DateBefore {
            earliest: started.from,
        });
    }
    Ok(vec![ended.clone().into()])
}
