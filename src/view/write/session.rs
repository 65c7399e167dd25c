//! Sessions: where they stand, and the counts of their candidates at every position.

use super::{Statement, insert, plain};
use crate::domain::ids::SessionId;
use crate::domain::score::Verdict;
use crate::view::ViewError;
use crate::view::change::SessionMove;
use crate::view::field::{json, word, word_or_null};
use crate::view::session::SessionRow;
use crate::view::sql::values;
use uuid::Uuid;

pub(super) fn put_session(row: SessionRow) -> Result<Statement, ViewError> {
    Ok(insert(
        "view_session (session, body, code, route, process, occupation, assessed,
             dual, standard, assessed_on, region, site, state, entered, passed, failed, absent,
             notice_from, closes_on, closed_on, issued_on, certificates, position, last_position)",
        values![
            row.session.0,
            row.body.0,
            row.code,
            word("route", &row.route)?,
            word("process", &row.process)?,
            row.assessed.occupation().map(|it| it.to_string()),
            json("assessed", &row.assessed)?,
            i64::from(row.dual),
            json("standard", &row.standard)?,
            row.assessed_on.to_string(),
            row.region.to_string(),
            row.site,
            word("session state", &row.state)?,
            row.entered,
            row.passed,
            row.failed,
            row.absent,
            word_or_null("date", &row.notice_from)?,
            word_or_null("date", &row.closes_on)?,
            word_or_null("date", &row.closed_on)?,
            word_or_null("date", &row.issued_on)?,
            row.certificates,
            row.position,
            row.last_position
        ],
    ))
}

/// A session's new standing.
fn stands(session: Uuid, position: u64, state: &'static str) -> Statement {
    plain(
        "UPDATE view_session SET state = $3, last_position = $2 WHERE session = $1",
        values![session, position, state],
    )
}

pub(super) fn move_session(
    session: SessionId,
    position: u64,
    to: SessionMove,
) -> Result<Statement, ViewError> {
    let session = session.0;
    Ok(match to {
        SessionMove::Confirmed => plain(
            "UPDATE view_session SET state = 'confirmed', last_position = $2 WHERE session = $1",
            values![session, position],
        ),
        SessionMove::Reopened => stands(session, position, "open"),
        SessionMove::Submitted => stands(session, position, "submitted"),
        SessionMove::Returned => stands(session, position, "returned"),
        SessionMove::Audited => stands(session, position, "audited"),
        SessionMove::Notice { from, closes_on } => plain(
            "UPDATE view_session SET state = 'notice', last_position = $2, notice_from = $3,
                 closes_on = $4
             WHERE session = $1",
            values![session, position, from.to_string(), closes_on.to_string()],
        ),
        SessionMove::Closed { on } => plain(
            "UPDATE view_session SET state = 'closed', last_position = $2, closed_on = $3
             WHERE session = $1",
            values![session, position, on.to_string()],
        ),
        SessionMove::Issued { on, count } => plain(
            "UPDATE view_session SET state = 'issued', last_position = $2, issued_on = $3,
                 certificates = $4
             WHERE session = $1",
            values![session, position, on.to_string(), count],
        ),
    })
}

/// What one result adds to the counts of entered, passed, failed and absent, in place of what it
/// was before.
pub(in crate::view) fn added(was: Option<Verdict>, now: Option<Verdict>) -> [i64; 4] {
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

/// What results add to the counts in a session's row.
pub(in crate::view) const COUNT: &str =
    "UPDATE view_session SET entered = entered + $2, passed = passed + $3,
         failed = failed + $4, absent = absent + $5, last_position = $6
     WHERE session = $1";

/// The counts in the session's row; the register has them by position.
pub(super) fn count_result(
    session: SessionId,
    was: Option<Verdict>,
    now: Option<Verdict>,
    position: u64,
) -> Statement {
    let [entered, passed, failed, absent] = added(was, now);
    plain(
        COUNT,
        values![session.0, entered, passed, failed, absent, position],
    )
}
