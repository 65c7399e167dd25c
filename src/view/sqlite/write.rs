//! Each change carried out with one statement.

use super::field::{engine, integer, json, word, word_or_null};
use super::register;
use crate::domain::score::Verdict;
use crate::view::change::{SessionMove, ViewChange};
use crate::view::{ViewError, body, certificate, proposal, published, session};
use sqlx::SqliteConnection;
use sqlx::sqlite::{SqliteArguments, SqliteQueryResult};

type Statement = sqlx::query::Query<'static, sqlx::Sqlite, SqliteArguments>;

async fn run(
    connection: &mut SqliteConnection,
    statement: Statement,
) -> Result<SqliteQueryResult, ViewError> {
    statement.execute(connection).await.map_err(engine)
}

/// Applies changes in their order, inside the caller's transaction.
pub(crate) async fn apply(
    connection: &mut SqliteConnection,
    changes: Vec<ViewChange>,
) -> Result<(), ViewError> {
    for change in changes {
        let change = match registers(connection, change).await? {
            Some(change) => change,
            None => continue,
        };
        if let ViewChange::PutBody(body) = &change {
            let first = ViewChange::first_standing(body);
            run(connection, put_standing(first)?).await?;
        }
        if let ViewChange::SetStanding(standing) = change {
            run(connection, end_standing(&standing)).await?;
            run(connection, set_standing(&standing)?).await?;
            run(connection, put_standing(standing)?).await?;
            continue;
        }
        if let ViewChange::Reissue { .. } = &change {
            run(connection, put_reissue(&change)?).await?;
        }
        run(connection, statement(change)?).await?;
    }
    Ok(())
}

/// Carries out a change of a register; any other is handed back.
async fn registers(
    connection: &mut SqliteConnection,
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
        ViewChange::PatchCertificate {
            certificate,
            position,
            data,
        } => {
            let number: Option<String> =
                sqlx::query_scalar("SELECT number FROM view_certificate WHERE certificate = $1")
                    .bind(certificate.0.as_bytes().to_vec())
                    .fetch_optional(&mut *connection)
                    .await
                    .map_err(engine)?;
            if let Some(number) = number {
                let kind = certificate::REGISTER;
                register::patch(connection, kind, &number, position, data).await?;
            }
        }
        ViewChange::EndRegister {
            kind,
            key,
            position,
        } => register::end(connection, kind, &key, position).await?,
        other => return Ok(Some(other)),
    }
    Ok(None)
}

