//! What can be asked of the authority's stream.

use crate::domain::authority::event::{
    AssessmentPolicySet, AuthorityEstablished, AuthorityKeyRegistered, AuthorityKeyRetired,
    BodyPolicySet, CalendarLoaded, NoticePolicySet, TrustListPublished,
};

/// An intent of the authority. Each carries the fact it would become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthorityCommand {
    /// Begin the ledger.
    Establish(AuthorityEstablished),
    /// Bring a key into use.
    RegisterKey(AuthorityKeyRegistered),
    /// Take a key out of use.
    RetireKey(AuthorityKeyRetired),
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
