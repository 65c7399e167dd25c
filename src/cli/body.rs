//! `body …`: assessment bodies and training providers.

use super::access::{Access, Answer, Once, answer};
use super::output::{Exit, Output};
use crate::app::AppError;
use crate::app::bodies::{BodyRequest, ScopeRequest};
use crate::domain::body::event::{BodyKind, RunOffGranted};
use crate::domain::credit_code::CreditCode;
use crate::domain::ids::SessionId;
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::number::NumberCode;
use crate::domain::occupation::OccupationCode;
use crate::domain::proposal::Act;
use crate::domain::region::RegionCode;
use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;
use serde_json::json;

/// Assessment bodies and training providers (评价机构、培训机构).
#[derive(Subcommand)]
pub(super) enum Body {
    /// Register one (备案).
    Register(Register),
    /// Grant it a scope: occupations × levels × regions × validity (备案范围).
    Scope(Scope),
    /// Let it finish a session although its scope has ended.
    RunOff(RunOff),
    /// Propose to suspend it (暂停资质).
    Suspend(Measure),
    /// Propose to end its suspension (恢复资质).
    Reinstate(Measure),
    /// Propose to withdraw its qualification (取消资质).
    Withdraw(Measure),
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    /// 用人单位
    Employer,
    /// 社会培训评价组织
    Social,
    /// 培训机构
    Training,
}

#[derive(Args)]
pub(super) struct Register {
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    once: Once,
    /// 统一社会信用代码
    #[arg(long)]
    credit_code: CreditCode,
    /// Filed name.
    #[arg(long)]
    name: String,
    /// English name.
    #[arg(long)]
    name_en: Option<String>,
    /// What it is.
    #[arg(long, value_enum)]
    kind: Kind,
    /// Where it is filed, GB/T 2260.
    #[arg(long)]
    region: RegionCode,
    /// Codes of its certificate numbers: S-0000-32-000012 (letter, body, province, site).
    #[arg(long, value_parser = number_code)]
    number_code: Option<NumberCode>,
}

fn number_code(text: &str) -> Result<NumberCode, String> {
    match text.split('-').collect::<Vec<_>>()[..] {
        [letter, body, province, sequence] => Ok(NumberCode {
            letter: letter.into(),
            body: body.into(),
            province: province.into(),
            sequence: sequence.into(),
        }),
        _ => Err("letter-body-province-site, as S-0000-32-000012".into()),
    }
}

/// A level by its digit, 5 to 1.
pub(super) fn level(text: &str) -> Result<SkillLevel, String> {
    text.parse()
        .ok()
        .and_then(SkillLevel::from_digit)
        .ok_or_else(|| "a level is 5, 4, 3, 2 or 1".into())
}

#[derive(Args)]
pub(super) struct Scope {
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    once: Once,
    /// Which body, by its 统一社会信用代码.
    #[arg(long)]
    body: CreditCode,
    /// Occupation codes, separated by commas.
    #[arg(long, value_delimiter = ',', required = true)]
    occupation: Vec<OccupationCode>,
    /// Levels 5 to 1, separated by commas.
    #[arg(long, value_delimiter = ',', required = true, value_parser = level)]
    level: Vec<SkillLevel>,
    /// Regions, separated by commas; a code ending in zeros covers what lies within.
    #[arg(long, value_delimiter = ',', required = true)]
    region: Vec<RegionCode>,
    /// First day.
    #[arg(long)]
    from: Date,
    /// Last day.
    #[arg(long)]
    to: Date,
    /// Filing document.
    #[arg(long)]
    basis: String,
}

#[derive(Args)]
pub(super) struct RunOff {
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    once: Once,
    /// Which body.
    #[arg(long)]
    body: CreditCode,
    /// Which session may be finished.
    #[arg(long)]
    session: SessionId,
    /// Last day to issue.
    #[arg(long)]
    until: Date,
    /// Why.
    #[arg(long)]
    reason: String,
}

