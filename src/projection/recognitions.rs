//! Recognitions, rows of comparison tables and issuers to the registers.

use crate::codec::row::Row;
use crate::domain::catalogue::event::CatalogueEvent;
use crate::domain::worker::recognition::event::{
    RecognitionApplied, RecognitionGranted, RecognitionRefused, RecognitionUsed,
    RecognitionWithdrawn,
};
use crate::view::ViewChange;
use crate::view::register::{patch, put};
use serde::Serialize;
use serde_json::{Value, json};

/// One application and where it stands.
const RECOGNITION: &str = "recognition";
/// One row of a comparison table (比照目录), by jurisdiction and code.
const COMPARISON: &str = "comparison-row";
/// One issuer (发证机构), by its code.
const ISSUER: &str = "issuer";

#[derive(Serialize)]
struct Standing<'a, T> {
    state: &'a str,
    #[serde(flatten)]
    says: &'a T,
}

pub(super) fn applied(row: &Row, e: &RecognitionApplied) -> Vec<ViewChange> {
    let standing = Standing {
        state: "applied",
        says: e,
    };
    let (key, owner) = (e.recognition, row.stream.id);
    vec![put(RECOGNITION, key, owner, row.position, &standing)]
}

pub(super) fn granted(row: &Row, e: &RecognitionGranted) -> ViewChange {
    let data = json!({
        "state": "granted",
        "effect": e.effect,
        "citation": e.citation,
        "met": e.met,
        "decided_on": e.on,
    });
    patch(RECOGNITION, e.recognition, row.position, data)
}

pub(super) fn refused(row: &Row, e: &RecognitionRefused) -> ViewChange {
    let data = json!({
        "state": "refused",
        "unmet": e.unmet,
        "ground": e.ground,
        "decided_on": e.on,
    });
    patch(RECOGNITION, e.recognition, row.position, data)
}

pub(super) fn used(row: &Row, e: &RecognitionUsed) -> ViewChange {
    let data = json!({"certified_in": e.session, "used_on": e.on});
    patch(RECOGNITION, e.recognition, row.position, data)
}

pub(super) fn withdrawn(row: &Row, e: &RecognitionWithdrawn) -> ViewChange {
    let data = json!({
        "state": "withdrawn",
        "ground": e.ground,
        "basis": e.basis,
        "withdrawn_on": e.on,
    });
    patch(RECOGNITION, e.recognition, row.position, data)
}

/// What of the catalogue is read as a register of recognition.
pub(super) fn catalogue(row: &Row, event: &CatalogueEvent) -> Vec<ViewChange> {
    match event {
        CatalogueEvent::ComparisonListed(e) => {
            let key = format!("{}/{}", e.comparison.jurisdiction, e.comparison.code);
            vec![put(COMPARISON, key, "", row.position, &e.comparison)]
        }
        CatalogueEvent::IssuerRegistered(e) => {
            vec![put(ISSUER, &e.issuer.code, "", row.position, &e.issuer)]
        }
        CatalogueEvent::IssuerStruck(e) => {
            let data: Value = json!({"struck_on": e.on, "ground": e.ground, "struck_by": e.basis});
            vec![patch(ISSUER, &e.code, row.position, data)]
        }
        _ => Vec::new(),
    }
}
