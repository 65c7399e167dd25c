//! The QR codes in a picture (二维码照片): a photo of paper or of a screen, a scan, the symbol itself;
//! at an angle, small in a large photo, or a few pixels a module.
//!
//! Read are PNG and JPEG of at most [`FILE_BYTES_MAX`] bytes and [`SIDE_MAX`] pixels a side; of a
//! picture with a side over `LOOKED_AT_MAX` pixels, a smaller one of that side is looked at, since a
//! file of few bytes can hold very many pixels. What is
//! found is text somebody printed: nothing in it is believed here.

use image::imageops::{FilterType, resize, thumbnail};
use image::{GrayImage, ImageFormat, ImageReader, Limits};
use rqrr::PreparedImage;
use std::collections::BTreeSet;
use std::io::Cursor;

/// The largest file that is read.
pub const FILE_BYTES_MAX: usize = 8 << 20;
/// The longest side, in pixels.
pub const SIDE_MAX: u32 = 10_000;
/// Most bytes that opening a picture may take: of four bytes a pixel, 50 million pixels.
const BYTES_MAX: u64 = 200 << 20;
/// The longest side, in pixels, that is looked at: the code on a whole sheet of A4 has several pixels
/// a module there.
const LOOKED_AT_MAX: u32 = 4_000;
/// Longest sides, in pixels, that a picture is looked at in: large ones blur the noise of a camera
/// away, and small ones are enlarged until a module is more than a pixel or two.
const SCALES: [u32; 5] = [1_600, 1_000, 2_400, 700, LOOKED_AT_MAX];
/// Most codes that are read from one picture.
const CODES_MAX: usize = 16;

/// Why a picture is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPicture {
    /// It begins as neither PNG nor JPEG.
    #[error("neither PNG nor JPEG")]
    OtherKind,
    /// Too many bytes or pixels.
    #[error("too large")]
    TooLarge,
    /// It is cut short or not what it says it is.
    #[error("damaged")]
    Damaged,
}

fn format(bytes: &[u8]) -> Option<ImageFormat> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(ImageFormat::Png)
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        Some(ImageFormat::Jpeg)
    } else {
        None
    }
}

/// Whether a file begins as a picture that is read.
pub fn is_picture(bytes: &[u8]) -> bool {
    format(bytes).is_some()
}

/// The texts of the QR codes in a picture, each once; empty if none could be read.
pub fn texts(bytes: &[u8]) -> Result<Vec<String>, InvalidPicture> {
    let format = format(bytes).ok_or(InvalidPicture::OtherKind)?;
    if bytes.len() > FILE_BYTES_MAX {
        return Err(InvalidPicture::TooLarge);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(BYTES_MAX);
    reader.limits(limits);
    let picture = reader.decode().map_err(|error| match error {
        image::ImageError::Limits(_) => InvalidPicture::TooLarge,
        _ => InvalidPicture::Damaged,
    })?;
    // What is transparent is paper.
    let picture = match picture.color().has_alpha() {
        true => on_white(&picture.into_luma_alpha8()),
        false => picture.into_luma8(),
    };
    let picture = no_larger(picture);
    let longest = picture.width().max(picture.height()).max(1);
    let mut found = codes(&picture);
    for scale in SCALES {
        if !found.is_empty() {
            break;
        }
        // What is there is not made more than four times as large: that adds nothing.
        if scale != longest && scale <= longest.saturating_mul(4) {
            let side = |side: u32| (side * scale / longest).max(1);
            let (width, height) = (side(picture.width()), side(picture.height()));
            found = codes(&resize(&picture, width, height, FilterType::Triangle));
        }
    }
    Ok(found.into_iter().take(CODES_MAX).collect())
}

fn no_larger(picture: GrayImage) -> GrayImage {
    let longest = picture.width().max(picture.height());
    if longest <= LOOKED_AT_MAX {
        return picture;
    }
    let side = |side: u32| (side * LOOKED_AT_MAX / longest).max(1);
    thumbnail(&picture, side(picture.width()), side(picture.height()))
}

fn on_white(picture: &image::GrayAlphaImage) -> GrayImage {
    GrayImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [luma, alpha] = picture.get_pixel(x, y).0.map(u16::from);
        let shown = (luma * alpha + 255 * (255 - alpha)) / 255;
        image::Luma([u8::try_from(shown).unwrap_or(u8::MAX)])
    })
}

fn codes(picture: &GrayImage) -> BTreeSet<String> {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let mut prepared = PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        picture.get_pixel(x as u32, y as u32).0[0]
    });
    let grids = prepared.detect_grids();
    grids
        .iter()
        .take(CODES_MAX)
        .filter_map(|grid| grid.decode().ok())
        .map(|(_, text)| text)
        .collect()
}

#[cfg(test)]
mod tests;
