//! Sessions that record every step (认定全过程): 报名, 资格审核, 考务安排, 考核, 评分, 公示 with
//! objections, 报送, 审核, 发证, 上传.

use super::Province;
use super::ask::id_in;
use super::sessions::numbers_of;
use super::staff::{examiner, invigilator, supervisor};
use crate::app::AppError;
use crate::app::sessions::SessionRequest;
use crate::domain::ids::{ObjectionId, SessionId};
use crate::domain::level::SkillLevel;
use crate::domain::number::CertificateNumber;
use crate::domain::session::event::{Process, QuestionBank};
use jiff::Span;
use jiff::civil::{Date, date};
use rand::RngExt;
use serde_json::{Value, json};

/// Most candidates of three examiners.
const CANDIDATES_MAX: usize = 28;

/// A session and the days it keeps to.
#[derive(Clone, Copy)]
struct Sitting {
    session: SessionId,
    at: usize,
    day: Date,
}

impl Sitting {
    fn after(self, days: i64) -> Date {
        self.day.saturating_add(Span::new().days(days))
    }
}

impl Province<'_, '_> {
    /// One session of every step at each of the bodies that have new people.
    pub(super) async fn hold_full_sessions(&mut self) -> Result<Vec<CertificateNumber>, AppError> {
        let mut numbers = Vec::new();
        let mut held = 0;
        for at in 0..self.with_new() {
            let (mut candidates, _) = self.new_people(at);
            candidates.truncate(CANDIDATES_MAX - 2);
            if candidates.is_empty() {
                continue;
            }
            // Two who hold what they apply for.
            let holds = |nth: &usize| self.people[*nth].level >= Some(SkillLevel::Four);
            candidates.extend(self.people_of(at).into_iter().filter(holds).take(2));
            let day = date(2026, 4, 11).saturating_add(Span::new().days(at as i64 % 8 * 7));
            let session = self.open(self.full_request(at, day)?).await?;
            let sitting = Sitting { session, at, day };
            let eligible = self.enrol(sitting, &candidates).await?;
            self.count("candidates registered", candidates.len());
            if eligible.is_empty() {
                continue;
            }
            self.examine(sitting, &eligible).await?;
            numbers.extend(self.conclude(sitting, &eligible).await?);
            held += 1;
        }
        let words = [("count", held.to_string())];
        self.stage.step("province-process", &words);
        Ok(numbers)
    }

    fn full_request(&self, at: usize, day: Date) -> Result<SessionRequest, AppError> {
        let code = format!("{}-全过程", day.strftime("%Y%m"));
        let levels = [SkillLevel::Five, SkillLevel::Four];
        let mut request = self.request(at, day, code, &levels)?;
        request.process = Process::Full;
        request.examiners.clear();
        request.question_bank = Some(QuestionBank {
            id: format!("TK-{}", self.assessors[at].occupation),
            version: "2026-1".into(),
        });
        Ok(request)
    }

    /// 报名 and 资格审核; who may be assessed, with his level.
    async fn enrol(
        &mut self,
        it: Sitting,
        candidates: &[usize],
    ) -> Result<Vec<(Value, Value)>, AppError> {
        let schedule = json!({
            "session": it.session,
            "from": it.after(-40),
            "to": it.after(-20),
            "on": it.after(-45),
        });
        self.did("session.schedule-registration", schedule).await?;
        let mut rows = Vec::new();
        for (nth, person) in candidates.iter().enumerate() {
            rows.push(json!({
                "session": it.session,
                "worker": self.people[*person].worker,
                "level": if nth % 3 == 0 { "four" } else { "five" },
                "evidence": [self.digest()],
                "on": it.after(-30),
            }));
        }
        // Once is enough, and ten days late is too late.
        let mut late = rows[0].clone();
        late["on"] = json!(it.after(-10));
        rows.extend(rows.last().cloned());
        rows.push(late);
        let registered = self.rows("session.register", rows).await?;
        self.count("rows refused", registered.refused);
        let review = json!({"session": it.session, "on": it.after(-15)});
        let reviewed = self.did("session.review-eligibility", review).await?;
        let level_of = |worker: &Value| {
            let of = |event: &&crate::app::operation::DoneEvent| event.data["worker"] == *worker;
            let event = registered.events.iter().find(of);
            event.map_or(Value::Null, |event| event.data["level"].clone())
        };
        let mut eligible = Vec::new();
        for event in &reviewed.events {
            let worker = event.data["worker"].clone();
            if event.data["eligible"] == true {
                let level = level_of(&worker);
                eligible.push((worker, level));
                continue;
            }
            self.count("candidates turned down", 1);
            for code in event.data["refused"].as_array().into_iter().flatten() {
                self.refusals.count(code.as_str().unwrap_or_default());
            }
        }
        Ok(eligible)
    }

