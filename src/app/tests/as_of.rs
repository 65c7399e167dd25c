//! Every question is answered as of a past position as it was answered when the ledger was there;
//! a person alone is shown as the vault has him now, or not at all.

use super::world::{World, id};
use crate::app::clock;
use crate::app::operation::{Done, Field};
use crate::app::operations::verb;
use crate::app::queries::{QUESTIONS, question};
use crate::codec::batch::{AppendOutcome, Batch, NewEvent};
use crate::codec::registry;
use crate::domain::background::RecordStruck;
use crate::domain::event::Event;
use crate::domain::ids::{EventId, RecordId, SessionId, SubjectId, WorkerId};
use crate::domain::level::SkillLevel;
use crate::domain::number::CertificateNumber;
use crate::domain::proposal::{Act, End};
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::event::WorkerEvent;
use crate::store::EventStore;
use crate::view::RegisterPage;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// An item whose conditions ask for an age.
const AGED: &str = "DEMO-ZX-0001";

/// What there is to ask about.
#[derive(Default)]
struct Known {
    sessions: Vec<SessionId>,
    workers: Vec<WorkerId>,
    numbers: Vec<CertificateNumber>,
    proposals: Vec<String>,
    reviews: Vec<String>,
    cards: Vec<String>,
}

/// A question, what was asked, and the answer it had at a position.
struct Recorded {
    position: u64,
    name: &'static str,
    request: Value,
    answer: Result<Value, String>,
}

/// Every question about everything known, as of now.
fn questions(known: &Known) -> Vec<(&'static str, Value)> {
    let code = World::body_request(0).credit_code;
    let occupation = "6-31-07-01";
    let on = clock::today();
    let mut all = vec![
        ("body.show", json!({"body": code})),
        ("body.list", json!({})),
        ("body.list", json!({"limit": 1})),
        ("body.record", json!({"body": code, "on": on})),
        ("keys.list", json!({})),
        ("keys.list", json!({"body": code})),
        ("session.list", json!({"body": code})),
        ("proposal.list", json!({})),
        ("proposal.list", json!({"body": code})),
        ("staff.certified-share", json!({"body": code, "on": on})),
    ];
    for session in &known.sessions {
        all.push(("session.show", json!({"session": session})));
        all.push(("session.counts", json!({"session": session})));
        all.push(("certificate.list", json!({"session": session})));
        all.push(("proposal.list", json!({"session": session})));
    }
    for worker in &known.workers {
        let level = SkillLevel::Two;
        let applied = json!({"worker": worker, "occupation": occupation, "level": level,
            "on": on});
        all.push(("worker.eligibility", applied));
        let applied = json!({"worker": worker, "item": AGED, "on": on});
        all.push(("worker.eligibility", applied));
        all.push(("worker.next-steps", json!({"worker": worker, "on": on})));
        all.push(("worker.recognitions", json!({"worker": worker, "on": on})));
        all.push(("worker.passport", json!({"worker": worker})));
        all.push(("worker.micro-skills", json!({"worker": worker, "on": on})));
        all.push(("certificate.list", json!({"worker": worker})));
        let may = json!({"body": code, "worker": worker, "occupation": occupation, "on": on});
        all.push(("body.may-assess", may));
    }
    for number in &known.numbers {
        all.push(("certificate.show", json!({"number": number})));
        all.push(("proposal.list", json!({"number": number})));
    }
    for proposal in &known.proposals {
        all.push(("proposal.show", json!({"proposal": proposal})));
    }
    for review in &known.reviews {
        let request = json!({"body": code, "review": review});
        all.push(("review.certificates", request));
    }
    for number in &known.cards {
        all.push(("staff.show", json!({"number": number})));
        let may = json!({"number": number, "occupation": occupation, "on": on});
        all.push(("staff.may-teach", may));
    }
    all
}

async fn ask(world: &World, name: &str, request: Value) -> Result<Value, String> {
    let asked = question(name).unwrap();
    let answer = (asked.ask)(&world.ledger, &world.maker, request).await;
    answer.map_err(|error| error.code())
}

async fn ask_at(world: &World, name: &str, request: &Value, at: u64) -> Result<Value, String> {
    let mut request = request.clone();
    request["at"] = json!(at);
    ask(world, name, request).await
}

/// Asks everything, and keeps the answers.
async fn record(world: &World, known: &Known, into: &mut Vec<Recorded>) {
    world.ledger.refresh_views().await.unwrap();
    let position = world.head().await;
    for (name, request) in questions(known) {
        let answer = ask(world, name, request.clone()).await;
        into.push(Recorded {
            position,
            name,
            request,
            answer,
        });
    }
}

