//! The levels of a session, counted by level and route in one query.

use super::SqliteViews;
use super::field::Reading;
use crate::domain::ids::SessionId;
use crate::view::session::LevelCount;
use crate::view::{AsOf, ViewError};
use sqlx::sqlite::SqliteRow;
use std::cmp::Reverse;

/// The awards of session `$2` that stand at position `$1`; of each, whether the holder was a
/// student on that day. The index is named, or the engine reads every award there is. Dates as ISO writes them compare as texts.
const COUNTS: &str = "WITH award AS (
         SELECT data -> '$.level' AS level, data -> '$.route' AS route,
             data ->> '$.worker' AS worker, data ->> '$.awarded_on' AS awarded_on
         FROM view_register INDEXED BY view_register_owner
         WHERE kind = 'award' AND owner = $2 AND from_position <= $1
             AND (to_position IS NULL OR to_position > $1)
             AND data ->> '$.standing' = 'stands'
     )
     SELECT level, route, count(*) AS awarded, sum(EXISTS (
         SELECT 1 FROM view_register study INDEXED BY view_register_owner
         WHERE study.kind = 'study' AND study.owner = award.worker
             AND study.from_position <= $1
             AND (study.to_position IS NULL OR study.to_position > $1)
             AND (study.data ->> '$.graduation_year' = CAST(substr(awarded_on, 1, 4) AS INTEGER)
                 OR study.data ->> '$.from' <= awarded_on
                 AND coalesce(study.data ->> '$.graduated_on' >= awarded_on, 1))
     )) AS students
     FROM award GROUP BY level, route";

impl SqliteViews {
    /// The levels that a session awarded and that stand, counted by level and route, the highest
    /// level first.
    pub async fn levels_of_session(
        &self,
        session: SessionId,
    ) -> Result<AsOf<Vec<LevelCount>>, ViewError> {
        let session = session.to_string();
        let mut counts = self.all(COUNTS, |query| query.bind(session), count).await?;
        counts
            .value
            .sort_by_key(|count| Reverse((count.level, count.route)));
        Ok(counts)
    }
}

fn count(row: &SqliteRow) -> Result<LevelCount, ViewError> {
    let row = Reading::new("view_register", "level", row);
    Ok(LevelCount {
        level: row.json("level")?,
        route: row.json("route")?,
        awarded: row.number("awarded")?,
        students: row.number("students")?,
    })
}
