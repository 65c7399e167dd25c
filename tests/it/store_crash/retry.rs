//! After a crash: the ledger as it stands, then every command once more by its id.

use super::Place;
use super::journal::{Journal, Lines, Word};
use super::oracle;
use super::stored::Stored;
use super::tried::{Data, Tried};
use super::workload::{self, Appends};
use skill_ledger::codec::envelope;
use skill_ledger::codec::row::Row;
use skill_ledger::store::audit::{Derive, Derived};
use skill_ledger::store::{EventStore, StoredCheckpoint};
use skill_ledger::tlog::leaf::{Hash, leaf_hash};
use std::path::Path;
use std::sync::Arc;
use tokio::task::JoinSet;

/// Retries on their way at once.
const AT_ONCE: usize = 64;

/// What a recheck saw.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    /// Commands acknowledged in all.
    pub acks: usize,
    /// Commands that were not answered, and were stored.
    pub kept: usize,
    /// Commands that were not answered, and were not stored.
    pub gone: usize,
}

/// Holds a ledger against its journal, retries every command that was not retried before, holds it
/// again, and lets the store audit itself.
pub async fn recheck(place: &Place, journal: &Path, when: &str) -> Seen {
    let stored = Stored::of(place).await.unwrap();
    let read = Journal::read(journal);
    assert_eq!(oracle::check(&read, &stored), [""; 0], "{when}");
    let mut seen = Seen {
        acks: read.acks(),
        ..Seen::default()
    };
    let is_open = |words: &[Word]| {
        !words
            .iter()
            .any(|w| matches!(w, Word::Ack(..) | Word::Was(..)))
    };
    let there: std::collections::HashSet<_> = stored
        .commands
        .iter()
        .map(|c| c.command_id.as_slice())
        .collect();
    for (command, attempts) in &read.commands {
        if attempts.words.contains(&Word::Maybe) && is_open(&attempts.words) {
            match there.contains(command.as_bytes().as_slice()) {
                true => seen.kept += 1,
                false => seen.gone += 1,
            }
        }
    }
    let store = place.open().await;
    let store = Arc::new(store);
    let lines = Lines::append_to(journal);
    // Each answers for ever what it answered to its first retries.
    let again = read.commands.into_values().filter(|a| a.words.len() < 3);
    retry(&store, &lines, again.map(|a| a.tried).collect()).await;
    let findings = store.audit(Plain).await.unwrap();
    assert_eq!(findings.problems, [], "{when}");
    Arc::into_inner(store).unwrap().close().await;
    let stored = Stored::of(place).await.unwrap();
    let read = Journal::read(journal);
    assert_eq!(
        oracle::check(&read, &stored),
        [""; 0],
        "{when}, after retries"
    );
    seen
}

/// Tries commands again, and writes down what each is told.
pub async fn retry<A: Appends>(store: &Arc<A>, lines: &Lines, commands: Vec<Tried>) {
    let mut running = JoinSet::new();
    let mut commands = commands.into_iter();
    loop {
        while running.len() < AT_ONCE
            && let Some(tried) = commands.next()
        {
            lines.tried(&tried);
            let store = Arc::clone(store);
            running.spawn(async move { (tried.command, store.append(tried.batch()).await) });
        }
        let Some(done) = running.join_next().await else {
            break;
        };
        let (command, answer) = done.unwrap();
        lines.told(command, workload::word(&answer), &workload::why(&answer));
    }
}

/// What the store's audit must be told of this workload; notes are `size root`.
pub struct Plain;

pub fn leaf(row: &Row) -> Hash {
    leaf_hash(&[row.event_type.as_bytes(), &row.payload_digest].concat())
}

impl Derive for Plain {
    fn of_event(&self, row: &Row) -> Result<Derived, String> {
        let opened = envelope::open(&row.payload).map_err(|e| e.to_string())?;
        let data: Data = serde_json::from_str(opened.data.get()).map_err(|e| e.to_string())?;
        Ok(Derived {
            reservations: data.keys,
            sealed: data.sealed,
            erased: data.erased,
            leaf: leaf(row),
        })
    }
    fn of_checkpoint(&self, checkpoint: &StoredCheckpoint) -> Result<(u64, Hash), String> {
        let (size, root) = checkpoint.note.split_once(' ').ok_or("no note")?;
        let mut hash = Hash::default();
        hex::decode_to_slice(root, &mut hash).map_err(|e| e.to_string())?;
        Ok((size.parse().map_err(|_| "no size")?, hash))
    }
}
