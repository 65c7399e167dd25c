//! The decisions of a session.

use crate::domain::attainment::Assessed;
use crate::domain::decider::Decider;
use crate::domain::ids::SubjectId;
use crate::domain::proposal::{Act, Approval, ProposalEvent, ProposalRejection, Proposing};
use crate::domain::score::{Mark, Verdict};
use crate::domain::session::command::{ImportResults, OpenSession, SessionCommand};
use crate::domain::session::event::{
    CertificatesIssued, NoticeStarted, ResultEntered, ResultsConfirmed, SessionClosed,
    SessionEvent, SheetImported,
};
use crate::domain::session::opening;
use crate::domain::session::rejection::SessionRejection;
use crate::domain::session::state::{CANDIDATES_MAX, SessionState, Sitting};
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
            }),
            (S::Open(mut sitting), SessionEvent::ResultEntered(result)) => {
                sitting.results.insert(result.worker, result.clone());
                S::Open(sitting)
            }
            (S::Open(mut sitting), SessionEvent::Proposal(event)) => {
                sitting.proposals.record(event);
                S::Open(sitting)
            }
            (S::Open(sitting), SessionEvent::ResultsConfirmed(_)) => S::Confirmed(sitting),
            (S::Confirmed(sitting), SessionEvent::NoticeStarted(notice)) => S::InNotice {
                sitting,
                notice: notice.clone(),
            },
            (S::InNotice { sitting, .. }, SessionEvent::Closed(closed)) => S::Closed {
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
            (state, _) => state,
        }
    }

    fn decide(state: &SessionState, command: &SessionCommand) -> Result<Vec<SessionEvent>, No> {
        match command {
            SessionCommand::Open(open) => decide_open(state, open),
            SessionCommand::ImportResults(import) => decide_import(entering(state)?, import),
            SessionCommand::ProposeConfirm(proposing) => {
                decide_propose(entering(state)?, proposing)
            }
            SessionCommand::ApproveConfirm {
                approval,
                digest_now,
            } => {
                let sitting = entering(state)?;
                let act = sitting.proposals.check_approval(approval)?;
                if *digest_now != approval.digest {
                    return Err(No::ProposalChanged);
                }
                confirm(sitting, act, approval)
            }
            SessionCommand::RejectConfirm(turn_down) => {
                let rejected = entering(state)?.proposals.turn_down::<No>(turn_down)?;
                Ok(vec![SessionEvent::Proposal(rejected)])
            }
            SessionCommand::StartNotice(notice) => decide_notice(state, notice),
            SessionCommand::Close { on } => decide_close(state, *on),
            SessionCommand::IssueCertificates { on, count } => decide_issue(state, *on, *count),
        }
    }
}

