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
