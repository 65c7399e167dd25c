//! What the program tells its operator while it runs: lines on stderr, chosen with
//! `RUST_LOG`. No line holds personal data, an address of a person who asks, a query or a body.

use tracing_subscriber::EnvFilter;

/// Begins telling. A second start in one process changes nothing.
pub fn start() {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("skill_ledger=info,warn"));
    // Refused only if somebody set a subscriber before: then theirs is the one to use.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false)
        .try_init();
}
