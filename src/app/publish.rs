//! Signed lists for verifiers: status lists by each body's own key, the trust list by the
//! authority's. Every publication is an event, and only what an event holds is handed out.

use super::actor::Actor;
use super::bodies::end_what_has_expired;
use super::chance;
use super::clock;
use super::draft::Draft;
use super::error::AppError;
use super::execute::Asked;
use super::ledger::Ledger;
use super::seal::issuer;
use super::trust::trust_list;
use crate::credential::signed::SealError;
use crate::credential::status_details::{CertificateState, StatusDetail, StatusDetails};
use crate::credential::status_list::{StatusBits, StatusList, StatusPurpose};
use crate::credential::token_status_list::{TokenStatusList, TokenStatuses};
use crate::domain::authority::command::AuthorityCommand;
use crate::domain::authority::decider::AuthorityDecider;
use crate::domain::authority::event::TrustListPublished;
use crate::domain::body::command::BodyCommand;
use crate::domain::body::decider::BodyDecider;
use crate::domain::body::event::StatusListPublished;
use crate::domain::digest::Digest;
use crate::domain::ids::{BodyId, CommandId, StreamId};
use crate::domain::time::Instant;
use crate::keys::Purpose;
use crate::store::EventStore;
use crate::view;
use crate::view::certificate::StatusEntryRow;
use crate::view::published::PublishedKind;
use sha2::Digest as _;
use std::time::Duration;

/// How long a signed status list may be relied on: seven days, so that a verifier offline over a
/// week of holidays still gets an answer (docs/decisions).
const STATUS_VALID_FOR: i64 = 7 * DAY;
/// A list older than this is published anew even without news.
const FRESH_FOR: i64 = DAY;
const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;

impl Ledger {
    /// Publishes what has news: every body's status lists, then the trust list. Answers how many
    /// documents were published.
    pub async fn publish_all(&self, actor: &Actor) -> Result<usize, AppError> {
        actor.need_authority()?;
        self.refresh_views().await?;
        let mut published = 0;
        let mut after = 0;
        loop {
            let page = self.views.bodies(after, view::PAGE_MAX).await?.value;
            let Some(last) = page.last() else { break };
            after = last.position;
            for body in page {
                published += usize::from(self.publish_status(actor, body.body).await?);
            }
        }
        published += usize::from(self.publish_trust_list(actor).await?);
        self.advance_log().await?;
        Ok(published)
    }

    /// Publishes the status lists of a body, if there is news. Answers whether it did: without a
    /// status key in use there is nothing to sign with, until the body is given one.
    pub async fn publish_status(&self, actor: &Actor, body: BodyId) -> Result<bool, AppError> {
        end_what_has_expired(self, actor.account, body, clock::today()).await?;
        self.refresh_views().await?;
        let loaded = self.load_existing::<BodyDecider>(body, "body").await?;
        let registered = loaded.state.body()?;
        if registered.active_key(Purpose::Status.name()).is_none() {
            // Nothing can be signed for it; what must not wait for it is the trust list, which
            // says what became of its key.
            return Ok(false);
        }
        let lists: Vec<u32> = registered
            .lists
            .iter()
            .map(|list| list.opened.list)
            .collect();
        let mut any = false;
        for list in lists {
            if self.status_has_news(body, list).await? {
                self.publish_list(actor, body, list).await?;
                any = true;
            }
        }
        self.refresh_views().await?;
        Ok(any)
    }

    /// Signs a body's published lists again after its keys moved: verifiers believe none that is
    /// signed by a key out of use.
    pub(super) async fn sign_status_again(
        &self,
        actor: &Actor,
        body: BodyId,
    ) -> Result<(), AppError> {
        let kind = PublishedKind::Revocation;
        let published = self.views.published(kind, body.into(), 1).await?.value;
        if published.is_some() {
            self.publish_status(actor, body).await?;
        }
        Ok(())
    }

