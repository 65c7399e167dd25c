//! The log's keys over their lives (日志密钥), as the authority's events say them.

mod change;

pub use change::{RetireLogKey, RevokeLogKey, RotateLogKey};

use super::error::AppError;
use super::ledger::{Ledger, log_origin};
use crate::codec::registry;
use crate::codec::row::Row;
use crate::domain::authority::event::AuthorityEvent;
use crate::domain::event::Event;
use crate::domain::ids::StreamId;
use crate::keys::{Ed25519Key, KeyId, Purpose};
use crate::store::EventStore;
use crate::tlog::log_keys::{LogKey, LogKeys};
use crate::tlog::note::NoteKey;
use serde::Serialize;
use std::sync::PoisonError;

/// What the authority's events say of the log's keys, as far as they have been read.
#[derive(Clone, Debug, Default)]
pub(super) struct KeyEvents {
    /// Version of the last event read.
    version: u64,
    host: String,
    events: Vec<(u64, KeyEvent)>,
}

#[derive(Clone, Debug)]
enum KeyEvent {
    Registered {
        key_id: String,
        succession: Option<String>,
    },
    Retired(String),
    Compromised {
        key_id: String,
        from_position: u64,
    },
}

/// A key as `log/keys` publishes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct PublishedLogKey {
    /// The key and its life.
    pub key: LogKey,
    /// The note by which the key before it handed over; none for the first.
    pub succession: Option<String>,
}

impl KeyEvents {
    /// Takes in one more event of the authority's stream.
    fn take(&mut self, row: &Row) -> Result<(), AppError> {
        self.version = row.stream_version;
        let told = match row.event_type.as_str() {
            "authority.established"
            | "authority.key_registered"
            | "authority.key_retired"
            | "authority.key_compromised" => registry::decode(row)?,
            // A published list is long, and says nothing here.
            _ => return Ok(()),
        };
        let event = match told {
            Event::Authority(AuthorityEvent::Established(it)) => {
                self.host = it.host;
                return Ok(());
            }
            Event::Authority(AuthorityEvent::KeyRegistered(it))
                if it.purpose == Purpose::Log.name() =>
            {
                KeyEvent::Registered {
                    key_id: it.key_id,
                    succession: it.succession,
                }
            }
            Event::Authority(AuthorityEvent::KeyRetired(it)) => KeyEvent::Retired(it.key_id),
            Event::Authority(AuthorityEvent::KeyCompromised(it)) => KeyEvent::Compromised {
                key_id: it.key_id,
                from_position: it.from_position,
            },
            _ => return Ok(()),
        };
        self.events.push((row.position, event));
        Ok(())
    }

    /// The keys as they were at a position, each with what handed over to it.
    fn at(&self, position: u64) -> Result<Vec<(LogKey, Option<String>)>, AppError> {
        let origin = log_origin(&self.host);
        let mut keys: Vec<Life> = Vec::new();
        for (at, event) in self.events.iter().take_while(|(at, _)| *at <= position) {
            match event {
                KeyEvent::Registered { key_id, succession } => {
                    let life = LogKey {
                        vkey: note_key(&origin, key_id)?,
                        from_position: *at,
                        to_position: None,
                        compromised_from_position: None,
                    };
                    keys.push((key_id.clone(), life, succession.clone()));
                }
                KeyEvent::Retired(key_id) => {
                    if let Some(life) = named(&mut keys, key_id) {
                        life.to_position.get_or_insert(*at);
                    }
                }
                KeyEvent::Compromised {
                    key_id,
                    from_position,
                } => {
                    if let Some(life) = named(&mut keys, key_id) {
                        life.to_position.get_or_insert(*at);
                        let void = life.compromised_from_position.get_or_insert(*from_position);
                        *void = (*void).min(*from_position);
                    }
                }
            }
        }
        let keys = keys.into_iter();
        Ok(keys.map(|(_, life, note)| (life, note)).collect())
    }
}

/// A key's id, its life, and what handed over to it.
type Life = (String, LogKey, Option<String>);

fn named<'a>(keys: &'a mut [Life], key_id: &str) -> Option<&'a mut LogKey> {
    let key = keys.iter_mut().find(|(id, ..)| id == key_id);
    key.map(|(_, life, _)| life)
}

fn note_key(origin: &str, key_id: &str) -> Result<NoteKey, AppError> {
    let bad = |detail: &str| AppError::Inconsistent(format!("the log's key {detail}"));
    let id: KeyId = key_id.parse().map_err(|_| bad("cannot be read"))?;
    NoteKey::new(origin, *id.public_key().as_bytes()).map_err(|error| bad(&error.to_string()))
}

impl Ledger {
    /// What the events say, read on from where they were read last.
    async fn key_events(&self) -> Result<KeyEvents, AppError> {
        let mut known = self
            .key_events
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let stream = StreamId::authority(self.id());
        let news = [(stream, known.version + 1)];
        for row in self.store.read_streams(&news).await? {
            known.take(&row)?;
        }
        if known.version == 0 {
            return Err(AppError::NotFound { what: "ledger" });
        }
        let mut kept = self
            .key_events
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if kept.version < known.version {
            *kept = known.clone();
        }
        Ok(known)
    }

    /// The keys of the log, as of the last event.
    pub async fn log_keys(&self) -> Result<LogKeys, AppError> {
        self.log_keys_at(u64::MAX).await
    }

    /// The keys of the log as of a position.
    pub(super) async fn log_keys_at(&self, position: u64) -> Result<LogKeys, AppError> {
        let known = self.key_events().await?;
        let keys = known.at(position)?.into_iter().map(|(key, _)| key);
        LogKeys::new(&log_origin(&known.host), keys.collect())
            .map_err(|error| AppError::Inconsistent(error.to_string()))
    }

    /// The newest of the log's keys in use.
    pub async fn log_key(&self) -> Result<NoteKey, AppError> {
        let keys = self.log_keys().await?;
        let newest = keys.newest().cloned();
        newest.ok_or(AppError::NotFound { what: "key" })
    }

    /// Every key of the log with its life and what handed over to it, as `log/keys` publishes them:
    /// compact JSON.
    pub async fn published_log_keys(&self) -> Result<Vec<u8>, AppError> {
        let known = self.key_events().await?;
        let keys = known.at(u64::MAX)?.into_iter();
        let keys: Vec<_> = keys
            .map(|(key, succession)| PublishedLogKey { key, succession })
            .collect();
        serde_json::to_vec(&keys).map_err(AppError::unwritable)
    }

    /// What signs heads of this size.
    pub(super) fn log_signers(
        &self,
        keys: &LogKeys,
        size: u64,
    ) -> Result<Vec<Ed25519Key>, AppError> {
        keys.signing(size).map(|key| self.log_signer(key)).collect()
    }

    /// What signs with one key of the log.
    pub(super) fn log_signer(&self, key: &NoteKey) -> Result<Ed25519Key, AppError> {
        let id = crate::keys::PublicKey::from_bytes(key.public_key())
            .ok_or_else(|| AppError::Inconsistent("the log's key is unsafe".into()))?
            .id();
        self.signer(id.as_str(), Purpose::Log)
    }
}
