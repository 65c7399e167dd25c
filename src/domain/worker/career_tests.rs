use super::appointment_tests::{awarded, past, session, with_level};
use crate::domain::background::{Education, School, StudyRecorded};
use crate::domain::competition::event::Group;
use crate::domain::decider::Decider;
use crate::domain::example::*;
use crate::domain::ids::{RecordId, SubjectId};
use crate::domain::level::SkillLevel;
use crate::domain::route::Route;
use crate::domain::rules::recognition::Holding;
use crate::domain::rules::routes::apprenticeship::{
    self, ApprenticeshipKind, ApprenticeshipPolicy,
};
use crate::domain::rules::routes::apprenticeship_cn;
use crate::domain::rules::routes::rejection::RouteRejection;
use crate::domain::wording::TextRejection;
use crate::domain::worker::apprenticeship::*;
use crate::domain::worker::command::WorkerCommand as Command;
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::event::*;
use crate::domain::worker::honour::*;
use crate::domain::worker::rejection::WorkerRejection as No;
use jiff::civil::{Date, date};
use uuid::Uuid;

fn record(n: u128) -> RecordId {
    RecordId(Uuid::from_u128(n))
}

// 学徒

fn agreement() -> ApprenticeshipStarted {
    ApprenticeshipStarted {
        record: record(1),
        employer: "91350100M000100Y43".parse().unwrap(),
        kind: ApprenticeshipKind::NewType,
        agreement: digest(1),
        occupation: occupation().code,
        occupation_name: name("焊工"),
        target: SkillLevel::Four,
        master: Some(SubjectId(Uuid::from_u128(0x77))),
        intern: false,
        from: date(2025, 3, 1),
        term_months: 12,
    }
}
fn apprentice_policy() -> ApprenticeshipPolicy {
    let policies = apprenticeship_cn::built_in();
    let (place, on) = ("330106".parse().unwrap(), TODAY);
    apprenticeship::policy_of(&policies, ApprenticeshipKind::NewType, place, on)
        .unwrap()
        .clone()
}
fn start(started: ApprenticeshipStarted) -> Command {
    Command::StartApprenticeship {
        worker: worker(1),
        started,
        policy: apprentice_policy(),
        on: TODAY,
    }
}
fn enrolled() -> Vec<WorkerEvent> {
    with_level()[..1].to_vec()
}
fn apprenticed() -> Vec<WorkerEvent> {
    [enrolled(), vec![agreement().into()]].concat()
}
fn completed(on: Date) -> ApprenticeshipCompleted {
    ApprenticeshipCompleted {
        record: record(1),
        on,
        evidence: vec![digest(2)],
    }
}
fn graduate() -> WorkerEvent {
    StudyRecorded {
        record: record(9),
        school: School::TechnicianSchoolSenior,
        institution: None,
        education: Education::College,
        speciality: "焊接技术应用".into(),
        related: vec![occupation().code],
        from: date(2022, 9, 1),
        graduated_on: None,
        expected_on: Some(date(2025, 6, 30)),
        evidence: vec![digest(1)],
    }
    .into()
}

#[test]
fn an_apprenticeship_begins_under_an_agreement_of_the_policys_length() {
    past(enrolled(), start(agreement())).then([agreement().into()]);
    let with = |change: fn(&mut ApprenticeshipStarted)| {
        let mut started = agreement();
        change(&mut started);
        past(enrolled(), start(started))
    };
    with(|it| it.from = date(2026, 7, 21)).rejected(No::RecordAhead {
        earliest: date(2026, 7, 21),
    });
    with(|it| it.master = Some(worker(1).into())).rejected(No::MasterIsApprentice);
    with(|it| it.occupation = "2-02-07-02".parse().unwrap()).rejected(
        No::ApprenticeshipWithoutLevels {
            occupation: "2-02-07-02".parse().unwrap(),
        },
    );
    with(|it| it.term_months = 11).rejected(No::Route(RouteRejection::AgreementLength {
        least: 12,
        most: 36,
    }));
    with(|it| it.target = SkillLevel::One).rejected(No::Route(RouteRejection::TargetOutside {
        level: SkillLevel::One,
    }));
    past(apprenticed(), start(agreement())).rejected(No::RecordTwice);
    let second = ApprenticeshipStarted {
        record: record(2),
        ..agreement()
    };
    past(apprenticed(), start(second.clone())).rejected(No::ApprenticeshipRunning);
}

