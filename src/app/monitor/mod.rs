//! A monitor (监测): follows a log from its public files only, keeps the last head it verified, and
//! says what is not as it should be. It trusts a key and nothing else: every entry is hashed again,
//! and the new head must follow from the old one and these entries.
//!
//! What it keeps is one JSON file: the last checkpoint with its signatures, since when it has stood,
//! and how many certificates each key issued in the hour reached. A kept head that cannot be
//! read is an error for ever after, never a beginning.

mod alarm;
mod keys;
mod source;

pub use alarm::Alarm;
pub use source::Source;

use self::keys::Believed;
use super::error::AppError;
use super::files::write_durable;
use crate::domain::time::Instant;
use crate::keys::verify_strict;
use crate::tlog::bundle::{bundle_leaves, read_bundle};
use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::entry::{Commitment, ENTRY_BYTES_MAX, PublicEntry};
use crate::tlog::leaf::Hash;
use crate::tlog::merkle::{self, TILE_WIDTH, TileId, Tiles};
use crate::tlog::note::{NOTE_BYTES_MAX, Note, NoteKey};
use crate::tlog::policy::Policy;
use crate::tlog::tile_path::{BundleId, bundles_between};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{ErrorKind, Read as _};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Most bytes of the file that is kept.
const KEPT_BYTES_MAX: u64 = 4 << 20;
/// Most bytes of a bundle of our entries; one of others is not read.
const BUNDLE_BYTES_MAX: usize = TILE_WIDTH as usize * (2 + ENTRY_BYTES_MAX);
/// An hour, in microseconds.
const HOUR: i64 = 3_600_000_000;

/// What to watch for beyond the log itself.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    /// Only certificates under these key ids; all if none is given.
    pub keys: Vec<String>,
    /// More certificates of one key in one hour are odd.
    pub per_hour_max: Option<u64>,
    /// Certificates issued outside these hours, in China's time, are odd.
    pub hours: Option<Range<u8>>,
    /// A head that has stood longer, in microseconds, is stale.
    pub stale_after: Option<i64>,
}

/// What one look found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Entries verified before; `None` at the first look.
    pub from: Option<u64>,
    /// Entries verified now.
    pub size: u64,
    /// Certificates among the new entries, under the keys watched.
    pub certificates: u64,
    /// Keys that the log's keys have handed over to since.
    pub new_keys: Vec<String>,
    /// What is not as it should be.
    pub alarms: Vec<Alarm>,
}

/// What a monitor keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    /// The last verified checkpoint.
    checkpoint: String,
    /// Since when it is the last one, microseconds UTC.
    since: i64,
    /// When its last entry was recorded.
    at: i64,
    /// The hour of that entry, and how many certificates each key issued in it.
    hour: i64,
    issued: BTreeMap<String, u64>,
    /// The notes by which the log's keys handed over, from one that was given.
    #[serde(default)]
    successions: Vec<String>,
}

/// A monitor of one log.
pub struct Monitor {
    source: Source,
    keys: Vec<NoteKey>,
    policy: Option<Policy>,
    watch: Watch,
    file: PathBuf,
    kept: Option<Kept>,
}

/// The files do not say what the head says.
enum Unfit {
    App(AppError),
    Alarm(Alarm),
}

impl From<AppError> for Unfit {
    fn from(error: AppError) -> Self {
        Self::App(error)
    }
}

impl Monitor {
    /// A monitor that goes on from what `file` keeps. A file that is not there is refused unless
    /// `begin` says that this is the first look.
    pub fn new(
        source: Source,
        keys: Vec<NoteKey>,
        policy: Option<Policy>,
        watch: Watch,
        file: &Path,
        begin: bool,
    ) -> Result<Self, AppError> {
        let kept = read(file)?;
        if kept.is_none() != begin {
            return Err(AppError::BadInput {
                what: "monitor-state",
                rule: if begin {
                    "monitor-begun"
                } else {
                    "monitor-not-begun"
                },
            });
        }
        if let Some(kept) = &kept {
            let believed = Believed::of(&keys, &kept.successions);
            let head = believed.map(|it| it.open(kept.checkpoint.as_bytes()));
            if head.is_none_or(|head| head.is_err()) {
                return Err(unreadable(file));
            }
        }
        Ok(Self {
            source,
            keys,
            policy,
            watch,
            file: file.to_owned(),
            kept,
        })
    }

