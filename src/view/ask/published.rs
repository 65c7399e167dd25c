//! Queries about published lists. Each is kept in its newest form; which one was the newest at a
//! position, the register [`crate::view::published::REGISTER`] says, and its bytes stand in the
//! event of that position.

use crate::domain::ids::StreamId;
use crate::view::field::{Reading, Stored};
use crate::view::published::{PublishedKind, PublishedRow};
use crate::view::sql::{Sql, values};
use crate::view::views::Views;
use crate::view::{AsOf, ViewError};

/// What is asked for, where a past form of it is refused.
const DOCUMENTS: &str = "a signed list";

/// Most published lists of one answer.
const LISTS_MAX: usize = 20_000;

impl Views {
    /// The newest of one signed list; `list` is 0 for the trust list.
    pub async fn published(
        &self,
        kind: PublishedKind,
        owner: StreamId,
        list: u32,
    ) -> Result<AsOf<Option<PublishedRow>>, ViewError> {
        self.newest_only(DOCUMENTS)?;
        let sql = Sql::plain(
            "SELECT * FROM view_published
             WHERE position <= $1 AND kind = $2 AND owner = $3 AND list = $4",
        );
        let values = values![kind.name(), owner.to_string(), list];
        self.one(sql, values, published_row).await
    }

    /// The newest signed trust list.
    pub async fn trust_list(&self) -> Result<AsOf<Option<PublishedRow>>, ViewError> {
        self.newest_only(DOCUMENTS)?;
        let sql = Sql::plain(
            "SELECT * FROM view_published WHERE kind = 'trust-list' AND position <= $1
             ORDER BY position DESC LIMIT 1",
        );
        self.one(sql, Vec::new(), published_row).await
    }

    /// The newest of every body's signed lists of one kind, in order of owner and list.
    pub async fn published_lists(
        &self,
        kind: PublishedKind,
    ) -> Result<AsOf<Vec<PublishedRow>>, ViewError> {
        self.newest_only(DOCUMENTS)?;
        let sql = Sql::plain(
            "SELECT * FROM view_published WHERE position <= $1 AND kind = $2
             ORDER BY owner, list LIMIT $3",
        );
        let limit = i64::try_from(LISTS_MAX + 1).unwrap_or(i64::MAX);
        let values = values![kind.name(), limit];
        let lists = self.all(sql, values, published_row).await?;
        if lists.value.len() > LISTS_MAX {
            return Err(ViewError::TooMany(LISTS_MAX));
        }
        Ok(lists)
    }
}

fn published_row(row: &dyn Stored) -> Result<PublishedRow, ViewError> {
    let row = Reading::new("view_published", "position", row);
    Ok(PublishedRow {
        kind: row.word("kind")?,
        owner: row.stream("owner")?,
        list: row.number("list")?,
        position: row.number("position")?,
        as_of_position: row.number("as_of_position")?,
        digest: row.digest("digest")?,
        document: row.text("document")?,
    })
}
