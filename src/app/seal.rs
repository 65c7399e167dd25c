//! `seal`: what a decision allowed is signed, and the signed bytes go into the vault.
//!
//! Nothing here decides, and nothing here is released: the event that records the signature is
//! appended first.

use super::error::AppError;
use super::ledger::Ledger;
use super::{chance, coats};
use crate::codec::batch::{NewSubject, SealedRow};
use crate::credential::Coat;
use crate::credential::claims::{Claims, Holder, Issuer, StatusPlace};
use crate::credential::coats::{Material, SealedCoat};
use crate::credential::did::Did;
use crate::credential::signed::multibase;
use crate::domain::body::event::StatusListOpened;
use crate::domain::body::state::Body;
use crate::domain::certificate::event::{Award, CoatSignature, StatusEntry};
use crate::domain::certificate::unsealed::Seal;
use crate::domain::digest::{Digest, SealedDigest};
use crate::domain::ids::CertificateId;
use crate::domain::number::CertificateNumber;
use crate::domain::time::Instant;
use crate::keys::{Ed25519Key, Purpose, Signer};
use crate::vault::{DataKey, Identity, credential_field};
use jiff::civil::Date;

/// What all certificates of one issue have in common.
pub(super) struct Sealing {
    pub issuer: Issuer,
    pub session_code: Option<String>,
    pub signer: Ed25519Key,
    pub created: Instant,
}

/// One certificate about to be signed.
pub(super) struct ToSeal<'a> {
    pub certificate: CertificateId,
    pub number: &'a CertificateNumber,
    pub award: &'a Award,
    pub identity: &'a Identity,
    pub issued_on: Date,
    pub issue: u16,
    pub supersedes: Option<&'a CertificateNumber>,
    pub twin: Option<&'a CertificateNumber>,
    pub status: StatusEntry,
}

impl Sealing {
    /// The body's certificate key, ready to sign for it.
    pub fn of(
        ledger: &Ledger,
        host: &str,
        body: &Body,
        session_code: Option<String>,
        created: Instant,
    ) -> Result<Self, AppError> {
        let key = body
            .active_key(Purpose::Certificate.name())
            .ok_or(AppError::NotFound { what: "key" })?;
        Ok(Self {
            issuer: issuer(host, body)?,
            session_code,
            signer: ledger.signer(&key.key_id, Purpose::Certificate)?,
            created,
        })
    }

    /// Signs one certificate; the row with its bytes goes into the vault under the worker's key.
    pub fn seal(&self, to: &ToSeal<'_>, key: &DataKey) -> Result<(Seal, SealedRow), AppError> {
        let claims = self.claims(to);
        let field = credential_field(to.certificate, to.issue);
        let secret = coats::secret(key, &field);
        let material = Material {
            claims: &claims,
            key: self.signer.key_id(),
            created: self.created,
            secret: &secret,
            scores: to.award.scores,
        };
        let sealed = |coat| {
            let sealed = material.issue(coat, &self.signer);
            sealed.map_err(|error| AppError::Credential(error.to_string()))
        };
        let document = sealed(Coat::VcJson)?;
        let row = key.seal_bytes(&field, 1, &document.bytes, &mut chance::rng())?;
        let key_id = self.signer.key_id().to_string();
        let credential = Digest(document.digest);
        let mut signatures = vec![signature(&key_id, &document)];
        for coat in material.coats().filter(|it| *it != Coat::VcJson) {
            signatures.push(signature(&key_id, &sealed(coat)?));
        }
        let seal = Seal {
            credential,
            key_id,
            signatures,
            sealed: vec![sealed_digest(&row)],
        };
        Ok((seal, row))
    }

    fn claims(&self, to: &ToSeal<'_>) -> Claims {
        let award = to.award;
        Claims {
            credential_id: chance::public_id(),
            number: to.number.clone(),
            holder: Holder {
                name: to.identity.name.clone(),
                document_type: to.identity.document.kind().name_zh().to_owned(),
                document_last4: to.identity.document.last_four(),
            },
            attainment: award.attainment.clone(),
            route: award.route,
            standard: award.standard.clone(),
            region: award.region,
            region_name: award.region.full_name_zh(),
            issuer: self.issuer.clone(),
            session: self.session_code.clone(),
            assessed_on: award.assessed_on,
            issued_on: to.issued_on,
            issue: to.issue,
            supersedes: to.supersedes.cloned(),
            twin: to.twin.cloned(),
            status: StatusPlace {
                list: to.status.list,
                index: to.status.index,
            },
            results: None,
        }
    }
}

/// What the event says of one coat.
fn signature(key_id: &str, sealed: &SealedCoat) -> CoatSignature {
    CoatSignature {
        coat: sealed.coat.name().to_owned(),
        suite: sealed.coat.suite().to_owned(),
        key_id: key_id.to_owned(),
        value: multibase(&sealed.signature.0),
        digest: sealed
            .coat
            .is_committed_apart()
            .then_some(Digest(sealed.digest)),
    }
}

/// A body as a credential names it.
pub(super) fn issuer(host: &str, body: &Body) -> Result<Issuer, AppError> {
    let registered = &body.registered;
    Ok(Issuer {
        did: Did::of_body(host, registered.public_id)
            .map_err(|error| AppError::Inconsistent(error.to_string()))?,
        name: registered.name.clone(),
        credit_code: registered.credit_code,
    })
}

/// What an event says of a sealed row.
pub(super) fn sealed_digest(row: &SealedRow) -> SealedDigest {
    SealedDigest {
        subject: row.subject,
        field: row.field.clone(),
        version: row.version,
        digest: Digest(row.digest()),
    }
}

/// What an event says of a person new to the vault.
pub(super) fn subject_digest(new: &NewSubject) -> SealedDigest {
    SealedDigest {
        subject: new.subject,
        field: NewSubject::FIELD.to_owned(),
        version: 1,
        digest: Digest(new.digest()),
    }
}

/// The list whose permutation hands out indices.
pub(super) fn list_opened(body: &Body, list: u32) -> Result<&StatusListOpened, AppError> {
    body.list(list)
        .map(|list| &list.opened)
        .ok_or_else(|| AppError::Inconsistent(format!("status list {list} was never opened")))
}
