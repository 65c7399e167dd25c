use crate::domain::attainment::ItemKind;
use crate::domain::catalogue::command::CatalogueCommand as Command;
use crate::domain::catalogue::decider::{CatalogueDecider, EDITION_MAX};
use crate::domain::catalogue::event::*;
use crate::domain::catalogue::rejection::CatalogueRejection as No;
use crate::domain::catalogue::state::CatalogueState;
use crate::domain::decider::Decider;
use crate::domain::decider::harness::{Given, given};
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::occupation::{Occupation, OccupationCode, WorkType};
use jiff::civil::{Date, date};

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
const MINDER: &str = "4-10-01-01";
const CARER: &str = "4-10-01-05";
const LONG_TERM: &str = "4-10-01-09";

fn edition() -> CatalogueEvent {
    OccupationsAdopted {
        edition: "2015".into(),
        effective_from: date(2015, 7, 29),
        source: "示例".into(),
        verified: false,
        occupations: vec![
            occupation(MINDER, "育婴员"),
            occupation(CARER, "养老护理员"),
        ],
    }
    .into()
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
fn added(text: &str, name: &str) -> OccupationChange {
    OccupationChange::Added {
        occupation: occupation(text, name),
    }
}
fn retired(text: &str, into: Option<&str>) -> OccupationChange {
    OccupationChange::Retired {
        code: code(text),
        into: into.map(code),
    }
}
fn past() -> Given<CatalogueDecider> {
    given::<CatalogueDecider>([edition()])
}
fn state(amendments: impl IntoIterator<Item = OccupationsAmended>) -> CatalogueState {
    let amendments: Vec<CatalogueEvent> = amendments.into_iter().map(Into::into).collect();
    CatalogueDecider::fold([edition()].iter().chain(&amendments))
}
fn amend(amendment: &OccupationsAmended) -> Command {
    Command::AmendOccupations(amendment.clone())
}

#[test]
fn a_new_name_holds_from_its_day_and_the_old_one_stays_readable() {
    let change = amendment(
        "2022",
        date(2022, 9, 28),
        vec![renamed(MINDER, "婴幼儿发展引导员")],
    );
    past().when(amend(&change)).then([change.clone().into()]);
    let state = state([change]);
    let named = |on| {
        state
            .occupation_on(code(MINDER), on)
            .unwrap()
            .name_zh
            .clone()
    };
    assert_eq!(named(date(2022, 9, 27)), "育婴员");
    assert_eq!(named(date(2022, 9, 28)), "婴幼儿发展引导员");
    let now = &state.occupations_on(date(2026, 1, 1)).unwrap().occupations;
    assert_eq!(now.by_name("育婴员").unwrap().code, code(MINDER));
    assert_eq!(
        now.former_names(code(MINDER)).collect::<Vec<_>>(),
        ["育婴员"]
    );
    let then = &state.occupations_on(date(2020, 1, 1)).unwrap().occupations;
    assert!(
        then.by_name("婴幼儿发展引导员").is_none(),
        "not named so yet"
    );
}

#[test]
fn what_is_added_and_what_is_merged_is_found_by_every_name_it_had() {
    let first = amendment(
        "2022",
        date(2022, 9, 28),
        vec![renamed(MINDER, "婴幼儿发展引导员")],
    );
    let second = amendment(
        "2025-05",
        date(2025, 5, 12),
        vec![
            added(LONG_TERM, "长期照护师"),
            retired(MINDER, Some(LONG_TERM)),
        ],
    );
    let state = state([first, second]);
    let now = &state.occupations_on(date(2026, 1, 1)).unwrap().occupations;
    assert!(now.by_code(code(MINDER)).is_none());
    for name in ["长期照护师", "婴幼儿发展引导员", "育婴员"] {
        assert_eq!(now.by_name(name).unwrap().code, code(LONG_TERM), "{name}");
    }
    assert!(
        state
            .occupation_on(code(MINDER), date(2025, 5, 11))
            .is_some()
    );
    assert!(
        state
            .occupation_on(code(LONG_TERM), date(2025, 5, 11))
            .is_none()
    );
}

#[test]
fn what_is_retired_into_nothing_leaves_no_name() {
    let first = amendment("a", date(2022, 1, 1), vec![renamed(MINDER, "新名")]);
    let second = amendment("b", date(2023, 1, 1), vec![retired(MINDER, None)]);
    let state = state([first, second]);
    let now = &state.occupations_on(date(2026, 1, 1)).unwrap().occupations;
    assert!(now.by_name("新名").is_none() && now.by_name("育婴员").is_none());
}

#[test]
fn levels_and_work_types_are_adjusted() {
    let adjusted = |levels| OccupationChange::Adjusted {
        code: code(CARER),
        levels,
        work_types: vec![WorkType {
            name_zh: "失智照护员".into(),
            name_en: String::new(),
        }],
    };
    let change = amendment(
        "a",
        date(2024, 1, 1),
        vec![adjusted(vec![SkillLevel::Three])],
    );
    past().when(amend(&change)).then([change.clone().into()]);
    let state = state([change]);
    let carer = state.occupation_on(code(CARER), date(2024, 1, 1)).unwrap();
    assert!(carer.opens(SkillLevel::Three) && !carer.opens(SkillLevel::Five));
    assert!(carer.work_type("失智照护员").is_some());
    let chief = amendment(
        "b",
        date(2024, 1, 1),
        vec![adjusted(vec![SkillLevel::Chief])],
    );
    past().when(amend(&chief)).rejected(No::LevelsUnfit {
        occupation: code(CARER),
    });
}

#[test]
fn an_amendment_fits_what_stands() {
    let on = date(2022, 1, 1);
    let refused = |changes, no| {
        past()
            .when(amend(&amendment("a", on, changes)))
            .rejected(no)
    };
    let of = code;
    refused(vec![], No::EditionEmpty);
    refused(
        vec![added(CARER, "重复")],
        No::OccupationKnown {
            occupation: of(CARER),
        },
    );
    refused(
        vec![renamed(LONG_TERM, "无此职业")],
        No::OccupationUnknown {
            occupation: of(LONG_TERM),
        },
    );
    refused(
        vec![retired(CARER, Some(LONG_TERM))],
        No::OccupationUnknown {
            occupation: of(LONG_TERM),
        },
    );
    refused(
        vec![retired(CARER, Some(CARER))],
        No::OccupationUnknown {
            occupation: of(CARER),
        },
    );
    refused(
        vec![retired(CARER, Some(MINDER)), retired(MINDER, None)],
        No::OccupationUnknown {
            occupation: of(MINDER),
        },
    );
    refused(
        vec![renamed(CARER, "一"), renamed(CARER, "二")],
        No::OccupationTwice {
            occupation: of(CARER),
        },
    );
    refused(
        vec![renamed(CARER, "一"); EDITION_MAX + 1],
        No::EditionTooLarge {
            most: EDITION_MAX as u32,
        },
    );
    let taken = amendment("2015", on, vec![renamed(CARER, "一")]);
    past().when(amend(&taken)).rejected(No::EditionTaken);
    let early = amendment("a", date(2014, 1, 1), vec![renamed(CARER, "一")]);
    past().when(amend(&early)).rejected(No::AmendmentBackdated {
        earliest: date(2015, 7, 29),
    });
    given::<CatalogueDecider>([])
        .when(amend(&early))
        .rejected(No::NothingToAmend);
}

fn item(text: &str, kind: ItemKind) -> SkillItem {
    SkillItem {
        code: text.parse().unwrap(),
        kind,
        name: Name {
            zh: "川菜凉菜制作".into(),
            en: None,
        },
        occupation: Some(code("4-03-02-01")),
        hours: Some(40),
        specification: None,
        until: None,
    }
}
fn items(edition: &str, from: Date, items: Vec<SkillItem>) -> ItemsAdopted {
    ItemsAdopted {
        edition: edition.into(),
        effective_from: from,
        source: "示例".into(),
        verified: false,
        items,
    }
}

#[test]
fn items_are_adopted_and_replaced_by_code_from_their_day() {
    let special = item("ZX-1", ItemKind::SpecialSkill);
    let first = items(
        "2026-1",
        date(2026, 1, 1),
        vec![special.clone(), item("W-1", ItemKind::MicroSkill)],
    );
    let adopt = Command::AdoptItems;
    given::<CatalogueDecider>([])
        .when(adopt(first.clone()))
        .then([first.clone().into()]);
    let longer = SkillItem {
        hours: Some(60),
        until: Some(date(2027, 6, 30)),
        specification: Some(ItemSpecification {
            code: "ZXGF-1".into(),
            edition: "2026".into(),
        }),
        ..special.clone()
    };
    let second = items("2026-2", date(2026, 7, 1), vec![longer.clone()]);
    let state = CatalogueDecider::fold(&[first.clone().into(), second.into()]);
    let hours = |on| state.item_on(&special.code, on).and_then(|it| it.hours);
    assert_eq!(hours(date(2025, 12, 31)), None);
    assert_eq!(hours(date(2026, 6, 30)), Some(40));
    assert_eq!(hours(date(2026, 7, 1)), Some(60));
    // 停考: the last day still counts, and what an earlier edition says does not come back.
    assert_eq!(hours(date(2027, 6, 30)), Some(60));
    assert_eq!(hours(date(2027, 7, 1)), None);
    assert!(
        state
            .item_on(&"W-1".parse().unwrap(), date(2026, 7, 1))
            .is_some()
    );
    let micro = |of, on| {
        let listed = state.micro_skills_of(code(of), on);
        listed
            .iter()
            .map(|it| it.code.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(micro("4-03-02-01", date(2026, 7, 1)), ["W-1"]);
    assert!(micro("4-03-02-01", date(2025, 12, 31)).is_empty());
    assert!(micro("4-03-02-02", date(2026, 7, 1)).is_empty());

    let again = || given::<CatalogueDecider>([first.clone().into()]);
    let ends = |last| {
        let item = SkillItem {
            until: Some(last),
            ..longer.clone()
        };
        again().when(adopt(items("c", date(2026, 7, 1), vec![item])))
    };
    ends(date(2026, 6, 30)).rejected(No::ItemOverBeforeItBegins {
        item: special.code.clone(),
    });
    let nameless = SkillItem {
        specification: Some(ItemSpecification {
            code: String::new(),
            edition: "2026".into(),
        }),
        ..longer.clone()
    };
    let nameless = items("c", date(2026, 7, 1), vec![nameless]);
    assert!(CatalogueDecider::decide(&state, &adopt(nameless)).is_err());
    again()
        .when(adopt(first.clone()))
        .rejected(No::EditionTaken);
    let on = date(2026, 2, 1);
    again()
        .when(adopt(items("b", on, vec![])))
        .rejected(No::EditionEmpty);
    again()
        .when(adopt(items(
            "b",
            on,
            vec![special.clone(), special.clone()],
        )))
        .rejected(No::ItemTwice {
            item: special.code.clone(),
        });
    again()
        .when(adopt(items(
            "b",
            on,
            vec![item("ZX-1", ItemKind::MicroSkill)],
        )))
        .rejected(No::ItemOfOtherKind { item: special.code });
}

#[test]
fn a_resource_is_released_once_a_version_and_not_ahead() {
    let released = ResourceReleased {
        code: "TK-1".into(),
        version: "2026.1".into(),
        kind: ResourceKind::QuestionBank,
        title: "焊工省级题库".into(),
        occupation: None,
        released_on: date(2026, 1, 15),
        developer: "某省职业技能鉴定指导中心".into(),
    };
    let release = |released: &ResourceReleased, on| Command::ReleaseResource {
        released: released.clone(),
        on,
    };
    let on = date(2026, 1, 15);
    given::<CatalogueDecider>([])
        .when(release(&released, on))
        .then([released.clone().into()]);
    given::<CatalogueDecider>([])
        .when(release(&released, date(2026, 1, 14)))
        .rejected(No::ReleaseAhead { earliest: on });
    given::<CatalogueDecider>([released.clone().into()])
        .when(release(&released, on))
        .rejected(No::ReleaseTwice);
}
