//! The encrypted key file (密钥库), one per data directory.
//!
//! Compact JSON. Argon2id turns the passphrase into a master key; each secret is sealed under it
//! with XChaCha20-Poly1305, bound to its id and purpose, so that sealed bytes moved to another
//! entry do not open. A `check` value sealed the same way tells a wrong passphrase from a damaged
//! entry. Written whole each time: temporary file, fsync, rename, fsync of the directory; mode 0600.
//!
//! Who holds the file without the passphrase learns which keys exist, and can delete keys; he
//! cannot use one, add one, or change what one is for.

use super::{Ed25519Key, KeyId, Purpose, Signer};
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use rand::CryptoRng;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// First member of the file; another shape is another version.
const KIND: &str = "skill-ledger/v1/keyring";
/// Most bytes of a key file.
const FILE_BYTES_MAX: u64 = 4 << 20;

/// Cost of turning the passphrase into a key (Argon2id, RFC 9106). Written into the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KdfParams {
    /// Memory, KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl KdfParams {
    /// At least a quarter of a second on a plain server core.
    pub const STANDARD: Self = Self {
        memory_kib: 128 * 1024,
        passes: 4,
        lanes: 1,
    };
    /// Quick and weak, for tests only.
    pub const WEAK_FOR_TESTS: Self = Self {
        memory_kib: 64,
        passes: 1,
        lanes: 1,
    };
    /// Whether guessing costs less than [`KdfParams::STANDARD`] asks for.
    pub const fn is_weak(self) -> bool {
        self.memory_kib < Self::STANDARD.memory_kib || self.passes < Self::STANDARD.passes
    }
    /// What a file may ask for: a hostile one must not exhaust the machine.
    fn is_bounded(self) -> bool {
        self.memory_kib <= 1 << 20 && self.passes <= 32 && self.lanes <= 8
    }
}

/// A symmetric secret of 32 random bytes kept beside the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Secret {
    /// Wraps the data key of each person in the vault.
    VaultKeyEncryption,
    /// Key of the blind index over document numbers.
    BlindIndex,
    /// Key of digests over requests that may speak of a person.
    Digest,
}

impl Secret {
    /// Every secret that a keyring is created with.
    pub const ALL: [Self; 3] = [Self::VaultKeyEncryption, Self::BlindIndex, Self::Digest];

    /// The word in the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::VaultKeyEncryption => "vault-key-encryption",
            Self::BlindIndex => "blind-index",
            Self::Digest => "digest",
        }
    }
}

/// Why the key file could not be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyringError {
    /// The passphrase does not open this file.
    #[error("wrong passphrase")]
    WrongPassphrase,
    /// A file is there already.
    #[error("a key file exists already at {0}")]
    Exists(PathBuf),
    /// Not a key file, or one that was changed.
    #[error("the key file is damaged: {0}")]
    Damaged(&'static str),
    /// No such key in the file.
    #[error("no key {0} in the key file")]
    NoSuchKey(KeyId),
    /// The key exists and is for something else.
    #[error("key {id} is a {key} key, not a {asked} key")]
    WrongPurpose {
        /// Which key.
        id: KeyId,
        /// What it is for.
        key: Purpose,
        /// What it was asked for.
        asked: Purpose,
    },
    /// The passphrase could not be turned into a key (parameters, memory).
    #[error("key derivation failed")]
    Derivation,
    /// Reading or writing failed.
    #[error("key file {path}: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What happened.
        source: io::Error,
    },
}

