//! The decisions of a certificate.

use crate::domain::attainment::AttainmentKind;
use crate::domain::certificate::command::{CertificateCommand, IssueCertificate};
use crate::domain::certificate::event::{
    CertificateCancelled, CertificateEnded, CertificateEvent, CertificateForfeited,
    CertificateReinstated, CertificateRevoked, CertificateSuperseded, CertificateSuspended,
    CertificateVoided,
};
use crate::domain::certificate::recognised;
use crate::domain::certificate::rejection::CertificateRejection;
use crate::domain::certificate::state::{CertificateState, Issued};
use crate::domain::certificate::twin::{self, TwinEnd, Withdrawn};
use crate::domain::certificate::unsealed::{CertificateDecision, UnsealedIssue, UnsealedReissue};
use crate::domain::decider::Decider;
use crate::domain::number::CertificateNumber;
use crate::domain::proposal::{Act, Approval, End, ProposalEvent, ProposalRejection, Proposing};
use crate::domain::route::Route;
use crate::domain::wording::check_text;
use jiff::civil::Date;

use CertificateRejection as No;
use CertificateState as S;

/// Decides for one certificate (证书), of whatever kind.
#[derive(Debug)]
pub struct CertificateDecider;

impl Decider for CertificateDecider {
    type State = CertificateState;
    type Command = CertificateCommand;
    type Event = CertificateEvent;
    type Decision = CertificateDecision;
    type Rejection = CertificateRejection;

    fn initial() -> S {
        S::Absent
    }

    fn evolve(state: S, event: &CertificateEvent) -> S {
        use CertificateEvent as E;
        if let Some((end, on)) = ended(event) {
            return match state {
                S::Valid(issued) | S::Suspended { issued, .. } => S::Ended { issued, end, on },
                state => state,
            };
        }
        match (state, event) {
            (S::Absent, E::Issued(issued)) => S::Valid(Issued::first(issued)),
            (S::Valid(mut issued), E::Reissued(reissued)) => {
                issued.issue = reissued.issue;
                issued.newest_on = reissued.issued_on;
                issued.credential = reissued.credential;
                issued.key_id.clone_from(&reissued.key_id);
                S::Valid(issued)
            }
            (S::Valid(mut issued), E::Proposal(event)) => {
                issued.proposals.record(event);
                S::Valid(issued)
            }
            (
                S::Suspended {
                    mut issued,
                    suspension,
                },
                E::Proposal(event),
            ) => {
                issued.proposals.record(event);
                S::Suspended { issued, suspension }
            }
            (S::Valid(issued), E::Suspended(suspension)) => S::Suspended {
                issued,
                suspension: suspension.clone(),
            },
            (S::Suspended { issued, .. }, E::Reinstated(_)) => S::Valid(issued),
            (S::Valid(issued) | S::Suspended { issued, .. }, E::Superseded(by)) => S::Superseded {
                issued,
                by: by.clone(),
            },
            (state, _) => state,
        }
    }

    fn decide(state: &S, command: &CertificateCommand) -> Result<Vec<CertificateDecision>, No> {
        match command {
            CertificateCommand::Issue(issue) => decide_issue(state, issue),
            CertificateCommand::Reissue { reason, on } => decide_reissue(state, reason, *on),
            CertificateCommand::Propose { proposing, act } => decide_propose(state, proposing, act),
            CertificateCommand::Approve {
                approval,
                successor,
            } => decide_approve(state, approval, successor.as_ref()),
            CertificateCommand::EndWithTwin(end) => {
                let ended = twin::decide_end(state, end)?;
                Ok(ended.into_iter().map(CertificateDecision::from).collect())
            }
            CertificateCommand::EndWithRecognition(end) => {
                let ended = recognised::decide_end(state, end)?;
                Ok(ended.into_iter().map(CertificateDecision::from).collect())
            }
            CertificateCommand::Reject(turn_down) => {
                let rejected = standing(state)?.proposals.turn_down::<No>(turn_down)?;
                Ok(vec![CertificateEvent::Proposal(rejected).into()])
            }
        }
    }
}

/// Which end an event is, and its day.
fn ended(event: &CertificateEvent) -> Option<(End, Date)> {
    match event {
        CertificateEvent::Revoked(CertificateRevoked(it)) => Some((End::Revoked, it.on)),
        CertificateEvent::Forfeited(CertificateForfeited(it)) => Some((End::Forfeited, it.on)),
        CertificateEvent::Cancelled(CertificateCancelled(it)) => Some((End::Cancelled, it.on)),
        CertificateEvent::Voided(CertificateVoided(it)) => Some((End::Voided, it.on)),
        _ => None,
    }
}

fn decide_issue(state: &S, issue: &IssueCertificate) -> Result<Vec<CertificateDecision>, No> {
    let S::Absent = state else {
        return Err(No::AlreadyIssued);
    };
    let award = issue.award.award();
    not_before(award.assessed_on, issue.issued_on)?;
    if issue.supersedes.as_ref() == Some(&issue.number) {
        return Err(No::SupersedesItself);
    }
    if issue.twin.as_ref() == Some(&issue.number) {
        return Err(No::TwinOfItself);
    }
    let fits = match award.attainment.kind() {
        AttainmentKind::Level => true,
        AttainmentKind::Enterprise => issue.twin.is_some(),
        AttainmentKind::SpecialSkill | AttainmentKind::MicroSkill => issue.twin.is_none(),
    };
    if !fits {
        return Err(No::TwinUnfit);
    }
    Ok(vec![CertificateDecision::Issue(UnsealedIssue::new(issue))])
}

