//! The public entry of an event: a function of its stored row.

use super::SequencerError;
use crate::codec::registry;
use crate::codec::row::Leaf;
use crate::domain::authority::event::AuthorityEvent;
use crate::domain::body::event::BodyEvent;
use crate::domain::certificate::event::{CertificateEvent, CoatSignature};
use crate::domain::event::Event;
use crate::domain::ids::StreamKind;
use crate::tlog::entry::{Commitment, PublicEntry};
use crate::tlog::leaf::Hash;
use std::collections::BTreeMap;

/// The public entry of a stored event. Only events that hand out or publish something signed
/// commit to more than their payload's digest, so only those are decoded.
pub fn public_entry(row: Leaf<'_>) -> Result<PublicEntry, SequencerError> {
    let kind = match row.event_type {
        "certificate.issued" | "certificate.reissued" => Some(StreamKind::Certificate),
        "authority.trust_list_published" => Some(StreamKind::Authority),
        "body.status_list_published" => Some(StreamKind::Body),
        _ => None,
    };
    let commitment = match kind {
        Some(kind) => commitment(&registry::decode_leaf(kind, row)?),
        None => Commitment::None,
    };
    Ok(PublicEntry {
        event_type: row.event_type.to_owned(),
        at: row.recorded_at.0,
        digest: *blake3::hash(row.payload).as_bytes(),
        commitment,
    })
}

fn commitment(event: &Event) -> Commitment {
    match event {
        Event::Certificate(CertificateEvent::Issued(issued)) => Commitment::Credential {
            digest: issued.credential.0,
            key: issued.key_id.clone(),
            coats: coats(&issued.signatures),
        },
        Event::Certificate(CertificateEvent::Reissued(reissued)) => Commitment::Credential {
            digest: reissued.credential.0,
            key: reissued.key_id.clone(),
            coats: coats(&reissued.signatures),
        },
        Event::Authority(AuthorityEvent::TrustListPublished(list)) => {
            Commitment::Document(list.digest.0)
        }
        Event::Body(BodyEvent::StatusListPublished(list)) => Commitment::Document(list.digest.0),
        _ => Commitment::None,
    }
}

fn coats(signatures: &[CoatSignature]) -> BTreeMap<String, Hash> {
    let committed = |it: &CoatSignature| Some((it.coat.clone(), it.digest?.0));
    signatures.iter().filter_map(committed).collect()
}
