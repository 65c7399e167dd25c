//! What the views say as of a position is what they said when they were there.

use super::*;
use serde_json::{Map, Value};
use skill_ledger::domain::body::event::ReviewOf;
use skill_ledger::store::Database;
use skill_ledger::view::RegisterPage;
use skill_ledger::view::{AsOf, ViewError};
use std::collections::BTreeSet;

on_each_engine!(
    every_answer_as_of_a_position_is_that_of_views_built_up_to_it,
    every_answer_as_of_a_position_is_the_one_given_there,
    what_changes_is_as_of_every_position_what_the_rows_said_there,
    a_position_that_is_not_reached_or_is_none_is_refused,
);

/// Every kind of register there is in the database.
async fn kinds(database: &Database) -> Vec<String> {
    let mut intruder = Intruder::at(database).await;
    let kinds = intruder.texts("SELECT DISTINCT kind FROM view_register ORDER BY kind");
    kinds.await.concat()
}

fn told<T: std::fmt::Debug>(answers: &mut Vec<String>, question: &str, answer: AsOf<T>) {
    answers.push(format!("{question} {answer:?}"));
}

/// The answer to every question there is about the story, each with its position.
async fn answers(views: &Views, kinds: &[String]) -> Vec<String> {
    let mut all = Vec::new();
    told(&mut all, "authority", views.authority().await.unwrap());
    told(&mut all, "keys", views.keys(None).await.unwrap());
    told(&mut all, "trust", views.trust_inputs().await.unwrap());
    for (body, code, public) in [
        (BODY, "91350100M000100Y43", 0x70),
        (PROVIDER, "91110000600037341L", 0x71),
    ] {
        let code = code.parse().unwrap();
        let public = Uuid::from_u128(public);
        told(&mut all, "body", views.body(body).await.unwrap());
        let by_code = views.body_by_credit_code(&code).await.unwrap();
        told(&mut all, "by code", by_code);
        let by_id = views.body_by_public_id(public).await.unwrap();
        told(&mut all, "by public id", by_id);
        told(&mut all, "keys", views.keys(Some(body)).await.unwrap());
        told(&mut all, "trusted", views.body_trust(body).await.unwrap());
        let about = views.proposals_of(body.into(), 0, 10).await.unwrap();
        told(&mut all, "proposals", about);
        told(
            &mut all,
            "sessions",
            views.sessions(body, 0, 10).await.unwrap(),
        );
    }
    told(&mut all, "bodies", views.bodies(0, 10).await.unwrap());
    told(&mut all, "page", views.bodies(0, 1).await.unwrap());
    told(&mut all, "session", views.session(SESSION).await.unwrap());
    let some = views.sessions_of(&[SESSION]).await.unwrap();
    told(&mut all, "sessions", some);
    let by_code = views.session_by_code(BODY, "2026-29").await.unwrap();
    told(&mut all, "session by code", by_code);
    let levels = views.levels_of_session(SESSION).await.unwrap();
    told(&mut all, "levels", levels);
    let about = views.proposals_of(SESSION.into(), 0, 10).await.unwrap();
    told(&mut all, "proposals", about);
    let of_session = views.certificates_of_session(SESSION, None, 100).await;
    told(&mut all, "of session", of_session.unwrap());
    for n in 1..=9 {
        let number = number(n).parse().unwrap();
        let row = views.certificate_by_number(&number).await.unwrap();
        told(&mut all, "certificate", row);
        let row = views.certificate(certificate(n.into())).await.unwrap();
        told(&mut all, "certificate by id", row);
        let documents = views.credentials_of(&number).await.unwrap();
        told(&mut all, "documents", documents);
        let document = views.credential(digest(n as u8).into()).await.unwrap();
        told(&mut all, "document", document);
        let after = views.certificates_of_session(SESSION, Some(&number), 2);
        told(&mut all, "page", after.await.unwrap());
    }
    told(
        &mut all,
        "reissue",
        views.credential(digest(0x22).into()).await.unwrap(),
    );
    for n in 1..=5 {
        let passport = views.passport(worker(n), 0, 100).await.unwrap();
        told(&mut all, "passport", passport);
        let of_worker = views.certificates_of_worker(worker(n), 0, 100).await;
        told(&mut all, "of worker", of_worker.unwrap());
    }
    told(
        &mut all,
        "status",
        views.status_list(BODY, 1).await.unwrap(),
    );
    let page = views.status_entries(BODY, 1, 1004, 2).await.unwrap();
    told(&mut all, "status page", page);
    for n in [0x80, 0x81, 0x82] {
        let proposal = views
            .proposal(ProposalId(Uuid::from_u128(n)))
            .await
            .unwrap();
        told(&mut all, "proposal", proposal);
    }
    for (now, after) in [(5, 0), (5, 20), (1_000_001, 0)] {
        let open = views.proposals_open(Instant(now), after, 10).await.unwrap();
        told(&mut all, "open", open);
    }
    for of in [
        ReviewOf::Sessions {
            sessions: vec![SESSION],
        },
        ReviewOf::Issued {
            from: date(2026, 7, 1),
            to: date(2026, 7, 31),
        },
    ] {
        for ordered in [None, Some(45)] {
            let counts = views.review_counts(BODY, &of, ordered).await.unwrap();
            told(&mut all, "review", counts);
        }
        let reviewed = views.reviewed(BODY, &of, 45, None, 100).await.unwrap();
        told(&mut all, "reviewed", reviewed);
    }
    for kind in kinds {
        let page = RegisterPage {
            limit: 1000,
            ..RegisterPage::default()
        };
        let page = views.register_page(kind, page).await.unwrap();
        for row in &page.value {
            let one = views.register(kind, &row.key, None).await.unwrap();
            told(&mut all, "one", one);
            let history = views.register_history(kind, &row.key).await.unwrap();
            told(&mut all, "history", history);
            let of_owner = RegisterPage {
                owner: Some(&row.owner),
                prefix: row.key.get(..4),
                limit: 2,
                ..RegisterPage::default()
            };
            let of_owner = views.register_page(kind, of_owner).await.unwrap();
            told(&mut all, "of owner", of_owner);
        }
        told(&mut all, kind, page);
    }
    all
}

