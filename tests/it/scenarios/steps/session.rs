//! Assessment sessions: opened, sheets taken in, results confirmed, public notice, closed, issued.

use super::body::BODY;
use crate::scenarios::step::{Held, Said, Step, step};
use crate::scenarios::world::{World, id};
use skill_ledger::app::sessions::{Assess, Examiner, SessionRequest};
use skill_ledger::domain::ids::{ProposalId, SessionId};
use skill_ledger::domain::number::CertificateNumber;
use skill_ledger::domain::route::Route;
use skill_ledger::domain::session::event::{Process, Standard, StandardKind};
use skill_ledger::locale;

/// What sessions are kept under.
pub const SESSION: &str = "批次";
/// What the numbers of certificates are kept under, by holder.
pub const NUMBER: &str = "证书";
const PROPOSAL: &str = "成绩提案";
const REFUSED_ROWS: &str = "被拒绝的行";

/// The sentences.
pub fn steps() -> Vec<Step> {
    vec![
        step!(
            "“{机构}”开设批次“{批次}”，职业“{职业}”，等级“{等级}”，地区“{地区}”，评定日期{日期}",
            |world, said| {
                let request = SessionRequest {
                    examiners: (1..=3)
                        .map(|nth| Examiner {
                            name: format!("考评员{nth}"),
                            card: format!("K{nth:04}"),
                        })
                        .collect(),
                    ..of_levels(world, &said)?
                };
                let opened = world.ledger.open_session(&world.maker, id(), request).await;
                if let Some(session) = world.did(opened)? {
                    world.keep(SESSION, said.text(1), session);
                }
                Ok(())
            }
        ),
        step!("批次“{批次}”导入成绩", |world, said| {
            import(world, &said, false).await
        }),
        step!(
            "批次“{批次}”导入成绩，只收合格的行",
            |world, said| { import(world, &said, true).await }
        ),
        step!(
            "第 {行} 行被拒绝，规则为 {规则}",
            |world, said| {
                // Row 1 of the scenario's table is row 2 of the sheet, beneath its header.
                let row = said.number(0)? + 1;
                let refused: Vec<(u32, String)> = world.kept(REFUSED_ROWS, "")?;
                let of_row: Vec<_> = refused
                    .iter()
                    .filter(|(at, _)| u64::from(*at) == row)
                    .collect();
                if of_row.iter().any(|(_, code)| code == said.text(1)) {
                    world.outcome = None;
                    return Ok(());
                }
                Err(format!("该行的问题是 {of_row:?}"))
            }
        ),
        step!(
            "经办人提交批次“{批次}”的成绩",
            |world, said| {
                let session = session(world, said.text(0))?;
                let (ledger, maker) = (&world.ledger, &world.maker);
                let proposed = ledger.propose_results(maker, id(), session).await;
                if let Some(proposed) = world.did(proposed)? {
                    world.keep(PROPOSAL, said.text(0), proposed.proposal);
                }
                Ok(())
            }
        ),
        step!(
            "复核人批准批次“{批次}”的成绩",
            |world, said| {
                let proposal: ProposalId = world.kept(PROPOSAL, said.text(0))?;
                let approved = world.ledger.approve(&world.checker, id(), proposal).await;
                world.did(approved)?;
                Ok(())
            }
        ),
        step!(
            "经办人自己批准批次“{批次}”的成绩",
            |world, said| {
                let proposal: ProposalId = world.kept(PROPOSAL, said.text(0))?;
                let approved = world.ledger.approve(&world.maker, id(), proposal).await;
                world.did(approved)?;
                Ok(())
            }
        ),
        step!("批次“{批次}”自{日期}起公示", |world, said| {
            let (session, on) = (session(world, said.text(0))?, said.date(1)?);
            let (ledger, maker) = (&world.ledger, &world.maker);
            let started = ledger.start_notice(maker, id(), session, on).await;
            world.did(started)?;
            Ok(())
        }),
        step!("批次“{批次}”于{日期}结束", |world, said| {
            let (session, on) = (session(world, said.text(0))?, said.date(1)?);
            let (ledger, maker) = (&world.ledger, &world.maker);
            let closed = ledger.close_session(maker, id(), session, on).await;
            world.did(closed)?;
            Ok(())
        }),
        step!("批次“{批次}”发证", |world, said| {
            let today = skill_ledger::app::clock::today();
            issue(world, said.text(0), today).await
        }),
        step!("批次“{批次}”于{日期}发证", |world, said| {
            let on = said.date(1)?;
            issue(world, said.text(0), on).await
        }),
        step!(
            "批次“{批次}”中“{劳动者}”以{等级}合格，已发证",
            |world, said| {
                let sheet = vec![vec![
                    ("姓名", said.text(1).to_owned()),
                    ("申报级别", said.text(2).to_owned()),
                    ("理论成绩", "80".into()),
                    ("技能成绩", "85".into()),
                    ("评定结果", "合格".into()),
                ]];
                whole(world, said.text(0), &sheet).await
            }
        ),
        step!(
            "批次“{批次}”共有 {数} 人取得证书",
            |world, said| {
                let session = session(world, said.text(0))?;
                let row = world.ledger.views().session(session).await;
                let row = row.map_err(|error| error.to_string())?.value;
                let issued = row.map(|row| row.certificates).unwrap_or_default();
                if u64::from(issued) == said.number(1)? {
                    return Ok(());
                }
                Err(format!("实为 {issued} 人"))
            }
        ),
    ]
}

