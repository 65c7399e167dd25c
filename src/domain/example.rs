//! One small world for the tests of every stream: a body, a session of two candidates, their
//! certificate. Nobody in it exists.

use crate::domain::attainment::{Assessed, Attainment};
use crate::domain::authority::event::AuthorityEstablished;
use crate::domain::body::event::{
    BodyEvent, BodyKeyRegistered, BodyKind, BodyRegistered, NumberCodeAssigned, ScopeGranted,
    StatusListOpened,
};
use crate::domain::body::state::STATUS_LIST_SIZE;
use crate::domain::certificate::earned::EarnedAward;
use crate::domain::certificate::event::{Award, CoatSignature, StatusEntry};
use crate::domain::certificate::unsealed::Seal;
use crate::domain::digest::{Digest, SealedDigest};
use crate::domain::ids::{
    AccountId, BodyId, GrantId, LedgerId, ProposalId, SessionId, SubjectId, WorkerId,
};
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::number::NumberCode;
use crate::domain::occupation::Occupation;
use crate::domain::proposal::{Approval, Proposing, TurnDown};
use crate::domain::route::Route;
use crate::domain::rules::occupations;
use crate::domain::score::{Mark, Marks, Score, Scores, Verdict};
use crate::domain::session::basis::ResultBasis;
use crate::domain::session::event::{
    Process, ResultEntered, SessionOpened, Standard, StandardKind,
};
use crate::domain::time::Instant;
use jiff::civil::{Date, date};
use uuid::Uuid;

pub const ASSESSED: Date = date(2026, 7, 10);
pub const TODAY: Date = date(2026, 7, 20);

pub fn body_id() -> BodyId {
    BodyId(Uuid::from_u128(0xb0d))
}
pub fn session_id() -> SessionId {
    SessionId(Uuid::from_u128(0x5e5))
}
pub fn worker(n: u128) -> WorkerId {
    WorkerId(Uuid::from_u128(0x1000 + n))
}
pub fn maker() -> AccountId {
    AccountId(Uuid::from_u128(0xa1))
}
pub fn checker() -> AccountId {
    AccountId(Uuid::from_u128(0xa2))
}
pub fn proposal() -> ProposalId {
    ProposalId(Uuid::from_u128(0x9))
}
pub fn grant() -> GrantId {
    GrantId(Uuid::from_u128(0x6))
}
pub fn digest(byte: u8) -> Digest {
    Digest([byte; 32])
}
/// Noon in China.
pub fn noon(on: Date) -> Instant {
    let days = (on - date(1970, 1, 1)).get_days();
    Instant((i64::from(days) * 24 + 4) * 3_600_000_000)
}
pub fn name(zh: &str) -> Name {
    Name {
        zh: zh.into(),
        en: None,
    }
}
pub fn sealed(subject: impl Into<SubjectId>) -> Vec<SealedDigest> {
    vec![SealedDigest {
        subject: subject.into(),
        field: "identity".into(),
        version: 1,
        digest: digest(0x5e),
    }]
}

pub fn proposing() -> Proposing {
    Proposing {
        proposal: proposal(),
        digest: digest(1),
        by: maker(),
        now: noon(TODAY),
    }
}
pub fn approval() -> Approval {
    Approval {
        proposal: proposal(),
        digest: digest(1),
        by: checker(),
        now: noon(TODAY),
    }
}
pub fn turn_down() -> TurnDown {
    TurnDown {
        proposal: proposal(),
        by: checker(),
        reason: "与原始记录不符".into(),
    }
}

