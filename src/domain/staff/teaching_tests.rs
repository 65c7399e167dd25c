use crate::domain::decider::Decider;
use crate::domain::example::*;
use crate::domain::ids::BodyId;
use crate::domain::rules::staff::{
    EndorsementRule, RatioConsequence, StaffRule, StaffRuleText, StaffRules,
};
use crate::domain::rules::staff_cn;
use crate::domain::staff::command::StaffCommand as Command;
use crate::domain::staff::decider::StaffDecider;
use crate::domain::staff::event::*;
use crate::domain::staff::ratio::{CertifiedShare, share_of};
use crate::domain::staff::rejection::StaffRejection as No;
use crate::domain::staff::role::StaffRole;
use crate::domain::staff::teaching::{Leave, may_teach, may_teach_class};
use crate::domain::staff::tests::*;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use uuid::Uuid;

fn jiangxi(on: Date) -> StaffRules {
    let applies = |it: &StaffRule| it.jurisdiction == "360000" && it.applies_on(on);
    StaffRules(staff_cn::built_in().into_iter().filter(applies).collect())
}
fn rule() -> EndorsementRule {
    jiangxi(TODAY).endorsement().unwrap()
}
fn mark(from: Date, to: Date) -> StaffEndorsed {
    StaffEndorsed {
        card: card_id(),
        base: body_id(),
        hours: 50,
        from,
        to,
        passed: true,
        on: to,
    }
}
fn teacher(marks: impl IntoIterator<Item = StaffEndorsed>) -> Vec<StaffEvent> {
    // Granted on 2024-03-10, without a last day.
    let granted = CardGranted {
        to: None,
        ..card(StaffRole::Teacher)
    };
    let mut events = vec![enrolled().into(), granted.into()];
    events.extend(marks.into_iter().map(StaffEvent::from));
    events
}
fn teaches(events: &[StaffEvent], on: Date) -> Result<Leave, No> {
    let state = StaffDecider::fold(events);
    may_teach(state.staff()?, occupation().code, on, Some(&rule()))
}
fn lapsed(last_day: Date) -> Result<Leave, No> {
    Err(No::EndorsementLapsed { last_day })
}
fn endorse(endorsed: StaffEndorsed) -> Command {
    Command::Endorse {
        endorsed,
        base_listed: true,
    }
}

#[test]
fn the_first_two_years_run_from_the_grant_the_anniversary_included() {
    let events = teacher([]);
    assert!(teaches(&events, date(2024, 3, 10)).is_ok());
    assert!(teaches(&events, date(2026, 3, 10)).is_ok());
    assert_eq!(
        teaches(&events, date(2026, 3, 11)),
        lapsed(date(2026, 3, 10))
    );
    assert_eq!(
        teaches(&events, date(2024, 3, 9)),
        Err(No::CardNotBegun {
            from: date(2024, 3, 10)
        })
    );
}

#[test]
fn a_training_that_counts_carries_two_years_from_its_signature() {
    let events = teacher([mark(date(2026, 2, 20), date(2026, 3, 1))]);
    assert!(teaches(&events, date(2028, 3, 1)).is_ok());
    assert_eq!(teaches(&events, date(2028, 3, 2)), lapsed(date(2028, 3, 1)));
    // Late: the days between are days without leave.
    let late = StaffEndorsed {
        on: date(2026, 4, 1),
        ..mark(date(2026, 3, 1), date(2026, 3, 10))
    };
    let events = teacher([late]);
    assert_eq!(
        teaches(&events, date(2026, 3, 31)),
        lapsed(date(2026, 3, 10))
    );
    assert!(teaches(&events, date(2026, 4, 1)).is_ok());
    // Of 29 February: full on 1 March of a year without that day.
    let leap = CardGranted {
        from: date(2024, 2, 29),
        to: None,
        ..card(StaffRole::Teacher)
    };
    let events = [enrolled().into(), leap.into()];
    assert!(teaches(&events, date(2026, 3, 1)).is_ok());
    assert_eq!(teaches(&events, date(2026, 3, 2)), lapsed(date(2026, 3, 1)));
}

