//! The vault's tables against the digests that events name, in both directions.

use super::snapshot::{Events as _, Snapshot};
use super::{Derive, Derived, Findings, PROBLEMS_MAX};
use crate::codec::batch::NewSubject;
use crate::codec::row::Digest;
use crate::domain::ids::SubjectId;
use crate::store::StoreError;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What the events have said of the vault so far. Less than a hundred bytes a sealed row.
#[derive(Default)]
pub(super) struct Walk {
    /// The newest version named of each row, by a short digest of (subject, field).
    named: HashMap<[u8; 16], Named>,
    /// People the events speak of, with the digest of their row where it is named.
    people: HashMap<SubjectId, Option<Digest>>,
    erased: HashSet<SubjectId>,
}

/// A version of a sealed row, as an event names it.
struct Named {
    version: u32,
    digest: Digest,
    /// The event.
    position: u64,
}

fn short(subject: SubjectId, field: &str) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(subject.0.as_bytes()).update(field.as_bytes());
    let mut short = [0; 16];
    hasher.finalize_xof().fill(&mut short);
    short
}

/// How a row of `vault_row` is named.
fn place(subject: SubjectId, field: &str) -> String {
    format!("subject {subject} field {field}")
}

impl Walk {
    /// Takes in what one event says.
    pub(super) fn event(&mut self, position: u64, derived: &Derived) {
        for sealed in &derived.sealed {
            let person = self.people.entry(sealed.subject).or_default();
            if sealed.field == NewSubject::FIELD {
                *person = Some(sealed.digest.0);
                continue;
            }
            let named = Named {
                version: sealed.version,
                digest: sealed.digest.0,
                position,
            };
            let newest = self.named.entry(short(sealed.subject, &sealed.field));
            let newest = newest.or_insert(Named {
                version: 0,
                ..named
            });
            if named.version > newest.version {
                *newest = named;
            }
        }
        self.erased.extend(&derived.erased);
    }
}

/// Compares the tables with what was named.
pub(super) async fn finish<S: Snapshot>(
    snapshot: &mut S,
    mut walk: Walk,
    derive: &impl Derive,
    found: &mut Findings,
) -> Result<(), StoreError> {
    let mut unread = HashSet::new();
    loop {
        let rows = snapshot.sealed().await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            found.sealed_rows += 1;
            if let Err(StoreError::Corrupt { row, .. }) = &row {
                unread.insert(row.clone());
            }
            let Some(row) = found.readable(row)? else {
                continue;
            };
            let version = row.version;
            let named = walk.named.remove(&short(row.subject, &row.field));
            let detail = match named {
                _ if walk.erased.contains(&row.subject) => "the person is erased".to_owned(),
                Some(named) if named.version == version => {
                    if row.digest() == named.digest {
                        continue;
                    }
                    "it is not the row whose digest its event names".to_owned()
                }
                Some(named) if named.version > version => {
                    format!("version {} is missing", named.version)
                }
                _ => format!("no event names its version {version}"),
            };
            found.add("vault_row", place(row.subject, &row.field), detail);
        }
    }
    missing(snapshot, &walk, &unread, derive, found).await?;
    people(snapshot, walk, found).await
}

/// Names the rows that events named and the table does not have. An event holds the names, so it
/// is read again; a row of an erased person is not missing.
async fn missing<S: Snapshot>(
    snapshot: &mut S,
    walk: &Walk,
    unread: &HashSet<String>,
    derive: &impl Derive,
    found: &mut Findings,
) -> Result<(), StoreError> {
    let mut positions: BTreeMap<u64, u64> = BTreeMap::new();
    for named in walk.named.values() {
        *positions.entry(named.position).or_default() += 1;
    }
    for (position, rows) in positions {
        if found.problems.len() >= PROBLEMS_MAX && walk.erased.is_empty() {
            found.unlisted += rows;
            continue;
        }
        let at = i64::try_from(position).unwrap_or(i64::MAX);
        let events = snapshot.events(at - 1, at).await?.read();
        let derived = events.into_iter().flatten();
        for sealed in derived.filter_map(|row| derive.of_event(&row).ok()) {
            for sealed in sealed.sealed {
                let lost = walk.named.get(&short(sealed.subject, &sealed.field));
                let lost = lost.is_some_and(|named| named.position == position);
                let place = place(sealed.subject, &sealed.field);
                if lost && !walk.erased.contains(&sealed.subject) && !unread.contains(&place) {
                    let version = sealed.version;
                    let detail =
                        format!("version {version} is missing, and the person is not erased");
                    found.add("vault_row", place, detail);
                }
            }
        }
    }
    Ok(())
}

async fn people<S: Snapshot>(
    snapshot: &mut S,
    mut walk: Walk,
    found: &mut Findings,
) -> Result<(), StoreError> {
    let mut unread = HashSet::new();
    loop {
        let rows = snapshot.people().await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            if let Err(StoreError::Corrupt { row, .. }) = &row {
                unread.insert(row.clone());
            }
            let Some((person, digest)) = found.readable(row)? else {
                continue;
            };
            let key = format!("subject {}", person.subject);
            if digest != person.digest() {
                let detail = "digest is not that of the other columns";
                found.add("vault_subject", &key, detail);
            }
            match walk.people.remove(&person.subject) {
                _ if walk.erased.contains(&person.subject) => {
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
    for (subject, _) in walk.people.drain() {
        let key = format!("subject {subject}");
        if !walk.erased.contains(&subject) && !unread.contains(&key) {
            let detail = "the row is missing, and the person is not erased";
            found.add("vault_subject", key, detail);
        }
    }
    Ok(())
}
