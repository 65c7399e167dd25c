//! Workers as persons: enrolled once, known again, opened only for what needs the person.

use super::chance;
use super::draft::{Draft, Loaded};
use super::error::AppError;
use super::ledger::Ledger;
use super::seal::{sealed_digest, subject_digest};
use crate::codec::batch::SealedRow;
use crate::domain::certificate::rejection::CertificateRejection;
use crate::domain::identity::{IdentityDocument, Sex};
use crate::domain::ids::{ProposalId, StreamId, SubjectId, WorkerId};
use crate::domain::person_name::{is_name, normal_name};
use crate::domain::region::RegionCode;
use crate::domain::staff::decider::StaffDecider;
use crate::domain::wording::check_text;
use crate::domain::worker::command::WorkerCommand;
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::event::{WorkerDetailsSealed, WorkerEnrolled};
use crate::sheet::results::Candidate;
use crate::store::EventStore;
use crate::vault::{Contact, Content, DataKey, Identity};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Most bytes of a name.
const NAME_BYTES_MAX: usize = 200;

/// Refuses what a certificate could not show as a name. The name itself is never repeated.
pub(super) fn check_name(name: &str) -> Result<(), AppError> {
    if name.len() <= NAME_BYTES_MAX && is_name(&normal_name(name)) {
        return Ok(());
    }
    Err(AppError::BadInput {
        what: "name",
        rule: "person-name",
    })
}

/// A person as a sheet or a form describes him.
#[derive(Clone)]
pub struct Person<'a> {
    /// 姓名, as supplied.
    pub name: &'a str,
    /// 证件
    pub document: &'a IdentityDocument,
    /// 性别
    pub sex: Option<Sex>,
    /// 出生日期
    pub birth: Option<Date>,
    /// How he is reached.
    pub contact: Contact,
}

impl<'a> From<&'a Candidate> for Person<'a> {
    fn from(candidate: &'a Candidate) -> Self {
        Self {
            name: &candidate.name,
            document: &candidate.document,
            sex: candidate.sex,
            birth: candidate.birth,
            contact: Contact {
                phone: candidate.phone.as_deref().cloned(),
                employer: candidate.employer.as_deref().cloned(),
                education: candidate.education.clone(),
            },
        }
    }
}

/// A person opened from the vault, with the key that seals more of him.
pub struct Opened {
    /// Who he is.
    pub identity: Identity,
    /// His data key.
    pub key: DataKey,
    /// Version of the identity row.
    pub version: u32,
}

