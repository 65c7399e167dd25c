//! A competition's events to the registers of competitions and of places.

use super::proposals;
use crate::codec::row::Row;
use crate::domain::competition::event::CompetitionEvent;
use crate::domain::ids::WorkerId;
use crate::domain::occupation::OccupationCode;
use crate::view::ViewChange;
use crate::view::register::{end, patch, put};
use serde_json::json;

const COMPETITION: &str = "competition";
const PLACE: &str = "competition-result";

pub(super) fn changes(row: &Row, event: &CompetitionEvent) -> Vec<ViewChange> {
    use CompetitionEvent as E;
    let (id, at) = (row.stream.id, row.position);
    let place =
        |worker: WorkerId, occupation: OccupationCode| format!("{id}/{worker}/{occupation}");
    match event {
        E::Registered(e) => {
            let mut data = serde_json::to_value(e).unwrap_or_default();
            if let Some(members) = data.as_object_mut() {
                members.insert("state".into(), "open".into());
            }
            vec![put(COMPETITION, id, "", at, &data)]
        }
        E::PlaceEntered(e) => {
            let data = json!({
                "competition": id,
                "worker": e.worker,
                "occupation": e.occupation,
                "group": e.group,
                "rank": e.rank,
                "contestants": e.contestants,
                "prize": e.prize,
                "standing": "entered",
            });
            let key = place(e.worker, e.occupation);
            vec![put(PLACE, key, e.worker, at, &data)]
        }
        E::PlaceStruck(e) => vec![end(PLACE, place(e.worker, e.occupation), at)],
        E::PlacesConfirmed(e) => {
            let data = json!({"state": "confirmed", "places": e.places});
            vec![patch(COMPETITION, id, at, data)]
        }
        E::Noticed(e) => {
            let data = json!({"state": "in-notice", "closes_on": e.closes_on});
            vec![patch(COMPETITION, id, at, data)]
        }
        E::Closed(e) => {
            let data = json!({"state": "closed", "closed_on": e.on});
            vec![patch(COMPETITION, id, at, data)]
        }
        E::PlaceWithdrawn(e) => {
            let data = json!({"standing": "withdrawn", "withdrawn_on": e.on, "ground": e.ground});
            vec![patch(PLACE, place(e.worker, e.occupation), at, data)]
        }
        E::Proposal(e) => proposals::changes(row, e),
    }
}
