use super::*;
use crate::domain::background::{
    Background, Education, OutsideCertificateRecorded, OutsideKind, School, StudyRecorded,
    TitleRecorded,
};
use crate::domain::digest::Digest;
use crate::domain::ids::RecordId;
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::occupation::OccupationCode;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

const DEMO: &str = "DEMO";
const DAY: Date = date(2026, 7, 20);

fn code(text: &str) -> OccupationCode {
    text.parse().unwrap()
}
fn book() -> Rulebook {
    let mut book = Rulebook::default();
    book.adopt(careers_cn::EDITION, &careers_cn::built_in());
    book.adopt_series(&series_cn::built_in());
    for issuer in comparisons_demo::issuers() {
        book.register(&issuer);
    }
    for row in comparisons_demo::comparisons(DEMO) {
        book.list(&row);
    }
    book
}
fn level(level: SkillLevel, occupation: &str, since: Date) -> Held {
    let occupation = code(occupation);
    Held::stated(Holding::Level { level, occupation }, since)
}
fn title(series: &str, grade: TitleGrade, related: &[&str], since: Date) -> Held {
    let title = Title {
        series: series.into(),
        grade,
        name: grade.name_zh().into(),
    };
    let related = related.iter().map(|it| code(it)).collect();
    Held::stated(Holding::Title { title, related }, since)
}
fn certificate(issuer: &str, name: &str, grade: Option<&str>, outside: OutsideKind) -> Held {
    let holding = Holding::Certificate {
        outside,
        issuer: issuer.into(),
        name: name.into(),
        grade: grade.map(str::to_owned),
        occupation: None,
    };
    Held::stated(holding, date(2023, 5, 1))
}
fn german(grade: &str) -> Held {
    certificate(
        "DEMO-DE-CHAMBER",
        "industriemechaniker",
        Some(grade),
        OutsideKind::Foreign,
    )
}
fn unmet(answer: &Recognition) -> Vec<&str> {
    answer.unmet.iter().map(|it| it.condition.name()).collect()
}
fn met(answer: &Recognition) -> Vec<&str> {
    answer.met.iter().map(|it| it.condition.name()).collect()
}
fn one(answers: Vec<Recognition>) -> Recognition {
    assert_eq!(answers.len(), 1, "{answers:#?}");
    answers.into_iter().next().unwrap()
}

#[test]
fn two_years_after_level_three_one_may_apply_for_assistant_engineer() {
    let held = [level(SkillLevel::Three, "6-31-07-01", date(2024, 6, 1))];
    let answer = one(book().answers(&held, date(2026, 5, 31), "320000"));
    assert_eq!(answer.rule, "cn-74-three");
    assert_eq!(answer.edition, careers_cn::EDITION);
    assert_eq!(answer.effect, Effect::MayApply);
    assert!(answer.citation.contains("〔2018〕74号") && !answer.verified);
    assert_eq!(met(&answer), ["series"]);
    assert_eq!(unmet(&answer), ["years", "production-line", "title-review"]);
    assert_eq!(answer.unmet[0].until, Some(date(2026, 6, 1)));
    assert!(answer.unmet[1..].iter().all(|it| it.until.is_none()));

    let answer = one(book().answers(&held, date(2026, 6, 1), "320000"));
    assert_eq!(met(&answer), ["years", "series"]);
    assert_eq!(
        answer.met[0].evidence,
        Evidence::Holding {
            held: HeldBy::Stated
        }
    );
    assert_eq!(
        unmet(&answer),
        ["production-line", "title-review"],
        "what is to be shown stays to be shown"
    );
}

