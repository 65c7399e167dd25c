//! What has to be refused, counted by the rule that refused it.

use crate::app::AppError;
use std::collections::BTreeMap;

/// Refusals by their stable codes.
#[derive(Default)]
pub(super) struct Refusals(BTreeMap<String, u64>);

impl Refusals {
    /// Counts a refusal; what should have been refused and was done ends the demo.
    pub fn expect<T>(&mut self, done: Result<T, AppError>, what: &str) -> Result<(), AppError> {
        match done {
            Ok(_) => Err(AppError::Inconsistent(format!("{what} was not refused"))),
            Err(error) if error.is_refusal() || matches!(error, AppError::BadInput { .. }) => {
                self.count(&error.code());
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// Counts one refusal of a row of a sheet.
    pub fn count(&mut self, code: &str) {
        *self.0.entry(code.to_owned()).or_default() += 1;
    }

    /// How many refusals by which rule.
    pub fn by_code(&self) -> &BTreeMap<String, u64> {
        &self.0
    }
}
