//! The decisions of a competition.

use crate::domain::competition::command::CompetitionCommand;
use crate::domain::competition::event::{
    CompetitionClosed, CompetitionEvent, CompetitionRegistered, PlaceEntered, PlaceStruck,
    PlaceWithdrawn, PlacesConfirmed, PlacesNoticed,
};
use crate::domain::competition::rejection::CompetitionRejection as No;
use crate::domain::competition::state::{CompetitionState, Meet, PLACES_MAX, PlaceKey};
use crate::domain::decider::Decider;
use crate::domain::digest::Digest;
use crate::domain::proposal::{Act, Approval, ProposalEvent, ProposalRejection, Proposing};
use crate::domain::wording::{check_code, check_text};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

type Decided = Result<Vec<CompetitionEvent>, No>;

/// Most contests of one competition.
const CONTESTS_MAX: usize = 200;
/// Most pieces of evidence of one place.
const EVIDENCE_MAX: usize = 50;

/// Decides for one competition (职业技能竞赛).
#[derive(Debug)]
pub struct CompetitionDecider;

impl Decider for CompetitionDecider {
    type State = CompetitionState;
    type Command = CompetitionCommand;
    type Event = CompetitionEvent;
    type Decision = CompetitionEvent;
    type Rejection = No;

    fn initial() -> CompetitionState {
        CompetitionState::Absent
    }

    fn evolve(state: CompetitionState, happened: &CompetitionEvent) -> CompetitionState {
        use CompetitionState as S;
        match (state, happened) {
            (S::Absent, CompetitionEvent::Registered(registered)) => S::Open(Meet {
                registered: registered.clone(),
                places: BTreeMap::new(),
                proposals: Default::default(),
            }),
            (S::Open(mut meet), CompetitionEvent::PlaceEntered(place)) => {
                let key = (place.worker, place.occupation);
                meet.places.insert(key, place.clone());
                S::Open(meet)
            }
            (S::Open(mut meet), CompetitionEvent::PlaceStruck(struck)) => {
                meet.places.remove(&(struck.worker, struck.occupation));
                S::Open(meet)
            }
            (S::Open(mut meet), CompetitionEvent::Proposal(proposal)) => {
                meet.proposals.record(proposal);
                S::Open(meet)
            }
            (S::Open(meet), CompetitionEvent::PlacesConfirmed(_)) => S::Confirmed(meet),
            (S::Confirmed(meet), CompetitionEvent::Noticed(notice)) => S::InNotice {
                meet,
                notice: notice.clone(),
            },
            (S::InNotice { meet, .. }, CompetitionEvent::Closed(closed)) => S::Closed {
                meet,
                closed: closed.clone(),
                withdrawn: BTreeMap::new(),
            },
            (
                S::Closed {
                    mut meet,
                    closed,
                    mut withdrawn,
                },
                happened,
            ) => {
                match happened {
                    CompetitionEvent::Proposal(proposal) => meet.proposals.record(proposal),
                    CompetitionEvent::PlaceWithdrawn(place) => {
                        withdrawn.insert((place.worker, place.occupation), place.clone());
                    }
                    _ => {}
                }
                S::Closed {
                    meet,
                    closed,
                    withdrawn,
                }
            }
            (state, _) => state,
        }
    }

    fn decide(state: &CompetitionState, command: &CompetitionCommand) -> Decided {
        use CompetitionCommand as C;
        match command {
            C::Register(registered) => decide_register(state, registered),
            C::EnterPlaces { places, on } => decide_enter(entering(state)?, places, *on),
            C::StrikePlace(struck) => decide_strike(entering(state)?, struck),
            C::ProposeConfirm(proposing) => decide_propose(entering(state)?, proposing),
            C::ProposeWithdrawal {
                proposing,
                worker,
                occupation,
                ground,
                basis,
                on,
            } => {
                let act = Act::WithdrawPlace {
                    worker: *worker,
                    occupation: *occupation,
                    ground: ground.clone(),
                    basis: basis.clone(),
                    on: *on,
                };
                decide_propose_withdrawal(state, proposing, act)
            }
            C::Approve {
                approval,
                digest_now,
            } => decide_approve(state, approval, *digest_now),
            C::Reject(turn_down) => {
                let meet = state.meet().ok_or(No::NotRegistered)?;
                let rejected = meet.proposals.turn_down::<No>(turn_down)?;
                Ok(vec![CompetitionEvent::Proposal(rejected)])
            }
            C::StartNotice(notice) => decide_notice(state, notice),
            C::Close { on } => decide_close(state, *on),
        }
    }
}