async fn every_answer_as_of_a_position_is_that_of_views_built_up_to_it(ground: Ground) {
    let (database, store, views) = ledger(&ground).await;
    let head = store.head().await.unwrap().position;
    let kinds = kinds(&database).await;
    assert!(kinds.len() >= 5, "{kinds:?}");
    let mut seen = BTreeSet::new();
    for position in 1..=head {
        let then = projection::views_at(&store, position).await.unwrap();
        let replayed = answers(&then, &kinds).await;
        let asked = answers(&views.as_of(Some(position)), &kinds).await;
        for (asked, replayed) in asked.iter().zip(&replayed) {
            assert_eq!(asked, replayed, "as of {position}");
        }
        assert_eq!(asked.len(), replayed.len(), "as of {position}");
        seen.extend(asked);
    }
    // Not asking any position is asking of the newest.
    let now = answers(&views, &kinds).await;
    assert_eq!(now, answers(&views.as_of(Some(head)), &kinds).await);
    assert!(seen.len() > 1_000, "{} different answers", seen.len());
}

/// What an engine answers while the views are at a position, it answers as of it later on.
async fn every_answer_as_of_a_position_is_the_one_given_there(ground: Ground) {
    let (database, _, later) = ledger(&ground).await;
    let kinds = kinds(&database).await;
    let store = created(&ground.fresh().await.unwrap()).await;
    let views = Views::of(&store);
    let head = store.head().await.unwrap().position;
    for position in 1..=head {
        let next = Target::Position(position);
        let reached = projection::run_in_batches(&store, &views, next, 1).await;
        assert_eq!(reached.unwrap(), position);
        let now = answers(&views, &kinds).await;
        let asked = answers(&later.as_of(Some(position)), &kinds).await;
        for (asked, now) in asked.iter().zip(&now) {
            assert_eq!(asked, now, "as of {position}");
        }
        assert_eq!(asked.len(), now.len(), "as of {position}");
    }
}

