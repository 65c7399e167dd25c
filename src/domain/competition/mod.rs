//! Stream `competition` (职业技能竞赛): registered, its places entered, confirmed, noticed, closed.
//! What a place leads to, `rules/routes/promotion.rs` says.

pub mod command;
pub mod decider;
pub mod event;
pub mod rejection;
pub mod state;

#[cfg(test)]
mod tests;