#[test]
fn an_apprenticeship_is_recorded_completed_and_ended_on_its_very_days() {
    let today = ApprenticeshipStarted {
        from: TODAY,
        ..agreement()
    };
    past(enrolled(), start(today.clone())).then([today.into()]);
    let with = |evidence| ApprenticeshipCompleted {
        evidence,
        ..completed(date(2026, 2, 28))
    };
    let full = with(vec![digest(2); 50]);
    past(apprenticed(), Command::CompleteApprenticeship(full.clone())).then([full.into()]);
    let piles = with(vec![digest(2); 51]);
    past(apprenticed(), Command::CompleteApprenticeship(piles)).rejected(No::EvidenceMissing);
    let at_once = ApprenticeshipEnded {
        record: record(1),
        ground: "协议解除".into(),
        on: date(2025, 3, 1),
    };
    past(apprenticed(), Command::EndApprenticeship(at_once.clone())).then([at_once.into()]);
}

#[test]
fn no_two_apprenticeships_share_a_day_even_when_recorded_later() {
    let second = |from| ApprenticeshipStarted {
        record: record(2),
        from,
        ..agreement()
    };
    let done = || [apprenticed(), vec![completed(date(2026, 4, 30)).into()]].concat();
    for from in [date(2024, 3, 2), date(2025, 9, 1), date(2026, 2, 28)] {
        past(done(), start(second(from))).rejected(No::ApprenticeshipRunning);
    }
    for from in [date(2024, 3, 1), date(2026, 3, 1)] {
        past(done(), start(second(from))).then([second(from).into()]);
    }
    let dissolved = ApprenticeshipEnded {
        record: record(1),
        ground: "协议解除".into(),
        on: date(2025, 6, 1),
    };
    let stopped = || [apprenticed(), vec![dissolved.clone().into()]].concat();
    past(stopped(), start(second(date(2025, 5, 31)))).rejected(No::ApprenticeshipRunning);
    let next = second(date(2025, 6, 1));
    past(stopped(), start(next.clone())).then([next.into()]);
}

#[test]
fn an_intern_is_of_his_graduation_year_and_has_half_a_year() {
    let intern = ApprenticeshipStarted {
        intern: true,
        term_months: 6,
        ..agreement()
    };
    let student = || [enrolled(), vec![graduate()]].concat();
    past(student(), start(intern.clone())).then([intern.clone().into()]);
    past(enrolled(), start(intern.clone())).rejected(No::InternNotGraduating { year: 2025 });
    let short = ApprenticeshipStarted {
        term_months: 5,
        ..intern.clone()
    };
    past(student(), start(short)).rejected(No::Route(RouteRejection::AgreementLength {
        least: 6,
        most: 36,
    }));
    let next_year = ApprenticeshipStarted {
        from: date(2026, 3, 1),
        ..intern
    };
    past(student(), start(next_year)).rejected(No::InternNotGraduating { year: 2026 });
}

#[test]
fn an_apprenticeship_is_completed_at_its_end_or_ended_before() {
    let complete = Command::CompleteApprenticeship;
    let last = date(2026, 2, 28);
    past(apprenticed(), complete(completed(last))).then([completed(last).into()]);
    past(apprenticed(), complete(completed(date(2026, 2, 27))))
        .rejected(No::ApprenticeshipNotOver { earliest: last });
    past(enrolled(), complete(completed(last))).rejected(No::ApprenticeshipUnknown);
    let bare = ApprenticeshipCompleted {
        evidence: vec![],
        ..completed(last)
    };
    past(apprenticed(), complete(bare)).rejected(No::EvidenceMissing);

    let stop = |on| ApprenticeshipEnded {
        record: record(1),
        ground: "协议解除".into(),
        on,
    };
    let day = date(2025, 6, 1);
    past(apprenticed(), Command::EndApprenticeship(stop(day))).then([stop(day).into()]);
    past(
        apprenticed(),
        Command::EndApprenticeship(stop(date(2025, 2, 28))),
    )
    .rejected(No::DateBefore {
        earliest: date(2025, 3, 1),
    });
    let stopped = [apprenticed(), vec![stop(day).into()]].concat();
    past(stopped, complete(completed(last))).rejected(No::ApprenticeshipOver);

    let done = [apprenticed(), vec![completed(last).into()]].concat();
    let state = WorkerDecider::fold(&done);
    let served = state
        .worker()
        .unwrap()
        .apprenticeships_completed(&agreement().employer);
    assert_eq!(served.len(), 1);
    assert!(served[0].with_this_employer);
    assert_eq!(
        (served[0].target, served[0].completed_on),
        (SkillLevel::Four, last)
    );
}

// 荣誉

