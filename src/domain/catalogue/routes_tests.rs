use crate::domain::catalogue::command::CatalogueCommand as Command;
use crate::domain::catalogue::decider::{CatalogueDecider, EDITION_MAX};
use crate::domain::catalogue::event::CatalogueEvent;
use crate::domain::catalogue::rejection::CatalogueRejection as No;
use crate::domain::catalogue::routes::*;
use crate::domain::decider::Decider;
use crate::domain::decider::harness::{When, given};
use crate::domain::level::SkillLevel;
use crate::domain::rules::routes::promotion::{PromotionRule, Reach};
use crate::domain::rules::routes::{appointment_cn, apprenticeship_cn, direct_cn, promotion_cn};
use jiff::civil::date;

fn promotions(edition: &str) -> PromotionRulesAdopted {
    PromotionRulesAdopted {
        edition: edition.into(),
        rules: promotion_cn::built_in(),
    }
}
fn when(past: Vec<CatalogueEvent>, command: Command) -> When<CatalogueDecider> {
    given::<CatalogueDecider>(past).when(command)
}

#[test]
fn every_table_of_a_route_is_adopted_by_editions() {
    let first = promotions("1");
    when(vec![], Command::AdoptPromotionRules(first.clone())).then([first.clone().into()]);
    when(
        vec![first.clone().into()],
        Command::AdoptPromotionRules(first.clone()),
    )
    .rejected(No::EditionTaken);
    when(
        vec![first.into()],
        Command::AdoptPromotionRules(promotions("2")),
    )
    .then([promotions("2").into()]);
    let grounds = DirectGroundsAdopted {
        edition: "1".into(),
        rules: direct_cn::built_in(),
    };
    when(vec![], Command::AdoptDirectGrounds(grounds.clone())).then([grounds.into()]);
    let posts = AppointmentPoliciesAdopted {
        edition: "1".into(),
        rules: appointment_cn::built_in(),
    };
    when(vec![], Command::AdoptAppointmentPolicies(posts.clone())).then([posts.into()]);
    let apprentices = ApprenticeshipPoliciesAdopted {
        edition: "1".into(),
        rules: apprenticeship_cn::built_in(),
    };
    when(
        vec![],
        Command::AdoptApprenticeshipPolicies(apprentices.clone()),
    )
    .then([apprentices.into()]);
}

#[test]
fn a_table_that_cannot_be_is_refused() {
    let with = |change: fn(&mut Vec<PromotionRule>)| {
        let mut adopted = promotions("1");
        change(&mut adopted.rules);
        when(vec![], Command::AdoptPromotionRules(adopted))
    };
    let rule = || "tj-2024-1-staff".to_owned();
    with(Vec::clear).rejected(No::EditionEmpty);
    with(|it| *it = vec![it[0].clone(); EDITION_MAX + 1]).rejected(No::EditionTooLarge {
        most: EDITION_MAX as u32,
    });
    with(|it| it[1] = it[0].clone()).rejected(No::RuleTwice { rule: rule() });
    with(|it| it[0].effective_to = Some(date(2024, 10, 24)))
        .rejected(No::RuleDatesDisagree { rule: rule() });
    with(|it| it[0].jurisdiction = "天津".into()).rejected(No::JurisdictionUnknown);
    let unsound: [fn(&mut Vec<PromotionRule>); 5] = [
        |it| it[0].ladder.clear(),
        |it| it[0].ladder.reverse(),
        |it| it[0].ladder.push(SkillLevel::Special),
        |it| it[0].reach = Reach::Share { percent: 101 },
        |it| it[0].competitions.clear(),
    ];
    for change in unsound {
        with(change).rejected(No::RouteRuleUnsound { rule: rule() });
    }
    let mut posts = appointment_cn::built_in();
    posts[0].term_years_most = 1;
    let rule = posts[0].id.clone();
    let adopted = AppointmentPoliciesAdopted {
        edition: "1".into(),
        rules: posts,
    };
    when(vec![], Command::AdoptAppointmentPolicies(adopted))
        .rejected(No::RouteRuleUnsound { rule });
}

#[test]
fn a_newer_rule_of_an_id_takes_over_from_its_first_day() {
    let mut newer = promotions("2");
    newer.rules.truncate(1);
    newer.rules[0].effective_from = date(2027, 1, 1);
    newer.rules[0].reach = Reach::Rank { to: 3 };
    let state = CatalogueDecider::fold(&[promotions("1").into(), newer.into()]);
    let of_day = |on| {
        let rules = state.routes.promotions.rules().iter();
        let found: Vec<_> = rules
            .filter(|it| it.id == "tj-2024-1-staff" && it.in_force(on))
            .map(|it| it.reach.clone())
            .collect();
        found
    };
    assert_eq!(of_day(date(2026, 12, 31)), [Reach::Rank { to: 10 }]);
    assert_eq!(of_day(date(2027, 1, 1)), [Reach::Rank { to: 3 }]);
    let mut same_day = promotions("3");
    same_day.rules.truncate(1);
    same_day.rules[0].reach = Reach::Rank { to: 5 };
    let state = CatalogueDecider::fold(&[promotions("1").into(), same_day.into()]);
    let rules = state.routes.promotions.rules().iter();
    let found: Vec<_> = rules.filter(|it| it.id == "tj-2024-1-staff").collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].reach, Reach::Rank { to: 5 });
}
