//! `session …`: assessment sessions.

use super::access::{Access, Answer, At, Once, answer};
use super::body::{level, proposal};
use super::output::{Exit, Output};
use crate::app::AppError;
use crate::app::sessions::{Assess, Examiner, SessionRequest};
use crate::domain::credit_code::CreditCode;
use crate::domain::ids::SessionId;
use crate::domain::item::ItemCode;
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::occupation::OccupationCode;
use crate::domain::region::RegionCode;
use crate::domain::route::Route;
use crate::domain::session::dual::EnterpriseCertificate;
use crate::domain::session::event::{Process, QuestionBank, Standard, StandardKind};
use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;
use serde_json::json;

/// Assessment sessions (认定批次).
#[derive(Subcommand)]
pub(super) enum Session {
    /// Open one.
    Open(Box<Open>),
    /// Propose that its results stand (成绩经办); a checker approves.
    Confirm(Step),
    /// Begin its public notice (公示).
    Notice(Step),
    /// Close it and award the levels.
    Close(Step),
    /// Show where it stands.
    Show(Look),
}

#[derive(Clone, Copy, ValueEnum)]
enum How {
    /// The results sheet (成绩汇总表) is the whole record.
    Sheet,
    /// Every step is recorded (全过程).
    Full,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    /// 国家职业标准
    National,
    /// 行业企业评价规范
    Industry,
    /// 专项职业能力考核规范
    SpecialSkill,
}

#[derive(Args)]
pub(super) struct Open {
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    once: Once,
    /// Which body, by its 统一社会信用代码.
    #[arg(long)]
    body: CreditCode,
    /// The body's own number of the session.
    #[arg(long)]
    code: String,
    /// How somebody comes to the level: assessment, direct-recognition, competition,
    /// apprentice-grading, appointment.
    #[arg(long, value_parser = route, default_value = "assessment")]
    route: Route,
    /// sheet: the results sheet is the whole record; full: every step is recorded.
    #[arg(long, value_enum, default_value = "sheet")]
    process: How,
    /// Occupation code.
    #[arg(long, required_unless_present = "item")]
    occupation: Option<OccupationCode>,
    /// Code of an item without a level (专项职业能力, 微技能) that the catalogue lists, instead of
    /// levels.
    #[arg(long, conflicts_with_all = ["occupation", "level", "work_type"])]
    item: Option<ItemCode>,
    /// 一试双证: name of the employer's own certificate.
    #[arg(long, requires = "dual_grade")]
    dual_name: Option<String>,
    /// 一试双证: the employer's grade word of a level, as LEVEL=WORD; repeat for each level.
    #[arg(long, value_parser = grade, requires = "dual_name")]
    dual_grade: Vec<(SkillLevel, String)>,
    /// Question bank (题库).
    #[arg(long, requires = "question_bank_version")]
    question_bank: Option<String>,
    /// Version of the question bank.
    #[arg(long, requires = "question_bank")]
    question_bank_version: Option<String>,
    /// 工种, if the occupation is assessed by it.
    #[arg(long)]
    work_type: Option<String>,
    /// Levels 5 to 1, separated by commas.
    #[arg(long, value_delimiter = ',', required_unless_present = "item", value_parser = any_level)]
    level: Vec<SkillLevel>,
    /// Kind of standard.
    #[arg(long, value_enum, default_value = "national")]
    standard: Kind,
    /// Code of the standard: GZB 6-31-07-01.
    #[arg(long)]
    standard_code: String,
    /// Edition of the standard: 2023.
    #[arg(long)]
    standard_edition: String,
    /// 评定日期
    #[arg(long)]
    assessed_on: Date,
    /// Region of the site, GB/T 2260.
    #[arg(long)]
    region: RegionCode,
    /// Name of the site (考点).
    #[arg(long)]
    site: String,
    /// Examiner as NAME:CARD; repeat for each. Kept in the vault.
    #[arg(long, value_parser = examiner)]
    examiner: Vec<Examiner>,
}

/// A digit, or the word of one of the two grades that are appointed.
fn any_level(text: &str) -> Result<SkillLevel, String> {
    match text {
        "特级技师" | "special" => Ok(SkillLevel::Special),
        "首席技师" | "chief" => Ok(SkillLevel::Chief),
        _ => level(text),
    }
}

fn route(text: &str) -> Result<Route, String> {
    let named = |route: &Route| route.name() == text || route.name_zh() == text;
    let words = || Route::ALL.map(Route::name).join(", ");
    Route::ALL.into_iter().find(named).ok_or_else(words)
}

fn grade(text: &str) -> Result<(SkillLevel, String), String> {
    let (at, word) = text.split_once('=').ok_or("LEVEL=WORD")?;
    Ok((any_level(at)?, word.to_owned()))
}

fn examiner(text: &str) -> Result<Examiner, String> {
    match text.split_once(':') {
        Some((name, card)) if !name.is_empty() && !card.is_empty() => Ok(Examiner {
            name: name.into(),
            card: card.into(),
        }),
        _ => Err("NAME:CARD".into()),
    }
}

#[derive(Args)]
pub(super) struct Step {
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    once: Once,
    /// Which session.
    session: SessionId,
    /// The civil date; today if not given.
    #[arg(long)]
    on: Option<Date>,
}

