//! Stream `body` (评价机构 / 培训机构): filing, scope, keys, number serials, status lists.

pub mod affiliation;
pub mod command;
pub mod decider;
pub mod ecosystem;
pub mod event;
mod keys;
pub mod rejection;
mod scope;
pub mod separation;
pub mod serials;
mod standing;
pub mod state;
pub mod training_base;

#[cfg(test)]
mod affiliation_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod training_base_tests;
