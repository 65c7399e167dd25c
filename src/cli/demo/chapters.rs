//! The story, chapter by chapter.

use super::face::face;
use super::stage::{Stage, write};
use super::tamper::edit;
use crate::app::audit::Audit;
use crate::app::bodies::{BodyRequest, ScopeRequest};
use crate::app::people::Correction;
use crate::app::sessions::{Examiner, SessionRequest};
use crate::app::training::TrainingRequest;
use crate::app::clock::{self, today};
use crate::app::{AppError, Ledger};
use crate::cli::{passport, recognise};
use crate::domain::body::event::BodyKind;
use crate::domain::credit_code::CreditCode;
use crate::domain::identity::{DocumentType, IdentityDocument};
use crate::domain::ids::{BodyId, SessionId};
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::number::{CertificateNumber, NumberCode};
use crate::domain::proposal::{Act, End};
use crate::domain::rules::recognise::{Held, Holding};
use crate::domain::rules::recognition::{Title, TitleGrade};
use crate::domain::session::event::{Standard, StandardKind};
use crate::domain::worker::event::TrainingCompleted;
use crate::keys::Purpose;
use crate::verify::{CheckResult, Known, Policy, Report, verify};
use jiff::civil::{Date, date};
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The assessment body and the training provider of the demo.
pub(super) struct Bodies {
    centre: BodyId,
    school: BodyId,
}

/// A session of the demo.
pub(super) struct Session {
    id: SessionId,
    code: &'static str,
}

/// A certificate of the demo and what has become of it.
pub(super) struct Certificate {
    pub number: CertificateNumber,
    pub status: &'static str,
    pub file: PathBuf,
}

/// A sample sheet: file name, bytes, and the session it belongs to.
struct Sheet {
    file: &'static str,
    bytes: &'static [u8],
    code: &'static str,
    occupation: &'static str,
    levels: &'static [SkillLevel],
    assessed_on: Date,
    region: &'static str,
    site: &'static str,
}

const SHEETS: [Sheet; 3] = [
    Sheet {
        file: "technicians.xlsx",
        bytes: include_bytes!("samples/technicians.xlsx"),
        code: "2026-31",
        occupation: "6-31-07-01",
        levels: &[SkillLevel::Two],
        assessed_on: date(2026, 10, 18),
        region: "320102",
        site: "第一考点",
    },
    Sheet {
        file: "carers.xlsx",
        bytes: include_bytes!("samples/carers.xlsx"),
        code: "2026-32",
        occupation: "4-10-01-05",
        levels: &[SkillLevel::Four, SkillLevel::Three],
        assessed_on: date(2026, 10, 25),
        region: "320505",
        site: "第二考点",
    },
    Sheet {
        file: "welders.csv",
        bytes: include_bytes!("samples/welders.csv"),
        code: "2026-33",
        occupation: "6-18-02-04",
        levels: &[SkillLevel::Three],
        assessed_on: date(2026, 11, 1),
        region: "320102",
        site: "第一考点",
    },
];

fn own<T: FromStr>(text: &str) -> Result<T, AppError> {
    text.parse()
        .map_err(|_| AppError::Inconsistent(format!("the demo's own value {text}")))
}

/// The authority registers an assessment body and a training provider, grants scope and keys.
pub(super) async fn register(stage: &mut Stage<'_>) -> Result<Bodies, AppError> {
    let region = own("320100")?;
    let body = |credit_code: CreditCode, zh: &str, en: &str, kind, number_code| BodyRequest {
        credit_code,
        name: Name {
            zh: zh.into(),
            en: Some(en.into()),
        },
        kind,
        region,
        number_code,
    };
    let code = NumberCode {
        letter: "S".into(),
        body: "0000".into(),
        province: "32".into(),
        sequence: "000012".into(),
    };
    let centre = body(
        own("91350100M000100Y43")?,
        "示范技能评价中心",
        "Demo Skills Assessment Centre",
        BodyKind::SocialAssessor,
        Some(code),
    );
    let school = body(
        own("914403001922038216")?,
        "示范职业培训学校",
        "Demo Vocational Training School",
        BodyKind::TrainingProvider,
        None,
    );
    let centre = stage
        .ledger
        .register_body(&stage.maker, stage.id(), centre)
        .await?
        .body;
    let school = stage
        .ledger
        .register_body(&stage.maker, stage.id(), school)
        .await?
        .body;
    let mut occupations = Vec::new();
    for sheet in &SHEETS {
        occupations.push(own(sheet.occupation)?);
    }
    let scope = ScopeRequest {
        body: centre,
        occupations,
        levels: SkillLevel::CERTIFIED.to_vec(),
        regions: vec![own("320000")?],
        from: date(2026, 1, 1),
        to: date(today().year().saturating_add(3), 12, 31),
        basis: "示范备案〔2026〕1号".into(),
    };
    stage
        .ledger
        .grant_scope(&stage.maker, stage.id(), scope)
        .await?;
    let purposes = [Purpose::Certificate, Purpose::Status];
    stage
        .ledger
        .give_keys(&stage.maker, stage.id(), centre, &purposes)
        .await?;
    stage.step(
        "demo-register",
        &[("occupations", SHEETS.len().to_string())],
    );
    Ok(Bodies { centre, school })
}

