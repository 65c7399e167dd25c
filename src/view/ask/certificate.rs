//! Queries about certificates, their documents, and the entries of a status list.

use crate::credential::CredentialRef;
use crate::domain::ids::{BodyId, CertificateId, SessionId, WorkerId};
use crate::domain::number::CertificateNumber;
use crate::view::certificate::{CertificateRow, CertificateState, CredentialRow, StatusEntryRow};
use crate::view::field::{Reading, Stored};
use crate::view::sql::{Sql, both, values};
use crate::view::views::{Views, page};
use crate::view::{AsOf, ViewError};

impl Views {
    /// The certificate of a number. Decisions go through the reservation instead.
    pub async fn certificate_by_number(
        &self,
        number: &CertificateNumber,
    ) -> Result<AsOf<Option<CertificateRow>>, ViewError> {
        let sql = both!(certificate::BY_NUMBER);
        self.one(sql, values![number.as_str()], certificate_row)
            .await
    }

    /// A certificate by its internal id.
    pub async fn certificate(
        &self,
        certificate: CertificateId,
    ) -> Result<AsOf<Option<CertificateRow>>, ViewError> {
        let sql = both!(certificate::BY_ID);
        self.one(sql, values![certificate.0], certificate_row).await
    }

    /// A page of a session's certificates by number, after `after`.
    pub async fn certificates_of_session(
        &self,
        session: SessionId,
        after: Option<&CertificateNumber>,
        limit: u32,
    ) -> Result<AsOf<Vec<CertificateRow>>, ViewError> {
        let after = after.map_or("", |number| number.as_str());
        let values = values![session.0, after, page(limit)];
        self.all(both!(certificate::OF_SESSION), values, certificate_row)
            .await
    }

    /// A page of a worker's certificates, oldest first, after the one issued at `after`.
    pub async fn certificates_of_worker(
        &self,
        worker: WorkerId,
        after: u64,
        limit: u32,
    ) -> Result<AsOf<Vec<CertificateRow>>, ViewError> {
        let values = values![worker.0, after, page(limit)];
        self.all(both!(certificate::OF_WORKER), values, certificate_row)
            .await
    }

    /// A signed document by the SHA-256 of its canonical unsigned form: which certificate's it
    /// is, and the position whose inclusion proof it needs.
    pub async fn credential(
        &self,
        credential: CredentialRef,
    ) -> Result<AsOf<Option<CredentialRow>>, ViewError> {
        let sql = Sql::plain(
            "SELECT * FROM view_credential
             WHERE position <= $1 AND credential BETWEEN $2 AND $3 LIMIT 1",
        );
        let (first, last) = credential.range();
        self.one(sql, values![first, last], credential_row).await
    }

    /// Every signed document of a certificate, first issue first.
    pub async fn credentials_of(
        &self,
        number: &CertificateNumber,
    ) -> Result<AsOf<Vec<CredentialRow>>, ViewError> {
        let sql = Sql::plain(
            "SELECT * FROM view_credential WHERE position <= $1 AND number = $2
             ORDER BY issue LIMIT $3",
        );
        let values = values![number.as_str(), page(u32::MAX)];
        self.all(sql, values, credential_row).await
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
        let values = values![body.0, list, from_index, page(limit)];
        self.all(self.status_sql(), values, status_entry).await
    }

    /// Every entry of a status list, all at one position: a list has at most 131,072.
    pub async fn status_list(
        &self,
        body: BodyId,
        list: u32,
    ) -> Result<AsOf<Vec<StatusEntryRow>>, ViewError> {
        let values = values![body.0, list, 0u32, i64::MAX];
        self.all(self.status_sql(), values, status_entry).await
    }

    fn status_sql(&self) -> Sql {
        match self.asked {
            None => both!(certificate::STATUS_NOW),
            Some(_) => both!(certificate::STATUS_THEN),
        }
    }
}

fn certificate_row(row: &dyn Stored) -> Result<CertificateRow, ViewError> {
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

fn credential_row(row: &dyn Stored) -> Result<CredentialRow, ViewError> {
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

fn status_entry(row: &dyn Stored) -> Result<StatusEntryRow, ViewError> {
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
