//! History has a golden file: every `(event_type, schema_version)` ever written stands in
//! `tests/golden/events/<event_type>.v<N>.json`, its data as it was written (the salt around it
//! is the codec's). Today's code reads each and writes the newest byte for byte. A file here is
//! never changed; a new shape is a new version with a new file.

use skill_ledger::codec::canonical::payload_digest;
use skill_ledger::codec::registry;
use skill_ledger::codec::row::Row;
use skill_ledger::domain::event::Event;
use skill_ledger::domain::ids::{AccountId, CommandId, EventId, StreamId};
use skill_ledger::domain::time::Instant;
use std::collections::BTreeSet;
use std::path::PathBuf;
use uuid::Uuid;

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
    let mut files = 0usize;
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
    let written: usize = newest.iter().map(|(_, newest)| usize::from(*newest)).sum();
    assert_eq!(files, written, "a file for each version, and each once");
}

/// What the store reads back: each file under its version through envelope and upcasters; the
/// newest comes out of the registry byte for byte.
#[test]
fn every_golden_file_is_read_through_the_registry() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/events");
    for (kind, event_type, newest) in Event::types() {
        for version in 1..=newest {
            let path = folder.join(format!("{event_type}.v{version}.json"));
            let text = std::fs::read_to_string(&path).unwrap();
            let payload = format!(
                "{{\"data\":{},\"salt\":\"{}\"}}",
                text.trim_end(),
                "07".repeat(16)
            );
            let row = Row {
                position: 1,
                stream: StreamId::new(kind, Uuid::nil()),
                stream_version: 1,
                event_id: EventId(Uuid::nil()),
                event_type: event_type.to_owned(),
                schema_version: version,
                recorded_at: Instant(0),
                actor: AccountId(Uuid::nil()),
                command_id: CommandId(Uuid::nil()),
                request_digest: [0; 32],
                causation: None,
                payload_digest: payload_digest(payload.as_bytes()),
                payload: payload.into_bytes(),
                chain: [0; 32],
            };
            let event = registry::decode(&row).unwrap();
            if version == newest {
                let encoded = registry::encode(&event, [7; 16]).unwrap();
                assert_eq!(
                    (encoded.event_type, encoded.schema_version),
                    (event_type, newest)
                );
                assert_eq!(encoded.payload, row.payload);
            }
            let newer = Row {
                schema_version: newest + 1,
                ..row
            };
            assert!(registry::decode(&newer).is_err());
        }
    }
}
