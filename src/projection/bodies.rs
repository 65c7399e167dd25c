//! A body's events to rows of the body, its standing, scopes, run-offs, keys and status lists.

use super::authority::published;
use super::body_registers;
use super::proposals;
use crate::codec::row::Row;
use crate::domain::body::event::BodyEvent;
use crate::domain::ids::BodyId;
use crate::view::ViewChange;
use crate::view::body::{BodyRow, KeyRow, RunOffRow, ScopeRow, Standing, StandingRow};
use crate::view::published::PublishedKind;
use jiff::civil::Date;

pub(super) fn changes(row: &Row, event: &BodyEvent) -> Vec<ViewChange> {
    let body = BodyId(row.stream.id);
    let position = row.position;
    match event {
        BodyEvent::Registered(e) => vec![ViewChange::PutBody(BodyRow {
            body,
            credit_code: e.credit_code,
            name: e.name.clone(),
            kind: e.kind,
            region: e.region,
            public_id: e.public_id,
            standing: Standing::Active,
            since: position,
            position,
        })],
        BodyEvent::ScopeGranted(e) => vec![ViewChange::PutScope(ScopeRow {
            grant: e.grant,
            body,
            occupations: e.occupations.clone(),
            work_types: e.work_types.clone(),
            items: e.items.clone(),
            levels: e.levels.clone(),
            regions: e.regions.clone(),
            valid_from: e.from,
            valid_to: e.to,
            basis: e.basis.clone(),
            from_position: position,
            to_position: None,
            ended_on: None,
            end_reason: None,
        })],
        BodyEvent::ScopeEnded(e) => vec![ViewChange::EndScope {
            grant: e.grant,
            position,
            on: e.on,
            reason: e.reason.clone(),
        }],
        BodyEvent::RunOffGranted(e) => vec![ViewChange::PutRunOff(RunOffRow {
            body,
            session: e.session,
            from_position: position,
            to_position: None,
            valid_until: e.until,
            reason: e.reason.clone(),
            ended_on: None,
        })],
        BodyEvent::RunOffEnded(e) => vec![ViewChange::EndRunOff {
            body,
            session: e.session,
            position,
            on: e.on,
        }],
        BodyEvent::KeyRegistered(e) => vec![ViewChange::PutKey(KeyRow {
            key_id: e.key_id.clone(),
            body: Some(body),
            purpose: e.purpose.clone(),
            public_key: e.public_key.clone(),
            from_position: position,
            to_position: None,
            retired_on: None,
            compromised_from_position: None,
            compromise_ground: None,
        })],
        BodyEvent::KeyRetired(e) => vec![ViewChange::RetireKey {
            body: Some(body),
            key_id: e.key_id.clone(),
            position,
            on: e.on,
        }],
        BodyEvent::KeyCompromised(e) => vec![ViewChange::CompromiseKey {
            body: Some(body),
            key_id: e.key_id.clone(),
            from_position: e.from_position,
            ground: e.ground.clone(),
            position,
        }],
        BodyEvent::Suspended(e) => {
            let basis = Some(e.basis.clone());
            vec![standing(
                row,
                Standing::Suspended,
                e.on,
                e.ground.clone(),
                basis,
            )]
        }
        BodyEvent::Reinstated(e) => {
            vec![standing(
                row,
                Standing::Active,
                e.on,
                e.ground.clone(),
                None,
            )]
        }
        BodyEvent::Withdrawn(e) => {
            let basis = Some(e.basis.clone());
            vec![standing(
                row,
                Standing::Withdrawn,
                e.on,
                e.ground.clone(),
                basis,
            )]
        }
        BodyEvent::StatusListPublished(e) => [
            (PublishedKind::Revocation, &e.revocation),
            (PublishedKind::Suspension, &e.suspension),
            (PublishedKind::Details, &e.details),
        ]
        .into_iter()
        .chain(e.token.iter().map(|it| (PublishedKind::Token, it)))
        .map(|(kind, document)| published(row, kind, e.list, e.as_of_position, document))
        .collect(),
        BodyEvent::TrainingBaseNoticed(_)
        | BodyEvent::TrainingBaseListed(_)
        | BodyEvent::TrainingBaseStruck(_) => super::staff::training_base(row, event),
        BodyEvent::NumberCodeAssigned(_)
        | BodyEvent::StatusListOpened(_)
        | BodyEvent::SerialsTaken(_) => Vec::new(),
        BodyEvent::EcosystemOpened(_)
        | BodyEvent::EcosystemMemberJoined(_)
        | BodyEvent::EcosystemMemberLeft(_)
        | BodyEvent::EcosystemClosed(_)
        | BodyEvent::CrossRegionPermitted(_)
        | BodyEvent::CrossRegionEnded(_)
        | BodyEvent::StarGraded(_)
        | BodyEvent::CreditRecorded(_)
        | BodyEvent::Selected(_)
        | BodyEvent::ReviewOrdered(_)
        | BodyEvent::ReviewClosed(_) => body_registers::changes(row, event),
        BodyEvent::Proposal(e) => proposals::changes(row, e),
    }
}

fn standing(
    row: &Row,
    standing: Standing,
    on: Date,
    ground: String,
    basis: Option<String>,
) -> ViewChange {
    ViewChange::SetStanding(StandingRow {
        body: BodyId(row.stream.id),
        from_position: row.position,
        to_position: None,
        standing,
        since: Some(on),
        ground: Some(ground),
        basis,
    })
}
