//! Somebody edits the database file: one result is turned from failed to passed.

use crate::app::AppError;
use crate::app::home::database_path;
use std::path::Path;

const BEFORE: &[u8] = br#""verdict":"failed""#;
const AFTER: &[u8] = br#""verdict":"passed""#;

/// Edits one value of one row in the database of a closed ledger, behind its back.
pub(super) fn edit(dir: &Path) -> Result<(), AppError> {
    let path = database_path(dir);
    let failed = |error| AppError::File {
        path: path.display().to_string(),
        error,
    };
    let mut bytes = std::fs::read(&path).map_err(failed)?;
    let at = bytes
        .windows(BEFORE.len())
        .position(|window| window == BEFORE)
        .ok_or_else(|| AppError::Inconsistent("nobody failed in the demo".into()))?;
    bytes[at..at + AFTER.len()].copy_from_slice(AFTER);
    std::fs::write(&path, bytes).map_err(failed)
}
