//! A member of staff's events to views.

use crate::codec::row::Row;
use crate::domain::body::event::BodyEvent;
use crate::domain::staff::event::StaffEvent;
use crate::view::ViewChange;
use crate::view::register::{patch, put};
use serde_json::json;

pub(super) fn changes(_row: &Row, _event: &StaffEvent) -> Vec<ViewChange> {
    Vec::new()
}

/// A body as training base, in the register of training bases.
pub(super) fn training_base(row: &Row, event: &BodyEvent) -> Vec<ViewChange> {
    let (body, at) = (row.stream.id, row.position);
    match event {
        BodyEvent::TrainingBaseNoticed(e) => {
            let data = json!({"state": "noticed", "notice": e});
            vec![put("training-base", body, body, at, &data)]
        }
        BodyEvent::TrainingBaseListed(e) => {
            let data = json!({"state": "listed", "listed": e});
            vec![patch("training-base", body, at, data)]
        }
        BodyEvent::TrainingBaseStruck(e) => {
            let data = json!({"state": "struck", "struck": e});
            vec![patch("training-base", body, at, data)]
        }
        _ => Vec::new(),
    }
}