#[test]
fn every_one_of_the_eight_series_is_led_to_by_every_level_from_three() {
    let mut book = Rulebook::default();
    book.adopt("e", &careers_cn::built_in());
    let mut series = series_cn::built_in();
    series.occupations = series_cn::names()
        .zip(
            ["6-18-01-01", "6-18-02-04", "6-18-04-06", "6-21-01-02"]
                .iter()
                .chain(&["6-31-01-02", "6-31-01-03", "6-31-07-01", "6-31-07-02"]),
        )
        .map(|(name, occupation)| OccupationSeries {
            occupation: code(occupation),
            series: vec![name.into()],
        })
        .collect();
    assert_eq!(series.occupations.len(), 8);
    book.adopt_series(&series);
    let mut led_to = BTreeSet::new();
    for row in &series.occupations {
        for (held, grade) in [
            (SkillLevel::Three, TitleGrade::Assistant),
            (SkillLevel::Two, TitleGrade::Intermediate),
            (SkillLevel::One, TitleGrade::AssociateSenior),
        ] {
            let holding = Holding::Level {
                level: held,
                occupation: row.occupation,
            };
            let held = [Held::stated(holding, date(2020, 1, 1))];
            let answer = one(book.answers(&held, DAY, "320000"));
            let Qualification::Title {
                series: Some(series),
                grade: to,
                name: Some(name),
                ..
            } = answer.to
            else {
                panic!("{answer:#?}");
            };
            assert_eq!((vec![series.clone()], to), (row.series.clone(), grade));
            assert_ne!(answer.effect, Effect::DirectRecognition);
            led_to.insert((series, name));
        }
    }
    assert_eq!(led_to.len(), 24, "{led_to:?}");
}

#[test]
fn an_occupation_outside_the_series_gets_no_answer_and_an_unknown_one_has_it_to_show() {
    let held = |occupation| [level(SkillLevel::Three, occupation, date(2020, 1, 1))];
    assert!(
        book().answers(&held("4-10-01-03"), DAY, DEMO).is_empty(),
        "保育师"
    );
    let answers = book().answers(&held("4-02-07-08"), DAY, DEMO);
    assert_eq!(answers.len(), 8, "快递员: nobody has said");
    assert!(answers.iter().all(|it| unmet(it).contains(&"series")));
}

#[test]
fn a_title_leads_to_applying_for_a_level_of_its_own_speciality() {
    let held = |related: &[&str]| {
        [title(
            "农业",
            TitleGrade::Assistant,
            related,
            date(2024, 2, 29),
        )]
    };
    let answer = one(book().answers(&held(&["5-05-05-01"]), date(2025, 2, 28), "320000"));
    assert_eq!(answer.unmet[0].until, Some(date(2025, 3, 1)));
    assert_eq!(answer.occupations, [code("5-05-05-01")]);
    assert_eq!(met(&answer), ["related"]);
    let answer = one(book().answers(&held(&[]), DAY, "320000"));
    assert_eq!(unmet(&answer), ["related", "assessment"]);
    assert!(matches!(
        answer.to,
        Qualification::Level {
            level: SkillLevel::Three,
            ..
        }
    ));
    for (grade, level) in [
        (TitleGrade::Technician, SkillLevel::Three),
        (TitleGrade::Intermediate, SkillLevel::Two),
        (TitleGrade::AssociateSenior, SkillLevel::One),
        (TitleGrade::Senior, SkillLevel::One),
    ] {
        let held = [title("体育", grade, &[], date(2020, 1, 1))];
        let answer = one(book().answers(&held, DAY, "320000"));
        assert!(
            matches!(answer.to, Qualification::Level { level: to, .. } if to == level),
            "{grade:?}"
        );
    }
}

#[test]
fn classes_of_technical_schools_count_as_an_education_for_an_application() {
    for (school, education) in [
        (School::TechnicianSchoolIntermediate, Education::Secondary),
        (School::TechnicianSchoolSenior, Education::College),
        (School::TechnicianSchoolTechnician, Education::Bachelor),
    ] {
        let holding = Holding::Education {
            education: Education::Secondary,
            school,
            related: vec![],
        };
        let held = [Held::stated(holding, date(2022, 7, 1))];
        let answer = one(book().answers(&held, DAY, "320000"));
        assert_eq!(answer.effect, Effect::CountsAs);
        let to = Qualification::Education {
            education: Some(education),
            schools: vec![],
        };
        assert_eq!(answer.to, to);
        assert_eq!(unmet(&answer), ["title-application"]);
    }
    let university = Holding::Education {
        education: Education::Bachelor,
        school: School::University,
        related: vec![],
    };
    let held = [Held::stated(university, date(2022, 7, 1))];
    assert!(book().answers(&held, DAY, "320000").is_empty());
}

