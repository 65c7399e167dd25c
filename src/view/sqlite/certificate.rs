//! Queries about certificates, their documents, and the entries of a status list.

use super::field::{Reading, integer};
use super::{SqliteViews, page};
use crate::domain::digest::Digest;
use crate::domain::ids::{BodyId, CertificateId, SessionId, WorkerId};
use crate::domain::number::CertificateNumber;
use crate::view::certificate::{CertificateRow, CertificateState, CredentialRow, StatusEntryRow};
use crate::view::{AsOf, ViewError};
use sqlx::sqlite::SqliteRow;

/// Certificates as of position `$1`, and what is asked of them. What never changes stands in the
/// certificate's row; what it was worth at a position, in the register. The order of the join is
/// said (`CROSS JOIN`), or the engine begins with every state of every certificate.
macro_rules! certificates {
    ($which:literal) => {
        certificates!("*", $which)
    };
    ($what:literal, $which:literal) => {
        concat!(
            "WITH known AS (
                 SELECT c.number, c.certificate, c.body, c.session, c.worker, c.attainment,
                     c.route, c.standard, c.region, c.assessed_on, c.issued_on, c.supersedes,
                     c.twin, c.list, c.list_index, c.position,
                     json_extract(r.data, '$.issue') AS issue,
                     json_extract(r.data, '$.state') AS state,
                     json_extract(r.data, '$.since') AS since,
                     json_extract(r.data, '$.ground') AS ground,
                     json_extract(r.data, '$.basis') AS basis,
                     json_extract(r.data, '$.successor') AS successor,
                     json_extract(r.data, '$.key_id') AS key_id,
                     r.from_position AS last_position
                 FROM view_certificate c
                 CROSS JOIN view_register r ON r.kind = 'certificate' AND r.key = c.number
                     AND r.from_position <= $1
                     AND (r.to_position IS NULL OR r.to_position > $1)
             )
             SELECT ",
            $what,
            " FROM known WHERE ",
            $which
        )
    };
}
pub(super) use certificates;

impl SqliteViews {
    /// The certificate of a number. Decisions go through the reservation instead.
    pub async fn certificate_by_number(
        &self,
        number: &CertificateNumber,
    ) -> Result<AsOf<Option<CertificateRow>>, ViewError> {
        let number = number.as_str().to_owned();
        let sql = certificates!("number = $2");
        self.one(sql, |query| query.bind(number), certificate_row)
            .await
    }

    /// A certificate by its internal id.
    pub async fn certificate(
        &self,
        certificate: CertificateId,
    ) -> Result<AsOf<Option<CertificateRow>>, ViewError> {
        let id = certificate.0.as_bytes().to_vec();
        let sql = certificates!("certificate = $2");
        self.one(sql, |query| query.bind(id), certificate_row).await
    }

    /// A page of a session's certificates by number, after `after`.
    pub async fn certificates_of_session(
        &self,
        session: SessionId,
        after: Option<&CertificateNumber>,
        limit: u32,
    ) -> Result<AsOf<Vec<CertificateRow>>, ViewError> {
        let session = session.0.as_bytes().to_vec();
        let after = after.map_or_else(String::new, |number| number.as_str().to_owned());
        let sql = certificates!("session = $2 AND number > $3 ORDER BY number LIMIT $4");
        let values = |query: super::Asked<'static>| query.bind(session).bind(after);
        self.all(
            sql,
            |query| values(query).bind(page(limit)),
            certificate_row,
        )
        .await
    }

    /// A page of a worker's certificates, oldest first, after the one issued at `after`.
    pub async fn certificates_of_worker(
        &self,
        worker: WorkerId,
        after: u64,
        limit: u32,
    ) -> Result<AsOf<Vec<CertificateRow>>, ViewError> {
        let worker = worker.0.as_bytes().to_vec();
        let sql = certificates!("worker = $2 AND position > $3 ORDER BY position LIMIT $4");
        let values = |query: super::Asked<'static>| query.bind(worker).bind(integer(after));
        self.all(
            sql,
            |query| values(query).bind(page(limit)),
            certificate_row,
        )
        .await
    }

    /// A signed document by the SHA-256 of its canonical unsigned form: which certificate's it
    /// is, and the position whose inclusion proof it needs.
    pub async fn credential(
        &self,
        credential: &Digest,
    ) -> Result<AsOf<Option<CredentialRow>>, ViewError> {
        let digest = credential.0.to_vec();
        let sql = "SELECT * FROM view_credential WHERE position <= $1 AND credential = $2";
        self.one(sql, |query| query.bind(digest), credential_row)
            .await
    }

    /// Every signed document of a certificate, first issue first.
    pub async fn credentials_of(
        &self,
        number: &CertificateNumber,
    ) -> Result<AsOf<Vec<CredentialRow>>, ViewError> {
        let number = number.as_str().to_owned();
        let sql = "SELECT * FROM view_credential WHERE position <= $1 AND number = $2
                   ORDER BY issue LIMIT $3";
        let values = |query: super::Asked<'static>| query.bind(number).bind(page(u32::MAX));
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
        let body = body.0.as_bytes().to_vec();
        let sql = match self.asked {
            None => STATUS_NOW,
            Some(_) => STATUS_THEN,
        };
        self.all(
            sql,
            |query| {
                query
                    .bind(body)
                    .bind(i64::from(list))
                    .bind(i64::from(from_index))
                    .bind(page(limit))
            },
            status_entry,
        )
        .await
    }

    /// Every entry of a status list, all at one position: a list has at most 131,072.
    pub async fn status_list(
        &self,
        body: BodyId,
        list: u32,
    ) -> Result<AsOf<Vec<StatusEntryRow>>, ViewError> {
        let body = body.0.as_bytes().to_vec();
        let sql = match self.asked {
            None => STATUS_NOW,
            Some(_) => STATUS_THEN,
        };
        self.all(
            sql,
            |query| query.bind(body).bind(i64::from(list)).bind(0).bind(-1),
            status_entry,
        )
        .await
    }
}

/// A status list now, from the rows: an index holds just what such a list speaks of.
const STATUS_NOW: &str = "SELECT * FROM view_certificate
     WHERE position <= $1 AND body = $2 AND list = $3 AND list_index >= $4
       AND (state <> 'active' OR issue > 1)
     ORDER BY list_index LIMIT $5";

/// The same as of a past position.
const STATUS_THEN: &str = certificates!(
    "body = $2 AND list = $3 AND list_index >= $4
       AND (state <> 'active' OR issue > 1)
     ORDER BY list_index LIMIT $5"
);

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
