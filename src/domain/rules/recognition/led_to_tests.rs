//! Which occupations a rule leads to a level in, and whose certificates count.

use super::*;
use crate::domain::background::{Background, OutsideCertificateRecorded, OutsideKind};
use crate::domain::example::{digest, name};
use crate::domain::ids::RecordId;
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::rules::calendars_cn::CHINA;
use jiff::civil::{Date, date};
use uuid::Uuid;

const DAY: Date = date(2026, 7, 20);
/// Belongs to 工程.
const FITTER: &str = "6-31-01-02";
/// Belongs to 农业.
const TRACTOR: &str = "5-05-05-01";
/// Nobody has looked at it.
const UNKNOWN: &str = "4-14-06-02";

fn codes(texts: &[&str]) -> Vec<OccupationCode> {
    texts.iter().map(|it| it.parse().unwrap()).collect()
}
fn series() -> TitleSeries {
    let of = |occupation: &str, series: &str| OccupationSeries {
        occupation: occupation.parse().unwrap(),
        series: vec![series.into()],
    };
    TitleSeries {
        effective_from: date(2020, 1, 1),
        occupations: vec![of(FITTER, "工程"), of(TRACTOR, "农业")],
        ..series_cn::built_in()
    }
}
/// From a 中级职称 to 二级 in these occupations.
fn rule(occupations: &[&str], series: Option<&str>, related: bool) -> RecognitionRule {
    RecognitionRule {
        id: "rule".into(),
        jurisdiction: CHINA.into(),
        from: Qualification::Title {
            series: None,
            grade: TitleGrade::Intermediate,
            name: None,
            code: None,
        },
        to: Qualification::Level {
            level: SkillLevel::Two,
            occupations: codes(occupations),
            series: series.map(str::to_owned),
        },
        years_after: 0,
        related,
        conditions: vec![],
        effective_from: date(2020, 1, 1),
        effective_to: None,
        ..careers_cn::built_in().remove(0)
    }
}
/// The occupations the title leads to, and what is unmet; none if the rule does not answer.
fn led_to(rule: RecognitionRule, related: &[&str]) -> Option<(Vec<OccupationCode>, usize)> {
    let mut book = Rulebook::default();
    book.adopt_series(&series());
    book.adopt("2026", &[rule]);
    let title = Title {
        series: "工程".into(),
        grade: TitleGrade::Intermediate,
        name: "工程师".into(),
    };
    let related = codes(related);
    let held = Held::stated(Holding::Title { title, related }, date(2024, 1, 1));
    let mut answers = book.answers(&[held], DAY, "320000");
    assert!(answers.len() <= 1);
    answers.pop().map(|it| (it.occupations, it.unmet.len()))
}

#[test]
fn a_title_leads_to_the_occupations_of_its_speciality_among_those_the_rule_names() {
    let named = |related| rule(&[FITTER, TRACTOR], None, related);
    assert_eq!(
        led_to(named(true), &[TRACTOR]),
        Some((codes(&[TRACTOR]), 0))
    );
    assert_eq!(led_to(named(true), &[UNKNOWN]), None);
    let unchecked = Some((codes(&[FITTER, TRACTOR]), 1));
    assert_eq!(led_to(named(true), &[]), unchecked, "to be shown");
    let any = Some((codes(&[FITTER, TRACTOR]), 0));
    assert_eq!(led_to(named(false), &[UNKNOWN]), any);
    let open = || rule(&[], None, true);
    assert_eq!(led_to(open(), &[TRACTOR]), Some((codes(&[TRACTOR]), 0)));
    assert_eq!(led_to(open(), &[]), Some((vec![], 1)), "any, to be shown");
}

