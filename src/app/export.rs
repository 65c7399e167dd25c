//! What leaves the ledger as files: certificates with their proofs, and the published documents
//! that verify them.

use super::actor::Actor;
use super::clock;
use super::coats::OpenIssue;
use super::error::AppError;
use super::files::write_file;
use super::issue_certificates::Issued;
use super::ledger::Ledger;
use crate::credential::did::{Did, DidKey, did_document};
use crate::credential::signed::canonical;
use crate::credential::status_list::StatusPurpose;
use crate::credential::trust_list::TrustFile;
use crate::domain::attainment::AttainmentKind;
use crate::domain::ids::{BodyId, SessionId, StreamId};
use crate::domain::number::CertificateNumber;
use crate::domain::time::Instant;
use crate::sequencer;
use crate::store::{EventStore, JournalEntry};
use crate::tlog::TlogProof;
use crate::view;
use crate::view::certificate::CertificateState as Seen;
use crate::view::published::PublishedKind;
use std::path::{Path, PathBuf};

/// A certificate as it leaves the ledger, with the proof that it is in the log.
pub struct HandedOut {
    /// Its number.
    pub number: CertificateNumber,
    /// The issue sequence.
    pub issue: u16,
    /// Its position in the log.
    pub position: u64,
    /// When it was written there.
    pub logged_at: Instant,
    /// The signed document, and every other coat.
    pub opened: OpenIssue,
    /// The inclusion proof.
    pub proof: TlogProof,
}

/// The files of a trust export.
pub struct TrustFiles {
    /// The trust list with everything to verify offline.
    pub trust_list: PathBuf,
    /// One DID document a body.
    pub did_documents: Vec<PathBuf>,
    /// The signed status lists and their details.
    pub status_lists: Vec<PathBuf>,
    /// What readers of tokens fetch besides: the bodies' keys, the types of certificate.
    pub token_documents: Vec<PathBuf>,
    /// The newest checkpoint.
    pub checkpoint: PathBuf,
}

impl Ledger {
    /// The exact bytes of certificates, as they were signed, in the order asked.
    pub async fn credential_bytes(&self, issued: &[Issued]) -> Result<Vec<Vec<u8>>, AppError> {
        let opened = self.open_issues(issued).await?;
        Ok(opened.into_iter().map(OpenIssue::into_document).collect())
    }

    /// Certificates as they leave the ledger, in the order asked: each with its proof.
    pub async fn hand_out(&self, issued: &[Issued]) -> Result<Vec<HandedOut>, AppError> {
        let rows: Vec<_> = issued.iter().map(|issued| issued.row.clone()).collect();
        let last = rows.iter().map(|row| row.position).max();
        // The head first: whatever signed it is among the keys.
        let under = self.head_covering(last.unwrap_or(0)).await?;
        let keys = self.log_keys().await?;
        let proofs = sequencer::proofs(&self.store, &keys, &under, &rows).await?;
        let opened = self.open_issues(issued).await?;
        let handed = issued.iter().zip(opened).zip(proofs);
        let handed = handed.map(|((issued, opened), proof)| HandedOut {
            number: issued.number.clone(),
            issue: issued.issue,
            position: issued.row.position,
            logged_at: issued.row.recorded_at,
            opened,
            proof,
        });
        Ok(handed.collect())
    }

    /// Every issue of one certificate, for its body or the authority, to be handed out. The look at
    /// the person goes into the access journal first.
    pub async fn issues_for(
        &self,
        actor: &Actor,
        number: &CertificateNumber,
    ) -> Result<Vec<Issued>, AppError> {
        self.issues_shown(actor, number, "certificate-export").await
    }

    /// The same, for a look of this kind.
    pub(super) async fn issues_shown(
        &self,
        actor: &Actor,
        number: &CertificateNumber,
        kind: &'static str,
    ) -> Result<Vec<Issued>, AppError> {
        let issues = self.issues_of(number).await?;
        let first = issues.first().ok_or(AppError::NotFound {
            what: "certificate",
        })?;
        let state = self.certificate(first.certificate).await?;
        let issued = state.issued().ok_or(AppError::NotFound {
            what: "certificate",
        })?;
        actor.need_one_of(issued.award.body)?;
        let journal = JournalEntry {
            at: clock::now(),
            actor: Some(actor.account),
            kind,
            subject: Some(first.subject),
            position: Some(first.row.position),
        };
        self.store.journal(vec![journal]).await?;
        Ok(issues)
    }

    /// The newest issue of every certificate of a session that stands, by number, for its body or the
    /// authority, to be handed out. Every look goes into the access journal first.
    pub async fn session_issues_for(
        &self,
        actor: &Actor,
        session: SessionId,
    ) -> Result<Vec<Issued>, AppError> {
        let body = self.session_and_body(session).await?.body_id;
        actor.need_one_of(body)?;
        let mut issues = Vec::new();
        let mut after: Option<CertificateNumber> = None;
        loop {
            let page = self
                .views
                .certificates_of_session(session, after.as_ref(), view::PAGE_MAX)
                .await?
                .value;
            let Some(last) = page.last() else { break };
            after = Some(last.number.clone());
            let standing: Vec<_> = page
                .into_iter()
                .filter(|row| matches!(row.state, Seen::Active | Seen::Suspended))
                .collect();
            let newest = self.newest_issues(&standing).await?;
            let at = clock::now();
            let looks = newest.iter().map(|issued| JournalEntry {
                at,
                actor: Some(actor.account),
                kind: "certificate-export",
                subject: Some(issued.subject),
                position: Some(issued.row.position),
            });
            self.store.journal(looks.collect()).await?;
            issues.extend(newest);
        }
        if issues.is_empty() {
            return Err(AppError::NotFound {
                what: "certificate",
            });
        }
        Ok(issues)
    }

