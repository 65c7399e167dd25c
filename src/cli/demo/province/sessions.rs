//! The rounds of assessment: every body opens a session, its sheet comes in, results are
//! confirmed, levels awarded, certificates issued.

use super::Province;
use super::career::{Came, ROUNDS};
use super::people::{document_number, number};
use crate::app::AppError;
use crate::app::issue_certificates::Issued;
use crate::app::operation::DoneEvent;
use crate::app::sessions::{Assess, Examiner, SessionRequest};
use crate::cli::demo::assess::own;
use crate::domain::ids::{SessionId, WorkerId};
use crate::domain::level::SkillLevel;
use crate::domain::number::CertificateNumber;
use crate::domain::route::Route;
use crate::domain::session::event::{Process, Standard, StandardKind};
use jiff::civil::{Date, date};
use rand::RngExt;
use std::fmt::Write as _;

/// First line of every sheet of results.
pub(super) const HEADER: &str = "姓名,证件号码,申报级别,理论成绩,技能成绩,综合评审成绩,评定结果\n";

/// The numbers of what was issued.
pub(super) fn numbers_of(issued: Vec<Issued>) -> Vec<CertificateNumber> {
    issued.into_iter().map(|it| it.number).collect()
}

impl Province<'_, '_> {
    /// All rounds, oldest first; the numbers of every certificate issued.
    pub(super) async fn assess(&mut self) -> Result<Vec<CertificateNumber>, AppError> {
        let mut numbers = Vec::new();
        for (round, day) in ROUNDS.iter().enumerate() {
            let mut sessions = 0;
            for assessor in 0..self.assessors.len() {
                let sheet = self.sheet(assessor, round);
                if let Some(sheet) = sheet {
                    let issued = self.session(assessor, round, &sheet).await?;
                    numbers.extend(issued);
                    sessions += 1;
                }
            }
            let words = [
                ("day", day.to_string()),
                ("sessions", sessions.to_string()),
                ("certificates", numbers.len().to_string()),
            ];
            self.stage.step("province-round", &words);
        }
        Ok(numbers)
    }

    /// One session from its opening to its certificates; on the way, what may not be done is tried.
    async fn session(
        &mut self,
        assessor: usize,
        round: usize,
        sheet: &str,
    ) -> Result<Vec<CertificateNumber>, AppError> {
        let day = ROUNDS[round];
        let request = self.round_request(assessor, round, "第一批次")?;
        if self.rng.random_range(0..10) == 0 {
            let mut outside = request.clone();
            outside.region = own("440100")?;
            let opened = self.open(outside).await;
            self.refusals
                .expect(opened, "a session outside the region")?;
        }
        let session = self.open(request).await?;
        self.rounds.insert((assessor, round), session);
        self.import_sheet(session, sheet).await?;
        let try_it = self.rng.random_range(0..10) == 0;
        if try_it {
            let stage = &*self.stage;
            let (ledger, maker) = (&stage.ledger, &stage.maker);
            let proposed = ledger.propose_results(maker, stage.id(), session).await?;
            let himself = ledger.approve(maker, stage.id(), proposed.proposal).await;
            self.refusals.expect(himself, "results on one word")?;
            let stage = &*self.stage;
            let (ledger, maker, checker) = (&stage.ledger, &stage.maker, &stage.checker);
            let why = "复核发现一处成绩须核对";
            ledger
                .reject(checker, stage.id(), proposed.proposal, why)
                .await?;
            let early = ledger.close_session(maker, stage.id(), session, day).await;
            self.refusals.expect(early, "a close before the notice")?;
        }
        let issued = self.finish(session, day).await?;
        if try_it && !issued.is_empty() {
            let again = self.issue(session, day).await;
            self.refusals.expect(again, "a second issue")?;
        }
        Ok(numbers_of(issued))
    }

