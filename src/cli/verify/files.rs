//! The files that `verify` is pointed at: by name, in folders, in zips, on standard input.

use crate::credential::status_details::ParsedStatusDetails;
use crate::credential::status_list::ParsedStatusList;
use crate::credential::strict_json;
use crate::credential::trust_list::{TRUST_FILE_BYTES_MAX, TrustFile};
use crate::tlog::proof::PROOF_BYTES_MAX;
use crate::verify::FILE_BYTES_MAX;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Most files of one folder or zip.
const FILES_MAX: usize = 1_000_000;
/// The name of standard input.
pub(super) const STDIN: &str = "-";
/// How the files of certificates end: what is looked for in folders and zips.
const ENDINGS: [&str; 6] = [
    ".json",
    ".sd-jwt",
    ".qr.png",
    ".pdf",
    ".badge.svg",
    ".badge.png",
];
/// Endings of which more than what stands behind the last point is left off to find the proof.
const LONG_ENDINGS: [&str; 5] = [
    ".rdfc.json",
    ".scores.json",
    ".qr.png",
    ".badge.svg",
    ".badge.png",
];

/// One file to verify, read.
pub(super) struct Given {
    /// As the answer names it.
    pub name: String,
    /// The bytes, or why there are none: a code of the report.
    pub bytes: Result<Vec<u8>, &'static str>,
    /// The proof beside it.
    pub proof: Option<Vec<u8>>,
    /// Whether it was found in a folder or zip, not named: then a file that is plainly something else
    /// of ours is passed over.
    pub found: bool,
}

impl Given {
    /// Whether it is to be passed over.
    pub fn is_passed_over(&self) -> bool {
        self.found && self.bytes.as_ref().is_ok_and(|it| is_something_else(it))
    }
}

/// Hands every file that a name stands for to `judge`, one at a time.
pub(super) fn each(
    named: &Path,
    proof: Option<&[u8]>,
    judge: &mut dyn FnMut(Given) -> io::Result<()>,
) -> io::Result<()> {
    if named.as_os_str() == STDIN {
        return judge(Given {
            name: STDIN.to_owned(),
            bytes: bounded(io::stdin().lock(), FILE_BYTES_MAX),
            proof: proof.map(<[u8]>::to_vec),
            found: false,
        });
    }
    if named.is_dir() {
        for file in certificates_in(named)? {
            judge(Given {
                found: true,
                ..of_file(&file, proof)
            })?;
        }
        return Ok(());
    }
    let is_zip = File::open(named).is_ok_and(|mut file| {
        let mut first = [0; 4];
        file.read_exact(&mut first).is_ok() && first == *b"PK\x03\x04"
    });
    match is_zip {
        true => of_zip(named, judge),
        false => judge(of_file(named, proof)),
    }
}

fn of_file(path: &Path, proof: Option<&[u8]>) -> Given {
    let bytes = match File::open(path) {
        Ok(file) => bounded(file, FILE_BYTES_MAX),
        Err(_) => Err("form-unreadable"),
    };
    let beside = || {
        let name = path.file_name()?.to_str()?;
        let beside = File::open(path.with_file_name(proof_name(name))).ok()?;
        proof_of(beside)
    };
    Given {
        name: path.display().to_string(),
        bytes,
        proof: proof.map(<[u8]>::to_vec).or_else(beside),
        found: false,
    }
}

/// The certificates of a zip (批量下载), each with the proof beside it.
fn of_zip(path: &Path, judge: &mut dyn FnMut(Given) -> io::Result<()>) -> io::Result<()> {
    let unreadable = |name: String| Given {
        name,
        bytes: Err("form-zip-damaged"),
        proof: None,
        found: false,
    };
    let of = |inner: &str| format!("{}/{inner}", path.display());
    let opened = File::open(path).and_then(|file| Ok(zip::ZipArchive::new(file)?));
    let Ok(mut zip) = opened else {
        return judge(unreadable(path.display().to_string()));
    };
    let names: BTreeSet<String> = zip
        .file_names()
        .take(FILES_MAX)
        .filter_map(|name| Some(name.ok()?.into_owned()))
        .collect();
    for name in names.iter().filter(|name| is_certificate(name)) {
        let Ok(bytes) = zip.by_name(name).map(|file| bounded(file, FILE_BYTES_MAX)) else {
            judge(unreadable(of(name)))?;
            continue;
        };
        let proof = zip.by_name(&proof_name(name)).ok().and_then(proof_of);
        judge(Given {
            name: of(name),
            bytes,
            proof,
            found: true,
        })?;
    }
    Ok(())
}

