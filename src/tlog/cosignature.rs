//! Cosignatures (共签; C2SP tlog-cosignature): a witness says that, as of a time, this is the
//! largest tree of this log it has seen, and that it is consistent with all it saw before.
//!
//! ```text
//! signature = time signed                  ; 72 bytes behind the key id of the note signature
//! time      = 8 bytes, big-endian          ; seconds since 1970-01-01T00:00:00Z, 1 to 2^63 − 1
//! signed    = 64 bytes                     ; Ed25519 over the message
//! message   = "cosignature/v1" LF "time " decimal LF text      ; the note's text, with its LF
//! key id    = first 4 bytes of SHA-256(name ‖ LF ‖ 0x04 ‖ public key)
//! ```
//! Extension lines are signed with the rest; a witness states nothing about them. The message
//! does not name the witness, so one Ed25519 key is one witness, and it signs nothing else.
//! Refused though others may read it: the time 0, which a witness must not answer with (C2SP
//! tlog-witness).
//!
//! The specification (C2SP repository, commit 01194db) has a second type, ML-DSA-44 (0x06):
//! 1,312 bytes of key, 8 + 2,420 of signature, over a binary message that begins
//! `subtree/v1` LF NUL and names the witness, the origin and a range of leaves. It says that new
//! deployments should use it. We neither make nor check it: such a line, as one of any other type
//! or key, is kept in the note and counts for nothing. Its algorithm byte and its own key id leave
//! room to add it beside this one.

use super::checkpoint::Checkpoint;
use super::note::{CheckSignature, InvalidNote, Note, NoteKey, NoteSignature, SignatureType};

/// First line of the signed message, and with it the domain of these signatures.
pub const HEADER: &str = "cosignature/v1";
/// Bytes of a cosignature behind the key id.
pub const COSIGNATURE_BYTES: usize = 72;
/// Latest time of a cosignature (C2SP tlog-cosignature, "Format").
pub const COSIGNATURE_TIME_MAX: u64 = i64::MAX as u64;

/// A time and a signature that covers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cosignature {
    /// When it was made, seconds since 1970-01-01T00:00:00Z.
    pub time: u64,
    /// Ed25519 over [`cosigned_message`].
    pub signature: [u8; 64],
}

impl Cosignature {
    /// `timestamped_signature`: what stands behind the key id.
    pub fn to_bytes(self) -> [u8; COSIGNATURE_BYTES] {
        let mut bytes = [0; COSIGNATURE_BYTES];
        bytes[..8].copy_from_slice(&self.time.to_be_bytes());
        bytes[8..].copy_from_slice(&self.signature);
        bytes
    }
    /// Reads a `timestamped_signature`.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, InvalidNote> {
        let (time, signature) = bytes
            .split_first_chunk::<8>()
            .ok_or(InvalidNote::BadSignature)?;
        let time = u64::from_be_bytes(*time);
        let signature = signature
            .try_into()
            .map_err(|_| InvalidNote::BadSignature)?;
        if !time_is_good(time) {
            return Err(InvalidNote::BadTime);
        }
        Ok(Self { time, signature })
    }
}

/// What a witness signs (C2SP tlog-cosignature, "Ed25519 signed message").
pub fn cosigned_message(time: u64, text: &str) -> Vec<u8> {
    format!("{HEADER}\ntime {time}\n{text}").into_bytes()
}

/// Cosigns the checkpoint `text` at `time` with a witness's key through `sign`. The caller has
/// made sure of the consistency ([`super::witness::decide`]) and has stored it.
pub fn cosign<E>(
    text: &str,
    witness: &NoteKey,
    time: u64,
    sign: impl FnOnce(&[u8]) -> Result<[u8; 64], E>,
) -> Result<Result<NoteSignature, E>, InvalidNote> {
    if witness.signature_type() != SignatureType::CosignatureV1 {
        return Err(InvalidNote::WrongKeyType);
    }
    if !time_is_good(time) {
        return Err(InvalidNote::BadTime);
    }
    Checkpoint::parse(text)?;
    Ok(sign(&cosigned_message(time, text)).map(|signature| {
        let cosignature = Cosignature { time, signature };
        NoteSignature {
            name: witness.name().to_owned(),
            key_id: witness.id(),
            signature: cosignature.to_bytes().to_vec(),
        }
    }))
}

/// Checks one signature line against the text it should cosign. Answers its time.
pub fn verify_line(
    line: &NoteSignature,
    text: &str,
    witness: &NoteKey,
    check: CheckSignature<'_>,
) -> Result<u64, InvalidNote> {
    if witness.signature_type() != SignatureType::CosignatureV1 {
        return Err(InvalidNote::WrongKeyType);
    }
    if !line.is_of(witness) {
        return Err(InvalidNote::NoSignature);
    }
    let Cosignature { time, signature } = Cosignature::from_bytes(&line.signature)?;
    if check(
        witness.public_key(),
        &cosigned_message(time, text),
        &signature,
    ) {
        Ok(time)
    } else {
        Err(InvalidNote::BadSignature)
    }
}

impl Note {
    /// Whether `witness` has cosigned the checkpoint, and when. Every signature under its name
    /// and id must verify; of several, the newest time counts. The caller judges how old the time
    /// may be, and whether it lies in the future.
    pub fn verify_cosignature(
        &self,
        witness: &NoteKey,
        check: CheckSignature<'_>,
    ) -> Result<u64, InvalidNote> {
        if witness.signature_type() != SignatureType::CosignatureV1 {
            return Err(InvalidNote::WrongKeyType);
        }
        let mut newest = None;
        for line in self.signatures().iter().filter(|line| line.is_of(witness)) {
            let time = verify_line(line, self.text(), witness, check)?;
            newest = newest.max(Some(time));
        }
        newest.ok_or(InvalidNote::NoSignature)
    }
}

fn time_is_good(time: u64) -> bool {
    (1..=COSIGNATURE_TIME_MAX).contains(&time)
}
