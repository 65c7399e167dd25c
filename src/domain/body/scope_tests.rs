//! The matrix of a scope: work types, items, provinces; and a scope taken back.

use crate::domain::attainment::{Assessed, ItemKind};
use crate::domain::body::command::BodyCommand;
use crate::domain::body::cross_region::Applicable;
use crate::domain::body::decider::BodyDecider;
use crate::domain::body::event::*;
use crate::domain::body::rejection::BodyRejection as No;
use crate::domain::body::state::{BodyState, EXPIRED};
use crate::domain::decider::Decider;
use crate::domain::decider::harness::{Given, given};
use crate::domain::example::*;
use crate::domain::ids::GrantId;
use crate::domain::level::SkillLevel;
use crate::domain::number::{NumberCode, NumberGrammar};
use crate::domain::occupation::OccupationCode;
use crate::domain::proposal::{Act, Approval, ProposalRejection};
use crate::domain::region::RegionCode;
use crate::domain::wording::TextRejection;
use jiff::civil::{Date, date};
use uuid::Uuid;

fn past(events: impl IntoIterator<Item = BodyEvent>) -> Given<BodyDecider> {
    given::<BodyDecider>([registered().into()].into_iter().chain(events))
}
fn fold(events: impl IntoIterator<Item = BodyEvent>) -> BodyState {
    let all: Vec<BodyEvent> = [registered().into()].into_iter().chain(events).collect();
    BodyDecider::fold(&all)
}
fn region(code: &str) -> RegionCode {
    code.parse().unwrap()
}
fn other() -> GrantId {
    GrantId(Uuid::from_u128(0x60))
}
fn electrician() -> OccupationCode {
    "6-31-01-03".parse().unwrap()
}
fn by_work_type(name: Option<&str>) -> Assessed {
    Assessed::Levels {
        occupation: occupation().code,
        occupation_name: crate::domain::example::name("焊工"),
        work_type: name.map(Into::into),
        levels: vec![SkillLevel::Three],
    }
}
fn item(code: &str) -> Assessed {
    Assessed::Item {
        kind: ItemKind::SpecialSkill,
        item: code.parse().unwrap(),
        name: name("某某小吃制作"),
        of: None,
    }
}
fn work_type(occupation: OccupationCode, name: &str) -> ScopedWorkType {
    ScopedWorkType {
        occupation,
        name: name.into(),
    }
}
fn items() -> ScopeGranted {
    ScopeGranted {
        occupations: vec![],
        levels: vec![],
        items: vec!["ZX-2026-017".parse().unwrap()],
        ..scope()
    }
}

#[test]
fn a_scope_may_cover_only_some_work_types() {
    let scope = ScopeGranted {
        work_types: vec![work_type(occupation().code, "电焊工")],
        ..scope()
    };
    past([])
        .when(BodyCommand::GrantScope(scope.clone()))
        .then([scope.clone().into()]);
    let state = fold([scope.into()]);
    let nanjing = region("320102");
    let may = |name| state.may_assess(&by_work_type(name), nanjing, ASSESSED);
    assert_eq!(may(Some("电焊工")), Ok(()));
    let outside = No::WorkTypeOutsideScope {
        occupation: occupation().code,
    };
    assert_eq!(may(Some("气焊工")), Err(outside.clone()));
    assert_eq!(
        may(None),
        Err(outside),
        "the occupation is not covered whole"
    );
    let whole = fold([crate::domain::example::scope().into()]);
    let any = whole.may_assess(&by_work_type(Some("气焊工")), nanjing, ASSESSED);
    assert_eq!(
        any,
        Ok(()),
        "an occupation without named work types is covered whole"
    );
}

