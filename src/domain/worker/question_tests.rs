use crate::domain::decider::Decider;
use crate::domain::decider::harness::{Given, given};
use crate::domain::example::*;
use crate::domain::ids::{CompetitionId, SessionId};
use crate::domain::level::SkillLevel;
use crate::domain::number::CertificateNumber;
use crate::domain::proposal::{Act, End, ProposalEvent, ProposalRejection};
use crate::domain::route::Route;
use crate::domain::wording::TextRejection;
use crate::domain::worker::command::WorkerCommand as Command;
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::event::*;
use crate::domain::worker::question::*;
use crate::domain::worker::rejection::WorkerRejection as No;
use jiff::civil::{Date, date};
use uuid::Uuid;

const AWARDED: Date = date(2026, 7, 12);
const FELL: Date = date(2026, 7, 15);

fn by(n: u128) -> AwardedBy {
    AwardedBy::Session(SessionId(Uuid::from_u128(n)))
}
fn promoted() -> WorkerEvent {
    LevelAwarded {
        by: by(1),
        body: Some(body_id()),
        route: Route::Competition,
        occupation: occupation().code,
        occupation_name: name("焊工"),
        work_type: None,
        level: SkillLevel::Two,
        assessed_on: ASSESSED,
        awarded_on: AWARDED,
    }
    .into()
}
fn questioned() -> AwardQuestioned {
    AwardQuestioned {
        award: by(1),
        cause: Cause::Place {
            competition: CompetitionId(Uuid::from_u128(7)),
            occupation: occupation().code,
        },
        ground: "名次取消：冒名顶替".into(),
        basis: "示范〔2026〕9号".into(),
        on: FELL,
    }
}
fn withdraw(on: Date) -> Act {
    Act::WithdrawAward {
        award: by(1),
        ground: "晋升所依据的名次已取消".into(),
        basis: "示范〔2026〕12号".into(),
        on,
    }
}
fn uphold(on: Date) -> Act {
    Act::UpholdAward {
        award: by(1),
        ground: "另有同等名次".into(),
        basis: "示范〔2026〕12号".into(),
        on,
    }
}
fn past(events: impl IntoIterator<Item = WorkerEvent>) -> Given<WorkerDecider> {
    let enrolled = WorkerEnrolled {
        sealed: sealed(worker(1)),
    };
    let first: WorkerEvent = enrolled.into();
    given::<WorkerDecider>(std::iter::once(first).chain(events))
}
fn made(act: Act) -> WorkerEvent {
    WorkerEvent::Proposal(proposing().made(act).into())
}
fn approved() -> WorkerEvent {
    WorkerEvent::Proposal(ProposalEvent::from(approval().approved()))
}
fn propose(act: Act) -> Command {
    Command::Propose {
        proposing: proposing(),
        act,
    }
}
fn withdrawn(on: Date) -> LevelWithdrawn {
    LevelWithdrawn {
        by: by(1),
        certificate: None,
        end: End::Revoked,
        ground: "晋升所依据的名次已取消".into(),
        on,
    }
}

#[test]
fn a_level_whose_place_was_withdrawn_is_put_in_question_once_at_a_time() {
    let question = || Command::QuestionAward(questioned());
    past([promoted()])
        .when(question())
        .then([questioned().into()]);
    past([promoted(), questioned().into()])
        .when(question())
        .rejected(No::QuestionedAlready);
    past([]).when(question()).rejected(No::NotAwarded);
    past([promoted(), withdrawn(FELL).into()])
        .when(question())
        .rejected(No::AlreadyWithdrawn);
    let early = AwardQuestioned {
        on: date(2026, 7, 11),
        ..questioned()
    };
    past([promoted()])
        .when(Command::QuestionAward(early))
        .rejected(No::DateBefore { earliest: AWARDED });
    let blank = AwardQuestioned {
        ground: " ".into(),
        ..questioned()
    };
    past([promoted()])
        .when(Command::QuestionAward(blank))
        .rejected(No::Text(TextRejection::Missing { field: "ground" }));
}

