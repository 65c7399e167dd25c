//! The views of one ledger on either engine, as of their newest position or an older one.

use super::connection::{Connection, Pool, Read, Transaction};
use super::field::{Reading, Stored, engine};
use super::sql::{Bound, Sql, values};
use super::{AsOf, PAGE_MAX, ViewError};
use crate::store::{AnyStore, EventStore, PostgresStore, SqliteStore, StoreError};
use std::future::Future;
use tokio::sync::OwnedMutexGuard;

/// Name of the one projection that makes every view table.
pub(super) const PROJECTION: &str = "views";

/// The views of one ledger, for reading: as of their newest position or, from [`Views::as_of`],
/// of an older one. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Views {
    pub(super) pool: Pool,
    /// As of which position every question is answered; the newest if none.
    pub(super) asked: Option<u64>,
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

/// A transaction that view tables are written in, and the turn to.
#[derive(Debug)]
pub struct Writing {
    pub(crate) transaction: Transaction,
    _turn: Option<OwnedMutexGuard<()>>,
}

/// A store in whose database the views are too.
pub trait ViewStore: EventStore {
    /// The views beside its events.
    fn views(&self) -> Views;
    /// A transaction for writing view tables; refused where the store is open for reading.
    fn write_views(&self) -> impl Future<Output = Result<Writing, StoreError>> + Send;
}

impl ViewStore for SqliteStore {
    fn views(&self) -> Views {
        Views::over(Pool::Sqlite(self.pool().clone()))
    }
    async fn write_views(&self) -> Result<Writing, StoreError> {
        // There is one writing transaction: whoever has it has the turn.
        Ok(Writing {
            transaction: Transaction::Sqlite(self.write().await?),
            _turn: None,
        })
    }
}

impl ViewStore for PostgresStore {
    fn views(&self) -> Views {
        Views::over(Pool::Postgres(self.pool().clone()))
    }
    async fn write_views(&self) -> Result<Writing, StoreError> {
        let turn = self.turn_to_project().await;
        Ok(Writing {
            transaction: Transaction::Postgres(self.write().await?),
            _turn: Some(turn),
        })
    }
}

impl ViewStore for AnyStore {
    fn views(&self) -> Views {
        match self {
            Self::Sqlite(store) => store.views(),
            Self::Postgres(store) => store.views(),
        }
    }
    async fn write_views(&self) -> Result<Writing, StoreError> {
        match self {
            Self::Sqlite(store) => store.write_views().await,
            Self::Postgres(store) => store.write_views().await,
        }
    }
}

impl Views {
    /// The views in the database of `store`.
    pub fn of(store: &impl ViewStore) -> Self {
        store.views()
    }

