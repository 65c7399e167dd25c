//! What anybody may ask: the documents strangers verify with, the verification of a credential
//! somebody holds, and the look-up of a certificate by number and holder.

use super::clock;
use super::error::AppError;
use super::ledger::Ledger;
use super::look_up::{Holder, mask_name, matches_holder};
use super::register::answer_from_register;
use crate::credential::CredentialRef;
use crate::credential::trust_list::TrustList;
use crate::credential::vc::ParsedCredential;
use crate::domain::ids::StreamId;
use crate::domain::name::Name;
use crate::domain::number::CertificateNumber;
use crate::domain::time::Instant;
use crate::keys::{KeyId, Purpose};
use crate::sequencer;
use crate::store::EventStore;
use crate::verify::{Container, Input, Known, NoInput, Policy, Report, reference};
use crate::view::published::PublishedKind;
use std::time::Duration;
use tokio::sync::Semaphore;
use uuid::Uuid;
use zeroize::Zeroizing;

/// What the gathered documents may lag behind the clock.
const FRESH_FOR: i64 = 60 * 1_000_000;
/// Every look-up takes this long, whatever it finds.
const LOOK_UP_TAKES: Duration = Duration::from_millis(400);

/// Files opened at once of those that take long and hundreds of megabytes.
static COSTLY: Semaphore = Semaphore::const_new(2);

/// What the public documents are made of: a change of either makes them anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicState {
    /// Position of the last event.
    pub position: u64,
    /// Leaves under the newest checkpoint.
    pub tree_size: u64,
}

/// The trust list file and what verification knows from it.
pub struct PublicDocuments {
    state: PublicState,
    made_at: Instant,
    /// The file.
    pub trust_file: Vec<u8>,
    /// The authority's trust key in use, which signs the file: what others pin.
    pub trust_key: Option<KeyId>,
    known: Known,
}

impl PublicDocuments {
    pub(super) const fn known(&self) -> &Known {
        &self.known
    }

    /// The trust list that answers are judged against.
    pub const fn trust_list(&self) -> Option<&TrustList> {
        self.known.trust_list()
    }

    /// Whether it still says what the ledger would say now.
    pub fn is_fresh(&self, state: PublicState) -> bool {
        self.state == state && clock::now().0 - self.made_at.0 < FRESH_FOR
    }
}

/// A question about a certificate: its number, and what the asker knows of the holder.
pub struct Asked {
    number: Option<CertificateNumber>,
    holder: Holder,
}

impl Asked {
    /// Reads the fields of a form: spaces and full-width characters are forgiven in the number. A
    /// number that cannot be one is kept as such, to be answered like one that does not exist.
    /// `None` if number or holder are missing.
    pub fn from_fields(
        number: &str,
        name: Option<Zeroizing<String>>,
        document_number: Option<Zeroizing<String>>,
    ) -> Option<Self> {
        let given = |field: Option<Zeroizing<String>>| field.filter(|f| !f.trim().is_empty());
        let holder = match (given(name), given(document_number)) {
            (_, Some(document)) => Holder::DocumentNumber(document),
            (Some(name), None) => Holder::Name(name),
            (None, None) => return None,
        };
        let number: String = number
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(half_width)
            .take(64)
            .collect();
        if number.is_empty() {
            return None;
        }
        Some(Self {
            number: number.to_ascii_uppercase().parse().ok(),
            holder,
        })
    }
}

/// `Ａ` → `A`.
fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => u32::from(c)
            .checked_sub(0xfee0)
            .and_then(char::from_u32)
            .unwrap_or(c),
        _ => c,
    }
}

/// What a look-up found.
pub struct LookedUp {
    /// The verification of the certificate's newest document; name and document masked, status
    /// from the ledger itself.
    pub report: Report,
    /// Position the answer is true at.
    pub as_of_position: u64,
    /// The time the answer is true at.
    pub as_of: Instant,
}

/// The answer about a file that somebody holds.
pub struct Answered {
    /// What its coat was in.
    pub container: Option<Container>,
    /// The answer.
    pub report: Report,
}

