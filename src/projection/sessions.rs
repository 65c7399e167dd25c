//! A session's events to its row, with counts of its candidates.

use super::{proposals, session_steps};
use crate::codec::row::Row;
use crate::domain::ids::SessionId;
use crate::domain::session::event::SessionEvent;
use crate::view::ViewChange;
use crate::view::change::SessionMove;
use crate::view::session::{SessionRow, SessionState};

pub(super) fn changes(row: &Row, event: &SessionEvent) -> Vec<ViewChange> {
    let mut changes = session_steps::changes(row, event);
    changes.extend(row_changes(row, event));
    changes
}

/// What an event does to the session's row.
fn row_changes(row: &Row, event: &SessionEvent) -> Vec<ViewChange> {
    let session = SessionId(row.stream.id);
    let position = row.position;
    let moved = |to| {
        vec![ViewChange::MoveSession {
            session,
            position,
            to,
        }]
    };
    match event {
        SessionEvent::Opened(e) => vec![ViewChange::PutSession(SessionRow {
            session,
            body: e.body,
            code: e.code.clone(),
            route: e.route,
            process: e.process,
            assessed: e.assessed.clone(),
            dual: e.dual.is_some(),
            standard: e.standard.clone(),
            assessed_on: e.assessed_on,
            region: e.region,
            site: e.site.clone(),
            state: SessionState::Open,
            entered: 0,
            passed: 0,
            failed: 0,
            absent: 0,
            notice_from: None,
            closes_on: None,
            closed_on: None,
            issued_on: None,
            certificates: 0,
            position,
            last_position: position,
        })],
        SessionEvent::ResultEntered(e) => vec![ViewChange::CountResult {
            session,
            was: None,
            now: Some(e.verdict),
            position,
        }],
        SessionEvent::ResultsConfirmed(_) => moved(SessionMove::Confirmed),
        SessionEvent::NoticeStarted(e) => moved(SessionMove::Notice {
            from: e.from,
            closes_on: e.closes_on,
        }),
        SessionEvent::Closed(e) => moved(SessionMove::Closed { on: e.on }),
        SessionEvent::CertificatesIssued(e) => moved(SessionMove::Issued {
            on: e.on,
            count: e.count,
        }),
        SessionEvent::ResultStruck(e) => vec![
            ViewChange::CountResult {
                session,
                was: Some(e.was),
                now: None,
                position,
            },
            ViewChange::MoveSession {
                session,
                position,
                to: SessionMove::Reopened,
            },
        ],
        SessionEvent::ResultChanged(e) => vec![
            ViewChange::CountResult {
                session,
                was: Some(e.was),
                now: Some(e.result.verdict),
                position,
            },
            ViewChange::MoveSession {
                session,
                position,
                to: SessionMove::Reopened,
            },
        ],
        SessionEvent::Arranged(e) => super::staff::appointed(row, e),
        SessionEvent::Submitted(_) => moved(SessionMove::Submitted),
        SessionEvent::AuditReturned(_) => moved(SessionMove::Returned),
        SessionEvent::AuditPassed(_) => moved(SessionMove::Audited),
        SessionEvent::SheetImported(_)
        | SessionEvent::RegistrationScheduled(_)
        | SessionEvent::CandidateRegistered(_)
        | SessionEvent::EligibilityDecided(_)
        | SessionEvent::EvidenceRecorded(_)
        | SessionEvent::ReviewHeld(_)
        | SessionEvent::ObjectionFiled(_)
        | SessionEvent::ObjectionDecided(_)
        | SessionEvent::CertificatesUploaded(_) => Vec::new(),
        SessionEvent::Proposal(e) => proposals::changes(row, e),
    }
}
