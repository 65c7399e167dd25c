//! 报名 and 资格审核.

use super::*;

#[test]
fn candidates_register_on_the_days_announced_and_once() {
    let schedule = |days: RegistrationScheduled| C::ScheduleRegistration {
        days,
        on: REGISTERS,
    };
    past([full().into()])
        .when(schedule(days()))
        .then([days().into()]);
    for wrong in [
        RegistrationScheduled {
            from: date(2026, 7, 1),
            ..days()
        },
        RegistrationScheduled {
            to: ASSESSED.tomorrow().unwrap(),
            ..days()
        },
        RegistrationScheduled {
            from: date(2026, 5, 1),
            to: date(2026, 5, 31),
        },
    ] {
        past([full().into()])
            .when(schedule(wrong))
            .rejected(No::RegistrationDatesDisagree);
    }
    let one = || vec![full().into(), days().into(), registered(1).into()];
    let shorter = RegistrationScheduled {
        from: date(2026, 6, 2),
        ..days()
    };
    past(one())
        .when(schedule(shorter))
        .rejected(No::RegistrationDatesDisagree);
    past([opened().into()])
        .when(schedule(days()))
        .rejected(No::SheetOnly);

    let register = |change: fn(&mut CandidateRegistered)| {
        let mut it = registered(2);
        change(&mut it);
        past(one()).when(C::Register(it))
    };
    register(|_| {}).then([registered(2).into()]);
    register(|it| it.worker = worker(1)).rejected(No::AlreadyRegistered);
    register(|it| it.level = None).rejected(No::LevelMissing);
    register(|it| it.level = Some(SkillLevel::Five)).rejected(No::LevelOutsideSession {
        level: SkillLevel::Five,
    });
    register(|it| it.worker = crate::domain::ids::WorkerId(opened().examiners[0].0))
        .rejected(No::SelfAssessment);
    register(|it| it.evidence = vec![digest(1); 51]).rejected(No::TooMuchEvidence { most: 50 });
    register(|it| it.on = date(2026, 7, 1)).rejected(No::RegistrationClosed {
        from: days().from,
        to: days().to,
    });
    register(|it| it.retained = vec![theory_kept(), theory_kept()]).rejected(No::RetainedDiffers);
    past([full().into()])
        .when(C::Register(registered(1)))
        .rejected(No::RegistrationNotScheduled);
    past(ready())
        .when(C::Register(registered(9)))
        .rejected(No::AlreadyArranged);
    let direct = SessionOpened {
        route: Route::DirectRecognition,
        ..full()
    };
    past([direct.into(), days().into()])
        .when(C::Register(registered(1)))
        .rejected(No::NoExamination {
            route: Route::DirectRecognition,
        });
    let many = (0..CANDIDATES_MAX as u128).map(|n| registered(n + 100).into());
    past(one().into_iter().take(2).chain(many))
        .when(C::Register(registered(1)))
        .rejected(No::TooManyCandidates {
            most: CANDIDATES_MAX as u32,
        });
}

fn theory_kept() -> Retained {
    Retained {
        component: Component::Theory,
        session: SessionId(Uuid::from_u128(0x5e4)),
        score: Score::from_tenths(800).unwrap(),
    }
}

