//! The log over HTTP.

use super::whole;
use crate::support::server::Service;
use skill_ledger::tlog::checkpoint::Checkpoint;
use skill_ledger::tlog::note::NoteKey;
use skill_ledger::tlog::tile_path::{bundles_of, tiles_of};
use std::collections::HashMap;

#[tokio::test(flavor = "multi_thread")]
async fn the_log_is_served_to_anybody_and_each_tile_for_ever() {
    let service = Service::start().await;
    let key: NoteKey = service
        .get("/log/vkey")
        .await
        .text()
        .trim()
        .parse()
        .unwrap();
    let note = service.get("/log/checkpoint").await.body;
    let check = &skill_ledger::keys::verify_strict;
    let size = Checkpoint::open(&note, &key, check).unwrap().size;
    let mut served = HashMap::from([("checkpoint".to_owned(), note)]);
    let tiles = tiles_of(size).map(|tile| tile.path());
    for path in tiles.chain(bundles_of(size).map(|bundle| bundle.path())) {
        let answer = service.get(&format!("/log/{path}")).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(
            answer.header("content-type"),
            Some("application/octet-stream")
        );
        let cache = answer.header("cache-control").unwrap();
        assert!(cache.contains("immutable"), "{cache}");
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        served.insert(path, answer.body);
    }
    assert_eq!(whole(&key, |path| served[path].clone()).size, size);

    // A narrower tile is the beginning of the one that stands there.
    let one = service.get("/log/tile/0/000.p/1").await;
    assert_eq!(one.status, 200);
    let full = &served[&tiles_of(size).next().unwrap().path()];
    assert_eq!(one.body, full[..32]);
    for nothing in [
        format!("tile/0/000.p/{}", size + 1),
        "tile/0/001".to_owned(),
        "tile/9/000".to_owned(),
        "tile/0/0".to_owned(),
        "tile/0/000.p/0".to_owned(),
        "tile/0/000.p/256".to_owned(),
        "tile/entries/x001/000".to_owned(),
        "tile/entries/000.p/01".to_owned(),
        "tile/".to_owned(),
        "tile/0/../../checkpoint".to_owned(),
    ] {
        let answer = service.get(&format!("/log/{nothing}")).await;
        assert_eq!(answer.status, 404, "{nothing}");
        assert_eq!(
            answer.header("content-type"),
            Some("application/problem+json"),
            "{nothing}"
        );
        assert_eq!(answer.header("cache-control"), Some("no-store"));
    }
}
