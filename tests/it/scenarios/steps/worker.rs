//! Workers: who they are, what they were trained in, what they hold.

use super::body::BODY;
use crate::scenarios::step::{Step, step};
use crate::scenarios::world::{World, id};
use skill_ledger::app::training::TrainingRequest;
use skill_ledger::domain::ids::WorkerId;
use skill_ledger::domain::worker::event::TrainingCompleted;

/// The sentences.
pub fn steps() -> Vec<Step> {
    vec![
        step!("“{劳动者}”出生于{日期}", |world, said| {
            world.born(said.text(0), said.date(1)?);
            Ok(())
        }),
        step!(
            "“{机构}”登记“{劳动者}”培训合格，班期“{班期}”，{学时}学时，自{起}至{止}",
            |world, said| {
                let training = TrainingRequest {
                    name: said.text(1).to_owned(),
                    document: world.document(said.text(1)),
                    training: TrainingCompleted {
                        provider: world.kept(BODY, said.text(0))?,
                        class: said.text(2).to_owned(),
                        course: "技能提升培训".into(),
                        occupation: None,
                        level: None,
                        hours: said.parse(3)?,
                        from: said.date(4)?,
                        to: said.date(5)?,
                        teachers: vec![],
                    },
                };
                let recorded = world.ledger.record_training(&world.maker, id(), training);
                let recorded = recorded.await;
                world.did(recorded)?;
                Ok(())
            }
        ),
        step!(
            "“{劳动者}”的技能护照中有 {数} 项“{类别}”",
            |world, said| {
                let worker = worker(world, said.text(0)).await?;
                let passport = world.ledger.passport(&world.maker, worker, None).await;
                let entries = passport.map_err(|error| error.words().zh)?.value;
                let kind = match said.text(2) {
                    "取得等级" => "worker.level_awarded",
                    "取消等级" => "worker.level_withdrawn",
                    "培训合格" => "worker.training_completed",
                    "培训撤下" => "worker.training_struck",
                    "荣誉" => "worker.honour_conferred",
                    "开始学徒培养" => "worker.apprenticeship_started",
                    "聘任" => "worker.appointed",
                    "聘任终止" => "worker.appointment_ended",
                    "等级复查" => "worker.award_questioned",
                    "复查维持" => "worker.award_upheld",
                    "证书撤销" => "certificate.revoked",
                    "据比照认定发证" => "worker.recognition_used",
                    other => return Err(format!("不认识的类别“{other}”")),
                };
                let found = entries.iter().filter(|entry| entry.kind == kind).count();
                if found as u64 == said.number(1)? {
                    return Ok(());
                }
                let kinds: Vec<_> = entries.iter().map(|entry| entry.kind.as_str()).collect();
                Err(format!("实有 {found} 项；护照中是：{kinds:?}"))
            }
        ),
        step!("“{劳动者}”有 {数} 项待复核", |world, said| {
            let worker = worker(world, said.text(0)).await?;
            let due = world.ledger.reviews_due(worker, None).await;
            let due = due.map_err(|error| error.words().zh)?;
            if due.len() as u64 == said.number(1)? {
                return Ok(());
            }
            Err(format!("实有 {} 项：{due:?}", due.len()))
        }),
    ]
}

/// The worker a scenario calls by name.
pub async fn worker(world: &mut World, name: &str) -> Result<WorkerId, String> {
    let document = world.document(name);
    let found = world.ledger.find_worker(&document).await;
    found.map_err(|error| error.words().zh)
}
