//! Old shapes of events to the next: one function a step, named by the event and the version it
//! lifts. `None` if the data has not the shape of that version.

use serde_json::{Map, Value, json};

/// Moves a field, if there, from one object into another.
fn take(from: &mut Map<String, Value>, field: &str, to: &mut Map<String, Value>) {
    if let Some(value) = from.remove(field) {
        to.insert(field.to_owned(), value);
    }
}

/// Version 2 of `session.opened` says by which route, how much of the process is recorded, and
/// what is assessed as one of levels and item.
pub(super) fn session_opened_1(mut data: Value) -> Option<Value> {
    let fields = data.as_object_mut()?;
    let mut levels = Map::new();
    levels.insert("by".into(), json!("levels"));
    for field in ["occupation", "occupation_name", "work_type", "levels"] {
        take(fields, field, &mut levels);
    }
    fields.insert("route".into(), json!("assessment"));
    fields.insert("process".into(), json!("sheet"));
    fields.insert("assessed".into(), Value::Object(levels));
    Some(data)
}

/// Version 2 of `session.result_entered` rests on a basis: of version 1 always marks.
pub(super) fn session_result_entered_1(mut data: Value) -> Option<Value> {
    let fields = data.as_object_mut()?;
    let marks = fields.remove("marks")?;
    fields.insert("basis".into(), json!({ "marks": marks }));
    Some(data)
}

/// Version 2 of `body.serials_taken` counts under a grammar, by level or item: version 1 numbered
/// level certificates only.
pub(super) fn serials_taken_1(mut data: Value) -> Option<Value> {
    let fields = data.as_object_mut()?;
    let level = fields.remove("level")?;
    fields.insert("grammar".into(), json!("level-certificate"));
    fields.insert("counted".into(), json!({ "by": "level", "level": level }));
    Some(data)
}

/// Version 2 of `catalogue.number_grammar_adopted` says what it numbers, and the code of each level.
pub(super) fn number_grammar_adopted_1(mut data: Value) -> Option<Value> {
    let grammar = data.get_mut("grammar")?.as_object_mut()?;
    grammar.insert("attainment".into(), json!("level"));
    for part in grammar.get_mut("parts")?.as_array_mut()? {
        if part.get("part")? == "level" {
            *part = json!({ "part": "level", "codes": [
                { "level": "five", "code": "5" }, { "level": "four", "code": "4" },
                { "level": "three", "code": "3" }, { "level": "two", "code": "2" },
                { "level": "one", "code": "1" },
            ] });
        }
    }
    Some(data)
}

/// Version 2 of `certificate.issued` says what it attests, and by which route: of version 1 always
/// a level by assessment.
pub(super) fn certificate_issued_1(mut data: Value) -> Option<Value> {
    let award = data.get_mut("award")?.as_object_mut()?;
    let mut level = Map::new();
    level.insert("kind".into(), json!("level"));
    for field in ["occupation", "occupation_name", "work_type", "level"] {
        take(award, field, &mut level);
    }
    award.insert("attainment".into(), Value::Object(level));
    award.insert("route".into(), json!("assessment"));
    Some(data)
}

/// Version 2 of `catalogue.recognition_rules_adopted` has a title flat in its qualification,
/// conditions with ids, and says whether speciality and certificate matter and whether it is a
/// demonstration. The old conditions get the ids `c1`, `c2`, … in order.
pub(super) fn recognition_rules_adopted_1(mut data: Value) -> Option<Value> {
    for rule in data.get_mut("rules")?.as_array_mut()? {
        let rule = rule.as_object_mut()?;
        for side in ["from", "to"] {
            title_out(rule.get_mut(side)?.as_object_mut()?)?;
        }
        if let Some(texts) = rule.get_mut("conditions") {
            for (n, text) in texts.as_array_mut()?.iter_mut().enumerate() {
                *text = json!({"id": format!("c{}", n + 1), "words": {"zh": text.take()}});
            }
        }
        for name in ["related", "certificate", "demo"] {
            rule.insert(name.to_owned(), Value::Bool(false));
        }
    }
    Some(data)
}

fn title_out(side: &mut Map<String, Value>) -> Option<()> {
    if let Some(title) = side.remove("title") {
        let Value::Object(title) = title else {
            return None;
        };
        side.extend(title);
    }
    Some(())
}
