//! The append: a group of batches in one transaction and one commit, on a connection of its own.
//!
//! The transaction first takes the one row that says where the event chain ends, so that several
//! processes may write and positions stay gapless and in the order of commits.

use super::failure::{self, Failure};
use super::{Writer, facts, insert, read, vault};
use crate::codec::batch::{AppendOutcome, Batch};
use crate::codec::canonical::Chain;
use crate::codec::row::Digest;
use crate::domain::ids::CommandId;
use crate::domain::time::Instant;
use crate::store::group::judge::{Judged, Questions, judge};
use crate::store::group::{Answered, Engine};
use crate::store::{CommandDone, Head, StoreError};
use sqlx::{PgConnection, Row as _};
use std::sync::Arc;
use std::time::Duration;

/// How often a lost commit is asked after, and how long is waited between.
const ASK_TIMES: u32 = 60;
const ASK_AFTER: Duration = Duration::from_millis(500);

/// What appends to a database.
pub(super) struct Appender {
    writer: Arc<Writer>,
    connection: Option<PgConnection>,
}

/// Why a group was not answered as judged.
enum Trouble {
    /// Nothing is stored.
    Nothing(StoreError),
    /// The connection was lost on the way to the commit.
    Unknown(Box<Judged>, Vec<(CommandId, Digest)>),
}

impl Appender {
    pub(super) fn on(writer: Arc<Writer>) -> Self {
        Self {
            writer,
            connection: None,
        }
    }

    /// Judges and writes as much of a group as one commit takes. A connection that met an error
    /// is not used again.
    async fn stored(&mut self, group: Vec<Batch>, now: Instant) -> Result<Judged, Trouble> {
        self.writer.check().map_err(Trouble::Nothing)?;
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.writer.connect().await.map_err(Trouble::Nothing)?,
        };
        let asked: Vec<_> = group
            .iter()
            .map(|b| (b.command_id, b.request_digest))
            .collect();
        let prepared = self.prepare(&mut connection, group, now).await;
        let judged = prepared.map_err(Trouble::Nothing)?;
        if judged.plan.rows.is_empty() {
            if sqlx::raw_sql("ROLLBACK")
                .execute(&mut connection)
                .await
                .is_ok()
            {
                self.connection = Some(connection);
            }
            return Ok(judged);
        }
        match sqlx::raw_sql("COMMIT").execute(&mut connection).await {
            Ok(_) => {
                self.connection = Some(connection);
                Ok(judged)
            }
            Err(error) => match Failure::of(&error) {
                Failure::Lost(_) => Err(Trouble::Unknown(Box::new(judged), asked)),
                _ => Err(Trouble::Nothing(self.writer.failed(&error, now))),
            },
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
        let written = async {
            let moved = insert::write(connection, &mut judged.plan, &end).await?;
            vault::write(connection, &judged.plan).await?;
            Ok::<bool, sqlx::Error>(moved)
        };
        match written.await {
            Ok(true) => Ok(judged),
            Ok(false) => Err(StoreError::Engine("the head moved under the lock".into())),
            Err(error) => Err(self.writer.failed(&error, now)),
        }
    }

    /// Finds out what became of a group whose commit was not answered. The head is taken first:
    /// once we hold it, the lost transaction has either committed or ended.
    async fn resolve(&mut self, judged: Judged, asked: &[(CommandId, Digest)]) -> Answered {
        let mut answers = Vec::with_capacity(judged.verdicts.len());
        let done = self.ask(asked).await;
        for (verdict, (command, digest)) in judged.verdicts.into_iter().zip(asked) {
            answers.push(match (verdict, &done) {
                // What writes nothing was judged on what others had committed, or on batches of
                // this group: without these it has to be judged anew.
                (Ok(AppendOutcome::Appended { .. }), Some(done)) => {
                    match done.iter().find(|(id, _)| id == command) {
                        Some((_, it)) if it.request_digest == *digest => {
                            Ok(AppendOutcome::Appended {
                                first: it.first,
                                last: it.last,
                            })
                        }
                        Some(_) => Ok(AppendOutcome::CommandIdReused),
                        None => Err(Failure::Busy.into()),
                    }
                }
                (_, Some(_)) => Err(Failure::Busy.into()),
                (_, None) => Err(StoreError::OutcomeUnknown { command: *command }),
            });
        }
        Answered {
            answers,
            rest: judged.rest,
        }
    }

    /// What these commands did, asked under the lock of the head; `None` if nobody answers.
    async fn ask(
        &mut self,
        asked: &[(CommandId, Digest)],
    ) -> Option<Vec<(CommandId, CommandDone)>> {
        for _ in 0..ASK_TIMES {
            match self.ask_once(asked).await {
                Ok(done) => return Some(done),
                Err(error) => {
                    tracing::warn!(%error, "asking what became of a commit");
                    tokio::time::sleep(ASK_AFTER).await;
                }
            }
        }
        None
    }

    async fn ask_once(
        &mut self,
        asked: &[(CommandId, Digest)],
    ) -> Result<Vec<(CommandId, CommandDone)>, StoreError> {
        let mut connection = self.writer.connect().await?;
        hold(&mut connection).await?;
        let ids: Vec<uuid::Uuid> = asked.iter().map(|(id, _)| id.0).collect();
        let rows = sqlx::query(
            "SELECT command_id, request_digest, first_position, last_position FROM command \
             WHERE command_id = ANY ($1)",
        )
        .bind(ids)
        .fetch_all(&mut connection)
        .await
        .map_err(|e| failure::read(&e))?;
        let done = rows.iter().map(|row| {
            let id = CommandId(read::column(row, 0, "command", &"a command", "command_id")?);
            Ok((id, read::done(row, 1, &id)?))
        });
        let done = done.collect::<Result<_, StoreError>>()?;
        let ended = sqlx::raw_sql("ROLLBACK").execute(&mut connection).await;
        ended.map_err(|e| failure::read(&e))?;
        self.connection = Some(connection);
        Ok(done)
    }
}

/// Begins a transaction and takes the end of the event chain, in one trip. Each statement after
/// it sees everything committed by whoever held it before.
async fn hold(connection: &mut PgConnection) -> Result<Head, StoreError> {
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
        }
    }
}
