//! What became of a group whose answer was lost. Nothing is guessed: the database is asked until it
//! answers, or the caller is told that nobody knows.

use super::append::{Appender, Trouble, hold};
use super::failure::{self, Failure};
use super::read;
use crate::codec::batch::{AppendOutcome, Batch};
use crate::codec::row::Digest;
use crate::domain::ids::CommandId;
use crate::domain::time::Instant;
use crate::store::group::Answered;
use crate::store::group::judge::Judged;
use crate::store::{CommandDone, Head, StoreError};
use std::time::Duration;

/// How often a lost commit is asked after, and how long is waited between.
const ASK_TIMES: u32 = 60;
const ASK_AFTER: Duration = Duration::from_millis(500);

impl Appender {
    /// Settles a group whose one statement was on its way when the connection was lost. It may have
    /// been done, and may yet be done as long as the head stands where it was judged. So the group
    /// is written again under the lock: what was done answers so, what was not moves the head, and
    /// the statement, should it still come, finds the head elsewhere.
    pub(super) async fn settle(
        &mut self,
        on: Head,
        group: Vec<Batch>,
        now: Instant,
    ) -> Result<Answered, StoreError> {
        let unknown: Vec<_> = group.iter().map(|batch| batch.command_id).collect();
        for _ in 0..ASK_TIMES {
            match self.by_lock(group.clone(), now).await {
                Ok(judged) => {
                    let ours = |verdict| match verdict {
                        // Not done before the statement was sent.
                        Ok(AppendOutcome::AlreadyDone { first, last }) if first > on.position => {
                            Ok(AppendOutcome::Appended { first, last })
                        }
                        other => other,
                    };
                    return Ok(Answered {
                        answers: judged.verdicts.into_iter().map(ours).collect(),
                        rest: judged.rest,
                    });
                }
                // The statement met the same rule of the schema, or will.
                Err(Trouble::Nothing(error @ StoreError::Refused(_))) => return Err(error),
                Err(Trouble::Nothing(error)) => {
                    tracing::warn!(%error, "settling what became of a statement");
                    if self.writer.check().is_err() {
                        break;
                    }
                    tokio::time::sleep(ASK_AFTER).await;
                }
                // Whatever became of it: the next round finds it done or does it.
                Err(Trouble::Unknown(..) | Trouble::OnItsWay(..)) => {
                    tracing::warn!("settling what became of a statement: connection lost");
                }
            }
        }
        let unknown = unknown.into_iter();
        Ok(Answered {
            answers: unknown
                .map(|command| Err(StoreError::OutcomeUnknown { command }))
                .collect(),
            rest: Vec::new(),
        })
    }

    /// Finds out what became of a group whose commit was not answered. The head is taken first:
    /// once we hold it, the lost transaction has either committed or ended.
    pub(super) async fn resolve(
        &mut self,
        judged: Judged,
        asked: &[(CommandId, Digest)],
    ) -> Answered {
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
