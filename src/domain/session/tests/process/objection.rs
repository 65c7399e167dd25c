//! 公示异议, and what is put right after it.

use super::*;

#[test]
fn objections_are_filed_while_the_notice_runs() {
    let file = |change: fn(&mut ObjectionFiled)| {
        let mut it = filed();
        change(&mut it);
        past(shown()).when(C::FileObjection(it))
    };
    file(|_| {}).then([filed().into()]);
    file(|it| it.on = notice().closes_on).rejected(No::ObjectionsClosed);
    file(|it| it.on = TODAY.yesterday().unwrap()).rejected(No::ObjectionsClosed);
    file(|it| it.about = Some(worker(9))).rejected(No::ResultUnknown);
    file(|it| it.evidence = vec![digest(1); 51]).rejected(No::TooMuchEvidence { most: 50 });
    past(marked())
        .when(C::FileObjection(filed()))
        .rejected(No::ObjectionsClosed);
    let again = [shown(), vec![filed().into()]].concat();
    past(again)
        .when(C::FileObjection(filed()))
        .rejected(No::ObjectionTaken);
    let many = (0..1_000u128).map(|n| {
        let objection = ObjectionId(Uuid::from_u128(0x1_0000 + n));
        ObjectionFiled {
            objection,
            ..filed()
        }
        .into()
    });
    past(shown().into_iter().chain(many))
        .when(C::FileObjection(filed()))
        .rejected(No::TooManyObjections { most: 1_000 });
    let no_notice = NoticeStarted {
        from: TODAY,
        closes_on: TODAY,
        working_days: 0,
    };
    let one_day = [marked(), confirmed(), vec![no_notice.into()]].concat();
    past(one_day)
        .when(C::FileObjection(filed()))
        .then([filed().into()]);
}

#[test]
fn an_objection_upheld_changes_a_result_and_one_dismissed_nothing() {
    let open = || [shown(), vec![filed().into()]].concat();
    let decide = |it, remedy| C::DecideObjection {
        decided: outcome(it),
        remedy,
    };
    past(open())
        .when(decide(Outcome::Dismissed, None))
        .then([outcome(Outcome::Dismissed).into()]);
    past(open())
        .when(decide(Outcome::Upheld, Some(Remedy::Strike(worker(1)))))
        .then([outcome(Outcome::Upheld).into(), struck().into()]);
    past(open())
        .when(decide(Outcome::Upheld, None))
        .rejected(No::RemedyMissing);
    past(open())
        .when(decide(Outcome::Dismissed, Some(Remedy::Strike(worker(1)))))
        .rejected(No::RemedyUnasked);
    past(open())
        .when(decide(Outcome::Upheld, Some(Remedy::Strike(worker(2)))))
        .rejected(No::RemedyUnasked);
    past(open())
        .when(decide(Outcome::Upheld, Some(Remedy::Change(passed(1)))))
        .rejected(No::ResultUnchanged);
    past(shown())
        .when(decide(Outcome::Dismissed, None))
        .rejected(No::ObjectionUnknown);
    let decided = [open(), vec![outcome(Outcome::Dismissed).into()]].concat();
    past(decided)
        .when(decide(Outcome::Dismissed, None))
        .rejected(No::ObjectionAlreadyDecided);
    let early = ObjectionDecided {
        on: TODAY.yesterday().unwrap(),
        ..outcome(Outcome::Dismissed)
    };
    past(open())
        .when(C::DecideObjection {
            decided: early,
            remedy: None,
        })
        .rejected(No::DateBefore { earliest: TODAY });
    past(open())
        .when(C::Submit(submit(date(2026, 7, 28))))
        .rejected(No::ObjectionOpen { open: 1 });
}

#[test]
fn what_was_changed_is_confirmed_and_shown_anew() {
    let upheld = || {
        let more = vec![
            filed().into(),
            outcome(Outcome::Upheld).into(),
            struck().into(),
        ];
        [shown(), more].concat()
    };
    let state = SessionDecider::fold(&upheld());
    assert!(matches!(state, SessionState::Open(_)));
    past(upheld())
        .when(C::EnterResults {
            results: vec![passed(1)],
            on: TODAY,
        })
        .rejected(No::ResultsConfirmed);
    past(upheld())
        .when(C::Submit(submit(date(2026, 7, 28))))
        .rejected(No::NotConfirmed);
    let again = Proposing {
        proposal: crate::domain::ids::ProposalId(Uuid::from_u128(0x99)),
        ..proposing()
    };
    let act = Act::ConfirmResults { candidates: 1 };
    let made = ProposalEvent::from(again.made(act));
    past(upheld())
        .when(C::ProposeConfirm(again))
        .then([SessionEvent::Proposal(made.clone())]);
    let approval = Approval {
        proposal: again.proposal,
        ..approval()
    };
    let anew = ResultsConfirmed {
        proposal: again.proposal,
        candidates: 1,
        digest: digest(1),
    };
    past([upheld(), vec![SessionEvent::Proposal(made)]].concat())
        .when(C::ApproveConfirm {
            approval,
            digest_now: digest(1),
        })
        .then([
            SessionEvent::Proposal(approval.approved().into()),
            anew.clone().into(),
        ]);
    past([upheld(), vec![anew.into()]].concat())
        .when(C::StartNotice(notice()))
        .then([notice().into()]);
}

#[test]
fn what_is_put_right_after_an_objection_is_dated_no_earlier() {
    let upheld = vec![
        filed().into(),
        outcome(Outcome::Upheld).into(),
        struck().into(),
    ];
    let upheld = [shown(), upheld].concat();
    let revise = |on| C::Revise {
        remedy: Remedy::Change(better()),
        ground: "复核答卷后更正".into(),
        on,
    };
    let earliest = struck().on;
    past(upheld.clone())
        .when(revise(earliest.yesterday().unwrap()))
        .rejected(No::DateBefore { earliest });
    past(upheld).when(revise(earliest)).then([ResultChanged {
        was: Verdict::Failed,
        result: better(),
        ground: "复核答卷后更正".into(),
        on: earliest,
    }
    .into()]);
    past(marked())
        .when(revise(TODAY))
        .rejected(No::NothingToRevise);
}

#[test]
fn where_no_notice_is_asked_for_an_objection_is_filed_on_its_one_day() {
    let no_notice = NoticeStarted {
        from: TODAY,
        closes_on: TODAY,
        working_days: 0,
    };
    let one_day = [marked(), confirmed(), vec![no_notice.into()]].concat();
    for on in [TODAY.yesterday().unwrap(), TODAY.tomorrow().unwrap()] {
        past(one_day.clone())
            .when(C::FileObjection(ObjectionFiled { on, ..filed() }))
            .rejected(No::ObjectionsClosed);
    }
    let with = |pieces| ObjectionFiled {
        evidence: vec![digest(1); pieces],
        ..filed()
    };
    past(one_day)
        .when(C::FileObjection(with(50)))
        .then([with(50).into()]);
}

#[test]
fn nobody_objects_to_a_session_that_was_never_opened() {
    past([])
        .when(C::FileObjection(filed()))
        .rejected(No::NotOpened);
    past([])
        .when(C::DecideObjection {
            decided: outcome(Outcome::Dismissed),
            remedy: None,
        })
        .rejected(No::NotOpened);
}
