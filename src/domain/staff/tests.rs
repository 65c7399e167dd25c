use crate::domain::decider::Decider;
use crate::domain::decider::harness::{Given, given};
use crate::domain::example::*;
use crate::domain::ids::{BodyId, CardId, SubjectId};
use crate::domain::staff::command::StaffCommand as Command;
use crate::domain::staff::decider::StaffDecider;
use crate::domain::staff::event::*;
use crate::domain::staff::independence::{independent, teaches_others};
use crate::domain::staff::rejection::StaffRejection as No;
use crate::domain::staff::role::StaffRole;
use crate::domain::wording::TextRejection;
use jiff::civil::{Date, date};
use std::collections::BTreeSet;
use uuid::Uuid;

pub fn past(events: impl IntoIterator<Item = StaffEvent>) -> Given<StaffDecider> {
    given::<StaffDecider>(events)
}
pub fn somebody() -> SubjectId {
    SubjectId(Uuid::from_u128(0xe1))
}
pub fn card_id() -> CardId {
    CardId(Uuid::from_u128(0xca))
}
pub fn enrolled() -> StaffEnrolled {
    StaffEnrolled {
        sealed: sealed(somebody()),
    }
}
/// A card of one role from 2024-03-10 to 2027-03-09, for welders.
pub fn card(role: StaffRole) -> CardGranted {
    CardGranted {
        card: card_id(),
        role,
        occupations: vec![occupation().code],
        levels: vec![],
        items: vec![],
        grade: None,
        body: None,
        from: date(2024, 3, 10),
        to: Some(date(2027, 3, 9)),
        basis: "苏人社考〔2024〕8号".into(),
        number: digest(0xca),
        sealed: sealed(somebody()),
    }
}
pub fn carded(role: StaffRole) -> Vec<StaffEvent> {
    vec![enrolled().into(), card(role).into()]
}
fn relation(with: u128) -> RelationDeclared {
    RelationDeclared {
        with: worker(with).into(),
        kind: RelationKind::Spouse,
        on: TODAY,
    }
}
fn declare(declared: RelationDeclared) -> Command {
    Command::DeclareRelation {
        declared,
        of: somebody(),
    }
}
fn engaged(from: Date) -> StaffEngaged {
    StaffEngaged {
        body: body_id(),
        occupations: vec![occupation().code],
        from,
    }
}
fn left(on: Date) -> StaffLeft {
    StaffLeft {
        body: body_id(),
        on,
    }
}

#[test]
fn a_person_comes_into_the_registers_once() {
    past([])
        .when(Command::Enrol(enrolled()))
        .then([enrolled().into()]);
    past([enrolled().into()])
        .when(Command::Enrol(enrolled()))
        .rejected(No::AlreadyEnrolled);
    past([])
        .when(Command::Enrol(StaffEnrolled { sealed: vec![] }))
        .rejected(No::NothingSealed);
    past([])
        .when(Command::GrantCard(card(StaffRole::Examiner)))
        .rejected(No::NotEnrolled);
}

#[test]
fn a_relation_is_declared_once_and_struck_with_a_ground() {
    past([enrolled().into()])
        .when(declare(relation(1)))
        .then([relation(1).into()]);
    past([enrolled().into(), relation(1).into()])
        .when(declare(relation(1)))
        .rejected(No::RelationTwice);
    past([enrolled().into()])
        .when(Command::DeclareRelation {
            declared: relation(1),
            of: worker(1).into(),
        })
        .rejected(No::RelationToSelf);
    let struck = RelationStruck {
        with: worker(1).into(),
        ground: "申报有误".into(),
        on: TODAY,
    };
    let strike = Command::StrikeRelation;
    past([enrolled().into(), relation(1).into()])
        .when(strike(struck.clone()))
        .then([struck.clone().into()]);
    past([enrolled().into()])
        .when(strike(struck.clone()))
        .rejected(No::RelationUnknown);
    past([enrolled().into(), relation(1).into()])
        .when(strike(RelationStruck {
            ground: " ".into(),
            ..struck
        }))
        .rejected(No::Text(TextRejection::Missing { field: "ground" }));
}

