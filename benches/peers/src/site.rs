//! Who takes part, and where each keeps its store: a fresh file or database every time.

use crate::bare_postgres::{BarePostgres, connect};
use crate::bare_sqlite::BareSqlite;
use crate::contender::{Child, Contender, Local};
use crate::message_db::MessageDb;
use crate::ours::{Ours, now};
use crate::protocol::Open;
use crate::umadb::Umadb;
use anyhow::{Context as _, Result};
use skill_ledger::domain::ids::LedgerId;
use skill_ledger::store::{PostgresStore, SqliteStore};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::process::Command;
use tokio_postgres::Config;
use uuid::Uuid;

/// The ledger in every store of ours.
const LEDGER: LedgerId = LedgerId(Uuid::from_u128(42));

/// Who takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// The product on SQLite.
    OursSqlite,
    /// The bare driver on SQLite.
    BareSqlite,
    /// UmaDB's core, a file of its own kind.
    Umadb,
    /// The product on PostgreSQL.
    OursPostgres,
    /// The bare driver on PostgreSQL.
    BarePostgres,
    /// COPY on PostgreSQL.
    Copy,
    /// message-db.
    MessageDb,
    /// cqrs-es.
    CqrsEs,
    /// Emmett on PostgreSQL.
    Emmett,
}

impl Who {
    /// All, but COPY, which only takes large appends.
    pub const ALL: [Self; 8] = [
        Self::OursSqlite,
        Self::BareSqlite,
        Self::Umadb,
        Self::OursPostgres,
        Self::BarePostgres,
        Self::MessageDb,
        Self::CqrsEs,
        Self::Emmett,
    ];
    /// The peers that are compared on PostgreSQL.
    pub const POSTGRES_PEERS: [Self; 3] = [Self::MessageDb, Self::CqrsEs, Self::Emmett];

    /// Its name in the tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OursSqlite => "**ours, SQLite**",
            Self::BareSqlite => "bare driver, SQLite",
            Self::Umadb => "UmaDB core 0.7.8",
            Self::OursPostgres => "**ours, PostgreSQL**",
            Self::BarePostgres => "bare driver, PostgreSQL",
            Self::Copy => "COPY, PostgreSQL",
            Self::MessageDb => "message-db 1.3.1",
            Self::CqrsEs => "cqrs-es 0.5",
            Self::Emmett => "Emmett 0.42",
        }
    }

    /// The floor that its figures are divided by.
    pub const fn floor(self) -> Self {
        match self {
            Self::OursSqlite | Self::BareSqlite | Self::Umadb => Self::BareSqlite,
            _ => Self::BarePostgres,
        }
    }

    const fn has_file(self) -> bool {
        matches!(self, Self::OursSqlite | Self::BareSqlite | Self::Umadb)
    }
}

/// Where everything is.
pub struct Site {
    /// The folder for files.
    pub files: PathBuf,
    /// The folder of the server's socket.
    pub socket: PathBuf,
    /// The folder of the npm packages.
    pub npm: PathBuf,
    /// The program of cqrs-es.
    pub cqrs: PathBuf,
    /// The script of Emmett.
    pub emmett: PathBuf,
    /// Most connections of a peer.
    pub connections: u32,
    /// Numbers the stores.
    pub made: AtomicU32,
}

/// A contender with its store.
pub struct Opened {
    /// The contender.
    pub contender: Box<dyn Contender>,
    who: Who,
    name: String,
}

impl Site {
    /// How the server is reached.
    pub fn config(&self, database: &str) -> Config {
        let mut config = Config::new();
        config
            .host_path(&self.socket)
            .user("postgres")
            .dbname(database);
        config
    }

    fn url(&self, database: &str) -> String {
        let socket = self.socket.display();
        format!("postgres://postgres@localhost/{database}?host={socket}")
    }

    /// Makes an empty store.
    pub async fn open(&self, who: Who, callers: usize) -> Result<Opened> {
        let name = format!("peer{}", self.made.fetch_add(1, Ordering::Relaxed));
        let file = self.files.join(&name).join("store");
        if who.has_file() {
            std::fs::create_dir_all(self.files.join(&name))?;
        } else {
            let server = connect(&self.config("postgres")).await?;
            let sql = format!("CREATE DATABASE {name}");
            server.batch_execute(&sql).await?;
        }
        let connections = self.connections.min(callers as u32).max(1);
        let open = Open {
            url: self.url(&name),
            connections,
        };
        let config = self.config(&name);
        let contender: Box<dyn Contender> = match who {
            Who::OursSqlite => {
                let store = SqliteStore::create(&file, LEDGER, now()).await?;
                Box::new(Local(Arc::new(Ours(store))))
            }
            Who::OursPostgres => {
                let store = PostgresStore::create(&open.url, LEDGER).await?;
                Box::new(Local(Arc::new(Ours(store))))
            }
            Who::BareSqlite => Box::new(Local(Arc::new(BareSqlite::create(&file)?))),
            Who::Umadb => Box::new(Local(Arc::new(Umadb::create(&file)?))),
            Who::BarePostgres | Who::Copy => {
                let store = BarePostgres::create(&config, who == Who::Copy).await?;
                Box::new(Local(Arc::new(store)))
            }
            Who::MessageDb => {
                let package = self.npm.join("node_modules/@eventide/message-db");
                let store = MessageDb::create(&config, &package, connections as usize).await?;
                Box::new(Local(Arc::new(store)))
            }
            Who::CqrsEs => {
                let command = Command::new(&self.cqrs);
                Box::new(Child::start(command, &open).await?)
            }
            Who::Emmett => {
                let mut command = Command::new("node");
                command.arg(&self.emmett).arg(&self.npm);
                Box::new(Child::start(command, &open).await?)
            }
        };
        Ok(Opened {
            contender,
            who,
            name,
        })
    }

    /// Does for a filled database what a server does by itself after some minutes.
    pub async fn settle(&self, opened: &Opened) -> Result<()> {
        if !opened.who.has_file() {
            let server = connect(&self.config(&opened.name)).await?;
            server.batch_execute("VACUUM ANALYZE").await?;
            server.batch_execute("CHECKPOINT").await?;
        }
        Ok(())
    }

    /// Destroys a store.
    pub async fn remove(&self, opened: Opened) -> Result<()> {
        drop(opened.contender);
        if opened.who.has_file() {
            let folder = self.files.join(&opened.name);
            std::fs::remove_dir_all(folder).context("a store is not removed")?;
        } else {
            let server = connect(&self.config("postgres")).await?;
            let sql = format!("DROP DATABASE {} WITH (FORCE)", opened.name);
            server.batch_execute(&sql).await?;
        }
        Ok(())
    }
}
