//! Stream `certificate` (职业技能等级证书): issued, reissued, suspended, reinstated, superseded,
//! and the four ends.

pub mod command;
pub mod decider;
pub mod earned;
pub mod event;
pub mod rejection;
pub mod state;
pub mod unsealed;

#[cfg(test)]
mod tests;
