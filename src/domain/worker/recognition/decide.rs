//! The decisions about recognitions.

use super::event::{
    RecognitionApplied, RecognitionGranted, RecognitionRefused, RecognitionUsed,
    RecognitionWithdrawn,
};
use super::rejection::RecognitionRejection as No;
use super::state::{Case, Outcome};
use crate::domain::digest::Digest;
use crate::domain::ids::{AccountId, CertificateId, RecognitionId};
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::occupation::{Occupation, OccupationCode};
use crate::domain::proposal::{Act, Approval, End, ProposalEvent, ProposalRejection, Proposing};
use crate::domain::route::Route;
use crate::domain::rules::recognition::{
    Condition, Evidence, Held, Met, Qualification, Recognition, Rulebook, Unmet,
};
use crate::domain::wording::{check_code, check_text};
use crate::domain::worker::event::{AwardedBy, LevelAwarded, LevelWithdrawn, WorkerEvent};
use crate::domain::worker::rejection::WorkerRejection;
use crate::domain::worker::state::Worker;
use jiff::civil::Date;
use std::sync::Arc;

type Decided = Result<Vec<WorkerEvent>, WorkerRejection>;

/// Most pieces of evidence of one condition.
const EVIDENCE_MAX: usize = 50;

/// Papers that show a condition (证明材料).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Which condition, by its word.
    pub condition: String,
    /// Their digests.
    pub digests: Vec<Digest>,
}

/// A decision on an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// Which application.
    pub recognition: RecognitionId,
    /// What was shown.
    pub shown: Vec<Shown>,
    /// Everything adopted.
    pub rulebook: Arc<Rulebook>,
    /// Who decides.
    pub by: AccountId,
    /// The day of the decision.
    pub on: Date,
}

/// A session that closes on a recognition, for the certificate of its level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// Which, in which session, on which day.
    pub used: RecognitionUsed,
    /// The occupation the session is held for.
    pub occupation: OccupationCode,
    /// The level the result names.
    pub level: SkillLevel,
    /// The session's day of assessment (评定日期).
    pub assessed_on: Date,
}

pub(in crate::domain::worker) fn apply(
    worker: &Worker,
    applied: &RecognitionApplied,
    rulebook: &Rulebook,
) -> Decided {
    if worker.recognitions.case(applied.recognition).is_some() {
        return Err(No::Taken.into());
    }
    check_code("rule", &applied.rule)?;
    check_code("edition", &applied.edition)?;
    let held = holding(worker, applied)?;
    let answer = judged(&held, applied, rulebook)?;
    let occupation_fits = match (&answer.to, applied.occupation) {
        (Qualification::Level { .. }, Some(occupation)) => {
            answer.occupations.is_empty() || answer.occupations.contains(&occupation)
        }
        (Qualification::Level { .. }, None) => false,
        (_, occupation) => occupation.is_none(),
    };
    if !occupation_fits {
        return Err(No::OccupationUnfit.into());
    }
    if worker.recognitions.has_live(applied.held, &applied.rule) {
        return Err(No::Twice.into());
    }
    let applied = RecognitionApplied {
        to: answer.to,
        ..applied.clone()
    };
    Ok(vec![applied.into()])
}

/// `award`: award the level in this occupation, as the catalogue of the day lists it.
pub(in crate::domain::worker) fn grant(
    worker: &Worker,
    ruling: &Ruling,
    award: Option<&Occupation>,
) -> Decided {
    let case = waiting(worker, ruling)?;
    let held = holding(worker, &case.applied)?;
    let answer = judged(&held, &case.applied, &ruling.rulebook)?;
    still_registered(&held, ruling, &answer)?;
    let (met, unmet) = weigh(&answer, &ruling.shown)?;
    if !unmet.is_empty() {
        return Err(said(&unmet).into());
    }
    let granted = RecognitionGranted {
        recognition: ruling.recognition,
        effect: answer.effect,
        channel: answer.channel,
        to: answer.to,
        occupation: case.applied.occupation,
        citation: answer.citation,
        verified: answer.verified,
        demo: answer.demo,
        certificate: answer.certificate,
        met,
        decided_by: ruling.by,
        on: ruling.on,
    };
    let mut events: Vec<WorkerEvent> = Vec::new();
    let awarded = award.map(|occupation| awarded(worker, &granted, occupation));
    events.push(granted.into());
    if let Some(awarded) = awarded {
        events.push(awarded?.into());
    }
    Ok(events)
}

