//! A whole ledger as one file (归档): every row of the store and the files beside it, in an order in
//! which they can be read back in one pass, on any engine.
//!
//! A line that says what it is, then frames: a letter for the kind, the length in 4 bytes
//! big-endian, and the columns as in [`canonical`](super::canonical), each with its length. The last
//! frame holds the ends of the three chains, how many frames of each kind there are, and BLAKE3 over
//! every byte before it. What is sealed stays sealed: the archive opens nothing.

use super::batch::{NewSubject, SealedRow};
use super::canonical::{JournalRow, event_bytes};
use super::row::{Digest, Row};
use crate::domain::ids::{AccountId, CommandId, EventId, LedgerId, StreamId, SubjectId};
use crate::domain::time::Instant;
use std::io::{Read, Write};
use uuid::Uuid;

/// How every archive begins.
const FIRST_LINE: &[u8] = b"skill-ledger archive 1\n";
/// Most bytes of one frame: a payload or a sealed credential is far below.
const FRAME_BYTES_MAX: usize = 32 << 20;
/// Context of the digest in the last frame.
const CONTEXT: &str = "skill-ledger 2026 archive v1";

/// One row of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// An event.
    Event(Box<Row>),
    /// A key taken for ever.
    Reservation {
        /// The key.
        key: String,
        /// The position of the event that took it.
        position: u64,
    },
    /// A person of the vault.
    Subject(NewSubject),
    /// A sealed row of the vault.
    Sealed(SealedRow),
    /// A tile of the log.
    Tile {
        /// Level of the tree.
        level: u8,
        /// Which one of its level.
        index: u64,
        /// Up to 256 hashes of 32 bytes.
        hashes: Vec<u8>,
    },
    /// A signed checkpoint.
    Checkpoint(ChainedCheckpoint),
    /// A look at a person's data.
    Look(JournalRow),
}

/// A signed checkpoint with its place in the chain of checkpoints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainedCheckpoint {
    /// Leaves it covers.
    pub tree_size: u64,
    /// Leaves the one before it covers.
    pub previous_size: u64,
    /// The signed note.
    pub note: String,
    /// When it was signed.
    pub signed_at: Instant,
    /// BLAKE3 over the value before it and every column above.
    pub chain: Digest,
}

/// What stands between the first line and the last frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A file of the data directory: its name there, and its bytes.
    File(String, Vec<u8>),
    /// A row.
    Item(Item),
}

/// The end of one chain: rows, value, time of the last.
pub type End = (u64, Digest, Instant);

/// An archive could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The file could not be read or written.
    #[error("the archive: {0}")]
    Io(#[from] std::io::Error),
    /// It is no archive, or of a form this program does not know.
    #[error("this is no archive that this program knows")]
    NotAnArchive,
    /// A frame is cut short, too long, or not of the shape of its kind.
    #[error("the archive is damaged in frame {frame}")]
    Damaged {
        /// Which frame, from 1.
        frame: u64,
    },
    /// The bytes are not those that were written.
    #[error("the archive is damaged: its digest does not match its contents")]
    Digest,
    /// Something follows the last frame.
    #[error("something stands after the end of the archive")]
    Trailing,
}

impl ArchiveError {
    /// Stable kebab-case name, for programs and for the words.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Io(_) => "archive-file",
            Self::NotAnArchive => "archive-unknown",
            Self::Damaged { .. } | Self::Digest | Self::Trailing => "archive-damaged",
        }
    }
}

const KINDS: [u8; 8] = *b"FERSVTCJ";

const fn kind(entry: &Entry) -> usize {
    match entry {
        Entry::File(..) => 0,
        Entry::Item(Item::Event(_)) => 1,
        Entry::Item(Item::Reservation { .. }) => 2,
        Entry::Item(Item::Subject(_)) => 3,
        Entry::Item(Item::Sealed(_)) => 4,
        Entry::Item(Item::Tile { .. }) => 5,
        Entry::Item(Item::Checkpoint(_)) => 6,
        Entry::Item(Item::Look(_)) => 7,
    }
}

/// Writes an archive.
pub struct ArchiveWriter<W> {
    out: W,
    hasher: blake3::Hasher,
    counts: [u64; KINDS.len()],
}

