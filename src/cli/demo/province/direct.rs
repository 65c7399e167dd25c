//! 直接认定 and honours: what staff who stand out are given without an examination.

use super::Province;
use super::ask::id_in;
use super::sessions::numbers_of;
use crate::app::AppError;
use crate::domain::body::event::BodyKind;
use crate::domain::ids::{RecordId, WorkerId};
use crate::domain::level::SkillLevel;
use crate::domain::number::CertificateNumber;
use crate::domain::route::Route;
use jiff::civil::date;
use serde_json::json;

/// Of each employer's staff so many are put forward.
const PUT_FORWARD: usize = 6;

impl Province<'_, '_> {
    /// A session of direct recognition at every employer. Refused are those who are not on its
    /// staff, those without evidence, a ground nobody knows; one of five is not granted.
    pub(super) async fn recognise_directly(&mut self) -> Result<Vec<CertificateNumber>, AppError> {
        let day = date(2025, 9, 20);
        let mut numbers = Vec::new();
        for at in 0..self.assessors.len() {
            if self.assessors[at].kind != BodyKind::Employer {
                continue;
            }
            let levels = [SkillLevel::Three, SkillLevel::Two];
            let mut request = self.request(at, day, "202509-直接认定".into(), &levels)?;
            request.route = Route::DirectRecognition;
            request.examiners.clear();
            let session = self.open(request).await?;
            let below = |nth: &usize| {
                let person = &self.people[*nth];
                !person.is_new() && person.level < Some(SkillLevel::Three)
            };
            let staff: Vec<usize> = self.people_of(at).into_iter().filter(below).collect();
            let outside = self.people_of(0);
            let mut rows = Vec::new();
            for (nth, person) in staff.iter().take(PUT_FORWARD).enumerate() {
                rows.push(json!({
                    "session": session,
                    "worker": self.people[*person].worker,
                    "level": "three",
                    "ground": "outstanding",
                    "evidence": [self.digest()],
                    "granted": nth % 5 != 4,
                    "on": day,
                }));
            }
            if let Some(first) = rows.first().cloned() {
                let (mut bare, mut unknown, mut stranger) = (first.clone(), first.clone(), first);
                bare["worker"] = json!(staff.last().and_then(|it| self.people[*it].worker));
                bare["evidence"] = json!([]);
                unknown["worker"] = bare["worker"].clone();
                unknown["ground"] = json!("well-known");
                stranger["worker"] = json!(outside.last().and_then(|it| self.people[*it].worker));
                rows.extend([bare, unknown, stranger]);
            }
            let entered = self.rows("route.enter-direct", rows).await?;
            self.count("direct recognitions", entered.accepted);
            self.count("rows refused", entered.refused);
            self.note_levels(&entered.events);
            if entered.accepted > 0 {
                numbers.extend(numbers_of(self.finish(session, day).await?));
            }
        }
        Ok(numbers)
    }

    /// Honours of a few, some withdrawn. They never change a level.
    pub(super) async fn confer_honours(&mut self) -> Result<(), AppError> {
        let most = self.scale.of(60, 4);
        let known: Vec<WorkerId> = self.people.iter().filter_map(|it| it.worker).collect();
        let mut rows = Vec::new();
        for nth in 0..most.min(known.len()) {
            let (honour, rank) = match nth % 3 {
                0 => ("示范省技术能手", "provincial"),
                1 => ("示范市五一劳动奖章", "municipal"),
                _ => ("全国技术能手", "national"),
            };
            rows.push(json!({
                "worker": known[nth * known.len() / most],
                "honour": honour,
                "rank": rank,
                "conferred_by": "示范省人力资源和社会保障厅",
                "basis": format!("示范表彰〔2025〕{}号", nth + 1),
                "conferred_on": date(2025, 5, 1),
                "evidence": [self.digest()],
            }));
        }
        let conferred = self.rows("honour.confer", rows).await?;
        self.count("honours", conferred.accepted);
        for event in conferred.events.iter().step_by(10) {
            let record: RecordId = id_in(std::slice::from_ref(event), "record")?;
            let worker: WorkerId = super::ask::stream_id_of(event)?;
            let withdraw = json!({
                "worker": worker,
                "record": record,
                "ground": "申报材料不实",
                "basis": "示范表彰〔2026〕4号",
                "on": date(2026, 3, 2),
            });
            self.did("honour.withdraw", withdraw.clone()).await?;
            self.refused("honour.withdraw", withdraw, "an honour withdrawn twice")
                .await?;
            self.count("honours withdrawn", 1);
        }
        Ok(())
    }
}
