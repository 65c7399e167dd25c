//! Proposals on any stream to rows of what waits for a checker.

use crate::codec::row::Row;
use crate::domain::proposal::ProposalEvent;
use crate::view::ViewChange;
use crate::view::proposal::{ProposalRow, ProposalState};

pub(super) fn changes(row: &Row, event: &ProposalEvent) -> Vec<ViewChange> {
    vec![match event {
        ProposalEvent::Made(e) => ViewChange::PutProposal(ProposalRow {
            proposal: e.proposal,
            stream: row.stream,
            act: e.act.clone(),
            digest: e.digest,
            state: ProposalState::Open,
            made_by: e.made_by,
            expires_at: e.expires_at,
            decided_by: None,
            reason: None,
            position: row.position,
            decided_position: None,
        }),
        ProposalEvent::Approved(e) => ViewChange::DecideProposal {
            proposal: e.proposal,
            state: ProposalState::Approved,
            by: e.approved_by,
            reason: None,
            position: row.position,
        },
        ProposalEvent::Rejected(e) => ViewChange::DecideProposal {
            proposal: e.proposal,
            state: ProposalState::Rejected,
            by: e.rejected_by,
            reason: Some(e.reason.clone()),
            position: row.position,
        },
    }]
}