fn statement(change: ViewChange) -> Result<Statement, ViewError> {
    Ok(match change {
        ViewChange::PutAuthority(row) => sqlx::query(
            "INSERT INTO view_authority
                 (one, ledger, jurisdiction, host, name_zh, name_en, region, position)
             VALUES (1, $1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(row.ledger.0.as_bytes().to_vec())
        .bind(row.jurisdiction)
        .bind(row.host)
        .bind(row.name.zh)
        .bind(row.name.en)
        .bind(row.region.to_string())
        .bind(integer(row.position)),
        ViewChange::PutBody(row) => put_body(row)?,
        ViewChange::SetStanding(row) => set_standing(&row)?,
        ViewChange::PutScope(row) => put_scope(row)?,
        ViewChange::EndScope {
            grant,
            position,
            on,
            reason,
        } => sqlx::query(
            "UPDATE view_scope SET to_position = $2, ended_on = $3, end_reason = $4
             WHERE grant_id = $1 AND to_position IS NULL",
        )
        .bind(grant.0.as_bytes().to_vec())
        .bind(integer(position))
        .bind(on.to_string())
        .bind(reason),
        ViewChange::PutRunOff(row) => sqlx::query(
            "INSERT INTO view_run_off
                 (body, session, from_position, to_position, valid_until, reason, ended_on)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(row.body.0.as_bytes().to_vec())
        .bind(row.session.0.as_bytes().to_vec())
        .bind(integer(row.from_position))
        .bind(row.to_position.map(integer))
        .bind(row.valid_until.to_string())
        .bind(row.reason)
        .bind(word_or_null("date", &row.ended_on)?),
        ViewChange::EndRunOff {
            body,
            session,
            position,
            on,
        } => sqlx::query(
            "UPDATE view_run_off SET to_position = $3, ended_on = $4
             WHERE body = $1 AND session = $2 AND to_position IS NULL",
        )
        .bind(body.0.as_bytes().to_vec())
        .bind(session.0.as_bytes().to_vec())
        .bind(integer(position))
        .bind(on.to_string()),
        ViewChange::PutKey(row) => put_key(row)?,
        ViewChange::RetireKey {
            body,
            key_id,
            position,
            on,
        } => sqlx::query(
            "UPDATE view_key SET to_position = $3, retired_on = $4
             WHERE body IS $1 AND key_id = $2 AND to_position IS NULL",
        )
        .bind(body.map(|body| body.0.as_bytes().to_vec()))
        .bind(key_id)
        .bind(integer(position))
        .bind(on.to_string()),
        // Of two declarations the wider one holds: the earliest position.
        ViewChange::CompromiseKey {
            body,
            key_id,
            from_position,
            ground,
        } => sqlx::query(
            "UPDATE view_key SET compromised_from_position = $3, compromise_ground = $4
             WHERE body = $1 AND key_id = $2
               AND (compromised_from_position IS NULL OR compromised_from_position > $3)",
        )
        .bind(body.0.as_bytes().to_vec())
        .bind(key_id)
        .bind(integer(from_position))
        .bind(ground),
        ViewChange::PutSession(row) => put_session(row)?,
        ViewChange::CountResult {
            session,
            verdict,
            position,
        } => sqlx::query(
            "UPDATE view_session SET entered = entered + 1, passed = passed + $2,
                 failed = failed + $3, absent = absent + $4, last_position = $5
             WHERE session = $1",
        )
        .bind(session.0.as_bytes().to_vec())
        .bind(i64::from(verdict == Verdict::Passed))
        .bind(i64::from(verdict == Verdict::Failed))
        .bind(i64::from(verdict == Verdict::Absent))
        .bind(integer(position)),
        ViewChange::UncountResult {
            session,
            verdict,
            position,
        } => sqlx::query(
            "UPDATE view_session SET entered = entered - 1, passed = passed - $2,
                 failed = failed - $3, absent = absent - $4, last_position = $5
             WHERE session = $1",
        )
        .bind(session.0.as_bytes().to_vec())
        .bind(i64::from(verdict == Verdict::Passed))
        .bind(i64::from(verdict == Verdict::Failed))
        .bind(i64::from(verdict == Verdict::Absent))
        .bind(integer(position)),
        ViewChange::MoveSession {
            session,
            position,
            to,
        } => move_session(session, position, to)?,
        ViewChange::PutCertificate(row) => put_certificate(row)?,
        ViewChange::SetCertificateState {
            certificate,
            position,
            state,
            since,
            ground,
            basis,
            successor,
        } => sqlx::query(
            "UPDATE view_certificate SET state = $2, since = $3, ground = $4, basis = $5,
                 successor = $6, last_position = $7
             WHERE certificate = $1",
        )
        .bind(certificate.0.as_bytes().to_vec())
        .bind(state.name())
        .bind(since.to_string())
        .bind(ground)
        .bind(basis)
        .bind(successor.map(String::from))
        .bind(integer(position)),
        ViewChange::PutCredential(row) => put_credential(row),
        ViewChange::Reissue {
            certificate,
            issue,
            key_id,
            position,
            ..
        } => sqlx::query(
            "UPDATE view_certificate SET issue = $2, key_id = $3, last_position = $4
             WHERE certificate = $1",
        )
        .bind(certificate.0.as_bytes().to_vec())
        .bind(i64::from(issue))
        .bind(key_id)
        .bind(integer(position)),
        ViewChange::PutPassport(row) => sqlx::query(
            "INSERT INTO view_passport (worker, position, kind, data) VALUES ($1, $2, $3, $4)",
        )
        .bind(row.worker.0.as_bytes().to_vec())
        .bind(integer(row.position))
        .bind(row.kind)
        .bind(json("passport entry", &row.data)?),
        ViewChange::PutPassportOfHolder {
            certificate,
            position,
            kind,
            data,
        } => sqlx::query(
            "INSERT INTO view_passport (worker, position, kind, data)
             SELECT worker, $2, $3, json_set($4, '$.number', number)
             FROM view_certificate WHERE certificate = $1",
        )
        .bind(certificate.0.as_bytes().to_vec())
        .bind(integer(position))
        .bind(kind)
        .bind(json("passport entry", &data)?),
        ViewChange::PutProposal(row) => put_proposal(row)?,
        ViewChange::DecideProposal {
            proposal,
            state,
            by,
            reason,
            position,
        } => sqlx::query(
            "UPDATE view_proposal SET state = $2, decided_by = $3, reason = $4,
                 decided_position = $5
             WHERE proposal = $1",
        )
        .bind(proposal.0.as_bytes().to_vec())
        .bind(word("proposal state", &state)?)
        .bind(by.0.as_bytes().to_vec())
        .bind(reason)
        .bind(integer(position)),
        // Carried out by `registers`, before.
        ViewChange::PutRegister { .. }
        | ViewChange::PatchRegister { .. }
        | ViewChange::PatchCertificate { .. }
        | ViewChange::EndRegister { .. } => return Err(ViewError::Unwritable("register")),
        ViewChange::PutPublished(row) => put_published(row),
    })
}

fn put_body(row: body::BodyRow) -> Result<Statement, ViewError> {
    Ok(sqlx::query(
        "INSERT INTO view_body (body, credit_code, name_zh, name_en, kind, region, public_id,
             standing, since, position)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(row.body.0.as_bytes().to_vec())
    .bind(row.credit_code.to_string())
    .bind(row.name.zh)
    .bind(row.name.en)
    .bind(word("kind of body", &row.kind)?)
    .bind(row.region.to_string())
    .bind(row.public_id.as_bytes().to_vec())
    .bind(word("standing", &row.standing)?)
    .bind(integer(row.since))
    .bind(integer(row.position)))
}

fn end_standing(row: &body::StandingRow) -> Statement {
    sqlx::query("UPDATE view_standing SET to_position = $2 WHERE body = $1 AND to_position IS NULL")
        .bind(row.body.0.as_bytes().to_vec())
        .bind(integer(row.from_position))
}

fn set_standing(row: &body::StandingRow) -> Result<Statement, ViewError> {
    Ok(
        sqlx::query("UPDATE view_body SET standing = $2, since = $3 WHERE body = $1")
            .bind(row.body.0.as_bytes().to_vec())
            .bind(word("standing", &row.standing)?)
            .bind(integer(row.from_position)),
    )
}

fn put_standing(row: body::StandingRow) -> Result<Statement, ViewError> {
    Ok(sqlx::query(
        "INSERT INTO view_standing
             (body, from_position, to_position, standing, since, ground, basis)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(row.body.0.as_bytes().to_vec())
    .bind(integer(row.from_position))
    .bind(row.to_position.map(integer))
    .bind(word("standing", &row.standing)?)
    .bind(word_or_null("date", &row.since)?)
    .bind(row.ground)
    .bind(row.basis))
}

fn put_scope(row: body::ScopeRow) -> Result<Statement, ViewError> {
    Ok(sqlx::query(
        "INSERT INTO view_scope (grant_id, body, occupations, work_types, levels, items, regions,
             valid_from, valid_to, basis, from_position, to_position, ended_on, end_reason)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(row.grant.0.as_bytes().to_vec())
    .bind(row.body.0.as_bytes().to_vec())
    .bind(json("occupations", &row.occupations)?)
    .bind(json("work_types", &row.work_types)?)
    .bind(json("levels", &row.levels)?)
    .bind(json("items", &row.items)?)
    .bind(json("regions", &row.regions)?)
    .bind(row.valid_from.to_string())
    .bind(row.valid_to.to_string())
    .bind(row.basis)
    .bind(integer(row.from_position))
    .bind(row.to_position.map(integer))
    .bind(word_or_null("date", &row.ended_on)?)
    .bind(row.end_reason))
}

fn put_key(row: body::KeyRow) -> Result<Statement, ViewError> {
    Ok(sqlx::query(
        "INSERT INTO view_key (from_position, key_id, body, purpose, public_key, to_position,
             retired_on, compromised_from_position, compromise_ground)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(integer(row.from_position))
    .bind(row.key_id)
    .bind(row.body.map(|body| body.0.as_bytes().to_vec()))
    .bind(row.purpose)
    .bind(row.public_key)
    .bind(row.to_position.map(integer))
    .bind(word_or_null("date", &row.retired_on)?)
    .bind(row.compromised_from_position.map(integer))
    .bind(row.compromise_ground))
}

fn put_session(row: session::SessionRow) -> Result<Statement, ViewError> {
    Ok(sqlx::query(
        "INSERT INTO view_session (session, body, code, route, process, occupation, assessed,
             dual, standard, assessed_on, region, site, state, entered, passed, failed, absent,
             notice_from, closes_on, closed_on, issued_on, certificates, position, last_position)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
             $18, $19, $20, $21, $22, $23, $24)",
    )
    .bind(row.session.0.as_bytes().to_vec())
    .bind(row.body.0.as_bytes().to_vec())
    .bind(row.code)
    .bind(word("route", &row.route)?)
    .bind(word("process", &row.process)?)
    .bind(row.assessed.occupation().map(|it| it.to_string()))
    .bind(json("assessed", &row.assessed)?)
    .bind(i64::from(row.dual))
    .bind(json("standard", &row.standard)?)
    .bind(row.assessed_on.to_string())
    .bind(row.region.to_string())
    .bind(row.site)
    .bind(word("session state", &row.state)?)
    .bind(i64::from(row.entered))
    .bind(i64::from(row.passed))
    .bind(i64::from(row.failed))
    .bind(i64::from(row.absent))
    .bind(word_or_null("date", &row.notice_from)?)
    .bind(word_or_null("date", &row.closes_on)?)
    .bind(word_or_null("date", &row.closed_on)?)
    .bind(word_or_null("date", &row.issued_on)?)
    .bind(i64::from(row.certificates))
    .bind(integer(row.position))
    .bind(integer(row.last_position)))
}

/// A session's new standing.
fn stands(session: Vec<u8>, position: i64, state: &'static str) -> Statement {
    sqlx::query("UPDATE view_session SET state = $3, last_position = $2 WHERE session = $1")
        .bind(session)
        .bind(position)
        .bind(state)
}

fn move_session(
    session: crate::domain::ids::SessionId,
    position: u64,
    to: SessionMove,
) -> Result<Statement, ViewError> {
    let session = session.0.as_bytes().to_vec();
    let position = integer(position);
    Ok(match to {
        SessionMove::Confirmed => sqlx::query(
            "UPDATE view_session SET state = 'confirmed', last_position = $2 WHERE session = $1",
        )
        .bind(session)
        .bind(position),
        SessionMove::Reopened => stands(session, position, "open"),
        SessionMove::Submitted => stands(session, position, "submitted"),
        SessionMove::Returned => stands(session, position, "returned"),
        SessionMove::Audited => stands(session, position, "audited"),
        SessionMove::Notice { from, closes_on } => sqlx::query(
            "UPDATE view_session SET state = 'notice', last_position = $2, notice_from = $3,
                 closes_on = $4
             WHERE session = $1",
        )
        .bind(session)
        .bind(position)
        .bind(from.to_string())
        .bind(closes_on.to_string()),
        SessionMove::Closed { on } => sqlx::query(
            "UPDATE view_session SET state = 'closed', last_position = $2, closed_on = $3
             WHERE session = $1",
        )
        .bind(session)
        .bind(position)
        .bind(on.to_string()),
        SessionMove::Issued { on, count } => sqlx::query(
            "UPDATE view_session SET state = 'issued', last_position = $2, issued_on = $3,
                 certificates = $4
             WHERE session = $1",
        )
        .bind(session)
        .bind(position)
        .bind(on.to_string())
        .bind(i64::from(count)),
    })
}

fn put_certificate(row: certificate::CertificateRow) -> Result<Statement, ViewError> {
    Ok(sqlx::query(
        "INSERT INTO view_certificate (number, certificate, body, session, worker, kind,
             occupation, level, item, attainment, route, standard, region, assessed_on,
             issued_on, issue, state, since, ground, basis, successor, supersedes, twin, list,
             list_index, key_id, position, last_position)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
             $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28)",
    )
    .bind(String::from(row.number))
    .bind(row.certificate.0.as_bytes().to_vec())
    .bind(row.body.0.as_bytes().to_vec())
    .bind(row.session.0.as_bytes().to_vec())
    .bind(row.worker.0.as_bytes().to_vec())
    .bind(row.attainment.kind().name())
    .bind(row.attainment.occupation().map(|it| it.to_string()))
    .bind(word_or_null("level", &row.attainment.level())?)
    .bind(row.attainment.item().map(|it| it.to_string()))
    .bind(json("attainment", &row.attainment)?)
    .bind(row.route.name())
    .bind(json("standard", &row.standard)?)
    .bind(row.region.to_string())
    .bind(row.assessed_on.to_string())
    .bind(row.issued_on.to_string())
    .bind(i64::from(row.issue))
    .bind(row.state.name())
    .bind(row.since.to_string())
    .bind(row.ground)
    .bind(row.basis)
    .bind(row.successor.map(String::from))
    .bind(row.supersedes.map(String::from))
    .bind(row.twin.map(String::from))
    .bind(i64::from(row.list))
    .bind(i64::from(row.list_index))
    .bind(row.key_id)
    .bind(integer(row.position))
    .bind(integer(row.last_position)))
}

