use crate::domain::catalogue::command::CatalogueCommand as Command;
use crate::domain::catalogue::decider::CatalogueDecider;
use crate::domain::catalogue::event::{CatalogueEvent, StaffRulesAdopted};
use crate::domain::catalogue::rejection::CatalogueRejection as No;
use crate::domain::decider::Decider;
use crate::domain::decider::harness::given;
use crate::domain::rules::staff::StaffRuleText;
use crate::domain::rules::staff_cn;
use jiff::civil::date;

fn adopted(edition: &str) -> StaffRulesAdopted {
    StaffRulesAdopted {
        edition: edition.into(),
        rules: staff_cn::built_in(),
    }
}

#[test]
fn rules_about_staff_are_adopted_by_editions() {
    let try_it = |adopted: StaffRulesAdopted| {
        given::<CatalogueDecider>([]).when(Command::AdoptStaffRules(adopted))
    };
    try_it(adopted("a")).then([adopted("a").into()]);
    given::<CatalogueDecider>([adopted("a").into()])
        .when(Command::AdoptStaffRules(adopted("a")))
        .rejected(No::EditionTaken);
    let mut empty = adopted("a");
    empty.rules.clear();
    try_it(empty).rejected(No::EditionEmpty);
    let mut twice = adopted("a");
    twice.rules.push(twice.rules[0].clone());
    let rule = || "jx-teacher-endorsement".to_owned();
    try_it(twice).rejected(No::RuleTwice { rule: rule() });
    let mut backwards = adopted("a");
    backwards.rules[0].effective_to = Some(date(2022, 9, 19));
    try_it(backwards).rejected(No::RuleDatesDisagree { rule: rule() });
    let mut unsound = adopted("a");
    unsound.rules[0].says = StaffRuleText::Endorsement {
        every_years: 2,
        hours: 0,
    };
    try_it(unsound).rejected(No::RuleUnsound { rule: rule() });
}

#[test]
fn a_jurisdiction_has_its_own_rules_and_a_later_edition_replaces_by_id() {
    let mut later = adopted("b");
    later.rules.truncate(1);
    later.rules[0].effective_from = date(2026, 1, 1);
    later.rules[0].says = StaffRuleText::Endorsement {
        every_years: 3,
        hours: 60,
    };
    let events: Vec<CatalogueEvent> = vec![adopted("a").into(), later.into()];
    let state = CatalogueDecider::fold(&events);
    let years = |jurisdiction, on| {
        let rules = state.staff_rules_on(jurisdiction, on);
        rules.endorsement().map(|rule| rule.every_years)
    };
    assert_eq!(years("360000", date(2022, 9, 19)), None);
    assert_eq!(years("360000", date(2025, 12, 31)), Some(2));
    assert_eq!(years("360000", date(2026, 1, 1)), Some(3));
    assert_eq!(years("DEMO", date(2026, 1, 1)), Some(2));
    assert_eq!(years("320000", date(2026, 1, 1)), None);
    assert_eq!(
        state
            .staff_rules_on("360000", date(2026, 1, 1))
            .gates()
            .len(),
        2
    );
}
