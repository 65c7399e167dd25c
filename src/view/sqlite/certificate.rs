//! Queries about certificates, their documents, and the entries of a status list.

use super::field::{Reading, engine, integer};
use super::{SqliteViews, page};
use crate::domain::digest::Digest;
use crate::domain::ids::{BodyId, CertificateId, SessionId, WorkerId};
use crate::domain::number::CertificateNumber;
use crate::view::certificate::{CertificateRow, CertificateState, CredentialRow, StatusEntryRow};
use crate::view::{AsOf, ViewError};
use sqlx::sqlite::SqliteRow;

impl SqliteViews {
    /// The certificate of a number. Decisions go through the reservation instead.
    pub async fn certificate_by_number(
        &self,
        number: &CertificateNumber,
    ) -> Result<AsOf<Option<CertificateRow>>, ViewError> {
        let query = sqlx::query("SELECT * FROM view_certificate WHERE number = $1")
            .bind(number.as_str().to_owned());
        self.one(query, certificate_row).await
    }

    /// A certificate by its internal id.
    pub async fn certificate(
        &self,
        certificate: CertificateId,
    ) -> Result<AsOf<Option<CertificateRow>>, ViewError> {
        let query = sqlx::query("SELECT * FROM view_certificate WHERE certificate = $1")
            .bind(certificate.0.as_bytes().to_vec());
        self.one(query, certificate_row).await
    }

    /// A page of a session's certificates by number, after `after`.
    pub async fn certificates_of_session(
        &self,
        session: SessionId,
        after: Option<&CertificateNumber>,
        limit: u32,
    ) -> Result<AsOf<Vec<CertificateRow>>, ViewError> {
        let query = sqlx::query(
            "SELECT * FROM view_certificate WHERE session = $1 AND number > $2
             ORDER BY number LIMIT $3",
        )
        .bind(session.0.as_bytes().to_vec())
        .bind(after.map_or_else(String::new, |number| number.as_str().to_owned()))
        .bind(page(limit));
        self.all(query, certificate_row).await
    }

    /// A page of a worker's certificates, oldest first, after the one issued at `after`.
    pub async fn certificates_of_worker(
        &self,
        worker: WorkerId,
        after: u64,
        limit: u32,
    ) -> Result<AsOf<Vec<CertificateRow>>, ViewError> {
        let query = sqlx::query(
            "SELECT * FROM view_certificate WHERE worker = $1 AND position > $2
             ORDER BY position LIMIT $3",
        )
        .bind(worker.0.as_bytes().to_vec())
        .bind(integer(after))
        .bind(page(limit));
        self.all(query, certificate_row).await
    }

    /// A signed document by the SHA-256 of its canonical unsigned form: which certificate's it
    /// is, and the position whose inclusion proof it needs.
    pub async fn credential(
        &self,
        credential: &Digest,
    ) -> Result<AsOf<Option<CredentialRow>>, ViewError> {
        let query = sqlx::query("SELECT * FROM view_credential WHERE credential = $1")
            .bind(credential.0.to_vec());
        self.one(query, credential_row).await
    }

    /// Every signed document of a certificate, first issue first.
    pub async fn credentials_of(
        &self,
        number: &CertificateNumber,
    ) -> Result<AsOf<Vec<CredentialRow>>, ViewError> {
        let (mut read, position) = self.at().await?;
        let rows =
            sqlx::query("SELECT * FROM view_credential WHERE number = $1 ORDER BY issue LIMIT $2")
                .bind(number.as_str().to_owned())
                .bind(page(u32::MAX))
                .fetch_all(&mut *read)
                .await
                .map_err(engine)?;
        let value = rows.iter().map(credential_row).collect::<Result<_, _>>()?;
        Ok(AsOf { position, value })
    }

    /// A page of what a status list says: by index, from `from_index` on; only what is ended,
    /// suspended or issued again.
    pub async fn status_entries(
        &self,
        body: BodyId,
        list: u32,
        from_index: u32,
        limit: u32,
    ) -> Result<AsOf<Vec<StatusEntryRow>>, ViewError> {
        let query = sqlx::query(
            "SELECT * FROM view_certificate
             WHERE body = $1 AND list = $2 AND list_index >= $3
               AND (state <> 'active' OR issue > 1)
             ORDER BY list_index LIMIT $4",
        )
        .bind(body.0.as_bytes().to_vec())
        .bind(i64::from(list))
        .bind(i64::from(from_index))
        .bind(page(limit));
        self.all(query, status_entry).await
    }

    /// Every entry of a status list, all at one position: a list has at most 131,072.
    pub async fn status_list(
        &self,
        body: BodyId,
        list: u32,
    ) -> Result<AsOf<Vec<StatusEntryRow>>, ViewError> {
        let query = sqlx::query(
            "SELECT * FROM view_certificate
             WHERE body = $1 AND list = $2 AND (state <> 'active' OR issue > 1)
             ORDER BY list_index",
        )
        .bind(body.0.as_bytes().to_vec())
        .bind(i64::from(list));
        self.all(query, status_entry).await
    }
}

fn certificate_row(row: &SqliteRow) -> Result<CertificateRow, ViewError> {
    let row = Reading::new("view_certificate", "number", row);
    Ok(CertificateRow {
        number: row.word("number")?,
        certificate: CertificateId(row.uuid("certificate")?),
        body: BodyId(row.uuid("body")?),
        session: SessionId(row.uuid("session")?),
        worker: WorkerId(row.uuid("worker")?),
        attainment: row.json("attainment")?,
        route: row.word("route")?,
        standard: row.json("standard")?,
        region: row.word("region")?,
        assessed_on: row.word("assessed_on")?,
        issued_on: row.word("issued_on")?,
        issue: row.number("issue")?,
        state: row.word("state")?,
        since: row.word("since")?,
        ground: row.text_or_null("ground")?,
        basis: row.text_or_null("basis")?,
        successor: row.word_or_null("successor")?,
        supersedes: row.word_or_null("supersedes")?,
        twin: row.word_or_null("twin")?,
        list: row.number("list")?,
        list_index: row.number("list_index")?,
        key_id: row.text("key_id")?,
        position: row.number("position")?,
        last_position: row.number("last_position")?,
    })
}

fn credential_row(row: &SqliteRow) -> Result<CredentialRow, ViewError> {
    let row = Reading::new("view_credential", "number", row);
    Ok(CredentialRow {
        credential: row.digest("credential")?,
        number: row.word("number")?,
        issue: row.number("issue")?,
        issued_on: row.word("issued_on")?,
        reason: row.text_or_null("reason")?,
        key_id: row.text("key_id")?,
        position: row.number("position")?,
    })
}

fn status_entry(row: &SqliteRow) -> Result<StatusEntryRow, ViewError> {
    let row = Reading::new("view_certificate", "number", row);
    let state: CertificateState = row.word("state")?;
    Ok(StatusEntryRow {
        index: row.number("list_index")?,
        number: row.word("number")?,
        state,
        revoked: state.is_ended(),
        suspended: state == CertificateState::Suspended,
        ground: row.text_or_null("ground")?,
        basis: row.text_or_null("basis")?,
        on: row.word("since")?,
        successor: row.word_or_null("successor")?,
        issue: row.number("issue")?,
        position: row.number("last_position")?,
    })
}
