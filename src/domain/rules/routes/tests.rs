use crate::domain::competition::event::Group;
use crate::domain::level::SkillLevel::{self, *};
use crate::domain::number::CertificateNumber;
use crate::domain::region::RegionCode;
use crate::domain::rules::routes::appointment::*;
use crate::domain::rules::routes::apprenticeship::{
    ApprenticeshipKind, CompletedApprenticeship, GradingClaim, grading,
};
use crate::domain::rules::routes::direct::*;
use crate::domain::rules::routes::jurisdiction::{is_known, nearest, nearness};
use crate::domain::rules::routes::promotion::*;
use crate::domain::rules::routes::rejection::RouteRejection as No;
use crate::domain::rules::routes::{
    appointment_cn, apprenticeship, apprenticeship_cn, direct_cn, promotion_cn,
};
use jiff::civil::{Date, date};
use proptest::prelude::*;

fn region(code: &str) -> RegionCode {
    code.parse().unwrap()
}
const DAY: Date = date(2026, 7, 10);

// 竞赛晋升

fn placing(tier: &str, class: Option<&str>, group: Group, rank: u32) -> Placing {
    Placing {
        tier: tier.into(),
        class: class.map(Into::into),
        region: region("120104"),
        occupation: "6-18-02-04".parse().unwrap(),
        group,
        rank,
        contestants: 50,
        prize: None,
        ended_on: date(2026, 5, 1),
        closed_on: date(2026, 5, 20),
    }
}
fn promoted(placing: &Placing, held: Option<SkillLevel>) -> Result<SkillLevel, No> {
    let facts = PromotionFacts {
        held,
        promoted_in: vec![],
    };
    promotion(&promotion_cn::built_in(), placing, &facts, DAY).map(|it| it.level)
}

#[test]
fn tianjin_promotes_as_its_rule_of_2024_says() {
    use Group::{Staff, Student};
    let first = |group, rank| placing("provincial", Some("一类"), group, rank);
    assert_eq!(promoted(&first(Staff, 10), None), Ok(Two));
    assert_eq!(promoted(&first(Staff, 10), Some(Two)), Ok(One));
    assert_eq!(promoted(&first(Staff, 11), None), Err(No::PlaceTooLow));
    assert_eq!(promoted(&first(Student, 1), None), Ok(Three));
    assert_eq!(
        promoted(&first(Staff, 1), Some(One)),
        Err(No::NothingAbove { held: One })
    );
    let second = |group, rank| placing("provincial", Some("二类"), group, rank);
    assert_eq!(promoted(&second(Staff, 6), None), Ok(Three));
    assert_eq!(promoted(&second(Staff, 6), Some(Three)), Ok(Two));
    assert_eq!(promoted(&second(Student, 6), None), Ok(Four));
    assert_eq!(promoted(&second(Staff, 7), None), Err(No::PlaceTooLow));
    let district = placing("district", None, Staff, 3);
    assert_eq!(promoted(&district, Some(Five)), Ok(Three));
    // 前30% of 50 is 15 places.
    let enterprise = |rank| placing("enterprise", None, Staff, rank);
    assert_eq!(promoted(&enterprise(15), None), Ok(Four));
    assert_eq!(promoted(&enterprise(15), Some(Four)), Ok(Three));
    assert_eq!(promoted(&enterprise(16), None), Err(No::PlaceTooLow));
}

#[test]
fn a_person_is_promoted_from_competitions_once_a_year_where_the_rule_says_so() {
    let rules = promotion_cn::built_in();
    let tianjin = placing("provincial", Some("一类"), Group::Staff, 1);
    let facts = |years: &[i16]| PromotionFacts {
        held: Some(Three),
        promoted_in: years.to_vec(),
    };
    let again = promotion(&rules, &tianjin, &facts(&[2026]), DAY);
    assert_eq!(again, Err(No::PromotedThisYear { year: 2026 }));
    let next = promotion(&rules, &tianjin, &facts(&[2025]), DAY).unwrap();
    assert_eq!((next.level, next.uses_year), (Two, Some(2026)));
    let hainan = Placing {
        region: region("460100"),
        prize: Some("silver".into()),
        ..tianjin
    };
    let hainan = promotion(&rules, &hainan, &facts(&[2026]), DAY).unwrap();
    assert_eq!((hainan.level, hainan.uses_year), (Two, None));
    assert_eq!(hainan.rule, "hi-medal");
}

