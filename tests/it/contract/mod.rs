//! What every engine must do alike: generic functions, called once per engine.

pub mod batches;
pub mod event_store;
pub mod model;
