//! Items without a level (专项职业能力, 微技能): published, filed, assessed; and what a stranger
//! makes of a certificate.

use super::body::{BODY, CREDIT_CODE};
use super::session::{NUMBER, SESSION};
use super::worker::worker;
use crate::scenarios::step::{Held, Said, Step, date, step};
use crate::scenarios::world::{World, id};
use serde_json::{Value, json};
use skill_ledger::app::clock::{now, today};
use skill_ledger::app::operations;
use skill_ledger::app::sessions::{Assess, SessionRequest};
use skill_ledger::domain::number::CertificateNumber;
use skill_ledger::domain::route::Route;
use skill_ledger::domain::session::event::{Process, Standard, StandardKind};
use skill_ledger::verify::{Known, Outcome, Policy, Report, verify};

/// The sentences.
pub fn steps() -> Vec<Step> {
    vec![
        step!(
            "公布考核项目目录“{版本}”，自{日期}起施行",
            |world, said| { publish(world, &said).await }
        ),
        step!(
            "“{机构}”备案考核项目“{编码}”，地区“{地区}”，自{起}至{止}",
            |world, said| {
                let body: String = world.kept(CREDIT_CODE, said.text(0))?;
                let items: Vec<&str> = said.text(1).split('、').collect();
                let request = json!({
                    "body": body,
                    "item": items,
                    "region": [said.text(2)],
                    "from": said.date(3)?,
                    "to": said.date(4)?,
                    "basis": "示范备案〔2026〕17号",
                });
                operate(world, "body.grant-scope", request).await
            }
        ),
        step!(
            "“{机构}”开设考核项目“{编码}”的批次“{批次}”，依据{标准}“{编号}”{版本}版，地区“{地区}”，评定日期{日期}",
            |world, said| {
                let kind = match said.text(3) {
                    "考核规范" => StandardKind::SpecialSkill,
                    "国家职业标准" => StandardKind::National,
                    other => return Err(format!("不知道“{other}”是哪种标准")),
                };
                let request = SessionRequest {
                    body: world.kept(BODY, said.text(0))?,
                    code: said.text(2).to_owned(),
                    route: Route::Assessment,
                    process: Process::Sheet,
                    assess: Assess::Item {
                        item: said.parse(1)?,
                    },
                    dual: None,
                    question_bank: None,
                    standard: Standard {
                        kind,
                        code: said.text(4).to_owned(),
                        edition: said.text(5).to_owned(),
                    },
                    assessed_on: said.date(7)?,
                    region: said.parse(6)?,
                    site: "第一考点".into(),
                    examiners: Vec::new(),
                };
                let opened = world.ledger.open_session(&world.maker, id(), request).await;
                if let Some(session) = world.did(opened)? {
                    world.keep(SESSION, said.text(2), session);
                }
                Ok(())
            }
        ),
        step!(
            "“{劳动者}”的证书是“{名称}”，项目为“{项目}”，没有职业技能等级",
            |world, said| {
                let report = held(world, said.text(0)).await?;
                let shown = report.certificate.ok_or("证书无法读出")?.to_json();
                let is = (
                    shown["certificate"]["zh"].as_str(),
                    shown["item"]["zh"].as_str(),
                );
                if is == (Some(said.text(1)), Some(said.text(2))) && shown["level"].is_null() {
                    return Ok(());
                }
                Err(format!("证书写明：{shown}"))
            }
        ),
        step!(
            "“{劳动者}”的证书写明等级“{等级}”，途径“{途径}”",
            |world, said| {
                let report = held(world, said.text(0)).await?;
                let shown = report.certificate.ok_or("证书无法读出")?.to_json();
                let is = (shown["level"]["zh"].as_str(), shown["route"]["zh"].as_str());
                if is == (Some(said.text(1)), Some(said.text(2))) {
                    return Ok(());
                }
                Err(format!("证书写明：{shown}"))
            }
        ),
        step!(
            "“{劳动者}”的证书离线核验为“{结果}”",
            |world, said| { verified(world, said.text(0), said.text(1), None).await }
        ),
        step!(
            "“{劳动者}”的证书离线核验为“{结果}”，说明为 {代码}",
            |world, said| {
                let code = said.text(2).to_owned();
                verified(world, said.text(0), said.text(1), Some(&code)).await
            }
        ),
        step!(
            "“{劳动者}”在职业“{职业}”中已取得 {数} 项微技能，目录中还有 {余} 项",
            |world, said| {
                let worker = worker(world, said.text(0)).await?;
                let occupation = said.parse(1)?;
                let stacks = world.ledger.micro_skills(worker, today(), None).await;
                let stacks = stacks.map_err(|error| error.words().zh)?;
                let of = stacks.iter().find(|it| it.occupation == Some(occupation));
                let is = of.map_or((0, 0), |it| (it.held.len(), it.open.len()));
                if (is.0 as u64, is.1 as u64) == (said.number(2)?, said.number(3)?) {
                    return Ok(());
                }
                Err(format!("实为 {} 项，还有 {} 项", is.0, is.1))
            }
        ),
    ]
}