#[test]
fn a_scope_may_cover_items_without_a_level() {
    past([])
        .when(BodyCommand::GrantScope(items()))
        .then([items().into()]);
    let state = fold([items().into()]);
    let nanjing = region("320102");
    let may = |assessed, region, on| state.may_assess(&assessed, region, on);
    assert_eq!(may(item("ZX-2026-017"), nanjing, ASSESSED), Ok(()));
    assert_eq!(
        may(item("ZX-2026-018"), nanjing, ASSESSED),
        Err(No::ItemOutsideScope {
            item: "ZX-2026-018".parse().unwrap()
        })
    );
    let shanghai = region("310101");
    assert_eq!(
        may(item("ZX-2026-017"), shanghai, ASSESSED),
        Err(No::RegionOutsideScope { region: shanghai })
    );
    assert_eq!(
        may(item("ZX-2026-017"), nanjing, date(2027, 1, 1)),
        Err(No::ScopeExpired {
            on: date(2027, 1, 1)
        })
    );
    assert_eq!(
        may(by_work_type(None), nanjing, ASSESSED),
        Err(No::OccupationOutsideScope {
            occupation: occupation().code
        })
    );
}

#[test]
fn a_scope_is_whole_and_names_nothing_twice_or_astray() {
    let granted = |change: fn(&mut ScopeGranted)| {
        let mut scope = scope();
        change(&mut scope);
        past([]).when(BodyCommand::GrantScope(scope))
    };
    let cases: [fn(&mut ScopeGranted); 6] = [
        |it| it.levels.clear(),
        |it| it.occupations.clear(),
        |it| it.work_types = vec![work_type(electrician(), "维修电工")],
        |it| it.work_types = vec![work_type(occupation().code, "电焊工"); 2],
        |it| it.items = vec!["ZX-1".parse().unwrap(); 2],
        |it| {
            it.occupations.clear();
            it.levels.clear();
        },
    ];
    for case in cases {
        granted(case).rejected(No::ScopeEmpty);
    }
    granted(|it| it.work_types = vec![work_type(occupation().code, " ")])
        .rejected(No::Text(TextRejection::Missing { field: "work-type" }));
}

#[test]
fn only_employers_scopes_name_the_grades_that_are_appointments() {
    for level in [SkillLevel::Special, SkillLevel::Chief] {
        let scope = ScopeGranted {
            levels: vec![SkillLevel::One, level],
            ..scope()
        };
        past([])
            .when(BodyCommand::GrantScope(scope.clone()))
            .rejected(No::LevelOfEmployers { level });
        let employer = BodyRegistered {
            kind: BodyKind::Employer,
            ..registered()
        };
        given::<BodyDecider>([employer.into()])
            .when(BodyCommand::GrantScope(scope.clone()))
            .then([scope.into()]);
    }
}

fn permit() -> CrossRegionPermitted {
    CrossRegionPermitted {
        host: region("330000"),
        from: date(2026, 1, 1),
        to: date(2026, 12, 31),
        rules: Side::Host,
        number_rule: Side::Home,
        number_code: None,
        basis: "苏浙人社合〔2026〕2号".into(),
    }
}
fn host_code(province: &str) -> NumberCode {
    NumberCode {
        province: province.into(),
        sequence: "000021".into(),
        ..number_code()
    }
}
fn by_host() -> CrossRegionPermitted {
    CrossRegionPermitted {
        number_rule: Side::Host,
        number_code: Some(host_code("33")),
        ..permit()
    }
}
fn permitting(permitted: CrossRegionPermitted) -> BodyCommand {
    BodyCommand::PermitCrossRegion {
        permitted,
        grammar: NumberGrammar::level_certificate(),
    }
}
fn end_permit(on: Date) -> Act {
    Act::EndCrossRegion {
        host: region("330000"),
        ground: "协议终止".into(),
        basis: "苏浙示范合〔2026〕2号".into(),
        on,
    }
}
fn abroad() -> ScopeGranted {
    ScopeGranted {
        grant: other(),
        regions: vec![region("330100"), region("330200")],
        ..scope()
    }
}
fn permit_ended(on: Date) -> CrossRegionEnded {
    CrossRegionEnded {
        host: region("330000"),
        on,
        reason: "协议终止".into(),
    }
}

