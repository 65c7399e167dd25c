use super::person::*;
use crate::domain::background::{Education, OutsideKind, School};
use crate::domain::level::SkillLevel::{self, *};
use crate::domain::rules::eligibility::*;
use crate::domain::rules::recognition::TitleGrade;
use crate::domain::session::event::{Standard, StandardKind};
use jiff::civil::{Date, date};
use std::sync::LazyLock;

static BUILT_IN: LazyLock<StandardRegister> = LazyLock::new(|| {
    let mut register = StandardRegister::default();
    register.adopt(templates_cn::built_in(), standards_cn::built_in());
    register
});

fn of(person: &Person, occupation: &str, level: SkillLevel, on: Date) -> Eligibility {
    let by = BUILT_IN.of_occupation(code(occupation), on).unwrap();
    judge(&person.history, by, level, on)
}

/// May apply as a welder on that day and not on the day before, which names the day.
#[track_caller]
fn from(person: &Person, level: SkillLevel, day: Date, rule: &str) {
    let eve = day.yesterday().unwrap();
    let before = of(person, WELDER, level, eve);
    assert!(
        !before.met,
        "met too early by {:?}",
        before.rules_met().collect::<Vec<_>>()
    );
    assert_eq!(before.until, Some(day));
    let answer = of(person, WELDER, level, day);
    assert!(answer.rules_met().any(|it| it == rule), "{answer:#?}");
    assert_eq!(answer.until, None);
}

/// May not apply as a welder, and time alone will not mend it.
#[track_caller]
fn never(person: &Person, level: SkillLevel, on: Date) {
    let answer = of(person, WELDER, level, on);
    assert!(!answer.met && answer.until.is_none(), "{answer:#?}");
}

#[test]
fn sixteen_years_and_the_wish_open_the_lowest_level() {
    let born = person().born(date(2010, 2, 28));
    from(&born, Five, date(2026, 2, 28), "2023-五级-1");
    let leap = person().born(date(2008, 2, 29));
    from(&leap, Five, date(2024, 2, 29), "2023-五级-1");
    never(&person(), Five, date(2026, 1, 1));
    let works = born.works(ASSEMBLER, date(2026, 1, 1), date(2026, 6, 30));
    let rules = |on| of(&works, WELDER, Five, on).rules_met().count();
    assert_eq!(rules(date(2026, 6, 30)), 2);
    assert_eq!(rules(date(2026, 7, 1)), 1, "the work is over");
}

#[test]
fn work_is_added_up_counted_once_and_full_on_the_anniversary() {
    let steady = person().works(WELDER, date(2019, 3, 1), None);
    from(&steady, Four, date(2024, 3, 1), "2023-四级-1");
    let leap = person().works(WELDER, date(2020, 2, 29), None);
    from(&leap, Four, date(2025, 3, 1), "2023-四级-1");
    // Two employers at once, one related: the days count once.
    let twice = person()
        .works(WELDER, date(2019, 3, 1), date(2022, 2, 28))
        .works(ASSEMBLER, date(2020, 3, 1), None);
    from(&twice, Four, date(2024, 3, 1), "2023-四级-1");
    // A year between is not counted.
    let broken = person()
        .works(WELDER, date(2019, 3, 1), date(2021, 2, 28))
        .works(WELDER, date(2022, 3, 1), None);
    from(&broken, Four, date(2025, 3, 1), "2023-四级-1");
    let other = person().works(COURIER, date(2000, 1, 1), None);
    never(&other, Four, date(2026, 1, 1));
    let over = person().works(WELDER, date(2019, 3, 1), date(2024, 2, 28));
    never(&over, Four, date(2026, 1, 1));
    let full = person().works(WELDER, date(2019, 3, 1), date(2024, 2, 29));
    from(&full, Four, date(2024, 3, 1), "2023-四级-1");
}

#[test]
fn years_after_a_level_are_years_of_work() {
    let works = || person().works(WELDER, date(2022, 1, 1), None);
    let holder = works().holds(WELDER, Five, date(2023, 5, 10));
    from(&holder, Four, date(2026, 5, 10), "2023-四级-2");
    let related = works().holds(ASSEMBLER, Five, date(2023, 5, 10));
    from(&related, Four, date(2026, 5, 10), "2023-四级-2");
    never(
        &person().holds(WELDER, Five, date(2015, 1, 1)),
        Four,
        date(2026, 1, 1),
    );
    let withdrawn = works().holds(WELDER, Five, date(2022, 5, 10)).withdrawn();
    from(&withdrawn, Four, date(2027, 1, 1), "2023-四级-1");
    // A higher level does not stand in for the one that is named.
    let higher = works().holds(WELDER, Two, date(2022, 1, 1));
    assert!(!of(&higher, WELDER, Two, date(2026, 12, 31)).met);
    let outside = works().outside(
        OutsideKind::LevelCertificate,
        Some(Five),
        date(2023, 5, 10),
        None,
    );
    from(&outside, Four, date(2026, 5, 10), "2023-四级-2");
    let permit = works().outside(OutsideKind::OperatingPermit, None, date(2023, 5, 10), None);
    from(&permit, Four, date(2027, 1, 1), "2023-四级-1");
    let lapsed = works().outside(
        OutsideKind::LevelCertificate,
        Some(Five),
        date(2023, 5, 10),
        Some(date(2026, 5, 9)),
    );
    from(&lapsed, Four, date(2027, 1, 1), "2023-四级-1");
}

