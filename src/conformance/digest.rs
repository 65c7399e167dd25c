//! Digests of related resources: Subresource Integrity and multibase multihashes.

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256, Sha384, Sha512};

/// Whether this is the SRI digest of the content; of what is not at hand, whether it is a digest. The
/// digest's text is base64, or hexadecimal as the examples of the Data Model have it.
pub fn sri(text: &str, content: Option<&[u8]>) -> bool {
    let Some((algorithm, text)) = text.split_once('-') else {
        return false;
    };
    let Some(length) = [("sha256", 32), ("sha384", 48), ("sha512", 64)]
        .into_iter()
        .find_map(|(name, length)| (name == algorithm).then_some(length))
    else {
        return false;
    };
    let digest = match text.len() == 2 * length {
        true => hex::decode(text).ok(),
        false => BASE64_STANDARD.decode(text).ok(),
    };
    matches(digest, length, content)
}

/// Whether this is a multibase-encoded SHA-2 multihash of the content; of what is not at hand, whether it
/// is a multihash.
pub fn multibase(text: &str, content: Option<&[u8]>) -> bool {
    let bytes = match text.split_at_checked(1) {
        Some(("u", text)) => BASE64_URL_SAFE_NO_PAD.decode(text).ok(),
        Some(("z", text)) if text.len() <= 100 => bs58::decode(text).into_vec().ok(),
        _ => None,
    };
    let Some(bytes) = bytes else {
        return false;
    };
    let length = match bytes.first_chunk() {
        Some([0x12, 32]) => 32,
        Some([0x20, 48]) => 48,
        Some([0x13, 64]) => 64,
        _ => return false,
    };
    matches(Some(bytes[2..].to_vec()), length, content)
}

fn matches(digest: Option<Vec<u8>>, length: usize, content: Option<&[u8]>) -> bool {
    let expected = content.map(|content| match length {
        32 => Sha256::digest(content).to_vec(),
        48 => Sha384::digest(content).to_vec(),
        _ => Sha512::digest(content).to_vec(),
    });
    digest.is_some_and(|it| it.len() == length && expected.is_none_or(|expected| expected == it))
}
