//! What is written in SQLite's own words.

pub(in crate::view) const PASSPORT_OF_HOLDER: &str =
    "INSERT INTO view_passport (worker, position, kind, data)
     SELECT worker, $2, $3, json_set($4, '$.number', number)
     FROM view_certificate WHERE certificate = $1";

pub(in crate::view) const RETIRE_KEY: &str = "UPDATE view_key SET to_position = $3, retired_on = $4
     WHERE body IS $1 AND key_id = $2 AND to_position IS NULL";
