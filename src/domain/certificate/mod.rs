//! Stream `certificate` (职业技能等级证书, and the kinds without a level): issued, reissued, suspended, reinstated, superseded,
//! and the four ends.

pub mod command;
pub mod decider;
pub mod earned;
pub mod event;
pub mod recognised;
pub mod rejection;
pub mod state;
pub mod twin;
pub mod unsealed;

#[cfg(test)]
mod recognised_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod twin_tests;
