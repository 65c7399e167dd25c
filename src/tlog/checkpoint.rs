//! Checkpoints (C2SP tlog-checkpoint): the signed head of the log.
//!
//! ```text
//! origin LF
//! size LF                 ; decimal, no leading zero
//! base64(root) LF
//! *(extension LF)         ; read and kept; our log writes none
//! ```

use super::leaf::Hash;
use super::note::{CheckSignature, InvalidNote, Note, NoteKey};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt;

/// The head of a log: what a signed note says about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name, a schema-less URL: `ledger.example/log`.
    pub origin: String,
    /// Leaves in the tree.
    pub size: u64,
    /// Root of the tree.
    pub root: Hash,
    /// Further lines, opaque.
    pub extensions: Vec<String>,
}

impl Checkpoint {
    /// The body of a note: printed by [`fmt::Display`], read here.
    pub fn parse(text: &str) -> Result<Self, InvalidNote> {
        let body = text.strip_suffix('\n').ok_or(InvalidNote::Malformed)?;
        let mut lines = body.split('\n');
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next())
        else {
            return Err(InvalidNote::Malformed);
        };
        let root = STANDARD.decode(root).map_err(|_| InvalidNote::Malformed)?;
        let extensions: Vec<String> = lines.map(str::to_owned).collect();
        if origin.is_empty() || extensions.iter().any(String::is_empty) {
            return Err(InvalidNote::Malformed);
        }
        Ok(Self {
            origin: origin.to_owned(),
            size: decimal(size).ok_or(InvalidNote::Malformed)?,
            root: root.try_into().map_err(|_| InvalidNote::Malformed)?,
            extensions,
        })
    }

    /// Reads a signed checkpoint and checks it: signed by `log`, whose name is the origin.
    pub fn open(
        bytes: &[u8],
        log: &NoteKey,
        check: CheckSignature<'_>,
    ) -> Result<Self, InvalidNote> {
        let note = Note::parse(bytes)?;
        note.verify(log, check)?;
        let checkpoint = Self::parse(note.text())?;
        if checkpoint.origin != log.name() {
            return Err(InvalidNote::NoSignature);
        }
        Ok(checkpoint)
    }

    /// Signs it with the log's key through `sign`.
    pub fn sign<E>(
        &self,
        log: &NoteKey,
        sign: impl FnOnce(&[u8]) -> Result<[u8; 64], E>,
    ) -> Result<Result<Note, E>, InvalidNote> {
        let text = self.to_string();
        if Self::parse(&text).as_ref() != Ok(self) || self.origin != log.name() {
            return Err(InvalidNote::Malformed);
        }
        Note::sign(&text, log, sign)
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}", self.origin, self.size)?;
        writeln!(f, "{}", STANDARD.encode(self.root))?;
        for line in &self.extensions {
            writeln!(f, "{line}")?;
        }
        Ok(())
    }
}

/// A decimal number without sign or leading zero.
pub(super) fn decimal(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    if plain { text.parse().ok() } else { None }
}
