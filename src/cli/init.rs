//! `init`: a new ledger with its keys, its authority, a maker and a checker.

use super::access::{Answer, Passphrase, Place, answer};
use super::output::{Exit, Output};
use crate::app::initialise::{Beginning, initialise};
use crate::domain::name::Name;
use crate::domain::region::RegionCode;
use crate::keys::KdfParams;
use clap::{Args, ValueEnum};
use serde_json::json;

/// Makes a data directory (新建台账).
#[derive(Args)]
pub(super) struct Init {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    passphrase: Passphrase,
    /// Host name in every did:web of this ledger.
    #[arg(long)]
    host: String,
    /// Whose rules apply: DEMO, or a province's code such as 320000.
    #[arg(long)]
    jurisdiction: String,
    /// Name of the authority (主管部门).
    #[arg(long, default_value = "示范省人力资源和社会保障厅")]
    name: String,
    /// English name of the authority.
    #[arg(long)]
    name_en: Option<String>,
    /// Region of the authority, GB/T 2260; the jurisdiction's if it is one.
    #[arg(long)]
    region: Option<RegionCode>,
    /// Name of the first maker (经办人); kept in the vault.
    #[arg(long, default_value = "经办人")]
    maker: String,
    /// Name of the first checker (复核人); kept in the vault.
    #[arg(long, default_value = "复核人")]
    checker: String,
    /// What guessing the passphrase costs.
    #[arg(long, value_enum, default_value = "standard", hide = true)]
    kdf: Kdf,
}

/// Cost of turning the passphrase into a key; it stands in the key file.
#[derive(Clone, Copy, ValueEnum)]
enum Kdf {
    /// At least a quarter of a second a guess.
    Standard,
    /// No protection against guessing; no such ledger is ever served.
    WeakForTests,
}

impl From<Kdf> for KdfParams {
    fn from(kdf: Kdf) -> Self {
        match kdf {
            Kdf::Standard => Self::STANDARD,
            Kdf::WeakForTests => Self::WEAK_FOR_TESTS,
        }
    }
}

impl Init {
    pub(super) fn run(self, output: &Output) -> Exit {
        answer(output, async {
            let passphrase = self.passphrase.read(output)?;
            let region = self
                .region
                .or_else(|| self.jurisdiction.parse().ok())
                .or_else(|| "320000".parse().ok());
            let region = region.ok_or(crate::app::AppError::BadInput {
                what: "region",
                rule: "region",
            })?;
            let beginning = Beginning {
                host: self.host,
                jurisdiction: self.jurisdiction,
                name: Name {
                    zh: self.name,
                    en: self.name_en,
                },
                region,
                maker: self.maker,
                checker: self.checker,
            };
            let begun = initialise(&self.place, beginning, &passphrase, self.kdf.into()).await?;
            let (maker, checker) = (&begun.maker, &begun.checker);
            let json = json!({
                "dir": self.place.data,
                "ledger": begun.ledger.id(),
                "maker": {"account": maker.account, "token": maker.token.as_str()},
                "checker": {"account": checker.account, "token": checker.token.as_str()},
            });
            let lines = vec![
                output.text(
                    "cli-init-done",
                    &[("dir", self.place.data.display().to_string())],
                ),
                output.text("cli-init-maker", &[("token", maker.token.to_string())]),
                output.text("cli-init-checker", &[("token", checker.token.to_string())]),
                output.text("cli-init-shown-once", &[]),
            ];
            Ok(Answer::done(json, lines))
        })
    }
}
