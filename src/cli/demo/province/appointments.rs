//! 评聘: employers appoint their best to the posts of 特级技师 and 首席技师, review them, renew and
//! end the appointments.

use super::Province;
use super::sessions::numbers_of;
use super::staff::{examiner, senior, supervisor};
use crate::app::AppError;
use crate::domain::body::event::BodyKind;
use crate::domain::ids::{SessionId, WorkerId};
use crate::domain::level::SkillLevel;
use crate::domain::number::CertificateNumber;
use crate::domain::route::Route;
use crate::domain::session::event::Process;
use jiff::Span;
use jiff::civil::{Date, date};
use serde_json::{Value, json};

/// A term (聘期) as asked for.
struct Term {
    level: &'static str,
    post: &'static str,
    from: Date,
    to: Date,
}

impl Province<'_, '_> {
    /// The province's own policy of appointment, made up: the notice has no working days, and a
    /// chief needs a year at the level below.
    pub(super) async fn adopt_appointment_policies(&mut self) -> Result<(), AppError> {
        let policy = |level: &str, prior: &str, years: u8| {
            json!({
                "id": format!("demo-province-{level}"),
                "jurisdiction": "320000",
                "level": level,
                "prior": prior,
                "prior_years": years,
                "review": ["achievements", "defence", "comprehensive"],
                "notice_working_days": 0,
                "term_years_least": 3,
                "term_years_most": 5,
                "effective_from": "2022-03-18",
                "source": "演示：示范省评聘办法，非官方文本",
                "verified": false,
            })
        };
        let rules = json!([policy("special", "one", 3), policy("chief", "special", 1)]);
        let adopt = json!({"edition": "demo-js-2022", "rules": rules});
        self.did("route.adopt-appointment-policies", adopt).await?;
        Ok(())
    }

    /// Special technicians in 2025, chiefs in 2026; in between they are reviewed, one appointment
    /// is renewed, one ends.
    pub(super) async fn appoint(&mut self) -> Result<Vec<CertificateNumber>, AppError> {
        let mut numbers = Vec::new();
        let mut appointed = 0;
        for at in 0..self.assessors.len() {
            if self.assessors[at].kind != BodyKind::Employer {
                continue;
            }
            let people = self.people_of(at);
            let top = |nth: &usize| self.people[*nth].level == Some(SkillLevel::One);
            let mut candidates: Vec<usize> = people.iter().copied().filter(top).take(4).collect();
            // And one who is not there yet.
            candidates.extend(people.iter().copied().find(|nth| !top(nth)));
            let term = Term {
                level: "special",
                post: "设备维修特级岗",
                from: date(2025, 8, 1),
                to: date(2028, 7, 31),
            };
            let day = date(2025, 6, 12);
            let levels = [SkillLevel::Special];
            let (session, held) = self
                .review(at, day, &levels, &candidates, &term, &mut numbers)
                .await?;
            appointed += held.len();
            let ended = self.review_performance(session, &held).await?;
            let next: Vec<usize> = candidates
                .into_iter()
                .filter(|nth| {
                    let worker = self.people[*nth].worker;
                    worker.is_some_and(|it| held.contains(&it) && Some(it) != ended)
                })
                .take(1)
                .collect();
            if next.is_empty() || !at.is_multiple_of(2) && self.assessors.len() > 10 {
                continue;
            }
            let term = Term {
                level: "chief",
                post: "首席技师岗",
                from: date(2026, 9, 1),
                to: date(2030, 8, 31),
            };
            let levels = [SkillLevel::Chief];
            let day = date(2026, 7, 10);
            let (_, held) = self
                .review(at, day, &levels, &next, &term, &mut numbers)
                .await?;
            appointed += held.len();
        }
        self.count("appointments", appointed);
        let words = [("count", appointed.to_string())];
        self.stage.step("province-appointments", &words);
        Ok(numbers)
    }