/// The rows of a table of views built up to a position.
async fn table(views: &Views, wanted: &str) -> Vec<Map<String, Value>> {
    let mut rows = Vec::new();
    let take = |table: &'static str, row: Map<String, Value>| {
        if table == wanted {
            rows.push(row);
        }
        true
    };
    views.dump(take).await.unwrap();
    rows
}

/// Members that a row and an answer both have, alike in both.
fn same(row: &Map<String, Value>, answer: &Value, members: &[&str], position: u64) {
    for member in members {
        let (row, answer) = (row.get(*member), answer.get(*member));
        assert_eq!(row, answer, "{member} as of {position}");
    }
}

async fn what_changes_is_as_of_every_position_what_the_rows_said_there(ground: Ground) {
    let (_, store, views) = ledger(&ground).await;
    let head = store.head().await.unwrap().position;
    for position in 1..=head {
        let then = projection::views_at(&store, position).await.unwrap();
        let asked = views.as_of(Some(position));
        let bodies = asked.bodies(0, 10).await.unwrap().value;
        let rows = table(&then, "view_body").await;
        assert_eq!(rows.len(), bodies.len());
        for body in &bodies {
            let answer = serde_json::to_value(body).unwrap();
            let row = rows
                .iter()
                .find(|row| row["position"] == json!(body.position));
            same(row.unwrap(), &answer, &["standing", "since"], position);
        }
        let rows = table(&then, "view_session").await;
        let session = asked.session(SESSION).await.unwrap().value;
        assert_eq!(rows.len(), usize::from(session.is_some()));
        if let Some(session) = session {
            let answer = serde_json::to_value(session).unwrap();
            let members = [
                "state",
                "entered",
                "passed",
                "failed",
                "absent",
                "notice_from",
                "closes_on",
                "closed_on",
                "issued_on",
                "certificates",
                "last_position",
            ];
            same(&rows[0], &answer, &members, position);
        }
        let rows = table(&then, "view_certificate").await;
        for row in &rows {
            let number = row["number"].as_str().unwrap().parse().unwrap();
            let certificate = asked.certificate_by_number(&number).await.unwrap().value;
            let answer = serde_json::to_value(certificate.unwrap()).unwrap();
            let members = [
                "state",
                "since",
                "issue",
                "ground",
                "basis",
                "successor",
                "key_id",
                "last_position",
            ];
            same(row, &answer, &members, position);
        }
        let of_session = asked.certificates_of_session(SESSION, None, 100).await;
        assert_eq!(of_session.unwrap().value.len(), rows.len());
    }
}

async fn a_position_that_is_not_reached_or_is_none_is_refused(ground: Ground) {
    let (_, store, views) = ledger(&ground).await;
    let head = store.head().await.unwrap().position;
    let beyond = views.as_of(Some(head + 1)).session(SESSION).await;
    let (asked, position) = (head + 1, head);
    assert!(matches!(
        beyond,
        Err(ViewError::NotReached { asked: a, position: p }) if (a, p) == (asked, position)
    ));
    let none = views.as_of(Some(0)).bodies(0, 10).await;
    assert!(matches!(none, Err(ViewError::PositionZero)));
    // Signed lists are kept in their newest form, and nothing older is made up.
    let past = views.as_of(Some(head - 1));
    let list = past.trust_list().await;
    assert!(matches!(list, Err(ViewError::NewestOnly(_))));
    let lists = past.published_lists(PublishedKind::Details).await;
    assert!(matches!(lists, Err(ViewError::NewestOnly(_))));
    // Which one was the newest, the register says.
    let key = format!("{}/revocation/1", StreamId::from(BODY));
    let first = views.register_history("published", &key).await.unwrap();
    assert_eq!(first.value.len(), 2);
    assert_eq!(
        first.value[0].to_position,
        Some(first.value[1].from_position)
    );
}