#[test]
fn a_student_of_the_graduation_year_may_apply_as_a_graduate() {
    use School::*;
    let senior = |graduated, expected| {
        person().studies(
            TechnicianSchoolSenior,
            Education::Secondary,
            date(2021, 9, 1),
            graduated,
            expected,
        )
    };
    let expected = senior(None, Some(date(2026, 7, 1)));
    from(&expected, Three, date(2026, 1, 1), "2023-三级-4");
    never(&expected, Three, date(2027, 1, 1));
    from(
        &senior(Some(date(2026, 7, 1)), None),
        Three,
        date(2026, 1, 1),
        "2023-三级-4",
    );
    assert!(
        of(
            &senior(Some(date(2024, 7, 1)), None),
            WELDER,
            Three,
            date(2030, 1, 1)
        )
        .met
    );
    let intermediate = person().studies(
        TechnicianSchoolIntermediate,
        Education::Secondary,
        date(2020, 9, 1),
        Some(date(2023, 7, 1)),
        None,
    );
    never(&intermediate, Three, date(2026, 1, 1));
    assert!(of(&intermediate, WELDER, Four, date(2026, 1, 1)).met);
    // 四级 and a college; without the level only with the evaluation shown.
    let college = person().studies(
        HigherVocational,
        Education::College,
        date(2020, 9, 1),
        Some(date(2023, 7, 1)),
        None,
    );
    never(&college, Three, date(2026, 1, 1));
    let shown = college
        .history
        .clone()
        .with_shown(["programme-evaluated-senior".to_owned()], date(2026, 1, 1));
    let by = BUILT_IN
        .of_occupation(code(WELDER), date(2026, 1, 1))
        .unwrap();
    let answer = judge(&shown, by, Three, date(2026, 1, 1));
    assert_eq!(answer.rules_met().collect::<Vec<_>>(), ["2023-三级-6"]);
    let with_level = college.holds(WELDER, Four, date(2025, 12, 31));
    let answer = of(&with_level, WELDER, Three, date(2026, 1, 1));
    assert_eq!(answer.rules_met().collect::<Vec<_>>(), ["2023-三级-5"]);
}

#[test]
fn a_title_and_work_after_it_open_a_level() {
    let works = || person().works(WELDER, date(2024, 6, 1), None);
    let titled = works().titled(TitleGrade::Assistant, WELDER, date(2025, 1, 1));
    from(&titled, Three, date(2026, 1, 1), "2023-三级-3");
    let other = works().titled(TitleGrade::Assistant, COURIER, date(2025, 1, 1));
    from(&other, Three, date(2034, 6, 1), "2023-三级-1");
    let both = person()
        .works(WELDER, date(2019, 1, 1), None)
        .titled(TitleGrade::Technician, WELDER, date(2020, 1, 1))
        .holds(WELDER, Three, date(2024, 6, 1));
    from(&both, Two, date(2025, 6, 1), "2023-二级-2");
    let middle = works().titled(TitleGrade::Intermediate, WELDER, date(2025, 1, 1));
    from(&middle, Two, date(2026, 1, 1), "2023-二级-3");
    let senior = works().titled(TitleGrade::AssociateSenior, WELDER, date(2025, 1, 1));
    from(&senior, One, date(2026, 1, 1), "2023-一级-3");
}

#[test]
fn a_technicians_class_counts_while_it_goes_on() {
    let student = |expected| {
        person()
            .studies(
                School::TechnicianSchoolTechnician,
                Education::Secondary,
                date(2023, 9, 1),
                None,
                Some(expected),
            )
            .holds(WELDER, Three, date(2024, 6, 1))
    };
    from(
        &student(date(2026, 7, 1)),
        Two,
        date(2026, 6, 1),
        "2023-二级-5",
    );
    never(&student(date(2026, 7, 1)), Two, date(2027, 1, 1));
    never(&student(date(2025, 7, 1)), Two, date(2026, 6, 1));
}

