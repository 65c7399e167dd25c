//! The contract of `EventStore`, sentence by sentence. Each function wants a fresh store.

use super::batches::*;
use skill_ledger::codec::batch::{AppendOutcome, Batch, IdentityTaken, KeyTaken};
use skill_ledger::codec::canonical::{Chain, event_chain, payload_digest};
use skill_ledger::codec::row::LeafRow;
use skill_ledger::domain::time::Instant;
use skill_ledger::store::{
    CheckpointOutcome, EventStore, JournalEntry, KEYS_MAX, StoreError, StoredCheckpoint, Tile,
};

fn appended(first: u64, last: u64) -> AppendOutcome {
    AppendOutcome::Appended { first, last }
}

pub async fn positions_are_gapless_and_chained(store: impl EventStore) {
    let genesis = store.head().await.unwrap();
    assert_eq!(genesis.position, 0);
    assert_eq!(genesis.chain, Chain::Event.genesis(store.ledger()));

    let first = batch(1).writing(worker(1), 0, 3).writing(worker(2), 0, 2);
    assert_eq!(store.append(first).await.unwrap(), appended(1, 5));
    let second = batch(2).writing(worker(1), 3, 1);
    assert_eq!(store.append(second).await.unwrap(), appended(6, 6));

    let rows = store.read_all(0, 100).await.unwrap();
    let mut chain = genesis.chain;
    for (n, row) in rows.iter().enumerate() {
        assert_eq!(row.position, n as u64 + 1);
        assert_eq!(row.payload_digest, payload_digest(&row.payload));
        assert_eq!(row.chain, event_chain(&chain, row));
        chain = row.chain;
    }
    let versions: Vec<u64> = rows.iter().map(|row| row.stream_version).collect();
    assert_eq!(versions, [1, 2, 3, 1, 2, 4]);
    let head = store.head().await.unwrap();
    assert_eq!((head.position, head.chain), (6, chain));
}

pub async fn what_is_written_is_read(store: impl EventStore) {
    let written = batch(1).writing(worker(1), 0, 3).writing(worker(2), 0, 2);
    let events = written.events.clone();
    store.append(written).await.unwrap();
    let more = batch(2).writing(worker(1), 3, 1);
    store.append(more).await.unwrap();

    let row = store.row(2).await.unwrap().unwrap();
    assert_eq!(row.stream, worker(1));
    assert_eq!(row.event_id, events[1].event_id);
    assert_eq!(row.causation, events[1].causation);
    assert_eq!(row.payload, events[1].payload);
    assert_eq!(
        (row.event_type.as_str(), row.schema_version),
        ("worker.noted", 1)
    );
    assert_eq!(row.request_digest, [1; 32]);
    assert_eq!(store.row(7).await.unwrap(), None);

    let rows = store
        .read_streams(&[(worker(2), 1), (worker(1), 3)])
        .await
        .unwrap();
    let positions: Vec<u64> = rows.iter().map(|row| row.position).collect();
    assert_eq!(positions, [3, 4, 5, 6]);
    assert_eq!(store.read_streams(&[(worker(9), 1)]).await.unwrap(), []);
    let page = store.read_all(4, 1).await.unwrap();
    assert_eq!(page.len(), 1);
    assert_eq!(page[0].position, 5);
    assert_eq!(store.read_all(6, 10).await.unwrap(), []);
    let rows = store.read_all(2, 3).await.unwrap();
    let leaves: Vec<LeafRow> = rows.into_iter().map(LeafRow::from).collect();
    assert_eq!(store.read_leaves(2, 3).await.unwrap(), leaves);
    assert_eq!(store.read_leaves(6, 10).await.unwrap(), []);
}