pub fn occupation() -> Occupation {
    occupations::built_in()
        .by_code("6-18-02-04".parse().unwrap())
        .unwrap()
        .clone()
}
pub fn opened() -> SessionOpened {
    SessionOpened {
        body: body_id(),
        code: "2026-29".into(),
        route: Route::Assessment,
        process: Process::Sheet,
        assessed: Assessed::Levels {
            occupation: occupation().code,
            occupation_name: name("焊工"),
            work_type: Some("电焊工".into()),
            levels: vec![SkillLevel::Three, SkillLevel::Two],
        },
        dual: None,
        question_bank: None,
        standard: Standard {
            kind: StandardKind::National,
            code: "GZB 6-18-02-04".into(),
            edition: "2023".into(),
        },
        assessed_on: ASSESSED,
        region: "320102".parse().unwrap(),
        site: "第一考点".into(),
        examiners: vec![SubjectId(Uuid::from_u128(0xe1))],
        sealed: vec![],
    }
}
pub fn marks(theory: u16, skill: u16) -> Marks {
    let mark = |tenths| Some(Mark::Scored(Score::from_tenths(tenths).unwrap()));
    Marks {
        theory: mark(theory),
        skill: mark(skill),
        review: None,
    }
}
pub fn passed(n: u128) -> ResultEntered {
    ResultEntered {
        worker: worker(n),
        level: Some(SkillLevel::Three),
        basis: ResultBasis::Marks(marks(800, 600)),
        retained: vec![],
        verdict: Verdict::Passed,
    }
}
pub fn failed(n: u128) -> ResultEntered {
    ResultEntered {
        worker: worker(n),
        level: Some(SkillLevel::Three),
        basis: ResultBasis::Marks(marks(1000, 599)),
        retained: vec![],
        verdict: Verdict::Failed,
    }
}

pub fn registered() -> BodyRegistered {
    BodyRegistered {
        credit_code: "91350100M000100Y43".parse().unwrap(),
        name: name("某某职业技能评价有限公司"),
        kind: BodyKind::SocialAssessor,
        region: "320000".parse().unwrap(),
        public_id: Uuid::from_u128(0xf00),
    }
}
pub fn number_code() -> NumberCode {
    NumberCode {
        letter: "S".into(),
        body: "0000".into(),
        province: "32".into(),
        sequence: "000145".into(),
    }
}
pub fn scope() -> ScopeGranted {
    ScopeGranted {
        grant: grant(),
        occupations: vec![occupation().code],
        work_types: vec![],
        levels: vec![SkillLevel::Three, SkillLevel::Two],
        items: vec![],
        regions: vec!["320000".parse().unwrap()],
        from: date(2026, 1, 1),
        to: date(2026, 12, 31),
        basis: "苏人社备〔2026〕1号".into(),
    }
}
pub fn body_key(purpose: &str) -> BodyKeyRegistered {
    BodyKeyRegistered {
        key_id: format!("key-{purpose}"),
        purpose: purpose.into(),
        public_key: format!("z6Mk{purpose}"),
        possession: "zPossession".into(),
    }
}
pub fn list(n: u32) -> StatusListOpened {
    StatusListOpened {
        list: n,
        size: STATUS_LIST_SIZE,
        seed: digest(n as u8),
    }
}
/// A body that may issue.
pub fn body_past() -> Vec<BodyEvent> {
    vec![
        registered().into(),
        NumberCodeAssigned {
            code: number_code(),
        }
        .into(),
        scope().into(),
        body_key("certificate").into(),
        body_key("status").into(),
        list(1).into(),
    ]
}

pub fn attainment(level: SkillLevel) -> Attainment {
    Attainment::Level {
        occupation: occupation().code,
        occupation_name: name("焊工"),
        work_type: Some("电焊工".into()),
        level,
    }
}
pub fn award() -> Award {
    let opened = opened();
    Award {
        body: body_id(),
        session: session_id(),
        worker: worker(1),
        attainment: attainment(SkillLevel::Three),
        route: Route::Assessment,
        standard: opened.standard,
        region: opened.region,
        assessed_on: opened.assessed_on,
        scores: Scores::new(Score::from_tenths(800).ok(), Some(Score::PASS), None),
    }
}
pub fn earned() -> EarnedAward {
    EarnedAward::by_assessment(award())
}
pub fn status() -> StatusEntry {
    StatusEntry {
        list: 1,
        index: 4711,
    }
}
pub fn seal(byte: u8) -> Seal {
    Seal {
        credential: digest(byte),
        key_id: "key-certificate".into(),
        signatures: vec![CoatSignature {
            coat: "vc-json".into(),
            suite: "eddsa-jcs-2022".into(),
            key_id: "key-certificate".into(),
            value: "zSignature".into(),
            digest: None,
        }],
        sealed: sealed(worker(1)),
    }
}

/// A ledger of a province.
pub fn established() -> AuthorityEstablished {
    AuthorityEstablished {
        ledger: LedgerId(Uuid::from_u128(1)),
        jurisdiction: "320000".into(),
        host: "skill.example.org".into(),
        name: name("某省人力资源和社会保障厅"),
        region: "320000".parse().unwrap(),
    }
}
