//! Stream `worker` (劳动者): what a person has, under a pseudonym.

mod background;
pub mod command;
pub mod decider;
pub mod event;
pub mod rejection;
pub mod state;

#[cfg(test)]
mod background_tests;
#[cfg(test)]
mod tests;
