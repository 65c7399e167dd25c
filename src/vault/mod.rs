//! Personal data sealed and opened (个人信息), apart from the events. No SQL: the store keeps what
//! is sealed here and cannot open it.
//!
//! One random data key per person, wrapped by the ledger's key-encryption key. Both layers are
//! XChaCha20-Poly1305 with a random 24-byte nonce. A wrapped key is bound to its person, a sealed
//! row to (person, field, version): a row moved to another place does not open. Erasure destroys
//! the wrapped key and the rows; without the key, a row left in an old copy is noise.
//!
//! Who holds the database without the three keys learns how many people there are, which fields
//! each has and roughly how long; not who they are, and not whether a given document number is
//! among them.

mod content;
#[cfg(test)]
mod tests;

pub use content::{Contact, Content, Identity, Staff, card_field, credential_field};

use crate::codec::batch::{NewSubject, SealedRow};
use crate::codec::row::Digest;
use crate::domain::ids::SubjectId;
use crate::locale::{self, Words};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use rand::CryptoRng;
use std::fmt;
use zeroize::Zeroizing;

/// Most bytes of one sealed content: a credential with its coats.
pub const CONTENT_BYTES_MAX: usize = 1 << 20;
/// Typed contents are padded to a multiple of this, so that a length says little.
const PADDING: usize = 128;
/// First byte of a wrapped key: nonce and ciphertext follow.
const WRAP_V1: u8 = 1;
const NONCE: usize = 24;

/// 32 secret bytes, wiped when dropped.
pub type Secret = Zeroizing<[u8; 32]>;

/// The vault's three secrets. They come from the ledger's keyring.
pub struct VaultKeys {
    /// Wraps the people's data keys.
    pub key_encryption: Secret,
    /// Makes blind indexes of document numbers.
    pub blind_index: Secret,
    /// Makes digests of requests that may speak of a person.
    pub digest: Secret,
}

/// Seals, opens, and makes the digests nobody can guess against.
pub struct Vault {
    keys: VaultKeys,
}

/// The data key of one person, in the clear; wiped when dropped.
pub struct DataKey {
    subject: SubjectId,
    key: Secret,
}

/// The vault could not. Says whose and which, never what.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// Another ledger's secrets, or a damaged row: the wrapped key does not open.
    #[error("the key of {0} does not open: it is damaged, or the vault's secrets are others")]
    Key(SubjectId),
    /// A sealed row does not open in its place.
    #[error("the sealed row {field:?} version {version} of {subject} does not open")]
    Row {
        /// Whose.
        subject: SubjectId,
        /// Which field.
        field: String,
        /// Which version.
        version: u32,
    },
    /// An opened content has not its shape: it was sealed by another program.
    #[error("the opened field {0:?} has not its shape")]
    Shape(&'static str),
    /// More than [`CONTENT_BYTES_MAX`].
    #[error("the content has more than {CONTENT_BYTES_MAX} bytes")]
    TooLong,
    /// The cipher refused to seal.
    #[error("the content could not be sealed")]
    Seal,
}

impl VaultError {
    /// A stable word for scripts and problem documents; also the message key, after `vault-`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Key(_) => "key",
            Self::Row { .. } => "row",
            Self::Shape(_) => "shape",
            Self::TooLong => "too-long",
            Self::Seal => "seal",
        }
    }

    /// The words for people.
    pub fn words(&self) -> Words {
        let args: Vec<(&str, String)> = match self {
            Self::Key(subject) => vec![("subject", subject.to_string())],
            Self::Row {
                subject,
                field,
                version,
            } => vec![
                ("subject", subject.to_string()),
                ("field", field.clone()),
                ("version", version.to_string()),
            ],
            Self::Shape(field) => vec![("field", (*field).to_owned())],
            Self::TooLong | Self::Seal => Vec::new(),
        };
        locale::words(&format!("vault-{}", self.code()), &args)
    }
}

impl Vault {
    /// A vault over its three secrets.
    pub fn new(keys: VaultKeys) -> Self {
        Self { keys }
    }

    /// A person new to the vault: a fresh data key, wrapped. `document_key` is the normal form of
    /// the identity document ([`IdentityDocument::key`](crate::domain::identity::IdentityDocument::key)),
    /// `None` for staff.
    pub fn new_subject(
        &self,
        subject: SubjectId,
        document_key: Option<&str>,
        rng: &mut impl CryptoRng,
    ) -> Result<(NewSubject, DataKey), VaultError> {
        let mut key = Secret::default();
        rng.fill_bytes(key.as_mut());
        let mut nonce = [0; NONCE];
        rng.fill_bytes(&mut nonce);
        let sealed = encrypt(
            &self.keys.key_encryption,
            &nonce,
            key.as_ref(),
            &wrap_place(subject),
        )?;
        let mut wrapped_key = Vec::with_capacity(1 + NONCE + sealed.len());
        wrapped_key.push(WRAP_V1);
        wrapped_key.extend_from_slice(&nonce);
        wrapped_key.extend_from_slice(&sealed);
        let new = NewSubject {
            subject,
            wrapped_key,
            blind_index: document_key.map(|key| self.blind_index(key)),
        };
        Ok((new, DataKey { subject, key }))
    }

