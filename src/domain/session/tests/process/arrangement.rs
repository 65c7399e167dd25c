//! 考务安排, 考核, 评分 and 综合评审.

use super::*;

#[test]
fn rooms_and_staff_are_arranged_for_candidates_whose_eligibility_is_decided() {
    past(reviewed())
        .when(C::Arrange(arrange()))
        .then([arranged().into()]);
    let pending = reviewed().into_iter().take(7);
    past(pending)
        .when(C::Arrange(arrange()))
        .rejected(No::EligibilityPending { candidates: 1 });
    past([full().into(), days().into()])
        .when(C::Arrange(arrange()))
        .rejected(No::NobodyEligible);
    past(reviewed())
        .when(C::Arrange(Arrange {
            on: ASSESSED.tomorrow().unwrap(),
            ..arrange()
        }))
        .rejected(No::ArrangedTooLate {
            assessed_on: ASSESSED,
        });
    past(ready())
        .when(C::Arrange(arrange()))
        .rejected(No::ArrangementInUse);
    let no_bank = SessionOpened {
        question_bank: None,
        ..full()
    };
    let without: Vec<SessionEvent> = [vec![no_bank.into()], reviewed()[1..].to_vec()].concat();
    past(without.clone())
        .when(C::Arrange(arrange()))
        .rejected(No::QuestionBankMissing);
    let own = QuestionBank {
        id: "TJ-电焊工".into(),
        version: "3".into(),
    };
    past(without)
        .when(C::Arrange(Arrange {
            question_bank: Some(own.clone()),
            ..arrange()
        }))
        .then([SessionArranged {
            question_bank: Some(own),
            ..arranged()
        }
        .into()]);
}

#[test]
fn an_arrangement_is_replaced_until_something_rests_on_it() {
    let mut other = everybody();
    other[7].1 = staff(7, StaffRole::Invigilator);
    let mut expected = arranged();
    expected.released = vec![expected.staff[7]];
    expected.staff[7].staff = other[7].1.subject;
    expected.staff[7].card = other[7].1.cards[0].card;
    let once = [reviewed(), vec![arranged().into()]].concat();
    past(once)
        .when(C::Arrange(Arrange {
            staff: other,
            ..arrange()
        }))
        .then([expected.into()]);
}

#[test]
fn evidence_is_of_the_assessment_its_day_and_its_region() {
    let record = |evidence: EvidenceRecorded| C::RecordEvidence {
        evidence,
        on: TODAY,
    };
    past(ready())
        .when(record(evidence(0xe2)))
        .then([evidence(0xe2).into()]);
    past(ready())
        .when(record(evidence(0xe1)))
        .rejected(No::EvidenceTwice);
    past(reviewed())
        .when(record(evidence(0xe2)))
        .rejected(No::NotArranged);
    for taken_on in [ASSESSED.yesterday().unwrap(), TODAY.tomorrow().unwrap()] {
        let off = EvidenceRecorded {
            taken_at: taken_on.at(9, 0, 0, 0),
            ..evidence(0xe2)
        };
        past(ready())
            .when(record(off))
            .rejected(No::EvidenceOutOfTime {
                from: ASSESSED,
                to: TODAY,
            });
    }
    let elsewhere = EvidenceRecorded {
        region: "330100".parse().unwrap(),
        ..evidence(0xe2)
    };
    past(ready())
        .when(record(elsewhere))
        .rejected(No::EvidenceElsewhere {
            region: full().region,
        });
    let province = EvidenceRecorded {
        region: "320000".parse().unwrap(),
        ..evidence(0xe2)
    };
    past(ready())
        .when(record(province.clone()))
        .then([province.into()]);
}

