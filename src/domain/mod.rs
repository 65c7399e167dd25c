//! Facts, rules and decisions of the trade. Pure: std, serde derives, uuid and civil dates only.

pub mod account;
pub mod attainment;
pub mod authority;
pub mod background;
pub mod body;
pub mod catalogue;
pub mod certificate;
pub mod competition;
pub mod credit_code;
pub mod decider;
pub mod digest;
pub mod event;
#[cfg(test)]
pub(crate) mod example;
pub mod identity;
pub mod ids;
pub mod item;
pub mod key_use;
pub mod level;
pub mod name;
pub mod number;
pub mod occupation;
pub mod person_name;
pub mod proposal;
pub mod region;
pub mod rejection;
pub mod route;
pub mod rules;
pub mod score;
pub mod session;
pub mod staff;
pub mod time;
pub mod width;
pub mod wording;
pub mod worker;

#[cfg(test)]
mod proposal_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod word_tests;
