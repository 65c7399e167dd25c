//! A witness (见证人; C2SP tlog-witness), as a partner organisation runs it: it cosigns a log's
//! checkpoint only if that is consistent with the last one it cosigned, and remembers it durably
//! before it answers. What it decides stands in [`crate::tlog::witness`]; here are its files.
//!
//! ```text
//! DIR/keyring.json      its key, encrypted
//! DIR/vkey              its name and public key, for those who trust it
//! DIR/heads/HASH        what it last cosigned for a log; HASH = SHA-256 of the origin, hexadecimal
//! DIR/forks/HASH-…      checkpoints that a log signed and that contradict what it signed before
//! ```
//! A head that cannot be read is an error for ever after, never a beginning.

use super::chance;
use super::error::AppError;
use super::files::write_durable;
use crate::keys::{Ed25519Key, KdfParams, Keyring, Purpose, Signer, verify_strict};
use crate::tlog::note::{NOTE_BYTES_MAX, Note, NoteKey, NoteSignature};
use crate::tlog::policy::Policy;
use crate::tlog::witness::{AddCheckpoint, LOG_KEYS_MAX, Refusal, Witnessed, WitnessedLog, decide};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use zeroize::Zeroizing;

/// Forks kept of one log: enough to prove it, not enough to fill a disk.
const FORKS_MAX: usize = 16;

/// An open witness.
pub struct Witness {
    dir: PathBuf,
    key: NoteKey,
    signer: Ed25519Key,
    /// The logs it follows, by origin.
    logs: BTreeMap<String, Followed>,
}

/// A log, and whose turn it is to add to it.
struct Followed {
    log: WitnessedLog,
    name: String,
    turn: Mutex<()>,
}

/// Why a checkpoint was not cosigned.
#[derive(Debug, thiserror::Error)]
pub enum NotCosigned {
    /// The rules say no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A file or key of the witness fails.
    #[error(transparent)]
    Failed(#[from] AppError),
}

impl Witness {
    /// Makes a witness: a folder with a fresh key under this name (C2SP signed-note asks for a
    /// schemaless URL its owner controls, such as `witness.example.org/w1`).
    pub fn create(
        dir: &Path,
        name: &str,
        passphrase: &Zeroizing<String>,
        cost: KdfParams,
    ) -> Result<NoteKey, AppError> {
        // A name that cannot stand in a note is refused before there is a key.
        named(name, &[0; 32])?;
        std::fs::create_dir_all(dir).map_err(|error| at(dir, error))?;
        let mut keyring = Keyring::create(
            &dir.join("keyring.json"),
            passphrase,
            cost,
            &mut chance::rng(),
        )?;
        let id = keyring.add_signing_key(Purpose::Witness, &mut chance::rng())?;
        let signer = keyring.signer(&id, Purpose::Witness)?;
        let key = named(name, signer.public_key().as_bytes())?;
        write_durable(&dir.join("vkey"), format!("{key}\n").as_bytes())?;
        Ok(key)
    }

    /// Opens a witness that follows the logs of a policy (C2SP tlog-policy; its `log` lines).
    pub fn open(
        dir: &Path,
        passphrase: &Zeroizing<String>,
        logs: &Policy,
    ) -> Result<Self, AppError> {
        let keyring = Keyring::open(&dir.join("keyring.json"), passphrase)?;
        let bad = || AppError::Inconsistent("the witness's vkey is not that of its key".into());
        let vkey = read(&dir.join("vkey"))?.ok_or_else(bad)?;
        let vkey = String::from_utf8(vkey).map_err(|_| bad())?;
        let key: NoteKey = vkey.trim_end().parse().map_err(|_| bad())?;
        let mut signers = keyring.keys().filter(|(_, is)| *is == Purpose::Witness);
        let id = signers.next().ok_or_else(bad)?.0.clone();
        let signer = keyring.signer(&id, Purpose::Witness)?;
        if named(key.name(), signer.public_key().as_bytes())? != key {
            return Err(bad());
        }
        let mut keys: BTreeMap<String, Vec<NoteKey>> = BTreeMap::new();
        for log in logs.logs() {
            let of_log = keys.entry(log.key.name().to_owned()).or_default();
            if of_log.len() < LOG_KEYS_MAX {
                of_log.push(log.key.clone());
            }
        }
        if keys.is_empty() {
            return Err(AppError::BadInput {
                what: "policy",
                rule: "policy-log",
            });
        }
        let logs = keys.into_iter().map(|(origin, keys)| {
            let log = WitnessedLog::new(&origin, keys);
            let log = log.map_err(|error| AppError::Inconsistent(error.to_string()))?;
            let name = hex::encode(Sha256::digest(origin.as_bytes()));
            let turn = Mutex::new(());
            Ok((origin, Followed { log, name, turn }))
        });
        let witness = Self {
            dir: dir.to_owned(),
            key,
            signer,
            logs: logs.collect::<Result<_, AppError>>()?,
        };
        for followed in witness.logs.values() {
            witness.seen(followed)?;
        }
        Ok(witness)
    }

