//! The `skill-ledger` program: arguments in, exit code out.

fn main() {}
