//! Views: what the events make of them, built again, switched, compared.

use jiff::civil::{Date, date};
use serde_json::json;
use skill_ledger::codec::batch::{AppendOutcome, Batch, NewEvent};
use skill_ledger::codec::registry;
use skill_ledger::domain::attainment::{Assessed, Attainment};
use skill_ledger::domain::authority::event::*;
use skill_ledger::domain::body::event::*;
use skill_ledger::domain::certificate::event::*;
use skill_ledger::domain::digest::Digest;
use skill_ledger::domain::event::Event;
use skill_ledger::domain::ids::*;
use skill_ledger::domain::level::SkillLevel;
use skill_ledger::domain::name::Name;
use skill_ledger::domain::proposal::*;
use skill_ledger::domain::route::Route;
use skill_ledger::domain::score::{Marks, Verdict};
use skill_ledger::domain::session::basis::ResultBasis;
use skill_ledger::domain::session::event::*;
use skill_ledger::domain::time::Instant;
use skill_ledger::domain::worker::event::*;
use skill_ledger::projection::{self, Target};
use skill_ledger::store::sqlite::Mode;
use skill_ledger::store::{EventStore, SqliteStore, StoreError};
use skill_ledger::view::SqliteViews;
use skill_ledger::view::body::Standing;
use skill_ledger::view::certificate::CertificateState;
use skill_ledger::view::proposal::ProposalState;
use skill_ledger::view::published::PublishedKind;
use skill_ledger::view::session::SessionState;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection as _, Row as _};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use uuid::Uuid;

const LEDGER: LedgerId = LedgerId(Uuid::from_u128(1));
const BODY: BodyId = BodyId(Uuid::from_u128(0x10));
const PROVIDER: BodyId = BodyId(Uuid::from_u128(0x11));
const SESSION: SessionId = SessionId(Uuid::from_u128(0x20));
const GRANT: GrantId = GrantId(Uuid::from_u128(0x30));
const SECOND_GRANT: GrantId = GrantId(Uuid::from_u128(0x31));
const MAKER: AccountId = AccountId(Uuid::from_u128(0x40));
const CHECKER: AccountId = AccountId(Uuid::from_u128(0x41));
const ON: Date = date(2026, 7, 13);

fn worker(n: u128) -> WorkerId {
    WorkerId(Uuid::from_u128(0x500 + n))
}
fn certificate(n: u128) -> CertificateId {
    CertificateId(Uuid::from_u128(0x600 + n))
}
fn number(n: u32) -> String {
    format!("Y0000320000042631{n:06}")
}
fn name(zh: &str) -> Name {
    Name {
        zh: zh.to_owned(),
        en: Some(format!("The English of {}", zh.len())),
    }
}
fn digest(n: u8) -> Digest {
    Digest([n; 32])
}

