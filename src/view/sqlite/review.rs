//! The certificates of a review (证书复查): those of a body, of some sessions or days of issue, that stood
//! at the position the review was ordered at.

use super::certificate::certificates;
use super::field::{Reading, integer};
use super::{SqliteViews, page};
use crate::domain::body::event::ReviewOf;
use crate::domain::ids::{BodyId, SessionId};
use crate::domain::number::CertificateNumber;
use crate::view::{AsOf, ViewError};
use jiff::civil::Date;
use sqlx::sqlite::SqliteRow;

const TABLE: &str = "view_certificate";

/// How many of a review's certificates stand, and how many ended since it was ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReviewCounts {
    /// Active or suspended.
    pub kept: u32,
    /// Ended or superseded since.
    pub ended: u32,
}

/// One certificate of a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewed {
    /// Its number.
    pub number: CertificateNumber,
    /// Its session.
    pub session: SessionId,
    /// 发证日期
    pub issued_on: Date,
    /// Its state now, as the certificate view names it.
    pub state: String,
    /// Since which day.
    pub since: Date,
    /// Whether it stands: active or suspended.
    pub stands: bool,
}

/// The sessions as a JSON list of upper-case hexadecimal ids, or the days of issue.
struct Chosen {
    sessions: Option<String>,
    from: Option<String>,
    to: Option<String>,
}

fn chosen(of: &ReviewOf) -> Chosen {
    match of {
        ReviewOf::Sessions { sessions } => {
            let ids = sessions.iter().map(|id| format!("\"{:X}\"", id.0.simple()));
            let ids: Vec<String> = ids.collect();
            Chosen {
                sessions: Some(format!("[{}]", ids.join(","))),
                from: None,
                to: None,
            }
        }
        ReviewOf::Issued { from, to } => Chosen {
            sessions: None,
            from: Some(from.to_string()),
            to: Some(to.to_string()),
        },
    }
}

impl SqliteViews {
    /// The counts of a review ordered at `ordered_at`; of those that stand now if it is not
    /// ordered yet.
    pub async fn review_counts(
        &self,
        body: BodyId,
        of: &ReviewOf,
        ordered_at: Option<u64>,
    ) -> Result<AsOf<ReviewCounts>, ViewError> {
        let chosen = chosen(of);
        let sql = certificates!(
            "count(*) FILTER (WHERE state IN ('active', 'suspended')) AS kept,
             count(*) FILTER (WHERE state NOT IN ('active', 'suspended')
                 AND last_position > $6) AS ended",
            "body = $2 AND position <= coalesce($6, position)
               AND ($3 IS NULL OR hex(session) IN (SELECT value FROM json_each($3)))
               AND ($4 IS NULL OR issued_on BETWEEN $4 AND $5)"
        );
        let id = body.0.as_bytes().to_vec();
        let values = |query: super::Asked<'static>| {
            let query = query.bind(id).bind(chosen.sessions).bind(chosen.from);
            query.bind(chosen.to).bind(ordered_at.map(integer))
        };
        let counted = self.one(sql, values, counts_row).await?;
        Ok(counted.map(|it| it.unwrap_or(ReviewCounts { kept: 0, ended: 0 })))
    }

    /// A page of a review's certificates by number, after `after`.
    pub async fn reviewed(
        &self,
        body: BodyId,
        of: &ReviewOf,
        ordered_at: u64,
        after: Option<&CertificateNumber>,
        limit: u32,
    ) -> Result<AsOf<Vec<Reviewed>>, ViewError> {
        let chosen = chosen(of);
        let sql = certificates!(
            "body = $2 AND position <= $6
               AND (state IN ('active', 'suspended') OR last_position > $6)
               AND ($3 IS NULL OR hex(session) IN (SELECT value FROM json_each($3)))
               AND ($4 IS NULL OR issued_on BETWEEN $4 AND $5)
               AND number > $7
             ORDER BY number LIMIT $8"
        );
        let id = body.0.as_bytes().to_vec();
        let after = after.map_or_else(String::new, |number| number.as_str().to_owned());
        let values = |query: super::Asked<'static>| {
            let query = query.bind(id).bind(chosen.sessions).bind(chosen.from);
            let query = query.bind(chosen.to).bind(integer(ordered_at));
            query.bind(after).bind(page(limit))
        };
        self.all(sql, values, reviewed_row).await
    }
}

fn counts_row(row: &SqliteRow) -> Result<ReviewCounts, ViewError> {
    let row = Reading::new(TABLE, "kept", row);
    let count = |column| {
        let number: u64 = row.number(column)?;
        Ok(u32::try_from(number).unwrap_or(u32::MAX))
    };
    Ok(ReviewCounts {
        kept: count("kept")?,
        ended: count("ended")?,
    })
}

fn reviewed_row(row: &SqliteRow) -> Result<Reviewed, ViewError> {
    let row = Reading::new(TABLE, "number", row);
    let state = row.text("state")?;
    Ok(Reviewed {
        number: row.word("number")?,
        session: SessionId(row.uuid("session")?),
        issued_on: row.word("issued_on")?,
        since: row.word("since")?,
        stands: state == "active" || state == "suspended",
        state,
    })
}
