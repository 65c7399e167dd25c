//! A group is judged as if its batches came one after the other, and whoever is refused costs the
//! others nothing.

use super::judge::{Facts, Questions, judge};
use super::{Answered, Engine, Queue};
use crate::codec::batch::SealedRow;
use crate::codec::batch::{AppendOutcome, Batch, KeyTaken, NewEvent, NewSubject, Reservation};
use crate::codec::canonical::event_chain;
use crate::domain::ids::{AccountId, CommandId, EventId, StreamId, SubjectId, WorkerId};
use crate::domain::time::Instant;
use crate::store::{CommandDone, Head, StoreError};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use uuid::Uuid;

fn stream(n: u128) -> StreamId {
    WorkerId(Uuid::from_u128(n)).into()
}

fn batch(command: u128, stream_n: u128, expected: u64, events: u128) -> Batch {
    let event = |n: u128| NewEvent {
        stream: stream(stream_n),
        event_id: EventId(Uuid::from_u128(command << 32 | n)),
        event_type: "worker.noted",
        schema_version: 1,
        causation: None,
        payload: vec![b'x'; 10],
    };
    Batch {
        command_id: CommandId(Uuid::from_u128(command)),
        request_digest: [1; 32],
        actor: AccountId(Uuid::from_u128(2)),
        now: Instant(1_000),
        expected: vec![(stream(stream_n), expected)],
        events: (0..events).map(event).collect(),
        guards: Vec::new(),
        reservations: Vec::new(),
        subjects: Vec::new(),
        sealed: Vec::new(),
        erase: Vec::new(),
    }
}

fn facts() -> Facts {
    Facts {
        head: Head {
            position: 10,
            chain: [7; 32],
            recorded_at: Instant(5_000),
        },
        versions: HashMap::from([(stream(1), 4)]),
        taken: HashMap::from([("number:old".to_owned(), 3)]),
        done: HashMap::new(),
        identities: HashMap::new(),
        known: HashSet::new(),
        sealed: HashMap::new(),
    }
}

fn answers(batches: Vec<Batch>) -> Vec<AppendOutcome> {
    let judged = judge(facts(), batches);
    judged.verdicts.into_iter().map(Result::unwrap).collect()
}

fn appended(first: u64, last: u64) -> AppendOutcome {
    AppendOutcome::Appended { first, last }
}

#[test]
fn a_group_takes_one_run_of_positions_and_one_chain() {
    let judged = judge(facts(), vec![batch(1, 1, 4, 2), batch(2, 2, 0, 3)]);
    let outcomes: Vec<_> = judged.verdicts.into_iter().map(Result::unwrap).collect();
    assert_eq!(outcomes, [appended(11, 12), appended(13, 15)]);
    let rows = &judged.plan.rows;
    let positions: Vec<u64> = rows.iter().map(|row| row.position).collect();
    assert_eq!(positions, [11, 12, 13, 14, 15]);
    let versions: Vec<u64> = rows.iter().map(|row| row.stream_version).collect();
    assert_eq!(versions, [5, 6, 1, 2, 3]);
    let mut chain = [7; 32];
    for row in rows {
        assert_eq!(row.chain, event_chain(&chain, row));
        // The head is later than the callers' clock: recorded time does not go back.
        assert_eq!(row.recorded_at, Instant(5_000));
        chain = row.chain;
    }
    assert_eq!(judged.plan.end().unwrap().chain, chain);
    let done = CommandDone {
        request_digest: [1; 32],
        first: 13,
        last: 15,
    };
    assert_eq!(
        judged.plan.commands[1],
        (CommandId(Uuid::from_u128(2)), done)
    );
}