/// A ledger in which every event that changes a view has happened.
fn story() -> Vec<(StreamId, Event)> {
    let mut story: Vec<(StreamId, Event)> = Vec::new();
    let mut on = |stream: StreamId, event: Event| story.push((stream, event));
    let authority = StreamId::authority(LEDGER);
    let key = |id: &str, purpose: &str| AuthorityKeyRegistered {
        key_id: id.to_owned(),
        purpose: purpose.to_owned(),
        public_key: format!("z6Mk{id}"),
        possession: String::from("zsig"),
    };
    on(
        authority,
        Event::Authority(AuthorityEvent::Established(AuthorityEstablished {
            ledger: LEDGER,
            jurisdiction: String::from("DEMO"),
            host: String::from("ledger.example"),
            name: name("示范省人力资源和社会保障厅"),
            region: "320000".parse().unwrap(),
        })),
    );
    for (id, purpose) in [("trust-1", "trust"), ("log-1", "log"), ("trust-0", "trust")] {
        let event = AuthorityEvent::KeyRegistered(key(id, purpose));
        on(authority, Event::Authority(event));
    }
    let retired = AuthorityKeyRetired {
        key_id: String::from("trust-0"),
        on: ON,
    };
    on(authority, Event::Authority(retired.into_event()));
    for (body, kind, code, public) in [
        (BODY, BodyKind::Employer, "91350100M000100Y43", 0x70),
        (
            PROVIDER,
            BodyKind::TrainingProvider,
            "91110000600037341L",
            0x71,
        ),
    ] {
        let event = BodyRegistered {
            credit_code: code.parse().unwrap(),
            name: name("示范职业技能评价有限公司"),
            kind,
            region: "320100".parse().unwrap(),
            public_id: Uuid::from_u128(public),
        };
        on(body.into(), Event::Body(event.into()));
    }
    for grant in [GRANT, SECOND_GRANT] {
        let event = ScopeGranted {
            work_types: vec![],
            items: vec![],
            grant,
            occupations: vec!["6-31-01-03".parse().unwrap()],
            levels: vec![SkillLevel::Four, SkillLevel::Three],
            regions: vec!["320000".parse().unwrap()],
            from: date(2026, 1, 1),
            to: date(2028, 12, 31),
            basis: String::from("示人社〔2026〕1号"),
        };
        on(BODY.into(), Event::Body(event.into()));
    }
    for (id, purpose) in [("cert-1", "certificate"), ("status-1", "status")] {
        let event = BodyKeyRegistered {
            key_id: id.to_owned(),
            purpose: purpose.to_owned(),
            public_key: format!("z6Mk{id}"),
            possession: String::from("zsig"),
        };
        on(BODY.into(), Event::Body(event.into()));
    }
    let opened = SessionOpened {
        body: BODY,
        code: String::from("2026-29"),
        route: Route::Assessment,
        process: Process::Sheet,
        assessed: Assessed::Levels {
            occupation: "6-31-01-03".parse().unwrap(),
            occupation_name: name("电工"),
            work_type: None,
            levels: vec![SkillLevel::Three],
        },
        dual: None,
        question_bank: None,
        standard: standard(),
        assessed_on: ON,
        region: "320100".parse().unwrap(),
        site: String::from("一号考点"),
        examiners: vec![SubjectId(Uuid::from_u128(0x42))],
        sealed: Vec::new(),
    };
    on(SESSION.into(), Event::Session(opened.into()));
    for (n, verdict) in [
        (1, Verdict::Passed),
        (2, Verdict::Passed),
        (3, Verdict::Failed),
        (4, Verdict::Absent),
    ] {
        let sealed = Vec::new();
        on(
            worker(n).into(),
            Event::Worker(WorkerEnrolled { sealed }.into()),
        );
        let entered = ResultEntered {
            worker: worker(n),
            level: Some(SkillLevel::Three),
            basis: ResultBasis::Marks(Marks {
                theory: None,
                skill: None,
                review: None,
            }),
            retained: Vec::new(),
            verdict,
        };
        on(SESSION.into(), Event::Session(entered.into()));
    }
    let proposal = ProposalId(Uuid::from_u128(0x80));
    let made = |proposal: ProposalId, act: Act| ProposalMade {
        proposal,
        act,
        digest: digest(9),
        made_by: MAKER,
        expires_at: Instant(1_000_000),
    };
    let confirm = Act::ConfirmResults { candidates: 4 };
    on(
        SESSION.into(),
        Event::Session(SessionEvent::Proposal(made(proposal, confirm).into())),
    );
    let approved = ProposalApproved {
        proposal,
        digest: digest(9),
        approved_by: CHECKER,
    };
    on(
        SESSION.into(),
        Event::Session(SessionEvent::Proposal(approved.into())),
    );
    let confirmed = ResultsConfirmed {
        proposal,
        candidates: 4,
        digest: digest(9),
    };
    on(SESSION.into(), Event::Session(confirmed.into()));
    let notice = NoticeStarted {
        from: ON,
        closes_on: date(2026, 7, 20),
        working_days: 5,
    };
    on(SESSION.into(), Event::Session(notice.into()));
    let closed = SessionClosed {
        on: date(2026, 7, 20),
        passed: 2,
        failed: 1,
        absent: 1,
    };
    on(SESSION.into(), Event::Session(closed.into()));
    for n in [1, 2] {
        let awarded = LevelAwarded {
            by: AwardedBy::Session(SESSION),
            body: Some(BODY),
            route: Route::Assessment,
            occupation: "6-31-01-03".parse().unwrap(),
            occupation_name: name("电工"),
            work_type: None,
            level: SkillLevel::Three,
            assessed_on: ON,
            awarded_on: date(2026, 7, 20),
        };
        on(worker(n).into(), Event::Worker(awarded.into()));
    }
    for n in 1..=8u8 {
        on(
            certificate(n.into()).into(),
            Event::Certificate(issued(n, None).into()),
        );
    }
    let counted = CertificatesIssued {
        on: date(2026, 7, 21),
        count: 8,
    };
    on(SESSION.into(), Event::Session(counted.into()));
    let end = || CertificateEnded {
        ground: String::from("冒名顶替"),
        basis: String::from("《职业技能等级认定工作规程》第三十条"),
        on: date(2026, 8, 1),
    };
    let taken = || CertificateWithdrawn {
        ground: String::from("冒名顶替"),
        basis: String::from("《职业技能等级认定工作规程》第三十条"),
        on: date(2026, 8, 1),
        with: None,
    };
    let suspended = || CertificateSuspended {
        ground: String::from("举报核查"),
        basis: String::from("第三十一条"),
        on: date(2026, 7, 30),
    };
    let reissued = CertificateReissued {
        issue: 2,
        reason: String::from("遗失"),
        issued_on: date(2026, 9, 1),
        credential: digest(0x22),
        key_id: String::from("cert-1"),
        signatures: Vec::new(),
        sealed: Vec::new(),
    };
    let reinstated = CertificateReinstated {
        ground: String::from("查无实据"),
        on: date(2026, 8, 15),
    };
    let superseded = CertificateSuperseded {
        by: number(9).parse().unwrap(),
        ground: String::from("姓名登记有误"),
        on: date(2026, 9, 2),
    };
    let mut corrected = issued(9, Some(8));
    corrected.status.index = 9;
    for (n, event) in [
        (1, CertificateEvent::Revoked(CertificateRevoked(taken()))),
        (2, CertificateEvent::Cancelled(CertificateCancelled(end()))),
        (
            3,
            CertificateEvent::Forfeited(CertificateForfeited(taken())),
        ),
        (4, CertificateEvent::Voided(CertificateVoided(end()))),
        (5, CertificateEvent::Suspended(suspended())),
        (6, CertificateEvent::Suspended(suspended())),
        (6, CertificateEvent::Reinstated(reinstated)),
        (7, CertificateEvent::Reissued(reissued)),
        (9, CertificateEvent::Issued(corrected)),
        (8, CertificateEvent::Superseded(superseded)),
    ] {
        on(certificate(n).into(), Event::Certificate(event));
    }
    let withdrawn = LevelWithdrawn {
        by: AwardedBy::Session(SESSION),
        certificate: Some(certificate(1)),
        end: End::Revoked,
        ground: String::from("冒名顶替"),
        on: date(2026, 8, 1),
    };
    on(worker(1).into(), Event::Worker(withdrawn.into()));
    let training = TrainingCompleted {
        provider: PROVIDER,
        class: String::from("2026-3"),
        course: String::from("电工三级提升"),
        occupation: None,
        level: None,
        hours: 80,
        from: date(2026, 3, 1),
        to: date(2026, 3, 20),
        teachers: vec![],
    };
    on(worker(2).into(), Event::Worker(training.into()));
    for (n, answer) in [(0x81, Some("证据不足")), (0x82, None)] {
        let proposal = ProposalId(Uuid::from_u128(n));
        let act = Act::SuspendBody {
            ground: String::from("管理混乱"),
            basis: String::from("第四十条"),
            on: date(2026, 10, 1),
        };
        on(
            BODY.into(),
            Event::Body(BodyEvent::Proposal(made(proposal, act).into())),
        );
        if let Some(reason) = answer {
            let rejected = ProposalRejected {
                proposal,
                rejected_by: CHECKER,
                reason: reason.to_owned(),
            };
            on(
                BODY.into(),
                Event::Body(BodyEvent::Proposal(rejected.into())),
            );
        }
    }
    let run_off = RunOffGranted {
        session: SESSION,
        until: date(2026, 12, 31),
        reason: String::from("收尾"),
    };
    let listed = |text: &str| StatusListPublished {
        list: 1,
        as_of_position: 40,
        digest: digest(7),
        revocation: format!("{{\"revocation\":{text:?}}}"),
        suspension: String::from("{\"suspension\":1}"),
        details: String::from("{\"details\":1}"),
    };
    for event in [
        BodyEvent::ScopeEnded(ScopeEnded {
            grant: GRANT,
            on: date(2026, 10, 1),
            reason: String::from("到期"),
        }),
        BodyEvent::RunOffGranted(run_off),
        BodyEvent::RunOffEnded(RunOffEnded {
            session: SESSION,
            on: date(2027, 1, 1),
        }),
        BodyEvent::KeyRetired(BodyKeyRetired {
            key_id: String::from("cert-1"),
            on: date(2026, 10, 2),
        }),
        BodyEvent::KeyCompromised(BodyKeyCompromised {
            key_id: String::from("cert-1"),
            from_position: 50,
            ground: String::from("介质失窃"),
        }),
        BodyEvent::Suspended(BodySuspended {
            ground: String::from("管理混乱"),
            basis: String::from("第四十条"),
            on: date(2026, 10, 3),
        }),
        BodyEvent::Reinstated(BodyReinstated {
            ground: String::from("整改合格"),
            on: date(2026, 10, 30),
        }),
        BodyEvent::StatusListPublished(listed("first")),
        BodyEvent::StatusListPublished(listed("second")),
    ] {
        on(BODY.into(), Event::Body(event));
    }
    let withdrawn = BodyWithdrawn {
        ground: String::from("停办"),
        basis: String::from("第四十一条"),
        on: date(2026, 11, 1),
    };
    on(PROVIDER.into(), Event::Body(withdrawn.into()));
    let trust = TrustListPublished {
        as_of_position: 60,
        digest: digest(8),
        document: String::from("{\"trust_list\":{}}"),
    };
    on(authority, Event::Authority(trust.into()));
    story
}

