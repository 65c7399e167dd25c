use crate::domain::decider::Decider;
use crate::domain::decider::harness::{Given, given};
use crate::domain::example::*;
use crate::domain::ids::{CertificateId, RecognitionId, SessionId};
use crate::domain::level::SkillLevel;
use crate::domain::proposal::End;
use crate::domain::route::Route;
use crate::domain::rules::recognition::{Held, HeldBy, Holding};
use crate::domain::wording::TextRejection;
use crate::domain::worker::command::WorkerCommand as Command;
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::event::*;
use crate::domain::worker::rejection::WorkerRejection as No;
use jiff::civil::date;
use uuid::Uuid;

fn past(events: impl IntoIterator<Item = WorkerEvent>) -> Given<WorkerDecider> {
    given::<WorkerDecider>(events)
}
fn enrolled() -> WorkerEnrolled {
    WorkerEnrolled {
        sealed: sealed(worker(1)),
    }
}
fn awarded() -> LevelAwarded {
    LevelAwarded {
        by: AwardedBy::Session(session_id()),
        body: Some(body_id()),
        route: Route::Assessment,
        occupation: occupation().code,
        occupation_name: name("焊工"),
        work_type: None,
        level: SkillLevel::Three,
        assessed_on: ASSESSED,
        awarded_on: TODAY,
    }
}
fn withdrawn() -> LevelWithdrawn {
    LevelWithdrawn {
        by: AwardedBy::Session(session_id()),
        certificate: Some(CertificateId(Uuid::from_u128(0xce))),
        end: End::Revoked,
        ground: "冒名顶替".into(),
        on: TODAY,
    }
}
fn training() -> TrainingCompleted {
    TrainingCompleted {
        provider: body_id(),
        class: "2026-03班".into(),
        course: "焊工高级工培训".into(),
        occupation: Some(occupation().code),
        level: Some(SkillLevel::Three),
        hours: 120,
        from: date(2026, 3, 1),
        to: date(2026, 5, 30),
        teachers: vec![],
    }
}
fn record(training: TrainingCompleted) -> Command {
    Command::RecordTraining {
        training,
        on: TODAY,
    }
}

#[test]
fn a_person_is_enrolled_once_and_details_are_sealed_after() {
    past([])
        .when(Command::Enrol(enrolled()))
        .then([enrolled().into()]);
    past([enrolled().into()])
        .when(Command::Enrol(enrolled()))
        .rejected(No::AlreadyEnrolled);
    past([])
        .when(Command::Enrol(WorkerEnrolled { sealed: vec![] }))
        .rejected(No::NothingSealed);
    let details = WorkerDetailsSealed {
        sealed: sealed(worker(1)),
    };
    past([enrolled().into()])
        .when(Command::SealDetails(details.clone()))
        .then([details.clone().into()]);
    past([])
        .when(Command::SealDetails(details))
        .rejected(No::NotEnrolled);
    past([enrolled().into()])
        .when(Command::SealDetails(WorkerDetailsSealed { sealed: vec![] }))
        .rejected(No::NothingSealed);
}

#[test]
fn a_session_awards_a_person_one_level() {
    let award = Command::AwardLevel;
    past([enrolled().into()])
        .when(award(awarded()))
        .then([awarded().into()]);
    past([]).when(award(awarded())).rejected(No::NotEnrolled);
    past([enrolled().into(), awarded().into()])
        .when(award(awarded()))
        .rejected(No::AlreadyAwarded);
    let post = LevelAwarded {
        level: SkillLevel::Apprentice,
        ..awarded()
    };
    past([enrolled().into()])
        .when(award(post))
        .rejected(No::LevelNotCertified {
            level: SkillLevel::Apprentice,
        });
    let early = LevelAwarded {
        awarded_on: date(2026, 7, 9),
        ..awarded()
    };
    past([enrolled().into()])
        .when(award(early))
        .rejected(No::DateBefore { earliest: ASSESSED });
}

#[test]
fn a_level_may_be_awarded_and_a_training_recorded_on_the_day_it_came_to_its_end() {
    let same_day = LevelAwarded {
        awarded_on: ASSESSED,
        ..awarded()
    };
    past([enrolled().into()])
        .when(Command::AwardLevel(same_day.clone()))
        .then([same_day.into()]);
    let one_day = TrainingCompleted {
        from: TODAY,
        to: TODAY,
        ..training()
    };
    past([enrolled().into()])
        .when(record(one_day.clone()))
        .then([one_day.into()]);
}

