use super::canonical::{
    Chain, JournalRow, checkpoint_chain, event_bytes, event_chain, journal_chain,
};
use super::envelope::{self, NotAnEnvelope};
use super::row::Row;
use crate::domain::background::OutsideKind;
use crate::domain::ids::*;
use crate::domain::level::SkillLevel;
use crate::domain::rules::eligibility::{Condition, Counted, Reach};
use crate::domain::time::Instant;
use proptest::prelude::*;
use uuid::Uuid;

fn uuid() -> impl Strategy<Value = Uuid> {
    any::<u128>().prop_map(Uuid::from_u128)
}

fn stream() -> impl Strategy<Value = StreamId> {
    (0..StreamKind::ALL.len(), uuid()).prop_map(|(k, id)| StreamId::new(StreamKind::ALL[k], id))
}

prop_compose! {
    fn row()(
        position in 1..u64::MAX, stream in stream(), stream_version in any::<u64>(),
        event_id in uuid(), event_type in "[a-z._]{0,12}", schema_version in any::<u16>(),
        recorded_at in any::<i64>(), actor in uuid(), command_id in uuid(),
    )(
        request_digest in any::<[u8; 32]>(), causation in proptest::option::of(uuid()),
        payload in proptest::collection::vec(any::<u8>(), 0..60), payload_digest in any::<[u8; 32]>(),
        position in Just(position), stream in Just(stream), stream_version in Just(stream_version),
        event_id in Just(event_id), event_type in Just(event_type),
        schema_version in Just(schema_version), recorded_at in Just(recorded_at),
        actor in Just(actor), command_id in Just(command_id),
    ) -> Row {
        Row {
            position, stream, stream_version, event_id: EventId(event_id), event_type,
            schema_version, recorded_at: Instant(recorded_at), actor: AccountId(actor),
            command_id: CommandId(command_id), request_digest, causation: causation.map(EventId),
            payload, payload_digest, chain: [0; 32],
        }
    }
}

/// `row` with column `n` of the 13 changed; the chain column is not among them.
fn with_column_changed(row: &Row, n: usize, bit: u32) -> Row {
    let mut changed = row.clone();
    let turn = |id: Uuid| Uuid::from_u128(id.as_u128() ^ (1 << (bit % 128)));
    match n {
        0 => changed.position ^= 1 << (bit % 64),
        1 => changed.stream.id = turn(changed.stream.id),
        2 => changed.stream_version ^= 1 << (bit % 64),
        3 => changed.event_id = EventId(turn(changed.event_id.0)),
        4 => changed.event_type.push('x'),
        5 => changed.schema_version ^= 1 << (bit % 16),
        6 => changed.recorded_at.0 ^= 1 << (bit % 64),
        7 => changed.actor = AccountId(turn(changed.actor.0)),
        8 => changed.command_id = CommandId(turn(changed.command_id.0)),
        9 => changed.request_digest[bit as usize % 32] ^= 1,
        10 => {
            changed.causation = match changed.causation {
                Some(id) if bit.is_multiple_of(2) => Some(EventId(turn(id.0))),
                Some(_) => None,
                None => Some(EventId(Uuid::from_u128(u128::from(bit)))),
            }
        }
        11 => changed.payload.push(bit as u8),
        _ => changed.payload_digest[bit as usize % 32] ^= 1,
    }
    changed
}

/// The inverse of the encoding: the columns of canonical bytes.
fn columns(mut bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut columns = Vec::new();
    while !bytes.is_empty() {
        let (length, rest) = bytes.split_at(8);
        let length = u64::from_be_bytes(length.try_into().unwrap()) as usize;
        let (column, rest) = rest.split_at(length);
        columns.push(column.to_vec());
        bytes = rest;
    }
    columns
}

