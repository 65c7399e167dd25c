//! 学徒工 and 企业新型学徒制: agreements, their completion, and 转正定级 at their end.

use super::Province;
use super::ask::{id_in, stream_id_of};
use super::sessions::numbers_of;
use crate::app::AppError;
use crate::domain::body::event::BodyKind;
use crate::domain::ids::{RecordId, WorkerId};
use crate::domain::level::SkillLevel;
use crate::domain::number::CertificateNumber;
use crate::domain::route::Route;
use jiff::civil::date;
use serde_json::json;

impl Province<'_, '_> {
    /// The new people of a body who are registered for a session of every step; those of an
    /// employer beyond the first half begin as apprentices.
    pub(super) fn new_people(&self, at: usize) -> (Vec<usize>, Vec<usize>) {
        let new = |nth: &usize| self.people[*nth].is_new();
        let mut new: Vec<usize> = self.people_of(at).into_iter().filter(new).collect();
        let apprentices = match self.assessors[at].kind {
            BodyKind::Employer => new.split_off(new.len() / 2),
            _ => Vec::new(),
        };
        (new, apprentices)
    }

    /// Agreements of two kinds; one in six ends before its time, the others are completed and
    /// graded. Refused: an agreement too short, an end before its day.
    pub(super) async fn train_apprentices(&mut self) -> Result<Vec<CertificateNumber>, AppError> {
        let mut numbers = Vec::new();
        for at in 0..self.with_new() {
            let (_, apprentices) = self.new_people(at);
            if apprentices.is_empty() {
                continue;
            }
            let master = self.people_of(at).into_iter().find_map(|nth| {
                let person = &self.people[nth];
                person
                    .worker
                    .filter(|_| person.level == Some(SkillLevel::One))
            });
            let mut rows = Vec::new();
            for (nth, person) in apprentices.iter().enumerate() {
                let (kind, target, months) = match nth % 3 {
                    0 => ("ordinary", "five", 6),
                    _ => ("new-type", "four", 12),
                };
                rows.push(json!({
                    "body": self.assessors[at].body,
                    "worker": self.people[*person].worker,
                    "kind": kind,
                    "agreement": self.digest(),
                    "occupation": self.assessors[at].occupation,
                    "target": target,
                    "master": master,
                    "from": date(2024, 3, 1),
                    "term_months": months,
                }));
            }
            let mut short = rows[0].clone();
            short["term_months"] = json!(1);
            rows.insert(0, short);
            let started = self.rows("apprenticeship.start", rows).await?;
            self.count("apprenticeships", started.accepted);
            self.count("rows refused", started.refused);
            let mut graded = Vec::new();
            for (nth, event) in started.events.iter().enumerate() {
                let record: RecordId = id_in(std::slice::from_ref(event), "record")?;
                let worker: WorkerId = stream_id_of(event)?;
                self.end_apprenticeship(at, nth, worker, record).await?;
                if nth % 6 != 5 {
                    graded.push((worker, event.data["target"].clone()));
                }
            }
            numbers.extend(self.grade(at, &graded).await?);
        }
        Ok(numbers)
    }

    async fn end_apprenticeship(
        &mut self,
        at: usize,
        nth: usize,
        worker: WorkerId,
        record: RecordId,
    ) -> Result<(), AppError> {
        let body = self.assessors[at].body;
        if nth % 6 == 5 {
            let end = json!({
                "body": body,
                "worker": worker,
                "record": record,
                "ground": "本人提出解除协议",
                "on": date(2024, 8, 1),
            });
            self.did("apprenticeship.end", end).await?;
            self.count("apprenticeships ended", 1);
            return Ok(());
        }
        let mut complete = json!({
            "body": body,
            "worker": worker,
            "record": record,
            "on": date(2024, 5, 1),
            "evidence": [self.digest()],
        });
        if nth == 0 {
            self.refused(
                "apprenticeship.complete",
                complete.clone(),
                "a completion before the term is over",
            )
            .await?;
        }
        complete["on"] = json!(date(2025, 3, 10));
        self.did("apprenticeship.complete", complete).await?;
        self.count("apprenticeships completed", 1);
        Ok(())
    }

    /// 转正定级 at the employer.
    async fn grade(
        &mut self,
        at: usize,
        apprentices: &[(WorkerId, serde_json::Value)],
    ) -> Result<Vec<CertificateNumber>, AppError> {
        let day = date(2025, 10, 18);
        let levels = [SkillLevel::Five, SkillLevel::Four];
        let mut request = self.request(at, day, "202510-转正定级".into(), &levels)?;
        request.route = Route::ApprenticeGrading;
        let session = self.open(request).await?;
        let rows = apprentices
            .iter()
            .enumerate()
            .map(|(nth, (worker, target))| {
                json!({
                    "session": session,
                    "worker": worker,
                    // The first of an employer asks for more than he was trained for.
                    "level": if nth == 0 { "four".into() } else { target.clone() },
                    "theory": "71",
                    "skill": if nth % 5 == 4 { "52" } else { "83.5" },
                    "on": day,
                })
            });
        let entered = self.rows("route.enter-grading", rows.collect()).await?;
        self.count("gradings", entered.accepted);
        self.count("rows refused", entered.refused);
        self.note_levels(&entered.events);
        if entered.accepted == 0 {
            return Ok(Vec::new());
        }
        Ok(numbers_of(self.finish(session, day).await?))
    }
}
