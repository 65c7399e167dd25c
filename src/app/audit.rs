//! The audit, L1: everything that can be re-derived is re-derived, and every row that does not
//! follow from the events is named. Needs no passphrase.

mod promotions;

use super::error::AppError;
use super::ledger::Ledger;
use crate::codec::registry;
use crate::codec::row::Row;
use crate::domain::account::event::AccountEvent;
use crate::domain::authority::event::AuthorityEvent;
use crate::domain::body::event::BodyEvent;
use crate::domain::certificate::event::CertificateEvent;
use crate::domain::competition::event::CompetitionEvent;
use crate::domain::digest::SealedDigest;
use crate::domain::event::Event;
use crate::domain::proposal::ProposalEvent;
use crate::domain::session::event::SessionEvent;
use crate::domain::staff::event::StaffEvent;
use crate::domain::worker::event::WorkerEvent;
use crate::projection;
use crate::sequencer::public_entry;
use crate::store::audit::{Derive, Derived, Problem};
use crate::store::{EventStore, StoredCheckpoint};
use crate::tlog::leaf::Hash;
use crate::tlog::log_keys::LogKeys;
use promotions::Promotions;
use std::sync::{Mutex, PoisonError};

/// What an audit found.
#[derive(Debug)]
pub struct Audit {
    /// Events read.
    pub events: u64,
    /// What does not follow from them.
    pub problems: Vec<Problem>,
    /// Problems beyond those listed.
    pub unlisted: u64,
    /// Parts that could not be checked here, kebab-case.
    pub not_checked: Vec<&'static str>,
}

impl Audit {
    /// Whether nothing was found.
    pub fn ok(&self) -> bool {
        self.problems.is_empty()
    }
}

impl Ledger {
    /// Audits the whole ledger.
    pub async fn audit(&self) -> Result<Audit, AppError> {
        let keys = self.log_keys().await.ok();
        let promotions = Mutex::default();
        let findings = self.store.audit(Meaning { keys, promotions }).await?;
        let mut problems = findings.problems;
        // A view that rests on an event that cannot be trusted would only repeat the news.
        if problems.iter().all(|problem| problem.table != "event") {
            let differences = projection::compare(&self.store, &self.views).await?;
            problems.extend(differences.into_iter().map(|difference| Problem {
                table: difference.table,
                row: difference.row,
                detail: difference.detail,
            }));
        }
        Ok(Audit {
            events: findings.events,
            problems,
            unlisted: findings.unlisted,
            not_checked: findings.not_checked,
        })
    }
}

/// What events and signed notes mean, told to the store's audit.
struct Meaning {
    /// The log's keys; none when the authority's stream cannot be read.
    keys: Option<LogKeys>,
    /// What promotions take, followed over the events.
    promotions: Mutex<Promotions>,
}

impl Derive for Meaning {
    fn of_event(&self, row: &Row) -> Result<Derived, String> {
        let event = registry::decode(row).map_err(|error| error.to_string())?;
        let entry = public_entry(row.leaf()).map_err(|error| error.to_string())?;
        let mut promotions = self
            .promotions
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let mut reservations = reserved(&event);
        reservations.extend(promotions.follow(row.stream, &event));
        Ok(Derived {
            reservations,
            sealed: sealed(&event),
            erased: Vec::new(),
            leaf: entry.leaf_hash().map_err(|error| error.to_string())?,
        })
    }

    fn of_checkpoint(&self, checkpoint: &StoredCheckpoint) -> Result<(u64, Hash), String> {
        let keys = self.keys.as_ref().ok_or("the log's keys are not known")?;
        let note = checkpoint.note.as_bytes();
        let opened = keys
            .open(note, &crate::keys::verify_strict)
            .map_err(|error| error.to_string())?;
        Ok((opened.size, opened.root))
    }
}

/// The keys an event must have taken, as the use cases take them.
fn reserved(event: &Event) -> Vec<String> {
    let proposal = |event: &ProposalEvent| match event {
        ProposalEvent::Made(made) => vec![format!("proposal:{}", made.proposal)],
        _ => Vec::new(),
    };
    match event {
        Event::Account(AccountEvent::Opened(opened)) => {
            vec![format!("token:{}", opened.token_digest)]
        }
        Event::Account(AccountEvent::TokenReplaced(replaced)) => {
            vec![format!("token:{}", replaced.token_digest)]
        }
        Event::Body(BodyEvent::Registered(registered)) => {
            vec![format!("credit-code:{}", registered.credit_code)]
        }
        Event::Body(BodyEvent::NumberCodeAssigned(assigned)) => {
            vec![super::bodies::number_code_key(&assigned.code)]
        }
        Event::Body(BodyEvent::CrossRegionPermitted(permitted)) => permitted
            .number_code
            .iter()
            .map(super::bodies::number_code_key)
            .collect(),
        Event::Body(BodyEvent::KeyRegistered(key)) => vec![format!("key:{}", key.key_id)],
        Event::Session(SessionEvent::Opened(opened)) => {
            vec![format!("session:{}:{}", opened.body, opened.code)]
        }
        Event::Staff(StaffEvent::CardGranted(granted)) => {
            vec![super::staff::card_key(granted.number)]
        }
        Event::Certificate(CertificateEvent::Issued(issued)) => {
            super::issue_certificates::certificate_keys(
                &issued.number,
                &issued.award,
                issued.supersedes.as_ref(),
            )
        }
        Event::Authority(AuthorityEvent::Proposal(event))
        | Event::Body(BodyEvent::Proposal(event))
        | Event::Session(SessionEvent::Proposal(event))
        | Event::Competition(CompetitionEvent::Proposal(event))
        | Event::Worker(WorkerEvent::Proposal(event))
        | Event::Certificate(CertificateEvent::Proposal(event)) => proposal(event),
        _ => Vec::new(),
    }
}

/// The sealed rows an event names.
fn sealed(event: &Event) -> Vec<SealedDigest> {
    match event {
        Event::Account(AccountEvent::Opened(opened)) => opened.sealed.clone(),
        Event::Session(SessionEvent::Opened(opened)) => opened.sealed.clone(),
        Event::Staff(StaffEvent::Enrolled(enrolled)) => enrolled.sealed.clone(),
        Event::Staff(StaffEvent::CardGranted(granted)) => granted.sealed.clone(),
        Event::Worker(WorkerEvent::Enrolled(enrolled)) => enrolled.sealed.clone(),
        Event::Worker(WorkerEvent::DetailsSealed(details)) => details.sealed.clone(),
        Event::Certificate(CertificateEvent::Issued(issued)) => issued.sealed.clone(),
        Event::Certificate(CertificateEvent::Reissued(reissued)) => reissued.sealed.clone(),
        _ => Vec::new(),
    }
}
