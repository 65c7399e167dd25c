//! The certificates of a review, in SQLite's words.

use super::certificate::certificates;

/// How many of `$2`'s certificates, as of the order at `$6`, stand and ended.
pub(in crate::view) const COUNTS: &str = certificates!(
    "count(*) FILTER (WHERE state IN ('active', 'suspended')) AS kept,
     count(*) FILTER (WHERE state NOT IN ('active', 'suspended')
         AND last_position > $6) AS ended",
    "body = $2 AND position <= coalesce($6, position)
       AND ($3 IS NULL OR hex(session) IN (SELECT value FROM json_each($3)))
       AND ($4 IS NULL OR issued_on BETWEEN $4 AND $5)"
);

/// A page of them.
pub(in crate::view) const PAGE: &str = certificates!(
    "body = $2 AND position <= $6
       AND (state IN ('active', 'suspended') OR last_position > $6)
       AND ($3 IS NULL OR hex(session) IN (SELECT value FROM json_each($3)))
       AND ($4 IS NULL OR issued_on BETWEEN $4 AND $5)
       AND number > $7
     ORDER BY number LIMIT $8"
);
