//! The contract suite on PostgreSQL, and what is PostgreSQL's own: settings, roles, triggers.

use crate::contract::batches::*;
use crate::contract::event_store as contract;
use crate::support::postgres::fresh_database;
use skill_ledger::domain::ids::LedgerId;
use skill_ledger::store::{EventStore, PostgresStore, StoreError};
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

const LEDGER: LedgerId = LedgerId(Uuid::from_u128(42));

macro_rules! holds {
    ($($rule:ident),* $(,)?) => {$(
        #[tokio::test(flavor = "multi_thread")]
        async fn $rule() {
            let Some(url) = fresh_database().await else { return };
            let store = PostgresStore::create(&url, LEDGER).await.unwrap();
            contract::$rule(store).await;
        }
    )*};
}

holds!(
    positions_are_gapless_and_chained,
    what_is_written_is_read,
    a_heavy_page_ends_early_and_loses_nothing,
    a_stale_version_is_a_conflict,
    one_command_has_one_effect,
    a_key_is_taken_for_ever,
    one_person_per_identity,
    sealed_rows_follow_their_versions,
    erasure_leaves_the_events,
    recorded_time_never_goes_back,
    a_malformed_batch_writes_nothing,
    the_largest_append_is_one_append,
    rivals_never_share_a_version,
    checkpoints_are_compare_and_swap,
    looks_are_journalled,
);

#[tokio::test(flavor = "multi_thread")]
async fn a_random_history_goes_as_the_model_says() {
    let Some(url) = fresh_database().await else {
        return;
    };
    let store = PostgresStore::create(&url, LEDGER).await.unwrap();
    crate::contract::model::a_random_history_goes_as_the_model_says(store).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_is_created_once_and_only_in_a_database_that_is_there() {
    let Some(url) = fresh_database().await else {
        return;
    };
    let open = PostgresStore::open(&url, Mode::Reader).await;
    assert!(matches!(open, Err(StoreError::NotALedger(_))), "{open:?}");
    PostgresStore::create(&url, LEDGER)
        .await
        .unwrap()
        .close()
        .await;
    let again = PostgresStore::create(&url, LEDGER).await;
    assert!(matches!(again, Err(StoreError::Taken(_))), "{again:?}");
    let nowhere = url.replacen("/t", "/x", 1);
    let missing = PostgresStore::create(&nowhere, LEDGER).await;
    assert!(
        matches!(missing, Err(StoreError::NoDatabase(_))),
        "{missing:?}"
    );
    for address in ["mysql://localhost/x", "postgres://[", "ledger.sqlite"] {
        let bad = PostgresStore::create(address, LEDGER).await;
        assert!(matches!(bad, Err(StoreError::Address(_))), "{bad:?}");
    }
}

use skill_ledger::store::postgres::Mode;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_for_ever_is_neither_changed_nor_deleted() {
    let Some(url) = fresh_database().await else {
        return;
    };
    let store = PostgresStore::create(&url, LEDGER).await.unwrap();
    let written = batch(1).writing(worker(1), 0, 2).reserving("number:1", 0);
    store.append(written).await.unwrap();
    let mut raw = PgConnection::connect(&url).await.unwrap();
    for statement in [
        "UPDATE event SET actor = actor",
        "DELETE FROM event",
        "TRUNCATE event",
        "UPDATE command SET first_position = 1",
        "DELETE FROM command",
        "TRUNCATE command",
        "UPDATE reservation SET position = 2",
        "DELETE FROM reservation",
        "TRUNCATE reservation",
        "UPDATE ledger SET ledger_id = ledger_id",
        "DELETE FROM ledger",
        "DELETE FROM head",
        "UPDATE head SET position = position WHERE chain_name = 'event'",
        "INSERT INTO event SELECT position + 7, stream_id, stream_version + 7, gen_random_uuid(), \
         event_type, schema_version, recorded_at, actor, command_id, request_digest, causation, \
         payload, payload_digest, chain FROM event WHERE position = 2",
    ] {
        let refused = sqlx::raw_sql(statement).execute(&mut raw).await;
        let said = refused.expect_err(statement).to_string();
        let whose = ["event:", "command:", "reservation:", "ledger:", "head:"];
        assert!(
            whose.iter().any(|w| said.contains(w)),
            "{statement}: {said}"
        );
    }
    assert_eq!(store.head().await.unwrap().position, 2);
}
