//! A worker's levels, posts, apprenticeships, honours and studies to registers; and the tables of
//! the routes.

use crate::codec::row::Row;
use crate::domain::catalogue::event::CatalogueEvent;
use crate::domain::ids::SessionId;
use crate::domain::rules::routes::table::RouteRule;
use crate::domain::worker::appointment::AppointmentEnd;
use crate::domain::worker::event::{AwardedBy, LevelAwarded, WorkerEvent};
use crate::view::ViewChange;
use crate::view::register::{end, patch, put};
use serde::Serialize;
use serde_json::{Value, json};

/// Levels, by what awarded them: batches are counted by level and route from these.
const AWARD: &str = "award";
/// Questions about levels that wait for a finding.
const QUESTION: &str = "award-question";
const APPOINTMENT: &str = "appointment";
const APPRENTICESHIP: &str = "apprenticeship";
const HONOUR: &str = "honour";
/// Studies, for the flag of students of the graduation year.
const STUDY: &str = "study";

pub(super) fn changes(row: &Row, event: &WorkerEvent) -> Vec<ViewChange> {
    use WorkerEvent as E;
    let (worker, at) = (row.stream.id, row.position);
    let post = |session: SessionId| format!("{worker}/{session}");
    match event {
        E::LevelAwarded(e) => vec![put(
            AWARD,
            award(row, e.by),
            source(e),
            at,
            &awarded(row, e),
        )],
        E::LevelWithdrawn(e) => {
            let data = json!({"standing": "withdrawn", "withdrawn_on": e.on});
            vec![
                patch(AWARD, award(row, e.by), at, data),
                end(QUESTION, award(row, e.by), at),
            ]
        }
        E::AwardQuestioned(e) => {
            let data = with(e, json!({"worker": worker}));
            vec![
                patch(AWARD, award(row, e.award), at, json!({"in_question": e.on})),
                put(QUESTION, award(row, e.award), worker, at, &data),
            ]
        }
        E::AwardUpheld(e) => {
            let data = json!({"in_question": Value::Null, "upheld_on": e.on});
            vec![
                patch(AWARD, award(row, e.award), at, data),
                end(QUESTION, award(row, e.award), at),
            ]
        }
        E::RecognitionUsed(e) => {
            let key = award(row, AwardedBy::Recognition(e.recognition));
            vec![patch(AWARD, key, at, json!({"certified_in": e.session}))]
        }
        E::Appointed(e) => {
            let data = with(e, json!({"worker": worker, "standing": "in-post"}));
            vec![put(APPOINTMENT, post(e.session), e.body, at, &data)]
        }
        E::PerformanceReviewed(e) => {
            let data = json!({"reviewed_year": e.year, "performance": e.outcome});
            vec![patch(APPOINTMENT, post(e.session), at, data)]
        }
        E::AppointmentRenewed(e) => {
            let data = json!({"to": e.to, "renewed_from": e.from});
            vec![patch(APPOINTMENT, post(e.session), at, data)]
        }
        E::AppointmentEnded(e) => {
            let standing = match e.ground {
                AppointmentEnd::TermOver => "term-over",
                _ => "ended",
            };
            let data = json!({"standing": standing, "ended_on": e.on, "ground": e.ground});
            vec![patch(APPOINTMENT, post(e.session), at, data)]
        }
        E::ApprenticeshipStarted(e) => {
            let mut data = with(e, json!({"worker": worker, "standing": "running"}));
            if let Some(members) = data.as_object_mut() {
                members.remove("agreement");
            }
            vec![put(APPRENTICESHIP, e.record, worker, at, &data)]
        }
        E::ApprenticeshipCompleted(e) => {
            let data = json!({"standing": "completed", "completed_on": e.on});
            vec![patch(APPRENTICESHIP, e.record, at, data)]
        }
        E::ApprenticeshipEnded(e) => {
            let data = json!({"standing": "ended", "ended_on": e.on, "ground": e.ground});
            vec![patch(APPRENTICESHIP, e.record, at, data)]
        }
        E::HonourConferred(e) => {
            let mut data = with(e, json!({"worker": worker, "standing": "stands"}));
            if let Some(members) = data.as_object_mut() {
                members.remove("evidence");
            }
            vec![put(HONOUR, e.record, worker, at, &data)]
        }
        E::HonourWithdrawn(e) => {
            let data = json!({"standing": "withdrawn", "withdrawn_on": e.on, "ground": e.ground});
            vec![patch(HONOUR, e.record, at, data)]
        }
        E::StudyRecorded(e) => {
            let graduates = e.graduated_on.or(e.expected_on).map(|day| day.year());
            let data = json!({
                "worker": worker,
                "school": e.school,
                "education": e.education,
                "from": e.from,
                "graduated_on": e.graduated_on,
                "graduation_year": graduates,
            });
            vec![put(STUDY, e.record, worker, at, &data)]
        }
        E::RecordStruck(e) => vec![crate::view::register::end(STUDY, e.record, at)],
        _ => Vec::new(),
    }
}

fn award(row: &Row, by: AwardedBy) -> String {
    let by = match by {
        AwardedBy::Session(session) => session.0,
        AwardedBy::Recognition(recognition) => recognition.0,
    };
    format!("{}/{by}", row.stream.id)
}

/// The session that awarded it: what a batch is counted by.
fn source(e: &LevelAwarded) -> String {
    e.by.session()
        .map(|session| session.to_string())
        .unwrap_or_default()
}

fn awarded(row: &Row, e: &LevelAwarded) -> Value {
    json!({
        "worker": row.stream.id,
        "session": e.by.session(),
        "body": e.body,
        "route": e.route,
        "occupation": e.occupation,
        "level": e.level,
        "awarded_on": e.awarded_on,
        "standing": "stands",
    })
}

/// What an event says, with members of the register beside it.
fn with(event: &impl Serialize, beside: Value) -> Value {
    let mut data = serde_json::to_value(event).unwrap_or_default();
    if let (Some(members), Value::Object(beside)) = (data.as_object_mut(), beside) {
        members.extend(beside);
    }
    data
}

/// The tables of the routes, one row a rule.
pub(super) fn tables(row: &Row, event: &CatalogueEvent) -> Vec<ViewChange> {
    use CatalogueEvent as E;
    match event {
        E::PromotionRulesAdopted(e) => rules(row, "promotion-rule", &e.rules),
        E::DirectGroundsAdopted(e) => rules(row, "direct-ground", &e.rules),
        E::AppointmentPoliciesAdopted(e) => rules(row, "appointment-policy", &e.rules),
        E::ApprenticeshipPoliciesAdopted(e) => rules(row, "apprenticeship-policy", &e.rules),
        _ => Vec::new(),
    }
}

fn rules<T: RouteRule + Serialize>(row: &Row, kind: &'static str, rules: &[T]) -> Vec<ViewChange> {
    rules
        .iter()
        .map(|rule| put(kind, rule.id(), rule.jurisdiction(), row.position, rule))
        .collect()
}
