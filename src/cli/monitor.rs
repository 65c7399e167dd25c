//! `log monitor`: follows a log from outside and raises its voice.

use super::access::work;
use super::output::{Exit, Output};
use super::serve::Ending;
use super::witness::read_policy;
use crate::app::monitor::{Alarm, Look, Monitor, Source, Watch};
use crate::app::{AppError, clock};
use crate::tlog::note::{NoteKey, SignatureType};
use clap::Args;
use serde_json::json;
use std::io::Read as _;
use std::ops::Range;
use std::path::PathBuf;
use std::time::Duration;

/// Most bytes of a file with a verifier key.
const KEY_BYTES_MAX: u64 = 1024;
const HOUR: i64 = 3_600_000_000;

/// Follows a log from its public files only (监测): checks that each head follows from the last one
/// verified, hashes every entry again, and says what is not as it should be.
///
/// Exit code with --once: 0 nothing found, 1 something, 2 the log could not be read.
#[derive(Args)]
pub(super) struct MonitorLog {
    /// Address of the log, or a folder that it was exported to.
    #[arg(value_name = "URL")]
    source: String,
    /// The log's verifier key, or a file with it; without it, those of the first log of the policy.
    /// Keys that it hands over to are followed. May stand several times.
    #[arg(long, value_name = "VKEY", required_unless_present = "policy")]
    key: Vec<String>,
    /// Trust policy (C2SP tlog-policy): the head must have its quorum of cosignatures.
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// File with the last head that was verified.
    #[arg(long, value_name = "FILE")]
    state: PathBuf,
    /// This is the first look: there is no such file yet.
    #[arg(long)]
    begin: bool,
    /// Look once and end.
    #[arg(long)]
    once: bool,
    /// Seconds between two looks.
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    every: u64,
    /// Watch only certificates under this key id, such as a body's own. May stand several times.
    #[arg(long, value_name = "KEY-ID")]
    body_key: Vec<String>,
    /// More certificates of one key in one hour are odd.
    #[arg(long, value_name = "COUNT")]
    most_per_hour: Option<u64>,
    /// Certificates issued outside these hours of China's time are odd: 8-20.
    #[arg(long, value_name = "FROM-TO", value_parser = hours)]
    hours: Option<Range<u8>>,
    /// Hours after which a head that has not changed is stale.
    #[arg(long, value_name = "HOURS", default_value_t = 48, value_parser = clap::value_parser!(u32).range(1..=8_760))]
    stale_after: u32,
}

impl MonitorLog {
    pub(super) fn run(self, output: &Output) -> Exit {
        work(output, async {
            let policy = self.policy.as_deref().map(read_policy).transpose()?;
            let given = self.key.iter().map(|key| verifier_key(key));
            let mut keys = given.collect::<Result<Vec<_>, _>>()?;
            if keys.is_empty() {
                let logs = policy.as_ref().map_or(&[][..], |policy| policy.logs());
                let first = logs.first().map(|log| log.key.name());
                let of_first = logs.iter().filter(|log| Some(log.key.name()) == first);
                keys.extend(of_first.map(|log| log.key.clone()));
            }
            if keys.is_empty() {
                return Err(AppError::BadInput {
                    what: "policy",
                    rule: "policy-log",
                });
            }
            let watch = Watch {
                keys: self.body_key.clone(),
                per_hour_max: self.most_per_hour,
                hours: self.hours.clone(),
                stale_after: Some(i64::from(self.stale_after) * HOUR),
            };
            let source = Source::of(&self.source);
            let mut monitor = Monitor::new(source, keys, policy, watch, &self.state, self.begin)?;
            let mut ending = std::pin::pin!(Ending::new(([0, 0, 0, 0], 0).into())?.told());
            let mut found = false;
            loop {
                // It waits for the network: not on a thread of the runtime.
                let (back, look) = tokio::task::spawn_blocking(move || {
                    let look = monitor.look(clock::now());
                    (monitor, look)
                })
                .await
                .map_err(|error| AppError::Inconsistent(error.to_string()))?;
                monitor = back;
                match look {
                    Ok(look) => {
                        show(&look, output);
                        found |= !look.alarms.is_empty();
                    }
                    Err(error) if self.once => return Err(error),
                    Err(error) => output.error_words(&error.code(), error.words()),
                }
                let every = Duration::from_secs(self.every);
                let ended =
                    async { self.once || tokio::time::timeout(every, &mut ending).await.is_ok() };
                if ended.await {
                    return Ok(if found { Exit::Refused } else { Exit::Done });
                }
            }
        })
    }
}

