//! Making an SD-JWT VC, in two halves around the signature.

use super::super::claims::Claims;
use super::super::jwt;
use super::super::signed::{SealError, canonical_sha256};
use super::super::vc::v2;
use super::disclosure::Disclosure;
use super::form::{Content, Disclosable};
use super::salts::Salts;
use super::{DIGESTS, TYP};
use crate::domain::score::Scores;
use crate::domain::time::Instant;
use crate::keys::{KeyId, Signature};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// An SD-JWT VC waiting for its signature. Not yet anything to hand out.
#[derive(Clone)]
pub struct Prepared {
    signing_input: String,
    /// By rising digest, as the digests stand in the payload.
    disclosures: Vec<Disclosure>,
}

/// A signed SD-JWT VC with all of its disclosures.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    /// `JWT~DISCLOSURE~…~`.
    pub compact: String,
    /// SHA-256 of the signed token, what stands before the first `~`: what the public entry commits
    /// to, whatever is disclosed.
    pub digest: [u8; 32],
}

/// The first half: everything but the signature. The same arguments give the same bytes.
pub fn prepare(
    claims: &Claims,
    scores: Option<Scores>,
    key: &KeyId,
    created: Instant,
    secret: &[u8; 32],
) -> Result<Prepared, SealError> {
    claims.check()?;
    let unsigned_sha256 = canonical_sha256(&v2::render(claims))?;
    let content = Content::of(claims, scores, unsigned_sha256, created);
    content.disclosed.check()?;
    let salts = Salts::new(secret, claims.credential_id);
    let mut disclosures = Vec::new();
    for of in Disclosable::ALL {
        if let Some(value) = content.value(of) {
            let salt = salts.salt(of.name());
            disclosures.push(Disclosure::of_member(&salt, of.name(), value)?);
        }
    }
    disclosures.sort_by_cached_key(Disclosure::digest);
    let decoys = (0..DIGESTS - disclosures.len()).map(|n| salts.decoy(n));
    let mut digests: Vec<String> = disclosures.iter().map(Disclosure::digest).collect();
    digests.extend(decoys);
    digests.sort();
    let mut payload = content.always();
    payload.insert("_sd".into(), json!(digests));
    payload.insert("_sd_alg".into(), json!("sha-256"));
    let signing_input = jwt::signing_input(TYP, key, &Value::Object(payload))?;
    Ok(Prepared {
        signing_input,
        disclosures,
    })
}

impl Prepared {
    /// What the body's certificate key signs.
    pub fn bytes_to_sign(&self) -> &[u8] {
        self.signing_input.as_bytes()
    }

    /// The second half: the signature goes in.
    pub fn seal(self, signature: Signature) -> Sealed {
        let token = jwt::attach(&self.signing_input, &signature);
        let digest = Sha256::digest(token.as_bytes()).into();
        Sealed {
            compact: super::join(&token, &self.disclosures),
            digest,
        }
    }
}
