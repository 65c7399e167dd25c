//! Registers as of a position, in SQLite's words.

/// The newest state begun by then; none if the thing was registered no more.
pub(in crate::view) const ONE: &str =
    "SELECT kind, key, owner, data, from_position, NULL AS to_position FROM (
         SELECT * FROM view_register
         WHERE kind = $2 AND key = $3 AND from_position <= $1
         ORDER BY from_position DESC LIMIT 1
     ) WHERE to_position IS NULL OR to_position > $1";

/// A page in the order of the table's key.
pub(in crate::view) const PAGE: &str =
    "SELECT kind, key, owner, data, from_position, NULL AS to_position
     FROM view_register
     WHERE kind = $2 AND key > coalesce($4, '')
       AND key >= coalesce($3, '') AND substr(key, 1, length(coalesce($3, ''))) = coalesce($3, '')
       AND from_position <= $1 AND (to_position IS NULL OR to_position > $1)
     ORDER BY key LIMIT $5";

/// The same of one owner. The index is named: of an owner's few rows and a whole kind, the engine
/// takes the kind.
pub(in crate::view) const PAGE_OF_OWNER: &str =
    "SELECT kind, key, owner, data, from_position, NULL AS to_position
     FROM view_register INDEXED BY view_register_owner
     WHERE kind = $2 AND owner = $6 AND key > coalesce($4, '')
       AND key >= coalesce($3, '') AND substr(key, 1, length(coalesce($3, ''))) = coalesce($3, '')
       AND from_position <= $1 AND (to_position IS NULL OR to_position > $1)
     ORDER BY key LIMIT $5";
