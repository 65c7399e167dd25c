//! What the views are asked: each question once, for either engine.

pub(super) mod body;
mod certificate;
mod count;
mod person;
mod published;
mod register;
mod review;
mod session;

pub use register::RegisterPage;
pub use review::{ReviewCounts, Reviewed};
