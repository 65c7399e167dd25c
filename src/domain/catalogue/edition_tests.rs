//! A second edition, names that stay readable, and the limits of an edition: all inclusive.

use crate::domain::attainment::ItemKind;
use crate::domain::background::OutsideKind;
use crate::domain::catalogue::command::CatalogueCommand as Command;
use crate::domain::catalogue::decider::{CatalogueDecider, EDITION_MAX};
use crate::domain::catalogue::event::*;
use crate::domain::catalogue::occupations::WORK_TYPES_MAX;
use crate::domain::catalogue::rejection::CatalogueRejection as No;
use crate::domain::catalogue::routes::PromotionRulesAdopted;
use crate::domain::decider::Decider;
use crate::domain::decider::harness::{When, given};
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::occupation::{Occupation, OccupationCode, WorkType};
use crate::domain::rules::recognition::*;
use crate::domain::rules::routes::promotion_cn;
use crate::domain::rules::staff_cn;
use crate::domain::wording::TextRejection;
use jiff::civil::{Date, date};

fn when(
    past: impl IntoIterator<Item = CatalogueEvent>,
    command: Command,
) -> When<CatalogueDecider> {
    given::<CatalogueDecider>(past).when(command)
}
fn code(text: &str) -> OccupationCode {
    text.parse().unwrap()
}
fn occupation(text: &str, name_zh: &str) -> Occupation {
    Occupation {
        code: code(text),
        name_zh: name_zh.into(),
        name_en: String::new(),
        levels: vec![],
        work_types: vec![],
        source: "示例".into(),
    }
}
fn edition(name: &str, from: Date, occupations: Vec<Occupation>) -> OccupationsAdopted {
    OccupationsAdopted {
        edition: name.into(),
        effective_from: from,
        source: "示例".into(),
        verified: false,
        occupations,
    }
}
fn amendment(name: &str, from: Date, changes: Vec<OccupationChange>) -> OccupationsAmended {
    OccupationsAmended {
        amendment: name.into(),
        effective_from: from,
        source: "示例".into(),
        verified: false,
        changes,
    }
}
fn renamed(text: &str, name: &str) -> OccupationChange {
    OccupationChange::Renamed {
        code: code(text),
        name_zh: name.into(),
        name_en: String::new(),
    }
}
fn retired(text: &str, into: Option<&str>) -> OccupationChange {
    OccupationChange::Retired {
        code: code(text),
        into: into.map(code),
    }
}
fn added(text: &str, name: &str) -> OccupationChange {
    OccupationChange::Added {
        occupation: occupation(text, name),
    }
}
const FIRST: Date = date(2015, 7, 29);
const SECOND: Date = date(2022, 9, 28);
const MINDER: &str = "4-10-01-02";
const CARER: &str = "4-10-01-05";

fn first() -> OccupationsAdopted {
    let occupations = vec![
        occupation(MINDER, "育婴员"),
        occupation(CARER, "养老护理员"),
    ];
    edition("2015", FIRST, occupations)
}

#[test]
fn a_second_edition_keeps_former_names_readable_by_the_name_they_led_to() {
    let rename = amendment(
        "2021",
        date(2021, 4, 1),
        vec![
            renamed(MINDER, "婴幼儿发展引导员"),
            renamed(CARER, "养老照护员"),
        ],
    );
    // The new edition numbers anew: the minder has another code, and her old one is another's.
    let second = edition(
        "2022",
        SECOND,
        vec![
            occupation("4-10-01-01", "婴幼儿发展引导员"),
            occupation(MINDER, "孤残儿童护理员"),
        ],
    );
    let events: Vec<CatalogueEvent> = vec![first().into(), rename.into(), second.into()];
    let state = CatalogueDecider::fold(&events);
    let now = &state.occupations_on(SECOND).unwrap().occupations;
    assert_eq!(now.by_name("育婴员").unwrap().code, code("4-10-01-01"));
    assert_eq!(
        now.former_names(code("4-10-01-01")).collect::<Vec<_>>(),
        ["育婴员"]
    );
    assert_eq!(now.by_name("孤残儿童护理员").unwrap().code, code(MINDER));
    assert!(now.by_name("养老护理员").is_none(), "no longer listed");
    let then = &state
        .occupations_on(SECOND.yesterday().unwrap())
        .unwrap()
        .occupations;
    assert_eq!(then.by_name("育婴员").unwrap().code, code(MINDER));
}

