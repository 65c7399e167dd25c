//! The keys of a log over its life (日志密钥): which of them sign a head of which size, and how one takes
//! over from another.
//!
//! A head of size n is that of the first n events, so a key signs it if it was registered at position n
//! or before, and neither retired nor declared compromised at n or before. While a key and its successor
//! are both in use, heads carry both signatures: whoever knows either follows the log.

use super::checkpoint::Checkpoint;
use super::note::{CheckSignature, InvalidNote, Note, NoteKey, SignatureType};
use serde::{Deserialize, Serialize};

/// First line of a note by which a key of a log hands over to another. It is no origin, so no such note
/// is a checkpoint.
pub const SUCCESSION: &str = "skill-ledger/v1/log-key-succession";

/// A key of a log and the positions in which it counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogKey {
    /// The key, as a C2SP verifier key; its name is the log's origin.
    #[serde(with = "as_text")]
    pub vkey: NoteKey,
    /// Position of its registration.
    pub from_position: u64,
    /// Position at which it went out of use: it was retired, or declared compromised.
    pub to_position: Option<u64>,
    /// What it signed over this position or a later one is void.
    pub compromised_from_position: Option<u64>,
}

impl LogKey {
    /// A key whose life is not known: in use from position 0 on. Refused for a witness's key.
    pub fn alone(vkey: NoteKey) -> Result<Self, InvalidNote> {
        Ok(Self {
            vkey: vkey.require(SignatureType::Ed25519)?,
            from_position: 0,
            to_position: None,
            compromised_from_position: None,
        })
    }
    /// Whether it signs heads of this size.
    pub fn signs(&self, size: u64) -> bool {
        self.from_position <= size && self.to_position.is_none_or(|to| size < to)
    }
    /// Whether a head of this size that it signed counts.
    pub fn counts(&self, size: u64) -> bool {
        self.signs(size)
            && self
                .compromised_from_position
                .is_none_or(|from| size < from)
    }
}

/// The keys of one log, oldest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogKeys {
    origin: String,
    keys: Vec<LogKey>,
}

impl LogKeys {
    /// The keys of the log of this origin, which must be the name of each.
    pub fn new(origin: &str, keys: Vec<LogKey>) -> Result<Self, InvalidNote> {
        let of_log = |key: &LogKey| {
            key.vkey.name() == origin && key.vkey.signature_type() == SignatureType::Ed25519
        };
        match keys.iter().all(of_log) {
            true => Ok(Self {
                origin: origin.to_owned(),
                keys,
            }),
            false => Err(InvalidNote::BadKey),
        }
    }
    /// The log of one key, in use from its first event on.
    pub fn only(vkey: NoteKey) -> Result<Self, InvalidNote> {
        let origin = vkey.name().to_owned();
        Self::new(&origin, vec![LogKey::alone(vkey)?])
    }
    /// First line of the log's heads.
    pub fn origin(&self) -> &str {
        &self.origin
    }
    /// Every key there ever was.
    pub fn all(&self) -> &[LogKey] {
        &self.keys
    }
    /// The keys that sign heads of this size.
    pub fn signing(&self, size: u64) -> impl Iterator<Item = &NoteKey> {
        let signs = move |key: &&LogKey| key.signs(size);
        self.keys.iter().filter(signs).map(|key| &key.vkey)
    }
    /// The newest key in use.
    pub fn newest(&self) -> Option<&NoteKey> {
        let mut keys = self.keys.iter().rev();
        keys.find(|key| key.to_position.is_none())
            .map(|key| &key.vkey)
    }

    /// Reads a head as the log itself signs it: every key in use at its size has.
    pub fn open(&self, note: &[u8], check: CheckSignature<'_>) -> Result<Checkpoint, InvalidNote> {
        let note = Note::parse(note)?;
        let head = Checkpoint::parse(note.text())?;
        if head.origin != self.origin {
            return Err(InvalidNote::NoSignature);
        }
        let mut signers = self.signing(head.size).peekable();
        if signers.peek().is_none() {
            return Err(InvalidNote::NoSignature);
        }
        signers.try_for_each(|key| note.verify(key, check))?;
        Ok(head)
    }

    /// Signs a head with every key in use at its size, through `sign`.
    pub fn sign<E>(
        &self,
        head: &Checkpoint,
        sign: impl Fn(&NoteKey, &[u8]) -> Result<[u8; 64], E>,
    ) -> Result<Result<Note, E>, InvalidNote> {
        let mut note: Option<Note> = None;
        for key in self.signing(head.size) {
            let signed = match head.sign(key, |bytes| sign(key, bytes))? {
                Ok(signed) => signed,
                Err(error) => return Ok(Err(error)),
            };
            match &mut note {
                None => note = Some(signed),
                Some(note) => {
                    let line = signed.signatures().first().cloned();
                    note.add(line.ok_or(InvalidNote::NoSignature)?)?;
                }
            }
        }
        note.map(Ok).ok_or(InvalidNote::NoSignature)
    }
}

/// The text by which `before` hands over to `after`:
///
/// ```text
/// skill-ledger/v1/log-key-succession LF
/// origin LF
/// vkey of before LF
/// vkey of after LF
/// ```
pub fn succession_text(before: &NoteKey, after: &NoteKey) -> String {
    format!("{SUCCESSION}\n{}\n{before}\n{after}\n", before.name())
}

/// The note by which `before` hands over to `after`, signed by both through `sign`.
pub fn hand_over<E>(
    before: &NoteKey,
    after: &NoteKey,
    sign: impl Fn(&NoteKey, &[u8]) -> Result<[u8; 64], E>,
) -> Result<Result<Note, E>, InvalidNote> {
    let text = succession_text(before, after);
    let signed = |key| Note::sign(&text, key, |bytes| sign(key, bytes));
    let (mut note, new) = match (signed(before)?, signed(after)?) {
        (Ok(note), Ok(new)) => (note, new),
        (Err(error), _) | (_, Err(error)) => return Ok(Err(error)),
    };
    for line in new.signatures() {
        note.add(line.clone())?;
    }
    Ok(Ok(note))
}

/// The key that one of `known` hands over to by this note, if both have signed it and it is of their log.
pub fn successor(
    note: &[u8],
    known: &[NoteKey],
    check: CheckSignature<'_>,
) -> Result<NoteKey, InvalidNote> {
    let note = Note::parse(note)?;
    let after = note.text().lines().nth(3).unwrap_or_default();
    let after = after.parse::<NoteKey>()?.require(SignatureType::Ed25519)?;
    let told = |before: &&NoteKey| succession_text(before, &after) == note.text();
    let before = known.iter().find(told).ok_or(InvalidNote::NoSignature)?;
    if before.name() != after.name() {
        return Err(InvalidNote::BadKey);
    }
    note.verify(before, check)?;
    note.verify(&after, check)?;
    Ok(after)
}

mod as_text {
    use super::{NoteKey, SignatureType};
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(key: &NoteKey, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(key)
    }
    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<NoteKey, D::Error> {
        let text = String::deserialize(from)?;
        let key = text.parse::<NoteKey>();
        key.and_then(|key| key.require(SignatureType::Ed25519))
            .map_err(serde::de::Error::custom)
    }
}
