//! The append: a group of batches in one transaction and one commit, on a connection of its own.
//!
//! Whoever wrote last knows where the event chain ends, and supposes that nobody else wrote since
//! and that nothing stands in the way: one statement asks both, writes, and is the transaction. If
//! it is not so, the transaction first takes the one row that says where the chain ends and asks
//! what it has to know, so that several processes may write and positions stay gapless and in the
//! order of commits.

use super::failure::{self, Failure};
use super::{Writer, facts, insert, read, vault};
use crate::codec::batch::Batch;
use crate::codec::canonical::Chain;
use crate::codec::row::Digest;
use crate::domain::ids::CommandId;
use crate::domain::time::Instant;
use crate::store::group::judge::{Facts, Judged, Questions, judge};
use crate::store::group::{Answered, Engine};
use crate::store::{Head, StoreError};
use sqlx::{PgConnection, Row as _};
use std::sync::Arc;

/// Groups that take the lock, one after another, once somebody else moved the head.
const LOCKED: u32 = 32;

/// What appends to a database.
pub(super) struct Appender {
    pub(super) writer: Arc<Writer>,
    pub(super) connection: Option<PgConnection>,
    /// Where the chain ended when this last wrote.
    end: Option<Head>,
    /// Groups still to take the lock.
    locked: u32,
}

/// Why a group was not answered as judged.
pub(super) enum Trouble {
    /// Nothing is stored.
    Nothing(StoreError),
    /// The connection was lost on the way to the commit of a transaction that holds the head.
    Unknown(Box<Judged>, Vec<(CommandId, Digest)>),
    /// The connection was lost while one statement was on its way, which may yet come to run as
    /// long as the head stands here.
    OnItsWay(Head, Vec<Batch>),
}

impl Appender {
    pub(super) fn on(writer: Arc<Writer>) -> Self {
        Self {
            writer,
            connection: None,
            end: None,
            locked: 0,
        }
    }

    /// The connection, or a new one. One that met an error is not used again.
    async fn connected(&mut self) -> Result<PgConnection, Trouble> {
        match self.connection.take() {
            Some(connection) => Ok(connection),
            None => self.writer.connect().await.map_err(Trouble::Nothing),
        }
    }

    /// Judges and writes as much of a group as one commit takes.
    async fn stored(&mut self, group: Vec<Batch>, now: Instant) -> Result<Judged, Trouble> {
        self.writer.check().map_err(Trouble::Nothing)?;
        let Some(end) = self.end.take() else {
            return self.by_lock(group, now).await;
        };
        self.locked = self.locked.saturating_sub(1);
        let mut group = group;
        if self.locked == 0
            && let Some(supposed) = Facts::supposed(end, &group)
        {
            match self.at_once(supposed, group, now).await? {
                Ok(judged) => return Ok(judged),
                Err(back) => group = back,
            }
        }
        let judged = self.by_lock(group, now).await?;
        if judged.plan.on.position != end.position {
            self.locked = LOCKED;
        }
        Ok(judged)
    }

    /// Judges a group on what is supposed and writes it in one statement that holds only if it is
    /// so; if it is not, nothing is written and the group comes back.
    async fn at_once(
        &mut self,
        supposed: Facts,
        group: Vec<Batch>,
        now: Instant,
    ) -> Result<Result<Judged, Vec<Batch>>, Trouble> {
        let asked = insert::Supposed {
            commands: group.iter().map(|b| b.command_id.0).collect(),
            streams: supposed.versions.keys().map(ToString::to_string).collect(),
            versions: supposed
                .versions
                .values()
                .map(|v| read::signed(*v))
                .collect(),
            keys: Questions::of(&group).keys,
        };
        // The group is needed again if something is not as supposed.
        let mut judged = judge(supposed, group.clone());
        let Some(end) = judged.plan.end() else {
            return Ok(Err(group));
        };
        let mut connection = self.connected().await?;
        match insert::write(&mut connection, &mut judged.plan, &end, asked).await {
            Ok(written) => {
                self.connection = Some(connection);
                if !written {
                    return Ok(Err(group));
                }
                self.end = Some(end);
                Ok(Ok(judged))
            }
            Err(error) => Err(match Failure::of(&error) {
                Failure::Lost(_) => Trouble::OnItsWay(judged.plan.on, group),
                _ => Trouble::Nothing(self.writer.failed(&error, now)),
            }),
        }
    }

