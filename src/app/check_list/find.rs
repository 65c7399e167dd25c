//! Many certificates by their numbers, with what tells their holders: one question of each kind,
//! however many there are and whether they exist or not.

use super::name_borne;
use crate::app::certificates::issue_of;
use crate::app::clock;
use crate::app::error::AppError;
use crate::app::issue_certificates::number_key;
use crate::app::ledger::Ledger;
use crate::app::people;
use crate::codec::registry;
use crate::codec::row::Row;
use crate::domain::certificate::decider::CertificateDecider;
use crate::domain::certificate::event::CertificateEvent;
use crate::domain::certificate::state::CertificateState;
use crate::domain::decider::Decider;
use crate::domain::event::Event;
use crate::domain::ids::{CertificateId, StreamId, SubjectId};
use crate::domain::number::CertificateNumber;
use crate::store::{EventStore, JournalEntry};
use crate::vault::{Identity, credential_field};
use std::collections::{BTreeMap, HashMap};
use zeroize::Zeroizing;

/// A certificate with what tells its holder.
pub(super) struct Found {
    /// What has come of it.
    pub(super) state: CertificateState,
    /// Its events, oldest first.
    pub(super) events: Vec<CertificateEvent>,
    /// The row of its newest issue.
    pub(super) newest: Row,
    /// The newest document; empty where the holder was erased.
    pub(super) document: Vec<u8>,
    /// The name it bears.
    pub(super) name_borne: Zeroizing<String>,
    /// Who the holder is; `None` once erased.
    pub(super) identity: Option<Identity>,
}

/// A certificate as its events say it is.
struct Read {
    subject: SubjectId,
    issue: u16,
    state: CertificateState,
    events: Vec<CertificateEvent>,
    newest: Row,
}

impl Ledger {
    /// The certificates with these numbers, each number once; those that do not exist are left
    /// out, after the same reads.
    pub(super) async fn find_certificates(
        &self,
        numbers: &[&CertificateNumber],
    ) -> Result<BTreeMap<CertificateNumber, Found>, AppError> {
        let keys: Vec<String> = numbers.iter().map(|number| number_key(number)).collect();
        let taken = self.store.reservations(&keys).await?;
        let by_key: HashMap<&str, &CertificateNumber> = keys
            .iter()
            .map(String::as_str)
            .zip(numbers.iter().copied())
            .collect();
        let mut streams: BTreeMap<StreamId, (&CertificateNumber, u64)> = BTreeMap::new();
        for it in &taken {
            if let Some(number) = by_key.get(it.key.as_str()) {
                streams.insert(it.stream, (number, it.position));
            }
        }
        let read = self.read_certificates(&streams).await?;

        let mut looks: BTreeMap<&CertificateNumber, JournalEntry> = BTreeMap::new();
        let at = clock::now();
        for number in numbers {
            looks.insert(number, look(at, None, None));
        }
        for (stream, (number, position)) in &streams {
            let subject = read.get(stream).map(|read| read.subject);
            looks.insert(number, look(at, subject, Some(*position)));
        }
        if !looks.is_empty() {
            self.store.journal(looks.into_values().collect()).await?;
        }

        let subjects: Vec<SubjectId> = read.values().map(|read| read.subject).collect();
        let mut people = people::identities(self, &subjects).await?;
        let place = |stream: &StreamId, read: &Read| {
            let field = credential_field(CertificateId(stream.id), read.issue);
            (read.subject, field)
        };
        let places: Vec<_> = read.iter().map(|(at, read)| place(at, read)).collect();
        let sealed = self.store.sealed_at(&places).await?;
        let sealed: HashMap<_, _> = sealed
            .into_iter()
            .map(|row| ((row.subject, row.field.clone()), row))
            .collect();

        let mut found = BTreeMap::new();
        for (stream, read) in read {
            let Some((number, _)) = streams.get(&stream) else {
                continue;
            };
            let person = people.get(&read.subject);
            let document = match (person, sealed.get(&place(&stream, &read))) {
                (Some(person), Some(row)) => person.key.open_bytes(row)?.to_vec(),
                _ => Vec::new(),
            };
            let certificate = Found {
                name_borne: name_borne(&document),
                document,
                identity: person.map(|person| person.identity.clone()),
                state: read.state,
                events: read.events,
                newest: read.newest,
            };
            found.insert((*number).clone(), certificate);
        }
        people.clear();
        Ok(found)
    }

    /// The certificates of these streams. One without an issue is none.
    async fn read_certificates(
        &self,
        streams: &BTreeMap<StreamId, (&CertificateNumber, u64)>,
    ) -> Result<BTreeMap<StreamId, Read>, AppError> {
        let from: Vec<_> = streams.keys().map(|stream| (*stream, 1)).collect();
        type Told = (Vec<CertificateEvent>, Option<(u16, Row)>);
        let mut events: BTreeMap<StreamId, Told> = BTreeMap::new();
        for row in self.store.read_streams(&from).await? {
            let Event::Certificate(event) = registry::decode(&row)? else {
                continue;
            };
            let (events, newest) = events.entry(row.stream).or_default();
            if let Some(issue) = issue_of(&event) {
                *newest = Some((issue, row));
            }
            events.push(event);
        }
        let read = events.into_iter().filter_map(|(stream, (events, newest))| {
            let state = CertificateDecider::fold(&events);
            let (issue, newest) = newest?;
            let read = Read {
                subject: SubjectId::from(state.issued()?.award.worker),
                issue,
                state,
                events,
                newest,
            };
            Some((stream, read))
        });
        Ok(read.collect())
    }
}

const fn look(
    at: crate::domain::time::Instant,
    subject: Option<SubjectId>,
    position: Option<u64>,
) -> JournalEntry {
    JournalEntry {
        at,
        actor: None,
        kind: "public-list-check",
        subject,
        position,
    }
}
