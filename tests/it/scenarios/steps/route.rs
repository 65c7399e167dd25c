//! The other routes to a level: sessions of a route, competitions, staff, counts of a batch.

use super::body::{BODY, CREDIT_CODE};
use super::operation::DONE;
use super::session::SESSION;
use crate::scenarios::step::{Held, Said, Step, step};
use crate::scenarios::world::{World, id, name};
use serde_json::{Value, json};
use skill_ledger::app::bodies::BodyRequest;
use skill_ledger::app::operation::Done;
use skill_ledger::app::operations;
use skill_ledger::app::sessions::{Assess, SessionRequest};
use skill_ledger::domain::authority::event::CalendarLoaded;
use skill_ledger::domain::body::event::BodyKind;
use skill_ledger::domain::ids::{ProposalId, SessionId};
use skill_ledger::domain::number::NumberCode;
use skill_ledger::domain::route::Route;
use skill_ledger::domain::session::event::{Process, Standard, StandardKind};
use skill_ledger::keys::Purpose;

/// The sentences.
pub fn steps() -> Vec<Step> {
    vec![
        step!(
            "“{机构}”以“{途径}”开设批次“{批次}”，职业“{职业}”，等级“{等级}”，地区“{地区}”，评定日期{日期}",
            |world, said| { open(world, &said).await }
        ),
        step!(
            "批次“{批次}”的成绩经两人确认、公示，于{日期}结束",
            |world, said| {
                let session: SessionId = world.kept(SESSION, said.text(0))?;
                let (ledger, on) = (&world.ledger, said.date(1)?);
                let proposed = ledger.propose_results(&world.maker, id(), session).await;
                let proposed = proposed.map_err(|error| error.words().zh)?.proposal;
                let approved = ledger.approve(&world.checker, id(), proposed).await;
                approved.map_err(|error| error.words().zh)?;
                let noticed = ledger.start_notice(&world.maker, id(), session, on).await;
                noticed.map_err(|error| error.words().zh)?;
                let closed = ledger.close_session(&world.maker, id(), session, on).await;
                world.did(closed)?;
                Ok(())
            }
        ),
        step!(
            "登记市级一类竞赛“{竞赛}”，“{劳动者}”在职业“{职业}”的 {人数} 名职工选手中得第 {名次} 名，已公示并结束",
            |world, said| { competition(world, &said).await }
        ),
        step!(
            "采用评聘办法“{版本}”：聘期 3 至 5 年，聘任终止的，证书注销",
            |world, said| {
                let rules: Vec<Value> = ["special", "chief"]
                    .map(|level| {
                        let prior = if level == "chief" { "special" } else { "one" };
                        json!({
                            "id": format!("zj-{level}"),
                            "jurisdiction": "330000",
                            "level": level,
                            "prior": prior,
                            "prior_years": 3,
                            "review": ["achievements", "defence", "comprehensive"],
                            "notice_working_days": 0,
                            "term_years_least": 3,
                            "term_years_most": 5,
                            "certificate_at_end": "cancelled",
                            "effective_from": "2022-03-18",
                            "source": "某省评聘办法（示范）第二十条",
                            "verified": false,
                        })
                    })
                    .to_vec();
                let request = json!({"edition": said.text(0), "rules": rules});
                let adopted = did(world, "route.adopt-appointment-policies", request).await;
                adopted.map(|_| ())
            }
        ),
        step!(
            "载入 2023 年工作日日历（国办发明电〔2022〕16号）",
            |world, _said| {
                let days = |month, days: &[i8]| -> Vec<jiff::civil::Date> {
                    let on = |day: &i8| jiff::civil::date(2023, month, *day);
                    days.iter().map(on).collect()
                };
                let calendar = CalendarLoaded {
                    jurisdiction: "CN".into(),
                    year: 2023,
                    source: "国办发明电〔2022〕16号，未经核对".into(),
                    verified: false,
                    holidays: [
                        days(1, &[2, 23, 24, 25, 26, 27]),
                        days(4, &[5]),
                        days(5, &[1, 2, 3]),
                        days(6, &[22, 23]),
                        days(9, &[29]),
                        days(10, &[2, 3, 4, 5, 6]),
                    ]
                    .concat(),
                    workdays: [
                        days(1, &[28, 29]),
                        days(4, &[23]),
                        days(5, &[6]),
                        days(6, &[25]),
                        days(10, &[7, 8]),
                    ]
                    .concat(),
                };
                let loaded = world.ledger.load_calendar(&world.maker, id(), calendar);
                let loaded = loaded.await;
                world.did(loaded)?;
                Ok(())
            }
        ),
        step!(
            "登记浙江的用人单位“{机构}”",
            |world, said| { employer(world, said.text(0)).await }
        ),
        step!(
            "“{机构}”的职工“{劳动者}”自{日期}起从事职业“{职业}”",
            |world, said| {
                let employer: String = world.kept(CREDIT_CODE, said.text(0))?;
                let document = world.document(said.text(1));
                let request = json!({
                    "name": said.text(1),
                    "document_number": document.number(),
                    "relation": "staff",
                    "employer": employer,
                    "occupation": said.text(3),
                    "from": said.date(2)?,
                    "evidence": ["3f".repeat(32)],
                });
                did(world, "background.record-work", request).await?;
                Ok(())
            }
        ),
        step!(
            "批次“{批次}”按“{途径}”授予{等级} {人数} 人，其中学生 {学生} 人",
            |world, said| {
                let session: SessionId = world.kept(SESSION, said.text(0))?;
                let (route, level) = (route(said.text(1))?, said.level(2)?);
                let counts = world.ledger.count_batch(&world.maker, session, None).await;
                let counts = counts.map_err(|error| error.words().zh)?.value;
                let found = counts
                    .iter()
                    .find(|it| it.level == level && it.route == route)
                    .map_or((0, 0), |it| (it.awarded, it.students));
                let said = (said.number(3)?, said.number(4)?);
                if (u64::from(found.0), u64::from(found.1)) == said {
                    return Ok(());
                }
                Err(format!("实有 {} 人，其中学生 {} 人", found.0, found.1))
            }
        ),
    ]
}