    /// Takes a sheet in, row by row as it may be taken; how many rows were.
    pub(super) async fn import_sheet(
        &mut self,
        session: SessionId,
        sheet: &str,
    ) -> Result<usize, AppError> {
        let stage = &*self.stage;
        let (ledger, maker) = (&stage.ledger, &stage.maker);
        let imported = ledger
            .import_results(maker, stage.id(), session, sheet.as_bytes(), true)
            .await?;
        for problem in &imported.judgement.refused {
            self.refusals.count(problem.code);
        }
        let entered = imported.judgement.accepted.len();
        self.count("results", entered);
        Ok(entered)
    }

    /// The maker proposes that the results stand, the checker approves.
    pub(super) async fn confirm(&self, session: SessionId) -> Result<(), AppError> {
        let stage = &*self.stage;
        let (ledger, maker) = (&stage.ledger, &stage.maker);
        let proposed = ledger.propose_results(maker, stage.id(), session).await?;
        ledger
            .approve(&stage.checker, stage.id(), proposed.proposal)
            .await?;
        Ok(())
    }

    /// Results confirmed, shown, the session closed and its certificates issued, on one day.
    pub(super) async fn finish(
        &mut self,
        session: SessionId,
        day: Date,
    ) -> Result<Vec<Issued>, AppError> {
        self.confirm(session).await?;
        let stage = &*self.stage;
        let (ledger, maker) = (&stage.ledger, &stage.maker);
        ledger.start_notice(maker, stage.id(), session, day).await?;
        self.close_and_issue(session, day).await
    }

    /// A session closed and its certificates issued, if anybody passed.
    pub(super) async fn close_and_issue(
        &mut self,
        session: SessionId,
        day: Date,
    ) -> Result<Vec<Issued>, AppError> {
        let stage = &*self.stage;
        let (ledger, maker) = (&stage.ledger, &stage.maker);
        let closed = ledger
            .close_session(maker, stage.id(), session, day)
            .await?;
        if closed.passed == 0 {
            return Ok(Vec::new());
        }
        let issued = self.issue(session, day).await?;
        self.count("certificates", issued.len());
        Ok(issued)
    }

    async fn issue(&self, session: SessionId, day: Date) -> Result<Vec<Issued>, AppError> {
        let stage = &*self.stage;
        let (ledger, maker) = (&stage.ledger, &stage.maker);
        let quiet = |_: u64, _: u64| {};
        let answer = ledger
            .issue_certificates(maker, stage.id(), session, day, &quiet)
            .await?;
        Ok(answer.issued)
    }

    pub(super) async fn open(&mut self, request: SessionRequest) -> Result<SessionId, AppError> {
        let stage = &*self.stage;
        let session = stage
            .ledger
            .open_session(&stage.maker, stage.id(), request)
            .await?;
        self.count("sessions", 1);
        Ok(session)
    }

    /// Notes the levels of those who passed, from the events of their results.
    pub(super) fn note_levels(&mut self, events: &[DoneEvent]) {
        for event in events {
            let passed = event.data["verdict"] == "passed";
            let level = serde_json::from_value(event.data["level"].clone()).ok();
            let worker = event.data["worker"].as_str();
            let worker = worker.and_then(|it| it.parse::<WorkerId>().ok());
            if let (true, Some(worker)) = (passed, worker)
                && let Some(nth) = self.by_worker.get(&worker)
            {
                let person = &mut self.people[*nth];
                person.level = person.level.max(level);
            }
        }
    }

    /// A session of a body on the day of a round.
    pub(super) fn round_request(
        &self,
        assessor: usize,
        round: usize,
        batch: &str,
    ) -> Result<SessionRequest, AppError> {
        let day = ROUNDS[round];
        self.request(
            assessor,
            day,
            format!("{}-{batch}", day.strftime("%Y%m")),
            &SkillLevel::CERTIFIED,
        )
    }

