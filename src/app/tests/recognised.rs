//! The certificate of a recognised level is issued while its recognition is withdrawn: whichever
//! comes first, no certificate stands without its level.

use super::world::{World, document, id};
use crate::app::bodies::ScopeRequest;
use crate::app::operation::Done;
use crate::app::operations::verb;
use crate::app::sessions::{Assess, SessionRequest};
use crate::app::{Actor, clock};
use crate::domain::certificate::state::CertificateState;
use crate::domain::ids::{BodyId, ProposalId, SessionId, WorkerId};
use crate::domain::level::SkillLevel;
use crate::domain::proposal::End;
use crate::domain::route::Route;
use crate::domain::worker::decider::WorkerDecider;
use serde_json::{Value, json};
use std::sync::{Arc, Barrier};

/// Races run.
const RUNS: usize = 8;
const OCCUPATION: &str = "6-31-01-02";

async fn operate(world: &World, actor: &Actor, name: &str, request: Value) -> Done {
    let done = (verb(name).unwrap().run)(&world.ledger, actor, id(), request).await;
    done.unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn said(done: &Done, member: &str) -> String {
    let mut events = done.events.iter().rev();
    let value = events.find_map(|it| it.data.get(member)?.as_str());
    value.unwrap().to_owned()
}

/// A closed session on one recognition, and the proposal to withdraw that.
async fn closed(world: &World, body: BodyId, nth: usize) -> (WorkerId, SessionId, ProposalId) {
    let (maker, today) = (&world.maker, clock::today());
    let certificate = json!({
        "name": "张伟", "document_type": "居民身份证", "document_number": document(nth),
        "kind": "foreign", "issuer": "DEMO-DE-CHAMBER", "certificate": "Industriemechaniker",
        "number": format!("IHK-{nth}"), "grade": "Facharbeiter", "awarded_on": "2024-03-01",
        "evidence": ["11".repeat(32)],
    });
    let recorded = operate(world, maker, "background.record-certificate", certificate).await;
    let worker = recorded
        .id_of("worker.outside_certificate_recorded")
        .unwrap();
    let application = json!({
        "worker": worker, "record": said(&recorded, "record"), "rule": "compare/certified",
        "occupation": OCCUPATION,
    });
    let applied = operate(world, maker, "recognition.apply", application).await;
    let recognition = said(&applied, "recognition");
    let decision = json!({"worker": worker, "recognition": recognition, "award": true});
    operate(world, &world.checker, "recognition.grant", decision).await;
    let request = SessionRequest {
        route: Route::Recognition,
        assess: Assess::Levels {
            occupation: OCCUPATION.parse().unwrap(),
            work_type: None,
            levels: vec![SkillLevel::Four],
        },
        examiners: Vec::new(),
        ..World::session_request(body, &format!("2026-{nth}"))
    };
    let session = world
        .ledger
        .open_session(maker, id(), request)
        .await
        .unwrap();
    let enter = json!({"session": session, "worker": worker, "recognition": recognition});
    operate(world, maker, "route.enter-recognised", enter).await;
    let proposed = world
        .ledger
        .propose_results(maker, id(), session)
        .await
        .unwrap();
    let (ledger, checker) = (&world.ledger, &world.checker);
    ledger
        .approve(checker, id(), proposed.proposal)
        .await
        .unwrap();
    ledger
        .start_notice(maker, id(), session, today)
        .await
        .unwrap();
    ledger
        .close_session(maker, id(), session, today)
        .await
        .unwrap();
    let withdrawal = json!({
        "worker": worker, "recognition": recognition, "ground": "原证书系伪造",
        "basis": "某人社外〔2026〕9号",
    });
    let proposed = operate(world, maker, "recognition.withdraw", withdrawal).await;
    let proposal = said(&proposed, "proposal").parse().unwrap();
    (worker.parse().unwrap(), session, proposal)
}

#[tokio::test(flavor = "multi_thread")]
async fn no_certificate_stands_without_its_level() {
    let world = Arc::new(World::new().await);
    let body = world.body(0).await;
    let scope = ScopeRequest {
        occupations: vec![OCCUPATION.parse().unwrap()],
        ..World::scope_request(body)
    };
    let granted = world.ledger.grant_scope(&world.maker, id(), scope).await;
    granted.unwrap();
    let row = json!({
        "code": "certified", "edition": "demo-2026", "kind": "foreign",
        "issuer": "DEMO-DE-CHAMBER", "certificate": "Industriemechaniker",
        "occupation": OCCUPATION, "level": "four", "directions": "to-level",
        "effect": "direct-recognition", "with_certificate": true,
        "effective_from": "2024-01-01", "citation": "演示数据", "demo": true,
    });
    operate(&world, &world.maker, "recognition.list-comparison", row).await;
    for nth in 0..RUNS {
        let (worker, session, proposal) = closed(&world, body, nth).await;
        let together = Arc::new(Barrier::new(2));
        let (of_issue, at_once) = (Arc::clone(&world), Arc::clone(&together));
        let runtime = tokio::runtime::Handle::current();
        let issue = tokio::task::spawn_blocking(move || {
            at_once.wait();
            runtime.block_on(async {
                let (ledger, maker) = (&of_issue.ledger, &of_issue.maker);
                let today = clock::today();
                let issued = ledger.issue_certificates(maker, id(), session, today, &|_, _| {});
                issued.await
            })
        });
        let (of_end, runtime) = (Arc::clone(&world), tokio::runtime::Handle::current());
        let end = tokio::task::spawn_blocking(move || {
            together.wait();
            runtime.block_on(of_end.ledger.approve(&of_end.checker, id(), proposal))
        });
        end.await.unwrap().unwrap();
        match issue.await.unwrap() {
            Ok(answer) => {
                let certificate = answer.issued.first().unwrap().certificate;
                let state = world.ledger.certificate(certificate).await.unwrap();
                let revoked = matches!(
                    state,
                    CertificateState::Ended {
                        end: End::Revoked,
                        ..
                    }
                );
                assert!(revoked, "run {nth}: {state:?}");
                let named = level_of(&world, worker).await.unwrap().certificate;
                assert_eq!(named, Some(certificate));
            }
            Err(error) => {
                assert_eq!(error.code(), "nobody-passed");
                assert_eq!(level_of(&world, worker).await.unwrap().certificate, None);
            }
        }
    }
    let audit = world.ledger.audit().await.unwrap();
    assert!(audit.ok(), "{:?}", audit.problems);
}

/// The withdrawal of a person's one level.
async fn level_of(
    world: &World,
    worker: WorkerId,
) -> Option<crate::domain::worker::event::LevelWithdrawn> {
    let loaded = world.ledger.load::<WorkerDecider>(worker).await.unwrap();
    let levels = loaded.state.worker().unwrap().levels.clone();
    assert_eq!(levels.len(), 1);
    levels.into_iter().next()?.withdrawn
}
