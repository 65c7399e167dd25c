//! Stream `account` (账号): people and machines that act, their roles and token digests.

pub mod command;
pub mod decider;
pub mod event;
pub mod rejection;
pub mod state;

#[cfg(test)]
mod tests;
