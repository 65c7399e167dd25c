//! Shadows on SQLite: temporary tables of the same names on a connection of their own. There an
//! unqualified name means the shadow, `main.` the table in use.

use crate::view::ViewError;
use crate::view::field::engine;
use crate::view::shadow::Cells;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqliteRow};
use sqlx::{AssertSqlSafe, Column as _, ConnectOptions as _, Row as _, SqliteConnection};
use std::sync::Arc;

/// The migrations that make view tables.
pub(super) const SCHEMA: &[&str] = &[
    include_str!("../../../migrations/sqlite/0010_view_position.sql"),
    include_str!("../../../migrations/sqlite/0011_view_body.sql"),
    include_str!("../../../migrations/sqlite/0018_view_session.sql"),
    include_str!("../../../migrations/sqlite/0013_view_certificate.sql"),
    include_str!("../../../migrations/sqlite/0014_view_passport.sql"),
    include_str!("../../../migrations/sqlite/0015_view_proposal.sql"),
    include_str!("../../../migrations/sqlite/0016_view_register.sql"),
    include_str!("../../../migrations/sqlite/0017_view_certificate.sql"),
    include_str!("../../../migrations/sqlite/0019_view_scope.sql"),
    include_str!("../../../migrations/sqlite/0020_view_published.sql"),
];

/// A connection to the file of `pool`, with empty shadows.
pub(in crate::view) async fn open(
    pool: &SqlitePool,
    writable: bool,
) -> Result<SqliteConnection, ViewError> {
    let options: Arc<SqliteConnectOptions> = pool.connect_options();
    let options = options.as_ref().clone().read_only(!writable);
    // Beside each other: the tables in use, and the shadows, which have a cache of their own.
    let options = options.pragma("temp.cache_size", "-65536");
    let mut connection = options.connect().await.map_err(engine)?;
    for schema in SCHEMA {
        let temporary = for_connection(schema, "TEMP");
        sqlx::raw_sql(AssertSqlSafe(temporary))
            .execute(&mut connection)
            .await
            .map_err(engine)?;
    }
    Ok(connection)
}

/// The schema of a migration for tables that are not there yet: `TEMP` ones, or plain.
pub(super) fn for_connection(schema: &str, kind: &str) -> String {
    let of = if kind.is_empty() { "" } else { "temp." };
    schema
        .replace(
            "DROP TABLE view_",
            &format!("DROP TABLE IF EXISTS {of}view_"),
        )
        .replace("CREATE TABLE view_", &format!("CREATE {kind} TABLE view_"))
        .replace("CREATE INDEX view_", &format!("CREATE INDEX {of}view_"))
        .replace(
            "CREATE UNIQUE INDEX view_",
            &format!("CREATE UNIQUE INDEX {of}view_"),
        )
}

/// The bytes of every column, whatever its type.
pub(in crate::view) fn cells(row: &SqliteRow) -> Cells {
    let columns = row.columns().iter();
    columns
        .map(|column| {
            let bytes = row.try_get_unchecked(column.ordinal()).unwrap_or_default();
            (column.name().to_owned(), bytes)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// The tables and indexes of views by name, with their definitions.
    async fn defined(
        connection: &mut SqliteConnection,
        catalogue: &str,
    ) -> BTreeMap<String, String> {
        let ask = format!("SELECT name, sql FROM {catalogue} WHERE tbl_name LIKE 'view_%'");
        let rows = sqlx::query_as::<_, (String, Option<String>)>(AssertSqlSafe(ask));
        let rows = rows.fetch_all(connection).await.unwrap();
        let plain = |sql: Option<String>| sql.unwrap_or_default().replace("TEMP TABLE", "TABLE");
        rows.into_iter()
            .map(|(name, sql)| (name, plain(sql).replace("temp.", "")))
            .collect()
    }

    /// No migration of views was forgotten in [`SCHEMA`], and none stands there in a wrong order.
    #[tokio::test]
    async fn shadows_are_what_all_migrations_make() {
        let folder = tempfile::tempdir().unwrap();
        let file = SqliteConnectOptions::new().filename(folder.path().join("views.db"));
        let pool = SqlitePool::connect_with(file.create_if_missing(true))
            .await
            .unwrap();
        sqlx::migrate!("migrations/sqlite")
            .run(&pool)
            .await
            .unwrap();
        let mut connection = open(&pool, true).await.unwrap();
        let in_use = defined(&mut connection, "main.sqlite_schema").await;
        let shadows = defined(&mut connection, "temp.sqlite_schema").await;
        assert!(in_use.len() > 10, "{in_use:?}");
        assert_eq!(shadows, in_use);
    }
}