#[derive(Args)]
pub(super) struct Measure {
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    once: Once,
    /// Which body.
    #[arg(long)]
    body: CreditCode,
    /// Why; no personal data.
    #[arg(long)]
    ground: String,
    /// Legal basis or document number.
    #[arg(long, default_value = "")]
    basis: String,
    /// The civil date; today if not given.
    #[arg(long)]
    on: Option<Date>,
}

impl Body {
    pub(super) fn run(self, output: &Output) -> Exit {
        match self {
            Self::Register(register) => register.run(output),
            Self::Scope(scope) => scope.run(output),
            Self::RunOff(run_off) => run_off.run(output),
            Self::Suspend(measure) => measure.propose(output, |ground, basis, on| {
                Act::SuspendBody { ground, basis, on }
            }),
            Self::Reinstate(measure) => {
                measure.propose(output, |ground, _, on| Act::ReinstateBody { ground, on })
            }
            Self::Withdraw(measure) => measure.propose(output, |ground, basis, on| {
                Act::WithdrawBody { ground, basis, on }
            }),
        }
    }
}

impl Register {
    fn run(self, output: &Output) -> Exit {
        answer(output, async {
            let (ledger, actor) = self.access.open_as(output).await?;
            let request = BodyRequest {
                credit_code: self.credit_code,
                name: Name {
                    zh: self.name,
                    en: self.name_en,
                },
                kind: match self.kind {
                    Kind::Employer => BodyKind::Employer,
                    Kind::Social => BodyKind::SocialAssessor,
                    Kind::Training => BodyKind::TrainingProvider,
                },
                region: self.region,
                number_code: self.number_code,
            };
            let body = ledger
                .register_body(&actor, self.once.id(output), request)
                .await?;
            let line = output.text("cli-body-registered", &[("id", body.public_id.to_string())]);
            Ok(Answer::done(json!(body), vec![line]))
        })
    }
}

impl Scope {
    fn run(self, output: &Output) -> Exit {
        answer(output, async {
            let (ledger, actor) = self.access.open_as(output).await?;
            let request = ScopeRequest {
                body: ledger.find_body(&self.body).await?,
                occupations: self.occupation,
                levels: self.level,
                regions: self.region,
                from: self.from,
                to: self.to,
                basis: self.basis,
            };
            let grant = ledger
                .grant_scope(&actor, self.once.id(output), request)
                .await?;
            let line = output.text("cli-scope-granted", &[("id", grant.to_string())]);
            Ok(Answer::done(json!({"grant": grant}), vec![line]))
        })
    }
}

impl RunOff {
    fn run(self, output: &Output) -> Exit {
        answer(output, async {
            let (ledger, actor) = self.access.open_as(output).await?;
            let body = ledger.find_body(&self.body).await?;
            let run_off = RunOffGranted {
                session: self.session,
                until: self.until,
                reason: self.reason,
            };
            ledger
                .grant_run_off(&actor, self.once.id(output), body, run_off)
                .await?;
            let line = output.text("cli-run-off-granted", &[]);
            Ok(Answer::done(json!({"session": self.session}), vec![line]))
        })
    }
}

impl Measure {
    fn propose(self, output: &Output, act: impl FnOnce(String, String, Date) -> Act) -> Exit {
        answer(output, async {
            let (ledger, actor) = self.access.open_as(output).await?;
            let body = ledger.find_body(&self.body).await?;
            let id = self.once.id(output);
            let on = ledger.day_of(id, self.on).await?;
            let act = act(self.ground, self.basis, on);
            let proposed = ledger.propose_about_body(&actor, id, body, act).await?;
            proposal(output, &proposed)
        })
    }
}

/// What every proposing subcommand answers.
pub(super) fn proposal(
    output: &Output,
    proposed: &crate::app::proposals::Proposed,
) -> Result<Answer, AppError> {
    let words = [
        ("id", proposed.proposal.to_string()),
        ("until", proposed.expires_at.show_in_china()),
    ];
    Ok(Answer::done(
        json!(proposed),
        vec![output.text("cli-proposed", &words)],
    ))
}