#[test]
fn only_who_may_be_assessed_has_a_result() {
    let enter = |results: Vec<ResultEntered>| C::EnterResults { results, on: TODAY };
    past(ready())
        .when(enter(vec![passed(1), failed(2)]))
        .then([passed(1).into(), failed(2).into()]);
    past(ready())
        .when(enter(vec![passed(3)]))
        .rejected(No::NotEligible);
    past(ready())
        .when(enter(vec![passed(9)]))
        .rejected(No::NotRegistered);
    let other_level = ResultEntered {
        level: Some(SkillLevel::Two),
        ..passed(1)
    };
    past(ready())
        .when(enter(vec![other_level]))
        .rejected(No::RegisteredLevelDiffers);
    past(reviewed())
        .when(enter(vec![passed(1)]))
        .rejected(No::NotArranged);
    past(marked())
        .when(enter(vec![passed(1)]))
        .rejected(No::WorkerTwice);
}

#[test]
fn results_are_proposed_when_everybody_has_one_and_the_assessment_left_evidence() {
    let propose = || C::ProposeConfirm(proposing());
    let act = Act::ConfirmResults { candidates: 2 };
    past(marked())
        .when(propose())
        .then([SessionEvent::Proposal(proposing().made(act).into())]);
    let one = [ready(), vec![passed(1).into()]].concat();
    past(one)
        .when(propose())
        .rejected(No::ResultsMissing { candidates: 1 });
    let bare = [
        reviewed(),
        vec![arranged().into(), passed(1).into(), failed(2).into()],
    ];
    past(bare.concat())
        .when(propose())
        .rejected(No::EvidenceMissing);
}

#[test]
fn marks_of_a_review_come_from_the_committee_arranged() {
    let two = Some(SkillLevel::Two);
    let at_two = |it: CandidateRegistered| CandidateRegistered { level: two, ..it };
    let with_review = ResultEntered {
        level: two,
        basis: ResultBasis::Marks(Marks {
            review: Some(Mark::Scored(Score::PASS)),
            ..marks(800, 600)
        }),
        ..passed(1)
    };
    let sat: Vec<SessionEvent> = vec![
        full().into(),
        days().into(),
        at_two(registered(1)).into(),
        decided(1, &[]).into(),
        arranged().into(),
        evidence(0xe1).into(),
        with_review.into(),
    ];
    past(sat.clone())
        .when(C::ProposeConfirm(proposing()))
        .rejected(No::ReviewNotHeld);
    let members: Vec<SubjectId> = (1..=3)
        .map(|n| staff(n, StaffRole::Expert).subject)
        .collect();
    let held = |members: Vec<SubjectId>, on| ReviewHeld {
        members,
        minutes: digest(5),
        on,
    };
    let whole = held(members.clone(), ASSESSED);
    past(sat.clone())
        .when(C::HoldReview(whole.clone()))
        .then([whole.clone().into()]);
    past(sat.clone())
        .when(C::HoldReview(held(members[..2].to_vec(), ASSESSED)))
        .rejected(No::CommitteeDiffers);
    past(sat.clone())
        .when(C::HoldReview(held(members, ASSESSED.yesterday().unwrap())))
        .rejected(No::NotYetAssessed {
            assessed_on: ASSESSED,
        });
    past(reviewed())
        .when(C::HoldReview(whole.clone()))
        .rejected(No::NotArranged);
    let act = Act::ConfirmResults { candidates: 1 };
    past([sat, vec![whole.into()]].concat())
        .when(C::ProposeConfirm(proposing()))
        .then([SessionEvent::Proposal(proposing().made(act).into())]);
}

#[test]
fn the_arrangement_follows_the_last_day_of_registration_and_every_decision() {
    let on = |on| C::Arrange(Arrange { on, ..arrange() });
    let last = days().to;
    past(reviewed())
        .when(on(last.yesterday().unwrap()))
        .rejected(No::RegistrationRunning { to: last });
    past(reviewed()).when(on(last)).then([SessionArranged {
        on: last,
        ..arranged()
    }
    .into()]);
    let earliest = date(2026, 7, 2);
    let late = EligibilityDecided {
        on: earliest,
        ..decided(2, &[])
    };
    let mut reviewed_late = reviewed();
    reviewed_late[6] = late.into();
    past(reviewed_late.clone())
        .when(on(date(2026, 7, 1)))
        .rejected(No::DateBefore { earliest });
    past(reviewed_late)
        .when(on(earliest))
        .then([SessionArranged {
            on: earliest,
            ..arranged()
        }
        .into()]);
}

