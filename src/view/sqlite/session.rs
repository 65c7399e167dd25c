//! Sessions as of a position, in SQLite's words.

/// Sessions as of position `$1`, and what is asked of them.
macro_rules! sessions {
    ($which:literal) => {
        concat!(
            "WITH known AS (
                 SELECT *, lower(substr(hex(session), 1, 8) || '-' || substr(hex(session), 9, 4)
                     || '-' || substr(hex(session), 13, 4) || '-' || substr(hex(session), 17, 4)
                     || '-' || substr(hex(session), 21)) AS key
                 FROM view_session WHERE position <= $1
             )
             SELECT s.session, s.body, s.code, s.route, s.process, s.assessed, s.dual,
                 s.standard, s.assessed_on, s.region, s.site, s.position,
                 json_extract(r.data, '$.state') AS state,
                 json_extract(r.data, '$.notice.from') AS notice_from,
                 json_extract(r.data, '$.notice.closes_on') AS closes_on,
                 json_extract(r.data, '$.closed.on') AS closed_on,
                 json_extract(r.data, '$.issued.on') AS issued_on,
                 coalesce(json_extract(r.data, '$.issued.count'), 0) AS certificates,
                 json_extract(n.data, '$.entered') AS entered,
                 json_extract(n.data, '$.passed') AS passed,
                 json_extract(n.data, '$.failed') AS failed,
                 json_extract(n.data, '$.absent') AS absent,
                 max(r.from_position, n.from_position) AS last_position
             FROM known s
             JOIN view_register r ON r.kind = 'session' AND r.key = s.key
                 AND r.from_position = (
                     SELECT from_position FROM view_register
                     WHERE kind = 'session' AND key = s.key AND from_position <= $1
                     ORDER BY from_position DESC LIMIT 1)
             JOIN view_register n ON n.kind = 'session-counts' AND n.key = s.key
                 AND n.from_position = (
                     SELECT from_position FROM view_register
                     WHERE kind = 'session-counts' AND key = s.key AND from_position <= $1
                     ORDER BY from_position DESC LIMIT 1)
             WHERE ",
            $which
        )
    };
}

pub(in crate::view) const ONE: &str = sessions!("s.session = $2");
pub(in crate::view) const THESE: &str =
    sessions!("s.session IN (SELECT unhex(value) FROM json_each($2)) ORDER BY s.position");
/// The newest, if a number came twice.
pub(in crate::view) const BY_CODE: &str =
    sessions!("s.body = $2 AND s.code = $3 ORDER BY s.position DESC LIMIT 1");
pub(in crate::view) const PAGE: &str =
    sessions!("s.body = $2 AND s.position > $3 ORDER BY s.position LIMIT $4");
