//! The certificates of a review (证书复查): those of a body, of some sessions or days of issue, that stood
//! at the position the review was ordered at.

use crate::domain::body::event::ReviewOf;
use crate::domain::ids::{BodyId, SessionId};
use crate::domain::number::CertificateNumber;
use crate::view::field::{Reading, Stored};
use crate::view::sql::{both, values};
use crate::view::views::{Views, page};
use crate::view::{AsOf, ViewError};
use jiff::civil::Date;
use uuid::Uuid;

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

/// The sessions, or the days of issue.
struct Chosen {
    sessions: Option<Vec<Uuid>>,
    from: Option<String>,
    to: Option<String>,
}

fn chosen(of: &ReviewOf) -> Chosen {
    match of {
        ReviewOf::Sessions { sessions } => Chosen {
            sessions: Some(sessions.iter().map(|session| session.0).collect()),
            from: None,
            to: None,
        },
        ReviewOf::Issued { from, to } => Chosen {
            sessions: None,
            from: Some(from.to_string()),
            to: Some(to.to_string()),
        },
    }
}

impl Views {
    /// The counts of a review ordered at `ordered_at`; of those that stand now if it is not
    /// ordered yet.
    pub async fn review_counts(
        &self,
        body: BodyId,
        of: &ReviewOf,
        ordered_at: Option<u64>,
    ) -> Result<AsOf<ReviewCounts>, ViewError> {
        let of = chosen(of);
        let values = values![body.0, of.sessions, of.from, of.to, ordered_at];
        let counted = self.one(both!(review::COUNTS), values, counts_row).await?;
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
        let of = chosen(of);
        let after = after.map_or("", |number| number.as_str());
        let values = values![
            body.0,
            of.sessions,
            of.from,
            of.to,
            ordered_at,
            after,
            page(limit)
        ];
        self.all(both!(review::PAGE), values, reviewed_row).await
    }
}

fn counts_row(row: &dyn Stored) -> Result<ReviewCounts, ViewError> {
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

fn reviewed_row(row: &dyn Stored) -> Result<Reviewed, ViewError> {
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
