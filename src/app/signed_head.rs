//! The newest checkpoint this ledger's log key has signed, kept beside the keys and not in the
//! database: an older copy of the database is recognised by it, and signs nothing.
//!
//! It is no defence against somebody who holds the key file too: that needs heads kept by others.

use super::error::AppError;
use super::files::write_durable;
use crate::sequencer::SequencerError;
use crate::store::StoredCheckpoint;
use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::log_keys::LogKeys;
use crate::tlog::note::{InvalidNote, Note};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

/// Most bytes of the file; a checkpoint has a few hundred.
const BYTES_MAX: u64 = 64 * 1024;

fn path(dir: &Path) -> PathBuf {
    dir.join("keys").join("log-head")
}

/// Refuses a database whose newest checkpoint is older than the newest one signed, or another.
pub(super) fn check(
    kept: Option<&str>,
    keys: &LogKeys,
    stored: Option<&StoredCheckpoint>,
    events: u64,
) -> Result<(), AppError> {
    let Some(kept) = kept else {
        return Ok(());
    };
    let signed = match keys.open(kept.as_bytes(), &crate::keys::verify_strict) {
        // By a key that this database has not registered yet: it has forgotten that.
        Err(InvalidNote::NoSignature) => {
            let note = Note::parse(kept.as_bytes());
            let head = note.and_then(|note| Checkpoint::parse(note.text()));
            let signed = head.map_err(|error| unreadable(&error))?.size;
            return Err(SequencerError::RolledBack { signed, events }.into());
        }
        signed => signed.map_err(|error| unreadable(&error))?,
    };
    let stored = stored.map(|stored| open(&stored.note, keys)).transpose()?;
    let follows = stored.is_some_and(|stored| {
        stored.size > signed.size || (stored.size == signed.size && stored.root == signed.root)
    });
    if follows {
        Ok(())
    } else {
        Err(SequencerError::RolledBack {
            signed: signed.size,
            events,
        }
        .into())
    }
}

/// Keeps a checkpoint that was signed and stored.
pub(super) fn keep(dir: &Path, checkpoint: &StoredCheckpoint) -> Result<(), AppError> {
    let path = path(dir);
    if std::fs::read(&path).is_ok_and(|kept| kept == checkpoint.note.as_bytes()) {
        return Ok(());
    }
    write_durable(&path, checkpoint.note.as_bytes())
}

/// The newest checkpoint that was kept.
pub(super) fn read(dir: &Path) -> Result<Option<String>, AppError> {
    let path = path(dir);
    let mut note = String::new();
    let opened = std::fs::File::open(&path)
        .and_then(|file| file.take(BYTES_MAX).read_to_string(&mut note).map(drop));
    match opened {
        Ok(()) => Ok(Some(note)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(AppError::File {
            path: path.display().to_string(),
            error,
        }),
    }
}

fn open(note: &str, keys: &LogKeys) -> Result<Checkpoint, AppError> {
    keys.open(note.as_bytes(), &crate::keys::verify_strict)
        .map_err(|error| unreadable(&error))
}

fn unreadable(error: &InvalidNote) -> AppError {
    AppError::Inconsistent(format!("the log's signed head: {error}"))
}