#[test]
fn a_name_taken_up_again_is_no_former_name() {
    let there = amendment("a", date(2016, 1, 1), vec![renamed(CARER, "养老照护员")]);
    let back = amendment("b", date(2017, 1, 1), vec![renamed(CARER, "养老护理员")]);
    let same = amendment("c", date(2018, 1, 1), vec![renamed(CARER, "养老护理员")]);
    let events: Vec<CatalogueEvent> = vec![first().into(), there.into(), back.into(), same.into()];
    let state = CatalogueDecider::fold(&events);
    let now = &state.occupations_on(date(2018, 1, 1)).unwrap().occupations;
    assert_eq!(
        now.former_names(code(CARER)).collect::<Vec<_>>(),
        ["养老照护员"]
    );
}

#[test]
fn what_is_retired_takes_only_its_own_names_with_it() {
    let rename = amendment(
        "a",
        date(2016, 1, 1),
        vec![
            renamed(MINDER, "婴幼儿发展引导员"),
            renamed(CARER, "养老照护员"),
        ],
    );
    let retire = amendment("b", date(2017, 1, 1), vec![retired(MINDER, None)]);
    let events: Vec<CatalogueEvent> = vec![first().into(), rename.into(), retire.into()];
    let state = CatalogueDecider::fold(&events);
    let now = &state.occupations_on(date(2017, 1, 1)).unwrap().occupations;
    assert!(now.by_name("育婴员").is_none());
    assert_eq!(now.by_name("养老护理员").unwrap().code, code(CARER));
}

#[test]
fn one_name_is_one_occupation_in_an_edition_and_after_an_amendment() {
    let alike = edition(
        "x",
        FIRST,
        vec![occupation(MINDER, "育婴员"), occupation(CARER, "育婴员")],
    );
    when([], Command::AdoptOccupations(alike)).rejected(No::NameTwice {
        occupation: code(CARER),
    });
    let taken = amendment("a", SECOND, vec![renamed(CARER, "育婴员")]);
    when([first().into()], Command::AmendOccupations(taken)).rejected(No::NameTwice {
        occupation: code(CARER),
    });
    let swapped = amendment(
        "a",
        SECOND,
        vec![renamed(CARER, "育婴员"), renamed(MINDER, "养老护理员")],
    );
    when([first().into()], Command::AmendOccupations(swapped.clone())).then([swapped.into()]);
}

#[test]
fn levels_and_work_types_stand_once_under_their_occupation() {
    let with = |levels: Vec<SkillLevel>, work_types: usize| Occupation {
        levels,
        work_types: (1..=work_types)
            .map(|n| WorkType {
                name_zh: format!("工种{n}"),
                name_en: String::new(),
            })
            .collect(),
        ..occupation(CARER, "养老护理员")
    };
    let adopt = |it: Occupation| {
        let adopted = edition("x", FIRST, vec![it]);
        when([], Command::AdoptOccupations(adopted))
    };
    let most = with(vec![SkillLevel::Three], WORK_TYPES_MAX);
    adopt(most.clone()).then([edition("x", FIRST, vec![most]).into()]);
    let unfit = No::WorkTypesUnfit {
        occupation: code(CARER),
        most: WORK_TYPES_MAX as u32,
    };
    adopt(with(vec![], WORK_TYPES_MAX + 1)).rejected(unfit.clone());
    let mut twice = with(vec![], 2);
    twice.work_types[1] = twice.work_types[0].clone();
    adopt(twice).rejected(unfit);
    for levels in [vec![SkillLevel::Three; 2], vec![SkillLevel::Chief]] {
        adopt(with(levels, 0)).rejected(No::LevelsUnfit {
            occupation: code(CARER),
        });
    }
    let missing = |field| No::Text(TextRejection::Missing { field });
    adopt(occupation(CARER, " ")).rejected(missing("name"));
    let mut nameless = with(vec![], 1);
    nameless.work_types[0].name_zh.clear();
    adopt(nameless).rejected(missing("name"));
    let mut unsourced = with(vec![], 0);
    unsourced.source.clear();
    adopt(unsourced).rejected(missing("source"));
}

