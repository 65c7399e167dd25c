//! Registers written: the state before is closed where the next begins.

use crate::view::ViewError;
use crate::view::connection::Connection;
use crate::view::field::{Reading, Stored, json};
use crate::view::register::merge;
use crate::view::sql::{Sql, values};
use serde_json::Value;

/// The state that holds now: its first position, its owner, what it says.
struct Open {
    from: u64,
    owner: String,
    data: Value,
}

fn open_row(row: &dyn Stored) -> Result<Open, ViewError> {
    let row = Reading::new("view_register", "key", row);
    Ok(Open {
        from: row.number("from_position")?,
        owner: row.text("owner")?,
        data: row.json("data")?,
    })
}

/// Closes the state that holds now; a state that begins at this very position is taken out, for
/// it never held.
async fn close(
    connection: &mut Connection<'_>,
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
        let values = values![kind, key, position];
        connection.run(Sql::plain(statement), values).await?;
    }
    Ok(())
}

pub(super) async fn put(
    connection: &mut Connection<'_>,
    kind: &str,
    key: &str,
    owner: String,
    position: u64,
    data: &Value,
) -> Result<(), ViewError> {
    close(connection, kind, key, position).await?;
    let sql = Sql::plain(
        "INSERT INTO view_register (kind, key, from_position, to_position, owner, data)
         VALUES ($1, $2, $3, NULL, $4, $5)",
    );
    let values = values![kind, key, position, owner, json("register", data)?];
    connection.run(sql, values).await
}

pub(super) async fn patch(
    connection: &mut Connection<'_>,
    kind: &str,
    key: &str,
    position: u64,
    patch: Value,
) -> Result<(), ViewError> {
    let sql = Sql::plain(
        "SELECT * FROM view_register WHERE kind = $1 AND key = $2 AND to_position IS NULL",
    );
    let open = connection.one(sql, values![kind, key], open_row).await?;
    let Some(mut state) = open else {
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
    connection: &mut Connection<'_>,
    kind: &str,
    key: &str,
    position: u64,
) -> Result<(), ViewError> {
    close(connection, kind, key, position).await
}