/// The competition while places may still change.
fn entering(state: &CompetitionState) -> Result<&Meet, No> {
    match state {
        CompetitionState::Absent => Err(No::NotRegistered),
        CompetitionState::Open(meet) => Ok(meet),
        _ => Err(No::PlacesConfirmed),
    }
}

fn decide_register(state: &CompetitionState, registered: &CompetitionRegistered) -> Decided {
    let CompetitionState::Absent = state else {
        return Err(No::AlreadyRegistered);
    };
    check_code("competition-code", &registered.code)?;
    check_text("name", &registered.name.zh)?;
    check_code("tier", &registered.tier)?;
    if let Some(class) = &registered.class {
        check_code("class", class)?;
    }
    check_text("organiser", &registered.organiser)?;
    check_text("source", &registered.source)?;
    if registered.to < registered.from {
        return Err(No::DatesDisagree);
    }
    if registered.contests.is_empty() || registered.contests.len() > CONTESTS_MAX {
        return Err(No::ContestsMissing);
    }
    let mut seen = BTreeSet::new();
    for contest in &registered.contests {
        let occupation = contest.occupation;
        check_text("occupation-name", &contest.occupation_name.zh)?;
        if !occupation.carries_level_certificates() {
            return Err(No::ContestWithoutLevels { occupation });
        }
        if !seen.insert((occupation, contest.group)) {
            return Err(No::ContestTwice { occupation });
        }
    }
    Ok(vec![registered.clone().into()])
}

fn decide_enter(meet: &Meet, places: &[PlaceEntered], on: Date) -> Decided {
    let ends_on = meet.registered.to;
    if on < ends_on {
        return Err(No::NotYetHeld { ends_on });
    }
    if places.is_empty() {
        return Err(No::NoPlaces);
    }
    if meet.places.len() + places.len() > PLACES_MAX {
        return Err(No::TooManyPlaces {
            most: PLACES_MAX as u32,
        });
    }
    // All places of a contest are out of one number of contestants, and are no more than these.
    let mut contests: BTreeMap<_, (u32, u32)> = BTreeMap::new();
    for place in meet.places.values() {
        let of = (place.occupation, place.group);
        contests.entry(of).or_insert((place.contestants, 0)).1 += 1;
    }
    let mut seen = BTreeSet::new();
    for place in places {
        let key = (place.worker, place.occupation);
        if meet.places.contains_key(&key) || !seen.insert(key) {
            return Err(No::PlaceTwice);
        }
        check_place(&meet.registered, place)?;
        let (contestants, placed) = contests
            .entry((place.occupation, place.group))
            .or_insert((place.contestants, 0));
        *placed += 1;
        if *contestants != place.contestants || *placed > *contestants {
            return Err(impossible(place));
        }
    }
    Ok(places.iter().cloned().map(Into::into).collect())
}

fn check_place(registered: &CompetitionRegistered, place: &PlaceEntered) -> Result<(), No> {
    let held = registered
        .contests
        .iter()
        .any(|it| it.occupation == place.occupation && it.group == place.group);
    if !held {
        return Err(No::ContestUnknown {
            occupation: place.occupation,
        });
    }
    if place.rank == 0 || place.rank > place.contestants {
        return Err(impossible(place));
    }
    if let Some(prize) = &place.prize {
        check_code("prize", prize)?;
    }
    if place.evidence.is_empty() || place.evidence.len() > EVIDENCE_MAX {
        return Err(No::EvidenceMissing);
    }
    Ok(())
}

const fn impossible(place: &PlaceEntered) -> No {
    No::RankImpossible {
        rank: place.rank,
        contestants: place.contestants,
    }
}

fn decide_strike(meet: &Meet, struck: &PlaceStruck) -> Decided {
    check_text("ground", &struck.ground)?;
    if !meet
        .places
        .contains_key(&(struck.worker, struck.occupation))
    {
        return Err(No::PlaceUnknown);
    }
    Ok(vec![struck.clone().into()])
}

