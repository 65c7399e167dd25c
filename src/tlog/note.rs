//! Signed notes (C2SP signed-note): the text, its signature lines, and the keys.
//!
//! ```text
//! note      = text LF signature+           ; text ends with LF, then one blank line
//! signature = "— " name " " base64(key id ‖ signature) LF          ; U+2014
//! vkey      = name "+" hex(key id) "+" base64(type ‖ public key)
//! key id    = first 4 bytes of SHA-256(name ‖ LF ‖ type ‖ public key)
//! type      = 0x01, a log's Ed25519 signature over the text / 0x04, a witness's cosignature
//! ```
//! A key has one of the two types and is refused for the other: its id would differ, and so does
//! what it signs. Cosignatures are in [`super::cosignature`].
//!
//! Refused though others may read it: control characters other than LF, more than
//! [`SIGNATURES_MAX`] signatures, more than [`NOTE_BYTES_MAX`] bytes. Signatures of unknown keys
//! and types are kept and ignored.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// Most bytes of a note.
pub const NOTE_BYTES_MAX: usize = 64 * 1024;
/// Most signatures of a note.
pub const SIGNATURES_MAX: usize = 64;

/// What a note or key text does wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidNote {
    /// Not the grammar above.
    #[error("not a signed note")]
    Malformed,
    /// Over the size or signature limit.
    #[error("the note is too large")]
    TooLarge,
    /// The key has not signed it.
    #[error("the note has no signature of the key")]
    NoSignature,
    /// A signature under the key's name and id that does not verify.
    #[error("the note's signature is not valid")]
    BadSignature,
    /// Not a verifier key, or not one of a type in [`SignatureType`].
    #[error("not an Ed25519 verifier key")]
    BadKey,
    /// A witness's key where a log's is needed, or the other way round.
    #[error("a verifier key of the other signature type")]
    WrongKeyType,
    /// The note has a signature under this name and key id already.
    #[error("the note has a signature of this key already")]
    Duplicate,
    /// A cosignature dated zero or beyond 2^63 − 1.
    #[error("the cosignature has an impossible time")]
    BadTime,
}

/// Checks an Ed25519 signature: (public key, message, signature).
pub type CheckSignature<'a> = &'a dyn Fn(&[u8; 32], &[u8], &[u8; 64]) -> bool;

/// What an Ed25519 key's signatures are (C2SP signed-note, "Signature types").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignatureType {
    /// 0x01: over the note's text. A log's key.
    Ed25519,
    /// 0x04: over a time and the note's text (C2SP tlog-cosignature). A witness's key.
    CosignatureV1,
}

impl SignatureType {
    /// The assigned byte.
    pub const fn byte(self) -> u8 {
        match self {
            Self::Ed25519 => 0x01,
            Self::CosignatureV1 => 0x04,
        }
    }
}

/// A named Ed25519 key that signs notes in one way; printed and read as a vkey.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NoteKey {
    name: String,
    signature_type: SignatureType,
    public_key: [u8; 32],
}

impl NoteKey {
    /// A log's key with a name: not empty, no white space, no `+`.
    pub fn new(name: &str, public_key: [u8; 32]) -> Result<Self, InvalidNote> {
        Self::of_type(name, SignatureType::Ed25519, public_key)
    }
    /// A witness's key, for cosignatures and nothing else; its name as in [`Self::new`].
    pub fn witness(name: &str, public_key: [u8; 32]) -> Result<Self, InvalidNote> {
        Self::of_type(name, SignatureType::CosignatureV1, public_key)
    }
    fn of_type(
        name: &str,
        signature_type: SignatureType,
        public_key: [u8; 32],
    ) -> Result<Self, InvalidNote> {
        if !name_is_good(name) {
            return Err(InvalidNote::BadKey);
        }
        Ok(Self {
            name: name.to_owned(),
            signature_type,
            public_key,
        })
    }
    /// Whether it is a log's key or a witness's.
    pub fn signature_type(&self) -> SignatureType {
        self.signature_type
    }
    /// The key itself if it is of this type.
    pub fn require(self, signature_type: SignatureType) -> Result<Self, InvalidNote> {
        if self.signature_type == signature_type {
            Ok(self)
        } else {
            Err(InvalidNote::WrongKeyType)
        }
    }
    /// The name in the signature line; for a log its origin.
    pub fn name(&self) -> &str {
        &self.name
    }
    /// The 32 bytes of the Ed25519 key.
    pub fn public_key(&self) -> &[u8; 32] {
        &self.public_key
    }
    /// The four bytes in front of each signature.
    pub fn id(&self) -> [u8; 4] {
        let mut hasher = Sha256::new();
        hasher.update(self.name.as_bytes());
        hasher.update([b'\n', self.signature_type.byte()]);
        hasher.update(self.public_key);
        let hash: [u8; 32] = hasher.finalize().into();
        [hash[0], hash[1], hash[2], hash[3]]
    }
}

