//! What ties bodies together and sets them apart: an ecosystem of a leading enterprise, work in
//! another province, stars, credit and selections.

use super::Province;
use super::backgrounds::enterprise;
use super::people::number;
use crate::app::AppError;
use crate::cli::demo::assess::own;
use crate::domain::body::event::BodyKind;
use crate::domain::level::SkillLevel;
use jiff::civil::date;
use rand::RngExt;
use serde_json::json;
use std::fmt::Write as _;

/// Members of the ecosystem.
const MEMBERS: usize = 12;

impl Province<'_, '_> {
    /// The first employer leads an ecosystem.
    pub(super) fn leader(&self) -> Option<usize> {
        let employer = |it: &super::bodies::Assessor| it.kind == BodyKind::Employer;
        self.assessors.iter().position(employer)
    }

    /// Opens the ecosystem and takes members in; one has left by 2025, one joins twice and is
    /// refused, and so is the ecosystem of a body that is no employer.
    pub(super) async fn open_ecosystem(&mut self) -> Result<(), AppError> {
        let Some(leader) = self.leader() else {
            return Ok(());
        };
        let body = self.assessors[leader].credit_code;
        let mut open = json!({
            "body": body,
            "name": "高端装备产业链技能生态圈",
            "region": "320100",
            "from": date(2019, 1, 1),
            "basis": "示范链主〔2019〕1号",
        });
        self.did("ecosystem.open", open.clone()).await?;
        open["body"] = json!(self.assessors[0].credit_code);
        self.refused("ecosystem.open", open, "an ecosystem of no employer")
            .await?;
        self.members = (0..MEMBERS).map(enterprise).collect::<Result<_, _>>()?;
        let mut rows = Vec::new();
        for nth in (0..MEMBERS).chain([0]) {
            rows.push(json!({
                "body": body,
                "member": self.members[nth],
                "name": format!("示范协作企业{}", nth + 1),
                "from": date(2019, 1, 1),
                "basis": "示范链主〔2019〕2号",
            }));
        }
        let joined = self.rows("ecosystem.join", rows).await?;
        self.count("ecosystem members", joined.accepted);
        let leave = json!({
            "body": body,
            "member": self.members[1],
            "reason": "退出产业链",
            "on": date(2025, 1, 1),
        });
        self.did("ecosystem.leave", leave).await?;
        Ok(())
    }

    /// Stars and credit of every body that assesses, and the selection of some.
    pub(super) async fn rate_bodies(&mut self) -> Result<(), AppError> {
        let mut stars = Vec::new();
        let mut credits = Vec::new();
        let mut selections = Vec::new();
        for (nth, it) in self.assessors.clone().into_iter().enumerate() {
            let (from, to) = (date(2025, 1, 1), date(2027, 12, 31));
            stars.push(json!({
                "body": it.credit_code,
                "stars": self.rng.random_range(2..=5),
                "from": from,
                "to": to,
                "basis": "示范星级〔2025〕3号",
            }));
            credits.push(json!({
                "body": it.credit_code,
                "score_tenths": self.rng.random_range(600..=1000),
                "ground": "2024年度信用评价",
                "basis": "示范信用〔2025〕5号",
                "from": from,
                "to": to,
            }));
            if nth.is_multiple_of(5) {
                selections.push(json!({
                    "body": it.credit_code,
                    "task": "2025年度补贴性评价任务",
                    "subsidised": true,
                    "method": "conditions",
                    "condition": ["近三年无违规"],
                    "basis": "示范遴选〔2025〕7号",
                    "on": date(2025, 3, 3),
                }));
            }
        }
        // Six stars there are not.
        let mut six = stars[0].clone();
        six["stars"] = json!(6);
        stars.push(six);
        for (verb, rows) in [
            ("body.grade-stars", stars),
            ("body.record-credit", credits),
            ("body.select", selections),
        ] {
            let done = self.rows(verb, rows).await?;
            self.count("stars, credits and selections", done.accepted);
        }
        Ok(())
    }

    /// Every twentieth body works in 浙江 under a permit of both sides, with the numbers of the
    /// host; some permits end, and the scopes on them. Without a permit there is no such scope.
    pub(super) async fn work_elsewhere(&mut self) -> Result<(), AppError> {
        let day = date(2025, 10, 25);
        for nth in (0..self.assessors.len()).step_by(20) {
            let of = self.assessors[nth];
            let (from, to) = (date(2024, 1, 1), date(2030, 12, 31));
            let letter = match of.kind {
                BodyKind::Employer => 'Y',
                _ => 'S',
            };
            let scope = json!({
                "body": of.credit_code,
                "occupation": [of.occupation],
                "level": SkillLevel::CERTIFIED,
                "region": ["330100"],
                "from": from,
                "to": to,
                "basis": "示范备案〔2024〕3号",
            });
            self.refused("body.grant-scope", scope.clone(), "a scope without permit")
                .await?;
            let permit = json!({
                "body": of.credit_code,
                "host": "330000",
                "from": from,
                "to": to,
                "rules": "host",
                "number_rule": "host",
                "number_code": format!("{letter}-{:04}-33-{:06}", nth, nth + 1),
                "basis": "苏浙示范合〔2024〕1号",
            });
            self.did("body.permit-cross-region", permit).await?;
            self.did("body.grant-scope", scope).await?;
            self.count("cross-region permits", 1);
            let mut request = self.request(
                nth,
                day,
                "202510-浙江批次".into(),
                &[SkillLevel::Five, SkillLevel::Four],
            )?;
            request.region = own("330106")?;
            let session = self.open(request).await?;
            let mut sheet = super::sessions::HEADER.to_owned();
            for person in 0..8 {
                let number = number(&mut self.rng, 100 * nth + person, 6);
                let level = if person % 3 == 0 { "四级" } else { "五级" };
                // Writing to a string does not fail.
                let _ = writeln!(sheet, "西门越,{number},{level},75.5,81,,合格");
            }
            self.import_sheet(session, &sheet).await?;
            self.finish(session, day).await?;
            if nth.is_multiple_of(40) {
                let end = json!({
                    "body": of.credit_code,
                    "host": "330000",
                    "ground": "合作协议终止",
                    "basis": "苏浙示范合〔2025〕9号",
                    "on": date(2026, 1, 1),
                });
                let proposed = self.did("body.end-cross-region", end).await?;
                self.approve(&proposed).await?;
            }
        }
        Ok(())
    }

    /// The list of training bases for teachers: shown, listed, one struck again.
    pub(super) async fn list_training_bases(&mut self) -> Result<(), AppError> {
        for nth in 0..self.providers.len().min(4) {
            let body = self.providers[nth].credit_code;
            let early =
                json!({"body": body, "from": date(2023, 1, 5), "basis": "示范基地〔2023〕2号"});
            self.refused("training-base.list", early.clone(), "a base without notice")
                .await?;
            let notice =
                json!({"body": body, "on": date(2023, 1, 5), "basis": "示范基地〔2023〕1号"});
            self.did("training-base.notice", notice).await?;
            self.did("training-base.list", early).await?;
            self.count("training bases", 1);
            if nth == 3 {
                let strike = json!({
                    "body": body,
                    "ground": "师资不足",
                    "basis": "示范基地〔2025〕9号",
                    "on": date(2025, 6, 1),
                });
                self.did("training-base.strike", strike).await?;
            }
        }
        Ok(())
    }
}
