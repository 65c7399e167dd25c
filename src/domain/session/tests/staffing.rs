//! One test a rule of staffing.

use super::process::{everybody, staff};
use crate::domain::attainment::{Assessed, ItemKind};
use crate::domain::body::event::BodyKind;
use crate::domain::example::*;
use crate::domain::ids::{BodyId, SubjectId};
use crate::domain::level::SkillLevel;
use crate::domain::rules::assessment::{AssessmentPolicy, OccupationRatio, Staffing};
use crate::domain::session::rejection::SessionRejection as No;
use crate::domain::session::staffing::{Plan, assign, examiner_named};
use crate::domain::session::step::{Assigned, Duty};
use crate::domain::staff::facts::StaffFacts;
use crate::domain::staff::rejection::StaffRejection;
use crate::domain::staff::role::StaffRole;
use crate::domain::staff::state::Validity;
use jiff::civil::date;
use std::collections::BTreeSet;
use uuid::Uuid;

/// What a test changes of the world.
struct World {
    policy: Staffing,
    assessed: Assessed,
    body_kind: BodyKind,
    examined: bool,
    candidates: usize,
    levels: Vec<SkillLevel>,
    trainers: BTreeSet<SubjectId>,
    rooms: u16,
    staff: Vec<(Duty, StaffFacts)>,
}

fn candidate(n: usize) -> SubjectId {
    SubjectId::from(worker(n as u128))
}

/// Twenty candidates for 三级 in one room, and everybody it takes.
fn arranged(change: impl FnOnce(&mut World)) -> Result<Vec<Assigned>, No> {
    let mut world = World {
        policy: AssessmentPolicy::demo().staffing,
        assessed: opened().assessed,
        body_kind: BodyKind::SocialAssessor,
        examined: true,
        candidates: 20,
        levels: vec![SkillLevel::Three],
        trainers: BTreeSet::new(),
        rooms: 1,
        staff: everybody(),
    };
    change(&mut world);
    let candidates: BTreeSet<SubjectId> = (1..=world.candidates).map(candidate).collect();
    let plan = Plan {
        policy: &world.policy,
        assessed: &world.assessed,
        body: body_id(),
        body_kind: world.body_kind,
        examined: world.examined,
        candidates: &candidates,
        levels: world.levels.iter().copied().collect(),
        trainers: &world.trainers,
        rooms: world.rooms,
    };
    assign(&plan, &world.staff)
}
fn without(world: &mut World, duty: Duty, keep: usize) {
    let mut kept = 0;
    world.staff.retain(|(of, _)| {
        kept += usize::from(*of == duty);
        *of != duty || kept <= keep
    });
}
/// Changes the card of everybody with this duty.
fn cards(world: &mut World, duty: Duty, change: fn(&mut crate::domain::staff::facts::CardFacts)) {
    for (of, facts) in &mut world.staff {
        if *of == duty {
            facts.cards.iter_mut().for_each(change);
        }
    }
}
fn examiners(world: &mut World, n: u128) {
    without(world, Duty::Examiner, 0);
    let more = (1..=n).map(|n| (Duty::Examiner, staff(100 + n, StaffRole::SeniorExaminer)));
    world.staff.extend(more);
}

#[test]
fn everybody_it_takes_is_enough() {
    assert_eq!(arranged(|_| {}).map(|it| it.len()), Ok(9));
}

#[test]
fn examiners_are_three_at_least_an_odd_number_and_ten_candidates_to_each() {
    let with = |n, candidates| {
        arranged(|it| {
            examiners(it, n);
            it.candidates = candidates;
            it.rooms = 0;
        })
        .map(|_| ())
    };
    assert_eq!(with(3, 1), Ok(()));
    assert_eq!(with(2, 1), Err(No::ExaminersTooFew { least: 3 }));
    assert_eq!(with(4, 1), Err(No::NumberEven));
    assert_eq!(with(3, 30), Ok(()));
    assert_eq!(with(3, 31), Err(No::ExaminersTooFew { least: 4 }));
    assert_eq!(with(5, 50), Ok(()));
}

