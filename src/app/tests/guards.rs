//! What must not happen, tried.

use super::world::{PASSPHRASE, World, id};
use crate::app::accounts::AccountRequest;
use crate::app::draft::Draft;
use crate::app::execute::Asked;
use crate::app::home::database_path;
use crate::app::people::{self, Correction};
use crate::app::seal::sealed_digest;
use crate::app::{Actor, AppError, Ledger, chance, clock};
use crate::domain::account::command::AccountCommand;
use crate::domain::account::decider::AccountDecider;
use crate::domain::account::event::{AccountClosed, Role};
use crate::domain::body::decider::BodyDecider;
use crate::domain::body::event::RunOffGranted;
use crate::domain::ids::SubjectId;
use crate::domain::proposal::Act;
use crate::domain::worker::command::WorkerCommand;
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::event::WorkerDetailsSealed;
use crate::keys::Purpose;
use crate::sequencer::SequencerError;
use std::sync::atomic::{AtomicU32, Ordering};
use zeroize::Zeroizing;

fn code<T>(done: Result<T, AppError>) -> String {
    match done {
        Ok(_) => "done".to_owned(),
        Err(error) => error.code(),
    }
}

fn suspend() -> Act {
    Act::SuspendBody {
        ground: "投诉核查".into(),
        basis: "示范处〔2026〕1号".into(),
        on: clock::today(),
    }
}

/// Invariant 15: whoever has seen a token can act with it, so no one person may see a maker's and a
/// checker's.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_shown_both_a_makers_and_a_checkers_token() {
    let world = World::new().await;
    let (ledger, maker, checker) = (&world.ledger, &world.maker, &world.checker);
    let body = world.body(0).await;
    let open = async |actor: &Actor, role: Role| {
        let of_body = matches!(role, Role::BodyMaker | Role::BodyChecker);
        let request = AccountRequest {
            name: "李娜".into(),
            roles: vec![role],
            body: of_body.then_some(body),
        };
        ledger.open_account(actor, id(), request).await
    };
    for role in [Role::AuthorityChecker, Role::BodyChecker] {
        assert_eq!(code(open(maker, role).await), "not-allowed");
        open(checker, role).await.unwrap();
    }
    for role in [Role::AuthorityMaker, Role::BodyMaker] {
        assert_eq!(code(open(checker, role).await), "not-allowed");
        open(maker, role).await.unwrap();
    }
    for (actor, other) in [(maker, checker), (checker, maker)] {
        let replaced = ledger.replace_token(actor, id(), other.account).await;
        assert_eq!(code(replaced), "not-allowed");
        ledger
            .replace_token(actor, id(), actor.account)
            .await
            .unwrap();
    }
}

/// An account closed while its command was on the way acts no more.
#[tokio::test(flavor = "multi_thread")]
async fn a_closed_account_acts_no_more_even_if_it_was_let_in() {
    let world = World::new().await;
    let (ledger, maker) = (&world.ledger, &world.maker);
    let request = AccountRequest {
        name: "李娜".into(),
        roles: vec![Role::AuthorityMaker],
        body: None,
    };
    let opened = ledger.open_account(maker, id(), request).await.unwrap();
    let second = ledger.actor(&opened.token).await.unwrap();
    let closed = ledger
        .close_account(maker, id(), opened.account, "离职")
        .await;
    closed.unwrap();
    let request = World::body_request(0);
    let refused = ledger.register_body(&second, id(), request).await;
    assert!(matches!(refused, Err(AppError::UnknownToken)));
}