#[test]
fn an_honour_opens_a_channel_and_awards_nothing() {
    let held = |name: &str| [Held::stated(Holding::Honour { name: name.into() }, DAY)];
    let answer = one(book().answers(&held("全国技术能手"), DAY, "320000"));
    assert_eq!(answer.channel, Some(Channel::Direct));
    assert_eq!(answer.effect, Effect::Exceptional);
    assert!(!answer.effect.may_award());
    let answer = one(book().answers(&held("中华技能大奖"), DAY, "320000"));
    assert_eq!(answer.channel, Some(Channel::Green));
    assert!(book().answers(&held("优秀员工"), DAY, "320000").is_empty());
}

#[test]
fn a_foreign_certificate_leads_where_its_issuer_is_registered_and_its_grade_accepted() {
    let answer = one(book().answers(&[german("Facharbeiter")], DAY, DEMO));
    assert_eq!(answer.effect, Effect::DirectRecognition);
    assert_eq!(answer.occupations, [code("6-31-01-02")]);
    assert_eq!(met(&answer), ["issuer"]);
    assert!(answer.demo && unmet(&answer).is_empty());
    assert!(book().answers(&[german("Geselle")], DAY, DEMO).is_empty());

    let mut struck = book();
    struck.strike("DEMO-DE-CHAMBER", date(2026, 7, 1));
    let on = |on| one(struck.answers(&[german("Meister")], on, DEMO));
    assert_eq!(unmet(&on(DAY)), ["issuer"]);
    assert_eq!(
        met(&on(date(2026, 6, 30))),
        ["issuer"],
        "it was registered then"
    );
    let mut again = comparisons_demo::issuers().remove(1);
    again.valid_from = date(2026, 9, 1);
    struck.register(&again);
    let answer = one(struck.answers(&[german("Meister")], DAY, DEMO));
    assert_eq!(answer.unmet[0].until, Some(date(2026, 9, 1)));

    let of = |outside| certificate("DEMO-DE-CHAMBER", "Industriemechaniker", None, outside);
    assert!(
        book()
            .answers(&[of(OutsideKind::Industry)], DAY, DEMO)
            .is_empty(),
        "another kind"
    );
}

#[test]
fn a_comparison_row_is_read_both_ways() {
    let industry = certificate(
        "DEMO-ROBOT-ASSOC",
        "工业机器人应用编程证书",
        Some("高级"),
        OutsideKind::Industry,
    );
    let answer = one(book().answers(&[industry], DAY, DEMO));
    assert_eq!(answer.rule, "compare/robot-senior");
    assert_eq!(answer.effect, Effect::CountsAs);
    let held = [level(SkillLevel::Three, "6-31-07-03", date(2026, 1, 1))];
    let back: Vec<_> = book()
        .answers(&held, DAY, DEMO)
        .into_iter()
        .filter(|it| it.rule.starts_with("compare/"))
        .collect();
    let back = one(back);
    assert_eq!(back.rule, "compare/robot-senior/back");
    assert!(matches!(back.to, Qualification::Certificate { .. }));
    assert_eq!(met(&back), ["issuer"]);
}

#[test]
fn an_operating_permit_never_leads_to_a_level() {
    let mut rule = careers_cn::built_in().remove(0);
    rule.from = Qualification::Certificate {
        outside: OutsideKind::OperatingPermit,
        issuer: "应急管理局".into(),
        name: "特种作业操作证".into(),
        grade: None,
    };
    rule.to = Qualification::Level {
        level: SkillLevel::Five,
        occupations: vec![],
        series: None,
    };
    let mut book = Rulebook::default();
    book.adopt("e", &[rule]);
    let permit = certificate(
        "应急管理局",
        "特种作业操作证",
        None,
        OutsideKind::OperatingPermit,
    );
    assert!(book.answers(&[permit], DAY, DEMO).is_empty());
}

#[test]
fn what_runs_out_is_held_until_its_last_day() {
    let mut held = german("Meister");
    held.until = Some(date(2026, 6, 30));
    let held = [held];
    assert_eq!(book().answers(&held, date(2026, 6, 30), DEMO).len(), 1);
    assert!(book().answers(&held, date(2026, 7, 1), DEMO).is_empty());
    assert!(book().answers(&held, date(2023, 4, 30), DEMO).is_empty());
}

