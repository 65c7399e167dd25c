//! Registers: written as states between positions, read as of any of them.

use super::field::{Reading, engine, integer};
use super::{SqliteViews, page};
use crate::view::register::{RegisterRow, merge};
use crate::view::{AsOf, ViewError};
use serde_json::Value;
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;

const TABLE: &str = "view_register";

/// A page in the order of the table's key.
const PAGE: &str = "SELECT kind, key, owner, data, from_position, NULL AS to_position
     FROM view_register
     WHERE kind = $2 AND key > coalesce($4, '')
       AND key >= coalesce($3, '') AND substr(key, 1, length(coalesce($3, ''))) = coalesce($3, '')
       AND from_position <= $1 AND (to_position IS NULL OR to_position > $1)
     ORDER BY key LIMIT $5";

/// The same of one owner. The index is named: of an owner's few rows and a whole kind, the engine
/// takes the kind.
const PAGE_OF_OWNER: &str = "SELECT kind, key, owner, data, from_position, NULL AS to_position
     FROM view_register INDEXED BY view_register_owner
     WHERE kind = $2 AND owner = $6 AND key > coalesce($4, '')
       AND key >= coalesce($3, '') AND substr(key, 1, length(coalesce($3, ''))) = coalesce($3, '')
       AND from_position <= $1 AND (to_position IS NULL OR to_position > $1)
     ORDER BY key LIMIT $5";

/// Which states of a register to read.
#[derive(Clone, Debug, Default)]
pub struct RegisterPage<'a> {
    /// Whose; any if none is named.
    pub owner: Option<&'a str>,
    /// Only keys that begin with this.
    pub prefix: Option<&'a str>,
    /// As of which position; now if none is named.
    pub at: Option<u64>,
    /// The last key of the page before.
    pub after: Option<&'a str>,
    /// Most rows.
    pub limit: u32,
}

impl SqliteViews {
    /// One thing as of a position, or now. Refused for a position the views have not reached.
    pub async fn register(
        &self,
        kind: &str,
        key: &str,
        at: Option<u64>,
    ) -> Result<AsOf<Option<RegisterRow>>, ViewError> {
        // The newest state begun by then; none if the thing was registered no more.
        let sql = "SELECT kind, key, owner, data, from_position, NULL AS to_position FROM (
                 SELECT * FROM view_register
                 WHERE kind = $2 AND key = $3 AND from_position <= $1
                 ORDER BY from_position DESC LIMIT 1
             ) WHERE to_position IS NULL OR to_position > $1";
        let (kind, key) = (kind.to_owned(), key.to_owned());
        self.as_of(at)
            .one(sql, |query| query.bind(kind).bind(key), register_row)
            .await
    }

    /// A page of a register as of a position, or now, in the order of its keys.
    pub async fn register_page(
        &self,
        kind: &str,
        page_of: RegisterPage<'_>,
    ) -> Result<AsOf<Vec<RegisterRow>>, ViewError> {
        let kind = kind.to_owned();
        let prefix = page_of.prefix.map(str::to_owned);
        let after = page_of.after.map(str::to_owned);
        let limit = page(page_of.limit);
        let values = |query: super::Asked<'static>| {
            let query = query.bind(kind).bind(prefix);
            query.bind(after).bind(limit)
        };
        let views = self.as_of(page_of.at);
        match page_of.owner.map(str::to_owned) {
            None => views.all(PAGE, values, register_row).await,
            Some(owner) => {
                let values = |query| values(query).bind(owner);
                views.all(PAGE_OF_OWNER, values, register_row).await
            }
        }
    }

    /// Every state one thing has had, oldest first, at most a page of them. As of a past position
    /// the last of them has no end yet.
    pub async fn register_history(
        &self,
        kind: &str,
        key: &str,
    ) -> Result<AsOf<Vec<RegisterRow>>, ViewError> {
        let sql = "SELECT kind, key, owner, data, from_position,
                 CASE WHEN to_position <= $1 THEN to_position END AS to_position
             FROM view_register WHERE kind = $2 AND key = $3 AND from_position <= $1
             ORDER BY from_position LIMIT $4";
        let (kind, key) = (kind.to_owned(), key.to_owned());
        let limit = page(crate::view::PAGE_MAX);
        let values = |query: super::Asked<'static>| query.bind(kind).bind(key).bind(limit);
        self.all(sql, values, register_row).await
    }
}

fn register_row(row: &SqliteRow) -> Result<RegisterRow, ViewError> {
    let row = Reading::new(TABLE, "key", row);
    Ok(RegisterRow {
        kind: row.text("kind")?,
        key: row.text("key")?,
        owner: row.text("owner")?,
        from_position: row.number("from_position")?,
        to_position: row.number_or_null("to_position")?,
        data: row.json("data")?,
    })
}

/// The state that holds now: its first position, its owner, what it says.
struct Open {
    from: u64,
    owner: String,
    data: Value,
}

async fn open(
    connection: &mut SqliteConnection,
    kind: &str,
    key: &str,
) -> Result<Option<Open>, ViewError> {
    let row = sqlx::query(
        "SELECT * FROM view_register WHERE kind = $1 AND key = $2 AND to_position IS NULL",
    )
    .bind(kind.to_owned())
    .bind(key.to_owned())
    .fetch_optional(connection)
    .await
    .map_err(engine)?;
    row.map(|row| {
        let row = Reading::new(TABLE, "key", &row);
        Ok(Open {
            from: row.number("from_position")?,
            owner: row.text("owner")?,
            data: row.json("data")?,
        })
    })
    .transpose()
}

/// Closes the state that holds now; a state that begins at this very position is taken out, for
/// it never held.
async fn close(
    connection: &mut SqliteConnection,
    kind: &str,
    key: &str,
    position: u64,
) -> Result<(), ViewError> {
    for statement in [
        "DELETE FROM view_register
         WHERE kind = $1 AND key = $2 AND to_position IS NULL AND from_position = $3",
        "UPDATE view_register SET to_position = $3
         WHERE kind = $1 AND key = $2 AND to_position IS NULL",
    ] {
        sqlx::query(statement)
            .bind(kind.to_owned())
            .bind(key.to_owned())
            .bind(integer(position))
            .execute(&mut *connection)
            .await
            .map_err(engine)?;
    }
    Ok(())
}

pub(super) async fn put(
    connection: &mut SqliteConnection,
    kind: &str,
    key: &str,
    owner: String,
    position: u64,
    data: &Value,
) -> Result<(), ViewError> {
    close(connection, kind, key, position).await?;
    sqlx::query(
        "INSERT INTO view_register (kind, key, from_position, to_position, owner, data)
         VALUES ($1, $2, $3, NULL, $4, $5)",
    )
    .bind(kind.to_owned())
    .bind(key.to_owned())
    .bind(integer(position))
    .bind(owner)
    .bind(super::field::json("register", data)?)
    .execute(connection)
    .await
    .map_err(engine)?;
    Ok(())
}

pub(super) async fn patch(
    connection: &mut SqliteConnection,
    kind: &str,
    key: &str,
    position: u64,
    patch: Value,
) -> Result<(), ViewError> {
    let Some(mut state) = open(connection, kind, key).await? else {
        return Ok(());
    };
    let before = state.data.clone();
    merge(&mut state.data, patch);
    if state.data == before {
        return Ok(());
    }
    debug_assert!(state.from <= position, "events come in order");
    put(connection, kind, key, state.owner, position, &state.data).await
}

pub(super) async fn end(
    connection: &mut SqliteConnection,
    kind: &str,
    key: &str,
    position: u64,
) -> Result<(), ViewError> {
    close(connection, kind, key, position).await
}
