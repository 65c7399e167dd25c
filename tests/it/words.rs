//! Every message key that the sources name has words in both languages.

use skill_ledger::locale;
use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push(path);
        }
    }
}

/// The string literals that follow `opening` in a source, white space aside.
fn literals<'a>(source: &'a str, opening: &'a str) -> impl Iterator<Item = &'a str> {
    source.match_indices(opening).filter_map(move |(at, _)| {
        let rest = source[at + opening.len()..].trim_start();
        rest.strip_prefix('"')?.split('"').next()
    })
}

#[test]
fn every_key_in_the_sources_has_words() {
    let mut files = Vec::new();
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut files,
    );
    let openings = [
        ("output.text(", ""),
        ("stage.step(", ""),
        ("stage.words(", ""),
        ("Bar::new(output,", ""),
        ("NotFound { what:", "thing-"),
        ("rule:", "rule-"),
    ];
    let mut seen = 0;
    let mut missing = Vec::new();
    for file in files {
        let source = fs::read_to_string(&file).unwrap();
        for (opening, prefix) in openings {
            if prefix == "rule-" && !source.contains("BadInput") {
                continue;
            }
            for key in literals(&source, opening) {
                seen += 1;
                let key = format!("{prefix}{key}");
                if !locale::knows(&key) {
                    missing.push(format!("{}: {key}", file.display()));
                }
            }
        }
    }
    assert!(
        seen > 100,
        "only {seen} keys found: has the way they are named changed?"
    );
    assert!(
        missing.is_empty(),
        "no words in locale/ for:\n{}",
        missing.join("\n")
    );
}
