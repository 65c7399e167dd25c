//! `account …`: people and machines that act.

use super::access::{Access, Answer, Once, answer};
use super::output::{Exit, Output};
use crate::app::accounts::{AccountAnswer, AccountRequest};
use crate::domain::account::event::Role;
use crate::domain::credit_code::CreditCode;
use crate::domain::ids::AccountId;
use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;

/// People and machines that act (账号).
#[derive(Subcommand)]
pub(super) enum Account {
    /// Open one; its token is shown once.
    Open(Open),
    /// Give one a new token; the old one no longer works.
    ReplaceToken(Replace),
    /// Close one for good.
    Close(Close),
}

#[derive(Clone, Copy, ValueEnum)]
enum RoleName {
    /// 主管部门经办
    AuthorityMaker,
    /// 主管部门复核
    AuthorityChecker,
    /// 评价机构经办
    BodyMaker,
    /// 评价机构复核
    BodyChecker,
    /// 审计
    Auditor,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::AuthorityMaker => Self::AuthorityMaker,
            RoleName::AuthorityChecker => Self::AuthorityChecker,
            RoleName::BodyMaker => Self::BodyMaker,
            RoleName::BodyChecker => Self::BodyChecker,
            RoleName::Auditor => Self::Auditor,
        }
    }
}

#[derive(Args)]
pub(super) struct Open {
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    once: Once,
    /// The person's name; kept in the vault.
    #[arg(long)]
    name: String,
    /// What it may do; repeat for more than one.
    #[arg(long, value_enum, required = true)]
    role: Vec<RoleName>,
    /// The body it belongs to, by its 统一社会信用代码; none for the authority's own.
    #[arg(long)]
    body: Option<CreditCode>,
}

#[derive(Args)]
pub(super) struct Replace {
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    once: Once,
    /// Which account.
    account: AccountId,
}

#[derive(Args)]
pub(super) struct Close {
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    once: Once,
    /// Which account.
    account: AccountId,
    /// Why; no personal data.
    #[arg(long)]
    reason: String,
}

impl Account {
    pub(super) fn run(self, output: &Output) -> Exit {
        match self {
            Self::Open(open) => answer(output, async {
                let (ledger, actor) = open.access.open_as(output).await?;
                let body = match &open.body {
                    Some(code) => Some(ledger.find_body(code).await?),
                    None => None,
                };
                let roles = open.role.into_iter().map(Role::from).collect();
                let request = AccountRequest {
                    name: open.name,
                    roles,
                    body,
                };
                let opened = ledger
                    .open_account(&actor, open.once.id(output), request)
                    .await?;
                Ok(shown(output, &opened))
            }),
            Self::ReplaceToken(replace) => answer(output, async {
                let (ledger, actor) = replace.access.open_as(output).await?;
                let id = replace.once.id(output);
                Ok(shown(
                    output,
                    &ledger.replace_token(&actor, id, replace.account).await?,
                ))
            }),
            Self::Close(close) => answer(output, async {
                let (ledger, actor) = close.access.open_as(output).await?;
                let id = close.once.id(output);
                ledger
                    .close_account(&actor, id, close.account, &close.reason)
                    .await?;
                let line = output.text("cli-account-closed", &[]);
                Ok(Answer::done(json!({"account": close.account}), vec![line]))
            }),
        }
    }
}

fn shown(output: &Output, opened: &AccountAnswer) -> Answer {
    let words = [
        ("id", opened.account.to_string()),
        ("token", opened.token.to_string()),
    ];
    Answer::done(
        json!({"account": opened.account, "token": opened.token.as_str()}),
        vec![
            output.text("cli-account-token", &words),
            output.text("cli-init-shown-once", &[]),
        ],
    )
}
