//! The bodies of the province: employers, social assessors and training providers.

use super::Province;
use crate::app::AppError;
use crate::app::bodies::{BodyRequest, ScopeRequest};
use crate::app::clock::today;
use crate::cli::demo::assess::own;
use crate::domain::body::event::BodyKind;
use crate::domain::credit_code::CreditCode;
use crate::domain::ids::BodyId;
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::number::NumberCode;
use crate::domain::occupation::OccupationCode;
use crate::domain::proposal::Act;
use crate::keys::Purpose;
use jiff::civil::date;

/// What the bodies of the province assess.
pub(super) const OCCUPATIONS: [&str; 12] = [
    "6-31-07-01",
    "6-18-02-04",
    "4-10-01-05",
    "6-31-01-03",
    "4-04-05-05",
    "6-18-01-01",
    "4-02-04-06",
    "4-03-02-01",
    "6-29-01-01",
    "4-10-01-06",
    "6-31-07-03",
    "5-05-05-01",
];

/// Of ten bodies so many are of each kind; the few of a small province have one of each.
const KINDS: [BodyKind; 10] = [
    BodyKind::SocialAssessor,
    BodyKind::Employer,
    BodyKind::TechnicianSchool,
    BodyKind::TrainingProvider,
    BodyKind::SocialAssessor,
    BodyKind::SocialAssessor,
    BodyKind::TrainingProvider,
    BodyKind::SocialAssessor,
    BodyKind::IndustryAssessor,
    BodyKind::TrainingProvider,
];

/// A body that assesses.
#[derive(Clone, Copy)]
pub(super) struct Assessor {
    pub body: BodyId,
    pub kind: BodyKind,
    pub credit_code: CreditCode,
    pub occupation: OccupationCode,
}

impl Assessor {
    /// Whether what it assesses belongs to the title series 工程.
    pub fn engineers(&self) -> bool {
        let code = self.occupation.to_string();
        code.starts_with("6-") || code.starts_with("4-04-")
    }
}

/// A body that trains (培训机构).
#[derive(Clone, Copy)]
pub(super) struct Provider {
    pub body: BodyId,
    pub credit_code: CreditCode,
}

impl Province<'_, '_> {
    /// Registers every body, with scope and keys where it assesses; every tenth refused case here
    /// is a credit code that is taken.
    pub(super) async fn register_bodies(&mut self) -> Result<(), AppError> {
        let count = self.scale.of(200, 5);
        for nth in 0..count {
            match KINDS[nth % KINDS.len()] {
                BodyKind::TrainingProvider => self.register_provider(nth).await?,
                kind => self.register_assessor(nth, kind).await?,
            }
        }
        self.count("bodies", count);
        self.stage
            .step("province-bodies", &[("count", count.to_string())]);
        Ok(())
    }

    async fn register_provider(&mut self, nth: usize) -> Result<(), AppError> {
        let request = request(nth, BodyKind::TrainingProvider, "职业培训学校")?;
        let code = request.credit_code;
        let (ledger, maker) = (&self.stage.ledger, &self.stage.maker);
        let provider = ledger
            .register_body(maker, self.stage.id(), request)
            .await?;
        self.providers.push(Provider {
            body: provider.body,
            credit_code: code,
        });
        let mut again = self::request(nth + 1_000, BodyKind::TrainingProvider, "培训学校")?;
        again.credit_code = code;
        let again = ledger.register_body(maker, self.stage.id(), again).await;
        self.refusals.expect(again, "a credit code taken twice")
    }

