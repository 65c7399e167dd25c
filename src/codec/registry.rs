//! Events to stored payloads and back, by (event type, schema version).
//!
//! Only the newest shape is written. An older one is lifted when it is read, one version at a
//! time, by the upcasters; the stored bytes stay as they are.

use super::envelope::{self, EncodeError, NotAnEnvelope, Salt};
use super::row::{Leaf, Row};
use super::upcast;
use crate::domain::event::Event;
use crate::domain::ids::StreamKind;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::LazyLock;

/// An event ready to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encoded {
    /// What happened.
    pub event_type: &'static str,
    /// The shape of the payload: the newest.
    pub schema_version: u16,
    /// `{"data":…,"salt":"…"}`.
    pub payload: Vec<u8>,
}

/// A stored payload that cannot be read as an event.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// The payload is not in its form.
    #[error(transparent)]
    Envelope(#[from] NotAnEnvelope),
    /// This kind of stream has no such event.
    #[error("a {kind:?} stream has no event {event_type:?}")]
    UnknownType {
        /// The kind of stream.
        kind: StreamKind,
        /// What the row says.
        event_type: String,
    },
    /// The event was written by a newer program.
    #[error("{event_type} version {found} is newer than {known}")]
    NewerVersion {
        /// What happened.
        event_type: String,
        /// The version stored.
        found: u16,
        /// The newest version known.
        known: u16,
    },
    /// No upcaster leads from this version on.
    #[error("nothing lifts {event_type} from version {version}")]
    NoUpcaster {
        /// What happened.
        event_type: String,
        /// The version that cannot be lifted.
        version: u16,
    },
    /// The data has not the shape of its version.
    #[error("the data of {event_type} version {version} has not its shape")]
    Shape {
        /// What happened.
        event_type: String,
        /// The version stored.
        version: u16,
    },
}

/// One step of an old shape towards today's: version `from` to `from + 1` of `event_type`.
struct Upcaster {
    event_type: &'static str,
    from: u16,
    /// `None` if the data has not the shape of `from`.
    lift: fn(Value) -> Option<Value>,
}

/// Every step ever needed. A shape that was written once is readable for ever: lines are added,
/// never changed or taken out.
const UPCASTERS: &[Upcaster] = &[
    // Version 1 knew sessions of assessment only.
    Upcaster {
        event_type: "worker.level_awarded",
        from: 1,
        lift: |mut data| {
            by_session(&mut data)?;
            let fields = data.as_object_mut()?;
            fields.insert("route".into(), "assessment".into());
            Some(data)
        },
    },
    Upcaster {
        event_type: "worker.level_withdrawn",
        from: 1,
        lift: |mut data| {
            by_session(&mut data)?;
            Some(data)
        },
    },
    Upcaster {
        event_type: "session.opened",
        from: 1,
        lift: upcast::session_opened_1,
    },
    Upcaster {
        event_type: "session.result_entered",
        from: 1,
        lift: upcast::session_result_entered_1,
    },
    // Version 1 named no teachers.
    Upcaster {
        event_type: "worker.training_completed",
        from: 1,
        lift: |mut data| {
            let fields = data.as_object_mut()?;
            fields.insert("teachers".into(), serde_json::json!([]));
            Some(data)
        },
    },
    // Version 2 says what becomes of the certificate when an appointment ends: before, it stayed.
    Upcaster {
        event_type: "catalogue.appointment_policies_adopted",
        from: 1,
        lift: Some,
    },
    // Version 2 may name the 考核规范 and the last day of an item.
    Upcaster {
        event_type: "catalogue.items_adopted",
        from: 1,
        lift: Some,
    },
    // Version 2 may name work types and items.
    Upcaster {
        event_type: "body.scope_granted",
        from: 1,
        lift: Some,
    },
    // Version 2 may name the school itself.
    Upcaster {
        event_type: "worker.study_recorded",
        from: 1,
        lift: Some,
    },
    Upcaster {
        event_type: "body.serials_taken",
        from: 1,
        lift: upcast::serials_taken_1,
    },
    Upcaster {
        event_type: "catalogue.number_grammar_adopted",
        from: 1,
        lift: upcast::number_grammar_adopted_1,
    },
    Upcaster {
        event_type: "certificate.issued",
        from: 1,
        lift: upcast::certificate_issued_1,
    },
    // Version 3 has a signature a coat, some with the digest of what was signed.
    Upcaster {
        event_type: "certificate.issued",
        from: 2,
        lift: Some,
    },
    Upcaster {
        event_type: "certificate.reissued",
        from: 1,
        lift: Some,
    },
    // Versions 4 and 3 may name the scores.
    Upcaster {
        event_type: "certificate.issued",
        from: 3,
        lift: Some,
    },
    Upcaster {
        event_type: "certificate.reissued",
        from: 2,
        lift: Some,
    },
    // Version 2 has the Token Status List beside the two bitstrings.
    Upcaster {
        event_type: "body.status_list_published",
        from: 1,
        lift: Some,
    },
    // Version 2 may name the twin with which it ended.
    Upcaster {
        event_type: "certificate.revoked",
        from: 1,
        lift: Some,
    },
    Upcaster {
        event_type: "certificate.forfeited",
        from: 1,
        lift: Some,
    },
    // Version 3 may name the recognition with which it ended.
    Upcaster {
        event_type: "certificate.revoked",
        from: 2,
        lift: Some,
    },
    Upcaster {
        event_type: "certificate.forfeited",
        from: 2,
        lift: Some,
    },
    Upcaster {
        event_type: "catalogue.recognition_rules_adopted",
        from: 1,
        lift: upcast::recognition_rules_adopted_1,
    },
];