#[test]
fn who_is_arranged_has_no_result_of_his_own() {
    let mut arranged = arranged();
    arranged.staff[8].staff = SubjectId::from(worker(1));
    let events = [reviewed(), vec![arranged.into(), evidence(0xe1).into()]];
    past(events.concat())
        .when(C::EnterResults {
            results: vec![passed(1)],
            on: TODAY,
        })
        .rejected(No::SelfAssessment);
}

#[test]
fn rooms_may_be_arranged_on_the_day_itself_and_an_appointment_needs_no_question_bank() {
    past(reviewed())
        .when(C::Arrange(Arrange {
            on: ASSESSED,
            ..arrange()
        }))
        .then([SessionArranged {
            on: ASSESSED,
            ..arranged()
        }
        .into()]);
    let appointment = SessionOpened {
        route: Route::Appointment,
        question_bank: None,
        assessed: match full().assessed {
            Assessed::Levels {
                occupation,
                occupation_name,
                work_type,
                ..
            } => Assessed::Levels {
                occupation,
                occupation_name,
                work_type,
                levels: vec![SkillLevel::Special],
            },
            item => item,
        },
        ..full()
    };
    let committee: Vec<_> = everybody()
        .into_iter()
        .filter(|(duty, _)| matches!(duty, Duty::Reviewer | Duty::Supervisor))
        .collect();
    let assigned = |(duty, facts): &(Duty, StaffFacts)| Assigned {
        staff: facts.subject,
        duty: *duty,
        card: facts.cards[0].card,
        role: facts.cards[0].role,
    };
    past([appointment.into()])
        .when(C::Arrange(Arrange {
            rooms: 0,
            staff: committee.clone(),
            ..arrange()
        }))
        .then([SessionArranged {
            candidates: 0,
            rooms: 0,
            staff: committee.iter().map(assigned).collect(),
            question_bank: None,
            ..arranged()
        }
        .into()]);
}

#[test]
fn evidence_is_recorded_on_the_day_it_was_made_and_of_the_province_or_the_district() {
    let record = |change: fn(&mut EvidenceRecorded), on| {
        let mut it = evidence(0xe2);
        change(&mut it);
        (it.clone(), C::RecordEvidence { evidence: it, on })
    };
    let (made, command) = record(|_| {}, ASSESSED);
    past(ready()).when(command).then([made.into()]);
    for region in ["320000", "320100"] {
        let mut it = evidence(0xe2);
        it.region = region.parse().unwrap();
        let command = C::RecordEvidence {
            evidence: it.clone(),
            on: TODAY,
        };
        past(ready()).when(command).then([it.into()]);
    }
    let (_, command) = record(
        |it| it.taken_at = ASSESSED.tomorrow().unwrap().at(0, 0, 0, 0),
        ASSESSED,
    );
    past(ready()).when(command).rejected(No::EvidenceOutOfTime {
        from: ASSESSED,
        to: ASSESSED,
    });
}

#[test]
fn a_committee_meets_for_the_review_it_gives_and_not_for_one_brought_along() {
    let kept = |component| Retained {
        component,
        session: SessionId(Uuid::from_u128(0x01d)),
        score: Score::PASS,
    };
    let propose = |component| {
        let mark = Some(Mark::Scored(Score::PASS));
        let registered = CandidateRegistered {
            level: Some(SkillLevel::Two),
            retained: vec![kept(component)],
            ..registered(1)
        };
        let result = ResultEntered {
            level: Some(SkillLevel::Two),
            basis: ResultBasis::Marks(Marks {
                theory: mark,
                skill: mark,
                review: mark,
            }),
            retained: vec![kept(component)],
            ..passed(1)
        };
        past([
            full().into(),
            days().into(),
            registered.into(),
            decided(1, &[]).into(),
            arranged().into(),
            evidence(0xe1).into(),
            result.into(),
        ])
        .when(C::ProposeConfirm(proposing()))
    };
    propose(Component::Theory).rejected(No::ReviewNotHeld);
    let made = proposing().made(Act::ConfirmResults { candidates: 1 });
    propose(Component::Review).then([SessionEvent::Proposal(made.into())]);
}
