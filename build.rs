//! Rebuilds when a migration changes, since the migrations are compiled in; tells the tests
//! whether the program they run is optimised.

fn main() {
    println!("cargo::rerun-if-changed=migrations");
    let level = std::env::var("OPT_LEVEL").unwrap_or_default();
    println!("cargo::rustc-env=SKILL_LEDGER_OPT_LEVEL={level}");
}
