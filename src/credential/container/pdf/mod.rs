//! The attachments of a PDF (ISO 32000-1, 7.11.4): the signed certificate, its proof of inclusion
//! and the trust list that `paper/` puts into a sheet. Only these are looked at; what the page
//! shows is not.
//!
//! Accepted: a well-formed PDF of at most [`FILE_BYTES_MAX`] whose catalogue has a name tree
//! `EmbeddedFiles`, with tables or streams of cross-references, updated or not. A file is known
//! by the end of its name: `.tlog-proof` a proof, `trust-list.json` a trust list, any other
//! `.json` a certificate. Names that mean none of these are passed over.
//!
//! Refused though legal: encrypted files; files with bytes before `%PDF-`; two attachments of one
//! sort, since nobody could say which is meant; filters but FlateDecode, predictors but PNG's;
//! keys that stand twice in a dictionary. Damaged files are refused, not repaired. Only what leads
//! to the attachments is read, and the work of it is bounded as a whole.

mod file;
mod syntax;

use file::{File, Value};
use std::collections::BTreeSet;
use syntax::{Dictionary, Object};

/// The largest file that is read.
pub const FILE_BYTES_MAX: usize = 16 * 1024 * 1024;
/// The largest attachment.
pub const ATTACHMENT_BYTES_MAX: usize = 8 * 1024 * 1024;
/// How deep a name tree may be.
const DEPTH_MAX: usize = 8;
/// How many attachments there may be.
const ATTACHMENTS_MAX: usize = 64;

/// What was found, as bytes. The trust list of a PDF says whom the PDF trusts, no more: a verifier
/// uses it only if he was told the fingerprint of its key.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Attachments {
    /// The signed certificate.
    pub credential: Option<Vec<u8>>,
    /// Its proof of inclusion.
    pub proof: Option<Vec<u8>>,
    /// A trust list.
    pub trust_list: Option<Vec<u8>>,
}

// A credential holds a name.
impl std::fmt::Debug for Attachments {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let bytes = |it: &Option<Vec<u8>>| it.as_ref().map(Vec::len);
        f.debug_struct("Attachments")
            .field("credential", &bytes(&self.credential))
            .field("proof", &bytes(&self.proof))
            .field("trust_list", &bytes(&self.trust_list))
            .finish()
    }
}

/// Why a PDF is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPdf {
    /// It does not begin as a PDF does.
    #[error("not a PDF")]
    NotPdf,
    /// The file, an attachment, or the work of finding it is too large.
    #[error("too large")]
    TooLarge,
    /// It needs a password, or says so.
    #[error("encrypted")]
    Encrypted,
    /// It is damaged, or written in a way that is not read here.
    #[error("damaged")]
    Malformed,
    /// Two attachments of one sort.
    #[error("two attachments of one sort")]
    Ambiguous,
}

/// Whether a file begins as a PDF does.
pub fn is_pdf(bytes: &[u8]) -> bool {
    bytes.starts_with(b"%PDF-")
}

/// The attachments of a PDF; all `None` if it has none of ours.
pub fn attachments(bytes: &[u8]) -> Result<Attachments, InvalidPdf> {
    if !is_pdf(bytes) {
        return Err(InvalidPdf::NotPdf);
    }
    if bytes.len() > FILE_BYTES_MAX {
        return Err(InvalidPdf::TooLarge);
    }
    let mut file = File::read(bytes)?;
    let mut specifications = Vec::new();
    if let Some(tree) = embedded_files(&mut file)? {
        let mut seen = BTreeSet::new();
        leaves(&mut file, &tree, 0, &mut seen, &mut specifications)?;
    }
    let mut found = Attachments::default();
    for specification in specifications {
        let specification = file.dictionary(&specification)?;
        let Some(name) = name(&mut file, &specification)? else {
            continue;
        };
        let place = match name.rsplit(['/', '\\']).next().unwrap_or_default() {
            "trust-list.json" => &mut found.trust_list,
            it if it.ends_with(".tlog-proof") => &mut found.proof,
            it if it.ends_with(".json") => &mut found.credential,
            _ => continue,
        };
        if place.is_some() {
            return Err(InvalidPdf::Ambiguous);
        }
        *place = Some(content(&mut file, &specification)?);
    }
    Ok(found)
}

/// The root of the name tree, if there is one.
fn embedded_files(file: &mut File<'_>) -> Result<Option<Dictionary>, InvalidPdf> {
    let root = file.root()?;
    let root = file.dictionary(&root)?;
    let Some(names) = root.get(b"Names") else {
        return Ok(None);
    };
    let names = file.dictionary(names)?;
    match names.get(b"EmbeddedFiles") {
        Some(tree) => file.dictionary(tree).map(Some),
        None => Ok(None),
    }
}

/// The file specifications below a node of the tree (7.9.6).
fn leaves(
    file: &mut File<'_>,
    node: &Dictionary,
    depth: usize,
    seen: &mut BTreeSet<u32>,
    found: &mut Vec<Object>,
) -> Result<(), InvalidPdf> {
    if depth > DEPTH_MAX {
        return Err(InvalidPdf::TooLarge);
    }
    if let Some(names) = node.get(b"Names") {
        let names = file.array(names)?;
        if !names.len().is_multiple_of(2) || found.len() + names.len() / 2 > ATTACHMENTS_MAX {
            return Err(InvalidPdf::Malformed);
        }
        found.extend(names.into_iter().skip(1).step_by(2));
    }
    if let Some(kids) = node.get(b"Kids") {
        for kid in file.array(kids)? {
            let Object::Reference(number, _) = kid else {
                return Err(InvalidPdf::Malformed);
            };
            if !seen.insert(number) || seen.len() > ATTACHMENTS_MAX {
                return Err(InvalidPdf::Malformed);
            }
            let kid = file.dictionary(&kid)?;
            leaves(file, &kid, depth + 1, seen, found)?;
        }
    }
    Ok(())
}

/// The name of a file (7.11.2), if it is in letters we read.
fn name(file: &mut File<'_>, of: &Dictionary) -> Result<Option<String>, InvalidPdf> {
    let Some(name) = of.get(b"UF").or_else(|| of.get(b"F")) else {
        return Err(InvalidPdf::Malformed);
    };
    let Value::Object(Object::String(bytes)) = file.resolve(name)? else {
        return Err(InvalidPdf::Malformed);
    };
    Ok(match bytes.as_slice() {
        [0xfe, 0xff, rest @ ..] => {
            let units = rest.chunks(2).map(|pair| match pair {
                [high, low] => u16::from_be_bytes([*high, *low]),
                _ => 0xfffd,
            });
            String::from_utf16(&units.collect::<Vec<_>>()).ok()
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        ascii => String::from_utf8(ascii.to_vec()).ok(),
    })
}

/// The bytes of an embedded file (7.11.4).
fn content(file: &mut File<'_>, of: &Dictionary) -> Result<Vec<u8>, InvalidPdf> {
    let embedded = of.get(b"EF").ok_or(InvalidPdf::Malformed)?;
    let embedded = file.dictionary(embedded)?;
    let stream = embedded.get(b"UF").or_else(|| embedded.get(b"F"));
    let stream = stream.ok_or(InvalidPdf::Malformed)?;
    match file.resolve(stream)? {
        Value::Stream(stream) => file.decoded(&stream, ATTACHMENT_BYTES_MAX),
        Value::Object(_) => Err(InvalidPdf::Malformed),
    }
}

#[cfg(test)]
pub(super) mod tests;
