//! A ledger in which every event that changes a view has happened.

use super::*;

pub(super) const LEDGER: LedgerId = LedgerId(Uuid::from_u128(1));
pub(super) const BODY: BodyId = BodyId(Uuid::from_u128(0x10));
pub(super) const PROVIDER: BodyId = BodyId(Uuid::from_u128(0x11));
pub(super) const SESSION: SessionId = SessionId(Uuid::from_u128(0x20));
pub(super) const GRANT: GrantId = GrantId(Uuid::from_u128(0x30));
pub(super) const SECOND_GRANT: GrantId = GrantId(Uuid::from_u128(0x31));
pub(super) const MAKER: AccountId = AccountId(Uuid::from_u128(0x40));
pub(super) const CHECKER: AccountId = AccountId(Uuid::from_u128(0x41));
pub(super) const ON: Date = date(2026, 7, 13);

pub(super) fn worker(n: u128) -> WorkerId {
    WorkerId(Uuid::from_u128(0x500 + n))
}
pub(super) fn certificate(n: u128) -> CertificateId {
    CertificateId(Uuid::from_u128(0x600 + n))
}
pub(super) fn number(n: u32) -> String {
    format!("Y0000320000042631{n:06}")
}
pub(super) fn name(zh: &str) -> Name {
    Name {
        zh: zh.to_owned(),
        en: Some(format!("The English of {}", zh.len())),
    }
}
pub(super) fn digest(n: u8) -> Digest {
    Digest([n; 32])
}

/// A ledger in which every event that changes a view has happened.
pub(super) fn story() -> Vec<(StreamId, Event)> {
    let mut story: Vec<(StreamId, Event)> = Vec::new();
    let mut on = |stream: StreamId, event: Event| story.push((stream, event));
    let authority = StreamId::authority(LEDGER);
    let key = |id: &str, purpose: &str| AuthorityKeyRegistered {
        key_id: id.to_owned(),
        purpose: purpose.to_owned(),
        public_key: format!("z6Mk{id}"),
        possession: String::from("zsig"),
        succession: None,
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
    for (id, purpose) in [
        ("trust-1", "trust"),
        ("log-1", "log"),
        ("trust-0", "trust"),
        ("log-2", "log"),
    ] {
        let event = AuthorityEvent::KeyRegistered(key(id, purpose));
        on(authority, Event::Authority(event));
    }
    let retired = AuthorityKeyRetired {
        key_id: String::from("trust-0"),
        on: ON,
    };
    on(authority, Event::Authority(retired.into_event()));
    for from_position in [3, 2] {
        let compromised = AuthorityEvent::KeyCompromised(AuthorityKeyCompromised {
            key_id: String::from("log-1"),
            from_position,
            ground: String::from("介质失窃"),
        });
        on(authority, Event::Authority(compromised));
    }
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
    let entered = |n: u128, verdict: Verdict| ResultEntered {
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
        on(SESSION.into(), Event::Session(entered(n, verdict).into()));
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
    // One result is changed and changed back, another struck: each counts for as long as it stood.
    for (was, now) in [
        (Verdict::Failed, Verdict::Absent),
        (Verdict::Absent, Verdict::Failed),
    ] {
        let changed = ResultChanged {
            was,
            result: entered(3, now),
            ground: String::from("登分有误"),
            on: ON,
        };
        on(SESSION.into(), Event::Session(changed.into()));
    }
    let fifth = entered(5, Verdict::Passed);
    on(SESSION.into(), Event::Session(fifth.into()));
    let struck = ResultStruck {
        worker: worker(5),
        was: Verdict::Passed,
        ground: String::from("替考"),
        on: ON,
    };
    on(SESSION.into(), Event::Session(struck.into()));
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
        recognition: None,
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
        scores: None,
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
    on(worker(2).into(), Event::Worker(training.clone().into()));
    let false_class = TrainingCompleted {
        class: String::from("2026-4"),
        teachers: vec![SubjectId(Uuid::from_u128(0xe1))],
        ..training
    };
    on(worker(2).into(), Event::Worker(false_class.clone().into()));
    let struck = TrainingStruck {
        training: false_class,
        ground: String::from("未曾开课"),
        basis: String::from("示范人社监〔2026〕7号"),
        on: date(2026, 9, 1),
    };
    on(worker(2).into(), Event::Worker(struck.into()));
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
        token: Some(format!("token.of.{text}")),
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

pub(super) fn standard() -> Standard {
    Standard {
        kind: StandardKind::National,
        code: String::from("GZB 6-31-01-03"),
        edition: String::from("2018"),
    }
}

pub(super) fn issued(n: u8, supersedes: Option<u32>) -> CertificateIssued {
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
            scores: None,
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
