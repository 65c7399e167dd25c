//! A ledger on either engine that an outlaw may edit: past triggers, references and, in a file,
//! checks. What he did is undone before the next edit.

use super::{Findings, audit};
use crate::support::postgres::fresh_database;
use skill_ledger::store::{AnyStore, Database};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::path::{Path, PathBuf};

/// Where the ledger is.
pub(super) enum Ground {
    /// In a file of this folder.
    File(tempfile::TempDir),
    /// In a database.
    Server(String),
}

/// Every table of the store on a server.
pub(super) const TABLES: [&str; 11] = [
    "ledger",
    "head",
    "event",
    "command",
    "reservation",
    "vault_row",
    "vault_subject",
    "checkpoint",
    "log_tile",
    "access_journal",
    "_sqlx_migrations",
];

impl Ground {
    pub(super) fn file() -> Self {
        Self::File(tempfile::tempdir().unwrap())
    }
    pub(super) async fn server() -> Option<Self> {
        fresh_database().await.map(Self::Server)
    }
    pub(super) fn database(&self) -> Database {
        match self {
            Self::File(dir) => Database::File(dir.path().join("ledger.db")),
            Self::Server(url) => Database::Server(url.clone()),
        }
    }
    pub(super) fn path(&self) -> PathBuf {
        match self {
            Self::File(dir) => dir.path().join("ledger.db"),
            Self::Server(_) => unreachable!(),
        }
    }

    /// Remembers the ledger as it is now: every edit begins with this.
    pub(super) async fn keep(&self) {
        if let Self::Server(url) = self {
            let mut script = "CREATE SCHEMA kept;".to_owned();
            for table in TABLES {
                script += &format!("CREATE TABLE kept.{table} AS TABLE {table};");
            }
            run(url, &script).await.unwrap();
        }
    }

    /// Runs statements past every guard, puts the guards back, audits, and undoes the edit.
    /// `None` if the engine refused the statements, or they changed nothing.
    pub(super) async fn edited(&self, statements: &str) -> Option<Findings> {
        let statements = self.in_dialect(statements);
        match self {
            Self::File(dir) => {
                let copy = dir.path().join("copy.db");
                std::fs::copy(self.path(), &copy).unwrap();
                let done = outlaw(&copy, &statements).await;
                if !matches!(done, Ok(1..)) {
                    return None;
                }
                self.noticed(Database::File(copy)).await
            }
            Self::Server(url) => {
                let unguarded = |word: &str| {
                    let alter = TABLES.map(|t| format!("ALTER TABLE {t} {word} TRIGGER ALL;"));
                    alter.concat()
                };
                let (off, on) = (unguarded("DISABLE"), unguarded("ENABLE"));
                let done = run(url, &format!("BEGIN; {off} {statements}; {on} COMMIT")).await;
                let found = match done {
                    Ok(1..) => self.noticed(self.database()).await,
                    _ => None,
                };
                let mut undo = format!("BEGIN; {off}");
                for table in TABLES {
                    undo += &format!(
                        "DELETE FROM {table}; INSERT INTO {table} SELECT * FROM kept.{table};"
                    );
                }
                run(url, &format!("{undo} {on} COMMIT")).await.unwrap();
                found
            }
        }
    }

    /// What an audit finds; a ledger that cannot even be opened has been noticed in every table.
    async fn noticed(&self, database: Database) -> Option<Findings> {
        match AnyStore::open_to_read(&database).await {
            Ok(store) => {
                store.close().await;
                Some(audit(&database).await)
            }
            Err(_) => Some(Findings {
                unlisted: u64::MAX,
                ..Findings::default()
            }),
        }
    }

    /// `id(0a)` is an id that ends so, `zeros(3)` three bytes.
    fn in_dialect(&self, statements: &str) -> String {
        let replace = |text: &str, call: &str, with: &dyn Fn(&str) -> String| {
            let mut parts = text.split(call);
            let mut out = parts.next().unwrap_or_default().to_owned();
            for part in parts {
                let (argument, rest) = part.split_once(')').unwrap();
                out += &with(argument);
                out += rest;
            }
            out
        };
        let file = matches!(self, Self::File(_));
        let id = |end: &str| match file {
            true => format!("x'{end:0>32}'"),
            false => format!("'{end:0>32}'::uuid"),
        };
        let zeros = |many: &str| match file {
            true => format!("zeroblob({many})"),
            false => format!("decode(repeat('00', {many}), 'hex')"),
        };
        let text = replace(statements, "id(", &id);
        replace(&text, "zeros(", &zeros)
    }
}

/// Runs statements for which nothing is for ever, and puts the triggers back.
async fn outlaw(path: &Path, statements: &str) -> Result<u64, sqlx::Error> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .foreign_keys(false)
        .synchronous(SqliteSynchronous::Off)
        .pragma("ignore_check_constraints", "ON");
    let mut connection = SqliteConnection::connect_with(&options).await?;
    let triggers: Vec<(String, String)> =
        sqlx::query_as("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
            .fetch_all(&mut connection)
            .await?;
    for (name, _) in &triggers {
        let drop = AssertSqlSafe(format!("DROP TRIGGER {name}"));
        sqlx::raw_sql(drop).execute(&mut connection).await?;
    }
    let done = sqlx::raw_sql(AssertSqlSafe(statements.to_owned()))
        .execute(&mut connection)
        .await;
    for (_, sql) in triggers {
        let create = AssertSqlSafe(sql);
        sqlx::raw_sql(create).execute(&mut connection).await?;
    }
    connection.close().await?;
    done.map(|done| done.rows_affected())
}

/// Runs statements as the owner; answers how many rows they touched.
pub(super) async fn run(url: &str, statements: &str) -> Result<u64, sqlx::Error> {
    let mut connection = PgConnection::connect(url).await?;
    let done = sqlx::raw_sql(AssertSqlSafe(statements.to_owned()))
        .execute(&mut connection)
        .await;
    connection.close().await?;
    done.map(|done| done.rows_affected())
}
