use crate::domain::catalogue::command::CatalogueCommand as Command;
use crate::domain::catalogue::decider::{CatalogueDecider, EDITION_MAX};
use crate::domain::catalogue::event::*;
use crate::domain::catalogue::rejection::CatalogueRejection as No;
use crate::domain::catalogue::state::CatalogueState;
use crate::domain::decider::Decider;
use crate::domain::decider::harness::{Given, given};
use crate::domain::example::*;
use crate::domain::number::{NumberGrammar, Part};
use crate::domain::rules::recognition::careers_cn;
use crate::domain::wording::TextRejection;
use jiff::civil::{Date, date};

fn past(events: impl IntoIterator<Item = CatalogueEvent>) -> Given<CatalogueDecider> {
    given::<CatalogueDecider>(events)
}
fn fold(events: Vec<CatalogueEvent>) -> CatalogueState {
    CatalogueDecider::fold(&events)
}
fn occupations(edition: &str, effective_from: Date) -> OccupationsAdopted {
    OccupationsAdopted {
        edition: edition.into(),
        effective_from,
        source: "职业分类大典".into(),
        verified: false,
        occupations: vec![occupation()],
    }
}
fn rules(edition: &str) -> RecognitionRulesAdopted {
    RecognitionRulesAdopted {
        edition: edition.into(),
        rules: careers_cn::built_in(),
    }
}
fn grammar() -> NumberGrammarAdopted {
    NumberGrammarAdopted {
        grammar: NumberGrammar::level_certificate(),
    }
}

#[test]
fn an_edition_of_occupations_is_adopted_once_and_lists_each_once() {
    let first = occupations("2022", date(2022, 7, 1));
    past([])
        .when(Command::AdoptOccupations(first.clone()))
        .then([first.clone().into()]);
    past([first.clone().into()])
        .when(Command::AdoptOccupations(first.clone()))
        .rejected(No::EditionTaken);
    let empty = OccupationsAdopted {
        occupations: vec![],
        ..first.clone()
    };
    past([])
        .when(Command::AdoptOccupations(empty))
        .rejected(No::EditionEmpty);
    let twice = OccupationsAdopted {
        occupations: vec![occupation(); 2],
        ..first.clone()
    };
    past([])
        .when(Command::AdoptOccupations(twice))
        .rejected(No::OccupationTwice {
            occupation: occupation().code,
        });
    let large = OccupationsAdopted {
        occupations: vec![occupation(); EDITION_MAX + 1],
        ..first.clone()
    };
    past([])
        .when(Command::AdoptOccupations(large))
        .rejected(No::EditionTooLarge {
            most: EDITION_MAX as u32,
        });
    let nameless = OccupationsAdopted {
        edition: " ".into(),
        ..first
    };
    past([])
        .when(Command::AdoptOccupations(nameless))
        .rejected(No::Text(TextRejection::Missing { field: "edition" }));
}

#[test]
fn the_edition_of_a_day_is_the_latest_that_has_begun() {
    let mut renamed = occupations("2028", date(2028, 1, 1));
    renamed.occupations[0].name_zh = "焊接工".into();
    let state = fold(vec![
        renamed.into(),
        occupations("2022", date(2022, 7, 1)).into(),
    ]);
    let name = |on| {
        state
            .occupation_on(occupation().code, on)
            .map(|it| it.name_zh.as_str())
    };
    assert_eq!(name(date(2022, 6, 30)), None);
    assert_eq!(name(date(2027, 12, 31)), Some("焊工"));
    assert_eq!(name(date(2028, 1, 1)), Some("焊接工"));
    assert_eq!(
        state.occupations_on(date(2030, 1, 1)).unwrap().edition,
        "2028"
    );
}

