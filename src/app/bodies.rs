//! Assessment bodies (评价机构): register, number codes, scope, keys, standing.

use super::actor::Actor;
use super::desk::Desk;
use super::draft::{Draft, Loaded};
use super::error::AppError;
use super::execute::Asked;
use super::ledger::Ledger;
use super::proposals::{Proposed, proposal_event};
use super::{chance, clock};
use crate::domain::account::event::Role;
use crate::domain::body::command::BodyCommand;
use crate::domain::body::decider::BodyDecider;
use crate::domain::body::event::{
    BodyEvent, BodyKeyRegistered, BodyKeyRetired, BodyKind, BodyRegistered, RunOffGranted,
    ScopeGranted, StatusListOpened,
};
use crate::domain::body::rejection::BodyRejection;
use crate::domain::body::state::{BodyState, STATUS_LIST_SIZE};
use crate::domain::catalogue::decider::CatalogueDecider;
use crate::domain::credit_code::CreditCode;
use crate::domain::digest::Digest;
use crate::domain::event::Event;
use crate::domain::ids::{AccountId, BodyId, CommandId, GrantId, ProposalId, StreamId};
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::number::NumberCode;
use crate::domain::occupation::OccupationCode;
use crate::domain::proposal::{Act, ProposalEvent, Proposing};
use crate::domain::region::RegionCode;
use crate::keys::registration::prove_possession;
use crate::keys::{Purpose, Signer};
use crate::store::EventStore;
use jiff::civil::Date;
use serde::Serialize;
use uuid::Uuid;

/// The request to register a body.
#[derive(Clone, Serialize)]
pub struct BodyRequest {
    /// 统一社会信用代码
    pub credit_code: CreditCode,
    /// Filed name.
    pub name: Name,
    /// What it is.
    pub kind: BodyKind,
    /// Where it is filed.
    pub region: RegionCode,
    /// The codes its certificate numbers are built from, if it issues any.
    pub number_code: Option<NumberCode>,
}

/// A body just registered.
#[derive(Clone, Debug, Serialize)]
pub struct BodyAnswer {
    /// Its id inside the ledger.
    pub body: BodyId,
    /// Its id in did:web and public documents.
    pub public_id: Uuid,
}

/// The request to grant a scope of whole occupations; of work types and items, see
/// [`crate::app::body_scopes`].
#[derive(Clone, Serialize)]
pub struct ScopeRequest {
    /// Which body.
    pub body: BodyId,
    /// The occupations.
    pub occupations: Vec<OccupationCode>,
    /// The levels.
    pub levels: Vec<SkillLevel>,
    /// The regions.
    pub regions: Vec<RegionCode>,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Filing document.
    pub basis: String,
}

impl Ledger {
    /// Registers a body (备案) with the codes of its certificate numbers.
    pub async fn register_body(
        &self,
        actor: &Actor,
        command_id: CommandId,
        request: BodyRequest,
    ) -> Result<BodyAnswer, AppError> {
        actor.need(&[Role::AuthorityMaker], "authority-maker")?;
        let digest = self.request_digest("body.register", &request)?;
        let asked = Asked {
            command_id,
            actor: actor.account,
        };
        let committed = self
            .execute(asked, digest, async || {
                let mut body = Loaded::<BodyDecider>::new_stream(BodyId(chance::internal_id()));
                let mut draft = Draft::default();
                let events = body.decide(&BodyCommand::Register(BodyRegistered {
                    credit_code: request.credit_code,
                    name: request.name.clone(),
                    kind: request.kind,
                    region: request.region,
                    public_id: chance::public_id(),
                }))?;
                draft.write(&body, events);
                draft.reserve(format!("credit-code:{}", request.credit_code));
                if let Some(code) = &request.number_code {
                    self.assign_number_code(&mut body, code, &mut draft).await?;
                }
                Ok(draft)
            })
            .await?;
        self.refresh_views().await?;
        committed.find(|stream, event| match event {
            Event::Body(BodyEvent::Registered(registered)) => Some(BodyAnswer {
                body: BodyId(stream.id),
                public_id: registered.public_id,
            }),
            _ => None,
        })
    }

