//! Everything that needs an engine, a socket or a process. One binary: a list of modules.

// A helper of tests may unwrap as a test may.
#![allow(clippy::unwrap_used)]

mod architecture;
mod archive;
mod at_rest;
mod check_list;
mod contract;
mod crash;
mod fuzz_corpus;
mod golden;
mod hostile;
mod http;
mod import_results;
mod journey;
mod lock_files;
mod on_server;
mod outside;
mod outside_qr;
mod outside_rdf;
mod outside_sd_jwt;
mod outside_served;
mod outside_wallet;
mod paper;
mod postgres_store;
mod public_log;
mod publish;
mod recount;
mod rejections;
mod samples;
mod scenarios;
mod sqlite_store;
mod store_audit;
mod store_crash;
mod support;
mod vectors;
mod verify;
mod verify_files;
mod verify_list;
mod verify_report;
mod view;
mod wallet_grants;
mod web;
mod words;

// `support/random_claims.rs` serves the tests beside the code too, where rooms are the crate's own.
use skill_ledger::{credential, domain};
