//! Stream `session` (认定批次): one occupation, its results, their confirmation, public notice,
//! close and issue.

mod arrange;
mod audit;
pub mod basis;
pub mod command;
pub mod decider;
pub mod dual;
pub mod enrol;
pub mod event;
mod objections;
mod opening;
pub mod proceedings;
pub mod rejection;
pub mod remedy;
mod results;
pub mod staffing;
pub mod state;
pub mod step;

#[cfg(test)]
mod tests;