proptest! {
    #[test]
    fn any_column_changed_changes_the_chain(row in row(), n in 0usize..13, bit in any::<u32>(), previous in any::<[u8; 32]>()) {
        let changed = with_column_changed(&row, n, bit);
        prop_assert_ne!(&changed, &row);
        prop_assert_ne!(event_bytes(&changed), event_bytes(&row));
        prop_assert_ne!(event_chain(&previous, &changed), event_chain(&previous, &row));
    }

    #[test]
    fn the_previous_value_is_in_the_chain(row in row(), previous in any::<[u8; 32]>(), byte in 0usize..32) {
        let mut other = previous;
        other[byte] ^= 1;
        prop_assert_ne!(event_chain(&previous, &row), event_chain(&other, &row));
    }

    /// Injective because it can be read back: thirteen columns, each recovered exactly.
    #[test]
    fn canonical_bytes_read_back_column_by_column(row in row()) {
        let columns = columns(&event_bytes(&row));
        prop_assert_eq!(columns.len(), 13);
        prop_assert_eq!(&columns[0], &row.position.to_be_bytes().to_vec());
        prop_assert_eq!(&columns[1], &row.stream.to_string().into_bytes());
        prop_assert_eq!(&columns[4], &row.event_type.clone().into_bytes());
        prop_assert_eq!(columns[10].len(), if row.causation.is_some() { 16 } else { 0 });
        prop_assert_eq!(&columns[11], &row.payload);
        prop_assert_eq!(&columns[12], &row.payload_digest.to_vec());
    }

    #[test]
    fn an_envelope_opens_to_what_was_put_in(text in ".{0,40}", number in any::<i64>(), salt in any::<[u8; 16]>()) {
        let data = serde_json::json!({ "text": text, "number": number });
        let payload = envelope::encode(&data, salt).unwrap();
        let opened = envelope::open(&payload).unwrap();
        prop_assert_eq!(opened.salt, salt);
        prop_assert_eq!(opened.data.get(), serde_json::to_string(&data).unwrap());
    }

    /// One byte more or less, or another byte, is another payload or none.
    #[test]
    fn an_envelope_has_one_form(salt in any::<[u8; 16]>(), at in any::<usize>(), byte in any::<u8>()) {
        let payload = envelope::encode(&7, salt).unwrap();
        let mut spaced = payload.clone();
        spaced.insert(at % (payload.len() + 1), b' ');
        prop_assert!(envelope::open(&spaced).is_err());
        let mut other = payload.clone();
        let at = at % payload.len();
        other[at] = byte;
        if let Ok(opened) = envelope::open(&other) {
            prop_assert!(other == payload || opened.salt != salt || opened.data.get() != "7");
        }
    }
}

#[test]
fn what_is_no_envelope_is_refused() {
    let salt = "00112233445566778899aabbccddeeff";
    for (payload, why) in [
        (String::new(), NotAnEnvelope::NotJson),
        (
            format!("{{\"data\":1,\"salt\":\"{salt}\"}} "),
            NotAnEnvelope::NotCompact,
        ),
        (
            format!("{{\"salt\":\"{salt}\",\"data\":1}}"),
            NotAnEnvelope::NotCompact,
        ),
        (
            format!("{{\"data\":1,\"salt\":\"{}\"}}", salt.to_uppercase()),
            NotAnEnvelope::NotCompact,
        ),
        (
            format!("{{\"data\":1,\"salt\":\"{}\"}}", &salt[2..]),
            NotAnEnvelope::BadSalt,
        ),
        (
            format!("{{\"data\":1,\"data\":1,\"salt\":\"{salt}\"}}"),
            NotAnEnvelope::NotJson,
        ),
        (
            format!("{{\"data\":1,\"salt\":\"{salt}\",\"x\":1}}"),
            NotAnEnvelope::NotJson,
        ),
        (
            " ".repeat(envelope::PAYLOAD_BYTES_MAX + 1),
            NotAnEnvelope::TooLong(envelope::PAYLOAD_BYTES_MAX + 1),
        ),
    ] {
        assert_eq!(envelope::open(payload.as_bytes()).map(|o| o.salt), Err(why));
    }
}

#[test]
fn each_chain_and_each_ledger_begins_elsewhere() {
    let mut seen = std::collections::BTreeSet::new();
    for chain in Chain::ALL {
        for ledger in [1, 2] {
            assert!(seen.insert(chain.genesis(LedgerId(Uuid::from_u128(ledger)))));
        }
    }
}

#[test]
fn every_column_of_a_journal_row_and_of_a_checkpoint_is_in_its_chain() {
    let row = JournalRow {
        sequence: 1,
        at: Instant(2),
        actor: None,
        kind: "look".into(),
        subject: None,
        position: None,
        chain: [0; 32],
    };
    let id = Uuid::from_u128(9);
    let variants = [
        row.clone(),
        JournalRow {
            sequence: 2,
            ..row.clone()
        },
        JournalRow {
            at: Instant(3),
            ..row.clone()
        },
        JournalRow {
            actor: Some(AccountId(id)),
            ..row.clone()
        },
        JournalRow {
            kind: "loo".into(),
            ..row.clone()
        },
        JournalRow {
            subject: Some(SubjectId(id)),
            ..row.clone()
        },
        JournalRow {
            position: Some(1),
            ..row.clone()
        },
    ];
    let chains: std::collections::BTreeSet<_> = variants
        .iter()
        .map(|r| journal_chain(&[0; 32], r))
        .collect();
    assert_eq!(chains.len(), variants.len());

    let base = checkpoint_chain(&[0; 32], 5, 3, "note", Instant(1));
    for other in [
        checkpoint_chain(&[1; 32], 5, 3, "note", Instant(1)),
        checkpoint_chain(&[0; 32], 6, 3, "note", Instant(1)),
        checkpoint_chain(&[0; 32], 5, 4, "note", Instant(1)),
        checkpoint_chain(&[0; 32], 5, 3, "not", Instant(1)),
        checkpoint_chain(&[0; 32], 5, 3, "note", Instant(0)),
    ] {
        assert_ne!(other, base);
    }
}