trait IntoAuthority {
    fn into_event(self) -> AuthorityEvent;
}
impl IntoAuthority for AuthorityKeyRetired {
    fn into_event(self) -> AuthorityEvent {
        AuthorityEvent::KeyRetired(self)
    }
}

fn standard() -> Standard {
    Standard {
        kind: StandardKind::National,
        code: String::from("GZB 6-31-01-03"),
        edition: String::from("2018"),
    }
}

fn issued(n: u8, supersedes: Option<u32>) -> CertificateIssued {
    CertificateIssued {
        number: number(n.into()).parse().unwrap(),
        award: Award {
            body: BODY,
            session: SESSION,
            worker: worker(if n == 2 { 2 } else { 1 }),
            attainment: Attainment::Level {
                occupation: "6-31-01-03".parse().unwrap(),
                occupation_name: name("电工"),
                work_type: None,
                level: SkillLevel::Three,
            },
            route: Route::Assessment,
            standard: standard(),
            region: "320100".parse().unwrap(),
            assessed_on: ON,
        },
        issued_on: date(2026, 7, 21),
        status: StatusEntry {
            list: 1,
            index: 1000 + u32::from(n),
        },
        supersedes: supersedes.map(|n| number(n).parse().unwrap()),
        twin: None,
        credential: digest(n),
        key_id: String::from("cert-1"),
        signatures: Vec::new(),
        sealed: Vec::new(),
    }
}

