//! Stream `authority` (主管部门): genesis, authority and log keys, calendars, notice periods,
//! published trust lists.

mod body_policy;
pub mod command;
pub mod decider;
pub mod event;
mod keys;
pub mod rejection;
pub mod state;

#[cfg(test)]
mod body_policy_tests;
#[cfg(test)]
mod keys_tests;
#[cfg(test)]
mod tests;
