//! Stream `catalogue` (目录): occupations, number grammars, recognition rules, standards,
//! each dated.

pub mod command;
pub mod decider;
pub mod event;
mod items;
mod occupations;
mod recognition;
pub mod rejection;
pub mod routes;
mod staff;
pub mod standards;
pub mod state;

#[cfg(test)]
mod amendment_tests;
#[cfg(test)]
mod edition_tests;
#[cfg(test)]
mod recognition_tests;
#[cfg(test)]
mod routes_tests;
#[cfg(test)]
mod staff_tests;
#[cfg(test)]
mod standards_tests;
#[cfg(test)]
mod tests;
