//! The decisions of an account.

use crate::domain::account::command::AccountCommand;
use crate::domain::account::event::{AccountEvent, AccountOpened, Role};
use crate::domain::account::rejection::AccountRejection as No;
use crate::domain::account::state::AccountState;
use crate::domain::decider::Decider;
use crate::domain::wording::check_text;
use std::collections::BTreeSet;

/// Decides for one account (账号).
#[derive(Debug)]
pub struct AccountDecider;

impl Decider for AccountDecider {
    type State = AccountState;
    type Command = AccountCommand;
    type Event = AccountEvent;
    type Decision = AccountEvent;
    type Rejection = No;

    fn initial() -> AccountState {
        AccountState::Absent
    }

    fn evolve(state: AccountState, event: &AccountEvent) -> AccountState {
        match (state, event) {
            (AccountState::Absent, AccountEvent::Opened(opened)) => AccountState::Open {
                opened: opened.clone(),
                token_digest: opened.token_digest,
            },
            (AccountState::Open { opened, .. }, AccountEvent::TokenReplaced(replaced)) => {
                AccountState::Open {
                    opened,
                    token_digest: replaced.token_digest,
                }
            }
            (AccountState::Open { .. }, AccountEvent::Closed(_)) => AccountState::Closed,
            (state, _) => state,
        }
    }

    fn decide(state: &AccountState, command: &AccountCommand) -> Result<Vec<AccountEvent>, No> {
        match (state, command) {
            (AccountState::Absent, AccountCommand::Open(opened)) => {
                check_opened(opened)?;
                Ok(vec![opened.clone().into()])
            }
            (AccountState::Absent, _) => Err(No::NotOpened),
            (_, AccountCommand::Open(_)) => Err(No::AlreadyOpened),
            (AccountState::Closed, _) => Err(No::Closed),
            (AccountState::Open { token_digest, .. }, AccountCommand::ReplaceToken(replaced)) => {
                if replaced.token_digest == *token_digest {
                    return Err(No::TokenUnchanged);
                }
                Ok(vec![replaced.clone().into()])
            }
            (AccountState::Open { .. }, AccountCommand::Close(closed)) => {
                check_text("reason", &closed.reason)?;
                Ok(vec![closed.clone().into()])
            }
        }
    }
}

fn check_opened(opened: &AccountOpened) -> Result<(), No> {
    let roles: BTreeSet<Role> = opened.roles.iter().copied().collect();
    if roles.is_empty() || roles.len() != opened.roles.len() {
        return Err(No::RolesUnsound);
    }
    if roles.contains(&Role::Auditor) && roles.len() > 1 {
        return Err(No::AuditorActs);
    }
    let of_body = |role: &Role| matches!(role, Role::BodyMaker | Role::BodyChecker);
    let of_authority = |role: &Role| matches!(role, Role::AuthorityMaker | Role::AuthorityChecker);
    let makes = |role: &Role| matches!(role, Role::BodyMaker | Role::AuthorityMaker);
    let checks = |role: &Role| matches!(role, Role::BodyChecker | Role::AuthorityChecker);
    if roles.iter().any(makes) && roles.iter().any(checks) {
        return Err(No::MakesAndChecks);
    }
    if roles.iter().any(of_body) && opened.body.is_none() {
        return Err(No::BodyMissing);
    }
    if roles.iter().any(of_authority) && opened.body.is_some() {
        return Err(No::BodyUnasked);
    }
    Ok(())
}
