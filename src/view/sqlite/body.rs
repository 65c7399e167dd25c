//! Queries about bodies and the authority, and the inputs of a trust list.

use super::field::{Reading, engine, integer};
use super::{SqliteViews, page};
use crate::domain::credit_code::CreditCode;
use crate::domain::ids::{BodyId, GrantId, LedgerId, SessionId};
use crate::view::body::{
    AuthorityRow, BodyRow, BodyTrust, KeyRow, RunOffRow, ScopeRow, StandingRow, TrustInputs,
};
use crate::view::{AsOf, ViewError};
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Most bodies of one trust list.
const BODIES_MAX: usize = 20_000;

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

impl SqliteViews {
    /// Who keeps this ledger.
    pub async fn authority(&self) -> Result<AsOf<Option<AuthorityRow>>, ViewError> {
        let (mut read, position) = self.at().await?;
        let value = authority(&mut read, position).await?;
        Ok(AsOf { position, value })
    }

    /// A body.
    pub async fn body(&self, body: BodyId) -> Result<AsOf<Option<BodyRow>>, ViewError> {
        let body = body.0.as_bytes().to_vec();
        self.one(bodies!("b.body = $2"), |query| query.bind(body), body_row)
            .await
    }

    /// The body last registered under a credit code.
    pub async fn body_by_credit_code(
        &self,
        credit_code: &CreditCode,
    ) -> Result<AsOf<Option<BodyRow>>, ViewError> {
        let code = credit_code.to_string();
        let sql = bodies!("b.credit_code = $2 ORDER BY b.position DESC LIMIT 1");
        self.one(sql, |query| query.bind(code), body_row).await
    }

    /// The body of a public id, as in its did:web.
    pub async fn body_by_public_id(
        &self,
        public_id: Uuid,
    ) -> Result<AsOf<Option<BodyRow>>, ViewError> {
        let id = public_id.as_bytes().to_vec();
        self.one(
            bodies!("b.public_id = $2"),
            |query| query.bind(id),
            body_row,
        )
        .await
    }

    /// A page of bodies in order of registration, after the one registered at `after`.
    pub async fn bodies(&self, after: u64, limit: u32) -> Result<AsOf<Vec<BodyRow>>, ViewError> {
        let sql = bodies!("b.position > $2 ORDER BY b.position LIMIT $3");
        let limit = page(limit);
        self.all(
            sql,
            |query| query.bind(integer(after)).bind(limit),
            body_row,
        )
        .await
    }

    /// Everything a trust list says of one body.
    pub async fn body_trust(&self, body: BodyId) -> Result<AsOf<Option<BodyTrust>>, ViewError> {
        let (mut read, position) = self.at().await?;
        let row = sqlx::query(bodies!("b.body = $2"))
            .bind(integer(position))
            .bind(body.0.as_bytes().to_vec())
            .fetch_optional(&mut *read)
            .await
            .map_err(engine)?;
        let row = row.as_ref().map(body_row).transpose()?;
        let at = (position, self.asked.is_none());
        let mut trusted = trusted(&mut read, at, row.into_iter().collect()).await?;
        let value = trusted.pop();
        Ok(AsOf { position, value })
    }

    /// The keys of a body, or of the authority and the log, oldest first.
    pub async fn keys(&self, body: Option<BodyId>) -> Result<AsOf<Vec<KeyRow>>, ViewError> {
        let (mut read, position) = self.at().await?;
        let value = keys(&mut read, position, body).await?;
        Ok(AsOf { position, value })
    }

    /// What a trust list is made from, all of it at one position; `None` before the authority is
    /// established.
    pub async fn trust_inputs(&self) -> Result<AsOf<Option<TrustInputs>>, ViewError> {
        let (mut read, position) = self.at().await?;
        let Some(authority) = authority(&mut read, position).await? else {
            return Ok(AsOf {
                position,
                value: None,
            });
        };
        let rows = sqlx::query(bodies!("b.position <= $1 ORDER BY b.position LIMIT $2"))
            .bind(integer(position))
            .bind(i64::try_from(BODIES_MAX + 1).unwrap_or(i64::MAX))
            .fetch_all(&mut *read)
            .await
            .map_err(engine)?;
        if rows.len() > BODIES_MAX {
            return Err(ViewError::TooMany(BODIES_MAX));
        }
        let bodies = rows.iter().map(body_row).collect::<Result<_, _>>()?;
        let value = Some(TrustInputs {
            keys: keys(&mut read, position, None).await?,
            authority,
            bodies: trusted(&mut read, (position, self.asked.is_none()), bodies).await?,
        });
        Ok(AsOf { position, value })
    }
}