    async fn assign_number_code(
        &self,
        body: &mut Loaded<BodyDecider>,
        code: &NumberCode,
        draft: &mut Draft,
    ) -> Result<(), AppError> {
        let catalogue = self
            .load_existing::<CatalogueDecider>(StreamId::catalogue(self.id()), "catalogue")
            .await?;
        let grammar =
            catalogue
                .state
                .grammar_on(clock::today())
                .cloned()
                .ok_or(AppError::NotFound {
                    what: "number-grammar",
                })?;
        draft.guard(&catalogue);
        let events = body.decide(&BodyCommand::AssignNumberCode {
            code: code.clone(),
            grammar,
        })?;
        draft.write(body, events);
        draft.reserve(number_code_key(code));
        Ok(())
    }

    /// Grants a scope (备案范围).
    pub async fn grant_scope(
        &self,
        actor: &Actor,
        command_id: CommandId,
        request: ScopeRequest,
    ) -> Result<GrantId, AppError> {
        actor.need(&[Role::AuthorityMaker], "authority-maker")?;
        let digest = self.request_digest("body.scope", &request)?;
        let grant = |request: &ScopeRequest| {
            BodyCommand::GrantScope(ScopeGranted {
                grant: GrantId(chance::internal_id()),
                occupations: request.occupations.clone(),
                work_types: Vec::new(),
                items: Vec::new(),
                levels: request.levels.clone(),
                regions: request.regions.clone(),
                from: request.from,
                to: request.to,
                basis: request.basis.clone(),
            })
        };
        let committed = self
            .command_body(actor, command_id, digest, request.body, || {
                Ok(vec![grant(&request)])
            })
            .await?;
        committed.find(|_, event| match event {
            Event::Body(BodyEvent::ScopeGranted(granted)) => Some(granted.grant),
            _ => None,
        })
    }

    /// Lets a body finish a session although its scope has ended.
    pub async fn grant_run_off(
        &self,
        actor: &Actor,
        command_id: CommandId,
        body: BodyId,
        run_off: RunOffGranted,
    ) -> Result<(), AppError> {
        actor.need(&[Role::AuthorityMaker], "authority-maker")?;
        // A leave names a session of that body, and no other's: verifiers know sessions by the
        // body's own numbers. Neither ever changes, so a retry is answered alike.
        if self.session_and_body(run_off.session).await?.body_id != body {
            return Err(AppError::NotFound { what: "session" });
        }
        let digest = self.request_digest("body.run-off", &(body, &run_off))?;
        self.command_body(actor, command_id, digest, body, || {
            Ok(vec![BodyCommand::GrantRunOff(run_off.clone())])
        })
        .await?;
        Ok(())
    }

    /// Gives a body its certificate and status keys, kept in the ledger's key file, and opens its
    /// first status list. A key of that purpose in use is retired by the same commit.
    pub async fn give_keys(
        &self,
        actor: &Actor,
        command_id: CommandId,
        body_id: BodyId,
        purposes: &[Purpose],
    ) -> Result<Vec<String>, AppError> {
        actor.need(&[Role::AuthorityMaker], "authority-maker")?;
        let names: Vec<&str> = purposes.iter().map(|purpose| purpose.name()).collect();
        let digest = self.request_digest("keys.give", &(body_id, &names))?;
        let asked = Asked {
            command_id,
            actor: actor.account,
        };
        end_what_has_expired(self, actor.account, body_id, clock::today()).await?;
        let committed = self
            .execute(asked, digest, async || {
                let mut body = self.load_existing::<BodyDecider>(body_id, "body").await?;
                let mut draft = Draft::default();
                for purpose in purposes {
                    let before = body.state.body()?.active_key(purpose.name());
                    let before = before.map(|key| key.key_id.clone());
                    let key = self.make_key(*purpose)?;
                    let possession = prove_possession(&key, self.id())?;
                    let events = body.decide(&BodyCommand::RegisterKey(BodyKeyRegistered {
                        key_id: key.key_id().to_string(),
                        purpose: purpose.name().to_owned(),
                        public_key: key.key_id().to_string(),
                        possession: crate::credential::signed::multibase(&possession.0),
                    }))?;
                    draft.write(&body, events);
                    draft.reserve(format!("key:{}", key.key_id()));
                    if let Some(key_id) = before {
                        let on = clock::today();
                        let retired = BodyKeyRetired { key_id, on };
                        let events = body.decide(&BodyCommand::RetireKey(retired))?;
                        draft.write(&body, events);
                    }
                }
                if purposes.contains(&Purpose::Status) && body.state.body()?.lists.is_empty() {
                    let opened = StatusListOpened {
                        list: 1,
                        size: STATUS_LIST_SIZE,
                        seed: Digest(chance::bytes()),
                    };
                    let events = body.decide(&BodyCommand::OpenStatusList(opened))?;
                    draft.write(&body, events);
                }
                Ok(draft)
            })
            .await?;
        self.refresh_views().await?;
        self.sign_status_again(actor, body_id).await?;
        let keys = committed
            .events
            .iter()
            .filter_map(|committed| match &committed.event {
                Event::Body(BodyEvent::KeyRegistered(key)) => Some(key.key_id.clone()),
                _ => None,
            });
        Ok(keys.collect())
    }

