use crate::domain::decider::Decider;
use crate::domain::example::*;
use crate::domain::ids::CardId;
use crate::domain::level::SkillLevel;
use crate::domain::staff::command::StaffCommand as Command;
use crate::domain::staff::decider::StaffDecider;
use crate::domain::staff::event::*;
use crate::domain::staff::facts::StaffFacts;
use crate::domain::staff::rejection::StaffRejection as No;
use crate::domain::staff::role::StaffRole;
use crate::domain::staff::state::Validity;
use crate::domain::staff::tests::*;
use crate::domain::wording::TextRejection;
use jiff::civil::{Date, date};
use uuid::Uuid;

fn renewed(from: Date, to: Date) -> CardRenewed {
    CardRenewed {
        card: card_id(),
        from,
        to,
        basis: "苏人社考〔2027〕2号".into(),
        on: TODAY,
    }
}
fn suspended(on: Date) -> CardSuspended {
    CardSuspended {
        card: card_id(),
        ground: "未按时参加培训".into(),
        basis: "考评人员管理办法".into(),
        on,
    }
}
fn reinstated(on: Date) -> CardReinstated {
    CardReinstated {
        card: card_id(),
        ground: "已补训".into(),
        on,
    }
}
fn withdrawn(on: Date) -> CardWithdrawn {
    CardWithdrawn {
        card: card_id(),
        ground: "参与虚假评价".into(),
        basis: "考评人员管理办法".into(),
        on,
    }
}
fn of(events: impl IntoIterator<Item = StaffEvent>) -> Vec<StaffEvent> {
    let mut past = carded(StaffRole::Examiner);
    past.extend(events);
    past
}
fn no_card() -> CardId {
    CardId(Uuid::nil())
}
fn facts(events: &[StaffEvent], on: Date) -> StaffFacts {
    StaffDecider::fold(events).facts_on(somebody(), on)
}

#[test]
fn a_card_is_granted_for_a_trade() {
    let grant = |change: fn(&mut CardGranted)| {
        let mut granted = card(StaffRole::Examiner);
        change(&mut granted);
        past([enrolled().into()]).when(Command::GrantCard(granted))
    };
    grant(|_| {}).then([card(StaffRole::Examiner).into()]);
    past(of([]))
        .when(Command::GrantCard(card(StaffRole::Examiner)))
        .rejected(No::CardTaken);
    grant(|it| it.sealed.clear()).rejected(No::NothingSealed);
    grant(|it| it.occupations.clear()).rejected(No::OccupationsMissing);
    grant(|it| it.occupations.push(occupation().code)).rejected(No::OccupationsMissing);
    grant(|it| it.levels = vec![SkillLevel::Three; 2]).rejected(No::LevelsUnfit);
    grant(|it| {
        it.role = StaffRole::Invigilator;
        it.levels = vec![SkillLevel::Three];
    })
    .rejected(No::LevelsUnfit);
    grant(|it| it.items = vec!["ZX-001".parse().unwrap()]).rejected(No::ItemsUnfit);
    grant(|it| it.to = Some(date(2024, 3, 9))).rejected(No::DatesDisagree);
    grant(|it| it.basis.clear()).rejected(No::Text(TextRejection::Missing { field: "basis" }));
    let mut of_no_trade = card(StaffRole::QualitySupervisorExternal);
    of_no_trade.occupations.clear();
    of_no_trade.to = Some(of_no_trade.from);
    past([enrolled().into()])
        .when(Command::GrantCard(of_no_trade.clone()))
        .then([of_no_trade.into()]);
}