    /// Looks at the log once. What is kept moves on only if the log itself is as it should be.
    pub fn look(&mut self, now: Instant) -> Result<Look, AppError> {
        let note = self.source.fetch("checkpoint", NOTE_BYTES_MAX)?;
        let successions = self.kept.as_ref().map(|kept| kept.successions.as_slice());
        let believed = Believed::of(&self.keys, successions.unwrap_or_default());
        let mut believed = believed.ok_or_else(|| unreadable(&self.file))?;
        let kept = self.kept.as_ref().map(|kept| {
            let head = believed.open(kept.checkpoint.as_bytes());
            head.map(|head| (head, kept.clone()))
        });
        let kept = kept.transpose().map_err(|_| unreadable(&self.file))?;
        let new_keys = believed.learn(&self.source);
        let mut look = Look {
            from: kept.as_ref().map(|(head, _)| head.size),
            size: kept.as_ref().map_or(0, |(head, _)| head.size),
            new_keys: new_keys.iter().map(ToString::to_string).collect(),
            ..Look::default()
        };
        let head = match believed.open(&note) {
            Ok(head) => head,
            Err(alarm) => {
                look.alarms.push(alarm);
                return Ok(look);
            }
        };
        let text = String::from_utf8_lossy(&note).into_owned();
        self.judge_witnesses(&text, &head, now, &mut look);
        let mut next = match self.follow(kept, &head, &text, now, &mut look) {
            Ok(next) => next,
            Err(Unfit::App(error)) => return Err(error),
            Err(Unfit::Alarm(alarm)) => {
                self.keep_evidence(&text)?;
                look.alarms.push(alarm);
                return Ok(look);
            }
        };
        if let Some(after) = self.watch.stale_after
            && now.0 - next.since > after
        {
            look.alarms.push(Alarm::Stale { since: next.since });
        }
        if look.alarms.iter().any(Alarm::is_of_the_log) {
            self.keep_evidence(&text)?;
            return Ok(look);
        }
        look.size = head.size;
        next.successions = believed.successions().to_vec();
        if self.kept.as_ref() != Some(&next) {
            let json = serde_json::to_vec_pretty(&next);
            let json = json.map_err(|error| AppError::Inconsistent(error.to_string()))?;
            write_durable(&self.file, &json)?;
            self.kept = Some(next);
        }
        Ok(look)
    }

    fn judge_witnesses(&self, text: &str, head: &Checkpoint, now: Instant, look: &mut Look) {
        let Some(policy) = &self.policy else { return };
        let now = u64::try_from(now.0 / 1_000_000).unwrap_or(0);
        let met = Note::parse(text.as_bytes()).and_then(|note| {
            policy
                .evaluate(&note, now + 60, &verify_strict)
                .map(|it| it.quorum_met)
        });
        if met != Ok(true) {
            look.alarms.push(Alarm::NotCosigned { size: head.size });
        }
    }

    /// The new head from the old one and the entries between them.
    fn follow(
        &self,
        kept: Option<(Checkpoint, Kept)>,
        head: &Checkpoint,
        text: &str,
        now: Instant,
        look: &mut Look,
    ) -> Result<Kept, Unfit> {
        let (old, mut next) = match kept {
            Some((old, kept)) => (old, kept),
            None => {
                let kept = Kept {
                    checkpoint: String::new(),
                    since: now.0,
                    at: i64::MIN,
                    hour: i64::MIN,
                    issued: BTreeMap::new(),
                    successions: Vec::new(),
                };
                let root = crate::tlog::leaf::empty_root();
                let (origin, extensions) = (head.origin.clone(), Vec::new());
                (
                    Checkpoint {
                        origin,
                        size: 0,
                        root,
                        extensions,
                    },
                    kept,
                )
            }
        };
        if head.size < old.size {
            return Err(Unfit::Alarm(Alarm::RolledBack {
                kept: old.size,
                served: head.size,
            }));
        }
        if head.size == old.size {
            if head.root != old.root {
                return Err(Unfit::Alarm(Alarm::Fork { size: old.size }));
            }
            if next.checkpoint.is_empty() {
                next.checkpoint = text.to_owned();
            }
            return Ok(next);
        }
        let mut tiles = self.edge(&old, head.size)?;
        let mut size = old.size;
        for bundle in bundles_between(old.size, head.size) {
            let leaves = self.entries(bundle, size, &mut next, look)?;
            let wrong = |_| Unfit::Alarm(Alarm::WrongFiles { size: head.size });
            merkle::append(&mut tiles, size, &leaves).map_err(wrong)?;
            size += leaves.len() as u64;
            tiles.keep_right_edge(size);
        }
        if size != head.size || merkle::root(&tiles, size).ok() != Some(head.root) {
            // The entries are those of another tree: of one that forgets what was verified, or of
            // none at all.
            return Err(Unfit::Alarm(self.fork_or_wrong_files(&old, head)));
        }
        (next.checkpoint, next.since) = (text.to_owned(), now.0);
        Ok(next)
    }

    /// The tiles at the right edge of the tree that was verified, from the files of the tree now.
    fn edge(&self, old: &Checkpoint, size: u64) -> Result<Tiles, Unfit> {
        let mut tiles = Tiles::new();
        let mut needed = merkle::append_needs(old.size);
        needed.extend(merkle::root_needs(old.size));
        needed.sort_unstable();
        needed.dedup();
        let wrong = |_| Unfit::Alarm(Alarm::WrongFiles { size: old.size });
        for tile in needed {
            let hashes = self.tile(tile, size)?;
            tiles
                .insert(tile.level, tile.index, &hashes)
                .map_err(wrong)?;
        }
        if merkle::root(&tiles, old.size).map_err(wrong)? != old.root {
            return Err(Unfit::Alarm(Alarm::Fork { size: old.size }));
        }
        Ok(tiles)
    }