    /// 考务安排, 考核 with its evidence, 评分.
    async fn examine(&mut self, it: Sitting, eligible: &[(Value, Value)]) -> Result<(), AppError> {
        let arrange = json!({
            "session": it.session,
            "rooms": 1,
            "examiners": [examiner(it.at, 0), examiner(it.at, 1), examiner(it.at, 2)],
            "invigilators": [invigilator(it.at, 0), invigilator(it.at, 1)],
            "supervisors": [supervisor(it.at)],
            "on": it.after(-5),
        });
        let mut alone = arrange.clone();
        alone["supervisors"] = json!([]);
        self.refused("session.arrange", alone, "a session nobody supervises")
            .await?;
        self.did("session.arrange", arrange).await?;
        for (kind, hour) in [("attendance", 8), ("remote-supervision", 9)] {
            let evidence = json!({
                "session": it.session,
                "kind": kind,
                "digest": self.digest(),
                "taken_at": it.day.at(hour, 30, 0, 0),
                "region": "320102",
                "on": it.after(1),
            });
            self.did("session.record-evidence", evidence).await?;
        }
        let mut rows = Vec::new();
        for (nth, (worker, _)) in eligible.iter().enumerate() {
            let (theory, skill) = match nth % 7 {
                5 => ("55".to_owned(), "78".to_owned()),
                6 => ("缺考".to_owned(), "缺考".to_owned()),
                _ => {
                    let mut mark = || self.rng.random_range(60..=99).to_string();
                    (mark(), mark())
                }
            };
            rows.push(json!({
                "session": it.session,
                "worker": worker,
                "theory": theory,
                "skill": skill,
                "on": it.after(1),
            }));
        }
        let entered = self.rows("session.enter-result", rows).await?;
        self.count("results of every step", entered.accepted);
        self.note_levels(&entered.events);
        Ok(())
    }

    /// 公示 to 上传. Of four sessions one has a result struck on an objection, one is given back by
    /// the authority and puts a mark right, one has an objection dismissed.
    async fn conclude(
        &mut self,
        it: Sitting,
        eligible: &[(Value, Value)],
    ) -> Result<Vec<CertificateNumber>, AppError> {
        let first = &eligible[0].0;
        self.confirm(it.session).await?;
        self.notice(it.session, it.after(2)).await?;
        match it.at % 4 {
            0 => {
                self.object(it, first, true).await?;
                self.confirm(it.session).await?;
                self.notice(it.session, it.after(3)).await?;
            }
            2 => self.object(it, first, false).await?,
            _ => {}
        }
        let early = self.stage.ledger.close_session(
            &self.stage.maker,
            self.stage.id(),
            it.session,
            it.after(4),
        );
        let early = early.await;
        self.refusals.expect(early, "a close before the audit")?;
        self.submit(it.session, it.after(4)).await?;
        if it.at % 4 == 1 {
            let give_back = json!({
                "session": it.session,
                "reasons": ["一名考生成绩登记有误"],
                "on": it.after(5),
            });
            self.did("session.return-audit", give_back).await?;
            let revise = json!({
                "session": it.session,
                "worker": first,
                "ground": "评分表登记有误",
                "skill": "91.5",
                "on": it.after(6),
            });
            self.did("session.revise-result", revise).await?;
            self.count("results put right", 1);
            self.confirm(it.session).await?;
            self.notice(it.session, it.after(6)).await?;
            self.submit(it.session, it.after(7)).await?;
        }
        let pass = json!({
            "session": it.session,
            "basis": "示范技鉴审〔2026〕3号",
            "on": it.after(8),
        });
        self.checked("session.pass-audit", pass).await?;
        let issued = self.close_and_issue(it.session, it.after(9)).await?;
        if !issued.is_empty() {
            let mut upload = json!({
                "session": it.session,
                "platform": "技能人才评价证书全国联网查询",
                "count": issued.len() + 1,
                "digest": self.digest(),
                "receipt": format!("SC-2026-{:06}", it.at + 1),
                "on": it.after(10),
            });
            self.refused("session.record-upload", upload.clone(), "another count")
                .await?;
            upload["count"] = json!(issued.len());
            self.did("session.record-upload", upload).await?;
            self.count("uploads", 1);
        }
        Ok(numbers_of(issued))
    }

    async fn notice(&mut self, session: SessionId, on: Date) -> Result<(), AppError> {
        let stage = &*self.stage;
        let (ledger, maker) = (&stage.ledger, &stage.maker);
        ledger.start_notice(maker, stage.id(), session, on).await?;
        Ok(())
    }

    async fn submit(&mut self, session: SessionId, on: Date) -> Result<(), AppError> {
        let submit = json!({"session": session, "materials": [self.digest()], "on": on});
        self.did("session.submit", submit).await?;
        Ok(())
    }

    /// An objection to a result, upheld or dismissed by the checker.
    async fn object(&mut self, it: Sitting, worker: &Value, upheld: bool) -> Result<(), AppError> {
        let file = json!({
            "session": it.session,
            "worker": worker,
            "ground": "反映考试当日由他人代考",
            "evidence": [self.digest()],
            "on": it.after(2),
        });
        let filed = self.did("session.file-objection", file).await?;
        let objection: ObjectionId = id_in(&filed.events, "objection")?;
        self.count("objections", 1);
        let mut decide = json!({
            "session": it.session,
            "objection": objection,
            "outcome": "dismissed",
            "ground": "经核查监控录像不属实",
            "on": it.after(2),
        });
        if upheld {
            decide["outcome"] = json!("upheld");
            decide["ground"] = json!("经核查监控录像属实");
            decide["strike"] = json!(true);
            self.count("results struck", 1);
        }
        self.checked("session.decide-objection", decide).await?;
        Ok(())
    }
}
