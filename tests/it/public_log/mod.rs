//! The public log as others read it: served, and exported as files.

mod export;
mod forks;
mod key_life;
mod others;
mod rolled_back;
mod served;
mod witnesses;

use skill_ledger::keys::verify_strict;
use skill_ledger::tlog::bundle::{bundle_leaves, read_bundle};
use skill_ledger::tlog::checkpoint::Checkpoint;
use skill_ledger::tlog::entry::PublicEntry;
use skill_ledger::tlog::merkle::{self, Tiles};
use skill_ledger::tlog::note::NoteKey;
use skill_ledger::tlog::tile_path::{bundles_of, tiles_of};

/// Reads a whole log as a stranger would who trusts `key`: every entry hashed anew, every tile
/// compared with the tree they make, its root with the one that is signed. Answers the checkpoint.
fn whole(key: &NoteKey, fetch: impl Fn(&str) -> Vec<u8>) -> Checkpoint {
    let head = Checkpoint::open(&fetch("checkpoint"), key, &verify_strict).unwrap();
    let mut leaves = Vec::new();
    for bundle in bundles_of(head.size) {
        let bytes = fetch(&bundle.path());
        for entry in read_bundle(&bytes, bundle.width).unwrap() {
            assert_eq!(
                PublicEntry::parse(entry).unwrap().to_bytes().unwrap(),
                entry
            );
        }
        leaves.extend(bundle_leaves(&bytes, bundle.width).unwrap());
    }
    let mut tree = Tiles::new();
    merkle::append(&mut tree, 0, &leaves).unwrap();
    assert_eq!(merkle::root(&tree, head.size).unwrap(), head.root);
    for tile in tiles_of(head.size) {
        let hashes = tree.hashes(tile.level, tile.index).unwrap();
        assert_eq!(fetch(&tile.path()), hashes.concat(), "{tile:?}");
    }
    head
}
