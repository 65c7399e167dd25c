//! Key ids. A key's id is its public key as a W3C Multikey, so an id cannot name another key.
//!
//! Grammar: `z` base58btc(0xed 0x01 ‖ 32 bytes) for Ed25519 (Controlled Identifiers 1.0, Multikey).

use super::PublicKey;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::sync::Arc;

/// Multicodec prefix of an Ed25519 public key.
const ED25519_PUB: [u8; 2] = [0xed, 0x01];

/// The id of a key (密钥编号): `z6Mk…`. Holds the key that it names: whether a key is safe to accept
/// costs as much as a signature to find out, and is found out once.
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct KeyId(Arc<Named>);

struct Named {
    text: String,
    key: PublicKey,
}

/// A text that is no key id, or names a key we would never accept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidKeyId {
    /// Not a Multikey of a known kind.
    #[error("not an Ed25519 Multikey")]
    Malformed,
    /// Not canonical, of small order or of mixed order.
    #[error("an Ed25519 key that is not safe to accept")]
    UnsafeKey,
}

impl KeyId {
    /// The id of a public key.
    pub fn of(key: &PublicKey) -> Self {
        let mut bytes = ED25519_PUB.to_vec();
        bytes.extend_from_slice(key.as_bytes());
        Self(Arc::new(Named {
            text: format!("z{}", bs58::encode(bytes).into_string()),
            key: *key,
        }))
    }
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0.text
    }
    /// The key it stands for.
    pub fn public_key(&self) -> &PublicKey {
        &self.0.key
    }
}

fn decode(text: &str) -> Result<PublicKey, InvalidKeyId> {
    // A Multikey of 34 bytes has 48 characters.
    let encoded = text
        .strip_prefix('z')
        .filter(|t| t.len() <= 64)
        .ok_or(InvalidKeyId::Malformed)?;
    let bytes = bs58::decode(encoded)
        .into_vec()
        .map_err(|_| InvalidKeyId::Malformed)?;
    let key = bytes
        .strip_prefix(&ED25519_PUB)
        .and_then(|b| <&[u8; 32]>::try_from(b).ok())
        .ok_or(InvalidKeyId::Malformed)?;
    PublicKey::from_bytes(key).ok_or(InvalidKeyId::UnsafeKey)
}

// The text is the key: they are equal together.
impl PartialEq for KeyId {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}
impl Eq for KeyId {}
impl PartialOrd for KeyId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for KeyId {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}
impl Hash for KeyId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl FromStr for KeyId {
    type Err = InvalidKeyId;
    fn from_str(text: &str) -> Result<Self, InvalidKeyId> {
        // No two texts are the same bytes in base58, so this is the text of the key.
        let key = decode(text)?;
        Ok(Self(Arc::new(Named {
            text: text.to_owned(),
            key,
        })))
    }
}
impl TryFrom<String> for KeyId {
    type Error = InvalidKeyId;
    fn try_from(text: String) -> Result<Self, InvalidKeyId> {
        text.parse()
    }
}
impl From<KeyId> for String {
    fn from(id: KeyId) -> Self {
        id.as_str().to_owned()
    }
}
impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId({})", self.as_str())
    }
}
