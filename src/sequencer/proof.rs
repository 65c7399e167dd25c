//! Inclusion proofs of events, ready to travel beside what they prove.

use super::advance::{load, open};
use super::{SequencerError, public_entry};
use crate::codec::row::Row;
use crate::store::{EventStore, StoredCheckpoint};
use crate::tlog::log_keys::LogKeys;
use crate::tlog::merkle::{self, Tiles};
use crate::tlog::proof::TlogProof;

/// The proof of one event under a signed checkpoint.
pub async fn proof<S: EventStore>(
    store: &S,
    keys: &LogKeys,
    under: &StoredCheckpoint,
    row: &Row,
) -> Result<TlogProof, SequencerError> {
    let mut proofs = proofs(store, keys, under, std::slice::from_ref(row)).await?;
    proofs.pop().ok_or(SequencerError::NotCovered(row.position))
}

/// The proofs of several events under a signed checkpoint, in the order given. The tiles they need
/// are read once.
pub async fn proofs<S: EventStore>(
    store: &S,
    keys: &LogKeys,
    under: &StoredCheckpoint,
    rows: &[Row],
) -> Result<Vec<TlogProof>, SequencerError> {
    let Some(last) = rows.iter().map(|row| row.position).max() else {
        return Ok(Vec::new());
    };
    let checkpoint = open(under, keys)?;
    if checkpoint.size < last {
        return Err(SequencerError::NotCovered(last));
    }
    let mut needed = std::collections::BTreeSet::new();
    for row in rows {
        needed.extend(merkle::inclusion_needs(row.position - 1, checkpoint.size));
    }
    let mut tiles = Tiles::new();
    load(store, &needed.into_iter().collect::<Vec<_>>(), &mut tiles).await?;
    rows.iter()
        .map(|row| {
            let index = row.position - 1;
            let entry = public_entry(row.leaf())?
                .to_bytes()
                .map_err(|_| SequencerError::Entry(row.position))?;
            Ok(TlogProof {
                extra: Some(entry),
                index,
                hashes: merkle::inclusion_proof(&tiles, index, checkpoint.size)?,
                checkpoint: under.note.clone(),
            })
        })
        .collect()
}
