use crate::domain::decider::harness::{When, given};
use crate::domain::example::*;
use crate::domain::ids::SessionId;
use crate::domain::level::SkillLevel;
use crate::domain::proposal::{Act, End, ProposalEvent};
use crate::domain::route::Route;
use crate::domain::rules::routes::appointment::{self, AppointmentPolicy};
use crate::domain::rules::routes::appointment_cn;
use crate::domain::rules::routes::rejection::RouteRejection;
use crate::domain::wording::TextRejection;
use crate::domain::worker::appointment::*;
use crate::domain::worker::command::WorkerCommand as Command;
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::event::*;
use crate::domain::worker::question::{AwardQuestioned, Cause};
use crate::domain::worker::rejection::WorkerRejection as No;
use jiff::civil::{Date, date};
use uuid::Uuid;

pub(super) const AWARDED: Date = date(2026, 7, 20);
const FROM: Date = date(2026, 8, 1);
const TO: Date = date(2029, 7, 31);

pub(super) fn session(n: u128) -> SessionId {
    SessionId(Uuid::from_u128(n))
}
pub(super) fn awarded(n: u128, level: SkillLevel) -> LevelAwarded {
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
pub(super) fn with_level() -> Vec<WorkerEvent> {
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
pub(super) fn past(events: Vec<WorkerEvent>, command: Command) -> When<WorkerDecider> {
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
}

#[test]
fn the_post_ends_with_the_level_that_two_people_find_has_no_ground() {
    let by = AwardedBy::Session(session(1));
    let questioned = AwardQuestioned {
        award: by,
        cause: Cause::Stated,
        ground: "业绩存疑".into(),
        basis: "示范〔2026〕9号".into(),
        on: AWARDED,
    };
    let act = Act::WithdrawAward {
        award: by,
        ground: "业绩造假".into(),
        basis: "示范〔2026〕12号".into(),
        on: TODAY,
    };
    let made = WorkerEvent::Proposal(proposing().made(act).into());
    let history = [in_post(), vec![questioned.into(), made]].concat();
    let withdrawn = LevelWithdrawn {
        by,
        certificate: None,
        end: End::Revoked,
        ground: "业绩造假".into(),
        on: TODAY,
    };
    past(
        history,
        Command::Approve {
            approval: approval(),
            certificate: None,
        },
    )
    .then([
        WorkerEvent::Proposal(ProposalEvent::from(approval().approved())),
        withdrawn.into(),
        ended(AppointmentEnd::LevelWithdrawn, TODAY).into(),
    ]);
}

#[test]
fn no_day_of_a_post_that_has_ended_is_given_to_another() {
    let left = ended(AppointmentEnd::Left, date(2027, 6, 1));
    let elsewhere = crate::domain::ids::BodyId(Uuid::from_u128(7));
    let second = |from, to| Appointed {
        body: elsewhere,
        from,
        to,
        ..appointed(2, SkillLevel::Special)
    };
    let level = LevelAwarded {
        body: Some(elsewhere),
        ..awarded(2, SkillLevel::Special)
    };
    let history = [in_post(), vec![left.into(), level.into()]].concat();
    let overlapping = second(date(2027, 5, 31), date(2030, 5, 30));
    past(history.clone(), appoint(overlapping)).rejected(No::AppointmentRunning);
    let next = second(date(2027, 6, 1), date(2030, 5, 31));
    past(history, appoint(next.clone())).then([next.into()]);
    // Ended late, for a term that was over: held to its last day and no longer.
    let over = ended(AppointmentEnd::TermOver, date(2029, 8, 1));
    let level = awarded(2, SkillLevel::Special);
    let history = [in_post(), vec![over.into(), level.into()]].concat();
    let here = |from, to| Appointed {
        body: body_id(),
        ..second(from, to)
    };
    past(history.clone(), appoint(here(TO, date(2032, 7, 30)))).rejected(No::AppointmentRunning);
    let after = here(date(2029, 8, 1), date(2032, 7, 31));
    past(history, appoint(after.clone())).then([after.into()]);
}

#[test]
fn a_post_agreed_for_later_leaves_the_days_before_it_free() {
    let later = Appointed {
        from: date(2032, 1, 1),
        to: date(2034, 12, 31),
        ..special()
    };
    let resigned = ended(AppointmentEnd::Resigned, date(2033, 1, 1));
    let history = [
        with_level(),
        vec![
            later.into(),
            resigned.into(),
            awarded(2, SkillLevel::Special).into(),
        ],
    ]
    .concat();
    let before = |to| Appointed {
        from: date(2028, 1, 1),
        to,
        ..appointed(2, SkillLevel::Special)
    };
    let free = before(date(2031, 12, 31));
    past(history.clone(), appoint(free.clone())).then([free.into()]);
    past(history, appoint(before(date(2032, 1, 1)))).rejected(No::AppointmentRunning);
}

#[test]
fn a_term_that_is_over_ended_the_day_after_its_last_whenever_that_is_recorded() {
    let late = ended(AppointmentEnd::TermOver, date(2030, 3, 15));
    past(in_post(), Command::EndAppointment(late)).then([ended(
        AppointmentEnd::TermOver,
        date(2029, 8, 1),
    )
    .into()]);
    let again = Appointed {
        from: date(2030, 4, 1),
        to: date(2033, 3, 31),
        ..appointed(2, SkillLevel::Special)
    };
    let history = [in_post(), vec![awarded(2, SkillLevel::Special).into()]].concat();
    past(history, appoint(again.clone())).then([
        ended(AppointmentEnd::TermOver, date(2029, 8, 1)).into(),
        again.into(),
    ]);
}

#[test]
fn a_level_withdrawn_ends_its_own_post_once_and_no_other() {
    let on = date(2027, 1, 1);
    let withdrawn = |n| LevelWithdrawn {
        by: AwardedBy::Session(session(n)),
        certificate: None,
        end: End::Revoked,
        ground: "业绩造假".into(),
        on,
    };
    let other = awarded(2, SkillLevel::Special).into();
    past(
        [in_post(), vec![other]].concat(),
        Command::WithdrawLevel(withdrawn(2)),
    )
    .then([withdrawn(2).into()]);
    let left = ended(AppointmentEnd::Left, date(2026, 12, 1));
    past(
        [in_post(), vec![left.into()]].concat(),
        Command::WithdrawLevel(withdrawn(1)),
    )
    .then([withdrawn(1).into()]);
}

#[test]
fn a_term_may_begin_on_the_day_of_the_award_and_never_on_a_day_that_is_taken() {
    let at_once = Appointed {
        from: AWARDED,
        to: date(2029, 7, 19),
        ..special()
    };
    past(with_level(), appoint(at_once.clone())).then([at_once.into()]);
    let again = |from, to| Appointed {
        from,
        to,
        ..appointed(2, SkillLevel::Special)
    };
    let level = awarded(2, SkillLevel::Special);
    let history = || [in_post(), vec![level.clone().into()]].concat();
    let same_level = again(date(2027, 1, 1), date(2029, 12, 31));
    past(history(), appoint(same_level)).rejected(No::AppointmentRunning);
    let on_the_last_day = again(TO, date(2032, 7, 30));
    past(history(), appoint(on_the_last_day)).rejected(No::AppointmentRunning);
}

#[test]
fn a_review_may_be_of_its_own_year_on_the_first_day_with_fifty_pieces_of_evidence() {
    let review = PerformanceReviewed {
        evidence: vec![digest(1); 50],
        ..performed(2026, Performance::Competent, FROM)
    };
    past(in_post(), Command::ReviewPerformance(review.clone())).then([review.into()]);
}

#[test]
fn each_term_is_renewed_on_a_review_of_its_own() {
    let renewed = AppointmentRenewed {
        session: session(1),
        from: date(2029, 8, 1),
        to: date(2033, 7, 31),
        on: date(2029, 6, 1),
    };
    let second_term = || {
        [
            in_post(),
            vec![passed_review().into(), renewed.clone().into()],
        ]
        .concat()
    };
    let (on, to) = (date(2033, 6, 1), date(2036, 7, 31));
    past(second_term(), renew(on, to)).rejected(No::PerformanceNotPassed);
    past(second_term(), renew(date(2029, 7, 1), to)).rejected(No::PerformanceNotPassed);
    let review = performed(2029, Performance::Adequate, date(2029, 8, 1));
    let third = AppointmentRenewed {
        from: date(2033, 8, 1),
        to,
        on,
        ..renewed.clone()
    };
    past([second_term(), vec![review.into()]].concat(), renew(on, to)).then([third.into()]);
}
