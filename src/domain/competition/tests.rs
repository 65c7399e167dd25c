use crate::domain::competition::command::CompetitionCommand as Command;
use crate::domain::competition::decider::CompetitionDecider;
use crate::domain::competition::event::*;
use crate::domain::competition::rejection::CompetitionRejection as No;
use crate::domain::competition::state::{CompetitionState, PLACES_MAX};
use crate::domain::decider::Decider;
use crate::domain::decider::harness::{Given, given};
use crate::domain::example::*;
use crate::domain::ids::ProposalId;
use crate::domain::proposal::{Act, Approval, ProposalEvent, ProposalRejection, Proposing};
use crate::domain::wording::TextRejection;
use jiff::civil::{Date, date};
use uuid::Uuid;

const ENDED: Date = date(2026, 6, 20);
const CLOSED: Date = date(2026, 6, 30);

fn past(events: impl IntoIterator<Item = CompetitionEvent>) -> Given<CompetitionDecider> {
    given::<CompetitionDecider>(events)
}
fn registered() -> CompetitionRegistered {
    CompetitionRegistered {
        code: "2026-省-03".into(),
        name: name("某省第五届职业技能大赛"),
        tier: "provincial".into(),
        class: Some("一类".into()),
        organiser: "某省人力资源和社会保障厅".into(),
        region: "120000".parse().unwrap(),
        contests: vec![contest(Group::Staff), contest(Group::Student)],
        from: date(2026, 6, 18),
        to: ENDED,
        source: "竞赛计划〔2026〕1号".into(),
    }
}
fn contest(group: Group) -> Contest {
    Contest {
        occupation: occupation().code,
        occupation_name: name("焊工"),
        group,
    }
}
fn place(n: u128, rank: u32) -> PlaceEntered {
    PlaceEntered {
        worker: worker(n),
        occupation: occupation().code,
        group: Group::Staff,
        rank,
        contestants: 30,
        prize: None,
        evidence: vec![digest(3)],
    }
}
fn enter(places: Vec<PlaceEntered>) -> Command {
    Command::EnterPlaces { places, on: ENDED }
}
fn made(act: Act) -> CompetitionEvent {
    CompetitionEvent::Proposal(proposing().made(act).into())
}
fn to_confirm() -> Act {
    Act::ConfirmResults { candidates: 2 }
}
fn approved() -> CompetitionEvent {
    CompetitionEvent::Proposal(approval().approved().into())
}
fn confirmed() -> PlacesConfirmed {
    PlacesConfirmed {
        proposal: proposal(),
        places: 2,
        digest: digest(1),
    }
}
fn notice() -> PlacesNoticed {
    PlacesNoticed {
        from: date(2026, 6, 22),
        closes_on: CLOSED,
        working_days: 5,
    }
}
fn open() -> Vec<CompetitionEvent> {
    vec![registered().into(), place(1, 1).into(), place(2, 2).into()]
}
fn in_confirmation() -> Vec<CompetitionEvent> {
    [open(), vec![made(to_confirm())]].concat()
}
fn after_confirmation() -> Vec<CompetitionEvent> {
    [in_confirmation(), vec![approved(), confirmed().into()]].concat()
}
fn noticed() -> Vec<CompetitionEvent> {
    [after_confirmation(), vec![notice().into()]].concat()
}
fn closed() -> Vec<CompetitionEvent> {
    let close = CompetitionClosed {
        on: CLOSED,
        places: 2,
    };
    [noticed(), vec![close.into()]].concat()
}
fn approve(digest_now: u8) -> Command {
    Command::Approve {
        approval: approval(),
        digest_now: digest(digest_now),
    }
}
fn second_proposing() -> Proposing {
    Proposing {
        proposal: ProposalId(Uuid::from_u128(0x77)),
        ..proposing()
    }
}
fn withdrawal() -> Act {
    Act::WithdrawPlace {
        worker: worker(1),
        occupation: occupation().code,
        ground: "冒名参赛".into(),
        basis: "竞赛管理办法第十二条".into(),
        on: TODAY,
    }
}
fn propose_withdrawal(n: u128, on: Date) -> Command {
    Command::ProposeWithdrawal {
        proposing: second_proposing(),
        worker: worker(n),
        occupation: occupation().code,
        ground: "冒名参赛".into(),
        basis: "竞赛管理办法第十二条".into(),
        on,
    }
}

