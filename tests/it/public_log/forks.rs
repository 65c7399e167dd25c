//! Histories that were rewritten and signed with the log's own key: no witness cosigns one, and a
//! monitor reports each.

use rand::seq::SliceRandom as _;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use skill_ledger::app::monitor::{Alarm, Monitor, Source, Watch};
use skill_ledger::app::witness::Witness;
use skill_ledger::domain::time::Instant;
use skill_ledger::keys::{Ed25519Key, KdfParams, Purpose, Signer};
use skill_ledger::tlog::bundle::write_bundle;
use skill_ledger::tlog::checkpoint::Checkpoint;
use skill_ledger::tlog::entry::{Commitment, PublicEntry};
use skill_ledger::tlog::leaf::leaf_hash;
use skill_ledger::tlog::merkle::{self, Tiles};
use skill_ledger::tlog::note::{Note, NoteKey};
use skill_ledger::tlog::policy::Policy;
use skill_ledger::tlog::tile_path::{bundles_of, tiles_of};
use skill_ledger::tlog::witness::AddCheckpoint;
use std::fs;
use std::path::Path;
use zeroize::Zeroizing;

/// Histories of a run of the tests, and of a full one.
const HISTORIES: usize = 1_000;
const NOW: Instant = Instant(1_800_000_000_000_000);
const ORIGIN: &str = "ledger.example/log";

/// A log's key, and what it signs.
struct Log {
    signer: Ed25519Key,
    key: NoteKey,
}

/// One state of a log: its tree and its signed head.
struct State {
    entries: Vec<Vec<u8>>,
    tiles: Tiles,
    note: Note,
}

impl Log {
    fn new(seed: u8) -> Self {
        let signer = Ed25519Key::from_seed(&Zeroizing::new([seed; 32]), Purpose::Log);
        let key = NoteKey::new(ORIGIN, *signer.public_key().as_bytes()).unwrap();
        Self { signer, key }
    }

    fn state(&self, entries: &[Vec<u8>]) -> State {
        let leaves: Vec<_> = entries.iter().map(|entry| leaf_hash(entry)).collect();
        let mut tiles = Tiles::new();
        merkle::append(&mut tiles, 0, &leaves).unwrap();
        let head = Checkpoint {
            origin: ORIGIN.into(),
            size: entries.len() as u64,
            root: merkle::root(&tiles, entries.len() as u64).unwrap(),
            extensions: Vec::new(),
        };
        let sign = |bytes: &[u8]| self.signer.sign(Purpose::Log, bytes).map(|it| it.0);
        State {
            entries: entries.to_vec(),
            tiles,
            note: head.sign(&self.key, sign).unwrap().unwrap(),
        }
    }

    fn policy(&self) -> Policy {
        Policy::parse(format!("log {}\nquorum none\n", self.key).as_bytes()).unwrap()
    }
}

impl State {
    fn size(&self) -> u64 {
        self.entries.len() as u64
    }

    /// As any web server serves it.
    fn publish(&self, folder: &Path) {
        let write = |path: &str, bytes: &[u8]| {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        };
        for tile in tiles_of(self.size()) {
            let hashes = self.tiles.hashes(tile.level, tile.index).unwrap().concat();
            write(&tile.path(), &hashes);
        }
        for bundle in bundles_of(self.size()) {
            let first = bundle.first_leaf().unwrap() as usize;
            let entries = &self.entries[first..first + usize::from(bundle.width)];
            write(&bundle.path(), &write_bundle(entries).unwrap());
        }
        write("checkpoint", self.note.to_string().as_bytes());
    }

    /// What the log asks a witness that has cosigned `old` entries, if it can make a proof at all.
    fn request(&self, old: u64) -> Option<String> {
        let proof = match old {
            0 => Vec::new(),
            old if old >= self.size() => Vec::new(),
            old => merkle::consistency_proof(&self.tiles, old, self.size()).unwrap(),
        };
        AddCheckpoint::new(old, proof, self.note.clone())
            .ok()
            .map(|request| request.to_string())
    }
}

fn entry(number: u64, at: i64) -> Vec<u8> {
    let entry = PublicEntry {
        event_type: "worker.noted".into(),
        at,
        digest: *blake3::hash(&number.to_be_bytes()).as_bytes(),
        commitment: Commitment::None,
    };
    entry.to_bytes().unwrap()
}

