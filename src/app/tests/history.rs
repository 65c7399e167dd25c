//! Many bodies live random lives side by side. A plain model says what each may do; the ledger must
//! allow and refuse alike, and in the end a stranger with the exported files must judge alike.

use super::world::{World, id};
use crate::app::people::Correction;
use crate::app::{AppError, clock};
use crate::domain::body::event::RunOffGranted;
use crate::domain::ids::{BodyId, GrantId, SessionId};
use crate::domain::number::CertificateNumber;
use crate::domain::proposal::{Act, End};
use crate::domain::time::Instant;
use crate::keys::Purpose;
use crate::tlog::TlogProof;
use crate::verify::{Known, Outcome, Policy, verify};
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const BODIES: usize = 60;
const STEPS: usize = 12;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    Valid,
    Suspended,
    Over,
}

struct Certificate {
    number: CertificateNumber,
    session: usize,
    state: State,
    /// The files of its issues, with the key each was signed by.
    files: Vec<(PathBuf, String)>,
}

struct Session {
    id: SessionId,
    code: String,
    issued: bool,
    run_off: bool,
}

/// What held of a body at a position.
struct Held {
    position: u64,
    good: bool,
    in_scope: bool,
    key: Option<String>,
    /// The numbers of the sessions with a run-off.
    run_offs: Vec<String>,
}

/// What the model knows of a body.
struct Life {
    body: BodyId,
    good: bool,
    scope: Option<GrantId>,
    key: Option<String>,
    status_key: Option<String>,
    compromised: Vec<(String, u64)>,
    sessions: Vec<Session>,
    certificates: Vec<Certificate>,
    /// After each step: the position, and what held there.
    held: Vec<Held>,
}

impl Life {
    fn may_issue(&self, session: usize) -> bool {
        self.good && self.key.is_some() && (self.scope.is_some() || self.sessions[session].run_off)
    }
}

/// A refusal by a rule, or what was done.
fn agrees<T>(may: bool, done: Result<T, AppError>, what: &str) -> Option<T> {
    match done {
        Ok(value) => {
            assert!(may, "{what} was done and should have been refused");
            Some(value)
        }
        Err(error) => {
            assert!(error.is_refusal(), "{what}: {error}");
            assert!(
                !may,
                "{what} was refused and should have been done: {error}"
            );
            None
        }
    }
}

