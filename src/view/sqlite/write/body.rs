//! Who keeps the ledger, bodies, their standing, scopes, run-offs and keys.

use super::Statement;
use crate::domain::ids::{BodyId, GrantId, SessionId};
use crate::view::ViewError;
use crate::view::body::{AuthorityRow, BodyRow, KeyRow, RunOffRow, ScopeRow, StandingRow};
use crate::view::sqlite::field::{integer, json, word, word_or_null};
use jiff::civil::Date;

pub(super) fn put_authority(row: AuthorityRow) -> Statement {
    sqlx::query(
        "INSERT INTO view_authority
             (one, ledger, jurisdiction, host, name_zh, name_en, region, position)
         VALUES (1, $1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(row.ledger.0.as_bytes().to_vec())
    .bind(row.jurisdiction)
    .bind(row.host)
    .bind(row.name.zh)
    .bind(row.name.en)
    .bind(row.region.to_string())
    .bind(integer(row.position))
}

pub(super) fn put_body(row: BodyRow) -> Result<Statement, ViewError> {
    Ok(sqlx::query(
        "INSERT INTO view_body (body, credit_code, name_zh, name_en, kind, region, public_id,
             standing, since, position)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(row.body.0.as_bytes().to_vec())
    .bind(row.credit_code.to_string())
    .bind(row.name.zh)
    .bind(row.name.en)
    .bind(word("kind of body", &row.kind)?)
    .bind(row.region.to_string())
    .bind(row.public_id.as_bytes().to_vec())
    .bind(word("standing", &row.standing)?)
    .bind(integer(row.since))
    .bind(integer(row.position)))
}

pub(super) fn end_standing(row: &StandingRow) -> Statement {
    sqlx::query("UPDATE view_standing SET to_position = $2 WHERE body = $1 AND to_position IS NULL")
        .bind(row.body.0.as_bytes().to_vec())
        .bind(integer(row.from_position))
}

pub(super) fn set_standing(row: &StandingRow) -> Result<Statement, ViewError> {
    Ok(
        sqlx::query("UPDATE view_body SET standing = $2, since = $3 WHERE body = $1")
            .bind(row.body.0.as_bytes().to_vec())
            .bind(word("standing", &row.standing)?)
            .bind(integer(row.from_position)),
    )
}

pub(super) fn put_standing(row: StandingRow) -> Result<Statement, ViewError> {
    Ok(sqlx::query(
        "INSERT INTO view_standing
             (body, from_position, to_position, standing, since, ground, basis)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(row.body.0.as_bytes().to_vec())
    .bind(integer(row.from_position))
    .bind(row.to_position.map(integer))
    .bind(word("standing", &row.standing)?)
    .bind(word_or_null("date", &row.since)?)
    .bind(row.ground)
    .bind(row.basis))
}

pub(super) fn put_scope(row: ScopeRow) -> Result<Statement, ViewError> {
    Ok(sqlx::query(
        "INSERT INTO view_scope (grant_id, body, occupations, work_types, levels, items, regions,
             valid_from, valid_to, basis, from_position, to_position, ended_on, end_reason)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(row.grant.0.as_bytes().to_vec())
    .bind(row.body.0.as_bytes().to_vec())
    .bind(json("occupations", &row.occupations)?)
    .bind(json("work_types", &row.work_types)?)
    .bind(json("levels", &row.levels)?)
    .bind(json("items", &row.items)?)
    .bind(json("regions", &row.regions)?)
    .bind(row.valid_from.to_string())
    .bind(row.valid_to.to_string())
    .bind(row.basis)
    .bind(integer(row.from_position))
    .bind(row.to_position.map(integer))
    .bind(word_or_null("date", &row.ended_on)?)
    .bind(row.end_reason))
}

pub(super) fn end_scope(grant: GrantId, position: u64, on: Date, reason: String) -> Statement {
    sqlx::query(
        "UPDATE view_scope SET to_position = $2, ended_on = $3, end_reason = $4
         WHERE grant_id = $1 AND to_position IS NULL",
    )
    .bind(grant.0.as_bytes().to_vec())
    .bind(integer(position))
    .bind(on.to_string())
    .bind(reason)
}

pub(super) fn put_run_off(row: RunOffRow) -> Result<Statement, ViewError> {
    Ok(sqlx::query(
        "INSERT INTO view_run_off
             (body, session, from_position, to_position, valid_until, reason, ended_on)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(row.body.0.as_bytes().to_vec())
    .bind(row.session.0.as_bytes().to_vec())
    .bind(integer(row.from_position))
    .bind(row.to_position.map(integer))
    .bind(row.valid_until.to_string())
    .bind(row.reason)
    .bind(word_or_null("date", &row.ended_on)?))
}

pub(super) fn end_run_off(body: BodyId, session: SessionId, position: u64, on: Date) -> Statement {
    sqlx::query(
        "UPDATE view_run_off SET to_position = $3, ended_on = $4
         WHERE body = $1 AND session = $2 AND to_position IS NULL",
    )
    .bind(body.0.as_bytes().to_vec())
    .bind(session.0.as_bytes().to_vec())
    .bind(integer(position))
    .bind(on.to_string())
}

pub(super) fn put_key(row: KeyRow) -> Result<Statement, ViewError> {
    Ok(sqlx::query(
        "INSERT INTO view_key (from_position, key_id, body, purpose, public_key, to_position,
             retired_on, compromised_from_position, compromise_ground)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(integer(row.from_position))
    .bind(row.key_id)
    .bind(row.body.map(|body| body.0.as_bytes().to_vec()))
    .bind(row.purpose)
    .bind(row.public_key)
    .bind(row.to_position.map(integer))
    .bind(word_or_null("date", &row.retired_on)?)
    .bind(row.compromised_from_position.map(integer))
    .bind(row.compromise_ground))
}

pub(super) fn retire_key(
    body: Option<BodyId>,
    key_id: String,
    position: u64,
    on: Date,
) -> Statement {
    sqlx::query(
        "UPDATE view_key SET to_position = $3, retired_on = $4
         WHERE body IS $1 AND key_id = $2 AND to_position IS NULL",
    )
    .bind(body.map(|body| body.0.as_bytes().to_vec()))
    .bind(key_id)
    .bind(integer(position))
    .bind(on.to_string())
}

/// Of two declarations the wider one holds: the earliest position.
pub(super) fn compromise_key(
    body: BodyId,
    key_id: String,
    from_position: u64,
    ground: String,
) -> Statement {
    sqlx::query(
        "UPDATE view_key SET compromised_from_position = $3, compromise_ground = $4
         WHERE body = $1 AND key_id = $2
           AND (compromised_from_position IS NULL OR compromised_from_position > $3)",
    )
    .bind(body.0.as_bytes().to_vec())
    .bind(key_id)
    .bind(integer(from_position))
    .bind(ground)
}