/// Appends events in several commits, as commands would.
async fn append(store: &SqliteStore, events: Vec<(StreamId, Event)>) {
    let mut versions: HashMap<StreamId, u64> = HashMap::new();
    for (stream, _) in &events {
        if !versions.contains_key(stream) {
            let rows = store.read_streams(&[(*stream, 1)]).await.unwrap();
            versions.insert(*stream, rows.len() as u64);
        }
    }
    for (n, chunk) in events.chunks(7).enumerate() {
        let head = store.head().await.unwrap().position;
        let mut expected: HashMap<StreamId, u64> = HashMap::new();
        for (stream, _) in chunk {
            let version = versions.entry(*stream).or_default();
            expected.entry(*stream).or_insert(*version);
            *version += 1;
        }
        let batch = Batch {
            command_id: CommandId(Uuid::from_u128((1 << 64) + u128::from(head))),
            request_digest: [0; 32],
            actor: MAKER,
            now: Instant(1_000 + n as i64),
            expected: expected.into_iter().collect(),
            events: chunk
                .iter()
                .enumerate()
                .map(|(i, (stream, event))| {
                    let encoded = registry::encode(event, [i as u8; 16]).unwrap();
                    NewEvent {
                        stream: *stream,
                        event_id: EventId(Uuid::from_u128(
                            (2 << 64) + u128::from(head) + i as u128,
                        )),
                        event_type: encoded.event_type,
                        schema_version: encoded.schema_version,
                        causation: None,
                        payload: encoded.payload,
                    }
                })
                .collect(),
            guards: Vec::new(),
            reservations: Vec::new(),
            subjects: Vec::new(),
            sealed: Vec::new(),
            erase: Vec::new(),
        };
        let outcome = store.append(batch).await.unwrap();
        assert!(
            matches!(outcome, AppendOutcome::Appended { .. }),
            "{outcome:?}"
        );
    }
}

