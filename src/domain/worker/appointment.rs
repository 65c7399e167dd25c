//! 评聘 of 特级技师 and 首席技师: the post that goes with the level, its term, its performance reviews
//! and its end (checklist row 50).

use crate::domain::digest::Digest;
use crate::domain::ids::{BodyId, SessionId};
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::occupation::OccupationCode;
use crate::domain::route::Route;
use crate::domain::rules::routes::appointment::AppointmentPolicy;
use crate::domain::wording::check_text;
use crate::domain::worker::event::{AwardedBy, WorkerEvent};
use crate::domain::worker::rejection::WorkerRejection as No;
use crate::domain::worker::state::Worker;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

type Decided = Result<Vec<WorkerEvent>, No>;

/// Most pieces of evidence of one performance review.
const EVIDENCE_MAX: usize = 50;

/// Appointed to a post (聘任). The session that awarded the level names the appointment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointed {
    /// The session of the 评聘.
    pub session: SessionId,
    /// The employer.
    pub body: BodyId,
    /// The occupation.
    pub occupation: OccupationCode,
    /// Its name that day.
    pub occupation_name: Name,
    /// 特级技师 or 首席技师.
    pub level: SkillLevel,
    /// The post (岗位), in words; no personal data.
    pub post: String,
    /// First day of the term (聘期).
    pub from: Date,
    /// Last day of the term.
    pub to: Date,
}

/// What a performance review came to (考核等次).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Performance {
    /// 优秀
    Excellent,
    /// 合格
    Competent,
    /// 基本合格
    Adequate,
    /// 不合格
    Incompetent,
}

/// Performance in the post was reviewed (聘期考核).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PerformanceReviewed {
    /// The session of the 评聘.
    pub session: SessionId,
    /// The year that was reviewed.
    pub year: i16,
    /// What it came to.
    pub outcome: Performance,
    /// Digests of the evidence.
    pub evidence: Vec<Digest>,
    /// The civil date.
    pub on: Date,
}

/// Appointed for another term (续聘).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentRenewed {
    /// The session of the 评聘.
    pub session: SessionId,
    /// First day of the new term: the day after the last of the old.
    pub from: Date,
    /// Last day of the new term.
    pub to: Date,
    /// The civil date of the decision.
    pub on: Date,
}

/// Why an appointment ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AppointmentEnd {
    /// 聘期届满: its last day has passed.
    TermOver,
    /// 解聘, by the employer.
    Dismissed,
    /// 辞聘, by the holder.
    Resigned,
    /// 离职
    Left,
    /// 退休
    Retired,
    /// 改聘: appointed to the higher of the two posts.
    Superseded,
    /// The level was withdrawn (撤销, 吊销).
    LevelWithdrawn,
}

/// An appointment ended (聘任终止). The level that was awarded stays on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentEnded {
    /// The session of the 评聘.
    pub session: SessionId,
    /// How.
    pub ground: AppointmentEnd,
    /// The civil date: the first day without the post.
    pub on: Date,
}

/// An appointment and what has come of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    /// As appointed.
    pub appointed: Appointed,
    /// First day of the running term.
    pub from: Date,
    /// Last day of the running term.
    pub to: Date,
    /// Reviews, in the order they were recorded.
    pub reviews: Vec<PerformanceReviewed>,
    /// Its end.
    pub ended: Option<AppointmentEnded>,
}

impl Appointment {
    /// Whether the post was, is or will be held on a day from `from` to `to`, both included.
    fn shares_a_day(&self, from: Date, to: Date) -> bool {
        let before_end = |end: &AppointmentEnded| end.on.yesterday().unwrap_or(Date::MIN);
        let last = self.ended.as_ref().map_or(self.to, before_end).min(self.to);
        let first = self.appointed.from;
        first <= last && first <= to && from <= last
    }
}

/// What an event does to the appointments.
pub(super) fn evolve(appointments: &mut Vec<Appointment>, event: &WorkerEvent) {
    let of = |session: SessionId| move |it: &&mut Appointment| it.appointed.session == session;
    match event {
        WorkerEvent::Appointed(appointed) => appointments.push(Appointment {
            appointed: appointed.clone(),
            from: appointed.from,
            to: appointed.to,
            reviews: Vec::new(),
            ended: None,
        }),
        WorkerEvent::PerformanceReviewed(review) => {
            if let Some(it) = appointments.iter_mut().find(of(review.session)) {
                it.reviews.push(review.clone());
            }
        }
        WorkerEvent::AppointmentRenewed(renewed) => {
            if let Some(it) = appointments.iter_mut().find(of(renewed.session)) {
                it.from = renewed.from;
                it.to = renewed.to;
            }
        }
        WorkerEvent::AppointmentEnded(ended) => {
            if let Some(it) = appointments.iter_mut().find(of(ended.session)) {
                it.ended = Some(ended.clone());
            }
        }
        _ => {}
    }
}

