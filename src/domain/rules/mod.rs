//! Dated rule tables of the trade, one file per source document.

pub mod occupations;