pub async fn a_heavy_page_ends_early_and_loses_nothing(store: impl EventStore) {
    let mut heavy = batch(1).writing(worker(1), 0, 40);
    for event in &mut heavy.events {
        event.payload = vec![b'x'; 1 << 20];
    }
    store.append(heavy).await.unwrap();
    let mut after = 0;
    let mut pages = 0;
    loop {
        let page = store.read_all(after, 1000).await.unwrap();
        let Some(last) = page.last() else { break };
        assert_eq!(page[0].position, after + 1);
        assert_eq!(last.position, after + page.len() as u64);
        after = last.position;
        pages += 1;
    }
    assert_eq!(after, 40);
    assert!(pages > 1);
    // What leaves are made from comes in the same pages.
    let mut after = 0;
    while let Some(last) = store.read_leaves(after, 1000).await.unwrap().last() {
        assert!(last.position > after && last.payload.len() == 1 << 20);
        after = last.position;
    }
    assert_eq!(after, 40);
}

pub async fn a_stale_version_is_a_conflict(store: impl EventStore) {
    store
        .append(batch(1).writing(worker(1), 0, 2))
        .await
        .unwrap();
    let conflict = AppendOutcome::Conflict {
        stream: worker(1),
        actual: 2,
    };
    for stale in [
        batch(2).writing(worker(1), 1, 1),
        batch(3).writing(worker(1), 3, 1),
        batch(4).writing(worker(2), 0, 1).guarding(worker(1), 1),
        batch(5).writing(worker(2), 0, 1).guarding(worker(1), 0),
    ] {
        assert_eq!(store.append(stale).await.unwrap(), conflict);
    }
    assert_eq!(store.head().await.unwrap().position, 2);
    let guarded = batch(6)
        .writing(worker(2), 0, 1)
        .guarding(worker(1), 2)
        .guarding(worker(3), 0);
    assert_eq!(store.append(guarded).await.unwrap(), appended(3, 3));
}

pub async fn one_command_has_one_effect(store: impl EventStore) {
    let once = batch(1).writing(worker(1), 0, 2).reserving("number:A", 1);
    store.append(once.clone()).await.unwrap();
    store
        .append(batch(2).writing(worker(1), 2, 1))
        .await
        .unwrap();
    let done = AppendOutcome::AlreadyDone { first: 1, last: 2 };
    assert_eq!(store.append(once.clone()).await.unwrap(), done);
    let other = Batch {
        request_digest: [9; 32],
        ..once
    };
    assert_eq!(
        store.append(other).await.unwrap(),
        AppendOutcome::CommandIdReused
    );
    let kept = store.command(batch(1).command_id).await.unwrap().unwrap();
    assert_eq!(
        (kept.request_digest, kept.first, kept.last),
        ([1; 32], 1, 2)
    );
    assert_eq!(store.command(batch(3).command_id).await.unwrap(), None);
}

pub async fn a_key_is_taken_for_ever(store: impl EventStore) {
    let first = batch(1)
        .writing(worker(1), 0, 2)
        .reserving("number:A", 1)
        .reserving("number:B", 0);
    store.append(first).await.unwrap();
    assert_eq!(store.reservation("number:A").await.unwrap(), Some(2));
    assert_eq!(store.reservation("number:C").await.unwrap(), None);
    // Many are asked at once; what is not taken is left out, what is asked twice may come twice.
    let asked = ["number:C", "number:B", "number:A", "'\"]}"].map(str::to_owned);
    let mut taken = store.reservations(&asked).await.unwrap();
    taken.sort_by_key(|it| it.position);
    let taken: Vec<_> = taken
        .iter()
        .map(|it| (it.key.as_str(), it.position, it.stream))
        .collect();
    let expected = [("number:B", 1, worker(1)), ("number:A", 2, worker(1))];
    assert_eq!(taken, expected);
    assert!(store.reservations(&[]).await.unwrap().is_empty());
    let many = vec![String::from("number:A"); KEYS_MAX + 1];
    let refused = store.reservations(&many).await.err();
    assert!(matches!(refused, Some(StoreError::Malformed(_))));
    let second = batch(2)
        .writing(worker(2), 0, 1)
        .reserving("number:C", 0)
        .reserving("number:B", 0)
        .reserving("number:A", 0);
    let taken = |key: &str, position| KeyTaken {
        key: key.to_owned(),
        position,
    };
    assert_eq!(
        store.append(second).await.unwrap(),
        AppendOutcome::KeyTaken(vec![taken("number:B", 1), taken("number:A", 2)])
    );
    assert_eq!(store.reservation("number:C").await.unwrap(), None);
    assert_eq!(store.head().await.unwrap().position, 2);
}

