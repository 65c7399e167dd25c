//! What can be asked of a member of staff's stream.

use crate::domain::ids::SubjectId;
use crate::domain::staff::event::{
    CardGranted, CardReinstated, CardRenewed, CardSuspended, CardWithdrawn, RelationDeclared,
    RelationStruck, StaffEndorsed, StaffEngaged, StaffEnrolled, StaffLeft,
};

/// An intent about one member of staff. Days are checked against the calendar of today by
/// `app/` (`date-in-future`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StaffCommand {
    /// A person comes into the registers.
    Enrol(StaffEnrolled),
    /// Grant a card.
    GrantCard(CardGranted),
    /// Renew a card.
    RenewCard(CardRenewed),
    /// Suspend a card.
    SuspendCard(CardSuspended),
    /// End a suspension.
    ReinstateCard(CardReinstated),
    /// Withdraw a card.
    WithdrawCard(CardWithdrawn),
    /// Mark a training on a teacher's card.
    Endorse {
        /// The mark.
        endorsed: StaffEndorsed,
        /// Whether the base was listed from the training's first day to the day it signed.
        base_listed: bool,
    },
    /// Declare a relation.
    DeclareRelation {
        /// The relation.
        declared: RelationDeclared,
        /// Who declares it: the person of this stream.
        of: SubjectId,
    },
    /// Strike a relation.
    StrikeRelation(RelationStruck),
    /// A school engages a teacher.
    Engage(StaffEngaged),
    /// A teacher leaves a school.
    Leave(StaffLeft),
}
