//! People who assess and teach: what their records say, and whether a teacher may teach. Cards,
//! endorsements and engagements are operations and have their sentence already.

use super::body::BODY;
use crate::scenarios::step::{Held, Step, step};
use crate::scenarios::world::{World, id};
use serde_json::Value;
use skill_ledger::app::query::Query;
use skill_ledger::app::staff::queries::{CertifiedTeachers, MayTeach, ShowStaff};
use skill_ledger::app::training::TrainingRequest;
use skill_ledger::domain::worker::event::TrainingCompleted;

/// The sentences.
pub fn steps() -> Vec<Step> {
    vec![
        step!(
            "“{机构}”登记由“{编号}”授课的培训，学员“{学员}”，职业“{职业}”，自{起}至{止}",
            |world, said| {
                let teachers = [said.text(1).to_owned()];
                let teachers = world.ledger.teachers_named(&teachers).await;
                let Some(teachers) = world.did(teachers)? else {
                    return Ok(());
                };
                let training = TrainingRequest {
                    name: said.text(2).to_owned(),
                    document: world.document(said.text(2)),
                    training: TrainingCompleted {
                        provider: world.kept(BODY, said.text(0))?,
                        class: format!("自{}", said.text(4)),
                        course: "技能提升培训".into(),
                        occupation: Some(said.parse(3)?),
                        level: None,
                        hours: 80,
                        from: said.date(4)?,
                        to: said.date(5)?,
                        teachers,
                    },
                };
                let recorded = world.ledger.record_training(&world.maker, id(), training);
                let recorded = recorded.await;
                world.did(recorded)?;
                Ok(())
            }
        ),
        step!(
            "证卡“{编号}”的持有人在{日期}可以讲授“{职业}”",
            |world, said| {
                let found = may_teach(world, said.text(0), said.date(1)?, said.text(2)).await?;
                match found["may_teach"] == Value::Bool(true) {
                    true => Ok(()),
                    false => Err(format!("不得讲授：{}", found["reason"])),
                }
            }
        ),
        step!(
            "证卡“{编号}”的持有人在{日期}不得讲授“{职业}”，规则为 {规则}",
            |world, said| {
                let found = may_teach(world, said.text(0), said.date(1)?, said.text(2)).await?;
                match found["reason"]["code"] == said.text(3) {
                    true => Ok(()),
                    false => Err(format!("答复是：{found}")),
                }
            }
        ),
        step!(
            "证卡“{编号}”的持有人的档案中有 {数} 项“{类别}”",
            |world, said| {
                let query = ShowStaff {
                    staff: None,
                    number: Some(said.text(0).to_owned()),
                    at: None,
                };
                let found = query.answer(&world.ledger, &world.maker).await;
                let found = found.map_err(|error| error.words().zh)?;
                let name = match said.text(2) {
                    "证卡" => "cards",
                    "培训标注" => "endorsements",
                    "聘用" => "engagements",
                    "执教" => "taught",
                    "受训" => "trained",
                    other => return Err(format!("不认识的类别“{other}”")),
                };
                counted(&found[name], said.number(1)?)
            }
        ),
        step!(
            "“{机构}”在聘教师 {数} 人，持证 {数} 人，达到 {比例}%",
            |world, said| {
                let found = share(world, said.text(0)).await?;
                gate(
                    &found,
                    [said.number(1)?, said.number(2)?],
                    said.number(3)?,
                    true,
                )
            }
        ),
        step!(
            "“{机构}”在聘教师 {数} 人，持证 {数} 人，未达到 {比例}%",
            |world, said| {
                let found = share(world, said.text(0)).await?;
                gate(
                    &found,
                    [said.number(1)?, said.number(2)?],
                    said.number(3)?,
                    false,
                )
            }
        ),
    ]
}

fn counted(list: &Value, expected: u64) -> Held {
    let found = list.as_array().map_or(0, Vec::len);
    match found as u64 == expected {
        true => Ok(()),
        false => Err(format!("实有 {found} 项：{list}")),
    }
}

async fn may_teach(
    world: &World,
    number: &str,
    on: jiff::civil::Date,
    occupation: &str,
) -> Result<Value, String> {
    let query = MayTeach {
        staff: None,
        number: Some(number.to_owned()),
        occupation: occupation.parse().map_err(|_| "职业编码")?,
        on: Some(on),
        at: None,
    };
    let found = query.answer(&world.ledger, &world.maker).await;
    found.map_err(|error| error.words().zh)
}

async fn share(world: &mut World, school: &str) -> Result<Value, String> {
    let query = CertifiedTeachers {
        body: world.credit_code(school),
        occupation: None,
        on: None,
        at: None,
    };
    let found = query.answer(&world.ledger, &world.maker).await;
    found.map_err(|error| error.words().zh)
}

fn gate(found: &Value, [teachers, certified]: [u64; 2], percent: u64, passed: bool) -> Held {
    let gates = found["gates"].as_array().cloned().unwrap_or_default();
    let gate = gates.iter().find(|it| it["percent"] == percent);
    let as_said = found["teachers"] == teachers
        && found["certified"] == certified
        && gate.is_some_and(|it| it["passed"] == passed);
    match as_said {
        true => Ok(()),
        false => Err(format!("答复是：{found}")),
    }
}
