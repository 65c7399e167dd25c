//! Bodies: registered, in scope, suspended, withdrawn.

use crate::scenarios::step::{Held, Step, step};
use crate::scenarios::world::{World, id, name};
use jiff::civil::date;
use skill_ledger::app::bodies::{BodyRequest, ScopeRequest};
use skill_ledger::domain::body::event::BodyKind;
use skill_ledger::domain::ids::{BodyId, ProposalId};
use skill_ledger::domain::level::SkillLevel;
use skill_ledger::domain::number::NumberCode;
use skill_ledger::domain::proposal::Act;
use skill_ledger::keys::Purpose;
use skill_ledger::view::body::Standing;

/// What bodies are kept under.
pub const BODY: &str = "机构";
/// What their unified social credit codes are kept under.
pub const CREDIT_CODE: &str = "统一社会信用代码";

/// The sentences.
pub fn steps() -> Vec<Step> {
    vec![
        step!(
            "登记社会培训评价组织“{机构}”",
            |world, said| { register(world, said.text(0), BodyKind::SocialAssessor).await }
        ),
        step!("登记用人单位“{机构}”", |world, said| {
            register(world, said.text(0), BodyKind::Employer).await
        }),
        step!("登记培训机构“{机构}”", |world, said| {
            register(world, said.text(0), BodyKind::TrainingProvider).await
        }),
        step!(
            "再次以“{机构}”的统一社会信用代码登记",
            |world, said| { register(world, said.text(0), BodyKind::SocialAssessor).await }
        ),
        step!(
            "“{机构}”备案职业“{职业}”，等级“{等级}”，地区“{地区}”，自{起}至{止}",
            |world, said| {
                let request = ScopeRequest {
                    body: world.kept(BODY, said.text(0))?,
                    occupations: said.list(1)?,
                    levels: said.levels(2)?,
                    regions: said.list(3)?,
                    from: said.date(4)?,
                    to: said.date(5)?,
                    basis: "示范备案〔2026〕1号".into(),
                };
                let granted = world.ledger.grant_scope(&world.maker, id(), request).await;
                world.did(granted)?;
                Ok(())
            }
        ),
        step!(
            "评价机构“{机构}”备案职业“{职业}”的全部等级",
            |world, said| {
                register(world, said.text(0), BodyKind::SocialAssessor).await?;
                let request = ScopeRequest {
                    body: world.kept(BODY, said.text(0))?,
                    occupations: said.list(1)?,
                    levels: SkillLevel::CERTIFIED.to_vec(),
                    regions: vec!["320000".parse().map_err(|_| "320000")?],
                    from: date(2025, 1, 1),
                    to: date(2035, 12, 31),
                    basis: "示范备案〔2025〕1号".into(),
                };
                let granted = world.ledger.grant_scope(&world.maker, id(), request).await;
                world.did(granted)?;
                Ok(())
            }
        ),
        step!(
            "经办人提出暂停“{机构}”的资质，复核人批准",
            |world, said| {
                let act = Act::SuspendBody {
                    ground: "投诉核查".into(),
                    basis: "示范处〔2026〕1号".into(),
                    on: skill_ledger::app::clock::today(),
                };
                both(world, said.text(0), act).await
            }
        ),
        step!(
            "经办人提出恢复“{机构}”的资质，复核人批准",
            |world, said| {
                let act = Act::ReinstateBody {
                    ground: "核查完毕".into(),
                    on: skill_ledger::app::clock::today(),
                };
                both(world, said.text(0), act).await
            }
        ),
        step!(
            "经办人提出取消“{机构}”的资质，复核人批准",
            |world, said| { both(world, said.text(0), withdrawal()).await }
        ),
        step!(
            "经办人提出取消“{机构}”的资质，并自己批准",
            |world, said| {
                if let Some(proposal) = propose(world, said.text(0), withdrawal()).await? {
                    let approved = world.ledger.approve(&world.maker, id(), proposal).await;
                    world.did(approved)?;
                }
                Ok(())
            }
        ),
        step!("“{机构}”的资质为“{状态}”", |world, said| {
            let body: BodyId = world.kept(BODY, said.text(0))?;
            let row = world.ledger.views().body(body).await;
            let row = row.map_err(|error| error.to_string())?.value;
            let is = match row.ok_or("没有这家机构")?.standing {
                Standing::Active => "有效",
                Standing::Suspended => "暂停",
                Standing::Withdrawn => "取消",
            };
            if is == said.text(1) {
                return Ok(());
            }
            Err(format!("实为“{is}”"))
        }),
    ]
}

fn withdrawal() -> Act {
    Act::WithdrawBody {
        ground: "虚假评价".into(),
        basis: "示范罚〔2026〕1号".into(),
        on: skill_ledger::app::clock::today(),
    }
}

pub async fn register(world: &mut World, zh: &str, kind: BodyKind) -> Held {
    let letter = match kind {
        BodyKind::Employer => Some("Y"),
        BodyKind::TrainingProvider => None,
        _ => Some("S"),
    };
    let nth = world.nth(zh);
    let request = BodyRequest {
        credit_code: world.credit_code(zh),
        name: name(zh),
        kind,
        region: "320100".parse().map_err(|_| "320100")?,
        number_code: letter.map(|letter| NumberCode {
            letter: letter.into(),
            body: "0000".into(),
            province: "32".into(),
            sequence: format!("{nth:06}"),
        }),
    };
    let registered = world
        .ledger
        .register_body(&world.maker, id(), request)
        .await;
    let Some(registered) = world.did(registered)? else {
        return Ok(());
    };
    world.keep(BODY, zh, registered.body);
    let code = world.credit_code(zh).to_string();
    world.keep(CREDIT_CODE, zh, code);
    if letter.is_some() {
        let purposes = [Purpose::Certificate, Purpose::Status];
        let keys = world
            .ledger
            .give_keys(&world.maker, id(), registered.body, &purposes);
        keys.await.map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// The maker proposes an act about a body.
async fn propose(world: &mut World, body: &str, act: Act) -> Result<Option<ProposalId>, String> {
    let body: BodyId = world.kept(BODY, body)?;
    let (ledger, maker) = (&world.ledger, &world.maker);
    let proposed = ledger.propose_about_body(maker, id(), body, act).await;
    Ok(world.did(proposed)?.map(|proposed| proposed.proposal))
}

async fn both(world: &mut World, body: &str, act: Act) -> Held {
    if let Some(proposal) = propose(world, body, act).await? {
        let approved = world.ledger.approve(&world.checker, id(), proposal).await;
        world.did(approved)?;
    }
    Ok(())
}
