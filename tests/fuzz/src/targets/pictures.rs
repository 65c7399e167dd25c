//! Pictures that carry a certificate.

use skill_ledger::credential::container::badge::{png, svg};
use skill_ledger::credential::container::photo::{InvalidPicture, is_picture, texts};

/// Most codes of one picture.
const CODES_MAX: usize = 16;

pub fn badge_png(bytes: &[u8]) -> bool {
    let found = png::read(bytes);
    assert_eq!(png::read(bytes), found);
    assert!(found.is_err() || png::is_png(bytes));
    let Ok(Some(credential)) = found else {
        return false;
    };
    let dot = png::Pixels {
        width: 1,
        height: 1,
        rgba: &[0; 4],
    };
    let again = png::bake(dot, &credential).expect("what was read can be baked");
    assert_eq!(png::read(&again), Ok(Some(credential)));
    true
}

pub fn badge_svg(bytes: &[u8]) -> bool {
    let found = svg::read(bytes);
    assert_eq!(svg::read(bytes), found);
    let Ok(Some(credential)) = found else {
        return false;
    };
    let again = svg::bake(
        "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>",
        &credential,
    );
    let again = again.expect("what was read can be baked");
    assert!(svg::is_svg(again.as_bytes()));
    // XML reads every end of a line as one line feed.
    let credential = credential.replace("\r\n", "\n").replace('\r', "\n");
    assert_eq!(svg::read(again.as_bytes()), Ok(Some(credential)));
    true
}

pub fn photo(bytes: &[u8]) -> bool {
    let found = texts(bytes);
    assert_eq!(
        found == Err(InvalidPicture::OtherKind),
        !is_picture(bytes),
        "told by its beginning"
    );
    let Ok(found) = found else {
        return false;
    };
    assert!(found.len() <= CODES_MAX && found.is_sorted_by(|a, b| a < b));
    !found.is_empty()
}
