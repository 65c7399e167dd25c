//! Counts over registers, in SQLite's words.

/// The awards of session `$2` that stand at position `$1`; of each, whether the holder was a
/// student on that day. The index is named, or the engine reads every award there is. Dates as
/// ISO writes them compare as texts.
pub(in crate::view) const COUNTS: &str = "WITH award AS (
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
