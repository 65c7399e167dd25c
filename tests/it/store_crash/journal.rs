//! The journal of acknowledged appends: one line before every append, one after every answer.
//!
//! The process that writes sends the lines through a pipe; the process of the test, which is not
//! killed, appends them to a file and syncs it. A line is one write of less than `PIPE_BUF` bytes,
//! so that the pipe holds whole lines whatever ends the writer.

use super::tried::Tried;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Mutex;
use uuid::Uuid;

/// What a caller was told of one attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Stored now, at these positions.
    Ack(u64, u64),
    /// Done before, at these positions.
    Was(u64, u64),
    /// Nothing was stored.
    No,
    /// Not known; also an attempt that was never answered.
    Maybe,
}

/// Takes lines, from several tasks at once.
#[derive(Debug)]
pub struct Lines(Mutex<File>);

impl Lines {
    /// To a file or a pipe.
    pub fn to(file: File) -> Self {
        Self(Mutex::new(file))
    }
    /// To the end of a file.
    pub fn append_to(path: &Path) -> Self {
        let file = File::options().append(true).create(true).open(path);
        Self::to(file.unwrap())
    }
    /// Writes one line at once.
    pub fn line(&self, line: &str) {
        let line = format!("{line}\n");
        assert!(line.len() < 4096, "{line}");
        // Whoever listens may be gone: then nobody is told, and nothing was acknowledged.
        let _ = self.0.lock().unwrap().write_all(line.as_bytes());
    }
    pub fn tried(&self, tried: &Tried) {
        self.line(&format!("try {}", serde_json::to_string(tried).unwrap()));
    }
    pub fn told(&self, command: Uuid, word: Word, why: &str) {
        self.line(&match word {
            Word::Ack(first, last) => format!("ack {command} {first} {last}"),
            Word::Was(first, last) => format!("was {command} {first} {last}"),
            Word::No => format!("no {command} {why}"),
            Word::Maybe => format!("maybe {command} {why}"),
        });
    }
}

/// One command: what it asked for and what every attempt was told.
#[derive(Clone, Debug)]
pub struct Attempts {
    pub tried: Tried,
    pub words: Vec<Word>,
}

/// Everything that callers tried and saw.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    pub commands: BTreeMap<Uuid, Attempts>,
    /// Heads read: position and chain value in hex.
    pub heads: Vec<(u64, String)>,
    /// Checkpoints acknowledged: size and note.
    pub signed: Vec<(u64, String)>,
}

impl Journal {
    pub fn read(path: &Path) -> Self {
        Self::parse(&std::fs::read_to_string(path).unwrap())
    }

    /// Of lines; those that are none of ours are passed over.
    pub fn parse(text: &str) -> Self {
        let mut journal = Self::default();
        for line in text.lines() {
            let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
            let words: Vec<&str> = rest.split(' ').collect();
            match verb {
                "try" => journal.tried(serde_json::from_str(rest).unwrap()),
                "ack" => journal.told(&words, Word::Ack),
                "was" => journal.told(&words, Word::Was),
                "no" => journal.told(&words, |_, _| Word::No),
                "maybe" => journal.told(&words, |_, _| Word::Maybe),
                "head" => {
                    let position = words[0].parse().unwrap();
                    journal.heads.push((position, words[1].to_owned()));
                }
                "signed" => {
                    let (size, note) = rest.split_once(' ').unwrap();
                    journal.signed.push((size.parse().unwrap(), note.into()));
                }
                _ => {}
            }
        }
        journal
    }

    fn tried(&mut self, tried: Tried) {
        let entry = self.commands.entry(tried.command).or_insert(Attempts {
            tried,
            words: Vec::new(),
        });
        entry.words.push(Word::Maybe);
    }

    fn told(&mut self, words: &[&str], word: impl Fn(u64, u64) -> Word) {
        let number = |n: usize| words.get(n).and_then(|w| w.parse().ok()).unwrap_or(0);
        let command: Uuid = words[0].parse().unwrap();
        let attempts = self.commands.get_mut(&command).unwrap();
        *attempts.words.last_mut().unwrap() = word(number(1), number(2));
    }

    /// How many commands were acknowledged.
    pub fn acks(&self) -> usize {
        let told = |a: &&Attempts| a.words.iter().any(|w| matches!(w, Word::Ack(..)));
        self.commands.values().filter(told).count()
    }
}
