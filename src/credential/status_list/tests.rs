use super::*;

#[test]
fn the_list_of_the_specification_is_read_and_a_byte_more_or_less_is_not() {
    let text = include_str!("../../../tests/vectors/w3c-bitstring-status-list/example.json");
    let example: Value = serde_json::from_str(text).unwrap();
    let encoded = example["encodedList"].as_str().unwrap();
    let bits = StatusBits::decode(encoded).unwrap();
    assert_eq!(example["entries"], SIZE);
    assert_eq!((bits.count(), bits.get(SIZE)), (0, None));
    assert_eq!(StatusBits::decode(&bits.encode()), Some(bits));
    for cut in 1..encoded.len() {
        assert_eq!(StatusBits::decode(&encoded[..cut]), None, "{cut}");
    }
    assert_eq!(StatusBits::decode(&format!("{encoded}AAAA")), None);
}