    /// Now, in a later second than the list was last published in, waiting for that second if need be:
    /// verifiers tell the newer of two lists by whole seconds. If the clock was set back in between,
    /// the second after.
    async fn later_than_published(&self, body: BodyId, list: u32) -> Result<Instant, AppError> {
        let kind = PublishedKind::Revocation;
        let published = self.views.published(kind, body.into(), list).await?.value;
        let before = match published {
            Some(published) => self.store.row(published.position).await?,
            None => None,
        };
        let next = Instant(before.map_or(0, |row| (row.recorded_at.as_second() + 1) * SECOND));
        // A token dated even a moment ahead is not valid yet to readers that allow no skew. Longer than
        // the rest of a second it waits for no clock that was set back.
        let early = (next.0 - clock::now().0).clamp(0, SECOND).unsigned_abs();
        tokio::time::sleep(Duration::from_micros(early)).await;
        Ok(clock::now().max(next))
    }

    async fn status_has_news(&self, body: BodyId, list: u32) -> Result<bool, AppError> {
        let owner = StreamId::from(body);
        let published = self
            .views
            .published(PublishedKind::Revocation, owner, list)
            .await?
            .value;
        let Some(published) = published else {
            return Ok(true);
        };
        let entries = self.views.status_list(body, list).await?.value;
        if entries
            .iter()
            .any(|entry| entry.position > published.as_of_position)
        {
            return Ok(true);
        }
        let rows = self.store.read_streams(&[(owner, 1)]).await?;
        // A list signed by a key that has ended since is believed by nobody.
        let told = [
            "body.serials_taken",
            "body.key_registered",
            "body.key_retired",
            "body.key_compromised",
        ];
        let news = rows.iter().any(|row| {
            told.contains(&row.event_type.as_str()) && row.position > published.as_of_position
        });
        let at = rows.iter().find(|row| row.position == published.position);
        let stale = at.is_none_or(|row| clock::now().0 - row.recorded_at.0 > FRESH_FOR);
        Ok(news || stale)
    }

    async fn publish_list(&self, actor: &Actor, body: BodyId, list: u32) -> Result<(), AppError> {
        let request = self.request_digest("body.publish-status", &(body, list))?;
        let asked = Asked {
            command_id: CommandId(chance::internal_id()),
            actor: actor.account,
        };
        self.execute(asked, request, async || {
            let now = self.later_than_published(body, list).await?;
            let entries = self.views.status_list(body, list).await?;
            let mut loaded = self.load_existing::<BodyDecider>(body, "body").await?;
            let published = self
                .sign_status(&loaded.state, list, &entries.value, entries.position, now)
                .await?;
            let events = loaded.decide(&BodyCommand::PublishStatusList(published))?;
            let mut draft = Draft::default();
            draft.write(&loaded, events);
            Ok(draft)
        })
        .await?;
        Ok(())
    }

    async fn sign_status(
        &self,
        state: &crate::domain::body::state::BodyState,
        list: u32,
        entries: &[StatusEntryRow],
        as_of_position: u64,
        now: Instant,
    ) -> Result<StatusListPublished, AppError> {
        let body = state.body()?;
        let key = body
            .active_key(Purpose::Status.name())
            .ok_or(AppError::NotFound { what: "key" })?;
        let signer = self.signer(&key.key_id, Purpose::Status)?;
        let did = issuer(&self.authority().await?.established.host, body)?.did;
        let valid_until = Instant(now.0 + STATUS_VALID_FOR);
        let bits = |set: fn(&StatusEntryRow) -> bool| {
            let mut bits = StatusBits::default();
            entries
                .iter()
                .filter(|entry| set(entry))
                .for_each(|entry| bits.set(entry.index));
            bits
        };
        let revoked = bits(|entry| entry.revoked);
        let suspended = bits(|entry| entry.suspended);
        let token = TokenStatusList {
            did: did.clone(),
            list,
            valid_from: now,
            valid_until,
            statuses: TokenStatuses::of(&revoked, &suspended),
        };
        let token = token.sign(&signer).map_err(unsigned)?;
        let signed = |purpose, bits| {
            let list = StatusList {
                did: did.clone(),
                list,
                purpose,
                valid_from: now,
                valid_until,
                bits,
            };
            text(list.sign(now, &signer))
        };
        let revocation = signed(StatusPurpose::Revocation, revoked)?;
        let suspension = signed(StatusPurpose::Suspension, suspended)?;
        let mut entries: Vec<StatusDetail> = entries.iter().map(detail).collect();
        entries.sort_by_key(|entry| entry.index);
        let details = StatusDetails {
            did: did.clone(),
            list,
            as_of_position,
            valid_from: now,
            valid_until,
            entries,
        };
        let details = text(details.sign(&signer))?;
        let mut hasher = sha2::Sha256::new();
        for document in [&revocation, &suspension, &details, &token] {
            hasher.update(document.as_bytes());
            hasher.update(b"\n");
        }
        let digest = Digest(hasher.finalize().into());
        Ok(StatusListPublished {
            list,
            as_of_position,
            digest,
            revocation,
            suspension,
            details,
            token: Some(token),
        })
    }