impl<W: Write> ArchiveWriter<W> {
    /// Begins the archive of a ledger.
    pub fn begin(out: W, ledger: LedgerId) -> Result<Self, ArchiveError> {
        let mut writer = Self {
            out,
            hasher: blake3::Hasher::new_derive_key(CONTEXT),
            counts: [0; KINDS.len()],
        };
        writer.write(FIRST_LINE)?;
        writer.frame(b'L', ledger.0.as_bytes())?;
        Ok(writer)
    }

    /// Adds one entry.
    pub fn add(&mut self, entry: &Entry) -> Result<(), ArchiveError> {
        let kind = kind(entry);
        self.counts[kind] += 1;
        self.frame(KINDS[kind], &encode(entry))
    }

    /// Writes the last frame, with the ends of the chains of events, checkpoints and looks, and gives the file back, flushed but not synced.
    pub fn finish(mut self, ends: [End; 3]) -> Result<W, ArchiveError> {
        let mut last = Vec::new();
        for (position, chain, at) in ends {
            put(&mut last, &position.to_be_bytes());
            put(&mut last, &chain);
            put(&mut last, &at.0.to_be_bytes());
        }
        for count in self.counts {
            put(&mut last, &count.to_be_bytes());
        }
        put(&mut last, self.hasher.finalize().as_bytes());
        self.frame(b'Z', &last)?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn frame(&mut self, kind: u8, bytes: &[u8]) -> Result<(), ArchiveError> {
        let length = u32::try_from(bytes.len())
            .ok()
            .filter(|_| bytes.len() <= FRAME_BYTES_MAX);
        let length = length.ok_or_else(|| std::io::Error::other("a row is too large"))?;
        self.write(&[kind])?;
        self.write(&length.to_be_bytes())?;
        self.write(bytes)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), ArchiveError> {
        self.hasher.update(bytes);
        Ok(self.out.write_all(bytes)?)
    }
}

/// Reads an archive.
pub struct ArchiveReader<R> {
    input: R,
    hasher: blake3::Hasher,
    counts: [u64; KINDS.len()],
    frame: u64,
    ledger: LedgerId,
    ends: Option<[End; 3]>,
}

impl<R: Read> ArchiveReader<R> {
    /// Reads the beginning.
    pub fn begin(mut input: R) -> Result<Self, ArchiveError> {
        let mut line = [0; FIRST_LINE.len()];
        let read = input.read_exact(&mut line);
        if read.is_err() || line != *FIRST_LINE {
            return Err(ArchiveError::NotAnArchive);
        }
        let mut hasher = blake3::Hasher::new_derive_key(CONTEXT);
        hasher.update(&line);
        let mut reader = Self {
            input,
            hasher,
            counts: [0; KINDS.len()],
            frame: 0,
            ledger: LedgerId(Uuid::nil()),
            ends: None,
        };
        let (kind, bytes, _) = reader.read_frame()?;
        let id = Uuid::from_slice(&bytes).map_err(|_| reader.damaged())?;
        if kind != b'L' {
            return Err(reader.damaged());
        }
        reader.ledger = LedgerId(id);
        Ok(reader)
    }

    /// The ledger it is of.
    pub fn ledger(&self) -> LedgerId {
        self.ledger
    }

    /// The ends of the chains of events, checkpoints and looks; known once [`Self::next`] has
    /// answered that there is no more.
    pub fn ends(&self) -> Option<[End; 3]> {
        self.ends
    }

    /// The next entry; `None` at an end that matches everything before it.
    #[allow(clippy::should_implement_trait)]
    pub fn next(&mut self) -> Result<Option<Entry>, ArchiveError> {
        if self.ends.is_some() {
            return Ok(None);
        }
        let (kind, bytes, before) = self.read_frame()?;
        if kind == b'Z' {
            self.read_end(&bytes, before)?;
            return Ok(None);
        }
        let place = KINDS.iter().position(|it| *it == kind);
        let place = place.ok_or_else(|| self.damaged())?;
        self.counts[place] += 1;
        let mut columns = Columns(&bytes);
        let entry = decode(kind, &mut columns).filter(|_| columns.0.is_empty());
        entry.map(Some).ok_or_else(|| self.damaged())
    }

