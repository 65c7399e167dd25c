//! Stream `catalogue` (目录): occupations, number grammars, recognition rules, each dated.

pub mod command;
pub mod decider;
pub mod event;
pub mod rejection;
pub mod state;

#[cfg(test)]
mod tests;