/// A ledger of the story on disk, its views run to the end.
async fn ledger(dir: &Path) -> (PathBuf, SqliteStore, SqliteViews) {
    let path = dir.join("ledger.db");
    let store = SqliteStore::create(&path, LEDGER, Instant(1))
        .await
        .unwrap();
    let views = SqliteViews::of(&store);
    append(&store, story()).await;
    projection::run_to(&store, &views, Target::Head)
        .await
        .unwrap();
    (path, store, views)
}

/// Somebody at the file itself.
async fn intruder(path: &Path) -> SqliteConnection {
    SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(path))
        .await
        .unwrap()
}

const TABLES: [&str; 14] = [
    "view_position",
    "view_register",
    "view_authority",
    "view_body",
    "view_standing",
    "view_scope",
    "view_run_off",
    "view_key",
    "view_session",
    "view_certificate",
    "view_credential",
    "view_passport",
    "view_proposal",
    "view_published",
];

/// Every row of every view table, as text.
async fn everything(path: &Path) -> Vec<String> {
    let mut file = intruder(path).await;
    let mut all = Vec::new();
    for table in TABLES {
        let query = AssertSqlSafe(format!("SELECT * FROM {table} ORDER BY 1, 2"));
        for row in sqlx::query(query).fetch_all(&mut file).await.unwrap() {
            let values: Vec<Option<Vec<u8>>> = (0..row.len())
                .map(|i| row.try_get_unchecked(i).unwrap())
                .collect();
            all.push(format!("{table} {values:?}"));
        }
    }
    all
}

#[tokio::test]
async fn the_views_say_what_happened() {
    let dir = tempfile::tempdir().unwrap();
    let (_, store, views) = ledger(dir.path()).await;
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
    let ends: Vec<_> = trust.keys.iter().map(|k| k.to_position.is_some()).collect();
    assert_eq!(ends, [false, false, true]);
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
        .credential(&digest(0x22))
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
            "worker.training_completed"
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

#[tokio::test]
async fn built_again_they_are_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let (path, store, views) = ledger(dir.path()).await;
    let live = everything(&path).await;
    assert_eq!(projection::compare(&store, &views).await.unwrap(), []);

    let mut file = intruder(&path).await;
    for table in TABLES {
        let query = AssertSqlSafe(format!("DELETE FROM {table}"));
        sqlx::query(query).execute(&mut file).await.unwrap();
    }
    let lost = projection::compare(&store, &views).await.unwrap();
    assert!(lost.iter().any(|d| d.table == "view_position"));
    assert!(
        lost.iter()
            .any(|d| d.table == "view_certificate" && d.row == format!("number {}", number(3)))
    );

    let head = store.head().await.unwrap().position;
    assert_eq!(projection::rebuild(&store, &views).await.unwrap(), head);
    assert_eq!(everything(&path).await, live);
    assert_eq!(projection::compare(&store, &views).await.unwrap(), []);

    // The rebuilt views are carried on from where they are.
    let suspended = CertificateSuspended {
        ground: String::from("举报核查"),
        basis: String::from("第三十一条"),
        on: date(2026, 12, 1),
    };
    append(
        &store,
        vec![(certificate(6).into(), Event::Certificate(suspended.into()))],
    )
    .await;
    let reached = projection::run_to(&store, &views, Target::Position(head + 1)).await;
    assert_eq!(reached.unwrap(), head + 1);
    let row = views.certificate(certificate(6)).await.unwrap();
    assert_eq!(row.position, head + 1);
    assert_eq!(row.value.unwrap().state, CertificateState::Suspended);
    assert_eq!(projection::compare(&store, &views).await.unwrap(), []);
}

#[tokio::test]
async fn views_that_lag_are_no_difference_and_a_reader_compares_but_never_rebuilds() {
    let dir = tempfile::tempdir().unwrap();
    let (path, store, views) = ledger(dir.path()).await;
    let more = TrustListPublished {
        as_of_position: 70,
        digest: digest(8),
        document: String::from("{}"),
    };
    append(
        &store,
        vec![(StreamId::authority(LEDGER), Event::Authority(more.into()))],
    )
    .await;
    let reader = SqliteStore::open(&path, Mode::Reader).await.unwrap();
    let read = SqliteViews::of(&reader);
    assert_eq!(projection::compare(&reader, &read).await.unwrap(), []);
    let refused = projection::rebuild(&reader, &read).await;
    assert!(matches!(
        refused,
        Err(projection::ProjectionError::Store(StoreError::ReadOnly))
    ));
    drop(views);
}