#[test]
fn a_competition_is_registered_once_with_its_contests() {
    let register = Command::Register;
    past([])
        .when(register(registered()))
        .then([registered().into()]);
    past(open())
        .when(register(registered()))
        .rejected(No::AlreadyRegistered);
    let with = |change: fn(&mut CompetitionRegistered)| {
        let mut registered = registered();
        change(&mut registered);
        past([]).when(register(registered))
    };
    with(|it| it.to = date(2026, 6, 17)).rejected(No::DatesDisagree);
    with(|it| it.contests.clear()).rejected(No::ContestsMissing);
    with(|it| it.contests.push(contest(Group::Staff))).rejected(No::ContestTwice {
        occupation: occupation().code,
    });
    with(|it| it.contests[0].occupation = "2-02-07-02".parse().unwrap()).rejected(
        No::ContestWithoutLevels {
            occupation: "2-02-07-02".parse().unwrap(),
        },
    );
    with(|it| it.tier.clear()).rejected(No::Text(TextRejection::Missing { field: "tier" }));
    with(|it| it.class = Some(" ".into()))
        .rejected(No::Text(TextRejection::Missing { field: "class" }));
    with(|it| it.source.clear()).rejected(No::Text(TextRejection::Missing { field: "source" }));
}

#[test]
fn places_are_entered_after_the_competition_once_and_out_of_one_number() {
    let begun = || [registered().into()];
    past(begun())
        .when(enter(vec![place(1, 1), place(2, 1), place(3, 30)]))
        .then([place(1, 1).into(), place(2, 1).into(), place(3, 30).into()]);
    past([])
        .when(enter(vec![place(1, 1)]))
        .rejected(No::NotRegistered);
    past(begun())
        .when(Command::EnterPlaces {
            places: vec![place(1, 1)],
            on: date(2026, 6, 19),
        })
        .rejected(No::NotYetHeld { ends_on: ENDED });
    past(begun()).when(enter(vec![])).rejected(No::NoPlaces);
    past(open())
        .when(enter(vec![place(1, 3)]))
        .rejected(No::PlaceTwice);
    past(begun())
        .when(enter(vec![place(1, 3), place(1, 4)]))
        .rejected(No::PlaceTwice);
    past(begun())
        .when(enter(
            (0..=PLACES_MAX as u128).map(|n| place(n, 1)).collect(),
        ))
        .rejected(No::TooManyPlaces {
            most: PLACES_MAX as u32,
        });
    let with = |change: fn(&mut PlaceEntered)| {
        let mut place = place(9, 3);
        change(&mut place);
        past(open()).when(enter(vec![place]))
    };
    let impossible = |rank, contestants| No::RankImpossible { rank, contestants };
    let of_two = |n| PlaceEntered {
        contestants: 2,
        ..place(n, 1)
    };
    past(begun())
        .when(enter(vec![of_two(1), of_two(2)]))
        .then([of_two(1).into(), of_two(2).into()]);
    past([registered().into(), of_two(1).into()])
        .when(enter(vec![of_two(2), of_two(3)]))
        .rejected(impossible(1, 2));
    with(|it| it.rank = 0).rejected(impossible(0, 30));
    with(|it| it.rank = 31).rejected(impossible(31, 30));
    with(|it| it.contestants = 31).rejected(impossible(3, 31));
    with(|it| it.occupation = "6-31-01-03".parse().unwrap()).rejected(No::ContestUnknown {
        occupation: "6-31-01-03".parse().unwrap(),
    });
    with(|it| it.evidence.clear()).rejected(No::EvidenceMissing);
    with(|it| it.evidence = vec![digest(1); 51]).rejected(No::EvidenceMissing);
    with(|it| it.prize = Some(String::new()))
        .rejected(No::Text(TextRejection::Missing { field: "prize" }));
}

#[test]
fn a_place_is_struck_until_the_places_are_confirmed() {
    let struck = |n| PlaceStruck {
        worker: worker(n),
        occupation: occupation().code,
        ground: "录入有误".into(),
    };
    past(open())
        .when(Command::StrikePlace(struck(2)))
        .then([struck(2).into()]);
    past(open().into_iter().chain([struck(2).into()]))
        .when(enter(vec![place(2, 3)]))
        .then([place(2, 3).into()]);
    past(open())
        .when(Command::StrikePlace(struck(9)))
        .rejected(No::PlaceUnknown);
    past(after_confirmation())
        .when(Command::StrikePlace(struck(2)))
        .rejected(No::PlacesConfirmed);
}

