//! `session …`: assessment sessions.

use super::access::{Access, Answer, Once, answer};
use super::body::{level, proposal};
use super::output::{Exit, Output};
use crate::app::sessions::{Assess, Examiner, SessionRequest};
use crate::domain::credit_code::CreditCode;
use crate::domain::ids::SessionId;
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::region::RegionCode;
use crate::domain::route::Route;
use crate::domain::session::event::{Process, Standard, StandardKind};
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
    Show(Step),
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
    /// Occupation code.
    #[arg(long)]
    occupation: OccupationCode,
    /// 工种, if the occupation is assessed by it.
    #[arg(long)]
    work_type: Option<String>,
    /// Levels 5 to 1, separated by commas.
    #[arg(long, value_delimiter = ',', required = true, value_parser = level)]
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

impl Session {
    pub(super) fn run(self, output: &Output) -> Exit {
        match self {
            Self::Open(open) => open.run(output),
            Self::Confirm(step) => step.confirm(output),
            Self::Notice(step) => step.notice(output),
            Self::Close(step) => step.close(output),
            Self::Show(step) => step.show(output),
        }
    }
}

impl Open {
    fn run(self, output: &Output) -> Exit {
        answer(output, async {
            let (ledger, actor) = self.access.open_as(output).await?;
            let request = SessionRequest {
                body: ledger.find_body(&self.body).await?,
                code: self.code,
                route: Route::Assessment,
                process: Process::Sheet,
                assess: Assess::Levels {
                    occupation: self.occupation,
                    work_type: self.work_type,
                    levels: self.level,
                },
                dual: None,
                question_bank: None,
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

    fn show(self, output: &Output) -> Exit {
        answer(output, async {
            let ledger = crate::app::Ledger::open_to_read(&self.access.place.data).await?;
            let state = ledger.session(self.session).await?;
            let candidates = state.sitting().map_or(0, |sitting| sitting.results.len());
            let passed = state.passed().count();
            let json = json!({
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
        "closed" => "cli-session-closed-state",
        "issued" => "cli-session-issued",
        _ => "cli-session-absent",
    }
}
