//! What a key is for.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The one purpose (用途) of a key (design: one key, one purpose, refused for any other).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// A body's certificates (证书).
    Certificate,
    /// A body's status lists and their details (状态列表).
    Status,
    /// The authority's trust list (信任列表).
    Trust,
    /// The log's checkpoints.
    Log,
    /// Cosignatures on other logs' checkpoints.
    Witness,
    /// Requests of machine clients.
    Request,
    /// A checker's approvals (复核).
    Approval,
}

impl Purpose {
    /// Every purpose, in declaration order.
    pub const ALL: [Self; 7] = [
        Self::Certificate,
        Self::Status,
        Self::Trust,
        Self::Log,
        Self::Witness,
        Self::Request,
        Self::Approval,
    ];

    /// The word in files, events and signed bytes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Certificate => "certificate",
            Self::Status => "status",
            Self::Trust => "trust",
            Self::Log => "log",
            Self::Witness => "witness",
            Self::Request => "request",
            Self::Approval => "approval",
        }
    }

    /// The purpose of a word.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.name() == name)
    }
}

impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