    /// Retires a key of a body; what was logged before stays good.
    pub async fn retire_body_key(
        &self,
        actor: &Actor,
        command_id: CommandId,
        body: BodyId,
        key_id: &str,
        on: Date,
    ) -> Result<(), AppError> {
        actor.need(&[Role::AuthorityMaker], "authority-maker")?;
        clock::has_come(on)?;
        let digest = self.request_digest("keys.retire", &(body, key_id, on))?;
        self.command_body(actor, command_id, digest, body, || {
            Ok(vec![BodyCommand::RetireKey(BodyKeyRetired {
                key_id: key_id.to_owned(),
                on,
            })])
        })
        .await?;
        Ok(())
    }

    /// Proposes an act of weight about a body: suspend, reinstate, withdraw, key compromised.
    pub async fn propose_about_body(
        &self,
        actor: &Actor,
        command_id: CommandId,
        body: BodyId,
        act: Act,
    ) -> Result<Proposed, AppError> {
        actor.need(&[Role::AuthorityMaker], "authority-maker")?;
        clock::has_come(act.on().unwrap_or_else(clock::today))?;
        end_what_has_expired(self, actor.account, body, clock::today()).await?;
        let digest = self.request_digest("body.propose", &(body, &act))?;
        let asked = Asked {
            command_id,
            actor: actor.account,
        };
        let committed = self
            .execute(asked, digest, async || {
                if let Act::CompromiseKey { from_position, .. } = act
                    && from_position > self.store.head().await?.position
                {
                    // What has not happened yet is not void: the key signs no more anyway.
                    return Err(BodyRejection::PositionInvalid.into());
                }
                let mut loaded = self.load_existing::<BodyDecider>(body, "body").await?;
                let proposing = Proposing {
                    proposal: ProposalId(chance::internal_id()),
                    digest,
                    by: actor.account,
                    now: clock::now(),
                };
                let events = loaded.decide(&BodyCommand::Propose {
                    proposing,
                    act: act.clone(),
                })?;
                let mut draft = Draft::default();
                draft.write(&loaded, events);
                draft.reserve(format!("proposal:{}", proposing.proposal));
                Ok(draft)
            })
            .await?;
        self.refresh_views().await?;
        committed.find(|_, event| match proposal_event(event) {
            Some(ProposalEvent::Made(made)) => Some(Proposed::from(made)),
            _ => None,
        })
    }