    pub(super) fn over(pool: Pool) -> Self {
        Self { pool, asked: None }
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
    pub(super) fn newest_only(&self, what: &'static str) -> Result<(), ViewError> {
        match self.asked {
            Some(_) => Err(ViewError::NewestOnly(what)),
            None => Ok(()),
        }
    }

    /// What the views are true at; none before the first event was applied.
    pub async fn saved_position(&self) -> Result<Option<SavedPosition>, ViewError> {
        match &self.pool {
            Pool::Sqlite(pool) => {
                let mut connection = pool.acquire().await.map_err(engine)?;
                saved_position(&mut Connection::Sqlite(&mut connection)).await
            }
            Pool::Postgres(pool) => {
                let mut connection = pool.acquire().await.map_err(engine)?;
                saved_position(&mut Connection::Postgres(&mut connection)).await
            }
        }
    }

    /// The position the views are true at, 0 before the first event was applied.
    pub async fn position(&self) -> Result<u64, ViewError> {
        Ok(self.saved_position().await?.map_or(0, |at| at.position))
    }

    /// Empty view tables in a temporary SQLite database of their own, whatever the engine of the
    /// ledger; gone with the last clone. For views of a past position, beside the ones in use.
    pub(crate) async fn temporary() -> Result<Self, ViewError> {
        Ok(Self::over(Pool::Sqlite(super::sqlite::temporary().await?)))
    }

    /// A transaction that view tables are written in, for [`Views::temporary`] ones.
    pub(crate) async fn begin(&self) -> Result<Transaction, ViewError> {
        Ok(match &self.pool {
            Pool::Sqlite(pool) => Transaction::Sqlite(pool.begin().await.map_err(engine)?),
            Pool::Postgres(pool) => Transaction::Postgres(pool.begin().await.map_err(engine)?),
        })
    }

    /// A read transaction, and the position that everything read in it is to be true at.
    pub(super) async fn at(&self) -> Result<(Transaction, u64), ViewError> {
        let mut read = self.pool.snapshot().await?;
        let saved = saved_position(&mut read.connection()).await?;
        let position = saved.map_or(0, |at| at.position);
        match self.asked {
            Some(0) => Err(ViewError::PositionZero),
            Some(asked) if asked > position => Err(ViewError::NotReached { asked, position }),
            Some(asked) => Ok((read, asked)),
            None => Ok((read, position)),
        }
    }

    /// Every row a query finds whose first value, `$1`, is the position it is asked of.
    pub(super) async fn all<T>(
        &self,
        sql: Sql,
        mut values: Vec<Bound>,
        row: Read<T>,
    ) -> Result<AsOf<Vec<T>>, ViewError> {
        let (mut read, position) = self.at().await?;
        values.insert(0, position.into());
        let value = read.connection().all(sql, values, row).await?;
        Ok(AsOf { position, value })
    }

    /// The row a query finds, if there is one; `$1` is the position it is asked of.
    pub(super) async fn one<T>(
        &self,
        sql: Sql,
        mut values: Vec<Bound>,
        row: Read<T>,
    ) -> Result<AsOf<Option<T>>, ViewError> {
        let (mut read, position) = self.at().await?;
        values.insert(0, position.into());
        let value = read.connection().one(sql, values, row).await?;
        Ok(AsOf { position, value })
    }
}

/// A page's limit as the engines take it.
pub(super) fn page(limit: u32) -> Bound {
    limit.clamp(1, PAGE_MAX).into()
}

/// What the view tables on this connection say they are true at.
pub(crate) async fn saved_position(
    connection: &mut Connection<'_>,
) -> Result<Option<SavedPosition>, ViewError> {
    let sql = Sql::plain(
        "SELECT projection, version, position, chain FROM view_position WHERE projection = $1",
    );
    connection.one(sql, values![PROJECTION], saved).await
}

/// [`saved_position`], held until the transaction ends: nobody else projects meanwhile.
pub(crate) async fn hold_position(
    connection: &mut Connection<'_>,
) -> Result<Option<SavedPosition>, ViewError> {
    // On SQLite the writer's transaction holds the whole file.
    if let Connection::Postgres(at) = connection {
        super::postgres::hold_position(at, PROJECTION).await?;
    }
    let saved = saved_position(connection).await?;
    Ok(saved.filter(|saved| saved.position > 0))
}

fn saved(row: &dyn Stored) -> Result<SavedPosition, ViewError> {
    let row = Reading::new("view_position", "projection", row);
    Ok(SavedPosition {
        version: row.number("version")?,
        position: row.number("position")?,
        chain: row.digest("chain")?.0,
    })
}

/// Saves what the view tables on this connection are true at, in the caller's transaction.
pub(crate) async fn save_position(
    connection: &mut Connection<'_>,
    saved: SavedPosition,
) -> Result<(), ViewError> {
    let sql = Sql::plain(
        "INSERT INTO view_position (projection, version, position, chain) VALUES ($1, $2, $3, $4)
         ON CONFLICT (projection) DO UPDATE SET version = excluded.version,
             position = excluded.position, chain = excluded.chain",
    );
    let chain = Bound::Bytes(saved.chain.to_vec());
    let values = values![PROJECTION, saved.version, saved.position, chain];
    connection.run(sql, values).await
}