pub(in crate::domain::worker) fn refuse(
    worker: &Worker,
    ruling: &Ruling,
    ground: Option<&str>,
) -> Decided {
    let case = waiting(worker, ruling)?;
    let standing = holding(worker, &case.applied)
        .and_then(|held| judged(&held, &case.applied, &ruling.rulebook));
    let unmet = match standing {
        Ok(answer) => {
            let (_, unmet) = weigh(&answer, &ruling.shown)?;
            if unmet.is_empty() {
                return Err(No::NothingUnmet.into());
            }
            unmet
        }
        // The holding or the rule is gone: the ground says so.
        Err(_) => {
            check_text("ground", ground.unwrap_or_default())?;
            Vec::new()
        }
    };
    if let Some(ground) = ground {
        check_text("ground", ground)?;
    }
    Ok(vec![
        RecognitionRefused {
            recognition: ruling.recognition,
            unmet,
            ground: ground.map(str::to_owned),
            decided_by: ruling.by,
            on: ruling.on,
        }
        .into(),
    ])
}

pub(in crate::domain::worker) fn propose(
    worker: &Worker,
    proposing: &Proposing,
    act: &Act,
) -> Decided {
    worker.proposals.check_new(proposing.proposal)?;
    check_withdrawal(worker, act)?;
    let made = ProposalEvent::from(proposing.made(act.clone()));
    Ok(vec![WorkerEvent::Proposal(made)])
}

/// Uses a recognition up for one certificate. The level stays as it was awarded: once, by the
/// recognition.
pub(in crate::domain::worker) fn use_up(worker: &Worker, it: &Use) -> Decided {
    let recognition = it.used.recognition;
    let case = worker.recognitions.case(recognition).ok_or(No::Unknown)?;
    let Outcome::Granted(granted) = &case.outcome else {
        return Err(No::NotGranted.into());
    };
    if !granted.certificate {
        return Err(No::WithoutCertificate.into());
    }
    if case.used_in.is_some() {
        return Err(No::UsedAlready.into());
    }
    let by = AwardedBy::Recognition(recognition);
    let level = worker
        .levels
        .iter()
        .find(|level| level.awarded.by == by && level.withdrawn.is_none())
        .ok_or(No::LevelNotStanding)?;
    let (occupation, level) = (level.awarded.occupation, level.awarded.level);
    if (it.occupation, it.level) != (occupation, level) {
        return Err(No::CertificateDiffers { occupation, level }.into());
    }
    if it.assessed_on < granted.on {
        return Err(No::Before {
            earliest: granted.on,
        }
        .into());
    }
    Ok(vec![it.used.clone().into()])
}

/// The withdrawal that two people agreed on; a level awarded on the recognition goes with it, and
/// its certificate, if it has one.
pub(in crate::domain::worker) fn approve(
    worker: &Worker,
    approval: &Approval,
    certificate: Option<CertificateId>,
) -> Decided {
    let act = worker.proposals.check_approval(approval)?;
    let withdrawn = check_withdrawal(worker, act)?;
    if approval.now.date_in_china() < withdrawn.on {
        return Err(No::NotYet { on: withdrawn.on }.into());
    }
    let by = AwardedBy::Recognition(withdrawn.recognition);
    let awarded = worker
        .levels
        .iter()
        .any(|it| it.awarded.by == by && it.withdrawn.is_none());
    let level = awarded.then(|| LevelWithdrawn {
        by,
        certificate,
        end: End::Revoked,
        ground: withdrawn.ground.clone(),
        on: withdrawn.on,
    });
    let mut events = vec![
        WorkerEvent::Proposal(ProposalEvent::from(approval.approved())),
        withdrawn.into(),
    ];
    events.extend(level.map(WorkerEvent::from));
    Ok(events)
}

fn check_withdrawal(worker: &Worker, act: &Act) -> Result<RecognitionWithdrawn, WorkerRejection> {
    let Act::WithdrawRecognition {
        recognition,
        ground,
        basis,
        on,
    } = act
    else {
        return Err(ProposalRejection::WrongAct.into());
    };
    check_text("ground", ground)?;
    check_text("basis", basis)?;
    let case = worker.recognitions.case(*recognition).ok_or(No::Unknown)?;
    let Outcome::Granted(granted) = &case.outcome else {
        return Err(No::NotGranted.into());
    };
    if *on < granted.on {
        return Err(No::Before {
            earliest: granted.on,
        }
        .into());
    }
    Ok(RecognitionWithdrawn {
        recognition: *recognition,
        ground: ground.clone(),
        basis: basis.clone(),
        on: *on,
    })
}

