//! What is written in PostgreSQL's own words. JSON is kept as text, the same bytes as on SQLite:
//! it is put together as text, for `json` and `jsonb` print it otherwise.

/// The next state of a session's counts, made from the one before.
pub(in crate::view) const COUNT_RESULT: &str =
    "INSERT INTO view_register (kind, key, from_position, to_position, owner, data)
     SELECT kind, key, $3, NULL, owner, format(
         '{\"absent\":%s,\"entered\":%s,\"failed\":%s,\"passed\":%s}',
         count.absent + $7, count.entered + $4, count.failed + $6, count.passed + $5)
     FROM view_register
     CROSS JOIN LATERAL json_to_record(data::json) AS count (entered bigint, passed bigint,
         failed bigint, absent bigint)
     WHERE kind = $1 AND key = $2
     ORDER BY from_position DESC LIMIT 1";

/// What is told of a certificate is never empty: its number is the last member.
pub(in crate::view) const PASSPORT_OF_HOLDER: &str =
    "INSERT INTO view_passport (worker, position, kind, data)
     SELECT worker, $2, $3, left($4, -1) || ',\"number\":' || to_json(number)::text || '}'
     FROM view_certificate WHERE certificate = $1";

pub(in crate::view) const RETIRE_KEY: &str = "UPDATE view_key SET to_position = $3, retired_on = $4
     WHERE body IS NOT DISTINCT FROM $1 AND key_id = $2 AND to_position IS NULL";

/// A declaration of compromise that holds now and voids no less than from `$3` on.
pub(in crate::view) const WIDER: &str = "SELECT 1 FROM view_register
     WHERE kind = $1 AND key = $2 AND to_position IS NULL
       AND (data::json ->> 'from_position')::bigint <= $3";
