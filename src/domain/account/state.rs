//! What an account has come to.

use crate::domain::account::event::{AccountOpened, Role};
use crate::domain::digest::Digest;
use crate::domain::ids::BodyId;

/// The life of an account (账号).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum AccountState {
    /// No such account.
    #[default]
    Absent,
    /// It may act.
    Open {
        /// As opened.
        opened: AccountOpened,
        /// BLAKE3 of the token that works now.
        token_digest: Digest,
    },
    /// It acts no more.
    Closed,
}

impl AccountState {
    /// Whether it is open and has this role.
    pub fn has(&self, role: Role) -> bool {
        matches!(self, Self::Open { opened, .. } if opened.roles.contains(&role))
    }
    /// The body it belongs to, while it is open.
    pub const fn body(&self) -> Option<BodyId> {
        match self {
            Self::Open { opened, .. } => opened.body,
            Self::Absent | Self::Closed => None,
        }
    }
}