#[test]
fn a_promotion_needs_a_rule_of_the_day_and_a_closed_competition() {
    let mut early = placing("provincial", Some("一类"), Group::Staff, 1);
    early.ended_on = date(2024, 10, 24);
    assert_eq!(promoted(&early, None), Err(No::NoPromotionRule));
    let unknown = placing("municipal", None, Group::Staff, 1);
    assert_eq!(promoted(&unknown, None), Err(No::NoPromotionRule));
    let mut open = placing("provincial", Some("一类"), Group::Staff, 1);
    open.closed_on = date(2026, 7, 11);
    assert_eq!(
        promoted(&open, None),
        Err(No::BeforeCompetitionClosed {
            closed_on: open.closed_on
        })
    );
    let mut ended = promotion_cn::built_in();
    for rule in &mut ended {
        rule.effective_to = Some(date(2026, 4, 30));
    }
    let placing = placing("provincial", Some("一类"), Group::Staff, 1);
    let none = promotion(&ended, &placing, &PromotionFacts::default(), DAY);
    assert_eq!(none, Err(No::NoPromotionRule));
}

fn any_level() -> impl Strategy<Value = Option<SkillLevel>> {
    prop_oneof![
        Just(None),
        Just(Some(Five)),
        Just(Some(Four)),
        Just(Some(Three)),
        Just(Some(Two)),
        Just(Some(One))
    ]
}

proptest! {
    /// A better place never gives less, and what is given is always above what is held.
    #[test]
    fn promotion_rises(rank in 1u32..60, better in 0u32..60, held in any_level(), student: bool,
                       tier in 0usize..4) {
        let group = if student { Group::Student } else { Group::Staff };
        let (tier, class) = [("provincial", Some("综合")), ("provincial", Some("二类")),
                             ("district", None), ("school", None)][tier];
        let at = |rank: u32| placing(tier, class, group, rank.clamp(1, 50));
        let given = promoted(&at(rank), held);
        if let Ok(level) = given {
            prop_assert!(held.is_none_or(|held| level > held));
            let best = promoted(&at(rank.saturating_sub(better)), held);
            prop_assert!(best.is_ok_and(|best| best >= level));
        }
    }
}

// 直接认定

fn claim(ground: &str, level: SkillLevel) -> DirectClaim {
    DirectClaim {
        ground: ground.into(),
        evidence: 1,
        level,
        by_employer: true,
        on_staff: true,
        held: None,
    }
}
fn recognised(claim: &DirectClaim, place: &str) -> Result<String, No> {
    let grounds = direct_cn::built_in();
    direct(&grounds, claim, region(place), DAY).map(|it| it.code.clone())
}

#[test]
fn zhejiang_recognises_directly_from_three_up_on_three_grounds() {
    for code in ["zj-problem-solved", "zj-award", "zj-mentor"] {
        assert_eq!(recognised(&claim(code, Three), "330106"), Ok(code.into()));
    }
    let below = No::LevelBelowFloor {
        level: Four,
        lowest: Three,
    };
    assert_eq!(recognised(&claim("zj-award", Four), "330106"), Err(below));
    // Where the province names its grounds, the national sentence opens no other.
    let national = claim("outstanding", Three);
    assert_eq!(recognised(&national, "330106"), Err(No::GroundUnknown));
    assert!(recognised(&claim("outstanding", Five), "510100").is_ok());
    assert_eq!(
        recognised(&claim("zj-award", Three), "510100"),
        Err(No::GroundUnknown)
    );
}