    /// Judges and writes a group while holding the head.
    pub(super) async fn by_lock(
        &mut self,
        group: Vec<Batch>,
        now: Instant,
    ) -> Result<Judged, Trouble> {
        let mut connection = self.connected().await?;
        let ids = group.iter().map(|b| (b.command_id, b.request_digest));
        let asked = ids.collect();
        let prepared = self.prepare(&mut connection, group, now).await;
        let judged = prepared.map_err(Trouble::Nothing)?;
        let Some(end) = judged.plan.end() else {
            let ended = sqlx::raw_sql("ROLLBACK").execute(&mut connection).await;
            if ended.is_ok() {
                self.end = Some(judged.plan.on);
                self.connection = Some(connection);
            }
            return Ok(judged);
        };
        match sqlx::raw_sql("COMMIT").execute(&mut connection).await {
            Ok(_) => {
                self.end = Some(end);
                self.connection = Some(connection);
                Ok(judged)
            }
            Err(error) => Err(match Failure::of(&error) {
                Failure::Lost(_) => Trouble::Unknown(Box::new(judged), asked),
                _ => Trouble::Nothing(self.writer.failed(&error, now)),
            }),
        }
    }

    /// Everything up to the commit.
    async fn prepare(
        &self,
        connection: &mut PgConnection,
        group: Vec<Batch>,
        now: Instant,
    ) -> Result<Judged, StoreError> {
        let head = hold(connection).await?;
        let facts = facts::read(connection, &Questions::of(&group), head).await?;
        let mut judged = judge(facts, group);
        let Some(end) = judged.plan.end() else {
            return Ok(judged);
        };
        let nothing = insert::Supposed::default();
        let written = async {
            let moved = insert::write(connection, &mut judged.plan, &end, nothing).await?;
            vault::write(connection, &judged.plan).await?;
            Ok::<bool, sqlx::Error>(moved)
        };
        match written.await {
            Ok(true) => Ok(judged),
            Ok(false) => Err(StoreError::Engine("the head moved under the lock".into())),
            Err(error) => Err(self.writer.failed(&error, now)),
        }
    }
}

/// Begins a transaction and takes the end of the event chain, in one trip. Each statement after
/// it sees everything committed by whoever held it before.
pub(super) async fn hold(connection: &mut PgConnection) -> Result<Head, StoreError> {
    let rows = sqlx::raw_sql(
        "BEGIN ISOLATION LEVEL READ COMMITTED; \
         SELECT position::text, encode(chain, 'hex'), at::text FROM head \
         WHERE chain_name = 'event' FOR UPDATE",
    )
    .fetch_all(connection)
    .await
    .map_err(|e| failure::read(&e))?;
    let bad = |name| read::corrupt("head", &Chain::Event.name(), name);
    let row = rows.first().ok_or_else(|| bad("chain_name"))?;
    let text = |index, name| row.try_get::<&str, _>(index).map_err(|_| bad(name));
    let mut chain = [0; 32];
    hex::decode_to_slice(text(1, "chain")?, &mut chain).map_err(|_| bad("chain"))?;
    Ok(Head {
        position: text(0, "position")?.parse().map_err(|_| bad("position"))?,
        chain,
        recorded_at: Instant(text(2, "at")?.parse().map_err(|_| bad("at"))?),
    })
}

impl Engine for Appender {
    async fn commit(&mut self, group: Vec<Batch>, now: Instant) -> Result<Answered, StoreError> {
        match self.stored(group, now).await {
            Ok(judged) => Ok(Answered {
                answers: judged.verdicts,
                rest: judged.rest,
            }),
            Err(Trouble::Nothing(error)) => Err(error),
            Err(Trouble::Unknown(judged, asked)) => Ok(self.resolve(*judged, &asked).await),
            Err(Trouble::OnItsWay(on, group)) => self.settle(on, group, now).await,
        }
    }
}
