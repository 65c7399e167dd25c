//! The decisions of a session.

use crate::domain::decider::Decider;
use crate::domain::proposal::{Act, Approval, ProposalEvent, ProposalRejection, Proposing};
use crate::domain::score::Verdict;
use crate::domain::session::command::{OpenSession, SessionCommand};
use crate::domain::session::event::{
    CertificatesIssued, NoticeStarted, ResultEntered, ResultsConfirmed, SessionClosed, SessionEvent,
};
use crate::domain::session::proceedings::{Candidate, Objection};
use crate::domain::session::rejection::SessionRejection;
use crate::domain::session::staffing::STAFF_MAX;
use crate::domain::session::state::{SessionState, Sitting};
use crate::domain::session::{arrange, audit, enrol, objections, opening, results};
use crate::domain::wording::{check_code, check_text};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

use SessionRejection as No;

/// Decides for one session (认定批次).
#[derive(Debug)]
pub struct SessionDecider;

impl Decider for SessionDecider {
    type State = SessionState;
    type Command = SessionCommand;
    type Event = SessionEvent;
    type Decision = SessionEvent;
    type Rejection = SessionRejection;

    fn initial() -> SessionState {
        SessionState::Absent
    }

    fn evolve(state: SessionState, event: &SessionEvent) -> SessionState {
        use SessionState as S;
        match (state, event) {
            (S::Absent, SessionEvent::Opened(opened)) => S::Open(Sitting {
                opened: opened.clone(),
                results: BTreeMap::new(),
                proposals: Default::default(),
                proceedings: Default::default(),
            }),
            (S::Open(mut sitting), SessionEvent::ResultEntered(result)) => {
                sitting.results.insert(result.worker, result.clone());
                S::Open(sitting)
            }
            (S::Open(mut sitting), SessionEvent::Proposal(event)) => {
                sitting.proposals.record(event);
                S::Open(sitting)
            }
            (S::Open(mut sitting), SessionEvent::ResultsConfirmed(_)) => {
                sitting.proceedings.revising = None;
                S::Confirmed(sitting)
            }
            (S::Confirmed(sitting), SessionEvent::NoticeStarted(notice)) => S::InNotice {
                sitting,
                notice: notice.clone(),
            },
            (
                S::InNotice { sitting, .. } | S::Audited { sitting, .. },
                SessionEvent::Closed(closed),
            ) => S::Closed {
                sitting,
                closed: closed.clone(),
            },
            (S::Closed { sitting, closed }, SessionEvent::CertificatesIssued(issued)) => {
                S::Issued {
                    sitting,
                    closed,
                    issued: issued.clone(),
                }
            }
            (S::Open(mut sitting), SessionEvent::RegistrationScheduled(days)) => {
                sitting.proceedings.registration = Some(days.clone());
                S::Open(sitting)
            }
            (S::Open(mut sitting), SessionEvent::CandidateRegistered(registered)) => {
                let candidate = Candidate {
                    registered: registered.clone(),
                    eligibility: None,
                };
                let candidates = &mut sitting.proceedings.candidates;
                candidates.insert(registered.worker, candidate);
                S::Open(sitting)
            }
            (S::Open(mut sitting), SessionEvent::EligibilityDecided(decided)) => {
                let candidates = &mut sitting.proceedings.candidates;
                if let Some(candidate) = candidates.get_mut(&decided.worker) {
                    candidate.eligibility = Some(decided.clone());
                }
                S::Open(sitting)
            }
            (S::Open(mut sitting), SessionEvent::Arranged(arranged)) => {
                sitting.proceedings.arrangement = Some(arranged.clone());
                S::Open(sitting)
            }
            (S::Open(mut sitting), SessionEvent::EvidenceRecorded(evidence)) => {
                sitting.proceedings.evidence.push(evidence.clone());
                S::Open(sitting)
            }
            (S::Open(mut sitting), SessionEvent::ReviewHeld(held)) => {
                sitting.proceedings.review = Some(held.clone());
                S::Open(sitting)
            }
            (
                S::InNotice {
                    mut sitting,
                    notice,
                },
                SessionEvent::ObjectionFiled(filed),
            ) => {
                let objection = Objection {
                    filed: filed.clone(),
                    decided: None,
                };
                let objections = &mut sitting.proceedings.objections;
                objections.insert(filed.objection, objection);
                S::InNotice { sitting, notice }
            }
            (
                S::InNotice {
                    mut sitting,
                    notice,
                },
                SessionEvent::ObjectionDecided(decided),
            ) => {
                objections::record(&mut sitting, decided);
                S::InNotice { sitting, notice }
            }
            (S::Open(mut sitting), SessionEvent::ObjectionDecided(decided)) => {
                objections::record(&mut sitting, decided);
                S::Open(sitting)
            }
            (
                S::Open(mut sitting)
                | S::InNotice { mut sitting, .. }
                | S::Returned { mut sitting, .. },
                SessionEvent::ResultStruck(struck),
            ) => {
                sitting.results.remove(&struck.worker);
                sitting.proceedings.struck.insert(struck.worker);
                sitting.proceedings.revising = Some(struck.on);
                S::Open(sitting)
            }
            (
                S::Open(mut sitting)
                | S::InNotice { mut sitting, .. }
                | S::Returned { mut sitting, .. },
                SessionEvent::ResultChanged(changed),
            ) => {
                let result = changed.result.clone();
                sitting.results.insert(result.worker, result);
                sitting.proceedings.revising = Some(changed.on);
                S::Open(sitting)
            }
            (
                S::InNotice {
                    mut sitting,
                    notice,
                }
                | S::Returned {
                    mut sitting,
                    notice,
                    ..
                },
                SessionEvent::Submitted(submitted),
            ) => {
                sitting.proceedings.rounds = submitted.round;
                S::Submitted {
                    sitting,
                    notice,
                    submitted: submitted.clone(),
                }
            }
            (
                S::Submitted {
                    mut sitting,
                    notice,
                    ..
                }
                | S::Audited {
                    mut sitting,
                    notice,
                    ..
                },
                SessionEvent::AuditReturned(returned),
            ) => {
                sitting.proceedings.fix_by = Some(returned.fix_by);
                S::Returned {
                    sitting,
                    notice,
                    returned: returned.clone(),
                }
            }
            (
                S::Submitted {
                    sitting, notice, ..
                },
                SessionEvent::AuditPassed(passed),
            ) => S::Audited {
                sitting,
                notice,
                passed: passed.clone(),
            },
            (
                S::Issued {
                    mut sitting,
                    closed,
                    issued,
                },
                SessionEvent::CertificatesUploaded(uploaded),
            ) => {
                sitting.proceedings.uploads.push(uploaded.clone());
                S::Issued {
                    sitting,
                    closed,
                    issued,
                }
            }
            (state, _) => state,
        }
    }

