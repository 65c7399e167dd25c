//! Stream `body` (评价机构 / 培训机构): filing, scope, keys, number serials, status lists.

pub mod affiliation;
pub mod command;
pub mod cross_region;
pub mod decider;
pub mod ecosystem;
pub mod event;
mod keys;
pub mod record;
pub mod rejection;
pub mod review;
mod scope;
pub mod separation;
pub mod serials;
mod standing;
pub mod state;
pub mod training_base;

#[cfg(test)]
mod affiliation_tests;
#[cfg(test)]
mod assessed_day_tests;
#[cfg(test)]
mod limit_tests;
#[cfg(test)]
mod oracle_tests;
#[cfg(test)]
mod record_tests;
#[cfg(test)]
mod scope_tests;
#[cfg(test)]
mod standing_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod training_base_tests;
