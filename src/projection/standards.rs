//! Adopted standards to registers: `standard-template` by id, and `standard` by kind, code and
//! edition, whose owner is its occupation or item.

use crate::codec::row::Row;
use crate::domain::catalogue::event::StandardsAdopted;
use crate::domain::rules::eligibility::OccupationStandard;
use crate::domain::session::event::StandardKind;
use crate::view::ViewChange;
use crate::view::register::put;
use serde_json::json;

pub(super) fn changes(row: &Row, adopted: &StandardsAdopted) -> Vec<ViewChange> {
    let at = row.position;
    let templates = adopted.templates.iter().map(|template| {
        let data = json!({"edition": adopted.edition, "template": template});
        put("standard-template", &template.id, "", at, &data)
    });
    let standards = adopted.standards.iter().map(|standard| {
        let data = json!({"edition": adopted.edition, "standard": standard});
        put("standard", key(standard), owner(standard), at, &data)
    });
    templates.chain(standards).collect()
}

fn key(standard: &OccupationStandard) -> String {
    let kind = match standard.kind {
        StandardKind::National => "national",
        StandardKind::Industry => "industry",
        StandardKind::SpecialSkill => "special-skill",
    };
    format!("{kind}:{}:{}", standard.code, standard.edition)
}

fn owner(standard: &OccupationStandard) -> String {
    match (standard.occupation(), standard.item()) {
        (Some(occupation), _) => occupation.to_string(),
        (None, item) => item.map(ToString::to_string).unwrap_or_default(),
    }
}
