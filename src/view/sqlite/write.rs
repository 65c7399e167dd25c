//! What is written in SQLite's own words.

/// The next state of a session's counts, made from the one before.
pub(in crate::view) const COUNT_RESULT: &str =
    "INSERT INTO view_register (kind, key, from_position, to_position, owner, data)
     SELECT kind, key, $3, NULL, owner, json_set(data,
         '$.entered', json_extract(data, '$.entered') + $4,
         '$.passed', json_extract(data, '$.passed') + $5,
         '$.failed', json_extract(data, '$.failed') + $6,
         '$.absent', json_extract(data, '$.absent') + $7)
     FROM view_register WHERE kind = $1 AND key = $2
     ORDER BY from_position DESC LIMIT 1";

pub(in crate::view) const PASSPORT_OF_HOLDER: &str =
    "INSERT INTO view_passport (worker, position, kind, data)
     SELECT worker, $2, $3, json_set($4, '$.number', number)
     FROM view_certificate WHERE certificate = $1";

pub(in crate::view) const RETIRE_KEY: &str = "UPDATE view_key SET to_position = $3, retired_on = $4
     WHERE body IS $1 AND key_id = $2 AND to_position IS NULL";

/// A declaration of compromise that holds now and voids no less than from `$3` on.
pub(in crate::view) const WIDER: &str = "SELECT 1 FROM view_register
     WHERE kind = $1 AND key = $2 AND to_position IS NULL
       AND json_extract(data, '$.from_position') <= $3";
