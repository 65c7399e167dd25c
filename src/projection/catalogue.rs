//! The catalogue's events to the registers of occupations, items and resources.

use super::recognitions;
use super::standards;
use crate::codec::row::Row;
use crate::domain::catalogue::event::{CatalogueEvent, OccupationChange};
use crate::view::ViewChange;
use crate::view::register::{end, patch, put};
use serde_json::json;

pub(super) fn changes(row: &Row, event: &CatalogueEvent) -> Vec<ViewChange> {
    let at = row.position;
    match event {
        CatalogueEvent::OccupationsAdopted(adopted) => adopted
            .occupations
            .iter()
            .map(|it| put("occupation", it.code, &adopted.edition, at, it))
            .collect(),
        CatalogueEvent::OccupationsAmended(amended) => amended
            .changes
            .iter()
            .map(|change| match change {
                OccupationChange::Added { occupation } => put(
                    "occupation",
                    occupation.code,
                    &amended.amendment,
                    at,
                    occupation,
                ),
                OccupationChange::Renamed {
                    code,
                    name_zh,
                    name_en,
                } => {
                    let named = json!({"name_zh": name_zh, "name_en": name_en});
                    patch("occupation", code, at, named)
                }
                OccupationChange::Adjusted {
                    code,
                    levels,
                    work_types,
                } => {
                    let adjusted = json!({"levels": levels, "work_types": work_types});
                    patch("occupation", code, at, adjusted)
                }
                OccupationChange::Retired { code, .. } => end("occupation", code, at),
            })
            .collect(),
        CatalogueEvent::ItemsAdopted(adopted) => adopted
            .items
            .iter()
            .map(|it| put("item", &it.code, &adopted.edition, at, it))
            .collect(),
        CatalogueEvent::ResourceReleased(released) => {
            let key = format!("{} {}", released.code, released.version);
            let year = released.released_on.year();
            vec![put("resource", key, year, at, released)]
        }
        CatalogueEvent::StandardsAdopted(adopted) => standards::changes(row, adopted),
        _ => recognitions::catalogue(row, event),
    }
}
