//! Whom a body may assess: own staff, members' staff, own students, those it has not trained.

use crate::domain::background::{Education, Relation, School, StudyRecorded, WorkRecorded};
use crate::domain::body::affiliation::Affiliation;
use crate::domain::body::command::BodyCommand;
use crate::domain::body::decider::BodyDecider;
use crate::domain::body::event::*;
use crate::domain::body::rejection::BodyRejection as No;
use crate::domain::body::separation::{Assessing, Taught, check_separation};
use crate::domain::body::state::BodyState;
use crate::domain::credit_code::CreditCode;
use crate::domain::decider::Decider;
use crate::domain::decider::harness::{Given, given};
use crate::domain::example::*;
use crate::domain::ids::{BodyId, RecordId, SubjectId};
use crate::domain::rules::bodies::{self, Separation};
use jiff::civil::{Date, date};
use uuid::Uuid;

const OWN: &str = "91350100M000100Y43";
const MEMBER: &str = "91330100799655058B";
const STRANGER: &str = "91440300708461136T";

fn of_kind(kind: BodyKind) -> BodyEvent {
    BodyRegistered {
        kind,
        ..registered()
    }
    .into()
}
fn past(events: impl IntoIterator<Item = BodyEvent>) -> Given<BodyDecider> {
    given::<BodyDecider>([of_kind(BodyKind::Employer)].into_iter().chain(events))
}
fn employer(events: impl IntoIterator<Item = BodyEvent>) -> BodyState {
    let events: Vec<BodyEvent> = [of_kind(BodyKind::Employer)]
        .into_iter()
        .chain(events)
        .collect();
    BodyDecider::fold(&events)
}
fn body(kind: BodyKind) -> BodyState {
    BodyDecider::fold(&[of_kind(kind)])
}
fn code(text: &str) -> CreditCode {
    text.parse().unwrap()
}
fn work(employer: &str, relation: Relation, from: Date, to: Option<Date>) -> WorkRecorded {
    WorkRecorded {
        record: RecordId(Uuid::from_u128(1)),
        employer: (relation != Relation::SelfEmployed).then(|| code(employer)),
        relation,
        occupation: None,
        from,
        to,
        evidence: vec![digest(1)],
    }
}
fn study(institution: Option<&str>, graduated_on: Option<Date>) -> StudyRecorded {
    StudyRecorded {
        record: RecordId(Uuid::from_u128(2)),
        school: School::TechnicianSchoolSenior,
        institution: institution.map(code),
        education: Education::College,
        speciality: "焊接技术应用".into(),
        related: vec![occupation().code],
        from: date(2023, 9, 1),
        graduated_on,
        expected_on: None,
        evidence: vec![digest(1)],
    }
}
fn judged(
    state: &BodyState,
    works: &[WorkRecorded],
    studies: &[StudyRecorded],
    on: Date,
) -> Result<(), No> {
    let candidate = Affiliation { works, studies };
    state.may_assess_person(&candidate, &bodies::built_in(), on)
}

fn opened() -> EcosystemOpened {
    EcosystemOpened {
        name: "某某汽车产业技能生态圈".into(),
        region: "330110".parse().unwrap(),
        from: date(2026, 1, 1),
        basis: "余人社备〔2026〕3号".into(),
    }
}
fn joined() -> EcosystemMemberJoined {
    EcosystemMemberJoined {
        member: code(MEMBER),
        name: name("某某零部件有限公司"),
        from: date(2026, 3, 1),
        basis: "余人社备〔2026〕7号".into(),
    }
}
fn left() -> EcosystemMemberLeft {
    EcosystemMemberLeft {
        member: code(MEMBER),
        on: date(2026, 9, 1),
        reason: "退出供应链".into(),
    }
}
fn closed() -> EcosystemClosed {
    EcosystemClosed {
        on: date(2026, 8, 1),
        reason: "链主变更".into(),
    }
}

