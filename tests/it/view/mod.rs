//! Views: what the events make of them, built again, switched, compared, and asked of any position.

mod as_of;
mod edit;
mod engines;
mod ground;
mod read;
mod rebuild;
mod story;

use ground::*;
use jiff::civil::{Date, date};
use serde_json::json;
use skill_ledger::codec::batch::{AppendOutcome, Batch, NewEvent};
use skill_ledger::codec::registry;
use skill_ledger::domain::attainment::{Assessed, Attainment};
use skill_ledger::domain::authority::event::*;
use skill_ledger::domain::body::event::*;
use skill_ledger::domain::certificate::event::*;
use skill_ledger::domain::digest::Digest;
use skill_ledger::domain::event::Event;
use skill_ledger::domain::ids::*;
use skill_ledger::domain::level::SkillLevel;
use skill_ledger::domain::name::Name;
use skill_ledger::domain::proposal::*;
use skill_ledger::domain::route::Route;
use skill_ledger::domain::score::{Marks, Verdict};
use skill_ledger::domain::session::basis::ResultBasis;
use skill_ledger::domain::session::event::*;
use skill_ledger::domain::session::step::{ResultChanged, ResultStruck};
use skill_ledger::domain::time::Instant;
use skill_ledger::domain::worker::event::*;
use skill_ledger::projection::{self, Target};
use skill_ledger::store::{AnyStore, EventStore, StoreError};
use skill_ledger::view::Views;
use skill_ledger::view::body::Standing;
use skill_ledger::view::certificate::CertificateState;
use skill_ledger::view::proposal::ProposalState;
use skill_ledger::view::published::PublishedKind;
use skill_ledger::view::session::SessionState;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection as _};
use std::collections::HashMap;
use story::*;
use uuid::Uuid;

/// Appends events in several commits, as commands would.
async fn append(store: &AnyStore, events: Vec<(StreamId, Event)>) {
    let mut versions: HashMap<StreamId, u64> = HashMap::new();
    for (stream, _) in &events {
        if !versions.contains_key(stream) {
            let rows = store.read_streams(&[(*stream, 1)]).await.unwrap();
            versions.insert(*stream, rows.len() as u64);
        }
    }
    for (n, chunk) in events.chunks(7).enumerate() {
        let head = store.head().await.unwrap().position;
        let mut expected: HashMap<StreamId, u64> = HashMap::new();
        for (stream, _) in chunk {
            let version = versions.entry(*stream).or_default();
            expected.entry(*stream).or_insert(*version);
            *version += 1;
        }
        let batch = Batch {
            command_id: CommandId(Uuid::from_u128((1 << 64) + u128::from(head))),
            request_digest: [0; 32],
            actor: MAKER,
            now: Instant(1_000 + n as i64),
            expected: expected.into_iter().collect(),
            events: chunk
                .iter()
                .enumerate()
                .map(|(i, (stream, event))| {
                    let encoded = registry::encode(event, [i as u8; 16]).unwrap();
                    NewEvent {
                        stream: *stream,
                        event_id: EventId(Uuid::from_u128(
                            (2 << 64) + u128::from(head) + i as u128,
                        )),
                        event_type: encoded.event_type,
                        schema_version: encoded.schema_version,
                        causation: None,
                        payload: encoded.payload,
                    }
                })
                .collect(),
            guards: Vec::new(),
            reservations: Vec::new(),
            subjects: Vec::new(),
            sealed: Vec::new(),
            erase: Vec::new(),
        };
        let outcome = store.append(batch).await.unwrap();
        assert!(
            matches!(outcome, AppendOutcome::Appended { .. }),
            "{outcome:?}"
        );
    }
}

const TABLES: [&str; 14] = [
    "view_position",
    "view_register",
    "view_authority",
    "view_body",
    "view_standing",
    "view_scope",
    "view_run_off",
    "view_key",
    "view_session",
    "view_certificate",
    "view_credential",
    "view_passport",
    "view_proposal",
    "view_published",
];