#[test]
fn work_in_another_province_needs_a_permit() {
    let grant = |scope| BodyCommand::GrantScope(scope);
    past([]).when(grant(abroad())).rejected(No::PermitMissing {
        region: region("330100"),
    });
    past([permit().into()])
        .when(grant(abroad()))
        .then([abroad().into()]);
    past([permit().into(), permit_ended(TODAY).into()])
        .when(grant(abroad()))
        .rejected(No::PermitMissing {
            region: region("330100"),
        });
    let both = ScopeGranted {
        regions: vec![region("320000"), region("330100")],
        ..abroad()
    };
    past([permit().into()])
        .when(grant(both))
        .rejected(No::ScopeAcross);
    let jiangxi = CrossRegionPermitted {
        host: region("360000"),
        ..permit()
    };
    let two = ScopeGranted {
        regions: vec![region("330100"), region("360100")],
        ..abroad()
    };
    past([permit().into(), jiangxi.into()])
        .when(grant(two.clone()))
        .rejected(No::ScopeAcross);
    past([permit().into()])
        .when(grant(two))
        .rejected(No::PermitMissing {
            region: region("360100"),
        });
    let too_short = No::PermitTooShort {
        from: date(2026, 1, 1),
        to: date(2026, 12, 31),
    };
    for (from, to) in [
        (date(2025, 12, 31), date(2026, 12, 31)),
        (date(2026, 1, 1), date(2027, 1, 1)),
    ] {
        let scope = ScopeGranted {
            from,
            to,
            ..abroad()
        };
        past([permit().into()])
            .when(grant(scope))
            .rejected(too_short.clone());
    }
}

#[test]
fn a_permit_is_for_one_other_province_and_says_whose_numbers() {
    past([]).when(permitting(permit())).then([permit().into()]);
    past([])
        .when(permitting(by_host()))
        .then([by_host().into()]);
    let home = CrossRegionPermitted {
        host: region("320100"),
        ..permit()
    };
    past([]).when(permitting(home)).rejected(No::PermitAtHome);
    let backwards = CrossRegionPermitted {
        to: date(2025, 12, 31),
        ..permit()
    };
    past([])
        .when(permitting(backwards))
        .rejected(No::DatesDisagree);
    let city = || CrossRegionPermitted {
        host: region("330100"),
        ..permit()
    };
    past([permit().into()])
        .when(permitting(city()))
        .rejected(No::PermitTaken);
    past([city().into()])
        .when(permitting(permit()))
        .rejected(No::PermitTaken);
    past([permit().into(), permit_ended(TODAY).into()])
        .when(permitting(city()))
        .then([city().into()]);
    let unfit = [
        CrossRegionPermitted {
            number_code: None,
            ..by_host()
        },
        CrossRegionPermitted {
            number_code: Some(host_code("33")),
            ..permit()
        },
        CrossRegionPermitted {
            number_code: Some(host_code("36")),
            ..by_host()
        },
        CrossRegionPermitted {
            number_code: Some(NumberCode {
                sequence: "000000".into(),
                ..host_code("33")
            }),
            ..by_host()
        },
    ];
    for permitted in unfit {
        past([])
            .when(permitting(permitted))
            .rejected(No::HostNumberCodeUnfit);
    }
    let school = BodyRegistered {
        kind: BodyKind::TrainingProvider,
        ..registered()
    };
    given::<BodyDecider>([school.into()])
        .when(permitting(permit()))
        .rejected(No::AssessesNobody);
    let withdrawn = BodyWithdrawn {
        ground: "虚假评价".into(),
        basis: "某文".into(),
        on: TODAY,
    };
    past([withdrawn.into()])
        .when(permitting(permit()))
        .rejected(No::Withdrawn { since: TODAY });
}

