//! Sessions: where they stand, and the counts of their candidates at every position.

use super::Statement;
use crate::domain::ids::SessionId;
use crate::domain::score::Verdict;
use crate::view::ViewError;
use crate::view::change::SessionMove;
use crate::view::session::{COUNTS, SessionRow};
use crate::view::sqlite::field::{integer, json, word, word_or_null};

pub(super) fn put_session(row: SessionRow) -> Result<Statement, ViewError> {
    Ok(sqlx::query(
        "INSERT INTO view_session (session, body, code, route, process, occupation, assessed,
             dual, standard, assessed_on, region, site, state, entered, passed, failed, absent,
             notice_from, closes_on, closed_on, issued_on, certificates, position, last_position)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
             $18, $19, $20, $21, $22, $23, $24)",
    )
    .bind(row.session.0.as_bytes().to_vec())
    .bind(row.body.0.as_bytes().to_vec())
    .bind(row.code)
    .bind(word("route", &row.route)?)
    .bind(word("process", &row.process)?)
    .bind(row.assessed.occupation().map(|it| it.to_string()))
    .bind(json("assessed", &row.assessed)?)
    .bind(i64::from(row.dual))
    .bind(json("standard", &row.standard)?)
    .bind(row.assessed_on.to_string())
    .bind(row.region.to_string())
    .bind(row.site)
    .bind(word("session state", &row.state)?)
    .bind(i64::from(row.entered))
    .bind(i64::from(row.passed))
    .bind(i64::from(row.failed))
    .bind(i64::from(row.absent))
    .bind(word_or_null("date", &row.notice_from)?)
    .bind(word_or_null("date", &row.closes_on)?)
    .bind(word_or_null("date", &row.closed_on)?)
    .bind(word_or_null("date", &row.issued_on)?)
    .bind(i64::from(row.certificates))
    .bind(integer(row.position))
    .bind(integer(row.last_position)))
}

/// A session's new standing.
fn stands(session: Vec<u8>, position: i64, state: &'static str) -> Statement {
    sqlx::query("UPDATE view_session SET state = $3, last_position = $2 WHERE session = $1")
        .bind(session)
        .bind(position)
        .bind(state)
}

pub(super) fn move_session(
    session: SessionId,
    position: u64,
    to: SessionMove,
) -> Result<Statement, ViewError> {
    let session = session.0.as_bytes().to_vec();
    let position = integer(position);
    Ok(match to {
        SessionMove::Confirmed => sqlx::query(
            "UPDATE view_session SET state = 'confirmed', last_position = $2 WHERE session = $1",
        )
        .bind(session)
        .bind(position),
        SessionMove::Reopened => stands(session, position, "open"),
        SessionMove::Submitted => stands(session, position, "submitted"),
        SessionMove::Returned => stands(session, position, "returned"),
        SessionMove::Audited => stands(session, position, "audited"),
        SessionMove::Notice { from, closes_on } => sqlx::query(
            "UPDATE view_session SET state = 'notice', last_position = $2, notice_from = $3,
                 closes_on = $4
             WHERE session = $1",
        )
        .bind(session)
        .bind(position)
        .bind(from.to_string())
        .bind(closes_on.to_string()),
        SessionMove::Closed { on } => sqlx::query(
            "UPDATE view_session SET state = 'closed', last_position = $2, closed_on = $3
             WHERE session = $1",
        )
        .bind(session)
        .bind(position)
        .bind(on.to_string()),
        SessionMove::Issued { on, count } => sqlx::query(
            "UPDATE view_session SET state = 'issued', last_position = $2, issued_on = $3,
                 certificates = $4
             WHERE session = $1",
        )
        .bind(session)
        .bind(position)
        .bind(on.to_string())
        .bind(i64::from(count)),
    })
}

/// What one result adds to the counts of entered, passed, failed and absent, in place of what it
/// was before.
fn added(was: Option<Verdict>, now: Option<Verdict>) -> [i64; 4] {
    let count = |of: Option<Verdict>| {
        [
            i64::from(of.is_some()),
            i64::from(of == Some(Verdict::Passed)),
            i64::from(of == Some(Verdict::Failed)),
            i64::from(of == Some(Verdict::Absent)),
        ]
    };
    let (was, now) = (count(was), count(now));
    std::array::from_fn(|nth| now[nth] - was[nth])
}

/// The counts in the session's row, and their new state in the register: the state before ends,
/// and the next is made from it.
pub(super) fn count_result(
    session: SessionId,
    was: Option<Verdict>,
    now: Option<Verdict>,
    position: u64,
) -> [Statement; 3] {
    let [entered, passed, failed, absent] = added(was, now);
    let row = sqlx::query(
        "UPDATE view_session SET entered = entered + $2, passed = passed + $3,
             failed = failed + $4, absent = absent + $5, last_position = $6
         WHERE session = $1",
    )
    .bind(session.0.as_bytes().to_vec())
    .bind(entered)
    .bind(passed)
    .bind(failed)
    .bind(absent)
    .bind(integer(position));
    let close = sqlx::query(
        "UPDATE view_register SET to_position = $3
         WHERE kind = $1 AND key = $2 AND to_position IS NULL",
    )
    .bind(COUNTS)
    .bind(session.to_string())
    .bind(integer(position));
    let open = sqlx::query(
        "INSERT INTO view_register (kind, key, from_position, to_position, owner, data)
         SELECT kind, key, $3, NULL, owner, json_set(data,
             '$.entered', json_extract(data, '$.entered') + $4,
             '$.passed', json_extract(data, '$.passed') + $5,
             '$.failed', json_extract(data, '$.failed') + $6,
             '$.absent', json_extract(data, '$.absent') + $7)
         FROM view_register WHERE kind = $1 AND key = $2
         ORDER BY from_position DESC LIMIT 1",
    )
    .bind(COUNTS)
    .bind(session.to_string())
    .bind(integer(position))
    .bind(entered)
    .bind(passed)
    .bind(failed)
    .bind(absent);
    [row, close, open]
}
