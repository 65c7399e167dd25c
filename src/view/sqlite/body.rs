//! Queries about bodies and the authority, and the inputs of a trust list.

use super::field::{Reading, engine};
use super::{SqliteViews, page};
use crate::domain::credit_code::CreditCode;
use crate::domain::ids::{BodyId, GrantId, LedgerId, SessionId};
use crate::view::body::{
    AuthorityRow, BodyRow, BodyTrust, KeyRow, RunOffRow, ScopeRow, StandingRow, TrustInputs,
};
use crate::view::{AsOf, ViewError};
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

/// Most bodies of one trust list.
const BODIES_MAX: usize = 20_000;

impl SqliteViews {
    /// Who keeps this ledger.
    pub async fn authority(&self) -> Result<AsOf<Option<AuthorityRow>>, ViewError> {
        let (mut read, position) = self.at().await?;
        let value = authority(&mut read).await?;
        Ok(AsOf { position, value })
    }

    /// A body.
    pub async fn body(&self, body: BodyId) -> Result<AsOf<Option<BodyRow>>, ViewError> {
        let query =
            sqlx::query("SELECT * FROM view_body WHERE body = $1").bind(body.0.as_bytes().to_vec());
        self.one(query, body_row).await
    }

    /// The body last registered under a credit code.
    pub async fn body_by_credit_code(
        &self,
        credit_code: &CreditCode,
    ) -> Result<AsOf<Option<BodyRow>>, ViewError> {
        let query = sqlx::query(
            "SELECT * FROM view_body WHERE credit_code = $1 ORDER BY position DESC LIMIT 1",
        )
        .bind(credit_code.to_string());
        self.one(query, body_row).await
    }

    /// The body of a public id, as in its did:web.
    pub async fn body_by_public_id(
        &self,
        public_id: Uuid,
    ) -> Result<AsOf<Option<BodyRow>>, ViewError> {
        let query = sqlx::query("SELECT * FROM view_body WHERE public_id = $1")
            .bind(public_id.as_bytes().to_vec());
        self.one(query, body_row).await
    }

    /// A page of bodies in order of registration, after the one registered at `after`.
    pub async fn bodies(&self, after: u64, limit: u32) -> Result<AsOf<Vec<BodyRow>>, ViewError> {
        let (mut read, position) = self.at().await?;
        let rows =
            sqlx::query("SELECT * FROM view_body WHERE position > $1 ORDER BY position LIMIT $2")
                .bind(super::integer(after))
                .bind(page(limit))
                .fetch_all(&mut *read)
                .await
                .map_err(engine)?;
        let value = rows.iter().map(body_row).collect::<Result<_, _>>()?;
        Ok(AsOf { position, value })
    }

    /// Everything a trust list says of one body.
    pub async fn body_trust(&self, body: BodyId) -> Result<AsOf<Option<BodyTrust>>, ViewError> {
        let (mut read, position) = self.at().await?;
        let row = sqlx::query("SELECT * FROM view_body WHERE body = $1")
            .bind(body.0.as_bytes().to_vec())
            .fetch_optional(&mut *read)
            .await
            .map_err(engine)?;
        let value = match row {
            Some(row) => Some(body_trust(&mut read, body_row(&row)?).await?),
            None => None,
        };
        Ok(AsOf { position, value })
    }

    /// The keys of a body, or of the authority and the log, oldest first.
    pub async fn keys(&self, body: Option<BodyId>) -> Result<AsOf<Vec<KeyRow>>, ViewError> {
        let (mut read, position) = self.at().await?;
        let value = keys(&mut read, body).await?;
        Ok(AsOf { position, value })
    }

    /// What a trust list is made from, all of it at one position; `None` before the authority is
    /// established.
    pub async fn trust_inputs(&self) -> Result<AsOf<Option<TrustInputs>>, ViewError> {
        let (mut read, position) = self.at().await?;
        let Some(authority) = authority(&mut read).await? else {
            return Ok(AsOf {
                position,
                value: None,
            });
        };
        let rows = sqlx::query("SELECT * FROM view_body ORDER BY position LIMIT $1")
            .bind(i64::try_from(BODIES_MAX + 1).unwrap_or(i64::MAX))
            .fetch_all(&mut *read)
            .await
            .map_err(engine)?;
        if rows.len() > BODIES_MAX {
            return Err(ViewError::TooMany(BODIES_MAX));
        }
        let mut bodies = Vec::with_capacity(rows.len());
        for row in &rows {
            bodies.push(body_trust(&mut read, body_row(row)?).await?);
        }
        let value = Some(TrustInputs {
            keys: keys(&mut read, None).await?,
            authority,
            bodies,
        });
        Ok(AsOf { position, value })
    }
}

async fn authority(read: &mut SqliteConnection) -> Result<Option<AuthorityRow>, ViewError> {
    let row = sqlx::query("SELECT * FROM view_authority WHERE one = 1")
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

async fn body_trust(read: &mut SqliteConnection, body: BodyRow) -> Result<BodyTrust, ViewError> {
    let id = body.body.0.as_bytes().to_vec();
    let standings =
        sqlx::query("SELECT * FROM view_standing WHERE body = $1 ORDER BY from_position")
            .bind(id.clone())
            .fetch_all(&mut *read)
            .await
            .map_err(engine)?;
    let scopes =
        sqlx::query("SELECT * FROM view_scope WHERE body = $1 ORDER BY from_position, grant_id")
            .bind(id.clone())
            .fetch_all(&mut *read)
            .await
            .map_err(engine)?;
    let run_offs =
        sqlx::query("SELECT * FROM view_run_off WHERE body = $1 ORDER BY from_position, session")
            .bind(id.clone())
            .fetch_all(&mut *read)
            .await
            .map_err(engine)?;
    let lists: Vec<i64> = sqlx::query_scalar(
        "SELECT list FROM view_certificate WHERE body = $1
         UNION SELECT list FROM view_published WHERE owner = $2 ORDER BY list",
    )
    .bind(id)
    .bind(crate::domain::ids::StreamId::from(body.body).to_string())
    .fetch_all(&mut *read)
    .await
    .map_err(engine)?;
    Ok(BodyTrust {
        standings: standings
            .iter()
            .map(standing_row)
            .collect::<Result<_, _>>()?,
        scopes: scopes.iter().map(scope_row).collect::<Result<_, _>>()?,
        run_offs: run_offs.iter().map(run_off_row).collect::<Result<_, _>>()?,
        keys: keys(read, Some(body.body)).await?,
        lists: lists
            .into_iter()
            .filter_map(|list| u32::try_from(list).ok())
            .collect(),
        body,
    })
}

async fn keys(read: &mut SqliteConnection, body: Option<BodyId>) -> Result<Vec<KeyRow>, ViewError> {
    let rows = sqlx::query("SELECT * FROM view_key WHERE body IS $1 ORDER BY from_position")
        .bind(body.map(|body| body.0.as_bytes().to_vec()))
        .fetch_all(read)
        .await
        .map_err(engine)?;
    rows.iter().map(key_row).collect()
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
