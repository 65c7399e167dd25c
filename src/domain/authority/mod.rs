//! Stream `authority` (主管部门): genesis, authority and log keys, calendars, notice periods,
//! published trust lists.

pub mod command;
pub mod decider;
pub mod event;
pub mod rejection;
pub mod state;

#[cfg(test)]
mod tests;