impl fmt::Display for NoteKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut key = vec![self.signature_type.byte()];
        key.extend_from_slice(&self.public_key);
        let id = hex::encode(self.id());
        write!(f, "{}+{}+{}", self.name, id, STANDARD.encode(key))
    }
}

/// Reads a key of either type: where only one will do, follow with [`NoteKey::require`].
impl FromStr for NoteKey {
    type Err = InvalidNote;
    fn from_str(text: &str) -> Result<Self, InvalidNote> {
        // The base64 may itself contain `+`.
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(InvalidNote::BadKey);
        };
        let key = STANDARD.decode(key).map_err(|_| InvalidNote::BadKey)?;
        let (signature_type, key) = match key.as_slice() {
            [0x01, key @ ..] => (SignatureType::Ed25519, key),
            [0x04, key @ ..] => (SignatureType::CosignatureV1, key),
            _ => return Err(InvalidNote::BadKey),
        };
        let key = key.try_into().map_err(|_| InvalidNote::BadKey)?;
        let key = Self::of_type(name, signature_type, key)?;
        if hex::encode(key.id()) != id {
            return Err(InvalidNote::BadKey);
        }
        Ok(key)
    }
}

fn name_is_good(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 255
        && !name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '+')
}

/// One signature line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteSignature {
    /// The signer's name.
    pub name: String,
    /// The signer's key id.
    pub key_id: [u8; 4],
    /// What follows the key id: 64 bytes for a log's Ed25519 key, 72 for a cosignature.
    pub signature: Vec<u8>,
}

/// The line, with its LF.
impl fmt::Display for NoteSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut blob = self.key_id.to_vec();
        blob.extend_from_slice(&self.signature);
        writeln!(f, "\u{2014} {} {}", self.name, STANDARD.encode(blob))
    }
}

impl NoteSignature {
    /// Whether it stands under the name and id of `key`: whether `key` has to verify it.
    pub fn is_of(&self, key: &NoteKey) -> bool {
        self.name == key.name && self.key_id == key.id()
    }

    /// Reads signature lines alone, one at least, each with its LF: the end of a note, or what a
    /// witness answers (C2SP tlog-witness, "add-checkpoint").
    pub fn parse_lines(text: &str) -> Result<Vec<Self>, InvalidNote> {
        if text.len() > NOTE_BYTES_MAX {
            return Err(InvalidNote::TooLarge);
        }
        let lines = text.strip_suffix('\n').ok_or(InvalidNote::Malformed)?;
        let mut signatures = Vec::new();
        for line in lines.split('\n') {
            if signatures.len() == SIGNATURES_MAX {
                return Err(InvalidNote::TooLarge);
            }
            signatures.push(signature_line(line)?);
        }
        Ok(signatures)
    }
}

/// A text and its signatures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<NoteSignature>,
}

impl Note {
    /// Signs `text` (ending in LF) with a log's `key` through `sign`.
    pub fn sign<E>(
        text: &str,
        key: &NoteKey,
        sign: impl FnOnce(&[u8]) -> Result<[u8; 64], E>,
    ) -> Result<Result<Self, E>, InvalidNote> {
        if key.signature_type != SignatureType::Ed25519 {
            return Err(InvalidNote::WrongKeyType);
        }
        if !text_is_good(text) {
            return Err(InvalidNote::Malformed);
        }
        Ok(sign(text.as_bytes()).map(|signature| Self {
            text: text.to_owned(),
            signatures: vec![NoteSignature {
                name: key.name.clone(),
                key_id: key.id(),
                signature: signature.to_vec(),
            }],
        }))
    }