#[test]
fn who_assesses_is_no_candidate_no_trainer_and_not_close_to_one() {
    let events = [enrolled().into(), relation(2).into()];
    let facts = StaffDecider::fold(&events).facts_on(somebody(), TODAY);
    let set = |of: &[SubjectId]| of.iter().copied().collect::<BTreeSet<_>>();
    let (near, far) = (worker(2).into(), worker(3).into());
    assert_eq!(independent(&facts, &set(&[far]), &set(&[])), Ok(()));
    assert_eq!(
        independent(&facts, &set(&[far, somebody()]), &set(&[])),
        Err(No::IsCandidate)
    );
    assert_eq!(
        independent(&facts, &set(&[far]), &set(&[somebody()])),
        Err(No::TrainedCandidate)
    );
    assert_eq!(
        independent(&facts, &set(&[far, near]), &set(&[])),
        Err(No::RelatedToCandidate)
    );
    let struck = RelationStruck {
        with: near,
        ground: "申报有误".into(),
        on: TODAY,
    };
    let events = [enrolled().into(), relation(2).into(), struck.into()];
    let facts = StaffDecider::fold(&events).facts_on(somebody(), TODAY);
    assert_eq!(independent(&facts, &set(&[near]), &set(&[])), Ok(()));
}

#[test]
fn nobody_teaches_himself() {
    assert_eq!(teaches_others(worker(1).into(), &[somebody()]), Ok(()));
    assert_eq!(
        teaches_others(somebody(), &[somebody()]),
        Err(No::TeachesHimself)
    );
}

#[test]
fn a_school_engages_a_teacher_once_at_a_time() {
    let (began, ended) = (date(2024, 9, 1), date(2025, 9, 1));
    let engage = Command::Engage;
    let leave = Command::Leave;
    past([enrolled().into()])
        .when(engage(engaged(began)))
        .then([engaged(began).into()]);
    past([enrolled().into(), engaged(began).into()])
        .when(engage(engaged(ended)))
        .rejected(No::EngagedTwice);
    past([enrolled().into(), engaged(began).into(), left(ended).into()])
        .when(engage(engaged(ended)))
        .then([engaged(ended).into()]);
    past([enrolled().into(), engaged(began).into(), left(ended).into()])
        .when(engage(engaged(date(2025, 8, 31))))
        .rejected(No::DateBefore { earliest: ended });
    past([enrolled().into()])
        .when(engage(StaffEngaged {
            occupations: vec![],
            ..engaged(began)
        }))
        .rejected(No::OccupationsMissing);
    past([enrolled().into(), engaged(began).into()])
        .when(leave(left(ended)))
        .then([left(ended).into()]);
    past([enrolled().into(), engaged(began).into()])
        .when(leave(left(date(2024, 8, 31))))
        .rejected(No::DateBefore { earliest: began });
    past([enrolled().into(), engaged(began).into(), left(ended).into()])
        .when(leave(left(ended)))
        .rejected(No::NotEngaged);
}

#[test]
fn an_engagement_runs_to_the_day_before_he_left() {
    let (began, ended) = (date(2024, 9, 1), date(2025, 9, 1));
    let events = [enrolled().into(), engaged(began).into(), left(ended).into()];
    let state = StaffDecider::fold(&events);
    let staff = state.staff().unwrap();
    let there = |on| staff.teaches_at(body_id(), on);
    assert!(!there(date(2024, 8, 31)) && there(began));
    assert!(there(date(2025, 8, 31)) && !there(ended));
    assert!(!staff.teaches_at(BodyId(Uuid::nil()), began));
}

#[test]
fn a_teacher_may_leave_on_the_first_day_and_stays_at_the_other_school() {
    let elsewhere = BodyId(Uuid::from_u128(0x77));
    let from = date(2025, 9, 1);
    let here = engaged(from);
    let there = StaffEngaged {
        body: elsewhere,
        ..engaged(from)
    };
    let gone = StaffLeft {
        body: elsewhere,
        on: from,
    };
    let engaged = || vec![enrolled().into(), here.clone().into(), there.clone().into()];
    past(engaged())
        .when(Command::Leave(gone.clone()))
        .then([gone.clone().into()]);
    let mut events: Vec<StaffEvent> = engaged();
    events.push(gone.into());
    let state = StaffDecider::fold(&events);
    let teacher = state.staff().unwrap();
    assert!(teacher.teaches_at(body_id(), from));
    assert!(!teacher.teaches_at(elsewhere, from));
}
