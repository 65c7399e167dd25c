//! A database file that nobody has open to write, and the manifest of its pages beside it.

use super::lock::WriterLock;
use crate::domain::time::Instant;
use crate::store::StoreError;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// A file at rest. Who holds the lock keeps others from writing to it.
#[derive(Debug)]
pub struct AtRest {
    database: PathBuf,
    _lock: Option<WriterLock>,
}

/// `FILE.manifest`: what is signed of the file at rest.
pub fn manifest_path(database: &Path) -> PathBuf {
    beside(database, ".manifest")
}

/// `FILE.pages`: the digests of its pages.
pub fn pages_path(database: &Path) -> PathBuf {
    beside(database, ".pages")
}

fn beside(database: &Path, ending: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

impl AtRest {
    /// Takes the lock of whoever writes, which removes an old manifest.
    pub fn take(database: &Path, now: Instant) -> Result<Self, StoreError> {
        Ok(Self {
            database: database.to_owned(),
            _lock: Some(WriterLock::take(database, now)?),
        })
    }

    /// The file as it lies, without a lock.
    pub fn beside(database: &Path) -> Self {
        Self {
            database: database.to_owned(),
            _lock: None,
        }
    }

    /// Whether all that was written is in the file itself: its write-ahead log is empty or gone.
    pub fn is_settled(&self) -> Result<bool, StoreError> {
        let path = beside(&self.database, "-wal");
        match fs::metadata(&path) {
            Ok(wal) => Ok(wal.len() == 0),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(true),
            Err(source) => Err(StoreError::File { path, source }),
        }
    }
}

/// Removes the manifest of a file that is about to be written to.
pub(super) fn forget(database: &Path) -> Result<(), StoreError> {
    for path in [manifest_path(database), pages_path(database)] {
        match fs::remove_file(&path) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(source) => return Err(StoreError::File { path, source }),
        }
    }
    Ok(())
}