/// Appoints to the post of a level that 评聘 awarded. A lower post at the same employer ends with
/// it, and so does a term that has run out.
pub(super) fn appoint(
    worker: &Worker,
    appointed: &Appointed,
    policy: &AppointmentPolicy,
) -> Decided {
    check_text("post", &appointed.post)?;
    let by = AwardedBy::Session(appointed.session);
    let awarded = worker
        .levels
        .iter()
        .find(|it| it.awarded.by == by && it.withdrawn.is_none())
        .map(|it| &it.awarded)
        .filter(|it| {
            it.route == Route::Appointment
                && it.level == appointed.level
                && it.occupation == appointed.occupation
                && it.body == Some(appointed.body)
        })
        .ok_or(No::AppointmentNotAwarded)?;
    if appointed.from < awarded.awarded_on {
        return Err(No::DateBefore {
            earliest: awarded.awarded_on,
        });
    }
    policy.check_term(appointed.from, appointed.to)?;
    let mut events = Vec::new();
    for other in &worker.appointments {
        if other.appointed.session == appointed.session {
            return Err(No::AppointedTwice);
        }
        if other.ended.is_some() {
            if other.shares_a_day(appointed.from, appointed.to) {
                return Err(No::AppointmentRunning);
            }
            continue;
        }
        let (ground, on) = if other.to < appointed.from {
            (AppointmentEnd::TermOver, day_after(other.to))
        } else if other.appointed.body == appointed.body && other.appointed.level < appointed.level
        {
            (AppointmentEnd::Superseded, appointed.from)
        } else {
            return Err(No::AppointmentRunning);
        };
        let end = AppointmentEnded {
            session: other.appointed.session,
            ground,
            on,
        };
        events.push(end.into());
    }
    events.push(appointed.clone().into());
    Ok(events)
}

/// The appointment while its term runs on that day.
fn running(worker: &Worker, session: SessionId, on: Date) -> Result<&Appointment, No> {
    let found = known(worker, session)?;
    if on < found.appointed.from {
        return Err(No::DateBefore {
            earliest: found.appointed.from,
        });
    }
    if on > found.to {
        return Err(No::AppointmentOver { to: found.to });
    }
    Ok(found)
}

fn known(worker: &Worker, session: SessionId) -> Result<&Appointment, No> {
    let found = worker
        .appointments
        .iter()
        .find(|it| it.appointed.session == session)
        .ok_or(No::AppointmentUnknown)?;
    if found.ended.is_some() {
        return Err(No::AppointmentHasEnded);
    }
    Ok(found)
}

pub(super) fn review(worker: &Worker, review: &PerformanceReviewed) -> Decided {
    let found = running(worker, review.session, review.on)?;
    if review.year < found.appointed.from.year() || review.year > review.on.year() {
        return Err(No::ReviewYearOutside { year: review.year });
    }
    if found.reviews.iter().any(|it| it.year == review.year) {
        return Err(No::ReviewedTwice { year: review.year });
    }
    if review.evidence.is_empty() || review.evidence.len() > EVIDENCE_MAX {
        return Err(No::EvidenceMissing);
    }
    Ok(vec![review.clone().into()])
}

/// Renews a term that has not run out and in which the last review was passed. A review of an
/// earlier term has done its work: each term has its own.
pub(super) fn renew(
    worker: &Worker,
    session: SessionId,
    to: Date,
    policy: &AppointmentPolicy,
    on: Date,
) -> Decided {
    let found = running(worker, session, on)?;
    let of_this_term = found.reviews.iter().filter(|it| found.from <= it.on);
    let last = of_this_term.max_by_key(|it| it.year);
    if last.is_none_or(|it| it.outcome == Performance::Incompetent) {
        return Err(No::PerformanceNotPassed);
    }
    let from = day_after(found.to);
    policy.check_term(from, to)?;
    let renewed = AppointmentRenewed {
        session,
        from,
        to,
        on,
    };
    Ok(vec![renewed.into()])
}

/// Ends an appointment: after its last day because the term is over, before for another ground.
/// A term that is over ended on the day after its last, whenever that is recorded.
pub(super) fn end(worker: &Worker, ended: &AppointmentEnded) -> Decided {
    let found = known(worker, ended.session)?;
    let mut ended = ended.clone();
    if ended.ground == AppointmentEnd::TermOver {
        let earliest = day_after(found.to);
        if ended.on < earliest {
            return Err(No::TermNotOver { earliest });
        }
        ended.on = earliest;
    } else {
        running(worker, ended.session, ended.on)?;
    }
    if matches!(
        ended.ground,
        AppointmentEnd::Superseded | AppointmentEnd::LevelWithdrawn
    ) {
        return Err(No::EndFollowsOnly);
    }
    Ok(vec![ended.into()])
}

fn day_after(day: Date) -> Date {
    day.tomorrow().unwrap_or(Date::MAX)
}

/// The end of the appointment that a withdrawn level carries with it, if one runs.
pub(super) fn end_with_level(
    worker: &Worker,
    session: Option<SessionId>,
    on: Date,
) -> Option<WorkerEvent> {
    let carries = |it: &&Appointment| Some(it.appointed.session) == session && it.ended.is_none();
    let found = worker.appointments.iter().find(carries)?;
    let end = AppointmentEnded {
        session: found.appointed.session,
        ground: AppointmentEnd::LevelWithdrawn,
        on,
    };
    Some(end.into())
}
