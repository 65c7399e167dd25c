//! libFuzzer with one of the targets, the one that `SKILL_LEDGER_FUZZ` names. `tests/fuzz/run` starts it.

#![no_main]

mod targets;

use std::sync::LazyLock;

static TARGET: LazyLock<&targets::Target> = LazyLock::new(|| {
    let name = std::env::var("SKILL_LEDGER_FUZZ").unwrap_or_default();
    let found = targets::TARGETS.iter().find(|it| it.name == name);
    found.unwrap_or_else(|| panic!("SKILL_LEDGER_FUZZ names no target: {name:?}"))
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    (TARGET.run)(bytes);
});