    /// Commands on one existing body, in one append.
    async fn command_body(
        &self,
        actor: &Actor,
        command_id: CommandId,
        digest: Digest,
        body: BodyId,
        commands: impl Fn() -> Result<Vec<BodyCommand>, AppError>,
    ) -> Result<super::execute::Committed, AppError> {
        let asked = Asked {
            command_id,
            actor: actor.account,
        };
        end_what_has_expired(self, actor.account, body, clock::today()).await?;
        let committed = self
            .execute(asked, digest, async || {
                let mut loaded = self.load_existing::<BodyDecider>(body, "body").await?;
                let mut draft = Draft::default();
                for command in commands()? {
                    let events = loaded.decide(&command)?;
                    draft.write(&loaded, events);
                }
                Ok(draft)
            })
            .await?;
        self.refresh_views().await?;
        Ok(committed)
    }

    /// The body with this credit code.
    pub async fn find_body(&self, credit_code: &CreditCode) -> Result<BodyId, AppError> {
        let stream = self
            .stream_of_key(&format!("credit-code:{credit_code}"), "body")
            .await?;
        Ok(BodyId(stream.id))
    }

    /// The stream of the event that took a key.
    pub(super) async fn stream_of_key(
        &self,
        key: &str,
        what: &'static str,
    ) -> Result<StreamId, AppError> {
        let position = self
            .store
            .reservation(key)
            .await?
            .ok_or(AppError::NotFound { what })?;
        let row = self.store.row(position).await?;
        Ok(row.ok_or(AppError::NotFound { what })?.stream)
    }
}

/// Ends by events, before anything else of that body, what has passed its last day: every end
/// has a position of its own.
pub(super) async fn end_what_has_expired(
    ledger: &Ledger,
    actor: AccountId,
    body: BodyId,
    on: Date,
) -> Result<(), AppError> {
    let loaded = ledger.load_existing::<BodyDecider>(body, "body").await?;
    if has_ended(&loaded.state, on) {
        return Ok(());
    }
    drop(loaded);
    let digest = ledger.request_digest("body.end-expired", &(body, on))?;
    let asked = Asked {
        command_id: CommandId(chance::internal_id()),
        actor,
    };
    ledger
        .execute(asked, digest, async || {
            let mut loaded = ledger.load_existing::<BodyDecider>(body, "body").await?;
            let mut draft = Draft::default();
            for ended in loaded.state.expired_scopes(on) {
                let events = loaded.decide(&BodyCommand::EndScope(ended))?;
                draft.write(&loaded, events);
            }
            for ended in loaded.state.expired_run_offs(on) {
                let events = loaded.decide(&BodyCommand::EndRunOff(ended))?;
                draft.write(&loaded, events);
            }
            for ended in loaded.state.expired_permits(on) {
                let events = loaded.decide(&BodyCommand::EndCrossRegion(ended))?;
                draft.write(&loaded, events);
            }
            Ok(draft)
        })
        .await?;
    Ok(())
}

/// Whether everything whose last day has passed has been ended by an event.
fn has_ended(state: &BodyState, on: Date) -> bool {
    state.expired_scopes(on).is_empty()
        && state.expired_run_offs(on).is_empty()
        && state.expired_permits(on).is_empty()
}

impl Desk<'_> {
    /// The body of this credit code, with what has passed its last day ended on this desk, before
    /// anything else of it.
    pub(super) async fn body(&mut self, code: &CreditCode) -> Result<BodyId, AppError> {
        let body = self.ledger().find_body(code).await?;
        let today = self.today();
        let state = self.existing::<BodyDecider>(body, "body").await?;
        let scopes = state.expired_scopes(today).into_iter();
        let mut ends: Vec<BodyCommand> = scopes.map(BodyCommand::EndScope).collect();
        ends.extend(
            state
                .expired_run_offs(today)
                .into_iter()
                .map(BodyCommand::EndRunOff),
        );
        ends.extend(
            state
                .expired_permits(today)
                .into_iter()
                .map(BodyCommand::EndCrossRegion),
        );
        for end in &ends {
            self.decide::<BodyDecider>(body, end).await?;
        }
        Ok(body)
    }
}

/// The key that takes a body's number codes: no two bodies print the same numbers.
pub(super) fn number_code_key(code: &NumberCode) -> String {
    let NumberCode {
        letter,
        body,
        province,
        sequence,
    } = code;
    format!("number-code:{letter}{body}{province}{sequence}")
}
