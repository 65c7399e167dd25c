//! `--report OUT.pdf`: the answers as a report on paper, for a personnel file (核验报告).

use crate::app::AppError;
use crate::cli::new_file::NewFile;
use crate::domain::time::Instant;
use crate::paper::{Press, ReportPaper, TrustUsed};
use crate::verify::Report;
use sha2::{Digest, Sha256};
use std::path::Path;

/// Most files of one report: more are better told as JSON.
const FILES_MAX: usize = 200;

/// The answers of one run, kept until the report is written.
pub(super) struct Reports<'a> {
    file: NewFile<'a>,
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
        let extension = path.extension().map(|it| it.to_ascii_lowercase());
        if extension.is_none_or(|it| it != "pdf") {
            return Err(AppError::BadInput {
                what: "report",
                rule: "report-form",
            });
        }
        Ok(Self {
            file: NewFile::at(path, "report")?,
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
        self.file.write(&bytes)
    }
}