/// A body suspended between the decision and its append: the decision is taken anew, and refused.
#[tokio::test(flavor = "multi_thread")]
async fn a_decision_on_a_past_that_moved_is_taken_anew() {
    let world = World::new().await;
    let body = world.body(0).await;
    let asked = Asked {
        command_id: id(),
        actor: world.maker.account,
    };
    let ledger = &world.ledger;
    let digest = ledger.request_digest("test", &body).unwrap();
    let (decided, before) = (AtomicU32::new(0), world.head().await);
    let done = ledger.execute(asked, digest, async || {
        let loaded = ledger.load_existing::<BodyDecider>(body, "body").await?;
        loaded.state.in_good_standing()?;
        if decided.fetch_add(1, Ordering::Relaxed) == 0 {
            world.act(body, suspend()).await?;
        }
        let mut account = ledger.load::<AccountDecider>(world.checker.account).await?;
        let reason = "离职".into();
        let events = account.decide(&AccountCommand::Close(AccountClosed { reason }))?;
        let mut draft = Draft::default();
        draft.write(&account, events);
        draft.guard(&loaded);
        Ok(draft)
    });
    assert_eq!(code(done.await), "body-suspended");
    assert_eq!(decided.load(Ordering::Relaxed), 1);
    // The proposal, its approval and the suspension; nothing of the refused command.
    assert_eq!(world.head().await, before + 3);
}

/// A suspended body takes in, confirms and closes nothing: the close awards levels.
#[tokio::test(flavor = "multi_thread")]
async fn a_suspended_body_awards_no_level() {
    let world = World::new().await;
    let (ledger, maker) = (&world.ledger, &world.maker);
    let body = world.body(0).await;
    world.grant(body).await;
    let request = World::session_request(body, "2026-1");
    let session = ledger.open_session(maker, id(), request).await.unwrap();
    let sheet = world.sheet(1);
    let imported = ledger.import_results(maker, id(), session, sheet.as_bytes(), false);
    imported.await.unwrap();
    let proposed = ledger.propose_results(maker, id(), session).await.unwrap();
    world.act(body, suspend()).await.unwrap();
    let more = world.sheet(1);
    let imported = ledger.import_results(maker, id(), session, more.as_bytes(), false);
    assert_eq!(code(imported.await), "body-suspended");
    let approved = ledger
        .approve(&world.checker, id(), proposed.proposal)
        .await;
    assert_eq!(code(approved), "body-suspended");
}

/// The log signs nothing on an older copy of the database.
#[tokio::test(flavor = "multi_thread")]
async fn an_older_copy_of_the_database_signs_nothing() {
    let world = World::new().await;
    let data = world.dir.path().join("data");
    let copy = world.dir.path().join("copy");
    world.ledger.advance_log().await.unwrap();
    world.ledger.copy_to(&copy).await.unwrap();
    world.body(0).await;
    world.ledger.advance_log().await.unwrap();
    world.ledger.close().await;
    let database = database_path(&data);
    for beside in ["sqlite-wal", "sqlite-shm"] {
        let _ = std::fs::remove_file(database.with_extension(beside));
    }
    std::fs::copy(database_path(&copy), &database).unwrap();
    let passphrase = Zeroizing::new(PASSPHRASE.to_owned());
    let older = Ledger::open(&data, &passphrase).await.unwrap();
    // Not even after it has grown past what was signed.
    for nth in 0..3 {
        let refused = older.advance_log().await;
        let rolled_back = matches!(
            refused,
            Err(AppError::Sequencer(SequencerError::RolledBack { .. }))
        );
        assert!(rolled_back);
        let request = World::body_request(nth);
        older
            .register_body(&world.maker, id(), request)
            .await
            .unwrap();
    }
}

/// A leave to finish names a session of that body; a key is void from what has happened on.
#[tokio::test(flavor = "multi_thread")]
async fn leaves_and_compromises_speak_of_what_is() {
    let world = World::new().await;
    let (ledger, maker) = (&world.ledger, &world.maker);
    let (body, other) = (world.body(0).await, world.body(1).await);
    world.grant(other).await;
    let request = World::session_request(other, "2026-1");
    let session = ledger.open_session(maker, id(), request).await.unwrap();
    let run_off = RunOffGranted {
        session,
        until: clock::today(),
        reason: "收尾".into(),
    };
    let granted = ledger
        .grant_run_off(maker, id(), body, run_off.clone())
        .await;
    assert_eq!(code(granted), "not-found");
    let granted = ledger.grant_run_off(maker, id(), other, run_off).await;
    assert_eq!(code(granted), "done");
    let key_id = world.give(body, &[Purpose::Certificate]).await.remove(0);
    let from = async |from_position| {
        let act = Act::CompromiseKey {
            key_id: key_id.clone(),
            from_position,
            ground: "私钥外泄".into(),
        };
        code(ledger.propose_about_body(maker, id(), body, act).await)
    };
    let head = world.head().await;
    assert_eq!(from(head + 1).await, "position-invalid");
    assert_eq!(from(head).await, "done");
}