    fn read_end(&mut self, bytes: &[u8], before: Digest) -> Result<(), ArchiveError> {
        let mut columns = Columns(bytes);
        let mut end = || Some((columns.number()?, columns.digest()?, columns.instant()?));
        let ends = (|| Some([end()?, end()?, end()?]))();
        let ends = ends.ok_or_else(|| self.damaged())?;
        for count in self.counts {
            if columns.number() != Some(count) {
                return Err(ArchiveError::Digest);
            }
        }
        if columns.digest() != Some(before) || !columns.0.is_empty() {
            return Err(ArchiveError::Digest);
        }
        if self.input.read(&mut [0])? != 0 {
            return Err(ArchiveError::Trailing);
        }
        self.ends = Some(ends);
        Ok(())
    }

    /// Kind and bytes of a frame, and the digest of what came before it.
    fn read_frame(&mut self) -> Result<(u8, Vec<u8>, Digest), ArchiveError> {
        self.frame += 1;
        let mut head = [0; 5];
        self.read(&mut head)?;
        let before = match head[0] {
            b'Z' => *self.hasher.finalize().as_bytes(),
            _ => [0; 32],
        };
        let length = u32::from_be_bytes([head[1], head[2], head[3], head[4]]) as usize;
        if length > FRAME_BYTES_MAX {
            return Err(self.damaged());
        }
        let mut bytes = vec![0; length];
        self.read(&mut bytes)?;
        self.hasher.update(&head);
        self.hasher.update(&bytes);
        Ok((head[0], bytes, before))
    }

    fn read(&mut self, into: &mut [u8]) -> Result<(), ArchiveError> {
        match self.input.read_exact(into) {
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Err(self.damaged()),
            read => Ok(read?),
        }
    }

    const fn damaged(&self) -> ArchiveError {
        ArchiveError::Damaged { frame: self.frame }
    }
}

/// One column: its length, then its bytes.
fn put(sink: &mut Vec<u8>, column: &[u8]) {
    sink.extend_from_slice(&(column.len() as u64).to_be_bytes());
    sink.extend_from_slice(column);
}

fn encode(entry: &Entry) -> Vec<u8> {
    let mut bytes = Vec::new();
    let sink = &mut bytes;
    match entry {
        Entry::File(name, contents) => {
            put(sink, name.as_bytes());
            put(sink, contents);
        }
        Entry::Item(Item::Event(row)) => {
            bytes = event_bytes(row);
            put(&mut bytes, &row.chain);
        }
        Entry::Item(Item::Reservation { key, position }) => {
            put(sink, key.as_bytes());
            put(sink, &position.to_be_bytes());
        }
        Entry::Item(Item::Subject(new)) => {
            put(sink, new.subject.0.as_bytes());
            put(sink, &new.wrapped_key);
            put(
                sink,
                new.blind_index.as_ref().map_or(&[], |it| it.as_slice()),
            );
        }
        Entry::Item(Item::Sealed(row)) => {
            put(sink, row.subject.0.as_bytes());
            put(sink, row.field.as_bytes());
            put(sink, &u64::from(row.version).to_be_bytes());
            put(sink, &row.nonce);
            put(sink, &row.ciphertext);
        }
        Entry::Item(Item::Tile {
            level,
            index,
            hashes,
        }) => {
            put(sink, &u64::from(*level).to_be_bytes());
            put(sink, &index.to_be_bytes());
            put(sink, hashes);
        }
        Entry::Item(Item::Checkpoint(it)) => {
            put(sink, &it.tree_size.to_be_bytes());
            put(sink, &it.previous_size.to_be_bytes());
            put(sink, it.note.as_bytes());
            put(sink, &it.signed_at.0.to_be_bytes());
            put(sink, &it.chain);
        }
        Entry::Item(Item::Look(row)) => {
            let id = |id: Option<Uuid>| id.map(|id| id.as_bytes().to_vec()).unwrap_or_default();
            put(sink, &row.sequence.to_be_bytes());
            put(sink, &row.at.0.to_be_bytes());
            put(sink, &id(row.actor.map(|it| it.0)));
            put(sink, row.kind.as_bytes());
            put(sink, &id(row.subject.map(|it| it.0)));
            let position = row.position.map(|it| it.to_be_bytes().to_vec());
            put(sink, &position.unwrap_or_default());
            put(sink, &row.chain);
        }
    }
    bytes
}

/// The columns of a frame still to be read.
struct Columns<'b>(&'b [u8]);

