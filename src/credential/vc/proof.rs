//! Data Integrity proofs of the suites `eddsa-jcs-2022` and `eddsa-rdfc-2022` (W3C vc-di-eddsa 1.0,
//! sections 3.3 and 3.2).
//!
//! Signed are 64 bytes: SHA-256(canonical proof without `proofValue`) ‖ SHA-256(canonical document
//! without `proof`), with Ed25519. Canonical is RFC 8785 in the one suite; there `proof.@context` is a
//! copy of the document's. In the other it is the canonical N-Quads, and the proof, which is read under
//! the document's contexts, has no `@context` of its own.
//!
//! Refused though the suites allow it: several proofs, a context that only starts alike, any member
//! besides those here (so `expires`, `challenge`, `domain`, `previousProof`, `id`), another purpose than
//! `assertionMethod`, a `created` with fractions or an offset; under `eddsa-rdfc-2022` any document that
//! is no certificate of ours, whatever its RDF.

use crate::credential::claims::Claims;
use crate::credential::coat::Coat;
use crate::credential::rdf;
use crate::credential::signed::{
    NotCanonical, canonical_sha256, date_time, multibase, parse_date_time, parse_signature,
};
use crate::domain::time::Instant;
use crate::keys::Signature;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

/// How document and proof become the bytes that are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cryptosuite {
    /// `eddsa-jcs-2022`: the canonical JSON (RFC 8785).
    Jcs,
    /// `eddsa-rdfc-2022`: the canonical N-Quads (RDFC-1.0).
    Rdfc,
}

/// A proof that does not have exactly the expected form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidProof {
    /// No member `proof`.
    #[error("no proof")]
    Missing,
    /// Not one object with exactly the expected members.
    #[error("the proof is not of the expected form")]
    Form,
    /// Another suite, proof type or purpose.
    #[error("another kind of proof")]
    OtherSuite,
    /// `proof.@context` is not as the suite wants it: the document's, or none.
    #[error("the proof's context is not the document's")]
    Context,
}

impl Cryptosuite {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Jcs, Self::Rdfc];

    /// The coat of a certificate that says this with such a proof. Scores are shown under one suite
    /// only, that of Open Badges.
    pub const fn coat(self, claims: &Claims) -> Option<Coat> {
        match (self, claims.results) {
            (Self::Jcs, None) => Some(Coat::VcJson),
            (Self::Rdfc, None) => Some(Coat::VcJsonRdfc),
            (Self::Rdfc, Some(_)) => Some(Coat::VcJsonScores),
            (Self::Jcs, Some(_)) => None,
        }
    }

    /// The suite's name in `proof.cryptosuite`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jcs => Coat::VcJson.suite(),
            Self::Rdfc => Coat::VcJsonRdfc.suite(),
        }
    }

    /// The suite of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|suite| suite.name() == name)
    }

    /// The proof configuration for a document: what is hashed of the proof.
    pub fn proof_config(
        self,
        document: &Value,
        verification_method: &str,
        created: Instant,
    ) -> Value {
        let mut config = json!({
            "type": "DataIntegrityProof",
            "cryptosuite": self.name(),
            "created": date_time(created),
            "verificationMethod": verification_method,
            "proofPurpose": "assertionMethod",
        });
        if self == Self::Jcs {
            config["@context"] = document.get("@context").cloned().unwrap_or(Value::Null);
        }
        config
    }

    /// The 64 bytes to sign for a document without proof and its proof configuration.
    pub fn hash_data(self, document: &Value, config: &Value) -> Result<[u8; 64], NotCanonical> {
        self.hash_data_read_by(rdf::Reader::Certificate, document, config)
    }

    /// The same, of what this reader reads as RDF.
    pub fn hash_data_read_by(
        self,
        reader: rdf::Reader,
        document: &Value,
        config: &Value,
    ) -> Result<[u8; 64], NotCanonical> {
        let (config, document) = match self {
            Self::Jcs => (canonical_sha256(config)?, canonical_sha256(document)?),
            Self::Rdfc => {
                let (document, config) = reader.n_quads(document, config).ok_or(NotCanonical)?;
                let sha256 = |text: String| -> [u8; 32] { Sha256::digest(text).into() };
                (sha256(config), sha256(document))
            }
        };
        let mut bytes = [0; 64];
        bytes[..32].copy_from_slice(&config);
        bytes[32..].copy_from_slice(&document);
        Ok(bytes)
    }

    /// SHA-256 of the canonical JSON of a document whose hash data is at hand: by it the log knows
    /// the document, whatever the suite.
    pub(super) fn unsigned_sha256(
        self,
        document: &Value,
        hash_data: &[u8; 64],
    ) -> Result<[u8; 32], NotCanonical> {
        match self {
            Self::Jcs => {
                let mut digest = [0; 32];
                digest.copy_from_slice(&hash_data[32..]);
                Ok(digest)
            }
            Self::Rdfc => canonical_sha256(document),
        }
    }
}

