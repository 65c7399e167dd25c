//! Middle chapters: certificates are issued, verified by a stranger, and live on.

use super::assess::Session;
use super::face::face;
use super::stage::Stage;
use crate::app::AppError;
use crate::app::certificate_files::{CertificateFile, Wanted};
use crate::app::clock::{self, today};
use crate::app::destination::Destination;
use crate::app::people::Correction;
use crate::domain::number::CertificateNumber;
use crate::domain::proposal::{Act, End};
use crate::verify::{CheckResult, Input, Known, Outcome, Policy, Report, verify};
use std::path::{Path, PathBuf};

/// A certificate of the demo and what has become of it.
pub(super) struct Certificate {
    pub number: CertificateNumber,
    pub status: &'static str,
    pub file: PathBuf,
}

/// Certificates are issued, signed, logged and written with their proofs.
pub(super) async fn issue(
    stage: &mut Stage<'_>,
    sessions: &[Session],
) -> Result<Vec<Certificate>, AppError> {
    let folder = stage.dir.join("certificates");
    let mut certificates = Vec::new();
    for session in sessions {
        let quiet = |_: u64, _: u64| {};
        let answer = stage
            .ledger
            .issue_certificates(&stage.maker, stage.id(), session.id, today(), &quiet)
            .await?;
        let files = stage
            .ledger
            .write_certificates(&answer.issued, &folder, &quiet)
            .await?;
        let words = [
            ("session", session.code.to_owned()),
            ("count", answer.issued.len().to_string()),
            (
                "first",
                answer
                    .issued
                    .first()
                    .map(|i| i.number.to_string())
                    .unwrap_or_default(),
            ),
            (
                "last",
                answer
                    .issued
                    .last()
                    .map(|i| i.number.to_string())
                    .unwrap_or_default(),
            ),
        ];
        stage.step("demo-issue", &words);
        certificates.extend(
            answer
                .issued
                .iter()
                .zip(files)
                .map(|(issued, file)| Certificate {
                    number: issued.number.clone(),
                    status: "valid",
                    file,
                }),
        );
    }
    let published = stage.publish().await?;
    stage.step("demo-publish", &[("count", published.to_string())]);
    Ok(certificates)
}

impl Certificate {
    fn proof(&self) -> String {
        format!("{}.tlog-proof", self.number)
    }
}

fn read(path: &Path) -> Result<Vec<u8>, AppError> {
    std::fs::read(path).map_err(|error| AppError::File {
        path: path.display().to_string(),
        error,
    })
}

/// What a stranger finds who holds a file, its proof and the trust list.
fn check(stage: &Stage<'_>, file: &Path) -> Result<Report, AppError> {
    let trust = read(&stage.trust_list())?;
    let known = Known::gather(clock::now(), Policy::default(), Some(&trust), None, &[]);
    let proof = read(&file.with_extension("tlog-proof"))?;
    Ok(verify(&read(file)?, Some(&proof), &known))
}

fn show_checks(stage: &Stage<'_>, report: &Report) {
    for check in &report.checks {
        let mark = match check.result {
            CheckResult::Pass => '✓',
            CheckResult::Fail => '✗',
            CheckResult::Unknown => '?',
        };
        let (title, detail) = match stage.output.language {
            crate::locale::Language::Zh => (check.title().zh, check.words().zh),
            crate::locale::Language::En => (check.title().en, check.words().en),
        };
        let words = [("title", title), ("detail", detail)];
        stage.line(&format!(
            "     {mark} {}",
            stage.output.text("verify-line", &words)
        ));
    }
}

/// All are verified offline; one is shown.
pub(super) async fn verify_first(
    stage: &mut Stage<'_>,
    certificates: &[Certificate],
) -> Result<(), AppError> {
    let mut valid = 0;
    for certificate in certificates {
        let report = check(stage, &certificate.file)?;
        valid += usize::from(report.outcome == Outcome::Valid);
    }
    let words = [
        ("valid", valid.to_string()),
        ("all", certificates.len().to_string()),
    ];
    stage.step("demo-verify", &words);
    if let Some(first) = certificates.first() {
        let report = check(stage, &first.file)?;
        if let Some(shown) = &report.certificate {
            face(stage.output, &shown.claims)
                .iter()
                .for_each(|line| stage.line(line));
        }
        show_checks(stage, &report);
    }
    Ok(())
}