impl<'b> Columns<'b> {
    fn bytes(&mut self) -> Option<&'b [u8]> {
        let (length, rest) = self.0.split_first_chunk::<8>()?;
        let length = usize::try_from(u64::from_be_bytes(*length)).ok()?;
        let (column, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some(column)
    }

    fn number(&mut self) -> Option<u64> {
        Some(u64::from_be_bytes(self.bytes()?.try_into().ok()?))
    }

    fn instant(&mut self) -> Option<Instant> {
        Some(Instant(i64::from_be_bytes(self.bytes()?.try_into().ok()?)))
    }

    fn text(&mut self) -> Option<String> {
        String::from_utf8(self.bytes()?.to_vec()).ok()
    }

    fn digest(&mut self) -> Option<Digest> {
        self.bytes()?.try_into().ok()
    }

    fn id(&mut self) -> Option<Uuid> {
        Uuid::from_slice(self.bytes()?).ok()
    }

    /// An id that may be absent.
    fn id_or_none(&mut self) -> Option<Option<Uuid>> {
        match self.bytes()? {
            [] => Some(None),
            bytes => Uuid::from_slice(bytes).ok().map(Some),
        }
    }
}

fn decode(kind: u8, columns: &mut Columns<'_>) -> Option<Entry> {
    let item = match kind {
        b'F' => return Some(Entry::File(columns.text()?, columns.bytes()?.to_vec())),
        b'E' => Item::Event(Box::new(event(columns)?)),
        b'R' => Item::Reservation {
            key: columns.text()?,
            position: columns.number()?,
        },
        b'S' => Item::Subject(NewSubject {
            subject: SubjectId(columns.id()?),
            wrapped_key: columns.bytes()?.to_vec(),
            blind_index: match columns.bytes()? {
                [] => None,
                bytes => Some(bytes.try_into().ok()?),
            },
        }),
        b'V' => Item::Sealed(SealedRow {
            subject: SubjectId(columns.id()?),
            field: columns.text()?,
            version: u32::try_from(columns.number()?).ok()?,
            nonce: columns.bytes()?.try_into().ok()?,
            ciphertext: columns.bytes()?.to_vec(),
        }),
        b'T' => Item::Tile {
            level: u8::try_from(columns.number()?).ok()?,
            index: columns.number()?,
            hashes: columns.bytes()?.to_vec(),
        },
        b'C' => Item::Checkpoint(ChainedCheckpoint {
            tree_size: columns.number()?,
            previous_size: columns.number()?,
            note: columns.text()?,
            signed_at: columns.instant()?,
            chain: columns.digest()?,
        }),
        b'J' => Item::Look(JournalRow {
            sequence: columns.number()?,
            at: columns.instant()?,
            actor: columns.id_or_none()?.map(AccountId),
            kind: columns.text()?,
            subject: columns.id_or_none()?.map(SubjectId),
            position: match columns.bytes()? {
                [] => None,
                bytes => Some(u64::from_be_bytes(bytes.try_into().ok()?)),
            },
            chain: columns.digest()?,
        }),
        _ => return None,
    };
    Some(Entry::Item(item))
}

/// The columns of [`event_bytes`], and the chain value after them.
fn event(columns: &mut Columns<'_>) -> Option<Row> {
    let position = columns.number()?;
    let name = columns.text()?;
    let stream: StreamId = name.parse().ok()?;
    // Another spelling of the same stream would not be the bytes that were hashed.
    if stream.to_string() != name {
        return None;
    }
    Some(Row {
        position,
        stream,
        stream_version: columns.number()?,
        event_id: EventId(columns.id()?),
        event_type: columns.text()?,
        schema_version: u16::try_from(columns.number()?).ok()?,
        recorded_at: columns.instant()?,
        actor: AccountId(columns.id()?),
        command_id: CommandId(columns.id()?),
        request_digest: columns.digest()?,
        causation: columns.id_or_none()?.map(EventId),
        payload: columns.bytes()?.to_vec(),
        payload_digest: columns.digest()?,
        chain: columns.digest()?,
    })
}
