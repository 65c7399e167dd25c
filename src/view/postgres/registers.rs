//! Many states of registered things in one statement.

use crate::view::ViewError;
use crate::view::field::{Reading, Stored, engine, json};
use crate::view::write::held::{Key, Open, State};
use sqlx::PgConnection;

pub(in crate::view) const NUMBERS: &str =
    "SELECT certificate, number FROM view_certificate WHERE certificate = ANY ($1)";

/// The states that hold now, each with the place of its thing.
pub(in crate::view) async fn open(
    connection: &mut PgConnection,
    things: &[(&'static str, String)],
) -> Result<Vec<(usize, Open)>, ViewError> {
    let rows = sqlx::query(
        "SELECT wanted.place - 1 AS place, r.key, r.from_position, r.owner, r.data
         FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS wanted (kind, key, place)
         JOIN view_register r ON r.kind = wanted.kind AND r.key = wanted.key
             AND r.to_position IS NULL",
    )
    .bind(things.iter().map(|it| it.0).collect::<Vec<_>>())
    .bind(things.iter().map(|it| it.1.as_str()).collect::<Vec<_>>())
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
    connection: &mut PgConnection,
    ended: &[(Key, u64)],
) -> Result<(), ViewError> {
    let done = sqlx::query(
        "UPDATE view_register SET to_position = ended.till
         FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[])
             AS ended (kind, key, since, till)
         WHERE view_register.kind = ended.kind AND view_register.key = ended.key
           AND from_position = ended.since",
    )
    .bind(ended.iter().map(|(it, _)| it.0).collect::<Vec<_>>())
    .bind(
        ended
            .iter()
            .map(|(it, _)| it.1.as_str())
            .collect::<Vec<_>>(),
    )
    .bind(positions(ended.iter().map(|(it, _)| it.2)))
    .bind(positions(ended.iter().map(|(_, to)| *to)))
    .execute(connection)
    .await;
    done.map(drop).map_err(engine)
}

/// Takes out states that never held.
pub(in crate::view) async fn take_out(
    connection: &mut PgConnection,
    gone: &[Key],
) -> Result<(), ViewError> {
    let done = sqlx::query(
        "DELETE FROM view_register
         USING unnest($1::text[], $2::text[], $3::bigint[]) AS gone (kind, key, since)
         WHERE view_register.kind = gone.kind AND view_register.key = gone.key
           AND from_position = gone.since",
    )
    .bind(gone.iter().map(|it| it.0).collect::<Vec<_>>())
    .bind(gone.iter().map(|it| it.1.as_str()).collect::<Vec<_>>())
    .bind(positions(gone.iter().map(|it| it.2)))
    .execute(connection)
    .await;
    done.map(drop).map_err(engine)
}

/// Adds states.
pub(in crate::view) async fn begin(
    connection: &mut PgConnection,
    begun: &[State],
) -> Result<(), ViewError> {
    let data = begun.iter().map(|it| json("register", &it.open.data));
    let data: Vec<String> = data.collect::<Result<_, _>>()?;
    let till: Vec<Option<i64>> = begun
        .iter()
        .map(|it| it.to.and_then(|to| i64::try_from(to).ok()))
        .collect();
    let owners = begun.iter().map(|it| it.open.owner.as_str());
    let done = sqlx::query(
        "INSERT INTO view_register (kind, key, from_position, to_position, owner, data)
         SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::text[],
             $6::text[])",
    )
    .bind(begun.iter().map(|it| it.kind).collect::<Vec<_>>())
    .bind(begun.iter().map(|it| it.key.as_str()).collect::<Vec<_>>())
    .bind(positions(begun.iter().map(|it| it.open.from)))
    .bind(till)
    .bind(owners.collect::<Vec<_>>())
    .bind(data)
    .execute(connection)
    .await;
    done.map(drop).map_err(engine)
}

fn positions(of: impl Iterator<Item = u64>) -> Vec<i64> {
    of.map(|position| i64::try_from(position).unwrap_or(i64::MAX))
        .collect()
}
