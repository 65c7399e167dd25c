//! Stream `worker` (劳动者): what a person has, under a pseudonym.

pub mod appointment;
pub mod apprenticeship;
mod background;
pub mod command;
pub mod components;
pub mod decider;
pub mod event;
pub mod honour;
pub mod question;
pub mod recognition;
pub mod rejection;
pub mod review_due;
pub mod standing;
pub mod state;
pub mod training;

#[cfg(test)]
mod appointment_tests;
#[cfg(test)]
mod background_tests;
#[cfg(test)]
mod career_tests;
#[cfg(test)]
mod components_tests;
#[cfg(test)]
mod question_tests;
#[cfg(test)]
mod recognition_edge_tests;
#[cfg(test)]
mod recognition_tests;
#[cfg(test)]
mod recognition_used_tests;
#[cfg(test)]
mod review_due_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod training_tests;
