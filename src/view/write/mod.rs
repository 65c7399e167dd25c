//! Changes carried out, each with a few statements.

mod body;
mod certificate;
mod person;
mod register;
mod session;

use super::connection::Connection;
use super::field::Reading;
use super::sql::{Bound, Sql, both, values};
use crate::domain::ids::{BodyId, CertificateId};
use crate::view::ViewError;
use crate::view::body::COMPROMISE;
use crate::view::certificate::REGISTER;
use crate::view::change::ViewChange;
use crate::view::published::{PublishedRow, REGISTER as PUBLISHED};
use serde_json::{Value, json};

/// A statement with its values, not yet run.
struct Statement {
    sql: Sql,
    values: Vec<Bound>,
}

/// A statement that both engines read the same.
fn plain(text: &'static str, values: Vec<Bound>) -> Statement {
    Statement {
        sql: Sql::plain(text),
        values,
    }
}

/// Applies changes in their order, inside the caller's transaction.
pub(crate) async fn apply(
    connection: &mut Connection<'_>,
    changes: Vec<ViewChange>,
) -> Result<(), ViewError> {
    for change in changes {
        let Some(change) = registers(connection, change).await? else {
            continue;
        };
        beside(connection, &change).await?;
        for statement in statements(change)? {
            connection.run(statement.sql, statement.values).await?;
        }
    }
    Ok(())
}

/// Carries out a change of a register; any other is handed back.
async fn registers(
    connection: &mut Connection<'_>,
    change: ViewChange,
) -> Result<Option<ViewChange>, ViewError> {
    match change {
        ViewChange::PutRegister {
            kind,
            key,
            owner,
            position,
            data,
        } => register::put(connection, kind, &key, owner, position, &data).await?,
        ViewChange::PatchRegister {
            kind,
            key,
            position,
            data,
        } => register::patch(connection, kind, &key, position, data).await?,
        ViewChange::EndRegister {
            kind,
            key,
            position,
        } => register::end(connection, kind, &key, position).await?,
        other => return Ok(Some(other)),
    }
    Ok(None)
}

/// What a change of a table that keeps only the newest says in the register, which keeps what
/// held before.
async fn beside(connection: &mut Connection<'_>, change: &ViewChange) -> Result<(), ViewError> {
    match change {
        ViewChange::Reissue {
            certificate,
            issue,
            key_id,
            position,
            ..
        } => {
            let data = json!({"issue": issue, "key_id": key_id});
            patch_certificate(connection, *certificate, *position, data).await
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
            patch_certificate(connection, *certificate, *position, data).await
        }
        ViewChange::CompromiseKey {
            body,
            key_id,
            from_position,
            ground,
            position,
        } => compromised(connection, *body, key_id, *from_position, ground, *position).await,
        ViewChange::PutPublished(row) => published(connection, row).await,
        _ => Ok(()),
    }
}

async fn patch_certificate(
    connection: &mut Connection<'_>,
    certificate: CertificateId,
    position: u64,
    data: Value,
) -> Result<(), ViewError> {
    let sql = Sql::plain("SELECT number FROM view_certificate WHERE certificate = $1");
    let number = connection.one(sql, values![certificate.0], |row| {
        Reading::new("view_certificate", "number", row).text("number")
    });
    let number: Option<String> = number.await?;
    if let Some(number) = number {
        register::patch(connection, REGISTER, &number, position, data).await?;
    }
    Ok(())
}

/// Of two declarations the wider one holds: a later one that voids less changes nothing.
async fn compromised(
    connection: &mut Connection<'_>,
    body: BodyId,
    key_id: &str,
    from_position: u64,
    ground: &str,
    position: u64,
) -> Result<(), ViewError> {
    let values = values![COMPROMISE, key_id, from_position];
    let wider = connection.one(both!(write::WIDER), values, |_| Ok(()));
    let wider = wider.await?;
    if wider.is_some() {
        return Ok(());
    }
    let data = json!({"from_position": from_position, "ground": ground});
    let owner = body.to_string();
    register::put(connection, COMPROMISE, key_id, owner, position, &data).await
}

/// Which document was the newest of its kind between two positions; its bytes stand in the event.
async fn published(connection: &mut Connection<'_>, row: &PublishedRow) -> Result<(), ViewError> {
    let owner = row.owner.to_string();
    let key = format!("{owner}/{}/{}", row.kind.name(), row.list);
    let data = json!({
        "kind": row.kind,
        "list": row.list,
        "as_of_position": row.as_of_position,
        "digest": row.digest,
    });
    register::put(connection, PUBLISHED, &key, owner, row.position, &data).await
}

/// The statements of a change of a table, in their order.
fn statements(change: ViewChange) -> Result<Vec<Statement>, ViewError> {
    Ok(match change {
        ViewChange::PutAuthority(row) => vec![body::put_authority(row)],
        ViewChange::PutBody(row) => vec![
            body::put_standing(ViewChange::first_standing(&row))?,
            body::put_body(row)?,
        ],
        ViewChange::SetStanding(row) => vec![
            body::end_standing(&row),
            body::set_standing(&row)?,
            body::put_standing(row)?,
        ],
        ViewChange::PutScope(row) => vec![body::put_scope(row)?],
        ViewChange::EndScope {
            grant,
            position,
            on,
            reason,
        } => vec![body::end_scope(grant, position, on, reason)],
        ViewChange::PutRunOff(row) => vec![body::put_run_off(row)?],
        ViewChange::EndRunOff {
            body,
            session,
            position,
            on,
        } => vec![body::end_run_off(body, session, position, on)],
        ViewChange::PutKey(row) => vec![body::put_key(row)?],
        ViewChange::RetireKey {
            body,
            key_id,
            position,
            on,
        } => vec![body::retire_key(body, key_id, position, on)],
        ViewChange::CompromiseKey {
            body,
            key_id,
            from_position,
            ground,
            ..
        } => vec![body::compromise_key(body, key_id, from_position, ground)],
        ViewChange::PutSession(row) => vec![session::put_session(row)?],
        ViewChange::CountResult {
            session,
            was,
            now,
            position,
        } => session::count_result(session, was, now, position).into(),
        ViewChange::MoveSession {
            session,
            position,
            to,
        } => vec![session::move_session(session, position, to)?],
        ViewChange::PutCertificate(row) => vec![certificate::put_certificate(row)?],
        change @ ViewChange::SetCertificateState { .. } => vec![certificate::set_state(change)?],
        ViewChange::PutCredential(row) => vec![certificate::put_credential(row)],
        ViewChange::Reissue {
            certificate,
            issue,
            ref key_id,
            position,
            ..
        } => {
            let newest = certificate::set_issue(certificate, issue, key_id.clone(), position);
            vec![certificate::put_reissue(&change)?, newest]
        }
        ViewChange::PutPassport(row) => vec![person::put_passport(row)?],
        ViewChange::PutPassportOfHolder {
            certificate,
            position,
            kind,
            data,
        } => {
            vec![person::put_passport_of_holder(
                certificate,
                position,
                kind,
                &data,
            )?]
        }
        ViewChange::PutProposal(row) => vec![person::put_proposal(row)?],
        change @ ViewChange::DecideProposal { .. } => vec![person::decide_proposal(change)?],
        ViewChange::PutPublished(row) => vec![person::put_published(row)],
        // Carried out by `registers`, before.
        ViewChange::PutRegister { .. }
        | ViewChange::PatchRegister { .. }
        | ViewChange::EndRegister { .. } => return Err(ViewError::Unwritable("register")),
    })
}