/// What takes effect is what was proposed, in the vault as in the event.
#[tokio::test(flavor = "multi_thread")]
async fn a_correction_changed_after_its_proposal_is_refused() {
    let world = World::new().await;
    let (ledger, maker) = (&world.ledger, &world.maker);
    let body = world.body(0).await;
    world.grant(body).await;
    let session = world.session(body, "2026-1").await.unwrap();
    let today = clock::today();
    let answer = ledger.issue_certificates(maker, id(), session, today, &|_, _| {});
    let issued = answer.await.unwrap().issued;
    let renamed = |name: &str| {
        let mut correction = Correction::default();
        correction.name = Some(name.to_owned());
        correction
    };
    let act = |corrected: &str| Act::CorrectCertificate {
        corrected: vec![corrected.to_owned()],
        ground: "姓名录入有误".into(),
        on: today,
    };
    let propose = async |act: Act, correction: Option<Correction>| {
        let number = &issued[0].number;
        let proposed = ledger.propose_about_certificate(maker, id(), number, act, correction);
        proposed.await
    };
    // The event names the fields that the vault's correction changes.
    let differs = propose(act("work-type"), Some(renamed("张玮"))).await;
    assert_eq!(code(differs), "bad-input");
    assert_eq!(code(propose(act("name"), None).await), "bad-input");
    let no_name = propose(act("name"), Some(renamed("13800000000"))).await;
    assert_eq!(code(no_name), "bad-input");
    let proposed = propose(act("name"), Some(renamed("张玮"))).await.unwrap();

    let subject: SubjectId = issued[0].subject;
    let keys = people::keys_of(ledger, &[subject]).await.unwrap();
    let field = format!("correction:{}", proposed.proposal);
    let other = serde_json::to_vec(&renamed("李四")).unwrap();
    let row = keys[&subject].seal_bytes(&field, 2, &other, &mut chance::rng());
    let row = row.unwrap();
    let asked = Asked {
        command_id: id(),
        actor: maker.account,
    };
    let digest = ledger.request_digest("test", &subject).unwrap();
    let changed = ledger.execute(asked, digest, async || {
        let worker = crate::domain::ids::WorkerId(subject.0);
        let mut worker = ledger.load::<WorkerDecider>(worker).await?;
        let sealed = vec![sealed_digest(&row)];
        let details = WorkerDetailsSealed { sealed };
        let events = worker.decide(&WorkerCommand::SealDetails(details))?;
        let mut draft = Draft::default();
        draft.write(&worker, events);
        draft.seal(row.clone());
        Ok(draft)
    });
    changed.await.unwrap();
    let approved = ledger
        .approve(&world.checker, id(), proposed.proposal)
        .await;
    assert_eq!(code(approved), "proposal-digest-differs");
}

/// Invariant 2, in the bytes: nothing in the files of a ledger shows a name or a number.
#[tokio::test(flavor = "multi_thread")]
async fn no_file_of_a_ledger_shows_a_person() {
    let world = World::new().await;
    let body = world.body(0).await;
    world.grant(body).await;
    let session = world.session(body, "2026-1").await.unwrap();
    let (ledger, today) = (&world.ledger, clock::today());
    let issue = ledger.issue_certificates(&world.maker, id(), session, today, &|_, _| {});
    issue.await.unwrap();
    ledger.publish_all(&world.maker).await.unwrap();
    let again = World::new().await.sheet(2);
    let mut persons: Vec<&str> = again
        .lines()
        .skip(1)
        .flat_map(|line| line.split(',').take(2))
        .collect();
    persons.extend(["经办", "复核", "考评员", "K0001"]);
    let mut folders = vec![world.dir.path().join("data")];
    let mut read = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            read += bytes.len();
            for person in &persons {
                let shows = bytes
                    .windows(person.len())
                    .any(|at| at == person.as_bytes());
                assert!(!shows, "{} shows {person}", path.display());
            }
        }
    }
    assert!(read > 100_000);
}
