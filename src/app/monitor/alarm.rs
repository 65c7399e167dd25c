//! What a monitor says is not as it should be.

use serde::Serialize;

/// What is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "alarm", rename_all = "kebab-case")]
pub enum Alarm {
    /// The checkpoint is not signed by the log's key, or is none.
    NotSigned,
    /// The head is signed only by keys that the log itself declares compromised.
    KeyVoid {
        /// Its entries.
        size: u64,
    },
    /// The head has fewer entries than the one that was verified before.
    RolledBack {
        /// Entries verified before.
        kept: u64,
        /// Entries now.
        served: u64,
    },
    /// Two signed heads that cannot both be true; both are kept.
    Fork {
        /// Entries of the older head.
        size: u64,
    },
    /// The files do not lead to the signed root.
    WrongFiles {
        /// Entries of the head they should lead to.
        size: u64,
    },
    /// The quorum of the policy has not cosigned the head.
    NotCosigned {
        /// Its entries.
        size: u64,
    },
    /// The head has not changed for too long.
    Stale {
        /// Since when, microseconds UTC.
        since: i64,
    },
    /// An entry that cannot be read.
    BadEntry {
        /// Its index.
        index: u64,
    },
    /// An entry recorded before the one before it.
    TimeWentBack {
        /// Its index.
        index: u64,
    },
    /// A key issued oddly many certificates in an hour.
    OddRate {
        /// The key's id.
        key: String,
        /// The hour's beginning, microseconds UTC.
        hour: i64,
        /// How many so far.
        certificates: u64,
    },
    /// A certificate was issued at an odd hour.
    OddHour {
        /// The entry's index.
        index: u64,
        /// The key's id.
        key: String,
        /// When, microseconds UTC.
        at: i64,
    },
}

impl Alarm {
    /// Whether the log itself is at fault: its head is then not taken over.
    pub(super) fn is_of_the_log(&self) -> bool {
        !matches!(
            self,
            Self::Stale { .. }
                | Self::OddRate { .. }
                | Self::OddHour { .. }
                | Self::NotCosigned { .. }
        )
    }

    /// Stable kebab-case name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotSigned => "not-signed",
            Self::KeyVoid { .. } => "key-void",
            Self::RolledBack { .. } => "rolled-back",
            Self::Fork { .. } => "fork",
            Self::WrongFiles { .. } => "wrong-files",
            Self::NotCosigned { .. } => "not-cosigned",
            Self::Stale { .. } => "stale",
            Self::BadEntry { .. } => "bad-entry",
            Self::TimeWentBack { .. } => "time-went-back",
            Self::OddRate { .. } => "odd-rate",
            Self::OddHour { .. } => "odd-hour",
        }
    }
}
