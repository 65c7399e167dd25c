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
