//! Bodies and what a trust list says of them, in SQLite's words.

use crate::view::ask::body::Tables;

/// Bodies as of position `$1`, each with the standing it had then, and what is asked of them.
macro_rules! bodies {
    ($which:literal) => {
        concat!(
            "SELECT b.body, b.credit_code, b.name_zh, b.name_en, b.kind, b.region, b.public_id,
                 t.standing AS standing, t.from_position AS since, b.position
             FROM view_body b
             CROSS JOIN view_standing t ON t.body = b.body AND t.from_position <= $1
                 AND (t.to_position IS NULL OR t.to_position > $1)
             WHERE ",
            $which
        )
    };
}

pub(in crate::view) const ONE: &str = bodies!("b.body = $2");
/// The body last registered under a credit code.
pub(in crate::view) const BY_CREDIT_CODE: &str =
    bodies!("b.credit_code = $2 ORDER BY b.position DESC LIMIT 1");
pub(in crate::view) const BY_PUBLIC_ID: &str = bodies!("b.public_id = $2");
/// A page in order of registration.
pub(in crate::view) const PAGE: &str = bodies!("b.position > $2 ORDER BY b.position LIMIT $3");
pub(in crate::view) const ALL: &str = bodies!("b.position <= $1 ORDER BY b.position LIMIT $2");

macro_rules! lists {
    ($then:literal, $of:literal) => {
        concat!(
            "SELECT body, list FROM view_certificate WHERE ",
            $then,
            $of,
            " UNION
             SELECT body, json_extract(p.data, '$.list') FROM view_body
             JOIN view_register p INDEXED BY view_register_owner ON p.kind = 'published' AND p.from_position <= $1
                 AND p.owner = 'body/' || lower(substr(hex(body), 1, 8) || '-'
                     || substr(hex(body), 9, 4) || '-' || substr(hex(body), 13, 4) || '-'
                     || substr(hex(body), 17, 4) || '-' || substr(hex(body), 21))
             WHERE ",
            $of,
            " ORDER BY 1, 2"
        )
    };
}

/// The queries over the rows of which something is so; `$2` is the one body, or NULL.
macro_rules! tables {
    ($of:literal) => {
        Tables {
            standings: concat!(
                "SELECT body, from_position, standing, since, ground, basis,
                     CASE WHEN to_position <= $1 THEN to_position END AS to_position
                 FROM view_standing WHERE from_position <= $1 AND ",
                $of,
                " ORDER BY body, from_position"
            ),
            scopes: concat!(
                "SELECT grant_id, body, occupations, work_types, items, levels, regions,
                     valid_from, valid_to, basis, from_position,
                     CASE WHEN to_position <= $1 THEN to_position END AS to_position,
                     CASE WHEN to_position <= $1 THEN ended_on END AS ended_on,
                     CASE WHEN to_position <= $1 THEN end_reason END AS end_reason
                 FROM view_scope WHERE from_position <= $1 AND ",
                $of,
                " ORDER BY body, from_position, grant_id"
            ),
            run_offs: concat!(
                "SELECT body, session, from_position, valid_until, reason,
                     CASE WHEN to_position <= $1 THEN to_position END AS to_position,
                     CASE WHEN to_position <= $1 THEN ended_on END AS ended_on
                 FROM view_run_off WHERE from_position <= $1 AND ",
                $of,
                " ORDER BY body, from_position, session"
            ),
            keys: concat!(
                "SELECT k.key_id, k.body, k.purpose, k.public_key, k.from_position,
                     CASE WHEN k.to_position <= $1 THEN k.to_position END AS to_position,
                     CASE WHEN k.to_position <= $1 THEN k.retired_on END AS retired_on,
                     json_extract(c.data, '$.from_position') AS compromised_from_position,
                     json_extract(c.data, '$.ground') AS compromise_ground
                 FROM view_key k
                 LEFT JOIN view_register c ON c.kind = 'key-compromise' AND c.key = k.key_id
                     AND c.from_position <= $1
                     AND (c.to_position IS NULL OR c.to_position > $1)
                 WHERE k.from_position <= $1 AND ",
                $of,
                " ORDER BY k.body, k.from_position"
            ),
            lists: lists!("position <= $1 AND ", $of),
            lists_now: lists!("", $of),
        }
    };
}

pub(in crate::view) const OF_ONE: Tables = tables!("body = $2");
pub(in crate::view) const OF_ALL: Tables = tables!("$2 IS NULL AND body IS NOT NULL");
pub(in crate::view) const OF_NONE: Tables = tables!("$2 IS NULL AND body IS NULL");