    /// A session of 评聘 from its arrangement to its certificates; who is appointed.
    async fn review(
        &mut self,
        at: usize,
        day: Date,
        levels: &[SkillLevel],
        candidates: &[usize],
        term: &Term,
        numbers: &mut Vec<CertificateNumber>,
    ) -> Result<(SessionId, Vec<WorkerId>), AppError> {
        let after = |days: i64| day.saturating_add(Span::new().days(days));
        let code = format!("{}-评聘", day.strftime("%Y%m"));
        let mut request = self.request(at, day, code, levels)?;
        request.route = Route::Appointment;
        request.process = Process::Full;
        request.examiners.clear();
        let session = self.open(request).await?;
        let arrange = json!({
            "session": session,
            "reviewers": [examiner(at, 0), senior(at, 0), senior(at, 1)],
            "supervisors": [supervisor(at)],
            "on": after(-7),
        });
        let mut even = arrange.clone();
        even["reviewers"] = json!([examiner(at, 0), senior(at, 0)]);
        self.refused("session.arrange", even, "a committee of two")
            .await?;
        self.did("session.arrange", arrange).await?;
        let rows = candidates.iter().enumerate().map(|(nth, person)| {
            json!({
                "session": session,
                "worker": self.people[*person].worker,
                "level": term.level,
                "achievements": "88",
                // One in four does not convince the committee.
                "defence": if nth % 4 == 3 { "58" } else { "76.5" },
                "review": "80",
                "post": term.post,
                "from": term.from,
                "to": term.to,
                "on": after(1),
            })
        });
        let entered = self.rows("route.enter-review", rows.collect()).await?;
        self.count("rows refused", entered.refused);
        if entered.accepted == 0 {
            return Ok((session, Vec::new()));
        }
        self.note_levels(&entered.events);
        let hold = json!({"session": session, "minutes": self.digest(), "on": after(1)});
        self.did("session.hold-review", hold).await?;
        self.confirm(session).await?;
        self.report(session, after(4)).await?;
        let issued = self.close_and_issue(session, after(12)).await?;
        let held = issued.iter().map(|it| WorkerId(it.subject.0)).collect();
        numbers.extend(numbers_of(issued));
        Ok((session, held))
    }

    /// Shown, reported and passed, within a week.
    async fn report(&mut self, session: SessionId, from: Date) -> Result<(), AppError> {
        let after = |days: i64| from.saturating_add(Span::new().days(days));
        let stage = &*self.stage;
        let (ledger, maker) = (&stage.ledger, &stage.maker);
        ledger
            .start_notice(maker, stage.id(), session, from)
            .await?;
        let submit = json!({
            "session": session,
            "materials": [self.digest()],
            "on": after(1),
        });
        self.did("session.submit", submit).await?;
        let pass = json!({
            "session": session,
            "basis": "示范人社函〔2025〕1号",
            "on": after(5),
        });
        self.checked("session.pass-audit", pass).await?;
        Ok(())
    }

    /// The year's reviews; the best is renewed, whoever failed is dismissed.
    async fn review_performance(
        &mut self,
        session: SessionId,
        held: &[WorkerId],
    ) -> Result<Option<WorkerId>, AppError> {
        let mut rows: Vec<Value> = Vec::new();
        for (nth, worker) in held.iter().enumerate() {
            let outcome = match nth {
                0 => "excellent",
                1 => "incompetent",
                _ => "competent",
            };
            rows.push(json!({
                "worker": worker,
                "session": session,
                "year": 2025,
                "outcome": outcome,
                "evidence": [self.digest()],
                "on": date(2025, 12, 20),
            }));
        }
        // One review a year.
        rows.extend(rows.first().cloned());
        let done = self.rows("appointment.review", rows).await?;
        self.count("performance reviews", done.accepted);
        self.count("rows refused", done.refused);
        let renew = |worker: &WorkerId| {
            json!({
                "worker": worker,
                "session": session,
                "to": date(2031, 7, 31),
                "on": date(2026, 5, 6),
            })
        };
        if let Some(first) = held.first() {
            self.did("appointment.renew", renew(first)).await?;
            self.count("appointments renewed", 1);
        }
        let Some(failed) = held.get(1) else {
            return Ok(None);
        };
        self.refused(
            "appointment.renew",
            renew(failed),
            "a renewal after a bad year",
        )
        .await?;
        let end = json!({
            "worker": failed,
            "session": session,
            "ground": "dismissed",
            "on": date(2026, 1, 10),
        });
        self.did("appointment.end", end).await?;
        self.count("appointments ended", 1);
        Ok(Some(*failed))
    }
}
