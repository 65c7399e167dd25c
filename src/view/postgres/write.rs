//! What is written in PostgreSQL's own words. JSON is kept as text, the same bytes as on SQLite:
//! it is put together as text, for `json` and `jsonb` print it otherwise.

/// What is told of a certificate is never empty: its number is the last member.
pub(in crate::view) const PASSPORT_OF_HOLDER: &str =
    "INSERT INTO view_passport (worker, position, kind, data)
     SELECT worker, $2, $3, left($4, -1) || ',\"number\":' || to_json(number)::text || '}'
     FROM view_certificate WHERE certificate = $1";

pub(in crate::view) const RETIRE_KEY: &str = "UPDATE view_key SET to_position = $3, retired_on = $4
     WHERE body IS NOT DISTINCT FROM $1 AND key_id = $2 AND to_position IS NULL";
