//! Facts, rules and decisions of the trade. Pure: std, serde derives, uuid and civil dates only.

pub mod credit_code;
pub mod decider;
pub mod identity;
pub mod ids;
pub mod level;
pub mod occupation;
pub mod region;
pub mod rules;
pub mod score;
pub mod time;
pub mod width;
