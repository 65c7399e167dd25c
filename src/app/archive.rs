//! A whole ledger into one file and back (导出与恢复), on either engine. No passphrase: what is
//! sealed stays sealed, and the key file travels as it lies, encrypted.

use super::clock;
use super::error::AppError;
use super::files::{sync_folder, write_durable};
use crate::codec::archive::{ArchiveError, ArchiveReader, ArchiveWriter, Entry};
use crate::domain::ids::LedgerId;
use crate::projection::{self, Target};
use crate::store::restore::{Filling, Restoring};
use crate::store::{AnyStore, Database, EventStore as _, PostgresFilling, SqliteFilling};
use crate::view::Views;
use serde::Serialize;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read};
use std::path::{Path, PathBuf};

/// The files of a data directory that an archive holds, and no others.
const FILES: [&str; 2] = ["keys/keyring.json", "keys/log-head"];
/// Most bytes of one of them.
const FILE_BYTES_MAX: u64 = 4 << 20;
/// Bytes read or written at once.
const BUFFER: usize = 1 << 20;

/// What an archive holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Archived {
    /// The ledger.
    pub ledger: LedgerId,
    /// Events.
    pub events: u64,
    /// Bytes of the archive.
    pub bytes: u64,
}

fn file_error(path: &Path) -> impl Fn(std::io::Error) -> AppError {
    move |error| AppError::File {
        path: path.display().to_string(),
        error,
    }
}

/// Writes the ledger with its data directory `dir` into the archive `to`, as of one moment, beside
/// whoever writes. The file is whole and durable, or not there. Refused where a file is.
pub async fn export(store: &AnyStore, dir: &Path, to: &Path) -> Result<Archived, AppError> {
    if to.exists() {
        return Err(AppError::Exists {
            path: to.display().to_string(),
        });
    }
    let failed = file_error(to);
    let mut beside = to.as_os_str().to_owned();
    beside.push(".partial");
    let beside = PathBuf::from(beside);
    let written = write_archive(store, dir, &beside).await;
    let written = written.and_then(|events| {
        std::fs::rename(&beside, to).map_err(&failed)?;
        to.parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .map_or(Ok(()), sync_folder)?;
        Ok(events)
    });
    if written.is_err() {
        // What could not be finished is of no use to anybody.
        let _ = std::fs::remove_file(&beside);
    }
    Ok(Archived {
        ledger: store.ledger(),
        events: written?,
        bytes: std::fs::metadata(to).map_err(&failed)?.len(),
    })
}

async fn write_archive(store: &AnyStore, dir: &Path, to: &Path) -> Result<u64, AppError> {
    let failed = file_error(to);
    let file = BufWriter::with_capacity(BUFFER, File::create(to).map_err(&failed)?);
    let mut archive = ArchiveWriter::begin(file, store.ledger())?;
    for name in FILES {
        let path = dir.join(name);
        if path.exists() {
            let mut bytes = Vec::new();
            File::open(&path)
                .and_then(|file| file.take(FILE_BYTES_MAX).read_to_end(&mut bytes))
                .map_err(file_error(&path))?;
            archive.add(&Entry::File(name.to_owned(), bytes))?;
        }
    }
    let mut give = |item| archive.add(&Entry::Item(item)).map_err(AppError::from);
    let ends = match store {
        AnyStore::Sqlite(store) => store.copy_out(&mut give).await?,
        AnyStore::Postgres(store) => store.copy_out(&mut give).await?,
    };
    let file = archive.finish(ends)?;
    let file = file
        .into_inner()
        .map_err(|error| failed(error.into_error()))?;
    file.sync_all().map_err(&failed)?;
    Ok(ends[0].0)
}

/// Puts the ledger of an archive together again: its files into the new data directory `dir`, its
/// rows into a new `database`, its views from its events. Refused where either holds a ledger. An
/// archive that is damaged leaves nothing that could be taken for a ledger.
pub async fn restore(from: &Path, dir: &Path, database: &Database) -> Result<Archived, AppError> {
    for name in FILES {
        let path = dir.join(name);
        if path.exists() {
            return Err(AppError::Exists {
                path: path.display().to_string(),
            });
        }
    }
    let failed = file_error(from);
    let file = File::open(from).map_err(&failed)?;
    let bytes = file.metadata().map_err(&failed)?.len();
    let archive = ArchiveReader::begin(BufReader::with_capacity(BUFFER, file))?;
    let ledger = archive.ledger();
    std::fs::create_dir_all(dir).map_err(file_error(dir))?;
    let (files, events) = match database {
        Database::File(path) => {
            let filling = SqliteFilling::begin(path, ledger).await?;
            let filled = fill(archive, filling).await;
            if filled.is_err() {
                discard(path);
            }
            filled?
        }
        Database::Server(url) => {
            let filling = PostgresFilling::begin(url, ledger).await?;
            fill(archive, filling).await?
        }
    };
    for (name, contents) in files {
        write_durable(&dir.join(name), &contents)?;
    }
    let store = AnyStore::open_to_write(database, clock::now()).await?;
    let views = Views::of(&store);
    projection::run_to(&store, &views, Target::Head).await?;
    store.close().await;
    Ok(Archived {
        ledger,
        events,
        bytes,
    })
}

/// Removes a file that was being filled, which is no ledger.
fn discard(database: &Path) {
    for ending in ["", "-wal", "-shm", ".lock"] {
        let mut path = database.as_os_str().to_owned();
        path.push(ending);
        // What is left is refused as unfinished by everything that opens it.
        let _ = std::fs::remove_file(path);
    }
}

/// Names and contents of the files of an archive.
type Files = Vec<(String, Vec<u8>)>;

async fn fill<R: Read + Send>(
    mut archive: ArchiveReader<R>,
    filling: impl Filling,
) -> Result<(Files, u64), AppError> {
    let mut restoring = Restoring::into(filling, archive.ledger());
    let mut files: Files = Vec::new();
    while let Some(entry) = archive.next()? {
        match entry {
            Entry::Item(item) => restoring.take(item).await?,
            Entry::File(name, contents) => {
                let known = FILES.contains(&name.as_str());
                if !known || files.iter().any(|(other, _)| *other == name) {
                    return Err(ArchiveError::NotAnArchive.into());
                }
                files.push((name, contents));
            }
        }
    }
    let ends = archive.ends().ok_or(ArchiveError::Digest)?;
    restoring.finish(ends).await?;
    Ok((files, ends[0].0))
}