/// The name of the proof beside a certificate: `NUMBER.tlog-proof` of `NUMBER.json`,
/// `NUMBER.2.tlog-proof` of `NUMBER.2.rdfc.json`.
fn proof_name(name: &str) -> String {
    let stem = LONG_ENDINGS
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .or_else(|| name.rsplit_once('.').map(|(stem, _)| stem));
    format!("{}.tlog-proof", stem.unwrap_or(name))
}

fn is_certificate(name: &str) -> bool {
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// One byte past the limit still reaches the reader, which says what is wrong with it.
fn proof_of(from: impl Read) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = PROOF_BYTES_MAX as u64 + 1;
    from.take(limit).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

fn bounded(from: impl Read, bytes_max: usize) -> Result<Vec<u8>, &'static str> {
    let mut bytes = Vec::new();
    let limit = bytes_max as u64 + 1;
    match from.take(limit).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() <= bytes_max => Ok(bytes),
        Ok(_) => Err("form-file-too-large"),
        Err(_) => Err("form-unreadable"),
    }
}

/// The bytes of a file; `None` if it cannot be read or has more than `bytes_max`.
pub(super) fn read_bounded(path: &Path, bytes_max: usize) -> Option<Vec<u8>> {
    bounded(File::open(path).ok()?, bytes_max).ok()
}

/// The certificates of a folder in order of name. What is plainly something else of ours (trust list,
/// status documents, DID document) is left out here if it is larger than a certificate can be, and is
/// [passed over](Given::is_passed_over) otherwise. A damaged one stays in.
fn certificates_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)?.take(FILES_MAX) {
        let path = entry?.path();
        let named = path.file_name().and_then(|name| name.to_str());
        let is_large = || std::fs::metadata(&path).is_ok_and(|it| it.len() > FILE_BYTES_MAX as u64);
        let read = || read_bounded(&path, TRUST_FILE_BYTES_MAX);
        let other = || is_large() && read().is_some_and(|bytes| is_something_else(&bytes));
        if named.is_some_and(is_certificate) && path.is_file() && !other() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Only what is wholly of another form is passed over: a forged credential must not slip by with
/// a member that looks like one.
fn is_something_else(bytes: &[u8]) -> bool {
    if bytes.trim_ascii_start().first() != Some(&b'{') {
        return false;
    }
    let Ok(value) = strict_json::parse(bytes, TRUST_FILE_BYTES_MAX) else {
        return false;
    };
    let is_did_document =
        value.get("verificationMethod").is_some() && value.get("credentialSubject").is_none();
    is_did_document
        || TrustFile::parse(bytes).is_ok()
        || ParsedStatusDetails::from_value(value.clone()).is_ok()
        || ParsedStatusList::from_value(value).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_coat_has_its_proof_beside_it() {
        for (name, proof) in [
            ("N1.json", "N1.tlog-proof"),
            ("N1.2.json", "N1.2.tlog-proof"),
            ("N1.2.rdfc.json", "N1.2.tlog-proof"),
            ("N1.scores.json", "N1.tlog-proof"),
            ("N1.sd-jwt", "N1.tlog-proof"),
            ("a/N1.qr.png", "a/N1.tlog-proof"),
            ("N1.2.badge.svg", "N1.2.tlog-proof"),
            ("plain", "plain.tlog-proof"),
        ] {
            assert_eq!(proof_name(name), proof);
        }
    }
}