fn waiting<'a>(worker: &'a Worker, ruling: &Ruling) -> Result<&'a Case, No> {
    let case = worker
        .recognitions
        .case(ruling.recognition)
        .ok_or(No::Unknown)?;
    if case.outcome != Outcome::Waiting {
        return Err(No::AlreadyDecided);
    }
    if ruling.by == case.applied.taken_by {
        return Err(No::SamePerson);
    }
    if ruling.on < case.applied.on {
        return Err(No::Before {
            earliest: case.applied.on,
        });
    }
    Ok(case)
}

/// What is held, if it still stands.
fn holding(worker: &Worker, applied: &RecognitionApplied) -> Result<Held, No> {
    worker
        .held()
        .into_iter()
        .find(|it| it.by == applied.held)
        .ok_or(No::HoldingUnknown)
}

/// What the rule says of it on the day of the application.
fn judged(
    held: &Held,
    applied: &RecognitionApplied,
    rulebook: &Rulebook,
) -> Result<Recognition, No> {
    let rule = || applied.rule.clone();
    let in_force = rulebook
        .rules_on(applied.on, &applied.jurisdiction)
        .into_iter()
        .any(|it| it.rule.id == applied.rule && it.edition == applied.edition);
    if !in_force {
        return Err(No::RuleNotInForce { rule: rule() });
    }
    rulebook
        .answers(
            std::slice::from_ref(held),
            applied.on,
            &applied.jurisdiction,
        )
        .into_iter()
        .find(|it| it.rule == applied.rule)
        .ok_or(No::RuleUnfit { rule: rule() })
}

/// The issuer is registered on the day of the application, and still on the day of the decision.
fn still_registered(held: &Held, ruling: &Ruling, answer: &Recognition) -> Result<(), No> {
    let conditions = answer
        .met
        .iter()
        .map(|it| (&it.condition, true))
        .chain(answer.unmet.iter().map(|it| (&it.condition, false)));
    for (condition, met) in conditions {
        let Condition::Issuer { issuer } = condition else {
            continue;
        };
        let now = ruling.rulebook.registered(held, &answer.to, ruling.on);
        if !met || !now {
            return Err(No::IssuerNotRegistered {
                issuer: issuer.clone(),
            });
        }
    }
    Ok(())
}

/// Conditions met, those shown among them, and those that are not.
fn weigh(answer: &Recognition, shown: &[Shown]) -> Result<(Vec<Met>, Vec<Unmet>), No> {
    let (mut met, mut unmet) = (answer.met.clone(), answer.unmet.clone());
    for it in shown {
        if it.digests.is_empty() || it.digests.len() > EVIDENCE_MAX {
            return Err(No::EvidenceMissing);
        }
        let at = unmet
            .iter()
            .position(|un| un.condition.name() == it.condition && can_be_shown(&un.condition))
            .ok_or(No::ConditionUnknown {
                condition: it.condition.clone(),
            })?;
        met.push(Met {
            condition: unmet.remove(at).condition,
            evidence: Evidence::Shown {
                digests: it.digests.clone(),
            },
        });
    }
    Ok((met, unmet))
}

/// Time and a register are not shown by papers.
const fn can_be_shown(condition: &Condition) -> bool {
    match condition {
        Condition::Series { .. } | Condition::Related | Condition::Stated { .. } => true,
        Condition::Years { .. } | Condition::Issuer { .. } => false,
    }
}

fn said(unmet: &[Unmet]) -> No {
    let words: Vec<String> = unmet
        .iter()
        .map(|it| match it.until {
            Some(until) => format!("{} ({until})", it.condition.name()),
            None => it.condition.name().to_owned(),
        })
        .collect();
    No::ConditionsUnmet {
        unmet: words.join(", "),
    }
}

fn awarded(
    worker: &Worker,
    granted: &RecognitionGranted,
    occupation: &Occupation,
) -> Result<LevelAwarded, No> {
    let Qualification::Level { level, .. } = granted.to else {
        return Err(No::AwardsNothing);
    };
    if !granted.effect.may_award() || granted.occupation != Some(occupation.code) {
        return Err(No::AwardsNothing);
    }
    if !occupation.opens(level) {
        return Err(No::LevelNotOpen { level });
    }
    if let Some(held) = worker.highest_in(occupation.code)
        && held >= level
    {
        return Err(No::LevelHeld { held });
    }
    Ok(LevelAwarded {
        by: AwardedBy::Recognition(granted.recognition),
        body: None,
        route: Route::Recognition,
        occupation: occupation.code,
        occupation_name: Name {
            zh: occupation.name_zh.clone(),
            en: Some(occupation.name_en.clone()).filter(|en| !en.is_empty()),
        },
        work_type: None,
        level,
        assessed_on: granted.on,
        awarded_on: granted.on,
    })
}
