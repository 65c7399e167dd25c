//! A file that an answer is written to and that must not be there yet: nothing of anybody's is overwritten.

use crate::app::AppError;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

/// The path of such a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct NewFile<'a>(&'a Path);

impl<'a> NewFile<'a> {
    /// Refuses a path that is taken, before any work is done; `what` is the option that named it.
    pub(super) fn at(path: &'a Path, what: &'static str) -> Result<Self, AppError> {
        match path.symlink_metadata() {
            Ok(_) => Err(AppError::BadInput {
                what,
                rule: "list-out-new",
            }),
            Err(_) => Ok(Self(path)),
        }
    }

    /// Where it is to be.
    pub(super) const fn path(self) -> &'a Path {
        self.0
    }

    /// Writes it, if it is still not there.
    pub(super) fn write(self, bytes: &[u8]) -> Result<(), AppError> {
        let opened = OpenOptions::new().write(true).create_new(true).open(self.0);
        let written = opened.and_then(|mut file| file.write_all(bytes));
        written.map_err(|error| AppError::File {
            path: self.0.display().to_string(),
            error,
        })
    }
}