/// The sitting while results may still change.
fn entering(state: &SessionState) -> Result<&Sitting, No> {
    match state {
        SessionState::Absent => Err(No::NotOpened),
        SessionState::Open(sitting) => Ok(sitting),
        _ => Err(No::ResultsConfirmed),
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
    let examiners: BTreeSet<_> = opened.examiners.iter().collect();
    if examiners.len() != opened.examiners.len() {
        return Err(No::ExaminerTwice);
    }
    Ok(vec![opened.clone().into()])
}

fn decide_import(sitting: &Sitting, import: &ImportResults) -> Result<Vec<SessionEvent>, No> {
    let opened = &sitting.opened;
    if import.on < opened.assessed_on {
        return Err(No::NotYetAssessed {
            assessed_on: opened.assessed_on,
        });
    }
    if import.results.is_empty() {
        return Err(No::NothingToImport);
    }
    if import.results.len() + sitting.results.len() > CANDIDATES_MAX {
        return Err(No::TooManyCandidates {
            most: CANDIDATES_MAX as u32,
        });
    }
    let accepted = import.results.len() as u32;
    let refused = import.rows.checked_sub(accepted).ok_or(No::RowsDisagree)?;
    let mut seen = BTreeSet::new();
    for result in &import.results {
        if sitting.results.contains_key(&result.worker) || !seen.insert(result.worker) {
            return Err(No::WorkerTwice);
        }
        check_result(sitting, result)?;
    }
    let sheet = SheetImported {
        sheet: import.sheet,
        rows: import.rows,
        accepted,
        refused,
    };
    let results = import.results.iter().cloned().map(SessionEvent::from);
    Ok(std::iter::once(sheet.into()).chain(results).collect())
}

fn check_result(sitting: &Sitting, result: &ResultEntered) -> Result<(), No> {
    let opened = &sitting.opened;
    match (&opened.assessed, result.level) {
        (Assessed::Levels { levels, .. }, Some(level)) if levels.contains(&level) => {}
        (Assessed::Levels { .. }, None) => return Err(No::LevelMissing),
        (Assessed::Item { .. }, None) => {}
        (_, Some(level)) => return Err(No::LevelOutsideSession { level }),
    }
    let candidate = SubjectId::from(result.worker);
    if opened.examiners.contains(&candidate) {
        return Err(No::SelfAssessment);
    }
    if !result.basis.fits(opened.route) {
        return Err(No::BasisUnfit {
            route: opened.route,
        });
    }
    check_retained(result)?;
    match result.basis.verdict(result.level) {
        None => Err(No::MarksIncomplete),
        Some(verdict) if verdict != result.verdict => Err(No::VerdictDiffers),
        Some(_) => Ok(()),
    }
}

/// A component brought along counts with the mark it was passed with, and once.
fn check_retained(result: &ResultEntered) -> Result<(), No> {
    let mut seen = BTreeSet::new();
    for retained in &result.retained {
        let stands = result
            .basis
            .marks()
            .and_then(|marks| retained.component.of(marks));
        let as_passed = stands == Some(Mark::Scored(retained.score)) && retained.score.passes();
        if !as_passed || !seen.insert(retained.component) {
            return Err(No::RetainedDiffers);
        }
    }
    Ok(())
}

fn decide_propose(sitting: &Sitting, proposing: &Proposing) -> Result<Vec<SessionEvent>, No> {
    if sitting.results.is_empty() {
        return Err(No::NoResults);
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
        SessionState::InNotice { .. } => Err(No::NoticeAlreadyStarted),
        SessionState::Closed { .. } | SessionState::Issued { .. } => Err(No::AlreadyClosed),
    }
}

fn decide_close(state: &SessionState, on: Date) -> Result<Vec<SessionEvent>, No> {
    match state {
        SessionState::Absent => Err(No::NotOpened),
        SessionState::Open(_) => Err(No::NotConfirmed),
        SessionState::Confirmed(_) => Err(No::NoticeNotStarted),
        SessionState::InNotice { sitting, notice } => {
            if on < notice.closes_on {
                return Err(No::NoticeRunning {
                    closes_on: notice.closes_on,
                });
            }
            let count = |verdict| {
                let with = |result: &&ResultEntered| result.verdict == verdict;
                sitting.results.values().filter(with).count() as u32
            };
            let closed = SessionClosed {
                on,
                passed: count(Verdict::Passed),
                failed: count(Verdict::Failed),
                absent: count(Verdict::Absent),
            };
            Ok(vec![closed.into()])
        }
        SessionState::Closed { .. } | SessionState::Issued { .. } => Err(No::AlreadyClosed),
    }
}

fn decide_issue(state: &SessionState, on: Date, count: u32) -> Result<Vec<SessionEvent>, No> {
    match state {
        SessionState::Absent => Err(No::NotOpened),
        SessionState::Open(_) | SessionState::Confirmed(_) | SessionState::InNotice { .. } => {
            Err(No::NotClosed)
        }
        SessionState::Closed { closed, .. } => {
            if on < closed.on {
                return Err(No::BeforeClose {
                    closed_on: closed.on,
                });
            }
            if closed.passed == 0 {
                return Err(No::NobodyPassed);
            }
            if count != closed.passed {
                return Err(No::CountDiffers {
                    passed: closed.passed,
                });
            }
            Ok(vec![CertificatesIssued { on, count }.into()])
        }
        SessionState::Issued { .. } => Err(No::AlreadyIssued),
    }
}
