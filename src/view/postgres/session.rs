//! Sessions as of a position, in PostgreSQL's words.

/// Sessions as of position `$1`, and what is asked of them.
macro_rules! sessions {
    ($which:literal) => {
        concat!(
            "SELECT s.session, s.body, s.code, s.route, s.process, s.assessed, s.dual,
                 s.standard, s.assessed_on, s.region, s.site, s.position,
                 state.data ->> 'state' AS state,
                 state.data #>> '{notice,from}' AS notice_from,
                 state.data #>> '{notice,closes_on}' AS closes_on,
                 state.data #>> '{closed,on}' AS closed_on,
                 state.data #>> '{issued,on}' AS issued_on,
                 coalesce((state.data #>> '{issued,count}')::bigint, 0) AS certificates,
                 counts.entered, counts.passed, counts.failed, counts.absent,
                 greatest(state.from_position, counts.from_position) AS last_position
             FROM view_session s
             CROSS JOIN LATERAL (
                 SELECT from_position, data::jsonb AS data FROM view_register
                 WHERE kind = 'session' AND key = s.session::text AND from_position <= $1
                 ORDER BY from_position DESC LIMIT 1) AS state
             CROSS JOIN LATERAL (
                 SELECT n.from_position, count.entered, count.passed, count.failed, count.absent
                 FROM view_register n
                 CROSS JOIN LATERAL json_to_record(n.data::json) AS count (entered bigint,
                     passed bigint, failed bigint, absent bigint)
                 WHERE n.kind = 'session-counts' AND n.key = s.session::text
                     AND n.from_position <= $1
                 ORDER BY n.from_position DESC LIMIT 1) AS counts
             WHERE s.position <= $1 AND ",
            $which
        )
    };
}

pub(in crate::view) const ONE: &str = sessions!("s.session = $2");
pub(in crate::view) const THESE: &str = sessions!("s.session = ANY ($2) ORDER BY s.position");
/// The newest, if a number came twice.
pub(in crate::view) const BY_CODE: &str =
    sessions!("s.body = $2 AND s.code = $3 ORDER BY s.position DESC LIMIT 1");
pub(in crate::view) const PAGE: &str =
    sessions!("s.body = $2 AND s.position > $3 ORDER BY s.position LIMIT $4");
