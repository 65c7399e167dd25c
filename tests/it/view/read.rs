//! What the views say of the story.

use super::*;

on_each_engine!(the_views_say_what_happened);

async fn the_views_say_what_happened(ground: Ground) {
    let (_, store, views) = ledger(&ground).await;
    let head = store.head().await.unwrap().position;
    assert_eq!(views.position().await.unwrap(), head);

    let code = "91350100M000100Y43".parse().unwrap();
    let body = views.body_by_credit_code(&code).await.unwrap();
    assert_eq!(body.position, head);
    let body = body.value.unwrap();
    assert_eq!((body.body, body.standing), (BODY, Standing::Active));
    let provider = views
        .body_by_public_id(Uuid::from_u128(0x71))
        .await
        .unwrap();
    assert_eq!(provider.value.unwrap().standing, Standing::Withdrawn);
    let page = views.bodies(0, 1).await.unwrap().value;
    assert_eq!(page.len(), 1);
    let page = views.bodies(page[0].position, 9).await.unwrap().value;
    assert_eq!((page.len(), page[0].body), (1, PROVIDER));

    let trust = views.trust_inputs().await.unwrap().value.unwrap();
    assert_eq!(trust.authority.host, "ledger.example");
    let keys = trust.keys.iter();
    let ends: Vec<_> = keys
        .map(|k| (k.to_position.is_some(), k.compromised_from_position))
        .collect();
    let in_use = (false, None);
    // Of two declarations the wider one holds.
    assert_eq!(ends, [in_use, (false, Some(2)), (true, None), in_use]);
    let of_body = &trust.bodies[0];
    let standings: Vec<_> = of_body.standings.iter().map(|s| s.standing).collect();
    assert_eq!(
        standings,
        [Standing::Active, Standing::Suspended, Standing::Active]
    );
    for pair in of_body.standings.windows(2) {
        assert_eq!(pair[0].to_position, Some(pair[1].from_position));
    }
    let scopes: Vec<_> = of_body
        .scopes
        .iter()
        .map(|s| (s.grant, s.to_position.is_some()))
        .collect();
    assert_eq!(scopes, [(GRANT, true), (SECOND_GRANT, false)]);
    assert!(of_body.run_offs[0].to_position.is_some());
    assert_eq!(of_body.keys[0].compromised_from_position, Some(50));
    assert_eq!(of_body.keys[0].retired_on, Some(date(2026, 10, 2)));
    assert_eq!(of_body.keys[1].to_position, None);
    assert_eq!(of_body.lists, [1]);

    let session = views.session_by_code(BODY, "2026-29").await.unwrap();
    let session = session.value.unwrap();
    assert_eq!(session.state, SessionState::Issued);
    assert_eq!(
        (
            session.entered,
            session.passed,
            session.failed,
            session.absent
        ),
        (4, 2, 1, 1)
    );
    assert_eq!(session.closes_on, Some(date(2026, 7, 20)));
    assert_eq!(session.certificates, 8);

    let state = async |n: u32| {
        let number = number(n).parse().unwrap();
        let row = views.certificate_by_number(&number).await.unwrap();
        row.value.unwrap()
    };
    for (n, expected) in [
        (1, CertificateState::Revoked),
        (2, CertificateState::Cancelled),
        (3, CertificateState::Forfeited),
        (4, CertificateState::Voided),
        (5, CertificateState::Suspended),
        (6, CertificateState::Active),
        (7, CertificateState::Active),
        (8, CertificateState::Superseded),
        (9, CertificateState::Active),
    ] {
        assert_eq!(state(n).await.state, expected, "{n}");
    }
    assert_eq!(state(8).await.successor, Some(number(9).parse().unwrap()));
    assert_eq!(state(9).await.supersedes, Some(number(8).parse().unwrap()));
    assert_eq!(state(7).await.issue, 2);
    assert_eq!(state(1).await.ground.as_deref(), Some("冒名顶替"));
    assert_eq!(state(6).await.since, date(2026, 8, 15));

    let page = views
        .certificates_of_session(SESSION, None, 4)
        .await
        .unwrap();
    let last = page.value[3].number.clone();
    assert_eq!(last.as_str(), number(4));
    let page = views.certificates_of_session(SESSION, Some(&last), 100);
    assert_eq!(page.await.unwrap().value.len(), 5);
    let of_worker = views
        .certificates_of_worker(worker(2), 0, 10)
        .await
        .unwrap();
    assert_eq!(of_worker.value.len(), 1);

    let reissue = views
        .credential(digest(0x22).into())
        .await
        .unwrap()
        .value
        .unwrap();
    assert_eq!((reissue.number.as_str(), reissue.issue), (&*number(7), 2));
    let seventh = number(7).parse().unwrap();
    let documents = views.credentials_of(&seventh);
    assert_eq!(documents.await.unwrap().value.len(), 2);

    let entries = views.status_list(BODY, 1).await.unwrap().value;
    let bits: Vec<_> = entries
        .iter()
        .map(|e| (e.index, e.revoked, e.suspended, e.issue))
        .collect();
    assert_eq!(
        bits,
        [
            (1001, true, false, 1),
            (1002, true, false, 1),
            (1003, true, false, 1),
            (1004, true, false, 1),
            (1005, false, true, 1),
            (1007, false, false, 2),
            (1008, true, false, 1)
        ]
    );
    let page = views.status_entries(BODY, 1, 1004, 2).await.unwrap().value;
    assert_eq!((page[0].index, page.len()), (1004, 2));

    let passport = views.passport(worker(2), 0, 100).await.unwrap().value;
    let kinds: Vec<_> = passport.iter().map(|e| e.kind.as_str()).collect();
    assert_eq!(
        kinds,
        [
            "worker.level_awarded",
            "certificate.issued",
            "certificate.cancelled",
            "worker.training_completed",
            "worker.training_completed",
            "worker.training_struck"
        ]
    );
    assert_eq!(passport[2].data["number"], json!(number(2)));

    let open = views.proposals_open(Instant(5), 0, 10).await.unwrap().value;
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].proposal, ProposalId(Uuid::from_u128(0x82)));
    let late = views.proposals_open(Instant(1_000_001), 0, 10).await;
    assert!(late.unwrap().value.is_empty());
    let rejected = views.proposal(ProposalId(Uuid::from_u128(0x81))).await;
    let rejected = rejected.unwrap().value.unwrap();
    assert_eq!(rejected.state, ProposalState::Rejected);
    assert_eq!(rejected.reason.as_deref(), Some("证据不足"));
    let of_body = views.proposals_of(BODY.into(), 0, 10).await.unwrap();
    assert_eq!(of_body.value.len(), 2);

    let lists = views.published_lists(PublishedKind::Revocation).await;
    let lists = lists.unwrap().value;
    assert_eq!(lists.len(), 1);
    assert_eq!(lists[0].document, "{\"revocation\":\"second\"}");
    let trust = views.trust_list().await.unwrap().value.unwrap();
    assert_eq!(trust.as_of_position, 60);
}
