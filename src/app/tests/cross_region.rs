//! A body works in another province under the host's number prefix, until the permit ends.

use super::race::closed_session_of;
use super::world::{World, id};
use crate::app::body_scopes::{EndCrossRegion, PermitCrossRegion};
use crate::app::clock;
use crate::domain::body::event::Side;

#[tokio::test]
async fn certificates_of_another_province_bear_the_hosts_prefix() {
    let world = World::new().await;
    let (ledger, maker) = (&world.ledger, &world.maker);
    let body = world.body(0).await;
    let code = World::body_request(0).credit_code;
    let today = clock::today();
    let mut scope = World::scope_request(body);
    scope.regions = vec!["330100".parse().unwrap()];
    let refused = ledger.grant_scope(maker, id(), scope.clone()).await;
    assert_eq!(refused.unwrap_err().code(), "cross-region-missing");

    let permit = PermitCrossRegion {
        body: code,
        host: "330000".parse().unwrap(),
        from: today.first_of_year(),
        to: today.last_of_year(),
        rules: Side::Host,
        number_rule: Side::Host,
        number_code: Some("S-0000-33-000021".into()),
        basis: "示范协议".into(),
    };
    let command = id();
    let done = ledger.operate(maker, command, &permit).await.unwrap();
    let again = ledger.operate(maker, command, &permit).await.unwrap();
    assert!(!done.repeated && again.repeated);
    assert_eq!(done.position, again.position);

    // The host's codes are taken like a body's own.
    world.body(1).await;
    let other = PermitCrossRegion {
        body: World::body_request(1).credit_code,
        ..permit
    };
    let taken = ledger.operate(maker, id(), &other).await;
    assert!(taken.is_err_and(|error| error.code() == "already-taken"));

    ledger
        .grant_scope(maker, id(), scope.clone())
        .await
        .unwrap();
    world.grant(body).await;
    let mut abroad = World::session_request(body, "2026-1");
    abroad.region = "330106".parse().unwrap();
    let mut numbers = Vec::new();
    for request in [abroad, World::session_request(body, "2026-2")] {
        let session = closed_session_of(&world, request, 2).await;
        let issued = ledger.issue_certificates(maker, id(), session, today, &|_, _| {});
        numbers.push(issued.await.unwrap().issued);
    }
    let begins = |nth: usize, prefix: &str| {
        let all: &Vec<_> = &numbers[nth];
        all.len() == 2 && all.iter().all(|it| it.number.as_str().starts_with(prefix))
    };
    assert!(begins(0, "S000033000021"), "host");
    assert!(begins(1, "S000032000001"), "home");

    let end = EndCrossRegion {
        body: code,
        host: "330000".parse().unwrap(),
        ground: "协议终止".into(),
        basis: "示范协议〔2026〕2号".into(),
        on: None,
    };
    let proposed = ledger.operate(maker, id(), &end).await.unwrap();
    let types: Vec<_> = proposed
        .events
        .iter()
        .map(|it| it.event_type.as_str())
        .collect();
    assert_eq!(types, ["proposal.made"]);
    let proposal = proposed.events[0].data["proposal"].as_str().unwrap();
    let proposal = proposal.parse().unwrap();
    let mut late = World::session_request(body, "2026-3");
    late.region = "330106".parse().unwrap();
    let alone = ledger.approve(maker, id(), proposal).await;
    assert!(alone.is_err(), "not on one person's word");
    ledger.open_session(maker, id(), late).await.unwrap();
    ledger
        .approve(&world.checker, id(), proposal)
        .await
        .unwrap();
    let mut late = World::session_request(body, "2026-4");
    late.region = "330106".parse().unwrap();
    let refused = ledger.open_session(maker, id(), late).await;
    assert_eq!(refused.unwrap_err().code(), "scope-expired");
    let audit = ledger.audit().await.unwrap();
    assert!(audit.ok(), "{:?}", audit.problems.first());
}