/// The formats are frozen: these bytes were computed once and never change.
#[test]
fn frozen_values() {
    let id = |n: u128| Uuid::from_u128(n);
    let payload = envelope::encode(&serde_json::json!({"n": 1}), *b"0123456789abcdef").unwrap();
    assert_eq!(
        String::from_utf8(payload.clone()).unwrap(),
        r#"{"data":{"n":1},"salt":"30313233343536373839616263646566"}"#
    );
    let row = Row {
        position: 1,
        stream: StreamId::new(StreamKind::Worker, id(2)),
        stream_version: 1,
        event_id: EventId(id(3)),
        event_type: "worker.enrolled".into(),
        schema_version: 1,
        recorded_at: Instant(1_780_000_000_000_000),
        actor: AccountId(id(4)),
        command_id: CommandId(id(5)),
        request_digest: [6; 32],
        causation: None,
        payload_digest: super::canonical::payload_digest(&payload),
        payload,
        chain: [0; 32],
    };
    let look = JournalRow {
        sequence: 1,
        at: Instant(7),
        actor: Some(AccountId(id(4))),
        kind: "certificate-lookup".into(),
        subject: Some(SubjectId(id(2))),
        position: Some(1),
        chain: [0; 32],
    };
    let sealed = super::batch::SealedRow {
        subject: SubjectId(id(2)),
        field: "identity".into(),
        version: 1,
        nonce: [8; 24],
        ciphertext: vec![9; 20],
    };
    let person = super::batch::NewSubject {
        subject: SubjectId(id(2)),
        wrapped_key: vec![1; 73],
        blind_index: Some([2; 32]),
    };
    let genesis = Chain::Event.genesis(LedgerId(id(1)));
    let journal = Chain::Journal.genesis(LedgerId(id(1)));
    let values = [
        ("payload digest", row.payload_digest),
        ("genesis", genesis),
        ("event chain", event_chain(&genesis, &row)),
        (
            "checkpoint chain",
            checkpoint_chain(&genesis, 1, 0, "note\n", Instant(7)),
        ),
        ("journal chain", journal_chain(&journal, &look)),
        ("sealed row", sealed.digest()),
        ("subject", person.digest()),
    ];
    let shown: Vec<String> = values
        .iter()
        .map(|(name, value)| format!("{name} {}", hex::encode(value)))
        .collect();
    assert_eq!(shown, FROZEN);
}

const FROZEN: [&str; 7] = [
    "payload digest f5c39abcc095aef48903d4702cfda4bde10948c385a86250469a32e780981679",
    "genesis 7957a8807922f33be4336fe001131b3b59cf5ef10e21fce6746b72222190726d",
    "event chain 92e56516811c2f7e67a48477192c74eca4360acc0562b7d34a338d1a486866ae",
    "checkpoint chain cc880634a11a4de13db2178bfefd2c9427e1787dfdb6222dc766b0ee3c626ce3",
    "journal chain 8990507cfcc6e306499dfe449057506015d7df039b40b73b198fb8bd03ef6176",
    "sealed row dc652ea7a784ac07c8f0034a4012ede875916b705bf03af0c071bf82da9daad9",
    "subject dc65e4902c3b114daa1ebb7a72b1717904df5b76bf33061fbc56b57a748ff75e",
];

#[test]
fn no_years_are_left_out_of_a_document_and_years_stand_in_it() {
    let written = |condition: &Condition| {
        let json = serde_json::to_string(condition).unwrap();
        assert_eq!(
            &serde_json::from_str::<Condition>(&json).unwrap(),
            condition
        );
        json.contains("years")
    };
    let outside = |years| Condition::Outside {
        certificate: OutsideKind::PreparatoryTechnician,
        reach: Reach::Own,
        years,
        counted: Counted::Work,
    };
    assert!(!written(&Condition::level(SkillLevel::Four)) && !written(&outside(0)));
    assert!(written(&Condition::work_after_level(SkillLevel::Four, 3)) && written(&outside(2)));
    let typo = r#"{"kind":"work-years","years":5,"reech":"own"}"#;
    assert!(serde_json::from_str::<Condition>(typo).is_err());
}
