//! The proof of one entry as a file (C2SP tlog-proof, version 1).
//!
//! ```text
//! c2sp.org/tlog-proof@v1 LF
//! extra SP base64(public entry) LF        ; ours always has it; not authenticated by itself
//! index SP decimal LF
//! *(base64(hash) LF)                      ; from the leaf's sibling to the root's child
//! LF
//! checkpoint                              ; the signed note, verbatim
//! ```
//! The leaf is SHA-256(0x00 ‖ extra). A reader checks the hash path, then what the entry says.

use super::checkpoint::{Checkpoint, decimal};
use super::leaf::{Hash, leaf_hash};
use super::merkle::verify_inclusion;
use super::note::{CheckSignature, InvalidNote, NOTE_BYTES_MAX, NoteKey};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt;

/// First line of the file.
pub const MAGIC: &str = "c2sp.org/tlog-proof@v1";
/// Most bytes of a proof file.
pub const PROOF_BYTES_MAX: usize = NOTE_BYTES_MAX + 16 * 1024;
/// A path of a tree of at most 2^62 leaves.
const HASHES_MAX: usize = 63;

/// What a proof file does wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidTlogProof {
    /// Not the grammar above.
    #[error("not a tlog-proof file")]
    Malformed,
    /// Over the size limit.
    #[error("the proof file is too large")]
    TooLarge,
    /// The checkpoint in it does not hold.
    #[error("checkpoint: {0}")]
    Checkpoint(#[from] InvalidNote),
    /// The path does not lead from the entry to the checkpoint's root.
    #[error("the entry is not included under the checkpoint")]
    NotIncluded,
}

/// A proof that an entry is in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlogProof {
    /// The public entry's bytes.
    pub extra: Option<Vec<u8>>,
    /// The leaf's index, from 0: position − 1.
    pub index: u64,
    /// The inclusion proof.
    pub hashes: Vec<Hash>,
    /// The signed checkpoint, verbatim.
    pub checkpoint: String,
}

impl TlogProof {
    /// Reads a proof file.
    pub fn parse(bytes: &[u8]) -> Result<Self, InvalidTlogProof> {
        use InvalidTlogProof::{Malformed, TooLarge};
        if bytes.len() > PROOF_BYTES_MAX {
            return Err(TooLarge);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| Malformed)?;
        let (head, checkpoint) = text.split_once("\n\n").ok_or(Malformed)?;
        let mut lines = head.split('\n').peekable();
        if lines.next() != Some(MAGIC) {
            return Err(Malformed);
        }
        let extra = match lines.peek().and_then(|line| line.strip_prefix("extra ")) {
            Some(text) => {
                lines.next();
                Some(STANDARD.decode(text).map_err(|_| Malformed)?)
            }
            None => None,
        };
        let index = lines.next().and_then(|line| line.strip_prefix("index "));
        let index = index.and_then(decimal).ok_or(Malformed)?;
        let mut hashes = Vec::new();
        for line in lines {
            if hashes.len() == HASHES_MAX {
                return Err(TooLarge);
            }
            let hash = STANDARD.decode(line).map_err(|_| Malformed)?;
            hashes.push(hash.try_into().map_err(|_| Malformed)?);
        }
        Ok(Self {
            extra,
            index,
            hashes,
            checkpoint: checkpoint.to_owned(),
        })
    }

    /// Checks that `entry` stands at [`Self::index`] under a checkpoint signed by `log`.
    pub fn verify(
        &self,
        entry: &[u8],
        log: &NoteKey,
        check: CheckSignature<'_>,
    ) -> Result<Checkpoint, InvalidTlogProof> {
        let checkpoint = Checkpoint::open(self.checkpoint.as_bytes(), log, check)?;
        verify_inclusion(
            &leaf_hash(entry),
            self.index,
            checkpoint.size,
            &self.hashes,
            &checkpoint.root,
        )
        .map_err(|_| InvalidTlogProof::NotIncluded)?;
        Ok(checkpoint)
    }
}

/// The file.
impl fmt::Display for TlogProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{MAGIC}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", STANDARD.encode(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        for hash in &self.hashes {
            writeln!(f, "{}", STANDARD.encode(hash))?;
        }
        write!(f, "\n{}", self.checkpoint)
    }
}
