//! What is asked about staff: all of one person, may he teach on a day, how many of a school's
//! teachers are certified.

use crate::app::clock;
use crate::app::operation::operation;
use crate::app::query::Query;
use crate::app::{Actor, AppError, Ledger};
use crate::domain::catalogue::decider::CatalogueDecider;
use crate::domain::credit_code::CreditCode;
use crate::domain::ids::{BodyId, StreamId, SubjectId, WorkerId};
use crate::domain::occupation::OccupationCode;
use crate::domain::rules::staff::StaffRules;
use crate::domain::staff::decider::StaffDecider;
use crate::domain::staff::facts::StaffFacts;
use crate::domain::staff::ratio::share_of;
use crate::domain::staff::rejection::StaffRejection;
use crate::domain::staff::teaching::may_teach;
use crate::locale;
use crate::store::{EventStore, JournalEntry};
use crate::view::RegisterPage;
use crate::view::register::RegisterRow;
use crate::view::{AsOf, PAGE_MAX};
use jiff::civil::Date;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Most rows of one register in one answer.
const ROWS_MAX: usize = 20_000;

/// The registers that speak of one member of staff, and by which name the answer has them.
const OF_STAFF: &[(&str, &str)] = &[
    ("staff-card", "cards"),
    ("staff-endorsement", "endorsements"),
    ("staff-engagement", "engagements"),
    ("staff-relation", "relations"),
    ("staff-taught", "taught"),
    ("staff-appointment", "appointments"),
];

operation! {
    /// 人员档案 | All of one member of staff: cards, endorsements, classes taught, appointments.
    pub struct ShowStaff = "staff.show" {
        /// 人员编号 | The member of staff.
        staff: Option<SubjectId>,
        /// 证卡编号 | Or the number of a card.
        number: Option<String>,
        /// 截至位置 | As of this position; now if not given.
        at: Option<u64>,
    }
}

operation! {
    /// 能否授课 | Whether a teacher may teach on a day, and why not.
    pub struct MayTeach = "staff.may-teach" {
        /// 人员编号 | The teacher.
        staff: Option<SubjectId>,
        /// 证卡编号 | Or the number of his card.
        number: Option<String>,
        /// 职业编码 | The occupation taught.
        occupation: OccupationCode,
        /// 日期 | The day; today if not given.
        on: Option<Date>,
        /// 截至位置 | As of this position; now if not given.
        at: Option<u64>,
    }
}

operation! {
    /// 教师持证率 | How many of a school's teachers are certified on a day, and the gates it is under.
    pub struct CertifiedTeachers = "staff.certified-share" {
        /// 学校统一社会信用代码 | Credit code of the school.
        body: CreditCode,
        /// 职业编码 | Only teachers of this occupation.
        occupation: Option<OccupationCode>,
        /// 日期 | The day; today if not given.
        on: Option<Date>,
        /// 截至位置 | As of this position; now if not given.
        at: Option<u64>,
    }
}

async fn staff_of(
    ledger: &Ledger,
    staff: Option<SubjectId>,
    number: Option<&String>,
) -> Result<SubjectId, AppError> {
    match (staff, number) {
        (Some(staff), _) => Ok(staff),
        (None, Some(number)) => ledger.staff_by_card(number).await,
        (None, None) => Err(AppError::BadInput {
            what: "number",
            rule: "needed",
        }),
    }
}

impl Query for ShowStaff {
    async fn answer(&self, ledger: &Ledger, actor: &Actor) -> Result<Value, AppError> {
        actor.need_reader()?;
        let staff = staff_of(ledger, self.staff, self.number.as_ref()).await?;
        let at = ledger.position_asked(self.at).await?;
        ledger.load_at::<StaffDecider>(staff, "staff", at).await?;
        let journal = JournalEntry {
            at: clock::now(),
            actor: Some(actor.account),
            kind: "staff",
            subject: Some(staff),
            position: None,
        };
        ledger.store.journal(vec![journal]).await?;
        let owner = staff.to_string();
        let views = ledger.views.as_of(self.at);
        // Every register of one answer is read at the position the views are at now.
        let position = match self.at {
            Some(at) => at,
            None => views.position().await?,
        };
        let mut answer = json!({"staff": staff, "as_of_position": position});
        for (kind, name) in OF_STAFF {
            let rows = ledger.register_rows(kind, &owner, Some(position)).await?;
            answer[*name] = rows.value.into_iter().map(|row| row.data).collect();
        }
        // Trainings he received stand on the worker's side of the same person.
        answer["trained"] = ledger.trained(WorkerId(staff.0), position).await?;
        Ok(answer)
    }
}

