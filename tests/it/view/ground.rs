//! Where the views of a test are: a file of its own, or a database of its own on the server; and
//! somebody at it besides the ledger.

use super::*;
use crate::support::postgres::fresh_database;
use skill_ledger::store::{AnyStore, Database};
use sqlx::{PgConnection, Row as _};
use tempfile::TempDir;

/// An engine, and a folder for the databases that are files.
pub(super) struct Ground(Option<TempDir>);

impl Ground {
    pub(super) fn file() -> Self {
        Self(Some(tempfile::tempdir().unwrap()))
    }

    pub(super) fn server() -> Self {
        Self(None)
    }

    /// A place for a new ledger; none, with a word on stderr, where there is no server.
    pub(super) async fn fresh(&self) -> Option<Database> {
        Some(match &self.0 {
            Some(dir) => Database::File(
                dir.path()
                    .join(format!("{:032x}.db", rand::random::<u128>())),
            ),
            None => Database::Server(fresh_database().await?),
        })
    }

    /// After how many more polls a future is dropped than the time before.
    pub(super) fn stride(&self) -> usize {
        if self.0.is_some() { 9 } else { 17 }
    }
}

/// The tests of a file, once on each engine.
macro_rules! on_each_engine {
    ($($test:ident),* $(,)?) => {
        mod on_sqlite {
            use super::Ground;
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                super::$test(Ground::file()).await;
            })*
        }
        mod on_postgres {
            use super::Ground;
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                let ground = Ground::server();
                if ground.fresh().await.is_some() {
                    super::$test(ground).await;
                }
            })*
        }
    };
}
pub(super) use on_each_engine;

/// A ledger of the story at a new place, its views run to the end.
pub(super) async fn ledger(ground: &Ground) -> (Database, AnyStore, Views) {
    let database = ground.fresh().await.unwrap();
    let store = created(&database).await;
    let views = Views::of(&store);
    projection::run_to(&store, &views, Target::Head)
        .await
        .unwrap();
    (database, store, views)
}

/// A ledger of the story, its views not begun.
pub(super) async fn created(database: &Database) -> AnyStore {
    let store = AnyStore::create(database, LEDGER, Instant(1))
        .await
        .unwrap();
    append(&store, story()).await;
    store
}

/// Somebody at the database itself.
pub(super) enum Intruder {
    File(SqliteConnection),
    Server(PgConnection),
}

impl Intruder {
    pub(super) async fn at(database: &Database) -> Self {
        match database {
            Database::File(path) => {
                let options = SqliteConnectOptions::new().filename(path);
                Self::File(SqliteConnection::connect_with(&options).await.unwrap())
            }
            Database::Server(url) => Self::Server(PgConnection::connect(url).await.unwrap()),
        }
    }

    /// Runs statements.
    pub(super) async fn run(&mut self, statements: &str) {
        let done = sqlx::raw_sql(AssertSqlSafe(statements.to_owned()));
        match self {
            Self::File(file) => done.execute(file).await.map(drop),
            Self::Server(server) => done.execute(server).await.map(drop),
        }
        .unwrap_or_else(|error| panic!("{statements}: {error}"));
    }

    /// The rows of a query whose columns are texts.
    pub(super) async fn texts(&mut self, query: &str) -> Vec<Vec<String>> {
        let query = AssertSqlSafe(query.to_owned());
        match self {
            Self::File(file) => {
                let rows = sqlx::query(query).fetch_all(file).await.unwrap();
                let row =
                    |row: &sqlx::sqlite::SqliteRow| (0..row.len()).map(|i| row.get(i)).collect();
                rows.iter().map(row).collect()
            }
            Self::Server(server) => {
                let rows = sqlx::query(query).fetch_all(server).await.unwrap();
                let row =
                    |row: &sqlx::postgres::PgRow| (0..row.len()).map(|i| row.get(i)).collect();
                rows.iter().map(row).collect()
            }
        }
    }
}

/// Every row of every view table, as text: the same on either engine.
pub(super) async fn everything(views: &Views) -> Vec<String> {
    let mut all = Vec::new();
    let told = |table: &'static str, row| {
        all.push(format!("{table} {}", serde_json::Value::Object(row)));
        true
    };
    views.dump(told).await.unwrap();
    all
}