    /// Reads a note.
    pub fn parse(bytes: &[u8]) -> Result<Self, InvalidNote> {
        if bytes.len() > NOTE_BYTES_MAX {
            return Err(InvalidNote::TooLarge);
        }
        let whole = std::str::from_utf8(bytes).map_err(|_| InvalidNote::Malformed)?;
        // The last blank line: the text may hold blank lines itself.
        let at = whole.rfind("\n\n").ok_or(InvalidNote::Malformed)?;
        let (text, lines) = (&whole[..at + 1], &whole[at + 2..]);
        if !text_is_good(text) {
            return Err(InvalidNote::Malformed);
        }
        Ok(Self {
            text: text.to_owned(),
            signatures: NoteSignature::parse_lines(lines)?,
        })
    }

    /// Adds a signature behind the others, which stay as they are. One key stands once: a second
    /// signature under the same name and key id is refused, whatever it says.
    pub fn add(&mut self, signature: NoteSignature) -> Result<(), InvalidNote> {
        if !name_is_good(&signature.name) || signature.signature.is_empty() {
            return Err(InvalidNote::Malformed);
        }
        let same = |s: &NoteSignature| s.name == signature.name && s.key_id == signature.key_id;
        if self.signatures.iter().any(same) {
            return Err(InvalidNote::Duplicate);
        }
        let bytes = self.to_string().len() + signature.to_string().len();
        if self.signatures.len() >= SIGNATURES_MAX || bytes > NOTE_BYTES_MAX {
            return Err(InvalidNote::TooLarge);
        }
        self.signatures.push(signature);
        Ok(())
    }

    /// The note with only those signatures that `keep` keeps.
    pub fn with_signatures(&self, keep: impl FnMut(&&NoteSignature) -> bool) -> Self {
        Self {
            text: self.text.clone(),
            signatures: self.signatures.iter().filter(keep).cloned().collect(),
        }
    }

    /// The signed text, with its final LF.
    pub fn text(&self) -> &str {
        &self.text
    }
    /// The signature lines.
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    /// Whether a log's `key` has signed the text. Every signature under its name and id must
    /// verify.
    pub fn verify(&self, key: &NoteKey, check: CheckSignature<'_>) -> Result<(), InvalidNote> {
        if key.signature_type != SignatureType::Ed25519 {
            return Err(InvalidNote::WrongKeyType);
        }
        let mut found = false;
        for s in self.signatures.iter().filter(|s| s.is_of(key)) {
            let signature = s.signature.as_slice().try_into();
            let signature = signature.map_err(|_| InvalidNote::BadSignature)?;
            if !check(&key.public_key, self.text.as_bytes(), signature) {
                return Err(InvalidNote::BadSignature);
            }
            found = true;
        }
        if found {
            Ok(())
        } else {
            Err(InvalidNote::NoSignature)
        }
    }
}

/// The note as text, ready to publish.
impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|s| write!(f, "{s}"))
    }
}

fn text_is_good(text: &str) -> bool {
    text.ends_with('\n')
        && text.len() <= NOTE_BYTES_MAX
        && !text.contains(|c: char| c.is_control() && c != '\n')
}

fn signature_line(line: &str) -> Result<NoteSignature, InvalidNote> {
    let rest = line
        .strip_prefix("\u{2014} ")
        .ok_or(InvalidNote::Malformed)?;
    let (name, blob) = rest.split_once(' ').ok_or(InvalidNote::Malformed)?;
    let blob = STANDARD.decode(blob).map_err(|_| InvalidNote::Malformed)?;
    let Some((key_id, signature)) = blob.split_first_chunk::<4>() else {
        return Err(InvalidNote::Malformed);
    };
    if !name_is_good(name) || signature.is_empty() {
        return Err(InvalidNote::Malformed);
    }
    Ok(NoteSignature {
        name: name.to_owned(),
        key_id: *key_id,
        signature: signature.to_vec(),
    })
}
