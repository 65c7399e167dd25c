//! A member of staff's events to the registers of cards, endorsements, engagements, relations and
//! classes taught; and bodies as training bases.

use crate::codec::row::Row;
use crate::domain::body::event::BodyEvent;
use crate::domain::staff::event::StaffEvent;
use crate::domain::worker::event::TrainingCompleted;
use crate::view::ViewChange;
use crate::view::register::{end, patch, put};
use serde_json::json;

pub(super) fn changes(row: &Row, event: &StaffEvent) -> Vec<ViewChange> {
    use StaffEvent as E;
    let (staff, at) = (row.stream.id, row.position);
    match event {
        // What was sealed says nothing about the trade.
        E::Enrolled(_) => Vec::new(),
        E::CardGranted(e) => {
            let data = json!({
                "card": e.card,
                "staff": staff,
                "role": e.role,
                "occupations": e.occupations,
                "levels": e.levels,
                "items": e.items,
                "grade": e.grade,
                "body": e.body,
                "from": e.from,
                "to": e.to,
                "basis": e.basis,
                "standing": "active",
            });
            vec![put("staff-card", e.card, staff, at, &data)]
        }
        E::CardRenewed(e) => {
            let data = json!({"to": e.to, "renewed_from": e.from, "basis": e.basis});
            vec![patch("staff-card", e.card, at, data)]
        }
        E::CardSuspended(e) => {
            let data = json!({"standing": "suspended", "since": e.on, "ground": e.ground});
            vec![patch("staff-card", e.card, at, data)]
        }
        E::CardReinstated(e) => {
            let data = json!({"standing": "active", "since": e.on, "ground": e.ground});
            vec![patch("staff-card", e.card, at, data)]
        }
        E::CardWithdrawn(e) => {
            let data = json!({"standing": "withdrawn", "since": e.on, "ground": e.ground});
            vec![patch("staff-card", e.card, at, data)]
        }
        E::Endorsed(e) => {
            let key = format!("{staff}/{at:020}");
            vec![put("staff-endorsement", key, staff, at, e)]
        }
        E::RelationDeclared(e) => {
            let key = format!("{staff}/{}", e.with);
            vec![put("staff-relation", key, staff, at, e)]
        }
        E::RelationStruck(e) => vec![end("staff-relation", format!("{staff}/{}", e.with), at)],
        // The same engagement, once by the teacher and once by the school.
        E::Engaged(e) => {
            let data = json!({
                "staff": staff,
                "body": e.body,
                "occupations": e.occupations,
                "from": e.from,
            });
            let key = format!("{staff}/{}", e.body);
            vec![
                put("staff-engagement", &key, staff, at, &data),
                put("school-teacher", &key, e.body, at, &data),
            ]
        }
        E::Left(e) => {
            let key = format!("{staff}/{}", e.body);
            let data = json!({"left_on": e.on});
            vec![
                patch("staff-engagement", &key, at, data.clone()),
                patch("school-teacher", &key, at, data),
            ]
        }
    }
}

/// A training completed, in the register of what each of its teachers has taught (执教履历).
pub(super) fn taught(row: &Row, training: &TrainingCompleted) -> Vec<ViewChange> {
    let at = row.position;
    let entry = |teacher: &crate::domain::ids::SubjectId| {
        let data = json!({
            "provider": training.provider,
            "class": training.class,
            "course": training.course,
            "occupation": training.occupation,
            "level": training.level,
            "hours": training.hours,
            "from": training.from,
            "to": training.to,
            "trainee": row.stream.id,
        });
        let key = format!("{teacher}/{at:020}");
        put("staff-taught", key, teacher, at, &data)
    };
    training.teachers.iter().map(entry).collect()
}

/// A body as training base, in the register of training bases.
pub(super) fn training_base(row: &Row, event: &BodyEvent) -> Vec<ViewChange> {
    let (body, at) = (row.stream.id, row.position);
    match event {
        BodyEvent::TrainingBaseNoticed(e) => {
            let data = json!({"body": body, "standing": "noticed", "notice": e});
            vec![put("training-base", body, body, at, &data)]
        }
        BodyEvent::TrainingBaseListed(e) => {
            let data = json!({"standing": "listed", "listed": e});
            vec![patch("training-base", body, at, data)]
        }
        BodyEvent::TrainingBaseStruck(e) => {
            let data = json!({"standing": "struck", "struck": e});
            vec![patch("training-base", body, at, data)]
        }
        _ => Vec::new(),
    }
}
