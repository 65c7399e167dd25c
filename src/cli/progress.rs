//! Progress of long work, on stderr, only where a person watches.

use super::output::Output;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;

/// A bar that moves with (done, total); hidden when stderr is no terminal.
pub(super) struct Bar(ProgressBar);

impl Bar {
    pub(super) fn new(output: &Output, key: &str) -> Self {
        if output.json || !std::io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:32}] {pos}/{len} {eta}") {
            bar.set_style(style);
        }
        bar.set_message(output.text(key, &[]));
        Self(bar)
    }

    pub(super) fn set(&self, done: u64, total: u64) {
        self.0.set_length(total);
        self.0.set_position(done);
    }

    pub(super) fn finish(self) {
        self.0.finish_and_clear();
    }
}
