//! A witness (见证人; C2SP tlog-witness): what a log asks of it, and what it must answer.
//!
//! ```text
//! request = "old " size LF *63(base64(hash) LF) LF checkpoint     ; POST …/add-checkpoint
//! size    = decimal, no leading zero         ; of the last checkpoint that the witness cosigned
//! hash    = of the consistency proof (RFC 6962 section 2.1.2) from size to the checkpoint
//! answer  = 200, signature lines of the witness over the checkpoint
//!         / 409, text/x.tlog.size: the size it has, LF
//!         / 400 / 403 / 404 / 422
//! ```
//! [`decide`] makes the checks in the order of the specification as it is since its change 280 of
//! July 2026: the tree of size zero has the root of the empty tree, and another root at the same
//! size is 422, as any proof that does not hold; 409 always carries a size. It takes no clock, key
//! or store. A witness is this, with one transaction around 2 to 4:
//!
//! 1. [`AddCheckpoint::parse`], and look up the log of [`AddCheckpoint::origin`];
//! 2. read what was last cosigned for it ([`Witnessed::open`]), and [`decide`];
//! 3. [`Accepted::cosign`];
//! 4. store the new [`Witnessed`] durably, only if the old one still stands there;
//! 5. answer with the line.
//!
//! `sign-subtree`, which is optional, is not offered.

use super::checkpoint::{Checkpoint, decimal};
use super::cosignature::{cosign, verify_line};
use super::leaf::{Hash, empty_root};
use super::merkle::verify_consistency;
use super::note::{
    CheckSignature, InvalidNote, NOTE_BYTES_MAX, Note, NoteKey, NoteSignature, SignatureType,
};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt;

/// Most hashes of the consistency proof in a request.
pub const PROOF_HASHES_MAX: usize = 63;
/// Most bytes of a request.
pub const REQUEST_BYTES_MAX: usize = NOTE_BYTES_MAX + 4 * 1024;
/// Most bytes of the text of a checkpoint to be cosigned: its cosignatures still fit behind it.
pub const TEXT_BYTES_MAX: usize = 16 * 1024;
/// Most keys of one log.
pub const LOG_KEYS_MAX: usize = 16;
/// Media type of the body of the answer 409.
pub const SIZE_MEDIA_TYPE: &str = "text/x.tlog.size";

/// The body of an `add-checkpoint` request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddCheckpoint {
    old: u64,
    proof: Vec<Hash>,
    note: Note,
    head: Checkpoint,
}

impl AddCheckpoint {
    /// A request to cosign the checkpoint `note`, whose tree is consistent by `proof` with that of
    /// `old` leaves, the last that the witness cosigned (0 if none, with an empty proof).
    pub fn new(old: u64, proof: Vec<Hash>, note: Note) -> Result<Self, Refusal> {
        let head = Checkpoint::parse(note.text()).map_err(|_| Refusal::Malformed)?;
        if proof.len() > PROOF_HASHES_MAX || note.text().len() > TEXT_BYTES_MAX {
            return Err(Refusal::Malformed);
        }
        Ok(Self {
            old,
            proof,
            note,
            head,
        })
    }

    /// Reads a request.
    pub fn parse(bytes: &[u8]) -> Result<Self, Refusal> {
        let malformed = Refusal::Malformed;
        if bytes.len() > REQUEST_BYTES_MAX {
            return Err(malformed);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| malformed)?;
        // The first blank line: the checkpoint holds one itself.
        let (lines, note) = text.split_once("\n\n").ok_or(malformed)?;
        let mut lines = lines.split('\n');
        let old = lines.next().and_then(|line| line.strip_prefix("old "));
        let old = old.and_then(decimal).ok_or(malformed)?;
        let mut proof = Vec::new();
        for line in lines {
            if proof.len() == PROOF_HASHES_MAX {
                return Err(malformed);
            }
            let hash = STANDARD.decode(line).map_err(|_| malformed)?;
            proof.push(hash.try_into().map_err(|_| malformed)?);
        }
        let note = Note::parse(note.as_bytes()).map_err(|_| malformed)?;
        Self::new(old, proof, note)
    }

    /// The log that it says it is from.
    pub fn origin(&self) -> &str {
        &self.head.origin
    }
    /// The size that it thinks the witness has.
    pub fn old_size(&self) -> u64 {
        self.old
    }
    /// The checkpoint to cosign.
    pub fn note(&self) -> &Note {
        &self.note
    }
}

