//! A certificate's events to its row, its documents and its holder's timeline.

use super::proposals;
use crate::codec::row::Row;
use crate::domain::certificate::event::{
    CertificateEnded, CertificateEvent, CertificateIssued, CertificateWithdrawn,
};
use crate::domain::ids::CertificateId;
use crate::domain::number::CertificateNumber;
use crate::domain::proposal::End;
use crate::view::ViewChange;
use crate::view::certificate::{CertificateRow, CertificateState, CredentialRow, REGISTER};
use crate::view::passport::PassportEntry;
use jiff::civil::Date;
use serde_json::{Value, json};

pub(super) fn changes(row: &Row, event: &CertificateEvent) -> Vec<ViewChange> {
    let certificate = CertificateId(row.stream.id);
    let position = row.position;
    let kind = event.event_type();
    let holder = |data: Value| ViewChange::PutPassportOfHolder {
        certificate,
        position,
        kind,
        data,
    };
    match event {
        CertificateEvent::Issued(e) => issued(row, e, kind),
        CertificateEvent::Reissued(e) => vec![
            ViewChange::Reissue {
                certificate,
                credential: e.credential,
                issue: e.issue,
                issued_on: e.issued_on,
                reason: e.reason.clone(),
                key_id: e.key_id.clone(),
                position,
            },
            holder(json!({"issue": e.issue, "issued_on": e.issued_on})),
        ],
        CertificateEvent::Suspended(e) => vec![
            state(
                row,
                CertificateState::Suspended,
                e.on,
                &e.ground,
                Some(&e.basis),
                None,
            ),
            holder(json!({"ground": e.ground, "basis": e.basis, "on": e.on})),
        ],
        CertificateEvent::Reinstated(e) => vec![
            state(row, CertificateState::Active, e.on, &e.ground, None, None),
            holder(json!({"ground": e.ground, "on": e.on})),
        ],
        CertificateEvent::Superseded(e) => vec![
            state(
                row,
                CertificateState::Superseded,
                e.on,
                &e.ground,
                None,
                Some(&e.by),
            ),
            holder(json!({"ground": e.ground, "on": e.on, "by": e.by})),
        ],
        CertificateEvent::Revoked(e) => withdrawn(row, End::Revoked, kind, &e.0),
        CertificateEvent::Forfeited(e) => withdrawn(row, End::Forfeited, kind, &e.0),
        CertificateEvent::Cancelled(e) => ended(row, End::Cancelled, kind, &e.0),
        CertificateEvent::Voided(e) => ended(row, End::Voided, kind, &e.0),
        CertificateEvent::Proposal(e) => proposals::changes(row, e),
    }
}

fn issued(row: &Row, e: &CertificateIssued, kind: &'static str) -> Vec<ViewChange> {
    let position = row.position;
    vec![
        ViewChange::PutCertificate(CertificateRow {
            number: e.number.clone(),
            certificate: CertificateId(row.stream.id),
            body: e.award.body,
            session: e.award.session,
            worker: e.award.worker,
            attainment: e.award.attainment.clone(),
            route: e.award.route,
            standard: e.award.standard.clone(),
            region: e.award.region,
            assessed_on: e.award.assessed_on,
            issued_on: e.issued_on,
            issue: 1,
            state: CertificateState::Active,
            since: e.issued_on,
            ground: None,
            basis: None,
            successor: None,
            supersedes: e.supersedes.clone(),
            twin: e.twin.clone(),
            list: e.status.list,
            list_index: e.status.index,
            key_id: e.key_id.clone(),
            position,
            last_position: position,
        }),
        ViewChange::PutCredential(CredentialRow {
            credential: e.credential,
            number: e.number.clone(),
            issue: 1,
            issued_on: e.issued_on,
            reason: None,
            key_id: e.key_id.clone(),
            position,
        }),
        ViewChange::PutRegister {
            kind: REGISTER,
            key: e.number.as_str().to_owned(),
            owner: e.award.worker.to_string(),
            position,
            data: json!({
                "state": CertificateState::Active,
                "since": e.issued_on,
                "issue": 1,
                "key_id": e.key_id,
                "kind": e.award.attainment.kind(),
                "name": e.award.attainment.name(),
                "body": e.award.body,
                "session": e.award.session,
                "occupation": e.award.attainment.occupation(),
                "level": e.award.attainment.level(),
                "item": e.award.attainment.item(),
                "route": e.award.route,
                "issued_on": e.issued_on,
                "supersedes": e.supersedes,
                "twin": e.twin,
            }),
        },
        ViewChange::PutPassport(PassportEntry {
            worker: e.award.worker,
            position,
            kind: kind.to_owned(),
            data: json!({
                "number": e.number,
                "session": e.award.session,
                "body": e.award.body,
                "kind": e.award.attainment.kind(),
                "name": e.award.attainment.name(),
                "occupation": e.award.attainment.occupation(),
                "work_type": e.award.attainment.work_type(),
                "level": e.award.attainment.level(),
                "item": e.award.attainment.item(),
                "route": e.award.route,
                "issued_on": e.issued_on,
                "supersedes": e.supersedes,
                "twin": e.twin,
            }),
        }),
    ]
}

fn ended(row: &Row, end: End, kind: &'static str, e: &CertificateEnded) -> Vec<ViewChange> {
    vec![
        state(row, end.into(), e.on, &e.ground, Some(&e.basis), None),
        ViewChange::PutPassportOfHolder {
            certificate: CertificateId(row.stream.id),
            position: row.position,
            kind,
            data: json!({"ground": e.ground, "basis": e.basis, "on": e.on}),
        },
    ]
}

fn withdrawn(row: &Row, end: End, kind: &'static str, e: &CertificateWithdrawn) -> Vec<ViewChange> {
    vec![
        state(row, end.into(), e.on, &e.ground, Some(&e.basis), None),
        ViewChange::PutPassportOfHolder {
            certificate: CertificateId(row.stream.id),
            position: row.position,
            kind,
            data: json!({"ground": e.ground, "basis": e.basis, "on": e.on, "with": e.with}),
        },
    ]
}

fn state(
    row: &Row,
    state: CertificateState,
    since: Date,
    ground: &str,
    basis: Option<&str>,
    successor: Option<&CertificateNumber>,
) -> ViewChange {
    ViewChange::SetCertificateState {
        certificate: CertificateId(row.stream.id),
        position: row.position,
        state,
        since,
        ground: ground.to_owned(),
        basis: basis.map(str::to_owned),
        successor: successor.cloned(),
    }
}
