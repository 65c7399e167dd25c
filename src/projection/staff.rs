//! A member of staff's events to the registers of cards, endorsements, engagements, relations and
//! classes taught; appointments to sessions; and bodies as training bases.

use crate::codec::row::Row;
use crate::domain::body::event::BodyEvent;
use crate::domain::ids::SubjectId;
use crate::domain::session::step::{Assigned, Duty, SessionArranged};
use crate::domain::staff::event::StaffEvent;
use crate::domain::worker::event::{TrainingCompleted, TrainingStruck};
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

/// Register of what teachers have taught (执教履历).
const TAUGHT: &str = "staff-taught";

/// A training completed, in the register of what each of its teachers has taught (执教履历).
pub(super) fn taught(row: &Row, training: &TrainingCompleted) -> Vec<ViewChange> {
    let at = row.position;
    let entry = |teacher: &SubjectId| {
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
        put(
            TAUGHT,
            taught_key(row, teacher, training),
            teacher,
            at,
            &data,
        )
    };
    training.teachers.iter().map(entry).collect()
}

/// A training struck: nobody has taught it.
pub(super) fn untaught(row: &Row, struck: &TrainingStruck) -> Vec<ViewChange> {
    let training = &struck.training;
    let key = |teacher| taught_key(row, teacher, training);
    let ended = |teacher| end(TAUGHT, key(teacher), row.position);
    training.teachers.iter().map(ended).collect()
}

/// By last day, so that a teacher's classes stand in their order.
fn taught_key(row: &Row, teacher: &SubjectId, training: &TrainingCompleted) -> String {
    let TrainingCompleted {
        to,
        provider,
        class,
        ..
    } = training;
    format!("{teacher}/{to}/{}/{provider}/{class}", row.stream.id)
}

/// Who was arranged for a session and who no more, in the register of appointments (执考履历).
pub(super) fn appointed(row: &Row, arranged: &SessionArranged) -> Vec<ViewChange> {
    let (session, at) = (row.stream.id, row.position);
    let key = |it: &Assigned| format!("{}/{session}/{}", it.staff, duty(it.duty));
    let stays = |gone: &Assigned| arranged.staff.iter().any(|it| key(it) == key(gone));
    let released = arranged.released.iter().filter(|gone| !stays(gone));
    let ended = released.map(|it| end("staff-appointment", key(it), at));
    let begun = arranged.staff.iter().map(|it| {
        let data = json!({
            "session": session,
            "duty": duty(it.duty),
            "card": it.card,
            "role": it.role,
            "on": arranged.on,
        });
        put("staff-appointment", key(it), it.staff, at, &data)
    });
    ended.chain(begun).collect()
}

const fn duty(duty: Duty) -> &'static str {
    match duty {
        Duty::Examiner => "examiner",
        Duty::Reviewer => "reviewer",
        Duty::Invigilator => "invigilator",
        Duty::Supervisor => "supervisor",
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{AccountId, CardId, CommandId, EventId, SessionId, StreamId};
    use crate::domain::staff::role::StaffRole;
    use crate::domain::time::Instant;
    use jiff::civil::date;
    use uuid::Uuid;

    fn row() -> Row {
        Row {
            position: 7,
            stream: StreamId::from(SessionId(Uuid::from_u128(0x5e5))),
            stream_version: 1,
            event_id: EventId(Uuid::nil()),
            event_type: "session.arranged".into(),
            schema_version: 1,
            recorded_at: Instant(0),
            actor: AccountId(Uuid::nil()),
            command_id: CommandId(Uuid::nil()),
            request_digest: [0; 32],
            causation: None,
            payload_digest: [0; 32],
            payload: Vec::new(),
            chain: [0; 32],
        }
    }

    #[test]
    fn who_is_arranged_is_appointed_and_who_is_released_no_more() {
        let assigned = |n: u128| Assigned {
            staff: SubjectId(Uuid::from_u128(n)),
            duty: Duty::Examiner,
            card: CardId(Uuid::from_u128(0xca)),
            role: StaffRole::Examiner,
        };
        let arranged = SessionArranged {
            candidates: 30,
            rooms: 2,
            staff: vec![assigned(1), assigned(2)],
            released: vec![assigned(2), assigned(3)],
            question_bank: None,
            policy: "demo".into(),
            on: date(2026, 3, 1),
        };
        let mut ended = Vec::new();
        let mut begun = Vec::new();
        for change in appointed(&row(), &arranged) {
            match change {
                ViewChange::EndRegister { key, .. } => ended.push(key),
                ViewChange::PutRegister { owner, data, .. } => {
                    assert_eq!(data["duty"], "examiner");
                    begun.push(owner);
                }
                other => panic!("{other:?}"),
            }
        }
        let id = |n: u128| Uuid::from_u128(n).to_string();
        assert_eq!(begun, [id(1), id(2)]);
        let session = Uuid::from_u128(0x5e5);
        assert_eq!(ended, [format!("{}/{session}/examiner", id(3))]);
    }
}
