//! Many states of registered things in one statement, given as one JSON list of rows.

use crate::view::ViewError;
use crate::view::field::{Reading, Stored, engine, json};
use crate::view::write::held::{Key, Open, State};
use serde::Serialize;
use sqlx::SqliteConnection;

pub(in crate::view) const NUMBERS: &str = "SELECT certificate, number FROM json_each($1) AS wanted
     CROSS JOIN view_certificate ON certificate = unhex(wanted.value)";

/// The states that hold now, each with the place of its thing.
pub(in crate::view) async fn open(
    connection: &mut SqliteConnection,
    things: &[(&'static str, String)],
) -> Result<Vec<(usize, Open)>, ViewError> {
    let rows = sqlx::query(
        "SELECT wanted.key AS place, r.key, r.from_position, r.owner, r.data
         FROM json_each($1) AS wanted
         CROSS JOIN view_register r ON r.kind = wanted.value ->> 0 AND r.key = wanted.value ->> 1
             AND r.to_position IS NULL",
    )
    .bind(json("things", &things)?)
    .fetch_all(connection)
    .await
    .map_err(engine)?;
    rows.iter().map(|row| open_row(row)).collect()
}

fn open_row(row: &dyn Stored) -> Result<(usize, Open), ViewError> {
    let row = Reading::new("view_register", "key", row);
    let open = Open {
        from: row.number("from_position")?,
        owner: row.text("owner")?,
        data: row.json("data")?,
    };
    Ok((row.number("place")?, open))
}

/// Ends states at positions.
pub(in crate::view) async fn end(
    connection: &mut SqliteConnection,
    ended: &[(Key, u64)],
) -> Result<(), ViewError> {
    const END: &str = "UPDATE view_register SET to_position = ended.value ->> 1
         FROM json_each($1) AS ended
         WHERE kind = ended.value ->> '$[0][0]' AND view_register.key = ended.value ->> '$[0][1]'
           AND from_position = ended.value ->> '$[0][2]'";
    run(connection, END, &ended).await
}

/// Takes out states that never held.
pub(in crate::view) async fn take_out(
    connection: &mut SqliteConnection,
    gone: &[Key],
) -> Result<(), ViewError> {
    const TAKE_OUT: &str = "DELETE FROM view_register WHERE (kind, key, from_position) IN
         (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each($1))";
    run(connection, TAKE_OUT, &gone).await
}

/// Adds states.
pub(in crate::view) async fn begin(
    connection: &mut SqliteConnection,
    begun: &[State],
) -> Result<(), ViewError> {
    const BEGIN: &str =
        "INSERT INTO view_register (kind, key, from_position, to_position, owner, data)
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5
         FROM json_each($1)";
    let rows = begun.iter().map(|it| {
        let data = json("register", &it.open.data)?;
        let open = &it.open;
        Ok((it.kind, &it.key, open.from, it.to, &open.owner, data))
    });
    let rows: Vec<_> = rows.collect::<Result<_, ViewError>>()?;
    run(connection, BEGIN, &rows).await
}

async fn run(
    connection: &mut SqliteConnection,
    sql: &'static str,
    rows: &impl Serialize,
) -> Result<(), ViewError> {
    let done = sqlx::query(sql)
        .bind(json("states", rows)?)
        .execute(connection)
        .await;
    done.map(drop).map_err(engine)
}
