//! How a credential is found without being shown: by a digest.

use crate::domain::digest::{BadDigest, Digest};
use std::str::FromStr;

/// By what a signed document is found: the SHA-256 of its canonical unsigned form, or the first
/// half of it, which a QR code has room for. Half is 128 bits: two documents do not share it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CredentialRef {
    /// The whole digest.
    Whole(Digest),
    /// Its first 16 bytes.
    Half([u8; 16]),
}

impl CredentialRef {
    /// The first and the last digest it may mean.
    pub fn range(self) -> (Digest, Digest) {
        let filled = |half: [u8; 16], with: u8| {
            let mut digest = [with; 32];
            digest[..16].copy_from_slice(&half);
            Digest(digest)
        };
        match self {
            Self::Whole(digest) => (digest, digest),
            Self::Half(half) => (filled(half, 0), filled(half, 0xff)),
        }
    }
}

impl From<Digest> for CredentialRef {
    fn from(digest: Digest) -> Self {
        Self::Whole(digest)
    }
}

impl FromStr for CredentialRef {
    type Err = BadDigest;
    /// 64 or 32 lower-case hexadecimal digits.
    fn from_str(text: &str) -> Result<Self, BadDigest> {
        if text.len() != 32 {
            return text.parse().map(Self::Whole);
        }
        let Digest(bytes) = text.repeat(2).parse()?;
        let half = bytes.first_chunk().copied().ok_or(BadDigest)?;
        Ok(Self::Half(half))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_digest_means_every_digest_that_begins_so() {
        let half: CredentialRef = "0f".repeat(16).parse().unwrap();
        assert_eq!(half, CredentialRef::Half([0x0f; 16]));
        let (first, last) = half.range();
        assert_eq!(first.to_string(), "0f".repeat(16) + &"00".repeat(16));
        assert_eq!(last.to_string(), "0f".repeat(16) + &"ff".repeat(16));
        let whole: CredentialRef = "0f".repeat(32).parse().unwrap();
        assert_eq!(whole.range().0, whole.range().1);
        for other in [
            "",
            "0f",
            &"0F".repeat(16),
            &"0f".repeat(31),
            &"é".repeat(16),
        ] {
            assert!(other.parse::<CredentialRef>().is_err(), "{other}");
        }
    }
}
