//! Two at once, where only one may: two sessions that close over one promotion of the year, two
//! issues over the same twins. The commands begin together on threads of their own, many times.

use super::race::closed_session_of;
use super::twins::employer;
use super::world::{World, document, id};
use crate::app::bodies::ScopeRequest;
use crate::app::issue_certificates::Issued;
use crate::app::operation::Done;
use crate::app::operations::verb;
use crate::app::sessions::{Assess, SessionRequest};
use crate::app::{AppError, clock};
use crate::domain::ids::{BodyId, ProposalId, SessionId};
use crate::domain::level::SkillLevel;
use crate::domain::route::Route;
use crate::domain::session::dual::EnterpriseCertificate;
use crate::view::RegisterPage;
use jiff::civil::{Date, date};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::sync::{Arc, Barrier};

/// Races of each kind.
const RUNS: usize = 8;

/// The occupation of the competitions, which every promotion rule built in speaks of.
const OCCUPATION: &str = "6-18-02-04";

/// The day the sessions end.
const ENDS: Date = date(2026, 7, 20);

async fn operate(world: &World, name: &str, request: Value) -> Done {
    let verb = verb(name).unwrap();
    let done = (verb.run)(&world.ledger, &world.maker, id(), request).await;
    done.unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Begins a command for two sessions at the same moment, and waits for both.
async fn both<T, F>(
    world: &Arc<World>,
    command: fn(Arc<World>, SessionId) -> F,
    of: [SessionId; 2],
) -> [T; 2]
where
    T: Send + 'static,
    F: Future<Output = T> + 'static,
{
    let together = Arc::new(Barrier::new(2));
    let [one, other] = of.map(|session| {
        let (world, together) = (Arc::clone(world), Arc::clone(&together));
        let runtime = tokio::runtime::Handle::current();
        tokio::task::spawn_blocking(move || {
            together.wait();
            runtime.block_on(command(world, session))
        })
    });
    [one.await.unwrap(), other.await.unwrap()]
}

/// A contestant's first place of thirty in a municipal competition of the first class.
async fn first_place(world: &World, code: &str, nth: usize) -> String {
    let registered = operate(
        world,
        "competition.register",
        json!({"code": code, "name": "某市职业技能大赛", "tier": "provincial", "class": "一类",
            "organiser": "某市人力资源和社会保障局", "region": "120000",
            "occupation": [OCCUPATION], "group": ["staff", "student"], "from": "2026-05-18",
            "to": "2026-05-20", "source": "竞赛计划〔2026〕1号"}),
    )
    .await;
    let competition = registered.id_of("competition.registered").unwrap();
    operate(
        world,
        "competition.enter-place",
        json!({"competition": competition, "name": "张伟", "document_number": document(nth),
            "occupation": OCCUPATION, "group": "staff", "rank": 1, "contestants": 30,
            "evidence": ["3f".repeat(32)]}),
    )
    .await;
    let confirm = json!({"competition": competition});
    let proposed = operate(world, "competition.confirm", confirm).await;
    let mut proposals = proposed.events.iter();
    let proposal: ProposalId = proposals
        .find_map(|event| event.data["proposal"].as_str())
        .and_then(|it| it.parse().ok())
        .unwrap();
    world
        .ledger
        .approve(&world.checker, id(), proposal)
        .await
        .unwrap();
    for step in ["competition.notice", "competition.close"] {
        let request = json!({"competition": competition, "on": "2026-05-30"});
        operate(world, step, request).await;
    }
    competition.to_owned()
}

/// A session that promotes the winner of a competition, in notice and ready to close.
async fn promoting(
    world: &World,
    body: BodyId,
    code: &str,
    competition: &str,
    nth: usize,
) -> SessionId {
    let (ledger, maker) = (&world.ledger, &world.maker);
    let request = SessionRequest {
        route: Route::Competition,
        assess: Assess::Levels {
            occupation: OCCUPATION.parse().unwrap(),
            work_type: None,
            levels: vec![SkillLevel::Two, SkillLevel::One],
        },
        assessed_on: date(2026, 7, 10),
        examiners: Vec::new(),
        ..World::session_request(body, code)
    };
    let session = ledger.open_session(maker, id(), request).await.unwrap();
    operate(
        world,
        "route.enter-promotion",
        json!({"session": session, "name": "张伟", "document_number": document(nth),
            "competition": competition}),
    )
    .await;
    let proposed = ledger.propose_results(maker, id(), session).await.unwrap();
    ledger
        .approve(&world.checker, id(), proposed.proposal)
        .await
        .unwrap();
    ledger
        .start_notice(maker, id(), session, ENDS)
        .await
        .unwrap();
    session
}

async fn close(world: Arc<World>, session: SessionId) -> Result<(), AppError> {
    let closed = world
        .ledger
        .close_session(&world.maker, id(), session, ENDS);
    closed.await.map(|_| ())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_closes_over_one_promotion_of_the_year_one_is_refused() {
    let world = Arc::new(World::new().await);
    let body = employer(&world).await;
    let scope = ScopeRequest {
        occupations: vec![OCCUPATION.parse().unwrap()],
        from: date(2025, 1, 1),
        to: date(2035, 12, 31),
        ..World::scope_request(body)
    };
    world
        .ledger
        .grant_scope(&world.maker, id(), scope)
        .await
        .unwrap();
    let mut awarded = 0;
    for run in 0..RUNS {
        let nth = 900 + run;
        let mut sessions = Vec::new();
        for letter in ["a", "b"] {
            let code = format!("2026-{run}{letter}");
            let competition = first_place(&world, &code, nth).await;
            sessions.push(promoting(&world, body, &code, &competition, nth).await);
        }
        let of = [sessions[0], sessions[1]];
        let closed = both(&world, close, of).await;
        let refused: Vec<String> = closed
            .iter()
            .filter_map(|it| it.as_ref().err())
            .map(AppError::code)
            .collect();
        // Whoever comes second finds the year used up, or its key taken.
        let known = ["promotion-once-a-year", "already-taken"];
        assert_eq!(refused.len(), 1, "{closed:?}");
        assert!(known.contains(&refused[0].as_str()), "{refused:?}");
        awarded += 1;
        // Asked again, the loser hears of the rule, and stays in notice.
        let lost = of[usize::from(closed[0].is_ok())];
        let again = close(Arc::clone(&world), lost).await.unwrap_err();
        assert_eq!(again.code(), "promotion-once-a-year");
        assert_eq!(
            world.ledger.session(lost).await.unwrap().name(),
            "in-notice"
        );
        let page = RegisterPage {
            limit: 1_000,
            ..RegisterPage::default()
        };
        let awards = world.ledger.views.register_page("award", page).await;
        assert_eq!(awards.unwrap().value.len(), awarded);
    }
}

/// A session of two people who get two certificates each, ready to issue.
async fn dual(world: &World, body: BodyId, code: &str) -> SessionId {
    let request = SessionRequest {
        dual: Some(EnterpriseCertificate {
            name: super::world::name("某某重工技能证书"),
            grades: BTreeMap::from([(SkillLevel::Three, "骨干运维员".into())]),
        }),
        ..World::session_request(body, code)
    };
    closed_session_of(world, request, 2).await
}

async fn issue(world: Arc<World>, session: SessionId) -> Result<Vec<Issued>, AppError> {
    let today = clock::today();
    let issued = world
        .ledger
        .issue_certificates(&world.maker, id(), session, today, &|_, _| {});
    issued.await.map(|answer| answer.issued)
}

/// Each certificate names its twin, the twin names it, and both are of one person and session.
async fn are_pairs(world: &World, issued: &[Issued]) {
    let mut twins = BTreeMap::new();
    for it in issued {
        let row = world.ledger.views.certificate_by_number(&it.number).await;
        let row = row.unwrap().value.unwrap();
        let twin = row.twin.clone().unwrap();
        twins.insert(row.number.clone(), (twin, row.worker, row.session));
    }
    for (number, (twin, worker, session)) in &twins {
        let expected = (number.clone(), *worker, *session);
        assert_eq!(twins.get(twin), Some(&expected), "the twin of {number}");
        assert_ne!(twin, number);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_issues_over_the_same_twins_one_is_refused_and_two_sessions_keep_theirs_apart() {
    let world = Arc::new(World::new().await);
    let body = employer(&world).await;
    let mut numbers = BTreeSet::new();
    let mut expected = 0;
    for run in 0..RUNS {
        // The same session twice: its twins are issued once.
        let session = dual(&world, body, &format!("2026-{run}")).await;
        let [one, other] = both(&world, issue, [session; 2]).await;
        let (won, lost) = match (one, other) {
            (Ok(won), Err(lost)) | (Err(lost), Ok(won)) => (won, lost),
            (one, other) => panic!("{} {}", one.is_ok(), other.is_ok()),
        };
        assert!(lost.is_refusal(), "{lost}");
        assert_eq!(won.len(), 4);
        are_pairs(&world, &won).await;
        numbers.extend(won.into_iter().map(|it| it.number));
        // Two sessions of one body: both are issued, and neither takes the other's numbers.
        let mut sessions = Vec::new();
        for letter in ["a", "b"] {
            sessions.push(dual(&world, body, &format!("2026-{run}{letter}")).await);
        }
        let issued = both(&world, issue, [sessions[0], sessions[1]]).await;
        for issued in issued {
            let issued = issued.unwrap();
            assert_eq!(issued.len(), 4);
            are_pairs(&world, &issued).await;
            numbers.extend(issued.into_iter().map(|it| it.number));
        }
        expected += 12;
        assert_eq!(numbers.len(), expected);
    }
    assert_eq!(world.ledger.compare_views().await.unwrap(), 0);
}