impl Query for MayTeach {
    async fn answer(&self, ledger: &Ledger, actor: &Actor) -> Result<Value, AppError> {
        actor.need_reader()?;
        let staff = staff_of(ledger, self.staff, self.number.as_ref()).await?;
        let on = self.on.unwrap_or_else(clock::today);
        let position = ledger.position_asked(self.at).await?;
        let rules = ledger.staff_rules_at(on, position).await?;
        let rule = rules.endorsement();
        let loaded = ledger
            .load_at::<StaffDecider>(staff, "staff", position)
            .await?;
        let judged = may_teach(loaded.state.staff()?, self.occupation, on, rule.as_ref());
        let mut answer = json!({
            "as_of_position": position,
            "staff": staff,
            "occupation": self.occupation,
            "on": on,
            "may_teach": judged.is_ok(),
        });
        if let Some(rule) = &rule {
            answer["rule"] = json!({
                "id": rule.id,
                "citation": rule.citation,
                "every_years": rule.every_years,
                "hours": rule.hours,
            });
        }
        match judged {
            Ok(leave) => answer["leave"] = json!(leave),
            Err(no) => answer["reason"] = reason(&no),
        }
        Ok(answer)
    }
}

/// A refusal with its words: what, by which rule, and what would be needed.
fn reason(no: &StaffRejection) -> Value {
    let words = locale::refusal(no.code(), &no.args());
    json!({"code": no.code(), "words": words})
}

impl Query for CertifiedTeachers {
    async fn answer(&self, ledger: &Ledger, actor: &Actor) -> Result<Value, AppError> {
        actor.need_reader()?;
        let body: BodyId = ledger.find_body(&self.body).await?;
        let on = self.on.unwrap_or_else(clock::today);
        let mut streams = Vec::new();
        let rows = ledger
            .register_rows("school-teacher", &body.to_string(), self.at)
            .await?;
        for row in &rows.value {
            let staff = row.data.get("staff").and_then(Value::as_str);
            if let Some(staff) = staff.and_then(|it| it.parse::<SubjectId>().ok()) {
                streams.push(StreamId::from(staff));
            }
        }
        let loaded = ledger
            .load_all_at::<StaffDecider>(&streams, rows.position)
            .await?;
        let teachers = loaded.values().filter_map(|it| it.state.staff().ok());
        let share = share_of(teachers, body, self.occupation, on);
        let rules = ledger.staff_rules_at(on, rows.position).await?;
        let gates = share.gates(on, &rules.gates());
        Ok(json!({
            "as_of_position": rows.position,
            "body": body,
            "on": on,
            "teachers": share.teachers,
            "certified": share.certified,
            "gates": gates,
        }))
    }
}

impl Ledger {
    /// The rules about staff of this ledger's jurisdiction on a day, as adopted by a position.
    pub async fn staff_rules_at(&self, on: Date, position: u64) -> Result<StaffRules, AppError> {
        let jurisdiction = self.authority().await?.established.jurisdiction;
        let stream = StreamId::catalogue(self.id());
        let catalogue = self
            .load_at::<CatalogueDecider>(stream, "catalogue", position)
            .await?;
        Ok(catalogue.state.staff_rules_on(&jurisdiction, on))
    }

    /// What is so about these people on a day, in one round trip. Somebody who is no staff has no
    /// cards. A decision that rests on it guards their streams itself.
    pub async fn staff_facts(
        &self,
        staff: &[SubjectId],
        on: Date,
    ) -> Result<BTreeMap<SubjectId, StaffFacts>, AppError> {
        let streams: Vec<StreamId> = staff.iter().map(|it| (*it).into()).collect();
        let loaded = self.load_all::<StaffDecider>(&streams).await?;
        let facts = |it: &SubjectId| {
            let found = loaded.get(&StreamId::from(*it))?;
            Some((*it, found.state.facts_on(*it, on)))
        };
        Ok(staff.iter().filter_map(facts).collect())
    }

    /// Every row of one owner in a register.
    async fn register_rows(
        &self,
        kind: &str,
        owner: &str,
        at: Option<u64>,
    ) -> Result<AsOf<Vec<RegisterRow>>, AppError> {
        let mut rows: Vec<RegisterRow> = Vec::new();
        loop {
            let after = rows.last().map(|row| row.key.clone());
            let page = RegisterPage {
                owner: Some(owner),
                at,
                after: after.as_deref(),
                limit: PAGE_MAX,
                ..RegisterPage::default()
            };
            let page = self.views.register_page(kind, page).await?;
            if page.value.is_empty() || rows.len() > ROWS_MAX {
                return Ok(AsOf {
                    value: rows,
                    ..page
                });
            }
            rows.extend(page.value);
        }
    }

    /// The trainings a person completed, up to a position.
    async fn trained(&self, worker: WorkerId, position: u64) -> Result<Value, AppError> {
        let mut trained = Vec::new();
        let mut after = 0;
        loop {
            let views = self.views.as_of(Some(position));
            let page = views.passport(worker, after, PAGE_MAX).await?.value;
            let Some(last) = page.last() else {
                return Ok(Value::Array(trained));
            };
            after = last.position;
            for entry in page {
                match entry.kind.as_str() {
                    "worker.training_completed" => trained.push(entry.data),
                    "worker.training_struck" => {
                        trained.retain(|it| Some(it) != entry.data.get("training"));
                    }
                    _ => {}
                }
            }
            if trained.len() > ROWS_MAX {
                return Ok(Value::Array(trained));
            }
        }
    }
}
