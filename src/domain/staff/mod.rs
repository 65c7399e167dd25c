//! Stream `staff` (师资、考评与督导人员): the people who assess and teach, their cards, their
//! endorsements and whom they are close to. The stream's id is the person's id in the vault: one
//! person is one subject, as worker and as staff.

mod cards;
pub mod command;
pub mod decider;
pub mod event;
pub mod facts;
pub mod independence;
pub mod ratio;
pub mod rejection;
pub mod role;
pub mod state;
pub mod teaching;

#[cfg(test)]
mod cards_tests;
#[cfg(test)]
mod teaching_tests;
#[cfg(test)]
mod tests;