#[test]
fn in_question_it_still_stands_and_two_people_say_what_becomes_of_it() {
    let open = || [promoted(), questioned().into()];
    let state = |events: Vec<WorkerEvent>| {
        let enrolled = WorkerEnrolled {
            sealed: sealed(worker(1)),
        };
        let all: Vec<WorkerEvent> = std::iter::once(enrolled.into()).chain(events).collect();
        let state = WorkerDecider::fold(&all);
        let worker = state.worker().unwrap();
        (worker.highest_in(occupation().code), worker.questions.len())
    };
    assert_eq!(state(open().to_vec()), (Some(SkillLevel::Two), 1));

    for act in [withdraw(TODAY), uphold(TODAY)] {
        past(open())
            .when(propose(act.clone()))
            .then([made(act.clone())]);
        past([promoted()])
            .when(propose(act))
            .rejected(No::NotQuestioned);
    }
    let taken = withdrawn(TODAY);
    past(open().into_iter().chain([made(withdraw(TODAY))]))
        .when(Command::Approve {
            approval: approval(),
            certificate: None,
        })
        .then([approved(), taken.clone().into()]);
    let upheld = AwardUpheld {
        award: by(1),
        ground: "另有同等名次".into(),
        basis: "示范〔2026〕12号".into(),
        on: TODAY,
    };
    past(open().into_iter().chain([made(uphold(TODAY))]))
        .when(Command::Approve {
            approval: approval(),
            certificate: None,
        })
        .then([approved(), upheld.clone().into()]);

    let gone = [promoted(), questioned().into(), taken.into()];
    assert_eq!(state(gone.to_vec()), (None, 0));
    let kept = [promoted(), questioned().into(), upheld.into()];
    assert_eq!(state(kept.to_vec()), (Some(SkillLevel::Two), 0));
    // What was upheld may be questioned again, for another ground.
    past(kept)
        .when(Command::QuestionAward(AwardQuestioned {
            cause: Cause::Stated,
            ..questioned()
        }))
        .then([AwardQuestioned {
            cause: Cause::Stated,
            ..questioned()
        }
        .into()]);
}

#[test]
fn a_finding_is_not_of_before_the_question_nor_of_a_day_to_come() {
    let open = || [promoted(), questioned().into()];
    past(open())
        .when(propose(withdraw(AWARDED)))
        .rejected(No::DateBefore { earliest: FELL });
    let later = TODAY.tomorrow().unwrap();
    past(open().into_iter().chain([made(withdraw(later))]))
        .when(Command::Approve {
            approval: approval(),
            certificate: None,
        })
        .rejected(No::FindingNotYet { on: later });
    // A level that went with its certificate in the meantime is not withdrawn twice.
    let revoked = LevelWithdrawn {
        certificate: None,
        ..withdrawn(FELL)
    };
    past(
        open()
            .into_iter()
            .chain([made(withdraw(TODAY)), revoked.into()]),
    )
    .when(Command::Approve {
        approval: approval(),
        certificate: None,
    })
    .rejected(No::AlreadyWithdrawn);
    let wordless = Act::UpholdAward {
        award: by(1),
        ground: String::new(),
        basis: "示范〔2026〕12号".into(),
        on: TODAY,
    };
    past(open())
        .when(propose(wordless))
        .rejected(No::Text(TextRejection::Missing { field: "ground" }));
    past(open())
        .when(propose(Act::ConfirmResults { candidates: 1 }))
        .rejected(ProposalRejection::WrongAct.into());
}

#[test]
fn a_level_that_has_a_certificate_goes_with_it() {
    let number: CertificateNumber = "S000032000012263000001".parse().unwrap();
    let of = |withdraws, issued, named| certificate_to_revoke(withdraws, issued, named);
    assert_eq!(of(true, true, Some(&number)), Ok(Some(number.clone())));
    assert_eq!(of(true, true, None), Err(No::AwardCertificateUnnamed));
    for (withdraws, issued) in [(true, false), (false, true), (false, false)] {
        assert_eq!(of(withdraws, issued, None), Ok(None));
        let named = of(withdraws, issued, Some(&number));
        assert_eq!(named, Err(No::AwardCertificateUnasked));
    }
}
