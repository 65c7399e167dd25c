use crate::domain::authority::command::AuthorityCommand as Command;
use crate::domain::authority::decider::{AuthorityDecider, NOTICE_DAYS_MAX};
use crate::domain::authority::event::*;
use crate::domain::authority::rejection::AuthorityRejection as No;
use crate::domain::authority::state::AuthorityState;
use crate::domain::decider::Decider;
use crate::domain::decider::harness::{Given, given};
use crate::domain::example::*;
use crate::domain::rules::assessment::AssessmentPolicy;
use crate::domain::rules::calendars_cn;
use crate::domain::session::event::NoticeStarted;
use crate::domain::wording::TextRejection;
use jiff::civil::{Date, date};

fn past(events: impl IntoIterator<Item = AuthorityEvent>) -> Given<AuthorityDecider> {
    given::<AuthorityDecider>(events)
}
fn fold(events: Vec<AuthorityEvent>) -> AuthorityState {
    AuthorityDecider::fold(&events)
}
fn key(purpose: &str) -> AuthorityKeyRegistered {
    AuthorityKeyRegistered {
        key_id: format!("key-{purpose}"),
        purpose: purpose.into(),
        public_key: format!("z6Mk{purpose}"),
        possession: "zPossession".into(),
        succession: None,
    }
}
fn calendar(year: i16) -> CalendarLoaded {
    let built_in = calendars_cn::built_in();
    built_in.into_iter().find(|it| it.year == year).unwrap()
}
fn policy(effective_from: Date, working_days: u16) -> NoticePolicySet {
    NoticePolicySet {
        jurisdiction: "320000".into(),
        effective_from,
        working_days,
        source: "苏人社发〔2026〕1号".into(),
        verified: false,
    }
}
fn published(as_of_position: u64) -> TrustListPublished {
    TrustListPublished {
        as_of_position,
        digest: digest(1),
        document: "{}".into(),
    }
}

#[test]
fn a_ledger_begins_once() {
    past([])
        .when(Command::Establish(established()))
        .then([established().into()]);
    past([established().into()])
        .when(Command::Establish(established()))
        .rejected(No::AlreadyEstablished);
    past([])
        .when(Command::RegisterKey(key("log")))
        .rejected(No::NotEstablished);
    let demo = AuthorityEstablished {
        jurisdiction: "DEMO".into(),
        ..established()
    };
    past([])
        .when(Command::Establish(demo.clone()))
        .then([demo.into()]);
    for jurisdiction in ["demo", "110000", "320102", "３２００００", " 320000", ""] {
        let wrong = AuthorityEstablished {
            jurisdiction: jurisdiction.into(),
            ..established()
        };
        past([])
            .when(Command::Establish(wrong))
            .rejected(No::JurisdictionUnknown);
    }
    for host in [
        "",
        "Skill.example.org",
        "a..b",
        "-a.b",
        "a.b:8080",
        "a/b",
        "例.org",
    ] {
        let wrong = AuthorityEstablished {
            host: host.into(),
            ..established()
        };
        past([])
            .when(Command::Establish(wrong))
            .rejected(No::HostInvalid);
    }
    let nameless = AuthorityEstablished {
        name: name(""),
        ..established()
    };
    past([])
        .when(Command::Establish(nameless))
        .rejected(No::Text(TextRejection::Missing { field: "name" }));
}

#[test]
fn an_authority_has_keys_of_one_purpose_and_never_loses_the_last() {
    let register = |purpose| Command::RegisterKey(key(purpose));
    past([established().into()])
        .when(register("trust"))
        .then([key("trust").into()]);
    past([established().into()])
        .when(register("certificate"))
        .rejected(No::KeyPurposeUnknown);
    let with_key = || vec![established().into(), key("trust").into()];
    past(with_key())
        .when(register("trust"))
        .rejected(No::KeyTaken);
    for taken in [
        AuthorityKeyRegistered {
            public_key: "z6MkOther".into(),
            ..key("trust")
        },
        AuthorityKeyRegistered {
            key_id: "key-other".into(),
            ..key("trust")
        },
    ] {
        past(with_key())
            .when(Command::RegisterKey(taken))
            .rejected(No::KeyTaken);
    }
    let retired = |id: &str| AuthorityKeyRetired {
        key_id: id.into(),
        on: TODAY,
    };
    let retire = |id| Command::RetireKey(retired(id));
    past(with_key())
        .when(retire("key-trust"))
        .rejected(No::LastKey);
    past(with_key()).when(retire("x")).rejected(No::KeyUnknown);
    // A key of another purpose does not take its place.
    past(with_key().into_iter().chain([key("log").into()]))
        .when(retire("key-trust"))
        .rejected(No::LastKey);
    let newer = AuthorityKeyRegistered {
        key_id: "key-2".into(),
        public_key: "z6Mk2".into(),
        ..key("trust")
    };
    let two = || with_key().into_iter().chain([newer.clone().into()]);
    past(two())
        .when(retire("key-trust"))
        .then([retired("key-trust").into()]);
    past(two().chain([retired("key-trust").into()]))
        .when(retire("key-trust"))
        .rejected(No::KeyNotActive);
}

#[test]
fn a_calendar_is_sound_and_of_this_jurisdiction_or_national() {
    let load = Command::LoadCalendar;
    past([established().into()])
        .when(load(calendar(2026)))
        .then([calendar(2026).into()]);
    let other = CalendarLoaded {
        jurisdiction: "310000".into(),
        ..calendar(2026)
    };
    past([established().into()])
        .when(load(other))
        .rejected(No::OtherJurisdiction);
    let wrong_year = CalendarLoaded {
        year: 2027,
        ..calendar(2026)
    };
    let mut weekend = calendar(2026);
    weekend.holidays.push(date(2026, 7, 18));
    let mut twice = calendar(2026);
    twice.workdays.push(twice.workdays[0]);
    for (unsound, year) in [(wrong_year, 2027), (weekend, 2026), (twice, 2026)] {
        past([established().into()])
            .when(load(unsound))
            .rejected(No::CalendarUnsound { year });
    }
}

