//! The public look-up: a certificate number with the holder's name or document number.
//!
//! What does not match and what does not exist are answered alike. Every look goes into the
//! access journal before anything is opened.

use super::certificates::issue_of;
use super::clock;
use super::error::AppError;
use super::issue_certificates::{Issued, number_key};
use super::ledger::Ledger;
use super::people;
use crate::codec::registry;
use crate::domain::certificate::decider::CertificateDecider;
use crate::domain::certificate::event::CertificateEvent;
use crate::domain::certificate::state::CertificateState;
use crate::domain::decider::Decider;
use crate::domain::event::Event;
use crate::domain::ids::{CertificateId, StreamId, SubjectId};
use crate::domain::number::CertificateNumber;
use crate::domain::person_name::normal_name;
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

/// A certificate that a look-up led to, and whether its holder is the one asked for.
pub(super) struct Looked {
    /// Whether the ledger knows its holder by what was asked.
    pub matched: bool,
    /// Its newest issue.
    pub newest: Issued,
    /// What has come of it.
    pub state: CertificateState,
    /// Its events, oldest first.
    pub events: Vec<CertificateEvent>,
}

impl Ledger {
    /// Finds a certificate through the reservation of its number and compares the holder; `None`
    /// if there is no such number, after the same reads.
    pub(super) async fn look_up(
        &self,
        number: &CertificateNumber,
        holder: &Holder,
    ) -> Result<Option<Looked>, AppError> {
        let position = self.store.reservation(&number_key(number)).await?;
        let row = match position {
            Some(position) => self.store.row(position).await?,
            None => None,
        };
        let nobody = StreamId::from(CertificateId(uuid::Uuid::nil()));
        let stream = row.as_ref().map_or(nobody, |row| row.stream);
        let rows = self.store.read_streams(&[(stream, 1)]).await?;
        let mut events = Vec::with_capacity(rows.len());
        let mut newest = None;
        for row in rows {
            let Event::Certificate(event) = registry::decode(&row)? else {
                continue;
            };
            if let Some(issue) = issue_of(&event) {
                newest = Some((issue, row));
            }
            events.push(event);
        }
        let state = CertificateDecider::fold(&events);
        let subject = state
            .issued()
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
        let person = subject.and_then(|subject| people.get(&subject));
        let held = match (person, holder) {
            (Some(person), Holder::Name(_)) => person.identity.name.as_str(),
            (Some(person), Holder::DocumentNumber(_)) => person.identity.document.number(),
            (None, _) => "",
        };
        let matched = matches_holder(held, holder);
        let (Some(subject), Some((issue, row))) = (subject, newest) else {
            return Ok(None);
        };
        Ok(Some(Looked {
            matched,
            newest: Issued {
                number: number.clone(),
                certificate: CertificateId(row.stream.id),
                subject,
                issue,
                row,
            },
            state,
            events,
        }))
    }
}

/// Whether the text held is what was asked for.
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
    is_same(held, &given)
}

/// Whether two texts are the same and not empty, in a time that does not depend on where they
/// differ.
pub(super) fn is_same(held: &str, given: &str) -> bool {
    let digest = |text: &str| *blake3::hash(text.as_bytes()).as_bytes();
    digest(held).ct_eq(&digest(given)).into() && !held.is_empty()
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