#[test]
fn a_renewal_is_another_term_and_a_gap_stays_a_gap() {
    let renew = |from, to| past(of([])).when(Command::RenewCard(renewed(from, to)));
    let (from, to) = (date(2027, 4, 1), date(2030, 3, 31));
    renew(from, to).then([renewed(from, to).into()]);
    renew(to, from).rejected(No::DatesDisagree);
    let ends = No::RenewalShort {
        to: date(2027, 3, 9),
    };
    renew(date(2024, 3, 10), to).rejected(ends.clone());
    renew(date(2026, 1, 1), date(2027, 3, 9)).rejected(ends);
    let mut endless = card(StaffRole::Examiner);
    endless.to = None;
    past([enrolled().into(), endless.into()])
        .when(Command::RenewCard(renewed(from, to)))
        .rejected(No::CardEndless);
    past(of([]))
        .when(Command::RenewCard(CardRenewed {
            card: no_card(),
            ..renewed(from, to)
        }))
        .rejected(No::CardUnknown);

    let events = of([renewed(from, to).into()]);
    let state = StaffDecider::fold(&events);
    let card = &state.staff().unwrap().cards[0];
    let good = |to: Date| Validity::Good { to: Some(to) };
    assert_eq!(
        card.validity_on(date(2024, 3, 9)),
        Validity::NotBegun {
            from: date(2024, 3, 10)
        }
    );
    assert_eq!(card.validity_on(date(2024, 3, 10)), good(date(2027, 3, 9)));
    assert_eq!(card.validity_on(date(2027, 3, 9)), good(date(2027, 3, 9)));
    let gap = Validity::Expired {
        to: date(2027, 3, 9),
    };
    assert_eq!(card.validity_on(date(2027, 3, 10)), gap);
    assert_eq!(card.validity_on(date(2027, 3, 31)), gap);
    assert_eq!(card.validity_on(from), good(to));
    assert_eq!(card.validity_on(date(2030, 4, 1)), Validity::Expired { to });
}

#[test]
fn a_suspension_runs_to_the_day_before_the_reinstatement() {
    let (off, back) = (date(2025, 5, 1), date(2025, 8, 1));
    past(of([]))
        .when(Command::SuspendCard(suspended(off)))
        .then([suspended(off).into()]);
    past(of([suspended(off).into()]))
        .when(Command::SuspendCard(suspended(back)))
        .rejected(No::CardAlreadySuspended);
    past(of([]))
        .when(Command::SuspendCard(suspended(date(2024, 3, 9))))
        .rejected(No::DateBefore {
            earliest: date(2024, 3, 10),
        });
    past(of([suspended(off).into(), reinstated(back).into()]))
        .when(Command::SuspendCard(suspended(off)))
        .rejected(No::DateBefore { earliest: back });
    past(of([suspended(off).into()]))
        .when(Command::ReinstateCard(reinstated(back)))
        .then([reinstated(back).into()]);
    past(of([suspended(off).into()]))
        .when(Command::ReinstateCard(reinstated(date(2025, 4, 30))))
        .rejected(No::DateBefore { earliest: off });
    past(of([]))
        .when(Command::ReinstateCard(reinstated(back)))
        .rejected(No::CardNotSuspended);

    let events = of([suspended(off).into(), reinstated(back).into()]);
    let state = StaffDecider::fold(&events);
    let card = &state.staff().unwrap().cards[0];
    let suspended = Validity::Suspended { since: off };
    assert!(matches!(
        card.validity_on(date(2025, 4, 30)),
        Validity::Good { .. }
    ));
    assert_eq!(card.validity_on(off), suspended);
    assert_eq!(card.validity_on(date(2025, 7, 31)), suspended);
    assert!(matches!(card.validity_on(back), Validity::Good { .. }));
}