    fn decide(state: &SessionState, command: &SessionCommand) -> Result<Vec<SessionEvent>, No> {
        match command {
            SessionCommand::Open(open) => decide_open(state, open),
            SessionCommand::ImportResults(import) => results::import(entering(state)?, import),
            SessionCommand::EnterResults { results, on } => {
                results::enter(entering(state)?, results, *on)
            }
            SessionCommand::ScheduleRegistration { days, on } => {
                enrol::schedule(full(entering(state)?)?, days, *on)
            }
            SessionCommand::Register(registered) => {
                enrol::register(full(entering(state)?)?, registered)
            }
            SessionCommand::DecideEligibility { findings, on } => {
                enrol::decide(full(entering(state)?)?, findings, *on)
            }
            SessionCommand::Arrange(arrange) => arrange::arrange(full(entering(state)?)?, arrange),
            SessionCommand::RecordEvidence { evidence, on } => {
                arrange::record_evidence(full(entering(state)?)?, evidence, *on)
            }
            SessionCommand::HoldReview(held) => arrange::hold_review(full(entering(state)?)?, held),
            SessionCommand::FileObjection(filed) => objections::file(state, filed),
            SessionCommand::DecideObjection { decided, remedy } => {
                objections::decide(state, decided, remedy.as_ref())
            }
            SessionCommand::Revise { remedy, ground, on } => {
                audit::revise(state, remedy, ground, *on)
            }
            SessionCommand::Submit(submit) => audit::submit(state, submit),
            SessionCommand::ReturnAudit(returned) => audit::give_back(state, returned),
            SessionCommand::PassAudit(passed) => audit::pass(state, passed),
            SessionCommand::RecordUpload(uploaded) => audit::record_upload(state, uploaded),
            SessionCommand::ProposeConfirm(proposing) => {
                decide_propose(confirming(state)?, proposing)
            }
            SessionCommand::ApproveConfirm {
                approval,
                digest_now,
            } => {
                let sitting = confirming(state)?;
                let act = sitting.proposals.check_approval(approval)?;
                if *digest_now != approval.digest {
                    return Err(No::ProposalChanged);
                }
                confirm(sitting, act, approval)
            }
            SessionCommand::RejectConfirm(turn_down) => {
                let rejected = confirming(state)?.proposals.turn_down::<No>(turn_down)?;
                Ok(vec![SessionEvent::Proposal(rejected)])
            }
            SessionCommand::StartNotice(notice) => decide_notice(state, notice),
            SessionCommand::Close { on } => decide_close(state, *on),
            SessionCommand::IssueCertificates {
                on,
                count,
                withdrawn,
            } => decide_issue(state, *on, *count, *withdrawn),
        }
    }
}