    async fn register_assessor(&mut self, nth: usize, kind: BodyKind) -> Result<(), AppError> {
        let word = match kind {
            BodyKind::Employer => "机械制造厂",
            BodyKind::TechnicianSchool => "技师学院",
            BodyKind::IndustryAssessor => "行业技能评价中心",
            _ => "技能评价中心",
        };
        let request = request(nth, kind, word)?;
        let credit_code = request.credit_code;
        let (ledger, maker) = (&self.stage.ledger, &self.stage.maker);
        let registered = ledger
            .register_body(maker, self.stage.id(), request)
            .await?;
        let occupation: OccupationCode = own(OCCUPATIONS[nth % OCCUPATIONS.len()])?;
        let mut levels = SkillLevel::CERTIFIED.to_vec();
        if kind == BodyKind::Employer {
            levels.extend([SkillLevel::Special, SkillLevel::Chief]);
        }
        let scope = ScopeRequest {
            body: registered.body,
            occupations: vec![occupation],
            levels,
            regions: vec![own("320000")?],
            from: date(2019, 1, 1),
            to: date(2035, 12, 31),
            basis: format!("示范备案〔2019〕{}号", nth + 1),
        };
        ledger.grant_scope(maker, self.stage.id(), scope).await?;
        let purposes = [Purpose::Certificate, Purpose::Status];
        ledger
            .give_keys(maker, self.stage.id(), registered.body, &purposes)
            .await?;
        self.assessors.push(Assessor {
            body: registered.body,
            kind,
            credit_code,
            occupation,
        });
        Ok(())
    }

    /// At the end some bodies are suspended, some come back, a few are withdrawn.
    pub(super) async fn end_bodies(&mut self) -> Result<(), AppError> {
        let suspended = self.scale.of(6, 1).min(self.assessors.len());
        for nth in 0..suspended {
            let body = self.assessors[self.assessors.len() - 1 - nth].body;
            let suspend = Act::SuspendBody {
                ground: "投诉核查".into(),
                basis: "示范处〔2026〕11号".into(),
                on: today(),
            };
            self.decide(body, suspend).await?;
            self.count("bodies suspended", 1);
            let session = self.round_request(self.assessors.len() - 1 - nth, 5, "暂停期间");
            let (ledger, maker) = (&self.stage.ledger, &self.stage.maker);
            let opened = ledger.open_session(maker, self.stage.id(), session?).await;
            self.refusals
                .expect(opened, "a session of a suspended body")?;
            let (act, made) = match nth % 3 {
                2 => {
                    let withdraw = Act::WithdrawBody {
                        ground: "虚假评价".into(),
                        basis: "示范罚〔2026〕3号".into(),
                        on: today(),
                    };
                    (withdraw, "bodies withdrawn")
                }
                _ => {
                    let reinstate = Act::ReinstateBody {
                        ground: "核查完毕，投诉不实".into(),
                        on: today(),
                    };
                    (reinstate, "bodies reinstated")
                }
            };
            self.decide(body, act).await?;
            self.count(made, 1);
        }
        self.stage
            .step("province-standing", &[("count", suspended.to_string())]);
        Ok(())
    }

    /// The maker proposes, tries to approve himself and may not; the checker approves.
    async fn decide(&mut self, body: BodyId, act: Act) -> Result<(), AppError> {
        let stage = &*self.stage;
        let proposed = stage
            .ledger
            .propose_about_body(&stage.maker, stage.id(), body, act)
            .await?;
        let himself = stage
            .ledger
            .approve(&stage.maker, stage.id(), proposed.proposal)
            .await;
        self.refusals
            .expect(himself, "an act of weight on one word")?;
        stage
            .ledger
            .approve(&stage.checker, stage.id(), proposed.proposal)
            .await?;
        Ok(())
    }
}

fn request(nth: usize, kind: BodyKind, word: &str) -> Result<BodyRequest, AppError> {
    let code = match kind {
        BodyKind::TrainingProvider => None,
        _ => Some(NumberCode {
            letter: match kind {
                BodyKind::Employer => "Y".into(),
                _ => "S".into(),
            },
            body: format!("{:04}", nth % 10_000),
            province: "32".into(),
            sequence: format!("{:06}", nth + 1),
        }),
    };
    Ok(BodyRequest {
        credit_code: credit_code(nth)?,
        name: Name {
            zh: format!("示范{word}{}", nth + 1),
            en: None,
        },
        kind,
        region: own("320100")?,
        number_code: code,
    })
}

/// The `nth` of a row of good credit codes (统一社会信用代码) that belong to nobody known.
pub(super) fn credit_code(nth: usize) -> Result<CreditCode, AppError> {
    let letters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let inner = letters.chars().chain("X".chars());
    inner
        .flat_map(|check| letters.chars().map(move |last| (check, last)))
        .find_map(|(check, last)| format!("91320100{:08}{check}{last}", nth + 1).parse().ok())
        .ok_or_else(|| AppError::Inconsistent("the demo's own credit code".into()))
}
