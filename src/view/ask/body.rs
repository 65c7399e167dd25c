//! Queries about bodies and the authority, and the inputs of a trust list.

use crate::domain::credit_code::CreditCode;
use crate::domain::ids::{BodyId, GrantId, LedgerId, SessionId};
use crate::view::body::{
    AuthorityRow, BodyRow, BodyTrust, KeyRow, RunOffRow, ScopeRow, StandingRow, TrustInputs,
};
use crate::view::connection::{Connection, Read};
use crate::view::field::{Reading, Stored};
use crate::view::sql::{Sql, both, values};
use crate::view::views::{Views, page};
use crate::view::{AsOf, ViewError, postgres, sqlite};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Most bodies of one trust list.
const BODIES_MAX: usize = 20_000;

impl Views {
    /// Who keeps this ledger.
    pub async fn authority(&self) -> Result<AsOf<Option<AuthorityRow>>, ViewError> {
        let (mut read, position) = self.at().await?;
        let value = authority(&mut read.connection(), position).await?;
        Ok(AsOf { position, value })
    }

    /// A body.
    pub async fn body(&self, body: BodyId) -> Result<AsOf<Option<BodyRow>>, ViewError> {
        self.one(both!(body::ONE), values![body.0], body_row).await
    }

    /// The body last registered under a credit code.
    pub async fn body_by_credit_code(
        &self,
        credit_code: &CreditCode,
    ) -> Result<AsOf<Option<BodyRow>>, ViewError> {
        let code = credit_code.to_string();
        self.one(both!(body::BY_CREDIT_CODE), values![code], body_row)
            .await
    }

    /// The body of a public id, as in its did:web.
    pub async fn body_by_public_id(
        &self,
        public_id: Uuid,
    ) -> Result<AsOf<Option<BodyRow>>, ViewError> {
        self.one(both!(body::BY_PUBLIC_ID), values![public_id], body_row)
            .await
    }

    /// A page of bodies in order of registration, after the one registered at `after`.
    pub async fn bodies(&self, after: u64, limit: u32) -> Result<AsOf<Vec<BodyRow>>, ViewError> {
        self.all(both!(body::PAGE), values![after, page(limit)], body_row)
            .await
    }

    /// Everything a trust list says of one body.
    pub async fn body_trust(&self, body: BodyId) -> Result<AsOf<Option<BodyTrust>>, ViewError> {
        let (mut read, position) = self.at().await?;
        let mut read = read.connection();
        let one = values![position, body.0];
        let row = read.one(both!(body::ONE), one, body_row).await?;
        let at = (position, self.asked.is_none());
        let mut trusted = trusted(&mut read, at, row.into_iter().collect()).await?;
        let value = trusted.pop();
        Ok(AsOf { position, value })
    }

    /// The keys of a body, or of the authority and the log, oldest first.
    pub async fn keys(&self, body: Option<BodyId>) -> Result<AsOf<Vec<KeyRow>>, ViewError> {
        let (mut read, position) = self.at().await?;
        let value = keys(&mut read.connection(), position, body).await?;
        Ok(AsOf { position, value })
    }

    /// What a trust list is made from, all of it at one position; `None` before the authority is
    /// established.
    pub async fn trust_inputs(&self) -> Result<AsOf<Option<TrustInputs>>, ViewError> {
        let (mut read, position) = self.at().await?;
        let mut read = read.connection();
        let Some(authority) = authority(&mut read, position).await? else {
            return Ok(AsOf {
                position,
                value: None,
            });
        };
        let most = i64::try_from(BODIES_MAX + 1).unwrap_or(i64::MAX);
        let every = values![position, most];
        let bodies = read.all(both!(body::ALL), every, body_row).await?;
        if bodies.len() > BODIES_MAX {
            return Err(ViewError::TooMany(BODIES_MAX));
        }
        let value = Some(TrustInputs {
            keys: keys(&mut read, position, None).await?,
            authority,
            bodies: trusted(&mut read, (position, self.asked.is_none()), bodies).await?,
        });
        Ok(AsOf { position, value })
    }
}

async fn authority(
    read: &mut Connection<'_>,
    position: u64,
) -> Result<Option<AuthorityRow>, ViewError> {
    let sql = Sql::plain("SELECT * FROM view_authority WHERE one = 1 AND position <= $1");
    read.one(sql, values![position], authority_row).await
}

/// What is read of the tables beside the bodies, as of `$1`: what ended later had no end yet.
pub(in crate::view) struct Tables {
    pub(in crate::view) standings: &'static str,
    pub(in crate::view) scopes: &'static str,
    pub(in crate::view) run_offs: &'static str,
    pub(in crate::view) keys: &'static str,
    /// Status lists with certificates or publications in them.
    pub(in crate::view) lists: &'static str,
    /// The same as of the newest position, from an index alone.
    pub(in crate::view) lists_now: &'static str,
}

