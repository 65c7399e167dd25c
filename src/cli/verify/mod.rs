//! `verify FILE…`: credentials checked offline, one answer each.
//!
//! Exit code: 0 all valid, 1 any invalid, 2 any that could not be checked and none invalid,
//! 64 misuse (a trust or status file that cannot be read).

mod files;
mod own_lists;
mod report;
mod show;
mod side_by_side;

use super::access::show_error;
use super::output::{Exit, Output};
use super::witness::read_policy;
use crate::app::{AppError, clock};
use crate::credential::trust_list::TRUST_FILE_BYTES_MAX;
use crate::domain::time::Instant;
use crate::locale::{self, Language};
use crate::paper::TrustUsed;
use crate::verify::{Input, Known, Outcome, Policy, Report};
use files::{Given, read_bounded};
use own_lists::OwnLists;
use report::Reports;
use show::Answered;
use side_by_side::SideBySide;
use std::io::{self, Write};
use std::path::PathBuf;

/// What `verify` is given.
#[derive(Debug, clap::Args)]
pub struct VerifyArgs {
    /// Certificates in any coat: JSON, SD-JWT, the text of a QR code, PDF; folders and zips of them;
    /// - for standard input. A proof beside a file (NUMBER.tlog-proof) is found by itself.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The proof of inclusion, if it does not lie beside the file or inside it.
    #[arg(long, value_name = "FILE")]
    pub proof: Option<PathBuf>,
    /// The authority's trust list. Without it, one inside a PDF is used if --trust-key says whose key
    /// must have signed it.
    #[arg(long, value_name = "FILE")]
    pub trust: Option<PathBuf>,
    /// A newer status list, status details, or trust list with them. May stand several times.
    #[arg(long, value_name = "FILE")]
    pub status: Vec<PathBuf>,
    /// Do not demand the proof that the certificate is in the log.
    #[arg(long)]
    pub no_log: bool,
    /// Trust policy (C2SP tlog-policy): the checkpoint of the proof must have its quorum of
    /// cosignatures.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Fingerprint (SHA-256, hexadecimal) or id of the trust key that must have signed the list.
    #[arg(long, value_name = "FINGERPRINT")]
    pub trust_key: Option<String>,
    /// Write a report for a file on paper: A4, PDF, each certificate from the top of a page. A file
    /// that is there already is not touched.
    #[arg(long, value_name = "OUT.pdf")]
    pub report: Option<PathBuf>,
    /// Who verifies, if the report is to say so.
    #[arg(long, value_name = "NAME", requires = "report")]
    pub verified_by: Option<String>,
    /// Oldest status list to believe, in days.
    #[arg(long, value_name = "DAYS", default_value_t = Policy::default().max_status_age_days)]
    pub max_status_age_days: u32,
    /// Oldest trust list to believe, in days.
    #[arg(long, value_name = "DAYS", default_value_t = Policy::default().max_trust_age_days)]
    pub max_trust_age_days: u32,
}

impl VerifyArgs {
    /// 0: all valid. 1: any invalid. 2: any that could not be checked, none invalid.
    pub(super) fn run(self, output: &Output) -> Exit {
        let mut out = io::BufWriter::new(io::stdout().lock());
        match verify_files(&self, output.json, output.language, clock::now(), &mut out) {
            Ok(Outcome::Valid) => Exit::Done,
            Ok(Outcome::Invalid) => Exit::Refused,
            Ok(Outcome::Unknown) => Exit::Unable,
            Err(VerifyFilesError::NoSuchFile(path)) => {
                let args = [("file", path.display().to_string())];
                output.error("no-such-file", "verify-no-such-file", &args);
                Exit::Misuse
            }
            Err(VerifyFilesError::Policy(error) | VerifyFilesError::Report(error)) => {
                show_error(output, &error)
            }
            Err(VerifyFilesError::Output(_)) => Exit::Unable,
        }
    }
}