async fn authority(
    read: &mut SqliteConnection,
    position: u64,
) -> Result<Option<AuthorityRow>, ViewError> {
    let row = sqlx::query("SELECT * FROM view_authority WHERE one = 1 AND position <= $1")
        .bind(integer(position))
        .fetch_optional(read)
        .await
        .map_err(engine)?;
    row.map(|row| {
        let row = Reading::new("view_authority", "one", &row);
        Ok(AuthorityRow {
            ledger: LedgerId(row.uuid("ledger")?),
            jurisdiction: row.text("jurisdiction")?,
            host: row.text("host")?,
            name: row.name("name_zh", "name_en")?,
            region: row.word("region")?,
            position: row.number("position")?,
        })
    })
    .transpose()
}

/// What is read of the tables beside the bodies, as of `$1`: what ended later had no end yet.
struct Tables {
    standings: &'static str,
    scopes: &'static str,
    run_offs: &'static str,
    keys: &'static str,
    /// Status lists with certificates or publications in them.
    lists: &'static str,
    /// The same as of the newest position, from an index alone.
    lists_now: &'static str,
}

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

const OF_ONE: Tables = tables!("body = $2");
const OF_ALL: Tables = tables!("$2 IS NULL AND body IS NOT NULL");
const OF_NONE: Tables = tables!("$2 IS NULL AND body IS NULL");

/// Everything a trust list says of these bodies: of one, or of all there are. One query a table,
/// however many bodies.
async fn trusted(
    read: &mut SqliteConnection,
    (position, is_newest): (u64, bool),
    bodies: Vec<BodyRow>,
) -> Result<Vec<BodyTrust>, ViewError> {
    let (tables, one) = match bodies.as_slice() {
        [] => return Ok(Vec::new()),
        [one] => (OF_ONE, Some(one.body)),
        _ => (OF_ALL, None),
    };
    let of = (position, one);
    let mut standings = by_body(read, tables.standings, of, standing_row, |it| it.body).await?;
    let mut scopes = by_body(read, tables.scopes, of, scope_row, |it| it.body).await?;
    let mut run_offs = by_body(read, tables.run_offs, of, run_off_row, |it| it.body).await?;
    let mut keys: BTreeMap<BodyId, Vec<KeyRow>> = BTreeMap::new();
    for key in rows(read, tables.keys, of, key_row).await? {
        if let Some(body) = key.body {
            keys.entry(body).or_default().push(key);
        }
    }
    let lists = match is_newest {
        true => tables.lists_now,
        false => tables.lists,
    };
    let mut lists = by_body(read, lists, of, list_row, |it| it.0).await?;
    let mut trusted = Vec::with_capacity(bodies.len());
    for body in bodies {
        let id = body.body;
        let lists = lists.remove(&id).unwrap_or_default();
        trusted.push(BodyTrust {
            standings: standings.remove(&id).unwrap_or_default(),
            scopes: scopes.remove(&id).unwrap_or_default(),
            run_offs: run_offs.remove(&id).unwrap_or_default(),
            keys: keys.remove(&id).unwrap_or_default(),
            lists: lists.into_iter().map(|(_, list)| list).collect(),
            body,
        });
    }
    Ok(trusted)
}

/// The rows a query finds as of a position, of one body or of those it says.
async fn rows<T>(
    read: &mut SqliteConnection,
    sql: &'static str,
    (position, body): (u64, Option<BodyId>),
    read_row: fn(&SqliteRow) -> Result<T, ViewError>,
) -> Result<Vec<T>, ViewError> {
    let rows = sqlx::query(sql)
        .bind(integer(position))
        .bind(body.map(|body| body.0.as_bytes().to_vec()))
        .fetch_all(read)
        .await
        .map_err(engine)?;
    rows.iter().map(read_row).collect()
}

