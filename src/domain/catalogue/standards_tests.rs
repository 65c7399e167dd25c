use crate::domain::catalogue::command::CatalogueCommand as Command;
use crate::domain::catalogue::decider::CatalogueDecider;
use crate::domain::catalogue::event::{CatalogueEvent, StandardsAdopted};
use crate::domain::catalogue::rejection::CatalogueRejection as No;
use crate::domain::catalogue::standards::{
    ALTERNATIVES_MAX, RELATED_MAX, STANDARDS_MAX, StandardsRejection,
};
use crate::domain::decider::Decider;
use crate::domain::decider::harness::{Given, given};
use crate::domain::level::SkillLevel;
use crate::domain::rules::eligibility::{
    Alternative, Assesses, Condition, OccupationStandard, OpenedLevel, Template, standards_cn,
    templates_cn,
};
use crate::domain::session::event::StandardKind;
use jiff::civil::date;

fn past(events: impl IntoIterator<Item = CatalogueEvent>) -> Given<CatalogueDecider> {
    given::<CatalogueDecider>(events)
}
fn template() -> Template {
    templates_cn::built_in().remove(1)
}
/// Of the welder, by the template of 2023.
fn standard() -> OccupationStandard {
    let mut built_in = standards_cn::built_in().into_iter();
    built_in
        .find(|it| it.code == "GZB 6-18-02-04" && it.edition == "2023")
        .unwrap()
}
fn of_item() -> OccupationStandard {
    standards_cn::built_in().pop().unwrap()
}
fn adopted() -> StandardsAdopted {
    StandardsAdopted {
        edition: "2026-1".into(),
        templates: vec![template()],
        standards: vec![standard(), of_item()],
    }
}
fn adopt(adopted: StandardsAdopted) -> Command {
    Command::AdoptStandards(adopted)
}
fn with(change: impl FnOnce(&mut StandardsAdopted)) -> StandardsAdopted {
    let mut adopted = adopted();
    change(&mut adopted);
    adopted
}
#[track_caller]
fn refused(change: impl FnOnce(&mut StandardsAdopted), by: StandardsRejection) {
    past([])
        .when(adopt(with(change)))
        .rejected(No::Standards(by));
}
fn levels(standard: &mut OccupationStandard) -> &mut Vec<OpenedLevel> {
    match &mut standard.assesses {
        Assesses::Occupation { levels, .. } => levels,
        Assesses::Item { .. } => panic!("an occupation"),
    }
}
fn alternative(condition: Condition) -> Alternative {
    Alternative {
        id: "甲-1".into(),
        condition,
        source: None,
        verified: false,
    }
}
const WELDER: &str = "GZB 6-18-02-04 2023";

#[test]
fn standards_are_adopted_and_apply_on_their_days() {
    past([]).when(adopt(adopted())).then([adopted().into()]);
    past([adopted().into()])
        .when(adopt(adopted()))
        .rejected(No::EditionTaken);
    let state = CatalogueDecider::fold([&adopted().into()]);
    let code = standard().occupation().unwrap();
    assert!(
        state
            .standards
            .of_occupation(code, date(2023, 12, 31))
            .is_none()
    );
    let by = state
        .standards
        .of_occupation(code, date(2024, 1, 1))
        .unwrap();
    assert_eq!(by.standard, &standard());
    assert_eq!(by.template, Some(&template()));
    // The template may have been adopted before.
    let later = StandardsAdopted {
        edition: "2026-2".into(),
        templates: vec![],
        standards: vec![standard()],
    };
    past([adopted().into()])
        .when(adopt(later.clone()))
        .then([later.into()]);
}

#[test]
fn the_built_in_standards_can_be_adopted() {
    let built_in = StandardsAdopted {
        edition: "built-in".into(),
        templates: templates_cn::built_in(),
        standards: standards_cn::built_in(),
    };
    past([])
        .when(adopt(built_in.clone()))
        .then([built_in.into()]);
}

#[test]
fn an_adoption_has_a_bounded_size() {
    let empty = |it: &mut StandardsAdopted| {
        it.standards.clear();
        it.templates.clear();
    };
    past([]).when(adopt(with(empty))).rejected(No::EditionEmpty);
    past([])
        .when(adopt(with(|it| {
            it.standards = vec![standard(); STANDARDS_MAX]
        })))
        .rejected(No::EditionTooLarge {
            most: STANDARDS_MAX as u32,
        });
    let unfit = || StandardsRejection::SizeUnfit {
        standard: WELDER.into(),
    };
    refused(|it| levels(&mut it.standards[0]).clear(), unfit());
    let many = || vec![alternative(Condition::Intends); ALTERNATIVES_MAX + 1];
    refused(
        |it| levels(&mut it.standards[0])[0].any_of = many(),
        unfit(),
    );
    let related = |it: &mut StandardsAdopted| {
        if let Assesses::Occupation { related, .. } = &mut it.standards[0].assesses {
            *related = vec!["6-18-01-01".parse().unwrap(); RELATED_MAX + 1];
        }
    };
    refused(related, unfit());
    let nothing = |it: &mut StandardsAdopted| {
        if let Assesses::Item { any_of, .. } = &mut it.standards[1].assesses {
            any_of.clear();
        }
    };
    refused(
        nothing,
        StandardsRejection::SizeUnfit {
            standard: "DEMO-ZX-0001 2025".into(),
        },
    );
    refused(
        |it| it.templates[0].levels[0].any_of.clear(),
        StandardsRejection::SizeUnfit {
            standard: "cn-2023".into(),
        },
    );
}