/// Opens a file beside the tasks that answer others, few at once: who comes later waits his turn.
async fn open_apart(file: Vec<u8>) -> Result<Result<Input<'static>, NoInput>, AppError> {
    let lost = |_| AppError::Inconsistent(String::from("a file could not be looked into"));
    let place = COSTLY.acquire().await.map_err(|_| lost(()))?;
    let opened = tokio::task::spawn_blocking(move || {
        // Held until it is done, even where nobody waits for it any more.
        let _place = place;
        Input::open(&file).map(Input::into_owned)
    });
    opened.await.map_err(|_| lost(()))
}

impl Ledger {
    /// What the public documents would be made of now.
    pub async fn public_state(&self) -> Result<PublicState, AppError> {
        Ok(PublicState {
            position: self.store.head().await?.position,
            tree_size: self.store.log_state().await?.map_or(0, |at| at.tree_size),
        })
    }

    /// The trust list file, and everything verification takes from it.
    pub async fn public_documents(&self) -> Result<PublicDocuments, AppError> {
        let state = self.public_state().await?;
        let trust_file = self
            .trust_file()
            .await?
            .to_bytes()
            .map_err(|error| AppError::Inconsistent(error.to_string()))?;
        // This ledger knows its own trust key.
        let keys = self.views.keys(None).await?.value;
        let pin = keys
            .iter()
            .rev()
            .find(|key| key.purpose == Purpose::Trust.name() && key.to_position.is_none())
            .map(|key| key.key_id.clone());
        let made_at = clock::now();
        let known = Known::gather(
            made_at,
            Policy::default(),
            Some(&trust_file),
            pin.as_deref(),
            &[],
        );
        Ok(PublicDocuments {
            state,
            made_at,
            trust_key: pin.and_then(|key| key.parse().ok()),
            trust_file,
            known,
        })
    }

    /// The name of whoever keeps this ledger.
    pub async fn authority_name(&self) -> Result<Option<Name>, AppError> {
        Ok(self.views.authority().await?.value.map(|row| row.name))
    }

    /// The DID document of the body with this public id.
    pub async fn did_document_of(&self, public_id: Uuid) -> Result<Vec<u8>, AppError> {
        let body = self.views.body_by_public_id(public_id).await?.value;
        let body = body.ok_or(AppError::NotFound { what: "body" })?;
        Ok(self.did_file(body.body).await?.1)
    }

    /// The newest signed list of a body, as published.
    pub async fn status_document(
        &self,
        public_id: Uuid,
        list: u32,
        kind: PublishedKind,
    ) -> Result<String, AppError> {
        let body = self.views.body_by_public_id(public_id).await?.value;
        let body = body.ok_or(AppError::NotFound { what: "body" })?;
        let owner = StreamId::from(body.body);
        let published = self.views.published(kind, owner, list).await?.value;
        Ok(published
            .ok_or(AppError::NotFound {
                what: "status-list",
            })?
            .document)
    }

    /// The inclusion proof of a credential, by the SHA-256 of its canonical unsigned form, or half
    /// of that; `None` if this ledger has none.
    pub async fn proof_of_credential(
        &self,
        credential: CredentialRef,
    ) -> Result<Option<String>, AppError> {
        let Some(found) = self.views.credential(credential).await?.value else {
            return Ok(None);
        };
        let covered = self.store.log_state().await?.map_or(0, |at| at.tree_size);
        let row = self.store.row(found.position).await?;
        let Some(row) = row.filter(|row| row.position <= covered) else {
            return Ok(None);
        };
        let under = self.head_covering(row.position).await?;
        let keys = self.log_keys().await?;
        let proofs = sequencer::proofs(&self.store, &keys, &under, &[row]).await?;
        Ok(proofs.first().map(ToString::to_string))
    }

    /// The number and the inclusion proof of a certificate, by its number and what the asker knows of
    /// the holder; `None` alike where it does not match, does not exist or has no proof yet.
    pub async fn public_proof(&self, asked: &Asked) -> Result<Option<(String, String)>, AppError> {
        let Some(number) = &asked.number else {
            return Ok(None);
        };
        let looked = self.look_up(number, &asked.holder).await?;
        let Some(looked) = looked.filter(|looked| looked.matched) else {
            return Ok(None);
        };
        let row = looked.newest.row;
        let under = self.head_covering(row.position).await?;
        if under.tree_size < row.position {
            return Ok(None);
        }
        let keys = self.log_keys().await?;
        let proof = sequencer::proof(&self.store, &keys, &under, &row).await?;
        Ok(Some((number.to_string(), proof.to_string())))
    }

