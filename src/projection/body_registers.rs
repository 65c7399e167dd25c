//! A body's events to registers: ecosystems and members, work in other provinces, stars, credit,
//! selections, reviews.
//!
//! | kind | key | what holds |
//! |---|---|---|
//! | `ecosystem` | body | name, region, days |
//! | `ecosystem-member` | body/credit code | name, days |
//! | `cross-region` | body/host | days, whose rules and numbers |
//! | `body-star` | body | stars, days |
//! | `body-credit` | body | credit, ground, days |
//! | `body-selection` | body/position | task, method, conditions, stars and credit of the day |
//! | `review` | review | which certificates, how many, how it was closed |
//!
//! What ends keeps its row, with the day it ended.

use crate::codec::row::Row;
use crate::domain::body::event::BodyEvent;
use crate::domain::ids::BodyId;
use crate::view::ViewChange;
use crate::view::register::{patch, put};
use serde_json::json;

/// Ecosystems of leading enterprises.
pub const ECOSYSTEM: &str = "ecosystem";
/// Their members.
pub const ECOSYSTEM_MEMBER: &str = "ecosystem-member";
/// Permits to work in other provinces.
pub const CROSS_REGION: &str = "cross-region";
/// Stars.
pub const STAR: &str = "body-star";
/// Credit.
pub const CREDIT: &str = "body-credit";
/// Selections.
pub const SELECTION: &str = "body-selection";
/// Reviews of certificates.
pub const REVIEW: &str = "review";

pub(super) fn changes(row: &Row, event: &BodyEvent) -> Vec<ViewChange> {
    let body = BodyId(row.stream.id);
    let at = row.position;
    match event {
        BodyEvent::EcosystemOpened(e) => vec![put(ECOSYSTEM, body, body, at, e)],
        BodyEvent::EcosystemClosed(e) => {
            let closed = json!({ "closed_on": e.on, "reason": e.reason });
            vec![patch(ECOSYSTEM, body, at, closed)]
        }
        BodyEvent::EcosystemMemberJoined(e) => {
            let key = format!("{body}/{}", e.member);
            vec![put(ECOSYSTEM_MEMBER, key, body, at, e)]
        }
        BodyEvent::EcosystemMemberLeft(e) => {
            let key = format!("{body}/{}", e.member);
            let left = json!({ "left_on": e.on, "reason": e.reason });
            vec![patch(ECOSYSTEM_MEMBER, key, at, left)]
        }
        BodyEvent::CrossRegionPermitted(e) => {
            let key = format!("{body}/{}", e.host);
            vec![put(CROSS_REGION, key, body, at, e)]
        }
        BodyEvent::CrossRegionEnded(e) => {
            let key = format!("{body}/{}", e.host);
            let ended = json!({ "ended_on": e.on, "reason": e.reason });
            vec![patch(CROSS_REGION, key, at, ended)]
        }
        BodyEvent::StarGraded(e) => vec![put(STAR, body, body, at, e)],
        BodyEvent::CreditRecorded(e) => vec![put(CREDIT, body, body, at, e)],
        BodyEvent::Selected(e) => {
            let key = format!("{body}/{at:012}");
            vec![put(SELECTION, key, body, at, e)]
        }
        BodyEvent::ReviewOrdered(e) => vec![put(REVIEW, e.review, body, at, e)],
        BodyEvent::ReviewClosed(e) => {
            let closed = json!({ "closed": e });
            vec![patch(REVIEW, e.review, at, closed)]
        }
        _ => Vec::new(),
    }
}
