//! Queries about sessions. What never changes stands in the session's row; where it stood and how
//! many results it had at a position, in the registers.

use crate::domain::ids::{BodyId, SessionId};
use crate::view::field::{Reading, Stored};
use crate::view::session::SessionRow;
use crate::view::sql::{both, values};
use crate::view::views::{Views, page};
use crate::view::{AsOf, ViewError};
use uuid::Uuid;

impl Views {
    /// A session.
    pub async fn session(&self, session: SessionId) -> Result<AsOf<Option<SessionRow>>, ViewError> {
        self.one(both!(session::ONE), values![session.0], session_row)
            .await
    }

    /// These sessions, as many as there are of them, in one round trip.
    pub async fn sessions_of(
        &self,
        sessions: &[SessionId],
    ) -> Result<AsOf<Vec<SessionRow>>, ViewError> {
        let ids: Vec<Uuid> = sessions.iter().map(|session| session.0).collect();
        self.all(both!(session::THESE), values![Some(ids)], session_row)
            .await
    }

    /// The session of a body by the body's own number of it; the newest, if a number came twice.
    pub async fn session_by_code(
        &self,
        body: BodyId,
        code: &str,
    ) -> Result<AsOf<Option<SessionRow>>, ViewError> {
        self.one(both!(session::BY_CODE), values![body.0, code], session_row)
            .await
    }

    /// A page of a body's sessions, oldest first, after the one opened at `after`.
    pub async fn sessions(
        &self,
        body: BodyId,
        after: u64,
        limit: u32,
    ) -> Result<AsOf<Vec<SessionRow>>, ViewError> {
        let values = values![body.0, after, page(limit)];
        self.all(both!(session::PAGE), values, session_row).await
    }
}

fn session_row(row: &dyn Stored) -> Result<SessionRow, ViewError> {
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
