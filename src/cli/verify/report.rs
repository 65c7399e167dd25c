//! `--report OUT.pdf`: the answers as a report on paper, for a personnel file (核验报告).

use crate::app::AppError;
use crate::domain::time::Instant;
use crate::paper::{Press, ReportPaper, TrustUsed};
use crate::verify::Report;
use sha2::{Digest, Sha256};
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

/// Most files of one report: more are better told as JSON.
const FILES_MAX: usize = 200;

/// The answers of one run, kept until the report is written.
pub(super) struct Reports<'a> {
    path: &'a Path,
    verifier: Option<&'a str>,
    at: Instant,
    checked: Vec<Checked>,
    more: bool,
}

struct Checked {
    name: String,
    sha256: Option<[u8; 32]>,
    report: Report,
    trust: Option<TrustUsed>,
}

impl<'a> Reports<'a> {
    /// A report to be written to a file that is not there yet.
    pub(super) fn to(
        path: &'a Path,
        verifier: Option<&'a str>,
        at: Instant,
    ) -> Result<Self, AppError> {
        let refused = |rule| AppError::BadInput {
            what: "report",
            rule,
        };
        let extension = path.extension().map(|it| it.to_ascii_lowercase());
        if extension.is_none_or(|it| it != "pdf") {
            return Err(refused("report-form"));
        }
        // Told before anything is verified; that it is still so, `create_new` makes sure.
        if path.symlink_metadata().is_ok() {
            return Err(refused("list-out-new"));
        }
        Ok(Self {
            path,
            verifier,
            at,
            checked: Vec::new(),
            more: false,
        })
    }

    /// Takes one answer, and what it was judged against.
    pub(super) fn add(
        &mut self,
        name: &str,
        bytes: Option<&[u8]>,
        report: &Report,
        trust: Option<TrustUsed>,
    ) {
        if self.checked.len() == FILES_MAX {
            self.more = true;
            return;
        }
        self.checked.push(Checked {
            name: name.to_owned(),
            sha256: bytes.map(|bytes| Sha256::digest(bytes).into()),
            report: report.clone(),
            trust,
        });
    }

    /// Writes it; nothing, where there is nothing to report.
    pub(super) fn write(&self) -> Result<(), AppError> {
        if self.more {
            return Err(AppError::BadInput {
                what: "report",
                rule: "report-files",
            });
        }
        if self.checked.is_empty() {
            return Ok(());
        }
        let papers: Vec<ReportPaper<'_>> = self
            .checked
            .iter()
            .map(|checked| ReportPaper {
                report: &checked.report,
                file_name: Some(&checked.name),
                file_sha256: checked.sha256,
                verified_at: self.at,
                verifier: self.verifier,
                trust: checked.trust.clone(),
            })
            .collect();
        let drawn = Press::new().and_then(|press| press.reports(&papers));
        let bytes = drawn.map_err(|error| AppError::Inconsistent(error.to_string()))?;
        let written = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(self.path)
            .and_then(|mut file| file.write_all(&bytes));
        written.map_err(|error| AppError::File {
            path: self.path.display().to_string(),
            error,
        })
    }
}
