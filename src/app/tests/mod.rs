//! Whole lives of bodies and certificates, through the use cases and on a real ledger.

mod as_of;
mod cross_region;
mod guards;
mod history;
mod race;
mod recognised;
mod recognition;
mod retries;
mod rivals;
mod twins;
mod world;