#[test]
fn another_class_or_the_same_class_of_another_provider_is_another_training() {
    let others: [fn(&mut TrainingCompleted); 2] = [
        |it| it.class = "2026-04班".into(),
        |it| it.provider.0 = Uuid::from_u128(0x77),
    ];
    for change in others {
        let mut other = training();
        change(&mut other);
        past([enrolled().into(), training().into()])
            .when(record(other.clone()))
            .then([other.into()]);
    }
}

#[test]
fn the_highest_grades_come_by_appointment_and_a_recognition_without_a_session() {
    let award = |change: fn(&mut LevelAwarded)| {
        let mut awarded = awarded();
        change(&mut awarded);
        let tried = past([enrolled().into()]).when(Command::AwardLevel(awarded.clone()));
        let no = No::RouteUnfit {
            level: awarded.level,
            route: awarded.route,
        };
        (tried, WorkerEvent::from(awarded), no)
    };
    let granted = |it: &mut LevelAwarded| {
        it.by = AwardedBy::Recognition(RecognitionId(Uuid::from_u128(7)));
        it.body = None;
        it.route = Route::Recognition;
    };
    let accepted: [fn(&mut LevelAwarded); 2] = [
        |it| {
            it.level = SkillLevel::Special;
            it.route = Route::Appointment;
        },
        |it| it.route = Route::Competition,
    ];
    for change in accepted.into_iter().chain([granted as fn(&mut _)]) {
        let (tried, event, _) = award(change);
        tried.then([event]);
    }
    let refused: [fn(&mut LevelAwarded); 5] = [
        |it| it.level = SkillLevel::Chief,
        |it| it.route = Route::Appointment,
        |it| it.route = Route::Recognition,
        |it| it.by = AwardedBy::Recognition(RecognitionId(Uuid::from_u128(7))),
        |it| it.body = None,
    ];
    for change in refused {
        let (tried, _, no) = award(change);
        tried.rejected(no);
    }
}

#[test]
fn a_level_is_withdrawn_only_by_the_ends_that_take_it() {
    let withdraw = Command::WithdrawLevel;
    let holds = || [enrolled().into(), awarded().into()];
    past(holds())
        .when(withdraw(withdrawn()))
        .then([withdrawn().into()]);
    for end in [End::Cancelled, End::Voided] {
        past(holds())
            .when(withdraw(LevelWithdrawn { end, ..withdrawn() }))
            .rejected(No::EndKeepsLevel { end });
    }
    let other = LevelWithdrawn {
        by: AwardedBy::Session(SessionId(Uuid::nil())),
        ..withdrawn()
    };
    past(holds()).when(withdraw(other)).rejected(No::NotAwarded);
    past(holds().into_iter().chain([withdrawn().into()]))
        .when(withdraw(withdrawn()))
        .rejected(No::AlreadyWithdrawn);
    past(holds())
        .when(withdraw(LevelWithdrawn {
            on: ASSESSED,
            ..withdrawn()
        }))
        .rejected(No::DateBefore { earliest: TODAY });
}

#[test]
fn what_stands_is_what_is_held() {
    let events: Vec<WorkerEvent> = vec![enrolled().into(), awarded().into(), withdrawn().into()];
    let held = Held {
        holding: Holding::Level {
            level: SkillLevel::Three,
            occupation: occupation().code,
        },
        since: TODAY,
        until: None,
        by: HeldBy::Session {
            session: session_id(),
        },
    };
    assert_eq!(WorkerDecider::fold(&events[..2]).held(), [held]);
    assert_eq!(WorkerDecider::fold(&events).held(), []);
    assert_eq!(WorkerDecider::fold(&events[..0]).held(), []);
}

#[test]
fn a_training_is_recorded_once_when_it_is_over() {
    let enrolled = || [enrolled().into()];
    past(enrolled())
        .when(record(training()))
        .then([training().into()]);
    past([]).when(record(training())).rejected(No::NotEnrolled);
    past(enrolled().into_iter().chain([training().into()]))
        .when(record(training()))
        .rejected(No::TrainingTwice);
    let with = |change: fn(&mut TrainingCompleted)| {
        let mut training = training();
        change(&mut training);
        past(enrolled()).when(record(training))
    };
    with(|it| it.hours = 0).rejected(No::NoHours);
    with(|it| it.to = date(2026, 2, 1)).rejected(No::DatesDisagree);
    with(|it| it.to = date(2026, 7, 21)).rejected(No::TrainingNotOver);
    with(|it| it.class = "\n".into()).rejected(No::Text(TextRejection::Missing { field: "class" }));
}