pub async fn one_person_per_identity(store: impl EventStore) {
    let first = batch(1)
        .writing(worker(1), 0, 1)
        .enrolling(person(1), 1)
        .sealing(person(1), "identity", 1);
    store.append(first).await.unwrap();
    let again = batch(2)
        .writing(worker(2), 0, 1)
        .enrolling(person(3), 3)
        .enrolling(person(2), 1)
        .sealing(person(2), "identity", 1);
    let taken = IdentityTaken {
        blind_index: [1; 32],
        subject: person(1),
    };
    assert_eq!(
        store.append(again).await.unwrap(),
        AppendOutcome::IdentityTaken(vec![taken])
    );
    assert_eq!(
        store.subject_by_index(&[1; 32]).await.unwrap(),
        Some(person(1))
    );
    assert_eq!(store.subject_by_index(&[3; 32]).await.unwrap(), None);
    assert_eq!(
        store.wrapped_key(person(1)).await.unwrap(),
        Some(vec![1; 73])
    );
    assert_eq!(store.wrapped_key(person(2)).await.unwrap(), None);
}

pub async fn sealed_rows_follow_their_versions(store: impl EventStore) {
    let first = batch(1)
        .writing(worker(1), 0, 1)
        .enrolling(person(1), 1)
        .enrolling(person(2), 2)
        .sealing(person(1), "identity", 1)
        .sealing(person(1), "contact", 1)
        .sealing(person(2), "identity", 1);
    store.append(first).await.unwrap();
    for (n, version, actual) in [(2, 1, 1), (3, 3, 1)] {
        let wrong = batch(n)
            .writing(worker(1), 1, 1)
            .sealing(person(1), "contact", version);
        match store.append(wrong).await {
            Err(StoreError::VaultVersion {
                subject,
                actual: found,
            }) => {
                assert_eq!((subject, found), (person(1), actual));
            }
            other => panic!("{other:?}"),
        }
    }
    let unknown = batch(4)
        .writing(worker(1), 1, 1)
        .sealing(person(9), "contact", 1);
    let refused = store.append(unknown).await;
    assert!(
        matches!(refused, Err(StoreError::UnknownSubject(p)) if p == person(9)),
        "{refused:?}"
    );

    let next = batch(5)
        .writing(worker(1), 1, 1)
        .sealing(person(1), "contact", 2);
    store.append(next).await.unwrap();
    let contact = store
        .sealed_row(person(1), "contact")
        .await
        .unwrap()
        .unwrap();
    assert_eq!((contact.version, contact.nonce), (2, [2; 24]));
    assert_eq!(store.sealed_rows(person(1)).await.unwrap().len(), 2);
    assert_eq!(store.sealed_row(person(2), "contact").await.unwrap(), None);
    let identities = store
        .sealed_field(&[person(2), person(9), person(1)], "identity")
        .await
        .unwrap();
    let whose: Vec<_> = identities.iter().map(|row| row.subject).collect();
    assert_eq!(whose, [person(2), person(1)]);
    assert_eq!(store.subjects(None, 1).await.unwrap(), [person(1)]);
    assert_eq!(
        store.subjects(Some(person(1)), 10).await.unwrap(),
        [person(2)]
    );
}