/// The request as it is sent.
impl fmt::Display for AddCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old)?;
        for hash in &self.proof {
            writeln!(f, "{}", STANDARD.encode(hash))?;
        }
        write!(f, "\n{}", self.note)
    }
}

/// Why a witness does not cosign, in the order in which it finds out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not an `add-checkpoint` request: 400.
    #[error("not an add-checkpoint request")]
    Malformed,
    /// The witness does not follow a log of this origin: 404.
    #[error("this witness does not follow the log")]
    UnknownLog,
    /// No signature of a key of this log, or one that does not verify: 403.
    #[error("the checkpoint is not signed by a key of the log")]
    NotSigned,
    /// The old size is above that of the checkpoint: 400.
    #[error("the old size is larger than the checkpoint")]
    OldAboveNew,
    /// The old size is not that of the last checkpoint cosigned: 409, with that size.
    #[error("the last checkpoint this witness cosigned has size {size}")]
    Conflict {
        /// Size of the last checkpoint cosigned; 0 if none was.
        size: u64,
    },
    /// The checkpoint is not shown to be consistent with the last one: 422. With a signature of
    /// the log under it, it may be proof of a fork, and worth keeping.
    #[error("the checkpoint is not shown to be consistent with the last one")]
    Inconsistent,
}

impl Refusal {
    /// The HTTP status.
    pub const fn status(self) -> u16 {
        match self {
            Self::Malformed | Self::OldAboveNew => 400,
            Self::NotSigned => 403,
            Self::UnknownLog => 404,
            Self::Conflict { .. } => 409,
            Self::Inconsistent => 422,
        }
    }
    /// The body that the specification fixes, of type [`SIZE_MEDIA_TYPE`]: only a conflict has one.
    pub fn size_body(self) -> Option<String> {
        match self {
            Self::Conflict { size } => Some(format!("{size}\n")),
            _ => None,
        }
    }
}

/// A log that a witness follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WitnessedLog {
    origin: String,
    keys: Vec<NoteKey>,
}

impl WitnessedLog {
    /// The log with this origin and these keys, 1 to 16, any one of which signs for it. Their names
    /// need not be the origin (C2SP tlog-checkpoint only recommends it).
    pub fn new(origin: &str, keys: Vec<NoteKey>) -> Result<Self, InvalidNote> {
        let logs = |key: &NoteKey| key.signature_type() == SignatureType::Ed25519;
        if keys.is_empty() || !keys.iter().all(logs) {
            return Err(InvalidNote::WrongKeyType);
        }
        if origin.is_empty() || origin.contains('\n') {
            return Err(InvalidNote::Malformed);
        }
        if keys.len() > LOG_KEYS_MAX {
            return Err(InvalidNote::TooLarge);
        }
        Ok(Self {
            origin: origin.to_owned(),
            keys,
        })
    }
    /// First line of its checkpoints.
    pub fn origin(&self) -> &str {
        &self.origin
    }
    /// Its keys.
    pub fn keys(&self) -> &[NoteKey] {
        &self.keys
    }
}

/// What a witness last cosigned for one log: all it has to remember.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witnessed {
    head: Checkpoint,
    time: u64,
    note: Note,
}

impl Witnessed {
    /// Reads the stored note back, which `witness` itself must have cosigned.
    pub fn open(
        note: &[u8],
        witness: &NoteKey,
        check: CheckSignature<'_>,
    ) -> Result<Self, InvalidNote> {
        let note = Note::parse(note)?;
        Ok(Self {
            head: Checkpoint::parse(note.text())?,
            time: note.verify_cosignature(witness, check)?,
            note,
        })
    }
    /// Origin, size and root.
    pub fn head(&self) -> &Checkpoint {
        &self.head
    }
    /// When it was cosigned, seconds since 1970-01-01T00:00:00Z.
    pub fn time(&self) -> u64 {
        self.time
    }
    /// The checkpoint with the log's signatures that were verified and the witness's own: what is
    /// stored, and what a monitor may fetch.
    pub fn note(&self) -> &Note {
        &self.note
    }
}

/// A checkpoint that may be cosigned: only [`decide`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    head: Checkpoint,
    not_before: u64,
    note: Note,
}