/// The body opens sessions and imports its sheets: first the dry run, then the rows.
pub(super) async fn sheets(
    stage: &mut Stage<'_>,
    bodies: &Bodies,
) -> Result<Vec<Session>, AppError> {
    let mut sessions = Vec::new();
    for sheet in &SHEETS {
        write(&stage.dir.join("sheets").join(sheet.file), sheet.bytes)?;
        let examiner = |nth: u32| Examiner {
            name: format!("考评员{nth}"),
            card: format!("K2026{nth:04}"),
        };
        let request = SessionRequest {
            body: bodies.centre,
            code: sheet.code.into(),
            occupation: own(sheet.occupation)?,
            work_type: None,
            levels: sheet.levels.to_vec(),
            standard: Standard {
                kind: StandardKind::National,
                code: format!("GZB {}", sheet.occupation),
                edition: "2023".into(),
            },
            assessed_on: sheet.assessed_on,
            region: own(sheet.region)?,
            site: sheet.site.into(),
            examiners: (1..=3).map(examiner).collect(),
        };
        let id = stage
            .ledger
            .open_session(&stage.maker, stage.id(), request)
            .await?;
        let imported = stage
            .ledger
            .import_results(&stage.maker, stage.id(), id, sheet.bytes, true)
            .await?;
        let judgement = &imported.judgement;
        let words = [
            ("file", sheet.file.to_owned()),
            ("rows", judgement.rows.to_string()),
            ("accepted", judgement.accepted.len().to_string()),
            ("refused", judgement.refused_rows().to_string()),
            ("enrolled", imported.enrolled.to_string()),
        ];
        stage.step("demo-import", &words);
        for problem in &judgement.refused {
            let mut args = problem.args();
            args.push(("row", problem.row.to_string()));
            args.push(("words", stage.output.text(&problem.key(), &problem.args())));
            stage.line(&format!(
                "       {}",
                stage.output.text("sheet-summary-line", &args)
            ));
        }
        sessions.push(Session {
            id,
            code: sheet.code,
        });
    }
    Ok(sessions)
}