#[test]
fn an_edition_may_be_as_large_as_it_may_be() {
    let many = |most: usize| -> Vec<Occupation> {
        (0..most)
            .map(|n| occupation(&(4_000_000 + n).to_string(), &format!("职业{n}")))
            .collect()
    };
    let full = edition("x", FIRST, many(EDITION_MAX));
    when([], Command::AdoptOccupations(full.clone())).then([full.into()]);
    let changes = |most| {
        let added = many(most)
            .into_iter()
            .map(|occupation| OccupationChange::Added { occupation });
        amendment("a", SECOND, added.collect())
    };
    let full = changes(EDITION_MAX);
    when([first().into()], Command::AmendOccupations(full.clone())).then([full.into()]);
    let too_large = No::EditionTooLarge {
        most: EDITION_MAX as u32,
    };
    let amend = Command::AmendOccupations(changes(EDITION_MAX + 1));
    when([first().into()], amend).rejected(too_large.clone());
    let items = |most: usize| ItemsAdopted {
        edition: "x".into(),
        effective_from: FIRST,
        source: "示例".into(),
        verified: false,
        items: (0..most)
            .map(|n| SkillItem {
                code: format!("ZX-{n}").parse().unwrap(),
                kind: ItemKind::SpecialSkill,
                name: Name {
                    zh: "某某制作".into(),
                    en: None,
                },
                occupation: None,
                hours: None,
                specification: None,
                until: None,
            })
            .collect(),
    };
    let full = items(EDITION_MAX);
    when([], Command::AdoptItems(full.clone())).then([full.into()]);
    when([], Command::AdoptItems(items(EDITION_MAX + 1))).rejected(too_large.clone());
    let rules = |most: usize| {
        let rule = careers_cn::built_in().remove(0);
        RecognitionRulesAdopted {
            edition: "x".into(),
            rules: (0..most)
                .map(|n| RecognitionRule {
                    id: format!("rule-{n}"),
                    ..rule.clone()
                })
                .collect(),
        }
    };
    let full = rules(EDITION_MAX);
    when([], Command::AdoptRecognitionRules(full.clone())).then([full.into()]);
    when([], Command::AdoptRecognitionRules(rules(EDITION_MAX + 1))).rejected(too_large.clone());
    let promotions = |most: usize| {
        let rule = promotion_cn::built_in().remove(0);
        let of = |n| {
            let mut rule = rule.clone();
            rule.id = format!("rule-{n}");
            rule
        };
        PromotionRulesAdopted {
            edition: "x".into(),
            rules: (0..most).map(of).collect(),
        }
    };
    let full = promotions(EDITION_MAX);
    when([], Command::AdoptPromotionRules(full.clone())).then([full.into()]);
    when(
        [],
        Command::AdoptPromotionRules(promotions(EDITION_MAX + 1)),
    )
    .rejected(too_large);
}

#[test]
fn an_amendment_may_begin_with_the_edition_and_merge_into_what_it_adds() {
    let renewed = amendment("a", FIRST, vec![renamed(CARER, "养老照护员")]);
    when([first().into()], Command::AmendOccupations(renewed.clone())).then([renewed.into()]);
    let merged = amendment(
        "a",
        SECOND,
        vec![
            retired(CARER, Some("4-10-01-09")),
            added("4-10-01-09", "长期照护师"),
        ],
    );
    when([first().into()], Command::AmendOccupations(merged.clone())).then([merged.into()]);
    let refused = |changes, into: &str| {
        let amend = Command::AmendOccupations(amendment("a", SECOND, changes));
        when([first().into()], amend).rejected(No::OccupationUnknown {
            occupation: code(into),
        });
    };
    refused(vec![retired(CARER, Some("4-10-01-09"))], "4-10-01-09");
    refused(
        vec![
            retired(CARER, Some("4-10-01-09")),
            added("4-10-01-08", "长期照护师"),
        ],
        "4-10-01-09",
    );
    refused(vec![retired(CARER, Some(CARER))], CARER);
    refused(
        vec![retired(CARER, Some(MINDER)), retired(MINDER, None)],
        MINDER,
    );
    // Merging into one that is only renamed is no merging into what goes.
    let beside = amendment(
        "a",
        SECOND,
        vec![retired(CARER, Some(MINDER)), renamed(MINDER, "照护员")],
    );
    when([first().into()], Command::AmendOccupations(beside.clone())).then([beside.into()]);
}