#[test]
fn a_series_leaves_the_occupations_that_belong_to_it_or_were_not_looked_at() {
    let engineering = Some("工程");
    let of = |occupations: &[&str], related| rule(occupations, engineering, related);
    assert_eq!(led_to(of(&[], false), &[]), Some((codes(&[FITTER]), 0)));
    assert_eq!(led_to(of(&[], true), &[]), Some((codes(&[FITTER]), 1)));
    let all = &[FITTER, TRACTOR, UNKNOWN];
    assert_eq!(
        led_to(of(all, false), &[]),
        Some((codes(&[FITTER, UNKNOWN]), 0))
    );
    assert_eq!(led_to(of(&[TRACTOR], false), &[]), None);
    assert_eq!(led_to(of(&[], true), &[TRACTOR]), None);
    assert_eq!(
        led_to(of(&[], true), &[UNKNOWN]),
        Some((codes(&[UNKNOWN]), 0))
    );
}

#[test]
fn a_certificate_and_its_grade_are_accepted_as_the_register_names_them() {
    let accepted = |name: &str, grades: &[&str]| Accepted {
        name: name.into(),
        grades: grades.iter().map(|&it| it.into()).collect(),
    };
    let issuer = Issuer {
        certificates: vec![
            accepted("Industriemechaniker", &["Facharbeiter"]),
            accepted("Elektroniker", &[]),
        ],
        ..comparisons_demo::issuers().remove(0)
    };
    assert!(issuer.accepts("industriemechaniker", Some("FACHARBEITER")));
    assert!(!issuer.accepts("Industriemechaniker", Some("Meister")));
    assert!(issuer.accepts("Industriemechaniker", None));
    assert!(issuer.accepts("Elektroniker", Some("Meister")));
    assert!(!issuer.accepts("Friseur", Some("Facharbeiter")));
    assert!(!issuer.accepts("Friseur", None));
}

#[test]
fn an_issuer_of_one_kind_of_certificate_is_not_registered_for_another() {
    let issuer = comparisons_demo::issuers().remove(0);
    let name = issuer.certificates[0].name.clone();
    let mut book = Rulebook::default();
    book.register(&issuer);
    let certificate = |outside, name: &str| Holding::Certificate {
        outside,
        issuer: issuer.code.clone(),
        name: name.into(),
        grade: None,
        occupation: None,
    };
    let other = match issuer.outside {
        OutsideKind::Industry => OutsideKind::Foreign,
        _ => OutsideKind::Industry,
    };
    let to = rule(&[FITTER], None, false).to;
    let registered = |holding: Holding| {
        let held = Held::stated(holding.clone(), date(2024, 1, 1));
        let Holding::Certificate { outside, name, .. } = holding else {
            panic!("a certificate")
        };
        let from = Qualification::Certificate {
            outside,
            issuer: issuer.code.clone(),
            name,
            grade: None,
        };
        let mut book = book.clone();
        let rule = RecognitionRule {
            from,
            ..rule(&[FITTER], None, false)
        };
        book.adopt("2026", &[rule]);
        let answers = book.answers(std::slice::from_ref(&held), DAY, "320000");
        let met = answers[0].unmet.is_empty();
        assert_eq!(met, book.registered(&held, &to, DAY), "asked in two ways");
        met
    };
    assert!(registered(certificate(issuer.outside, &name)));
    assert!(!registered(certificate(other, &name)));
    assert!(!registered(certificate(issuer.outside, "Friseur")));
}

#[test]
fn only_a_certificate_of_level_or_qualification_is_held_as_a_level() {
    let recorded = |kind| OutsideCertificateRecorded {
        record: RecordId(Uuid::from_u128(1)),
        kind,
        issuer: "某机构".into(),
        name: name("证书"),
        grade: None,
        occupation: codes(&[FITTER]).pop(),
        level: Some(SkillLevel::Three),
        number: digest(2),
        awarded_on: date(2021, 7, 1),
        valid_to: None,
        evidence: vec![digest(1)],
    };
    let is_level = |kind| {
        let background = Background {
            outside: vec![recorded(kind)],
            ..Background::default()
        };
        matches!(background.held()[0].holding, Holding::Level { .. })
    };
    assert!(is_level(OutsideKind::LevelCertificate));
    assert!(is_level(OutsideKind::VocationalQualification));
    assert!(!is_level(OutsideKind::Industry) && !is_level(OutsideKind::OperatingPermit));
}
