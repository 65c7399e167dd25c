//! The vault's tables against the digests that events name, in both directions.

use super::super::failure::read as engine;
use super::super::read::{column, corrupt, id};
use super::super::vault::{self, place};
use super::{Page, readable};
use crate::codec::batch::{NewSubject, SealedRow};
use crate::codec::row::Digest;
use crate::domain::digest::SealedDigest;
use crate::domain::ids::SubjectId;
use crate::store::StoreError;
use crate::store::audit::Findings;
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;
use std::collections::{HashMap, HashSet};

/// Sealed rows compared at once; each may have a megabyte.
const ROWS: usize = 64;
/// Rows of one page of keys.
const PAGE: i64 = 5_000;

/// What the events have said of the vault so far. Some tens of bytes a sealed row.
#[derive(Default)]
pub(super) struct Walk {
    /// Rows whose newest version an event names, by a short digest of (subject, field).
    named: HashSet<[u8; 16]>,
    /// Rows named and not there: lost, unless the person is erased later.
    absent: HashMap<SubjectId, Vec<(String, u32)>>,
    /// People the events speak of, with the digest of their row where it is named.
    people: HashMap<SubjectId, Option<Digest>>,
    erased: HashSet<SubjectId>,
}

fn short(subject: SubjectId, field: &str) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(subject.0.as_bytes()).update(field.as_bytes());
    let mut short = [0; 16];
    hasher.finalize_xof().fill(&mut short);
    short
}

impl Walk {
    pub(super) async fn check(
        &mut self,
        connection: &mut SqliteConnection,
        page: &Page,
        found: &mut Findings,
    ) -> Result<(), StoreError> {
        let mut waiting: Vec<&SealedDigest> = Vec::with_capacity(ROWS);
        for (_, derived) in &page.events {
            for sealed in derived.iter().flat_map(|derived| &derived.sealed) {
                let person = self.people.entry(sealed.subject).or_default();
                if sealed.field == NewSubject::FIELD {
                    *person = Some(sealed.digest.0);
                    continue;
                }
                waiting.push(sealed);
                if waiting.len() == ROWS {
                    self.compare(connection, &waiting, found).await?;
                    waiting.clear();
                }
            }
            for subject in derived.iter().flat_map(|derived| &derived.erased) {
                self.compare(connection, &waiting, found).await?;
                waiting.clear();
                self.absent.remove(subject);
                self.erased.insert(*subject);
            }
        }
        self.compare(connection, &waiting, found).await
    }

    async fn compare(
        &mut self,
        connection: &mut SqliteConnection,
        named: &[&SealedDigest],
        found: &mut Findings,
    ) -> Result<(), StoreError> {
        if named.is_empty() {
            return Ok(());
        }
        let keys: Vec<(String, &str)> = named
            .iter()
            .map(|sealed| (hex::encode(sealed.subject.0), sealed.field.as_str()))
            .collect();
        let keys = serde_json::to_string(&keys).map_err(|e| StoreError::Engine(e.to_string()))?;
        let rows = sqlx::query(
            "SELECT subject, field, version, nonce, ciphertext FROM json_each($1) AS wanted \
             CROSS JOIN vault_row ON subject = unhex(json_extract(wanted.value, '$[0]')) \
             AND field = json_extract(wanted.value, '$[1]')",
        )
        .bind(keys)
        .fetch_all(connection)
        .await
        .map_err(|e| engine(&e))?;
        let mut stored: HashMap<(SubjectId, String), SealedRow> = HashMap::new();
        let mut unreadable = HashSet::new();
        for row in &rows {
            match vault::sealed(row) {
                Ok(row) => drop(stored.insert((row.subject, row.field.clone()), row)),
                Err(StoreError::Corrupt {
                    table,
                    row: key,
                    column,
                }) => {
                    found.add(table, key, super::unreadable(column));
                    let subject = id(row, 0, "vault_row", &"a subject", "subject");
                    unreadable.extend(subject.ok().map(SubjectId));
                }
                Err(error) => return Err(error),
            }
        }
        for sealed in named {
            let key = (sealed.subject, sealed.field.clone());
            match stored.get(&key) {
                Some(row) if row.version == sealed.version => {
                    self.named.insert(short(sealed.subject, &sealed.field));
                    if row.digest() != sealed.digest.0 {
                        let row = place(sealed.subject, &sealed.field);
                        found.add(
                            "vault_row",
                            row,
                            "it is not the row whose digest its event names",
                        );
                    }
                }
                // A newer version took its place; the event that sealed it will name it.
                Some(row) if row.version > sealed.version => {}
                Some(_) => {
                    let row = place(sealed.subject, &sealed.field);
                    found.add(
                        "vault_row",
                        row,
                        format!("version {} is missing", sealed.version),
                    );
                }
                None if unreadable.contains(&sealed.subject) => {
                    self.named.insert(short(sealed.subject, &sealed.field));
                }
                None => {
                    let (subject, field) = key;
                    let lost = self.absent.entry(subject).or_default();
                    lost.push((field, sealed.version));
                }
            }
        }
        Ok(())
    }