pub async fn erasure_leaves_the_events(store: impl EventStore) {
    let first = batch(1)
        .writing(worker(1), 0, 1)
        .enrolling(person(1), 1)
        .enrolling(person(2), 2)
        .sealing(person(1), "identity", 1)
        .sealing(person(2), "identity", 1);
    store.append(first).await.unwrap();
    let mut erase = batch(2).writing(worker(1), 1, 1);
    erase.erase = vec![person(1)];
    assert_eq!(store.append(erase).await.unwrap(), appended(2, 2));
    assert_eq!(store.wrapped_key(person(1)).await.unwrap(), None);
    assert_eq!(store.subject_by_index(&[1; 32]).await.unwrap(), None);
    assert_eq!(store.sealed_rows(person(1)).await.unwrap(), []);
    assert_eq!(store.sealed_rows(person(2)).await.unwrap().len(), 1);
    assert_eq!(store.read_all(0, 10).await.unwrap().len(), 2);
}

pub async fn recorded_time_never_goes_back(store: impl EventStore) {
    for (n, (now, recorded)) in [(500, 500), (400, 500), (i64::MIN, 500), (501, 501)]
        .into_iter()
        .enumerate()
    {
        let mut next = batch(n as u128 + 1).writing(worker(n as u128), 0, 1);
        next.now = Instant(now);
        store.append(next).await.unwrap();
        assert_eq!(store.head().await.unwrap().recorded_at, Instant(recorded));
        assert_eq!(
            store.row(n as u64 + 1).await.unwrap().unwrap().recorded_at,
            Instant(recorded)
        );
    }
}

pub async fn a_malformed_batch_writes_nothing(store: impl EventStore) {
    let whole = || batch(1).writing(worker(1), 0, 1);
    let mut unexpected = whole();
    unexpected.expected.clear();
    let mut long = whole();
    long.events[0].payload = vec![b' '; (1 << 20) + 1];
    let mut many = whole();
    many.events = vec![many.events[0].clone(); Batch::EVENTS_MAX + 1];
    let mut untyped = whole();
    untyped.events[0].event_type = "";
    let mut both = whole().enrolling(person(1), 1);
    both.erase = vec![person(1)];
    for bad in [
        batch(1),
        unexpected,
        long,
        many,
        untyped,
        both,
        whole().writing(worker(1), 0, 1),
        whole().reserving("number:A", 1),
        whole().reserving("number:A", 0).reserving("number:A", 0),
        whole().reserving("", 0),
        whole().enrolling(person(1), 1).enrolling(person(2), 1),
        whole().enrolling(person(1), 1).enrolling(person(1), 2),
        whole()
            .enrolling(person(1), 1)
            .sealing(person(1), "f", 1)
            .sealing(person(1), "f", 2),
    ] {
        let refused = store.append(bad).await;
        assert!(
            matches!(refused, Err(StoreError::Malformed(_))),
            "{refused:?}"
        );
    }
    assert_eq!(store.head().await.unwrap().position, 0);
    assert_eq!(store.append(whole()).await.unwrap(), appended(1, 1));
}

pub async fn the_largest_append_is_one_append(store: impl EventStore) {
    let mut large = batch(1);
    for n in 0..12_500 {
        large = large
            .writing(worker(n), 0, 2)
            .reserving(&format!("number:{n}"), 2 * n as usize);
    }
    assert_eq!(store.append(large).await.unwrap(), appended(1, 25_000));
    assert_eq!(
        store.reservation("number:12499").await.unwrap(),
        Some(24_999)
    );
    let streams: Vec<_> = (0..12_500).map(|n| (worker(n), 2)).collect();
    assert_eq!(store.read_streams(&streams).await.unwrap().len(), 12_500);
}

