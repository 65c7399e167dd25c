//! What a log, its witnesses and their readers hand one another.

use super::whole::{LOG_KEY, PROOF};
use skill_ledger::keys::verify_strict;
use skill_ledger::tlog::bundle::{read_bundle, write_bundle};
use skill_ledger::tlog::note::{Note, NoteKey};
use skill_ledger::tlog::policy::Policy;
use skill_ledger::tlog::tile_path::TilePath;
use skill_ledger::tlog::witness::AddCheckpoint;
use skill_ledger::tlog::{Checkpoint, PublicEntry, TlogProof};
use std::sync::LazyLock;

static GENUINE: LazyLock<TlogProof> = LazyLock::new(|| TlogProof::parse(PROOF).unwrap());
static KEY: LazyLock<NoteKey> = LazyLock::new(|| LOG_KEY.trim_end().parse().unwrap());

pub fn tlog_proof(bytes: &[u8]) -> bool {
    let Ok(proof) = TlogProof::parse(bytes) else {
        return false;
    };
    assert_eq!(proof.to_string().as_bytes(), bytes);
    if let Some(entry) = &proof.extra
        && proof.verify(entry, &KEY, &verify_strict).is_ok()
    {
        assert_eq!(proof.extra, GENUINE.extra);
        assert_eq!(proof.index, GENUINE.index);
        assert_eq!(proof.hashes, GENUINE.hashes);
    }
    true
}

pub fn note(bytes: &[u8]) -> bool {
    let Ok(note) = Note::parse(bytes) else {
        return false;
    };
    assert_eq!(note.to_string().as_bytes(), bytes);
    if let Ok(checkpoint) = Checkpoint::parse(note.text()) {
        assert_eq!(checkpoint.to_string(), note.text());
    }
    if let Ok(checkpoint) = Checkpoint::open(bytes, &KEY, &verify_strict) {
        let genuine = GENUINE.checkpoint.as_bytes();
        let genuine = Checkpoint::open(genuine, &KEY, &verify_strict).unwrap();
        assert_eq!(checkpoint, genuine);
    }
    true
}

pub fn note_key(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let mut taken = false;
    if let Ok(key) = text.parse::<NoteKey>() {
        assert_eq!(key.to_string(), text);
        taken = true;
    }
    if let Ok(path) = text.parse::<TilePath>() {
        assert_eq!(path.to_string(), text);
        taken = true;
    }
    taken
}

pub fn public_entry(bytes: &[u8]) -> bool {
    let Ok(entry) = PublicEntry::parse(bytes) else {
        return false;
    };
    assert_eq!(entry.to_bytes().as_deref(), Ok(bytes));
    true
}

/// The first two bytes are the number of entries.
pub fn entry_bundle(bytes: &[u8]) -> bool {
    let Some((width, bytes)) = bytes.split_first_chunk::<2>() else {
        return false;
    };
    let width = u16::from_be_bytes(*width);
    let Ok(entries) = read_bundle(bytes, width) else {
        return false;
    };
    assert_eq!(entries.len(), usize::from(width));
    assert_eq!(write_bundle(&entries).as_deref(), Ok(bytes));
    true
}

pub fn add_checkpoint(bytes: &[u8]) -> bool {
    let Ok(request) = AddCheckpoint::parse(bytes) else {
        return false;
    };
    assert_eq!(request.to_string().as_bytes(), bytes);
    true
}

pub fn witness_policy(bytes: &[u8]) -> bool {
    let Ok(policy) = Policy::parse(bytes) else {
        return false;
    };
    // Comments and layout go; what is asked for stays.
    let written = policy.to_string();
    let again = Policy::parse(written.as_bytes()).expect("what was read can be written");
    assert_eq!(again.to_string(), written);
    assert_eq!(again.logs(), policy.logs());
    assert_eq!(again.witnesses(), policy.witnesses());
    assert_eq!(again.asks_witnesses(), policy.asks_witnesses());
    true
}