fn conferred() -> HonourConferred {
    HonourConferred {
        record: record(1),
        name: name("全国技术能手"),
        rank: "national".into(),
        by: "人力资源和社会保障部".into(),
        basis: "人社部发〔2025〕9号".into(),
        on: date(2025, 12, 1),
        evidence: vec![digest(1)],
    }
}
fn confer(conferred: HonourConferred) -> Command {
    Command::ConferHonour {
        conferred,
        on: TODAY,
    }
}

#[test]
fn an_honour_is_recorded_once_and_is_never_a_level() {
    past(enrolled(), confer(conferred())).then([conferred().into()]);
    let honoured = || [enrolled(), vec![conferred().into()]].concat();
    past(honoured(), confer(conferred())).rejected(No::RecordTwice);
    let same = HonourConferred {
        record: record(2),
        ..conferred()
    };
    past(honoured(), confer(same)).rejected(No::HonourTwice);
    let ahead = HonourConferred {
        on: date(2026, 7, 21),
        ..conferred()
    };
    past(enrolled(), confer(ahead)).rejected(No::RecordAhead {
        earliest: date(2026, 7, 21),
    });
    let bare = HonourConferred {
        evidence: vec![],
        ..conferred()
    };
    past(enrolled(), confer(bare)).rejected(No::EvidenceMissing);
    let nameless = HonourConferred {
        rank: String::new(),
        ..conferred()
    };
    past(enrolled(), confer(nameless)).rejected(No::Text(TextRejection::Missing { field: "rank" }));
    let held = WorkerDecider::fold(&honoured()).held();
    let honour = Holding::Honour {
        name: "全国技术能手".into(),
    };
    assert_eq!(held.len(), 1);
    assert_eq!(
        (&held[0].holding, held[0].since),
        (&honour, date(2025, 12, 1))
    );
}

#[test]
fn an_honour_is_recorded_from_its_day_on_with_up_to_fifty_pieces_of_evidence() {
    let today = HonourConferred {
        on: TODAY,
        evidence: vec![digest(1); 50],
        ..conferred()
    };
    past(enrolled(), confer(today.clone())).then([today.into()]);
    let piles = HonourConferred {
        evidence: vec![digest(1); 51],
        ..conferred()
    };
    past(enrolled(), confer(piles)).rejected(No::EvidenceMissing);
}

#[test]
fn an_honour_like_another_in_name_giver_or_day_alone_is_another() {
    let others: [fn(&mut HonourConferred); 3] = [
        |it| it.name = name("浙江工匠"),
        |it| it.by = "浙江省人民政府".into(),
        |it| it.on = date(2025, 12, 2),
    ];
    for change in others {
        let mut other = conferred();
        other.record = record(2);
        change(&mut other);
        let honoured = [enrolled(), vec![conferred().into()]].concat();
        past(honoured, confer(other.clone())).then([other.into()]);
    }
}

#[test]
fn an_honour_is_withdrawn_once() {
    let withdrawn = |n, on| HonourWithdrawn {
        record: record(n),
        ground: "弄虚作假".into(),
        basis: "人社部发〔2026〕2号".into(),
        on,
    };
    let honoured = || [enrolled(), vec![conferred().into()]].concat();
    let take = |n, on| Command::WithdrawHonour(withdrawn(n, on));
    past(honoured(), take(1, TODAY)).then([withdrawn(1, TODAY).into()]);
    let same_day = conferred().on;
    past(honoured(), take(1, same_day)).then([withdrawn(1, same_day).into()]);
    past(honoured(), take(2, TODAY)).rejected(No::HonourUnknown);
    past(honoured(), take(1, date(2025, 11, 30))).rejected(No::DateBefore {
        earliest: date(2025, 12, 1),
    });
    past(
        [honoured(), vec![withdrawn(1, TODAY).into()]].concat(),
        take(1, TODAY),
    )
    .rejected(No::HonourWithdrawn);
}

// What the routes ask

#[test]
fn what_stands_and_what_was_promoted_is_told_to_the_rules() {
    let promoted = LevelAwarded {
        by: AwardedBy::Session(session(5)),
        route: Route::Competition,
        level: SkillLevel::Two,
        ..awarded(5, SkillLevel::Two)
    };
    let events = vec![enrolled()[0].clone(), graduate(), promoted.into()];
    let state = WorkerDecider::fold(&events);
    let worker = state.worker().unwrap();
    let facts = worker.promotion_facts(occupation().code);
    assert_eq!(facts.held, Some(SkillLevel::Two));
    assert_eq!(facts.promoted_in, [2026]);
    assert_eq!(worker.highest_in("6-31-01-03".parse().unwrap()), None);
    assert!(worker.graduates_in(2025) && !worker.graduates_in(2026));
    assert_eq!(Group::Student.name(), "student");
}