#[test]
fn direct_recognition_is_an_employers_for_its_own_on_evidence() {
    let with = |change: fn(&mut DirectClaim)| {
        let mut claim = claim("outstanding", Three);
        change(&mut claim);
        recognised(&claim, "510100").unwrap_err()
    };
    assert_eq!(with(|it| it.by_employer = false), No::DirectEmployerOnly);
    assert_eq!(with(|it| it.on_staff = false), No::DirectNotStaff);
    assert_eq!(with(|it| it.evidence = 0), No::DirectEvidenceMissing);
    assert_eq!(with(|it| it.ground = "because".into()), No::GroundUnknown);
    assert_eq!(
        with(|it| it.level = Special),
        No::LevelNotDirect { level: Special }
    );
    assert_eq!(
        with(|it| it.held = Some(Three)),
        No::LevelHeld { held: Three }
    );
    let grounds = direct_cn::built_in();
    let before = direct(
        &grounds,
        &claim("outstanding", Three),
        region("510100"),
        date(2025, 6, 19),
    );
    assert_eq!(before, Err(No::GroundUnknown));
}

// 评聘

fn candidate(level: SkillLevel, held: &[(SkillLevel, Date)]) -> AppointmentClaim {
    AppointmentClaim {
        level,
        by_employer: true,
        in_post: true,
        held: held.to_vec(),
        reviewed: vec![
            ReviewPart::Defence,
            ReviewPart::Achievements,
            ReviewPart::Comprehensive,
        ],
    }
}
fn appointed(claim: &AppointmentClaim, place: &str) -> Result<String, No> {
    appointment(&appointment_cn::built_in(), claim, region(place), DAY).map(|it| it.id.clone())
}

#[test]
fn special_builds_on_one_and_chief_on_special() {
    let long = date(2023, 7, 10);
    let short = date(2023, 7, 11);
    let special = |held: &[_]| appointed(&candidate(Special, held), "510100");
    assert_eq!(special(&[(One, long)]), Ok("demo-special".into()));
    assert_eq!(
        special(&[(One, short)]),
        Err(No::PriorLevelTooShort {
            level: One,
            until: date(2026, 7, 11)
        })
    );
    let missing = |level| Err(No::PriorLevelMissing { level });
    assert_eq!(special(&[(Two, long)]), missing(One));
    assert_eq!(
        special(&[(One, long), (Special, long)]),
        Err(No::LevelHeld { held: Special })
    );
    let chief = |held: &[_]| appointed(&candidate(Chief, held), "320102");
    assert_eq!(chief(&[(Special, long)]), Ok("demo-js-chief".into()));
    assert_eq!(chief(&[(One, long)]), missing(Special));
}

#[test]
fn an_appointment_is_an_employers_with_the_whole_review() {
    let held = [(One, date(2020, 1, 1))];
    let with = |change: fn(&mut AppointmentClaim)| {
        let mut claim = candidate(Special, &held);
        change(&mut claim);
        appointed(&claim, "510100").unwrap_err()
    };
    assert_eq!(
        with(|it| it.by_employer = false),
        No::AppointmentEmployerOnly
    );
    assert_eq!(with(|it| it.in_post = false), No::NotInPost);
    assert_eq!(with(|it| it.reviewed.truncate(2)), No::ReviewIncomplete);
    assert_eq!(
        with(|it| it.reviewed.push(ReviewPart::Defence)),
        No::ReviewIncomplete
    );
    assert_eq!(
        with(|it| it.level = One),
        No::LevelNotAppointed { level: One }
    );
    // A province may ask for fewer parts; one more that was marked does no harm.
    let mut shorter = appointment_cn::built_in();
    for policy in &mut shorter {
        policy.review = vec![ReviewPart::Achievements, ReviewPart::Comprehensive];
    }
    let whole = candidate(Special, &held);
    assert!(appointment(&shorter, &whole, region("510100"), DAY).is_ok());
    let none = appointment(&[], &candidate(Special, &held), region("510100"), DAY);
    assert_eq!(
        none.err(),
        Some(No::AppointmentPolicyMissing { level: Special })
    );
}