    /// The hashes that a tile had, from the tile as it is in the tree now.
    fn tile(&self, tile: TileId, size: u64) -> Result<Vec<Hash>, Unfit> {
        let wrong = || Unfit::Alarm(Alarm::WrongFiles { size });
        let now = merkle::tile_in(tile.level, tile.index, size).ok_or_else(wrong)?;
        let bytes = self
            .source
            .fetch(&now.path(), usize::from(TILE_WIDTH) * 32)?;
        let (hashes, rest) = bytes.as_chunks::<32>();
        if !rest.is_empty() || hashes.len() < usize::from(tile.width) {
            return Err(wrong());
        }
        Ok(hashes[..usize::from(tile.width)].to_vec())
    }

    /// The leaves of a bundle after those that were verified, each entry read and watched.
    fn entries(
        &self,
        bundle: BundleId,
        verified: u64,
        next: &mut Kept,
        look: &mut Look,
    ) -> Result<Vec<Hash>, Unfit> {
        let wrong = || {
            let first = bundle.first_leaf().unwrap_or(u64::MAX);
            Unfit::Alarm(Alarm::WrongFiles {
                size: first + u64::from(bundle.width),
            })
        };
        let first = bundle.first_leaf().ok_or_else(wrong)?;
        let known = usize::try_from(verified.saturating_sub(first)).map_err(|_| wrong())?;
        let bytes = self.source.fetch(&bundle.path(), BUNDLE_BYTES_MAX)?;
        let entries = read_bundle(&bytes, bundle.width).map_err(|_| wrong())?;
        let mut leaves = bundle_leaves(&bytes, bundle.width).map_err(|_| wrong())?;
        for (index, entry) in (first..).zip(entries).skip(known) {
            self.entry(index, entry, next, look);
        }
        Ok(leaves.split_off(known.min(leaves.len())))
    }

    fn entry(&self, index: u64, entry: &[u8], next: &mut Kept, look: &mut Look) {
        let Ok(entry) = PublicEntry::parse(entry) else {
            look.alarms.push(Alarm::BadEntry { index });
            return;
        };
        if entry.at < next.at {
            look.alarms.push(Alarm::TimeWentBack { index });
        }
        next.at = entry.at;
        let hour = entry.at.div_euclid(HOUR) * HOUR;
        if hour != next.hour {
            (next.hour, next.issued) = (hour, BTreeMap::new());
        }
        let Commitment::Credential { key, .. } = entry.commitment else {
            return;
        };
        if !self.watch.keys.is_empty() && !self.watch.keys.contains(&key) {
            return;
        }
        look.certificates += 1;
        let issued = next.issued.entry(key.clone()).or_default();
        *issued += 1;
        // Said once an hour and key, when it becomes odd.
        if self
            .watch
            .per_hour_max
            .is_some_and(|most| *issued == most + 1)
        {
            look.alarms.push(Alarm::OddRate {
                key: key.clone(),
                hour,
                certificates: *issued,
            });
        }
        let local = (entry.at.div_euclid(HOUR) + 8).rem_euclid(24);
        let local = u8::try_from(local).unwrap_or(0);
        if self
            .watch
            .hours
            .as_ref()
            .is_some_and(|hours| !hours.contains(&local))
        {
            let at = entry.at;
            look.alarms.push(Alarm::OddHour { index, key, at });
        }
    }

    /// Whether the signed root can follow from the one verified at all: if the log's own tiles lead
    /// from one to the other, only its entries are wrong.
    fn fork_or_wrong_files(&self, old: &Checkpoint, head: &Checkpoint) -> Alarm {
        let mut tiles = Tiles::new();
        for tile in merkle::root_needs(head.size) {
            let Ok(hashes) = self.tile(tile, head.size) else {
                return Alarm::WrongFiles { size: head.size };
            };
            if tiles.insert(tile.level, tile.index, &hashes).is_err() {
                return Alarm::WrongFiles { size: head.size };
            }
        }
        match merkle::root(&tiles, head.size) {
            Ok(root) if root == head.root => Alarm::WrongFiles { size: head.size },
            _ => Alarm::Fork { size: old.size },
        }
    }

    /// What was signed and does not fit, beside what is kept: proof for others.
    fn keep_evidence(&self, note: &str) -> Result<(), AppError> {
        let mut path = self.file.as_os_str().to_owned();
        path.push(".evidence");
        write_durable(Path::new(&path), note.as_bytes())
    }
}

fn at(path: &Path, error: std::io::Error) -> AppError {
    AppError::File {
        path: path.display().to_string(),
        error,
    }
}

fn unreadable(file: &Path) -> AppError {
    let file = file.display();
    AppError::Inconsistent(format!("what the monitor keeps cannot be read: {file}"))
}

fn read(file: &Path) -> Result<Option<Kept>, AppError> {
    let mut bytes = Vec::new();
    let read = std::fs::File::open(file)
        .and_then(|open| open.take(KEPT_BYTES_MAX).read_to_end(&mut bytes));
    match read {
        Ok(_) => serde_json::from_slice(&bytes)
            .map(Some)
            .map_err(|_| unreadable(file)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(at(file, error)),
    }
}
