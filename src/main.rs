//! The `skill-ledger` program: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    skill_ledger::cli::run(std::env::args_os())
}