#[test]
fn on_what_is_supposed_a_group_is_judged_as_on_what_is_so() {
    let mut keyed = batch(2, 2, 0, 3);
    keyed.reservations = vec![Reservation {
        key: "number:new".into(),
        event: 1,
    }];
    keyed.guards = vec![(stream(1), 6), (stream(9), 0)];
    let late = batch(3, 1, 4, 1);
    let group = vec![batch(1, 1, 4, 2), keyed, late];
    let supposed = Facts::supposed(facts().head, &group).unwrap();
    assert_eq!(supposed.versions[&stream(1)], 4);
    assert_eq!(supposed.versions[&stream(9)], 0);
    let (so, supposed) = (judge(facts(), group.clone()), judge(supposed, group));
    assert_eq!(so.plan.rows, supposed.plan.rows);
    let outcomes = |judged: super::judge::Judged| -> Vec<_> {
        judged.verdicts.into_iter().map(Result::unwrap).collect()
    };
    assert_eq!(outcomes(so), outcomes(supposed));
}

#[test]
fn nothing_is_supposed_of_persons() {
    let mut erasing = batch(2, 2, 0, 1);
    erasing.erase = vec![SubjectId(Uuid::from_u128(5))];
    assert!(Facts::supposed(facts().head, &[batch(1, 1, 4, 1), erasing]).is_none());
}

#[test]
fn of_two_who_write_one_stream_the_second_is_told_the_version_the_first_made() {
    let conflict = AppendOutcome::Conflict {
        stream: stream(1),
        actual: 6,
    };
    let rivals = vec![batch(1, 1, 4, 2), batch(2, 1, 4, 1), batch(3, 1, 6, 1)];
    assert_eq!(
        answers(rivals),
        [appended(11, 12), conflict, appended(13, 13)]
    );
}

#[test]
fn a_guard_sees_what_the_group_wrote_before_it() {
    let mut guarded = batch(2, 2, 0, 1);
    guarded.guards = vec![(stream(1), 4)];
    let outcomes = answers(vec![guarded.clone(), batch(1, 1, 4, 1)]);
    assert_eq!(outcomes, [appended(11, 11), appended(12, 12)]);
    let conflict = AppendOutcome::Conflict {
        stream: stream(1),
        actual: 5,
    };
    assert_eq!(
        answers(vec![batch(1, 1, 4, 1), guarded]),
        [appended(11, 11), conflict]
    );
}

#[test]
fn a_key_and_a_command_are_taken_once_in_a_group_too() {
    let taking = |command, stream_n, key: &str| {
        let mut it = batch(command, stream_n, 0, 1);
        it.reservations.push(Reservation {
            key: key.to_owned(),
            event: 0,
        });
        it
    };
    let mut other_request = taking(2, 5, "number:b");
    other_request.request_digest = [9; 32];
    let taken = |key: &str, position| {
        AppendOutcome::KeyTaken(vec![KeyTaken {
            key: key.to_owned(),
            position,
        }])
    };
    let again = AppendOutcome::AlreadyDone {
        first: 11,
        last: 11,
    };
    let group = vec![
        taking(2, 2, "number:a"),
        taking(3, 3, "number:a"),
        taking(4, 4, "number:old"),
        taking(2, 2, "number:a"),
        other_request,
    ];
    assert_eq!(
        answers(group),
        [
            appended(11, 11),
            taken("number:a", 11),
            taken("number:old", 3),
            again,
            AppendOutcome::CommandIdReused,
        ]
    );
}

#[test]
fn who_touches_a_person_touched_in_the_group_waits_for_the_next_commit() {
    let person = SubjectId(Uuid::from_u128(77));
    let mut new = batch(1, 2, 0, 1);
    new.subjects.push(NewSubject {
        subject: person,
        wrapped_key: vec![1],
        blind_index: Some([3; 32]),
    });
    let mut next = batch(2, 3, 0, 1);
    next.sealed.push(SealedRow {
        subject: person,
        field: "contact".into(),
        version: 1,
        nonce: [0; 24],
        ciphertext: vec![1],
    });
    let judged = judge(facts(), vec![new, next.clone(), batch(3, 4, 0, 1)]);
    assert_eq!(judged.verdicts.len(), 1);
    let waiting: Vec<_> = judged.rest.iter().map(|it| it.command_id).collect();
    assert_eq!(
        waiting,
        [CommandId(Uuid::from_u128(2)), CommandId(Uuid::from_u128(3))]
    );
    // Alone and unknown to the vault, the sealed row is refused, and nothing is written for it.
    let judged = judge(facts(), vec![next]);
    assert!(matches!(judged.verdicts[0], Err(StoreError::UnknownSubject(it)) if it == person));
    assert!(judged.plan.rows.is_empty() && judged.plan.end().is_none());
}

