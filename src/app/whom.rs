//! Whom an operation is about: a worker of this ledger by pseudonym, or a person by name and
//! document, enrolled if the ledger does not know him.

use super::desk::Desk;
use super::document::read_document;
use super::error::AppError;
use super::people::Person;
use crate::domain::ids::WorkerId;
use crate::domain::worker::decider::WorkerDecider;
use crate::vault::Contact;

/// A worker by pseudonym, or a person.
pub struct Whom<'a> {
    /// The worker, if known.
    pub worker: Option<WorkerId>,
    /// 姓名
    pub name: Option<&'a String>,
    /// 证件类型; 居民身份证 if not given.
    pub document_type: Option<&'a String>,
    /// 证件号码
    pub document_number: Option<&'a String>,
}

impl Desk<'_> {
    /// The worker meant, with his stream on the desk.
    pub async fn whom(&mut self, whom: Whom<'_>) -> Result<WorkerId, AppError> {
        let needed = |what| AppError::BadInput {
            what,
            rule: "needed",
        };
        if let Some(worker) = whom.worker {
            self.existing::<WorkerDecider>(worker, "worker").await?;
            return Ok(worker);
        }
        let name = whom.name.ok_or(needed("name"))?;
        let number = whom.document_number.ok_or(needed("document_number"))?;
        let kind = whom.document_type.map_or("居民身份证", String::as_str);
        let document = read_document(kind, number)?;
        let person = Person {
            name,
            document: &document,
            sex: document.sex(),
            birth: document.birth(),
            contact: Contact::default(),
        };
        self.worker(&person).await
    }
}