impl KeyringError {
    /// Stable kebab-case name.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::WrongPassphrase => "wrong-passphrase",
            Self::Exists(_) => "keyring-exists",
            Self::Damaged(_) => "keyring-damaged",
            Self::NoSuchKey(_) => "no-such-key",
            Self::WrongPurpose { .. } => "wrong-key-purpose",
            Self::Derivation => "key-derivation-failed",
            Self::Io { .. } => "keyring-io",
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    kind: String,
    kdf: Kdf,
    check: Sealed,
    keys: Vec<KeyEntry>,
    secrets: Vec<SecretEntry>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kdf {
    algorithm: String,
    #[serde(with = "hex")]
    salt: [u8; 16],
    cost: KdfParams,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sealed {
    #[serde(with = "hex")]
    nonce: [u8; 24],
    #[serde(with = "hex")]
    bytes: Vec<u8>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyEntry {
    id: KeyId,
    purpose: Purpose,
    sealed: Sealed,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SecretEntry {
    name: Secret,
    sealed: Sealed,
}

/// An open key file.
pub struct Keyring {
    path: PathBuf,
    master: Zeroizing<[u8; 32]>,
    file: File,
}

impl Keyring {
    /// Makes a new file with fresh [`Secret`]s and no signing key. Refused if one exists.
    pub fn create(
        path: &Path,
        passphrase: &Zeroizing<String>,
        cost: KdfParams,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, KeyringError> {
        if path.exists() {
            return Err(KeyringError::Exists(path.to_owned()));
        }
        let kdf = Kdf {
            algorithm: "argon2id".into(),
            salt: random(rng),
            cost,
        };
        let master = derive(passphrase, &kdf)?;
        let check = seal(&master, b"", &check_name(), rng)?;
        let mut secrets = Vec::new();
        for name in Secret::ALL {
            let secret = Zeroizing::new(random::<32>(rng));
            let sealed = seal(&master, &*secret, &secret_name(name), rng)?;
            secrets.push(SecretEntry { name, sealed });
        }
        let keyring = Self {
            path: path.to_owned(),
            master,
            file: File {
                kind: KIND.into(),
                kdf,
                check,
                keys: Vec::new(),
                secrets,
            },
        };
        keyring.save()?;
        Ok(keyring)
    }

    /// Opens a file.
    pub fn open(path: &Path, passphrase: &Zeroizing<String>) -> Result<Self, KeyringError> {
        let at = |source| KeyringError::Io {
            path: path.to_owned(),
            source,
        };
        let mut bytes = Vec::new();
        let file = fs::File::open(path).map_err(at)?;
        file.take(FILE_BYTES_MAX + 1)
            .read_to_end(&mut bytes)
            .map_err(at)?;
        if bytes.len() as u64 > FILE_BYTES_MAX {
            return Err(KeyringError::Damaged("too large"));
        }
        let file: File =
            serde_json::from_slice(&bytes).map_err(|_| KeyringError::Damaged("not a key file"))?;
        if file.kind != KIND || file.kdf.algorithm != "argon2id" || !file.kdf.cost.is_bounded() {
            return Err(KeyringError::Damaged("unknown kind or key derivation"));
        }
        let master = derive(passphrase, &file.kdf)?;
        open(&master, &file.check, &check_name()).ok_or(KeyringError::WrongPassphrase)?;
        Ok(Self {
            path: path.to_owned(),
            master,
            file,
        })
    }

    /// Makes a signing key and stores it durably.
    pub fn add_signing_key(
        &mut self,
        purpose: Purpose,
        rng: &mut impl CryptoRng,
    ) -> Result<KeyId, KeyringError> {
        let seed = Zeroizing::new(random::<32>(rng));
        let id = Ed25519Key::from_seed(&seed, purpose).key_id().clone();
        let sealed = seal(&self.master, &*seed, &key_name(&id, purpose), rng)?;
        self.file.keys.push(KeyEntry {
            id: id.clone(),
            purpose,
            sealed,
        });
        if let Err(error) = self.save() {
            self.file.keys.pop();
            return Err(error);
        }
        Ok(id)
    }

    /// What guessing the passphrase of this file costs.
    pub const fn cost(&self) -> KdfParams {
        self.file.kdf.cost
    }

    /// The keys in the file, oldest first.
    pub fn keys(&self) -> impl Iterator<Item = (&KeyId, Purpose)> {
        self.file.keys.iter().map(|k| (&k.id, k.purpose))
    }

    /// A signer with one key; refused unless the key is for `purpose`.
    pub fn signer(&self, id: &KeyId, purpose: Purpose) -> Result<Ed25519Key, KeyringError> {
        let entry = self.file.keys.iter().find(|k| k.id == *id);
        let entry = entry.ok_or_else(|| KeyringError::NoSuchKey(id.clone()))?;
        if entry.purpose != purpose {
            return Err(KeyringError::WrongPurpose {
                id: id.clone(),
                key: entry.purpose,
                asked: purpose,
            });
        }
        let seed = open(&self.master, &entry.sealed, &key_name(id, purpose));
        let seed = exactly_32(seed).ok_or(KeyringError::Damaged("a key does not open"))?;
        let key = Ed25519Key::from_seed(&seed, purpose);
        if key.key_id() != id {
            return Err(KeyringError::Damaged("a key is not the one it is named"));
        }
        Ok(key)
    }

    /// One of the symmetric secrets.
    pub fn secret(&self, name: Secret) -> Result<Zeroizing<[u8; 32]>, KeyringError> {
        let entry = self.file.secrets.iter().find(|s| s.name == name);
        let entry = entry.ok_or(KeyringError::Damaged("a secret is missing"))?;
        exactly_32(open(&self.master, &entry.sealed, &secret_name(name)))
            .ok_or(KeyringError::Damaged("a secret does not open"))
    }

    fn save(&self) -> Result<(), KeyringError> {
        let bytes = serde_json::to_vec(&self.file)
            .map_err(|_| KeyringError::Damaged("it cannot be written"))?;
        write_durably(&self.path, &bytes).map_err(|source| KeyringError::Io {
            path: self.path.clone(),
            source,
        })
    }
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Keyring({} keys)", self.file.keys.len())
    }
}

fn check_name() -> Vec<u8> {
    format!("{KIND}\ncheck\n").into_bytes()
}
fn key_name(id: &KeyId, purpose: Purpose) -> Vec<u8> {
    format!("{KIND}\nkey\n{id}\n{purpose}\n").into_bytes()
}
fn secret_name(name: Secret) -> Vec<u8> {
    format!("{KIND}\nsecret\n{}\n", name.name()).into_bytes()
}

fn random<const N: usize>(rng: &mut impl CryptoRng) -> [u8; N] {
    let mut bytes = [0; N];
    rng.fill_bytes(&mut bytes);
    bytes
}

fn derive(passphrase: &str, kdf: &Kdf) -> Result<Zeroizing<[u8; 32]>, KeyringError> {
    let cost = kdf.cost;
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32))
        .map_err(|_| KeyringError::Derivation)?;
    let mut master = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), &kdf.salt, &mut *master)
        .map_err(|_| KeyringError::Derivation)?;
    Ok(master)
}

