//! A scope is taken back while certificates are being issued: no certificate stands after the
//! position of the withdrawal, whatever the moment.
//!
//! The moment is drawn: before, among, or after the signatures of the issue. Half of the races are
//! free; in the other half the issue waits at that moment until the withdrawal is recorded, so that
//! it surely falls between its decision and its append. `SKILL_LEDGER_RACE=PEOPLExRUNS` sets the
//! size, two races at least; 200 races of 3 people if not given.

use super::world::{World, id};
use crate::app::clock;
use crate::app::sessions::SessionRequest;
use crate::domain::event::Event;
use crate::domain::ids::{BodyId, GrantId, SessionId};
use crate::domain::proposal::Act;
use crate::store::EventStore;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How long an issue waits at its moment before the test gives up.
const PATIENCE: Duration = Duration::from_secs(600);

fn size() -> (usize, usize) {
    let asked = std::env::var("SKILL_LEDGER_RACE").unwrap_or_else(|_| "3x200".into());
    let (people, runs) = asked.split_once('x').expect("PEOPLExRUNS");
    (people.parse().unwrap(), runs.parse().unwrap())
}

/// A session of so many people who all pass, closed and ready to issue.
pub async fn closed_session_of(world: &World, request: SessionRequest, people: usize) -> SessionId {
    let (ledger, maker) = (&world.ledger, &world.maker);
    let session = ledger.open_session(maker, id(), request).await.unwrap();
    let sheet = world.sheet(people);
    let imported = ledger.import_results(maker, id(), session, sheet.as_bytes(), false);
    assert!(imported.await.unwrap().written);
    let proposed = ledger.propose_results(maker, id(), session).await.unwrap();
    let approved = ledger.approve(&world.checker, id(), proposed.proposal);
    approved.await.unwrap();
    let today = clock::today();
    ledger
        .start_notice(maker, id(), session, today)
        .await
        .unwrap();
    ledger
        .close_session(maker, id(), session, today)
        .await
        .unwrap();
    session
}

/// What the withdrawal and the issue tell each other.
struct Moment {
    at: u64,
    waits: bool,
    reached: Mutex<Option<Sender<()>>>,
    recorded: Mutex<Receiver<()>>,
}

impl Moment {
    /// Called with every signature: at the moment, once, the withdrawal is let go.
    fn signed(&self, done: u64) {
        if done < self.at {
            return;
        }
        let Some(reached) = self.reached.lock().unwrap().take() else {
            return;
        };
        reached.send(()).unwrap();
        if self.waits {
            let recorded = self.recorded.lock().unwrap();
            tokio::task::block_in_place(|| recorded.recv_timeout(PATIENCE).unwrap());
        }
    }
}

/// One race. Whether the certificates were issued.
async fn race(
    world: &Arc<World>,
    body: BodyId,
    grant: GrantId,
    session: SessionId,
    (at, waits): (u64, bool),
) -> bool {
    let (ledger, maker) = (&world.ledger, &world.maker);
    let today = clock::today();
    let act = Act::TakeBackScope {
        grant,
        occupations: vec![],
        rest: None,
        ground: "虚假评价".into(),
        basis: "示范处〔2026〕3号".into(),
        on: today,
    };
    let proposed = ledger.propose_about_body(maker, id(), body, act);
    let proposal = proposed.await.unwrap().proposal;
    let (reached, let_go) = channel();
    let (tell, recorded) = channel();
    let moment = Moment {
        at,
        waits,
        reached: Mutex::new(Some(reached)),
        recorded: Mutex::new(recorded),
    };
    let progress = |done: u64, _: u64| moment.signed(done);
    if at == 0 {
        moment
            .reached
            .lock()
            .unwrap()
            .take()
            .unwrap()
            .send(())
            .unwrap();
    }
    // A thread of its own: the issue may hold its own while it waits.
    let second = Arc::clone(world);
    let runtime = tokio::runtime::Handle::current();
    let withdrawal = tokio::task::spawn_blocking(move || {
        let_go.recv_timeout(PATIENCE).ok();
        let approve = second.ledger.approve(&second.checker, id(), proposal);
        let done = runtime.block_on(approve);
        tell.send(()).ok();
        done.map(|_| ())
    });
    let issued = ledger
        .issue_certificates(maker, id(), session, today, &progress)
        .await;
    // After the last signature: the withdrawal comes behind the issue.
    moment.reached.lock().unwrap().take();
    let withdrawn = withdrawal.await.unwrap();
    withdrawn.unwrap();
    match issued {
        Ok(answer) => {
            assert!(!answer.issued.is_empty());
            true
        }
        Err(refused) => {
            assert_eq!(refused.code(), "scope-expired");
            false
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_certificate_stands_after_the_withdrawal_of_its_scope() {
    let (people, runs) = size();
    let world = Arc::new(World::new().await);
    let body = world.body(0).await;
    let mut rng = ChaCha20Rng::seed_from_u64(5_000_200);
    let (mut won, mut lost) = (0, 0);
    let mut session = None;
    let mut granted = Vec::new();
    for run in 0..runs {
        let grant = world.grant(body).await;
        let of = match session {
            Some(session) => session,
            None => {
                let request = World::session_request(body, &format!("2026-{run}"));
                closed_session_of(&world, request, people).await
            }
        };
        // From before the first signature to after the last.
        let at = rng.random_range(0..=people as u64 + 1);
        let waits = rng.random_bool(0.5) && (1..=people as u64).contains(&at);
        // Whatever was drawn, the first issue is overtaken and the last is not.
        let (at, waits) = match run {
            0 => (people as u64 / 2 + 1, true),
            _ if run + 1 == runs => (people as u64 + 1, false),
            _ => (at, waits),
        };
        let before = world.head().await;
        let issued = race(&world, body, grant, of, (at, waits)).await;
        assert!(
            !(issued && waits),
            "the issue waited for the withdrawal and went through"
        );
        session = (!issued).then_some(of);
        if issued {
            won += 1;
        } else {
            lost += 1;
        }
        granted.push((grant, before));
    }
    assert!(won > 0 && lost > 0, "{won} issued, {lost} refused");
    judge(&world, body, people, won).await;
}

/// Reads the whole log: each issue lies between the grant and the end of a scope.
async fn judge(world: &World, body: BodyId, people: usize, won: usize) {
    let mut standing = 0_i32;
    let (mut certificates, mut after) = (0, 0);
    loop {
        let rows = world.ledger.store.read_all(after, 1_000).await.unwrap();
        let Some(last) = rows.last() else { break };
        after = last.position;
        for row in &rows {
            let own = row.stream.id == body.0;
            match row.event_type.as_str() {
                "body.scope_granted" if own => standing += 1,
                "body.scope_ended" if own => standing -= 1,
                "certificate.issued" => {
                    assert_eq!(standing, 1, "position {}", row.position);
                    certificates += 1;
                    let event = crate::codec::registry::decode(row).unwrap();
                    assert!(matches!(event, Event::Certificate(_)));
                }
                _ => {}
            }
        }
    }
    assert_eq!(certificates, won * people);
    assert_eq!(standing, 0);
}
