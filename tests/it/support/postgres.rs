//! A database of its own for each test, on the server that `SKILL_LEDGER_POSTGRES` names.
//! `tests/run` starts a private one; without it, what needs a server is left out and says so.

use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// The variable that names the server: `postgres://USER@HOST/postgres?…`.
const SERVER: &str = "SKILL_LEDGER_POSTGRES";

/// The address of a new, empty database; `None`, with a word on stderr, if there is no server.
pub async fn fresh_database() -> Option<String> {
    let Ok(server) = std::env::var(SERVER) else {
        let test = std::thread::current();
        let name = test.name().unwrap_or("a test").to_owned();
        eprintln!("left out: {name} needs a PostgreSQL server named by {SERVER}");
        return None;
    };
    let name = format!("t{:032x}", rand::random::<u128>());
    let mut connection = PgConnection::connect(&server).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name}")))
        .execute(&mut connection)
        .await
        .unwrap();
    Some(server.replacen("/postgres?", &format!("/{name}?"), 1))
}