async fn operate(world: &World, name: &str, request: Value) -> Done {
    let verb = verb(name).unwrap();
    let done = (verb.run)(&world.ledger, &world.maker, id(), request).await;
    done.unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A story with something of everything that can be asked about, asked after each step.
async fn story(world: &World, recorded: &mut Vec<Recorded>) -> (Known, RecordId) {
    let (ledger, maker, checker) = (&world.ledger, &world.maker, &world.checker);
    let today = clock::today();
    let mut known = Known::default();
    let body = world.body(0).await;
    world.body(1).await;
    record(world, &known, recorded).await;
    world.grant(body).await;
    record(world, &known, recorded).await;
    let request = World::session_request(body, "2026-1");
    let session = ledger.open_session(maker, id(), request).await.unwrap();
    known.sessions.push(session);
    record(world, &known, recorded).await;
    let sheet = world.sheet(3);
    let imported = ledger.import_results(maker, id(), session, sheet.as_bytes(), false);
    assert!(imported.await.unwrap().written);
    let candidates = ledger.session(session).await.unwrap();
    known.workers = candidates.passed().map(|result| result.worker).collect();
    record(world, &known, recorded).await;
    let studied = operate(
        world,
        "background.record-study",
        json!({"worker": known.workers[0], "school": "higher-vocational",
            "education": "college", "speciality": "工业机器人技术", "related": ["6-31-07-01"],
            "from": today.first_of_year(), "expected_on": today.last_of_year(),
            "evidence": ["11".repeat(32)]}),
    )
    .await;
    let study = studied.events[0].data["record"].clone();
    let study: RecordId = serde_json::from_value(study).unwrap();
    let proposed = ledger.propose_results(maker, id(), session).await.unwrap();
    known.proposals.push(proposed.proposal.to_string());
    record(world, &known, recorded).await;
    ledger
        .approve(checker, id(), proposed.proposal)
        .await
        .unwrap();
    record(world, &known, recorded).await;
    ledger
        .start_notice(maker, id(), session, today)
        .await
        .unwrap();
    record(world, &known, recorded).await;
    ledger
        .close_session(maker, id(), session, today)
        .await
        .unwrap();
    record(world, &known, recorded).await;
    let issued = ledger.issue_certificates(maker, id(), session, today, &|_, _| {});
    let issued = issued.await.unwrap().issued;
    known.numbers = issued.iter().map(|it| it.number.clone()).collect();
    record(world, &known, recorded).await;
    operate(
        world,
        "staff.grant-card",
        json!({"name": "周敏", "document_type": "居民身份证",
            "document_number": "110101199003077512", "role": "teacher", "number": "T0001",
            "occupations": ["6-31-07-01"], "from": today.first_of_year(),
            "to": today.last_of_year(), "basis": "示范教〔2026〕1号"}),
    )
    .await;
    known.cards.push("T0001".to_owned());
    record(world, &known, recorded).await;
    let ordered = operate(
        world,
        "review.order",
        json!({"body": World::body_request(0).credit_code, "session": [session],
            "ground": "投诉核查", "basis": "示范处〔2026〕2号"}),
    )
    .await;
    let review = ordered.events.last().unwrap().data["review"].clone();
    known.reviews.push(review.as_str().unwrap().to_owned());
    record(world, &known, recorded).await;
    let [first, second, third] = known.numbers.as_slice() else {
        panic!("{} certificates", known.numbers.len());
    };
    let (ground, basis) = (String::from("替考"), String::from("示范处〔2026〕9号"));
    let on = today;
    let suspend = Act::SuspendCertificate {
        ground: ground.clone(),
        basis: basis.clone(),
        on,
    };
    let reinstate = Act::ReinstateCertificate {
        ground: ground.clone(),
        on,
    };
    let end = Act::EndCertificate {
        end: End::Revoked,
        ground: ground.clone(),
        basis: basis.clone(),
        on,
    };
    let mut made = Vec::new();
    for (number, act) in [(first, suspend), (first, reinstate), (second, end)] {
        let proposed = ledger.propose_about_certificate(maker, id(), number, act, None);
        let proposal = proposed.await.unwrap().proposal;
        made.push(proposal.to_string());
        record(world, &known, recorded).await;
        ledger.approve(checker, id(), proposal).await.unwrap();
        record(world, &known, recorded).await;
    }
    ledger
        .reissue(maker, id(), third, "遗失", today)
        .await
        .unwrap();
    known.proposals.extend(made);
    record(world, &known, recorded).await;
    let suspend = Act::SuspendBody { ground, basis, on };
    world.act(body, suspend).await.unwrap();
    record(world, &known, recorded).await;
    (known, study)
}

fn has_at(fields: &[Field]) -> bool {
    fields.iter().any(|field| field.name == "at")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_answered_at_a_position_is_what_is_answered_as_of_it() {
    let world = World::new().await;
    let mut recorded = Vec::new();
    let (known, _) = story(&world, &mut recorded).await;
    for question in QUESTIONS {
        assert!(
            has_at(question.fields),
            "{} asks no position",
            question.name
        );
    }
    let mut answered = BTreeSet::new();
    for it in &recorded {
        let now = ask_at(&world, it.name, &it.request, it.position).await;
        assert_eq!(now, it.answer, "{} as of {}", it.name, it.position);
        if let Ok(answer) = &it.answer {
            assert_eq!(answer["as_of_position"], json!(it.position), "{}", it.name);
            answered.insert(it.name);
        }
    }
    for question in QUESTIONS {
        let never = "was never answered: the story lacks what it asks about";
        assert!(
            answered.contains(question.name),
            "{} {never}",
            question.name
        );
    }
    // Positions there are none of are refused by each of them.
    let beyond = world.head().await + 1;
    for (name, request) in questions(&known) {
        for (at, code) in [(0, "view-position-zero"), (beyond, "view-not-reached")] {
            let refused = ask_at(&world, name, &request, at).await;
            assert_eq!(refused.unwrap_err(), code, "{name} as of {at}");
        }
    }
    // What is not yet there at a position is not found there, whatever is known of it now.
    for it in &recorded[..10] {
        for (name, request) in questions(&known) {
            let found = ask_at(&world, name, &request, it.position).await;
            let holds_later = format!("{found:?}").contains(known.numbers[0].as_str());
            let echoed = request.to_string().contains(known.numbers[0].as_str());
            assert!(!holds_later || echoed, "{name} as of {}", it.position);
        }
    }
}

/// Destroys what the vault has of a person, beside an event of his.
async fn erase(world: &World, worker: WorkerId, study: RecordId) {
    let ledger = &world.ledger;
    let version = ledger.load::<WorkerDecider>(worker).await.unwrap().version;
    let event = Event::Worker(WorkerEvent::RecordStruck(RecordStruck {
        record: study,
        ground: "依申请删除".into(),
        on: clock::today(),
    }));
    let encoded = registry::encode(&event, [7; 16]).unwrap();
    let batch = Batch {
        command_id: id(),
        request_digest: [7; 32],
        actor: world.maker.account,
        now: clock::now(),
        expected: vec![(worker.into(), version)],
        events: vec![NewEvent {
            stream: worker.into(),
            event_id: EventId(crate::app::chance::internal_id()),
            event_type: encoded.event_type,
            schema_version: encoded.schema_version,
            causation: None,
            payload: encoded.payload,
        }],
        guards: Vec::new(),
        reservations: Vec::new(),
        subjects: Vec::new(),
        sealed: Vec::new(),
        erase: vec![SubjectId::from(worker)],
    };
    let outcome = ledger.store.append(batch).await.unwrap();
    assert!(matches!(outcome, AppendOutcome::Appended { .. }));
    ledger.refresh_views().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_erased_since_is_in_no_answer_as_of_an_older_position() {
    let world = World::new().await;
    let mut recorded = Vec::new();
    let (known, study) = story(&world, &mut recorded).await;
    let worker = known.workers[0];
    let before = world.head().await;
    let of_him = |it: &&Recorded| it.request.to_string().contains(&worker.to_string());
    // His age was judged from the vault.
    let aged = |answer: &Value| answer.to_string().contains("\"birth\"");
    let judged = |it: &&Recorded| it.request["item"] == AGED && of_him(it);
    let judged: Vec<&Recorded> = recorded.iter().filter(judged).collect();
    assert!(!judged.is_empty());
    for it in &judged {
        assert!(aged(it.answer.as_ref().unwrap()), "{:?}", it.answer);
    }
    erase(&world, worker, study).await;
    assert_eq!(world.ledger.birth_of(worker).await.unwrap(), None);
    for it in &judged {
        let then = ask_at(&world, it.name, &it.request, it.position).await;
        assert!(!aged(&then.unwrap()), "as of {}", it.position);
    }
    // What the events say of the pseudonym stays as it was; no name stands in any answer.
    for it in &recorded {
        let then = ask_at(&world, it.name, &it.request, it.position).await;
        let said = format!("{then:?}");
        for personal in ["张伟", "周敏", "3201021960", "110101199003077512"] {
            assert!(
                !said.contains(personal),
                "{} as of {}",
                it.name,
                it.position
            );
        }
        if !matches!(it.name, "worker.eligibility" | "worker.next-steps") {
            assert_eq!(then, it.answer, "{} as of {}", it.name, it.position);
        }
    }
    // The study struck beside the erasure still counts as of before it, and no longer after.
    let studies = async |at: u64| {
        let owner = worker.to_string();
        let page = RegisterPage {
            owner: Some(&owner),
            at: Some(at),
            limit: 10,
            ..RegisterPage::default()
        };
        let views = &world.ledger.views;
        views
            .register_page("study", page)
            .await
            .unwrap()
            .value
            .len()
    };
    assert_eq!(studies(before).await, 1);
    assert_eq!(studies(before + 1).await, 0);
}