#[test]
fn what_stands_twice_is_refused() {
    refused(
        |it| it.standards.push(standard()),
        StandardsRejection::StandardTwice {
            standard: WELDER.into(),
        },
    );
    refused(
        |it| it.templates.push(template()),
        StandardsRejection::TemplateTwice {
            template: "cn-2023".into(),
        },
    );
    refused(
        |it| {
            let level = &mut it.templates[0].levels[1].any_of;
            level[1].id = level[0].id.clone();
        },
        StandardsRejection::AlternativeTwice {
            rule: "2023-四级-1".into(),
        },
    );
    refused(
        |it| it.templates[0].levels[1].level = SkillLevel::Five,
        StandardsRejection::LevelUnfit {
            standard: "cn-2023".into(),
            level: SkillLevel::Five,
        },
    );
}

#[test]
fn only_what_can_be_judged_is_adopted() {
    let unsound = |condition: Condition| {
        refused(
            |it| levels(&mut it.standards[0])[0].any_of = vec![alternative(condition)],
            StandardsRejection::ConditionUnsound {
                rule: "甲-1".into(),
            },
        );
    };
    unsound(Condition::all([]));
    unsound(Condition::any([Condition::all([])]));
    unsound(Condition::work_years(0));
    unsound(Condition::Age { years: 0 });
    unsound(Condition::Training { hours: Some(0) });
    unsound(Condition::work_after_title(&[], 1));
    unsound(Condition::any(vec![Condition::Intends; 41]));
    let deep = (0..6).fold(Condition::Intends, |inner, _| Condition::all([inner]));
    unsound(deep);
    unsound(Condition::Stated {
        code: "x".into(),
        zh: " ".into(),
        en: "x".into(),
    });
    refused(
        |it| {
            let opened = &mut levels(&mut it.standards[0])[0];
            opened.hours = None;
            opened.any_of = vec![alternative(Condition::Training { hours: None })];
        },
        StandardsRejection::HoursMissing {
            rule: "甲-1".into(),
        },
    );
    refused(
        |it| it.templates.clear(),
        StandardsRejection::TemplateUnknown {
            template: "cn-2023".into(),
        },
    );
    let without = StandardsRejection::LevelWithoutConditions {
        standard: WELDER.into(),
        level: SkillLevel::One,
    };
    refused(|it| drop(it.templates[0].levels.pop()), without);
    // A newer text of a template keeps the levels that standards are judged by.
    let mut narrower = template();
    narrower.levels.pop();
    let narrower = StandardsAdopted {
        edition: "2026-2".into(),
        templates: vec![narrower],
        standards: vec![],
    };
    past([adopted().into()])
        .when(adopt(narrower))
        .rejected(No::Standards(StandardsRejection::LevelWithoutConditions {
            standard: "cn-2023".into(),
            level: SkillLevel::One,
        }));
}

#[test]
fn a_standard_is_of_what_can_be_applied_for() {
    let occupation = "2-02-38-01".parse().unwrap();
    refused(
        |it| {
            if let Assesses::Occupation { occupation: of, .. } = &mut it.standards[0].assesses {
                *of = occupation;
            }
        },
        StandardsRejection::OccupationUnfit { occupation },
    );
    refused(
        |it| levels(&mut it.standards[0])[0].level = SkillLevel::Special,
        StandardsRejection::LevelUnfit {
            standard: WELDER.into(),
            level: SkillLevel::Special,
        },
    );
    refused(
        |it| it.standards[0].kind = StandardKind::SpecialSkill,
        StandardsRejection::KindUnfit {
            standard: WELDER.into(),
        },
    );
    refused(
        |it| it.standards[1].kind = StandardKind::Industry,
        StandardsRejection::KindUnfit {
            standard: "DEMO-ZX-0001 2025".into(),
        },
    );
    refused(
        |it| it.standards[0].effective_to = Some(date(2023, 12, 31)),
        StandardsRejection::DatesDisagree {
            standard: WELDER.into(),
        },
    );
}
