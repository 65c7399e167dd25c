//! The same events give the same bytes on either engine.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn the_views_of_the_story_are_the_same_bytes_on_either_engine() {
    let server = Ground::server();
    if server.fresh().await.is_none() {
        return;
    }
    let file = Ground::file();
    let (_, on_file, in_file) = ledger(&file).await;
    let (_, on_server, in_server) = ledger(&server).await;
    let rows = everything(&in_file).await;
    assert!(rows.len() > 100, "{}", rows.len());
    assert_eq!(everything(&in_server).await, rows);
    // Built again, too.
    projection::rebuild(&on_server, &in_server).await.unwrap();
    assert_eq!(everything(&in_server).await, rows);
    let head = on_file.head().await.unwrap().position;
    let beside = projection::views_at(&on_server, head).await.unwrap();
    assert_eq!(everything(&beside).await, rows);
}

/// Another process holds the views for longer than anybody waits.
#[tokio::test(flavor = "multi_thread")]
async fn who_waits_for_the_views_in_vain_is_told_to_come_back() {
    let Some(database) = Ground::server().fresh().await else {
        return;
    };
    let store = std::sync::Arc::new(created(&database).await);
    let views = Views::of(&*store);
    let half = projection::run_in_batches(&*store, &views, Target::Position(9), 3).await;
    let half = half.unwrap();
    let mut holder = Intruder::at(&database).await;
    holder
        .run("BEGIN; SELECT 1 FROM view_position FOR UPDATE")
        .await;
    let waiting = std::sync::Arc::clone(&store);
    let waiting = tokio::spawn(async move {
        let views = Views::of(&*waiting);
        projection::run_to_head(&*waiting, &views).await
    });
    // The server ends the wait as it does when the time for it has run out.
    let mut server = Intruder::at(&database).await;
    let end = "SELECT pg_cancel_backend(pid)::text FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while server.texts(end).await.is_empty() {
        assert!(!waiting.is_finished(), "it did not wait");
        tokio::task::yield_now().await;
    }
    let refused = waiting.await.unwrap();
    let busy = skill_ledger::view::ViewError::Busy;
    assert!(
        matches!(&refused, Err(projection::ProjectionError::View(e)) if e.code() == busy.code()),
        "{refused:?}"
    );
    holder.run("ROLLBACK").await;
    assert_eq!(views.position().await.unwrap(), half);
    let head = store.head().await.unwrap().position;
    let run = projection::run_to_head(&*store, &views).await;
    assert_eq!(run.unwrap(), head);
}