#[test]
fn two_people_confirm_the_places() {
    past(open())
        .when(Command::ProposeConfirm(proposing()))
        .then([made(to_confirm())]);
    past([registered().into()])
        .when(Command::ProposeConfirm(proposing()))
        .rejected(No::NoPlaces);
    past(in_confirmation())
        .when(approve(1))
        .then([approved(), confirmed().into()]);
    past(in_confirmation())
        .when(approve(2))
        .rejected(No::ProposalChanged);
    let more = in_confirmation().into_iter().chain([place(3, 3).into()]);
    past(more).when(approve(1)).rejected(No::ProposalChanged);
    past(in_confirmation())
        .when(Command::Approve {
            approval: Approval {
                by: maker(),
                ..approval()
            },
            digest_now: digest(1),
        })
        .rejected(No::Proposal(ProposalRejection::SamePerson));
    past(open().into_iter().chain([made(Act::WithdrawBody {
        ground: "x".into(),
        basis: "x".into(),
        on: TODAY,
    })]))
    .when(approve(1))
    .rejected(No::Proposal(ProposalRejection::WrongAct));
    let turned = ProposalEvent::from(crate::domain::proposal::ProposalRejected {
        proposal: proposal(),
        rejected_by: checker(),
        reason: turn_down().reason,
    });
    past(in_confirmation())
        .when(Command::Reject(turn_down()))
        .then([CompetitionEvent::Proposal(turned)]);
    past([])
        .when(Command::Reject(turn_down()))
        .rejected(No::NotRegistered);
}

#[test]
fn nothing_closes_that_was_not_shown() {
    let start = Command::StartNotice;
    past(after_confirmation())
        .when(start(notice()))
        .then([notice().into()]);
    past([]).when(start(notice())).rejected(No::NotRegistered);
    past(open())
        .when(start(notice()))
        .rejected(No::NotConfirmed);
    past(noticed())
        .when(start(notice()))
        .rejected(No::NoticeAlreadyStarted);
    past(closed())
        .when(start(notice()))
        .rejected(No::AlreadyClosed);
    let early = PlacesNoticed {
        from: date(2026, 6, 19),
        ..notice()
    };
    past(after_confirmation())
        .when(start(early))
        .rejected(No::NoticeDatesDisagree);

    let close = |on| Command::Close { on };
    let done = CompetitionClosed {
        on: CLOSED,
        places: 2,
    };
    past(noticed()).when(close(CLOSED)).then([done.into()]);
    past(noticed())
        .when(close(date(2026, 6, 29)))
        .rejected(No::NoticeRunning { closes_on: CLOSED });
    past([]).when(close(CLOSED)).rejected(No::NotRegistered);
    past(open()).when(close(CLOSED)).rejected(No::NotConfirmed);
    past(after_confirmation())
        .when(close(CLOSED))
        .rejected(No::NoticeNotStarted);
    past(closed())
        .when(close(CLOSED))
        .rejected(No::AlreadyClosed);
}

#[test]
fn a_place_is_withdrawn_after_the_close_by_two_people() {
    let proposed = CompetitionEvent::Proposal(second_proposing().made(withdrawal()).into());
    past(closed())
        .when(propose_withdrawal(1, TODAY))
        .then([proposed.clone()]);
    past([])
        .when(propose_withdrawal(1, TODAY))
        .rejected(No::NotRegistered);
    past(noticed())
        .when(propose_withdrawal(1, TODAY))
        .rejected(No::NotClosed);
    past(closed())
        .when(propose_withdrawal(9, TODAY))
        .rejected(No::PlaceUnknown);
    past(closed())
        .when(propose_withdrawal(1, date(2026, 6, 29)))
        .rejected(No::BeforeClose { closed_on: CLOSED });

    let second = Approval {
        proposal: second_proposing().proposal,
        ..approval()
    };
    let withdrawn = PlaceWithdrawn {
        proposal: second.proposal,
        worker: worker(1),
        occupation: occupation().code,
        ground: "冒名参赛".into(),
        basis: "竞赛管理办法第十二条".into(),
        on: TODAY,
    };
    let command = Command::Approve {
        approval: second,
        digest_now: digest(9),
    };
    let history = || closed().into_iter().chain([proposed.clone()]);
    let agreed = CompetitionEvent::Proposal(second.approved().into());
    past(history())
        .when(command)
        .then([agreed, withdrawn.clone().into()]);
    past(closed().into_iter().chain([withdrawn.into()]))
        .when(propose_withdrawal(1, TODAY))
        .rejected(No::PlaceWithdrawn);
}

