//! The views in the ledger's own SQLite file, written in the projection's transaction and read
//! over the store's reading connections.

mod body;
mod certificate;
mod count;
mod dump;
mod field;
mod person;
mod published;
mod register;
mod review;
mod session;
pub(crate) mod shadow;
mod write;

use crate::store::SqliteStore;
use crate::view::{AsOf, PAGE_MAX, ViewError};
pub(crate) use dump::{begin, commit};
use field::{Reading, engine, integer};
pub use register::RegisterPage;
pub use review::{ReviewCounts, Reviewed};
/// A connection that view tables are written on.
pub(crate) use sqlx::SqliteConnection as Connection;
use sqlx::pool::PoolConnection;
use sqlx::query::Query;
use sqlx::sqlite::{SqliteArguments, SqlitePool, SqliteRow};
use sqlx::{Sqlite, SqliteConnection, Transaction};
pub(crate) use write::apply;

/// A query with its values, not yet run.
type Asked<'q> = Query<'q, Sqlite, SqliteArguments>;

/// Name of the one projection that makes every view table.
const PROJECTION: &str = "views";

/// The views of one ledger, for reading: as of their newest position or, from
/// [`SqliteViews::as_of`], of an older one. Cheap to clone.
#[derive(Clone, Debug)]
pub struct SqliteViews {
    pool: SqlitePool,
    /// As of which position every question is answered; the newest if none.
    asked: Option<u64>,
}

/// What the view tables say they are true at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SavedPosition {
    /// The version of the projections that made them.
    pub version: u32,
    /// Position of the last event applied, 0 for none.
    pub position: u64,
    /// Chain value of that event, or of the ledger's beginning.
    pub chain: [u8; 32],
}

impl SqliteViews {
    /// The views in the file of `store`.
    pub fn of(store: &SqliteStore) -> Self {
        Self {
            pool: store.pool().clone(),
            asked: None,
        }
    }

    /// The same views as of a position; the newest if none is named. A position that the views
    /// have not reached, and position 0, are refused by every question.
    pub fn as_of(&self, at: Option<u64>) -> Self {
        Self {
            pool: self.pool.clone(),
            asked: at.or(self.asked),
        }
    }

    /// Refuses a past position where only the newest form is kept.
    fn newest_only(&self, what: &'static str) -> Result<(), ViewError> {
        match self.asked {
            Some(_) => Err(ViewError::NewestOnly(what)),
            None => Ok(()),
        }
    }

    /// What the views are true at; none before the first event was applied.
    pub async fn saved_position(&self) -> Result<Option<SavedPosition>, ViewError> {
        let mut connection = self.pool.acquire().await.map_err(engine)?;
        saved_position(&mut connection).await
    }

    /// The position the views are true at, 0 before the first event was applied.
    pub async fn position(&self) -> Result<u64, ViewError> {
        Ok(self.saved_position().await?.map_or(0, |at| at.position))
    }

    /// A connection that view tables are written on, for views of their own.
    pub(crate) async fn connection(&self) -> Result<PoolConnection<Sqlite>, ViewError> {
        self.pool.acquire().await.map_err(engine)
    }

    /// A read transaction, and the position that everything read in it is to be true at.
    async fn at(&self) -> Result<(Transaction<'static, Sqlite>, u64), ViewError> {
        let mut transaction = self.pool.begin().await.map_err(engine)?;
        let saved = saved_position(&mut transaction).await?;
        let position = saved.map_or(0, |at| at.position);
        match self.asked {
            Some(0) => Err(ViewError::PositionZero),
            Some(asked) if asked > position => Err(ViewError::NotReached { asked, position }),
            Some(asked) => Ok((transaction, asked)),
            None => Ok((transaction, position)),
        }
    }

    /// Every row a query finds whose first value, `$1`, is the position it is asked of.
    async fn all<T>(
        &self,
        sql: &'static str,
        values: impl FnOnce(Asked<'static>) -> Asked<'static>,
        read_row: fn(&SqliteRow) -> Result<T, ViewError>,
    ) -> Result<AsOf<Vec<T>>, ViewError> {
        let (mut read, position) = self.at().await?;
        let query = values(sqlx::query(sql).bind(integer(position)));
        let rows = query.fetch_all(&mut *read).await.map_err(engine)?;
        let value = rows.iter().map(read_row).collect::<Result<_, _>>()?;
        Ok(AsOf { position, value })
    }

    /// The row a query finds, if there is one; `$1` is the position it is asked of.
    async fn one<T>(
        &self,
        sql: &'static str,
        values: impl FnOnce(Asked<'static>) -> Asked<'static>,
        read_row: fn(&SqliteRow) -> Result<T, ViewError>,
    ) -> Result<AsOf<Option<T>>, ViewError> {
        let (mut read, position) = self.at().await?;
        let query = values(sqlx::query(sql).bind(integer(position)));
        let row = query.fetch_optional(&mut *read).await.map_err(engine)?;
        let value = row.as_ref().map(read_row).transpose()?;
        Ok(AsOf { position, value })
    }
}

/// A page's limit as the engine takes it.
fn page(limit: u32) -> i64 {
    i64::from(limit.clamp(1, PAGE_MAX))
}

/// What the view tables on this connection say they are true at.
pub(crate) async fn saved_position(
    connection: &mut SqliteConnection,
) -> Result<Option<SavedPosition>, ViewError> {
    let row = sqlx::query(
        "SELECT projection, version, position, chain FROM view_position WHERE projection = $1",
    )
    .bind(PROJECTION)
    .fetch_optional(connection)
    .await
    .map_err(engine)?;
    row.map(|row| {
        let row = Reading::new("view_position", "projection", &row);
        Ok(SavedPosition {
            version: row.number("version")?,
            position: row.number("position")?,
            chain: row.digest("chain")?.0,
        })
    })
    .transpose()
}

/// Saves what the view tables on this connection are true at, in the caller's transaction.
pub(crate) async fn save_position(
    connection: &mut SqliteConnection,
    saved: SavedPosition,
) -> Result<(), ViewError> {
    sqlx::query(
        "INSERT INTO view_position (projection, version, position, chain) VALUES ($1, $2, $3, $4)
         ON CONFLICT (projection) DO UPDATE SET version = excluded.version,
             position = excluded.position, chain = excluded.chain",
    )
    .bind(PROJECTION)
    .bind(i64::from(saved.version))
    .bind(integer(saved.position))
    .bind(saved.chain.to_vec())
    .execute(connection)
    .await
    .map_err(engine)?;
    Ok(())
}
