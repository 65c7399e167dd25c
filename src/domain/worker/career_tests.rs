use crate::domain::background::{Education, School, StudyRecorded};
use crate::domain::competition::event::Group;
use crate::domain::decider::Decider;
use crate::domain::decider::harness::{When, given};
use crate::domain::example::*;
use crate::domain::ids::{RecordId, SessionId, SubjectId};
use crate::domain::level::SkillLevel;
use crate::domain::proposal::End;
use crate::domain::route::Route;
use crate::domain::rules::recognition::Holding;
use crate::domain::rules::routes::appointment::{self, AppointmentPolicy};
use crate::domain::rules::routes::apprenticeship::{
    self, ApprenticeshipKind, ApprenticeshipPolicy,
};
use crate::domain::rules::routes::rejection::RouteRejection;
use crate::domain::rules::routes::{appointment_cn, apprenticeship_cn};
use crate::domain::wording::TextRejection;
use crate::domain::worker::appointment::*;
use crate::domain::worker::apprenticeship::*;
use crate::domain::worker::command::WorkerCommand as Command;
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::event::*;
use crate::domain::worker::honour::*;
use crate::domain::worker::rejection::WorkerRejection as No;
use jiff::civil::{Date, date};
use uuid::Uuid;

const AWARDED: Date = date(2026, 7, 20);
const FROM: Date = date(2026, 8, 1);
const TO: Date = date(2029, 7, 31);

fn session(n: u128) -> SessionId {
    SessionId(Uuid::from_u128(n))
}
fn record(n: u128) -> RecordId {
    RecordId(Uuid::from_u128(n))
}
fn awarded(n: u128, level: SkillLevel) -> LevelAwarded {
    LevelAwarded {
        by: AwardedBy::Session(session(n)),
        body: Some(body_id()),
        route: Route::Appointment,
        occupation: occupation().code,
        occupation_name: name("焊工"),
        work_type: None,
        level,
        assessed_on: ASSESSED,
        awarded_on: AWARDED,
    }
}
fn appointed(n: u128, level: SkillLevel) -> Appointed {
    Appointed {
        session: session(n),
        body: body_id(),
        occupation: occupation().code,
        occupation_name: name("焊工"),
        level,
        post: "焊接首席岗".into(),
        from: FROM,
        to: TO,
    }
}
fn special() -> Appointed {
    appointed(1, SkillLevel::Special)
}
fn policy() -> AppointmentPolicy {
    let policies = appointment_cn::built_in();
    let place = "510100".parse().unwrap();
    appointment::policy_of(&policies, SkillLevel::Special, place, FROM)
        .unwrap()
        .clone()
}
fn appoint(appointed: Appointed) -> Command {
    Command::Appoint {
        appointed,
        policy: policy(),
    }
}
fn with_level() -> Vec<WorkerEvent> {
    let enrolled = WorkerEnrolled {
        sealed: sealed(worker(1)),
    };
    vec![enrolled.into(), awarded(1, SkillLevel::Special).into()]
}
fn in_post() -> Vec<WorkerEvent> {
    [with_level(), vec![special().into()]].concat()
}
fn performed(year: i16, outcome: Performance, on: Date) -> PerformanceReviewed {
    PerformanceReviewed {
        session: session(1),
        year,
        outcome,
        evidence: vec![digest(1)],
        on,
    }
}
fn passed_review() -> PerformanceReviewed {
    performed(2028, Performance::Competent, date(2029, 1, 10))
}
fn ended(ground: AppointmentEnd, on: Date) -> AppointmentEnded {
    AppointmentEnded {
        session: session(1),
        ground,
        on,
    }
}
fn renew(on: Date, to: Date) -> Command {
    Command::RenewAppointment {
        session: session(1),
        to,
        policy: policy(),
        on,
    }
}
fn past(events: Vec<WorkerEvent>, command: Command) -> When<WorkerDecider> {
    given::<WorkerDecider>(events).when(command)
}

// 评聘

