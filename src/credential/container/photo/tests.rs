use super::*;
use crate::credential::qr::Symbol;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;

/// As many digits as a certificate has.
fn text() -> String {
    let mut text = String::from("HTTPS://LEDGER.EXAMPLE/V#1");
    for n in 0..720 {
        text.push(char::from(b'0' + (n * 7 % 10) as u8));
    }
    text
}

fn symbol() -> GrayImage {
    let png = Symbol::of(&text()).unwrap().to_png(8).unwrap();
    image::load_from_memory(&png).unwrap().into_luma8()
}

fn png(picture: &GrayImage) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, ImageFormat::Png).unwrap();
    file.into_inner()
}

/// The picture on a table: turned, seen from the side, on grey, `side` pixels wide.
fn photographed(picture: &GrayImage, turn: f32, lean: f32, side: u32) -> GrayImage {
    let (sin, cos) = turn.to_radians().sin_cos();
    let half = side as f32 / 2.0;
    let size = picture.width() as f32;
    GrayImage::from_fn(side, side, |x, y| {
        let (u, v) = (
            (x as f32 - half) / half * 1.6,
            (y as f32 - half) / half * 1.6,
        );
        // What is farther away is smaller.
        let far = 1.0 + lean * v;
        let (u, v) = (u * far, v * far);
        let (u, v) = (u * cos - v * sin, u * sin + v * cos);
        let at = |it: f32| (it + 1.0) / 2.0 * size;
        let (column, row) = (at(u), at(v));
        let inside = |it: f32| it >= 0.0 && it < size;
        match inside(column) && inside(row) {
            true => *picture.get_pixel(column as u32, row as u32),
            false => image::Luma([150]),
        }
    })
}

#[test]
fn a_symbol_is_read_by_itself_and_small_in_a_large_picture() {
    let symbol = symbol();
    assert_eq!(texts(&png(&symbol)).unwrap(), [text()]);
    let mut page = GrayImage::from_pixel(3_508, 2_480, image::Luma([252]));
    image::imageops::overlay(&mut page, &symbol, 2_500, 900);
    assert_eq!(texts(&png(&page)).unwrap(), [text()]);
    // Larger than what is looked at.
    let mut sheet = GrayImage::from_pixel(4_960, 3_508, image::Luma([252]));
    image::imageops::overlay(&mut sheet, &symbol, 3_900, 200);
    assert_eq!(texts(&png(&sheet)).unwrap(), [text()]);
    let tiny = resize(&symbol, 210, 210, FilterType::Triangle);
    assert_eq!(texts(&png(&tiny)).unwrap(), [text()]);
}

#[test]
fn a_photo_at_an_angle_with_noise_and_little_light_is_read() {
    let symbol = symbol();
    let mut random = ChaCha20Rng::seed_from_u64(1);
    for (turn, lean) in [
        (0.0, 0.15),
        (8.0, 0.1),
        (-20.0, 0.1),
        (45.0, 0.0),
        (90.0, 0.12),
        (183.0, -0.15),
    ] {
        let mut photo = photographed(&symbol, turn, lean, 1_500);
        for pixel in photo.pixels_mut() {
            let noise = random.random_range(-18.0..18.0_f32);
            pixel.0[0] = (f32::from(pixel.0[0]) * 0.5 + 50.0 + noise) as u8;
        }
        let photo = image::imageops::blur(&photo, 0.8);
        let mut file = Cursor::new(Vec::new());
        photo.write_to(&mut file, ImageFormat::Jpeg).unwrap();
        assert_eq!(
            texts(&file.into_inner()).unwrap(),
            [text()],
            "{turn} {lean}"
        );
    }
}

#[test]
fn what_is_no_picture_or_has_no_code_is_told_apart() {
    assert_eq!(texts(b"GIF89a"), Err(InvalidPicture::OtherKind));
    assert_eq!(texts(b"\x89PNG\r\n\x1a\nxx"), Err(InvalidPicture::Damaged));
    let white = GrayImage::from_pixel(300, 200, image::Luma([255]));
    assert_eq!(texts(&png(&white)), Ok(Vec::new()));
    // Few bytes, very many pixels: none is looked at twice.
    let vast = GrayImage::from_pixel(SIDE_MAX, 5_000, image::Luma([255]));
    let looked_at = no_larger(vast);
    assert_eq!(looked_at.dimensions(), (4_000, 2_000));
    let line = GrayImage::from_pixel(SIDE_MAX, 1, image::Luma([255]));
    assert_eq!(no_larger(line).dimensions(), (4_000, 1));
    let wide = GrayImage::from_pixel(SIDE_MAX + 1, 1, image::Luma([255]));
    assert_eq!(texts(&png(&wide)), Err(InvalidPicture::TooLarge));
    let large = [&png(&white)[..], &vec![0; FILE_BYTES_MAX]].concat();
    assert_eq!(texts(&large), Err(InvalidPicture::TooLarge));
}

#[test]
fn pictures_that_were_damaged_or_made_to_harm_end() {
    let small = resize(&symbol(), 150, 150, FilterType::Triangle);
    let file = png(&small);
    let mut random = ChaCha20Rng::seed_from_u64(2);
    for _ in 0..300 {
        let mut changed = file.clone();
        for _ in 0..random.random_range(1..6) {
            let at = random.random_range(8..changed.len());
            changed[at] = random.random();
        }
        let _ = texts(&changed);
    }
}
