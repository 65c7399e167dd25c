//! An offer to a holder's wallet, made on the command line.

use crate::support::program::{As, Ledger, text};
use crate::support::sheet;
use std::fs;

#[test]
fn an_offer_is_an_address_a_picture_and_digits_told_apart() {
    let ledger = Ledger::with_body();
    let session = ledger.closed_session("2026-32", &sheet::all_passed(1, 1));
    let issued = ledger.issue(&session);
    let number = issued["numbers"][0].as_str().unwrap();
    let picture = ledger.beside("offer.svg");
    let qr = ["--qr", picture.to_str().unwrap()];
    let offer = ["certificate", "offer", number];
    let before = ledger.head();
    let done = ledger.maker(&[&offer[..], &qr].concat()).done();
    let uri = text(&done, "offer");
    assert!(uri.starts_with("openid-credential-offer://?credential_offer="));
    let digits = text(&done, "tx_code");
    assert!(digits.len() == 6 && digits.bytes().all(|it| it.is_ascii_digit()));
    assert!(!uri.contains(&digits));
    assert!(fs::read_to_string(&picture).unwrap().starts_with("<svg"));
    // Each is another one; without digits only if so asked.
    let bare = ledger.maker(&[&offer[..], &["--without-tx-code"]].concat());
    let bare = bare.done();
    assert!(bare["tx_code"].is_null());
    assert_ne!(text(&bare, "offer"), uri);
    assert_eq!(ledger.head(), before, "an offer is no event");
    let unknown = ["certificate", "offer", "S000032000012263999999"];
    ledger.refuses(As::Maker, &unknown, 1, "not-found");
    ledger.audited();
}
