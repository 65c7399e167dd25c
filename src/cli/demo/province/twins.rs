//! 一试双证 of employers, and sessions of an item without a level (专项职业能力).

use super::Province;
use super::career::ROUNDS;
use super::people::Person;
use super::sessions::{HEADER, numbers_of};
use crate::app::AppError;
use crate::app::sessions::{Assess, SessionRequest};
use crate::cli::demo::assess::own;
use crate::domain::body::event::BodyKind;
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::number::CertificateNumber;
use crate::domain::proposal::End;
use crate::domain::session::dual::EnterpriseCertificate;
use crate::domain::session::event::{Standard, StandardKind};
use jiff::civil::date;
use serde_json::json;
use std::fmt::Write as _;

/// The items assessed: code, kind, name, occupation. Each has a specification of its own code.
const ITEMS: [(&str, &str, &str, &str); 2] = [
    (
        "DEMO-ZX-0001",
        "special-skill",
        "川菜凉菜制作",
        "4-03-02-07",
    ),
    ("DEMO-WJ-0001", "micro-skill", "焊缝目视检查", "6-18-02-04"),
];
/// Candidates of one session, at most.
const CANDIDATES: usize = 12;

impl Province<'_, '_> {
    /// A session at every employer in which each who passes has a level certificate and the
    /// employer's own. One pair is revoked as one, of another pair one document is cancelled.
    pub(super) async fn issue_twins(&mut self) -> Result<(), AppError> {
        let day = date(2026, 4, 25);
        for at in 0..self.assessors.len() {
            if self.assessors[at].kind != BodyKind::Employer {
                continue;
            }
            let mut request =
                self.request(at, day, "202604-一试双证".into(), &[SkillLevel::Four])?;
            request.dual = Some(EnterpriseCertificate {
                name: Name {
                    zh: "示范厂岗位技能证书".into(),
                    en: None,
                },
                grades: [(SkillLevel::Four, "熟练工".to_owned())].into(),
            });
            let below = |nth: &usize| {
                let person = &self.people[*nth];
                !person.is_new() && person.level < Some(SkillLevel::Four)
            };
            let staff = self.people_of(at).into_iter().filter(below);
            let mut sheet = HEADER.to_owned();
            let mut entered = 0;
            for nth in staff.take(CANDIDATES) {
                let Person { name, number, .. } = &self.people[nth];
                let (skill, verdict) = match entered % 6 {
                    5 => ("48", "不合格"),
                    _ => ("86.5", "合格"),
                };
                // Writing to a string does not fail.
                let _ = writeln!(sheet, "{name},{number},四级,72,{skill},,{verdict}");
                entered += 1;
            }
            if entered == 0 {
                continue;
            }
            let mut social = request.clone();
            social.body = self.assessors[0].body;
            let opened = self.open(social).await;
            self.refusals
                .expect(opened, "two certificates of no employer")?;
            let session = self.open(request).await?;
            self.import_sheet(session, &sheet).await?;
            let numbers = numbers_of(self.finish(session, day).await?);
            self.count("twin certificates", numbers.len());
            // A revocation takes both documents of a pair. The last document is of another pair.
            if let Some(first) = numbers.first() {
                self.end(first, End::Revoked, "revoked").await?;
            }
            if let (Some(last), true) = (numbers.last(), numbers.len() > 2) {
                self.end(last, End::Cancelled, "cancelled").await?;
            }
        }
        Ok(())
    }

    /// Items are adopted and granted to some bodies, and people are assessed in them.
    pub(super) async fn assess_items(&mut self) -> Result<Vec<CertificateNumber>, AppError> {
        let line = |(code, kind, name, occupation): (&str, &str, &str, &str)| {
            json!({
                "code": code,
                "kind": kind,
                "name": name,
                "occupation": occupation,
                "hours": 40,
                "specification": code,
                "specification_edition": "2025",
            })
        };
        let adopt = json!({
            "edition": "demo-2025",
            "effective_from": date(2025, 1, 1),
            "source": "演示：考核项目清单，非官方文本",
            "verified": false,
            "items": ITEMS.map(line),
        });
        self.did("catalogue.adopt-items", adopt).await?;
        let social = |nth: &usize| self.assessors[*nth].kind == BodyKind::SocialAssessor;
        let bodies: Vec<usize> = (0..self.assessors.len()).filter(social).collect();
        let mut numbers = Vec::new();
        for at in bodies.into_iter().take(self.scale.of(12, 1)) {
            let grant = json!({
                "body": self.assessors[at].credit_code,
                "item": ITEMS.map(|it| it.0),
                "region": ["320000"],
                "from": ROUNDS[0],
                "to": date(2030, 12, 31),
                "basis": "示范备案〔2025〕9号",
            });
            let outside = self.open(self.item_request(at, 0)?).await;
            self.refusals.expect(outside, "an item out of scope")?;
            self.did("body.grant-scope", grant).await?;
            for item in 0..ITEMS.len() {
                numbers.extend(self.assess_item(at, item).await?);
            }
        }
        Ok(numbers)
    }

    fn item_request(&self, at: usize, item: usize) -> Result<SessionRequest, AppError> {
        let day = date(2025, 11, 8);
        let mut request = self.request(at, day, format!("202511-项目{}", item + 1), &[])?;
        request.assess = Assess::Item {
            item: own(ITEMS[item].0)?,
        };
        request.standard = Standard {
            kind: StandardKind::SpecialSkill,
            code: ITEMS[item].0.into(),
            edition: "2025".into(),
        };
        Ok(request)
    }

    async fn assess_item(
        &mut self,
        at: usize,
        item: usize,
    ) -> Result<Vec<CertificateNumber>, AppError> {
        let request = self.item_request(at, item)?;
        let day = request.assessed_on;
        let session = self.open(request).await?;
        let mut rows = Vec::new();
        for (nth, person) in self.people_of(at).into_iter().take(CANDIDATES).enumerate() {
            rows.push(json!({
                "session": session,
                "worker": self.people[person].worker,
                "skill": if nth % 5 == 4 { "51" } else { "84" },
                "on": day,
            }));
        }
        let entered = self.rows("session.enter-result", rows).await?;
        self.count("results of items", entered.accepted);
        self.count("rows refused", entered.refused);
        if entered.accepted == 0 {
            return Ok(Vec::new());
        }
        Ok(numbers_of(self.finish(session, day).await?))
    }
}
