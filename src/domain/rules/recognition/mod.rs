//! Recognition (比照认定 / 职业发展贯通), both ways: what a level, a title, an education, another's
//! certificate or an honour gives towards another, on a day and in a place.
//!
//! All of it is data with dates and sources, adopted by events of the catalogue and gathered in a
//! [`Rulebook`]: rules, the comparison table (比照目录), the eight title series with the occupations
//! that belong to them, and the register of issuers. [`Rulebook::answers`] puts what somebody holds
//! against it. An answer is an effect, a citation, what is met by which evidence and what is not
//! until when; it is never "equals".

pub mod careers_cn;
mod comparison;
mod holding;
mod issuer;
mod judge;
mod qualification;
mod rule;
mod rulebook;
mod series;

pub mod comparisons_demo;
pub mod series_cn;
pub use comparison::{Comparison, Directions};
pub use holding::{Held, HeldBy, Holding};
pub use issuer::{Accepted, Issuer};
pub use judge::{Condition, Evidence, Met, Recognition, Unmet};
pub use qualification::{Qualification, Title, TitleGrade};
pub use rule::{Channel, Effect, RecognitionRule, StatedCondition};
pub use rulebook::{AdoptedRule, Rulebook};
pub use series::{OccupationSeries, Series, SeriesTitle, TitleSeries};

#[cfg(test)]
mod led_to_tests;
#[cfg(test)]
mod rulebook_tests;
#[cfg(test)]
mod tests;