#[test]
fn a_permit_ends_with_the_scopes_that_rest_on_it() {
    let end = |on| proposed(end_permit(on));
    let scope_ended = |on| ScopeEnded {
        grant: other(),
        on,
        reason: "协议终止".into(),
    };
    let approved = || BodyEvent::Proposal(approval().approved().into());
    let waits = || made(end_permit(TODAY));
    past([permit().into(), scope().into(), abroad().into()])
        .when(end(TODAY))
        .then([waits()]);
    past([permit().into(), scope().into(), abroad().into(), waits()])
        .when(BodyCommand::Approve(approval()))
        .then([
            approved(),
            scope_ended(TODAY).into(),
            permit_ended(TODAY).into(),
        ]);
    let himself = Approval {
        by: maker(),
        ..approval()
    };
    past([permit().into(), abroad().into(), waits()])
        .when(BodyCommand::Approve(himself))
        .rejected(No::Proposal(ProposalRejection::SamePerson));
    past([
        permit().into(),
        abroad().into(),
        scope_ended(TODAY).into(),
        waits(),
    ])
    .when(BodyCommand::Approve(approval()))
    .then([approved(), permit_ended(TODAY).into()]);
    past([permit().into(), waits(), permit_ended(TODAY).into()])
        .when(BodyCommand::Approve(approval()))
        .rejected(No::PermitUnknown);
    let tomorrow = date(2026, 7, 21);
    past([permit().into(), made(end_permit(tomorrow))])
        .when(BodyCommand::Approve(approval()))
        .rejected(No::NotYet { on: tomorrow });
    past([]).when(end(TODAY)).rejected(No::PermitUnknown);
    past([permit().into(), permit_ended(TODAY).into()])
        .when(end(TODAY))
        .rejected(No::PermitUnknown);
    past([permit().into()])
        .when(end(date(2025, 12, 31)))
        .rejected(No::DateBefore {
            earliest: date(2026, 1, 1),
        });
    let run_out = |on| BodyCommand::EndCrossRegion(permit_ended(on));
    past([permit().into()])
        .when(run_out(date(2026, 12, 31)))
        .rejected(No::DateBefore {
            earliest: date(2027, 1, 1),
        });
    past([permit().into()])
        .when(run_out(date(2027, 1, 1)))
        .then([permit_ended(date(2027, 1, 1)).into()]);
    let state = fold([permit().into()]);
    assert_eq!(state.expired_permits(date(2026, 12, 31)), []);
    let over = CrossRegionEnded {
        host: region("330000"),
        on: date(2027, 1, 1),
        reason: EXPIRED.into(),
    };
    assert_eq!(state.expired_permits(date(2027, 1, 1)), vec![over.clone()]);
    let state = fold([permit().into(), over.into()]);
    assert_eq!(state.expired_permits(date(2027, 1, 1)), []);
}

#[test]
fn the_permit_says_whose_rules_and_numbers_apply() {
    let assigned = || {
        NumberCodeAssigned {
            code: number_code(),
        }
        .into()
    };
    let (nanjing, hangzhou) = (region("320102"), region("330106"));
    let home = Applicable {
        rules_of: region("320000"),
        number_code: Some(number_code()),
    };
    let missing = Err(No::PermitMissing { region: hangzhou });
    let state = fold([assigned()]);
    assert_eq!(state.applicable_in(nanjing), Ok(home.clone()));
    assert_eq!(state.applicable_in(hangzhou), missing);
    let state = fold([assigned(), permit().into()]);
    assert_eq!(state.applicable_in(nanjing), Ok(home));
    assert_eq!(
        state.applicable_in(hangzhou),
        Ok(Applicable {
            rules_of: region("330000"),
            number_code: Some(number_code()),
        })
    );
    let rules_of_home = CrossRegionPermitted {
        rules: Side::Home,
        ..by_host()
    };
    let state = fold([assigned(), rules_of_home.clone().into()]);
    assert_eq!(
        state.applicable_in(hangzhou),
        Ok(Applicable {
            rules_of: region("320000"),
            number_code: Some(host_code("33")),
        })
    );
    let ended = permit_ended(TODAY).into();
    let state = fold([assigned(), rules_of_home.into(), ended]);
    assert_eq!(state.applicable_in(hangzhou), missing);
    let body = state.body().unwrap();
    assert_eq!(
        body.number_code_in(hangzhou),
        Some(&host_code("33")),
        "what is finished after the permit bears the numbers it was begun under"
    );
}

fn take_back(occupations: Vec<OccupationCode>, rest: Option<GrantId>) -> Act {
    Act::TakeBackScope {
        grant: grant(),
        occupations,
        rest,
        ground: "不再具备条件".into(),
        basis: "苏人社罚〔2026〕9号".into(),
        on: TODAY,
    }
}
fn proposed(act: Act) -> BodyCommand {
    BodyCommand::Propose {
        proposing: proposing(),
        act,
    }
}
fn made(act: Act) -> BodyEvent {
    BodyEvent::Proposal(proposing().made(act).into())
}
fn taken() -> ScopeEnded {
    ScopeEnded {
        grant: grant(),
        on: TODAY,
        reason: "不再具备条件".into(),
    }
}

