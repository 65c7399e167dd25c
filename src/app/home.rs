//! Where a ledger is: its data directory, and a database address if the database is on a server.

use crate::store::Database;
use std::path::{Path, PathBuf};

/// The data directory holds the keys and the newest signed head; the database too, unless it is on
/// a server. The address of a server, which may hold a password, is kept in no file.
#[derive(Clone, Debug)]
pub struct Home {
    dir: PathBuf,
    database: Database,
}

impl Home {
    /// A data directory, or the database file in one, with its database on a server if there is an
    /// address.
    pub fn new(path: &Path, server: Option<&str>) -> Self {
        let dir = directory_of(path).to_owned();
        let database = match server {
            Some(address) => Database::Server(address.to_owned()),
            None => Database::File(database_path(&dir)),
        };
        Self { dir, database }
    }

    /// The data directory.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Its database.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// Whether the database is on a server, where the keys of the directory may be of another.
    pub(super) fn on_server(&self) -> bool {
        matches!(self.database, Database::Server(_))
    }
}

impl From<&Path> for Home {
    fn from(dir: &Path) -> Self {
        Self::new(dir, None)
    }
}

impl From<&PathBuf> for Home {
    fn from(dir: &PathBuf) -> Self {
        Self::new(dir, None)
    }
}

/// The database inside a data directory.
pub fn database_path(dir: &Path) -> PathBuf {
    dir.join("ledger.sqlite")
}

/// The data directory that is meant by a path: itself, or the one its database file is in.
fn directory_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if path.is_file() && database_path(parent) == path => parent,
        _ => path,
    }
}