/// The workers these people are: those the vault knows by their document, and the others
/// enrolled by the draft. Newer contact data of known people is sealed too.
pub(super) async fn enrol(
    ledger: &Ledger,
    people: &[Person<'_>],
    draft: &mut Draft,
) -> Result<Vec<WorkerId>, AppError> {
    let vault = ledger.vault()?;
    let indexes: Vec<_> = people
        .iter()
        .map(|person| vault.blind_index(&person.document.key()))
        .collect();
    let known: BTreeMap<_, _> = ledger
        .store
        .subjects_by_index(&indexes)
        .await?
        .into_iter()
        .collect();
    let returning: Vec<SubjectId> = known.values().copied().collect();
    let contacts = rows_of(ledger, &returning, Contact::FIELD).await?;
    let keys = keys_of(ledger, &returning).await?;
    let streams: Vec<StreamId> = returning.iter().map(|s| WorkerId(s.0).into()).collect();
    let mut loaded = ledger.load_all::<WorkerDecider>(&streams).await?;
    enrol_staff_as_workers(ledger, &mut loaded, draft).await?;

    let mut workers = Vec::with_capacity(people.len());
    for (person, index) in people.iter().zip(indexes) {
        if let Some(subject) = known.get(&index) {
            let worker = WorkerId(subject.0);
            let key = keys.get(subject).ok_or_else(|| no_key(*subject))?;
            let held = contacts.get(subject);
            let version = held.map_or(0, |row| row.version);
            let before: Option<Contact> = held.map(|row| key.open(row)).transpose()?;
            let empty = person.contact == Contact::default();
            if !empty && before.as_ref() != Some(&person.contact) {
                let row = key.seal(&person.contact, version + 1, &mut chance::rng())?;
                if let Some(stream) = loaded.get_mut(&StreamId::from(worker)) {
                    seal_details(stream, row, draft)?;
                }
            }
            workers.push(worker);
            continue;
        }
        workers.push(enrol_new(ledger, person, draft)?);
    }
    Ok(workers)
}

/// Somebody the vault knows as a member of staff only becomes a worker too, under the same
/// pseudonym: what names him is sealed anew for the worker's stream.
async fn enrol_staff_as_workers(
    ledger: &Ledger,
    loaded: &mut BTreeMap<StreamId, Loaded<WorkerDecider>>,
    draft: &mut Draft,
) -> Result<(), AppError> {
    let absent: Vec<SubjectId> = loaded
        .values()
        .filter(|worker| worker.version == 0)
        .map(|worker| SubjectId(worker.stream.id))
        .collect();
    if absent.is_empty() {
        return Ok(());
    }
    // Sealed on a stream that has not moved since it was read.
    let as_staff: Vec<StreamId> = absent.iter().map(|it| StreamId::from(*it)).collect();
    for staff in ledger.load_all::<StaffDecider>(&as_staff).await?.values() {
        draft.guard(staff);
    }
    for (subject, known) in identities(ledger, &absent).await? {
        let Some(worker) = loaded.get_mut(&WorkerId(subject.0).into()) else {
            continue;
        };
        let row = known
            .key
            .seal(&known.identity, known.version + 1, &mut chance::rng())?;
        let sealed = vec![sealed_digest(&row)];
        let events = worker.decide(&WorkerCommand::Enrol(WorkerEnrolled { sealed }))?;
        draft.write(worker, events);
        draft.seal(row);
    }
    Ok(())
}

/// [`enrol`] of one person; another name under a known document is refused.
pub(super) async fn enrol_one(
    ledger: &Ledger,
    person: &Person<'_>,
    draft: &mut Draft,
) -> Result<WorkerId, AppError> {
    let worker = enrol(ledger, std::slice::from_ref(person), draft)
        .await?
        .pop()
        .ok_or(AppError::NotFound { what: "worker" })?;
    let subject = SubjectId::from(worker);
    let known = identities(ledger, &[subject]).await?;
    let differs = known
        .get(&subject)
        .is_some_and(|known| known.identity.name != normal_name(person.name));
    if differs {
        return Err(AppError::BadInput {
            what: "name",
            rule: "known-by-another-name",
        });
    }
    Ok(worker)
}

fn enrol_new(
    ledger: &Ledger,
    person: &Person<'_>,
    draft: &mut Draft,
) -> Result<WorkerId, AppError> {
    let worker = WorkerId(chance::internal_id());
    let mut rng = chance::rng();
    let document_key = person.document.key();
    let (subject, key) =
        ledger
            .vault()?
            .new_subject(worker.into(), Some(&document_key), &mut rng)?;
    let identity = Identity {
        name: normal_name(person.name),
        document: person.document.clone(),
        sex: person.sex,
        birth: person.birth,
    };
    let mut rows = vec![key.seal(&identity, 1, &mut rng)?];
    if person.contact != Contact::default() {
        rows.push(key.seal(&person.contact, 1, &mut rng)?);
    }
    let mut stream = Loaded::<WorkerDecider>::new_stream(worker);
    let mut sealed = vec![subject_digest(&subject)];
    sealed.extend(rows.iter().map(sealed_digest));
    let events = stream.decide(&WorkerCommand::Enrol(WorkerEnrolled { sealed }))?;
    draft.write(&stream, events);
    draft.subject(subject);
    rows.into_iter().for_each(|row| draft.seal(row));
    Ok(worker)
}

fn seal_details(
    worker: &mut Loaded<WorkerDecider>,
    row: SealedRow,
    draft: &mut Draft,
) -> Result<(), AppError> {
    let sealed = vec![sealed_digest(&row)];
    let events = worker.decide(&WorkerCommand::SealDetails(WorkerDetailsSealed { sealed }))?;
    draft.write(worker, events);
    draft.seal(row);
    Ok(())
}

/// The rows whose document belongs to somebody the ledger knows by another name.
pub(super) async fn known_by_another_name(
    ledger: &Ledger,
    candidates: &[Candidate],
) -> Result<Vec<u32>, AppError> {
    let known = known(ledger, candidates).await?;
    let subjects: Vec<SubjectId> = known.iter().flatten().map(|w| SubjectId(w.0)).collect();
    let people = identities(ledger, &subjects).await?;
    let differs = |(candidate, worker): &(&Candidate, &Option<WorkerId>)| {
        let person = worker.and_then(|worker| people.get(&SubjectId(worker.0)));
        person.is_some_and(|person| person.identity.name != normal_name(&candidate.name))
    };
    Ok(candidates
        .iter()
        .zip(&known)
        .filter(differs)
        .map(|(c, _)| c.row)
        .collect())
}

/// Whom the ledger knows by the documents of these candidates, in their order.
pub(super) async fn known(
    ledger: &Ledger,
    candidates: &[Candidate],
) -> Result<Vec<Option<WorkerId>>, AppError> {
    let vault = ledger.vault()?;
    let indexes: Vec<_> = candidates
        .iter()
        .map(|candidate| vault.blind_index(&candidate.document.key()))
        .collect();
    let found = ledger.store.subjects_by_index(&indexes).await?;
    let found: BTreeMap<_, _> = found.into_iter().collect();
    let worker = |index| found.get(index).map(|subject| WorkerId(subject.0));
    Ok(indexes.iter().map(worker).collect())
}

/// The persons behind these pseudonyms. Those erased are left out.
pub(super) async fn identities(
    ledger: &Ledger,
    subjects: &[SubjectId],
) -> Result<BTreeMap<SubjectId, Opened>, AppError> {
    let rows = rows_of(ledger, subjects, Identity::FIELD).await?;
    let mut opened = BTreeMap::new();
    for (subject, key) in keys_of(ledger, subjects).await? {
        if let Some(row) = rows.get(&subject) {
            let identity = key.open(row)?;
            opened.insert(
                subject,
                Opened {
                    identity,
                    key,
                    version: row.version,
                },
            );
        }
    }
    Ok(opened)
}

pub(super) async fn keys_of(
    ledger: &Ledger,
    subjects: &[SubjectId],
) -> Result<BTreeMap<SubjectId, DataKey>, AppError> {
    let vault = ledger.vault()?;
    let wrapped = ledger.store.wrapped_keys(subjects).await?;
    wrapped
        .into_iter()
        .map(|(subject, wrapped)| Ok((subject, vault.data_key(subject, &wrapped)?)))
        .collect()
}

async fn rows_of(
    ledger: &Ledger,
    subjects: &[SubjectId],
    field: &str,
) -> Result<BTreeMap<SubjectId, SealedRow>, AppError> {
    let rows = ledger.store.sealed_field(subjects, field).await?;
    Ok(rows.into_iter().map(|row| (row.subject, row)).collect())
}

fn no_key(subject: SubjectId) -> AppError {
    AppError::Inconsistent(format!("person {subject} has no key in the vault"))
}

/// What a correction (更正) changes on a certificate. A name is personal data: it waits for its
/// approval in the vault, never in an event.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The right name (姓名).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The right work type (工种).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work_type: Option<String>,
    /// The right day of assessment (评定日期).
    #[zeroize(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessed_on: Option<Date>,
    /// The right region.
    #[zeroize(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<RegionCode>,
}

