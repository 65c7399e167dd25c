//! What people bring along (履历): work, study, titles, certificates of others.

use super::Province;
use super::ask::{id_in, stream_id_of};
use super::bodies::credit_code;
use crate::app::AppError;
use crate::app::operation::DoneEvent;
use crate::domain::body::event::BodyKind;
use crate::domain::ids::{RecordId, WorkerId};
use crate::domain::rules::recognition::TitleGrade;
use jiff::civil::{Date, date};
use rand::RngExt;
use serde_json::{Value, json};

/// Enterprises that are no bodies of the ledger.
const ENTERPRISES: usize = 300;
/// The credit codes of enterprises begin after those of bodies.
const FIRST_ENTERPRISE: usize = 20_000;

/// A record of a title or of a certificate, and the rule somebody applies under with it.
pub(super) struct Recorded {
    pub worker: WorkerId,
    pub record: RecordId,
    pub rule: &'static str,
    pub occupation: String,
}

/// The credit code of an enterprise outside, as text.
pub(super) fn enterprise(nth: usize) -> Result<String, AppError> {
    Ok(credit_code(FIRST_ENTERPRISE + nth % ENTERPRISES)?.to_string())
}

impl Province<'_, '_> {
    /// Work, study, titles and outside certificates, imported a thousand rows at a time. Whoever
    /// no sheet brought to the ledger comes with his work.
    pub(super) async fn record_backgrounds(&mut self) -> Result<Vec<Recorded>, AppError> {
        self.find_workers().await?;
        let enterprises: Vec<String> =
            (0..ENTERPRISES).map(enterprise).collect::<Result<_, _>>()?;
        let mut works = Vec::new();
        for nth in 0..self.people.len() {
            // Those whom their body turned down on every sheet stay unknown.
            if self.people[nth].worker.is_some() || self.people[nth].is_new() {
                works.push(self.work(nth, &enterprises));
            }
        }
        let works = self.rows("background.record-work", works).await?;
        self.count("works", works.accepted);
        self.count("rows refused", works.refused);
        self.find_workers().await?;
        let mut studies = Vec::new();
        let mut titles = Vec::new();
        let mut outside = Vec::new();
        for nth in 0..self.people.len() {
            let Some(worker) = self.people[nth].worker else {
                continue;
            };
            let assessor = self.people[nth].assessor;
            if self.assessors[assessor].kind == BodyKind::TechnicianSchool {
                studies.push(self.school(worker, assessor));
            } else if self.rng.random_range(0..3) == 0 {
                studies.push(self.study(worker));
            }
            if self.rng.random_range(0..10) == 0 {
                titles.push(self.title(worker, assessor));
            }
            if self.rng.random_range(0..100) == 0 {
                outside.push(self.outside(worker, nth));
            }
        }
        let studies = self.rows("background.record-study", studies).await?;
        self.count("studies", studies.accepted);
        self.count("rows refused", studies.refused);
        let titles = self.rows("background.record-title", titles).await?;
        self.count("titles", titles.accepted);
        self.count("rows refused", titles.refused);
        let outside = self.rows("background.record-certificate", outside).await?;
        self.count("outside certificates", outside.accepted);
        self.count("rows refused", outside.refused);
        let words = [
            ("works", works.accepted.to_string()),
            ("studies", studies.accepted.to_string()),
            ("titles", titles.accepted.to_string()),
        ];
        self.stage.step("province-backgrounds", &words);
        let mut recorded = Vec::new();
        for event in titles.events.iter().chain(&outside.events) {
            recorded.extend(recorded_of(event)?);
        }
        Ok(recorded)
    }

    /// Asks the ledger for everybody it has come to know.
    async fn find_workers(&mut self) -> Result<(), AppError> {
        for (nth, person) in self.people.iter_mut().enumerate() {
            if person.worker.is_some() {
                continue;
            }
            let found = self.stage.ledger.find_worker(&person.document()?).await;
            person.worker = match found {
                Ok(worker) => Some(worker),
                // His body turned him down, or nobody sent his sheet.
                Err(AppError::NotFound { .. }) => None,
                Err(error) => return Err(error),
            };
            self.by_worker.extend(person.worker.map(|it| (it, nth)));
        }
        Ok(())
    }

    fn day(&mut self, from: i16, to: i16) -> Date {
        let year = self.rng.random_range(from..=to);
        date(
            year,
            self.rng.random_range(1..=12),
            self.rng.random_range(1..=28),
        )
    }