/// The sitting while results may be proposed, confirmed or turned down.
fn confirming(state: &SessionState) -> Result<&Sitting, No> {
    match state {
        SessionState::Absent => Err(No::NotOpened),
        SessionState::Open(sitting) => Ok(sitting),
        _ => Err(No::ResultsConfirmed),
    }
}

/// The sitting while results come in: not once they were confirmed, nor while they are put right.
fn entering(state: &SessionState) -> Result<&Sitting, No> {
    let sitting = confirming(state)?;
    if sitting.proceedings.revising.is_some() {
        return Err(No::ResultsConfirmed);
    }
    Ok(sitting)
}

/// The sitting of a session that records every step.
fn full(sitting: &Sitting) -> Result<&Sitting, No> {
    if sitting.is_full() {
        Ok(sitting)
    } else {
        Err(No::SheetOnly)
    }
}

fn decide_open(state: &SessionState, open: &OpenSession) -> Result<Vec<SessionEvent>, No> {
    let SessionState::Absent = state else {
        return Err(No::AlreadyOpened);
    };
    let opened = &open.opened;
    check_code("session-code", &opened.code)?;
    check_text("site", &opened.site)?;
    check_code("standard-code", &opened.standard.code)?;
    check_code("standard-edition", &opened.standard.edition)?;
    if let Some(bank) = &opened.question_bank {
        check_code("question-bank", &bank.id)?;
        check_code("question-bank-version", &bank.version)?;
    }
    opening::check(open)?;
    if opened.examiners.len() > STAFF_MAX {
        return Err(No::TooManyStaff {
            most: STAFF_MAX as u32,
        });
    }
    let examiners: BTreeSet<_> = opened.examiners.iter().collect();
    if examiners.len() != opened.examiners.len() {
        return Err(No::ExaminerTwice);
    }
    Ok(vec![opened.clone().into()])
}

fn decide_propose(sitting: &Sitting, proposing: &Proposing) -> Result<Vec<SessionEvent>, No> {
    if sitting.results.is_empty() {
        return Err(No::NoResults);
    }
    objections::none_open(sitting)?;
    if sitting.is_full() {
        results::check_complete(sitting)?;
    }
    sitting.proposals.check_new(proposing.proposal)?;
    let act = Act::ConfirmResults {
        candidates: sitting.results.len() as u32,
    };
    let made = ProposalEvent::from(proposing.made(act));
    Ok(vec![SessionEvent::Proposal(made)])
}

fn confirm(sitting: &Sitting, act: &Act, approval: &Approval) -> Result<Vec<SessionEvent>, No> {
    let Act::ConfirmResults { candidates } = act else {
        return Err(ProposalRejection::WrongAct.into());
    };
    // The digest covers the results; the count is what a person sees, so it must agree too.
    if *candidates as usize != sitting.results.len() {
        return Err(No::ProposalChanged);
    }
    Ok(vec![
        SessionEvent::Proposal(approval.approved().into()),
        ResultsConfirmed {
            proposal: approval.proposal,
            candidates: *candidates,
            digest: approval.digest,
        }
        .into(),
    ])
}