#[test]
fn the_older_generation_is_judged_by_its_own_conditions() {
    let apprentice = person().apprenticed(ASSEMBLER, date(2020, 5, 31));
    from(&apprentice, Five, date(2020, 5, 31), "2018-五级-2");
    let works = person().works(WELDER, date(2015, 1, 1), None);
    from(&works, Four, date(2021, 1, 1), "2018-四级-2");
    let preparatory = person().works(WELDER, date(2020, 1, 1), None).outside(
        OutsideKind::PreparatoryTechnician,
        None,
        date(2020, 7, 1),
        None,
    );
    from(&preparatory, Two, date(2022, 7, 1), "2018-二级-2");
    let two = person()
        .works(WELDER, date(2010, 1, 1), None)
        .holds(WELDER, Two, date(2019, 2, 1));
    from(&two, One, date(2023, 2, 1), "2018-一级-1");
    assert!(
        !of(&two, WELDER, One, date(2024, 1, 1)).met,
        "the 2023 template asks for five years"
    );
}

#[test]
fn a_standard_has_conditions_of_its_own() {
    const PILOT: &str = "4-02-04-06";
    let day = date(2023, 6, 1);
    let person = person().works(PILOT, date(2018, 6, 1), None);
    let answer = of(&person, PILOT, Four, day);
    assert_eq!(
        answer.rules_met().collect::<Vec<_>>(),
        ["无人机驾驶员-2021-四级-2"]
    );
    assert!(answer.source.contains("无人机驾驶员") && !answer.verified);
    let two = of(&person, PILOT, Two, day);
    assert_eq!(
        two.alternatives[0].rule, "2018-二级-1",
        "what it does not replace is the template's"
    );
    let soldier = Person::default().works(PILOT, date(2022, 6, 1), None);
    let by = BUILT_IN.of_occupation(code(PILOT), day).unwrap();
    assert!(!judge(&soldier.history, by, Four, day).met);
    let shown = soldier
        .history
        .with_shown(["retired-corporal".to_owned()], day);
    assert!(judge(&shown, by, Four, day).met);
}

#[test]
fn a_norm_asks_for_its_hours_and_an_item_for_no_level() {
    const RIDER: &str = "4-10-08-01";
    let day = date(2026, 7, 1);
    let named = |kind, code: &str| Standard {
        kind,
        code: code.into(),
        edition: "2025".into(),
    };
    let norm = named(StandardKind::Industry, "DEMO-HY-0001");
    let by = BUILT_IN.named(&norm, day).unwrap();
    assert!(BUILT_IN.named(&norm, date(2024, 12, 31)).is_none());
    let rider = || {
        person()
            .born(date(2000, 1, 1))
            .works(RIDER, date(2026, 1, 1), None)
    };
    let half = rider().trained(RIDER, Five, 20, date(2026, 5, 1));
    let answer = judge(&half.history, by, Five, day);
    assert!(!answer.met);
    let leaf = answer.alternatives[0].judged.leaves()[2].clone();
    assert!(matches!(
        leaf.parts,
        Parts::Leaf {
            progress: Some(Progress::Hours { have: 20, need: 40 }),
            ..
        }
    ));
    let other = rider().trained(RIDER, Four, 40, date(2026, 5, 1));
    assert!(
        !judge(&other.history, by, Five, day).met,
        "of another level"
    );
    let full = half.trained(RIDER, Five, 20, day);
    assert!(judge(&full.history, by, Five, day).met);
    assert!(!judge(&full.history, by, Five, date(2026, 6, 30)).met);
    let closed = judge(&full.history, by, One, day);
    assert!(!closed.opened && !closed.met && closed.alternatives.is_empty());
    assert!(judge_item(&full.history, by, day).is_none());

    let item = named(StandardKind::SpecialSkill, "DEMO-ZX-0001");
    let by = BUILT_IN.named(&item, day).unwrap();
    assert!(judge_item(&rider().history, by, day).unwrap().met);
    assert!(!judge_item(&person().history, by, day).unwrap().met);
    assert!(!judge(&rider().history, by, Five, day).opened);
    assert!(
        BUILT_IN
            .of_item(&"DEMO-ZX-0001".parse().unwrap(), day)
            .is_some()
    );
}

#[test]
fn an_answer_explains_itself() {
    let day = date(2026, 1, 1);
    let person = person()
        .works(WELDER, date(2025, 1, 1), date(2025, 12, 31))
        .holds(WELDER, Five, date(2020, 1, 1));
    let answer = of(&person, WELDER, Four, day);
    assert!(answer.opened && !answer.met && answer.until.is_none());
    assert_eq!(answer.standard.edition, "2023");
    let first = &answer.alternatives[0];
    assert_eq!(first.rule, "2023-四级-1");
    let Parts::Leaf {
        condition,
        evidence,
        progress,
    } = &first.judged.parts
    else {
        panic!("a leaf");
    };
    assert_eq!(*condition, Condition::work_years(5));
    assert!(evidence.is_empty());
    assert_eq!(
        *progress,
        Some(Progress::Days {
            have: 365,
            need: 1826
        })
    );
    let met = of(&person, WELDER, Five, day);
    assert!(!met.met, "no birth is known");
    let born = Birth(date(1995, 4, 6));
    assert_eq!(format!("{born:?}"), "Birth(sealed)");
}