#[test]
fn a_number_grammar_makes_distinct_numbers() {
    past([])
        .when(Command::AdoptNumberGrammar(grammar()))
        .then([grammar().into()]);
    past([grammar().into()])
        .when(Command::AdoptNumberGrammar(grammar()))
        .rejected(No::GrammarTaken);
    let with = |parts: Vec<Part>| {
        let mut adopted = grammar();
        adopted.grammar.parts = parts;
        past([]).when(Command::AdoptNumberGrammar(adopted))
    };
    let all = || grammar().grammar.parts;
    with(vec![]).rejected(No::GrammarUnsound);
    with(all().into_iter().take(6).collect()).rejected(No::GrammarUnsound);
    with(
        all()
            .into_iter()
            .filter(|it| !matches!(it, Part::Level { .. }))
            .collect(),
    )
    .rejected(No::GrammarUnsound);
    with(all().into_iter().chain([all().remove(5)]).collect()).rejected(No::GrammarUnsound);
    let mut wide = all();
    wide[6] = Part::Serial { digits: 10 };
    with(wide).rejected(No::GrammarUnsound);
    let mut letters = all();
    letters[0] = Part::Letter {
        values: vec!["Y".into(), "AB".into()],
    };
    with(letters).rejected(No::GrammarUnsound);
    let mut alike = grammar();
    alike.grammar.name = "another".into();
    past([grammar().into()])
        .when(Command::AdoptNumberGrammar(alike.clone()))
        .rejected(No::GrammarOverlaps {
            grammar: "level-certificate".into(),
        });
    alike.grammar.parts.push(Part::Fixed { text: "A".into() });
    past([grammar().into()])
        .when(Command::AdoptNumberGrammar(alike.clone()))
        .then([alike.into()]);
    let state = fold(vec![grammar().into()]);
    assert_eq!(state.grammar_on(date(2018, 12, 31)), None);
    assert_eq!(state.grammar_on(TODAY), Some(&grammar().grammar));
    assert_eq!(state.grammar_named("special", TODAY), None);
}

#[test]
fn recognition_rules_are_adopted_once_and_agree() {
    let first = rules("2026");
    past([])
        .when(Command::AdoptRecognitionRules(first.clone()))
        .then([first.clone().into()]);
    past([first.clone().into()])
        .when(Command::AdoptRecognitionRules(first.clone()))
        .rejected(No::EditionTaken);
    let mut twice = first.clone();
    twice.rules.push(twice.rules[0].clone());
    past([])
        .when(Command::AdoptRecognitionRules(twice))
        .rejected(No::RuleTwice {
            rule: "cn-74-three".into(),
        });
    let mut backwards = first.clone();
    backwards.rules[0].effective_to = Some(date(2018, 1, 1));
    past([])
        .when(Command::AdoptRecognitionRules(backwards))
        .rejected(No::RuleDatesDisagree {
            rule: "cn-74-three".into(),
        });
}

#[test]
fn each_attainment_has_the_newest_grammar_that_numbers_it() {
    use crate::domain::level::SkillLevel;
    let mut later = grammar();
    later.grammar.effective_from = date(2027, 1, 1);
    later.grammar.source = "2027".into();
    let built_in = crate::domain::number::built_in::built_in();
    let state = fold(
        built_in
            .into_iter()
            .map(|grammar| NumberGrammarAdopted { grammar })
            .chain([later])
            .map(CatalogueEvent::from)
            .collect(),
    );
    let source = |level, on| {
        let grammar = state.grammar_for(&attainment(level), on)?;
        Some((grammar.name.as_str(), grammar.effective_from))
    };
    let first = date(2019, 1, 1);
    let name = "level-certificate";
    assert_eq!(source(SkillLevel::Three, date(2018, 12, 31)), None);
    assert_eq!(source(SkillLevel::Three, TODAY), Some((name, first)));
    let newer = date(2027, 1, 1);
    assert_eq!(source(SkillLevel::Three, newer), Some((name, newer)));
    let special = Some(("special-technician-demo", date(2022, 3, 1)));
    assert_eq!(source(SkillLevel::Special, newer), special);
    assert_eq!(source(SkillLevel::Apprentice, newer), None);
}
