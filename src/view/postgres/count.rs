//! Counts over registers, in PostgreSQL's words.

/// The awards of session `$2` that stand at position `$1`; of each, whether the holder was a
/// student on that day. Dates as ISO writes them compare as texts.
pub(in crate::view) const COUNTS: &str = "WITH award AS (
         SELECT (data::json -> 'level')::text AS level, (data::json -> 'route')::text AS route,
             data::json ->> 'worker' AS worker,
             (data::json ->> 'awarded_on') COLLATE \"C\" AS awarded_on
         FROM view_register
         WHERE kind = 'award' AND owner = $2 AND from_position <= $1
             AND (to_position IS NULL OR to_position > $1)
             AND data::json ->> 'standing' = 'stands'
     )
     SELECT level, route, count(*) AS awarded, count(*) FILTER (WHERE EXISTS (
         SELECT 1 FROM view_register study
         WHERE study.kind = 'study' AND study.owner = award.worker
             AND study.from_position <= $1
             AND (study.to_position IS NULL OR study.to_position > $1)
             AND ((study.data::json ->> 'graduation_year')::bigint
                     = substr(awarded_on, 1, 4)::bigint
                 OR study.data::json ->> 'from' <= awarded_on
                 AND coalesce(study.data::json ->> 'graduated_on' >= awarded_on, true))
     )) AS students
     FROM award GROUP BY level, route";