/// The session a scenario calls by its code.
pub fn session(world: &World, code: &str) -> Result<SessionId, String> {
    world.kept(SESSION, code)
}

/// Takes the table beneath the sentence in as a results sheet; document numbers are added.
async fn import(world: &mut World, said: &Said, accept_valid: bool) -> Held {
    let (head, rows) = said.table()?;
    let rows: Vec<Vec<(&str, String)>> = rows
        .iter()
        .map(|row| {
            head.iter()
                .map(String::as_str)
                .zip(row.iter().cloned())
                .collect()
        })
        .collect();
    take_in(world, said.text(0), &rows, accept_valid).await
}

async fn take_in(
    world: &mut World,
    code: &str,
    rows: &[Vec<(&str, String)>],
    accept_valid: bool,
) -> Held {
    let session = session(world, code)?;
    let sheet = sheet(world, rows)?;
    let (ledger, maker) = (&world.ledger, &world.maker);
    let imported = ledger
        .import_results(maker, id(), session, sheet.as_bytes(), accept_valid)
        .await;
    let Some(imported) = world.did(imported)? else {
        return Ok(());
    };
    let problems = &imported.judgement.refused;
    if let Some(first) = problems.first()
        && !imported.written
    {
        let words = locale::words(&first.key(), &first.args());
        world.refused(first.code, words);
    }
    let refused: Vec<(u32, String)> = problems
        .iter()
        .map(|problem| (problem.row, problem.code.to_owned()))
        .collect();
    world.keep(REFUSED_ROWS, "", refused);
    Ok(())
}

/// A csv sheet of these rows, with the document numbers of those who have none.
fn sheet(world: &mut World, rows: &[Vec<(&str, String)>]) -> Result<String, String> {
    let head: Vec<&str> = rows
        .first()
        .map(|row| row.iter().map(|(column, _)| *column).collect())
        .unwrap_or_default();
    let numbered = head.contains(&"证件号码");
    let mut sheet = head.join(",");
    sheet += if numbered { "\n" } else { ",证件号码\n" };
    for row in rows {
        let cells: Vec<&str> = row.iter().map(|(_, cell)| cell.as_str()).collect();
        sheet += &cells.join(",");
        if !numbered {
            let (_, person) = row
                .iter()
                .find(|(column, _)| *column == "姓名")
                .ok_or("表中应有“姓名”一栏")?;
            sheet.push(',');
            sheet += world.document(person).number();
        }
        sheet.push('\n');
    }
    Ok(sheet)
}

async fn issue(world: &mut World, code: &str, on: jiff::civil::Date) -> Held {
    let session = session(world, code)?;
    let (ledger, maker) = (&world.ledger, &world.maker);
    let answer = ledger.issue_certificates(maker, id(), session, on, &|_, _| {});
    let Some(answer) = ({
        let answer = answer.await;
        world.did(answer)?
    }) else {
        return Ok(());
    };
    // Who holds which number: asked of the persons the scenario speaks of.
    let people: Vec<String> = world.names().to_vec();
    for person in people {
        let document = world.document(&person);
        let Ok(worker) = world.ledger.find_worker(&document).await else {
            continue;
        };
        let number = answer.issued.iter().find(|it| it.subject == worker.into());
        if let Some(number) = number.map(|it| it.number.clone()) {
            world.keep::<CertificateNumber>(NUMBER, &person, number);
        }
    }
    Ok(())
}

/// A session from its sheet to its certificates; every step has to hold.
pub async fn whole(world: &mut World, code: &str, rows: &[Vec<(&str, String)>]) -> Held {
    take_in(world, code, rows, false).await?;
    holds(world)?;
    let session = session(world, code)?;
    let today = skill_ledger::app::clock::today();
    let (ledger, maker) = (&world.ledger, &world.maker);
    let done = async {
        let proposed = ledger.propose_results(maker, id(), session).await?;
        ledger
            .approve(&world.checker, id(), proposed.proposal)
            .await?;
        ledger.start_notice(maker, id(), session, today).await?;
        ledger.close_session(maker, id(), session, today).await
    };
    done.await.map_err(|error| error.words().zh)?;
    issue(world, code, today).await?;
    holds(world)
}

fn holds(world: &World) -> Held {
    use crate::scenarios::world::Outcome;
    match &world.outcome {
        Some(Outcome::Refused { code, words }) => Err(format!("被拒绝（{code}）：{}", words.zh)),
        _ => Ok(()),
    }
}

/// The request that the first six variables make: body, code, occupation, levels, region, day.
pub fn of_levels(world: &World, said: &Said) -> Result<SessionRequest, String> {
    Ok(SessionRequest {
        body: world.kept(BODY, said.text(0))?,
        code: said.text(1).to_owned(),
        route: Route::Assessment,
        process: Process::Sheet,
        assess: Assess::Levels {
            occupation: said.parse(2)?,
            work_type: None,
            levels: said.levels(3)?,
        },
        dual: None,
        question_bank: None,
        standard: Standard {
            kind: StandardKind::National,
            code: format!("GZB {}", said.text(2)),
            edition: "2023".into(),
        },
        assessed_on: said.date(5)?,
        region: said.parse(4)?,
        site: "第一考点".into(),
        examiners: Vec::new(),
    })
}
