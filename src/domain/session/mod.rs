//! Stream `session` (认定批次): one occupation, its results, their confirmation, public notice,
//! close and issue.

pub mod basis;
pub mod command;
pub mod decider;
pub mod dual;
pub mod event;
mod opening;
pub mod rejection;
pub mod state;

#[cfg(test)]
mod route_tests;
#[cfg(test)]
mod tests;
