//! Where files for holders go: a folder, or one zip file that is whole or not there.

use super::error::AppError;
use super::files::{sync_folder, write_file};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;

/// Where files go.
pub enum Destination<'a> {
    /// A folder; made if need be.
    Folder(&'a Path),
    /// A zip file; replaced whole.
    Zip(&'a Path),
}

/// A file with its name.
pub(super) struct Made {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Where files are put, one after another.
pub(super) enum Sink {
    Folder {
        folder: PathBuf,
        written: Vec<PathBuf>,
    },
    Zip {
        path: PathBuf,
        partial: PathBuf,
        zip: Box<zip::ZipWriter<BufWriter<File>>>,
        written: Vec<PathBuf>,
    },
}

impl Sink {
    pub fn open(into: Destination<'_>) -> Result<Self, AppError> {
        let written = Vec::new();
        match into {
            Destination::Folder(folder) => Ok(Self::Folder {
                folder: folder.to_owned(),
                written,
            }),
            Destination::Zip(path) => {
                let mut partial = path.as_os_str().to_owned();
                partial.push(".partial");
                let partial = PathBuf::from(partial);
                let file = File::create(&partial).map_err(|error| failed(path, error))?;
                Ok(Self::Zip {
                    path: path.to_owned(),
                    partial,
                    zip: Box::new(zip::ZipWriter::new(BufWriter::new(file))),
                    written,
                })
            }
        }
    }

    pub fn put(&mut self, file: &Made) -> Result<(), AppError> {
        match self {
            Self::Folder { folder, written } => {
                let path = folder.join(&file.name);
                write_file(&path, &file.bytes)?;
                written.push(path);
            }
            Self::Zip {
                path, zip, written, ..
            } => {
                let put = zip
                    .start_file(&file.name, SimpleFileOptions::default())
                    .map_err(std::io::Error::from)
                    .and_then(|()| zip.write_all(&file.bytes));
                put.map_err(|error| failed(path, error))?;
                written.push(PathBuf::from(&file.name));
            }
        }
        Ok(())
    }

    pub fn finish(self) -> Result<Vec<PathBuf>, AppError> {
        match self {
            Self::Folder { folder, written } => {
                if !written.is_empty() {
                    sync_folder(&folder)?;
                }
                Ok(written)
            }
            Self::Zip {
                path,
                partial,
                zip,
                written,
            } => {
                let finished = zip
                    .finish()
                    .map_err(std::io::Error::from)
                    .and_then(|file| file.into_inner().map_err(std::io::Error::from))
                    .and_then(|file| file.sync_all())
                    .and_then(|()| std::fs::rename(&partial, &path));
                finished.map_err(|error| failed(&path, error))?;
                Ok(written)
            }
        }
    }
}

fn failed(path: &Path, error: std::io::Error) -> AppError {
    AppError::File {
        path: path.display().to_string(),
        error,
    }
}
