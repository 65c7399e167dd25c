//! The catalogue: what comes as a list, and what stands in it on a day.

use crate::scenarios::step::{Held, Said, Step, date, step};
use crate::scenarios::world::{World, id};
use serde_json::{Map, Value};
use skill_ledger::app::input;
use skill_ledger::app::operation::Field;
use skill_ledger::app::operations::{VERBS, in_language};
use skill_ledger::domain::catalogue::decider::CatalogueDecider;
use skill_ledger::domain::catalogue::state::CatalogueState;
use skill_ledger::domain::ids::StreamId;
use skill_ledger::locale::Language;

/// The sentences.
pub fn steps() -> Vec<Step> {
    vec![
        step!(
            "办理“{事项}”（{说明}），清单如下",
            |world, said| { adopt(world, &said).await }
        ),
        step!(
            "{日期}职业“{编码}”名为“{名称}”",
            |world, said| {
                let catalogue = catalogue(world).await?;
                let found = catalogue.occupation_on(said.parse(1)?, said.date(0)?);
                let name = found.map(|it| it.name_zh.as_str()).unwrap_or("（没有）");
                is(name, said.text(2))
            }
        ),
        step!(
            "{日期}目录中没有职业“{编码}”",
            |world, said| {
                let catalogue = catalogue(world).await?;
                match catalogue.occupation_on(said.parse(1)?, said.date(0)?) {
                    None => Ok(()),
                    Some(found) => Err(format!("有：{}", found.name_zh)),
                }
            }
        ),
        step!(
            "{日期}以“{名称}”查到职业“{编码}”",
            |world, said| {
                let catalogue = catalogue(world).await?;
                let edition = catalogue.occupations_on(said.date(0)?).ok_or("没有版本")?;
                let found = edition.occupations.by_name(said.text(1)).ok_or("查不到")?;
                is(&found.code.to_string(), said.text(2))
            }
        ),
        step!(
            "{日期}考核项目“{编码}”名为“{名称}”",
            |world, said| {
                let catalogue = catalogue(world).await?;
                let code = said.parse(1)?;
                let found = catalogue.item_on(&code, said.date(0)?);
                let name = found.map(|it| it.name.zh.as_str()).unwrap_or("（没有）");
                is(name, said.text(2))
            }
        ),
        step!(
            "{年份}年发布评价技术资源 {数} 项",
            |world, said| {
                let catalogue = catalogue(world).await?;
                let year: i16 = said.parse(0)?;
                let released = catalogue.resources.iter();
                let count = released.filter(|it| it.released_on.year() == year).count();
                is(&count.to_string(), said.text(1))
            }
        ),
    ]
}

fn is(found: &str, expected: &str) -> Held {
    match found == expected {
        true => Ok(()),
        false => Err(format!("实为“{found}”")),
    }
}

async fn catalogue(world: &World) -> Result<CatalogueState, String> {
    let stream = StreamId::catalogue(world.ledger.id());
    let loaded = world.ledger.load::<CatalogueDecider>(stream).await;
    Ok(loaded.map_err(|error| error.words().zh)?.state)
}

/// An operation whose one document is the table beneath: `（修订名称：2025-05；来源：公告）`.
async fn adopt(world: &mut World, said: &Said) -> Held {
    let verb = VERBS
        .iter()
        .find(|verb| in_language(verb.doc, Language::Zh) == said.text(0))
        .ok_or_else(|| format!("没有“{}”这一事项", said.text(0)))?;
    let mut request = Map::new();
    for pair in said.text(1).split('；') {
        let (label, text) = pair.split_once('：').ok_or("说明写作“名称：值”")?;
        let field = named(verb.fields, label)?;
        request.insert(field.name.to_owned(), value(field, label, text)?);
    }
    let document = verb
        .fields
        .iter()
        .find(|field| !field.columns.is_empty())
        .ok_or("这一事项没有清单")?;
    let (head, rows) = said.table()?;
    let mut lines = Vec::new();
    for row in rows {
        let mut line = Map::new();
        for (label, text) in head.iter().zip(row).filter(|(_, text)| !text.is_empty()) {
            let column = named(document.columns, label)?;
            let value = match column.many {
                true => {
                    let parts = text.split('、').map(|part| value(column, label, part));
                    Value::Array(parts.collect::<Result<_, _>>()?)
                }
                false => value(column, label, text)?,
            };
            line.insert(column.name.to_owned(), value);
        }
        lines.push(Value::Object(line));
    }
    request.insert(document.name.to_owned(), Value::Array(lines));
    let done = (verb.run)(&world.ledger, &world.maker, id(), Value::Object(request)).await;
    world.did(done)?;
    Ok(())
}

fn named(fields: &'static [Field], label: &str) -> Result<&'static Field, String> {
    fields
        .iter()
        .find(|field| in_language(field.doc, Language::Zh) == label)
        .ok_or_else(|| format!("没有“{label}”一项"))
}

fn value(field: &Field, label: &str, text: &str) -> Result<Value, String> {
    let day = date(text).map(|day| day.to_string());
    let text = day.as_deref().unwrap_or(text);
    input::read(field.shape, field.words, text).ok_or_else(|| format!("“{label}”读不懂“{text}”"))
}