#[test]
fn an_occupation_may_have_a_ratio_of_its_own() {
    let with = |n| {
        arranged(|it| {
            it.policy.ratios = vec![OccupationRatio {
                occupation: occupation().code,
                candidates: 5,
            }];
            examiners(it, n);
        })
        .map(|_| ())
    };
    assert_eq!(with(3), Err(No::ExaminersTooFew { least: 4 }));
    assert_eq!(with(5), Ok(()));
}

#[test]
fn an_examiner_judges_up_to_the_level_of_the_policy_and_a_senior_one_all() {
    let with = |levels: &[SkillLevel]| {
        arranged(|it| {
            cards(it, Duty::Examiner, |card| card.role = StaffRole::Examiner);
            it.levels = levels.to_vec();
        })
        .map(|_| ())
    };
    use SkillLevel::{Five, Three, Two};
    assert_eq!(with(&[Five, Three]), Ok(()));
    assert_eq!(with(&[Three, Two]), Err(No::RankTooLow { level: Two }));
    let seniors = arranged(|it| it.levels = vec![Two]);
    assert!(seniors.is_ok());
}

#[test]
fn a_card_is_good_for_the_occupation_the_level_and_the_day() {
    let with = |change: fn(&mut crate::domain::staff::facts::CardFacts)| {
        arranged(|it| cards(it, Duty::Examiner, change)).map(|_| ())
    };
    let other = "6-31-01-03".parse().unwrap();
    let welder = occupation().code;
    assert_eq!(
        with(|card| card.occupations = vec!["6-31-01-03".parse().unwrap()]),
        Err(No::Staff(StaffRejection::OccupationOutsideCard {
            occupation: welder
        }))
    );
    assert_ne!(welder, other);
    assert_eq!(
        with(|card| card.occupations = vec!["6-18-02-04".parse().unwrap()]),
        Ok(())
    );
    assert_eq!(
        with(|card| card.levels = vec![SkillLevel::Five]),
        Err(No::Staff(StaffRejection::LevelOutsideCard {
            level: SkillLevel::Three
        }))
    );
    let to = date(2026, 7, 9);
    assert_eq!(
        with(|card| card.validity = Validity::Expired {
            to: date(2026, 7, 9)
        }),
        Err(No::Staff(StaffRejection::CardExpired { to }))
    );
    assert_eq!(
        with(|card| card.role = StaffRole::Teacher),
        Err(No::Staff(StaffRejection::NoCard))
    );
}

#[test]
fn nobody_assesses_himself_whom_he_taught_or_whom_he_is_close_to() {
    let is = |change: fn(&mut World)| arranged(change).map(|_| ());
    assert_eq!(
        is(|it| it.staff[0].1.subject = candidate(7)),
        Err(No::Staff(StaffRejection::IsCandidate))
    );
    assert_eq!(
        is(|it| {
            it.trainers.insert(it.staff[0].1.subject);
        }),
        Err(No::Staff(StaffRejection::TrainedCandidate))
    );
    assert_eq!(
        is(|it| it.staff[0].1.related = vec![candidate(3)]),
        Err(No::Staff(StaffRejection::RelatedToCandidate))
    );
    assert_eq!(is(|it| it.staff[0].1.related = vec![candidate(21)]), Ok(()));
}