#[test]
fn a_short_or_failed_training_is_marked_and_does_not_count() {
    let (from, to) = (date(2026, 3, 1), date(2026, 3, 9));
    let short = StaffEndorsed {
        hours: 49,
        ..mark(from, to)
    };
    let failed = StaffEndorsed {
        passed: false,
        ..mark(from, to)
    };
    for mark in [short, failed] {
        past(teacher([]))
            .when(endorse(mark.clone()))
            .then([mark.clone().into()]);
        assert_eq!(
            teaches(&teacher([mark]), date(2026, 3, 11)),
            lapsed(date(2026, 3, 10))
        );
    }
}

#[test]
fn a_card_older_than_the_rule_has_two_years_from_the_rules_first_day() {
    let old = CardGranted {
        from: date(2015, 1, 1),
        to: None,
        ..card(StaffRole::Teacher)
    };
    let events = [enrolled().into(), old.into()];
    assert!(teaches(&events, date(2024, 9, 20)).is_ok());
    assert_eq!(
        teaches(&events, date(2024, 9, 21)),
        lapsed(date(2024, 9, 20))
    );
    // Before the rule, and where there is none, the card is enough.
    let state = StaffDecider::fold(&events);
    let staff = state.staff().unwrap();
    assert_eq!(jiangxi(date(2022, 9, 19)).endorsement(), None);
    assert!(may_teach(staff, occupation().code, date(2024, 9, 21), None).is_ok());
}

#[test]
fn a_class_is_taught_by_who_may_teach_on_each_of_its_days() {
    let state = StaffDecider::fold(&teacher([]));
    let staff = state.staff().unwrap();
    let class = |from, to, occupation| {
        may_teach_class(staff, occupation, (from, to), |on| {
            jiangxi(on).endorsement()
        })
    };
    let welders = Some(occupation().code);
    let (first, last) = (date(2024, 3, 10), date(2026, 3, 10));
    assert_eq!(class(first, last, welders), Ok(()));
    assert_eq!(class(first, last, None), Ok(()));
    assert_eq!(
        class(first, date(2026, 3, 11), welders),
        Err(No::EndorsementLapsed { last_day: last })
    );
    assert_eq!(
        class(date(2024, 3, 9), last, welders),
        Err(No::CardNotBegun { from: first })
    );
    let never = |_| None;
    let long = may_teach_class(staff, welders, (first, date(2044, 1, 1)), never);
    assert_eq!(long, Err(No::ClassTooLong { most: 3_660 }));
    // Two days of suspension inside it are enough to refuse it.
    let mut events = teacher([]);
    events.push(
        CardSuspended {
            card: card_id(),
            ground: "检查".into(),
            basis: "办法".into(),
            on: date(2025, 5, 1),
        }
        .into(),
    );
    events.push(
        CardReinstated {
            card: card_id(),
            ground: "已查明".into(),
            on: date(2025, 5, 3),
        }
        .into(),
    );
    let state = StaffDecider::fold(&events);
    let in_between = |from, to| may_teach_class(state.staff().unwrap(), None, (from, to), never);
    assert_eq!(
        in_between(date(2025, 4, 1), date(2025, 6, 1)),
        Err(No::CardSuspended {
            since: date(2025, 5, 1)
        })
    );
    assert_eq!(in_between(date(2025, 5, 3), date(2025, 6, 1)), Ok(()));
}

#[test]
fn who_has_no_teachers_card_for_the_trade_does_not_teach() {
    assert_eq!(teaches(&[enrolled().into()], TODAY), Err(No::NoCard));
    assert_eq!(teaches(&[], TODAY), Err(No::NotEnrolled));
    assert_eq!(
        teaches(&carded(StaffRole::Examiner), TODAY),
        Err(No::NoCard)
    );
    let state = StaffDecider::fold(&teacher([]));
    let other = "6-31-01-03".parse().unwrap();
    assert_eq!(
        may_teach(state.staff().unwrap(), other, TODAY, Some(&rule())),
        Err(No::OccupationOutsideCard { occupation: other })
    );
    // The card's own term ends whatever was endorsed.
    let mut events = carded(StaffRole::Teacher);
    events.push(mark(date(2026, 12, 1), date(2026, 12, 20)).into());
    assert_eq!(
        teaches(&events, date(2027, 3, 9)),
        Ok(Leave {
            card: card_id(),
            card_to: Some(date(2027, 3, 9)),
            endorsed_to: Some(date(2028, 12, 20)),
        })
    );
    assert_eq!(
        teaches(&events, date(2027, 3, 10)),
        Err(No::CardExpired {
            to: date(2027, 3, 9)
        })
    );
}

