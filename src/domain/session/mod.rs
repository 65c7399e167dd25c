//! Stream `session` (认定批次): one occupation, its results, their confirmation, public notice,
//! close and issue.

pub mod command;
pub mod decider;
pub mod event;
pub mod rejection;
pub mod state;

#[cfg(test)]
mod tests;
