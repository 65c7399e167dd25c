//! First chapters: bodies are registered, sheets come in, results are confirmed.

use super::stage::{Stage, write};
use crate::app::AppError;
use crate::app::bodies::{BodyRequest, ScopeRequest};
use crate::app::clock::today;
use crate::app::sessions::{Assess, Examiner, SessionRequest};
use crate::domain::body::event::BodyKind;
use crate::domain::credit_code::CreditCode;
use crate::domain::ids::{BodyId, SessionId};
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::number::NumberCode;
use crate::domain::route::Route;
use crate::domain::session::event::{Process, Standard, StandardKind};
use crate::keys::Purpose;
use jiff::civil::{Date, date};
use std::str::FromStr;

/// The assessment body and the training provider of the demo.
pub(super) struct Bodies {
    pub centre: BodyId,
    pub school: BodyId,
}

/// A session of the demo.
pub(super) struct Session {
    pub id: SessionId,
    pub code: &'static str,
}

/// A sample sheet: file name, bytes, and the session it belongs to.
pub(super) struct Sheet {
    file: &'static str,
    pub bytes: &'static [u8],
    code: &'static str,
    occupation: &'static str,
    levels: &'static [SkillLevel],
    assessed_on: Date,
    region: &'static str,
    site: &'static str,
}

pub(super) const SHEETS: [Sheet; 3] = [
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

/// A value written in the demo itself.
pub(super) fn own<T: FromStr>(text: &str) -> Result<T, AppError> {
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
            route: Route::Assessment,
            process: Process::Sheet,
            assess: Assess::Levels {
                occupation: own(sheet.occupation)?,
                work_type: None,
                levels: sheet.levels.to_vec(),
            },
            dual: None,
            question_bank: None,
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
