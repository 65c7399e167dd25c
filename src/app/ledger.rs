//! One open ledger: its files, its store, and, with the passphrase, its keys and its vault.

use super::clock;
use super::error::AppError;
use super::home::{Home, database_path};
use super::log_keys::KeyEvents;
use crate::domain::authority::decider::AuthorityDecider;
use crate::domain::authority::state::Authority;
use crate::domain::ids::{LedgerId, StreamId};
use crate::keys::{Ed25519Key, KeyId, Keyring, Purpose, Secret};
use crate::projection::{self, Target};
use crate::sequencer;
use crate::store::{AnyStore, EventStore, StoredCheckpoint};
use crate::tlog::proof::TlogProof;
use crate::vault::{Vault, VaultKeys};
use crate::view::Views;
use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;
use std::sync::{Mutex, PoisonError};
use zeroize::Zeroizing;

/// An open data directory.
pub struct Ledger {
    dir: PathBuf,
    pub(super) store: AnyStore,
    pub(super) views: Views,
    secrets: Option<Secrets>,
    /// Whose turn it is to sign a checkpoint: one at a time in this process.
    pub(super) turn_to_sign: tokio::sync::Mutex<()>,
    /// What is known of the log's keys.
    pub(super) key_events: Mutex<KeyEvents>,
    /// Size of the largest head that was published here.
    pub(super) published: AtomicU64,
}

/// What only the passphrase opens.
struct Secrets {
    keyring: Mutex<Keyring>,
    vault: Vault,
}

/// The key file inside a data directory.
pub fn keyring_path(dir: &Path) -> PathBuf {
    dir.join("keys").join("keyring.json")
}

impl Ledger {
    /// Opens for reading beside whoever writes; no passphrase, no personal data.
    pub async fn open_to_read(home: impl Into<Home>) -> Result<Self, AppError> {
        let home = home.into();
        let store = AnyStore::open_to_read(home.database()).await?;
        Ok(Self::assemble(home.dir(), store, None))
    }

    /// Opens for writing: takes the lock of a file, opens the key file, brings views up to date.
    pub async fn open(
        home: impl Into<Home>,
        passphrase: &Zeroizing<String>,
    ) -> Result<Self, AppError> {
        let home = home.into();
        let store = AnyStore::open_to_write(home.database(), clock::now()).await?;
        let keyring = Keyring::open(&keyring_path(home.dir()), passphrase)?;
        let ledger = Self::with_keyring(home.dir(), store, keyring)?;
        if home.on_server() {
            ledger.need_own_keys().await?;
        }
        ledger.refresh_views().await?;
        Ok(ledger)
    }

    /// Refuses a key file that is another ledger's: what it sealed, nobody could open again.
    async fn need_own_keys(&self) -> Result<(), AppError> {
        let keys = self.log_keys().await?;
        match self.log_signers(&keys, u64::MAX).is_ok() {
            true => Ok(()),
            false => Err(AppError::Refused {
                code: "keys-of-another-ledger",
                args: Vec::new(),
            }),
        }
    }

    pub(super) fn with_keyring(
        dir: &Path,
        store: AnyStore,
        keyring: Keyring,
    ) -> Result<Self, AppError> {
        let vault = Vault::new(VaultKeys {
            key_encryption: keyring.secret(Secret::VaultKeyEncryption)?,
            blind_index: keyring.secret(Secret::BlindIndex)?,
            digest: keyring.secret(Secret::Digest)?,
        });
        let secrets = Secrets {
            keyring: Mutex::new(keyring),
            vault,
        };
        Ok(Self::assemble(dir, store, Some(secrets)))
    }

    fn assemble(dir: &Path, store: AnyStore, secrets: Option<Secrets>) -> Self {
        let views = Views::of(&store);
        Self {
            dir: dir.to_owned(),
            store,
            views,
            secrets,
            turn_to_sign: tokio::sync::Mutex::new(()),
            key_events: Mutex::default(),
            published: AtomicU64::new(0),
        }
    }

    /// The ledger's id.
    pub fn id(&self) -> LedgerId {
        self.store.ledger()
    }

