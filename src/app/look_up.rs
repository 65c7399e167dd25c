//! The public look-up: a certificate number with the holder's name or document number.
//!
//! What does not match and what does not exist are answered alike. Every look goes into the
//! access journal before anything is opened.

use super::clock;
use super::error::AppError;
use super::issue_certificates::number_key;
use super::ledger::Ledger;
use super::people::{self, normal_name};
use crate::codec::registry;
use crate::domain::certificate::decider::CertificateDecider;
use crate::domain::certificate::state::CertificateState;
use crate::domain::event::Event;
use crate::domain::ids::{CertificateId, SubjectId};
use crate::domain::number::CertificateNumber;
use crate::store::{EventStore, JournalEntry};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// What the person asking knows of the holder.
pub enum Holder {
    /// 姓名
    Name(Zeroizing<String>),
    /// 证件号码
    DocumentNumber(Zeroizing<String>),
}

/// What the public is told of a certificate that matched.
pub struct Found {
    /// Its state, with what was issued.
    pub state: CertificateState,
    /// 姓名, masked: the family name and stars.
    pub masked_name: String,
    /// 证件号码, masked: the last four characters.
    pub masked_document: String,
    /// The filed name of the body.
    pub body_name: String,
    /// Position the answer is true at.
    pub as_of_position: u64,
}

impl Ledger {
    /// Looks a certificate up. `None` both for no such number and for another holder.
    pub async fn look_up(
        &self,
        number: &CertificateNumber,
        holder: &Holder,
    ) -> Result<Option<Found>, AppError> {
        let position = self.store.reservation(&number_key(number)).await?;
        let row = match position {
            Some(position) => self.store.row(position).await?,
            None => None,
        };
        let issued = match row.as_ref().map(registry::decode).transpose()? {
            Some(Event::Certificate(
                crate::domain::certificate::event::CertificateEvent::Issued(issued),
            )) => Some(issued),
            _ => None,
        };
        let subject = issued
            .as_ref()
            .map(|issued| SubjectId::from(issued.award.worker));
        let journal = JournalEntry {
            at: clock::now(),
            actor: None,
            kind: "public-look-up",
            subject,
            position,
        };
        self.store.journal(vec![journal]).await?;
        // An unknown number costs what a known one does: the same reads, over nobody.
        let nobody = SubjectId(uuid::Uuid::nil());
        let people = people::identities(self, &[subject.unwrap_or(nobody)]).await?;
        let (Some(issued), Some(row), Some(subject)) = (issued, row, subject) else {
            let _ = matches_holder("", holder);
            return Ok(None);
        };
        let Some(person) = people.get(&subject) else {
            return Ok(None);
        };
        let held = match holder {
            Holder::Name(_) => person.identity.name.as_str(),
            Holder::DocumentNumber(_) => person.identity.document.number(),
        };
        if !matches_holder(held, holder) {
            return Ok(None);
        }
        let certificate = CertificateId(row.stream.id);
        let state = self
            .load_existing::<CertificateDecider>(certificate, "certificate")
            .await?
            .state;
        let body = self.body_name(issued.award.body).await?;
        Ok(Some(Found {
            state,
            masked_name: mask_name(&person.identity.name),
            masked_document: format!("**************{}", person.identity.document.last_four()),
            body_name: body,
            as_of_position: self.store.head().await?.position,
        }))
    }

    async fn body_name(&self, body: crate::domain::ids::BodyId) -> Result<String, AppError> {
        let loaded = self
            .load_existing::<crate::domain::body::decider::BodyDecider>(body, "body")
            .await?;
        Ok(loaded.state.body()?.registered.name.zh.clone())
    }
}

/// Compares in a time that does not depend on where the texts differ.
pub(super) fn matches_holder(held: &str, holder: &Holder) -> bool {
    let given = match holder {
        Holder::Name(name) => Zeroizing::new(normal_name(name)),
        Holder::DocumentNumber(number) => Zeroizing::new(
            number
                .trim()
                .chars()
                .map(|c| c.to_ascii_uppercase())
                .collect::<String>(),
        ),
    };
    let digest = |text: &str| *blake3::hash(text.as_bytes()).as_bytes();
    digest(held).ct_eq(&digest(&given)).into() && !held.is_empty()
}

/// 张伟 → 张*, 欧阳文清 → 欧***, Anna Schmidt → A*** S***.
pub fn mask_name(name: &str) -> String {
    let mask = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(String::from).unwrap_or_default();
        first + &letters.map(|_| '*').collect::<String>()
    };
    name.split(' ').map(mask).collect::<Vec<_>>().join(" ")
}