/// One certificate in every form there is, each verified as its reader would.
pub(super) async fn coats(
    stage: &mut Stage<'_>,
    certificates: &[Certificate],
) -> Result<(), AppError> {
    let Some(first) = certificates.first() else {
        return Ok(());
    };
    let folder = stage.dir.join("coats");
    let issues = stage.ledger.issues_of(&first.number).await?;
    let wanted = Wanted {
        files: CertificateFile::ALL.to_vec(),
        ..Wanted::default()
    };
    let files = stage
        .ledger
        .write_files(&issues, &wanted, Destination::Folder(&folder), &|_, _| {})
        .await?;
    let proof = folder.join(first.proof());
    let (proof, trust) = (read(&proof)?, read(&stage.trust_list())?);
    let known = Known::gather(clock::now(), Policy::default(), Some(&trust), None, &[]);
    let mut told = Vec::new();
    for file in files.iter().filter(|it| !it.ends_with(first.proof())) {
        let bytes = read(file)?;
        let outcome = match Input::open(&bytes) {
            Ok(input) => input.verify(Some(&proof), &known).outcome,
            Err(none) => none.report.outcome,
        };
        told.push((file.clone(), outcome));
    }
    let valid = told.iter().filter(|it| it.1 == Outcome::Valid).count();
    let words = [
        ("count", told.len().to_string()),
        ("valid", valid.to_string()),
    ];
    stage.step("demo-coats", &words);
    for (file, outcome) in told {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let outcome = format!("outcome-{}", outcome.name());
        stage.line(&format!(
            "     {}  {name}",
            stage.output.text(&outcome, &[])
        ));
    }
    Ok(())
}

/// What happens to certificates later: each act proposed by one person, approved by another.
pub(super) async fn lives(
    stage: &mut Stage<'_>,
    certificates: &mut Vec<Certificate>,
) -> Result<(), AppError> {
    let on = today();
    let ends = [
        (End::Revoked, "认定材料不实，经核查属实"),
        (End::Cancelled, "持证人申请注销"),
        (End::Forfeited, "出租出借证书，依法处理"),
        (End::Voided, "信息登记有误，编号作废"),
    ];
    for (nth, (end, ground)) in ends.into_iter().enumerate() {
        let act = Act::EndCertificate {
            end,
            ground: ground.into(),
            basis: "示范处〔2026〕7号".into(),
            on,
        };
        decide(stage, &certificates[nth + 1].number, act, None).await?;
        certificates[nth + 1].status = "revoked";
    }
    let suspend = |ground: &str| Act::SuspendCertificate {
        ground: ground.into(),
        basis: "示范处〔2026〕8号".into(),
        on,
    };
    decide(
        stage,
        &certificates[5].number,
        suspend("投诉核查期间暂停"),
        None,
    )
    .await?;
    decide(
        stage,
        &certificates[6].number,
        suspend("投诉核查期间暂停"),
        None,
    )
    .await?;
    certificates[6].status = "suspended";
    let reinstate = Act::ReinstateCertificate {
        ground: "经核查投诉不实".into(),
        on,
    };
    decide(stage, &certificates[5].number, reinstate, None).await?;

    let mut correction = Correction::default();
    correction.name = Some("高岚松".into());
    let act = Act::CorrectCertificate {
        corrected: correction.fields(),
        ground: "姓名录入有误".into(),
        on,
    };
    let superseded = certificates[7].number.clone();
    let successor = decide(stage, &superseded, act, Some(correction)).await?;
    certificates[7].status = "superseded";
    let folder = stage.dir.join("certificates");
    let issues = match successor {
        Some(number) => stage.ledger.issues_of(&number).await?,
        None => Vec::new(),
    };
    for file in stage
        .ledger
        .write_certificates(&issues, &folder, &|_, _| {})
        .await?
    {
        let number = issues.first().map(|issue| issue.number.clone());
        certificates.extend(number.map(|number| Certificate {
            number,
            status: "valid",
            file,
        }));
    }

    let lost = certificates[8].number.clone();
    let reissued = stage
        .ledger
        .reissue(&stage.maker, stage.id(), &lost, "证书遗失", on)
        .await?;
    let files = stage
        .ledger
        .write_certificates(&[reissued], &folder, &|_, _| {})
        .await?;
    if let Some(file) = files.into_iter().next() {
        certificates[8].file = file;
    }
    let published = stage.publish().await?;
    stage.step("demo-lives", &[("count", published.to_string())]);
    for certificate in &certificates[1..=8] {
        let report = check(stage, &certificate.file)?;
        let status = report
            .checks
            .iter()
            .find(|check| check.check == crate::verify::CheckId::Status)
            .map(|check| match stage.output.language {
                crate::locale::Language::Zh => check.words().zh,
                crate::locale::Language::En => check.words().en,
            });
        let outcome = format!("outcome-{}", report.outcome.name());
        let words = [
            ("number", certificate.number.to_string()),
            ("outcome", stage.output.text(&outcome, &[])),
            ("status", status.unwrap_or_default()),
        ];
        stage.words("demo-life", &words);
    }
    Ok(())
}

/// Maker proposes, checker approves. Answers the successor, if the act made one.
async fn decide(
    stage: &Stage<'_>,
    number: &CertificateNumber,
    act: Act,
    correction: Option<Correction>,
) -> Result<Option<CertificateNumber>, AppError> {
    let ledger = &stage.ledger;
    let proposed = ledger
        .propose_about_certificate(&stage.maker, stage.id(), number, act, correction)
        .await?;
    ledger
        .approve(&stage.checker, stage.id(), proposed.proposal)
        .await?;
    let row = ledger.views().certificate_by_number(number).await?.value;
    Ok(row.and_then(|row| row.successor))
}