/// An employer filed in 杭州, where 浙江's rules answer.
async fn employer(world: &mut World, zh: &str) -> Held {
    let request = BodyRequest {
        credit_code: world.credit_code(zh),
        name: name(zh),
        kind: BodyKind::Employer,
        region: "330106".parse().map_err(|_| "330106")?,
        number_code: Some(NumberCode {
            letter: "Y".into(),
            body: "0000".into(),
            province: "33".into(),
            sequence: "000001".into(),
        }),
    };
    let (ledger, maker) = (&world.ledger, &world.maker);
    let registered = ledger.register_body(maker, id(), request).await;
    let body = registered.map_err(|error| error.words().zh)?.body;
    let purposes = [Purpose::Certificate, Purpose::Status];
    let keys = ledger.give_keys(maker, id(), body, &purposes).await;
    keys.map_err(|error| error.words().zh)?;
    world.keep(BODY, zh, body);
    let code = world.credit_code(zh).to_string();
    world.keep(CREDIT_CODE, zh, code);
    Ok(())
}

fn route(words: &str) -> Result<Route, String> {
    Route::ALL
        .into_iter()
        .find(|route| route.name_zh() == words)
        .ok_or_else(|| format!("没有“{words}”这一途径"))
}

async fn open(world: &mut World, said: &Said) -> Held {
    let route = route(said.text(1))?;
    let request = SessionRequest {
        body: world.kept(BODY, said.text(0))?,
        code: said.text(2).to_owned(),
        route,
        process: match route {
            Route::Appointment => Process::Full,
            _ => Process::Sheet,
        },
        assess: Assess::Levels {
            occupation: said.parse(3)?,
            work_type: None,
            levels: said.levels(4)?,
        },
        dual: None,
        question_bank: None,
        standard: Standard {
            kind: StandardKind::National,
            code: format!("GZB {}", said.text(3)),
            edition: "2023".into(),
        },
        assessed_on: said.date(6)?,
        region: said.parse(5)?,
        site: "厂内考点".into(),
        examiners: Vec::new(),
    };
    let opened = world.ledger.open_session(&world.maker, id(), request).await;
    if let Some(session) = world.did(opened)? {
        world.keep(SESSION, said.text(2), session);
    }
    Ok(())
}

/// Carries an operation out that must succeed.
async fn did(world: &World, verb: &str, request: Value) -> Result<Done, String> {
    let verb = operations::verb(verb).ok_or_else(|| format!("没有 {verb}"))?;
    let done = (verb.run)(&world.ledger, &world.maker, id(), request).await;
    done.map_err(|error| error.words().zh)
}

async fn competition(world: &mut World, said: &Said) -> Held {
    let document = world.document(said.text(1));
    let register = json!({
        "code": said.text(0),
        "name": "某市职业技能大赛",
        "tier": "provincial",
        "class": "一类",
        "organiser": "某市人力资源和社会保障局",
        "region": "120000",
        "occupation": [said.text(2)],
        "group": ["staff", "student"],
        "from": "2026-05-18",
        "to": "2026-05-20",
        "source": "竞赛计划〔2026〕1号",
    });
    let registered = did(world, "competition.register", register).await?;
    let competition = registered
        .id_of("competition.registered")
        .ok_or("没有登记")?
        .to_owned();
    let place = json!({
        "competition": competition,
        "name": said.text(1),
        "document_number": document.number(),
        "occupation": said.text(2),
        "group": "staff",
        "rank": said.number(4)?,
        "contestants": said.number(3)?,
        "evidence": ["3f".repeat(32)],
    });
    did(world, "competition.enter-place", place).await?;
    let confirm = json!({ "competition": competition });
    let proposed = did(world, "competition.confirm", confirm).await?;
    let proposal: ProposalId = proposed
        .events
        .iter()
        .find_map(|event| event.data["proposal"].as_str())
        .and_then(|it| it.parse().ok())
        .ok_or("没有提交复核")?;
    let approved = world.ledger.approve(&world.checker, id(), proposal).await;
    approved.map_err(|error| error.words().zh)?;
    for verb in ["competition.notice", "competition.close"] {
        let request = json!({"competition": competition, "on": "2026-05-30"});
        did(world, verb, request).await?;
    }
    world.keep(DONE, said.text(0), registered);
    Ok(())
}