fn put_credential(row: certificate::CredentialRow) -> Statement {
    sqlx::query(
        "INSERT INTO view_credential
             (credential, number, issue, issued_on, reason, key_id, position)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(row.credential.0.to_vec())
    .bind(String::from(row.number))
    .bind(i64::from(row.issue))
    .bind(row.issued_on.to_string())
    .bind(row.reason)
    .bind(row.key_id)
    .bind(integer(row.position))
}

/// The document of a reissue; its number is the certificate's.
fn put_reissue(change: &ViewChange) -> Result<Statement, ViewError> {
    let ViewChange::Reissue {
        certificate,
        credential,
        issue,
        issued_on,
        reason,
        key_id,
        position,
    } = change
    else {
        return Err(ViewError::Unwritable("reissue"));
    };
    Ok(sqlx::query(
        "INSERT INTO view_credential
             (credential, number, issue, issued_on, reason, key_id, position)
         SELECT $2, number, $3, $4, $5, $6, $7 FROM view_certificate WHERE certificate = $1",
    )
    .bind(certificate.0.as_bytes().to_vec())
    .bind(credential.0.to_vec())
    .bind(i64::from(*issue))
    .bind(issued_on.to_string())
    .bind(reason.clone())
    .bind(key_id.clone())
    .bind(integer(*position)))
}

fn put_proposal(row: proposal::ProposalRow) -> Result<Statement, ViewError> {
    Ok(sqlx::query(
        "INSERT INTO view_proposal (proposal, stream, act, digest, state, made_by, expires_at,
             decided_by, reason, position, decided_position)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(row.proposal.0.as_bytes().to_vec())
    .bind(row.stream.to_string())
    .bind(json("act", &row.act)?)
    .bind(row.digest.0.to_vec())
    .bind(word("proposal state", &row.state)?)
    .bind(row.made_by.0.as_bytes().to_vec())
    .bind(row.expires_at.0)
    .bind(row.decided_by.map(|by| by.0.as_bytes().to_vec()))
    .bind(row.reason)
    .bind(integer(row.position))
    .bind(row.decided_position.map(integer)))
}

fn put_published(row: published::PublishedRow) -> Statement {
    sqlx::query(
        "INSERT INTO view_published
             (kind, owner, list, position, as_of_position, digest, document)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (kind, owner, list) DO UPDATE SET position = excluded.position,
             as_of_position = excluded.as_of_position, digest = excluded.digest,
             document = excluded.document",
    )
    .bind(row.kind.name())
    .bind(row.owner.to_string())
    .bind(i64::from(row.list))
    .bind(integer(row.position))
    .bind(integer(row.as_of_position))
    .bind(row.digest.0.to_vec())
    .bind(row.document)
}