/// Why no answer could be given at all.
#[derive(Debug, thiserror::Error)]
pub enum VerifyFilesError {
    /// A trust or status file that was named cannot be read, or is too large.
    #[error("cannot read {0}")]
    NoSuchFile(PathBuf),
    /// The trust policy cannot be read.
    #[error(transparent)]
    Policy(AppError),
    /// The report cannot be written.
    #[error(transparent)]
    Report(AppError),
    /// The answers could not be written.
    #[error("cannot write the answer: {0}")]
    Output(#[from] io::Error),
}

/// Verifies every file and writes one answer each. Returns the worst: invalid before unknown
/// before valid; unknown if there was nothing to verify.
pub fn verify_files(
    args: &VerifyArgs,
    json: bool,
    language: Language,
    now: Instant,
    out: &mut impl Write,
) -> Result<Outcome, VerifyFilesError> {
    let given = |path: &PathBuf| {
        let bytes = read_bounded(path, TRUST_FILE_BYTES_MAX);
        bytes.ok_or_else(|| VerifyFilesError::NoSuchFile(path.clone()))
    };
    let trust = args.trust.as_ref().map(given).transpose()?;
    let status = args
        .status
        .iter()
        .map(given)
        .collect::<Result<Vec<_>, _>>()?;
    let policy = Policy {
        require_log: !args.no_log,
        max_status_age_days: args.max_status_age_days,
        max_trust_age_days: args.max_trust_age_days,
    };
    let pin = args.trust_key.as_deref();
    let witnesses = args.policy.as_deref().map(read_policy).transpose();
    let witnesses = witnesses.map_err(VerifyFilesError::Policy)?;
    let gather = |trust: Option<&[u8]>| {
        let known = Known::gather(now, policy, trust, pin, &status);
        known.with_witnesses(witnesses.clone())
    };
    let known = gather(trust.as_deref());
    let own_lists = OwnLists::new(|list: &[u8]| gather(Some(list)));
    let proof = args.proof.as_ref().map(given).transpose()?;
    let reports = args.report.as_deref().map(|path| {
        let verifier = args.verified_by.as_deref();
        Reports::to(path, verifier, now).map_err(VerifyFilesError::Report)
    });
    let mut reports = reports.transpose()?;

    let for_report = |known: &Known| match args.report {
        Some(_) => known.trust_list().map(TrustUsed::of),
        None => None,
    };
    let judge = |given: &Given| {
        if given.is_passed_over() {
            return None;
        }
        let not_judged = |container, report| Some((container, report, for_report(&known)));
        let input = match &given.bytes {
            Err(code) => return not_judged(None, Report::not_read(code)),
            Ok(bytes) => Input::open(bytes),
        };
        let input = match input {
            Err(none) => return not_judged(none.container, *none.report),
            Ok(input) => input,
        };
        // Whom a file trusts counts only where the reader knows the key himself.
        let own = match (&trust, pin, input.trust_list.as_deref()) {
            (None, Some(_), Some(list)) => Some(own_lists.known(list)),
            _ => None,
        };
        let known = own.as_deref().unwrap_or(&known);
        let report = input.verify(given.proof.as_deref(), known);
        Some((input.container, report, for_report(known)))
    };
    let (mut any, mut invalid, mut unknown) = (false, false, false);
    let mut tell = |given: Given, judged| {
        let Some((container, report, trust)) = judged else {
            return Ok(());
        };
        if let Some(reports) = &mut reports {
            let bytes = given.bytes.as_deref().ok();
            reports.add(&given.name, bytes, &report, trust);
        }
        any = true;
        invalid |= report.outcome == Outcome::Invalid;
        unknown |= report.outcome == Outcome::Unknown;
        let answered = Answered {
            name: given.name,
            container,
            report,
        };
        match json {
            true => answered.write_json(language, out),
            false => answered.write_words(language, out),
        }
    };
    let mut side_by_side = SideBySide::new(judge);
    for named in &args.files {
        files::each(named, proof.as_deref(), &mut |given| {
            side_by_side.add(given, &mut tell)
        })?;
    }
    side_by_side.finish(&mut tell)?;
    if !any {
        let _ = writeln!(
            io::stderr(),
            "{}",
            locale::text(language, "verify-no-files", &[])
        );
    }
    out.flush()?;
    if let Some(reports) = reports {
        reports.write().map_err(VerifyFilesError::Report)?;
    }
    Ok(if invalid {
        Outcome::Invalid
    } else if unknown || !any {
        Outcome::Unknown
    } else {
        Outcome::Valid
    })
}
