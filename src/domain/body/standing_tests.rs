use crate::domain::attainment::Assessed;
use crate::domain::body::command::{BodyCommand as Command, Issuing};
use crate::domain::body::decider::BodyDecider;
use crate::domain::body::event::*;
use crate::domain::body::rejection::BodyRejection as No;
use crate::domain::body::state::BodyState;
use crate::domain::decider::Decider;
use crate::domain::decider::harness::given;
use crate::domain::example::*;
use crate::domain::level::SkillLevel;
use crate::domain::number::{NumberCode, NumberGrammar};
use jiff::civil::{Date, date};

const SUSPENDED: Date = date(2026, 3, 2);
const REINSTATED: Date = date(2026, 4, 1);

fn since(events: impl IntoIterator<Item = BodyEvent>) -> BodyState {
    let events: Vec<BodyEvent> = body_past().into_iter().chain(events).collect();
    BodyDecider::fold(&events)
}
fn suspended() -> BodyEvent {
    BodySuspended {
        ground: "管理混乱".into(),
        basis: "苏人社罚〔2026〕9号".into(),
        on: SUSPENDED,
    }
    .into()
}
fn reinstated() -> BodyEvent {
    BodyReinstated {
        ground: "整改合格".into(),
        on: REINSTATED,
    }
    .into()
}
fn withdrawn() -> BodyEvent {
    BodyWithdrawn {
        ground: "虚假评价".into(),
        basis: "苏人社罚〔2026〕9号".into(),
        on: REINSTATED,
    }
    .into()
}
fn assess(body: &BodyState, on: Date) -> Result<(), No> {
    let assessed = Assessed::Levels {
        occupation: occupation().code,
        occupation_name: name("焊工"),
        work_type: None,
        levels: vec![SkillLevel::Three],
    };
    body.may_assess(&assessed, "320102".parse().unwrap(), on)
}
fn issue(body: &BodyState, on: Date) -> Result<(), No> {
    body.may_issue(&Issuing {
        session: session_id(),
        attainments: vec![attainment(SkillLevel::Three)],
        region: "320102".parse().unwrap(),
        assessed_on: date(2026, 2, 20),
        on,
    })
}

#[test]
fn a_reinstated_body_assesses_and_issues_nothing_for_a_day_of_its_suspension() {
    let body = since([suspended(), reinstated()]);
    let then = No::SuspendedThen {
        since: SUSPENDED,
        until: REINSTATED,
    };
    for asked in [assess, issue] {
        assert_eq!(asked(&body, SUSPENDED.yesterday().unwrap()), Ok(()));
        assert_eq!(asked(&body, SUSPENDED), Err(then.clone()));
        assert_eq!(
            asked(&body, REINSTATED.yesterday().unwrap()),
            Err(then.clone())
        );
        assert_eq!(asked(&body, REINSTATED), Ok(()));
    }
    assert_eq!(body.stood_on(SUSPENDED), Err(then));
    assert_eq!(body.stood_on(REINSTATED), Ok(()));
}

#[test]
fn a_suspension_that_runs_refuses_every_day() {
    let body = since([suspended()]);
    let no = No::Suspended { since: SUSPENDED };
    assert_eq!(body.in_good_standing(), Err(no.clone()));
    assert_eq!(since([]).in_good_standing(), Ok(()));
    assert_eq!(assess(&body, TODAY), Err(no.clone()));
    assert_eq!(issue(&body, TODAY), Err(no));
}

#[test]
fn a_body_suspended_or_withdrawn_does_not_train_either() {
    assert_eq!(since([]).may_train(), Ok(()));
    assert_eq!(
        since([suspended()]).may_train(),
        Err(No::Suspended { since: SUSPENDED })
    );
    assert_eq!(since([suspended(), reinstated()]).may_train(), Ok(()));
    assert_eq!(
        since([withdrawn()]).may_train(),
        Err(No::Withdrawn { since: REINSTATED })
    );
    let school: BodyEvent = BodyRegistered {
        kind: BodyKind::TrainingProvider,
        ..registered()
    }
    .into();
    let school = BodyDecider::fold(&[school]);
    assert_eq!(school.may_train(), Ok(()));
    assert_eq!(school.in_good_standing(), Err(No::AssessesNobody));
    assert_eq!(BodyState::Absent.may_train(), Err(No::NotRegistered));
}

#[test]
fn a_body_filed_with_a_province_bears_the_digits_of_that_province() {
    let assign = |code| Command::AssignNumberCode {
        code,
        grammar: NumberGrammar::level_certificate(),
    };
    let of = |body: &str, province: &str| NumberCode {
        body: body.into(),
        province: province.into(),
        ..number_code()
    };
    let elsewhere = of("0000", "36");
    given::<BodyDecider>([registered().into()])
        .when(assign(elsewhere))
        .rejected(No::NumberProvinceUnfit {
            region: "320000".parse().unwrap(),
        });
    // Filed with the ministry: its sites are where they are.
    let ministry = of("0042", "36");
    given::<BodyDecider>([registered().into()])
        .when(assign(ministry.clone()))
        .then([NumberCodeAssigned { code: ministry }.into()]);
}

#[test]
fn an_employer_bears_y_and_never_s() {
    let employer = BodyRegistered {
        kind: BodyKind::Employer,
        ..registered()
    };
    let code = |letter: &str| NumberCode {
        letter: letter.into(),
        ..number_code()
    };
    let assign = |letter| Command::AssignNumberCode {
        code: code(letter),
        grammar: NumberGrammar::level_certificate(),
    };
    given::<BodyDecider>([employer.clone().into()])
        .when(assign("Y"))
        .then([NumberCodeAssigned { code: code("Y") }.into()]);
    given::<BodyDecider>([employer.into()])
        .when(assign("S"))
        .rejected(No::NumberLetterUnfit);
}

#[test]
fn a_host_assigns_no_letter_of_another_kind_of_body() {
    let code = |letter: &str| NumberCode {
        letter: letter.into(),
        province: "36".into(),
        ..number_code()
    };
    let permitted = |letter| CrossRegionPermitted {
        host: "360000".parse().unwrap(),
        from: date(2026, 1, 1),
        to: date(2026, 12, 31),
        rules: Side::Host,
        number_rule: Side::Host,
        number_code: Some(code(letter)),
        basis: "苏赣协作〔2026〕1号".into(),
    };
    let command = |letter| Command::PermitCrossRegion {
        permitted: permitted(letter),
        grammar: NumberGrammar::level_certificate(),
    };
    given::<BodyDecider>([registered().into()])
        .when(command("Y"))
        .rejected(No::NumberLetterUnfit);
    given::<BodyDecider>([registered().into()])
        .when(command("S"))
        .then([permitted("S").into()]);
}