#[test]
fn a_post_goes_with_a_level_that_appointment_awarded() {
    past(with_level(), appoint(special())).then([special().into()]);
    past(vec![], appoint(special())).rejected(No::NotEnrolled);
    let not_awarded = |change: fn(&mut Appointed)| {
        let mut other = special();
        change(&mut other);
        past(with_level(), appoint(other)).rejected(No::AppointmentNotAwarded);
    };
    not_awarded(|it| it.session = session(2));
    not_awarded(|it| it.level = SkillLevel::Chief);
    not_awarded(|it| it.occupation = "6-31-01-03".parse().unwrap());
    not_awarded(|it| it.body.0 = Uuid::nil());
    let withdrawn = LevelWithdrawn {
        by: AwardedBy::Session(session(1)),
        certificate: None,
        end: End::Revoked,
        ground: "业绩造假".into(),
        on: FROM,
    };
    past(
        [with_level(), vec![withdrawn.into()]].concat(),
        appoint(special()),
    )
    .rejected(No::AppointmentNotAwarded);
    let early = Appointed {
        from: ASSESSED,
        ..special()
    };
    past(with_level(), appoint(early)).rejected(No::DateBefore { earliest: AWARDED });
    let short = Appointed {
        to: date(2029, 7, 30),
        ..special()
    };
    let outside = RouteRejection::TermOutside { least: 3, most: 5 };
    past(with_level(), appoint(short)).rejected(No::Route(outside));
    let nameless = Appointed {
        post: String::new(),
        ..special()
    };
    past(with_level(), appoint(nameless))
        .rejected(No::Text(TextRejection::Missing { field: "post" }));
}

#[test]
fn one_post_at_a_time_the_higher_takes_the_lower_ones_place() {
    past(in_post(), appoint(special())).rejected(No::AppointedTwice);
    let chief = || appointed(2, SkillLevel::Chief);
    let history = |chief: LevelAwarded| [in_post(), vec![chief.into()]].concat();
    let superseded = ended(AppointmentEnd::Superseded, FROM);
    past(history(awarded(2, SkillLevel::Chief)), appoint(chief()))
        .then([superseded.into(), chief().into()]);
    // Elsewhere, while the term runs: refused; after it has run out, the old one is ended first.
    let other_body = |appointed: Appointed| Appointed {
        body: crate::domain::ids::BodyId(Uuid::from_u128(7)),
        ..appointed
    };
    let elsewhere = LevelAwarded {
        body: Some(other_body(chief()).body),
        ..awarded(2, SkillLevel::Chief)
    };
    past(history(elsewhere.clone()), appoint(other_body(chief()))).rejected(No::AppointmentRunning);
    let later = Appointed {
        from: date(2029, 8, 1),
        to: date(2032, 7, 31),
        ..other_body(chief())
    };
    let over = ended(AppointmentEnd::TermOver, date(2029, 8, 1));
    past(history(elsewhere), appoint(later.clone())).then([over.into(), later.into()]);
}

#[test]
fn performance_is_reviewed_once_a_year_within_the_term() {
    let review = Command::ReviewPerformance;
    let on = date(2027, 1, 15);
    let good = performed(2026, Performance::Excellent, on);
    past(in_post(), review(good.clone())).then([good.clone().into()]);
    past(with_level(), review(good.clone())).rejected(No::AppointmentUnknown);
    past(
        [in_post(), vec![good.clone().into()]].concat(),
        review(good.clone()),
    )
    .rejected(No::ReviewedTwice { year: 2026 });
    for year in [2025, 2028] {
        past(
            in_post(),
            review(performed(year, Performance::Adequate, on)),
        )
        .rejected(No::ReviewYearOutside { year });
    }
    let late = performed(2029, Performance::Excellent, date(2029, 8, 1));
    past(in_post(), review(late)).rejected(No::AppointmentOver { to: TO });
    let early = performed(2026, Performance::Excellent, date(2026, 7, 31));
    past(in_post(), review(early)).rejected(No::DateBefore { earliest: FROM });
    for evidence in [vec![], vec![digest(1); 51]] {
        let bare = PerformanceReviewed {
            evidence,
            ..good.clone()
        };
        past(in_post(), review(bare)).rejected(No::EvidenceMissing);
    }
}

