//! Connections of either engine: statements run on them, rows read off them.

use super::field::{Stored, engine};
use super::sql::{Bound, Sql};
use super::{ViewError, postgres, sqlite};
use sqlx::postgres::PgPool;
use sqlx::sqlite::SqlitePool;
use sqlx::{AssertSqlSafe, PgConnection, Postgres, Sqlite, SqliteConnection};

/// Where the views are.
#[derive(Clone, Debug)]
pub(super) enum Pool {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// A transaction of either engine. Dropped without a commit it is rolled back.
#[derive(Debug)]
pub(crate) enum Transaction {
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

/// A connection that view tables are read or written on.
pub(crate) enum Connection<'c> {
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection),
}

/// How a row is read.
pub(super) type Read<T> = fn(&dyn Stored) -> Result<T, ViewError>;

impl Pool {
    /// A transaction that only reads, in which nothing moves: everything read in it was so at
    /// one moment.
    pub(super) async fn snapshot(&self) -> Result<Transaction, ViewError> {
        Ok(match self {
            Self::Sqlite(pool) => Transaction::Sqlite(pool.begin().await.map_err(engine)?),
            Self::Postgres(pool) => {
                let begun = pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY");
                Transaction::Postgres(begun.await.map_err(engine)?)
            }
        })
    }
}

impl Transaction {
    pub(crate) fn connection(&mut self) -> Connection<'_> {
        match self {
            Self::Sqlite(transaction) => Connection::Sqlite(transaction),
            Self::Postgres(transaction) => Connection::Postgres(transaction),
        }
    }

    pub(crate) async fn commit(self) -> Result<(), ViewError> {
        match self {
            Self::Sqlite(transaction) => transaction.commit().await,
            Self::Postgres(transaction) => transaction.commit().await,
        }
        .map_err(engine)
    }
}

impl Connection<'_> {
    /// Runs a statement that answers nothing.
    pub(super) async fn run(&mut self, sql: Sql, values: Vec<Bound>) -> Result<(), ViewError> {
        match self {
            Self::Sqlite(at) => {
                let query = sqlite::query(sql.sqlite, values);
                query.execute(&mut **at).await.map(drop)
            }
            Self::Postgres(at) => {
                let query = postgres::query(sql.postgres, values);
                query.execute(&mut **at).await.map(drop)
            }
        }
        .map_err(engine)
    }

    /// Runs a statement made for the occasion; kept prepared where it will be seen again.
    pub(super) async fn run_made(
        &mut self,
        sql: String,
        values: impl Iterator<Item = Bound>,
        seen_again: bool,
    ) -> Result<(), ViewError> {
        let sql = AssertSqlSafe(sql);
        match self {
            Self::Sqlite(at) => {
                let query = values.fold(sqlx::query(sql), sqlite::bind);
                let query = query.persistent(seen_again);
                query.execute(&mut **at).await.map(drop)
            }
            Self::Postgres(at) => {
                let query = values.fold(sqlx::query(sql), postgres::bind);
                let query = query.persistent(seen_again);
                query.execute(&mut **at).await.map(drop)
            }
        }
        .map_err(engine)
    }

    /// Every row a query finds.
    pub(super) async fn all<T>(
        &mut self,
        sql: Sql,
        values: Vec<Bound>,
        read: Read<T>,
    ) -> Result<Vec<T>, ViewError> {
        match self {
            Self::Sqlite(at) => {
                let query = sqlite::query(sql.sqlite, values);
                let rows = query.fetch_all(&mut **at).await.map_err(engine)?;
                rows.iter().map(|row| read(row)).collect()
            }
            Self::Postgres(at) => {
                let query = postgres::query(sql.postgres, values);
                let rows = query.fetch_all(&mut **at).await.map_err(engine)?;
                rows.iter().map(|row| read(row)).collect()
            }
        }
    }

    /// The row a query finds, if there is one.
    pub(super) async fn one<T>(
        &mut self,
        sql: Sql,
        values: Vec<Bound>,
        read: Read<T>,
    ) -> Result<Option<T>, ViewError> {
        match self {
            Self::Sqlite(at) => {
                let query = sqlite::query(sql.sqlite, values);
                let row = query.fetch_optional(&mut **at).await.map_err(engine)?;
                row.map(|row| read(&row)).transpose()
            }
            Self::Postgres(at) => {
                let query = postgres::query(sql.postgres, values);
                let row = query.fetch_optional(&mut **at).await.map_err(engine)?;
                row.map(|row| read(&row)).transpose()
            }
        }
    }
}
