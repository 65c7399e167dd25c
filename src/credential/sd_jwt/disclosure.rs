//! Selective disclosure on any payload (RFC 9901): disclosures, their digests, and the payload that
//! a signed one and some disclosures give together.
//!
//! ```text
//! sd-jwt     = jwt "~" *( disclosure "~" ) [ kb-jwt ]            section 4, compact form
//! disclosure = base64url( "[" salt "," name "," value "]" )      section 4.2.1, of a member
//!            / base64url( "[" salt "," value "]" )               section 4.2.2, of an element
//! digest     = base64url( SHA-256( the ASCII bytes of disclosure ) )
//! ```
//!
//! A digest stands in the array `_sd` of the object its member belongs to, or in `{"...": digest}`
//! in place of its array element. Refused by section 7.1: a digest that stands twice, a disclosure
//! that no digest speaks of, a member named `_sd` or `...` or already there, another hash than
//! SHA-256. Refused though it says nothing of them: nesting beyond [`DEPTH_MAX`], more than
//! [`DISCLOSURES_MAX`] disclosures, a member `...` outside an array. Not read: the JSON
//! serialisations.

use super::super::jwt::{base64url, from_base64url};
use super::super::signed::{NotCanonical, canonical};
use super::super::strict_json::{self, InvalidJson};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// Most disclosures of one presentation.
pub const DISCLOSURES_MAX: usize = 64;
/// Deepest nesting of a payload with its disclosures in place.
pub const DEPTH_MAX: usize = 64;
/// Most bytes of one disclosure.
const DISCLOSURE_BYTES_MAX: usize = 16 * 1024;
const SD: &str = "_sd";
const SD_ALG: &str = "_sd_alg";
const ELEMENT: &str = "...";

/// Why a payload and its disclosures do not fit together, or are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidDisclosures {
    /// No `~`, or more disclosures than [`DISCLOSURES_MAX`].
    #[error("not an SD-JWT in compact form")]
    Compact,
    /// A disclosure is not base64url of a JSON array of two or three.
    #[error("a disclosure is not of the expected form")]
    Form,
    /// A disclosure is not JSON as we read it.
    #[error(transparent)]
    Json(#[from] InvalidJson),
    /// `_sd_alg` is not `sha-256`.
    #[error("another hash than SHA-256")]
    OtherHash,
    /// `_sd` is no array of texts, or `...` stands where it may not.
    #[error("digests stand where none may")]
    Place,
    /// A digest stands twice.
    #[error("a digest stands twice")]
    DuplicateDigest,
    /// A disclosure stands twice.
    #[error("a disclosure stands twice")]
    DuplicateDisclosure,
    /// No digest speaks of a disclosure.
    #[error("a disclosure that nothing speaks of")]
    Unreferenced,
    /// A member is named `_sd` or `...`, or stands there already.
    #[error("a disclosed member that may not stand there")]
    Member,
    /// Nested deeper than [`DEPTH_MAX`].
    #[error("nested too deep")]
    TooDeep,
}

/// An SD-JWT taken apart, each part as it was spelt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts<'a> {
    /// The token the issuer signed.
    pub jwt: &'a str,
    /// The disclosures.
    pub disclosures: Vec<&'a str>,
    /// What follows the last `~`: empty without key binding.
    pub key_binding: &'a str,
}

/// Takes an SD-JWT in compact form apart.
pub fn split(text: &str) -> Result<Parts<'_>, InvalidDisclosures> {
    let (jwt, rest) = text.split_once('~').ok_or(InvalidDisclosures::Compact)?;
    let (disclosures, key_binding) = match rest.rsplit_once('~') {
        Some((disclosures, last)) => (disclosures.split('~').collect(), last),
        None => (Vec::new(), rest),
    };
    if disclosures.len() > DISCLOSURES_MAX {
        return Err(InvalidDisclosures::Compact);
    }
    Ok(Parts {
        jwt,
        disclosures,
        key_binding,
    })
}

/// One disclosure.
#[derive(Clone, PartialEq, Eq)]
pub struct Disclosure {
    /// As it was spelt: what its digest is over.
    text: String,
    /// What makes its digest unguessable.
    pub salt: String,
    /// The member's name; none for an array element.
    pub name: Option<String>,
    /// What it discloses.
    pub value: Value,
}

impl Disclosure {
    /// The disclosure of a member, written as canonical JSON.
    pub fn of_member(salt: &[u8], name: &str, value: Value) -> Result<Self, NotCanonical> {
        let salt = base64url(salt);
        Ok(Self {
            text: base64url(canonical(&json!([salt, name, value]))?),
            salt,
            name: Some(name.to_owned()),
            value,
        })
    }

