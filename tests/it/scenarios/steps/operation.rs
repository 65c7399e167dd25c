//! Every writing use case that is declared as an operation has its sentence already:
//!
//! ```text
//! 当 办理“登记从业经历”
//!   | 劳动者   | 张伟         |
//!   | 用工形式 | 职工         |
//!   | 职业编码 | 6-31-07-01   |
//!   | 开始日期 | 2020年3月1日 |
//! ```
//!
//! The name of the use case and of each member is the Chinese half of its documentation. A date is
//! written `2020年3月1日`; several values are separated by `、`; a thing named before is written
//! `机构“江北技能评价中心”`, `批次“2026-01”`, `证件号码“张伟”`. `劳动者` alone gives the person by name and document,
//! or, where the use case takes no new people, by pseudonym. Words of a closed list may be written
//! in Chinese: see [`WORDS`].

use super::worker::worker;
use crate::scenarios::step::{Held, Said, Step, date, step};
use crate::scenarios::world::{World, id};
use serde_json::{Map, Value};
use skill_ledger::app::input::{self, Shape};
use skill_ledger::app::operation::{Done, Field, Verb};
use skill_ledger::app::operations::{VERBS, in_language};
use skill_ledger::domain::ids::{BodyId, ProposalId, SessionId};
use skill_ledger::domain::number::CertificateNumber;
use skill_ledger::locale::Language;

/// Words of closed lists: the member, the Chinese word, the ledger's word. Add yours.
const WORDS: &[(&str, &str, &str)] = &[
    ("用工形式", "职工", "staff"),
    ("用工形式", "劳务派遣", "dispatched"),
    ("用工形式", "业务外包", "outsourced"),
    ("用工形式", "学徒", "apprentice"),
    ("用工形式", "实习", "intern"),
    ("用工形式", "个体", "self-employed"),
];

/// What was done by an operation is kept under this, by the name a scenario gives it.
pub const DONE: &str = "事项";

/// The sentences.
pub fn steps() -> Vec<Step> {
    vec![
        step!("办理“{事项}”", |world, said| {
            operate(world, &said, false, None).await
        }),
        step!(
            "办理“{事项}”，记为“{名称}”",
            |world, said| {
                let name = said.text(1).to_owned();
                operate(world, &said, false, Some(&name)).await
            }
        ),
        step!("复核人办理“{事项}”", |world, said| {
            operate(world, &said, true, None).await
        }),
        step!("办理“{事项}”，复核人批准", |world, said| {
            operate(world, &said, false, Some("")).await?;
            approve(world, true).await
        }),
        step!("复核前告知“{须知}”", |world, said| {
            let done: Done = world.kept(DONE, "")?;
            let shown = world
                .ledger
                .proposal_shown(&world.checker, proposal(&done)?, None)
                .await;
            let shown = shown.map_err(|error| error.words().zh)?.value;
            let mut told = shown.consequences.iter().map(|it| &it.words.zh);
            match told.any(|words| words.contains(said.text(0))) {
                true => Ok(()),
                false => Err(format!("须知为 {:?}", shown.consequences)),
            }
        }),
        step!("复核人批准上述提案", |world, _said| {
            approve(world, true).await
        }),
        step!("办理“{事项}”，并自己批准", |world, said| {
            operate(world, &said, false, Some("")).await?;
            approve(world, false).await
        }),
    ]
}

/// The checker approves what was proposed last, or its maker tries to.
async fn approve(world: &mut World, by_checker: bool) -> Held {
    let Ok(done) = world.kept::<Done>(DONE, "") else {
        return Ok(());
    };
    let proposal = proposal(&done)?;
    let actor = if by_checker {
        &world.checker
    } else {
        &world.maker
    };
    let approved = world.ledger.approve(actor, id(), proposal).await;
    world.did(approved)?;
    Ok(())
}

/// The proposal that was made.
fn proposal(done: &Done) -> Result<ProposalId, String> {
    let made = member(done, "proposal").and_then(|it| it.parse().ok());
    made.ok_or_else(|| "该事项没有提交复核".into())
}

