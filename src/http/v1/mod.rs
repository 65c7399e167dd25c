//! Version 1 of the API.

pub mod health;
pub mod look_up;
pub mod verify;