#[test]
fn what_is_asked_names_every_stream_and_key_once() {
    let mut first = batch(1, 1, 4, 1);
    first.guards = vec![(stream(2), 0)];
    let asked = Questions::of(&[first, batch(2, 2, 0, 1)]);
    assert_eq!(asked.streams, [stream(1), stream(2)]);
    assert_eq!(asked.commands.len(), 2);
}

/// Refuses every group that has a poisoned command in it, and stores the others in memory.
struct Poisoned(Arc<Mutex<Vec<usize>>>);

const POISON: u128 = 13;

impl Engine for Poisoned {
    async fn commit(&mut self, group: Vec<Batch>, now: Instant) -> Result<Answered, StoreError> {
        let _ = now;
        self.0.lock().unwrap().push(group.len());
        if group.iter().any(|it| it.command_id.0.as_u128() == POISON) {
            return Err(StoreError::Refused("a rule of the schema".into()));
        }
        Ok(Answered {
            answers: group.iter().map(|_| Ok(appended(1, 1))).collect(),
            rest: Vec::new(),
        })
    }
}

#[tokio::test]
async fn one_batch_the_schema_refuses_does_not_take_others_with_it_twice() {
    let groups = Arc::new(Mutex::new(Vec::new()));
    let queue = Arc::new(Queue::before(Poisoned(Arc::clone(&groups))));
    let all = [1, POISON, 2, 3];
    let mut done = HashSet::new();
    for _ in 0..3 {
        let waiting: Vec<_> = all
            .iter()
            .filter(|n| !done.contains(*n))
            .map(|n| {
                let (queue, n) = (Arc::clone(&queue), *n);
                tokio::spawn(async move { (n, queue.append(batch(n, n, 0, 1)).await) })
            })
            .collect();
        for task in waiting {
            match task.await.unwrap() {
                (n, Ok(_)) => assert!(n != POISON && done.insert(n)),
                (n, Err(StoreError::Refused(_))) => assert!(n == POISON && done.insert(n)),
                (_, Err(error)) => assert!(matches!(error, StoreError::Busy { .. }), "{error:?}"),
            }
        }
    }
    assert_eq!(done.len(), all.len(), "{groups:?}");
}

#[tokio::test]
async fn a_queue_that_is_full_says_busy_at_once() {
    /// Never comes back.
    struct Stuck;
    impl Engine for Stuck {
        async fn commit(&mut self, _: Vec<Batch>, _: Instant) -> Result<Answered, StoreError> {
            std::future::pending().await
        }
    }
    let queue = Arc::new(Queue::before(Stuck));
    let mut large = batch(1, 1, 0, 1);
    large.events[0].payload = vec![b'x'; crate::codec::envelope::PAYLOAD_BYTES_MAX];
    let mut refused = None;
    for n in 0..10_000 {
        let mut next = large.clone();
        next.command_id = CommandId(Uuid::from_u128(n));
        let mut waiting = Box::pin({
            let queue = Arc::clone(&queue);
            async move { queue.append(next).await }
        });
        tokio::select! {
            biased;
            answer = &mut waiting => { refused = Some(answer); break }
            () = tokio::task::yield_now() => { tokio::spawn(waiting); }
        }
    }
    assert!(
        matches!(refused, Some(Err(StoreError::Busy { .. }))),
        "{refused:?}"
    );
}
