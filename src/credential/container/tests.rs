//! Ten thousand ways to change a file of each sort with a certificate in it: the file, the certificate, or
//! what is said of it. None gives a certificate that was not signed, and none is a crash.
//!
//! A container is not signed. So what counts as a mutant is one that gives another certificate than those
//! that were put in, or none; and each such one must be refused, here or by the certificate's reader.

use super::badge::{png, svg};
use super::pdf;
use crate::credential::strict_json;
use crate::credential::vc::CREDENTIAL_BYTES_MAX;
use crate::credential::vc::tests::accepted;
use crate::credential::vc::tests::mutants::{corpus, mutant};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::Value;

const MUTANTS: usize = 10_000;
const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><g/></svg>";

/// One sort of file.
struct Sort {
    /// A file with this credential.
    bake: fn(&str) -> Vec<u8>,
    /// The credential of a file.
    read: fn(&[u8]) -> Option<Vec<u8>>,
    /// Changes to the text of a file that only this sort knows, as from and to.
    edits: &'static [(&'static str, &'static str)],
}

fn below(rng: &mut ChaCha8Rng, count: usize) -> usize {
    rng.random_range(0..count.max(1))
}

/// Every place of `from` in a file, replaced; the file may not be text.
fn replaced(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let mut made = Vec::new();
    let mut rest = bytes;
    while let Some(at) = rest
        .windows(from.len())
        .position(|it| it == from.as_bytes())
    {
        made.extend(&rest[..at]);
        made.extend(to.as_bytes());
        rest = &rest[at + from.len()..];
    }
    [&made[..], rest].concat()
}

/// A changed file; `None` where the changed certificate is no text and cannot be put in.
fn changed(rng: &mut ChaCha8Rng, sort: &Sort, corpus: &[Value]) -> Option<Vec<u8>> {
    let one = corpus[below(rng, corpus.len())].to_string();
    let other = corpus[below(rng, corpus.len())].to_string();
    let mut file = (sort.bake)(&one);
    let at = below(rng, file.len());
    match rng.random_range(0..16) {
        0 => {
            for _ in 0..rng.random_range(1..4) {
                let at = below(rng, file.len());
                file[at] ^= 1 << rng.random_range(0..8);
            }
        }
        1 => file.truncate(at),
        2 => drop(file.remove(at)),
        3 => file.insert(at, rng.random()),
        4 => {
            // A piece of it stands twice, or elsewhere.
            let end = (at + below(rng, 200)).min(file.len());
            let piece = file[at..end].to_vec();
            if rng.random_bool(0.5) {
                file.drain(at..end);
            }
            let to = below(rng, file.len());
            file.splice(to..to, piece);
        }
        5 => {
            // The beginning of one and the end of another.
            let end = (sort.bake)(&other);
            file.truncate(at);
            file.extend(&end[at.min(end.len())..]);
        }
        6 => file.extend(&(sort.bake)(&other)[below(rng, 64)..]),
        7 => {
            let (from, to) = sort.edits[below(rng, sort.edits.len())];
            file = replaced(&file, from, to);
        }
        // A certificate that was changed before it was put in: bit, field, order, key twice,
        // context, suite, key, shortened, joined.
        _ => file = (sort.bake)(&String::from_utf8(mutant(rng, corpus)).ok()?),
    }
    Some(file)
}

fn refuse_mutants(sort: &Sort) {
    let corpus = corpus();
    for it in &corpus {
        let found = (sort.read)(&(sort.bake)(&it.to_string())).unwrap();
        assert!(accepted(&found));
    }
    for (from, to) in sort.edits {
        let file = (sort.bake)(&corpus[0].to_string());
        assert_ne!(replaced(&file, from, to), file, "{from} is in no file");
    }
    let mut rng = ChaCha8Rng::seed_from_u64(32_000);
    let (mut tried, mut found_one) = (0, 0);
    while tried < MUTANTS {
        let Some(file) = changed(&mut rng, sort, &corpus) else {
            continue;
        };
        let Some(found) = (sort.read)(&file) else {
            tried += 1;
            continue;
        };
        let same = strict_json::parse(&found, CREDENTIAL_BYTES_MAX);
        if same.is_ok_and(|it| corpus.contains(&it)) {
            continue;
        }
        tried += 1;
        found_one += 1;
        assert!(!accepted(&found), "{}", String::from_utf8_lossy(&found));
    }
    // Most get as far as the reader of certificates.
    assert!(found_one > MUTANTS / 2, "{found_one}");
}

#[test]
fn no_mutant_of_a_pdf_is_accepted() {
    refuse_mutants(&Sort {
        bake: |credential| {
            pdf::tests::carrying(&[
                ("S1.json", credential),
                ("S1.tlog-proof", "proof"),
                ("trust-list.json", "list"),
            ])
        },
        read: |file| pdf::attachments(file).ok()?.credential,
        edits: &[
            ("S1.tlog-proof", "S1.json"),
            ("trust-list.json", "other-list.json"),
            ("/UF (S1.json)", "/UF (S1.json) /UF (S2.json)"),
            ("/EF <<", "/EF <</F 3 0 R>> /EF <<"),
            (
                "/Type /EmbeddedFile",
                "/Type /EmbeddedFile /Filter/FlateDecode",
            ),
            ("/Length ", "/Length 1"),
            ("/Length ", "/Length 7 /Length "),
            ("3 0 R", "5 0 R"),
            ("3 0 obj", "5 0 obj"),
            ("/Root 1 0 R", "/Root 1 0 R /Prev 9"),
            ("startxref\n", "startxref\n1"),
            ("endstream", "\"}endstream"),
        ],
    });
}

#[test]
fn no_mutant_of_a_png_is_accepted() {
    refuse_mutants(&Sort {
        bake: |credential| {
            let picture = png::Pixels {
                width: 4,
                height: 3,
                rgba: &[0x7f; 4 * 4 * 3],
            };
            png::bake(picture, credential).unwrap()
        },
        read: |file| png::read(file).ok()?.map(String::into_bytes),
        edits: &[
            ("openbadgecredential", "openbadgecredentiaL"),
            ("iTXt", "tEXt"),
            ("IDAT", "iTXt"),
        ],
    });
}

#[test]
fn no_mutant_of_an_svg_is_accepted() {
    refuse_mutants(&Sort {
        bake: |credential| svg::bake(PICTURE, credential).unwrap().into_bytes(),
        read: |file| svg::read(file).ok()?.map(String::into_bytes),
        edits: &[
            ("<![CDATA[", ""),
            ("<![CDATA[{", "{<![CDATA["),
            ("<![CDATA[", "&#32;x<![CDATA["),
            ("]]>", "]]><b/>"),
            ("]]>", "]]>}"),
            ("ob/v3p0", "ob/v3p1"),
            ("<g/>", "<openbadges:credential>{}</openbadges:credential>"),
        ],
    });
}
