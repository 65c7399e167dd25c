//! Queries about sessions. What never changes stands in the session's row; where it stood and how
//! many results it had at a position, in the registers.

use super::field::{Reading, integer};
use super::{SqliteViews, page};
use crate::domain::ids::{BodyId, SessionId};
use crate::view::session::SessionRow;
use crate::view::{AsOf, ViewError};
use sqlx::sqlite::SqliteRow;

/// Sessions as of position `$1`, and what is asked of them.
macro_rules! sessions {
    ($which:literal) => {
        concat!(
            "WITH known AS (
                 SELECT *, lower(substr(hex(session), 1, 8) || '-' || substr(hex(session), 9, 4)
                     || '-' || substr(hex(session), 13, 4) || '-' || substr(hex(session), 17, 4)
                     || '-' || substr(hex(session), 21)) AS key
                 FROM view_session WHERE position <= $1
             )
             SELECT s.session, s.body, s.code, s.route, s.process, s.assessed, s.dual,
                 s.standard, s.assessed_on, s.region, s.site, s.position,
                 json_extract(r.data, '$.state') AS state,
                 json_extract(r.data, '$.notice.from') AS notice_from,
                 json_extract(r.data, '$.notice.closes_on') AS closes_on,
                 json_extract(r.data, '$.closed.on') AS closed_on,
                 json_extract(r.data, '$.issued.on') AS issued_on,
                 coalesce(json_extract(r.data, '$.issued.count'), 0) AS certificates,
                 json_extract(n.data, '$.entered') AS entered,
                 json_extract(n.data, '$.passed') AS passed,
                 json_extract(n.data, '$.failed') AS failed,
                 json_extract(n.data, '$.absent') AS absent,
                 max(r.from_position, n.from_position) AS last_position
             FROM known s
             JOIN view_register r ON r.kind = 'session' AND r.key = s.key
                 AND r.from_position = (
                     SELECT from_position FROM view_register
                     WHERE kind = 'session' AND key = s.key AND from_position <= $1
                     ORDER BY from_position DESC LIMIT 1)
             JOIN view_register n ON n.kind = 'session-counts' AND n.key = s.key
                 AND n.from_position = (
                     SELECT from_position FROM view_register
                     WHERE kind = 'session-counts' AND key = s.key AND from_position <= $1
                     ORDER BY from_position DESC LIMIT 1)
             WHERE ",
            $which
        )
    };
}

impl SqliteViews {
    /// A session.
    pub async fn session(&self, session: SessionId) -> Result<AsOf<Option<SessionRow>>, ViewError> {
        let sql = sessions!("s.session = $2");
        self.one(
            sql,
            |query| query.bind(session.0.as_bytes().to_vec()),
            session_row,
        )
        .await
    }

    /// These sessions, as many as there are of them, in one round trip.
    pub async fn sessions_of(
        &self,
        sessions: &[SessionId],
    ) -> Result<AsOf<Vec<SessionRow>>, ViewError> {
        let ids: Vec<String> = sessions
            .iter()
            .map(|session| format!("\"{:X}\"", session.0.simple()))
            .collect();
        let ids = format!("[{}]", ids.join(","));
        let sql =
            sessions!("s.session IN (SELECT unhex(value) FROM json_each($2)) ORDER BY s.position");
        self.all(sql, |query| query.bind(ids), session_row).await
    }

    /// The session of a body by the body's own number of it; the newest, if a number came twice.
    pub async fn session_by_code(
        &self,
        body: BodyId,
        code: &str,
    ) -> Result<AsOf<Option<SessionRow>>, ViewError> {
        let sql = sessions!("s.body = $2 AND s.code = $3 ORDER BY s.position DESC LIMIT 1");
        self.one(
            sql,
            |query| query.bind(body.0.as_bytes().to_vec()).bind(code.to_owned()),
            session_row,
        )
        .await
    }

    /// A page of a body's sessions, oldest first, after the one opened at `after`.
    pub async fn sessions(
        &self,
        body: BodyId,
        after: u64,
        limit: u32,
    ) -> Result<AsOf<Vec<SessionRow>>, ViewError> {
        let sql = sessions!("s.body = $2 AND s.position > $3 ORDER BY s.position LIMIT $4");
        self.all(
            sql,
            |query| {
                query
                    .bind(body.0.as_bytes().to_vec())
                    .bind(integer(after))
                    .bind(page(limit))
            },
            session_row,
        )
        .await
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