#[test]
fn an_employer_assesses_its_own_people_on_the_days_they_work_there() {
    let state = employer([]);
    let from = date(2026, 2, 1);
    let staff = |relation, to| [work(OWN, relation, from, to)];
    for relation in [Relation::Staff, Relation::Dispatched, Relation::Apprentice] {
        assert_eq!(judged(&state, &staff(relation, None), &[], TODAY), Ok(()));
    }
    let none = |date| Err(No::NotOwnStaff { date });
    let staff_to = |to| staff(Relation::Staff, to);
    assert_eq!(judged(&state, &staff_to(None), &[], from), Ok(()));
    let eve = date(2026, 1, 31);
    assert_eq!(judged(&state, &staff_to(None), &[], eve), none(eve));
    let last = date(2026, 6, 30);
    assert_eq!(judged(&state, &staff_to(Some(last)), &[], last), Ok(()));
    let after = date(2026, 7, 1);
    let gone = judged(&state, &staff_to(Some(last)), &[], after);
    assert_eq!(gone, none(after));
    let stranger = [work(STRANGER, Relation::Staff, from, None)];
    assert_eq!(judged(&state, &stranger, &[], TODAY), none(TODAY));
    let alone = [work(OWN, Relation::SelfEmployed, from, None)];
    assert_eq!(judged(&state, &alone, &[], TODAY), none(TODAY));
    assert_eq!(judged(&state, &[], &[], TODAY), none(TODAY));
}

#[test]
fn a_form_of_work_counts_if_the_policy_says_so() {
    let state = employer([]);
    let from = date(2026, 2, 1);
    let outsourced = work(OWN, Relation::Outsourced, from, None);
    let refused = Err(No::RelationNotAssessed { date: TODAY });
    assert_eq!(
        judged(&state, std::slice::from_ref(&outsourced), &[], TODAY),
        refused
    );
    let both = [
        outsourced.clone(),
        work(OWN, Relation::Dispatched, from, None),
    ];
    assert_eq!(judged(&state, &both, &[], TODAY), Ok(()));
    let mut policy = bodies::built_in();
    policy.own_staff.push(Relation::Outsourced);
    let candidate = Affiliation {
        works: &[outsourced],
        studies: &[],
    };
    assert_eq!(state.may_assess_person(&candidate, &policy, TODAY), Ok(()));
}

#[test]
fn members_staff_are_assessed_on_the_days_of_membership() {
    let staff = [work(MEMBER, Relation::Dispatched, date(2020, 1, 1), None)];
    let at = |state: &BodyState, on| judged(state, &staff, &[], on);
    let member = employer([opened().into(), joined().into()]);
    assert_eq!(at(&member, date(2026, 3, 1)), Ok(()));
    let eve = date(2026, 2, 28);
    assert_eq!(at(&member, eve), Err(No::NotMemberThatDay { date: eve }));
    let former = employer([opened().into(), joined().into(), left().into()]);
    assert_eq!(at(&former, date(2026, 8, 31)), Ok(()));
    let out = date(2026, 9, 1);
    assert_eq!(at(&former, out), Err(No::NotMemberThatDay { date: out }));
    let over = employer([opened().into(), joined().into(), closed().into()]);
    assert_eq!(at(&over, date(2026, 7, 31)), Ok(()));
    let end = date(2026, 8, 1);
    assert_eq!(at(&over, end), Err(No::NotMemberThatDay { date: end }));
    let outsourced = [work(MEMBER, Relation::Outsourced, date(2020, 1, 1), None)];
    assert_eq!(
        judged(&member, &outsourced, &[], TODAY),
        Err(No::RelationNotAssessed { date: TODAY })
    );
    let stranger = [work(STRANGER, Relation::Staff, date(2020, 1, 1), None)];
    assert_eq!(
        judged(&member, &stranger, &[], TODAY),
        Err(No::NotOwnStaff { date: TODAY })
    );
}