#[test]
fn examiners_of_a_social_assessor_may_have_to_come_from_outside() {
    let with = |body: BodyId, kind, asked| {
        arranged(|it| {
            it.policy.social_examiners_from_outside = asked;
            it.body_kind = kind;
            for (_, facts) in &mut it.staff {
                facts.cards[0].body = Some(body);
            }
        })
        .map(|_| ())
    };
    let other = BodyId(Uuid::from_u128(0xb0e));
    // It is examiners who come from outside: invigilators are the site's own.
    let invigilators_inside = arranged(|it| {
        it.policy.social_examiners_from_outside = true;
        for (duty, facts) in &mut it.staff {
            let own = *duty == Duty::Invigilator;
            facts.cards[0].body = Some(if own { body_id() } else { other });
        }
    });
    assert!(invigilators_inside.is_ok());
    let (social, employer) = (BodyKind::SocialAssessor, BodyKind::Employer);
    assert_eq!(with(body_id(), social, true), Err(No::ExaminerOfThisBody));
    assert_eq!(with(body_id(), social, false), Ok(()));
    assert_eq!(with(body_id(), employer, true), Ok(()));
    assert_eq!(with(other, social, true), Ok(()));
}

#[test]
fn invigilators_are_two_a_room_and_one_to_fifteen_candidates() {
    let with = |rooms, candidates, invigilators: usize| {
        arranged(|it| {
            it.rooms = rooms;
            it.candidates = candidates;
            without(it, Duty::Invigilator, 0);
            let more = (1..=invigilators as u128)
                .map(|n| (Duty::Invigilator, staff(200 + n, StaffRole::Invigilator)));
            it.staff.extend(more);
        })
        .map(|_| ())
    };
    assert_eq!(with(0, 20, 0), Ok(()), "no theory, no room");
    assert_eq!(with(1, 20, 1), Err(No::InvigilatorsTooFew { least: 2 }));
    assert_eq!(with(1, 30, 2), Ok(()));
    assert_eq!(with(1, 31, 2), Err(No::ExaminersTooFew { least: 4 }));
    assert_eq!(with(2, 30, 3), Err(No::InvigilatorsTooFew { least: 4 }));
    let crowded = arranged(|it| {
        it.policy.candidates_per_examiner = 100;
        it.candidates = 31;
    });
    assert_eq!(crowded, Err(No::InvigilatorsTooFew { least: 3 }));
}

#[test]
fn a_committee_of_an_odd_number_reviews_the_two_high_levels() {
    let with = |level, reviewers| {
        arranged(|it| {
            it.levels = vec![level];
            without(it, Duty::Reviewer, reviewers);
        })
        .map(|_| ())
    };
    use SkillLevel::{One, Three, Two};
    assert_eq!(with(Three, 0), Ok(()));
    assert_eq!(with(Two, 0), Err(No::ReviewersTooFew { least: 3 }));
    assert_eq!(with(One, 2), Err(No::ReviewersTooFew { least: 3 }));
    assert_eq!(with(Two, 3), Ok(()));
    let four = arranged(|it| {
        it.levels = vec![Two];
        it.staff
            .push((Duty::Reviewer, staff(300, StaffRole::Expert)));
    });
    assert_eq!(four, Err(No::NumberEven));
}

#[test]
fn an_appointment_takes_a_committee_and_no_examiners() {
    let with = |reviewers| {
        arranged(|it| {
            it.examined = false;
            it.candidates = 0;
            it.rooms = 0;
            it.levels = vec![SkillLevel::Special];
            without(it, Duty::Examiner, 0);
            without(it, Duty::Invigilator, 0);
            without(it, Duty::Reviewer, reviewers);
        })
        .map(|_| ())
    };
    assert_eq!(with(3), Ok(()));
    assert_eq!(with(0), Err(No::ReviewersTooFew { least: 3 }));
}

#[test]
fn a_quality_supervisor_is_there_and_does_nothing_else() {
    let none = arranged(|it| without(it, Duty::Supervisor, 0));
    assert_eq!(none, Err(No::SupervisorMissing { least: 1 }));
    let acts = arranged(|it| {
        let (_, mut facts) = it.staff[8].clone();
        facts
            .cards
            .push(staff(6, StaffRole::Invigilator).cards[0].clone());
        it.staff.push((Duty::Invigilator, facts));
    });
    assert_eq!(acts, Err(No::SupervisorActs));
}

