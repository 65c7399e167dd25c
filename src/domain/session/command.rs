//! What can be asked of an assessment session.

use crate::domain::body::event::BodyKind;
use crate::domain::digest::Digest;
use crate::domain::occupation::Occupation;
use crate::domain::proposal::{Approval, Proposing, TurnDown};
use crate::domain::session::event::{NoticeStarted, ResultEntered, SessionOpened};
use jiff::civil::Date;

/// An intent about one session.
#[derive(Clone, Debug, PartialEq, Eq)]
// One command at a time is in hand: its size does not matter.
#[allow(clippy::large_enum_variant)]
pub enum SessionCommand {
    /// Open it. That the body may assess there, its own stream says (`may_assess`).
    Open(OpenSession),
    /// Take in the results of one sheet.
    ImportResults(ImportResults),
    /// Propose that the results stand (成绩经办).
    ProposeConfirm(Proposing),
    /// Approve that the results stand (成绩复核).
    ApproveConfirm {
        /// What the checker approves.
        approval: Approval,
        /// The digest of the results as they are now.
        digest_now: Digest,
    },
    /// Turn the proposed results down.
    RejectConfirm(TurnDown),
    /// Begin the public notice (公示); the authority's stream says until when.
    StartNotice(NoticeStarted),
    /// Close; levels are awarded in the same commit.
    Close {
        /// The civil date.
        on: Date,
    },
    /// Certificates of all who passed are issued in the same commit.
    IssueCertificates {
        /// The civil date.
        on: Date,
        /// How many.
        count: u32,
    },
}

/// The intent to open a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSession {
    /// What is opened.
    pub opened: SessionOpened,
    /// Its occupation, from the catalogue edition of the day; none for an item.
    pub occupation: Option<Occupation>,
    /// What kind of body opens it.
    pub body_kind: BodyKind,
}

/// The intent to take in a sheet of results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportResults {
    /// BLAKE3 of the file, keyed with the ledger's digest key.
    pub sheet: Digest,
    /// Rows of candidates in the file; those not among the results were refused.
    pub rows: u32,
    /// The rows taken.
    pub results: Vec<ResultEntered>,
    /// The civil date.
    pub on: Date,
}