impl Correction {
    /// Refuses what a certificate could not say: a name that is none, a text that is too long or
    /// holds a person's number.
    pub fn check(&self) -> Result<(), AppError> {
        if let Some(name) = &self.name {
            check_name(name)?;
        }
        if let Some(work_type) = &self.work_type {
            check_text("work-type", work_type).map_err(CertificateRejection::from)?;
        }
        Ok(())
    }

    /// The names of the fields it changes.
    pub fn fields(&self) -> Vec<String> {
        let named = [
            ("name", self.name.is_some()),
            ("work-type", self.work_type.is_some()),
            ("assessed-on", self.assessed_on.is_some()),
            ("region", self.region.is_some()),
        ];
        named
            .into_iter()
            .filter(|(_, is)| *is)
            .map(|(name, _)| name.to_owned())
            .collect()
    }
}

/// The field in which a correction waits for its approval.
fn correction_field(proposal: ProposalId) -> String {
    format!("correction:{proposal}")
}

/// Seals a correction until it is approved.
pub(super) async fn keep_correction(
    ledger: &Ledger,
    worker: WorkerId,
    proposal: ProposalId,
    correction: &Correction,
    draft: &mut Draft,
) -> Result<(), AppError> {
    let subject = SubjectId::from(worker);
    let key = keys_of(ledger, &[subject])
        .await?
        .remove(&subject)
        .ok_or_else(|| no_key(subject))?;
    let bytes = Zeroizing::new(serde_json::to_vec(correction).map_err(AppError::unwritable)?);
    let row = key.seal_bytes(&correction_field(proposal), 1, &bytes, &mut chance::rng())?;
    let mut stream = ledger
        .load_existing::<WorkerDecider>(worker, "worker")
        .await?;
    seal_details(&mut stream, row, draft)
}