#[test]
fn a_base_marks_a_training_that_is_over_once() {
    let (from, to) = (date(2026, 3, 1), date(2026, 3, 9));
    past(teacher([]))
        .when(endorse(mark(from, to)))
        .then([mark(from, to).into()]);
    let with = |change: fn(&mut StaffEndorsed)| {
        let mut mark = mark(date(2026, 3, 1), date(2026, 3, 9));
        change(&mut mark);
        past(teacher([])).when(endorse(mark))
    };
    with(|it| it.hours = 0).rejected(No::NoHours);
    with(|it| it.to = date(2026, 2, 28)).rejected(No::DatesDisagree);
    with(|it| it.on = date(2026, 3, 8)).rejected(No::DateBefore { earliest: to });
    past(teacher([mark(from, to)]))
        .when(endorse(mark(from, to)))
        .rejected(No::EndorsedTwice);
    past(teacher([]))
        .when(Command::Endorse {
            endorsed: mark(from, to),
            base_listed: false,
        })
        .rejected(No::BaseNotListed);
    past(carded(StaffRole::Examiner))
        .when(endorse(mark(from, to)))
        .rejected(No::NotATeachersCard);
    let gone = CardWithdrawn {
        card: card_id(),
        ground: "冒名".into(),
        basis: "管理办法".into(),
        on: from,
    };
    let mut events = teacher([]);
    events.push(gone.into());
    past(events)
        .when(endorse(mark(from, to)))
        .rejected(No::CardWithdrawn { since: from });
}

#[test]
fn a_training_may_be_of_one_day_and_another_base_or_day_is_another_training() {
    let first = mark(date(2026, 3, 1), date(2026, 3, 1));
    past(teacher([]))
        .when(endorse(first.clone()))
        .then([first.clone().into()]);
    let elsewhere = StaffEndorsed {
        base: BodyId(Uuid::from_u128(0x78)),
        ..first.clone()
    };
    let later = mark(date(2026, 4, 1), date(2026, 4, 1));
    for other in [elsewhere, later] {
        past(teacher([first.clone()]))
            .when(endorse(other.clone()))
            .then([other.into()]);
    }
}

#[test]
fn the_share_of_certified_teachers_closes_what_it_does_not_reach() {
    let share = |certified, teachers| CertifiedShare {
        teachers,
        certified,
    };
    assert!(share(7, 10).reaches(70) && !share(6, 10).reaches(70));
    assert!(!share(69_999, 100_000).reaches(70));
    assert!(share(3, 3).reaches(100) && !share(2, 3).reaches(100));
    assert!(!share(0, 0).reaches(70));
    assert_eq!(share(6, 10).missing(70), 1);
    assert_eq!(share(2, 3).missing(70), 1);
    let gates = jiangxi(date(2022, 9, 20)).gates();
    assert_eq!(
        share(0, 10).gates(date(2023, 12, 31), &gates),
        [],
        "the year has not ended"
    );
    let in_2024 = share(6, 10).gates(date(2024, 1, 1), &gates);
    assert_eq!(
        in_2024
            .iter()
            .map(|it| (it.percent, it.passed))
            .collect::<Vec<_>>(),
        [(70, false)]
    );
    let in_2026 = share(7, 10).gates(TODAY, &gates);
    let closed: Vec<_> = in_2026
        .iter()
        .map(|it| (it.consequence, it.passed))
        .collect();
    assert_eq!(
        closed,
        [
            (RatioConsequence::NoSubsidisedTraining, true),
            (RatioConsequence::OccupationCancelled, false)
        ]
    );
}

