//! The decisions of a body.

use crate::domain::body::command::BodyCommand;
use crate::domain::body::event::BodyEvent;
use crate::domain::body::rejection::BodyRejection as No;
use crate::domain::body::state::{
    Body, BodyKey, BodyState, Scope, Standing, StatusList, Suspension,
};
use crate::domain::body::{
    cross_region, ecosystem, keys, record, review, scope, serials, standing, training_base,
};
use crate::domain::decider::Decider;
use crate::domain::key_use::KeyUse;
use crate::domain::wording::check_text;

/// Decides for one body (评价机构).
#[derive(Debug)]
pub struct BodyDecider;

impl Decider for BodyDecider {
    type State = BodyState;
    type Command = BodyCommand;
    type Event = BodyEvent;
    type Decision = BodyEvent;
    type Rejection = No;

    fn initial() -> BodyState {
        BodyState::Absent
    }

    fn evolve(state: BodyState, event: &BodyEvent) -> BodyState {
        match (state, event) {
            (BodyState::Absent, BodyEvent::Registered(registered)) => {
                BodyState::Registered(Box::new(Body::new(registered.clone())))
            }
            (BodyState::Registered(mut body), event) => {
                happened(&mut body, event);
                BodyState::Registered(body)
            }
            (BodyState::Absent, _) => BodyState::Absent,
        }
    }

    fn decide(state: &BodyState, command: &BodyCommand) -> Result<Vec<BodyEvent>, No> {
        use BodyCommand as C;
        if let C::Register(registered) = command {
            let BodyState::Absent = state else {
                return Err(No::AlreadyRegistered);
            };
            check_text("name", &registered.name.zh)?;
            if let Some(name) = &registered.name.en {
                check_text("name-en", name)?;
            }
            return Ok(vec![registered.clone().into()]);
        }
        let body = state.body()?;
        match command {
            C::Register(_) => Err(No::AlreadyRegistered),
            C::AssignNumberCode { code, grammar } => serials::decide_assign(body, code, grammar),
            C::GrantScope(granted) => scope::decide_grant(body, granted),
            C::EndScope(ended) => scope::decide_end(body, ended),
            C::GrantRunOff(granted) => scope::decide_run_off(body, granted),
            C::EndRunOff(ended) => {
                if body.run_offs.contains_key(&ended.session) {
                    Ok(vec![ended.clone().into()])
                } else {
                    Err(No::RunOffUnknown)
                }
            }
            C::RegisterKey(registered) => keys::decide_register(body, registered),
            C::RetireKey(retired) => keys::decide_retire(body, retired),
            C::Propose { proposing, act } => standing::decide_propose(body, proposing, act),
            C::Approve(approval) => standing::decide_approve(body, approval),
            C::Reject(turn_down) => {
                let rejected = body.proposals.turn_down::<No>(turn_down)?;
                Ok(vec![BodyEvent::Proposal(rejected)])
            }
            C::NoticeTrainingBase(noticed) => training_base::decide_notice(body, noticed),
            C::ListTrainingBase(listed) => training_base::decide_list(body, listed),
            C::StrikeTrainingBase(struck) => training_base::decide_strike(body, struck),
            C::OpenStatusList(opened) => keys::decide_open_list(body, opened),
            C::PublishStatusList(published) => keys::decide_publish_list(body, published),
            C::OpenEcosystem(opened) => ecosystem::decide_open(body, opened),
            C::JoinEcosystem(joined) => ecosystem::decide_join(body, joined),
            C::LeaveEcosystem(left) => ecosystem::decide_leave(body, left),
            C::CloseEcosystem(closed) => ecosystem::decide_close(body, closed),
            C::PermitCrossRegion { permitted, grammar } => {
                cross_region::decide_permit(body, permitted, grammar)
            }
            C::EndCrossRegion(ended) => cross_region::decide_end_permit(body, ended),
            C::GradeStars(graded) => record::decide_stars(body, graded),
            C::RecordCredit(recorded) => record::decide_credit(body, recorded),
            C::Select { selected, policy } => record::decide_selection(body, selected, policy),
            C::OrderReview(ordered) => review::decide_order(body, ordered),
            C::CloseReview(closed) => review::decide_close(body, closed),
            C::TakeSerials(take) => serials::decide_take(body, take),
        }
    }
}

