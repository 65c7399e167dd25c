//! What can be asked of the authority's stream.

use crate::domain::authority::event::{
    AssessmentPolicySet, AuthorityEstablished, AuthorityKeyRegistered, AuthorityKeyRetired,
    BodyPolicySet, CalendarLoaded, NoticePolicySet, TrustListPublished,
};
use crate::domain::proposal::{Act, Approval, Proposing, TurnDown};

/// An intent of the authority. Each carries the fact it would become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthorityCommand {
    /// Begin the ledger.
    Establish(AuthorityEstablished),
    /// Bring a key into use.
    RegisterKey(AuthorityKeyRegistered),
    /// Take a key out of use.
    RetireKey(AuthorityKeyRetired),
    /// Propose what takes two people: that a key is compromised.
    Propose {
        /// The maker's part.
        proposing: Proposing,
        /// What it would do.
        act: Act,
    },
    /// Approve what somebody else proposed.
    Approve(Approval),
    /// Turn it down, or take one's own back.
    Reject(TurnDown),
    /// Make a year's working days known; a later one of the same year replaces it.
    LoadCalendar(CalendarLoaded),
    /// Set the length of the public notice (公示).
    SetNoticePolicy(NoticePolicySet),
    /// Lay down what holds of bodies: own staff, 考培分离, least credit.
    SetBodyPolicy(BodyPolicySet),
    /// Set how assessments are held (认定工作规程).
    SetAssessmentPolicy(AssessmentPolicySet),
    /// Publish a signed trust list.
    PublishTrustList(TrustListPublished),
}