#[test]
fn a_school_assesses_its_students_and_a_social_assessor_the_public() {
    let school = body(BodyKind::TechnicianSchool);
    let graduated = date(2026, 6, 30);
    let here = |graduated_on| [study(Some(OWN), graduated_on)];
    assert_eq!(judged(&school, &[], &here(None), TODAY), Ok(()));
    let on_the_day = judged(&school, &[], &here(Some(graduated)), graduated);
    assert_eq!(on_the_day, Ok(()));
    let first = date(2023, 9, 1);
    assert_eq!(judged(&school, &[], &here(None), first), Ok(()));
    let none = |date| Err(No::NotOwnStudent { date });
    let after = date(2026, 7, 1);
    let late = judged(&school, &[], &here(Some(graduated)), after);
    assert_eq!(late, none(after));
    let early = date(2023, 8, 31);
    assert_eq!(judged(&school, &[], &here(None), early), none(early));
    for elsewhere in [None, Some(STRANGER)] {
        let studies = [study(elsewhere, None)];
        assert_eq!(judged(&school, &[], &studies, TODAY), none(TODAY));
    }
    for kind in [BodyKind::SocialAssessor, BodyKind::IndustryAssessor] {
        assert_eq!(judged(&body(kind), &[], &[], TODAY), Ok(()));
    }
    assert_eq!(
        judged(&body(BodyKind::TrainingProvider), &[], &[], TODAY),
        Err(No::AssessesNobody)
    );
    assert_eq!(
        judged(&BodyState::Absent, &[], &[], TODAY),
        Err(No::NotRegistered)
    );
}

#[test]
fn who_has_not_graduated_is_a_student_to_the_day_it_is_expected_on() {
    let school = body(BodyKind::TechnicianSchool);
    let expected = date(2026, 6, 30);
    let after = date(2026, 7, 1);
    let none = Err(No::NotOwnStudent { date: after });
    let enrolled = |graduated_on| {
        [StudyRecorded {
            expected_on: Some(expected),
            ..study(Some(OWN), graduated_on)
        }]
    };
    assert_eq!(judged(&school, &[], &enrolled(None), expected), Ok(()));
    assert_eq!(judged(&school, &[], &enrolled(None), after), none);
    // What has happened stands before what was expected.
    let late = enrolled(Some(after));
    assert_eq!(judged(&school, &[], &late, after), Ok(()));
    let early = enrolled(Some(date(2026, 6, 1)));
    let refused = Err(No::NotOwnStudent { date: expected });
    assert_eq!(judged(&school, &[], &early, expected), refused);
}

#[test]
fn an_ecosystem_is_led_by_an_employer_and_opened_once_at_a_time() {
    let open = || BodyCommand::OpenEcosystem(opened());
    past([]).when(open()).then([opened().into()]);
    past([opened().into()])
        .when(open())
        .rejected(No::EcosystemOpen);
    past([opened().into(), closed().into()])
        .when(open())
        .then([opened().into()]);
    given::<BodyDecider>([of_kind(BodyKind::SocialAssessor)])
        .when(open())
        .rejected(No::EcosystemOfEmployers);
    let suspended = BodySuspended {
        ground: "管理混乱".into(),
        basis: "某文".into(),
        on: TODAY,
    };
    past([suspended.into()])
        .when(open())
        .rejected(No::Suspended { since: TODAY });
}

#[test]
fn an_enterprise_joins_and_leaves_an_ecosystem() {
    let join = |joined| BodyCommand::JoinEcosystem(joined);
    let leave = |left| BodyCommand::LeaveEcosystem(left);
    past([opened().into()])
        .when(join(joined()))
        .then([joined().into()]);
    past([]).when(join(joined())).rejected(No::EcosystemMissing);
    past([opened().into(), joined().into()])
        .when(join(joined()))
        .rejected(No::MemberTwice);
    let itself = EcosystemMemberJoined {
        member: code(OWN),
        ..joined()
    };
    past([opened().into()])
        .when(join(itself))
        .rejected(No::MemberItself);
    let early = EcosystemMemberJoined {
        from: date(2025, 12, 31),
        ..joined()
    };
    past([opened().into()])
        .when(join(early))
        .rejected(No::DateBefore {
            earliest: date(2026, 1, 1),
        });
    past([opened().into(), joined().into()])
        .when(leave(left()))
        .then([left().into()]);
    past([opened().into()])
        .when(leave(left()))
        .rejected(No::MemberUnknown);
    past([]).when(leave(left())).rejected(No::EcosystemMissing);
    let early = EcosystemMemberLeft {
        on: date(2026, 2, 28),
        ..left()
    };
    past([opened().into(), joined().into()])
        .when(leave(early))
        .rejected(No::DateBefore {
            earliest: date(2026, 3, 1),
        });
    let again = [opened().into(), joined().into(), left().into()];
    past(again).when(join(joined())).then([joined().into()]);
}