#[test]
fn eligibility_is_what_was_found_and_nobody_overrides_it() {
    let two = || {
        vec![
            full().into(),
            days().into(),
            registered(1).into(),
            registered(2).into(),
        ]
    };
    let decide = |findings: Vec<Finding>| C::DecideEligibility {
        findings,
        on: REGISTERS,
    };
    let with = |change: fn(&mut Finding)| {
        let mut it = finding(1);
        change(&mut it);
        past(two()).when(decide(vec![it]))
    };
    past(two())
        .when(decide(vec![finding(1), finding(2)]))
        .then([decided(1, &[]).into(), decided(2, &[]).into()]);
    with(|it| it.refused = vec!["not-own-staff".into()])
        .then([decided(1, &["not-own-staff"]).into()]);
    for held in [SkillLevel::Three, SkillLevel::One] {
        let holds = Finding {
            held: Some(held),
            ..finding(1)
        };
        past(two())
            .when(decide(vec![holds]))
            .then([decided(1, &[enrol::LEVEL_HELD]).into()]);
    }
    with(|it| it.held = None).then([decided(1, &[]).into()]);
    with(|it| it.met.clear()).then([EligibilityDecided {
        met: vec![],
        ..decided(1, &[enrol::CONDITIONS_NOT_MET])
    }
    .into()]);
    past(two())
        .when(decide(vec![]))
        .rejected(No::NothingToReview);
    past(two())
        .when(decide(vec![finding(9)]))
        .rejected(No::NotRegistered);
    past(two())
        .when(decide(vec![finding(1), finding(1)]))
        .rejected(No::EligibilityAlreadyDecided);
    past(reviewed())
        .when(decide(vec![finding(1)]))
        .rejected(No::EligibilityAlreadyDecided);
    past(reviewed())
        .when(decide(vec![finding(3)]))
        .then([decided(3, &[]).into()]);
    past(ready())
        .when(decide(vec![finding(3)]))
        .rejected(No::AlreadyArranged);
    past(two())
        .when(C::DecideEligibility {
            findings: vec![finding(1)],
            on: REGISTERS.yesterday().unwrap(),
        })
        .rejected(No::DateBefore {
            earliest: REGISTERS,
        });
}

#[test]
fn what_is_brought_along_must_be_kept_with_that_mark() {
    let brings = CandidateRegistered {
        retained: vec![theory_kept()],
        ..registered(1)
    };
    let events = || vec![full().into(), days().into(), brings.clone().into()];
    let decide = |kept: Vec<Retained>| {
        past(events()).when(C::DecideEligibility {
            findings: vec![Finding { kept, ..finding(1) }],
            on: REGISTERS,
        })
    };
    decide(vec![theory_kept()]).then([decided(1, &[]).into()]);
    decide(vec![]).then([decided(1, &[enrol::COMPONENT_NOT_KEPT]).into()]);
    let lower = Retained {
        score: Score::from_tenths(790).unwrap(),
        ..theory_kept()
    };
    decide(vec![lower]).then([decided(1, &[enrol::COMPONENT_NOT_KEPT]).into()]);

    let entered = |retained: Vec<Retained>| C::EnterResults {
        results: vec![ResultEntered {
            retained,
            ..passed(1)
        }],
        on: TODAY,
    };
    let sat = || {
        let more = vec![
            decided(1, &[]).into(),
            arranged().into(),
            evidence(0xe1).into(),
        ];
        past([events(), more].concat())
    };
    sat().when(entered(vec![])).rejected(No::RetainedDiffers);
    let brought = ResultEntered {
        retained: vec![theory_kept()],
        ..passed(1)
    };
    sat()
        .when(entered(vec![theory_kept()]))
        .then([brought.into()]);
}

#[test]
fn a_candidate_hands_in_fifty_pieces_of_evidence_at_most() {
    let with = |pieces| CandidateRegistered {
        evidence: vec![digest(1); pieces],
        ..registered(1)
    };
    let begun = || [full().into(), days().into()];
    past(begun())
        .when(C::Register(with(50)))
        .then([with(50).into()]);
    past(begun())
        .when(C::Register(with(51)))
        .rejected(No::TooMuchEvidence { most: 50 });
}

#[test]
fn every_rule_that_refuses_a_candidate_is_named_once() {
    let registered = [full().into(), days().into(), registered(1).into()];
    let found = |refused: &[&str]| Finding {
        met: vec![],
        held: Some(SkillLevel::Three),
        refused: refused.iter().map(|it| (*it).to_owned()).collect(),
        ..finding(1)
    };
    let (own, held) = ("not-own-staff", enrol::LEVEL_HELD);
    for (refused, named) in [
        (&[own][..], &[own, enrol::CONDITIONS_NOT_MET, held][..]),
        (&[held, own], &[held, own, enrol::CONDITIONS_NOT_MET]),
    ] {
        past(registered.clone())
            .when(C::DecideEligibility {
                findings: vec![found(refused)],
                on: REGISTERS,
            })
            .then([EligibilityDecided {
                met: vec![],
                ..decided(1, named)
            }
            .into()]);
    }
}
