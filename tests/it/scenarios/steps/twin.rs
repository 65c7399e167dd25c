//! 一试双证: sessions that give an employer's own certificate with the level, and what becomes of
//! it.

use super::body::BODY;
use super::certificate::{act, state_word};
use super::session::{NUMBER, SESSION};
use crate::scenarios::step::{Held, Step, step};
use crate::scenarios::world::{World, id, name};
use skill_ledger::app::clock::today;
use skill_ledger::app::sessions::{Assess, Examiner, SessionRequest};
use skill_ledger::domain::number::CertificateNumber;
use skill_ledger::domain::proposal::Act;
use skill_ledger::domain::route::Route;
use skill_ledger::domain::session::dual::EnterpriseCertificate;
use skill_ledger::domain::session::event::{Process, Standard, StandardKind};
use skill_ledger::view::certificate::CertificateRow;

/// The sentences.
pub fn steps() -> Vec<Step> {
    vec![
        step!(
            "“{机构}”开设一试双证批次“{批次}”，职业“{职业}”，等级“{等级}”，企业等级“{企业等级}”",
            |world, said| {
                let levels = said.levels(3)?;
                let grades = levels
                    .iter()
                    .copied()
                    .zip(said.text(4).split('、').map(str::to_owned));
                let request = SessionRequest {
                    body: world.kept(BODY, said.text(0))?,
                    code: said.text(1).to_owned(),
                    route: Route::Assessment,
                    process: Process::Sheet,
                    dual: Some(EnterpriseCertificate {
                        name: name(&format!("{}技能证书", said.text(0))),
                        grades: grades.collect(),
                    }),
                    assess: Assess::Levels {
                        occupation: said.parse(2)?,
                        work_type: None,
                        levels,
                    },
                    question_bank: None,
                    standard: Standard {
                        kind: StandardKind::National,
                        code: format!("GZB {}", said.text(2)),
                        edition: "2023".into(),
                    },
                    assessed_on: today(),
                    region: "320102".parse().map_err(|_| "320102")?,
                    site: "第一考点".into(),
                    examiners: (1..=3)
                        .map(|nth| Examiner {
                            name: format!("考评员{nth}"),
                            card: format!("K{nth:04}"),
                        })
                        .collect(),
                };
                let opened = world.ledger.open_session(&world.maker, id(), request).await;
                if let Some(session) = world.did(opened)? {
                    world.keep(SESSION, said.text(1), session);
                }
                Ok(())
            }
        ),
        step!(
            "经办人提出{终止}“{劳动者}”的企业证书，复核人批准",
            |world, said| {
                let act = act(said.text(0))?;
                both(world, said.text(1), act).await
            }
        ),
        step!(
            "经办人提出{终止}“{劳动者}”的证书，复核人看到“{须知}”",
            |world, said| {
                let number: CertificateNumber = world.kept(NUMBER, said.text(1))?;
                let act = act(said.text(0))?;
                let (ledger, maker) = (&world.ledger, &world.maker);
                let proposed = ledger
                    .propose_about_certificate(maker, id(), &number, act, None)
                    .await;
                let Some(proposed) = world.did(proposed)? else {
                    return Ok(());
                };
                let shown = world
                    .ledger
                    .proposal_shown(&world.checker, proposed.proposal, None)
                    .await;
                let shown = shown.map_err(|error| error.words().zh)?;
                let told: Vec<_> = shown
                    .value
                    .consequences
                    .into_iter()
                    .map(|it| it.words.zh)
                    .collect();
                let expected = said.text(2);
                if (expected == "无" && told.is_empty())
                    || told.iter().any(|words| words.contains(expected))
                {
                    return Ok(());
                }
                Err(format!("须知为 {told:?}"))
            }
        ),
        step!(
            "“{劳动者}”的企业证书为“{状态}”",
            |world, said| {
                let is = state_word(own(world, said.text(0)).await?.state);
                if is == said.text(1) {
                    return Ok(());
                }
                Err(format!("实为“{is}”"))
            }
        ),
        step!(
            "“{劳动者}”的企业证书写明“{企业等级}”，没有职业技能等级",
            |world, said| {
                let attainment = own(world, said.text(0)).await?.attainment;
                if attainment.level().is_some() || !attainment.grade_zh().starts_with(said.text(1))
                {
                    return Err(format!("实为“{}”", attainment.grade_zh()));
                }
                Ok(())
            }
        ),
        step!(
            "“{劳动者}”的两张证书互相写明编号",
            |world, said| {
                let number: CertificateNumber = world.kept(NUMBER, said.text(0))?;
                let own = own(world, said.text(0)).await?;
                if own.twin.as_ref() == Some(&number) {
                    return Ok(());
                }
                Err("企业证书没有写明等级证书的编号".into())
            }
        ),
    ]
}

async fn row(world: &World, number: &CertificateNumber) -> Result<CertificateRow, String> {
    let row = world.ledger.views().certificate_by_number(number).await;
    let row = row.map_err(|error| error.to_string())?.value;
    row.ok_or_else(|| "没有这张证书".to_owned())
}

/// The employer's certificate of somebody whose level certificate is known by his name.
async fn own(world: &World, holder: &str) -> Result<CertificateRow, String> {
    let number: CertificateNumber = world.kept(NUMBER, holder)?;
    let twin = row(world, &number).await?.twin;
    row(world, &twin.ok_or("没有企业证书")?).await
}

async fn both(world: &mut World, holder: &str, act: Act) -> Held {
    let number = own(world, holder).await?.number;
    let proposed = world
        .ledger
        .propose_about_certificate(&world.maker, id(), &number, act, None)
        .await;
    if let Some(proposed) = world.did(proposed)? {
        let approved = world
            .ledger
            .approve(&world.checker, id(), proposed.proposal)
            .await;
        world.did(approved)?;
    }
    Ok(())
}
