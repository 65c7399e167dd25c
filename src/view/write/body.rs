//! Who keeps the ledger, bodies, their standing, scopes, run-offs and keys.

use super::{Statement, insert, plain};
use crate::domain::ids::{BodyId, GrantId, SessionId};
use crate::view::ViewError;
use crate::view::body::{AuthorityRow, BodyRow, KeyRow, RunOffRow, ScopeRow, StandingRow};
use crate::view::field::{json, word, word_or_null};
use crate::view::sql::{both, values};
use jiff::civil::Date;

pub(super) fn put_authority(row: AuthorityRow) -> Statement {
    insert(
        "view_authority
             (one, ledger, jurisdiction, host, name_zh, name_en, region, position)",
        values![
            1_i64,
            row.ledger.0,
            row.jurisdiction,
            row.host,
            row.name.zh,
            row.name.en,
            row.region.to_string(),
            row.position
        ],
    )
}

pub(super) fn put_body(row: BodyRow) -> Result<Statement, ViewError> {
    Ok(insert(
        "view_body (body, credit_code, name_zh, name_en, kind, region, public_id,
             standing, since, position)",
        values![
            row.body.0,
            row.credit_code.to_string(),
            row.name.zh,
            row.name.en,
            word("kind of body", &row.kind)?,
            row.region.to_string(),
            row.public_id,
            word("standing", &row.standing)?,
            row.since,
            row.position
        ],
    ))
}

pub(super) fn end_standing(row: &StandingRow) -> Statement {
    plain(
        "UPDATE view_standing SET to_position = $2 WHERE body = $1 AND to_position IS NULL",
        values![row.body.0, row.from_position],
    )
}

pub(super) fn set_standing(row: &StandingRow) -> Result<Statement, ViewError> {
    Ok(plain(
        "UPDATE view_body SET standing = $2, since = $3 WHERE body = $1",
        values![
            row.body.0,
            word("standing", &row.standing)?,
            row.from_position
        ],
    ))
}

pub(super) fn put_standing(row: StandingRow) -> Result<Statement, ViewError> {
    Ok(insert(
        "view_standing
             (body, from_position, to_position, standing, since, ground, basis)",
        values![
            row.body.0,
            row.from_position,
            row.to_position,
            word("standing", &row.standing)?,
            word_or_null("date", &row.since)?,
            row.ground,
            row.basis
        ],
    ))
}

pub(super) fn put_scope(row: ScopeRow) -> Result<Statement, ViewError> {
    Ok(insert(
        "view_scope (grant_id, body, occupations, work_types, levels, items, regions,
             valid_from, valid_to, basis, from_position, to_position, ended_on, end_reason)",
        values![
            row.grant.0,
            row.body.0,
            json("occupations", &row.occupations)?,
            json("work_types", &row.work_types)?,
            json("levels", &row.levels)?,
            json("items", &row.items)?,
            json("regions", &row.regions)?,
            row.valid_from.to_string(),
            row.valid_to.to_string(),
            row.basis,
            row.from_position,
            row.to_position,
            word_or_null("date", &row.ended_on)?,
            row.end_reason
        ],
    ))
}

pub(super) fn end_scope(grant: GrantId, position: u64, on: Date, reason: String) -> Statement {
    plain(
        "UPDATE view_scope SET to_position = $2, ended_on = $3, end_reason = $4
         WHERE grant_id = $1 AND to_position IS NULL",
        values![grant.0, position, on.to_string(), reason],
    )
}

pub(super) fn put_run_off(row: RunOffRow) -> Result<Statement, ViewError> {
    Ok(insert(
        "view_run_off
             (body, session, from_position, to_position, valid_until, reason, ended_on)",
        values![
            row.body.0,
            row.session.0,
            row.from_position,
            row.to_position,
            row.valid_until.to_string(),
            row.reason,
            word_or_null("date", &row.ended_on)?
        ],
    ))
}

pub(super) fn end_run_off(body: BodyId, session: SessionId, position: u64, on: Date) -> Statement {
    plain(
        "UPDATE view_run_off SET to_position = $3, ended_on = $4
         WHERE body = $1 AND session = $2 AND to_position IS NULL",
        values![body.0, session.0, position, on.to_string()],
    )
}

pub(super) fn put_key(row: KeyRow) -> Result<Statement, ViewError> {
    Ok(insert(
        "view_key (from_position, key_id, body, purpose, public_key, to_position,
             retired_on, compromised_from_position, compromise_ground)",
        values![
            row.from_position,
            row.key_id,
            row.body.map(|body| body.0),
            row.purpose,
            row.public_key,
            row.to_position,
            word_or_null("date", &row.retired_on)?,
            row.compromised_from_position,
            row.compromise_ground
        ],
    ))
}

pub(super) fn retire_key(
    body: Option<BodyId>,
    key_id: String,
    position: u64,
    on: Date,
) -> Statement {
    Statement::Other {
        sql: both!(write::RETIRE_KEY),
        values: values![body.map(|body| body.0), key_id, position, on.to_string()],
    }
}

/// Of two declarations the wider one holds: the earliest position.
pub(super) fn compromise_key(
    body: Option<BodyId>,
    key_id: String,
    from_position: u64,
    ground: String,
) -> Statement {
    plain(
        "UPDATE view_key SET compromised_from_position = $3, compromise_ground = $4
         WHERE key_id = $2 AND (body = $1 OR (body IS NULL AND $1 IS NULL))
           AND (compromised_from_position IS NULL OR compromised_from_position > $3)",
        values![body.map(|body| body.0), key_id, from_position, ground],
    )
}
