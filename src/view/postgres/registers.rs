//! Registers written a batch at a time: the states that hold are read in one trip, what becomes of
//! them is worked out here, and written in three.

use super::rows::PARAMETERS_MAX;
use crate::domain::ids::{CertificateId, SessionId};
use crate::view::ViewError;
use crate::view::certificate::REGISTER;
use crate::view::change::ViewChange;
use crate::view::connection::Connection;
use crate::view::field::{Reading, Stored, engine, json};
use crate::view::session::COUNTS;
use crate::view::sql::{Sql, values};
use crate::view::write::registers::{Open, Registers, certificate_of, thing_of};
use serde_json::json;
use sqlx::PgConnection;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// Things asked for in one statement.
const THINGS_PER_QUERY: usize = 10_000;

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
pub(super) struct Held<'c> {
    connection: &'c mut PgConnection,
    things: HashMap<(&'static str, String), Thing>,
    numbers: HashMap<Uuid, String>,
}

impl<'c> Held<'c> {
    /// The registers before `changes`, all that these will ask for already read.
    pub(super) async fn before(
        connection: &'c mut PgConnection,
        changes: &[ViewChange],
    ) -> Result<Self, ViewError> {
        let mut held = Self {
            connection,
            things: HashMap::new(),
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
        for things in things.chunks(THINGS_PER_QUERY) {
            held.read(things).await?;
        }
        Ok(held)
    }

    pub(super) fn connection(&mut self) -> &mut PgConnection {
        self.connection
    }

    fn issued(&mut self, certificate: CertificateId, number: &str) {
        self.numbers.insert(certificate.0, number.to_owned());
    }

    async fn read_numbers(&mut self, certificates: Vec<CertificateId>) -> Result<(), ViewError> {
        let sql = Sql::plain(
            "SELECT certificate, number FROM view_certificate WHERE certificate = ANY ($1)",
        );
        for certificates in certificates.chunks(THINGS_PER_QUERY) {
            let ids: Vec<Uuid> = certificates.iter().map(|id| id.0).collect();
            let mut connection = Connection::Postgres(self.connection);
            let rows = connection.all(sql, values![Some(ids)], |row| {
                let row = Reading::new("view_certificate", "number", row);
                Ok((row.uuid("certificate")?, row.text("number")?))
            });
            self.numbers.extend(rows.await?);
        }
        Ok(())
    }

    /// Reads the open states of things that are not known yet.
    async fn read(&mut self, things: &[(&'static str, String)]) -> Result<(), ViewError> {
        let kinds: Vec<&str> = things.iter().map(|(kind, _)| *kind).collect();
        let keys: Vec<&str> = things.iter().map(|(_, key)| key.as_str()).collect();
        let rows = sqlx::query(
            "SELECT wanted.place, r.key, r.from_position, r.owner, r.data
             FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS wanted (kind, key, place)
             JOIN view_register r ON r.kind = wanted.kind AND r.key = wanted.key
                 AND r.to_position IS NULL",
        )
        .bind(kinds)
        .bind(keys)
        .fetch_all(&mut *self.connection)
        .await
        .map_err(engine)?;
        let mut found: HashMap<usize, Open> = HashMap::new();
        for row in &rows {
            let (place, open) = open_row(row)?;
            found.insert(place, open);
        }
        for (nth, thing) in things.iter().enumerate() {
            let open = found.remove(&(nth + 1));
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
            for (state, to) in thing.past {
                begun.push((kind, key.clone(), state, Some(to)));
            }
            if let Some(from) = thing.stored {
                match thing.ended {
                    // It never held.
                    Some(to) if to == from => taken_out.push((kind, key.clone(), from)),
                    Some(to) => ended.push((kind, key.clone(), from, to)),
                    None => continue,
                }
            }
            if let Some(state) = thing.open {
                begun.push((kind, key, state, None));
            }
        }
        end(self.connection, ended).await?;
        take_out(self.connection, taken_out).await?;
        for begun in begun.chunks(PARAMETERS_MAX) {
            begin(self.connection, begun).await?;
        }
        Ok(())
    }
}

impl Registers for Held<'_> {
    async fn open(&mut self, kind: &'static str, key: &str) -> Result<Option<Open>, ViewError> {
        Ok(self.thing(kind, key).await?.open.clone())
    }

    async fn close(
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

    async fn begin(&mut self, kind: &'static str, key: &str, state: Open) -> Result<(), ViewError> {
        self.thing(kind, key).await?.open = Some(state);
        Ok(())
    }

    async fn count(
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

    async fn number_of(&mut self, certificate: CertificateId) -> Result<Option<String>, ViewError> {
        if !self.numbers.contains_key(&certificate.0) {
            self.read_numbers(vec![certificate]).await?;
        }
        Ok(self.numbers.get(&certificate.0).cloned())
    }
}

fn open_row(row: &dyn Stored) -> Result<(usize, Open), ViewError> {
    let row = Reading::new("view_register", "key", row);
    let open = Open {
        from: row.number("from_position")?,
        owner: row.text("owner")?,
        data: row.json("data")?,
    };
    Ok((row.number("place")?, open))
}

async fn end(
    connection: &mut PgConnection,
    ended: Vec<(&'static str, String, u64, u64)>,
) -> Result<(), ViewError> {
    if ended.is_empty() {
        return Ok(());
    }
    let done = sqlx::query(
        "UPDATE view_register SET to_position = ended.till
         FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[])
             AS ended (kind, key, since, till)
         WHERE view_register.kind = ended.kind AND view_register.key = ended.key
           AND from_position = ended.since",
    )
    .bind(ended.iter().map(|it| it.0).collect::<Vec<_>>())
    .bind(ended.iter().map(|it| it.1.as_str()).collect::<Vec<_>>())
    .bind(positions(ended.iter().map(|it| it.2)))
    .bind(positions(ended.iter().map(|it| it.3)))
    .execute(connection)
    .await;
    done.map(drop).map_err(engine)
}

async fn take_out(
    connection: &mut PgConnection,
    taken_out: Vec<(&'static str, String, u64)>,
) -> Result<(), ViewError> {
    if taken_out.is_empty() {
        return Ok(());
    }
    let done = sqlx::query(
        "DELETE FROM view_register
         USING unnest($1::text[], $2::text[], $3::bigint[]) AS gone (kind, key, since)
         WHERE view_register.kind = gone.kind AND view_register.key = gone.key
           AND from_position = gone.since",
    )
    .bind(taken_out.iter().map(|it| it.0).collect::<Vec<_>>())
    .bind(taken_out.iter().map(|it| it.1.as_str()).collect::<Vec<_>>())
    .bind(positions(taken_out.iter().map(|it| it.2)))
    .execute(connection)
    .await;
    done.map(drop).map_err(engine)
}

async fn begin(
    connection: &mut PgConnection,
    begun: &[(&'static str, String, Open, Option<u64>)],
) -> Result<(), ViewError> {
    let data = begun
        .iter()
        .map(|(.., state, _)| json("register", &state.data));
    let data: Vec<String> = data.collect::<Result<_, _>>()?;
    let till: Vec<Option<i64>> = begun
        .iter()
        .map(|(.., to)| to.and_then(|to| i64::try_from(to).ok()))
        .collect();
    let done = sqlx::query(
        "INSERT INTO view_register (kind, key, from_position, to_position, owner, data)
         SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::text[],
             $6::text[])",
    )
    .bind(begun.iter().map(|it| it.0).collect::<Vec<_>>())
    .bind(begun.iter().map(|it| it.1.as_str()).collect::<Vec<_>>())
    .bind(positions(begun.iter().map(|it| it.2.from)))
    .bind(till)
    .bind(
        begun
            .iter()
            .map(|it| it.2.owner.as_str())
            .collect::<Vec<_>>(),
    )
    .bind(data)
    .execute(connection)
    .await;
    done.map(drop).map_err(engine)
}

fn positions(of: impl Iterator<Item = u64>) -> Vec<i64> {
    of.map(|position| i64::try_from(position).unwrap_or(i64::MAX))
        .collect()
}