    /// The data directory.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The vault; refused without the passphrase.
    pub fn vault(&self) -> Result<&Vault, AppError> {
        Ok(&self.secrets()?.vault)
    }

    fn secrets(&self) -> Result<&Secrets, AppError> {
        self.secrets.as_ref().ok_or(AppError::Locked)
    }

    /// Refuses a ledger whose passphrase is cheap to guess: such a one is made for tests only.
    pub fn need_costly_passphrase(&self) -> Result<(), AppError> {
        let keyring = &self.secrets()?.keyring;
        let cost = keyring
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .cost();
        if cost.is_weak() {
            return Err(AppError::Refused {
                code: "passphrase-cheap",
                args: Vec::new(),
            });
        }
        Ok(())
    }

    /// A signer with one key of the key file.
    pub fn signer(&self, key: &str, purpose: Purpose) -> Result<Ed25519Key, AppError> {
        let id: KeyId = key
            .parse()
            .map_err(|_| AppError::Inconsistent(format!("key id {key} cannot be read")))?;
        let keyring = self
            .secrets()?
            .keyring
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        Ok(keyring.signer(&id, purpose)?)
    }

    /// Makes a signing key and keeps it durably, before anything speaks of it.
    pub fn make_key(&self, purpose: Purpose) -> Result<Ed25519Key, AppError> {
        let mut keyring = self
            .secrets()?
            .keyring
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let id = keyring.add_signing_key(purpose, &mut super::chance::rng())?;
        Ok(keyring.signer(&id, purpose)?)
    }

    /// The authority as its events say it is.
    pub async fn authority(&self) -> Result<Authority, AppError> {
        let stream = StreamId::authority(self.id());
        let loaded = self
            .load_existing::<AuthorityDecider>(stream, "ledger")
            .await?;
        Ok(loaded.state.authority()?.clone())
    }

    /// The newest signed checkpoint.
    pub async fn checkpoint(&self) -> Result<StoredCheckpoint, AppError> {
        self.store
            .log_state()
            .await?
            .ok_or(AppError::NotFound { what: "checkpoint" })
    }

    /// The inclusion proof of the event at a position.
    pub async fn proof_at(&self, position: u64) -> Result<TlogProof, AppError> {
        let row = self
            .store
            .row(position)
            .await?
            .ok_or(AppError::NotFound { what: "event" })?;
        let under = self.head_covering(position).await?;
        Ok(sequencer::proof(&self.store, &self.log_keys().await?, &under, &row).await?)
    }

    /// What the views are true at, and the end of the ledger.
    pub async fn views_position(&self) -> Result<(u64, u64), AppError> {
        Ok((
            self.views.position().await?,
            self.store.head().await?.position,
        ))
    }

    /// Builds the views again from the first event.
    pub async fn rebuild_views(&self) -> Result<u64, AppError> {
        Ok(projection::rebuild(&self.store, &self.views).await?)
    }

    /// Writes a whole copy of the database into a new data directory; keys stay where they are.
    pub async fn copy_to(&self, dir: &Path) -> Result<(), AppError> {
        std::fs::create_dir_all(dir).map_err(|error| AppError::File {
            path: dir.display().to_string(),
            error,
        })?;
        Ok(self.store.copy_to(&database_path(dir)).await?)
    }

    /// How many view rows are not as the events say.
    pub async fn compare_views(&self) -> Result<usize, AppError> {
        Ok(projection::compare(&self.store, &self.views).await?.len())
    }

    /// Closes the ledger; its lock is free again.
    pub async fn close(self) {
        self.store.close().await;
    }

    /// The read models, for answers that decide nothing.
    pub fn views(&self) -> &Views {
        &self.views
    }

    /// Brings the views up to the last event.
    pub async fn refresh_views(&self) -> Result<u64, AppError> {
        Ok(projection::run_to(&self.store, &self.views, Target::Head).await?)
    }

    /// Brings the views up to every event as it comes, until it fails.
    pub async fn follow_log(&self) -> Result<Infallible, AppError> {
        Ok(projection::follow(&self.store, &self.views).await?)
    }
}

/// The log's origin (C2SP tlog-checkpoint) under a host name.
pub fn log_origin(host: &str) -> String {
    format!("{host}/log")
}
