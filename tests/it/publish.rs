//! What is published, and when it is published anew.

use crate::support::ledger::Fixture;
use skill_ledger::app::{chance, clock};
use skill_ledger::credential::token_status_list::ParsedTokenStatusList;
use skill_ledger::domain::ids::CommandId;
use skill_ledger::domain::time::Instant;
use skill_ledger::keys::Purpose;
use skill_ledger::verify::{Known, Outcome, Policy, verify};
use skill_ledger::view::published::PublishedKind;

/// A retired status key vouches for nothing: without new lists every certificate of the body could
/// not be checked.
#[tokio::test(flavor = "multi_thread")]
async fn a_new_status_key_signs_the_lists_anew() {
    let fixture = Fixture::make().await;
    let (ledger, maker) = (&fixture.ledger, &fixture.maker);
    assert_eq!(ledger.publish_all(maker).await.unwrap(), 0);
    let code = "91350100M000100Y43".parse().unwrap();
    let body = ledger.find_body(&code).await.unwrap();
    let command = CommandId(chance::internal_id());
    ledger
        .give_keys(maker, command, body, &[Purpose::Status])
        .await
        .unwrap();
    // The trust list; the status lists were signed again with the key.
    assert_eq!(ledger.publish_all(maker).await.unwrap(), 1);
    let file = ledger.trust_file().await.unwrap();
    let issued_at = file.open().unwrap().issued_at;
    let now = Instant(issued_at.0 + 1_000_000);
    let trust = file.to_bytes().unwrap();
    let known = Known::gather(now, Policy::default(), Some(&trust), None, &[]);
    for (nth, expected) in [(0, Outcome::Valid), (1, Outcome::Invalid)] {
        let certificate = &fixture.certificates[nth];
        let report = verify(&certificate.credential, Some(&certificate.proof), &known);
        assert_eq!(report.outcome, expected, "{nth}");
    }
}

/// Readers tell the newer of two lists by whole seconds, and some allow no skew: however fast lists
/// follow each other, each is of a later second than the one before it, and none of a second to come.
#[tokio::test(flavor = "multi_thread")]
async fn lists_in_quick_succession_are_each_later_and_none_is_of_the_future() {
    let fixture = Fixture::make().await;
    let (ledger, maker) = (&fixture.ledger, &fixture.maker);
    let code = "91350100M000100Y43".parse().unwrap();
    let body = ledger.find_body(&code).await.unwrap();
    let trust = ledger.trust_file().await.unwrap().open().unwrap();
    let did = &trust
        .bodies
        .iter()
        .find(|it| it.credit_code == code)
        .unwrap()
        .did;
    let mut before = None;
    for _ in 0..3 {
        let command = CommandId(chance::internal_id());
        ledger
            .give_keys(maker, command, body, &[Purpose::Status])
            .await
            .unwrap();
        let token = ledger.status_document(did.public_id(), 1, PublishedKind::Token);
        let token = ParsedTokenStatusList::parse(token.await.unwrap().as_bytes()).unwrap();
        let of = Some(token.list.valid_from.as_second());
        assert!(of > before);
        assert!(of <= Some(clock::now().as_second()));
        before = of;
    }
}
