//! How a use case says no: refused by a rule, not found, not allowed, or could not.

use super::operations;
use super::remote::RemoteError;
use crate::locale::{self, Words};
use crate::projection::ProjectionError;
use crate::sequencer::SequencerError;
use crate::tlog::policy::InvalidPolicy;
use crate::view::ViewError;

/// Why a use case did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// A rule of the trade refuses it.
    #[error("refused: {code}")]
    Refused {
        /// Stable kebab-case name of the rule.
        code: &'static str,
        /// What the words are filled with; never personal data.
        args: Vec<(&'static str, String)>,
    },
    /// The token belongs to nobody who may act.
    #[error("the token is not known")]
    UnknownToken,
    /// The account's roles do not allow it.
    #[error("not allowed: {needed}")]
    NotAllowed {
        /// What it would take.
        needed: &'static str,
    },
    /// There is no such thing.
    #[error("no such {what}")]
    NotFound {
        /// What was looked for: `body`, `session`, `certificate`.
        what: &'static str,
    },
    /// What was given cannot be read.
    #[error("bad input: {what}: {rule}")]
    BadInput {
        /// Which field.
        what: &'static str,
        /// The rule it breaks: its words are `rule-<rule>`.
        rule: &'static str,
    },
    /// Some rows of a sheet cannot be read: the row the spreadsheet shows, its column and the rule.
    #[error("{} rows cannot be read", .0.len())]
    Rows(Vec<(u32, Words)>),
    /// A trust policy that cannot be read.
    #[error(transparent)]
    Policy(#[from] InvalidPolicy),
    /// A key that belongs to somebody else already.
    #[error("already taken: {what}")]
    Taken {
        /// What kind of key: `number`, `credit-code`, `session`.
        what: String,
    },
    /// This command id was used for another request.
    #[error("this command id was used for another request")]
    CommandIdReused,
    /// The streams moved at every attempt.
    #[error("the ledger is busy, try again")]
    Busy,
    /// There is a ledger already.
    #[error("there is a ledger in {path} already")]
    Exists {
        /// Where.
        path: String,
    },
    /// The command was done before, and what it showed is shown only once.
    #[error("this command was done before; its token is shown only once, replace it")]
    ShownOnce,
    /// The sheet as a whole cannot be read.
    #[error(transparent)]
    Sheet(#[from] crate::sheet::SheetError),
    /// The database file has no manifest of its pages.
    #[error("the file has no page manifest: it was not closed in order, or was written to since")]
    NotAtRest,
    /// The ledger was opened without its passphrase.
    #[error("this needs the passphrase of the ledger's keys")]
    Locked,
    /// The store could not.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
    /// The views could not.
    #[error(transparent)]
    View(crate::view::ViewError),
    /// The keyring could not.
    #[error(transparent)]
    Keyring(#[from] crate::keys::KeyringError),
    /// A key could not sign.
    #[error(transparent)]
    Sign(#[from] crate::keys::SignError),
    /// The vault could not.
    #[error(transparent)]
    Vault(#[from] crate::vault::VaultError),
    /// A stored event could not be read back.
    #[error(transparent)]
    Decode(#[from] crate::codec::registry::DecodeError),
    /// The views could not be brought up to date.
    #[error(transparent)]
    Projection(crate::projection::ProjectionError),
    /// The log could not be advanced.
    #[error(transparent)]
    Sequencer(#[from] SequencerError),
    /// An event could not be encoded.
    #[error(transparent)]
    Encode(#[from] crate::codec::envelope::EncodeError),
    /// A credential could not be made.
    #[error("credential: {0}")]
    Credential(String),
    /// An archive could not be written or read.
    #[error(transparent)]
    Archive(#[from] crate::codec::archive::ArchiveError),
    /// A file could not be read or written.
    #[error("{path}: {error}")]
    File {
        /// Which file.
        path: String,
        /// Why.
        error: std::io::Error,
    },
    /// Somebody else's service did not answer as it should.
    #[error(transparent)]
    Remote(#[from] RemoteError),
    /// What is stored contradicts itself.
    #[error("the ledger contradicts itself: {0}")]
    Inconsistent(String),
}

impl From<ViewError> for AppError {
    fn from(error: ViewError) -> Self {
        match error {
            ViewError::Busy => Self::Busy,
            error => Self::View(error),
        }
    }
}

impl From<ProjectionError> for AppError {
    fn from(error: ProjectionError) -> Self {
        match error {
            ProjectionError::Store(error) => Self::Store(error),
            ProjectionError::View(ViewError::Busy) => Self::Busy,
            error => Self::Projection(error),
        }
    }
}

impl AppError {
    /// Stable kebab-case name, for programs and for the words.
    pub fn code(&self) -> String {
        match self {
            Self::Refused { code, .. } => return (*code).to_owned(),
            Self::UnknownToken => "unknown-token",
            Self::NotAllowed { .. } => "not-allowed",
            Self::NotFound { .. } => "not-found",
            Self::BadInput { .. } | Self::Rows(_) => "bad-input",
            Self::Policy(_) => "bad-policy",
            Self::Taken { .. } => "already-taken",
            Self::CommandIdReused => "command-id-reused",
            Self::Busy => "busy",
            Self::NotAtRest => "not-at-rest",
            Self::Locked => "passphrase-missing",
            Self::Exists { .. } => "exists",
            Self::ShownOnce => "shown-once",
            Self::Sheet(error) => error.code(),
            Self::Store(error) => return error.code().to_owned(),
            Self::Keyring(error) => return error.code().to_owned(),
            Self::Sign(_) => "signing-failed",
            Self::View(_) | Self::Projection(_) if self.position_refused().is_some() => {
                return self
                    .position_refused()
                    .map_or("", |it| it.code())
                    .to_owned();
            }
            Self::View(_) => "view-error",
            Self::Vault(_) => "vault-error",
            Self::Decode(_) => "decode-error",
            Self::Encode(_) => "encode-error",
            Self::Projection(_) => "projection-error",
            Self::Sequencer(SequencerError::RolledBack { .. }) => "log-rolled-back",
            Self::Sequencer(_) => "log-error",
            Self::Credential(_) => "credential-error",
            Self::Archive(error) => error.code(),
            Self::File { .. } => "file-error",
            Self::Remote(_) => "remote-error",
            Self::Inconsistent(_) => "inconsistent",
        }
        .to_owned()
    }

    /// The position that was asked for and cannot be answered of, if that is what is wrong.
    pub fn position_refused(&self) -> Option<&ViewError> {
        let error = match self {
            Self::View(error) | Self::Projection(ProjectionError::View(error)) => error,
            _ => return None,
        };
        let of_position = matches!(
            error,
            ViewError::NotReached { .. } | ViewError::PositionZero | ViewError::NewestOnly(_)
        );
        of_position.then_some(error)
    }

    /// A value of ours that has no JSON form, or lost it.
    pub(super) fn unwritable(error: serde_json::Error) -> Self {
        // The error's own words could quote what was read.
        Self::Inconsistent(format!("JSON: {:?} error", error.classify()))
    }

    /// Whether a rule said no, as opposed to "could not".
    pub fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::Refused { .. }
                | Self::UnknownToken
                | Self::NotAllowed { .. }
                | Self::NotFound { .. }
                | Self::Taken { .. }
                | Self::CommandIdReused
                | Self::Exists { .. }
                | Self::ShownOnce
        )
    }

    /// The words for people, in both languages.
    pub fn words(&self) -> Words {
        match self {
            Self::Refused { code, args } => locale::refusal(code, args),
            Self::Sheet(error) => locale::words(&error.key(), &error.args()),
            // Their codes may be ours too: a locked store is not a locked vault.
            Self::Store(error) => error.words(),
            Self::Vault(error) => error.words(),
            Self::NotAllowed { needed } => {
                locale::words("app-not-allowed", &[("needed", (*needed).to_owned())])
            }
            Self::NotFound { what } => {
                let what = locale::words(&format!("thing-{what}"), &[]);
                Words {
                    zh: locale::text(locale::Language::Zh, "app-not-found", &[("what", what.zh)]),
                    en: locale::text(locale::Language::En, "app-not-found", &[("what", what.en)]),
                }
            }
            Self::BadInput { what, rule } => {
                let in_words = |language| {
                    let key = format!("input-{what}");
                    let what = match operations::label(what, language) {
                        Some(label) if !locale::knows(&key) => label.to_owned(),
                        _ => locale::text(language, &key, &[]),
                    };
                    let rule = locale::text(language, &format!("rule-{rule}"), &[]);
                    locale::text(language, "app-bad-input", &[("what", what), ("rule", rule)])
                };
                Words {
                    zh: in_words(locale::Language::Zh),
                    en: in_words(locale::Language::En),
                }
            }
            Self::Rows(rows) => {
                let said = |language, of: fn(&Words) -> &String| {
                    let one = |(row, words): &(u32, Words)| {
                        let args = [("row", row.to_string()), ("said", of(words).clone())];
                        locale::text(language, "app-row", &args)
                    };
                    rows.iter().map(one).collect::<Vec<_>>().join("\n")
                };
                Words {
                    zh: said(locale::Language::Zh, |words| &words.zh),
                    en: said(locale::Language::En, |words| &words.en),
                }
            }
            Self::Policy(InvalidPolicy { line, fault }) => {
                let said = locale::words(&format!("policy-{}", fault.code()), &[]);
                let in_words = |language, fault| {
                    let args = [("line", line.to_string()), ("fault", fault)];
                    locale::text(language, "app-bad-policy", &args)
                };
                Words {
                    zh: in_words(locale::Language::Zh, said.zh),
                    en: in_words(locale::Language::En, said.en),
                }
            }
            Self::Sequencer(SequencerError::RolledBack { signed, events }) => {
                let args = [
                    ("signed", signed.to_string()),
                    ("events", events.to_string()),
                ];
                locale::words("app-log-rolled-back", &args)
            }
            Self::Taken { what } => locale::words("app-already-taken", &[("what", what.clone())]),
            Self::Remote(RemoteError::Refused(said)) => {
                let in_words = |language, said: &String| {
                    locale::text(language, "app-remote-refused", &[("said", said.clone())])
                };
                Words {
                    zh: in_words(locale::Language::Zh, &said.zh),
                    en: in_words(locale::Language::En, &said.en),
                }
            }
            other => {
                let key = format!("app-{}", other.code());
                let detail = [("detail", other.to_string())];
                if let Some(ViewError::NotReached { asked, position }) = other.position_refused() {
                    let args = [
                        ("asked", asked.to_string()),
                        ("position", position.to_string()),
                    ];
                    locale::words(&key, &args)
                } else if locale::knows(&key) {
                    locale::words(&key, &detail)
                } else {
                    locale::words("app-could-not", &detail)
                }
            }
        }
    }
}

/// A rejection of a decider becomes a refusal with the same code.
macro_rules! refusal_from {
    ($($rejection:path),* $(,)?) => {$(
        impl From<$rejection> for AppError {
            fn from(rejection: $rejection) -> Self {
                Self::Refused { code: rejection.code(), args: rejection.args() }
            }
        }
    )*};
}
refusal_from!(
    crate::domain::authority::rejection::AuthorityRejection,
    crate::domain::catalogue::rejection::CatalogueRejection,
    crate::domain::account::rejection::AccountRejection,
    crate::domain::body::rejection::BodyRejection,
    crate::domain::competition::rejection::CompetitionRejection,
    crate::domain::rules::routes::rejection::RouteRejection,
    crate::domain::session::rejection::SessionRejection,
    crate::domain::staff::rejection::StaffRejection,
    crate::domain::worker::rejection::WorkerRejection,
    crate::domain::certificate::rejection::CertificateRejection,
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::StoreError;

    #[test]
    fn a_second_writer_is_told_who_holds_the_lock_and_not_asked_for_a_passphrase() {
        let holder = "process 42".to_owned();
        let words = AppError::from(StoreError::Locked { holder }).words();
        assert!(words.zh.contains("process 42") && words.en.contains("process 42"));
        assert_ne!(words, AppError::Locked.words());
    }
}