fn entries(count: usize) -> Vec<Vec<u8>> {
    (0..count as u64).map(|n| entry(n, n as i64)).collect()
}

/// Rewrites a history that `kept` entries of are known to others.
fn rewritten(honest: &[Vec<u8>], kept: usize, rng: &mut ChaCha20Rng) -> Vec<Vec<u8>> {
    let mut entries = honest.to_vec();
    let other = entry(rng.random(), honest.len() as i64);
    let at = rng.random_range(0..kept);
    match rng.random_range(0..6) {
        // Cut short.
        0 => entries.truncate(at),
        // A leaf replaced, at the same size or in a longer log.
        1 => {
            entries[at] = other;
            entries.truncate(kept.max(rng.random_range(0..=honest.len())));
        }
        // A leaf taken out.
        2 => {
            entries.remove(at);
        }
        // One put in.
        3 => entries.insert(at, other),
        // Their order changed.
        4 => {
            let before = entries[..kept].to_vec();
            if kept < 2 {
                entries[0] = other;
            }
            while kept > 1 && entries[..kept] == before[..] {
                entries[..kept].shuffle(rng);
            }
        }
        // All but the beginning written anew.
        _ => {
            for (n, slot) in entries[at..].iter_mut().enumerate() {
                *slot = entry(rng.random(), (at + n) as i64);
            }
        }
    }
    entries
}

/// A witness and a monitor that have seen a log of so many entries.
struct Watchers {
    folder: tempfile::TempDir,
    witness: Witness,
    monitor: Monitor,
}

impl Watchers {
    fn of(log: &Log, seen: &State) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let passphrase = Zeroizing::new("witness".to_owned());
        let dir = folder.path().join("witness");
        let weak = KdfParams::WEAK_FOR_TESTS;
        Witness::create(&dir, "witness.example/w1", &passphrase, weak).unwrap();
        let witness = Witness::open(&dir, &passphrase, &log.policy()).unwrap();
        let first = seen.request(0).unwrap();
        witness.add_checkpoint(first.as_bytes(), 1_000).unwrap();
        let public = folder.path().join("log");
        seen.publish(&public);
        let mut monitor = Monitor::new(
            Source::Folder(public),
            vec![log.key.clone()],
            None,
            Watch::default(),
            &folder.path().join("monitor.json"),
            true,
        )
        .unwrap();
        let look = monitor.look(NOW).unwrap();
        assert_eq!((look.size, look.alarms), (seen.size(), Vec::new()));
        Self {
            folder,
            witness,
            monitor,
        }
    }

    fn publish(&self, state: &State) {
        let public = self.folder.path().join("log");
        fs::remove_dir_all(&public).unwrap();
        state.publish(&public);
    }
}

#[test]
fn no_witness_cosigns_a_rewritten_history_and_a_monitor_reports_each() {
    let log = Log::new(1);
    for case in 0..HISTORIES {
        let mut rng = ChaCha20Rng::seed_from_u64(case as u64);
        let length = rng.random_range(2..600);
        let kept = rng.random_range(1..length);
        let honest = entries(length);
        let seen = log.state(&honest[..kept]);
        let mut watchers = Watchers::of(&log, &seen);

        let forked = rewritten(&honest, kept, &mut rng);
        assert!(!forked.starts_with(&honest[..kept]), "{case}");
        if forked.is_empty() {
            continue;
        }
        let forked = log.state(&forked);
        for old in [0, forked.size().min(kept as u64), kept as u64] {
            let Some(request) = forked.request(old) else {
                continue;
            };
            let answer = watchers.witness.add_checkpoint(request.as_bytes(), 2_000);
            assert!(answer.is_err(), "{case}, old {old}");
        }
        watchers.publish(&forked);
        let look = watchers.monitor.look(NOW).unwrap();
        let told = look.alarms.iter().any(|alarm| {
            matches!(
                alarm,
                Alarm::Fork { .. } | Alarm::RolledBack { .. } | Alarm::WrongFiles { .. }
            )
        });
        assert!(told, "{case}: {look:?}");
        assert_eq!(look.size, kept as u64, "{case}");
        assert!(
            watchers
                .folder
                .path()
                .join("monitor.json.evidence")
                .exists()
        );

        // Neither was spoiled: both go on with the history as it was.
        let grown = log.state(&honest);
        let request = grown.request(kept as u64).unwrap();
        watchers
            .witness
            .add_checkpoint(request.as_bytes(), 3_000)
            .unwrap();
        watchers.publish(&grown);
        let look = watchers.monitor.look(NOW).unwrap();
        assert_eq!(
            (look.size, look.alarms),
            (length as u64, Vec::new()),
            "{case}"
        );
    }
}