/// Two writers of one store: every stream's version is taken once, whoever comes first.
pub async fn rivals_never_share_a_version(store: impl EventStore + 'static) {
    let store = std::sync::Arc::new(store);
    let mut rivals = tokio::task::JoinSet::new();
    for n in 1..=24u128 {
        let store = store.clone();
        rivals.spawn(async move {
            let rival = batch(n)
                .writing(worker(n % 4), 0, 1)
                .reserving(&format!("k{}", n % 6), 0);
            store.append(rival).await.unwrap()
        });
    }
    let mut positions = Vec::new();
    while let Some(outcome) = rivals.join_next().await {
        if let AppendOutcome::Appended { first, .. } = outcome.unwrap() {
            positions.push(first);
        }
    }
    positions.sort_unstable();
    let rows = store.read_all(0, 100).await.unwrap();
    assert_eq!(positions, (1..=rows.len() as u64).collect::<Vec<_>>());
    let streams: std::collections::BTreeSet<_> = rows.iter().map(|row| row.stream).collect();
    assert_eq!(streams.len(), rows.len());
}

pub async fn checkpoints_are_compare_and_swap(store: impl EventStore) {
    let checkpoint = |tree_size, note: &str| StoredCheckpoint {
        tree_size,
        note: note.to_owned(),
        signed_at: Instant(5),
    };
    let tile = |hashes: usize| Tile {
        level: 0,
        index: 0,
        hashes: (0..hashes * 32).map(|n| (n / 32) as u8).collect(),
    };
    store
        .append(batch(1).writing(worker(1), 0, 5))
        .await
        .unwrap();
    assert_eq!(store.log_state().await.unwrap(), None);
    let first = store
        .commit_checkpoint(0, vec![tile(3)], checkpoint(3, "a"))
        .await
        .unwrap();
    assert_eq!(first, CheckpointOutcome::Committed);
    let rival = store
        .commit_checkpoint(0, vec![tile(5)], checkpoint(5, "b"))
        .await
        .unwrap();
    assert_eq!(rival, CheckpointOutcome::Conflict { actual_size: 3 });
    for impossible in [checkpoint(3, "c"), checkpoint(2, "c"), checkpoint(6, "c")] {
        let refused = store.commit_checkpoint(3, vec![], impossible).await;
        assert!(
            matches!(refused, Err(StoreError::Malformed(_))),
            "{refused:?}"
        );
    }
    let next = store
        .commit_checkpoint(3, vec![tile(5)], checkpoint(5, "d"))
        .await
        .unwrap();
    assert_eq!(next, CheckpointOutcome::Committed);
    assert_eq!(store.log_state().await.unwrap(), Some(checkpoint(5, "d")));
    assert_eq!(
        store.checkpoint_covering(2).await.unwrap(),
        Some(checkpoint(3, "a"))
    );
    assert_eq!(
        store.checkpoint_covering(3).await.unwrap(),
        Some(checkpoint(3, "a"))
    );
    assert_eq!(
        store.checkpoint_covering(4).await.unwrap(),
        Some(checkpoint(5, "d"))
    );
    assert_eq!(store.checkpoint_covering(6).await.unwrap(), None);
    assert_eq!(
        store.checkpoints(0, 10).await.unwrap(),
        [checkpoint(3, "a"), checkpoint(5, "d")]
    );
    assert_eq!(store.tiles(&[(1, 0), (0, 0)]).await.unwrap(), [tile(5)]);
}

pub async fn looks_are_journalled(store: impl EventStore) {
    let look = |at, subject: u128| JournalEntry {
        at: Instant(at),
        actor: None,
        kind: "certificate-lookup",
        subject: Some(person(subject)),
        position: Some(9),
    };
    assert_eq!(
        store.journal(vec![look(5, 1), look(3, 2)]).await.unwrap(),
        2
    );
    assert_eq!(store.journal(vec![look(4, 1)]).await.unwrap(), 3);
    let looks = store.journal_of(person(1), 0, 10).await.unwrap();
    let times: Vec<_> = looks.iter().map(|row| (row.sequence, row.at.0)).collect();
    assert_eq!(times, [(1, 5), (3, 5)]);
    assert_eq!(store.journal_of(person(1), 1, 10).await.unwrap().len(), 1);
    assert!(matches!(
        store.journal(vec![]).await,
        Err(StoreError::Malformed(_))
    ));
}