/// Finds the operation of a Chinese name, fills its request from the table, carries it out.
async fn operate(world: &mut World, said: &Said, by_checker: bool, name: Option<&str>) -> Held {
    let verb = VERBS
        .iter()
        .find(|verb| in_language(verb.doc, Language::Zh) == said.text(0))
        .ok_or_else(|| format!("没有“{}”这一事项", said.text(0)))?;
    let mut request = Map::new();
    for (label, value) in said.pairs()? {
        if label == "劳动者" {
            person(world, verb, value, &mut request).await?;
            continue;
        }
        let field = verb
            .fields
            .iter()
            .find(|field| in_language(field.doc, Language::Zh) == label)
            .ok_or_else(|| format!("“{}”没有“{label}”一项", said.text(0)))?;
        let value = match field.many {
            true => {
                let items = value.split('、').filter(|it| !it.is_empty());
                let items: Result<Vec<_>, _> =
                    items.map(|item| read(world, field, label, item)).collect();
                Value::Array(items?)
            }
            false => read(world, field, label, value)?,
        };
        request.insert(field.name.to_owned(), value);
    }
    let actor = if by_checker {
        &world.checker
    } else {
        &world.maker
    };
    let done = (verb.run)(&world.ledger, actor, id(), Value::Object(request)).await;
    world.forget(DONE, "");
    if let Some(done) = world.did(done)? {
        world.keep(DONE, name.unwrap_or_default(), done);
    }
    Ok(())
}

/// A person's name and document, or his pseudonym where the request takes only that.
async fn person(
    world: &mut World,
    verb: &Verb,
    name: &str,
    request: &mut Map<String, Value>,
) -> Held {
    if verb
        .fields
        .iter()
        .any(|field| field.name == "document_number")
    {
        let document = world.document(name);
        request.insert("name".into(), name.into());
        request.insert("document_number".into(), document.number().into());
    } else {
        let worker = worker(world, name).await?;
        request.insert("worker".into(), worker.to_string().into());
    }
    Ok(())
}

/// One value as the request writes it.
fn read(world: &mut World, field: &Field, label: &str, value: &str) -> Result<Value, String> {
    if let Some(named) = value.strip_suffix('”')
        && let Some((kind, name)) = named.split_once('“')
    {
        return thing(world, kind, name).map(Value::String);
    }
    if matches!(field.shape, Shape::Text | Shape::Date)
        && let Ok(day) = date(value)
    {
        return Ok(day.to_string().into());
    }
    let word = WORDS
        .iter()
        .find(|(of, zh, _)| *of == label && *zh == value);
    let value = word.map_or(value, |(_, _, word)| word);
    input::read(field.shape, field.words, value).ok_or_else(|| format!("“{label}”读不懂“{value}”"))
}

/// The id of a thing that was named before.
fn thing(world: &mut World, kind: &str, name: &str) -> Result<String, String> {
    let id = match kind {
        "机构" => world.kept::<BodyId>(super::body::BODY, name)?.to_string(),
        "批次" => world
            .kept::<SessionId>(super::session::SESSION, name)?
            .to_string(),
        "证书" => {
            let number: CertificateNumber = world.kept(super::session::NUMBER, name)?;
            number.to_string()
        }
        "统一社会信用代码" => world.kept::<String>(super::body::CREDIT_CODE, name)?,
        "证件号码" => world.document(name).number().to_string(),
        "文件" => blake3_hex(name),
        _ => {
            // What an operation made: `竞赛“省赛”`, `履历“第一份工作”`.
            let done: Done = world.kept(DONE, name)?;
            made(&done).ok_or_else(|| format!("“{name}”没有编号"))?
        }
    };
    Ok(id)
}

/// A stand-in for the digest of a document of this name.
fn blake3_hex(name: &str) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    for nth in 0..32_usize {
        let byte = name.as_bytes()[nth % name.len()];
        write!(text, "{:02x}", byte.wrapping_add(nth as u8)).unwrap();
    }
    text
}

/// The id of what an operation made: the id its last event gives to something, else its stream's.
fn made(done: &Done) -> Option<String> {
    const IDS: [&str; 8] = [
        "record",
        "card",
        "recognition",
        "grant",
        "review",
        "objection",
        "permit",
        "proposal",
    ];
    let last = done.events.last()?;
    let named = IDS.iter().find_map(|name| last.data.get(name)?.as_str());
    let stream = last.stream.split_once('/').map(|(_, id)| id);
    named.or(stream).map(str::to_owned)
}

fn member(done: &Done, name: &str) -> Option<String> {
    let mut events = done.events.iter().rev();
    events.find_map(|event| Some(event.data.get(name)?.as_str()?.to_owned()))
}
