//! Whom a body may assess, and what is recorded of a body's stars and credit.

use super::body::{BODY, register};
use super::worker::worker;
use crate::scenarios::step::{Step, step};
use crate::scenarios::world::id;
use serde_json::json;
use skill_ledger::app::operations::verb;
use skill_ledger::app::queries::question;
use skill_ledger::app::training::TrainingRequest;
use skill_ledger::domain::body::event::BodyKind;
use skill_ledger::domain::ids::BodyId;
use skill_ledger::domain::worker::event::TrainingCompleted;

/// The sentences.
pub fn steps() -> Vec<Step> {
    vec![
        step!("登记技工院校“{机构}”", |world, said| {
            register(world, said.text(0), BodyKind::TechnicianSchool).await
        }),
        step!(
            "登记行业性社会评价机构“{机构}”",
            |world, said| { register(world, said.text(0), BodyKind::IndustryAssessor).await }
        ),
        step!(
            "“{机构}”对“{劳动者}”开展评价，职业“{职业}”，评定日期{日期}",
            |world, said| {
                let body: BodyId = world.kept(BODY, said.text(0))?;
                let worker = worker(world, said.text(1)).await?;
                let judged = world
                    .ledger
                    .may_assess(body, worker, said.parse(2)?, said.date(3)?, None)
                    .await;
                world.did(judged)?;
                Ok(())
            }
        ),
        step!(
            "“{机构}”登记“{劳动者}”职业“{职业}”培训合格，班期“{班期}”，自{起}至{止}",
            |world, said| {
                let training = TrainingRequest {
                    name: said.text(1).to_owned(),
                    document: world.document(said.text(1)),
                    training: TrainingCompleted {
                        provider: world.kept(BODY, said.text(0))?,
                        class: said.text(3).to_owned(),
                        course: "技能提升培训".into(),
                        occupation: Some(said.parse(2)?),
                        level: None,
                        hours: 80,
                        teachers: Vec::new(),
                        from: said.date(4)?,
                        to: said.date(5)?,
                    },
                };
                let recorded = world.ledger.record_training(&world.maker, id(), training);
                let recorded = recorded.await;
                world.did(recorded)?;
                Ok(())
            }
        ),
        step!(
            "自{日期}起实行考培分离，期限 {数} 个月",
            |world, said| {
                let from = said.date(0)?.to_string();
                let policy = json!({ "policy": {
                    "effective_from": from,
                    "source": "示范政策（演示）",
                    "verified": false,
                    "own_staff": ["staff", "dispatched"],
                    "separations": [{
                        "months": said.number(1)?,
                        "from": from,
                        "source": "示范政策（演示）第三条",
                        "verified": false,
                    }],
                }});
                let set = verb("body.set-policy").ok_or("body.set-policy")?;
                let done = (set.run)(&world.ledger, &world.maker, id(), policy).await;
                world.did(done)?;
                Ok(())
            }
        ),
        step!(
            "自{日期}起，承接补贴性任务的信用不低于{等级}级",
            |world, said| {
                let policy = json!({ "policy": {
                    "effective_from": said.date(0)?.to_string(),
                    "source": "示范政策（演示）",
                    "verified": false,
                    "own_staff": ["staff"],
                    "credit_minimum": { "class": said.text(1).to_lowercase() },
                }});
                let set = verb("body.set-policy").ok_or("body.set-policy")?;
                let done = (set.run)(&world.ledger, &world.maker, id(), policy).await;
                world.did(done)?;
                Ok(())
            }
        ),
        step!("“{机构}”在{日期}为 {数} 星", |world, said| {
            let code: String = world.kept(super::body::CREDIT_CODE, said.text(0))?;
            let request = json!({ "body": code, "on": said.date(1)?.to_string() });
            let asked = question("body.record").ok_or("body.record")?;
            let answer = (asked.ask)(&world.ledger, &world.maker, request).await;
            let answer = answer.map_err(|error| error.words().zh)?;
            match answer["stars"].as_u64() == Some(said.number(2)?) {
                true => Ok(()),
                false => Err(format!("实为 {}", answer["stars"])),
            }
        }),
    ]
}
