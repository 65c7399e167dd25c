//! What the door asks of a proof of any document, under `did:key`: the product's reader of proofs, its
//! bytes that are signed and its signatures, and around them the members of a proof that certificates do
//! not have.
//!
//! Refused though Data Integrity 1.0 allows them: proof chains (`previousProof`), members that it does not
//! name, keys of other methods than `did:key`.

use super::time::date_time_stamp;
use crate::credential::rdf::Reader;
use crate::credential::signed::NotCanonical;
use crate::credential::vc::proof::{Cryptosuite, InvalidProof, Proof, attach};
use crate::domain::time::Instant;
use crate::keys::{InvalidSignature, KeyId, Purpose, SignError, Signer};
use serde_json::{Map, Value, json};

/// Members that every proof may have.
const MEMBERS: [&str; 10] = [
    "id",
    "type",
    "cryptosuite",
    "created",
    "expires",
    "verificationMethod",
    "proofPurpose",
    "challenge",
    "domain",
    "nonce",
];

/// Why a document was not signed or not verified.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The document cannot be made canonical.
    #[error("the document has no canonical form")]
    NotCanonical(#[from] NotCanonical),
    /// No proof, or one that is not of the expected form.
    #[error(transparent)]
    Invalid(#[from] InvalidProof),
    /// `expires` has passed.
    #[error("the proof has expired")]
    Expired,
    /// The key does not verify the signature.
    #[error(transparent)]
    Signature(#[from] InvalidSignature),
    /// The key is not a `did:key`, or not the issuer's.
    #[error("the proof names no key of the issuer")]
    Controller,
    /// The signer refused.
    #[error(transparent)]
    NotSigned(#[from] SignError),
}

/// What a verifier asks of a proof.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The suite the door verifies.
    pub suite: Cryptosuite,
    /// `assertionMethod` or `authentication`.
    pub purpose: &'a str,
    /// Who must have made it, if that is known.
    pub controller: Option<&'a str>,
    /// What it must answer to, if asked.
    pub challenge: Option<&'a str>,
    /// For whom, if asked.
    pub domain: Option<&'a str>,
    /// The time.
    pub now: Instant,
}

/// Signs a document.
pub fn sign(
    suite: Cryptosuite,
    document: Value,
    method: &str,
    created: Instant,
    signer: &dyn Signer,
) -> Result<Value, ProofError> {
    let config = suite.proof_config(&document, method, created);
    let bytes = suite.hash_data_read_by(Reader::General, &document, &config)?;
    let signature = signer.sign(Purpose::Certificate, &bytes)?;
    Ok(attach(document, config, &signature))
}

/// Checks every proof of a document that is of the suite asked for; there must be one, and every one
/// must hold. Gives the controllers.
pub fn verify(document: &Value, asked: &Asked<'_>) -> Result<Vec<String>, ProofError> {
    let mut unsigned = document.clone();
    let proofs = unsigned.as_object_mut().and_then(|it| it.remove("proof"));
    let proofs = match proofs.ok_or(InvalidProof::Missing)? {
        Value::Array(proofs) => proofs,
        one => vec![one],
    };
    let mut controllers = Vec::new();
    for proof in proofs {
        if !proof.is_object() {
            return Err(InvalidProof::Form.into());
        }
        if proof["cryptosuite"] == json!(asked.suite.name()) {
            let proof = Proof::read(proof, &[asked.suite], asked.purpose)?;
            controllers.push(verify_one(&unsigned, proof, asked)?);
        }
    }
    match controllers.is_empty() {
        true => Err(InvalidProof::OtherSuite.into()),
        false => Ok(controllers),
    }
}

fn verify_one(unsigned: &Value, proof: Proof, asked: &Asked<'_>) -> Result<String, ProofError> {
    form(&proof.config, asked)?;
    let method = proof.verification_method.split_once('#');
    let (did, key) = method.ok_or(ProofError::Controller)?;
    let is_own = did.strip_prefix("did:key:") == Some(key);
    if !is_own || asked.controller.is_some_and(|it| it != did) {
        return Err(ProofError::Controller);
    }
    let key: KeyId = key.parse().map_err(|_| ProofError::Controller)?;
    let mut document = unsigned.clone();
    if asked.suite == Cryptosuite::Jcs {
        // The proof names the contexts it was made under; the document's begin with them.
        let theirs = proof.config.get("@context").and_then(Value::as_array);
        let all = document["@context"].as_array();
        let (theirs, all) = theirs.zip(all).ok_or(InvalidProof::Context)?;
        if !all.starts_with(theirs) {
            return Err(InvalidProof::Context.into());
        }
        document["@context"] = Value::Array(theirs.clone());
    }
    let config = Value::Object(proof.config);
    let bytes = asked
        .suite
        .hash_data_read_by(Reader::General, &document, &config)?;
    key.public_key().verify(&bytes, &proof.signature)?;
    Ok(did.to_owned())
}

/// The members that a certificate's proof does not have.
fn form(config: &Map<String, Value>, asked: &Asked<'_>) -> Result<(), ProofError> {
    let known = |name: &str| {
        let context = name == "@context" && asked.suite == Cryptosuite::Jcs;
        context || MEMBERS.contains(&name)
    };
    let is = |name: &str, expected: Option<&str>| {
        expected.is_none_or(|it| config.get(name).and_then(Value::as_str) == Some(it))
    };
    let good = config.keys().all(|name| known(name))
        && is("challenge", asked.challenge)
        && is("domain", asked.domain);
    if !good {
        return Err(InvalidProof::Form.into());
    }
    let time = |name: &str| match config.get(name) {
        None => Ok(None),
        Some(it) => {
            let at = it.as_str().and_then(date_time_stamp);
            at.map(Some).ok_or(InvalidProof::Form)
        }
    };
    time("created")?;
    let expires = time("expires")?;
    match expires.is_some_and(|it| it <= asked.now) {
        true => Err(ProofError::Expired),
        false => Ok(()),
    }
}
