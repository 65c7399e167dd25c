//! Paths of tiles and bundles: C2SP tlog-tiles, and `TestTilePath` of golang.org/x/mod
//! sumdb/tlog, whose paths have one more element (the height 8) that C2SP leaves out.

use crate::tlog::merkle::{TileId, Tiles, append};
use crate::tlog::tests::leaves;
use crate::tlog::tile_path::*;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

fn tile(level: u8, index: u64, width: u16) -> TilePath {
    TilePath::Hashes(TileId {
        level,
        index,
        width,
    })
}
fn bundle(index: u64, width: u16) -> TilePath {
    TilePath::Entries(BundleId { index, width })
}

#[test]
fn the_examples_of_the_specification_and_of_the_go_project() {
    for (path, what) in [
        ("tile/0/x001/x234/067", tile(0, 1_234_067, 256)),
        ("tile/entries/x001/x234/067", bundle(1_234_067, 256)),
        ("tile/0/x001/000.p/5", tile(0, 1000, 5)),
        // From x/mod sumdb/tlog: tile/4/0/001, tile/4/0/001.p/5, tile/3/5/x123/x456/078,
        // tile/3/5/x123/x456/078.p/2, tile/1/0/x003/x057/500.
        ("tile/0/001", tile(0, 1, 256)),
        ("tile/0/001.p/5", tile(0, 1, 5)),
        ("tile/5/x123/x456/078", tile(5, 123_456_078, 256)),
        ("tile/5/x123/x456/078.p/2", tile(5, 123_456_078, 2)),
        ("tile/0/x003/x057/500", tile(0, 3_057_500, 256)),
        ("tile/63/000.p/255", tile(63, 0, 255)),
        (
            "tile/entries/x018/x446/x744/x073/x709/x551/615.p/1",
            bundle(u64::MAX, 1),
        ),
    ] {
        assert_eq!(path.parse(), Ok(what), "{path}");
        assert_eq!(what.to_string(), path);
    }
}

#[test]
fn no_second_spelling_is_read() {
    for path in [
        "",
        "tile",
        "tile/0",
        "tile/0/",
        "/tile/0/000",
        "tile/0/000/",
        "tile/0/000 ",
        "tile/0/000\n",
        "Tile/0/000",
        "tile/00/000",
        "tile/01/000",
        "tile/+1/000",
        "tile/64/000",
        "tile/-1/000",
        "tile//000",
        "tile/entries",
        "tile/Entries/000",
        "tile/data/000",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/0/x000",
        "tile/0/000/000",
        "tile/0/x000/001",
        "tile/0/x000/x001/000",
        "tile/0/x001/x000",
        "tile/0/x01/000",
        "tile/0/X001/000",
        "tile/0/x0a1/000",
        "tile/0/+01",
        "tile/0/００１",
        "tile/5/123/456/078",
        "tile/-1/123/456/078",
        "tile/0/../000",
        "tile/0/%30%30%30",
        "tile/0/000.p",
        "tile/0/000.p/",
        "tile/0/000.p/0",
        "tile/0/000.p/00",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/257",
        "tile/0/000.p/1/",
        "tile/0/000.p/1.p/1",
        "tile/0/x001.p/1/000",
        "tile/0/x018/x446/x744/x073/x709/x551/616",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/x999/999",
    ] {
        assert_eq!(path.parse::<TilePath>(), Err(InvalidTilePath), "{path}");
    }
}

#[test]
fn a_tree_of_70_000_has_the_tiles_that_the_specification_counts() {
    let mut widths: BTreeMap<u8, Vec<u16>> = BTreeMap::new();
    for tile in tiles_of(70_000) {
        widths.entry(tile.level).or_default().push(tile.width);
    }
    let level_0 = widths.remove(&0).unwrap();
    assert_eq!(level_0.len(), 274);
    assert!(level_0[..273].iter().all(|width| *width == 256));
    assert_eq!(level_0[273], 112);
    assert_eq!(widths, BTreeMap::from([(1, vec![256, 17]), (2, vec![1])]));
    let bundles: Vec<BundleId> = bundles_of(70_000).collect();
    assert_eq!(bundles.len(), 274);
    assert_eq!(bundles[273].path(), "tile/entries/273.p/112");
    assert_eq!(bundles[273].first_leaf(), Some(69_888));
    let paths: Vec<String> = tiles_of(256).map(TileId::path).collect();
    assert_eq!(paths, ["tile/0/000", "tile/1/000.p/1"]);
    assert_eq!(tiles_of(0).count() + bundles_of(0).count(), 0);
}

