//! The day it is for a program under test: a small library, put before the C library, moves its
//! wall clock. Only so can a scope or a list run out between two commands of the real program.

use jiff::civil::Date;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

/// Sets the clock of a command that is not yet run to noon of a day in China.
pub fn set(command: &mut Command, today: Date) {
    let noon = today
        .at(12, 0, 0, 0)
        .to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(8)));
    let seconds = noon.unwrap().timestamp().as_second();
    command
        .env("LD_PRELOAD", library())
        .env("TEST_CLOCK_SECONDS", seconds.to_string());
}

/// The library, compiled once by the C compiler that SQLite needs anyway.
fn library() -> &'static PathBuf {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
        let library = folder.join("clock.so");
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/support/clock.c");
        let making = folder.join(format!("clock-{}.so", std::process::id()));
        let compiled = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-o"])
            .args([making.as_os_str(), source.as_ref()])
            .status();
        assert!(compiled.unwrap().success(), "cc");
        std::fs::rename(making, &library).unwrap();
        library
    })
}
