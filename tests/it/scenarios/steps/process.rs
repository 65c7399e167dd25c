//! The full process of a session: opened for it, who may be assessed, where it stands.

use super::session::{SESSION, of_levels};
use super::worker::worker;
use crate::scenarios::step::{Held, Said, Step, date, step};
use crate::scenarios::world::{World, id, name};
use serde_json::json;
use skill_ledger::app::operations::VERBS;
use skill_ledger::app::sessions::SessionRequest;
use skill_ledger::domain::ids::SessionId;
use skill_ledger::domain::session::dual::EnterpriseCertificate;
use skill_ledger::domain::session::event::{Process, QuestionBank};
use skill_ledger::domain::staff::role::StaffRole;

/// The sentences.
pub fn steps() -> Vec<Step> {
    vec![
        step!(
            "“{机构}”以全过程开设批次“{批次}”，职业“{职业}”，等级“{等级}”，地区“{地区}”，评定日期{日期}，题库“{题库}”版本“{版本}”",
            |world, said| {
                let bank = QuestionBank {
                    id: said.text(6).to_owned(),
                    version: said.text(7).to_owned(),
                };
                let request = SessionRequest {
                    process: Process::Full,
                    question_bank: Some(bank),
                    ..of_levels(world, &said)?
                };
                open(world, said.text(1), request).await
            }
        ),
        step!(
            "“{机构}”以全过程开设批次“{批次}”，职业“{职业}”，等级“{等级}”，地区“{地区}”，评定日期{日期}，不写题库",
            |world, said| {
                let request = SessionRequest {
                    process: Process::Full,
                    ..of_levels(world, &said)?
                };
                open(world, said.text(1), request).await
            }
        ),
        step!(
            "“{机构}”以一试双证开设批次“{批次}”，职业“{职业}”，等级“{等级}”，地区“{地区}”，评定日期{日期}，企业证书“{证书}”等次“{等次}”",
            |world, said| {
                let request = of_levels(world, &said)?;
                let grades = said.levels(3)?;
                let dual = EnterpriseCertificate {
                    name: name(said.text(6)),
                    grades: grades
                        .into_iter()
                        .zip(said.text(7).split('、').map(str::to_owned))
                        .collect(),
                };
                let request = SessionRequest {
                    dual: Some(dual),
                    ..request
                };
                open(world, said.text(1), request).await
            }
        ),
        step!(
            "“{劳动者}”在批次“{批次}”的资格审核结论为“{结论}”",
            |world, said| { concluded(world, &said, None).await }
        ),
        step!(
            "“{劳动者}”在批次“{批次}”的资格审核结论为“{结论}”，规则为 {规则}",
            |world, said| {
                let rule = said.text(3).to_owned();
                concluded(world, &said, Some(&rule)).await
            }
        ),
        step!("登记考务人员", |world, said| {
            staff(world, &said).await
        }),
        step!(
            "批次“{批次}”的状态为“{状态}”",
            |world, said| {
                let session: SessionId = world.kept(SESSION, said.text(0))?;
                let state = world.ledger.session(session).await;
                let state = state.map_err(|error| error.to_string())?;
                let word = match state.name() {
                    "open" => "进行中",
                    "confirmed" => "成绩已确认",
                    "in-notice" => "公示中",
                    "submitted" => "已报送",
                    "returned" => "已退回",
                    "audited" => "审核通过",
                    "closed" => "已结束",
                    "issued" => "已发证",
                    other => other,
                };
                if word == said.text(1) {
                    Ok(())
                } else {
                    Err(format!("状态为“{word}”"))
                }
            }
        ),
    ]
}

async fn open(world: &mut World, code: &str, request: SessionRequest) -> Held {
    let opened = world.ledger.open_session(&world.maker, id(), request).await;
    if let Some(session) = world.did(opened)? {
        world.keep(SESSION, code, session);
    }
    Ok(())
}

/// Compares what 资格审核 came to with 通过 or 不通过.
async fn concluded(world: &mut World, said: &Said, rule: Option<&str>) -> Held {
    let worker = worker(world, said.text(0)).await?;
    let session: SessionId = world.kept(SESSION, said.text(1))?;
    let state = world.ledger.session(session).await;
    let state = state.map_err(|error| error.to_string())?;
    let decided = state
        .sitting()
        .and_then(|it| it.proceedings.candidates.get(&worker))
        .and_then(|it| it.eligibility.clone())
        .ok_or("尚未审核")?;
    let word = if decided.eligible {
        "通过"
    } else {
        "不通过"
    };
    let refuses = |rule: &str| decided.refused.iter().any(|it| it == rule);
    if word == said.text(2) && rule.is_none_or(refuses) {
        Ok(())
    } else {
        Err(format!("结论为“{word}”，规则为 {:?}", decided.refused))
    }
}

/// The role a row names: in full, or short as people say it.
fn role(word: &str) -> Option<StaffRole> {
    let short = match word {
        "内督" => Some(StaffRole::QualitySupervisorInternal),
        "外督" => Some(StaffRole::QualitySupervisorExternal),
        "监考" => Some(StaffRole::Invigilator),
        _ => None,
    };
    short.or_else(|| StaffRole::ALL.into_iter().find(|it| it.name_zh() == word))
}

/// Records a card for each row: 姓名, 人员类别, 证卡编号, and 有效期起, 有效期至 where it has them.
async fn staff(world: &mut World, said: &Said) -> Held {
    let (head, rows) = said.table()?;
    let verb = VERBS.iter().find(|it| it.name == "staff.grant-card");
    let verb = verb.ok_or("没有登记证卡这一事项")?;
    for row in rows {
        let cell = |label: &str| {
            let at = head.iter().position(|it| it == label);
            at.and_then(|at| row.get(at)).filter(|it| !it.is_empty())
        };
        let needed = |label: &str| cell(label).ok_or(format!("表中没有“{label}”"));
        let name = needed("姓名")?;
        let role = role(needed("人员类别")?).ok_or("不认识的人员类别")?;
        let document = world.document(name);
        let to = cell("有效期至").map(|it| date(it)).transpose()?;
        let from = cell("有效期起").map(|it| date(it)).transpose()?;
        let from = from.unwrap_or(jiff::civil::date(2025, 1, 1));
        let trade = matches!(role, StaffRole::Examiner | StaffRole::SeniorExaminer);
        let occupations: &[&str] = if trade { &["6-31-07-01"] } else { &[] };
        let request = json!({
            "name": name,
            "document_number": document.number(),
            "role": role.name(),
            "number": needed("证卡编号")?,
            "occupations": occupations,
            "from": from,
            "to": to,
            "basis": "示范考评人员名册",
        });
        let done = (verb.run)(&world.ledger, &world.maker, id(), request).await;
        world.did(done)?;
    }
    Ok(())
}
