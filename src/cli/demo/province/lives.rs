//! What happens to people and certificates besides assessment.

use super::Province;
use super::recognitions::Recorded;
use crate::app::AppError;
use crate::app::background::{RecordStudy, RecordTitle, RecordWork};
use crate::app::clock::today;
use crate::app::operation::{DoneEvent, Imported, Operation, Take};
use crate::app::people::Correction;
use crate::app::training::TrainingRequest;
use crate::domain::background::{Education, Relation, School, TitleRecorded};
use crate::domain::digest::Digest;
use crate::domain::ids::WorkerId;
use crate::domain::level::SkillLevel;
use crate::domain::number::CertificateNumber;
use crate::domain::proposal::{Act, End};
use crate::domain::rules::recognition::TitleGrade;
use crate::domain::worker::event::TrainingCompleted;
use jiff::civil::{Date, date};
use rand::RngExt;

/// Rows of one import.
const ROWS: usize = 1_000;

/// What became of the rows of an import.
#[derive(Default)]
struct Taken {
    accepted: usize,
    refused: usize,
    events: Vec<DoneEvent>,
}

/// A title as its event says it was recorded.
fn recorded_title(event: &DoneEvent) -> Result<Recorded, AppError> {
    let wrong = || AppError::Inconsistent("a title recorded as something else".into());
    let Some((_, worker)) = event.stream.split_once('/') else {
        return Err(wrong());
    };
    let title: TitleRecorded = serde_json::from_value(event.data.clone()).map_err(|_| wrong())?;
    Ok(Recorded {
        worker: worker.parse().map_err(|_| wrong())?,
        record: title.record,
        grade: title.title.grade,
        occupation: title.related.first().copied().ok_or_else(wrong)?,
    })
}

impl Province<'_, '_> {
    /// Work, study and titles of those the ledger knows, imported a thousand rows at a time.
    pub(super) async fn record_backgrounds(&mut self) -> Result<Vec<Recorded>, AppError> {
        let mut works = Vec::new();
        let mut studies = Vec::new();
        let mut titles = Vec::new();
        for nth in 0..self.people.len() {
            let document = self.people[nth].document()?;
            let found = self.stage.ledger.find_worker(&document).await;
            let worker = match found {
                Ok(worker) => worker,
                // His body turned him down, or nobody sent his sheet.
                Err(AppError::NotFound { .. }) => continue,
                Err(error) => return Err(error),
            };
            let assessor = self.people[nth].assessor;
            works.push(self.work(worker, assessor));
            if self.rng.random_range(0..3) == 0 {
                studies.push(self.study(worker));
            }
            if self.rng.random_range(0..10) == 0 {
                titles.push(self.title(worker, assessor));
            }
        }
        let (works, refused) = self.import(works).await?;
        self.count("works", works);
        self.count("rows refused", refused);
        let (studies, refused) = self.import(studies).await?;
        self.count("studies", studies);
        self.count("rows refused", refused);
        let mut recorded = Vec::new();
        let done = self.take(titles).await?;
        let (titles, refused) = (done.accepted, done.refused);
        for event in done.events {
            recorded.push(recorded_title(&event)?);
        }
        self.count("titles", titles);
        self.count("rows refused", refused);
        let words = [
            ("works", works.to_string()),
            ("studies", studies.to_string()),
            ("titles", titles.to_string()),
        ];
        self.stage.step("province-backgrounds", &words);
        Ok(recorded)
    }

    /// Imports rows, those that may be taken; how many were taken and how many refused.
    pub(super) async fn import<O: Operation>(
        &mut self,
        rows: Vec<O>,
    ) -> Result<(usize, usize), AppError> {
        let done = self.take(rows).await?;
        Ok((done.accepted, done.refused))
    }

    async fn take<O: Operation>(&mut self, rows: Vec<O>) -> Result<Taken, AppError> {
        let numbered: Vec<(u32, O)> = (2..).zip(rows).collect();
        let mut taken = Taken::default();
        for part in numbered.chunks(ROWS) {
            let stage = &*self.stage;
            let done: Imported = stage
                .ledger
                .operate_rows(&stage.maker, stage.id(), part, Take::Valid)
                .await?;
            taken.accepted += done.accepted.unwrap_or_default() as usize;
            taken.refused += done.refused.len();
            taken
                .events
                .extend(done.done.into_iter().flat_map(|it| it.events));
            for row in &done.refused {
                self.refusals.count(&row.code);
            }
        }
        Ok(taken)
    }

    fn evidence(&mut self) -> Vec<Digest> {
        vec![Digest(self.rng.random())]
    }

    fn day(&mut self, from: i16, to: i16) -> Date {
        let year = self.rng.random_range(from..=to);
        date(
            year,
            self.rng.random_range(1..=12),
            self.rng.random_range(1..=28),
        )
    }

    /// Work; one row in a hundred has no evidence and is refused.
    fn work(&mut self, worker: WorkerId, assessor: usize) -> RecordWork {
        let of = &self.assessors[assessor];
        let (employer, occupation) = (of.credit_code, of.occupation);
        let relation = match self.rng.random_range(0..10) {
            0 => Relation::Dispatched,
            1 => Relation::Apprentice,
            _ => Relation::Staff,
        };
        let evidence = match self.rng.random_range(0..100) {
            0 => Vec::new(),
            _ => self.evidence(),
        };
        RecordWork {
            worker: Some(worker),
            name: None,
            document_type: None,
            document_number: None,
            employer: Some(employer),
            relation,
            occupation: Some(occupation),
            from: self.day(2008, 2018),
            to: None,
            evidence,
        }
    }

    fn study(&mut self, worker: WorkerId) -> RecordStudy {
        let from = self.day(2004, 2014);
        let (school, education, years) = match self.rng.random_range(0..3) {
            0 => (School::SecondaryVocational, Education::Secondary, 3),
            1 => (School::HigherVocational, Education::College, 3),
            _ => (School::University, Education::Bachelor, 4),
        };
        RecordStudy {
            worker: Some(worker),
            name: None,
            document_type: None,
            document_number: None,
            school,
            institution: None,
            education,
            speciality: "机电技术应用".into(),
            related: Vec::new(),
            from,
            graduated_on: Some(from.saturating_add(jiff::Span::new().years(years))),
            expected_on: None,
            evidence: self.evidence(),
        }
    }

    /// A title; one in ten is younger than a year.
    fn title(&mut self, worker: WorkerId, assessor: usize) -> RecordTitle {
        let (grade, title) = match self.rng.random_range(0..3) {
            0 => (TitleGrade::Intermediate, "工程师"),
            _ => (TitleGrade::Assistant, "助理工程师"),
        };
        let awarded_on = match self.rng.random_range(0..10) {
            0 => date(2026, 2, self.rng.random_range(1..=28)),
            _ => self.day(2016, 2024),
        };
        RecordTitle {
            worker: Some(worker),
            name: None,
            document_type: None,
            document_number: None,
            series: "工程".into(),
            grade,
            title: title.into(),
            related: vec![self.assessors[assessor].occupation],
            awarded_on,
            awarded_by: "示范市职称评审委员会".into(),
            evidence: self.evidence(),
        }
    }

    /// Trainings of one worker in ten; the same class a second time is refused.
    pub(super) async fn record_trainings(&mut self) -> Result<(), AppError> {
        let mut recorded = 0;
        for nth in (0..self.people.len()).step_by(10) {
            if self.providers.is_empty() {
                break;
            }
            let provider = self.providers[nth / 10 % self.providers.len()];
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
                        teachers: Vec::new(),
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

    async fn end(
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