fn decide_notice(state: &SessionState, notice: &NoticeStarted) -> Result<Vec<SessionEvent>, No> {
    match state {
        SessionState::Absent => Err(No::NotOpened),
        SessionState::Open(_) => Err(No::NotConfirmed),
        SessionState::Confirmed(sitting) => {
            let same_day = notice.closes_on == notice.from;
            let in_order = notice.closes_on >= notice.from
                && notice.from >= sitting.opened.assessed_on
                && same_day == (notice.working_days == 0);
            if in_order {
                Ok(vec![notice.clone().into()])
            } else {
                Err(No::NoticeDatesDisagree)
            }
        }
        SessionState::InNotice { .. }
        | SessionState::Submitted { .. }
        | SessionState::Returned { .. }
        | SessionState::Audited { .. } => Err(No::NoticeAlreadyStarted),
        SessionState::Closed { .. } | SessionState::Issued { .. } => Err(No::AlreadyClosed),
    }
}

fn decide_close(state: &SessionState, on: Date) -> Result<Vec<SessionEvent>, No> {
    match state {
        SessionState::Absent => Err(No::NotOpened),
        SessionState::Open(_) => Err(No::NotConfirmed),
        SessionState::Confirmed(_) => Err(No::NoticeNotStarted),
        SessionState::InNotice { sitting, .. } if sitting.is_full() => Err(No::NotAudited),
        SessionState::Submitted { .. } | SessionState::Returned { .. } => Err(No::NotAudited),
        SessionState::InNotice { sitting, notice } => {
            notice_over(notice, on)?;
            objections::none_open(sitting)?;
            Ok(vec![closed(sitting, on).into()])
        }
        SessionState::Audited {
            sitting, passed, ..
        } => {
            not_before(on, passed.on)?;
            Ok(vec![closed(sitting, on).into()])
        }
        SessionState::Closed { .. } | SessionState::Issued { .. } => Err(No::AlreadyClosed),
    }
}

/// Refuses a day on which the notice still runs.
pub(super) fn notice_over(notice: &NoticeStarted, on: Date) -> Result<(), No> {
    if on < notice.closes_on {
        return Err(No::NoticeRunning {
            closes_on: notice.closes_on,
        });
    }
    Ok(())
}

/// Refuses a day before what must have come first.
pub(super) fn not_before(on: Date, earliest: Date) -> Result<(), No> {
    if on < earliest {
        return Err(No::DateBefore { earliest });
    }
    Ok(())
}

fn closed(sitting: &Sitting, on: Date) -> SessionClosed {
    let count = |verdict| {
        let with = |result: &&ResultEntered| result.verdict == verdict;
        sitting.results.values().filter(with).count() as u32
    };
    SessionClosed {
        on,
        passed: count(Verdict::Passed),
        failed: count(Verdict::Failed),
        absent: count(Verdict::Absent),
    }
}

fn decide_issue(
    state: &SessionState,
    on: Date,
    count: u32,
    withdrawn: u32,
) -> Result<Vec<SessionEvent>, No> {
    match state {
        SessionState::Absent => Err(No::NotOpened),
        SessionState::Open(_)
        | SessionState::Confirmed(_)
        | SessionState::InNotice { .. }
        | SessionState::Submitted { .. }
        | SessionState::Returned { .. }
        | SessionState::Audited { .. } => Err(No::NotClosed),
        SessionState::Closed { closed, .. } => {
            if on < closed.on {
                return Err(No::BeforeClose {
                    closed_on: closed.on,
                });
            }
            if closed.passed == withdrawn {
                return Err(No::NobodyPassed);
            }
            if count.checked_add(withdrawn) != Some(closed.passed) {
                return Err(No::CountDiffers {
                    passed: closed.passed,
                });
            }
            Ok(vec![CertificatesIssued { on, count }.into()])
        }
        SessionState::Issued { .. } => Err(No::AlreadyIssued),
    }
}