fn show(look: &Look, output: &Output) {
    if output.json {
        output.print_json(&json!({
            "from": look.from,
            "size": look.size,
            "certificates": look.certificates,
            "new_keys": look.new_keys,
            "alarms": look.alarms,
        }));
        return;
    }
    let words = [
        ("from", look.from.unwrap_or(0).to_string()),
        ("size", look.size.to_string()),
        ("certificates", look.certificates.to_string()),
    ];
    output.print(&output.text("cli-monitor-look", &words));
    for key in &look.new_keys {
        output.print(&output.text("cli-monitor-new-key", &[("key", key.clone())]));
    }
    for alarm in &look.alarms {
        let key = format!("cli-alarm-{}", alarm.code());
        output.print(&output.text(&key, &said(alarm)));
    }
}

fn said(alarm: &Alarm) -> Vec<(&'static str, String)> {
    let time = |at: i64| crate::domain::time::Instant(at).to_string();
    match alarm {
        Alarm::NotSigned => Vec::new(),
        Alarm::RolledBack { kept, served } => {
            vec![("kept", kept.to_string()), ("served", served.to_string())]
        }
        Alarm::Fork { size }
        | Alarm::WrongFiles { size }
        | Alarm::NotCosigned { size }
        | Alarm::KeyVoid { size } => vec![("size", size.to_string())],
        Alarm::Stale { since } => vec![("since", time(*since))],
        Alarm::BadEntry { index } | Alarm::TimeWentBack { index } => {
            vec![("index", index.to_string())]
        }
        Alarm::OddRate {
            key,
            hour,
            certificates,
        } => vec![
            ("key", key.clone()),
            ("hour", time(*hour)),
            ("certificates", certificates.to_string()),
        ],
        Alarm::OddHour { index, key, at } => vec![
            ("index", index.to_string()),
            ("key", key.clone()),
            ("at", time(*at)),
        ],
    }
}

fn bad_key() -> AppError {
    AppError::BadInput {
        what: "vkey",
        rule: "log-vkey",
    }
}

/// A log's verifier key, as it stands or from a file.
pub(super) fn verifier_key(text: &str) -> Result<NoteKey, AppError> {
    let key = match std::fs::File::open(text) {
        Ok(file) => {
            let mut read = String::new();
            let bytes = file.take(KEY_BYTES_MAX).read_to_string(&mut read);
            bytes.map_err(|error| AppError::File {
                path: text.to_owned(),
                error,
            })?;
            read
        }
        Err(_) => text.to_owned(),
    };
    let key: NoteKey = key.trim().parse().map_err(|_| bad_key())?;
    key.require(SignatureType::Ed25519).map_err(|_| bad_key())
}

/// `8-20`: from 8:00 until before 20:00.
fn hours(text: &str) -> Result<Range<u8>, String> {
    let bad = || "FROM-TO, hours from 0 to 24, as 8-20".to_owned();
    let (from, to) = text.split_once('-').ok_or_else(bad)?;
    let hour = |text: &str| text.parse::<u8>().ok().filter(|hour| *hour <= 24);
    match (hour(from), hour(to)) {
        (Some(from), Some(to)) if from < to => Ok(from..to),
        _ => Err(bad()),
    }
}