#[test]
fn the_largest_trees_are_named_without_being_built() {
    for size in [1 << 62, u64::MAX] {
        assert_eq!(tiles_between(size - 1, size).next().unwrap().level, 0);
        assert!(tiles_between(size - 1, size).count() <= 8);
        assert_eq!(bundles_between(size - 1, size).count(), 1);
        assert_eq!(tiles_of(size).nth(1_000_000).unwrap().index, 1_000_000);
        assert!(tiles_between(size, size).next().is_none());
    }
    let past = BundleId {
        index: u64::MAX,
        width: 1,
    };
    assert!(!past.stands_in(u64::MAX));
    assert_eq!(past.first_leaf(), None);
}

#[test]
fn only_what_a_log_has_can_be_served() {
    let stands = |path: &str, size| match path.parse().unwrap() {
        TilePath::Hashes(tile) => tile.stands_in(size),
        TilePath::Entries(bundle) => bundle.stands_in(size),
    };
    assert!(stands("tile/0/000.p/5", 5));
    assert!(stands("tile/0/000.p/5", 300));
    assert!(!stands("tile/0/000.p/6", 5));
    assert!(!stands("tile/0/000", 255));
    assert!(stands("tile/0/000", 256));
    assert!(stands("tile/1/000.p/1", 256));
    assert!(!stands("tile/1/000.p/1", 255));
    assert!(!stands("tile/8/000.p/1", u64::MAX));
    assert!(stands("tile/entries/001.p/44", 300));
    assert!(!stands("tile/entries/001.p/45", 300));
    assert!(!stands("tile/entries/000.p/1", 0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn paths_round_trip(level in 0u8..=63, index in any::<u64>(), cut in 0u32..64, width in 1u16..=256) {
        let index = index >> cut;
        for what in [tile(level, index, width), bundle(index, width)] {
            prop_assert_eq!(what.to_string().parse(), Ok(what));
        }
    }

    #[test]
    fn what_is_read_is_printed_again(text in "tile/(entries|[0-9]{1,2})/(x?[0-9]{2,4}/){0,3}[0-9]{3}(\\.p/[0-9]{1,3})?") {
        if let Ok(read) = text.parse::<TilePath>() {
            prop_assert_eq!(read.to_string(), text);
        }
    }

    #[test]
    fn no_text_stops_the_reader(text in any::<String>()) {
        let _ = text.parse::<TilePath>();
        let _ = format!("tile/0/{text}").parse::<TilePath>();
    }

    /// Against the tree itself: what `append` says it touched is what an export must write.
    #[test]
    fn the_tiles_between_two_sizes_are_those_that_appending_touches(old in 0u64..1200, more in 0u64..1200) {
        let size = old + more;
        let mut tiles = Tiles::new();
        append(&mut tiles, 0, &leaves(old)).unwrap();
        let all = leaves(size);
        let touched = append(&mut tiles, old, &all[usize::try_from(old).unwrap()..]).unwrap();
        let named: BTreeSet<TileId> = tiles_between(old, size).collect();
        prop_assert_eq!(&named, &touched.into_iter().collect());
        for id in &named {
            prop_assert_eq!(tiles.hashes(id.level, id.index).unwrap().len(), usize::from(id.width));
        }
        let bundles: BTreeSet<BundleId> = bundles_between(old, size).collect();
        let level_0 = named.iter().filter(|id| id.level == 0);
        prop_assert_eq!(bundles, level_0.map(|id| BundleId { index: id.index, width: id.width }).collect());
    }
}
