//! `verify FILE…`: credentials checked offline, one answer each.
//!
//! Exit code: 0 all valid, 1 any invalid, 2 any that could not be checked and none invalid,
//! 64 misuse (a trust or status file that cannot be read).

use super::access::show_error;
use super::output::{Exit, Output};
use super::witness::read_policy;
use crate::app::{AppError, clock};
use crate::credential::status_details::ParsedStatusDetails;
use crate::credential::status_list::ParsedStatusList;
use crate::credential::strict_json;
use crate::credential::trust_list::{TRUST_FILE_BYTES_MAX, TrustFile};
use crate::credential::vc::CREDENTIAL_BYTES_MAX;
use crate::domain::time::Instant;
use crate::locale::{self, Language};
use crate::tlog::proof::PROOF_BYTES_MAX;
use crate::verify::{CheckResult, Known, Outcome, Policy, Report, Shown, verify};
use serde_json::Value;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Most files of one folder.
const FOLDER_FILES_MAX: usize = 1_000_000;

/// What `verify` is given.
#[derive(Debug, clap::Args)]
pub struct VerifyArgs {
    /// Credential files, or folders of them. A proof beside a file (NUMBER.tlog-proof) is found
    /// by itself.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The authority's trust list.
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
            Err(VerifyFilesError::Policy(error)) => show_error(output, &error),
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
        read_bounded(path, TRUST_FILE_BYTES_MAX)
            .ok()
            .flatten()
            .ok_or_else(|| VerifyFilesError::NoSuchFile(path.clone()))
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
    let known = Known::gather(now, policy, trust.as_deref(), pin, &status)
        .with_witnesses(witnesses.map_err(VerifyFilesError::Policy)?);

    let (mut any, mut invalid, mut unknown) = (false, false, false);
    for named in &args.files {
        let files = if named.is_dir() {
            credentials_in(named)?
        } else {
            vec![named.clone()]
        };
        for file in files {
            let report = verify_file(&file, &known);
            any = true;
            invalid |= report.outcome == Outcome::Invalid;
            unknown |= report.outcome == Outcome::Unknown;
            if json {
                write_json(&file, &report, language, out)?;
            } else {
                write_words(&file, &report, language, out)?;
            }
        }
    }
    if !any {
        let _ = writeln!(
            io::stderr(),
            "{}",
            locale::text(language, "verify-no-files", &[])
        );
    }
    out.flush()?;
    Ok(if invalid {
        Outcome::Invalid
    } else if unknown || !any {
        Outcome::Unknown
    } else {
        Outcome::Valid
    })
}

fn verify_file(file: &Path, known: &Known) -> Report {
    let bytes = match read_bounded(file, CREDENTIAL_BYTES_MAX) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Report::not_read("form-too-large"),
        Err(_) => return Report::not_read("form-unreadable"),
    };
    let beside = file.with_extension("tlog-proof");
    // One byte past the limit still reaches the reader, which says what is wrong with it.
    let proof = match File::open(beside) {
        Ok(open) => {
            let mut bytes = Vec::new();
            let limit = PROOF_BYTES_MAX as u64 + 1;
            open.take(limit).read_to_end(&mut bytes).ok().map(|_| bytes)
        }
        Err(_) => None,
    };
    verify(&bytes, proof.as_deref(), known)
}

/// The bytes of a file; `None` if it has more than `bytes_max`.
fn read_bounded(path: &Path, bytes_max: usize) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let limit = bytes_max as u64 + 1;
    File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    Ok((bytes.len() <= bytes_max).then_some(bytes))
}

/// The credentials of a folder: its `.json` files in order of name, without those that are plainly
/// something else of ours (trust list, status documents, DID document). A damaged one stays in.
fn credentials_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)?.take(FOLDER_FILES_MAX) {
        let path = entry?.path();
        let is_json = path.extension().is_some_and(|e| e == "json");
        if is_json && path.is_file() && !is_something_else(&path) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Only what is wholly of another form is passed over: a forged credential must not slip by with
/// a member that looks like one.
fn is_something_else(path: &Path) -> bool {
    let Ok(Some(bytes)) = read_bounded(path, TRUST_FILE_BYTES_MAX) else {
        return false;
    };
    let Ok(value) = strict_json::parse(&bytes, TRUST_FILE_BYTES_MAX) else {
        return false;
    };
    let is_did_document =
        value.get("verificationMethod").is_some() && value.get("credentialSubject").is_none();
    is_did_document
        || TrustFile::parse(&bytes).is_ok()
        || ParsedStatusDetails::from_value(value.clone()).is_ok()
        || ParsedStatusList::from_value(value).is_ok()
}

fn write_json(
    file: &Path,
    report: &Report,
    language: Language,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut answer = report.to_json(language);
    answer["file"] = Value::String(file.display().to_string());
    serde_json::to_writer(&mut *out, &answer)?;
    writeln!(out)
}

fn write_words(
    file: &Path,
    report: &Report,
    language: Language,
    out: &mut impl Write,
) -> io::Result<()> {
    let outcome = format!("outcome-{}", report.outcome.name());
    let outcome = locale::text(language, &outcome, &[]);
    writeln!(out, "{}: {outcome}", file.display())?;
    if let Some(shown) = &report.certificate {
        writeln!(out, "  {}", certificate_line(shown, language))?;
    }
    for check in &report.checks {
        let mark = match check.result {
            CheckResult::Pass => '✓',
            CheckResult::Fail => '✗',
            CheckResult::Unknown => '?',
        };
        let (title, detail) = match language {
            Language::Zh => (check.title().zh, check.words().zh),
            Language::En => (check.title().en, check.words().en),
        };
        let args = [("title", title), ("detail", detail)];
        let line = locale::text(language, "verify-line", &args);
        writeln!(out, "  {mark} {line}")?;
    }
    Ok(())
}

fn certificate_line(shown: &Shown, language: Language) -> String {
    let c = &shown.claims;
    let english = |name: &crate::domain::name::Name| match (language, &name.en) {
        (Language::En, Some(en)) => en.clone(),
        _ => name.zh.clone(),
    };
    let hidden = || locale::text(language, "verify-not-disclosed", &[]);
    let told = |text: Option<String>| text.unwrap_or_else(hidden);
    let level = match language {
        Language::Zh => c.attainment.grade_zh(),
        Language::En => c.attainment.grade_en(),
    };
    locale::text(
        language,
        "verify-certificate",
        &[
            ("name", told(c.holder_name.clone())),
            ("occupation", english(c.attainment.name())),
            ("level", level),
            ("number", told(c.number.as_ref().map(ToString::to_string))),
            ("body", told(c.body_name.as_ref().map(english))),
            ("issued", c.issued_on.to_string()),
        ],
    )
}
