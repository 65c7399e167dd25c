//! Cosignatures (共签) on the log's head: asked of the witnesses of a policy beside everything else,
//! and published with the head once the policy's quorum is met.
//!
//! Nothing waits for a witness: a certificate goes out with a proof under a checkpoint of the log
//! alone, and every later download has the proof under the cosigned head. The cosigned head is one
//! file, `log-cosigned` in the data directory. It is no secret and no loss: the next one covers all
//! that it covered.

use super::clock;
use super::error::AppError;
use super::files::write_durable;
use super::ledger::Ledger;
use super::remote::{Remote, RemoteError};
use crate::keys::verify_strict;
use crate::sequencer;
use crate::store::{EventStore, StoredCheckpoint};
use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::note::{NOTE_BYTES_MAX, Note, NoteKey, NoteSignature};
use crate::tlog::policy::Policy;
use crate::tlog::witness::{AddCheckpoint, read_answer, read_conflict};
use std::convert::Infallible;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::task::JoinSet;

/// How long after a round the next begins.
const ROUND_EVERY: Duration = Duration::from_millis(250);
/// How long after a round without its quorum.
const AGAIN_AFTER: Duration = Duration::from_secs(2);
/// How much older than the newest head the cosigned one may be and still be the one published, in
/// microseconds: past that, witnesses are out of reach, and the log goes on without them.
const COSIGNED_LAG_MAX: i64 = 10_000_000;

/// A witness that is asked.
#[derive(Clone)]
struct Asked {
    key: NoteKey,
    url: String,
    remote: Remote,
    /// The size it cosigned last, as far as is known.
    size: u64,
}

/// Why a witness has not cosigned.
#[derive(Debug, thiserror::Error)]
enum Missing {
    #[error(transparent)]
    Remote(#[from] RemoteError),
    #[error("its answer is no cosignature of the checkpoint")]
    Unsigned,
    #[error("it has seen {0} entries, which this ledger has not: is this an older copy?")]
    Ahead(u64),
}

fn path(dir: &Path) -> PathBuf {
    dir.join("log-cosigned")
}

impl Ledger {
    /// The newest head that a quorum of witnesses has cosigned, with their lines; `None` where none
    /// was, or where what is kept is not a head of this log.
    async fn cosigned_head(&self) -> Result<Option<StoredCheckpoint>, AppError> {
        let path = path(self.dir());
        let mut note = String::new();
        let read = std::fs::File::open(&path)
            .and_then(|file| file.take(NOTE_BYTES_MAX as u64).read_to_string(&mut note));
        match read {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                let path = path.display().to_string();
                return Err(AppError::File { path, error });
            }
        }
        let Ok(cosigned) = Note::parse(note.as_bytes()) else {
            return Ok(None);
        };
        let Ok(head) = Checkpoint::parse(cosigned.text()) else {
            return Ok(None);
        };
        // Only a head that this ledger has signed and stored; after a restore it may not have.
        let stored = self.store.checkpoint_covering(head.size).await?;
        let signed = stored.filter(|stored| {
            Note::parse(stored.note.as_bytes()).is_ok_and(|note| note.text() == cosigned.text())
        });
        Ok(signed.map(|signed| StoredCheckpoint { note, ..signed }))
    }

    /// The head that is published: the cosigned one, or the newest where witnesses are out of
    /// reach or nobody asks them.
    pub async fn published_head(&self) -> Result<StoredCheckpoint, AppError> {
        let newest = self.checkpoint().await?;
        let cosigned = self.cosigned_head().await?;
        let fresh = |it: &StoredCheckpoint| newest.signed_at.0 - it.signed_at.0 <= COSIGNED_LAG_MAX;
        let shown = self.published.load(Ordering::Relaxed);
        // Never a smaller one than before, though an older round may end late.
        let larger = |it: &StoredCheckpoint| it.tree_size >= shown;
        let head = cosigned.filter(fresh).filter(larger).unwrap_or(newest);
        self.published.fetch_max(head.tree_size, Ordering::Relaxed);
        Ok(head)
    }

    /// The head that proofs of events up to a position are given under: the cosigned one if it
    /// covers them, else the newest.
    pub(super) async fn head_covering(&self, position: u64) -> Result<StoredCheckpoint, AppError> {
        let cosigned = self.cosigned_head().await?;
        match cosigned.filter(|it| it.tree_size >= position) {
            Some(head) => Ok(head),
            None => self.checkpoint().await,
        }
    }

