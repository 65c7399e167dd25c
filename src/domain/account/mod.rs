//! Stream `account` (账号): people and machines that act, their roles and token digests.

pub mod event;
