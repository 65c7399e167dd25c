//! An issue opened: from its document, the signatures in its event and its holder's key, every coat
//! it was signed in is made again.

use super::error::AppError;
use super::issue_certificates::Issued;
use super::ledger::Ledger;
use super::people;
use crate::codec::registry;
use crate::credential::claims::Claims;
use crate::credential::signed::parse_signature;
use crate::credential::vc::ParsedCredential;
use crate::credential::{Coat, Material};
use crate::domain::certificate::event::{CertificateEvent, CoatSignature};
use crate::domain::event::Event;
use crate::domain::score::Scores;
use crate::domain::time::Instant;
use crate::keys::KeyId;
use crate::store::EventStore;
use crate::vault::{DataKey, Secret, credential_field};
use std::collections::BTreeMap;

const CONTEXT: &str = "skill-ledger 2026 coats of a certificate v1";

/// What only holder and ledger know of one issue: the salts of its SD-JWT come from it. It goes with
/// the holder's key when he is erased.
pub(super) fn secret(key: &DataKey, field: &str) -> Secret {
    key.derive(CONTEXT, field)
}

/// One issue of a certificate with all that its coats are made from.
pub struct OpenIssue {
    document: Vec<u8>,
    secret: Secret,
    signatures: Vec<CoatSignature>,
    scores: Option<Scores>,
}

/// The claims of an issue, and whose key signed them when.
pub struct Said {
    /// The claims.
    pub claims: Claims,
    key: KeyId,
    created: Instant,
}

impl OpenIssue {
    /// The signed document, coat `vc-json`, as it is in the vault.
    pub fn document(&self) -> &[u8] {
        &self.document
    }

    /// The document without the rest.
    pub fn into_document(self) -> Vec<u8> {
        self.document
    }

    /// The coats it was signed in: those that it had then, in the order of [`Coat::ALL`].
    pub fn coats(&self) -> impl Iterator<Item = Coat> {
        let signed = |coat: &Coat| self.signatures.iter().any(|it| it.coat == coat.name());
        Coat::ALL.into_iter().filter(signed)
    }

    /// What it says.
    pub fn said(&self) -> Result<Said, AppError> {
        let parsed = ParsedCredential::parse(&self.document)
            .map_err(|error| AppError::Inconsistent(format!("a document in the vault: {error}")))?;
        Ok(Said {
            claims: parsed.claims,
            key: parsed.key_id,
            created: parsed.created,
        })
    }

    /// The file of one coat, as it was signed: JSON, an SD-JWT with all it can disclose, a
    /// COSE_Sign1. `None` if it was not signed in it.
    pub fn coat(&self, coat: Coat) -> Result<Option<Vec<u8>>, AppError> {
        if coat == Coat::VcJson {
            return Ok(Some(self.document.clone()));
        }
        let mut signatures = self.signatures.iter();
        let Some(signed) = signatures.find(|it| it.coat == coat.name()) else {
            return Ok(None);
        };
        let other = || AppError::Inconsistent(format!("the coat {coat} is not as it was signed"));
        let credential =
            |error: crate::credential::signed::SealError| AppError::Credential(error.to_string());
        let said = self.said()?;
        let material = Material {
            claims: &said.claims,
            key: &said.key,
            created: said.created,
            secret: &self.secret,
            scores: self.scores,
        };
        let signature = parse_signature(&signed.value).ok_or_else(other)?;
        let public = said.key.public_key();
        let prepared = material.prepare(coat).map_err(credential)?;
        // What leaves here holds: the signature covers every byte of it.
        let holds = public.verify(prepared.bytes_to_sign(), &signature).is_ok();
        let sealed = prepared.seal(signature).map_err(credential)?;
        let as_logged = signed.digest.is_none_or(|it| it.0 == sealed.digest);
        if !holds || !as_logged {
            return Err(other());
        }
        Ok(Some(sealed.bytes))
    }
}

impl Ledger {
    /// Issues opened, in the order asked.
    pub async fn open_issues(&self, issued: &[Issued]) -> Result<Vec<OpenIssue>, AppError> {
        let subjects: Vec<_> = issued.iter().map(|issued| issued.subject).collect();
        let keys = people::keys_of(self, &subjects).await?;
        let place = |it: &Issued| (it.subject, credential_field(it.certificate, it.issue));
        let places: Vec<_> = issued.iter().map(place).collect();
        let rows: BTreeMap<_, _> = self
            .store
            .sealed_at(&places)
            .await?
            .into_iter()
            .map(|row| ((row.subject, row.field.clone()), row))
            .collect();
        let open = |(issued, place): (&Issued, &(_, String))| {
            let key = keys
                .get(&place.0)
                .ok_or(AppError::NotFound { what: "worker" })?;
            let row = rows.get(place).ok_or(AppError::NotFound {
                what: "certificate",
            })?;
            let (signatures, scores) = signed(issued)?;
            Ok(OpenIssue {
                document: key.open_bytes(row)?.to_vec(),
                secret: secret(key, &place.1),
                signatures,
                scores,
            })
        };
        issued.iter().zip(&places).map(open).collect()
    }
}

/// The signatures of an issue, and the scores that some of them are over.
fn signed(issued: &Issued) -> Result<(Vec<CoatSignature>, Option<Scores>), AppError> {
    let Event::Certificate(event) = registry::decode(&issued.row)? else {
        return Err(AppError::Inconsistent("an issue of another kind".into()));
    };
    match event {
        CertificateEvent::Issued(it) => Ok((it.signatures, it.award.scores)),
        CertificateEvent::Reissued(it) => Ok((it.signatures, it.scores)),
        _ => Err(AppError::Inconsistent("an event that is no issue".into())),
    }
}
