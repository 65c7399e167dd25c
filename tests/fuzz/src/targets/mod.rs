//! What must hold of every reader of what strangers hand in, whatever the bytes. Run by libFuzzer
//! (`tests/fuzz/run`) over what it makes up, and over the corpus by the ordinary tests
//! (`tests/it/fuzz_corpus.rs`).
//!
//! A target panics where its reader does, and where a rule besides that is broken: what was read
//! and is written again is the same; nobody but the ledger's keys makes anything that holds.

mod coats;
mod files;
mod lists;
mod log;
mod pictures;
mod whole;

#[allow(unused_imports, reason = "for what makes the seeds")]
pub use whole::BETWEEN;

/// One reader.
pub struct Target {
    /// Its name, which is also its folder in `tests/fuzz/corpus`.
    pub name: &'static str,
    /// Reads the bytes, checks what must hold, and says whether they were taken.
    pub run: fn(&[u8]) -> bool,
}

const fn target(name: &'static str, run: fn(&[u8]) -> bool) -> Target {
    Target { name, run }
}

/// Every reader.
pub const TARGETS: [Target; 27] = [
    target("strict-json", coats::strict_json),
    target("vc-json", coats::vc_json),
    target("sd-jwt", coats::sd_jwt),
    target("disclosure", coats::disclosure),
    target("qr", coats::qr),
    target("qr-text", coats::qr_text),
    target("did", coats::did),
    target("status-list", lists::status_list),
    target("token-status-list", lists::token_status_list),
    target("status-details", lists::status_details),
    target("trust-list", lists::trust_list),
    target("tlog-proof", log::tlog_proof),
    target("note", log::note),
    target("note-key", log::note_key),
    target("public-entry", log::public_entry),
    target("entry-bundle", log::entry_bundle),
    target("add-checkpoint", log::add_checkpoint),
    target("witness-policy", log::witness_policy),
    target("pdf", files::pdf),
    target("sheet", files::sheet),
    target("list", files::list),
    target("badge-png", pictures::badge_png),
    target("badge-svg", pictures::badge_svg),
    target("photo", pictures::photo),
    target("wallet", files::wallet),
    target("verify", whole::verify),
    target("input", whole::input),
];