fn decide_propose(meet: &Meet, proposing: &Proposing) -> Decided {
    if meet.places.is_empty() {
        return Err(No::NoPlaces);
    }
    meet.proposals.check_new(proposing.proposal)?;
    let act = Act::ConfirmResults {
        candidates: meet.places.len() as u32,
    };
    let made = ProposalEvent::from(proposing.made(act));
    Ok(vec![CompetitionEvent::Proposal(made)])
}

fn decide_propose_withdrawal(state: &CompetitionState, proposing: &Proposing, act: Act) -> Decided {
    let Act::WithdrawPlace {
        worker,
        occupation,
        ground,
        basis,
        on,
    } = &act
    else {
        return Err(ProposalRejection::WrongAct.into());
    };
    check_text("ground", ground)?;
    check_text("basis", basis)?;
    let meet = withdrawable(state, (*worker, *occupation), *on)?;
    meet.proposals.check_new(proposing.proposal)?;
    let made = ProposalEvent::from(proposing.made(act));
    Ok(vec![CompetitionEvent::Proposal(made)])
}

/// The closed competition in which this place stands.
fn withdrawable(state: &CompetitionState, key: PlaceKey, on: Date) -> Result<&Meet, No> {
    let CompetitionState::Closed {
        meet,
        closed,
        withdrawn,
    } = state
    else {
        return Err(match state {
            CompetitionState::Absent => No::NotRegistered,
            _ => No::NotClosed,
        });
    };
    if !meet.places.contains_key(&key) {
        return Err(No::PlaceUnknown);
    }
    if withdrawn.contains_key(&key) {
        return Err(No::PlaceWithdrawn);
    }
    if on < closed.on {
        return Err(No::BeforeClose {
            closed_on: closed.on,
        });
    }
    Ok(meet)
}

fn decide_approve(state: &CompetitionState, approval: &Approval, digest_now: Digest) -> Decided {
    let meet = state.meet().ok_or(No::NotRegistered)?;
    let act = meet.proposals.check_approval(approval)?;
    let done = match act {
        Act::ConfirmResults { candidates } => {
            let meet = entering(state)?;
            let moved = digest_now != approval.digest || *candidates as usize != meet.places.len();
            if moved {
                return Err(No::ProposalChanged);
            }
            PlacesConfirmed {
                proposal: approval.proposal,
                places: *candidates,
                digest: approval.digest,
            }
            .into()
        }
        Act::WithdrawPlace {
            worker,
            occupation,
            ground,
            basis,
            on,
        } => {
            withdrawable(state, (*worker, *occupation), *on)?;
            PlaceWithdrawn {
                proposal: approval.proposal,
                worker: *worker,
                occupation: *occupation,
                ground: ground.clone(),
                basis: basis.clone(),
                on: *on,
            }
            .into()
        }
        _ => return Err(ProposalRejection::WrongAct.into()),
    };
    let approved = CompetitionEvent::Proposal(approval.approved().into());
    Ok(vec![approved, done])
}

fn decide_notice(state: &CompetitionState, notice: &PlacesNoticed) -> Decided {
    match state {
        CompetitionState::Absent => Err(No::NotRegistered),
        CompetitionState::Open(_) => Err(No::NotConfirmed),
        CompetitionState::Confirmed(meet) => {
            let same_day = notice.closes_on == notice.from;
            let in_order = notice.closes_on >= notice.from
                && notice.from >= meet.registered.to
                && same_day == (notice.working_days == 0);
            if in_order {
                Ok(vec![notice.clone().into()])
            } else {
                Err(No::NoticeDatesDisagree)
            }
        }
        CompetitionState::InNotice { .. } => Err(No::NoticeAlreadyStarted),
        CompetitionState::Closed { .. } => Err(No::AlreadyClosed),
    }
}

fn decide_close(state: &CompetitionState, on: Date) -> Decided {
    match state {
        CompetitionState::Absent => Err(No::NotRegistered),
        CompetitionState::Open(_) => Err(No::NotConfirmed),
        CompetitionState::Confirmed(_) => Err(No::NoticeNotStarted),
        CompetitionState::InNotice { meet, notice } => {
            if on < notice.closes_on {
                return Err(No::NoticeRunning {
                    closes_on: notice.closes_on,
                });
            }
            let places = meet.places.len() as u32;
            Ok(vec![CompetitionClosed { on, places }.into()])
        }
        CompetitionState::Closed { .. } => Err(No::AlreadyClosed),
    }
}