#[derive(Args)]
pub(super) struct Look {
    #[command(flatten)]
    access: Access,
    /// Which session.
    session: SessionId,
    #[command(flatten)]
    at: At,
}

impl Session {
    pub(super) fn run(self, output: &Output) -> Exit {
        match self {
            Self::Open(open) => open.run(output),
            Self::Confirm(step) => step.confirm(output),
            Self::Notice(step) => step.notice(output),
            Self::Close(step) => step.close(output),
            Self::Show(look) => look.run(output),
        }
    }
}

impl Open {
    fn run(self, output: &Output) -> Exit {
        answer(output, async {
            let (ledger, actor) = self.access.open_as(output).await?;
            let assess = match (self.item, self.occupation) {
                (Some(item), _) => Assess::Item { item },
                (None, Some(occupation)) => Assess::Levels {
                    occupation,
                    work_type: self.work_type,
                    levels: self.level,
                },
                _ => {
                    return Err(AppError::BadInput {
                        what: "occupation",
                        rule: "needed",
                    });
                }
            };
            let bank = self.question_bank.zip(self.question_bank_version);
            let request = SessionRequest {
                body: ledger.find_body(&self.body).await?,
                code: self.code,
                route: self.route,
                process: match self.process {
                    How::Sheet => Process::Sheet,
                    How::Full => Process::Full,
                },
                assess,
                dual: self.dual_name.map(|zh| EnterpriseCertificate {
                    name: Name { zh, en: None },
                    grades: self.dual_grade.into_iter().collect(),
                }),
                question_bank: bank.map(|(id, version)| QuestionBank { id, version }),
                standard: Standard {
                    kind: match self.standard {
                        Kind::National => StandardKind::National,
                        Kind::Industry => StandardKind::Industry,
                        Kind::SpecialSkill => StandardKind::SpecialSkill,
                    },
                    code: self.standard_code,
                    edition: self.standard_edition,
                },
                assessed_on: self.assessed_on,
                region: self.region,
                site: self.site,
                examiners: self.examiner,
            };
            let session = ledger
                .open_session(&actor, self.once.id(output), request)
                .await?;
            let line = output.text("cli-session-opened", &[("id", session.to_string())]);
            Ok(Answer::done(json!({"session": session}), vec![line]))
        })
    }
}

impl Step {
    fn confirm(self, output: &Output) -> Exit {
        answer(output, async {
            let (ledger, actor) = self.access.open_as(output).await?;
            let id = self.once.id(output);
            proposal(
                output,
                &ledger.propose_results(&actor, id, self.session).await?,
            )
        })
    }

    fn notice(self, output: &Output) -> Exit {
        answer(output, async {
            let (ledger, actor) = self.access.open_as(output).await?;
            let id = self.once.id(output);
            let on = ledger.day_of(id, self.on).await?;
            let notice = ledger.start_notice(&actor, id, self.session, on).await?;
            let words = [
                ("from", notice.from.to_string()),
                ("closes", notice.closes_on.to_string()),
                ("days", notice.working_days.to_string()),
            ];
            Ok(Answer::done(
                json!(notice),
                vec![output.text("cli-notice-started", &words)],
            ))
        })
    }

    fn close(self, output: &Output) -> Exit {
        answer(output, async {
            let (ledger, actor) = self.access.open_as(output).await?;
            let id = self.once.id(output);
            let on = ledger.day_of(id, self.on).await?;
            let closed = ledger.close_session(&actor, id, self.session, on).await?;
            let words = [
                ("passed", closed.passed.to_string()),
                ("failed", closed.failed.to_string()),
                ("absent", closed.absent.to_string()),
            ];
            Ok(Answer::done(
                json!(closed),
                vec![output.text("cli-session-closed", &words)],
            ))
        })
    }
}

impl Look {
    fn run(self, output: &Output) -> Exit {
        answer(output, async {
            let ledger = crate::app::Ledger::open_to_read(&self.access.place).await?;
            let found = ledger.session_at(self.session, self.at.at).await?;
            let state = found.value;
            let candidates = state.sitting().map_or(0, |sitting| sitting.results.len());
            let passed = state.passed().count();
            let json = json!({
                "as_of_position": found.position,
                "session": self.session,
                "state": state.name(),
                "candidates": candidates,
                "passed": passed,
            });
            let words = [
                ("state", output.text(state_key(&state), &[])),
                ("candidates", candidates.to_string()),
                ("passed", passed.to_string()),
            ];
            Ok(Answer::done(
                json,
                vec![output.text("cli-session-shown", &words)],
            ))
        })
    }
}

/// The key of the words for a session's standing.
fn state_key(state: &crate::domain::session::state::SessionState) -> &'static str {
    match state.name() {
        "open" => "cli-session-open",
        "confirmed" => "cli-session-confirmed",
        "in-notice" => "cli-session-in-notice",
        "submitted" => "cli-session-submitted",
        "returned" => "cli-session-returned",
        "audited" => "cli-session-audited",
        "closed" => "cli-session-closed-state",
        "issued" => "cli-session-issued",
        _ => "cli-session-absent",
    }
}
