//! The rows of `command`, many of them in one row of the answer; where a value has not the length it
//! must have, row by row.

use crate::domain::ids::CommandId;
use crate::store::StoreError;
use crate::store::audit::snapshot::{Done, KEYS_MAX};
use crate::store::sqlite::failure::read as engine;
use crate::store::sqlite::read::{column, corrupt, id};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};
use uuid::Uuid;

const TOGETHER: &str = "\
    SELECT json_group_array(json_array(first_position, last_position, \
        octet_length(command_id) = 16 AND octet_length(request_digest) = 32)), \
      CAST(group_concat(command_id || request_digest, '') AS BLOB) \
    FROM (SELECT * FROM command WHERE first_position > $1 AND first_position <= $2 \
      ORDER BY first_position LIMIT $3)";

const SINGLY: &str = "\
    SELECT command_id, request_digest, first_position, last_position FROM command \
    WHERE first_position > $1 AND first_position <= $2 ORDER BY first_position LIMIT $3";

/// Rows in order of their first positions, and the last of these.
pub(super) struct Commands {
    pub(super) rows: Vec<Result<Done, StoreError>>,
    pub(super) last: Option<i64>,
}

/// What begins after one position and not after another.
pub(super) async fn fetch(
    connection: &mut SqliteConnection,
    after: i64,
    to: i64,
) -> Result<Commands, StoreError> {
    let ask = |sql| sqlx::query(sql).bind(after).bind(to).bind(KEYS_MAX);
    // What SQLite cannot put together it may yet read: the rows will say what is wrong.
    let row = ask(TOGETHER).fetch_one(&mut *connection).await.ok();
    if let Some(commands) = row.as_ref().and_then(together) {
        return Ok(commands);
    }
    let rows = ask(SINGLY).fetch_all(&mut *connection).await;
    let rows = rows.map_err(|e| engine(&e))?;
    let first = |row| column(row, 2, "command", &"a command", "first_position");
    Ok(Commands {
        last: rows.last().map(first).transpose()?,
        rows: rows.iter().map(done).collect(),
    })
}

/// None if they have to be read row by row.
fn together(row: &SqliteRow) -> Option<Commands> {
    let told: &str = row.try_get(0).ok()?;
    let told: Vec<(i64, i64, i64)> = serde_json::from_str(told).ok()?;
    let bytes: Option<&[u8]> = row.try_get(1).ok()?;
    let (ids, rest) = bytes.unwrap_or_default().as_chunks::<48>();
    if ids.len() != told.len() || !rest.is_empty() || told.iter().any(|it| it.2 != 1) {
        return None;
    }
    let done = |(at, id): (&(i64, i64, i64), &[u8; 48])| {
        let (command, digest) = id.split_at(16);
        let id = CommandId(Uuid::from_slice(command).unwrap_or_default());
        let bad = |name| corrupt("command", &id, name);
        Ok(Done {
            id,
            digest: digest.try_into().map_err(|_| bad("request_digest"))?,
            first: u64::try_from(at.0).map_err(|_| bad("first_position"))?,
            last: u64::try_from(at.1).map_err(|_| bad("last_position"))?,
        })
    };
    Some(Commands {
        last: told.last().map(|it| it.0),
        rows: told.iter().zip(ids).map(done).collect(),
    })
}

fn done(row: &SqliteRow) -> Result<Done, StoreError> {
    let id = CommandId(id(row, 0, "command", &"a command", "command_id")?);
    let bad = |name| corrupt("command", &id, name);
    let digest: &[u8] = column(row, 1, "command", &id, "request_digest")?;
    let first: i64 = column(row, 2, "command", &id, "first_position")?;
    let last: i64 = column(row, 3, "command", &id, "last_position")?;
    Ok(Done {
        id,
        digest: digest.try_into().map_err(|_| bad("request_digest"))?,
        first: u64::try_from(first).map_err(|_| bad("first_position"))?,
        last: u64::try_from(last).map_err(|_| bad("last_position"))?,
    })
}