/// [`rows`] by body, in the query's order.
async fn by_body<T>(
    read: &mut SqliteConnection,
    sql: &'static str,
    of: (u64, Option<BodyId>),
    read_row: fn(&SqliteRow) -> Result<T, ViewError>,
    body_of: fn(&T) -> BodyId,
) -> Result<BTreeMap<BodyId, Vec<T>>, ViewError> {
    let mut found: BTreeMap<BodyId, Vec<T>> = BTreeMap::new();
    for row in rows(read, sql, of, read_row).await? {
        found.entry(body_of(&row)).or_default().push(row);
    }
    Ok(found)
}

/// The keys of one body, or of the authority and the log.
async fn keys(
    read: &mut SqliteConnection,
    position: u64,
    body: Option<BodyId>,
) -> Result<Vec<KeyRow>, ViewError> {
    let tables = match body {
        Some(_) => OF_ONE,
        None => OF_NONE,
    };
    rows(read, tables.keys, (position, body), key_row).await
}

fn list_row(row: &SqliteRow) -> Result<(BodyId, u32), ViewError> {
    let row = Reading::new("view_certificate", "list", row);
    Ok((BodyId(row.uuid("body")?), row.number("list")?))
}

fn body_row(row: &SqliteRow) -> Result<BodyRow, ViewError> {
    let row = Reading::new("view_body", "credit_code", row);
    Ok(BodyRow {
        body: BodyId(row.uuid("body")?),
        credit_code: row.word("credit_code")?,
        name: row.name("name_zh", "name_en")?,
        kind: row.word("kind")?,
        region: row.word("region")?,
        public_id: row.uuid("public_id")?,
        standing: row.word("standing")?,
        since: row.number("since")?,
        position: row.number("position")?,
    })
}

fn standing_row(row: &SqliteRow) -> Result<StandingRow, ViewError> {
    let row = Reading::new("view_standing", "from_position", row);
    Ok(StandingRow {
        body: BodyId(row.uuid("body")?),
        from_position: row.number("from_position")?,
        to_position: row.number_or_null("to_position")?,
        standing: row.word("standing")?,
        since: row.word_or_null("since")?,
        ground: row.text_or_null("ground")?,
        basis: row.text_or_null("basis")?,
    })
}

fn scope_row(row: &SqliteRow) -> Result<ScopeRow, ViewError> {
    let row = Reading::new("view_scope", "from_position", row);
    Ok(ScopeRow {
        grant: GrantId(row.uuid("grant_id")?),
        body: BodyId(row.uuid("body")?),
        occupations: row.json("occupations")?,
        work_types: row.json("work_types")?,
        items: row.json("items")?,
        levels: row.json("levels")?,
        regions: row.json("regions")?,
        valid_from: row.word("valid_from")?,
        valid_to: row.word("valid_to")?,
        basis: row.text("basis")?,
        from_position: row.number("from_position")?,
        to_position: row.number_or_null("to_position")?,
        ended_on: row.word_or_null("ended_on")?,
        end_reason: row.text_or_null("end_reason")?,
    })
}

fn run_off_row(row: &SqliteRow) -> Result<RunOffRow, ViewError> {
    let row = Reading::new("view_run_off", "from_position", row);
    Ok(RunOffRow {
        body: BodyId(row.uuid("body")?),
        session: SessionId(row.uuid("session")?),
        from_position: row.number("from_position")?,
        to_position: row.number_or_null("to_position")?,
        valid_until: row.word("valid_until")?,
        reason: row.text("reason")?,
        ended_on: row.word_or_null("ended_on")?,
    })
}

fn key_row(row: &SqliteRow) -> Result<KeyRow, ViewError> {
    let row = Reading::new("view_key", "key_id", row);
    Ok(KeyRow {
        key_id: row.text("key_id")?,
        body: row.uuid_or_null("body")?.map(BodyId),
        purpose: row.text("purpose")?,
        public_key: row.text("public_key")?,
        from_position: row.number("from_position")?,
        to_position: row.number_or_null("to_position")?,
        retired_on: row.word_or_null("retired_on")?,
        compromised_from_position: row.number_or_null("compromised_from_position")?,
        compromise_ground: row.text_or_null("compromise_ground")?,
    })
}
