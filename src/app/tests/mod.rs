//! Whole lives of bodies and certificates, through the use cases and on a real ledger.

mod guards;
mod history;
mod recognition;
mod retries;
mod twins;
mod world;
