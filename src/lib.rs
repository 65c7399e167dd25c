//! skill-ledger: the ledger of record for vocational skills (职业技能台账).
//!
//! The rooms, in dependency order. A room imports only from rooms of a lower number;
//! rooms of one number do not know each other. `tests/it/architecture.rs` holds them to it.

/// 0 · PURE: facts, rules and decisions of the trade; no IO, clock, randomness, SQL, HTTP or key.
pub mod domain;

/// 1 · PURE: event envelope, canonical row bytes, hash chain, public entry, batches and sealed rows.
pub mod codec;
/// 1 · Keys: identifiers, purposes, strict Ed25519, the encrypted keyring.
pub mod keys;
/// 1 · The words shown to people, Chinese and English, by message key.
pub mod locale;
/// 1 · PURE: spreadsheets as bodies really lay them out, read into rows with a verdict each.
pub mod sheet;
/// 1 · PURE: RFC 6962 tree, C2SP notes, checkpoints, cosignatures, policies and proofs.
pub mod tlog;

/// 2 · PURE: one claim set, its coats; status lists, DID documents, trust list.
pub mod credential;
/// 2 · IO: the event store, native to its engine.
pub mod store;
/// 2 · Personal data: sealing and opening per person, blind index; no SQL.
pub mod vault;

/// 3 · PURE: the offline verification pipeline.
pub mod verify;
/// 3 · IO: read models and their queries.
pub mod view;

/// 4 · PURE: the certificate and the verification report as PDF.
pub mod paper;
/// 4 · Events to view changes, in position order; rebuild.
pub mod projection;
/// 4 · Events to Merkle tree and signed checkpoints.
pub mod sequencer;

/// 5 · Use cases: the only place with clock, randomness and keys in hand.
pub mod app;

/// 7 · The door for test suites of the W3C; not in a release build.
#[cfg(feature = "conformance")]
pub mod conformance;
/// 6 · The JSON API and the static documents.
pub mod http;
/// 7 · The pages; they hold the API's routes, limits and problems in hand.
pub mod web;

/// 8 · The command line.
pub mod cli;
/// 7 · What a running program tells its operator.
pub mod telemetry;
