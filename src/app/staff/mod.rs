//! The people who assess and teach (师资、考评与督导人员): registers, cards, endorsements, classes.

pub mod bases;
pub mod cards;
mod number;
mod person;
pub mod queries;
pub mod relations;
pub mod rules;
pub mod teachers;

pub(in crate::app) use number::card_key;
