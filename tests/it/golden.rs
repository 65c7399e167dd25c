//! History has a golden file: every `(event_type, schema_version)` ever written stands in
//! `tests/golden/events/<event_type>.v<N>.json`, its data as it was written (the salt around it
//! is the codec's). Today's code reads each and writes the newest byte for byte. A file here is
//! never changed; a new shape is a new version with a new file.

use skill_ledger::domain::event::Event;
use std::collections::BTreeSet;
use std::path::PathBuf;

fn golden(event_type: &str, version: u16) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden/events")
        .join(format!("{event_type}.v{version}.json"))
}

#[test]
fn every_event_is_read_and_written_byte_for_byte() {
    for (kind, event_type, version) in Event::types() {
        let path = golden(event_type, version);
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}: write it down", path.display()));
        let data = text.trim_end();
        let mut reader = serde_json::Deserializer::from_str(data);
        let event = Event::deserialize_data(kind, event_type, &mut reader)
            .unwrap_or_else(|| panic!("{}: no such event", path.display()))
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(event.event_type(), event_type);
        assert_eq!(event.schema_version(), version);
        assert_eq!(event.stream_kind(), kind);
        assert_eq!(
            serde_json::to_string(&event).unwrap(),
            data,
            "{}: the shape changed: raise the schema version and add an upcaster",
            path.display()
        );
    }
}

#[test]
fn every_golden_file_is_of_an_event_that_is_or_was() {
    let newest: BTreeSet<_> = Event::types()
        .into_iter()
        .map(|(_, event_type, version)| (event_type.to_owned(), version))
        .collect();
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/events");
    let mut files = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let (event_type, version) = name
            .strip_suffix(".json")
            .and_then(|stem| stem.rsplit_once(".v"))
            .unwrap_or_else(|| panic!("{name}: files are <event_type>.v<N>.json"));
        let version: u16 = version.parse().unwrap();
        let known = newest
            .iter()
            .any(|(newest_type, newest)| newest_type == event_type && version <= *newest);
        assert!(known, "{name}: no event of this type and version");
        files += 1;
    }
    assert_eq!(files, newest.len(), "a file for each, and each once");
}