fn happened(body: &mut Body, event: &BodyEvent) {
    use BodyEvent as E;
    match event {
        E::Registered(_) => {}
        E::NumberCodeAssigned(assigned) => body.number_code = Some(assigned.code.clone()),
        E::ScopeGranted(granted) => {
            let scope = Scope {
                granted: granted.clone(),
                ended_on: None,
            };
            body.scopes.insert(granted.grant, scope);
        }
        E::ScopeEnded(ended) => {
            if let Some(scope) = body.scopes.get_mut(&ended.grant) {
                scope.ended_on = Some(ended.on);
            }
        }
        E::RunOffGranted(granted) => {
            body.run_offs.insert(granted.session, granted.clone());
        }
        E::RunOffEnded(ended) => {
            body.run_offs.remove(&ended.session);
        }
        E::KeyRegistered(registered) => body.keys.push(BodyKey {
            key_id: registered.key_id.clone(),
            purpose: registered.purpose.clone(),
            public_key: registered.public_key.clone(),
            in_use: KeyUse::Active,
        }),
        E::KeyRetired(retired) => set_use(body, &retired.key_id, KeyUse::Retired),
        E::KeyCompromised(compromised) => {
            let from_position = compromised.from_position;
            set_use(
                body,
                &compromised.key_id,
                KeyUse::Compromised { from_position },
            );
        }
        E::Suspended(suspended) => {
            body.standing = Standing::Suspended {
                since: suspended.on,
            };
        }
        E::Reinstated(reinstated) => {
            if let Standing::Suspended { since } = body.standing {
                let until = reinstated.on;
                body.suspensions.push(Suspension { since, until });
            }
            body.standing = Standing::Good;
        }
        E::Withdrawn(withdrawn) => {
            body.standing = Standing::Withdrawn {
                since: withdrawn.on,
            };
        }
        E::TrainingBaseNoticed(_) | E::TrainingBaseListed(_) | E::TrainingBaseStruck(_) => {
            body.training_base.happened(event);
        }
        E::StatusListOpened(opened) => body.lists.push(StatusList {
            opened: opened.clone(),
            taken: 0,
            as_of_position: None,
        }),
        E::StatusListPublished(published) => {
            if let Some(list) = list_mut(body, published.list) {
                list.as_of_position = Some(published.as_of_position);
            }
        }
        E::SerialsTaken(taken) => {
            let last = taken.first.saturating_add(taken.count).saturating_sub(1);
            let run = (taken.grammar.clone(), taken.year, taken.counted.clone());
            body.serials.insert(run, last);
            if let Some(list) = list_mut(body, taken.list) {
                list.taken = taken.first_index.saturating_add(taken.count);
            }
        }
        E::EcosystemOpened(opened) => ecosystem::opened(body, opened),
        E::EcosystemMemberJoined(joined) => ecosystem::joined(body, joined),
        E::EcosystemMemberLeft(left) => ecosystem::left(body, left),
        E::EcosystemClosed(closed) => ecosystem::closed(body, closed),
        E::CrossRegionPermitted(permitted) => cross_region::permitted(body, permitted),
        E::CrossRegionEnded(ended) => cross_region::ended(body, ended),
        E::StarGraded(graded) => body.record.stars.push(graded.clone()),
        E::CreditRecorded(recorded) => body.record.credits.push(recorded.clone()),
        // A selection is a fact of its own; nothing is decided on it.
        E::Selected(_) => {}
        E::ReviewOrdered(ordered) => review::ordered(body, ordered),
        E::ReviewClosed(closed) => review::closed(body, closed),
        E::Proposal(event) => body.proposals.record(event),
    }
}

fn set_use(body: &mut Body, key_id: &str, in_use: KeyUse) {
    if let Some(key) = body.keys.iter_mut().find(|key| key.key_id == key_id) {
        key.in_use = in_use;
    }
}

fn list_mut(body: &mut Body, list: u32) -> Option<&mut StatusList> {
    body.lists.iter_mut().find(|it| it.opened.list == list)
}
