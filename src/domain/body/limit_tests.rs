//! Limits are inclusive: the first day, the last day, the last index, the most there may be.

use crate::domain::body::command::{BodyCommand as Command, Issuing, SerialRun, TakeSerials};
use crate::domain::body::decider::BodyDecider;
use crate::domain::body::event::*;
use crate::domain::body::rejection::BodyRejection as No;
use crate::domain::body::review::SESSIONS_MAX;
use crate::domain::body::state::{BodyState, STATUS_LIST_SIZE};
use crate::domain::decider::Decider;
use crate::domain::decider::harness::{Given, given};
use crate::domain::example::*;
use crate::domain::ids::{GrantId, ReviewId, SessionId};
use crate::domain::level::SkillLevel;
use crate::domain::number::{CountedBy, NumberGrammar};
use crate::domain::proposal::Act;
use crate::domain::region::RegionCode;
use crate::domain::rules::bodies;
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
fn permit(host: &str) -> CrossRegionPermitted {
    CrossRegionPermitted {
        host: region(host),
        from: TODAY,
        to: TODAY,
        rules: Side::Home,
        number_rule: Side::Home,
        number_code: None,
        basis: "跨省协作〔2026〕1号".into(),
    }
}
fn permit_ended(host: &str) -> CrossRegionEnded {
    CrossRegionEnded {
        host: region(host),
        on: TODAY,
        reason: "协作终止".into(),
    }
}
fn issuing(assessed_on: Date, on: Date) -> Issuing {
    Issuing {
        session: session_id(),
        attainments: vec![attainment(SkillLevel::Three)],
        region: region("320102"),
        assessed_on,
        on,
    }
}

#[test]
fn a_permit_may_be_of_one_day_and_end_on_its_first() {
    let command = Command::PermitCrossRegion {
        permitted: permit("360000"),
        grammar: NumberGrammar::level_certificate(),
    };
    past([]).when(command).then([permit("360000").into()]);
    let end = || Act::EndCrossRegion {
        host: region("360000"),
        ground: "协作终止".into(),
        basis: "跨省协作〔2026〕2号".into(),
        on: TODAY,
    };
    past([permit("360000").into()])
        .when(Command::Propose {
            proposing: proposing(),
            act: end(),
        })
        .then([BodyEvent::Proposal(proposing().made(end()).into())]);
}

#[test]
fn the_end_of_one_permit_leaves_the_others() {
    let state = fold([
        permit("360000").into(),
        permit("510000").into(),
        permit_ended("510000").into(),
    ]);
    let body = state.body().unwrap();
    assert!(body.permit_for(region("360000")).is_some());
    assert!(body.permit_for(region("510000")).is_none());
}

#[test]
fn a_scope_may_be_of_one_day() {
    let one_day = ScopeGranted {
        from: TODAY,
        to: TODAY,
        ..scope()
    };
    past([])
        .when(Command::GrantScope(one_day.clone()))
        .then([one_day.into()]);
}

#[test]
fn a_certificate_may_be_issued_on_the_day_of_the_assessment_and_not_before() {
    let state = BodyDecider::fold(&body_past());
    assert_eq!(state.may_issue(&issuing(TODAY, TODAY)), Ok(()));
    let before = TODAY.yesterday().unwrap();
    assert_eq!(
        state.may_issue(&issuing(TODAY, before)),
        Err(No::DateBefore { earliest: TODAY })
    );
}

#[test]
fn a_scope_that_has_ended_is_told_before_one_that_has_not_begun() {
    let coming = ScopeGranted {
        grant: GrantId(Uuid::from_u128(u128::MAX)),
        from: date(2027, 6, 1),
        to: date(2027, 12, 31),
        ..scope()
    };
    let state = fold([scope().into(), coming.into()]);
    let between = date(2027, 2, 1);
    assert_eq!(
        state.may_issue(&issuing(between, between)),
        Err(No::ScopeExpired {
            on: date(2027, 1, 1)
        })
    );
}

