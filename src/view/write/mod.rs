//! Changes carried out, each with a few statements.

mod body;
mod certificate;
pub(super) mod held;
mod person;
mod registers;
mod rows;
pub(super) mod session;

pub(crate) use rows::apply;

use super::sql::{Bound, Sql};
use super::{ViewChange, ViewError};

/// A statement with its values, not yet run.
enum Statement {
    /// A row of a table, named with its columns.
    Insert {
        into: &'static str,
        values: Vec<Bound>,
    },
    /// Anything else.
    Other { sql: Sql, values: Vec<Bound> },
}

/// A new row of a table, named with its columns.
fn insert(into: &'static str, values: Vec<Bound>) -> Statement {
    Statement::Insert { into, values }
}

/// A statement that both engines read the same.
fn plain(text: &'static str, values: Vec<Bound>) -> Statement {
    let sql = Sql::plain(text);
    Statement::Other { sql, values }
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
        } => vec![session::count_result(session, was, now, position)],
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
        // Said in the registers, before.
        ViewChange::PutRegister { .. }
        | ViewChange::PatchRegister { .. }
        | ViewChange::EndRegister { .. } => return Err(ViewError::Unwritable("register")),
    })
}
