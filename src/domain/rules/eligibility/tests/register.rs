//! Which standard applies on a day, and what comes next by it.

use super::person::*;
use crate::domain::background::{Education, OutsideKind, School};
use crate::domain::item::ItemCode;
use crate::domain::level::SkillLevel::{self, *};
use crate::domain::rules::eligibility::*;
use crate::domain::session::event::{Standard, StandardKind};
use jiff::civil::{Date, date};

const DAY: Date = date(2026, 1, 1);

fn built_in() -> StandardRegister {
    let mut register = StandardRegister::default();
    register.adopt(templates_cn::built_in(), standards_cn::built_in());
    register
}
fn item(text: &str) -> ItemCode {
    text.parse().unwrap()
}
fn specification(of: &str, edition: &str, from: Date, to: Option<Date>) -> OccupationStandard {
    let register = built_in();
    let mut standard = register
        .of_item(&item("DEMO-ZX-0001"), DAY)
        .unwrap()
        .standard
        .clone();
    let Assesses::Item { item: code, .. } = &mut standard.assesses else {
        panic!("an item")
    };
    *code = item(of);
    OccupationStandard {
        code: of.into(),
        edition: edition.into(),
        effective_from: from,
        effective_to: to,
        ..standard
    }
}
fn edition<'a>(register: &'a StandardRegister, of: &str, on: Date) -> Option<&'a str> {
    let by = register.of_item(&item(of), on)?;
    Some(by.standard.edition.as_str())
}

#[test]
fn an_item_is_assessed_by_its_own_specification_in_force() {
    let mut register = StandardRegister::default();
    register.adopt(
        [],
        [
            specification("ZX-1", "2024", date(2024, 1, 1), None),
            specification("ZX-2", "2023", date(2023, 1, 1), Some(date(2024, 12, 31))),
            specification("ZX-1", "2025", date(2025, 6, 1), None),
        ],
    );
    assert_eq!(edition(&register, "ZX-1", date(2023, 12, 31)), None);
    assert_eq!(edition(&register, "ZX-1", date(2025, 5, 31)), Some("2024"));
    assert_eq!(edition(&register, "ZX-1", date(2025, 6, 1)), Some("2025"));
    assert_eq!(edition(&register, "ZX-2", date(2024, 12, 31)), Some("2023"));
    assert_eq!(edition(&register, "ZX-2", DAY), None);
    assert_eq!(edition(&register, "ZX-3", DAY), None);
    // The later text of an edition takes the earlier one's place, also where it has ended.
    let ended = specification("ZX-1", "2025", date(2025, 6, 1), Some(date(2025, 12, 31)));
    register.adopt([], [ended]);
    assert_eq!(edition(&register, "ZX-1", DAY), Some("2024"));
    assert_eq!(register.standards().count(), 4);
}

#[test]
fn the_later_of_two_industry_norms_applies_and_a_national_standard_before_both() {
    let national = built_in()
        .of_occupation(code(COURIER), DAY)
        .unwrap()
        .standard
        .clone();
    let norm = |name: &str, from| OccupationStandard {
        kind: StandardKind::Industry,
        code: name.into(),
        effective_from: from,
        ..national.clone()
    };
    let mut register = StandardRegister::default();
    register.adopt(
        templates_cn::built_in(),
        [norm("B", date(2025, 1, 1)), norm("A", date(2024, 1, 1))],
    );
    let code_on = |register: &StandardRegister, on| {
        let by = register.of_occupation(code(COURIER), on)?;
        Some(by.standard.code.clone())
    };
    assert_eq!(code_on(&register, date(2023, 12, 31)), None);
    assert_eq!(code_on(&register, date(2024, 12, 31)).unwrap(), "A");
    assert_eq!(code_on(&register, DAY).unwrap(), "B");
    // The same code and edition of another kind is another standard, and replaces nothing.
    let same_words = OccupationStandard {
        kind: StandardKind::National,
        ..norm("B", date(2020, 1, 1))
    };
    register.adopt([], [same_words.clone()]);
    let by = |named: &Standard| register.named(named, DAY).map(|by| by.standard.kind);
    let words = norm("B", DAY).named();
    assert_eq!(by(&words), Some(StandardKind::Industry));
    assert_eq!(by(&same_words.named()), Some(StandardKind::National));
    let other = |code: &str, edition: &str| Standard {
        code: code.into(),
        edition: edition.into(),
        ..words.clone()
    };
    assert_eq!(by(&other("C", &words.edition)), None);
    assert_eq!(by(&other("B", "1999")), None);
    register.adopt([], [national.clone()]);
    assert_eq!(code_on(&register, DAY), Some(national.code.clone()));
    let early = national.effective_from.yesterday().unwrap();
    assert!(register.named(&national.named(), early).is_none());
}

