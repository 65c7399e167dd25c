//! Registers (名册): one row per state of one registered thing between two positions, so that every
//! register answers as of any position.
//!
//! A projection says what an event does to a thing: [`put`] it (a first or a whole new state),
//! [`patch`] it (some members change), [`end`] it. The engine closes the state before.

use super::ViewChange;
use serde::Serialize;
use serde_json::Value;

/// Longest key or owner, in bytes.
pub const KEY_BYTES_MAX: usize = 200;

/// One state of one registered thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RegisterRow {
    /// What sort of thing: `staff-card`, `competition`, …
    pub kind: String,
    /// Which one.
    pub key: String,
    /// Whose; empty for nobody's.
    pub owner: String,
    /// First position of this state.
    pub from_position: u64,
    /// First position after it; none if it holds now.
    pub to_position: Option<u64>,
    /// What holds of it. No personal data.
    pub data: Value,
}

/// The thing's new state, whole.
pub fn put(
    kind: &'static str,
    key: impl ToString,
    owner: impl ToString,
    position: u64,
    data: &impl Serialize,
) -> ViewChange {
    ViewChange::PutRegister {
        kind,
        key: key.to_string(),
        owner: owner.to_string(),
        position,
        data: serde_json::to_value(data).unwrap_or(Value::Null),
    }
}

/// Changes members of the thing's state; `null` takes one away (RFC 7396). Nothing happens to a
/// thing that is not registered.
pub fn patch(kind: &'static str, key: impl ToString, position: u64, data: Value) -> ViewChange {
    ViewChange::PatchRegister {
        kind,
        key: key.to_string(),
        position,
        data,
    }
}

/// The thing is registered no more from this position on.
pub fn end(kind: &'static str, key: impl ToString, position: u64) -> ViewChange {
    ViewChange::EndRegister {
        kind,
        key: key.to_string(),
        position,
    }
}

/// A merge patch (RFC 7396) applied.
pub(crate) fn merge(target: &mut Value, patch: Value) {
    let Value::Object(members) = patch else {
        *target = patch;
        return;
    };
    if !target.is_object() {
        *target = Value::Object(serde_json::Map::new());
    }
    let Some(object) = target.as_object_mut() else {
        return;
    };
    for (name, value) in members {
        if value.is_null() {
            object.remove(&name);
        } else {
            merge(object.entry(name).or_insert(Value::Null), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_patch_changes_members_and_takes_them_away() {
        let mut state = json!({"a": 1, "b": {"c": 2, "d": 3}, "e": [1]});
        merge(
            &mut state,
            json!({"a": null, "b": {"c": 4}, "e": [2], "f": "g"}),
        );
        assert_eq!(state, json!({"b": {"c": 4, "d": 3}, "e": [2], "f": "g"}));
    }
}
