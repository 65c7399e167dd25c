//! Registers written a batch at a time: the states that hold are read in one statement, what
//! becomes of them is worked out here, and written in three. A statement is a trip: to the server,
//! or to the thread that has the file open.

use super::registers::{certificate_of, thing_of};
use crate::domain::ids::{CertificateId, SessionId};
use crate::view::certificate::REGISTER;
use crate::view::change::ViewChange;
use crate::view::connection::Connection;
use crate::view::field::Reading;
use crate::view::session::COUNTS;
use crate::view::sql::{both, values};
use crate::view::{ViewError, postgres, sqlite};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// Things or states in one statement.
const ROWS_PER_STATEMENT: usize = 5_000;

/// The state of a thing that holds now.
#[derive(Clone, Debug)]
pub(in crate::view) struct Open {
    /// Its first position.
    pub(in crate::view) from: u64,
    pub(in crate::view) owner: String,
    /// What it says.
    pub(in crate::view) data: Value,
}

/// A state, by what its thing is, which it is and where the state begins.
pub(in crate::view) type Key = (&'static str, String, u64);

/// A state to be written.
pub(in crate::view) struct State {
    pub(in crate::view) kind: &'static str,
    pub(in crate::view) key: String,
    pub(in crate::view) open: Open,
    /// Where it ended, if it did.
    pub(in crate::view) to: Option<u64>,
}

/// What there is of one thing, and what has become of it.
#[derive(Default)]
struct Thing {
    /// First position of the state that the table has open.
    stored: Option<u64>,
    /// Where that state ended.
    ended: Option<u64>,
    /// The state that holds now; the table has it if it begins at `stored`.
    open: Option<Open>,
    /// States that began and ended since.
    past: Vec<(Open, u64)>,
}

/// The registers as a batch of changes finds and leaves them.
pub(super) struct Held<'a, 'c> {
    connection: &'a mut Connection<'c>,
    things: BTreeMap<(&'static str, String), Thing>,
    numbers: HashMap<Uuid, String>,
}

impl<'a, 'c> Held<'a, 'c> {
    /// The registers before `changes`, all that these will ask for already read.
    pub(super) async fn before(
        connection: &'a mut Connection<'c>,
        changes: &[ViewChange],
    ) -> Result<Self, ViewError> {
        let mut held = Self {
            connection,
            things: BTreeMap::new(),
            numbers: HashMap::new(),
        };
        let certificates: BTreeSet<CertificateId> =
            changes.iter().filter_map(certificate_of).collect();
        held.read_numbers(certificates.into_iter().collect())
            .await?;
        for change in changes {
            if let ViewChange::PutCertificate(row) = change {
                held.issued(row.certificate, row.number.as_str());
            }
        }
        let numbers = held
            .numbers
            .values()
            .map(|number| (REGISTER, number.clone()));
        let mut things: BTreeSet<(&'static str, String)> = numbers.collect();
        things.extend(changes.iter().filter_map(thing_of));
        let things: Vec<_> = things.into_iter().collect();
        for things in things.chunks(ROWS_PER_STATEMENT) {
            held.read(things).await?;
        }
        Ok(held)
    }

    pub(super) fn connection(&mut self) -> &mut Connection<'c> {
        self.connection
    }

    fn issued(&mut self, certificate: CertificateId, number: &str) {
        self.numbers.insert(certificate.0, number.to_owned());
    }

    async fn read_numbers(&mut self, certificates: Vec<CertificateId>) -> Result<(), ViewError> {
        for certificates in certificates.chunks(ROWS_PER_STATEMENT) {
            let ids: Vec<Uuid> = certificates.iter().map(|id| id.0).collect();
            let numbers = both!(registers::NUMBERS);
            let rows = self.connection.all(numbers, values![Some(ids)], |row| {
                let row = Reading::new("view_certificate", "number", row);
                Ok((row.uuid("certificate")?, row.text("number")?))
            });
            self.numbers.extend(rows.await?);
        }
        Ok(())
    }

    /// Reads the open states of things that are not known yet.
    async fn read(&mut self, things: &[(&'static str, String)]) -> Result<(), ViewError> {
        let found = match self.connection {
            Connection::Sqlite(at) => sqlite::registers::open(at, things).await?,
            Connection::Postgres(at) => postgres::registers::open(at, things).await?,
        };
        let mut found: HashMap<usize, Open> = found.into_iter().collect();
        for (nth, thing) in things.iter().enumerate() {
            let open = found.remove(&nth);
            let state = Thing {
                stored: open.as_ref().map(|open| open.from),
                open,
                ..Thing::default()
            };
            self.things.insert(thing.clone(), state);
        }
        Ok(())
    }

    async fn thing(&mut self, kind: &'static str, key: &str) -> Result<&mut Thing, ViewError> {
        let name = (kind, key.to_owned());
        if !self.things.contains_key(&name) {
            self.read(std::slice::from_ref(&name)).await?;
        }
        Ok(self.things.entry(name).or_default())
    }

    /// Writes what has become of everything.
    pub(super) async fn write(self) -> Result<(), ViewError> {
        let mut ended = Vec::new();
        let mut taken_out = Vec::new();
        let mut begun = Vec::new();
        for ((kind, key), thing) in self.things {
            begun.extend(thing.past.into_iter().map(|(open, to)| State {
                kind,
                key: key.clone(),
                open,
                to: Some(to),
            }));
            if let Some(from) = thing.stored {
                match thing.ended {
                    // It never held.
                    Some(to) if to == from => taken_out.push((kind, key.clone(), from)),
                    Some(to) => ended.push(((kind, key.clone(), from), to)),
                    None => continue,
                }
            }
            begun.extend(thing.open.map(|open| State {
                kind,
                key,
                open,
                to: None,
            }));
        }
        for ended in ended.chunks(ROWS_PER_STATEMENT) {
            match self.connection {
                Connection::Sqlite(at) => sqlite::registers::end(at, ended).await?,
                Connection::Postgres(at) => postgres::registers::end(at, ended).await?,
            }
        }
        for gone in taken_out.chunks(ROWS_PER_STATEMENT) {
            match self.connection {
                Connection::Sqlite(at) => sqlite::registers::take_out(at, gone).await?,
                Connection::Postgres(at) => postgres::registers::take_out(at, gone).await?,
            }
        }
        for begun in begun.chunks(ROWS_PER_STATEMENT) {
            match self.connection {
                Connection::Sqlite(at) => sqlite::registers::begin(at, begun).await?,
                Connection::Postgres(at) => postgres::registers::begin(at, begun).await?,
            }
        }
        Ok(())
    }

    /// The state that holds now.
    pub(super) async fn open(
        &mut self,
        kind: &'static str,
        key: &str,
    ) -> Result<Option<Open>, ViewError> {
        Ok(self.thing(kind, key).await?.open.clone())
    }

    /// Closes the state that holds now; a state that begins at this very position is taken out,
    /// for it never held.
    pub(super) async fn close(
        &mut self,
        kind: &'static str,
        key: &str,
        position: u64,
    ) -> Result<(), ViewError> {
        let thing = self.thing(kind, key).await?;
        let Some(open) = thing.open.take() else {
            return Ok(());
        };
        if thing.stored == Some(open.from) && thing.ended.is_none() {
            thing.ended = Some(position);
        } else if open.from < position {
            thing.past.push((open, position));
        }
        Ok(())
    }

    /// Begins a state where none is open.
    pub(super) async fn begin(
        &mut self,
        kind: &'static str,
        key: &str,
        state: Open,
    ) -> Result<(), ViewError> {
        self.thing(kind, key).await?.open = Some(state);
        Ok(())
    }

    /// Adds to the counts of a session: entered, passed, failed, absent.
    pub(super) async fn count(
        &mut self,
        session: SessionId,
        added: [i64; 4],
        position: u64,
    ) -> Result<(), ViewError> {
        let key = session.to_string();
        let Some(mut state) = self.open(COUNTS, &key).await? else {
            return Ok(());
        };
        let members = ["entered", "passed", "failed", "absent"];
        for (member, added) in members.into_iter().zip(added) {
            let count = state.data[member].as_i64().unwrap_or(0) + added;
            state.data[member] = json!(count);
        }
        state.from = position;
        self.close(COUNTS, &key, position).await?;
        self.begin(COUNTS, &key, state).await
    }

    /// The number of a certificate.
    pub(super) async fn number_of(
        &mut self,
        certificate: CertificateId,
    ) -> Result<Option<String>, ViewError> {
        if !self.numbers.contains_key(&certificate.0) {
            self.read_numbers(vec![certificate]).await?;
        }
        Ok(self.numbers.get(&certificate.0).cloned())
    }
}
