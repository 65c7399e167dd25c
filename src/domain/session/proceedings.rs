//! What the steps of the full process have come to.

use crate::domain::ids::{ObjectionId, WorkerId};
use crate::domain::session::step::{
    CandidateRegistered, CertificatesUploaded, EligibilityDecided, EvidenceRecorded,
    ObjectionDecided, ObjectionFiled, RegistrationScheduled, ReviewHeld, SessionArranged,
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A candidate, and whether he may be assessed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// As registered.
    pub registered: CandidateRegistered,
    /// The decision, once taken; a later one stands for an earlier.
    pub eligibility: Option<EligibilityDecided>,
}

impl Candidate {
    /// Whether it was decided that he may be assessed.
    pub fn is_eligible(&self) -> bool {
        self.eligibility.as_ref().is_some_and(|it| it.eligible)
    }
}

/// An objection and its decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objection {
    /// As filed.
    pub filed: ObjectionFiled,
    /// The decision, once taken.
    pub decided: Option<ObjectionDecided>,
}

/// The steps of the full process, as far as they have been taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proceedings {
    /// The days of registration.
    pub registration: Option<RegistrationScheduled>,
    /// Candidates, in the order of their ids.
    pub candidates: BTreeMap<WorkerId, Candidate>,
    /// Rooms and staff.
    pub arrangement: Option<SessionArranged>,
    /// Evidence, in the order of its record.
    pub evidence: Vec<EvidenceRecorded>,
    /// The newest meeting of the committee.
    pub review: Option<ReviewHeld>,
    /// Objections.
    pub objections: BTreeMap<ObjectionId, Objection>,
    /// Candidates whose result was struck.
    pub struck: BTreeSet<WorkerId>,
    /// Since when results that had been confirmed are being put right, while they are.
    pub revising: Option<Date>,
    /// Reports to the authority so far.
    pub rounds: u16,
    /// The last day of putting it right, once the authority gave it back.
    pub fix_by: Option<Date>,
    /// Uploads, in the order of their record.
    pub uploads: Vec<CertificatesUploaded>,
}

impl Proceedings {
    /// Candidates who may be assessed.
    pub fn eligible(&self) -> impl Iterator<Item = (&WorkerId, &Candidate)> {
        self.candidates.iter().filter(|(_, it)| it.is_eligible())
    }

    /// Candidates of whom nothing is decided yet.
    pub fn pending(&self) -> impl Iterator<Item = (&WorkerId, &Candidate)> {
        self.candidates
            .iter()
            .filter(|(_, it)| it.eligibility.is_none())
    }

    /// Objections that wait for a decision.
    pub fn open_objections(&self) -> impl Iterator<Item = &Objection> {
        self.objections.values().filter(|it| it.decided.is_none())
    }
}