    pub(super) async fn finish(
        &mut self,
        connection: &mut SqliteConnection,
        found: &mut Findings,
    ) -> Result<(), StoreError> {
        for (subject, lost) in std::mem::take(&mut self.absent) {
            for (field, version) in lost {
                let detail = format!("version {version} is missing, and the person is not erased");
                found.add("vault_row", place(subject, &field), detail);
            }
        }
        self.strays(connection, found).await?;
        self.check_people(connection, found).await
    }

    /// Rows that no event names.
    async fn strays(
        &self,
        connection: &mut SqliteConnection,
        found: &mut Findings,
    ) -> Result<(), StoreError> {
        let mut after = (Vec::new(), String::new());
        loop {
            let rows = sqlx::query(
                "SELECT subject, field, version FROM vault_row WHERE (subject, field) > ($1, $2) \
                 ORDER BY subject, field LIMIT $3",
            )
            .bind(after.0)
            .bind(after.1)
            .bind(PAGE)
            .fetch_all(&mut *connection)
            .await
            .map_err(|e| engine(&e))?;
            let Some(last) = rows.last() else {
                return Ok(());
            };
            after = (
                column(last, 0, "vault_row", &"a subject", "subject")?,
                column(last, 1, "vault_row", &"a subject", "field")?,
            );
            for row in &rows {
                found.sealed_rows += 1;
                let subject = id(row, 0, "vault_row", &"a subject", "subject");
                let Some(subject) = readable(subject, found)?.map(SubjectId) else {
                    continue;
                };
                let field: String = column(row, 1, "vault_row", &subject, "field")?;
                let version: i64 = column(row, 2, "vault_row", &subject, "version")?;
                if self.erased.contains(&subject) {
                    found.add("vault_row", place(subject, &field), "the person is erased");
                } else if !self.named.contains(&short(subject, &field)) {
                    let detail = format!("no event names its version {version}");
                    found.add("vault_row", place(subject, &field), detail);
                }
            }
        }
    }

    async fn check_people(
        &mut self,
        connection: &mut SqliteConnection,
        found: &mut Findings,
    ) -> Result<(), StoreError> {
        let mut after: Vec<u8> = Vec::new();
        loop {
            let rows = sqlx::query(
                "SELECT subject, wrapped_key, blind_index, digest FROM vault_subject \
                 WHERE subject > $1 ORDER BY subject LIMIT $2",
            )
            .bind(after)
            .bind(PAGE)
            .fetch_all(&mut *connection)
            .await
            .map_err(|e| engine(&e))?;
            let Some(last) = rows.last() else { break };
            after = column(last, 0, "vault_subject", &"a subject", "subject")?;
            for row in &rows {
                let Some((person, digest)) = readable(person(row), found)? else {
                    continue;
                };
                let key = format!("subject {}", person.subject);
                if digest != person.digest() {
                    found.add(
                        "vault_subject",
                        &key,
                        "digest is not that of the other columns",
                    );
                }
                match self.people.remove(&person.subject) {
                    _ if self.erased.contains(&person.subject) => {
                        found.add("vault_subject", &key, "the person is erased");
                    }
                    None => found.add("vault_subject", &key, "no event speaks of this person"),
                    Some(Some(named)) if named != person.digest() => {
                        let detail = "it is not the row whose digest its event names";
                        found.add("vault_subject", &key, detail);
                    }
                    Some(_) => {}
                }
            }
        }
        for (subject, _) in self.people.drain() {
            if !self.erased.contains(&subject) {
                let detail = "the row is missing, and the person is not erased";
                found.add("vault_subject", format!("subject {subject}"), detail);
            }
        }
        Ok(())
    }
}

fn person(row: &SqliteRow) -> Result<(NewSubject, Digest), StoreError> {
    let subject = id(row, 0, "vault_subject", &"a subject", "subject")?;
    let key = format!("subject {subject}");
    let bad = |name| corrupt("vault_subject", &key, name);
    let index: Option<&[u8]> = column(row, 2, "vault_subject", &key, "blind_index")?;
    let index = index.map(Digest::try_from).transpose();
    let digest: &[u8] = column(row, 3, "vault_subject", &key, "digest")?;
    let person = NewSubject {
        subject: SubjectId(subject),
        wrapped_key: column(row, 1, "vault_subject", &key, "wrapped_key")?,
        blind_index: index.map_err(|_| bad("blind_index"))?,
    };
    Ok((person, digest.try_into().map_err(|_| bad("digest"))?))
}
