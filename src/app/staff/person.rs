//! Members of staff as persons: found by card, by document or by pseudonym; enrolled once. A person
//! who is a worker too has one subject and one set of sealed rows.

use crate::app::desk::Desk;
use crate::app::document::read_document;
use crate::app::error::AppError;
use crate::app::people::{self, Person};
use crate::app::seal::{sealed_digest, subject_digest};
use crate::app::{Ledger, chance};
use crate::domain::ids::{SubjectId, WorkerId};
use crate::domain::person_name::normal_name;
use crate::domain::staff::command::StaffCommand;
use crate::domain::staff::decider::StaffDecider;
use crate::domain::staff::event::StaffEnrolled;
use crate::domain::staff::state::StaffState;
use crate::domain::worker::decider::WorkerDecider;
use crate::store::EventStore;
use crate::vault::{Contact, DataKey, Identity};

/// A member of staff by pseudonym, by card, or a person by name and document.
pub(super) struct StaffMeant<'a> {
    pub staff: Option<SubjectId>,
    pub number: Option<&'a String>,
    pub name: Option<&'a String>,
    pub document_type: Option<&'a String>,
    pub document_number: Option<&'a String>,
}

impl Desk<'_> {
    /// The member of staff meant; a person by name and document is enrolled if need be.
    pub(super) async fn staff_meant(
        &mut self,
        meant: StaffMeant<'_>,
    ) -> Result<SubjectId, AppError> {
        let needed = |what| AppError::BadInput {
            what,
            rule: "needed",
        };
        if let Some(staff) = meant.staff {
            self.existing::<StaffDecider>(staff, "staff").await?;
            return Ok(staff);
        }
        if let Some(number) = meant.number {
            return self.ledger().staff_by_card(number).await;
        }
        let name = meant.name.ok_or(needed("name"))?;
        let number = meant.document_number.ok_or(needed("document_number"))?;
        let kind = meant.document_type.map_or("居民身份证", String::as_str);
        let document = read_document(kind, number)?;
        self.enrol_staff(&Person {
            name,
            document: &document,
            sex: document.sex(),
            birth: document.birth(),
            contact: Contact::default(),
        })
        .await
    }

    async fn enrol_staff(&mut self, person: &Person<'_>) -> Result<SubjectId, AppError> {
        people::check_name(person.name)?;
        let ledger = self.ledger();
        let vault = ledger.vault()?;
        let document = person.document.key();
        let index = vault.blind_index(&document);
        if let Some(subject) = self.draft().subject_of(&index) {
            return Ok(subject);
        }
        if let Some(subject) = ledger.store.subject_by_index(&index).await? {
            self.enrol_known(subject, person).await?;
            return Ok(subject);
        }
        let subject = SubjectId(self.fresh_id());
        let mut rng = chance::rng();
        let (new, key) = vault.new_subject(subject, Some(&document), &mut rng)?;
        let identity = Identity {
            name: normal_name(person.name),
            document: person.document.clone(),
            sex: person.sex,
            birth: person.birth,
        };
        let row = key.seal(&identity, 1, &mut rng)?;
        let sealed = vec![subject_digest(&new), sealed_digest(&row)];
        let enrol = StaffCommand::Enrol(StaffEnrolled { sealed });
        self.decide::<StaffDecider>(subject, &enrol).await?;
        self.draft().subject(new);
        self.draft().seal(row);
        Ok(subject)
    }

    /// Somebody the vault knows, as worker or as staff. Another name under his document is another
    /// person, or a mistake.
    async fn enrol_known(
        &mut self,
        subject: SubjectId,
        person: &Person<'_>,
    ) -> Result<(), AppError> {
        let Some(known) = people::identities(self.ledger(), &[subject])
            .await?
            .remove(&subject)
        else {
            return Err(AppError::NotFound { what: "staff" });
        };
        if known.identity.name != normal_name(person.name) {
            return Err(AppError::BadInput {
                what: "name",
                rule: "known-by-another-name",
            });
        }
        if *self.state::<StaffDecider>(subject).await? != StaffState::Absent {
            return Ok(());
        }
        // What is sealed anew here must not be sealed anew by the worker's stream meanwhile.
        self.state::<WorkerDecider>(WorkerId(subject.0)).await?;
        let row = known
            .key
            .seal(&known.identity, known.version + 1, &mut chance::rng())?;
        let sealed = vec![sealed_digest(&row)];
        let enrol = StaffCommand::Enrol(StaffEnrolled { sealed });
        self.decide::<StaffDecider>(subject, &enrol).await?;
        self.draft().seal(row);
        Ok(())
    }

    /// The data key of a person, new on this desk or known.
    pub(super) async fn key_of(&mut self, subject: SubjectId) -> Result<DataKey, AppError> {
        let ledger = self.ledger();
        let fresh = self
            .draft()
            .subjects
            .iter()
            .find(|it| it.subject == subject);
        if let Some(fresh) = fresh {
            return Ok(ledger.vault()?.data_key(subject, &fresh.wrapped_key)?);
        }
        people::keys_of(ledger, &[subject])
            .await?
            .remove(&subject)
            .ok_or(AppError::NotFound { what: "staff" })
    }
}

impl Ledger {
    /// A member of staff by card number or, failing that, by the number of his 居民身份证.
    pub(in crate::app) async fn staff_named(&self, number: &str) -> Result<SubjectId, AppError> {
        match self.staff_by_card(number).await {
            Err(AppError::NotFound { .. }) => {}
            found => return found,
        }
        let missing = AppError::NotFound { what: "staff" };
        let Ok(document) = read_document("居民身份证", number) else {
            return Err(missing);
        };
        let index = self.vault()?.blind_index(&document.key());
        self.store.subject_by_index(&index).await?.ok_or(missing)
    }
}