fn decide_reissue(state: &S, reason: &str, on: Date) -> Result<Vec<CertificateDecision>, No> {
    let issued = standing(state)?;
    if matches!(state, S::Suspended { .. }) {
        return Err(No::Suspended);
    }
    check_text("reason", reason)?;
    not_before(issued.newest_on, on)?;
    let issue = issued.issue.checked_add(1).ok_or(No::TooManyReissues)?;
    let reissue = UnsealedReissue::new(issue, reason.to_owned(), on, issued.award.scores);
    Ok(vec![CertificateDecision::Reissue(reissue)])
}

fn decide_propose(
    state: &S,
    proposing: &Proposing,
    act: &Act,
) -> Result<Vec<CertificateDecision>, No> {
    let issued = standing(state)?;
    issued.proposals.check_new(proposing.proposal)?;
    check_act(state, issued, act)?;
    let made = ProposalEvent::from(proposing.made(act.clone()));
    Ok(vec![CertificateEvent::Proposal(made).into()])
}

fn decide_approve(
    state: &S,
    approval: &Approval,
    successor: Option<&CertificateNumber>,
) -> Result<Vec<CertificateDecision>, No> {
    let issued = standing(state)?;
    let act = issued.proposals.check_approval(approval)?;
    // The certificate may have moved since the proposal: the act is judged anew.
    let on = check_act(state, issued, act)?;
    if on > approval.now.date_in_china() {
        return Err(No::NotYet { on });
    }
    let mut follows = None;
    let effect = match (act, successor) {
        (Act::CorrectCertificate { ground, on, .. }, Some(by)) => {
            if *by == issued.number {
                return Err(No::SupersedesItself);
            }
            CertificateSuperseded {
                by: by.clone(),
                ground: ground.clone(),
                on: *on,
            }
            .into()
        }
        (Act::CorrectCertificate { .. }, None) => return Err(No::SuccessorMissing),
        (_, Some(_)) => return Err(No::SuccessorUnasked),
        (
            Act::EndCertificate {
                end: end @ (End::Revoked | End::Forfeited),
                ground,
                basis,
                on,
            },
            None,
        ) => {
            let withdrawn = Withdrawn {
                end: *end,
                ground: ground.clone(),
                basis: basis.clone(),
                on: *on,
            };
            let event = withdrawn.event(*on, None);
            follows = TwinEnd::of(issued, withdrawn);
            event
        }
        (act, None) => effect(act)?,
    };
    let approved = CertificateEvent::Proposal(approval.approved().into());
    let mut decisions = vec![approved.into(), CertificateDecision::Event(effect)];
    decisions.extend(follows.map(CertificateDecision::EndTwin));
    Ok(decisions)
}

/// The event an approved act leads to that is neither a correction nor 撤销 nor 吊销.
fn effect(act: &Act) -> Result<CertificateEvent, No> {
    Ok(match act {
        Act::EndCertificate {
            end,
            ground,
            basis,
            on,
        } => {
            let ended = CertificateEnded {
                ground: ground.clone(),
                basis: basis.clone(),
                on: *on,
            };
            match end {
                End::Cancelled => CertificateCancelled(ended).into(),
                End::Voided => CertificateVoided(ended).into(),
                End::Revoked | End::Forfeited => return Err(ProposalRejection::WrongAct.into()),
            }
        }
        Act::SuspendCertificate { ground, basis, on } => CertificateSuspended {
            ground: ground.clone(),
            basis: basis.clone(),
            on: *on,
        }
        .into(),
        Act::ReinstateCertificate { ground, on } => CertificateReinstated {
            ground: ground.clone(),
            on: *on,
        }
        .into(),
        _ => return Err(ProposalRejection::WrongAct.into()),
    })
}

/// Whether the act fits the certificate as it stands; the act's civil date.
fn check_act(state: &S, issued: &Issued, act: &Act) -> Result<Date, No> {
    let suspended_on = match state {
        S::Suspended { suspension, .. } => Some(suspension.on),
        _ => None,
    };
    match act {
        Act::EndCertificate {
            end,
            ground,
            basis,
            on,
        } => {
            check_text("ground", ground)?;
            check_text("basis", basis)?;
            if end.withdraws_level() && issued.award.route == Route::Recognition {
                return Err(No::RecognitionDecides);
            }
            not_before(issued.issued_on, *on)
        }
        Act::SuspendCertificate { ground, basis, on } => {
            check_text("ground", ground)?;
            check_text("basis", basis)?;
            if suspended_on.is_some() {
                return Err(No::AlreadySuspended);
            }
            not_before(issued.issued_on, *on)
        }
        Act::ReinstateCertificate { ground, on } => {
            check_text("ground", ground)?;
            not_before(suspended_on.ok_or(No::NotSuspended)?, *on)
        }
        Act::CorrectCertificate {
            corrected,
            ground,
            on,
        } => {
            check_text("ground", ground)?;
            if corrected.is_empty() {
                return Err(No::NothingCorrected);
            }
            for field in corrected {
                check_text("corrected", field)?;
            }
            if suspended_on.is_some() {
                return Err(No::Suspended);
            }
            not_before(issued.issued_on, *on)
        }
        _ => Err(ProposalRejection::WrongAct.into()),
    }
}

fn not_before(earliest: Date, on: Date) -> Result<Date, No> {
    if on < earliest {
        Err(No::DateBefore { earliest })
    } else {
        Ok(on)
    }
}

/// What was issued, unless its life is over.
fn standing(state: &S) -> Result<&Issued, No> {
    match state {
        S::Absent => Err(No::NotIssued),
        S::Valid(issued) | S::Suspended { issued, .. } => Ok(issued),
        S::Superseded { .. } => Err(No::SupersededIsFinal),
        S::Ended { end, .. } => Err(No::EndedIsFinal { end: *end }),
    }
}
