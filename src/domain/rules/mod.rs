//! Dated rules of the trade as data, one file per source document, each with its source and
//! whether it was verified; and the reckoning of days they need.

pub mod assessment;
pub mod bodies;
pub mod calendar;
pub mod calendars_cn;
pub mod eligibility;
pub mod occupations;
pub mod recognition;
pub mod routes;
pub mod staff;
pub mod staff_cn;
pub mod years;