/// Maker proposes, checker approves, notice, close: levels are awarded.
pub(super) async fn confirm(stage: &mut Stage<'_>, sessions: &[Session]) -> Result<(), AppError> {
    for session in sessions {
        let ledger = &stage.ledger;
        let proposed = ledger
            .propose_results(&stage.maker, stage.id(), session.id)
            .await?;
        let himself = ledger
            .approve(&stage.maker, stage.id(), proposed.proposal)
            .await;
        ledger
            .approve(&stage.checker, stage.id(), proposed.proposal)
            .await?;
        let notice = ledger
            .start_notice(&stage.maker, stage.id(), session.id, today())
            .await?;
        let closed = ledger
            .close_session(&stage.maker, stage.id(), session.id, notice.closes_on)
            .await?;
        let refused = himself.err().map(|error| error.code()).unwrap_or_default();
        let words = [
            ("session", session.code.to_owned()),
            ("days", notice.working_days.to_string()),
            ("passed", closed.passed.to_string()),
            ("failed", closed.failed.to_string()),
            ("absent", closed.absent.to_string()),
            ("code", refused),
        ];
        stage.step("demo-confirm", &words);
    }
    Ok(())
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

/// What a stranger finds who holds a file, its proof and the trust list.
fn check(stage: &Stage<'_>, file: &Path) -> Result<Report, AppError> {
    let read = |path: &Path| {
        std::fs::read(path).map_err(|error| AppError::File {
            path: path.display().to_string(),
            error,
        })
    };
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
        valid += usize::from(report.outcome == crate::verify::Outcome::Valid);
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

/// A training is recorded; levels and titles are put against the rules.
pub(super) async fn recognise(stage: &mut Stage<'_>, bodies: &Bodies) -> Result<(), AppError> {
    let number = first_identity_number()?;
    let document = IdentityDocument::parse(DocumentType::ResidentIdentityCard, &number.1, today())
        .map_err(|invalid| AppError::Inconsistent(invalid.to_string()))?;
    let training = TrainingRequest {
        name: number.0,
        document,
        training: TrainingCompleted {
            provider: bodies.school,
            class: "2026-11班".into(),
            course: "工业机器人系统运维提升培训".into(),
            occupation: Some(own("6-31-07-01")?),
            level: Some(SkillLevel::One),
            hours: 80,
            from: date(2026, 11, 2),
            to: date(2026, 11, 13),
        },
    };
    let worker = stage
        .ledger
        .record_training(&stage.maker, stage.id(), training)
        .await?;
    let passport_of = stage.ledger.passport(&stage.maker, worker).await?;
    stage.step(
        "demo-passport",
        &[("count", passport_of.value.len().to_string())],
    );
    for entry in &passport_of.value {
        stage.line(&format!("     {}", passport::line(stage.output, entry)));
    }
    let held = [
        Held {
            holding: Holding::Level {
                level: SkillLevel::Three,
                occupation: own("6-31-07-01")?,
            },
            since: date(2025, 3, 1),
        },
        Held {
            holding: Holding::Title {
                title: Title {
                    series: "工程".into(),
                    grade: TitleGrade::Assistant,
                    name: "助理工程师".into(),
                },
            },
            since: date(2025, 3, 1),
        },
    ];
    let answers = stage.ledger.recognise(&held, today()).await?;
    stage.step("demo-recognise", &[("count", answers.len().to_string())]);
    for line in answers
        .iter()
        .flat_map(|answer| recognise::lines(stage.output, answer))
    {
        stage.line(&format!("     {line}"));
    }
    Ok(())
}

/// The first person of the first sheet: name and number.
fn first_identity_number() -> Result<(String, String), AppError> {
    let table = crate::sheet::read_table(SHEETS[0].bytes)?;
    let context = crate::sheet::results::Context {
        session: None,
        today: today(),
    };
    let occupations = crate::domain::rules::occupations::built_in();
    let judgement = crate::sheet::results::judge(&table, occupations, &context)?;
    let first = judgement
        .accepted
        .first()
        .ok_or(AppError::NotFound { what: "worker" })?;
    Ok((first.name.to_string(), first.document.number().to_owned()))
}

/// Views are rebuilt, everything is audited; then somebody edits one value in a copy.
pub(super) async fn audit(stage: &mut Stage<'_>) -> Result<Audit, AppError> {
    stage.publish().await?;
    let before = stage.ledger.views_position().await?;
    stage.ledger.rebuild_views().await?;
    let differences = stage.ledger.compare_views().await?;
    let words = [
        ("position", before.0.to_string()),
        ("differences", differences.to_string()),
    ];
    stage.step("demo-rebuild", &words);
    let audit = stage.ledger.audit().await?;
    let words = [
        ("events", audit.events.to_string()),
        ("problems", audit.problems.len().to_string()),
    ];
    stage.step("demo-audit", &words);
    let copy = stage.dir.join("edited-copy");
    stage.ledger.copy_to(&copy).await?;
    edit(&copy)?;
    let edited = Ledger::open_to_read(&copy).await?;
    let found = edited.audit().await?;
    edited.close().await;
    stage.step(
        "demo-tamper",
        &[("count", found.problems.len().to_string())],
    );
    for problem in found.problems.iter().take(5) {
        stage.line(&format!(
            "     ✗ {}  {}  {}",
            problem.table, problem.row, problem.detail
        ));
    }
    Ok(audit)
}