#[test]
fn a_place_counts_when_the_competition_is_closed_and_while_it_stands() {
    let placing = |events: &[CompetitionEvent]| {
        CompetitionDecider::fold(events).placing(worker(1), occupation().code)
    };
    assert_eq!(placing(&noticed()), None);
    let found = placing(&closed()).unwrap();
    assert_eq!((found.rank, found.contestants), (1, 30));
    assert_eq!((found.ended_on, found.closed_on), (ENDED, CLOSED));
    let withdrawn = PlaceWithdrawn {
        proposal: proposal(),
        worker: worker(1),
        occupation: occupation().code,
        ground: "冒名参赛".into(),
        basis: "办法".into(),
        on: TODAY,
    };
    assert_eq!(placing(&[closed(), vec![withdrawn.into()]].concat()), None);
    let states: Vec<_> = [vec![], open(), after_confirmation(), noticed(), closed()]
        .iter()
        .map(|events| CompetitionDecider::fold(events).name())
        .collect();
    assert_eq!(
        states,
        ["absent", "open", "confirmed", "in-notice", "closed"]
    );
    assert!(CompetitionState::Absent.meet().is_none());
}

#[test]
fn a_competition_may_last_one_day_and_has_two_hundred_contests_at_most() {
    let one_day = CompetitionRegistered {
        from: ENDED,
        ..registered()
    };
    past([])
        .when(Command::Register(one_day.clone()))
        .then([one_day.into()]);
    let of = |n: u32| Contest {
        occupation: format!("6-{:02}-{:02}-01", 11 + n / 50, 1 + n % 50)
            .parse()
            .unwrap(),
        ..contest(Group::Staff)
    };
    let most = CompetitionRegistered {
        contests: (0..200).map(of).collect(),
        ..registered()
    };
    past([])
        .when(Command::Register(most.clone()))
        .then([most.into()]);
    let more = CompetitionRegistered {
        contests: (0..201).map(of).collect(),
        ..registered()
    };
    past([])
        .when(Command::Register(more))
        .rejected(No::ContestsMissing);
}

#[test]
fn a_place_rests_on_fifty_pieces_of_evidence_at_most() {
    let with = |pieces| PlaceEntered {
        evidence: vec![digest(3); pieces],
        ..place(1, 1)
    };
    past([registered().into()])
        .when(enter(vec![with(50)]))
        .then([with(50).into()]);
    for pieces in [0, 51] {
        past([registered().into()])
            .when(enter(vec![with(pieces)]))
            .rejected(No::EvidenceMissing);
    }
}

#[test]
fn a_place_is_of_a_contest_that_was_held_for_that_group() {
    let staff_only = CompetitionRegistered {
        contests: vec![contest(Group::Staff)],
        ..registered()
    };
    let student = PlaceEntered {
        group: Group::Student,
        ..place(1, 1)
    };
    past([staff_only.into()])
        .when(enter(vec![student]))
        .rejected(No::ContestUnknown {
            occupation: occupation().code,
        });
}

#[test]
fn a_place_may_be_withdrawn_from_the_day_of_the_close() {
    let act = |on| Act::WithdrawPlace {
        worker: worker(1),
        occupation: occupation().code,
        ground: "冒名参赛".into(),
        basis: "竞赛管理办法第十二条".into(),
        on,
    };
    past(closed())
        .when(propose_withdrawal(1, CLOSED))
        .then([CompetitionEvent::Proposal(
            second_proposing().made(act(CLOSED)).into(),
        )]);
    past(closed())
        .when(propose_withdrawal(1, CLOSED.yesterday().unwrap()))
        .rejected(No::BeforeClose { closed_on: CLOSED });
}

#[test]
fn a_competition_has_ten_thousand_places_at_most() {
    let of = |n| PlaceEntered {
        contestants: PLACES_MAX as u32,
        ..place(n, 1)
    };
    let most: Vec<PlaceEntered> = (0..PLACES_MAX as u128).map(of).collect();
    let events: Vec<CompetitionEvent> = most.iter().cloned().map(Into::into).collect();
    past([registered().into()]).when(enter(most)).then(events);
}
