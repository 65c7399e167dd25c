//! The strict reader of `sd-jwt-vc`.

use super::super::disclosed::Disclosed;
use super::super::jwt::{InvalidJwt, ParsedJwt, from_base64url};
use super::super::strict_json::InvalidJson;
use super::super::vc::parse::first_difference;
use super::disclosure::{Disclosure, InvalidDisclosures, process, split};
use super::form::{Content, Disclosable};
use super::{DIGESTS, SD_JWT_BYTES_MAX, TYP};
use crate::domain::time::Instant;
use crate::keys::{InvalidSignature, KeyId};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Why bytes are no SD-JWT VC of ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSdJwt {
    /// The signed token is not of the expected form.
    #[error(transparent)]
    Jwt(#[from] InvalidJwt),
    /// The disclosures are not of the expected form, or are not this token's.
    #[error(transparent)]
    Disclosures(#[from] InvalidDisclosures),
    /// Something follows the last `~`. No token of ours is bound to a holder's key.
    #[error("a key binding, which no certificate here has")]
    KeyBinding,
    /// A claim is missing, added or of another form. Names the place, in our own words only.
    #[error("not the form of a certificate, at {0}")]
    Form(String),
}

/// An SD-JWT VC whose form has been checked. Nothing in it is to be believed before
/// [`ParsedSdJwt::verify_signature`].
#[derive(Clone, Debug)]
pub struct ParsedSdJwt {
    /// What is disclosed.
    pub disclosed: Disclosed,
    /// The key it says signed it.
    pub key_id: KeyId,
    /// When it says it was made: a claim.
    pub created: Instant,
    /// SHA-256 of the canonical unsigned VC document, as claimed. Compared with the document only
    /// where everything is disclosed ([`Disclosed::complete`]).
    pub unsigned_sha256: [u8; 32],
    /// SHA-256 of the signed token: what the log commits to.
    pub digest: [u8; 32],
    token: String,
    jwt: ParsedJwt,
    disclosures: Vec<Disclosure>,
}

impl ParsedSdJwt {
    /// Reads an SD-JWT VC with any of its disclosures.
    pub fn parse(bytes: &[u8]) -> Result<Self, InvalidSdJwt> {
        if bytes.len() > SD_JWT_BYTES_MAX {
            return Err(InvalidJwt::from(InvalidJson::TooLarge).into());
        }
        let text = std::str::from_utf8(bytes).map_err(|_| InvalidDisclosures::Compact)?;
        let parts = split(text)?;
        let jwt = ParsedJwt::parse(parts.jwt, TYP, SD_JWT_BYTES_MAX)?;
        if !parts.key_binding.is_empty() {
            return Err(InvalidSdJwt::KeyBinding);
        }
        check_digests(&jwt.payload)?;
        let disclosures: Vec<_> = parts
            .disclosures
            .iter()
            .map(|it| Disclosure::parse(it))
            .collect::<Result<_, _>>()?;
        let whole = process(&jwt.payload, &disclosures)?;
        let form = |place: &str| InvalidSdJwt::Form(place.to_owned());
        let content = Content::read(&whole).ok_or_else(|| form("/"))?;
        content.disclosed.check().map_err(|e| form(e.0))?;
        if let Some(place) = first_difference(&content.render(), &whole) {
            return Err(InvalidSdJwt::Form(place));
        }
        // Nothing that may be kept stands open, and nothing else is in a disclosure.
        if content.always() != open_claims(&jwt.payload) {
            return Err(form("/"));
        }
        if disclosures.iter().any(|it| !is_ours(it)) {
            return Err(form("/_sd"));
        }
        Ok(Self {
            disclosed: content.disclosed,
            key_id: jwt.key_id.clone(),
            created: content.created,
            unsigned_sha256: content.unsigned_sha256,
            digest: Sha256::digest(parts.jwt.as_bytes()).into(),
            token: parts.jwt.to_owned(),
            jwt,
            disclosures,
        })
    }

    /// Checks the signature under the key it names, strictly.
    pub fn verify_signature(&self) -> Result<(), InvalidSignature> {
        self.jwt.verify_signature()
    }

    /// The claims that are disclosed and could have been kept.
    pub fn chosen(&self) -> impl Iterator<Item = Disclosable> {
        let names = self.disclosures.iter().filter_map(|it| it.name.as_deref());
        names.filter_map(Disclosable::from_name)
    }

    /// The same certificate, of which only these claims are disclosed, as far as they are here.
    pub fn present(&self, keep: &[Disclosable]) -> String {
        let name = |it: &&Disclosure| it.name.as_deref().and_then(Disclosable::from_name);
        let kept = self
            .disclosures
            .iter()
            .filter(|it| name(it).is_some_and(|name| keep.contains(&name)));
        super::join(&self.token, kept)
    }
}

/// `_sd` holds exactly [`DIGESTS`] digests, rising, and `_sd_alg` is there.
fn check_digests(payload: &Value) -> Result<(), InvalidSdJwt> {
    let form = |place: &str| InvalidSdJwt::Form(place.to_owned());
    if payload.get("_sd_alg").and_then(Value::as_str) != Some("sha-256") {
        return Err(InvalidDisclosures::OtherHash.into());
    }
    let digests = payload.get("_sd").and_then(Value::as_array);
    let digests: Vec<&str> = digests
        .and_then(|it| it.iter().map(Value::as_str).collect())
        .ok_or_else(|| form("/_sd"))?;
    let is_digest = |it: &str| from_base64url(it).is_some_and(|it| it.len() == 32);
    let rising = digests.windows(2).all(|pair| pair[0] < pair[1]);
    if digests.len() == DIGESTS && rising && digests.iter().all(|it| is_digest(it)) {
        Ok(())
    } else {
        Err(form("/_sd"))
    }
}

/// The payload without what belongs to disclosing.
fn open_claims(payload: &Value) -> serde_json::Map<String, Value> {
    let mut open = payload.as_object().cloned().unwrap_or_default();
    open.remove("_sd");
    open.remove("_sd_alg");
    open
}

/// Whether it is spelt as we spell it: a salt of 128 bits, a claim that may be kept, canonical JSON.
fn is_ours(disclosure: &Disclosure) -> bool {
    let Some(name) = disclosure.name.as_deref().and_then(Disclosable::from_name) else {
        return false;
    };
    let salt = from_base64url(&disclosure.salt).filter(|salt| salt.len() == 16);
    let again =
        salt.map(|salt| Disclosure::of_member(&salt, name.name(), disclosure.value.clone()));
    again.is_some_and(|again| again.as_ref() == Ok(disclosure))
}
