//! Every coat of one issue, made from the same material: signed once when the certificate is issued,
//! and made again from its signature whenever it is handed out.
//!
//! Making is deterministic: material and signature give the same bytes for ever. So only the
//! signatures are kept, and what is handed out is compared with the digest in the log.

use super::claims::{Claims, InvalidClaims};
use super::coat::Coat;
use super::signed::SealError;
use super::{qr, sd_jwt, vc};
use crate::domain::score::Scores;
use crate::domain::time::Instant;
use crate::keys::{KeyId, Purpose, Signature, Signer};

/// The coats that every certificate is signed in.
pub const ISSUED: [Coat; 4] = [Coat::VcJson, Coat::VcJsonRdfc, Coat::SdJwtVc, Coat::Qr];

/// What the coats of one issue are made from.
#[derive(Clone, Copy)]
pub struct Material<'a> {
    /// What is attested, whole.
    pub claims: &'a Claims,
    /// The body's certificate key.
    pub key: &'a KeyId,
    /// When it was signed.
    pub created: Instant,
    /// Salts and decoys of the SD-JWT come from it, and the id of the document with scores; nobody
    /// else may know it.
    pub secret: &'a [u8; 32],
    /// The scores it rests on, if it rests on marks.
    pub scores: Option<Scores>,
}

/// One coat waiting for its signature. Not yet anything to hand out.
#[derive(Clone)]
pub enum PreparedCoat {
    /// The JSON document, in either of its two representations.
    Vc(vc::Prepared),
    /// The token with its disclosures.
    SdJwt(sd_jwt::Prepared),
    /// The COSE_Sign1.
    Qr(Box<qr::Prepared>),
}

/// One signed coat.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedCoat {
    /// Which.
    pub coat: Coat,
    /// The file: JSON, the SD-JWT with all its disclosures, the COSE_Sign1.
    pub bytes: Vec<u8>,
    /// What the log commits to: SHA-256 of the canonical unsigned document of a JSON coat, of the
    /// signed bytes of another.
    pub digest: [u8; 32],
    /// The signature.
    pub signature: Signature,
}

impl Material<'_> {
    /// The coats that a certificate of this is signed in.
    pub fn coats(&self) -> impl Iterator<Item = Coat> + use<> {
        let scores = self.scores.map(|_| Coat::VcJsonScores);
        ISSUED.into_iter().chain(scores)
    }

    /// The first half: everything but the signature.
    pub fn prepare(&self, coat: Coat) -> Result<PreparedCoat, SealError> {
        let Self {
            claims,
            key,
            created,
            secret,
            scores,
        } = *self;
        // Those of one document are nothing to make the others from.
        if claims.results.is_some() {
            return Err(InvalidClaims("results").into());
        }
        Ok(match coat {
            Coat::VcJson => PreparedCoat::Vc(vc::prepare(claims, key, created)?),
            Coat::VcJsonRdfc => PreparedCoat::Vc(vc::prepare_rdfc(claims, key, created)?),
            Coat::VcJsonScores => {
                let claims = claims.with_scores(scores.ok_or(InvalidClaims("scores"))?, secret)?;
                PreparedCoat::Vc(vc::prepare_rdfc(&claims, key, created)?)
            }
            Coat::SdJwtVc => {
                PreparedCoat::SdJwt(sd_jwt::prepare(claims, scores, key, created, secret)?)
            }
            Coat::Qr => PreparedCoat::Qr(Box::new(qr::prepare(claims, key, created)?)),
        })
    }

    /// Both halves with a signer at hand: a key of purpose `certificate`.
    pub fn issue(&self, coat: Coat, signer: &dyn Signer) -> Result<SealedCoat, SealError> {
        let prepared = self.prepare(coat)?;
        let signature = signer.sign(Purpose::Certificate, prepared.bytes_to_sign())?;
        prepared.seal(signature)
    }
}

impl PreparedCoat {
    /// What the body's certificate key signs.
    pub fn bytes_to_sign(&self) -> &[u8] {
        match self {
            Self::Vc(prepared) => prepared.bytes_to_sign(),
            Self::SdJwt(prepared) => prepared.bytes_to_sign(),
            Self::Qr(prepared) => prepared.bytes_to_sign(),
        }
    }

    /// The second half: the signature goes in. That it holds is not looked at.
    pub fn seal(self, signature: Signature) -> Result<SealedCoat, SealError> {
        let (coat, bytes, digest) = match self {
            Self::Vc(prepared) => {
                let coat = prepared.coat();
                let sealed = prepared.seal(signature)?;
                (coat, sealed.document_bytes, sealed.unsigned_sha256)
            }
            Self::SdJwt(prepared) => {
                let sealed = prepared.seal(signature);
                (Coat::SdJwtVc, sealed.compact.into_bytes(), sealed.digest)
            }
            Self::Qr(prepared) => {
                let sealed = prepared.seal(signature)?;
                (Coat::Qr, sealed.bytes, sealed.digest)
            }
        };
        Ok(SealedCoat {
            coat,
            bytes,
            digest,
            signature,
        })
    }
}

// It holds a name.
impl std::fmt::Debug for SealedCoat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SealedCoat({}, …)", self.coat)
    }
}
