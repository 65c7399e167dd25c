//! `log witness`: cosigns other logs' checkpoints, until told to end.

use super::access::{Answer, Passphrase, answer};
use super::output::{Exit, Output};
use super::serve::{Ending, bind};
use crate::app::AppError;
use crate::app::witness::Witness;
use crate::http::{self, Limits};
use crate::keys::KdfParams;
use crate::telemetry;
use crate::tlog::policy::{POLICY_BYTES_MAX, Policy};
use clap::Args;
use serde_json::json;
use std::io::Read as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Runs a witness (见证人; C2SP tlog-witness) for the logs of a policy: it cosigns a checkpoint only
/// if that is consistent with the last one it cosigned. The first start makes its key.
#[derive(Args)]
pub(super) struct WitnessLog {
    /// Folder of the witness: its key, and what it last cosigned.
    #[arg(long, value_name = "DIR")]
    state: PathBuf,
    /// Trust policy (C2SP tlog-policy) whose `log` lines name the logs to follow.
    #[arg(long, value_name = "FILE")]
    policy: PathBuf,
    /// Name of a new witness: an address of its operator without scheme, such as
    /// witness.example.org/w1.
    #[arg(long)]
    name: Option<String>,
    #[command(flatten)]
    passphrase: Passphrase,
    /// Address and port to listen on. TLS is the task of a reverse proxy in front.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8081")]
    listen: SocketAddr,
}

impl WitnessLog {
    pub(super) fn run(self, output: &Output) -> Exit {
        telemetry::start();
        answer(output, async {
            let policy = read_policy(&self.policy)?;
            let passphrase = self.passphrase.read(output)?;
            if !self.state.join("keyring.json").exists() {
                let name = self.name.as_deref().ok_or(AppError::BadInput {
                    what: "witness-name",
                    rule: "witness-name",
                })?;
                Witness::create(&self.state, name, &passphrase, KdfParams::STANDARD)?;
            }
            let witness = Witness::open(&self.state, &passphrase, &policy)?;
            let key = witness.key().to_string();
            for (origin, size) in witness.logs()? {
                let words = [("origin", origin), ("size", size.to_string())];
                output.say(&output.text("cli-witness-log", &words));
            }
            let (listener, address) = bind(self.listen).await?;
            let ending = Ending::new(self.listen)?;
            let words = [("address", address.to_string()), ("key", key.clone())];
            output.say(&output.text("cli-witnessing", &words));
            let limits = Limits::default();
            let service = http::witness::service(Arc::new(witness), limits);
            http::listen::listen(listener, service, limits, ending.told())
                .await
                .map_err(|error| AppError::File {
                    path: address.to_string(),
                    error,
                })?;
            let ended = output.text("cli-serve-ended", &[]);
            Ok(Answer::done(
                json!({"ended": true, "vkey": key}),
                vec![ended],
            ))
        })
    }
}

/// A trust policy (C2SP tlog-policy) from a file.
pub(super) fn read_policy(path: &Path) -> Result<Policy, AppError> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| {
            let limit = POLICY_BYTES_MAX as u64 + 1;
            file.take(limit).read_to_end(&mut bytes)
        })
        .map_err(|error| AppError::File {
            path: path.display().to_string(),
            error,
        })?;
    Ok(Policy::parse(&bytes)?)
}
