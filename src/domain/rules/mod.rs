//! Dated rules of the trade as data, one file per source document, each with its source and
//! whether it was verified.

pub mod occupations;
pub mod recognition;