fn step(person: &Person, occupation: &str, on: Date) -> Option<NextStep> {
    let register = built_in();
    let steps = what_next(&person.history, &register, on);
    steps
        .into_iter()
        .find(|it| it.occupation == code(occupation))
}
fn of_level(answer: Option<Eligibility>) -> Option<SkillLevel> {
    match answer?.applied_for {
        AppliedFor::Level { level, .. } => Some(level),
        AppliedFor::Item { .. } => None,
    }
}

#[test]
fn what_comes_next_is_told_while_anything_comes_next() {
    let start = date(2025, 6, 1);
    let nothing_yet = person()
        .works(WELDER, start, None)
        .holds(WELDER, Four, start);
    let step_of = |person: &Person| step(person, WELDER, DAY);
    let found = step_of(&nothing_yet).unwrap();
    assert_eq!(of_level(found.may_apply), None);
    assert_eq!(of_level(found.then), Some(Three));

    let start = date(2015, 1, 1);
    let top = person()
        .works(WELDER, start, None)
        .holds(WELDER, Two, start);
    let found = step_of(&top).unwrap();
    assert_eq!(of_level(found.may_apply), Some(One));
    assert_eq!(of_level(found.then), None);

    let at_the_top = top.holds(WELDER, One, date(2025, 1, 1));
    assert!(step_of(&at_the_top).is_none());
}

#[test]
fn a_certificate_of_elsewhere_is_held_from_its_day_to_its_last() {
    let certified = |kind, on, to| {
        let person =
            person()
                .works(WELDER, date(2019, 1, 1), None)
                .outside(kind, Some(Three), on, to);
        step(&person, WELDER, DAY).unwrap().holds
    };
    let kind = OutsideKind::VocationalQualification;
    let since = date(2022, 1, 1);
    assert_eq!(certified(kind, since, None), Some(Three));
    assert_eq!(
        certified(OutsideKind::LevelCertificate, since, None),
        Some(Three)
    );
    assert_eq!(certified(kind, since, Some(DAY)), Some(Three));
    assert_eq!(certified(kind, since, DAY.yesterday().ok()), None);
    assert_eq!(certified(kind, DAY, None), Some(Three));
    assert_eq!(certified(kind, DAY.tomorrow().unwrap(), None), None);
    assert_eq!(certified(OutsideKind::Industry, since, None), None);
}

fn leaf(person: &Person, level: SkillLevel, rule: &str) -> (Vec<Evidence>, Option<Progress>) {
    let register = built_in();
    let by = register.of_occupation(code(WELDER), DAY).unwrap();
    let answer = judge(&person.history, by, level, DAY);
    let found = answer.alternatives.iter().find(|it| it.rule == rule);
    let leaves = found.unwrap().judged.leaves();
    let Parts::Leaf {
        evidence, progress, ..
    } = &leaves.last().unwrap().parts
    else {
        panic!("a leaf")
    };
    (evidence.clone(), *progress)
}

#[test]
fn what_meets_a_condition_is_what_holds_on_that_day() {
    let person = person()
        .born(date(1990, 1, 1))
        .works(WELDER, date(2015, 1, 1), date(2018, 12, 31))
        .works(WELDER, date(2020, 1, 1), None)
        .works(WELDER, date(2021, 1, 1), date(2025, 12, 31));
    let (evidence, _) = leaf(&person, Five, "2023-五级-2");
    assert_eq!(evidence, [Evidence::Record { record: record(2) }]);
}

#[test]
fn of_several_holdings_the_progress_of_the_furthest_is_told() {
    let since = |first: Date, second: Date| {
        let person = person()
            .works(WELDER, date(2024, 1, 1), None)
            .holds(WELDER, Five, first)
            .holds(WELDER, Five, second);
        leaf(&person, Four, "2023-四级-2").1.unwrap()
    };
    let (early, late) = (date(2024, 1, 1), date(2025, 1, 1));
    let days = |have, need| Progress::Days { have, need };
    assert_eq!(since(early, late), days(731, 1096));
    assert_eq!(since(late, early), days(731, 1096));
    assert_eq!(since(late, late), days(365, 1095));
}

#[test]
fn a_prior_level_by_a_certificate_that_runs_out_counts_to_its_last_day() {
    let until = |valid_to| {
        let person = person()
            .studies(
                School::HigherVocational,
                Education::College,
                date(2020, 9, 1),
                Some(date(2023, 6, 30)),
                None,
            )
            .outside(
                OutsideKind::VocationalQualification,
                Some(Four),
                date(2022, 1, 1),
                valid_to,
            );
        let register = built_in();
        let by = register.of_occupation(code(WELDER), DAY).unwrap();
        judge(&person.history, by, Three, DAY).met
    };
    assert!(until(None) && until(Some(DAY)));
    assert!(!until(DAY.yesterday().ok()));
}
