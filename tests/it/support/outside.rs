//! Verifiers that nobody here wrote: where they are installed.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Our scripts that call them.
pub fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outside")
}

/// Where the verifiers are, installed once.
pub fn installed() -> &'static Path {
    static PLACE: OnceLock<PathBuf> = OnceLock::new();
    PLACE.get_or_init(|| {
        let place = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("outside");
        let install = here().join("install");
        let done = Command::new(install).arg(&place).status().unwrap();
        assert!(done.success(), "tests/outside/install failed");
        // Node finds packages beside the script, not beside the caller.
        for script in ["vc.mjs", "sd_jwt_vc.mjs", "rdf.mjs"] {
            std::fs::copy(here().join(script), place.join(script)).unwrap();
        }
        place
    })
}
