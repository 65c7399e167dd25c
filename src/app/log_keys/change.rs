//! How a key of the log takes over, goes out of use, or is declared compromised by two people.

use super::note_key;
use crate::app::desk::Desk;
use crate::app::draft::Draft;
use crate::app::error::AppError;
use crate::app::ledger::Ledger;
use crate::app::operation::{Operation, operation};
use crate::app::{Actor, clock};
use crate::credential::signed::multibase;
use crate::domain::account::event::Role;
use crate::domain::authority::command::AuthorityCommand;
use crate::domain::authority::decider::AuthorityDecider;
use crate::domain::authority::event::{AuthorityKeyRegistered, AuthorityKeyRetired};
use crate::domain::authority::rejection::AuthorityRejection;
use crate::domain::ids::{ProposalId, StreamId};
use crate::domain::proposal::{Act, Approval, Proposing, TurnDown};
use crate::keys::registration::prove_possession;
use crate::keys::{Purpose, SignError, Signer as _};
use crate::store::EventStore;
use crate::tlog::log_keys::hand_over;
use crate::tlog::note::NoteKey;
use jiff::civil::Date;

operation! {
    /// 更换日志密钥 | Gives the log a new key, signed over by the one in use; both sign every head until the old one is retired.
    pub struct RotateLogKey = "keys.rotate-log" {}
}

operation! {
    /// 停用日志密钥 | Takes a key of the log out of use; what it signed before stays good.
    pub struct RetireLogKey = "keys.retire-log" {
        /// 密钥编号 | Which key, by its id.
        key: String,
        /// 日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 申报日志密钥失密 | Proposes to declare a key of the log compromised from a position on; another person approves.
    pub struct RevokeLogKey = "keys.revoke-log" {
        /// 密钥编号 | Which key, by its id.
        key: String,
        /// 失密起点 | First position whose use of the key is void.
        from_position: u64,
        /// 理由 | Why.
        ground: String,
    }
}

fn need_maker(desk: &Desk<'_>) -> Result<(), AppError> {
    desk.actor()
        .need(&[Role::AuthorityMaker], "authority-maker")
}

fn authority(desk: &Desk<'_>) -> StreamId {
    StreamId::authority(desk.ledger().id())
}

impl Operation for RotateLogKey {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        need_maker(desk)?;
        let ledger = desk.ledger();
        let before = ledger.log_key().await?;
        // A key nobody may use is not made: what it would be refused for is known before.
        let state = desk.authority().await?;
        state.authority()?.has_room_for_a_log_key()?;
        let registered = ledger.succeed(&before)?;
        let command = AuthorityCommand::RegisterKey(registered);
        desk.decide::<AuthorityDecider>(authority(desk), &command)
            .await?;
        Ok(())
    }

    async fn done(&self, ledger: &Ledger, actor: &Actor) -> Result<(), AppError> {
        ledger.tell_of_log_keys(actor).await
    }
}

impl Operation for RetireLogKey {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        need_maker(desk)?;
        let on = desk.day(self.on)?;
        need_log_key(desk, &self.key).await?;
        let command = AuthorityCommand::RetireKey(AuthorityKeyRetired {
            key_id: self.key.clone(),
            on,
        });
        desk.decide::<AuthorityDecider>(authority(desk), &command)
            .await?;
        Ok(())
    }

    async fn done(&self, ledger: &Ledger, actor: &Actor) -> Result<(), AppError> {
        ledger.tell_of_log_keys(actor).await
    }
}

impl Operation for RevokeLogKey {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        need_maker(desk)?;
        need_log_key(desk, &self.key).await?;
        if self.from_position > desk.ledger().store.head().await?.position {
            // What has not happened yet is not void: the key signs no more anyway.
            return Err(AuthorityRejection::PositionInvalid.into());
        }
        let act = Act::CompromiseKey {
            key_id: self.key.clone(),
            from_position: self.from_position,
            ground: self.ground.clone(),
        };
        let proposing = Proposing {
            proposal: ProposalId(desk.fresh_id()),
            digest: desk.ledger().request_digest("authority.propose", &act)?,
            by: desk.actor().account,
            now: clock::now(),
        };
        let command = AuthorityCommand::Propose { proposing, act };
        desk.decide::<AuthorityDecider>(authority(desk), &command)
            .await?;
        desk.reserve(format!("proposal:{}", proposing.proposal));
        Ok(())
    }
}

/// The key that signs the trust list is no key of the log.
async fn need_log_key(desk: &mut Desk<'_>, key_id: &str) -> Result<(), AppError> {
    let keys = &desk.authority().await?.authority()?.keys;
    let named = keys.iter().find(|key| key.key_id == key_id);
    match named.is_some_and(|key| key.purpose == Purpose::Log.name()) {
        true => Ok(()),
        false => Err(AuthorityRejection::KeyUnknown.into()),
    }
}

impl Ledger {
    /// The event by which a fresh key takes over from `before`: both sign the note that says so.
    fn succeed(&self, before: &NoteKey) -> Result<AuthorityKeyRegistered, AppError> {
        let old = self.log_signer(before)?;
        let new = self.make_key(Purpose::Log)?;
        let possession = prove_possession(&new, self.id())?;
        let after = note_key(before.name(), new.key_id().as_str())?;
        let sign = |key: &NoteKey, bytes: &[u8]| {
            let signer = if key == before { &old } else { &new };
            signer.sign(Purpose::Log, bytes).map(|it| it.0)
        };
        let note: Result<_, SignError> = hand_over(before, &after, sign)
            .map_err(|error| AppError::Inconsistent(error.to_string()))?;
        Ok(AuthorityKeyRegistered {
            key_id: new.key_id().to_string(),
            purpose: Purpose::Log.name().to_owned(),
            public_key: new.key_id().to_string(),
            possession: multibase(&possession.0),
            succession: Some(note?.to_string()),
        })
    }

    /// The draft of an approved proposal about a key of the log.
    pub(in crate::app) async fn draft_approve_log_key(
        &self,
        actor: &Actor,
        approval: Approval,
    ) -> Result<Draft, AppError> {
        actor.need_authority_checker()?;
        self.draft_authority(&AuthorityCommand::Approve(approval))
            .await
    }

    /// The draft of one that is turned down.
    pub(in crate::app) async fn draft_reject_log_key(
        &self,
        no: TurnDown,
    ) -> Result<Draft, AppError> {
        self.draft_authority(&AuthorityCommand::Reject(no)).await
    }

    async fn draft_authority(&self, command: &AuthorityCommand) -> Result<Draft, AppError> {
        let stream = StreamId::authority(self.id());
        let mut authority = self
            .load_existing::<AuthorityDecider>(stream, "ledger")
            .await?;
        let events = authority.decide(command)?;
        let mut draft = Draft::default();
        draft.write(&authority, events);
        Ok(draft)
    }

    /// Publishes what became of the log's keys: a head that they sign, and the trust list.
    async fn tell_of_log_keys(&self, actor: &Actor) -> Result<(), AppError> {
        self.publish_trust_list(actor).await?;
        self.advance_log().await?;
        Ok(())
    }
}
