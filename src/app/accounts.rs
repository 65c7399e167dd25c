//! Accounts (账号): people and machines that act, each with roles and a token shown once.

use super::actor::{Actor, fresh_token};
use super::chance;
use super::draft::{Draft, Loaded};
use super::error::AppError;
use super::execute::Asked;
use super::ledger::Ledger;
use super::seal::{sealed_digest, subject_digest};
use crate::domain::account::command::AccountCommand;
use crate::domain::account::decider::AccountDecider;
use crate::domain::account::event::{AccountClosed, AccountOpened, AccountTokenReplaced, Role};
use crate::domain::account::state::AccountState;
use crate::domain::digest::Digest;
use crate::domain::ids::{AccountId, BodyId, CommandId, SubjectId};
use crate::vault::Staff;
use serde::Serialize;
use zeroize::Zeroizing;

/// The request to open an account.
#[derive(Clone, Serialize)]
pub struct AccountRequest {
    /// The person's name (姓名); goes into the vault.
    pub name: String,
    /// What it may do.
    pub roles: Vec<Role>,
    /// The body it belongs to; none for the authority's own.
    pub body: Option<BodyId>,
}

/// An account just opened, with its token: the only time it is to be seen.
pub struct AccountAnswer {
    /// Its id.
    pub account: AccountId,
    /// Its token.
    pub token: Zeroizing<String>,
}

/// Adds an account to a draft.
pub(super) fn draft_account(
    ledger: &Ledger,
    request: &AccountRequest,
    account: AccountId,
    token_digest: [u8; 32],
    draft: &mut Draft,
) -> Result<(), AppError> {
    let subject = SubjectId::from(account);
    let (new, key) = ledger
        .vault()?
        .new_subject(subject, None, &mut chance::rng())?;
    let staff = Staff {
        name: request.name.clone(),
        card: None,
    };
    let row = key.seal(&staff, 1, &mut chance::rng())?;
    let mut stream = Loaded::<AccountDecider>::new_stream(account);
    let events = stream.decide(&AccountCommand::Open(AccountOpened {
        roles: request.roles.clone(),
        body: request.body,
        token_digest: Digest(token_digest),
        sealed: vec![subject_digest(&new), sealed_digest(&row)],
    }))?;
    draft.subject(new);
    draft.seal(row);
    draft.write(&stream, events);
    draft.reserve(token_key(token_digest));
    Ok(())
}

/// The key that takes a token's digest.
fn token_key(digest: [u8; 32]) -> String {
    format!("token:{}", hex::encode(digest))
}

impl Ledger {
    /// Opens an account: a maker's by the authority's maker, a checker's by its checker, since who
    /// opens it sees its token. A retry under the same command id cannot show the token again: replace
    /// it instead.
    pub async fn open_account(
        &self,
        actor: &Actor,
        command_id: CommandId,
        request: AccountRequest,
    ) -> Result<AccountAnswer, AppError> {
        actor.need_to_see_token(&request.roles)?;
        let digest = self.request_digest("account.open", &request)?;
        let asked = Asked {
            command_id,
            actor: actor.account,
        };
        let account = AccountId(chance::internal_id());
        let (token, token_digest) = fresh_token();
        let committed = self
            .execute(asked, digest, async || {
                let mut draft = Draft::default();
                draft_account(self, &request, account, token_digest, &mut draft)?;
                if let Some(body) = request.body {
                    use crate::domain::body::decider::BodyDecider;
                    draft.guard(&self.load_existing::<BodyDecider>(body, "body").await?);
                }
                Ok(draft)
            })
            .await?;
        if committed.repeated {
            return Err(AppError::ShownOnce);
        }
        Ok(AccountAnswer { account, token })
    }

    /// Gives an account a new token; the old one no longer works.
    pub async fn replace_token(
        &self,
        actor: &Actor,
        command_id: CommandId,
        account: AccountId,
    ) -> Result<AccountAnswer, AppError> {
        if actor.account != account {
            let of = self
                .load_existing::<AccountDecider>(account, "account")
                .await?;
            match of.state {
                AccountState::Open { opened, .. } => actor.need_to_see_token(&opened.roles)?,
                // The decider says what is wrong with it.
                AccountState::Absent | AccountState::Closed => actor.need_authority()?,
            }
        }
        let digest = self.request_digest("account.replace-token", &account)?;
        let asked = Asked {
            command_id,
            actor: actor.account,
        };
        let (token, token_digest) = fresh_token();
        let committed = self
            .execute(asked, digest, async || {
                let mut loaded = self
                    .load_existing::<AccountDecider>(account, "account")
                    .await?;
                let replaced = AccountTokenReplaced {
                    token_digest: Digest(token_digest),
                };
                let events = loaded.decide(&AccountCommand::ReplaceToken(replaced))?;
                let mut draft = Draft::default();
                draft.write(&loaded, events);
                draft.reserve(token_key(token_digest));
                Ok(draft)
            })
            .await?;
        if committed.repeated {
            return Err(AppError::ShownOnce);
        }
        Ok(AccountAnswer { account, token })
    }

    /// Closes an account for good.
    pub async fn close_account(
        &self,
        actor: &Actor,
        command_id: CommandId,
        account: AccountId,
        reason: &str,
    ) -> Result<(), AppError> {
        actor.need(&[Role::AuthorityMaker], "authority-maker")?;
        let digest = self.request_digest("account.close", &(account, reason))?;
        let asked = Asked {
            command_id,
            actor: actor.account,
        };
        self.execute(asked, digest, async || {
            let mut loaded = self
                .load_existing::<AccountDecider>(account, "account")
                .await?;
            let closed = AccountClosed {
                reason: reason.to_owned(),
            };
            let events = loaded.decide(&AccountCommand::Close(closed))?;
            let mut draft = Draft::default();
            draft.write(&loaded, events);
            Ok(draft)
        })
        .await?;
        Ok(())
    }
}
