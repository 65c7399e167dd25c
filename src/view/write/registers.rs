//! What a change says in the registers: the state before ends where the next begins.

use super::held::{Held, Open};
use crate::domain::ids::CertificateId;
use crate::view::ViewError;
use crate::view::body::COMPROMISE;
use crate::view::certificate::REGISTER;
use crate::view::change::ViewChange;
use crate::view::published::{PublishedRow, REGISTER as PUBLISHED};
use crate::view::register::merge;
use serde_json::{Value, json};

/// Writes what a change says in the registers; answers whether it says anything else.
pub(super) async fn say(
    registers: &mut Held<'_, '_>,
    change: &ViewChange,
) -> Result<bool, ViewError> {
    match change {
        ViewChange::PutRegister {
            kind,
            key,
            owner,
            position,
            data,
        } => {
            let state = Open {
                from: *position,
                owner: owner.clone(),
                data: data.clone(),
            };
            put(registers, kind, key, state).await?;
            return Ok(false);
        }
        ViewChange::PatchRegister {
            kind,
            key,
            position,
            data,
        } => {
            patch(registers, kind, key, *position, data.clone()).await?;
            return Ok(false);
        }
        ViewChange::EndRegister {
            kind,
            key,
            position,
        } => {
            registers.close(kind, key, *position).await?;
            return Ok(false);
        }
        // What a change of a table that keeps only the newest says here, where what held before
        // is kept.
        ViewChange::Reissue {
            certificate,
            issue,
            key_id,
            position,
            ..
        } => {
            let data = json!({"issue": issue, "key_id": key_id});
            patch_certificate(registers, *certificate, *position, data).await?;
        }
        ViewChange::SetCertificateState {
            certificate,
            position,
            state,
            since,
            ground,
            basis,
            successor,
        } => {
            let data = json!({"state": state, "since": since, "ground": ground, "basis": basis,
                "successor": successor});
            patch_certificate(registers, *certificate, *position, data).await?;
        }
        ViewChange::CompromiseKey {
            body,
            key_id,
            from_position,
            ground,
            position,
        } => {
            let state = Open {
                from: *position,
                owner: body.map_or_else(String::new, |body| body.to_string()),
                data: json!({"from_position": from_position, "ground": ground}),
            };
            compromised(registers, key_id, *from_position, state).await?;
        }
        ViewChange::PutPublished(row) => published(registers, row).await?,
        ViewChange::CountResult {
            session,
            was,
            now,
            position,
        } => {
            let added = super::session::added(*was, *now);
            registers.count(*session, added, *position).await?;
        }
        _ => {}
    }
    Ok(true)
}

async fn put(
    registers: &mut Held<'_, '_>,
    kind: &'static str,
    key: &str,
    state: Open,
) -> Result<(), ViewError> {
    registers.close(kind, key, state.from).await?;
    registers.begin(kind, key, state).await
}

async fn patch(
    registers: &mut Held<'_, '_>,
    kind: &'static str,
    key: &str,
    position: u64,
    patch: Value,
) -> Result<(), ViewError> {
    let Some(mut state) = registers.open(kind, key).await? else {
        return Ok(());
    };
    let before = state.data.clone();
    merge(&mut state.data, patch);
    if state.data == before {
        return Ok(());
    }
    debug_assert!(state.from <= position, "events come in order");
    state.from = position;
    put(registers, kind, key, state).await
}

async fn patch_certificate(
    registers: &mut Held<'_, '_>,
    certificate: CertificateId,
    position: u64,
    data: Value,
) -> Result<(), ViewError> {
    if let Some(number) = registers.number_of(certificate).await? {
        patch(registers, REGISTER, &number, position, data).await?;
    }
    Ok(())
}

/// Of two declarations the wider one holds: a later one that voids less changes nothing.
async fn compromised(
    registers: &mut Held<'_, '_>,
    key_id: &str,
    from_position: u64,
    state: Open,
) -> Result<(), ViewError> {
    if let Some(open) = registers.open(COMPROMISE, key_id).await?
        && open.data["from_position"].as_u64() <= Some(from_position)
    {
        return Ok(());
    }
    put(registers, COMPROMISE, key_id, state).await
}

/// Which document was the newest of its kind between two positions; its bytes stand in the event.
async fn published(registers: &mut Held<'_, '_>, row: &PublishedRow) -> Result<(), ViewError> {
    let owner = row.owner.to_string();
    let key = published_key(row);
    let data = json!({
        "kind": row.kind,
        "list": row.list,
        "as_of_position": row.as_of_position,
        "digest": row.digest,
    });
    let from = row.position;
    put(registers, PUBLISHED, &key, Open { from, owner, data }).await
}

fn published_key(row: &PublishedRow) -> String {
    format!("{}/{}/{}", row.owner, row.kind.name(), row.list)
}

/// The thing whose state a change changes, where the change itself says which.
pub(super) fn thing_of(change: &ViewChange) -> Option<(&'static str, String)> {
    match change {
        ViewChange::PutRegister { kind, key, .. }
        | ViewChange::PatchRegister { kind, key, .. }
        | ViewChange::EndRegister { kind, key, .. } => Some((kind, key.clone())),
        ViewChange::CompromiseKey { key_id, .. } => Some((COMPROMISE, key_id.clone())),
        ViewChange::PutPublished(row) => Some((PUBLISHED, published_key(row))),
        ViewChange::CountResult { session, .. } => {
            Some((crate::view::session::COUNTS, session.to_string()))
        }
        _ => None,
    }
}

/// The certificate whose state a change changes; its number is the thing.
pub(super) fn certificate_of(change: &ViewChange) -> Option<CertificateId> {
    match change {
        ViewChange::Reissue { certificate, .. }
        | ViewChange::SetCertificateState { certificate, .. } => Some(*certificate),
        _ => None,
    }
}
