//! 公示异议: objections filed while the notice runs, and their decisions.

use crate::domain::session::decider::not_before;
use crate::domain::session::event::{ResultEntered, SessionEvent};
use crate::domain::session::rejection::SessionRejection as No;
use crate::domain::session::remedy::Remedy;
use crate::domain::session::results;
use crate::domain::session::state::{SessionState, Sitting};
use crate::domain::session::step::{
    ObjectionDecided, ObjectionFiled, Outcome, ResultChanged, ResultStruck,
};
use crate::domain::wording::check_text;
use jiff::civil::Date;

/// Most objections of one session.
pub const OBJECTIONS_MAX: usize = 1_000;
/// Most pieces of evidence of one objection.
pub const EVIDENCE_MAX: usize = 50;

/// Files an objection while the notice runs; where no notice is asked for, on its one day.
pub(super) fn file(state: &SessionState, filed: &ObjectionFiled) -> Result<Vec<SessionEvent>, No> {
    let (sitting, notice) = match state {
        SessionState::Absent => return Err(No::NotOpened),
        SessionState::InNotice { sitting, notice } => (sitting, notice),
        _ => return Err(No::ObjectionsClosed),
    };
    let one_day = notice.working_days == 0 && filed.on == notice.from;
    if !(notice.from..notice.closes_on).contains(&filed.on) && !one_day {
        return Err(No::ObjectionsClosed);
    }
    check_text("ground", &filed.ground)?;
    if filed.evidence.len() > EVIDENCE_MAX {
        return Err(No::TooMuchEvidence {
            most: EVIDENCE_MAX as u32,
        });
    }
    if let Some(worker) = filed.about
        && !sitting.results.contains_key(&worker)
    {
        return Err(No::ResultUnknown);
    }
    let objections = &sitting.proceedings.objections;
    if objections.contains_key(&filed.objection) {
        return Err(No::ObjectionTaken);
    }
    if objections.len() >= OBJECTIONS_MAX {
        return Err(No::TooManyObjections {
            most: OBJECTIONS_MAX as u32,
        });
    }
    Ok(vec![filed.clone().into()])
}

/// Decides an objection. Upheld, it strikes or changes a result, and the results are confirmed
/// and shown anew; dismissed, nothing changes.
pub(super) fn decide(
    state: &SessionState,
    decided: &ObjectionDecided,
    remedy: Option<&Remedy>,
) -> Result<Vec<SessionEvent>, No> {
    let sitting = match state {
        SessionState::Absent => return Err(No::NotOpened),
        SessionState::InNotice { sitting, .. } | SessionState::Open(sitting) => sitting,
        _ => return Err(No::ObjectionsClosed),
    };
    let objection = sitting
        .proceedings
        .objections
        .get(&decided.objection)
        .ok_or(No::ObjectionUnknown)?;
    if objection.decided.is_some() {
        return Err(No::ObjectionAlreadyDecided);
    }
    check_text("ground", &decided.ground)?;
    not_before(decided.on, objection.filed.on)?;
    let mut events = vec![decided.clone().into()];
    match (decided.outcome, remedy) {
        (Outcome::Dismissed, None) => {}
        (Outcome::Dismissed, Some(_)) => return Err(No::RemedyUnasked),
        (Outcome::Upheld, None) => return Err(No::RemedyMissing),
        (Outcome::Upheld, Some(remedy)) => {
            if objection
                .filed
                .about
                .is_some_and(|it| it != remedy.worker())
            {
                return Err(No::RemedyUnasked);
            }
            events.push(put_right(sitting, remedy, &decided.ground, decided.on)?);
        }
    }
    Ok(events)
}

/// The event that strikes or changes a result that stands.
pub(super) fn put_right(
    sitting: &Sitting,
    remedy: &Remedy,
    ground: &str,
    on: Date,
) -> Result<SessionEvent, No> {
    let stands = sitting
        .results
        .get(&remedy.worker())
        .ok_or(No::ResultUnknown)?;
    let (was, ground) = (stands.verdict, ground.to_owned());
    Ok(match remedy {
        Remedy::Strike(worker) => ResultStruck {
            worker: *worker,
            was,
            ground,
            on,
        }
        .into(),
        Remedy::Change(result) => {
            changed(sitting, stands, result)?;
            ResultChanged {
                was,
                result: result.clone(),
                ground,
                on,
            }
            .into()
        }
    })
}

fn changed(sitting: &Sitting, stands: &ResultEntered, result: &ResultEntered) -> Result<(), No> {
    if stands == result {
        return Err(No::ResultUnchanged);
    }
    results::check(sitting, result)
}

/// Refuses to go on while an objection waits.
pub(super) fn none_open(sitting: &Sitting) -> Result<(), No> {
    let open = sitting.proceedings.open_objections().count() as u32;
    if open > 0 {
        return Err(No::ObjectionOpen { open });
    }
    Ok(())
}

/// Takes a decision down.
pub(super) fn record(sitting: &mut Sitting, decided: &ObjectionDecided) {
    let objections = &mut sitting.proceedings.objections;
    if let Some(objection) = objections.get_mut(&decided.objection) {
        objection.decided = Some(decided.clone());
    }
}