    /// Verifies a file somebody holds: any coat, or what carries one. Its proof is looked for here
    /// first.
    pub async fn verify_held(
        &self,
        file: &[u8],
        documents: &PublicDocuments,
    ) -> Result<Answered, AppError> {
        let opened = match Input::is_costly(file) {
            true => open_apart(file.to_vec()).await?,
            false => Input::open(file),
        };
        let input = match opened {
            Ok(input) => input,
            Err(NoInput { container, report }) => {
                let report = *report;
                return Ok(Answered { container, report });
            }
        };
        let proof = match reference(&input.credential) {
            Some(document) => self.proof_of_credential(document).await?,
            None => None,
        };
        let proof = proof.as_ref().map(String::as_bytes);
        Ok(Answered {
            container: input.container,
            report: input.verify(proof, &documents.known),
        })
    }

    /// Looks a certificate up by number and holder, and verifies its newest document. `None` both
    /// for no such number and for another holder, after the same time.
    pub async fn public_look_up(
        &self,
        asked: &Asked,
        documents: &PublicDocuments,
    ) -> Result<Option<LookedUp>, AppError> {
        let answered_at = tokio::time::Instant::now() + LOOK_UP_TAKES;
        let answer = self.find_and_verify(asked, documents).await;
        tokio::time::sleep_until(answered_at).await;
        answer
    }

    async fn find_and_verify(
        &self,
        asked: &Asked,
        documents: &PublicDocuments,
    ) -> Result<Option<LookedUp>, AppError> {
        let Some(number) = &asked.number else {
            return Ok(None);
        };
        // The look-up writes the access journal before anything is opened. What it found is told
        // from the number's reservation and the certificate's own events, never from a view.
        let as_of_position = self.store.head().await?.position;
        let Some(looked) = self.look_up(number, &asked.holder).await? else {
            return Ok(None);
        };
        let opened = self.credential_bytes(&[looked.newest]).await;
        let document = match opened {
            Ok(mut documents) => documents.pop(),
            // A person who was erased is answered like one who never was.
            Err(AppError::NotFound { .. }) => None,
            Err(error) => return Err(error),
        };
        let Some(document) = document else {
            return Ok(None);
        };
        if !looked.matched && !is_named(&document, &asked.holder) {
            return Ok(None);
        }
        let mut report = self.verify_held(&document, documents).await?.report;
        if let Some(shown) = &mut report.certificate {
            let name = shown.claims.holder_name.take();
            shown.claims.holder_name = name.as_deref().map(mask_name);
            shown.claims.document_last4 = None;
            shown.claims.complete = false;
        }
        answer_from_register(&mut report, &looked.state, &looked.events, as_of_position);
        Ok(Some(LookedUp {
            report,
            as_of_position,
            as_of: clock::now(),
        }))
    }

    /// The parts that serving needs, and whether each is well.
    pub async fn readiness(&self) -> Vec<(&'static str, bool)> {
        let head = self.store.head().await.map(|head| head.position).ok();
        let signed = match self.store.log_state().await {
            Ok(Some(at)) => Some(at.tree_size),
            _ => None,
        };
        let views = self.views.position().await.ok();
        let keys = self.log_keys().await;
        let key = keys.is_ok_and(|keys| self.log_signers(&keys, u64::MAX).is_ok());
        vec![
            ("database", head.is_some()),
            ("views", head.is_some() && views == head),
            ("checkpoint", head.is_some() && signed == head),
            ("key", key),
        ]
    }
}

/// Whether the document bears the name asked for: after a correction the holder is known by
/// another name, and whoever has the earlier document must still learn what became of it.
fn is_named(document: &[u8], holder: &Holder) -> bool {
    let Holder::Name(_) = holder else {
        return false;
    };
    ParsedCredential::parse(document)
        .is_ok_and(|parsed| matches_holder(&parsed.claims.holder.name, holder))
}