#[test]
fn closing_an_ecosystem_ends_its_memberships() {
    let close = |closed| BodyCommand::CloseEcosystem(closed);
    let left_then = EcosystemMemberLeft {
        member: code(MEMBER),
        on: closed().on,
        reason: closed().reason,
    };
    past([opened().into(), joined().into()])
        .when(close(closed()))
        .then([left_then.into(), closed().into()]);
    past([opened().into(), joined().into(), left().into()])
        .when(close(closed()))
        .then([closed().into()]);
    let later = EcosystemMemberJoined {
        from: date(2026, 10, 1),
        ..joined()
    };
    let never = EcosystemMemberLeft {
        member: code(MEMBER),
        on: date(2026, 10, 1),
        reason: closed().reason,
    };
    past([opened().into(), later.into()])
        .when(close(closed()))
        .then([never.into(), closed().into()]);
    past([])
        .when(close(closed()))
        .rejected(No::EcosystemMissing);
    past([opened().into(), closed().into()])
        .when(close(closed()))
        .rejected(No::EcosystemMissing);
    let early = EcosystemClosed {
        on: date(2025, 12, 31),
        ..closed()
    };
    past([opened().into()])
        .when(close(early))
        .rejected(No::DateBefore {
            earliest: date(2026, 1, 1),
        });
}

#[test]
fn who_trained_somebody_does_not_assess_him_for_a_while() {
    let rule = |months| Separation {
        occupations: vec![],
        months,
        from: date(2026, 1, 1),
        to: None,
        source: "示范规则".into(),
        verified: false,
    };
    let teacher = SubjectId(Uuid::from_u128(0x7e));
    let other = BodyId(Uuid::from_u128(0xb0e));
    let taught = |provider| Taught {
        provider,
        teachers: &[],
        occupation: Some(occupation().code),
        until: date(2026, 4, 30),
    };
    let assessing = |on| Assessing {
        body: body_id(),
        examiners: &[],
        occupation: occupation().code,
        on,
    };
    let eve = date(2026, 10, 29);
    let free_on = date(2026, 10, 30);
    let source = String::from("示范规则");
    let refused = Err(No::TrainedByBody {
        free_on,
        source: source.clone(),
    });
    let rules = [rule(6)];
    let here = [taught(body_id())];
    assert_eq!(check_separation(&rules, here, &assessing(eve)), refused);
    assert_eq!(check_separation(&rules, here, &assessing(free_on)), Ok(()));
    assert_eq!(check_separation(&[], here, &assessing(eve)), Ok(()));
    let elsewhere = [taught(other)];
    assert_eq!(check_separation(&rules, elsewhere, &assessing(eve)), Ok(()));
    let other_occupation = Taught {
        occupation: Some("6-31-01-03".parse().unwrap()),
        ..taught(body_id())
    };
    assert_eq!(
        check_separation(&rules, [other_occupation], &assessing(eve)),
        Ok(())
    );
    let teachers = [teacher];
    let by_examiner = Taught {
        teachers: &teachers,
        ..taught(other)
    };
    let with = Assessing {
        examiners: &teachers,
        ..assessing(eve)
    };
    assert_eq!(
        check_separation(&rules, [by_examiner], &with),
        Err(No::TrainedByExaminer {
            free_on,
            source: source.clone(),
        })
    );
    assert_eq!(
        check_separation(&rules, [by_examiner], &assessing(eve)),
        Ok(())
    );
    // Of several rules the longest binds, and of several trainings any.
    let longer = [rule(1), rule(12), rule(6)];
    assert_eq!(
        check_separation(&longer, [taught(other), taught(body_id())], &assessing(eve)),
        Err(No::TrainedByBody {
            free_on: date(2027, 4, 30),
            source,
        })
    );
}
