//! One writing process a file: an advisory lock on `FILE.lock`, which says who holds it.

use crate::domain::time::Instant;
use crate::store::StoreError;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Most bytes read of a lock file.
const HOLDER_BYTES_MAX: u64 = 200;

/// The lock, given back when dropped or when the process ends in any way. The file stays: to
/// remove it would let two processes lock two files of one name.
#[derive(Debug)]
pub struct WriterLock {
    _file: File,
}

impl WriterLock {
    /// Takes the lock of the database at `database`, or says who holds it.
    pub fn take(database: &Path, now: Instant) -> Result<Self, StoreError> {
        let path = path_of(database);
        let failed = |source| StoreError::File {
            path: path.clone(),
            source,
        };
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                // A holder that cannot be read is still a holder.
                let _ = (&file).take(HOLDER_BYTES_MAX).read_to_string(&mut holder);
                let holder = holder.trim().to_owned();
                return Err(StoreError::Locked { holder });
            }
            Err(TryLockError::Error(source)) => return Err(failed(source)),
        }
        file.set_len(0).map_err(failed)?;
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        writeln!(file, "process {} since {now}", std::process::id()).map_err(failed)?;
        file.flush().map_err(failed)?;
        // What was signed of the file at rest ends with its rest.
        super::at_rest::forget(database)?;
        Ok(Self { _file: file })
    }
}

/// `FILE.lock` beside the database.
fn path_of(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}