/// Of which bodies the tables are read.
#[derive(Clone, Copy)]
enum Of {
    One(BodyId),
    All,
    /// Of the authority and the log.
    Nobody,
}

impl Of {
    /// One of the queries as each engine writes it.
    fn sql(self, which: fn(&Tables) -> &'static str) -> Sql {
        let (sqlite, postgres) = match self {
            Self::One(_) => (&sqlite::body::OF_ONE, &postgres::body::OF_ONE),
            Self::All => (&sqlite::body::OF_ALL, &postgres::body::OF_ALL),
            Self::Nobody => (&sqlite::body::OF_NONE, &postgres::body::OF_NONE),
        };
        Sql {
            sqlite: which(sqlite),
            postgres: which(postgres),
        }
    }
}

/// Everything a trust list says of these bodies: of one, or of all there are. One query a table,
/// however many bodies.
async fn trusted(
    read: &mut Connection<'_>,
    (position, is_newest): (u64, bool),
    bodies: Vec<BodyRow>,
) -> Result<Vec<BodyTrust>, ViewError> {
    let of = match bodies.as_slice() {
        [] => return Ok(Vec::new()),
        [one] => Of::One(one.body),
        _ => Of::All,
    };
    let at = (position, of);
    let mut standings = by_body(read, at, |it| it.standings, standing_row, |it| it.body).await?;
    let mut scopes = by_body(read, at, |it| it.scopes, scope_row, |it| it.body).await?;
    let mut run_offs = by_body(read, at, |it| it.run_offs, run_off_row, |it| it.body).await?;
    let mut keys: BTreeMap<BodyId, Vec<KeyRow>> = BTreeMap::new();
    for key in rows(read, at, |it| it.keys, key_row).await? {
        if let Some(body) = key.body {
            keys.entry(body).or_default().push(key);
        }
    }
    let lists: fn(&Tables) -> &'static str = match is_newest {
        true => |it| it.lists_now,
        false => |it| it.lists,
    };
    let mut lists = by_body(read, at, lists, list_row, |it| it.0).await?;
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
    read: &mut Connection<'_>,
    (position, of): (u64, Of),
    which: fn(&Tables) -> &'static str,
    row: Read<T>,
) -> Result<Vec<T>, ViewError> {
    let one = match of {
        Of::One(body) => Some(body.0),
        Of::All | Of::Nobody => None,
    };
    read.all(of.sql(which), values![position, one], row).await
}

/// [`rows`] by body, in the query's order.
async fn by_body<T>(
    read: &mut Connection<'_>,
    at: (u64, Of),
    which: fn(&Tables) -> &'static str,
    row: Read<T>,
    body_of: fn(&T) -> BodyId,
) -> Result<BTreeMap<BodyId, Vec<T>>, ViewError> {
    let mut found: BTreeMap<BodyId, Vec<T>> = BTreeMap::new();
    for row in rows(read, at, which, row).await? {
        found.entry(body_of(&row)).or_default().push(row);
    }
    Ok(found)
}

/// The keys of one body, or of the authority and the log.
async fn keys(
    read: &mut Connection<'_>,
    position: u64,
    body: Option<BodyId>,
) -> Result<Vec<KeyRow>, ViewError> {
    let of = body.map_or(Of::Nobody, Of::One);
    rows(read, (position, of), |it| it.keys, key_row).await
}

fn authority_row(row: &dyn Stored) -> Result<AuthorityRow, ViewError> {
    let row = Reading::new("view_authority", "one", row);
    Ok(AuthorityRow {
        ledger: LedgerId(row.uuid("ledger")?),
        jurisdiction: row.text("jurisdiction")?,
        host: row.text("host")?,
        name: row.name("name_zh", "name_en")?,
        region: row.word("region")?,
        position: row.number("position")?,
    })
}

fn list_row(row: &dyn Stored) -> Result<(BodyId, u32), ViewError> {
    let row = Reading::new("view_certificate", "list", row);
    Ok((BodyId(row.uuid("body")?), row.number("list")?))
}

fn body_row(row: &dyn Stored) -> Result<BodyRow, ViewError> {
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

fn standing_row(row: &dyn Stored) -> Result<StandingRow, ViewError> {
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

fn scope_row(row: &dyn Stored) -> Result<ScopeRow, ViewError> {
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

fn run_off_row(row: &dyn Stored) -> Result<RunOffRow, ViewError> {
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

fn key_row(row: &dyn Stored) -> Result<KeyRow, ViewError> {
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