fn seal(
    master: &Zeroizing<[u8; 32]>,
    plain: &[u8],
    name: &[u8],
    rng: &mut impl CryptoRng,
) -> Result<Sealed, KeyringError> {
    let nonce: [u8; 24] = random(rng);
    let payload = Payload {
        msg: plain,
        aad: name,
    };
    let bytes = XChaCha20Poly1305::new((&**master).into())
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| KeyringError::Derivation)?;
    Ok(Sealed { nonce, bytes })
}

fn open(master: &Zeroizing<[u8; 32]>, sealed: &Sealed, name: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let payload = Payload {
        msg: &sealed.bytes,
        aad: name,
    };
    XChaCha20Poly1305::new((&**master).into())
        .decrypt(&XNonce::from(sealed.nonce), payload)
        .ok()
        .map(Zeroizing::new)
}

fn exactly_32(bytes: Option<Zeroizing<Vec<u8>>>) -> Option<Zeroizing<[u8; 32]>> {
    let bytes = bytes?;
    let exact: &[u8; 32] = bytes.as_slice().try_into().ok()?;
    Some(Zeroizing::new(*exact))
}

fn write_durably(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let directory = path.parent().filter(|p| !p.as_os_str().is_empty());
    let directory = directory.unwrap_or(Path::new("."));
    let temporary = path.with_extension("tmp");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(&temporary)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&temporary, path)?;
    fs::File::open(directory)?.sync_all()
}
