//! Queries about sessions.

use super::field::{Reading, integer};
use super::{SqliteViews, page};
use crate::domain::ids::{BodyId, SessionId};
use crate::view::session::SessionRow;
use crate::view::{AsOf, ViewError};
use sqlx::sqlite::SqliteRow;

impl SqliteViews {
    /// A session.
    pub async fn session(&self, session: SessionId) -> Result<AsOf<Option<SessionRow>>, ViewError> {
        let query = sqlx::query("SELECT * FROM view_session WHERE session = $1")
            .bind(session.0.as_bytes().to_vec());
        self.one(query, session_row).await
    }

    /// The session of a body by the body's own number of it; the newest, if a number came twice.
    pub async fn session_by_code(
        &self,
        body: BodyId,
        code: &str,
    ) -> Result<AsOf<Option<SessionRow>>, ViewError> {
        let query = sqlx::query(
            "SELECT * FROM view_session WHERE body = $1 AND code = $2
             ORDER BY position DESC LIMIT 1",
        )
        .bind(body.0.as_bytes().to_vec())
        .bind(code.to_owned());
        self.one(query, session_row).await
    }

    /// A page of a body's sessions, oldest first, after the one opened at `after`.
    pub async fn sessions(
        &self,
        body: BodyId,
        after: u64,
        limit: u32,
    ) -> Result<AsOf<Vec<SessionRow>>, ViewError> {
        let query = sqlx::query(
            "SELECT * FROM view_session WHERE body = $1 AND position > $2
             ORDER BY position LIMIT $3",
        )
        .bind(body.0.as_bytes().to_vec())
        .bind(integer(after))
        .bind(page(limit));
        self.all(query, session_row).await
    }
}

fn session_row(row: &SqliteRow) -> Result<SessionRow, ViewError> {
    let row = Reading::new("view_session", "code", row);
    Ok(SessionRow {
        session: SessionId(row.uuid("session")?),
        body: BodyId(row.uuid("body")?),
        code: row.text("code")?,
        route: row.word("route")?,
        process: row.word("process")?,
        assessed: row.json("assessed")?,
        dual: row.number::<u8>("dual")? == 1,
        standard: row.json("standard")?,
        assessed_on: row.word("assessed_on")?,
        region: row.word("region")?,
        site: row.text("site")?,
        state: row.word("state")?,
        entered: row.number("entered")?,
        passed: row.number("passed")?,
        failed: row.number("failed")?,
        absent: row.number("absent")?,
        notice_from: row.word_or_null("notice_from")?,
        closes_on: row.word_or_null("closes_on")?,
        closed_on: row.word_or_null("closed_on")?,
        issued_on: row.word_or_null("issued_on")?,
        certificates: row.number("certificates")?,
        position: row.number("position")?,
        last_position: row.number("last_position")?,
    })
}
