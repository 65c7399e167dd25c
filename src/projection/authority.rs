//! The authority's events to rows of who keeps the ledger, its keys and its trust list.

use crate::codec::row::Row;
use crate::domain::authority::event::AuthorityEvent;
use crate::domain::digest::Digest;
use crate::projection::proposals;
use crate::view::body::{AuthorityRow, KeyRow};
use crate::view::published::{PublishedKind, PublishedRow};
use crate::view::{ViewChange, register};
use sha2::{Digest as _, Sha256};

pub(super) fn changes(row: &Row, event: &AuthorityEvent) -> Vec<ViewChange> {
    match event {
        AuthorityEvent::Established(e) => vec![ViewChange::PutAuthority(AuthorityRow {
            ledger: e.ledger,
            jurisdiction: e.jurisdiction.clone(),
            host: e.host.clone(),
            name: e.name.clone(),
            region: e.region,
            position: row.position,
        })],
        AuthorityEvent::KeyRegistered(e) => vec![ViewChange::PutKey(KeyRow {
            key_id: e.key_id.clone(),
            body: None,
            purpose: e.purpose.clone(),
            public_key: e.public_key.clone(),
            from_position: row.position,
            to_position: None,
            retired_on: None,
            compromised_from_position: None,
            compromise_ground: None,
        })],
        AuthorityEvent::KeyRetired(e) => vec![ViewChange::RetireKey {
            body: None,
            key_id: e.key_id.clone(),
            position: row.position,
            on: e.on,
        }],
        AuthorityEvent::KeyCompromised(e) => vec![ViewChange::CompromiseKey {
            body: None,
            key_id: e.key_id.clone(),
            from_position: e.from_position,
            ground: e.ground.clone(),
            position: row.position,
        }],
        AuthorityEvent::Proposal(e) => proposals::changes(row, e),
        AuthorityEvent::TrustListPublished(e) => {
            vec![published(
                row,
                PublishedKind::TrustList,
                0,
                e.as_of_position,
                &e.document,
            )]
        }
        AuthorityEvent::CalendarLoaded(_)
        | AuthorityEvent::NoticePolicySet(_)
        | AuthorityEvent::BodyPolicySet(_) => Vec::new(),
        AuthorityEvent::AssessmentPolicySet(e) => vec![register::put(
            "assessment-policy",
            e.policy.effective_from,
            &e.jurisdiction,
            row.position,
            &e.policy,
        )],
    }
}

/// The newest of a signed list, with the SHA-256 of the document itself.
pub(super) fn published(
    row: &Row,
    kind: PublishedKind,
    list: u32,
    as_of_position: u64,
    document: &str,
) -> ViewChange {
    ViewChange::PutPublished(PublishedRow {
        kind,
        owner: row.stream,
        list,
        position: row.position,
        as_of_position,
        digest: Digest(Sha256::digest(document).into()),
        document: document.to_owned(),
    })
}