#[test]
fn the_certificate_ends_with_the_appointment_where_the_policy_says_so() {
    let stays = appointment_cn::built_in().remove(0);
    let ends = AppointmentPolicy {
        certificate_at_end: CertificateAtEnd::Cancelled,
        ..stays.clone()
    };
    let number: CertificateNumber = "Y000033000001261000001".parse().unwrap();
    let of = |policy, issued, named| certificate_ending(policy, issued, named);
    assert_eq!(
        of(Some(&ends), true, Some(&number)),
        Ok(Some(number.clone()))
    );
    assert_eq!(
        of(Some(&ends), true, None),
        Err(No::AppointmentCertificateUnnamed)
    );
    assert_eq!(of(Some(&ends), false, None), Ok(None));
    for (policy, issued) in [(Some(&ends), false), (Some(&stays), true), (None, true)] {
        let named = of(policy, issued, Some(&number));
        assert_eq!(named, Err(No::AppointmentCertificateStays));
        assert_eq!(of(policy, issued, None), Ok(None));
    }
}

#[test]
fn notice_and_term_are_the_policys() {
    let policies = appointment_cn::built_in();
    let jiangsu = policy_of(&policies, Special, region("320102"), DAY).unwrap();
    assert_eq!(jiangsu.notice_working_days, 5);
    let term = |to| jiangsu.check_term(date(2026, 8, 1), to);
    let outside = Err(No::TermOutside { least: 3, most: 5 });
    assert_eq!(term(date(2029, 7, 30)), outside);
    assert_eq!(term(date(2029, 7, 31)), Ok(()));
    assert_eq!(term(date(2031, 7, 31)), Ok(()));
    assert_eq!(term(date(2031, 8, 1)), outside);
}

// 学徒

#[test]
fn an_agreement_has_the_length_and_aim_of_its_policy() {
    let policies = apprenticeship_cn::built_in();
    let of =
        |kind, place: &str| apprenticeship::policy_of(&policies, kind, region(place), DAY).unwrap();
    let zhejiang = of(ApprenticeshipKind::NewType, "330106");
    assert_eq!(zhejiang.check_agreement(12, false, Two), Ok(()));
    assert_eq!(
        of(ApprenticeshipKind::NewType, "510100").check_agreement(12, false, Two),
        Err(No::TargetOutside { level: Two })
    );
    let length = |least| Err(No::AgreementLength { least, most: 36 });
    assert_eq!(zhejiang.check_agreement(11, false, Four), length(12));
    assert_eq!(zhejiang.check_agreement(37, false, Four), length(12));
    // Interns of the graduation year: half a year (浙江, 四川).
    assert_eq!(zhejiang.check_agreement(6, true, Four), Ok(()));
    assert_eq!(zhejiang.check_agreement(5, true, Four), length(6));
    let ordinary = of(ApprenticeshipKind::Ordinary, "510100");
    assert_eq!(ordinary.check_agreement(6, false, Five), Ok(()));
    assert_eq!(
        ordinary.check_agreement(6, true, Five),
        Err(No::ApprenticeshipPolicyMissing)
    );
    assert!(
        apprenticeship::policy_of(
            &policies,
            ApprenticeshipKind::Ordinary,
            region("510100"),
            date(2020, 1, 1)
        )
        .is_err()
    );
}

