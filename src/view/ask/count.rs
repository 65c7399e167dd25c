//! The levels of a session, counted by level and route in one query.

use crate::domain::ids::SessionId;
use crate::view::field::{Reading, Stored};
use crate::view::session::LevelCount;
use crate::view::sql::{both, values};
use crate::view::views::Views;
use crate::view::{AsOf, ViewError};
use std::cmp::Reverse;

impl Views {
    /// The levels that a session awarded and that stand, counted by level and route, the highest
    /// level first.
    pub async fn levels_of_session(
        &self,
        session: SessionId,
    ) -> Result<AsOf<Vec<LevelCount>>, ViewError> {
        let session = values![session.to_string()];
        let mut counts = self.all(both!(count::COUNTS), session, count).await?;
        counts
            .value
            .sort_by_key(|count| Reverse((count.level, count.route)));
        Ok(counts)
    }
}

fn count(row: &dyn Stored) -> Result<LevelCount, ViewError> {
    let row = Reading::new("view_register", "level", row);
    Ok(LevelCount {
        level: row.json("level")?,
        route: row.json("route")?,
        awarded: row.number("awarded")?,
        students: row.number("students")?,
    })
}