    /// Reads a disclosure.
    pub fn parse(text: &str) -> Result<Self, InvalidDisclosures> {
        let bytes = from_base64url(text).ok_or(InvalidDisclosures::Form)?;
        let content = strict_json::parse(&bytes, DISCLOSURE_BYTES_MAX)?;
        let Value::Array(content) = content else {
            return Err(InvalidDisclosures::Form);
        };
        let mut content = content.into_iter();
        let parts = [content.next(), content.next(), content.next()];
        let (salt, name, value) = match (parts, content.next()) {
            (
                [
                    Some(Value::String(salt)),
                    Some(Value::String(name)),
                    Some(value),
                ],
                None,
            ) => (salt, Some(name), value),
            ([Some(Value::String(salt)), Some(value), None], None) => (salt, None, value),
            _ => return Err(InvalidDisclosures::Form),
        };
        Ok(Self {
            text: text.to_owned(),
            salt,
            name,
            value,
        })
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its digest, as it stands in a payload.
    pub fn digest(&self) -> String {
        base64url(Sha256::digest(self.text.as_bytes()))
    }
}

// What a holder discloses to one does not belong in output.
impl std::fmt::Debug for Disclosure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Disclosure(…)")
    }
}

/// The payload with every disclosure in its place and without digests (section 7.1, step 3).
pub fn process(payload: &Value, disclosures: &[Disclosure]) -> Result<Value, InvalidDisclosures> {
    if payload.get(SD_ALG).is_some_and(|it| it != "sha-256") {
        return Err(InvalidDisclosures::OtherHash);
    }
    let mut processing = Processing::default();
    for disclosure in disclosures {
        let digest = disclosure.digest();
        if processing.at_hand.insert(digest, disclosure).is_some() {
            return Err(InvalidDisclosures::DuplicateDisclosure);
        }
    }
    let mut processed = processing.value(payload, 0)?;
    if processing.used != disclosures.len() {
        return Err(InvalidDisclosures::Unreferenced);
    }
    if let Some(object) = processed.as_object_mut() {
        object.remove(SD_ALG);
    }
    Ok(processed)
}

#[derive(Default)]
struct Processing<'a> {
    at_hand: BTreeMap<String, &'a Disclosure>,
    seen: BTreeSet<String>,
    used: usize,
}

impl<'a> Processing<'a> {
    fn value(&mut self, value: &Value, depth: usize) -> Result<Value, InvalidDisclosures> {
        if depth > DEPTH_MAX {
            return Err(InvalidDisclosures::TooDeep);
        }
        match value {
            Value::Object(object) => self.object(object, depth + 1).map(Value::Object),
            Value::Array(array) => self.array(array, depth + 1).map(Value::Array),
            plain => Ok(plain.clone()),
        }
    }

    fn object(
        &mut self,
        object: &Map<String, Value>,
        depth: usize,
    ) -> Result<Map<String, Value>, InvalidDisclosures> {
        if object.contains_key(ELEMENT) {
            return Err(InvalidDisclosures::Place);
        }
        let mut whole = Map::new();
        for (name, value) in object.iter().filter(|(name, _)| *name != SD) {
            whole.insert(name.clone(), self.value(value, depth)?);
        }
        let digests = match object.get(SD) {
            None => return Ok(whole),
            Some(Value::Array(digests)) => digests,
            Some(_) => return Err(InvalidDisclosures::Place),
        };
        for digest in digests {
            let Some(disclosure) = self.disclosed(digest)? else {
                continue;
            };
            let name = disclosure.name.as_deref().ok_or(InvalidDisclosures::Form)?;
            if name == SD || name == ELEMENT || whole.contains_key(name) {
                return Err(InvalidDisclosures::Member);
            }
            let value = self.value(&disclosure.value, depth)?;
            whole.insert(name.to_owned(), value);
        }
        Ok(whole)
    }

    fn array(&mut self, array: &[Value], depth: usize) -> Result<Vec<Value>, InvalidDisclosures> {
        let mut whole = Vec::new();
        for element in array {
            let Some(digest) = element.get(ELEMENT) else {
                whole.push(self.value(element, depth)?);
                continue;
            };
            if element.as_object().is_some_and(|it| it.len() != 1) {
                return Err(InvalidDisclosures::Place);
            }
            let Some(disclosure) = self.disclosed(digest)? else {
                continue;
            };
            if disclosure.name.is_some() {
                return Err(InvalidDisclosures::Form);
            }
            whole.push(self.value(&disclosure.value, depth)?);
        }
        Ok(whole)
    }

    /// The disclosure a digest speaks of, if it is at hand.
    fn disclosed(&mut self, digest: &Value) -> Result<Option<&'a Disclosure>, InvalidDisclosures> {
        let digest = digest.as_str().ok_or(InvalidDisclosures::Place)?;
        if !self.seen.insert(digest.to_owned()) {
            return Err(InvalidDisclosures::DuplicateDigest);
        }
        let found = self.at_hand.get(digest).copied();
        self.used += usize::from(found.is_some());
        Ok(found)
    }
}

#[cfg(test)]
mod tests;
