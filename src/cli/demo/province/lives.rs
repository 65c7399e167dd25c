//! What happens to people and certificates besides assessment.

use super::Province;
use crate::app::AppError;
use crate::app::clock::today;
use crate::app::people::Correction;
use crate::app::training::TrainingRequest;
use crate::domain::level::SkillLevel;
use crate::domain::number::CertificateNumber;
use crate::domain::proposal::{Act, End};
use crate::domain::worker::event::TrainingCompleted;
use jiff::civil::date;

impl Province<'_, '_> {
    /// Trainings of one worker in ten; the same class a second time is refused.
    pub(super) async fn record_trainings(&mut self) -> Result<(), AppError> {
        let mut recorded = 0;
        for nth in (0..self.people.len()).step_by(10) {
            if self.providers.is_empty() {
                break;
            }
            let school = nth / 10 % self.providers.len();
            let provider = self.providers[school].body;
            let teacher = self.teachers.get(2 * school).copied();
            let request = |person: &super::Person| -> Result<TrainingRequest, AppError> {
                Ok(TrainingRequest {
                    name: person.name.clone(),
                    document: person.document()?,
                    training: TrainingCompleted {
                        provider,
                        class: format!("2025-{:04}班", nth / 400 + 1),
                        course: "岗位技能提升培训".into(),
                        occupation: Some(self.assessors[person.assessor].occupation),
                        level: Some(SkillLevel::Four),
                        hours: 80,
                        teachers: teacher.into_iter().collect(),
                        from: date(2025, 9, 1),
                        to: date(2025, 9, 30),
                    },
                })
            };
            let (first, again) = (request(&self.people[nth])?, request(&self.people[nth])?);
            let stage = &*self.stage;
            let (ledger, maker) = (&stage.ledger, &stage.maker);
            ledger.record_training(maker, stage.id(), first).await?;
            recorded += 1;
            if nth % 200 == 0 {
                let twice = ledger.record_training(maker, stage.id(), again).await;
                self.refusals.expect(twice, "a training twice")?;
            }
        }
        self.count("trainings", recorded);
        self.stage
            .step("province-trainings", &[("count", recorded.to_string())]);
        Ok(())
    }

    /// Certificates end, are suspended, corrected and issued anew.
    pub(super) async fn end_certificates(
        &mut self,
        numbers: &[CertificateNumber],
    ) -> Result<(), AppError> {
        let acts = self.scale.of(640, 8).min(numbers.len());
        for nth in 0..acts {
            // Spread over the whole, no certificate twice.
            let number = &numbers[nth * numbers.len() / acts];
            match nth % 8 {
                0 => self.end(number, End::Revoked, "revoked").await?,
                1 => self.end(number, End::Cancelled, "cancelled").await?,
                2 => self.end(number, End::Forfeited, "forfeited").await?,
                3 => self.end(number, End::Voided, "voided").await?,
                4 => self.suspend(number).await?,
                5 => {
                    self.suspend(number).await?;
                    let reinstate = Act::ReinstateCertificate {
                        ground: "经核查投诉不实".into(),
                        on: today(),
                    };
                    self.decide_on(number, reinstate, None).await?;
                    self.count("reinstated", 1);
                }
                6 => {
                    let mut correction = Correction::default();
                    correction.assessed_on = Some(date(2026, 3, 13));
                    let correct = Act::CorrectCertificate {
                        corrected: correction.fields(),
                        ground: "评定日期录入有误".into(),
                        on: today(),
                    };
                    self.decide_on(number, correct, Some(correction)).await?;
                    self.count("corrected", 1);
                }
                _ => {
                    let stage = &*self.stage;
                    let (ledger, maker) = (&stage.ledger, &stage.maker);
                    ledger
                        .reissue(maker, stage.id(), number, "证书遗失", today())
                        .await?;
                    self.count("reissued", 1);
                }
            }
        }
        self.stage
            .step("province-lives", &[("count", acts.to_string())]);
        Ok(())
    }

    pub(super) async fn end(
        &mut self,
        number: &CertificateNumber,
        end: End,
        what: &'static str,
    ) -> Result<(), AppError> {
        let act = Act::EndCertificate {
            end,
            ground: "经核查属实".into(),
            basis: "示范决〔2026〕7号".into(),
            on: today(),
        };
        self.decide_on(number, act.clone(), None).await?;
        self.count(what, 1);
        // What has ended does not end again.
        let stage = &*self.stage;
        let again = stage
            .ledger
            .propose_about_certificate(&stage.maker, stage.id(), number, act, None)
            .await;
        self.refusals.expect(again, "a second end")
    }

    async fn suspend(&mut self, number: &CertificateNumber) -> Result<(), AppError> {
        let act = Act::SuspendCertificate {
            ground: "投诉核查期间暂停".into(),
            basis: "示范处〔2026〕8号".into(),
            on: today(),
        };
        self.decide_on(number, act, None).await?;
        self.count("suspended", 1);
        let stage = &*self.stage;
        let reissued = stage
            .ledger
            .reissue(&stage.maker, stage.id(), number, "证书遗失", today())
            .await;
        self.refusals.expect(reissued, "a reissue while suspended")
    }

    async fn decide_on(
        &mut self,
        number: &CertificateNumber,
        act: Act,
        correction: Option<Correction>,
    ) -> Result<(), AppError> {
        let stage = &*self.stage;
        let (ledger, maker) = (&stage.ledger, &stage.maker);
        let proposed = ledger
            .propose_about_certificate(maker, stage.id(), number, act, correction)
            .await?;
        ledger
            .approve(&stage.checker, stage.id(), proposed.proposal)
            .await?;
        Ok(())
    }
}