    /// Work; one row in a hundred has no evidence and is refused. Employers assess their own
    /// staff, some of it dispatched or outsourced, and of a chain's leader one in five works for
    /// a member.
    fn work(&mut self, nth: usize, enterprises: &[String]) -> Value {
        let of = self.assessors[self.people[nth].assessor];
        let employer = match of.kind {
            BodyKind::Employer
                if nth.is_multiple_of(5) && Some(self.people[nth].assessor) == self.leader() =>
            {
                self.members[nth / 5 % self.members.len()].clone()
            }
            BodyKind::Employer => of.credit_code.to_string(),
            _ => enterprises[self.rng.random_range(0..enterprises.len())].clone(),
        };
        let relation = match self.rng.random_range(0..20) {
            0..3 => "dispatched",
            3 => "outsourced",
            _ => "staff",
        };
        let evidence = match self.rng.random_range(0..100) {
            0 => Vec::new(),
            _ => vec![self.digest()],
        };
        let mut work = json!({
            "employer": employer,
            "relation": relation,
            "occupation": of.occupation,
            "from": self.day(2008, 2018),
            "evidence": evidence,
        });
        let person = &self.people[nth];
        match person.worker {
            Some(worker) => work["worker"] = json!(worker),
            None => {
                work["name"] = json!(person.name);
                work["document_number"] = json!(person.number);
            }
        }
        work
    }

    /// Study that goes on at the technician school that assesses its own students.
    fn school(&mut self, worker: WorkerId, assessor: usize) -> Value {
        let of = self.assessors[assessor];
        json!({
            "worker": worker,
            "school": "technician-school-senior",
            "institution": of.credit_code,
            "education": "college",
            "speciality": "机电一体化技术",
            "related": [of.occupation],
            "from": date(2024, 9, 1),
            "expected_on": date(2027, 6, 30),
            "evidence": [self.digest()],
        })
    }

    fn study(&mut self, worker: WorkerId) -> Value {
        let from = self.day(2004, 2014);
        let (school, education, years) = match self.rng.random_range(0..3) {
            0 => ("secondary-vocational", "secondary", 3),
            1 => ("higher-vocational", "college", 3),
            _ => ("university", "bachelor", 4),
        };
        json!({
            "worker": worker,
            "school": school,
            "education": education,
            "speciality": "机电技术应用",
            "from": from,
            "graduated_on": from.saturating_add(jiff::Span::new().years(years)),
            "evidence": [self.digest()],
        })
    }

    /// A title; one in ten is younger than a year.
    fn title(&mut self, worker: WorkerId, assessor: usize) -> Value {
        let (grade, title) = match self.rng.random_range(0..3) {
            0 => (TitleGrade::Intermediate, "工程师"),
            _ => (TitleGrade::Assistant, "助理工程师"),
        };
        let awarded_on = match self.rng.random_range(0..10) {
            0 => date(2026, 2, self.rng.random_range(1..=28)),
            _ => self.day(2016, 2024),
        };
        json!({
            "worker": worker,
            "series": "工程",
            "grade": grade,
            "title": title,
            "related": [self.assessors[assessor].occupation],
            "awarded_on": awarded_on,
            "awarded_by": "示范市职称评审委员会",
            "evidence": [self.digest()],
        })
    }

    /// A certificate of the demonstration's robotics association, chamber or council; their
    /// grades are in its comparison table, and so are those who issue what nobody knows.
    fn outside(&mut self, worker: WorkerId, nth: usize) -> Value {
        let (kind, issuer, certificate, grade, occupation) = match self.rng.random_range(0..4) {
            0 | 1 => (
                "industry",
                "DEMO-ROBOT-ASSOC",
                "工业机器人应用编程证书",
                "高级",
                "6-31-07-03",
            ),
            2 => (
                "foreign",
                "DEMO-DE-CHAMBER",
                "Industriemechaniker",
                "Facharbeiter",
                "6-31-01-02",
            ),
            _ => (
                "industry",
                "UNKNOWN-GUILD",
                "无名行会证书",
                "高级",
                "6-31-07-03",
            ),
        };
        json!({
            "worker": worker,
            "kind": kind,
            "issuer": issuer,
            "certificate": certificate,
            "number": format!("X{nth:06}"),
            "grade": grade,
            "occupation": occupation,
            "awarded_on": self.day(2024, 2025),
            "evidence": [self.digest()],
        })
    }
}

/// What somebody may apply with; nothing of a certificate that no table names.
fn recorded_of(event: &DoneEvent) -> Result<Option<Recorded>, AppError> {
    let text = |member: &str| event.data[member].as_str().unwrap_or_default();
    let (rule, occupation) = match event.event_type.as_str() {
        "worker.title_recorded" => {
            let rule = match event.data["title"]["grade"].as_str() {
                Some("assistant") => "cn-2023-assistant",
                _ => "cn-2023-intermediate",
            };
            let related = event.data["related"][0].as_str().unwrap_or_default();
            (rule, related)
        }
        _ => match text("issuer") {
            "DEMO-ROBOT-ASSOC" => ("compare/robot-senior", "6-31-07-03"),
            "DEMO-DE-CHAMBER" => ("compare/de-mechanic", "6-31-01-02"),
            _ => return Ok(None),
        },
    };
    Ok(Some(Recorded {
        worker: stream_id_of(event)?,
        record: id_in(std::slice::from_ref(event), "record")?,
        rule,
        occupation: occupation.to_owned(),
    }))
}