    /// Publishes the trust list, if anything but its own publication happened since. Answers
    /// whether it did.
    pub async fn publish_trust_list(&self, actor: &Actor) -> Result<bool, AppError> {
        actor.need_authority()?;
        self.refresh_views().await?;
        let head = self.store.head().await?;
        if let Some(last) = self.store.row(head.position).await?
            && last.event_type == "authority.trust_list_published"
            && clock::now().0 - last.recorded_at.0 < FRESH_FOR
        {
            return Ok(false);
        }
        let request = self.request_digest("authority.publish-trust-list", &head.position)?;
        let asked = Asked {
            command_id: CommandId(chance::internal_id()),
            actor: actor.account,
        };
        self.execute(asked, request, async || {
            let inputs = self.views.trust_inputs().await?;
            let as_of_position = inputs.position;
            let inputs = inputs.value.ok_or(AppError::NotFound { what: "ledger" })?;
            let log = self.log_keys_at(as_of_position).await?;
            let sessions = self.run_off_sessions(&inputs).await?;
            let list = trust_list(&inputs, &sessions, as_of_position, clock::now(), &log)?;
            let signer = self.signer(list.authority.trust_key.as_str(), Purpose::Trust)?;
            let document = text(list.sign(&signer))?;
            let digest = Digest(sha2::Sha256::digest(document.as_bytes()).into());
            let mut authority = self
                .load_existing::<AuthorityDecider>(StreamId::authority(self.id()), "ledger")
                .await?;
            let published = TrustListPublished {
                as_of_position,
                digest,
                document,
            };
            let events = authority.decide(&AuthorityCommand::PublishTrustList(published))?;
            let mut draft = Draft::default();
            draft.write(&authority, events);
            Ok(draft)
        })
        .await?;
        self.refresh_views().await?;
        Ok(true)
    }
}

fn unsigned(error: SealError) -> AppError {
    AppError::Credential(error.to_string())
}

fn text(signed: Result<Vec<u8>, SealError>) -> Result<String, AppError> {
    let bytes = signed.map_err(unsigned)?;
    String::from_utf8(bytes).map_err(|error| AppError::Credential(error.to_string()))
}

fn detail(entry: &StatusEntryRow) -> StatusDetail {
    use view::certificate::CertificateState as Seen;
    let state = match entry.state {
        Seen::Active => CertificateState::Valid,
        Seen::Suspended => CertificateState::Suspended,
        Seen::Superseded => CertificateState::Superseded,
        Seen::Revoked => CertificateState::Revoked,
        Seen::Cancelled => CertificateState::Cancelled,
        Seen::Forfeited => CertificateState::Forfeited,
        Seen::Voided => CertificateState::Voided,
    };
    let told = state != CertificateState::Valid;
    StatusDetail {
        index: entry.index,
        state,
        ground: entry.ground.clone().filter(|_| told),
        on: told.then_some(entry.on),
        successor: entry.successor.clone(),
        issue: (entry.issue > 1).then_some(entry.issue),
    }
}