/// Whether a witness cosigns. `log` is the followed log with the request's origin, if there is
/// one; `seen` is what was last cosigned for it, `None` before the first time. A log or a memory
/// of another origin counts as an unknown log.
pub fn decide(
    log: Option<&WitnessedLog>,
    seen: Option<&Witnessed>,
    request: &AddCheckpoint,
    check: CheckSignature<'_>,
) -> Result<Accepted, Refusal> {
    let head = &request.head;
    let log = log
        .filter(|log| log.origin == head.origin)
        .filter(|_| seen.is_none_or(|seen| seen.head.origin == head.origin))
        .ok_or(Refusal::UnknownLog)?;
    let note = signed_by_the_log(&request.note, log, check)?;
    if request.old > head.size {
        return Err(Refusal::OldAboveNew);
    }
    let (size, root) = match seen {
        Some(seen) => (seen.head.size, seen.head.root),
        None => (0, empty_root()),
    };
    if request.old != size {
        return Err(Refusal::Conflict { size });
    }
    if head.size == 0 && head.root != empty_root() {
        return Err(Refusal::Inconsistent);
    }
    // Empty from size zero, equal roots and empty at equal sizes.
    verify_consistency(size, &root, head.size, &head.root, &request.proof)
        .map_err(|_| Refusal::Inconsistent)?;
    Ok(Accepted {
        head: head.clone(),
        not_before: seen.map_or(0, |seen| seen.time),
        note,
    })
}

/// The note with the log's signatures and no others, each once. One that does not verify under a
/// key of the log spoils the note (C2SP signed-note, "Signatures").
fn signed_by_the_log(
    note: &Note,
    log: &WitnessedLog,
    check: CheckSignature<'_>,
) -> Result<Note, Refusal> {
    let mut signers = Vec::new();
    for key in &log.keys {
        match note.verify(key, check) {
            Ok(()) => signers.push(key),
            Err(InvalidNote::NoSignature) => {}
            Err(_) => return Err(Refusal::NotSigned),
        }
    }
    if signers.is_empty() {
        return Err(Refusal::NotSigned);
    }
    Ok(note.with_signatures(|line| {
        let signer = signers.iter().position(|key| line.is_of(key));
        signer.map(|place| signers.swap_remove(place)).is_some()
    }))
}

impl Accepted {
    /// Origin, size and root to be cosigned.
    pub fn head(&self) -> &Checkpoint {
        &self.head
    }

    /// Cosigns it at `now` (seconds since 1970-01-01T00:00:00Z) with the witness's key through
    /// `sign`: what to store, and the line to answer with once it is stored. A clock that went
    /// back does not: the time is never before that of the last cosignature.
    pub fn cosign<E>(
        self,
        witness: &NoteKey,
        now: u64,
        sign: impl FnOnce(&[u8]) -> Result<[u8; 64], E>,
    ) -> Result<Result<(Witnessed, NoteSignature), E>, InvalidNote> {
        let time = now.max(self.not_before);
        let line = match cosign(self.note.text(), witness, time, sign)? {
            Ok(line) => line,
            Err(error) => return Ok(Err(error)),
        };
        let mut note = self.note;
        note.add(line.clone())?;
        let head = self.head;
        Ok(Ok((Witnessed { head, time, note }, line)))
    }
}

/// Finds in the body of an answer 200 the cosignature of `witness` over `note` and checks it:
/// the line to add to the note, and its time. Lines of other keys are ignored.
pub fn read_answer(
    body: &[u8],
    note: &Note,
    witness: &NoteKey,
    check: CheckSignature<'_>,
) -> Result<(NoteSignature, u64), InvalidNote> {
    let text = std::str::from_utf8(body).map_err(|_| InvalidNote::Malformed)?;
    let lines = NoteSignature::parse_lines(text)?;
    let line = lines.into_iter().find(|line| line.is_of(witness));
    let line = line.ok_or(InvalidNote::NoSignature)?;
    let time = verify_line(&line, note.text(), witness, check)?;
    Ok((line, time))
}

/// The size in the body of an answer 409: that of the last checkpoint the witness cosigned.
pub fn read_conflict(body: &[u8]) -> Option<u64> {
    decimal(std::str::from_utf8(body).ok()?.strip_suffix('\n')?)
}
