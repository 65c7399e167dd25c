//! Built again, beside or in batches, the views are the same.

use super::*;
use std::future::Future;
use std::task::Poll;

#[tokio::test]
async fn built_again_they_are_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let (path, store, views) = ledger(dir.path()).await;
    let live = everything(&path).await;
    assert_eq!(projection::compare(&store, &views).await.unwrap(), []);

    let mut file = intruder(&path).await;
    for table in TABLES {
        let query = AssertSqlSafe(format!("DELETE FROM {table}"));
        sqlx::query(query).execute(&mut file).await.unwrap();
    }
    let lost = projection::compare(&store, &views).await.unwrap();
    assert!(lost.iter().any(|d| d.table == "view_position"));
    assert!(
        lost.iter()
            .any(|d| d.table == "view_certificate" && d.row == format!("number {}", number(3)))
    );

    let head = store.head().await.unwrap().position;
    assert_eq!(projection::rebuild(&store, &views).await.unwrap(), head);
    assert_eq!(everything(&path).await, live);
    assert_eq!(projection::compare(&store, &views).await.unwrap(), []);

    // The rebuilt views are carried on from where they are.
    let suspended = CertificateSuspended {
        ground: String::from("举报核查"),
        basis: String::from("第三十一条"),
        on: date(2026, 12, 1),
    };
    append(
        &store,
        vec![(certificate(6).into(), Event::Certificate(suspended.into()))],
    )
    .await;
    let reached = projection::run_to(&store, &views, Target::Position(head + 1)).await;
    assert_eq!(reached.unwrap(), head + 1);
    let row = views.certificate(certificate(6)).await.unwrap();
    assert_eq!(row.position, head + 1);
    assert_eq!(row.value.unwrap().state, CertificateState::Suspended);
    assert_eq!(projection::compare(&store, &views).await.unwrap(), []);
}

#[tokio::test]
async fn views_that_lag_are_no_difference_and_a_reader_compares_but_never_rebuilds() {
    let dir = tempfile::tempdir().unwrap();
    let (path, store, views) = ledger(dir.path()).await;
    let more = TrustListPublished {
        as_of_position: 70,
        digest: digest(8),
        document: String::from("{}"),
    };
    append(
        &store,
        vec![(StreamId::authority(LEDGER), Event::Authority(more.into()))],
    )
    .await;
    let reader = SqliteStore::open(&path, Mode::Reader).await.unwrap();
    let read = SqliteViews::of(&reader);
    assert_eq!(projection::compare(&reader, &read).await.unwrap(), []);
    let refused = projection::rebuild(&reader, &read).await;
    assert!(matches!(
        refused,
        Err(projection::ProjectionError::Store(StoreError::ReadOnly))
    ));
    drop(views);
}

#[tokio::test]
async fn views_of_another_version_are_built_again_before_they_are_carried_on() {
    let dir = tempfile::tempdir().unwrap();
    let (path, store, views) = ledger(dir.path()).await;
    let live = everything(&path).await;
    let mut file = intruder(&path).await;
    sqlx::raw_sql("UPDATE view_position SET version = 0; DELETE FROM view_certificate")
        .execute(&mut file)
        .await
        .unwrap();
    projection::run_to(&store, &views, Target::Head)
        .await
        .unwrap();
    assert_eq!(everything(&path).await, live);
}

/// Runs a future for so many polls, then drops it where it stands, as a kill would. What it
/// answered, if it had come to its end.
async fn killed_after<T>(polls: usize, work: impl Future<Output = T>) -> Option<T> {
    let mut work = Box::pin(work);
    let mut left = polls;
    std::future::poll_fn(move |context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        work.as_mut().poll(context).map(Some)
    })
    .await
}

#[tokio::test]
async fn in_batches_of_any_size_and_after_any_stop_they_are_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let (path, store, _) = ledger(dir.path()).await;
    let built = everything(&path).await;
    let head = store.head().await.unwrap().position;
    store.close().await;
    for (nth, batch) in [1, 2, 3, 7, 20, 2_000].into_iter().enumerate() {
        let copy = dir.path().join(format!("copy-{nth}.db"));
        let store = SqliteStore::create(&copy, LEDGER, Instant(1))
            .await
            .unwrap();
        append(&store, story()).await;
        let mut reached = 0;
        store.close().await;
        // Between two transactions the process ends, and another begins.
        while reached < head {
            let mode = Mode::Writer { now: Instant(2) };
            let store = SqliteStore::open(&copy, mode).await.unwrap();
            let views = SqliteViews::of(&store);
            assert_eq!(views.position().await.unwrap(), reached);
            let next = Target::Position((reached + 17).min(head));
            let run = projection::run_in_batches(&store, &views, next, batch);
            reached = run.await.unwrap();
            store.close().await;
        }
        assert_eq!(everything(&copy).await, built, "in batches of {batch}");
    }
}

#[tokio::test]
async fn a_run_or_a_rebuild_stopped_at_any_moment_leaves_whole_views() {
    let dir = tempfile::tempdir().unwrap();
    let (path, store, views) = ledger(dir.path()).await;
    let head = store.head().await.unwrap().position;
    let built = everything(&path).await;
    let mut stopped = 0;
    for polls in (1..).step_by(9) {
        let rebuilt = killed_after(polls, projection::rebuild(&store, &views)).await;
        // Readers see the old rows or the new ones, and both are the same.
        assert_eq!(everything(&path).await, built, "after {polls} polls");
        match rebuilt {
            Some(position) => {
                assert_eq!(position.unwrap(), head);
                break;
            }
            None => stopped += 1,
        }
    }
    assert!(stopped > 3, "stopped {stopped} times");
    // A run is stopped and carried on from wherever its last transaction came to.
    let copy = dir.path().join("copy.db");
    let store = SqliteStore::create(&copy, LEDGER, Instant(1))
        .await
        .unwrap();
    let views = SqliteViews::of(&store);
    append(&store, story()).await;
    for polls in (1..).step_by(9) {
        let run = projection::run_in_batches(&store, &views, Target::Head, 5);
        let ran = killed_after(polls, run).await;
        if views.position().await.unwrap() > 0 {
            assert_eq!(projection::compare(&store, &views).await.unwrap(), []);
        }
        if let Some(position) = ran {
            assert_eq!(position.unwrap(), head);
            break;
        }
    }
    assert_eq!(everything(&copy).await, built);
}
