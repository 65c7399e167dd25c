//! The steps of a session to registers: the session itself (`session`) and the counts of its
//! results (`session-counts`), its candidates
//! (`session-candidate`), evidence (`session-evidence`) and objections (`session-objection`), each
//! as of any position.

use crate::codec::row::Row;
use crate::domain::ids::{ObjectionId, WorkerId};
use crate::domain::session::event::SessionEvent;
use crate::domain::session::step::SessionArranged;
use crate::view::session::COUNTS;
use crate::view::{ViewChange, register};
use serde_json::{Value, json};

/// The key of a candidate in a session.
fn candidate(row: &Row, worker: WorkerId) -> String {
    format!("{}/{worker}", row.stream.id)
}

/// What an event does to the registers.
pub(super) fn changes(row: &Row, event: &SessionEvent) -> Vec<ViewChange> {
    let position = row.position;
    let session = row.stream.id;
    let patched = |data: Value| vec![register::patch("session", session, position, data)];
    let of_candidate = |worker, data| {
        vec![register::patch(
            "session-candidate",
            candidate(row, worker),
            position,
            data,
        )]
    };
    let of_objection = |objection: ObjectionId, data| {
        vec![register::patch(
            "session-objection",
            objection,
            position,
            data,
        )]
    };
    match event {
        SessionEvent::Opened(e) => [register::put(
            "session",
            session,
            e.body,
            position,
            &json!({
                "state": "open",
                "code": e.code,
                "route": e.route,
                "process": e.process,
                "assessed": e.assessed,
                "standard": e.standard,
                "question_bank": e.question_bank,
                "dual": e.dual,
                "assessed_on": e.assessed_on,
                "region": e.region,
            }),
        )]
        .into_iter()
        .chain([register::put(
            COUNTS,
            session,
            e.body,
            position,
            &json!({"entered": 0, "passed": 0, "failed": 0, "absent": 0}),
        )])
        .collect(),
        SessionEvent::RegistrationScheduled(e) => patched(json!({ "registration": e })),
        SessionEvent::CandidateRegistered(e) => vec![register::put(
            "session-candidate",
            candidate(row, e.worker),
            session,
            position,
            &json!({
                "worker": e.worker,
                "level": e.level,
                "declared": e.declared,
                "retained": e.retained,
                "registered_on": e.on,
                "state": "registered",
            }),
        )],
        SessionEvent::EligibilityDecided(e) => of_candidate(
            e.worker,
            json!({
                "state": if e.eligible { "eligible" } else { "refused" },
                "met": e.met,
                "refused": e.refused,
                "source": e.source,
                "verified": e.verified,
                "decided_on": e.on,
            }),
        ),
        SessionEvent::Arranged(e) => arranged(row, e),
        SessionEvent::EvidenceRecorded(e) => vec![register::put(
            "session-evidence",
            format!("{session}/{}", e.digest),
            session,
            position,
            e,
        )],
        SessionEvent::ResultEntered(e) => of_candidate(
            e.worker,
            json!({ "verdict": e.verdict, "basis": e.basis, "brought": e.retained }),
        ),
        SessionEvent::ReviewHeld(e) => patched(json!({ "review": e })),
        SessionEvent::ResultsConfirmed(_) => patched(json!({ "state": "confirmed" })),
        SessionEvent::NoticeStarted(e) => patched(json!({ "state": "notice", "notice": e })),
        SessionEvent::ObjectionFiled(e) => vec![register::put(
            "session-objection",
            e.objection,
            session,
            position,
            &json!({
                "about": e.about,
                "ground": e.ground,
                "evidence": e.evidence,
                "filed_on": e.on,
                "state": "open",
            }),
        )],
        SessionEvent::ObjectionDecided(e) => of_objection(
            e.objection,
            json!({ "state": e.outcome, "decision": e.ground, "decided_on": e.on }),
        ),
        SessionEvent::ResultStruck(e) => [
            of_candidate(
                e.worker,
                json!({ "verdict": "struck", "basis": null, "struck_for": e.ground }),
            ),
            patched(json!({ "state": "open" })),
        ]
        .concat(),
        SessionEvent::ResultChanged(e) => [
            of_candidate(
                e.result.worker,
                json!({
                    "verdict": e.result.verdict,
                    "basis": e.result.basis,
                    "changed_for": e.ground,
                }),
            ),
            patched(json!({ "state": "open" })),
        ]
        .concat(),
        SessionEvent::Submitted(e) => patched(json!({
            "state": "submitted",
            "report": { "round": e.round, "on": e.on, "due_on": e.due_on, "late": e.on > e.due_on },
        })),
        SessionEvent::AuditReturned(e) => patched(json!({
            "state": "returned",
            "audit": {
                "reasons": e.reasons,
                "fix_by": e.fix_by,
                "on": e.on,
                "due_on": e.due_on,
                "late": e.on > e.due_on,
            },
        })),
        SessionEvent::AuditPassed(e) => patched(json!({
            "state": "audited",
            "audit": {
                "reasons": null,
                "fix_by": null,
                "basis": e.basis,
                "on": e.on,
                "due_on": e.due_on,
                "late": e.on > e.due_on,
            },
        })),
        SessionEvent::Closed(e) => patched(json!({ "state": "closed", "closed": e })),
        SessionEvent::CertificatesIssued(e) => patched(json!({ "state": "issued", "issued": e })),
        SessionEvent::CertificatesUploaded(e) => {
            patched(json!({ "uploads": { (e.platform.as_str()): e } }))
        }
        SessionEvent::SheetImported(_) | SessionEvent::Proposal(_) => Vec::new(),
    }
}

/// The arrangement in the session's own state; who does what in it is in the register of staff.
fn arranged(row: &Row, e: &SessionArranged) -> Vec<ViewChange> {
    let arrangement = json!({ "arrangement": {
        "candidates": e.candidates,
        "rooms": e.rooms,
        "staff": e.staff.len(),
        "question_bank": e.question_bank,
        "policy": e.policy,
        "on": e.on,
    }});
    vec![register::patch(
        "session",
        row.stream.id,
        row.position,
        arrangement,
    )]
}
