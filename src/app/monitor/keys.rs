//! The keys a monitor takes heads from: those it was given, and those they handed over to.

use super::alarm::Alarm;
use super::source::Source;
use crate::app::log_keys::PublishedLogKey;
use crate::keys::verify_strict;
use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::log_keys::successor;
use crate::tlog::note::{InvalidNote, Note, NoteKey};

/// Most bytes of `log/keys`: some 400 keys.
const PUBLISHED_BYTES_MAX: usize = 512 * 1024;

/// Keys that are believed, and what made them so.
#[derive(Clone, Debug)]
pub(super) struct Believed {
    keys: Vec<NoteKey>,
    /// The notes by which one handed over to another, in order.
    successions: Vec<String>,
    /// Keys that the log says are compromised, and from which position on.
    void: Vec<(NoteKey, u64)>,
}

impl Believed {
    /// The given keys and those that the notes lead to from them; `None` if a note does not.
    pub(super) fn of(given: &[NoteKey], successions: &[String]) -> Option<Self> {
        let mut believed = Self {
            keys: given.to_vec(),
            successions: Vec::new(),
            void: Vec::new(),
        };
        for note in successions {
            let key = successor(note.as_bytes(), &believed.keys, &verify_strict).ok()?;
            believed.add(key, note);
        }
        Some(believed)
    }

    fn add(&mut self, key: NoteKey, note: &str) {
        if !self.keys.contains(&key) {
            self.keys.push(key);
            self.successions.push(note.to_owned());
        }
    }

    /// The notes that make keys believed besides the given ones.
    pub(super) fn successions(&self) -> &[String] {
        &self.successions
    }

    /// Reads what the log says of its keys. A log that says nothing has the keys it had. A key is
    /// believed only by a note of one believed before; that one is compromised is believed as it is
    /// said, for that only takes away. Answers the keys that are new.
    pub(super) fn learn(&mut self, source: &Source) -> Vec<NoteKey> {
        let published = source.fetch("keys", PUBLISHED_BYTES_MAX).ok();
        let published = published.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let published: Vec<PublishedLogKey> = published.unwrap_or_default();
        let before = self.keys.len();
        for it in &published {
            let vkey = &it.key.vkey;
            if let Some(note) = &it.succession
                && successor(note.as_bytes(), &self.keys, &verify_strict).as_ref() == Ok(vkey)
            {
                self.add(vkey.clone(), note);
            }
            if let Some(from) = it.key.compromised_from_position {
                self.void.push((vkey.clone(), from));
            }
        }
        self.keys[before..].to_vec()
    }

    /// A head that a believed key has signed, and that is not void.
    pub(super) fn open(&self, note: &[u8]) -> Result<Checkpoint, Alarm> {
        let not_signed = |_| Alarm::NotSigned;
        let note = Note::parse(note).map_err(not_signed)?;
        let head = Checkpoint::parse(note.text()).map_err(not_signed)?;
        let mut signers = Vec::new();
        for key in self.keys.iter().filter(|key| key.name() == head.origin) {
            match note.verify(key, &verify_strict) {
                Ok(()) => signers.push(key),
                Err(InvalidNote::NoSignature) => {}
                Err(_) => return Err(Alarm::NotSigned),
            }
        }
        let is_void = |key: &NoteKey| {
            let mut void = self.void.iter();
            void.any(|(it, from)| it == key && *from <= head.size)
        };
        match signers.as_slice() {
            [] => Err(Alarm::NotSigned),
            signers if signers.iter().all(|key| is_void(key)) => {
                Err(Alarm::KeyVoid { size: head.size })
            }
            _ => Ok(head),
        }
    }
}