#[tokio::test]
async fn views_of_another_version_are_built_again_before_they_are_carried_on() {
    let dir = tempfile::tempdir().unwrap();
    let (path, store, views) = ledger(dir.path()).await;
    let live = everything(&path).await;
    let mut file = intruder(&path).await;
    sqlx::raw_sql("UPDATE view_position SET version = 0; DELETE FROM view_certificate")
        .execute(&mut file)
        .await
        .unwrap();
    projection::run_to(&store, &views, Target::Head)
        .await
        .unwrap();
    assert_eq!(everything(&path).await, live);
}

/// The type a column is declared with.
async fn declared(file: &mut SqliteConnection, table: &str) -> HashMap<String, String> {
    let query = AssertSqlSafe(format!(
        "SELECT name, type FROM pragma_table_info('{table}')"
    ));
    let rows = sqlx::query(query).fetch_all(file).await.unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

/// Every column of rows of every view table is changed, one at a time; each change is named.
#[tokio::test]
async fn an_edit_of_any_column_of_any_row_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let (path, store, views) = ledger(dir.path()).await;
    let mut file = intruder(&path).await;
    sqlx::raw_sql("PRAGMA ignore_check_constraints = ON")
        .execute(&mut file)
        .await
        .unwrap();
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'view_%' ORDER BY name",
    )
    .fetch_all(&mut file)
    .await
    .unwrap();
    let mut known = TABLES.to_vec();
    known.sort_unstable();
    assert_eq!(tables, known, "a view table that this test does not edit");
    let mut edits = 0;
    for table in TABLES {
        let keep = AssertSqlSafe(format!(
            "CREATE TEMP TABLE keep_{table} AS SELECT rowid AS place, * FROM
                 (SELECT row_number() OVER () AS rowid, * FROM {table})"
        ));
        sqlx::raw_sql(keep).execute(&mut file).await.unwrap();
        let types = declared(&mut file, table).await;
        let columns: Vec<String> = types.keys().cloned().collect();
        for place in [1, 2] {
            for column in &columns {
                let edited = match types[column].as_str() {
                    "INTEGER" => format!("coalesce({column}, 0) + 1000"),
                    "TEXT" => format!("coalesce({column}, '') || 'x'"),
                    _ => format!("unhex('F7' || coalesce(substr(hex({column}), 3), ''))"),
                };
                let all: Vec<String> = columns
                    .iter()
                    .map(|c| {
                        if c == column {
                            format!("CASE place WHEN {place} THEN {edited} ELSE {c} END")
                        } else {
                            c.clone()
                        }
                    })
                    .collect();
                let edit = format!(
                    "BEGIN; DELETE FROM main.{table};
                     INSERT INTO main.{table} ({names}) SELECT {values} FROM keep_{table};
                     COMMIT",
                    names = columns.join(", "),
                    values = all.join(", "),
                );
                if sqlx::query_scalar::<_, i64>(AssertSqlSafe(format!(
                    "SELECT count(*) FROM keep_{table} WHERE place = {place}"
                )))
                .fetch_one(&mut file)
                .await
                .unwrap()
                    == 0
                {
                    continue;
                }
                sqlx::raw_sql(AssertSqlSafe(edit))
                    .execute(&mut file)
                    .await
                    .unwrap_or_else(|error| panic!("{table}.{column}: {error}"));
                let named = projection::compare(&store, &views).await.unwrap();
                assert!(
                    named.iter().any(|d| d.table == table),
                    "{table}.{column} row {place}: {named:?}"
                );
                edits += 1;
            }
        }
        let restore = format!(
            "BEGIN; DELETE FROM main.{table};
             INSERT INTO main.{table} ({names}) SELECT {names} FROM keep_{table}; COMMIT",
            names = columns.join(", "),
        );
        sqlx::raw_sql(AssertSqlSafe(restore))
            .execute(&mut file)
            .await
            .unwrap();
    }
    assert_eq!(projection::compare(&store, &views).await.unwrap(), []);
    assert!(edits > 200, "{edits}");
}