    /// A session of a body by assessment, kept as a sheet.
    pub(super) fn request(
        &self,
        assessor: usize,
        day: Date,
        code: String,
        levels: &[SkillLevel],
    ) -> Result<SessionRequest, AppError> {
        let Some(of) = self.assessors.get(assessor) else {
            return Err(AppError::NotFound { what: "body" });
        };
        Ok(SessionRequest {
            body: of.body,
            code,
            route: Route::Assessment,
            process: Process::Sheet,
            assess: Assess::Levels {
                occupation: of.occupation,
                work_type: None,
                levels: levels.to_vec(),
            },
            dual: None,
            question_bank: None,
            standard: Standard {
                kind: StandardKind::National,
                code: format!("GZB {}", of.occupation),
                edition: "2023".into(),
            },
            assessed_on: day,
            region: own("320102")?,
            site: "第一考点".into(),
            examiners: (0..3)
                .map(|nth| Examiner {
                    name: format!("考评员{}", 3 * assessor + nth + 1),
                    card: format!("K{:06}", 3 * assessor + nth + 1),
                })
                .collect(),
        })
    }

    /// The sheet of a body for a round as csv, with rows here and there that must be refused.
    fn sheet(&mut self, assessor: usize, round: usize) -> Option<String> {
        let mut rows = String::new();
        for person in self.people.iter().filter(|it| it.assessor == assessor) {
            let Some(attempt) = person.attempts.iter().find(|it| it.round == round) else {
                continue;
            };
            let mut mark = |low: u32| {
                let tenths = self.rng.random_range(low * 10..=1000);
                format!("{}.{}", tenths / 10, tenths % 10)
            };
            let review = attempt.level.needs_review();
            let (theory, skill, review, verdict) = match attempt.came {
                Came::Passed => {
                    let review = if review { mark(60) } else { String::new() };
                    (mark(60), mark(60), review, "合格")
                }
                Came::Failed => {
                    let review = if review { mark(60) } else { String::new() };
                    (mark(60), "59.5".into(), review, "不合格")
                }
                Came::Absent => {
                    let review = if review { "缺考" } else { "" };
                    ("缺考".into(), "缺考".into(), review.into(), "缺考")
                }
            };
            let (name, number) = (&person.name, &person.number);
            let level = attempt.level.name_zh();
            // Writing to a string does not fail.
            let _ = writeln!(
                rows,
                "{name},{number},{level},{theory},{skill},{review},{verdict}"
            );
        }
        if rows.is_empty() {
            return None;
        }
        self.bad_rows(assessor, round, &mut rows);
        Some(format!("{HEADER}{rows}"))
    }

    /// Rows as they come from life: somebody too young, a digit mistyped, a mark too kind.
    fn bad_rows(&mut self, assessor: usize, round: usize, rows: &mut String) {
        let nth = assessor * ROUNDS.len() + round;
        let fine = "五级,80,80,,合格";
        if self.rng.random_range(0..4) == 0 {
            let young = date(2012, 1, 1).saturating_add(jiff::Span::new().days((nth % 300) as i64));
            let number = document_number(&mut self.rng, young, 900);
            let _ = writeln!(rows, "公孙幼,{number},{fine}");
        }
        if self.rng.random_range(0..4) == 0 {
            let mut number = number(&mut self.rng, nth, 1);
            let last = if number.ends_with('0') { '1' } else { '0' };
            number.pop();
            number.push(last);
            let _ = writeln!(rows, "令狐误,{number},{fine}");
        }
        if self.rng.random_range(0..4) == 0 {
            let number = number(&mut self.rng, nth, 2);
            let _ = writeln!(rows, "端木优,{number},五级,59.9,90,,合格");
        }
        if self.rng.random_range(0..4) == 0 {
            let number = number(&mut self.rng, nth, 3);
            let _ = writeln!(rows, "西门双,{number},{fine}\n西门双,{number},{fine}");
        }
    }
}
