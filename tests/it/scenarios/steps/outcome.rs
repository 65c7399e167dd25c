//! What became of it: accepted, or refused by which rule.

use crate::scenarios::step::{Held, Step, step};
use crate::scenarios::world::{Outcome, World};

/// The sentences.
pub fn steps() -> Vec<Step> {
    vec![
        step!("台账属于“{地区}”", |_world, _said| { Ok(()) }),
        step!("办理成功", |world, _said| {
            match world.outcome.take() {
                Some(Outcome::Accepted) => Ok(()),
                Some(Outcome::Refused { code, words }) => {
                    Err(format!("被拒绝（{code}）：{}", words.zh))
                }
                None => Err("前面没有办理任何事项".into()),
            }
        }),
        step!("台账审计没有发现问题", |world, _said| {
            let audit = world.ledger.audit().await;
            let problems = audit.map_err(|error| error.words().zh)?.problems;
            if problems.is_empty() {
                return Ok(());
            }
            Err(format!("{problems:?}"))
        }),
        step!("被拒绝，规则为 {规则}", |world, said| {
            refused(world, said.text(0), None)
        }),
        step!(
            "被拒绝，规则为 {规则}，理由写明“{词句}”",
            |world, said| { refused(world, said.text(0), Some(said.text(1))) }
        ),
    ]
}

/// The last act was refused by this rule, in words that hold these.
fn refused(world: &mut World, rule: &str, words_hold: Option<&str>) -> Held {
    match world.outcome.take() {
        Some(Outcome::Refused { code, words }) if code == rule => match words_hold {
            Some(part) if !words.zh.contains(part) => {
                Err(format!("理由是：{}，没有写明“{part}”", words.zh))
            }
            _ => Ok(()),
        },
        Some(Outcome::Refused { code, words }) => {
            Err(format!("被另一规则拒绝（{code}）：{}", words.zh))
        }
        Some(Outcome::Accepted) => Err("没有被拒绝，办理成功了".into()),
        None => Err("前面没有办理任何事项".into()),
    }
}
