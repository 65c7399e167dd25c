//! The API, over a real socket and a real ledger.

mod batch;
mod certificates;
mod documents;
mod limits;
mod look_up;
mod verify;
mod wallet;
mod work;