#[test]
fn a_term_is_renewed_before_it_runs_out_and_after_a_passed_review() {
    let (on, to) = (date(2029, 6, 1), date(2033, 7, 31));
    let reviewed = || [in_post(), vec![passed_review().into()]].concat();
    let renewed = AppointmentRenewed {
        session: session(1),
        from: date(2029, 8, 1),
        to,
        on,
    };
    past(reviewed(), renew(on, to)).then([renewed.clone().into()]);
    past(reviewed(), renew(TO, to)).then([AppointmentRenewed {
        on: TO,
        ..renewed.clone()
    }
    .into()]);
    past(reviewed(), renew(date(2029, 8, 1), to)).rejected(No::AppointmentOver { to: TO });
    past(in_post(), renew(on, to)).rejected(No::PerformanceNotPassed);
    let failed = performed(2029, Performance::Incompetent, on);
    past([reviewed(), vec![failed.into()]].concat(), renew(on, to))
        .rejected(No::PerformanceNotPassed);
    let outside = RouteRejection::TermOutside { least: 3, most: 5 };
    past(reviewed(), renew(on, date(2030, 7, 31))).rejected(No::Route(outside));
    // The new term counts: what was over is not.
    let again = ended(AppointmentEnd::Retired, date(2030, 1, 1));
    past(
        [reviewed(), vec![renewed.into()]].concat(),
        Command::EndAppointment(again.clone()),
    )
    .then([again.into()]);
}

#[test]
fn a_term_that_has_run_out_ends_by_an_event() {
    let over_by = |ground, on| Command::EndAppointment(ended(ground, on));
    let after = date(2029, 8, 1);
    let over = ended(AppointmentEnd::TermOver, after);
    past(in_post(), over_by(AppointmentEnd::TermOver, after)).then([over.clone().into()]);
    past(in_post(), over_by(AppointmentEnd::TermOver, TO))
        .rejected(No::TermNotOver { earliest: after });
    past(in_post(), over_by(AppointmentEnd::Dismissed, TO)).then([ended(
        AppointmentEnd::Dismissed,
        TO,
    )
    .into()]);
    past(in_post(), over_by(AppointmentEnd::Left, after)).rejected(No::AppointmentOver { to: TO });
    past(in_post(), over_by(AppointmentEnd::Superseded, TO)).rejected(No::EndFollowsOnly);
    past(in_post(), over_by(AppointmentEnd::LevelWithdrawn, TO)).rejected(No::EndFollowsOnly);
    past(
        [in_post(), vec![over.into()]].concat(),
        over_by(AppointmentEnd::TermOver, after),
    )
    .rejected(No::AppointmentHasEnded);
}

#[test]
fn the_post_ends_with_the_level_that_is_withdrawn() {
    let withdrawn = LevelWithdrawn {
        by: AwardedBy::Session(session(1)),
        certificate: None,
        end: End::Revoked,
        ground: "业绩造假".into(),
        on: date(2027, 1, 1),
    };
    past(in_post(), Command::WithdrawLevel(withdrawn.clone())).then([
        withdrawn.into(),
        ended(AppointmentEnd::LevelWithdrawn, date(2027, 1, 1)).into(),
    ]);
    let state = WorkerDecider::fold(&in_post());
    let post = &state.worker().unwrap().appointments[0];
    let days = [date(2026, 7, 31), FROM, TO, date(2029, 8, 1)].map(|on| post.runs(on));
    assert_eq!(days, [false, true, true, false]);
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
    let done = [apprenticed(), vec![completed(date(2026, 2, 28)).into()]].concat();
    past(done, start(second.clone())).then([second.into()]);
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
    assert!(worker.studies_on(date(2024, 1, 1)) && worker.studies_on(date(2025, 12, 31)));
    assert!(!worker.studies_on(date(2022, 8, 31)));
    assert!(worker.graduates_in(2025) && !worker.graduates_in(2026));
    assert_eq!(Group::Student.name(), "student");
}