    /// Its name and public key.
    pub fn key(&self) -> &NoteKey {
        &self.key
    }

    /// The logs it follows: origin, and the size it last cosigned.
    pub fn logs(&self) -> Result<Vec<(String, u64)>, AppError> {
        let sizes = self.logs.iter().map(|(origin, followed)| {
            let seen = self.seen(followed)?;
            Ok((origin.clone(), seen.map_or(0, |seen| seen.head().size)))
        });
        sizes.collect()
    }

    /// Answers `add-checkpoint`: the cosignature, which is remembered before it is given. `now` is
    /// in seconds since 1970-01-01T00:00:00Z. Reads and writes files: not for a thread that must
    /// not wait.
    pub fn add_checkpoint(&self, request: &[u8], now: u64) -> Result<NoteSignature, NotCosigned> {
        let request = AddCheckpoint::parse(request)?;
        let followed = self.logs.get(request.origin());
        let followed = followed.ok_or(Refusal::UnknownLog)?;
        // One at a time for each log: what was seen is still the last when the next is written.
        let _turn = followed.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = self.seen(followed)?;
        let check = &verify_strict;
        let accepted = match decide(Some(&followed.log), seen.as_ref(), &request, check) {
            Ok(accepted) => accepted,
            Err(refusal) => {
                if refusal == Refusal::Inconsistent {
                    self.keep_fork(followed, &request)?;
                }
                return Err(refusal.into());
            }
        };
        let sign = |message: &[u8]| self.signer.sign(Purpose::Witness, message).map(|it| it.0);
        let cosigned = accepted.cosign(&self.key, now, sign);
        let cosigned = cosigned.map_err(|error| AppError::Inconsistent(error.to_string()))?;
        let (witnessed, line) = cosigned.map_err(AppError::from)?;
        write_durable(
            &self.head_path(followed),
            witnessed.note().to_string().as_bytes(),
        )?;
        Ok(line)
    }

    /// What was last cosigned for the log whose origin has this SHA-256, in hexadecimal.
    pub fn head(&self, origin_hash: &str) -> Result<Option<Note>, AppError> {
        let followed = self.logs.values().find(|log| log.name == origin_hash);
        let seen = followed.map(|followed| self.seen(followed)).transpose()?;
        Ok(seen.flatten().map(|seen| seen.note().clone()))
    }

    fn head_path(&self, followed: &Followed) -> PathBuf {
        self.dir.join("heads").join(&followed.name)
    }

    fn seen(&self, followed: &Followed) -> Result<Option<Witnessed>, AppError> {
        let path = self.head_path(followed);
        let Some(note) = read(&path)? else {
            return Ok(None);
        };
        let seen = Witnessed::open(&note, &self.key, &verify_strict);
        let seen = seen.map_err(|error| {
            let path = path.display();
            AppError::Inconsistent(format!(
                "what was last cosigned cannot be read: {path}: {error}"
            ))
        })?;
        Ok(Some(seen))
    }

    /// Two heads of one log that cannot both be true are what a witness exists to find.
    fn keep_fork(&self, followed: &Followed, request: &AddCheckpoint) -> Result<(), AppError> {
        tracing::error!(
            origin = request.origin(),
            "a signed checkpoint contradicts an earlier one"
        );
        let folder = self.dir.join("forks");
        let note = request.note().to_string();
        let digest = hex::encode(&Sha256::digest(note.as_bytes())[..16]);
        let kept = match std::fs::read_dir(&folder) {
            Ok(files) => files.count(),
            Err(error) if error.kind() == ErrorKind::NotFound => 0,
            Err(error) => return Err(at(&folder, error)),
        };
        if kept >= FORKS_MAX * self.logs.len() {
            return Ok(());
        }
        let name = format!("{}-{digest}", &followed.name[..16]);
        write_durable(&folder.join(name), note.as_bytes())
    }
}

fn named(name: &str, public: &[u8; 32]) -> Result<NoteKey, AppError> {
    NoteKey::witness(name, *public).map_err(|_| AppError::BadInput {
        what: "witness-name",
        rule: "witness-name",
    })
}

fn at(path: &Path, error: std::io::Error) -> AppError {
    AppError::File {
        path: path.display().to_string(),
        error,
    }
}

/// A small file; `None` if there is none.
fn read(path: &Path) -> Result<Option<Vec<u8>>, AppError> {
    let mut bytes = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| {
        file.take(2 * NOTE_BYTES_MAX as u64)
            .read_to_end(&mut bytes)
            .map(drop)
    });
    match read {
        Ok(()) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(at(path, error)),
    }
}
