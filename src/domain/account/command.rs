//! What can be asked of an account.

use crate::domain::account::event::{AccountClosed, AccountOpened, AccountTokenReplaced};

/// An intent about one account. Each carries the fact it would become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountCommand {
    /// Open it.
    Open(AccountOpened),
    /// Give it a new token.
    ReplaceToken(AccountTokenReplaced),
    /// Close it for good.
    Close(AccountClosed),
}
