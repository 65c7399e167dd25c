//! Recognition (比照认定): holders of titles apply for a level's assessment; the checker decides.

use super::Province;
use crate::app::AppError;
use crate::app::operation::{Done, Operation};
use crate::app::recognitions::{ApplyForRecognition, GrantRecognition, RefuseRecognition};
use crate::domain::digest::Digest;
use crate::domain::ids::{RecognitionId, RecordId, WorkerId};
use crate::domain::occupation::OccupationCode;
use crate::domain::rules::recognition::TitleGrade;
use rand::RngExt;
use std::str::FromStr;

/// A title that the ledger has recorded.
pub(super) struct Recorded {
    pub worker: WorkerId,
    pub record: RecordId,
    pub grade: TitleGrade,
    pub occupation: OccupationCode,
}

impl Province<'_, '_> {
    /// Every holder of a title applies; those with a title younger than a year are refused, and so
    /// is whoever applies twice or decides on his own application.
    pub(super) async fn recognise(&mut self, titles: &[Recorded]) -> Result<(), AppError> {
        for (nth, title) in titles.iter().enumerate() {
            let apply = ApplyForRecognition {
                worker: title.worker,
                record: Some(title.record),
                session: None,
                rule: match title.grade {
                    TitleGrade::Assistant => "cn-2023-assistant".into(),
                    _ => "cn-2023-intermediate".into(),
                },
                edition: None,
                jurisdiction: None,
                occupation: Some(title.occupation),
                on: None,
            };
            let applied = self.as_maker(&apply).await?;
            self.count("recognitions applied for", 1);
            let recognition: RecognitionId = id_in(&applied, "recognition")?;
            if nth % 10 == 0 {
                let again = self.as_maker(&apply).await;
                self.refusals.expect(again, "an application twice")?;
            }
            self.decide_recognition(title.worker, recognition).await?;
        }
        self.stage.step(
            "province-recognitions",
            &[("count", titles.len().to_string())],
        );
        Ok(())
    }

    async fn decide_recognition(
        &mut self,
        worker: WorkerId,
        recognition: RecognitionId,
    ) -> Result<(), AppError> {
        let grant = GrantRecognition {
            worker,
            recognition,
            shown: vec!["assessment".into()],
            evidence: vec![Digest(self.rng.random())],
            award: None,
            on: None,
        };
        let himself = self.as_maker(&grant).await;
        self.refusals
            .expect(himself, "a recognition by its own maker")?;
        let stage = &*self.stage;
        let granted = stage
            .ledger
            .operate(&stage.checker, stage.id(), &grant)
            .await;
        if granted.is_ok() {
            self.count("recognitions granted", 1);
            return Ok(());
        }
        self.refusals.expect(granted, "a recognition")?;
        let refuse = RefuseRecognition {
            worker,
            recognition,
            shown: grant.shown,
            evidence: grant.evidence,
            ground: None,
            on: None,
        };
        let stage = &*self.stage;
        stage
            .ledger
            .operate(&stage.checker, stage.id(), &refuse)
            .await?;
        self.count("recognitions refused", 1);
        Ok(())
    }

    /// Carries out an operation as the maker.
    pub(super) async fn as_maker(&self, operation: &impl Operation) -> Result<Done, AppError> {
        let stage = &*self.stage;
        stage
            .ledger
            .operate(&stage.maker, stage.id(), operation)
            .await
    }
}

/// The id that the events of an operation give to something.
pub(super) fn id_in<T: FromStr>(done: &Done, member: &str) -> Result<T, AppError> {
    done.events
        .iter()
        .find_map(|event| event.data.get(member)?.as_str()?.parse().ok())
        .ok_or_else(|| AppError::Inconsistent(format!("an operation without its {member}")))
}