/// The document with its proof.
pub fn attach(mut document: Value, mut config: Value, signature: &Signature) -> Value {
    config["proofValue"] = Value::String(multibase(&signature.0));
    document["proof"] = config;
    document
}

/// A document taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detached {
    /// The suite of the proof.
    pub suite: Cryptosuite,
    /// The document without its proof.
    pub document: Value,
    /// The proof without its value.
    pub config: Value,
    /// The signature.
    pub signature: Signature,
    /// `DID#KEY`.
    pub verification_method: String,
    /// When the proof says it was made: a claim.
    pub created: Instant,
}

impl Detached {
    /// The 64 bytes that were signed, if this is the proof of the document.
    pub fn hash_data(&self) -> Result<[u8; 64], NotCanonical> {
        self.suite.hash_data(&self.document, &self.config)
    }
}

/// One proof, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// Its suite.
    pub suite: Cryptosuite,
    /// All of it but its value.
    pub config: Map<String, Value>,
    /// The signature.
    pub signature: Signature,
    /// `DID#KEY`.
    pub verification_method: String,
}

impl Proof {
    /// Reads a proof made for this purpose, refusing any suite not in `suites`. Of members that every
    /// proof has; of others nothing is said.
    pub fn read(proof: Value, suites: &[Cryptosuite], purpose: &str) -> Result<Self, InvalidProof> {
        let Value::Object(mut config) = proof else {
            return Err(InvalidProof::Form);
        };
        if text(&config, "type")? != "DataIntegrityProof" {
            return Err(InvalidProof::OtherSuite);
        }
        let suite = Cryptosuite::from_name(text(&config, "cryptosuite")?)
            .filter(|suite| suites.contains(suite))
            .ok_or(InvalidProof::OtherSuite)?;
        if text(&config, "proofPurpose")? != purpose {
            return Err(InvalidProof::OtherSuite);
        }
        let verification_method = text(&config, "verificationMethod")?.to_owned();
        let signature = parse_signature(text(&config, "proofValue")?).ok_or(InvalidProof::Form)?;
        config.remove("proofValue");
        Ok(Self {
            suite,
            config,
            signature,
            verification_method,
        })
    }
}

fn text<'v>(config: &'v Map<String, Value>, name: &str) -> Result<&'v str, InvalidProof> {
    let text = config.get(name).and_then(Value::as_str);
    text.ok_or(InvalidProof::Form)
}

/// Takes the one proof off a document, refusing every other form and any suite not in `suites`.
pub fn detach(mut document: Value, suites: &[Cryptosuite]) -> Result<Detached, InvalidProof> {
    let object = document.as_object_mut().ok_or(InvalidProof::Missing)?;
    let proof = object.remove("proof").ok_or(InvalidProof::Missing)?;
    let proof = Proof::read(proof, suites, "assertionMethod")?;
    let created = text(&proof.config, "created")?;
    let created = parse_date_time(created).ok_or(InvalidProof::Form)?;
    let context = match proof.suite {
        Cryptosuite::Jcs => object.get("@context"),
        Cryptosuite::Rdfc => None,
    };
    if proof.config.get("@context") != context {
        return Err(InvalidProof::Context);
    }
    let suite = proof.suite;
    let config = Value::Object(proof.config);
    if config != suite.proof_config(&document, &proof.verification_method, created) {
        return Err(InvalidProof::Form);
    }
    Ok(Detached {
        suite,
        document,
        config,
        signature: proof.signature,
        verification_method: proof.verification_method,
        created,
    })
}
