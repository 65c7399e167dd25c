//! A worker's events to entries of the worker's timeline.

use super::{proposals, recognitions};
use crate::codec::row::Row;
use crate::domain::ids::WorkerId;
use crate::domain::worker::event::WorkerEvent;
use crate::view::passport::PassportEntry;
use crate::view::{ViewChange, register};
use serde::Serialize;
use serde_json::Value;

pub(super) fn changes(row: &Row, event: &WorkerEvent) -> Vec<ViewChange> {
    match event {
        WorkerEvent::LevelAwarded(e) => vec![entry(row, event.event_type(), e)],
        WorkerEvent::LevelWithdrawn(e) => vec![entry(row, event.event_type(), e)],
        WorkerEvent::AwardQuestioned(e) => vec![entry(row, event.event_type(), e)],
        WorkerEvent::AwardUpheld(e) => vec![entry(row, event.event_type(), e)],
        WorkerEvent::TrainingCompleted(e) => {
            let mut changes = super::staff::taught(row, e);
            changes.push(entry(row, event.event_type(), e));
            changes
        }
        WorkerEvent::TrainingStruck(e) => {
            let mut changes = super::staff::untaught(row, e);
            changes.push(entry(row, event.event_type(), e));
            changes
        }
        WorkerEvent::WorkRecorded(e) => vec![entry(row, event.event_type(), e)],
        WorkerEvent::WorkEnded(e) => vec![entry(row, event.event_type(), e)],
        WorkerEvent::StudyRecorded(e) => vec![entry(row, event.event_type(), e)],
        WorkerEvent::TitleRecorded(e) => vec![entry(row, event.event_type(), e)],
        WorkerEvent::OutsideCertificateRecorded(e) => vec![entry(row, event.event_type(), e)],
        WorkerEvent::ComponentPassed(e) => vec![
            entry(row, event.event_type(), e),
            register::put(
                "component-kept",
                format!("{}/{}/{}", row.stream.id, e.session, e.component.name()),
                row.stream.id,
                row.position,
                e,
            ),
        ],
        WorkerEvent::RecordStruck(e) => vec![entry(row, event.event_type(), e)],
        WorkerEvent::Appointed(e) => vec![entry(row, event.event_type(), e)],
        WorkerEvent::PerformanceReviewed(e) => vec![entry(row, event.event_type(), e)],
        WorkerEvent::AppointmentRenewed(e) => vec![entry(row, event.event_type(), e)],
        WorkerEvent::AppointmentEnded(e) => vec![entry(row, event.event_type(), e)],
        WorkerEvent::ApprenticeshipStarted(e) => vec![entry(row, event.event_type(), e)],
        WorkerEvent::ApprenticeshipCompleted(e) => vec![entry(row, event.event_type(), e)],
        WorkerEvent::ApprenticeshipEnded(e) => vec![entry(row, event.event_type(), e)],
        WorkerEvent::HonourConferred(e) => vec![entry(row, event.event_type(), e)],
        WorkerEvent::HonourWithdrawn(e) => vec![entry(row, event.event_type(), e)],
        WorkerEvent::RecognitionApplied(e) => recognitions::applied(row, e)
            .into_iter()
            .chain([entry(row, event.event_type(), e)])
            .collect(),
        WorkerEvent::RecognitionGranted(e) => vec![
            recognitions::granted(row, e),
            entry(row, event.event_type(), e),
        ],
        WorkerEvent::RecognitionRefused(e) => vec![
            recognitions::refused(row, e),
            entry(row, event.event_type(), e),
        ],
        WorkerEvent::RecognitionUsed(e) => {
            vec![
                recognitions::used(row, e),
                entry(row, event.event_type(), e),
            ]
        }
        WorkerEvent::RecognitionWithdrawn(e) => vec![
            recognitions::withdrawn(row, e),
            entry(row, event.event_type(), e),
        ],
        WorkerEvent::Proposal(e) => proposals::changes(row, e),
        // What was sealed says nothing about skills.
        WorkerEvent::Enrolled(_) | WorkerEvent::DetailsSealed(_) => Vec::new(),
    }
}

fn entry(row: &Row, kind: &'static str, says: &impl Serialize) -> ViewChange {
    ViewChange::PutPassport(PassportEntry {
        worker: WorkerId(row.stream.id),
        position: row.position,
        kind: kind.to_owned(),
        data: serde_json::to_value(says).unwrap_or(Value::Null),
    })
}