#[test]
fn a_later_edition_counts_from_its_day_and_ends_what_it_ends() {
    let first = careers_cn::built_in();
    let mut changed = first[0].clone();
    changed.years_after = 1;
    changed.effective_from = date(2027, 1, 1);
    let mut ended = first[1].clone();
    ended.effective_to = Some(date(2026, 6, 30));
    let mut book = book();
    book.adopt("2027", &[changed, ended]);
    let years = |on| {
        let rules = book.rules_on(on, DEMO);
        let rule = rules.iter().find(|it| it.rule.id == "cn-74-three");
        rule.map(|it| (it.rule.years_after, it.edition.as_str()))
    };
    assert_eq!(years(date(2018, 1, 1)), None);
    assert_eq!(years(date(2026, 12, 31)), Some((2, careers_cn::EDITION)));
    assert_eq!(years(date(2027, 1, 1)), Some((1, "2027")));
    let has = |on| {
        book.rules_on(on, DEMO)
            .iter()
            .any(|it| it.rule.id == "cn-74-two")
    };
    assert!(has(date(2026, 6, 30)) && !has(date(2026, 7, 1)));
}

#[test]
fn a_provinces_own_rule_stands_above_the_national_one_of_its_id_there_only() {
    let mut own = careers_cn::built_in().remove(0);
    own.jurisdiction = "330000".into();
    own.years_after = 1;
    let mut book = book();
    book.adopt("zj", &[own]);
    let years = |place| {
        let rules = book.rules_on(DAY, place);
        rules
            .iter()
            .find(|it| it.rule.id == "cn-74-three")
            .map(|it| it.rule.years_after)
    };
    assert_eq!((years("330000"), years("320000")), (Some(1), Some(2)));
}

#[test]
fn what_a_person_brings_along_is_held_as_it_was_checked() {
    let record = |n| RecordId(Uuid::from_u128(n));
    let evidence = vec![Digest([1; 32])];
    let mut background = Background::default();
    background.titles.push(TitleRecorded {
        record: record(1),
        title: Title {
            series: "工程".into(),
            grade: TitleGrade::Intermediate,
            name: "工程师".into(),
        },
        related: vec![code("6-31-01-03")],
        awarded_on: date(2024, 1, 1),
        awarded_by: "某市人力资源和社会保障局".into(),
        evidence: evidence.clone(),
    });
    let study = |n, graduated_on| StudyRecorded {
        record: record(n),
        school: School::TechnicianSchoolSenior,
        education: Education::Secondary,
        institution: None,
        speciality: "电气自动化".into(),
        related: vec![],
        from: date(2020, 9, 1),
        graduated_on,
        expected_on: None,
        evidence: evidence.clone(),
    };
    background.studies.push(study(2, Some(date(2024, 7, 1))));
    background.studies.push(study(3, None));
    let outside = |n, kind, level| OutsideCertificateRecorded {
        record: record(n),
        kind,
        issuer: "某鉴定中心".into(),
        name: Name {
            zh: "电工".into(),
            en: None,
        },
        grade: None,
        occupation: Some(code("6-31-01-03")),
        level,
        number: Digest([2; 32]),
        awarded_on: date(2020, 1, 1),
        valid_to: None,
        evidence: evidence.clone(),
    };
    let three = Some(SkillLevel::Three);
    background
        .outside
        .push(outside(4, OutsideKind::VocationalQualification, three));
    background
        .outside
        .push(outside(5, OutsideKind::OperatingPermit, None));
    let held = background.held();
    let by: Vec<_> = held.iter().map(|it| it.by).collect();
    let records: Vec<_> = [1, 2, 4, 5]
        .into_iter()
        .map(|n| HeldBy::Record { record: record(n) })
        .collect();
    assert_eq!(by, records, "study that goes on is no education yet");
    assert!(matches!(held[2].holding, Holding::Level { .. }));
    assert!(matches!(held[3].holding, Holding::Certificate { .. }));
    let rules: BTreeSet<_> = book()
        .answers(&held, DAY, "320000")
        .into_iter()
        .map(|it| it.rule)
        .collect();
    let expected = ["cn-2023-intermediate", "cn-74-school-senior", "cn-74-three"];
    assert_eq!(rules, expected.map(String::from).into());
}