#[test]
fn another_key_signs_nothing_for_the_log() {
    let (log, other) = (Log::new(1), Log::new(2));
    let honest = entries(9);
    let mut watchers = Watchers::of(&log, &log.state(&honest[..5]));
    let state = other.state(&honest);
    let request = state.request(5).unwrap();
    let answer = watchers.witness.add_checkpoint(request.as_bytes(), 2_000);
    assert!(answer.is_err());
    watchers.publish(&state);
    let look = watchers.monitor.look(NOW).unwrap();
    assert_eq!(look.alarms, [Alarm::NotSigned]);
}

#[test]
fn files_that_do_not_lead_to_the_signed_root_are_reported() {
    let log = Log::new(1);
    let honest = entries(300);
    let mut watchers = Watchers::of(&log, &log.state(&honest[..5]));
    let state = log.state(&honest);
    watchers.publish(&state);
    let bundle = bundles_of(300).last().unwrap();
    let mut changed = honest[256..].to_vec();
    changed[7] = entry(9_999, 300);
    let path = watchers.folder.path().join("log").join(bundle.path());
    fs::write(path, write_bundle(&changed).unwrap()).unwrap();
    let look = watchers.monitor.look(NOW).unwrap();
    assert!(
        look.alarms.contains(&Alarm::WrongFiles { size: 300 }),
        "{look:?}"
    );
    assert_eq!(look.size, 5);
}

#[test]
fn odd_rates_hours_and_standstill_are_reported_and_the_head_moves_on() {
    let log = Log::new(1);
    let hour = 3_600_000_000;
    let issued = |n: u64, at: i64, key: &str| {
        let entry = PublicEntry {
            event_type: "certificate.issued".into(),
            at,
            digest: *blake3::hash(&n.to_be_bytes()).as_bytes(),
            commitment: Commitment::Credential {
                digest: [n as u8; 32],
                key: key.into(),
                coats: Default::default(),
            },
        };
        entry.to_bytes().unwrap()
    };
    let key = "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK";
    // From 1:00 to 3:00 UTC, which is 9:00 to 11:00 in China; the last at 2:00 in China.
    let mut history = vec![entry(0, hour)];
    history.extend((0..3).map(|n| issued(n, hour + n as i64, key)));
    history.extend((3..5).map(|n| issued(n, 2 * hour + n as i64, key)));
    history.push(issued(5, 18 * hour, key));
    let folder = tempfile::tempdir().unwrap();
    let public = folder.path().join("log");
    let state = log.state(&history);
    state.publish(&public);
    let watch = Watch {
        keys: vec![key.to_owned()],
        per_hour_max: Some(2),
        hours: Some(8..20),
        stale_after: Some(hour),
    };
    let kept = folder.path().join("kept.json");
    let monitor = |begin| {
        let source = Source::Folder(public.clone());
        Monitor::new(
            source,
            vec![log.key.clone()],
            None,
            watch.clone(),
            &kept,
            begin,
        )
    };
    assert!(monitor(false).is_err(), "nothing is kept yet");
    let mut first = monitor(true).unwrap();
    let look = first.look(NOW).unwrap();
    assert_eq!((look.size, look.certificates), (7, 6));
    let codes: Vec<_> = look.alarms.iter().map(Alarm::code).collect();
    assert_eq!(codes, ["odd-rate", "odd-hour"], "{look:?}");
    assert!(monitor(true).is_err(), "it would begin anew");

    // Another process goes on; nothing new is nothing odd, until it is stale.
    let mut next = monitor(false).unwrap();
    assert_eq!(next.look(Instant(NOW.0 + hour)).unwrap().alarms, []);
    let look = next.look(Instant(NOW.0 + hour + 1)).unwrap();
    assert_eq!(look.alarms, [Alarm::Stale { since: NOW.0 }]);

    // A file that cannot be read is no beginning.
    fs::write(&kept, b"{}").unwrap();
    assert!(monitor(false).is_err());
}
