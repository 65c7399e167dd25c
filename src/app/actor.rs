//! Who acts: a token becomes an account with its roles, judged on the account's own stream.

use super::error::AppError;
use super::ledger::Ledger;
use crate::domain::account::decider::AccountDecider;
use crate::domain::account::event::Role;
use crate::domain::account::state::AccountState;
use crate::domain::ids::{AccountId, BodyId};
use crate::store::EventStore;
use zeroize::Zeroizing;

/// Prefix of every token, so that scanners recognise a leaked one.
const PREFIX: &str = "sl_";

/// An account that may act now.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Who.
    pub account: AccountId,
    /// What it may do.
    pub roles: Vec<Role>,
    /// The body it belongs to; none for the authority's own.
    pub body: Option<BodyId>,
}

impl Actor {
    /// Demands one of the roles.
    pub fn need(&self, roles: &[Role], needed: &'static str) -> Result<(), AppError> {
        if self.roles.iter().any(|role| roles.contains(role)) {
            Ok(())
        } else {
            Err(AppError::NotAllowed { needed })
        }
    }

    /// Demands that the account acts for this body, as maker: its own, or the authority's.
    pub fn need_maker_of(&self, body: BodyId) -> Result<(), AppError> {
        self.need_for(body, Role::BodyMaker, Role::AuthorityMaker, "maker")
    }

    /// Demands that the account checks for this body: its own checker, or the authority's.
    pub fn need_checker_of(&self, body: BodyId) -> Result<(), AppError> {
        self.need_for(body, Role::BodyChecker, Role::AuthorityChecker, "checker")
    }

    /// Demands that the account is the authority's.
    pub fn need_authority(&self) -> Result<(), AppError> {
        self.need(&[Role::AuthorityMaker, Role::AuthorityChecker], "authority")
    }

    /// Demands the authority's checker.
    pub fn need_authority_checker(&self) -> Result<(), AppError> {
        self.need(&[Role::AuthorityChecker], "authority-checker")
    }

    /// Demands what it takes to be shown the token of an account with these roles. Whoever has
    /// seen a token can act with it, so nobody is shown both a maker's and a checker's: a maker's
    /// is seen by the authority's maker only, a checker's by its checker only.
    pub fn need_to_see_token(&self, roles: &[Role]) -> Result<(), AppError> {
        let checks = |role: &Role| matches!(role, Role::AuthorityChecker | Role::BodyChecker);
        if roles.iter().any(checks) {
            self.need_authority_checker()
        } else {
            self.need(&[Role::AuthorityMaker], "authority-maker")
        }
    }

    /// Demands that the account is the body's, or the authority's.
    pub fn need_one_of(&self, body: BodyId) -> Result<(), AppError> {
        self.need_maker_of(body)
            .or_else(|_| self.need_checker_of(body))
    }

    fn need_for(
        &self,
        body: BodyId,
        own: Role,
        authority: Role,
        needed: &'static str,
    ) -> Result<(), AppError> {
        let of_body = self.body == Some(body) && self.roles.contains(&own);
        if of_body || self.roles.contains(&authority) {
            Ok(())
        } else {
            Err(AppError::NotAllowed { needed })
        }
    }
}

/// A fresh token and its digest: 256 random bits, shown once.
pub fn fresh_token() -> (Zeroizing<String>, [u8; 32]) {
    let secret: Zeroizing<[u8; 32]> = Zeroizing::new(super::chance::bytes());
    let token = Zeroizing::new(format!(
        "{PREFIX}{}",
        bs58::encode(secret.as_slice()).into_string()
    ));
    let digest = token_digest(&token);
    (token, digest)
}

/// BLAKE3 of a token under its own context: what an event keeps of it.
pub fn token_digest(token: &str) -> [u8; 32] {
    blake3::derive_key("skill-ledger 2026 account token v1", token.as_bytes())
}

impl Ledger {
    /// The account a token belongs to, if it may act.
    pub async fn actor(&self, token: &str) -> Result<Actor, AppError> {
        if !token.starts_with(PREFIX) || token.len() > 80 {
            return Err(AppError::UnknownToken);
        }
        let digest = token_digest(token);
        let key = format!("token:{}", hex::encode(digest));
        let position = self
            .store
            .reservation(&key)
            .await?
            .ok_or(AppError::UnknownToken)?;
        let row = self
            .store
            .row(position)
            .await?
            .ok_or(AppError::UnknownToken)?;
        let account = AccountId(row.stream.id);
        let loaded = self.load::<AccountDecider>(account).await?;
        match loaded.state {
            AccountState::Open {
                opened,
                token_digest,
            } if token_digest.0 == digest => Ok(Actor {
                account,
                roles: opened.roles,
                body: opened.body,
            }),
            _ => Err(AppError::UnknownToken),
        }
    }
}