#[test]
fn part_of_a_scope_is_taken_back_even_on_its_last_day() {
    let wide = ScopeGranted {
        occupations: vec![occupation().code, "6-31-01-03".parse().unwrap()],
        ..scope()
    };
    let rest = GrantId(Uuid::from_u128(0x61));
    let act = |on| Act::TakeBackScope {
        grant: grant(),
        occupations: vec![occupation().code],
        rest: Some(rest),
        ground: "条件不再具备".into(),
        basis: "苏人社函〔2026〕2号".into(),
        on,
    };
    let propose = |on| Command::Propose {
        proposing: proposing(),
        act: act(on),
    };
    let made = |on| BodyEvent::Proposal(proposing().made(act(on)).into());
    past([wide.clone().into()])
        .when(propose(wide.to))
        .then([made(wide.to)]);
    past([wide.clone().into()])
        .when(propose(wide.to.tomorrow().unwrap()))
        .rejected(No::ScopeExpired {
            on: wide.to.tomorrow().unwrap(),
        });
}

#[test]
fn the_last_index_of_a_list_is_given_out() {
    let taken = |count, first_index| -> BodyEvent {
        SerialsTaken {
            grammar: "level-certificate".into(),
            year: 2026,
            counted: CountedBy::Level {
                level: SkillLevel::Three,
            },
            first: first_index + 1,
            count,
            list: 1,
            first_index,
        }
        .into()
    };
    let take = Command::TakeSerials(TakeSerials {
        issuing: issuing(ASSESSED, TODAY),
        runs: vec![SerialRun {
            attainment: attainment(SkillLevel::Three),
            grammar: NumberGrammar::level_certificate(),
            count: 1,
        }],
    });
    let after = |events: Vec<BodyEvent>| {
        given::<BodyDecider>(body_past().into_iter().chain(events)).when(take.clone())
    };
    let all_but_one = STATUS_LIST_SIZE - 1;
    after(vec![taken(all_but_one, 0)]).then([taken(1, all_but_one)]);
    after(vec![taken(all_but_one, 0), taken(1, all_but_one)]).rejected(No::ListFull { left: 0 });
}

#[test]
fn stars_and_credit_may_be_of_one_day() {
    let graded = StarGraded {
        stars: 3,
        from: TODAY,
        to: TODAY,
        basis: "苏人社评〔2026〕4号".into(),
    };
    past([])
        .when(Command::GradeStars(graded.clone()))
        .then([graded.into()]);
}

#[test]
fn a_selection_names_at_most_fifty_conditions() {
    let selected = |conditions: u32| BodySelected {
        task: "2026年补贴性培训评价任务".into(),
        subsidised: false,
        method: SelectionMethod::Conditions,
        conditions: (1..=conditions).map(|n| format!("条件{n}")).collect(),
        basis: "苏人社遴选〔2026〕1号".into(),
        on: TODAY,
        stars: None,
        credit: None,
    };
    let select = |conditions| Command::Select {
        selected: selected(conditions),
        policy: bodies::built_in(),
    };
    past([]).when(select(50)).then([selected(50).into()]);
    past([]).when(select(51)).rejected(No::ConditionsMissing);
}

fn ordered(sessions: u128) -> ReviewOrdered {
    let session = |n| SessionId(Uuid::from_u128(n));
    ReviewOrdered {
        review: ReviewId(Uuid::from_u128(0xe1)),
        of: ReviewOf::Sessions {
            sessions: (1..=sessions).map(session).collect(),
        },
        certificates: 3,
        as_of_position: 9,
        ground: "虚假评价".into(),
        basis: "苏人社罚〔2026〕9号".into(),
        on: TODAY,
    }
}

#[test]
fn a_review_is_of_at_most_a_thousand_sessions() {
    let most = SESSIONS_MAX as u128;
    past([])
        .when(Command::OrderReview(ordered(most)))
        .then([ordered(most).into()]);
    past([])
        .when(Command::OrderReview(ordered(most + 1)))
        .rejected(No::ReviewOfNothing);
}

