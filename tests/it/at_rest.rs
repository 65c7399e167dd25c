//! The audit of a file at rest: every byte of it, and of what is signed of it.

use crate::support::program::{As, Ledger};
use crate::support::sheet::{Came, candidate};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use skill_ledger::app::page_manifest::check;
use skill_ledger::store::sqlite::{manifest_path, pages_path};
use skill_ledger::tlog::note::NoteKey;
use std::fs;
use std::os::unix::fs::FileExt as _;
use std::path::Path;

/// Bytes of the file that are flipped, one at a time.
const FLIPS: u32 = 2_000;

/// A ledger with two certificates, its file sealed; and its log's key.
fn sealed() -> (Ledger, NoteKey) {
    let ledger = Ledger::with_body();
    let people = [1, 2].map(|n| candidate(1, n, Came::Passed));
    let session = ledger.closed_session("S1", &people);
    ledger.issue(&session);
    ledger.export_trust("trust");
    let vkey = fs::read_to_string(ledger.beside("trust/log/vkey")).unwrap();
    let made = ledger.run(As::Nobody, &["audit", "--seal"]).done();
    let bytes = fs::metadata(ledger.database()).unwrap().len();
    assert_eq!(made["pages"].as_u64().unwrap() * 4096, bytes);
    (ledger, vkey.trim().parse().unwrap())
}

fn flip(file: &Path, at: u64, bit: u8) {
    let open = fs::OpenOptions::new().read(true).write(true).open(file);
    let open = open.unwrap();
    let mut byte = [0];
    open.read_exact_at(&mut byte, at).unwrap();
    byte[0] ^= bit;
    open.write_all_at(&byte, at).unwrap();
}

#[test]
fn every_flipped_byte_of_a_file_at_rest_is_found_in_its_page() {
    let (ledger, key) = sealed();
    let database = ledger.database();
    let clean = || {
        let found = check(&database, None, std::slice::from_ref(&key)).unwrap();
        assert_eq!((found.problems.len(), found.unlisted), (0, 0), "{found:?}");
    };
    clean();
    let mut rng = ChaCha20Rng::seed_from_u64(20_261_122);
    let bytes = fs::metadata(&database).unwrap().len();
    for _ in 0..FLIPS {
        let (at, bit) = (rng.random_range(0..bytes), 1 << rng.random_range(0..8));
        flip(&database, at, bit);
        let found = check(&database, None, std::slice::from_ref(&key)).unwrap();
        // In the bytes that say the page size, the pages fall apart otherwise.
        let page = format!("ledger.sqlite: page {}", at / 4096 + 1);
        let named = found.problems.iter().any(|problem| problem.row == page);
        assert!(named || (16..18).contains(&at), "byte {at}: {found:?}");
        assert!(!found.problems.is_empty(), "byte {at}");
        flip(&database, at, bit);
    }
    clean();
    for file in [manifest_path(&database), pages_path(&database)] {
        let bytes = fs::metadata(&file).unwrap().len();
        for _ in 0..200 {
            let (at, bit) = (rng.random_range(0..bytes), 1 << rng.random_range(0..8));
            flip(&file, at, bit);
            let found = check(&database, None, std::slice::from_ref(&key)).unwrap();
            assert!(!found.problems.is_empty(), "{file:?} byte {at}");
            flip(&file, at, bit);
        }
    }
    clean();
}

#[test]
fn pages_cut_off_or_added_are_found() {
    let (ledger, key) = sealed();
    let database = ledger.database();
    let whole = fs::read(&database).unwrap();
    let longer = [&whole[..], &[0; 4096]].concat();
    for other in [
        &whole[..whole.len() - 4096],
        &whole[..whole.len() - 1],
        &longer,
    ] {
        fs::write(&database, other).unwrap();
        let found = check(&database, None, std::slice::from_ref(&key)).unwrap();
        assert!(!found.problems.is_empty(), "{} bytes", other.len());
    }
    let other = NoteKey::new(key.name(), [7; 32]).unwrap();
    fs::write(&database, &whole).unwrap();
    let found = check(&database, None, std::slice::from_ref(&other)).unwrap();
    assert_eq!(found.problems.len(), 1, "{found:?}");
}

#[test]
fn the_program_says_whether_the_file_is_as_it_was_closed() {
    let (ledger, _) = sealed();
    let clean = ledger.run(As::Nobody, &["audit", "--file"]).done();
    assert_eq!(
        (&clean["ok"], &clean["signature_checked"]),
        (&true.into(), &true.into())
    );
    // Reading leaves it at rest.
    ledger.audited();
    ledger.run(As::Nobody, &["audit", "--file"]).done();
    // Writing ends its rest.
    ledger.maker(&[
        "keys",
        "rotate",
        "--body",
        crate::support::program::BODY,
        "--purpose",
        "certificate",
    ]);
    ledger
        .run(As::Nobody, &["audit", "--file"])
        .refused(2, "not-at-rest");
    ledger.run(As::Nobody, &["audit", "--seal"]).done();
    let vkey = fs::read_to_string(ledger.beside("trust/log/vkey")).unwrap();
    let with_key = ["audit", "--file", "--key", vkey.trim()];
    ledger.run(As::Nobody, &with_key).done();
    // So much damaged that it does not open: its pages are told all the same.
    flip(&ledger.database(), 0, 1);
    let answer = ledger.run(As::Nobody, &with_key);
    assert_eq!(
        (answer.exit, &answer.json["ok"]),
        (1, &false.into()),
        "{answer:?}"
    );
    let row = answer.json["problems"][0]["row"].as_str().unwrap();
    assert_eq!(row, "ledger.sqlite: page 1");
}
