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