#[test]
fn a_schools_share_counts_who_teaches_there_that_day_and_holds_a_good_card() {
    let engaged = |occupations| StaffEngaged {
        body: body_id(),
        occupations,
        from: date(2025, 9, 1),
    };
    let (welding, wiring) = (occupation().code, "6-31-01-03".parse().unwrap());
    let of = |events: Vec<StaffEvent>| StaffDecider::fold(&events).staff().unwrap().clone();
    let with = |engagement: StaffEngaged| {
        let mut events = teacher([]);
        events.push(engagement.into());
        of(events)
    };
    let certified = with(engaged(vec![welding]));
    let half = with(engaged(vec![welding, wiring]));
    let bare = of(vec![enrolled().into(), engaged(vec![wiring]).into()]);
    let elsewhere = with(StaffEngaged {
        body: crate::domain::ids::BodyId(uuid::Uuid::nil()),
        ..engaged(vec![welding])
    });
    let school = [certified, half, bare, elsewhere];
    let share = |occupation, on| {
        let share = share_of(&school, body_id(), occupation, on);
        (share.certified, share.teachers)
    };
    assert_eq!(share(None, TODAY), (1, 3));
    assert_eq!(share(Some(welding), TODAY), (2, 2));
    assert_eq!(share(Some(wiring), TODAY), (0, 2));
    assert_eq!(share(None, date(2025, 8, 31)), (0, 0));
}

#[test]
fn numbers_of_external_supervisors_are_built_by_their_rule() {
    let external = StaffRole::QualitySupervisorExternal;
    let rules = jiangxi(TODAY);
    let fits = |number: &str| rules.check_number(external, number, date(2023, 5, 1));
    assert_eq!(fits("R36210001").and(fits("R36239999")), Ok(()));
    for number in [
        "R36240001",
        "R36210000",
        "R32210001",
        "r36210001",
        "R3621001",
        "R362100011",
        "36210001",
        "R3621000A",
        "",
        "R",
    ] {
        assert_eq!(fits(number), Err(No::NumberUnfit), "{number}");
    }
    // A kind of card without a rule has any plain number.
    let examiner = |number: &str| rules.check_number(StaffRole::Examiner, number, TODAY);
    assert_eq!(examiner("32-A0001"), Ok(()));
    assert_eq!(examiner("张三"), Err(No::NumberUnfit));
    assert_eq!(examiner(""), Err(No::NumberUnfit));
}

#[test]
fn a_rule_that_cannot_be_followed_is_unsound() {
    assert!(staff_cn::built_in().iter().all(StaffRule::is_sound));
    let with = |says| StaffRule {
        says,
        ..staff_cn::built_in()[0].clone()
    };
    let never = StaffRuleText::Endorsement {
        every_years: 0,
        hours: 50,
    };
    assert!(!with(never).is_sound());
    let more_than_all = StaffRuleText::CertifiedShare {
        by: TODAY,
        percent: 101,
        consequence: RatioConsequence::NoSubsidisedTraining,
    };
    assert!(!with(more_than_all).is_sound());
}

proptest! {
    /// Day by day against a plain reading of the rule: some day that counts, at most two
    /// years back, the anniversary included.
    #[test]
    fn leave_to_teach_agrees_with_a_plain_reading(
        marks in proptest::collection::vec((0i32..2_500, 40u32..60, any::<bool>()), 0..6),
        asked in 0i32..3_000,
    ) {
        let day = |n: i32| date(2024, 3, 10).saturating_add(jiff::Span::new().days(n));
        let marks: Vec<_> = marks
            .into_iter()
            .map(|(n, hours, passed)| StaffEndorsed { hours, passed, ..mark(day(n), day(n)) })
            .collect();
        let on = day(asked);
        let within = |since: Date| {
            let anniversary = Date::new(since.year() + 2, since.month(), since.day())
                .unwrap_or_else(|_| date(since.year() + 2, 3, 1));
            since <= on && on <= anniversary
        };
        let plain = within(date(2024, 3, 10))
            || marks.iter().any(|it| it.passed && it.hours >= 50 && within(it.on));
        prop_assert_eq!(teaches(&teacher(marks), on).is_ok(), plain);
    }
    #[test]
    fn a_share_reaches_what_its_missing_says(teachers in 1u32..500, certified in 0u32..500, percent in 1u8..=100) {
        let certified = certified.min(teachers);
        let share = CertifiedShare { teachers, certified };
        let missing = share.missing(percent);
        prop_assert_eq!(share.reaches(percent), missing == 0);
        let full = CertifiedShare { certified: certified + missing, ..share };
        prop_assert!(full.reaches(percent));
    }
    #[test]
    fn no_number_panics(number in "\\PC{0,14}") {
        let _ = jiangxi(TODAY).check_number(StaffRole::QualitySupervisorExternal, &number, TODAY);
    }
}
