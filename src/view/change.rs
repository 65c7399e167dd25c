//! What one event changes in the views. Projections make these without looking at anything but
//! the event; `write/` carries each out with a few statements.

use super::body::{AuthorityRow, BodyRow, KeyRow, RunOffRow, ScopeRow, Standing, StandingRow};
use super::certificate::{CertificateRow, CertificateState, CredentialRow};
use super::passport::PassportEntry;
use super::proposal::{ProposalRow, ProposalState};
use super::published::PublishedRow;
use super::session::SessionRow;
use crate::domain::ids::{AccountId, BodyId, CertificateId, GrantId, ProposalId, SessionId};
use crate::domain::number::CertificateNumber;
use crate::domain::score::Verdict;
use jiff::civil::Date;
use serde_json::Value;

/// One change of one row, or of the rows of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ViewChange {
    /// The authority became known.
    PutAuthority(AuthorityRow),
    /// A body was registered; its first standing begins.
    PutBody(BodyRow),
    /// A body's standing ends where this one begins.
    SetStanding(StandingRow),
    /// A scope was granted.
    PutScope(ScopeRow),
    /// A scope ended.
    EndScope {
        /// Which.
        grant: GrantId,
        /// First position without it.
        position: u64,
        /// First day without it.
        on: Date,
        /// Why.
        reason: String,
    },
    /// A run-off was granted.
    PutRunOff(RunOffRow),
    /// A run-off ended.
    EndRunOff {
        /// The body.
        body: BodyId,
        /// Whose leave.
        session: SessionId,
        /// First position without it.
        position: u64,
        /// First day without it.
        on: Date,
    },
    /// A key came into use.
    PutKey(KeyRow),
    /// A key went out of use.
    RetireKey {
        /// Whose; none for the authority and the log.
        body: Option<BodyId>,
        /// Which.
        key_id: String,
        /// First position without it.
        position: u64,
        /// The civil date.
        on: Date,
    },
    /// A key was declared compromised.
    CompromiseKey {
        /// Whose; none for the authority and the log.
        body: Option<BodyId>,
        /// Which.
        key_id: String,
        /// First position whose use of it is void.
        from_position: u64,
        /// Why.
        ground: String,
        /// Position of the declaration.
        position: u64,
    },
    /// A session was opened.
    PutSession(SessionRow),
    /// A candidate's result was entered, struck, or put in another's place.
    CountResult {
        /// The session.
        session: SessionId,
        /// What it had come to; none if there was none.
        was: Option<Verdict>,
        /// What it comes to; none if it was struck.
        now: Option<Verdict>,
        /// Position of the event.
        position: u64,
    },
    /// A session moved on.
    MoveSession {
        /// The session.
        session: SessionId,
        /// Position of the event.
        position: u64,
        /// Where to.
        to: SessionMove,
    },
    /// A certificate was issued.
    PutCertificate(CertificateRow),
    /// A certificate's state changed.
    SetCertificateState {
        /// Which.
        certificate: CertificateId,
        /// Position of the event.
        position: u64,
        /// What it is worth now.
        state: CertificateState,
        /// The civil date.
        since: Date,
        /// Why.
        ground: String,
        /// Legal basis.
        basis: Option<String>,
        /// What took its place.
        successor: Option<CertificateNumber>,
    },
    /// A document was signed for a certificate's first issue.
    PutCredential(CredentialRow),
    /// A certificate was issued again.
    Reissue {
        /// Which.
        certificate: CertificateId,
        /// The new document; its `number` is taken from the certificate's row.
        credential: crate::domain::digest::Digest,
        /// The issue sequence.
        issue: u16,
        /// 补发日期
        issued_on: Date,
        /// Why.
        reason: String,
        /// The key that signed it.
        key_id: String,
        /// Position of the event.
        position: u64,
    },
    /// Something happened to a worker's skills.
    PutPassport(PassportEntry),
    /// Something happened to a certificate: an entry in its holder's timeline.
    PutPassportOfHolder {
        /// Which certificate.
        certificate: CertificateId,
        /// Position of the event.
        position: u64,
        /// The event's type.
        kind: &'static str,
        /// What it says.
        data: Value,
    },
    /// A proposal was made.
    PutProposal(ProposalRow),
    /// A proposal was decided.
    DecideProposal {
        /// Which.
        proposal: ProposalId,
        /// How.
        state: ProposalState,
        /// By whom.
        by: AccountId,
        /// Why not.
        reason: Option<String>,
        /// Position of the event.
        position: u64,
    },
    /// A registered thing has this state from now on.
    PutRegister {
        /// What sort of thing.
        kind: &'static str,
        /// Which one.
        key: String,
        /// Whose; empty for nobody's.
        owner: String,
        /// Position of the event.
        position: u64,
        /// What holds of it.
        data: Value,
    },
    /// Members of a registered thing's state change.
    PatchRegister {
        /// What sort of thing.
        kind: &'static str,
        /// Which one.
        key: String,
        /// Position of the event.
        position: u64,
        /// The merge patch (RFC 7396).
        data: Value,
    },
    /// A thing is registered no more.
    EndRegister {
        /// What sort of thing.
        kind: &'static str,
        /// Which one.
        key: String,
        /// Position of the event.
        position: u64,
    },
    /// A signed list was published; it replaces the earlier one.
    PutPublished(PublishedRow),
}

/// How a session moved on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionMove {
    /// Results confirmed.
    Confirmed,
    /// Confirmed results are being put right.
    Reopened,
    /// Reported to the authority.
    Submitted,
    /// Given back by the authority.
    Returned,
    /// Passed by the authority.
    Audited,
    /// Public notice began.
    Notice {
        /// First day.
        from: Date,
        /// First day on which it may close.
        closes_on: Date,
    },
    /// Closed; levels awarded.
    Closed {
        /// The civil date.
        on: Date,
    },
    /// Certificates issued.
    Issued {
        /// The civil date.
        on: Date,
        /// How many.
        count: u32,
    },
}

impl ViewChange {
    /// The standing a registration begins with.
    pub(crate) fn first_standing(body: &BodyRow) -> StandingRow {
        StandingRow {
            body: body.body,
            from_position: body.position,
            to_position: None,
            standing: Standing::Active,
            since: None,
            ground: None,
            basis: None,
        }
    }
}