/// Opens a correction that waits for its approval.
pub(super) async fn kept_correction(
    ledger: &Ledger,
    worker: WorkerId,
    proposal: ProposalId,
) -> Result<Correction, AppError> {
    let subject = SubjectId::from(worker);
    let key = keys_of(ledger, &[subject])
        .await?
        .remove(&subject)
        .ok_or_else(|| no_key(subject))?;
    let row = ledger
        .store
        .sealed_row(subject, &correction_field(proposal))
        .await?
        .ok_or(AppError::NotFound { what: "proposal" })?;
    let bytes = key.open_bytes(&row)?;
    serde_json::from_slice(&bytes).map_err(AppError::unwritable)
}

/// A person with an approved correction applied.
pub(super) struct Corrected {
    pub person: Opened,
    pub correction: Correction,
}

/// Opens the correction of a proposal and, where it changes the name, seals the person anew.
pub(super) async fn corrected(
    ledger: &Ledger,
    worker: WorkerId,
    proposal: ProposalId,
    draft: &mut Draft,
) -> Result<Corrected, AppError> {
    let subject = SubjectId::from(worker);
    let mut person = identities(ledger, &[subject])
        .await?
        .remove(&subject)
        .ok_or_else(|| no_key(subject))?;
    let correction = kept_correction(ledger, worker, proposal).await?;
    if let Some(name) = &correction.name {
        let name = normal_name(name);
        if name != person.identity.name {
            person.identity.name = name;
            let row = person
                .key
                .seal(&person.identity, person.version + 1, &mut chance::rng())?;
            let mut stream = ledger
                .load_existing::<WorkerDecider>(worker, "worker")
                .await?;
            seal_details(&mut stream, row, draft)?;
        }
    }
    Ok(Corrected { person, correction })
}

impl Ledger {
    /// The worker with this identity document, if the ledger knows him.
    pub async fn find_worker(&self, document: &IdentityDocument) -> Result<WorkerId, AppError> {
        let index = self.vault()?.blind_index(&document.key());
        let subject = self.store.subject_by_index(&index).await?;
        subject
            .map(|s| WorkerId(s.0))
            .ok_or(AppError::NotFound { what: "worker" })
    }
}
