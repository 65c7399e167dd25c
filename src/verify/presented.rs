//! What somebody presents, whatever coat it came in: what it discloses, whose key it names, whether
//! that key's signature holds, and by which digest the log knows it.

use super::report::{Check, CheckId};
use crate::credential::jwt::InvalidJwt;
use crate::credential::qr::text::InvalidText;
use crate::credential::qr::{self, InvalidQr, ParsedQr};
use crate::credential::sd_jwt::disclosure::InvalidDisclosures;
use crate::credential::sd_jwt::{InvalidSdJwt, ParsedSdJwt};
use crate::credential::strict_json::InvalidJson;
use crate::credential::vc::proof::InvalidProof;
use crate::credential::vc::{InvalidCredential, ParsedCredential};
use crate::credential::{Coat, CredentialRef, Disclosed};
use crate::domain::digest::Digest;
use crate::keys::KeyId;
use crate::tlog::entry::Commitment;

/// A credential that has the form of one of ours.
pub(super) struct Presented {
    pub coat: Coat,
    pub disclosed: Disclosed,
    /// The key it names. That it is the body's is the trust list's to say.
    pub key_id: KeyId,
    /// By what its document is found, as it claims.
    pub document: CredentialRef,
    /// Whether that key signed exactly these bytes.
    pub signature_holds: bool,
    /// SHA-256 of what the log commits to: the canonical unsigned document of a coat that carries
    /// the whole credential, else the coat's own signed bytes.
    pub digest: [u8; 32],
}

/// By what the proof of a credential is asked for, whatever coat it is in; `None` of anything else.
/// What it names is a claim until the proof has been checked.
pub fn reference(credential: &[u8]) -> Option<CredentialRef> {
    Presented::read(credential).ok().map(|it| it.document)
}

/// Bytes that are no credential of ours.
pub(super) struct NotPresented {
    /// The coat they were taken for.
    pub coat: Option<Coat>,
    /// What is wrong with them.
    pub check: Check,
}

impl Presented {
    /// Reads any coat; which one is told by its first characters.
    pub fn read(bytes: &[u8]) -> Result<Self, NotPresented> {
        match Coat::of(bytes) {
            Coat::VcJson | Coat::VcJsonRdfc | Coat::VcJsonScores => Self::read_json(bytes),
            Coat::SdJwtVc => Self::read_sd_jwt(bytes),
            Coat::Qr => Self::read_qr(bytes),
        }
    }

    fn read_json(bytes: &[u8]) -> Result<Self, NotPresented> {
        let parsed = ParsedCredential::parse(bytes).map_err(|error| vc_problem(&error, bytes))?;
        let results = &parsed.claims.results;
        let document = results
            .as_ref()
            .map_or(parsed.unsigned_sha256, |it| it.certificate);
        Ok(Self {
            coat: parsed.coat,
            disclosed: Disclosed::from(&parsed.claims),
            signature_holds: parsed.verify_signature().is_ok(),
            key_id: parsed.key_id,
            document: Digest(document).into(),
            digest: parsed.unsigned_sha256,
        })
    }

    fn read_sd_jwt(bytes: &[u8]) -> Result<Self, NotPresented> {
        let parsed = ParsedSdJwt::parse(bytes.trim_ascii());
        let parsed = parsed.map_err(|error| sd_jwt_problem(&error))?;
        Ok(Self {
            coat: Coat::SdJwtVc,
            signature_holds: parsed.verify_signature().is_ok(),
            disclosed: parsed.disclosed,
            key_id: parsed.key_id,
            document: Digest(parsed.unsigned_sha256).into(),
            digest: parsed.digest,
        })
    }

    fn read_qr(bytes: &[u8]) -> Result<Self, NotPresented> {
        let cose = qr::bytes_of(bytes).map_err(qr_text_problem)?;
        let parsed = ParsedQr::parse(&cose).map_err(|error| qr_problem(&error))?;
        Ok(Self {
            coat: Coat::Qr,
            document: CredentialRef::Half(parsed.credential_prefix),
            signature_holds: parsed.verify_signature().is_ok(),
            disclosed: parsed.disclosed,
            key_id: parsed.key_id,
            digest: parsed.digest,
        })
    }

    /// Whether an entry's commitment is to this credential.
    pub fn is_committed_by(&self, commitment: &Commitment) -> bool {
        let Commitment::Credential { digest, key, coats } = commitment else {
            return false;
        };
        let committed = match self.coat.is_committed_apart() {
            true => coats.get(self.coat.name()),
            false => Some(digest),
        };
        committed == Some(&self.digest) && *key == self.key_id.as_str()
    }
}

fn vc_problem(error: &InvalidCredential, bytes: &[u8]) -> NotPresented {
    let fail = |code| Check::fail(CheckId::Form, code);
    let check = match error {
        InvalidCredential::Json(error) => json_problem(error),
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
        coat: recognised.then(|| ParsedCredential::coat_named(bytes)),
        check,
    }
}

fn problem(coat: Coat, check: Check) -> NotPresented {
    NotPresented {
        coat: Some(coat),
        check,
    }
}

fn json_problem(error: &InvalidJson) -> Check {
    let fail = |code| Check::fail(CheckId::Form, code);
    match error {
        // Not looked at, so nothing is said against it.
        InvalidJson::TooLarge => Check::unknown(CheckId::Form, "form-too-large"),
        InvalidJson::NotJson => fail("form-not-json"),
        InvalidJson::DuplicateKey => fail("form-duplicate-key"),
        InvalidJson::UnsafeNumber => fail("form-unsafe-number"),
        InvalidJson::TooDeep => fail("form-too-deep"),
    }
}

fn sd_jwt_problem(error: &InvalidSdJwt) -> NotPresented {
    let fail = |code| Check::fail(CheckId::Form, code);
    let check = match error {
        InvalidSdJwt::Jwt(InvalidJwt::Json(error))
        | InvalidSdJwt::Disclosures(InvalidDisclosures::Json(error)) => json_problem(error),
        InvalidSdJwt::Jwt(InvalidJwt::Compact)
        | InvalidSdJwt::Disclosures(InvalidDisclosures::Compact) => fail("form-not-sd-jwt"),
        InvalidSdJwt::Jwt(InvalidJwt::OtherKind) => fail("form-other-token"),
        InvalidSdJwt::Jwt(InvalidJwt::NotCanonical) => fail("form-spelling"),
        InvalidSdJwt::Disclosures(_) => fail("form-disclosures"),
        InvalidSdJwt::KeyBinding => fail("form-key-binding"),
        InvalidSdJwt::Form(place) => fail("form-other").with("place", place),
    };
    problem(Coat::SdJwtVc, check)
}

fn qr_text_problem(error: InvalidText) -> NotPresented {
    let code = match error {
        InvalidText::Form => "form-not-qr",
        InvalidText::Version => "form-qr-version",
        InvalidText::Digits => "form-qr-digits",
    };
    problem(Coat::Qr, Check::fail(CheckId::Form, code))
}

fn qr_problem(error: &InvalidQr) -> NotPresented {
    let fail = |code| Check::fail(CheckId::Form, code);
    let check = match error {
        InvalidQr::TooLarge => Check::unknown(CheckId::Form, "form-too-large"),
        InvalidQr::Cose => fail("form-not-qr"),
        InvalidQr::Key => fail("form-qr-key"),
        InvalidQr::Form(place) => fail("form-other").with("place", place),
        InvalidQr::Spelling => fail("form-spelling"),
    };
    problem(Coat::Qr, check)
}