    /// The data key of a known person.
    pub fn data_key(&self, subject: SubjectId, wrapped_key: &[u8]) -> Result<DataKey, VaultError> {
        let opened = || {
            let (version, rest) = wrapped_key.split_first()?;
            let (nonce, sealed) = rest.split_first_chunk::<NONCE>()?;
            let key = (*version == WRAP_V1)
                .then(|| {
                    decrypt(
                        &self.keys.key_encryption,
                        nonce,
                        sealed,
                        &wrap_place(subject),
                    )
                })
                .flatten()?;
            let mut exact = Secret::default();
            (key.len() == exact.len()).then(|| exact.copy_from_slice(&key))?;
            Some(exact)
        };
        let key = opened().ok_or(VaultError::Key(subject))?;
        Ok(DataKey { subject, key })
    }

    /// What the vault knows a document by: keyed BLAKE3 of its normal form. Without the key
    /// nobody can try numbers against it.
    pub fn blind_index(&self, document_key: &str) -> Digest {
        *blake3::keyed_hash(&self.keys.blind_index, document_key.as_bytes()).as_bytes()
    }

    /// A digest of bytes that may speak of a person (a request, a sheet): keyed BLAKE3.
    pub fn keyed_digest(&self, bytes: &[u8]) -> Digest {
        *blake3::keyed_hash(&self.keys.digest, bytes).as_bytes()
    }
}

impl DataKey {
    /// Whose key.
    pub const fn subject(&self) -> SubjectId {
        self.subject
    }

    /// 32 secret bytes of this person for one use and one place: BLAKE3's key derivation over the
    /// data key. `context` is a constant text of the program; erasure of the person destroys them.
    pub fn derive(&self, context: &str, place: &str) -> Secret {
        let mut deriving = blake3::Hasher::new_derive_key(context);
        deriving.update(self.key.as_ref());
        deriving.update(self.subject.0.as_bytes());
        deriving.update(place.as_bytes());
        let mut secret = Secret::default();
        deriving.finalize_xof().fill(secret.as_mut());
        secret
    }

    /// Seals a typed content as version `version` of its field.
    pub fn seal<T: Content>(
        &self,
        content: &T,
        version: u32,
        rng: &mut impl CryptoRng,
    ) -> Result<SealedRow, VaultError> {
        let bytes = content::to_bytes(content, PADDING)?;
        self.seal_bytes(T::FIELD, version, &bytes, rng)
    }

    /// Opens a typed content.
    pub fn open<T: Content>(&self, row: &SealedRow) -> Result<T, VaultError> {
        if row.field != T::FIELD {
            return Err(VaultError::Shape(T::FIELD));
        }
        let bytes = self.open_bytes(row)?;
        serde_json::from_slice(&bytes).map_err(|_| VaultError::Shape(T::FIELD))
    }

    /// Seals bytes, as they are, as version `version` of `field`.
    pub fn seal_bytes(
        &self,
        field: &str,
        version: u32,
        bytes: &[u8],
        rng: &mut impl CryptoRng,
    ) -> Result<SealedRow, VaultError> {
        if bytes.len() > CONTENT_BYTES_MAX + PADDING {
            return Err(VaultError::TooLong);
        }
        let mut nonce = [0; NONCE];
        rng.fill_bytes(&mut nonce);
        let place = row_place(self.subject, field, version);
        Ok(SealedRow {
            subject: self.subject,
            field: field.to_owned(),
            version,
            nonce,
            ciphertext: encrypt(&self.key, &nonce, bytes, &place)?,
        })
    }

    /// Opens bytes; wiped when dropped.
    pub fn open_bytes(&self, row: &SealedRow) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let place = row_place(self.subject, &row.field, row.version);
        let closed = || VaultError::Row {
            subject: self.subject,
            field: row.field.clone(),
            version: row.version,
        };
        if row.subject != self.subject {
            return Err(closed());
        }
        decrypt(&self.key, &row.nonce, &row.ciphertext, &place).ok_or_else(closed)
    }
}

/// What a wrapped key is bound to.
fn wrap_place(subject: SubjectId) -> Vec<u8> {
    let mut place = b"skill-ledger/v1/data-key\0".to_vec();
    place.extend_from_slice(subject.0.as_bytes());
    place
}

/// What a sealed row is bound to. Fixed lengths first, so that no two places share their bytes.
fn row_place(subject: SubjectId, field: &str, version: u32) -> Vec<u8> {
    let mut place = b"skill-ledger/v1/sealed-row\0".to_vec();
    place.extend_from_slice(subject.0.as_bytes());
    place.extend_from_slice(&version.to_be_bytes());
    place.extend_from_slice(field.as_bytes());
    place
}

fn encrypt(
    key: &Secret,
    nonce: &[u8; NONCE],
    msg: &[u8],
    aad: &[u8],
) -> Result<Vec<u8>, VaultError> {
    XChaCha20Poly1305::new((&**key).into())
        .encrypt(&XNonce::from(*nonce), Payload { msg, aad })
        .map_err(|_| VaultError::Seal)
}

fn decrypt(
    key: &Secret,
    nonce: &[u8; NONCE],
    msg: &[u8],
    aad: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    XChaCha20Poly1305::new((&**key).into())
        .decrypt(&XNonce::from(*nonce), Payload { msg, aad })
        .ok()
        .map(Zeroizing::new)
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault(…)")
    }
}
impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DataKey({}, …)", self.subject)
    }
}