fn any_day() -> impl Strategy<Value = Date> {
    (0i32..12_000).prop_map(|days| date(2000, 1, 1).saturating_add(jiff::Span::new().days(days)))
}
fn any_place() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["CN", "320000", "330000", "DEMO"]).prop_map(String::from)
}
fn any_held() -> impl Strategy<Value = Vec<Held>> {
    let one = (0usize..6, 0usize..3, any_day()).prop_map(|(kind, n, since)| {
        let occupation = ["6-31-07-01", "6-31-07-03", "5-05-05-01"][n];
        let grade = [
            TitleGrade::Assistant,
            TitleGrade::Intermediate,
            TitleGrade::Senior,
        ][n];
        let level_held = [SkillLevel::Three, SkillLevel::Two, SkillLevel::One][n];
        let mut held = match kind {
            0 | 1 => level(level_held, occupation, since),
            2 => title("工程", grade, &[occupation], since),
            3 => german(["Facharbeiter", "Meister", "x"][n]),
            4 => certificate(
                "DEMO-ROBOT-ASSOC",
                "工业机器人应用编程证书",
                Some(["初级", "中级", "高级"][n]),
                OutsideKind::Industry,
            ),
            _ => Held::stated(
                Holding::Honour {
                    name: "全国技术能手".into(),
                },
                since,
            ),
        };
        held.since = since;
        held
    });
    prop::collection::vec(one, 0..6)
}
fn any_rules() -> impl Strategy<Value = Vec<RecognitionRule>> {
    let built_in = careers_cn::built_in();
    let one = (
        0..built_in.len(),
        any_day(),
        prop::option::of(0i32..4_000),
        any_place(),
        0u8..6,
        0usize..40,
    )
        .prop_map(move |(n, from, length, jurisdiction, years_after, id)| {
            let last = |days| from.saturating_add(jiff::Span::new().days(days));
            RecognitionRule {
                id: format!("rule-{id}"),
                jurisdiction,
                years_after,
                effective_from: from,
                effective_to: length.map(last),
                ..built_in[n].clone()
            }
        });
    prop::collection::vec(one, 0..30)
}

proptest! {
    /// A rule outside its dates or its jurisdiction never answers, nor does one whose holding was
    /// not held; and what is met and unmet agrees with the calendar.
    #[test]
    fn no_rule_answers_outside_its_days_its_place_and_what_is_held(
        rules in any_rules(), held in any_held(), on in any_day(), place in any_place(),
    ) {
        let mut book = book();
        book.adopt("more", &rules);
        for answer in book.answers(&held, on, &place) {
            prop_assert!(answer.jurisdiction == "CN" || answer.jurisdiction == place);
            prop_assert!(answer.held.is_held_on(on));
            prop_assert!(held.contains(&answer.held));
            if answer.edition == "more" {
                prop_assert!(rules.iter().any(|it| it.id == answer.rule && it.in_force(on)
                    && it.jurisdiction == answer.jurisdiction));
            }
            for unmet in &answer.unmet {
                prop_assert!(unmet.until.is_none_or(|until| until > on));
            }
            for met in &answer.met {
                if let Condition::Years { full_on, .. } = met.condition {
                    prop_assert!(full_on <= on);
                }
            }
        }
    }

    /// Adding rules never takes an answer of another rule away, nor changes it.
    #[test]
    fn more_rules_never_take_answers_of_others_away(
        rules in any_rules(), more in any_rules(), held in any_held(), on in any_day(),
        place in any_place(),
    ) {
        let mut before = book();
        before.adopt("first", &rules);
        let mut after = before.clone();
        after.adopt("second", &more);
        let added: BTreeSet<_> = more.iter().map(|it| it.id.clone()).collect();
        let answers = after.answers(&held, on, &place);
        for answer in before.answers(&held, on, &place) {
            prop_assert!(added.contains(&answer.rule) || answers.contains(&answer));
        }
    }
}
