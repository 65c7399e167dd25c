//! Built again, beside or in batches, the views are the same.

use super::*;
use skill_ledger::store::Database;
use std::future::Future;
use std::task::Poll;

on_each_engine!(
    built_again_they_are_the_same,
    views_that_lag_are_no_difference_and_a_reader_compares_but_never_rebuilds,
    views_of_another_version_are_built_again_before_they_are_carried_on,
    in_batches_of_any_size_and_after_any_stop_they_are_the_same,
    a_run_or_a_rebuild_stopped_at_any_moment_leaves_whole_views,
    several_that_project_at_once_apply_every_event_once,
    who_follows_projects_what_comes_and_what_others_left,
    a_reader_sees_the_old_rows_or_the_new_ones,
);

async fn built_again_they_are_the_same(ground: Ground) {
    let (database, store, views) = ledger(&ground).await;
    let live = everything(&views).await;
    assert_eq!(projection::compare(&store, &views).await.unwrap(), []);

    let mut intruder = Intruder::at(&database).await;
    for table in TABLES {
        intruder.run(&format!("DELETE FROM {table}")).await;
    }
    let lost = projection::compare(&store, &views).await.unwrap();
    assert!(lost.iter().any(|d| d.table == "view_position"));
    assert!(
        lost.iter()
            .any(|d| d.table == "view_certificate" && d.row == format!("number {}", number(3)))
    );

    let head = store.head().await.unwrap().position;
    assert_eq!(projection::rebuild(&store, &views).await.unwrap(), head);
    assert_eq!(everything(&views).await, live);
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

async fn views_that_lag_are_no_difference_and_a_reader_compares_but_never_rebuilds(ground: Ground) {
    let (database, store, views) = ledger(&ground).await;
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
    let reader = AnyStore::open_to_read(&database).await.unwrap();
    let read = Views::of(&reader);
    assert_eq!(projection::compare(&reader, &read).await.unwrap(), []);
    let refused = projection::rebuild(&reader, &read).await;
    assert!(matches!(
        refused,
        Err(projection::ProjectionError::Store(StoreError::ReadOnly))
    ));
    drop(views);
}

async fn views_of_another_version_are_built_again_before_they_are_carried_on(ground: Ground) {
    let (database, store, views) = ledger(&ground).await;
    let live = everything(&views).await;
    let mut intruder = Intruder::at(&database).await;
    intruder
        .run("UPDATE view_position SET version = 0; DELETE FROM view_certificate")
        .await;
    projection::run_to(&store, &views, Target::Head)
        .await
        .unwrap();
    assert_eq!(everything(&views).await, live);
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

async fn in_batches_of_any_size_and_after_any_stop_they_are_the_same(ground: Ground) {
    let (_, store, views) = ledger(&ground).await;
    let built = everything(&views).await;
    let head = store.head().await.unwrap().position;
    store.close().await;
    for batch in [1, 2, 3, 7, 20, 2_000] {
        let database = ground.fresh().await.unwrap();
        created(&database).await.close().await;
        let mut reached = 0;
        // Between two transactions the process ends, and another begins.
        while reached < head {
            let store = AnyStore::open_to_write(&database, Instant(2))
                .await
                .unwrap();
            let views = Views::of(&store);
            assert_eq!(views.position().await.unwrap(), reached);
            let next = Target::Position((reached + 17).min(head));
            let run = projection::run_in_batches(&store, &views, next, batch);
            reached = run.await.unwrap();
            if reached == head {
                assert_eq!(everything(&views).await, built, "in batches of {batch}");
            }
            store.close().await;
        }
    }
}

async fn a_run_or_a_rebuild_stopped_at_any_moment_leaves_whole_views(ground: Ground) {
    let (_, store, views) = ledger(&ground).await;
    let head = store.head().await.unwrap().position;
    let built = everything(&views).await;
    let mut stopped = 0;
    for polls in (1..).step_by(ground.stride()) {
        let rebuilt = killed_after(polls, projection::rebuild(&store, &views)).await;
        // Readers see the old rows or the new ones, and both are the same.
        assert_eq!(everything(&views).await, built, "after {polls} polls");
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
    let store = created(&ground.fresh().await.unwrap()).await;
    let views = Views::of(&store);
    for polls in (1..).step_by(ground.stride()) {
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
    assert_eq!(everything(&views).await, built);
}

async fn several_that_project_at_once_apply_every_event_once(ground: Ground) {
    let (_, _, whole) = ledger(&ground).await;
    let built = everything(&whole).await;
    let database = ground.fresh().await.unwrap();
    let store = std::sync::Arc::new(created(&database).await);
    let mut others = Vec::new();
    if let Database::Server(_) = &database {
        // Another process's store.
        let other = AnyStore::open_to_write(&database, Instant(2)).await;
        others.push(std::sync::Arc::new(other.unwrap()));
    }
    let mut running = tokio::task::JoinSet::new();
    // More than a store has connections.
    for nth in 0..20 {
        let store = others.get(nth / 14).unwrap_or(&store).clone();
        running.spawn(async move {
            let views = Views::of(&*store);
            let batch = 1 + nth as u32 % 7;
            let run = projection::run_in_batches(&*store, &views, Target::Head, batch);
            run.await.unwrap()
        });
    }
    let head = store.head().await.unwrap().position;
    while let Some(reached) = running.join_next().await {
        assert_eq!(reached.unwrap(), head);
    }
    let views = Views::of(&*store);
    assert_eq!(everything(&views).await, built);
    assert_eq!(projection::compare(&*store, &views).await.unwrap(), []);
}

/// Waits until the views are at a position; nobody asks for it but who follows.
async fn reached(views: &Views, position: u64) {
    let arrived = async {
        while views.position().await.unwrap() < position {
            tokio::task::yield_now().await;
        }
    };
    let patience = std::time::Duration::from_secs(60);
    tokio::time::timeout(patience, arrived).await.unwrap();
    assert_eq!(views.position().await.unwrap(), position);
}

async fn who_follows_projects_what_comes_and_what_others_left(ground: Ground) {
    let (_, whole, views) = ledger(&ground).await;
    let built = everything(&views).await;
    let rows = whole.read_all(0, 1_000).await.unwrap();
    let database = ground.fresh().await.unwrap();
    let store = std::sync::Arc::new(created(&database).await);
    let head = store.head().await.unwrap().position;
    assert_eq!(head, rows.len() as u64);
    let views = Views::of(&*store);
    // Somebody was stopped half-way.
    let half = projection::run_in_batches(&*store, &views, Target::Position(head / 2), 7).await;
    assert!(half.unwrap() < head);

    let followed = std::sync::Arc::clone(&store);
    let following = tokio::spawn(async move {
        let views = Views::of(&*followed);
        projection::follow(&*followed, &views).await
    });
    reached(&views, head).await;
    assert_eq!(everything(&views).await, built);

    // What comes is projected; whoever else projects it is not in the way, nor is a rebuild.
    for nth in 0..20 {
        let published = TrustListPublished {
            as_of_position: head,
            digest: digest(nth),
            document: String::from("{}"),
        };
        let event = Event::Authority(published.into());
        append(&store, vec![(StreamId::authority(LEDGER), event)]).await;
        match nth % 5 {
            1 => drop(projection::run_to_head(&*store, &views).await.unwrap()),
            3 => drop(projection::rebuild(&*store, &views).await.unwrap()),
            _ => {}
        }
    }
    reached(&views, head + 20).await;
    assert_eq!(projection::compare(&*store, &views).await.unwrap(), []);

    // Views made by another version, and none at all, are built again first.
    let mut intruder = Intruder::at(&database).await;
    intruder.run("UPDATE view_position SET version = 0").await;
    let last = TrustListPublished {
        as_of_position: head,
        digest: digest(99),
        document: String::from("{}"),
    };
    let event = Event::Authority(last.into());
    append(&store, vec![(StreamId::authority(LEDGER), event)]).await;
    reached(&views, head + 21).await;
    assert_eq!(projection::compare(&*store, &views).await.unwrap(), []);
    assert!(!following.is_finished());
    following.abort();
}

async fn a_reader_sees_the_old_rows_or_the_new_ones(ground: Ground) {
    let (database, store, views) = ledger(&ground).await;
    let whole = everything(&views).await;
    let mut intruder = Intruder::at(&database).await;
    intruder.run("DELETE FROM view_certificate").await;
    let emptied = everything(&views).await;
    assert_ne!(emptied, whole);
    let reader = AnyStore::open_to_read(&database).await.unwrap();
    let (stop, mut stopped) = tokio::sync::oneshot::channel::<()>();
    let reading = tokio::spawn(async move {
        let views = Views::of(&reader);
        let mut seen = Vec::new();
        loop {
            let rows = everything(&views).await;
            if seen.last() != Some(&rows) {
                seen.push(rows);
            }
            if stopped.try_recv().is_ok() {
                return seen;
            }
        }
    });
    projection::rebuild(&store, &views).await.unwrap();
    assert_eq!(everything(&views).await, whole);
    stop.send(()).unwrap();
    for seen in reading.await.unwrap() {
        assert!(seen == emptied || seen == whole, "half of them");
    }
}
