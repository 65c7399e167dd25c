//! Standards and application conditions: which standard applies, who may apply, by which rule.

use super::worker::worker;
use crate::scenarios::step::{Held, Said, Step, step};
use crate::scenarios::world::{World, id};
use skill_ledger::app::eligibility::{AdoptStandards, Application};
use skill_ledger::domain::catalogue::event::StandardsAdopted;
use skill_ledger::domain::rules::eligibility::{
    Assesses, Eligibility, OccupationStandard, OpenedLevel,
};
use skill_ledger::domain::session::event::StandardKind;
use skill_ledger::locale::Words;

const ANSWER: &str = "申报审查";

/// The sentences.
pub fn steps() -> Vec<Step> {
    vec![
        step!(
            "“{劳动者}”于{日期}申报职业“{职业}”{等级}",
            |world, said| { apply(world, &said).await }
        ),
        step!("符合申报条件“{规则}”", |world, said| {
            let answer: Eligibility = world.kept(ANSWER, "")?;
            let met: Vec<&str> = answer.rules_met().collect();
            match met.contains(&said.text(0)) {
                true => Ok(()),
                false => Err(format!("符合的是：{met:?}")),
            }
        }),
        step!(
            "按现有记录自{日期}起可以申报",
            |world, said| {
                let answer: Eligibility = world.kept(ANSWER, "")?;
                match answer.until == Some(said.date(0)?) {
                    true => Ok(()),
                    false => Err(format!("答复是：{:?}", answer.until)),
                }
            }
        ),
        step!(
            "按现有记录不会仅因时日经过而可以申报",
            |world, _said| {
                let answer: Eligibility = world.kept(ANSWER, "")?;
                match answer.until {
                    None => Ok(()),
                    Some(until) => Err(format!("{until} 起可以申报")),
                }
            }
        ),
        step!(
            "启用职业“{职业}”的标准“{编号}”{版本}版，自{日期}起施行，申报条件依模板“{模板}”",
            |world, said| { adopt(world, &said).await }
        ),
        step!(
            "{日期}职业“{职业}”适用标准“{编号}”{版本}版",
            |world, said| {
                let of = said.parse(1)?;
                let applies = world.ledger.standard_of(of, said.date(0)?).await;
                let applies = applies.map_err(|error| error.words().zh)?;
                let named = applies.map(|it| (it.code, it.edition));
                match named == Some((said.text(2).to_owned(), said.text(3).to_owned())) {
                    true => Ok(()),
                    false => Err(format!("适用的是：{named:?}")),
                }
            }
        ),
    ]
}

/// Whether he may apply; if not, the act is refused as `not-eligible`.
async fn apply(world: &mut World, said: &Said) -> Held {
    let worker = worker(world, said.text(0)).await?;
    let application = Application::Level {
        occupation: said.parse(2)?,
        level: said.level(3)?,
        standard: None,
    };
    let on = said.date(1)?;
    let judged = world
        .ledger
        .eligibility(&world.maker, worker, &application, on, None)
        .await;
    let Some(judged) = world.did(judged)? else {
        return Ok(());
    };
    if !judged.answer.met {
        let zh = match judged.answer.opened {
            true => "不符合任何一项申报条件",
            false => "标准没有开设该等级",
        };
        let words = Words {
            zh: zh.into(),
            en: String::new(),
        };
        world.refused("not-eligible", words);
    }
    world.keep(ANSWER, "", judged.answer);
    Ok(())
}

async fn adopt(world: &mut World, said: &Said) -> Held {
    let level = |level| OpenedLevel {
        level,
        hours: None,
        any_of: vec![],
    };
    let levels = skill_ledger::domain::level::SkillLevel::CERTIFIED.map(level);
    let standard = OccupationStandard {
        kind: StandardKind::National,
        code: said.text(1).to_owned(),
        edition: said.text(2).to_owned(),
        assesses: Assesses::Occupation {
            occupation: said.parse(0)?,
            formerly: vec![],
            related: vec![],
            template: Some(said.text(4).to_owned()),
            levels: levels.to_vec(),
        },
        effective_from: said.date(3)?,
        effective_to: None,
        source: "场景所用标准".into(),
        verified: false,
    };
    let request = AdoptStandards {
        standards: StandardsAdopted {
            edition: format!("{} {}", said.text(1), said.text(2)),
            templates: vec![],
            standards: vec![standard],
        },
    };
    let adopted = world.ledger.operate(&world.maker, id(), &request).await;
    world.did(adopted)?;
    Ok(())
}
