//! Version 1 of the API.

pub mod batch;
pub mod bearer;
pub mod certificates;
pub mod commands;
pub mod health;
pub mod look_up;
pub mod openapi;
pub mod registers;
pub mod report;
pub mod verify;
pub mod wallet;
