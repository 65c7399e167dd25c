//! Certificates as of a position, in SQLite's words.

/// Certificates as of position `$1`, and what is asked of them. What never changes stands in the
/// certificate's row; what it was worth at a position, in the register. The order of the join is
/// said (`CROSS JOIN`), or the engine begins with every state of every certificate.
macro_rules! certificates {
    ($which:literal) => {
        certificates!("*", $which)
    };
    ($what:literal, $which:literal) => {
        concat!(
            "WITH known AS (
                 SELECT c.number, c.certificate, c.body, c.session, c.worker, c.attainment,
                     c.route, c.standard, c.region, c.assessed_on, c.issued_on, c.supersedes,
                     c.twin, c.list, c.list_index, c.position,
                     json_extract(r.data, '$.issue') AS issue,
                     json_extract(r.data, '$.state') AS state,
                     json_extract(r.data, '$.since') AS since,
                     json_extract(r.data, '$.ground') AS ground,
                     json_extract(r.data, '$.basis') AS basis,
                     json_extract(r.data, '$.successor') AS successor,
                     json_extract(r.data, '$.key_id') AS key_id,
                     r.from_position AS last_position
                 FROM view_certificate c
                 CROSS JOIN view_register r ON r.kind = 'certificate' AND r.key = c.number
                     AND r.from_position <= $1
                     AND (r.to_position IS NULL OR r.to_position > $1)
             )
             SELECT ",
            $what,
            " FROM known WHERE ",
            $which
        )
    };
}
pub(super) use certificates;

pub(in crate::view) const BY_NUMBER: &str = certificates!("number = $2");
pub(in crate::view) const BY_ID: &str = certificates!("certificate = $2");
pub(in crate::view) const OF_SESSION: &str =
    certificates!("session = $2 AND number > $3 ORDER BY number LIMIT $4");
pub(in crate::view) const OF_WORKER: &str =
    certificates!("worker = $2 AND position > $3 ORDER BY position LIMIT $4");

/// A status list now, from the rows: an index holds just what such a list speaks of.
pub(in crate::view) const STATUS_NOW: &str = "SELECT * FROM view_certificate
     WHERE position <= $1 AND body = $2 AND list = $3 AND list_index >= $4
       AND (state <> 'active' OR issue > 1)
     ORDER BY list_index LIMIT $5";

/// The same as of a past position.
pub(in crate::view) const STATUS_THEN: &str = certificates!(
    "body = $2 AND list = $3 AND list_index >= $4
       AND (state <> 'active' OR issue > 1)
     ORDER BY list_index LIMIT $5"
);