#[test]
fn who_completed_an_apprenticeship_is_graded_up_to_its_aim_by_that_employer() {
    let welder = "6-18-02-04".parse().unwrap();
    let completed = CompletedApprenticeship {
        occupation: welder,
        target: Four,
        with_this_employer: true,
        completed_on: DAY,
    };
    let claim = |level, completed: &[_]| GradingClaim {
        occupation: welder,
        level,
        by_employer: true,
        completed: completed.to_vec(),
        graded_on: vec![],
        held: None,
    };
    assert_eq!(grading(&claim(Four, &[completed]), DAY), Ok(completed));
    assert_eq!(grading(&claim(Five, &[completed]), DAY), Ok(completed));
    assert_eq!(
        grading(&claim(Three, &[completed]), DAY),
        Err(No::LevelAboveTarget {
            level: Three,
            target: Four
        })
    );
    let elsewhere = CompletedApprenticeship {
        with_this_employer: false,
        ..completed
    };
    let other = CompletedApprenticeship {
        occupation: "6-31-01-03".parse().unwrap(),
        ..completed
    };
    let none = Err(No::ApprenticeshipNotCompleted);
    assert_eq!(grading(&claim(Four, &[elsewhere, other]), DAY), none);
    assert_eq!(grading(&claim(Four, &[completed]), date(2026, 7, 9)), none);
    let mut held = claim(Four, &[completed]);
    held.held = Some(Four);
    assert_eq!(grading(&held, DAY), Err(No::LevelHeld { held: Four }));
    let mut social = claim(Four, &[completed]);
    social.by_employer = false;
    assert_eq!(grading(&social, DAY), Err(No::GradingEmployerOnly));
}

#[test]
fn an_apprenticeship_completed_is_graded_once() {
    let welder = "6-18-02-04".parse().unwrap();
    let completed = |on| CompletedApprenticeship {
        occupation: welder,
        target: Four,
        with_this_employer: true,
        completed_on: on,
    };
    let claim = |completed: &[_], graded_on: &[_]| GradingClaim {
        occupation: welder,
        level: Four,
        by_employer: true,
        completed: completed.to_vec(),
        graded_on: graded_on.to_vec(),
        held: Some(Five),
    };
    let (first, second) = (completed(date(2024, 7, 1)), completed(date(2026, 7, 1)));
    let graded_on = date(2024, 7, 1);
    // 五级 by the first apprenticeship leads to no 四级 without the conditions of application.
    assert_eq!(
        grading(&claim(&[first], &[graded_on]), DAY),
        Err(No::ApprenticeshipGraded { graded_on })
    );
    let newer = claim(&[first, second], &[date(2023, 1, 1), graded_on]);
    assert_eq!(grading(&newer, DAY), Ok(second));
    assert_eq!(
        grading(&claim(&[], &[graded_on]), DAY),
        Err(No::ApprenticeshipNotCompleted)
    );
}

// 适用地区

#[test]
fn the_nearest_jurisdiction_answers() {
    let place = region("330106");
    let near: Vec<_> = ["DEMO", "CN", "330000", "330100", "330106", "320000", "x"]
        .map(|it| nearness(it, place))
        .into_iter()
        .collect();
    let expected = [Some(0), Some(1), Some(2), Some(3), Some(4), None, None];
    assert_eq!(near, expected);
    let rules = ["CN", "330000", "DEMO", "330000", "320000"];
    assert_eq!(nearest(&rules, |it| it, place), [&"330000", &"330000"]);
    assert_eq!(nearest(&rules, |it| it, region("510100")), [&"CN"]);
    assert!(is_known("DEMO") && is_known("CN") && is_known("330106"));
    assert!(!is_known("中国"));
}

#[test]
fn what_is_built_in_says_its_source_and_is_not_called_verified() {
    for rule in promotion_cn::built_in() {
        assert!(!rule.verified && !rule.source.is_empty() && is_known(&rule.jurisdiction));
        assert!(rule.ladder.is_sorted() && !rule.ladder.is_empty());
    }
    for ground in direct_cn::built_in() {
        assert!(!ground.verified && !ground.source.is_empty() && is_known(&ground.jurisdiction));
    }
    for policy in appointment_cn::built_in() {
        assert!(!policy.verified && policy.prior < policy.level);
    }
    for policy in apprenticeship_cn::built_in() {
        assert!(!policy.verified && policy.months_least <= policy.months_most);
    }
}
