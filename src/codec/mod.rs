//! Event envelope, canonical row bytes, hash chain, batches and sealed rows.

pub mod archive;
pub mod batch;
pub mod canonical;
pub mod envelope;
pub mod registry;
pub mod row;
mod upcast;

#[cfg(test)]
mod tests;