#[test]
fn a_resource_is_released_in_one_version_after_another() {
    let released = |code: &str, version: &str| ResourceReleased {
        code: code.into(),
        version: version.into(),
        kind: ResourceKind::QuestionBank,
        title: "焊工题库".into(),
        occupation: None,
        released_on: FIRST,
        developer: "某某中心".into(),
    };
    let release = |released| Command::ReleaseResource {
        released,
        on: FIRST,
    };
    let past = || vec![released("TK-1", "1").into()];
    for next in [released("TK-1", "2"), released("TK-2", "1")] {
        when(past(), release(next.clone())).then([next.into()]);
    }
    when(past(), release(released("TK-1", "1"))).rejected(No::ReleaseTwice);
}

#[test]
fn rules_and_registrations_may_be_of_one_day() {
    let mut rule = careers_cn::built_in().remove(0);
    rule.effective_to = Some(rule.effective_from);
    let adopted = RecognitionRulesAdopted {
        edition: "x".into(),
        rules: vec![rule],
    };
    when([], Command::AdoptRecognitionRules(adopted.clone())).then([adopted.into()]);
    let mut rule = promotion_cn::built_in().remove(0);
    rule.effective_to = Some(rule.effective_from);
    let adopted = PromotionRulesAdopted {
        edition: "x".into(),
        rules: vec![rule],
    };
    when([], Command::AdoptPromotionRules(adopted.clone())).then([adopted.into()]);
    let mut rule = staff_cn::built_in().remove(0);
    rule.effective_to = Some(rule.effective_from);
    let adopted = StaffRulesAdopted {
        edition: "x".into(),
        rules: vec![rule],
    };
    when([], Command::AdoptStaffRules(adopted.clone())).then([adopted.into()]);
    let mut issuer = comparisons_demo::issuers().remove(1);
    issuer.valid_to = Some(issuer.valid_from);
    let registered = IssuerRegistered {
        issuer: issuer.clone(),
    };
    when([], Command::RegisterIssuer(registered.clone())).then([registered.clone().into()]);
    let struck = IssuerStruck {
        code: issuer.code,
        ground: "发证机构资格终止".into(),
        basis: "演示".into(),
        on: issuer.valid_from,
    };
    when([registered.into()], Command::StrikeIssuer(struck.clone())).then([struck.into()]);
}

fn rule(change: impl Fn(&mut RecognitionRule)) -> RecognitionRulesAdopted {
    let mut rule = careers_cn::built_in().remove(0);
    change(&mut rule);
    RecognitionRulesAdopted {
        edition: "x".into(),
        rules: vec![rule],
    }
}

#[test]
fn both_sides_of_a_rule_are_worded_and_bounded() {
    let adopt = |it: &RecognitionRulesAdopted| when([], Command::AdoptRecognitionRules(it.clone()));
    let nameless = rule(|it| {
        it.from = Qualification::Honour {
            name: String::new(),
        };
    });
    adopt(&nameless).rejected(No::Text(TextRejection::Missing { field: "honour" }));
    let of = |occupations: usize| {
        rule(|it| {
            it.from = Qualification::Level {
                level: SkillLevel::Three,
                occupations: (0..occupations)
                    .map(|n| code(&(6_000_000 + n).to_string()))
                    .collect(),
                series: None,
            };
        })
    };
    adopt(&of(200)).then([of(200).into()]);
    adopt(&of(201)).rejected(No::EditionTooLarge { most: 200 });
    let conditions = |most: usize| {
        rule(|it| {
            let condition = it.conditions[0].clone();
            it.conditions = (0..most)
                .map(|n| {
                    let mut condition = condition.clone();
                    condition.id = format!("condition-{n}");
                    condition
                })
                .collect();
        })
    };
    adopt(&conditions(200)).then([conditions(200).into()]);
    adopt(&conditions(201)).rejected(No::EditionTooLarge { most: 200 });
    // A permit is no level; that it counts towards a title is another matter.
    let towards_a_title = rule(|it| {
        it.from = Qualification::Certificate {
            outside: OutsideKind::OperatingPermit,
            issuer: "应急管理局".into(),
            name: "特种作业操作证".into(),
            grade: None,
        };
    });
    adopt(&towards_a_title).then([towards_a_title.into()]);
}
