//! Event envelope, canonical row bytes, hash chain, batches and sealed rows.

pub mod batch;
pub mod row;
