//! What is published, and when it is published anew.

use crate::support::ledger::Fixture;
use skill_ledger::app::chance;
use skill_ledger::domain::ids::CommandId;
use skill_ledger::domain::time::Instant;
use skill_ledger::keys::Purpose;
use skill_ledger::verify::{Known, Outcome, Policy, verify};

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