#[test]
fn a_scope_is_taken_back_by_two_people() {
    let whole = || take_back(vec![], None);
    past([scope().into()])
        .when(proposed(whole()))
        .then([made(whole())]);
    past([scope().into(), made(whole())])
        .when(BodyCommand::Approve(approval()))
        .then([
            BodyEvent::Proposal(approval().approved().into()),
            taken().into(),
        ]);
    past([]).when(proposed(whole())).rejected(No::GrantUnknown);
    past([scope().into(), made(whole()), taken().into()])
        .when(BodyCommand::Approve(approval()))
        .rejected(No::GrantUnknown);
    let tomorrow = match whole() {
        Act::TakeBackScope {
            grant,
            ground,
            basis,
            ..
        } => Act::TakeBackScope {
            grant,
            occupations: vec![],
            rest: None,
            ground,
            basis,
            on: date(2026, 7, 21),
        },
        other => other,
    };
    past([scope().into(), made(tomorrow)])
        .when(BodyCommand::Approve(approval()))
        .rejected(No::NotYet {
            on: date(2026, 7, 21),
        });
}

#[test]
fn one_occupation_of_a_scope_is_taken_back_and_the_rest_stays() {
    let wide = ScopeGranted {
        occupations: vec![occupation().code, electrician()],
        work_types: vec![work_type(occupation().code, "电焊工")],
        ..scope()
    };
    let rest = ScopeGranted {
        grant: other(),
        occupations: vec![electrician()],
        work_types: vec![],
        from: TODAY,
        ..wide.clone()
    };
    let act = || take_back(vec![occupation().code], Some(other()));
    past([wide.clone().into(), made(act())])
        .when(BodyCommand::Approve(approval()))
        .then([
            BodyEvent::Proposal(approval().approved().into()),
            taken().into(),
            rest.into(),
        ]);
    // A scope that has not begun keeps its first day.
    let later = ScopeGranted {
        from: date(2026, 9, 1),
        ..wide.clone()
    };
    let rest = ScopeGranted {
        grant: other(),
        occupations: vec![electrician()],
        work_types: vec![],
        ..later.clone()
    };
    past([later.into(), made(act())])
        .when(BodyCommand::Approve(approval()))
        .then([
            BodyEvent::Proposal(approval().approved().into()),
            taken().into(),
            rest.into(),
        ]);
    let nothing = [
        take_back(vec![occupation().code], None),
        take_back(vec![], Some(other())),
        take_back(vec!["4-03-02-01".parse().unwrap()], Some(other())),
        take_back(vec![occupation().code; 2], Some(other())),
        take_back(vec![occupation().code, electrician()], Some(other())),
    ];
    for act in nothing {
        let refused = past([wide.clone().into()]).when(proposed(act.clone()));
        if act == take_back(vec![], Some(other())) {
            // Nothing named and a place for the rest: the whole stays as it was, under a new id.
            refused.then([made(act)]);
        } else {
            refused.rejected(No::NothingTakenBack);
        }
    }
    past([wide.clone().into()])
        .when(proposed(take_back(vec![occupation().code], Some(grant()))))
        .rejected(No::GrantTaken);
    // Where items are covered too, all occupations may go.
    let mixed = ScopeGranted {
        items: items().items,
        ..scope()
    };
    let left = ScopeGranted {
        grant: other(),
        from: TODAY,
        ..items()
    };
    past([mixed.into(), made(act())])
        .when(BodyCommand::Approve(approval()))
        .then([
            BodyEvent::Proposal(approval().approved().into()),
            taken().into(),
            left.into(),
        ]);
    let short = ScopeGranted {
        to: date(2026, 7, 19),
        ..wide
    };
    past([short.into()])
        .when(proposed(act()))
        .rejected(No::ScopeExpired { on: TODAY });
}
