//! What somebody presents, whatever coat it came in: what it discloses, whose key it names, whether
//! that key's signature holds, and by which digest the log knows it.

use super::report::{Check, CheckId};
use crate::credential::strict_json::InvalidJson;
use crate::credential::vc::jcs::InvalidProof;
use crate::credential::vc::{InvalidCredential, ParsedCredential};
use crate::credential::{Coat, Disclosed};
use crate::keys::KeyId;
use crate::tlog::entry::Commitment;

/// A credential that has the form of one of ours.
pub(super) struct Presented {
    pub coat: Coat,
    pub disclosed: Disclosed,
    /// The key it names. That it is the body's is the trust list's to say.
    pub key_id: KeyId,
    /// Whether that key signed exactly these bytes.
    pub signature_holds: bool,
    /// SHA-256 of what the log commits to: the canonical unsigned document of a coat that carries
    /// the whole credential, else the coat's own signed bytes.
    pub digest: [u8; 32],
}

/// Bytes that are no credential of ours.
pub(super) struct NotPresented {
    /// The coat they were taken for.
    pub coat: Option<Coat>,
    /// What is wrong with them.
    pub check: Check,
}

impl Presented {
    /// Reads any coat.
    pub fn read(bytes: &[u8]) -> Result<Self, NotPresented> {
        let parsed = ParsedCredential::parse(bytes).map_err(|error| vc_problem(&error))?;
        Ok(Self {
            coat: Coat::VcJson,
            disclosed: Disclosed::from(&parsed.claims),
            signature_holds: parsed.verify_signature().is_ok(),
            key_id: parsed.key_id,
            digest: parsed.unsigned_sha256,
        })
    }

    /// Whether an entry's commitment is to this credential.
    pub fn is_committed_by(&self, commitment: &Commitment) -> bool {
        let Commitment::Credential { digest, key, coats } = commitment else {
            return false;
        };
        let committed = match self.coat {
            Coat::VcJson | Coat::VcJsonRdfc => Some(digest),
            Coat::SdJwtVc | Coat::Qr => coats.get(self.coat.name()),
        };
        committed == Some(&self.digest) && *key == self.key_id.as_str()
    }
}

fn vc_problem(error: &InvalidCredential) -> NotPresented {
    let fail = |code| Check::fail(CheckId::Form, code);
    let check = match error {
        // Not looked at, so nothing is said against it.
        InvalidCredential::Json(InvalidJson::TooLarge) => {
            Check::unknown(CheckId::Form, "form-too-large")
        }
        InvalidCredential::Json(InvalidJson::NotJson) => fail("form-not-json"),
        InvalidCredential::Json(InvalidJson::DuplicateKey) => fail("form-duplicate-key"),
        InvalidCredential::Json(InvalidJson::UnsafeNumber) => fail("form-unsafe-number"),
        InvalidCredential::Json(InvalidJson::TooDeep) => fail("form-too-deep"),
        InvalidCredential::Context => fail("form-context"),
        InvalidCredential::Proof(InvalidProof::Missing) => fail("form-no-proof"),
        InvalidCredential::Proof(InvalidProof::Form) => fail("form-proof"),
        InvalidCredential::Proof(InvalidProof::OtherSuite) => fail("form-other-suite"),
        InvalidCredential::Proof(InvalidProof::Context) => fail("form-proof-context"),
        InvalidCredential::VerificationMethod => fail("form-key-not-issuers"),
        InvalidCredential::Form(place) => fail("form-other").with("place", place),
    };
    let recognised = !matches!(
        error,
        InvalidCredential::Json(_) | InvalidCredential::Context
    );
    NotPresented {
        coat: recognised.then_some(Coat::VcJson),
        check,
    }
}
