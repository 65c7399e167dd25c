//! `keys …`: the keys of bodies and of the ledger.

use super::access::{Access, Answer, At, Once, Place, answer};
use super::body::proposal;
use super::output::{Exit, Output};
use crate::app::Ledger;
use crate::domain::credit_code::CreditCode;
use crate::domain::proposal::Act;
use crate::keys::Purpose;
use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;

/// Keys of bodies and of the ledger (密钥).
#[derive(Subcommand)]
pub(super) enum Keys {
    /// List them.
    List(List),
    /// Give a body its certificate and status keys and open its status list.
    Add(Give),
    /// Give a body a new key in place of the one in use.
    Rotate(Rotate),
    /// Propose to declare a body's key compromised from a position on.
    Revoke(Revoke),
}

#[derive(Args)]
pub(super) struct List {
    #[command(flatten)]
    place: Place,
    /// Of this body; the authority's and the log's if not given.
    #[arg(long)]
    body: Option<CreditCode>,
    #[command(flatten)]
    at: At,
}

#[derive(Args)]
pub(super) struct Give {
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    once: Once,
    /// Which body, by its 统一社会信用代码.
    #[arg(long)]
    body: CreditCode,
}

#[derive(Clone, Copy, ValueEnum)]
enum PurposeName {
    /// 证书签发
    Certificate,
    /// 状态列表
    Status,
}

#[derive(Args)]
pub(super) struct Rotate {
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    once: Once,
    /// Which body.
    #[arg(long)]
    body: CreditCode,
    /// Which key.
    #[arg(long, value_enum)]
    purpose: PurposeName,
}

#[derive(Args)]
pub(super) struct Revoke {
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    once: Once,
    /// Which body.
    #[arg(long)]
    body: CreditCode,
    /// Which key, by its id.
    #[arg(long)]
    key: String,
    /// First position whose use of the key is void.
    #[arg(long)]
    from_position: u64,
    /// Why.
    #[arg(long)]
    ground: String,
}

impl Keys {
    pub(super) fn run(self, output: &Output) -> Exit {
        match self {
            Self::List(list) => list.run(output),
            Self::Add(give) => give.run(output),
            Self::Rotate(rotate) => rotate.run(output),
            Self::Revoke(revoke) => revoke.run(output),
        }
    }
}

impl List {
    fn run(self, output: &Output) -> Exit {
        answer(output, async {
            let ledger = Ledger::open_to_read(&self.place).await?;
            let keys = ledger.keys(self.body.as_ref(), self.at.at).await?;
            let lines = keys.value.iter().map(|key| {
                let (state, position) = match (key.compromised_from_position, key.to_position) {
                    (Some(position), _) => ("cli-key-compromised", position),
                    (None, Some(position)) => ("cli-key-retired", position),
                    (None, None) => ("cli-key-in-use", key.from_position),
                };
                let words = [
                    ("from", key.from_position.to_string()),
                    ("position", position.to_string()),
                ];
                let state = output.text(state, &words);
                format!("{}  {:<11}  {state}", key.key_id, key.purpose)
            });
            let rows: Vec<_> = keys
                .value
                .iter()
                .map(|key| {
                    json!({
                        "key_id": key.key_id,
                        "purpose": key.purpose,
                        "from_position": key.from_position,
                        "to_position": key.to_position,
                        "compromised_from_position": key.compromised_from_position,
                    })
                })
                .collect();
            let json = json!({"as_of_position": keys.position, "keys": rows});
            Ok(Answer::done(json, lines.collect()))
        })
    }
}

impl Give {
    fn run(self, output: &Output) -> Exit {
        let purposes = [Purpose::Certificate, Purpose::Status];
        give(output, &self.access, &self.once, &self.body, &purposes)
    }
}

impl Rotate {
    fn run(self, output: &Output) -> Exit {
        let purpose = match self.purpose {
            PurposeName::Certificate => Purpose::Certificate,
            PurposeName::Status => Purpose::Status,
        };
        give(output, &self.access, &self.once, &self.body, &[purpose])
    }
}

fn give(
    output: &Output,
    access: &Access,
    once: &Once,
    body: &CreditCode,
    purposes: &[Purpose],
) -> Exit {
    answer(output, async {
        let (ledger, actor) = access.open_as(output).await?;
        let body = ledger.find_body(body).await?;
        let keys = ledger
            .give_keys(&actor, once.id(output), body, purposes)
            .await?;
        let lines = keys
            .iter()
            .map(|key| output.text("cli-key-given", &[("id", key.clone())]));
        Ok(Answer::done(json!({"keys": keys}), lines.collect()))
    })
}

impl Revoke {
    fn run(self, output: &Output) -> Exit {
        answer(output, async {
            let (ledger, actor) = self.access.open_as(output).await?;
            let body = ledger.find_body(&self.body).await?;
            let act = Act::CompromiseKey {
                key_id: self.key,
                from_position: self.from_position,
                ground: self.ground,
            };
            proposal(
                output,
                &ledger
                    .propose_about_body(&actor, self.once.id(output), body, act)
                    .await?,
            )
        })
    }
}
