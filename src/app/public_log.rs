//! The public log (公开日志) as files: one of them for a reader, all of them for any web server.

use super::error::AppError;
use super::files::write_durable;
use super::ledger::Ledger;
use crate::sequencer::{self, SequencerError};
use crate::tlog::merkle::TILE_WIDTH;
use crate::tlog::tile_path::{BundleId, TilePath, bundles_between, tiles_between};
use std::io::{ErrorKind, Read as _};
use std::path::Path;

/// Most bytes of a checkpoint file.
const CHECKPOINT_BYTES_MAX: u64 = 64 * 1024;

/// What an export wrote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LogExport {
    /// Entries that the folder covered before.
    pub from: u64,
    /// Entries that it covers now.
    pub size: u64,
    /// Files written, the checkpoint among them.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

impl Ledger {
    /// The tile or entry bundle of a path below the log's address (C2SP tlog-tiles): bytes that
    /// never change.
    pub async fn log_file(&self, path: &str) -> Result<Vec<u8>, AppError> {
        let none = || AppError::NotFound { what: "log-file" };
        let path: TilePath = path.parse().map_err(|_| none())?;
        let size = self.checkpoint().await?.tree_size;
        let bytes = sequencer::published(&self.store, path, size).await?;
        bytes.ok_or_else(none)
    }

    /// Writes the log into a folder as any web server or object store serves it below the log's
    /// address: what is new since the checkpoint that stands there, each file durable, then the
    /// published checkpoint. Stopped at any moment, the folder is a whole log of its old checkpoint
    /// or of the new one. A folder whose checkpoint is not of this log's history is refused.
    pub async fn export_log(
        &self,
        folder: &Path,
        told: impl Fn(u64, u64),
    ) -> Result<LogExport, AppError> {
        let newest = self.published_head().await?;
        let size = newest.tree_size;
        let from = self
            .exported(folder, self.checkpoint().await?.tree_size)
            .await?;
        let mut done = LogExport {
            from,
            size: size.max(from),
            ..LogExport::default()
        };
        for tile in tiles_between(from, size) {
            self.export_file(folder, TilePath::Hashes(tile), &mut done)
                .await?;
        }
        for bundle in bundles_between(from, size) {
            self.export_file(folder, TilePath::Entries(bundle), &mut done)
                .await?;
            let reached = bundle.first_leaf().unwrap_or(size) + u64::from(bundle.width);
            told(reached.saturating_sub(from), size.saturating_sub(from));
        }
        let keys = self.published_log_keys().await?;
        let path = folder.join("keys");
        if !std::fs::read(&path).is_ok_and(|there| there == keys) {
            write_durable(&path, &keys)?;
            done.files += 1;
            done.bytes += keys.len() as u64;
        }
        if from < size {
            write_durable(&folder.join("checkpoint"), newest.note.as_bytes())?;
            done.files += 1;
            done.bytes += newest.note.len() as u64;
        }
        Ok(done)
    }

    async fn export_file(
        &self,
        folder: &Path,
        path: TilePath,
        done: &mut LogExport,
    ) -> Result<(), AppError> {
        let bytes = sequencer::published(&self.store, path, done.size).await?;
        let bytes = bytes.ok_or(SequencerError::NotCovered(done.size))?;
        write_durable(&folder.join(path.to_string()), &bytes)?;
        done.files += 1;
        done.bytes += bytes.len() as u64;
        Ok(())
    }

    /// How many entries the folder covers already: none, or as many as its checkpoint says, which
    /// this log must have signed and must still lead to.
    async fn exported(&self, folder: &Path, size: u64) -> Result<u64, AppError> {
        let path = folder.join("checkpoint");
        let failed = |error| AppError::File {
            path: path.display().to_string(),
            error,
        };
        let mut note = Vec::new();
        match std::fs::File::open(&path) {
            Ok(file) => file
                .take(CHECKPOINT_BYTES_MAX)
                .read_to_end(&mut note)
                .map_err(failed)?,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(0),
            Err(error) => return Err(failed(error)),
        };
        let keys = self.log_keys().await?;
        let other = AppError::BadInput {
            what: "out",
            rule: "log-folder",
        };
        let Ok(there) = keys.open(&note, &crate::keys::verify_strict) else {
            return Err(other);
        };
        if there.size > size {
            return Err(SequencerError::RolledBack {
                signed: there.size,
                events: size,
            }
            .into());
        }
        if sequencer::root_at(&self.store, there.size).await? != there.root {
            return Err(SequencerError::Checkpoint {
                size: there.size,
                detail: format!("{}: this ledger leads to another root", path.display()),
            }
            .into());
        }
        // A checkpoint may have been put there without its log.
        let edge = BundleId::in_log(
            there.size.saturating_sub(1) / u64::from(TILE_WIDTH),
            there.size,
        );
        let whole = edge.is_some_and(|edge| folder.join(edge.path()).exists());
        Ok(if whole { there.size } else { 0 })
    }
}
