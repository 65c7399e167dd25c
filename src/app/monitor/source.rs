//! The public files of a log: below an address, or in a folder.

use super::at;
use crate::app::error::AppError;
use crate::app::remote::{Remote, RemoteError};
use std::io::Read as _;
use std::path::PathBuf;

/// Where the public files of a log are.
#[derive(Clone, Debug)]
pub enum Source {
    /// Below this address.
    Url(String, Remote),
    /// In this folder, as an export leaves it.
    Folder(PathBuf),
}

impl Source {
    /// An address, or a folder.
    pub fn of(text: &str) -> Self {
        match text.starts_with("http://") || text.starts_with("https://") {
            true => Self::Url(text.trim_end_matches('/').to_owned(), Remote::default()),
            false => Self::Folder(text.into()),
        }
    }

    pub(super) fn fetch(&self, path: &str, bytes_max: usize) -> Result<Vec<u8>, AppError> {
        match self {
            Self::Url(url, remote) => {
                let answer = remote.get(&format!("{url}/{path}"), bytes_max)?;
                match answer.status {
                    200 => Ok(answer.body),
                    status => Err(AppError::Remote(RemoteError::Status(status))),
                }
            }
            Self::Folder(folder) => {
                let mut bytes = Vec::new();
                let path = folder.join(path);
                std::fs::File::open(&path)
                    .and_then(|file| file.take(bytes_max as u64 + 1).read_to_end(&mut bytes))
                    .map_err(|error| at(&path, error))?;
                if bytes.len() > bytes_max {
                    return Err(AppError::Remote(RemoteError::TooLarge));
                }
                Ok(bytes)
            }
        }
    }
}
