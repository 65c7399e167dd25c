//! Whether a head under which something is proved counts: which of the log's keys vouches for it, by the
//! lives of the keys that the trust list says.

use super::report::{Check, CheckId};
use crate::credential::trust_list::TrustList;
use crate::keys::verify_strict;
use crate::tlog::TlogProof;
use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::log_keys::LogKey;
use crate::tlog::note::{InvalidNote, Note};

/// Why no key vouches for a head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doubt<'a> {
    /// Not a head of this log signed by a key of it.
    NotSigned,
    /// Signed under the log's name by keys that this trust list does not know, and newer than it.
    KeyNotKnown,
    /// Signed by a key at a size at which it was not in use yet.
    TooEarly(&'a LogKey),
    /// Signed by a key at a size at which it was out of use.
    Retired(&'a LogKey),
    /// Signed by a key from whose compromise on what it signs is void.
    Compromised(&'a LogKey),
}

/// The key that vouches for a head; one that was never compromised, where there is one.
pub(super) fn judge<'a>(note: &[u8], trust: &'a TrustList) -> Result<&'a LogKey, Doubt<'a>> {
    let log = &trust.log;
    let parsed =
        Note::parse(note).and_then(|note| Checkpoint::parse(note.text()).map(|it| (note, it)));
    let Ok((note, head)) = parsed else {
        return Err(Doubt::NotSigned);
    };
    if head.origin != log.origin {
        return Err(Doubt::NotSigned);
    }
    let mut signers = Vec::new();
    for key in &log.keys {
        match note.verify(&key.vkey, &verify_strict) {
            Ok(()) => signers.push(key),
            Err(InvalidNote::NoSignature) => {}
            // A line under the name of a key that it has not signed spoils the note.
            Err(_) => return Err(Doubt::NotSigned),
        }
    }
    let counting = || signers.iter().copied().filter(|key| key.counts(head.size));
    if let Some(key) = counting().min_by_key(|key| key.compromised_from_position.is_some()) {
        return Ok(key);
    }
    let Some(key) = signers.first() else {
        let under_its_name = note.signatures().iter().any(|line| line.name == log.origin);
        let newer = head.size > trust.as_of_position;
        return Err(match under_its_name && newer {
            true => Doubt::KeyNotKnown,
            false => Doubt::NotSigned,
        });
    };
    Err(if head.size < key.from_position {
        Doubt::TooEarly(key)
    } else if key
        .compromised_from_position
        .is_some_and(|from| from <= head.size)
    {
        Doubt::Compromised(key)
    } else {
        Doubt::Retired(key)
    })
}

/// The doubt as a line of the report. Under a void head, what was logged before the compromise may well
/// be good: a newer proof shows it.
pub(super) fn told(doubt: Doubt<'_>, proof: &TlogProof, trust: &TrustList) -> Check {
    let id = CheckId::Inclusion;
    match doubt {
        Doubt::NotSigned => Check::fail(id, "inclusion-checkpoint"),
        Doubt::KeyNotKnown => {
            Check::unknown(id, "inclusion-log-key-unknown").with("as_of", trust.as_of_position)
        }
        Doubt::TooEarly(key) => {
            Check::fail(id, "inclusion-log-key-early").with("from", key.from_position)
        }
        Doubt::Retired(key) => Check::fail(id, "inclusion-log-key-retired")
            .with("to", key.to_position.unwrap_or_default()),
        Doubt::Compromised(key) => {
            let from = key.compromised_from_position.unwrap_or_default();
            let before = proof.index + 1 < from;
            let check = match before {
                true => Check::unknown(id, "inclusion-log-key-compromised"),
                false => Check::fail(id, "inclusion-log-key-void"),
            };
            check.with("from", from)
        }
    }
}
