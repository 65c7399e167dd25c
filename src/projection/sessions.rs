//! A session's events to its row, with counts of its candidates.

use super::proposals;
use crate::codec::row::Row;
use crate::domain::ids::SessionId;
use crate::domain::session::event::SessionEvent;
use crate::view::ViewChange;
use crate::view::change::SessionMove;
use crate::view::session::{SessionRow, SessionState};

pub(super) fn changes(row: &Row, event: &SessionEvent) -> Vec<ViewChange> {
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
            verdict: e.verdict,
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
        SessionEvent::SheetImported(_) => Vec::new(),
        SessionEvent::Proposal(e) => proposals::changes(row, e),
    }
}
