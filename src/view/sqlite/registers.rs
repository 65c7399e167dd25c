//! Registers written state by state: on SQLite a statement is no trip.

use crate::domain::ids::{CertificateId, SessionId};
use crate::view::ViewError;
use crate::view::connection::Connection;
use crate::view::field::{Reading, Stored, json};
use crate::view::session::COUNTS;
use crate::view::sql::{Sql, values};
use crate::view::write::registers::{Open, Registers};
use sqlx::SqliteConnection;

/// The next state of a session's counts, made from the one before.
const COUNT_RESULT: &str =
    "INSERT INTO view_register (kind, key, from_position, to_position, owner, data)
     SELECT kind, key, $3, NULL, owner, json_set(data,
         '$.entered', json_extract(data, '$.entered') + $4,
         '$.passed', json_extract(data, '$.passed') + $5,
         '$.failed', json_extract(data, '$.failed') + $6,
         '$.absent', json_extract(data, '$.absent') + $7)
     FROM view_register WHERE kind = $1 AND key = $2
     ORDER BY from_position DESC LIMIT 1";

const CLOSE: &str = "UPDATE view_register SET to_position = $3
     WHERE kind = $1 AND key = $2 AND to_position IS NULL";

impl Registers for SqliteConnection {
    async fn open(&mut self, kind: &'static str, key: &str) -> Result<Option<Open>, ViewError> {
        let sql = Sql::plain(
            "SELECT * FROM view_register WHERE kind = $1 AND key = $2 AND to_position IS NULL",
        );
        let mut connection = Connection::Sqlite(self);
        connection.one(sql, values![kind, key], open_row).await
    }

    async fn close(
        &mut self,
        kind: &'static str,
        key: &str,
        position: u64,
    ) -> Result<(), ViewError> {
        const TAKE_OUT: &str = "DELETE FROM view_register
             WHERE kind = $1 AND key = $2 AND to_position IS NULL AND from_position = $3";
        let mut connection = Connection::Sqlite(self);
        for statement in [TAKE_OUT, CLOSE] {
            let values = values![kind, key, position];
            connection.run(Sql::plain(statement), values).await?;
        }
        Ok(())
    }

    async fn begin(&mut self, kind: &'static str, key: &str, state: Open) -> Result<(), ViewError> {
        let sql = Sql::plain(
            "INSERT INTO view_register (kind, key, from_position, to_position, owner, data)
             VALUES ($1, $2, $3, NULL, $4, $5)",
        );
        let data = json("register", &state.data)?;
        let values = values![kind, key, state.from, state.owner, data];
        Connection::Sqlite(self).run(sql, values).await
    }

    async fn count(
        &mut self,
        session: SessionId,
        [entered, passed, failed, absent]: [i64; 4],
        position: u64,
    ) -> Result<(), ViewError> {
        let key = session.to_string();
        let mut connection = Connection::Sqlite(self);
        let values = values![COUNTS, key.as_str(), position];
        connection.run(Sql::plain(CLOSE), values).await?;
        let values = values![COUNTS, key, position, entered, passed, failed, absent];
        connection.run(Sql::plain(COUNT_RESULT), values).await
    }

    async fn number_of(&mut self, certificate: CertificateId) -> Result<Option<String>, ViewError> {
        let sql = Sql::plain("SELECT number FROM view_certificate WHERE certificate = $1");
        let mut connection = Connection::Sqlite(self);
        let number = connection.one(sql, values![certificate.0], |row| {
            Reading::new("view_certificate", "number", row).text("number")
        });
        number.await
    }
}

fn open_row(row: &dyn Stored) -> Result<Open, ViewError> {
    let row = Reading::new("view_register", "key", row);
    Ok(Open {
        from: row.number("from_position")?,
        owner: row.text("owner")?,
        data: row.json("data")?,
    })
}
