use super::*;
use crate::domain::rules::calendars_cn::CHINA;
use jiff::civil::{Date, date};

const ZHEJIANG: &str = "330000";

/// One rule, of which editions differ by the years they ask for.
fn rule(jurisdiction: &str, years: u8, from: Date, to: Option<Date>) -> RecognitionRule {
    RecognitionRule {
        jurisdiction: jurisdiction.into(),
        years_after: years,
        effective_from: from,
        effective_to: to,
        ..careers_cn::built_in().remove(0)
    }
}
fn adopted(rules: &[RecognitionRule]) -> Rulebook {
    let mut book = Rulebook::default();
    for (edition, rule) in (1..).zip(rules) {
        book.adopt(&edition.to_string(), std::slice::from_ref(rule));
    }
    book
}
fn years(book: &Rulebook, place: &str, on: Date) -> Option<u8> {
    let rules = book.rules_on(on, place);
    assert!(rules.len() <= 1);
    rules.first().map(|it| it.rule.years_after)
}

#[test]
fn a_provinces_rule_stands_above_a_national_one_that_was_adopted_later() {
    let own = rule(ZHEJIANG, 1, date(2024, 1, 1), None);
    let national = rule(CHINA, 3, date(2025, 1, 1), None);
    let day = date(2026, 7, 20);
    for order in [[own.clone(), national.clone()], [national, own]] {
        let book = adopted(&order);
        assert_eq!(years(&book, ZHEJIANG, day), Some(1));
        assert_eq!(years(&book, "320000", day), Some(3));
    }
}

#[test]
fn where_a_provinces_rule_has_ended_or_not_begun_the_national_one_answers() {
    let own = rule(ZHEJIANG, 1, date(2024, 1, 1), Some(date(2025, 12, 31)));
    let national = rule(CHINA, 3, date(2020, 1, 1), None);
    let book = adopted(&[national, own]);
    let at = |on| years(&book, ZHEJIANG, on);
    assert_eq!(at(date(2023, 12, 31)), Some(3));
    assert_eq!(at(date(2024, 1, 1)), Some(1));
    assert_eq!(at(date(2025, 12, 31)), Some(1));
    assert_eq!(at(date(2026, 1, 1)), Some(3));
}

#[test]
fn an_issuer_struck_is_registered_until_the_day_before_and_may_be_registered_anew() {
    let issuer = comparisons_demo::issuers().remove(0);
    let first = Issuer {
        valid_from: date(2024, 1, 1),
        valid_to: None,
        ..issuer
    };
    let mut book = Rulebook::default();
    book.register(&first);
    book.strike(&first.code, date(2026, 3, 1));
    let on = |book: &Rulebook, day| book.issuer_on(&first.code, day).is_some();
    assert!(!on(&book, date(2023, 12, 31)) && on(&book, date(2024, 1, 1)));
    assert!(on(&book, date(2026, 2, 28)) && !on(&book, date(2026, 3, 1)));
    assert_eq!(book.registrations(&first.code).count(), 0);

    let again = Issuer {
        valid_from: date(2026, 9, 1),
        valid_to: Some(date(2027, 8, 31)),
        ..first.clone()
    };
    book.register(&again);
    assert_eq!(
        book.issuer_from(&first.code, date(2026, 8, 31)),
        Some(date(2026, 9, 1))
    );
    assert_eq!(book.issuer_from(&first.code, date(2026, 9, 1)), None);
    assert!(on(&book, date(2027, 8, 31)) && !on(&book, date(2027, 9, 1)));
    // Another strike ends what is not struck, and leaves the first strike's day.
    book.strike(&first.code, date(2027, 1, 1));
    assert!(on(&book, date(2026, 2, 28)) && !on(&book, date(2026, 3, 1)));
    assert!(on(&book, date(2026, 12, 31)) && !on(&book, date(2027, 1, 1)));
    assert!(book.issuer_on("UNKNOWN", date(2026, 12, 31)).is_none());
}

#[test]
fn two_registrations_overlap_when_they_share_a_day() {
    let term = |from, to| Issuer {
        valid_from: from,
        valid_to: to,
        ..comparisons_demo::issuers().remove(0)
    };
    let first = term(date(2025, 1, 1), Some(date(2025, 12, 31)));
    let shares = |from, to| {
        let other = term(from, to);
        assert_eq!(first.overlaps(&other), other.overlaps(&first), "both ways");
        first.overlaps(&other)
    };
    assert!(shares(date(2025, 12, 31), None));
    assert!(!shares(date(2026, 1, 1), None));
    assert!(shares(date(2024, 1, 1), Some(date(2025, 1, 1))));
    assert!(!shares(date(2024, 1, 1), Some(date(2024, 12, 31))));
    assert!(shares(date(2024, 1, 1), None));
    assert!(term(date(2025, 1, 1), None).overlaps(&term(date(2030, 1, 1), None)));
}

#[test]
fn series_are_those_of_the_edition_with_the_latest_first_day_and_of_those_the_last_adopted() {
    let edition = |name: &str, from| TitleSeries {
        edition: name.into(),
        effective_from: from,
        ..series_cn::built_in()
    };
    let mut book = Rulebook::default();
    for (name, from) in [
        ("b", date(2025, 1, 1)),
        ("a", date(2020, 1, 1)),
        ("c", date(2025, 1, 1)),
    ] {
        book.adopt_series(&edition(name, from));
    }
    let on = |day| book.series_on(day).map(|it| it.edition.as_str());
    assert_eq!(on(date(2019, 12, 31)), None);
    assert_eq!(on(date(2020, 1, 1)), Some("a"));
    assert_eq!(on(date(2025, 1, 1)), Some("c"));
    assert!(book.has_series_edition("b") && !book.has_series_edition("d"));
}

#[test]
fn an_edition_and_a_row_are_known_by_name_and_place() {
    let mut book = Rulebook::default();
    book.adopt("2026", &[]);
    assert!(book.has_edition("2026") && !book.has_edition("2025"));
    let row = comparisons_demo::comparisons(ZHEJIANG).remove(0);
    book.list(&row);
    assert!(book.has_comparison(ZHEJIANG, &row.edition, &row.code));
    assert!(!book.has_comparison("320000", &row.edition, &row.code));
    assert!(!book.has_comparison(ZHEJIANG, "other", &row.code));
    assert!(!book.has_comparison(ZHEJIANG, &row.edition, "other"));
}
