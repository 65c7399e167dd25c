//! Certificates of levels that a recognition awarded (据比照认定发证): a row of the comparison table
//! lets them follow, a body in scope gives them.

use super::Province;
use super::ask::id_in;
use super::backgrounds::Recorded;
use crate::app::AppError;
use crate::app::bodies::ScopeRequest;
use crate::app::clock::today;
use crate::app::sessions::Assess;
use crate::cli::demo::assess::own;
use crate::domain::ids::{RecognitionId, RecordId, SessionId, WorkerId};
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::route::Route;
use jiff::civil::date;
use serde_json::json;
use std::collections::HashSet;

/// The row's rule, and the rule of a row of the same certificate that lets none follow.
const RULE: &str = "compare/de-certified";
const WITHOUT: &str = "compare/de-mechanic";
const OCCUPATION: &str = "6-31-01-02";

impl Province<'_, '_> {
    /// Lists the row, and files the first body for its occupation.
    async fn list_certified(&mut self) -> Result<(), AppError> {
        let row = json!({
            "code": "de-certified",
            "edition": "demo-2026",
            "kind": "foreign",
            "issuer": "DEMO-DE-CHAMBER",
            "certificate": "Industriemechaniker",
            "grade": "Facharbeiter",
            "occupation": OCCUPATION,
            "level": "four",
            "directions": "to-level",
            "effect": "direct-recognition",
            "with_certificate": true,
            "effective_from": date(2024, 1, 1),
            "citation": "演示数据，无文件依据；以正式公布的比照目录为准",
            "demo": true,
        });
        self.did("recognition.list-comparison", row).await?;
        let Some(first) = self.assessors.first() else {
            return Ok(());
        };
        let scope = ScopeRequest {
            body: first.body,
            occupations: vec![own::<OccupationCode>(OCCUPATION)?],
            levels: SkillLevel::CERTIFIED.to_vec(),
            regions: vec![own("320000")?],
            from: date(2019, 1, 1),
            to: date(2035, 12, 31),
            basis: "示范备案〔2019〕1号（增项）".into(),
        };
        let stage = &*self.stage;
        let (ledger, maker) = (&stage.ledger, &stage.maker);
        ledger.grant_scope(maker, stage.id(), scope).await?;
        Ok(())
    }

    /// A session on the recognitions of a few; one under a rule without certificate and one that has
    /// its certificate already are refused. The first is withdrawn again, its certificate with it.
    pub(super) async fn certify_recognitions(
        &mut self,
        recorded: &[Recorded],
    ) -> Result<(), AppError> {
        self.list_certified().await?;
        let most = self.scale.of(40, 3);
        // Who applied with something else may hold the level already.
        let others: HashSet<WorkerId> = recorded.iter().map(|it| it.worker).collect();
        let known = self.people.iter().rev().filter_map(|it| it.worker);
        let holders: Vec<WorkerId> = known.filter(|it| !others.contains(it)).take(most).collect();
        let (day, mut certified) = (today(), Vec::new());
        let session = self.session_of_recognitions("比照认定").await?;
        for (nth, worker) in holders.into_iter().enumerate() {
            let rule = if nth == 0 { WITHOUT } else { RULE };
            let Some(recognition) = self.recognised(worker, nth, rule).await? else {
                continue;
            };
            let enter = json!({
                "session": session,
                "worker": worker,
                "recognition": recognition,
                "on": day,
            });
            if rule == WITHOUT {
                self.refused(
                    "route.enter-recognised",
                    enter,
                    "a rule without certificate",
                )
                .await?;
                continue;
            }
            self.did("route.enter-recognised", enter).await?;
            self.count("certified recognitions", 1);
            certified.push((worker, recognition));
        }
        let Some((worker, recognition)) = certified.first().copied() else {
            return Ok(());
        };
        self.finish(session, day).await?;
        let again = self.session_of_recognitions("比照认定-2").await?;
        let twice = json!({"session": again, "worker": worker, "recognition": recognition});
        self.refused("route.enter-recognised", twice, "a second certificate")
            .await?;
        self.withdraw_recognition(worker, recognition).await
    }

    /// A level awarded on a foreign certificate.
    async fn recognised(
        &mut self,
        worker: WorkerId,
        nth: usize,
        rule: &str,
    ) -> Result<Option<RecognitionId>, AppError> {
        let record = json!({
            "worker": worker,
            "kind": "foreign",
            "issuer": "DEMO-DE-CHAMBER",
            "certificate": "Industriemechaniker",
            "number": format!("C{nth:06}"),
            "grade": "Facharbeiter",
            "awarded_on": date(2024, 6, 30),
            "evidence": [self.digest()],
        });
        let recorded = self.did("background.record-certificate", record).await?;
        self.count("outside certificates", 1);
        let record: RecordId = id_in(&recorded.events, "record")?;
        let apply = json!({
            "worker": worker,
            "record": record,
            "rule": rule,
            "occupation": OCCUPATION,
        });
        let granted = self.apply(worker, apply, &[], true, nth).await?;
        Ok(granted.map(|(_, recognition)| recognition))
    }

    async fn session_of_recognitions(&mut self, code: &str) -> Result<SessionId, AppError> {
        let levels = [SkillLevel::Four];
        let mut request = self.request(0, today(), code.to_owned(), &levels)?;
        request.route = Route::Recognition;
        request.examiners.clear();
        request.standard.code = format!("GZB {OCCUPATION}");
        request.assess = Assess::Levels {
            occupation: own(OCCUPATION)?,
            work_type: None,
            levels: levels.to_vec(),
        };
        self.open(request).await
    }
}
