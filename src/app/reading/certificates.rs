//! Certificates (证书), without the person.

use super::{limit, next};
use crate::app::operation::operation;
use crate::app::query::Query;
use crate::app::{Actor, AppError, Ledger, clock};
use crate::domain::ids::{SessionId, SubjectId, WorkerId};
use crate::domain::number::CertificateNumber;
use crate::store::{EventStore, JournalEntry};
use crate::view::AsOf;
use crate::view::certificate::CertificateRow;
use serde_json::{Value, json};

operation! {
    /// 证书情况 | A certificate and its signed documents, without the person.
    pub struct ShowCertificate = "certificate.show" {
        /// 证书编号 | Its number.
        number: CertificateNumber,
        /// 截至位置 | As of this position; now if not given.
        at: Option<u64>,
    }
}

operation! {
    /// 证书清单 | The certificates of a session by number, or of a worker, oldest first.
    pub struct ListCertificates = "certificate.list" {
        /// 批次 | The session.
        session: Option<SessionId>,
        /// 劳动者编号 | Or the worker.
        worker: Option<WorkerId>,
        /// 上一页末号 | The `next` of the page before.
        after: Option<String>,
        /// 条数 | Most rows of the page; 100 if not given, at most 1,000.
        limit: Option<u32>,
        /// 截至位置 | As of this position; now if not given.
        at: Option<u64>,
    }
}

impl Ledger {
    /// A certificate as the views have it, as of a position or now.
    pub async fn show_certificate(
        &self,
        number: &CertificateNumber,
        at: Option<u64>,
    ) -> Result<AsOf<CertificateRow>, AppError> {
        let views = self.views.as_of(at);
        let AsOf { position, value } = views.certificate_by_number(number).await?;
        let value = value.ok_or(AppError::NotFound {
            what: "certificate",
        })?;
        Ok(AsOf { position, value })
    }
}

impl Query for ShowCertificate {
    async fn answer(&self, ledger: &Ledger, actor: &Actor) -> Result<Value, AppError> {
        actor.need_reader()?;
        let found = ledger.show_certificate(&self.number, self.at).await?;
        // At the position just answered of: a writer beside us changes nothing of it.
        let then = ledger.views.as_of(Some(found.position));
        let documents = then.credentials_of(&self.number).await?.value;
        Ok(json!({
            "as_of_position": found.position,
            "certificate": found.value,
            "documents": documents,
        }))
    }
}

impl ListCertificates {
    fn bad<T>(what: &'static str, rule: &'static str) -> Result<T, AppError> {
        Err(AppError::BadInput { what, rule })
    }

    async fn of_session(&self, ledger: &Ledger, session: SessionId) -> Result<Value, AppError> {
        let after: Option<CertificateNumber> = match &self.after {
            None => None,
            Some(text) => match text.parse() {
                Ok(number) => Some(number),
                Err(_) => return Self::bad("after", "field-unreadable"),
            },
        };
        let limit = limit(self.limit);
        let views = ledger.views.as_of(self.at);
        let page = views
            .certificates_of_session(session, after.as_ref(), limit)
            .await?;
        Ok(json!({
            "as_of_position": page.position,
            "next": next(&page.value, limit, |row| row.number.to_string()),
            "certificates": page.value,
        }))
    }

    async fn of_worker(
        &self,
        ledger: &Ledger,
        actor: &Actor,
        worker: WorkerId,
    ) -> Result<Value, AppError> {
        let after = match &self.after {
            None => 0,
            Some(text) => match text.parse() {
                Ok(position) => position,
                Err(_) => return Self::bad("after", "field-unreadable"),
            },
        };
        let journal = JournalEntry {
            at: clock::now(),
            actor: Some(actor.account),
            kind: "certificates",
            subject: Some(SubjectId::from(worker)),
            position: None,
        };
        ledger.store.journal(vec![journal]).await?;
        let limit = limit(self.limit);
        let views = ledger.views.as_of(self.at);
        let page = views.certificates_of_worker(worker, after, limit).await?;
        Ok(json!({
            "as_of_position": page.position,
            "next": next(&page.value, limit, |row| row.position.to_string()),
            "certificates": page.value,
        }))
    }
}

impl Query for ListCertificates {
    async fn answer(&self, ledger: &Ledger, actor: &Actor) -> Result<Value, AppError> {
        actor.need_reader()?;
        match (self.session, self.worker) {
            (Some(session), None) => self.of_session(ledger, session).await,
            (None, Some(worker)) => self.of_worker(ledger, actor, worker).await,
            _ => Self::bad("session", "session-or-worker"),
        }
    }
}
