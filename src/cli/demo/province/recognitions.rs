//! Recognition (比照认定、贯通) both ways: titles and outside certificates lead to levels, levels
//! lead to titles. One person takes the application, another decides.

use super::Province;
use super::ask::id_in;
use super::backgrounds::Recorded;
use super::career::Came;
use crate::app::AppError;
use crate::domain::ids::{RecognitionId, WorkerId};
use crate::domain::level::SkillLevel;
use serde_json::{Value, json};

/// Why a recognition awards no level: the worker holds it, or a higher one.
const LEVEL_HELD: &str = "recognition-level-held";

impl Province<'_, '_> {
    /// Everybody with a title or a certificate applies; those with a title younger than a year are
    /// refused, and so is whoever applies twice or decides on his own application. Some holders of
    /// a level apply for a title. A few recognitions are withdrawn, a few levels have a certificate.
    pub(super) async fn recognise(&mut self, recorded: &[Recorded]) -> Result<(), AppError> {
        let mut granted = Vec::new();
        for (nth, it) in recorded.iter().enumerate() {
            let apply = json!({
                "worker": it.worker,
                "record": it.record,
                "rule": it.rule,
                "occupation": it.occupation,
            });
            let award = it.rule.starts_with("compare/");
            let shown: &[&str] = if award { &[] } else { &["assessment"] };
            granted.extend(self.apply(it.worker, apply, shown, award, nth).await?);
        }
        let levels = self.levels_to_titles().await?;
        granted.extend(levels);
        self.withdraw_recognitions(&granted).await?;
        self.certify_recognitions(recorded).await?;
        let applied = self.made.get("recognitions applied for").copied();
        let count = applied.unwrap_or_default().to_string();
        self.stage
            .step("province-recognitions", &[("count", count)]);
        Ok(())
    }

    /// One application, decided; the recognition if it is granted.
    pub(super) async fn apply(
        &mut self,
        worker: WorkerId,
        apply: Value,
        shown: &[&str],
        award: bool,
        nth: usize,
    ) -> Result<Option<(WorkerId, RecognitionId)>, AppError> {
        let applied = self.did("recognition.apply", apply.clone()).await?;
        self.count("recognitions applied for", 1);
        let recognition: RecognitionId = id_in(&applied.events, "recognition")?;
        if nth.is_multiple_of(10) {
            self.refused("recognition.apply", apply, "an application twice")
                .await?;
        }
        let mut decision = json!({
            "worker": worker,
            "recognition": recognition,
            "shown": shown,
            "evidence": [self.digest()],
        });
        let mut grant = decision.clone();
        grant["award"] = json!(award);
        self.refused(
            "recognition.grant",
            grant.clone(),
            "a recognition by its own maker",
        )
        .await?;
        let mut granted = self.checked("recognition.grant", grant.clone()).await;
        // Who holds the level already is recognised and awarded nothing.
        if let Err(error) = &granted
            && error.code() == LEVEL_HELD
        {
            self.refusals.count(LEVEL_HELD);
            grant["award"] = json!(false);
            granted = self.checked("recognition.grant", grant).await;
        }
        if granted.is_ok() {
            self.count("recognitions granted", 1);
            return Ok(Some((worker, recognition)));
        }
        self.refusals.expect(granted, "a recognition")?;
        if award {
            decision["ground"] = json!("条件不满足");
        }
        self.checked("recognition.refuse", decision).await?;
        self.count("recognitions refused", 1);
        Ok(None)
    }

    /// Holders of 三级 in an engineering occupation apply for 助理工程师 with it; who has held it less
    /// than two years is refused.
    async fn levels_to_titles(&mut self) -> Result<Vec<(WorkerId, RecognitionId)>, AppError> {
        let most = self.scale.of(200, 3);
        let mut holders = Vec::new();
        for person in &self.people {
            let three = person
                .attempts
                .iter()
                .find(|it| it.level == SkillLevel::Three && it.came == Came::Passed);
            let engineering = self.assessors[person.assessor].engineers();
            if let (Some(worker), Some(three), true) = (person.worker, three, engineering)
                && let Some(session) = self.rounds.get(&(person.assessor, three.round))
            {
                holders.push((worker, *session));
            }
        }
        let mut granted = Vec::new();
        for (nth, (worker, session)) in holders.into_iter().take(most).enumerate() {
            let apply = json!({"worker": worker, "session": session, "rule": "cn-74-three"});
            let shown = ["production-line", "title-review"];
            let done = self.apply(worker, apply, &shown, false, nth).await?;
            self.count("levels put forward for a title", 1);
            granted.extend(done);
        }
        Ok(granted)
    }

    async fn withdraw_recognitions(
        &mut self,
        granted: &[(WorkerId, RecognitionId)],
    ) -> Result<(), AppError> {
        let most = self.scale.of(40, 2).min(granted.len());
        for nth in 0..most {
            let (worker, recognition) = granted[nth * granted.len() / most];
            self.withdraw_recognition(worker, recognition).await?;
        }
        Ok(())
    }

    /// One withdrawal, by two people.
    pub(super) async fn withdraw_recognition(
        &mut self,
        worker: WorkerId,
        recognition: RecognitionId,
    ) -> Result<(), AppError> {
        let withdraw = json!({
            "worker": worker,
            "recognition": recognition,
            "ground": "所持证书系伪造",
            "basis": "示范决〔2026〕15号",
        });
        let proposed = self.did("recognition.withdraw", withdraw).await?;
        self.approve(&proposed).await?;
        self.count("recognitions withdrawn", 1);
        Ok(())
    }
}
