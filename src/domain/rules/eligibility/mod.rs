//! Application conditions (申报条件): who may apply for which level, on which day, by which rule,
//! and what is missing until when.
//!
//! ```text
//! let by = catalogue.standards.named(&session.standard, on)     // or .of_occupation(code, on)
//! let history = History::of(&worker, birth).with_shown(codes, on)
//! judge(&history, by, level, on) -> Eligibility                 // judge_item for an item
//! ```
//!
//! [`Eligibility::met`] is the answer, [`Eligibility::rules_met`] the ids of the alternatives that
//! are met, each alternative says leaf by leaf what meets it or what is missing until when.
//! What the person holds already, whom a body may assess, and who trained whom is not asked here.
//!
//! The conditions are data: a [`Condition`] is a tree that a [`Template`] (编制技术规程 of a
//! generation) or an [`OccupationStandard`] carries, adopted by `catalogue.standards_adopted`.

mod condition;
mod history;
mod judge;
mod next;
mod register;
mod standard;
pub mod standards_cn;
pub mod templates_cn;
mod window;

#[cfg(test)]
mod tests;

pub use condition::{Condition, Counted, DEPTH_MAX, LEAVES_MAX, Reach, StudyState};
pub use history::{ApprenticeshipServed, Birth, History, LevelHeld, Shown};
pub use judge::{AlternativeJudged, AppliedFor, Eligibility, Judged, Parts, judge, judge_item};
pub use next::{NextStep, what_next};
pub use register::StandardRegister;
pub use standard::{
    Alternative, Applicable, Assesses, Conditions, LevelConditions, OccupationStandard,
    OpenedLevel, Template,
};
pub use window::{Evidence, Progress};
