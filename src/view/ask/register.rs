//! Queries about registers, which answer as of any position.

use crate::view::field::{Reading, Stored};
use crate::view::register::RegisterRow;
use crate::view::sql::{Sql, both, values};
use crate::view::views::{Views, page};
use crate::view::{AsOf, ViewError};

const TABLE: &str = "view_register";

/// Which states of a register to read.
#[derive(Clone, Debug, Default)]
pub struct RegisterPage<'a> {
    /// Whose; any if none is named.
    pub owner: Option<&'a str>,
    /// Only keys that begin with this.
    pub prefix: Option<&'a str>,
    /// As of which position; now if none is named.
    pub at: Option<u64>,
    /// The last key of the page before.
    pub after: Option<&'a str>,
    /// Most rows.
    pub limit: u32,
}

impl Views {
    /// One thing as of a position, or now. Refused for a position the views have not reached.
    pub async fn register(
        &self,
        kind: &str,
        key: &str,
        at: Option<u64>,
    ) -> Result<AsOf<Option<RegisterRow>>, ViewError> {
        self.as_of(at)
            .one(both!(register::ONE), values![kind, key], register_row)
            .await
    }

    /// A page of a register as of a position, or now, in the order of its keys.
    pub async fn register_page(
        &self,
        kind: &str,
        page_of: RegisterPage<'_>,
    ) -> Result<AsOf<Vec<RegisterRow>>, ViewError> {
        let limit = page(page_of.limit);
        let mut values = values![kind, page_of.prefix, page_of.after, limit];
        let sql = match page_of.owner {
            None => both!(register::PAGE),
            Some(owner) => {
                values.push(owner.into());
                both!(register::PAGE_OF_OWNER)
            }
        };
        self.as_of(page_of.at).all(sql, values, register_row).await
    }

    /// Every state one thing has had, oldest first, at most a page of them. As of a past position
    /// the last of them has no end yet.
    pub async fn register_history(
        &self,
        kind: &str,
        key: &str,
    ) -> Result<AsOf<Vec<RegisterRow>>, ViewError> {
        let sql = Sql::plain(
            "SELECT kind, key, owner, data, from_position,
                 CASE WHEN to_position <= $1 THEN to_position END AS to_position
             FROM view_register WHERE kind = $2 AND key = $3 AND from_position <= $1
             ORDER BY from_position LIMIT $4",
        );
        let values = values![kind, key, page(crate::view::PAGE_MAX)];
        self.all(sql, values, register_row).await
    }
}

fn register_row(row: &dyn Stored) -> Result<RegisterRow, ViewError> {
    let row = Reading::new(TABLE, "key", row);
    Ok(RegisterRow {
        kind: row.text("kind")?,
        key: row.text("key")?,
        owner: row.text("owner")?,
        from_position: row.number("from_position")?,
        to_position: row.number_or_null("to_position")?,
        data: row.json("data")?,
    })
}
