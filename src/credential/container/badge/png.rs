//! A credential in a PNG: the one `iTXt` chunk with the keyword `openbadgecredential`.

use super::{FILE_BYTES_MAX, InvalidBadge};
use png::{BitDepth, ColorType, Decoder, DecodingError, Encoder, Limits};
use std::io::Cursor;

/// The keyword (Open Badges 3.0, section 5.3.1.1).
pub const KEYWORD: &str = "openbadgecredential";
/// Most bytes that reading may take.
const BYTES_MAX: usize = 64 << 20;

/// Pixels of red, green, blue and opacity, row after row.
#[derive(Clone, Copy)]
pub struct Pixels<'a> {
    /// How many side by side.
    pub width: u32,
    /// How many rows.
    pub height: u32,
    /// Four bytes a pixel, not multiplied by the opacity.
    pub rgba: &'a [u8],
}

/// Whether a file begins as a PNG does.
pub fn is_png(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x89PNG\r\n\x1a\n")
}

/// The picture with a credential in it; `None` if the bytes are not those of such a picture.
pub fn bake(picture: Pixels<'_>, credential: &str) -> Option<Vec<u8>> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, picture.width, picture.height);
    encoder.set_color(ColorType::Rgba);
    encoder.set_depth(BitDepth::Eight);
    encoder
        .add_itxt_chunk(KEYWORD.to_owned(), credential.to_owned())
        .ok()?;
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(picture.rgba).ok()?;
    writer.finish().ok()?;
    Some(file)
}

/// The credential of a picture, `None` if there is none.
pub fn read(bytes: &[u8]) -> Result<Option<String>, InvalidBadge> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(InvalidBadge::TooLarge);
    }
    let limits = Limits { bytes: BYTES_MAX };
    let mut reader = Decoder::new_with_limits(Cursor::new(bytes), limits)
        .read_info()
        .map_err(|error| told(&error))?;
    // Text may stand behind the picture as well.
    reader.finish().map_err(|error| told(&error))?;
    let info = reader.info();
    let mut found = info
        .utf8_text
        .iter()
        .filter(|chunk| chunk.keyword == KEYWORD);
    let Some(chunk) = found.next() else {
        return Ok(None);
    };
    let again = found.next().is_some();
    let elsewhere = info
        .uncompressed_latin1_text
        .iter()
        .any(|chunk| chunk.keyword == KEYWORD)
        || info
            .compressed_latin1_text
            .iter()
            .any(|chunk| chunk.keyword == KEYWORD);
    if again || elsewhere {
        return Err(InvalidBadge::Ambiguous);
    }
    // The specification wants it uncompressed.
    if chunk.compressed {
        return Err(InvalidBadge::Damaged);
    }
    chunk.get_text().map(Some).map_err(|error| told(&error))
}

fn told(error: &DecodingError) -> InvalidBadge {
    match error {
        DecodingError::LimitsExceeded => InvalidBadge::TooLarge,
        _ => InvalidBadge::Damaged,
    }
}