/// `session` becomes `by.session`.
fn by_session(data: &mut Value) -> Option<()> {
    let fields = data.as_object_mut()?;
    let session = fields.remove("session")?;
    fields.insert("by".into(), serde_json::json!({ "session": session }));
    Some(())
}

static NEWEST: LazyLock<HashMap<(StreamKind, &'static str), u16>> = LazyLock::new(|| {
    Event::types()
        .into_iter()
        .map(|(kind, event_type, version)| ((kind, event_type), version))
        .collect()
});

/// The payload of an event with its type and version.
pub fn encode(event: &Event, salt: Salt) -> Result<Encoded, EncodeError> {
    Ok(Encoded {
        event_type: event.event_type(),
        schema_version: event.schema_version(),
        payload: envelope::encode(event, salt)?,
    })
}

/// The event of a stored row.
pub fn decode(row: &Row) -> Result<Event, DecodeError> {
    decode_leaf(row.stream.kind, row.leaf())
}

/// Reads an event of a stream of this kind back, whatever version it was written as.
pub fn decode_leaf(kind: StreamKind, row: Leaf<'_>) -> Result<Event, DecodeError> {
    let event_type = row.event_type;
    let opened = envelope::open(row.payload)?;
    let newest = NEWEST
        .get(&(kind, event_type))
        .copied()
        .ok_or_else(|| unknown(kind, event_type))?;
    let shape = || DecodeError::Shape {
        event_type: event_type.to_owned(),
        version: row.schema_version,
    };
    let read = if row.schema_version == newest {
        let mut data = serde_json::Deserializer::from_str(opened.data.get());
        Event::deserialize_data(kind, event_type, &mut data)
    } else {
        let data = serde_json::from_str(opened.data.get()).map_err(|_| shape())?;
        let data = lift(UPCASTERS, event_type, row.schema_version, newest, data)?;
        Event::deserialize_data(kind, event_type, data)
    };
    read.ok_or_else(|| unknown(kind, event_type))?
        .map_err(|_| shape())
}

fn unknown(kind: StreamKind, event_type: &str) -> DecodeError {
    DecodeError::UnknownType {
        kind,
        event_type: event_type.to_owned(),
    }
}

/// Lifts data from version `found` to version `newest`, never skipping a step.
fn lift(
    upcasters: &[Upcaster],
    event_type: &str,
    found: u16,
    newest: u16,
    mut data: Value,
) -> Result<Value, DecodeError> {
    if found > newest {
        return Err(DecodeError::NewerVersion {
            event_type: event_type.to_owned(),
            found,
            known: newest,
        });
    }
    for version in found..newest {
        let step = upcasters
            .iter()
            .find(|u| u.event_type == event_type && u.from == version)
            .ok_or_else(|| DecodeError::NoUpcaster {
                event_type: event_type.to_owned(),
                version,
            })?;
        data = (step.lift)(data).ok_or_else(|| DecodeError::Shape {
            event_type: event_type.to_owned(),
            version,
        })?;
    }
    Ok(data)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// An artificial event: version 1 had `name`, version 2 `title`, version 3 adds `count`.
    const STEPS: &[Upcaster] = &[
        Upcaster {
            event_type: "test.happened",
            from: 2,
            lift: |mut data| {
                data.as_object_mut()?.insert("count".into(), json!(0));
                Some(data)
            },
        },
        Upcaster {
            event_type: "test.happened",
            from: 1,
            lift: |mut data| {
                let fields = data.as_object_mut()?;
                let name = fields.remove("name")?;
                fields.insert("title".into(), name);
                Some(data)
            },
        },
    ];

    #[test]
    fn an_old_shape_is_lifted_step_by_step() {
        let lifted = |from, data| lift(STEPS, "test.happened", from, 3, data);
        let newest = json!({"title": "a", "count": 0});
        assert_eq!(lifted(1, json!({"name": "a"})).unwrap(), newest);
        assert_eq!(lifted(2, json!({"title": "a"})).unwrap(), newest);
        assert_eq!(lifted(3, newest.clone()).unwrap(), newest);
    }

    #[test]
    fn what_cannot_be_lifted_says_why() {
        let lifted = |event_type, from, data| lift(STEPS, event_type, from, 3, data);
        let newer = lifted("test.happened", 4, json!({}));
        assert!(matches!(
            newer,
            Err(DecodeError::NewerVersion {
                found: 4,
                known: 3,
                ..
            })
        ));
        let shape = lifted("test.happened", 1, json!({"title": "a"}));
        assert!(matches!(shape, Err(DecodeError::Shape { version: 1, .. })));
        let other = lifted("test.other", 2, json!({}));
        assert!(matches!(
            other,
            Err(DecodeError::NoUpcaster { version: 2, .. })
        ));
    }

    #[test]
    fn every_type_stands_once_per_stream_and_every_upcaster_leads_to_today() {
        assert_eq!(NEWEST.len(), Event::types().len());
        for step in UPCASTERS {
            assert!(
                NEWEST
                    .iter()
                    .any(|((_, t), newest)| *t == step.event_type && step.from < *newest)
            );
        }
    }
}
