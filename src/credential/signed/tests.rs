use super::*;
use proptest::prelude::*;
use serde_json::{Map, json};

/// Values of every kind, their names and texts of every plane, so also where UTF-8 and UTF-16 have
/// another order, and numbers at the edge of what is exact.
fn any_value() -> impl Strategy<Value = Value> {
    let safe = i64::try_from(INTEGER_MAX).unwrap();
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (safe - 2..safe + 3).prop_map(Value::from),
        (-safe - 2..-safe + 3).prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1000i64..1000).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[\u{0}-\u{ff}\u{2028}\u{2029}\u{e000}-\u{ffff}\u{10000}-\u{10010}]{0,8}"
            .prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    let name = prop_oneof!["[a-c]{0,2}", "[\u{0}-\u{ff}\u{e000}\u{fffd}\u{10000}]{0,3}"];
    leaf.prop_recursive(4, 32, 5, move |inner| {
        let members = prop::collection::btree_map(name.clone(), inner.clone(), 0..5);
        prop_oneof![
            prop::collection::vec(inner, 0..5).prop_map(Value::from),
            members.prop_map(|it| Value::Object(it.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]
    #[test]
    fn both_ways_to_the_canonical_form_lead_there(value in any_value()) {
        let expected = serde_json_canonicalizer::to_vec(&value).map_err(|_| NotCanonical);
        prop_assert_eq!(canonical(&value), expected);
    }

    #[test]
    fn a_signature_has_one_spelling(bytes in prop::array::uniform32(any::<u8>()), zeros in 0usize..64, at in 0usize..92, other in "[1-9A-HJ-NP-Za-km-z]") {
        let mut signature = [0; 64];
        signature[..32].copy_from_slice(&bytes);
        signature[32..].copy_from_slice(&bytes);
        signature[..zeros].fill(0);
        let text = multibase(&signature);
        prop_assert_eq!(parse_signature(&text), Some(Signature(signature)));
        // Whatever other text is read as a signature is what that signature is written as.
        let mut inserted = text.clone();
        inserted.insert_str(1 + at % text.len(), &other);
        let mut replaced = text.clone();
        let place = 1 + at % (text.len() - 1);
        replaced.replace_range(place..=place, &other);
        let mut shorter = text.clone();
        shorter.remove(place);
        for changed in [inserted, replaced, shorter] {
            if let Some(read) = parse_signature(&changed) {
                prop_assert_eq!(multibase(&read.0), changed);
            }
        }
    }
}

#[test]
fn names_are_in_the_order_of_utf_16() {
    // U+E000 comes after U+10000, whose first half is U+D800; bytes of UTF-8 say otherwise.
    let mut members = Map::new();
    members.insert("\u{e000}".into(), json!(1));
    members.insert("\u{10000}".into(), json!(2));
    let bytes = canonical(&Value::Object(members)).unwrap();
    assert_eq!(bytes, "{\"\u{10000}\":2,\"\u{e000}\":1}".as_bytes());
}