    /// Asks the witnesses of a policy to cosign each new head, until something of ours fails. What
    /// fails of theirs is told, and asked again.
    pub async fn gather_cosignatures(&self, policy: &Policy) -> Result<Infallible, AppError> {
        let mut asked: Vec<Asked> = policy.witnesses().iter().filter_map(asked).collect();
        let (mut done, mut told) = (0, 0);
        loop {
            let newest = self.checkpoint().await?;
            if newest.tree_size == done {
                tokio::time::sleep(ROUND_EVERY).await;
                continue;
            }
            let note = Note::parse(newest.note.as_bytes());
            let mut note = note.map_err(|error| AppError::Inconsistent(error.to_string()))?;
            let missing = self.ask_all(&mut asked, &newest, &mut note).await?;
            let now = u64::try_from(clock::now().0 / 1_000_000).unwrap_or(0);
            // The clocks of others may be a little ahead.
            let judged = policy.evaluate(&note, now + 60, &verify_strict);
            if judged.is_ok_and(|judged| judged.quorum_met) {
                write_durable(&path(self.dir()), note.to_string().as_bytes())?;
                done = newest.tree_size;
            }
            if missing.len() != told {
                told = missing.len();
                for (name, missing) in &missing {
                    tracing::warn!(witness = name, %missing, "a witness has not cosigned");
                }
            }
            let met = done == newest.tree_size;
            tokio::time::sleep(if met { ROUND_EVERY } else { AGAIN_AFTER }).await;
        }
    }

    /// Asks all of them at once, and once more those that turn out to have another size than
    /// thought; adds their lines to the note. Answers who has not cosigned.
    async fn ask_all(
        &self,
        asked: &mut [Asked],
        head: &StoredCheckpoint,
        note: &mut Note,
    ) -> Result<Vec<(String, Missing)>, AppError> {
        let mut missing = Vec::new();
        let mut places: Vec<usize> = (0..asked.len()).collect();
        for last in [false, true] {
            let mut answers = JoinSet::new();
            for place in std::mem::take(&mut places) {
                let witness = asked[place].clone();
                let request = self.request(witness.size, head).await?;
                let note = note.clone();
                answers.spawn_blocking(move || (place, ask(&witness, &request, &note)));
            }
            while let Some(Ok((place, answer))) = answers.join_next().await {
                let witness = &mut asked[place];
                let why = match answer {
                    Ok(Reply::Cosigned(line)) => {
                        witness.size = head.tree_size;
                        // A line that stands there already adds nothing.
                        let _ = note.add(line);
                        continue;
                    }
                    Ok(Reply::Has(size)) if size <= head.tree_size && !last => {
                        witness.size = size;
                        places.push(place);
                        continue;
                    }
                    Ok(Reply::Has(size)) if size <= head.tree_size => {
                        Missing::Remote(RemoteError::Status(409))
                    }
                    Ok(Reply::Has(size)) => Missing::Ahead(size),
                    Err(error) => error,
                };
                missing.push((witness.key.name().to_owned(), why));
            }
        }
        Ok(missing)
    }

    /// What a witness is asked that has cosigned `old` entries.
    async fn request(&self, old: u64, head: &StoredCheckpoint) -> Result<String, AppError> {
        let proof = sequencer::consistency(&self.store, old, head.tree_size).await?;
        let bad = |error: String| AppError::Inconsistent(error);
        let note = Note::parse(head.note.as_bytes()).map_err(|error| bad(error.to_string()))?;
        let request = AddCheckpoint::new(old, proof, note);
        Ok(request.map_err(|error| bad(error.to_string()))?.to_string())
    }
}

fn asked(witness: &crate::tlog::policy::PolicyWitness) -> Option<Asked> {
    Some(Asked {
        key: witness.key.clone(),
        url: witness.url.as_ref()?.trim_end_matches('/').to_owned(),
        remote: Remote::default(),
        size: 0,
    })
}

/// What a witness answered.
enum Reply {
    Cosigned(NoteSignature),
    /// 409: the size it has.
    Has(u64),
}

fn ask(witness: &Asked, request: &str, note: &Note) -> Result<Reply, Missing> {
    let url = format!("{}/add-checkpoint", witness.url);
    let answer = witness.remote.post(&url, request, NOTE_BYTES_MAX)?;
    match answer.status {
        200 => read_answer(&answer.body, note, &witness.key, &verify_strict)
            .map(|(line, _)| Reply::Cosigned(line))
            .map_err(|_| Missing::Unsigned),
        409 => read_conflict(&answer.body)
            .map(Reply::Has)
            .ok_or(Missing::Remote(RemoteError::Status(409))),
        other => Err(Missing::Remote(RemoteError::Status(other))),
    }
}