fn text(text: &str) -> String {
    text.to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_ledger_allows_is_what_strangers_believe() {
    let world = World::new().await;
    let mut rng = ChaCha20Rng::seed_from_u64(20_260_101);
    let mut lives = Vec::new();
    for nth in 0..BODIES {
        let body = world.body(nth).await;
        let keys = world.ledger.views().body_trust(body).await.unwrap().value;
        let keys = keys.unwrap().keys;
        let key = |purpose: Purpose| {
            let key = keys.iter().find(|key| key.purpose == purpose.name());
            key.map(|key| key.key_id.clone())
        };
        lives.push(Life {
            body,
            good: true,
            scope: Some(world.grant(body).await),
            key: key(Purpose::Certificate),
            status_key: key(Purpose::Status),
            compromised: Vec::new(),
            sessions: Vec::new(),
            certificates: Vec::new(),
            held: Vec::new(),
        });
    }
    for _ in 0..BODIES * STEPS {
        let life = rng.random_range(0..lives.len());
        step(&world, &mut lives[life], &mut rng).await;
    }
    for life in lives.iter_mut().filter(|life| life.status_key.is_none()) {
        life.status_key = world.give(life.body, &[Purpose::Status]).await.pop();
    }
    world.ledger.publish_all(&world.maker).await.unwrap();
    let folder = world.dir.path().join("published");
    let files = world.ledger.write_trust_files(&folder).await.unwrap();
    let trust = std::fs::read(files.trust_list).unwrap();
    judge(&trust, &lives);
    stretches(&world, &lives).await;
    let audit = world.ledger.audit().await.unwrap();
    assert!(audit.ok(), "{:?}", audit.problems.first());
}

async fn step(world: &World, life: &mut Life, rng: &mut ChaCha20Rng) {
    let (ledger, maker) = (&world.ledger, &world.maker);
    let today = clock::today();
    let body = life.body;
    match rng.random_range(0..21) {
        0..=4 => {
            let code = format!("2026-{}", life.sessions.len());
            let may = life.good && life.scope.is_some();
            let opened = world.session(body, &code).await;
            if let Some(id) = agrees(may, opened, "open") {
                let (issued, run_off) = (false, false);
                life.sessions.push(Session {
                    id,
                    code,
                    issued,
                    run_off,
                });
            }
        }
        5..=9 if !life.sessions.is_empty() => {
            let nth = rng.random_range(0..life.sessions.len());
            let may =
                !life.sessions[nth].issued && life.may_issue(nth) && life.status_key.is_some();
            let session = life.sessions[nth].id;
            let issue = ledger.issue_certificates(maker, id(), session, today, &|_, _| {});
            if let Some(answer) = agrees(may, issue.await, "issue") {
                life.sessions[nth].issued = true;
                let folder = world.dir.path().join("certificates");
                let written = ledger.write_certificates(&answer.issued, &folder, &|_, _| {});
                for (issued, file) in answer.issued.iter().zip(written.await.unwrap()) {
                    life.certificates.push(Certificate {
                        number: issued.number.clone(),
                        session: nth,
                        state: State::Valid,
                        files: vec![(file, life.key.clone().unwrap())],
                    });
                }
            }
        }
        10 => {
            let act = match life.good {
                true => Act::SuspendBody {
                    ground: text("投诉核查"),
                    basis: text("示范处〔2026〕1号"),
                    on: today,
                },
                false => Act::ReinstateBody {
                    ground: text("核查完毕"),
                    on: today,
                },
            };
            world.act(body, act).await.unwrap();
            life.good = !life.good;
        }
        11 => match life.scope.take() {
            Some(grant) => world.end_scope(body, grant).await,
            None => life.scope = Some(world.grant(body).await),
        },
        12 if !life.sessions.is_empty() => {
            let nth = rng.random_range(0..life.sessions.len());
            let run_off = RunOffGranted {
                session: life.sessions[nth].id,
                until: today,
                reason: text("收尾"),
            };
            let granted = ledger.grant_run_off(maker, id(), body, run_off).await;
            let may = life.good && !life.sessions[nth].run_off;
            if agrees(may, granted, "run-off").is_some() {
                life.sessions[nth].run_off = true;
            }
        }
        13 => life.key = world.give(body, &[Purpose::Certificate]).await.pop(),
        14 => life.status_key = world.give(body, &[Purpose::Status]).await.pop(),
        15 if rng.random_bool(0.5) => {
            if let Some(key_id) = life.key.take() {
                let retire = ledger.retire_body_key(maker, id(), body, &key_id, today);
                retire.await.unwrap();
            }
        }
        15 => {
            let key = match rng.random_bool(0.7) {
                true => &mut life.key,
                false => &mut life.status_key,
            };
            if let Some(key_id) = key.take() {
                let head = world.head().await;
                let from_position = rng.random_range(1..=head);
                let act = Act::CompromiseKey {
                    key_id: key_id.clone(),
                    from_position,
                    ground: text("私钥外泄"),
                };
                world.act(body, act).await.unwrap();
                life.compromised.push((key_id, from_position));
            }
        }
        _ if !life.certificates.is_empty() => certificate_step(world, life, rng).await,
        _ => {}
    }
    let leaves = life.sessions.iter().filter(|session| session.run_off);
    let run_offs = leaves.map(|session| session.code.clone()).collect();
    life.held.push(Held {
        position: world.head().await,
        good: life.good,
        in_scope: life.scope.is_some(),
        key: life.key.clone(),
        run_offs,
    });
}

async fn certificate_step(world: &World, life: &mut Life, rng: &mut ChaCha20Rng) {
    let today = clock::today();
    let (ledger, maker) = (&world.ledger, &world.maker);
    let nth = rng.random_range(0..life.certificates.len());
    let may_issue = life.may_issue(life.certificates[nth].session);
    let status_key = life.status_key.is_some();
    let key = life.key.clone();
    let Certificate {
        number,
        session,
        state,
        ..
    } = &life.certificates[nth];
    let (number, session, state) = (number.clone(), *session, *state);
    let (ground, basis) = (text("核查"), text("示范处〔2026〕2号"));
    let end = *[End::Revoked, End::Cancelled, End::Forfeited, End::Voided]
        .choose(rng)
        .unwrap();
    let kind = rng.random_range(0..5);
    if kind == 4 {
        let reissued = ledger
            .reissue(maker, id(), &number, "证书遗失", today)
            .await;
        let may = may_issue && state == State::Valid;
        if let Some(issued) = agrees(may, reissued, "reissue") {
            let folder = world.dir.path().join("certificates");
            let issued = [issued];
            let written = ledger.write_certificates(&issued, &folder, &|_, _| {});
            let file = written.await.unwrap().remove(0);
            life.certificates[nth].files.push((file, key.unwrap()));
        }
        return;
    }
    let correction = (kind == 3).then(|| {
        let mut correction = Correction::default();
        correction.work_type = Some(text("运维"));
        correction
    });
    let (act, may, after) = match kind {
        0 => {
            let act = Act::EndCertificate {
                end,
                ground,
                basis,
                on: today,
            };
            (act, state != State::Over, State::Over)
        }
        1 => {
            let act = Act::SuspendCertificate {
                ground,
                basis,
                on: today,
            };
            (act, state == State::Valid, State::Suspended)
        }
        2 => {
            let act = Act::ReinstateCertificate { ground, on: today };
            (act, state == State::Suspended, State::Valid)
        }
        _ => {
            let corrected = vec![text("work-type")];
            let act = Act::CorrectCertificate {
                corrected,
                ground,
                on: today,
            };
            (act, state == State::Valid, State::Over)
        }
    };
    let proposed = ledger.propose_about_certificate(maker, id(), &number, act, correction);
    let Some(proposed) = agrees(may, proposed.await, "propose") else {
        return;
    };
    // The maker's own approval never counts.
    let own = ledger.approve(maker, id(), proposed.proposal).await;
    agrees(false, own, "approval by the maker");
    let may = kind != 3 || (may_issue && status_key);
    let approved = ledger
        .approve(&world.checker, id(), proposed.proposal)
        .await;
    if agrees(may, approved, "approve").is_none() {
        return;
    }
    life.certificates[nth].state = after;
    if kind == 3 {
        let state = ledger.find_certificate(&number).await.unwrap();
        let state = ledger.certificate(state).await.unwrap();
        let crate::domain::certificate::state::CertificateState::Superseded { by, .. } = state
        else {
            panic!("a corrected certificate is superseded");
        };
        let issues = ledger.issues_of(&by.by).await.unwrap();
        let folder = world.dir.path().join("certificates");
        let written = ledger.write_certificates(&issues, &folder, &|_, _| {});
        let file = written.await.unwrap().remove(0);
        life.certificates.push(Certificate {
            number: by.by,
            session,
            state: State::Valid,
            files: vec![(file, key.unwrap())],
        });
    }
}

fn proof_of(file: &Path) -> Vec<u8> {
    std::fs::read(file.with_extension("tlog-proof")).unwrap()
}

/// Every document ever handed out is judged as the model would judge it.
fn judge(trust: &[u8], lives: &[Life]) {
    let now = Instant(clock::now().0 + 1_000_000);
    let known = Known::gather(now, Policy::default(), Some(trust), None, &[]);
    let mut told = BTreeMap::new();
    for life in lives {
        for certificate in &life.certificates {
            for (file, key) in &certificate.files {
                let proof = proof_of(file);
                let position = TlogProof::parse(&proof).unwrap().index + 1;
                let void = life
                    .compromised
                    .iter()
                    .any(|(bad, from)| bad == key && *from <= position);
                let expected = match certificate.state == State::Valid && !void {
                    true => Outcome::Valid,
                    false => Outcome::Invalid,
                };
                let credential = std::fs::read(file).unwrap();
                let report = verify(&credential, Some(&proof), &known);
                assert_eq!(
                    report.outcome, expected,
                    "{} {:?} void {void}: {:?}",
                    certificate.number, certificate.state, report.checks
                );
                *told.entry((certificate.state as u8, void)).or_insert(0) += 1;
            }
        }
    }
    // Every kind of life was lived.
    for (state, void) in [(0, false), (0, true), (1, false), (2, false)] {
        assert!(told.contains_key(&(state, void)), "{told:?}");
    }
}

/// The trust list says of every step what held there.
async fn stretches(world: &World, lives: &[Life]) {
    let list = world.ledger.trust_file().await.unwrap().open().unwrap();
    for life in lives {
        let trust = world.ledger.views().body_trust(life.body).await.unwrap();
        let public = trust.value.unwrap().body.public_id;
        let body = list
            .bodies
            .iter()
            .find(|body| body.did.to_string().contains(&public.to_string()))
            .unwrap();
        for held in &life.held {
            let at = held.position;
            assert_eq!(body.suspensions.iter().any(|s| s.holds(at)), !held.good);
            let in_scope = body.scopes.iter().any(|s| s.stretch().holds(at));
            assert_eq!(in_scope, held.in_scope);
            let leaves = body.run_offs.iter().filter(|it| it.from_position <= at);
            let leaves: BTreeSet<&str> = leaves.map(|it| it.session.as_str()).collect();
            assert_eq!(leaves, held.run_offs.iter().map(String::as_str).collect());
            let mut keys = body
                .keys
                .iter()
                .filter(|it| it.purpose == Purpose::Certificate && it.stretch().holds(at));
            match &held.key {
                Some(key) => assert!(keys.any(|it| it.key_id.as_str() == key)),
                None => assert!(keys.all(|it| it.compromised_from_position.is_some())),
            }
        }
    }
}