#[test]
fn nobody_does_one_duty_twice_and_staff_are_bounded() {
    let twice = arranged(|it| {
        let again = it.staff[0].clone();
        it.staff.push(again);
    });
    assert_eq!(twice, Err(No::StaffTwice));
    let most = arranged(|it| {
        let more = (0..491).map(|n| (Duty::Invigilator, staff(1_000 + n, StaffRole::Invigilator)));
        it.staff.extend(more);
    });
    assert_eq!(most.map(|it| it.len()), Ok(500));
    let many = arranged(|it| {
        let more = (0..500).map(|n| (Duty::Invigilator, staff(1_000 + n, StaffRole::Invigilator)));
        it.staff.extend(more);
    });
    assert_eq!(many, Err(No::TooManyStaff { most: 500 }));
}

#[test]
fn an_item_is_judged_by_examiners_of_items() {
    let with = |role| {
        arranged(|it| {
            it.assessed = Assessed::Item {
                kind: ItemKind::SpecialSkill,
                item: "ZX-2026-017".parse().unwrap(),
                name: name("面点制作"),
                of: None,
            };
            it.levels = vec![];
            it.staff
                .iter_mut()
                .filter(|(duty, _)| *duty == Duty::Examiner)
                .for_each(|(_, facts)| facts.cards[0].role = role);
        })
        .map(|_| ())
    };
    assert_eq!(with(StaffRole::SpecialSkillExaminer), Ok(()));
    assert_eq!(
        with(StaffRole::Teacher),
        Err(No::Staff(StaffRejection::NoCard))
    );
}

#[test]
fn an_examiner_of_items_judges_the_items_his_card_names() {
    let item = |code: &str| code.parse::<crate::domain::item::ItemCode>().unwrap();
    let with = |named: &[&str]| {
        arranged(|it| {
            it.assessed = Assessed::Item {
                kind: ItemKind::SpecialSkill,
                item: item("ZX-2026-017"),
                name: name("面点制作"),
                of: None,
            };
            it.levels = vec![];
            for (_, facts) in it.staff.iter_mut().filter(|(it, _)| *it == Duty::Examiner) {
                facts.cards[0].role = StaffRole::SpecialSkillExaminer;
                facts.cards[0].items = named.iter().map(|it| item(it)).collect();
            }
        })
        .map(|_| ())
    };
    assert_eq!(with(&["ZX-2026-016", "ZX-2026-017"]), Ok(()));
    assert_eq!(
        with(&["ZX-2026-016"]),
        Err(No::Staff(StaffRejection::ItemOutsideCard {
            item: item("ZX-2026-017")
        }))
    );
}

#[test]
fn an_examiner_named_at_the_opening_has_a_card_for_it() {
    let named = |role, change: fn(&mut crate::domain::staff::facts::CardFacts)| {
        let mut facts = staff(1, role);
        change(&mut facts.cards[0]);
        examiner_named(&opened().assessed, &facts)
    };
    assert_eq!(named(StaffRole::SeniorExaminer, |_| {}), Ok(()));
    assert_eq!(named(StaffRole::Examiner, |_| {}), Ok(()));
    assert_eq!(
        named(StaffRole::Examiner, |it| it.occupations =
            vec!["6-31-01-03".parse().unwrap()]),
        Err(No::Staff(StaffRejection::OccupationOutsideCard {
            occupation: occupation().code
        }))
    );
    let later = named(StaffRole::Examiner, |it| {
        it.validity = Validity::NotBegun {
            from: date(2027, 1, 1),
        };
    });
    assert_eq!(later, Ok(()));
    let over = date(2026, 7, 1);
    assert!(matches!(
        named(StaffRole::SeniorExaminer, |it| it.validity =
            Validity::Expired {
                to: date(2026, 7, 1)
            }),
        Err(No::Staff(StaffRejection::CardExpired { to })) if to == over
    ));
    assert_eq!(
        named(StaffRole::Invigilator, |_| {}),
        Err(No::Staff(StaffRejection::NoCard))
    );
}