    /// The trust list file: the signed list with the newest status lists and checkpoint.
    pub async fn trust_file(&self) -> Result<TrustFile, AppError> {
        let list = self
            .views
            .trust_list()
            .await?
            .value
            .ok_or(AppError::NotFound { what: "trust-list" })?;
        let documents = |rows: Vec<view::published::PublishedRow>| -> Vec<Vec<u8>> {
            rows.into_iter()
                .map(|row| row.document.into_bytes())
                .collect()
        };
        let mut lists = documents(
            self.views
                .published_lists(PublishedKind::Revocation)
                .await?
                .value,
        );
        lists.extend(documents(
            self.views
                .published_lists(PublishedKind::Suspension)
                .await?
                .value,
        ));
        let details = documents(
            self.views
                .published_lists(PublishedKind::Details)
                .await?
                .value,
        );
        let checkpoint = self.store.log_state().await?.map(|stored| stored.note);
        TrustFile::assemble(list.document.as_bytes(), &lists, &details, checkpoint)
            .map_err(|error| AppError::Inconsistent(error.to_string()))
    }

    /// The DID document of a body, with the path it is served under.
    pub async fn did_file(&self, body: BodyId) -> Result<(String, Vec<u8>), AppError> {
        let authority = self.authority().await?;
        let trust = self
            .views
            .body_trust(body)
            .await?
            .value
            .ok_or(AppError::NotFound { what: "body" })?;
        let did = Did::of_body(&authority.established.host, trust.body.public_id)
            .map_err(|error| AppError::Inconsistent(error.to_string()))?;
        let mut keys = Vec::with_capacity(trust.keys.len());
        for key in &trust.keys {
            let ended = key.compromised_from_position.or(key.to_position);
            let revoked = match ended {
                Some(position) => self.store.row(position).await?.map(|row| row.recorded_at),
                None => None,
            };
            let id = key
                .key_id
                .parse()
                .map_err(|_| AppError::Inconsistent(format!("key id {}", key.key_id)))?;
            keys.push(DidKey { id, revoked });
        }
        let document = canonical(&did_document(&did, &keys))
            .map_err(|error| AppError::Inconsistent(error.to_string()))?;
        Ok((format!("{}/did.json", did.path()), document))
    }

    /// Writes the trust list, DID documents, status lists and the public log under a folder, each
    /// where a web server would serve it.
    pub async fn write_trust_files(&self, folder: &Path) -> Result<TrustFiles, AppError> {
        let trust_list = folder.join("trust-list.json");
        let bytes = self
            .trust_file()
            .await?
            .to_bytes()
            .map_err(|error| AppError::Inconsistent(error.to_string()))?;
        write_file(&trust_list, &bytes)?;
        let authority = self.authority().await?;
        let mut did_documents = Vec::new();
        let mut status_lists = Vec::new();
        let mut token_documents = Vec::new();
        let written = |(path, bytes): (String, Vec<u8>)| {
            let path = folder.join(path);
            write_file(&path, &bytes).map(|()| path)
        };
        for kind in AttainmentKind::ALL {
            token_documents.push(written(self.type_metadata_file(kind).await?)?);
        }
        let mut after = 0;
        loop {
            let page = self.views.bodies(after, view::PAGE_MAX).await?.value;
            let Some(last) = page.last() else { break };
            after = last.position;
            for body in page {
                did_documents.push(written(self.did_file(body.body).await?)?);
                token_documents.push(written(self.jwt_vc_issuer_file(body.body).await?)?);
                let did = Did::of_body(&authority.established.host, body.public_id)
                    .map_err(|error| AppError::Inconsistent(error.to_string()))?;
                status_lists.extend(self.write_status(folder, &did, body.body).await?);
            }
        }
        let log = folder.join("log");
        self.export_log(&log, |_, _| {}).await?;
        let checkpoint = log.join("checkpoint");
        write_file(
            &log.join("vkey"),
            self.log_key().await?.to_string().as_bytes(),
        )?;
        Ok(TrustFiles {
            trust_list,
            did_documents,
            status_lists,
            token_documents,
            checkpoint,
        })
    }

    async fn write_status(
        &self,
        folder: &Path,
        did: &Did,
        body: BodyId,
    ) -> Result<Vec<PathBuf>, AppError> {
        let owner = StreamId::from(body);
        let mut written = Vec::new();
        let lists = self
            .views
            .body_trust(body)
            .await?
            .value
            .map(|trust| trust.lists);
        for list in lists.unwrap_or_default() {
            let places = [
                (
                    PublishedKind::Revocation,
                    did.status_list_path(list, StatusPurpose::Revocation),
                ),
                (
                    PublishedKind::Suspension,
                    did.status_list_path(list, StatusPurpose::Suspension),
                ),
                (PublishedKind::Details, did.status_details_path(list)),
                (PublishedKind::Token, did.token_status_list_path(list)),
            ];
            for (kind, path) in places {
                if let Some(row) = self.views.published(kind, owner, list).await?.value {
                    let path = folder.join(path);
                    write_file(&path, row.document.as_bytes())?;
                    written.push(path);
                }
            }
        }
        Ok(written)
    }
}