#[test]
fn a_withdrawal_is_final_and_leaves_the_days_before_it() {
    let on = date(2025, 5, 1);
    let gone = No::CardWithdrawn { since: on };
    past(of([]))
        .when(Command::WithdrawCard(withdrawn(on)))
        .then([withdrawn(on).into()]);
    past(of([]))
        .when(Command::WithdrawCard(withdrawn(date(2024, 3, 9))))
        .rejected(No::DateBefore {
            earliest: date(2024, 3, 10),
        });
    let after = || past(of([withdrawn(on).into()]));
    after()
        .when(Command::WithdrawCard(withdrawn(on)))
        .rejected(gone.clone());
    after()
        .when(Command::SuspendCard(suspended(on)))
        .rejected(gone.clone());
    after()
        .when(Command::ReinstateCard(reinstated(on)))
        .rejected(gone.clone());
    after()
        .when(Command::RenewCard(renewed(
            date(2027, 4, 1),
            date(2030, 3, 31),
        )))
        .rejected(gone);
    let events = of([suspended(date(2025, 4, 1)).into(), withdrawn(on).into()]);
    let state = StaffDecider::fold(&events);
    let card = &state.staff().unwrap().cards[0];
    assert_eq!(card.validity_on(on), Validity::Withdrawn { since: on });
    assert!(matches!(
        card.validity_on(date(2025, 3, 31)),
        Validity::Good { .. }
    ));
}

#[test]
fn facts_say_for_what_a_card_is_good_on_a_day_and_else_why_not() {
    let mut levelled = card(StaffRole::Examiner);
    levelled.levels = vec![SkillLevel::Five, SkillLevel::Four, SkillLevel::Three];
    let events = vec![enrolled().into(), levelled.into()];
    let (welder, other) = (occupation().code, "6-31-01-03".parse().unwrap());
    let demand = |day, occupation, level| facts(&events, day).cards[0].demand(occupation, level);
    let three = Some(SkillLevel::Three);
    assert_eq!(demand(TODAY, welder, three), Ok(()));
    assert_eq!(demand(TODAY, welder, None), Ok(()));
    assert_eq!(
        demand(TODAY, welder, Some(SkillLevel::Two)),
        Err(No::LevelOutsideCard {
            level: SkillLevel::Two
        })
    );
    assert_eq!(
        demand(TODAY, other, three),
        Err(No::OccupationOutsideCard { occupation: other })
    );
    assert_eq!(
        demand(date(2027, 3, 10), welder, three),
        Err(No::CardExpired {
            to: date(2027, 3, 9)
        })
    );
    assert_eq!(
        demand(date(2024, 3, 9), welder, three),
        Err(No::CardNotBegun {
            from: date(2024, 3, 10)
        })
    );
    let stopped = facts(&of([suspended(date(2026, 7, 1)).into()]), TODAY);
    assert_eq!(
        stopped.cards[0].demand(welder, None),
        Err(No::CardSuspended {
            since: date(2026, 7, 1)
        })
    );
    assert_eq!(facts(&[], TODAY).cards, []);
}

#[test]
fn an_item_is_examined_by_who_is_carded_for_it() {
    let mut special = card(StaffRole::SpecialSkillExaminer);
    special.items = vec!["ZX-001".parse().unwrap()];
    let named = facts(&[enrolled().into(), special.into()], TODAY);
    let other = "ZX-002".parse().unwrap();
    assert_eq!(
        named.cards[0].demand_item(&"ZX-001".parse().unwrap()),
        Ok(())
    );
    assert_eq!(
        named.cards[0].demand_item(&other),
        Err(No::ItemOutsideCard {
            item: "ZX-002".parse().unwrap()
        })
    );
    let all = facts(&carded(StaffRole::SpecialSkillExaminer), TODAY);
    assert_eq!(all.cards[0].demand_item(&other), Ok(()));
}

#[test]
fn what_happens_to_a_card_may_happen_on_its_first_day_and_be_of_one_day() {
    let first = date(2024, 3, 10);
    past(of([]))
        .when(Command::SuspendCard(suspended(first)))
        .then([suspended(first).into()]);
    past(of([suspended(first).into()]))
        .when(Command::ReinstateCard(reinstated(first)))
        .then([reinstated(first).into()]);
    past(of([]))
        .when(Command::WithdrawCard(withdrawn(first)))
        .then([withdrawn(first).into()]);
    let one_day = renewed(date(2027, 3, 10), date(2027, 3, 10));
    past(of([]))
        .when(Command::RenewCard(one_day.clone()))
        .then([one_day.into()]);
}
