//! What several modules of tests build on.

pub mod issued;
