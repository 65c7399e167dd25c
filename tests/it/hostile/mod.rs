//! Input that must be met with a clear error, nothing lost and nothing written: each through the
//! program, with its exit code and its code in `--json`.

mod body;
mod canary;
mod credential;
mod disk;
mod notice;
mod people;
mod sheets;
mod status;
mod store;
