use super::*;
use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;

const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><g/></svg>";

fn pixels() -> png::Pixels<'static> {
    png::Pixels {
        width: 4,
        height: 3,
        rgba: &[0x7f; 4 * 4 * 3],
    }
}

proptest! {
    #[test]
    fn what_was_baked_is_read_again(text in "[ -~\n\t\u{4e00}-\u{9fff}·]{0,400}", mark in "(]]>|<!\\[CDATA\\[|&amp;|证书)*") {
        let credential = format!("{text}{mark}");
        let svg = svg::bake(PICTURE, &credential).unwrap();
        prop_assert_eq!(svg::read(svg.as_bytes()).unwrap().unwrap(), credential.clone());
        let file = png::bake(pixels(), &credential).unwrap();
        prop_assert_eq!(png::read(&file).unwrap().unwrap(), credential);
    }
}

#[test]
fn a_picture_without_a_credential_has_none() {
    assert_eq!(svg::read(PICTURE.as_bytes()), Ok(None));
    let mut file = Vec::new();
    let encoder = ::png::Encoder::new(&mut file, 1, 1);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&[0]).unwrap();
    writer.finish().unwrap();
    assert_eq!(png::read(&file), Ok(None));
    assert_eq!(png::read(b"\x89PNG\r\n\x1a\n"), Err(InvalidBadge::Damaged));
    assert_eq!(svg::read(b"<svg"), Err(InvalidBadge::Damaged));
    let bomb = b"<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]><svg>&b;</svg>";
    assert_eq!(svg::read(bomb), Err(InvalidBadge::Damaged));
}

#[test]
fn two_credentials_are_none() {
    let once = svg::bake(PICTURE, "{}").unwrap();
    let more = once.replace("<g/>", "<openbadges:credential>[]</openbadges:credential>");
    assert_eq!(svg::read(more.as_bytes()), Err(InvalidBadge::Ambiguous));
    let nested = once.replace("<![CDATA[{}]]>", "<b>{}</b>");
    assert_eq!(svg::read(nested.as_bytes()), Err(InvalidBadge::Damaged));
    let file = png::bake(pixels(), "{}").unwrap();
    // The chunk lies between the header (33 bytes) and the pixels.
    let at = file.windows(4).position(|it| it == b"IDAT").unwrap() - 4;
    let twice = [&file[..at], &file[33..]].concat();
    assert_eq!(png::read(&twice), Err(InvalidBadge::Ambiguous));
}

#[test]
fn changed_bytes_never_give_another_credential() {
    let credential = "{\"name\":\"证书\",\"proof\":\"z3\"}";
    let file = png::bake(pixels(), credential).unwrap();
    let mut random = ChaCha20Rng::seed_from_u64(5);
    let mut read = 0;
    for _ in 0..10_000 {
        let mut changed = file.clone();
        for _ in 0..random.random_range(1..4) {
            let at = random.random_range(0..changed.len());
            changed[at] ^= 1 << random.random_range(0..8);
        }
        changed.truncate(random.random_range(1..=2 * file.len()).min(file.len()));
        // Every chunk has its checksum.
        if let Ok(Some(text)) = png::read(&changed) {
            assert_eq!(text, credential);
            read += 1;
        }
    }
    assert!(read < 9_000);
}