#[test]
fn a_review_may_be_closed_on_the_day_it_was_ordered() {
    let closed = ReviewClosed {
        review: ordered(1).review,
        kept: 2,
        ended: 1,
        conclusion: "一份撤销".into(),
        on: TODAY,
    };
    past([ordered(1).into()])
        .when(Command::CloseReview(closed.clone()))
        .then([closed.into()]);
}

fn listed(to: Option<Date>) -> TrainingBaseListed {
    TrainingBaseListed {
        from: TODAY,
        to,
        basis: "赣人社公布〔2026〕5号".into(),
    }
}
fn noticed(on: Date) -> TrainingBaseNoticed {
    TrainingBaseNoticed {
        from: on,
        closes_on: on,
        working_days: 0,
        basis: "赣人社公示〔2026〕3号".into(),
    }
}

#[test]
fn a_training_base_is_noticed_again_once_its_listing_has_run_out() {
    let one_day = listed(Some(TODAY));
    past([noticed(TODAY).into()])
        .when(Command::ListTrainingBase(one_day.clone()))
        .then([one_day.clone().into()]);
    let past_listing = || past([noticed(TODAY).into(), one_day.clone().into()]);
    past_listing()
        .when(Command::NoticeTrainingBase(noticed(TODAY)))
        .rejected(No::BaseListed);
    let next = TODAY.tomorrow().unwrap();
    past_listing()
        .when(Command::NoticeTrainingBase(noticed(next)))
        .then([noticed(next).into()]);
}

#[test]
fn a_training_base_may_be_struck_on_its_first_day() {
    let struck = TrainingBaseStruck {
        ground: "虚假培训".into(),
        basis: "师资培训基地管理办法".into(),
        on: TODAY,
    };
    past([noticed(TODAY).into(), listed(None).into()])
        .when(Command::StrikeTrainingBase(struck.clone()))
        .then([struck.into()]);
}

fn opened() -> EcosystemOpened {
    EcosystemOpened {
        name: "某某汽车产业技能生态圈".into(),
        region: region("330110"),
        from: TODAY,
        basis: "余人社备〔2026〕3号".into(),
    }
}
fn joined(member: &str) -> EcosystemMemberJoined {
    EcosystemMemberJoined {
        member: member.parse().unwrap(),
        name: name("某某零部件有限公司"),
        from: TODAY,
        basis: "余人社备〔2026〕7号".into(),
    }
}
fn left(member: &str) -> EcosystemMemberLeft {
    EcosystemMemberLeft {
        member: member.parse().unwrap(),
        on: TODAY,
        reason: "退出".into(),
    }
}
const FIRST: &str = "91330100799655058B";
const SECOND: &str = "91440300708461136T";

#[test]
fn a_member_may_join_on_the_first_day_and_leave_at_once_and_the_others_stay() {
    let employer = BodyRegistered {
        kind: BodyKind::Employer,
        ..registered()
    };
    let with = |events: Vec<BodyEvent>| -> Vec<BodyEvent> {
        [employer.clone().into(), opened().into()]
            .into_iter()
            .chain(events)
            .collect()
    };
    given::<BodyDecider>(with(vec![]))
        .when(Command::JoinEcosystem(joined(FIRST)))
        .then([joined(FIRST).into()]);
    let both = || vec![joined(FIRST).into(), joined(SECOND).into()];
    given::<BodyDecider>(with(both()))
        .when(Command::LeaveEcosystem(left(SECOND)))
        .then([left(SECOND).into()]);
    let mut events = both();
    events.push(left(SECOND).into());
    let state = BodyDecider::fold(&with(events));
    let body = state.body().unwrap();
    assert!(body.is_member(&FIRST.parse().unwrap(), TODAY));
    assert!(!body.is_member(&SECOND.parse().unwrap(), TODAY));
}
