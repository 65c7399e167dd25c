//! Entry bundles: C2SP tlog-tiles, "Log entries".

use crate::tlog::bundle::*;
use crate::tlog::leaf::{Hash, leaf_hash};
use crate::tlog::merkle::{Tiles, append};
use proptest::prelude::*;

#[test]
fn a_bundle_is_lengths_and_entries() {
    let bytes = write_bundle(&["", "ab", "c"]).unwrap();
    assert_eq!(bytes, b"\x00\x00\x00\x02ab\x00\x01c");
    assert_eq!(
        read_bundle(&bytes, 3).unwrap(),
        [b"".as_slice(), b"ab", b"c"]
    );
    assert_eq!(
        bundle_leaves(&bytes, 3).unwrap(),
        [leaf_hash(b""), leaf_hash(b"ab"), leaf_hash(b"c")]
    );
    let long = vec![7; 300];
    assert_eq!(write_bundle(&[&long]).unwrap()[..2], [1, 44]);
}

#[test]
fn a_bundle_is_as_long_as_its_path_says() {
    let bytes = write_bundle(&["a", "b"]).unwrap();
    assert_eq!(read_bundle(&bytes, 1), Err(InvalidBundle::Trailing));
    assert_eq!(read_bundle(&bytes, 3), Err(InvalidBundle::Count));
    assert_eq!(read_bundle(&bytes, 0), Err(InvalidBundle::Count));
    assert_eq!(read_bundle(&bytes, 257), Err(InvalidBundle::Count));
    assert_eq!(read_bundle(&[], 1), Err(InvalidBundle::Count));
    assert_eq!(read_bundle(&[], 0), Err(InvalidBundle::Count));
    assert_eq!(read_bundle(&bytes[..5], 2), Err(InvalidBundle::CutShort));
    assert_eq!(read_bundle(&bytes[..4], 2), Err(InvalidBundle::CutShort));
    assert_eq!(read_bundle(&bytes[..4], 1), Err(InvalidBundle::Trailing));
    assert_eq!(read_bundle(&bytes[..2], 1), Err(InvalidBundle::CutShort));
    let more = [bytes.as_slice(), &[0, 0]].concat();
    assert_eq!(read_bundle(&more, 2), Err(InvalidBundle::Trailing));
}

#[test]
fn the_limits_are_those_of_the_format() {
    let none: [&[u8]; 0] = [];
    assert_eq!(write_bundle(&none), Err(InvalidBundle::Count));
    assert_eq!(write_bundle(&[[0]; 257]), Err(InvalidBundle::Count));
    let widest = vec![9; BUNDLED_ENTRY_BYTES_MAX];
    let fullest = write_bundle(&vec![&widest; 256]).unwrap();
    assert_eq!(fullest.len(), BUNDLE_BYTES_MAX);
    assert_eq!(read_bundle(&fullest, 256).unwrap().len(), 256);
    let wider = vec![9; BUNDLED_ENTRY_BYTES_MAX + 1];
    assert_eq!(write_bundle(&[wider]), Err(InvalidBundle::EntryTooLong));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn bundles_round_trip_and_hash_to_their_tile(entries in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 1..=256)) {
        let width = u16::try_from(entries.len()).unwrap();
        let bytes = write_bundle(&entries).unwrap();
        prop_assert_eq!(read_bundle(&bytes, width).unwrap(), entries.iter().map(Vec::as_slice).collect::<Vec<_>>());
        let leaves: Vec<Hash> = entries.iter().map(|e| leaf_hash(e)).collect();
        let mut tiles = Tiles::new();
        append(&mut tiles, 0, &leaves).unwrap();
        prop_assert_eq!(tiles.hashes(0, 0).unwrap(), bundle_leaves(&bytes, width).unwrap());
        for other in [width - 1, width + 1] {
            prop_assert!(read_bundle(&bytes, other).is_err());
        }
    }

    #[test]
    fn what_is_read_is_written_again(bytes in prop::collection::vec(prop_oneof![3 => 0u8..3, 1 => any::<u8>()], 0..60), width in 0u16..30) {
        if let Ok(entries) = read_bundle(&bytes, width) {
            prop_assert_eq!(write_bundle(&entries).unwrap(), bytes);
        }
    }
}