/// Adopts an edition of items from the table: 项目编码, 项目类别, 项目名称, and where it has them
/// 所属职业编码, 考核规范编号, 考核规范版本, 停考日期.
async fn publish(world: &mut World, said: &Said) -> Held {
    let (head, rows) = said.table()?;
    let mut items = Vec::new();
    for row in rows {
        let cell = |label: &str| {
            let at = head.iter().position(|it| it == label);
            at.and_then(|at| row.get(at)).filter(|it| !it.is_empty())
        };
        let kind = match cell("项目类别").map(String::as_str) {
            Some("专项职业能力") => "special-skill",
            Some("微技能") => "micro-skill",
            other => return Err(format!("不认识的项目类别 {other:?}")),
        };
        items.push(json!({
            "code": cell("项目编码"),
            "kind": kind,
            "name": cell("项目名称"),
            "occupation": cell("所属职业编码"),
            "specification": cell("考核规范编号"),
            "specification_edition": cell("考核规范版本"),
            "until": cell("停考日期").map(|it| date(it)).transpose()?,
        }));
    }
    let request = json!({
        "edition": said.text(0),
        "effective_from": said.date(1)?,
        "source": "示范考核项目目录",
        "verified": false,
        "items": items,
    });
    operate(world, "catalogue.adopt-items", request).await
}

async fn operate(world: &mut World, verb: &str, request: Value) -> Held {
    let verb = operations::verb(verb).ok_or_else(|| format!("没有 {verb}"))?;
    let done = (verb.run)(&world.ledger, &world.maker, id(), request).await;
    world.did(done)?;
    Ok(())
}

/// Verifies as a stranger does, with the files that the ledger publishes and nothing else.
async fn held(world: &World, holder: &str) -> Result<Report, String> {
    let number: CertificateNumber = world.kept(NUMBER, holder)?;
    let (ledger, maker) = (&world.ledger, &world.maker);
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let files = async {
        ledger.publish_all(maker).await?;
        let trust = ledger.trust_file().await?;
        let issues = ledger.issues_for(maker, &number).await?;
        let paths = ledger.write_certificates(&issues, folder.path(), &|_, _| {});
        Ok::<_, skill_ledger::app::AppError>((trust, paths.await?))
    };
    let (trust, paths) = files.await.map_err(|error| error.words().zh)?;
    let trust = trust.to_bytes().map_err(|error| error.to_string())?;
    let known = Known::gather(now(), Policy::default(), Some(&trust), None, &[]);
    let path = paths.first().ok_or("没有证书文件")?;
    let read = |path: &std::path::Path| std::fs::read(path).map_err(|error| error.to_string());
    let proof = read(&path.with_extension("tlog-proof"))?;
    Ok(verify(&read(path)?, Some(&proof), &known))
}

async fn verified(world: &World, holder: &str, expected: &str, code: Option<&str>) -> Held {
    let report = held(world, holder).await?;
    let word = match report.outcome {
        Outcome::Valid => "有效",
        Outcome::Invalid => "无效",
        Outcome::Unknown => "无法核验",
    };
    let codes: Vec<&str> = report.checks.iter().map(|check| check.code).collect();
    if word == expected && code.is_none_or(|code| codes.contains(&code)) {
        return Ok(());
    }
    Err(format!("实为“{word}”：{codes:?}"))
}
