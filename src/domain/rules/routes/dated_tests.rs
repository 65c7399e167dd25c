//! Rules of the routes are dated: the first and the last day are theirs, the day after is not.

use crate::domain::competition::event::Group;
use crate::domain::level::SkillLevel::{self, *};
use crate::domain::rules::routes::appointment::policy_of;
use crate::domain::rules::routes::direct::{DirectClaim, direct};
use crate::domain::rules::routes::promotion::{Placing, PromotionFacts, promotion};
use crate::domain::rules::routes::rejection::RouteRejection as No;
use crate::domain::rules::routes::{appointment_cn, apprenticeship_cn, direct_cn, promotion_cn};
use jiff::civil::{Date, date};

const LAST: Date = date(2026, 6, 30);

/// The day before the first, the first, the last, the day after the last.
fn days(first: Date) -> [(Date, bool); 4] {
    [
        (first.yesterday().unwrap(), false),
        (first, true),
        (LAST, true),
        (LAST.tomorrow().unwrap(), false),
    ]
}

#[test]
fn a_rule_applies_from_its_first_day_to_its_last() {
    for mut rule in promotion_cn::built_in() {
        rule.effective_to = Some(LAST);
        for (day, applies) in days(rule.effective_from) {
            assert_eq!(rule.in_force(day), applies, "{} {day}", rule.id);
        }
    }
    for mut ground in direct_cn::built_in() {
        ground.effective_to = Some(LAST);
        for (day, applies) in days(ground.effective_from) {
            assert_eq!(ground.in_force(day), applies, "{} {day}", ground.code);
        }
    }
    for mut policy in appointment_cn::built_in() {
        policy.effective_to = Some(LAST);
        for (day, applies) in days(policy.effective_from) {
            assert_eq!(policy.in_force(day), applies, "{} {day}", policy.id);
        }
    }
    for mut policy in apprenticeship_cn::built_in() {
        policy.effective_to = Some(LAST);
        for (day, applies) in days(policy.effective_from) {
            assert_eq!(policy.in_force(day), applies, "{} {day}", policy.id);
        }
    }
}

#[test]
fn nobody_is_appointed_by_a_policy_that_has_not_begun() {
    let policies = appointment_cn::built_in();
    let on = policies[0].effective_from.yesterday().unwrap();
    let place = "320102".parse().unwrap();
    assert_eq!(
        policy_of(&policies, Special, place, on).err(),
        Some(No::AppointmentPolicyMissing { level: Special })
    );
}

#[test]
fn an_agreement_may_last_as_long_as_the_policy_says_and_no_longer() {
    for policy in apprenticeship_cn::built_in() {
        let target = policy.targets[0];
        let (least, most) = (policy.months_least, policy.months_most);
        for months in [least, most] {
            assert_eq!(policy.check_agreement(months, false, target), Ok(()));
        }
        for months in [least - 1, most + 1] {
            let outside = Err(No::AgreementLength { least, most });
            assert_eq!(policy.check_agreement(months, false, target), outside);
        }
    }
}

#[test]
fn a_ground_gives_a_level_above_the_one_held_and_says_what_it_sets_aside() {
    let grounds = direct_cn::built_in();
    let recognised = |held: Option<SkillLevel>| {
        let claim = DirectClaim {
            ground: "zj-award".into(),
            evidence: 1,
            level: Two,
            by_employer: true,
            on_staff: true,
            held,
        };
        let place = "330106".parse().unwrap();
        direct(&grounds, &claim, place, date(2026, 7, 10)).map(|_| ())
    };
    assert_eq!(recognised(None), Ok(()));
    assert_eq!(recognised(Some(Three)), Ok(()));
    for held in [Two, One] {
        assert_eq!(recognised(Some(held)), Err(No::LevelHeld { held }));
    }
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    for ground in &grounds {
        let waives = &ground.waives;
        assert!(!waives.is_empty(), "{}", ground.code);
        assert!(
            waives
                .iter()
                .all(|it| it.chars().count() >= 2 && it.chars().all(han))
        );
    }
}

#[test]
fn a_promotion_may_be_given_on_the_day_the_competition_closed() {
    let closed_on = date(2026, 5, 20);
    let placing = Placing {
        tier: "provincial".into(),
        class: Some("一类".into()),
        region: "120104".parse().unwrap(),
        occupation: "6-18-02-04".parse().unwrap(),
        group: Group::Staff,
        rank: 1,
        contestants: 50,
        prize: None,
        ended_on: date(2026, 5, 1),
        closed_on,
    };
    let rules = promotion_cn::built_in();
    let on = |day| promotion(&rules, &placing, &PromotionFacts::default(), day);
    assert_eq!(on(closed_on).map(|it| it.level), Ok(Two));
    assert_eq!(
        on(closed_on.yesterday().unwrap()),
        Err(No::BeforeCompetitionClosed { closed_on })
    );
}
