//! The words of the trade: what is stored, what people read, what may not be confused.

use crate::domain::attainment::{Attainment, AttainmentKind};
use crate::domain::competition::event::Group;
use crate::domain::example::*;
use crate::domain::item::ItemCode;
use crate::domain::level::SkillLevel;
use crate::domain::number::CertificateNumber;
use crate::domain::proposal::End;
use crate::domain::route::Route;
use crate::domain::rules::routes::apprenticeship::ApprenticeshipKind;
use crate::domain::score::{Component, Score};
use crate::domain::session::event::Process;
use crate::domain::session::step::Duty;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::fmt::Debug;

const LEVELS: [SkillLevel; 8] = [
    SkillLevel::Apprentice,
    SkillLevel::Five,
    SkillLevel::Four,
    SkillLevel::Three,
    SkillLevel::Two,
    SkillLevel::One,
    SkillLevel::Special,
    SkillLevel::Chief,
];

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

#[test]
fn the_stable_word_is_the_one_events_are_written_with() {
    let quoted = |word: &str| format!("{word:?}");
    for it in AttainmentKind::ALL {
        assert_eq!(json(&it), quoted(it.name()));
        assert_eq!(it.to_string(), it.name());
    }
    for it in Route::ALL {
        assert_eq!(json(&it), quoted(it.name()));
    }
    for it in Component::ALL {
        assert_eq!(json(&it), quoted(it.name()));
    }
    for it in [
        Duty::Examiner,
        Duty::Reviewer,
        Duty::Invigilator,
        Duty::Supervisor,
    ] {
        assert_eq!(json(&it), quoted(it.name()));
    }
    for it in [Process::Sheet, Process::Full] {
        assert_eq!(json(&it), quoted(it.name()));
    }
    for it in [Group::Staff, Group::Student] {
        assert_eq!(json(&it), quoted(it.name()));
    }
    for it in [ApprenticeshipKind::Ordinary, ApprenticeshipKind::NewType] {
        assert_eq!(json(&it), quoted(it.name()));
    }
    for it in [End::Revoked, End::Cancelled, End::Forfeited, End::Voided] {
        assert_eq!(json(&it), quoted(it.name()));
    }
}

/// Each its own, and written in Han characters.
#[track_caller]
fn are_chinese_and_distinct<const N: usize>(words: [&str; N]) {
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) || c == '/';
    for word in words {
        assert!(!word.is_empty() && word.chars().all(han), "{word}");
    }
    assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), N);
}

#[test]
fn what_people_read_is_chinese_and_not_to_be_confused() {
    are_chinese_and_distinct(LEVELS.map(SkillLevel::name_zh));
    are_chinese_and_distinct(Route::ALL.map(Route::name_zh));
    are_chinese_and_distinct(Component::ALL.map(Component::name_zh));
    are_chinese_and_distinct(AttainmentKind::ALL.map(AttainmentKind::certificate_zh));
    // 撤销、注销、吊销、作废 are four different acts in law.
    let ends = [End::Revoked, End::Cancelled, End::Forfeited, End::Voided];
    are_chinese_and_distinct(ends.map(End::name_zh));
    let english: BTreeSet<_> = LEVELS.map(SkillLevel::name_en).into_iter().collect();
    assert_eq!(english.len(), LEVELS.len());
    let capital = |it: &&str| it.starts_with(|c: char| c.is_ascii_uppercase()) && it.is_ascii();
    assert!(english.iter().all(capital));
}

#[test]
fn a_level_is_named_by_its_digit_where_it_has_one() {
    for level in LEVELS {
        let certified = SkillLevel::CERTIFIED.contains(&level);
        assert_eq!(level.digit().is_some(), certified);
        let Some(digit) = level.digit() else { continue };
        assert_eq!(SkillLevel::from_digit(digit), Some(level));
        let ordinal = ["一级", "二级", "三级", "四级", "五级"][usize::from(digit) - 1];
        assert!(level.name_zh().starts_with(ordinal));
        assert!(level.name_en().starts_with(&format!("Level {digit} ")));
    }
    assert_eq!(SkillLevel::from_digit(0), None);
    assert_eq!(SkillLevel::from_digit(6), None);
}

#[test]
fn a_grade_in_words_says_whose_it_is_and_whether_it_is_a_level() {
    let level = attainment(SkillLevel::Three);
    assert_eq!(level.grade_zh(), SkillLevel::Three.name_zh());
    assert_eq!(level.grade_en(), SkillLevel::Three.name_en());
    let enterprise = Attainment::Enterprise {
        name: name("江北机械厂技能证书"),
        grade: "骨干焊工".into(),
        occupation: occupation().code,
        occupation_name: name("焊工"),
    };
    assert!(
        enterprise.grade_zh().starts_with("骨干焊工") && enterprise.grade_zh().contains("企业")
    );
    assert!(enterprise.grade_en().contains("enterprise's own"));
    let item: ItemCode = "ZX-2026-017".parse().unwrap();
    for (without, word) in [
        (
            Attainment::SpecialSkill {
                item: item.clone(),
                name: name("面点制作"),
            },
            "专项职业能力",
        ),
        (
            Attainment::MicroSkill {
                item,
                name: name("面点制作"),
                of: None,
            },
            "微技能",
        ),
    ] {
        assert!(without.grade_zh().starts_with(word) && without.grade_zh().contains("无等级"));
        assert!(without.grade_en().contains("no level"));
    }
}

#[track_caller]
fn is_stored_as<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T, stored: &str) {
    assert_eq!(json(value), stored);
    assert_eq!(&serde_json::from_str::<T>(stored).unwrap(), value);
}

#[test]
fn codes_numbers_and_scores_are_stored_as_they_are_written() {
    is_stored_as(
        &"zx-2026-017".parse::<ItemCode>().unwrap(),
        "\"ZX-2026-017\"",
    );
    let number: CertificateNumber = "S000032000145263000001".parse().unwrap();
    assert_eq!(number.to_string(), "S000032000145263000001");
    is_stored_as(&number, "\"S000032000145263000001\"");
    let score = Score::from_tenths(605).unwrap();
    assert_eq!(score.to_string(), "60.5");
    is_stored_as(&score, "605");
    assert!(serde_json::from_str::<Score>("1001").is_err());
}
