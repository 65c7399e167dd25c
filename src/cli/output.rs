//! What every subcommand answers with: an exit code, words for people, JSON for programs.

use crate::domain::attainment::Attainment;
use crate::domain::name::Name;
use crate::locale::{self, Language, Words};
use std::io::Write;
use std::process::ExitCode;

/// How a command ended, as scripts see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// 0: done, or valid.
    Done,
    /// 1: refused, or invalid.
    Refused,
    /// 2: could not do, or could not check.
    Unable,
    /// 64: the command was not understood.
    Misuse,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Refused => 1,
            Exit::Unable => 2,
            Exit::Misuse => 64,
        })
    }
}

/// Where and in which language answers go.
#[derive(Clone, Copy)]
pub(super) struct Output {
    /// JSON on stdout instead of words.
    pub(super) json: bool,
    /// The language of the words.
    pub(super) language: Language,
}

/// An error as JSON: `{"error":{"code","zh","en"}}`.
#[derive(serde::Serialize)]
struct ErrorDocument<'a> {
    error: ErrorBody<'a>,
}

#[derive(serde::Serialize)]
struct ErrorBody<'a> {
    code: &'a str,
    #[serde(flatten)]
    words: Words,
}

impl Output {
    /// One message in the chosen language.
    pub(super) fn text(&self, key: &str, args: &[(&str, String)]) -> String {
        locale::text(self.language, key, args)
    }
    /// Words in the chosen language.
    pub(super) fn choose<'a>(&self, words: &'a Words) -> &'a str {
        match self.language {
            Language::Zh => &words.zh,
            Language::En => &words.en,
        }
    }
    /// A name in the chosen language; in Chinese where it has no other.
    pub(super) fn named(&self, name: &Name) -> String {
        match (self.language, &name.en) {
            (Language::En, Some(en)) => en.clone(),
            _ => name.zh.clone(),
        }
    }
    /// What a certificate says of level or grade, in the chosen language.
    pub(super) fn grade(&self, attainment: &Attainment) -> String {
        match self.language {
            Language::Zh => attainment.grade_zh(),
            Language::En => attainment.grade_en(),
        }
    }
    /// Words for a person, on stderr. A closed stderr is no reason to stop.
    pub(super) fn say(&self, words: &str) {
        let _ = writeln!(std::io::stderr(), "{words}");
    }
    /// A line of data on stdout. A closed stdout, as of `| head`, is no reason to stop.
    pub(super) fn print(&self, line: &str) {
        let _ = writeln!(std::io::stdout(), "{line}");
    }
    /// One JSON document on stdout.
    pub(super) fn print_json(&self, document: &impl serde::Serialize) {
        // Our own documents have string keys and finite numbers only.
        if let Ok(json) = serde_json::to_string(document) {
            self.print(&json);
        }
    }
    /// An error in both languages: JSON on stdout under `--json`, else words on stderr.
    pub(super) fn error_words(&self, code: &str, words: Words) {
        if self.json {
            self.print_json(&ErrorDocument {
                error: ErrorBody { code, words },
            });
        } else if self.language == Language::Zh {
            self.say(&words.zh);
        } else {
            self.say(&words.en);
        }
    }
    /// An error: JSON on stdout under `--json`, else words on stderr.
    pub(super) fn error(&self, code: &str, key: &str, args: &[(&str, String)]) {
        if self.json {
            self.print_json(&ErrorDocument {
                error: ErrorBody {
                    code,
                    words: locale::words(key, args),
                },
            });
        } else {
            self.say(&self.text(key, args));
        }
    }
}
