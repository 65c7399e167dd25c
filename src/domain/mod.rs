//! Facts, rules and decisions of the trade. Pure: std, serde derives, uuid and civil dates only.

pub mod decider;
pub mod ids;
pub mod level;
pub mod score;
pub mod time;