#[test]
fn what_comes_next_is_named_in_every_occupation_somebody_is_tied_to() {
    let day = date(2026, 1, 1);
    let person = person()
        .born(date(1995, 1, 1))
        .works(WELDER, date(2022, 6, 1), None)
        .holds(WELDER, Five, date(2022, 6, 1))
        .trained(COURIER, Five, 100, date(2025, 1, 1));
    let steps = what_next(&person.history, &BUILT_IN, day);
    let codes: Vec<_> = steps.iter().map(|it| it.occupation).collect();
    assert_eq!(codes, [code(COURIER), code(WELDER)]);
    let courier = &steps[0];
    assert_eq!(courier.holds, None);
    let level = |answer: &Option<Eligibility>| match answer.as_ref().unwrap().applied_for {
        AppliedFor::Level { level, .. } => level,
        AppliedFor::Item { .. } => panic!("a level"),
    };
    assert_eq!(level(&courier.may_apply), Five);
    assert_eq!(level(&courier.then), Four);
    let welder = &steps[1];
    assert_eq!(welder.holds, Some(Five));
    assert_eq!(level(&welder.may_apply), Four);
    assert_eq!(level(&welder.then), Three);
    assert_eq!(welder.then.as_ref().unwrap().until, Some(date(2032, 6, 1)));
    assert!(what_next(&Person::default().history, &BUILT_IN, day).is_empty());
}

#[test]
fn who_holds_a_level_of_a_renamed_occupation_goes_on_under_its_new_code() {
    let day = date(2026, 1, 1);
    let old = "4-10-01-99";
    let mut register = BUILT_IN.clone();
    let mut renamed = BUILT_IN
        .of_occupation(code(COURIER), day)
        .unwrap()
        .standard
        .clone();
    let Assesses::Occupation { formerly, .. } = &mut renamed.assesses else {
        panic!("an occupation")
    };
    formerly.push(code(old));
    assert!(register.of_code(code(old), day).is_none());
    register.adopt([], [renamed]);

    let history = person()
        .born(date(1995, 1, 1))
        .works(old, date(2018, 1, 1), None)
        .holds(old, Four, date(2021, 1, 1))
        .history;
    let steps = what_next(&history, &register, day);
    assert_eq!(steps.len(), 1);
    assert_eq!(steps[0].occupation, code(COURIER));
    assert_eq!(steps[0].holds, Some(Four));
    let three = steps[0].may_apply.as_ref().unwrap();
    assert!(matches!(
        three.applied_for,
        AppliedFor::Level { level: Three, .. }
    ));
    let ended = date(2017, 1, 1);
    assert!(
        register.of_code(code(old), ended).is_none(),
        "no standard then"
    );
}

#[test]
fn of_several_standards_the_national_one_in_force_applies() {
    let on = |day| {
        let by = BUILT_IN.of_occupation(code(WELDER), day)?;
        Some(by.standard.edition.clone())
    };
    assert_eq!(on(date(2018, 12, 31)), None);
    assert_eq!(on(date(2023, 12, 31)).unwrap(), "2018");
    assert_eq!(on(date(2024, 1, 1)).unwrap(), "2023");
    let rider = BUILT_IN
        .of_occupation(code("4-10-08-01"), date(2026, 1, 1))
        .unwrap();
    assert_eq!(rider.standard.kind, StandardKind::National);
    let mut register = BUILT_IN.clone();
    let mut corrected = rider.standard.clone();
    corrected.effective_to = Some(date(2025, 12, 31));
    register.adopt([], [corrected]);
    let rider = register
        .of_occupation(code("4-10-08-01"), date(2026, 1, 1))
        .unwrap();
    assert_eq!(
        rider.standard.kind,
        StandardKind::Industry,
        "the later text of an edition counts"
    );
}

#[test]
fn every_built_in_condition_is_sound_and_every_level_has_one() {
    let day = date(2026, 1, 1);
    for template in BUILT_IN.templates() {
        for of in &template.levels {
            assert!(of.any_of.iter().all(|it| it.condition.is_sound()));
        }
    }
    let mut levels = 0;
    for standard in BUILT_IN.standards().filter(|it| it.in_force(day)) {
        let by = BUILT_IN.named(&standard.named(), day).unwrap();
        for level in standard.levels() {
            let any_of = by.conditions(level).any_of;
            assert!(!any_of.is_empty() && any_of.iter().all(|it| it.condition.is_sound()));
            levels += 1;
        }
    }
    assert_eq!(levels, 44 * 5 + 2);
}