#[test]
fn the_notice_is_as_long_as_the_policy_of_its_first_day() {
    let set = Command::SetNoticePolicy;
    let first = || policy(date(2026, 1, 1), 5);
    past([established().into()])
        .when(set(first()))
        .then([first().into()]);
    past([established().into()])
        .when(set(policy(TODAY, NOTICE_DAYS_MAX)))
        .then([policy(TODAY, NOTICE_DAYS_MAX).into()]);
    past([established().into()])
        .when(set(policy(TODAY, NOTICE_DAYS_MAX + 1)))
        .rejected(No::NoticeTooLong {
            most: NOTICE_DAYS_MAX,
        });
    let other = NoticePolicySet {
        jurisdiction: "DEMO".into(),
        ..first()
    };
    past([established().into()])
        .when(set(other))
        .rejected(No::OtherJurisdiction);

    let later = policy(date(2026, 9, 1), 7);
    let state = fold(vec![established().into(), later.into(), first().into()]);
    assert_eq!(state.notice_on(date(2026, 8, 31)), Ok(5));
    assert_eq!(state.notice_on(date(2026, 9, 1)), Ok(7));
    let date = date(2025, 12, 31);
    assert_eq!(state.notice_on(date), Err(No::NoticePolicyMissing { date }));
    let state = fold(vec![
        established().into(),
        first().into(),
        policy(first().effective_from, 3).into(),
    ]);
    assert_eq!(
        state.notice_on(TODAY),
        Ok(3),
        "of one day, the policy set last"
    );
}

#[test]
fn a_notice_ends_after_its_working_days_and_needs_their_calendar() {
    let from = date(2026, 9, 28);
    let state = fold(vec![
        established().into(),
        policy(date(2026, 1, 1), 5).into(),
        calendar(2026).into(),
    ]);
    // 29 and 30 September, 8 and 9 October, and Saturday 10 October, worked in exchange.
    assert_eq!(
        state.notice_from(from),
        Ok(NoticeStarted {
            from,
            closes_on: date(2026, 10, 11),
            working_days: 5
        })
    );
    assert_eq!(
        state.notice_from(date(2026, 12, 28)),
        Err(No::CalendarMissing { year: 2027 })
    );
    assert_eq!(
        state.working_day_after(date(2026, 12, 28), 0),
        Ok(date(2026, 12, 28))
    );
    let demo = fold(vec![
        established().into(),
        policy(date(2026, 1, 1), 0).into(),
    ]);
    assert_eq!(
        demo.notice_from(from),
        Ok(NoticeStarted {
            from,
            closes_on: from,
            working_days: 0
        })
    );
    assert_eq!(
        AuthorityState::Absent.notice_on(from),
        Err(No::NotEstablished)
    );
}

#[test]
fn a_trust_list_goes_forward() {
    let publish = |position| Command::PublishTrustList(published(position));
    let with_key = || vec![established().into(), key("trust").into()];
    past(with_key())
        .when(publish(9))
        .then([published(9).into()]);
    past([established().into()])
        .when(publish(9))
        .rejected(No::KeyMissing { purpose: "trust" });
    past([established().into(), key("log").into()])
        .when(publish(9))
        .rejected(No::KeyMissing { purpose: "trust" });
    let once = || with_key().into_iter().chain([published(9).into()]);
    for position in [9, 10] {
        past(once())
            .when(publish(position))
            .then([published(position).into()]);
    }
    past(once())
        .when(publish(8))
        .rejected(No::TrustListGoesBack { position: 9 });
    let empty = TrustListPublished {
        document: String::new(),
        ..published(9)
    };
    past(with_key())
        .when(Command::PublishTrustList(empty))
        .rejected(No::TrustListEmpty);
}

#[test]
fn how_assessments_are_held_is_laid_down_by_its_first_day() {
    let set = |from, months| {
        let mut policy = AssessmentPolicy::demo();
        policy.effective_from = from;
        policy.retained_months = months;
        AssessmentPolicySet {
            jurisdiction: "320000".into(),
            policy,
        }
    };
    let first = || set(date(2026, 1, 1), 24);
    past([established().into()])
        .when(Command::SetAssessmentPolicy(first()))
        .then([first().into()]);
    let elsewhere = AssessmentPolicySet {
        jurisdiction: "330000".into(),
        ..first()
    };
    past([established().into()])
        .when(Command::SetAssessmentPolicy(elsewhere))
        .rejected(No::OtherJurisdiction);
    let mut unsound = first();
    unsound.policy.staffing.candidates_per_examiner = 0;
    past([established().into()])
        .when(Command::SetAssessmentPolicy(unsound))
        .rejected(No::AssessmentPolicyUnsound {
            field: "candidates_per_examiner",
        });
    let events = [
        established().into(),
        first().into(),
        set(date(2026, 9, 1), 12).into(),
        set(date(2026, 1, 1), 36).into(),
    ];
    let state = AuthorityDecider::fold(&events);
    let months = |on| state.assessment_policy_on(on).map(|it| it.retained_months);
    assert_eq!(months(date(2025, 12, 31)), None);
    assert_eq!(months(date(2026, 8, 31)), Some(36), "set last");
    assert_eq!(months(date(2026, 9, 1)), Some(12));
    let none = AuthorityDecider::fold(&[]);
    assert_eq!(none.assessment_policy_on(TODAY), None);
}
