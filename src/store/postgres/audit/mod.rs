//! Placeholder while the rest is compiled.
use super::PostgresStore;
use crate::store::StoreError;
use crate::store::audit::{Derive, Findings};
pub(super) async fn run(_: &PostgresStore, _: &impl Derive) -> Result<Findings, StoreError> {
    Err(StoreError::ReadOnly)
}
