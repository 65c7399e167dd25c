//! Queries about published lists.

use super::SqliteViews;
use super::field::{Reading, engine};
use crate::domain::ids::StreamId;
use crate::view::published::{PublishedKind, PublishedRow};
use crate::view::{AsOf, ViewError};
use sqlx::sqlite::SqliteRow;

/// Most published lists of one answer.
const LISTS_MAX: usize = 20_000;

impl SqliteViews {
    /// The newest of one signed list; `list` is 0 for the trust list.
    pub async fn published(
        &self,
        kind: PublishedKind,
        owner: StreamId,
        list: u32,
    ) -> Result<AsOf<Option<PublishedRow>>, ViewError> {
        let query = sqlx::query(
            "SELECT * FROM view_published WHERE kind = $1 AND owner = $2 AND list = $3",
        )
        .bind(kind.name())
        .bind(owner.to_string())
        .bind(i64::from(list));
        self.one(query, published_row).await
    }

    /// The newest signed trust list.
    pub async fn trust_list(&self) -> Result<AsOf<Option<PublishedRow>>, ViewError> {
        let query = sqlx::query(
            "SELECT * FROM view_published WHERE kind = 'trust-list' ORDER BY position DESC LIMIT 1",
        );
        self.one(query, published_row).await
    }

    /// The newest of every body's signed lists of one kind, in order of owner and list.
    pub async fn published_lists(
        &self,
        kind: PublishedKind,
    ) -> Result<AsOf<Vec<PublishedRow>>, ViewError> {
        let (mut read, position) = self.at().await?;
        let rows = sqlx::query(
            "SELECT * FROM view_published WHERE kind = $1 ORDER BY owner, list LIMIT $2",
        )
        .bind(kind.name())
        .bind(i64::try_from(LISTS_MAX + 1).unwrap_or(i64::MAX))
        .fetch_all(&mut *read)
        .await
        .map_err(engine)?;
        if rows.len() > LISTS_MAX {
            return Err(ViewError::TooMany(LISTS_MAX));
        }
        let value = rows.iter().map(published_row).collect::<Result<_, _>>()?;
        Ok(AsOf { position, value })
    }
}

fn published_row(row: &SqliteRow) -> Result<PublishedRow, ViewError> {
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
