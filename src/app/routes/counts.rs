//! Batches (评聘批次): how many levels a session awarded, by level and route, and how many of them to
//! students (学历证书+职业技能等级证书).

use crate::app::operation::operation;
use crate::app::query::Query;
use crate::app::{Actor, AppError, Ledger};
use crate::domain::ids::SessionId;
use crate::domain::level::SkillLevel;
use crate::domain::route::Route;
use crate::view::register::RegisterRow;
use crate::view::sqlite::RegisterPage;
use crate::view::{AsOf, ViewError};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Rows read at once.
const PAGE: u32 = 500;

operation! {
    /// 批次人数 | How many levels a session awarded, by level and route.
    pub struct CountBatch = "session.counts" {
        /// 批次 | The session.
        session: SessionId,
        /// 截至位置 | As of this position; now if not given.
        at: Option<u64>,
    }
}

/// Levels of one kind that a session awarded and that stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LevelCount {
    /// The level.
    pub level: SkillLevel,
    /// The route.
    pub route: Route,
    /// How many.
    pub awarded: u32,
    /// Of these to students in study or of the graduation year, that day.
    pub students: u32,
}

impl Ledger {
    /// The levels that a session awarded and that stand, counted by level and route.
    pub async fn count_batch(
        &self,
        actor: &Actor,
        session: SessionId,
        at: Option<u64>,
    ) -> Result<AsOf<Vec<LevelCount>>, AppError> {
        actor.need_reader()?;
        let session = session.to_string();
        let mut counts: BTreeMap<(SkillLevel, Route), LevelCount> = BTreeMap::new();
        let mut after: Option<String> = None;
        let position = loop {
            let page = self
                .views
                .register_page(
                    "award",
                    RegisterPage {
                        owner: Some(&session),
                        prefix: None,
                        at,
                        after: after.as_deref(),
                        limit: PAGE,
                    },
                )
                .await?;
            for row in &page.value {
                if row.data["standing"] != "stands" {
                    continue;
                }
                let (Some(level), Some(route)) = (member(row, "level"), member(row, "route"))
                else {
                    continue;
                };
                let count = counts.entry((level, route)).or_insert(LevelCount {
                    level,
                    route,
                    awarded: 0,
                    students: 0,
                });
                count.awarded += 1;
                count.students += u32::from(self.was_student(row, at).await?);
            }
            after = page.value.last().map(|row| row.key.clone());
            if page.value.len() < PAGE as usize {
                break page.position;
            }
        };
        Ok(AsOf {
            position,
            value: counts.into_values().rev().collect(),
        })
    }

    /// Whether the holder of this award was a student on the day it was awarded.
    async fn was_student(&self, award: &RegisterRow, at: Option<u64>) -> Result<bool, ViewError> {
        let Some(worker) = award.data["worker"].as_str() else {
            return Ok(false);
        };
        let studies = self
            .views
            .register_page(
                "study",
                RegisterPage {
                    owner: Some(worker),
                    prefix: None,
                    at,
                    after: None,
                    limit: PAGE,
                },
            )
            .await?;
        let on = award.data["awarded_on"].as_str().unwrap_or_default();
        let year = on.get(..4).and_then(|year| year.parse::<i64>().ok());
        Ok(studies.value.iter().any(|study| {
            // ISO dates compare as texts.
            let day = |name: &str| study.data[name].as_str();
            let begun = day("from").is_some_and(|from| from <= on);
            let goes_on = day("graduated_on").is_none_or(|graduated| on <= graduated);
            (begun && goes_on) || study.data["graduation_year"].as_i64() == year
        }))
    }
}

fn member<T: for<'de> Deserialize<'de>>(row: &RegisterRow, name: &str) -> Option<T> {
    row.data
        .get(name)
        .and_then(|value| T::deserialize(value).ok())
}

impl Query for CountBatch {
    async fn answer(&self, ledger: &Ledger, actor: &Actor) -> Result<Value, AppError> {
        let counts = ledger.count_batch(actor, self.session, self.at).await?;
        Ok(json!({
            "as_of_position": counts.position,
            "session": self.session,
            "counts": counts.value,
        }))
    }
}
