//! Files for verifiers and holders, each whole or not there: written beside, then renamed into
//! place. After a power cut they may be missing; the ledger holds what they say and writes them
//! again. What nothing could write again is made durable first.

use super::error::AppError;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

/// Writes a file whole. Its folder is made if need be.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), AppError> {
    write(path, bytes, false)
}

/// Writes a file whole, durable when it answers.
pub fn write_durable(path: &Path, bytes: &[u8]) -> Result<(), AppError> {
    write(path, bytes, true)?;
    path.parent().map_or(Ok(()), sync_folder)
}

fn write(path: &Path, bytes: &[u8], durable: bool) -> Result<(), AppError> {
    let attempt = || -> std::io::Result<()> {
        let mut beside = path.as_os_str().to_owned();
        beside.push(".partial");
        let mut file = match File::create(&beside) {
            // The folder is there for all files but the first.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                path.parent().map_or(Ok(()), fs::create_dir_all)?;
                File::create(&beside)?
            }
            opened => opened?,
        };
        file.write_all(bytes)?;
        if durable {
            file.sync_all()?;
        }
        drop(file);
        fs::rename(&beside, path)
    };
    attempt().map_err(|error| AppError::File {
        path: path.display().to_string(),
        error,
    })
}

/// Makes the entries of a folder durable, after many files were written into it.
pub fn sync_folder(folder: &Path) -> Result<(), AppError> {
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|error| AppError::File {
            path: folder.display().to_string(),
            error,
        })
}
