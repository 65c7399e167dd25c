//! Reads policy files, line by line; the grammar is on top of the room above.

use super::{DEFINITIONS_MAX, NAME_BYTES_MAX, NONE, POLICY_BYTES_MAX};
use super::{Group, Member, Policy, PolicyLog, PolicyWitness};
use crate::tlog::checkpoint::decimal;
use crate::tlog::note::{NoteKey, SignatureType};
use std::collections::BTreeSet;

/// What a policy file does wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the policy: {fault}")]
pub struct InvalidPolicy {
    /// The line, from 1; 0 for the file as a whole.
    pub line: usize,
    /// What is wrong there.
    pub fault: PolicyFault,
}

/// What a line of a policy, or the file, does wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyFault {
    /// Over a limit of size or number.
    #[error("too large, or too many definitions")]
    TooLarge,
    /// Not UTF-8, or a control character.
    #[error("a character that no policy may contain")]
    Character,
    /// No such keyword, or the wrong number of words behind it.
    #[error("not a line of a policy")]
    Syntax,
    /// Not a verifier key, or one whose type is not that of a log or a witness.
    #[error("not a verifier key of the right type")]
    Key,
    /// A public key that a log, or a witness, already has.
    #[error("the public key stands twice")]
    KeyTwice,
    /// `none`, or longer than 255 bytes.
    #[error("not a name that can be given")]
    Name,
    /// A name that is already given.
    #[error("the name stands twice")]
    NameTwice,
    /// A name that no line above gives.
    #[error("the name is not defined above")]
    NameUnknown,
    /// A member that already belongs to a group.
    #[error("a name is member of a group twice")]
    MemberTwice,
    /// Not a number from 1 to that of the members.
    #[error("the threshold is not between 1 and the number of members")]
    Threshold,
    /// None, or a second one.
    #[error("there must be exactly one quorum")]
    Quorum,
}

impl PolicyFault {
    /// Stable kebab-case name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "too-large",
            Self::Character => "character",
            Self::Syntax => "syntax",
            Self::Key => "key",
            Self::KeyTwice => "key-twice",
            Self::Name => "name",
            Self::NameTwice => "name-twice",
            Self::NameUnknown => "name-unknown",
            Self::MemberTwice => "member-twice",
            Self::Threshold => "threshold",
            Self::Quorum => "quorum",
        }
    }
}

impl Policy {
    /// Reads a policy file.
    pub fn parse(bytes: &[u8]) -> Result<Self, InvalidPolicy> {
        let whole = |fault| InvalidPolicy { line: 0, fault };
        if bytes.len() > POLICY_BYTES_MAX {
            return Err(whole(PolicyFault::TooLarge));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| whole(PolicyFault::Character))?;
        let mut reader = Reader::default();
        for (line, number) in text.split('\n').zip(1..) {
            reader.line(line).map_err(|fault| InvalidPolicy {
                line: number,
                fault,
            })?;
        }
        Ok(Self {
            logs: reader.logs,
            witnesses: reader.witnesses,
            groups: reader.groups,
            quorum: reader.quorum.ok_or(whole(PolicyFault::Quorum))?,
        })
    }
}

/// A policy while it is read.
#[derive(Default)]
struct Reader {
    logs: Vec<PolicyLog>,
    witnesses: Vec<PolicyWitness>,
    groups: Vec<Group>,
    members: BTreeSet<Member>,
    quorum: Option<Option<Member>>,
}

impl Reader {
    fn line(&mut self, line: &str) -> Result<(), PolicyFault> {
        if line.bytes().any(|b| b.is_ascii_control() && b != b'\t') {
            return Err(PolicyFault::Character);
        }
        let blank = |c| c == ' ' || c == '\t';
        let words: Vec<&str> = line.split(blank).filter(|word| !word.is_empty()).collect();
        match words.as_slice() {
            [] => Ok(()),
            [first, ..] if first.starts_with('#') => Ok(()),
            ["log", vkey] => self.log(vkey, None),
            ["log", vkey, url] => self.log(vkey, Some(url)),
            ["witness", name, vkey] => self.witness(name, vkey, None),
            ["witness", name, vkey, url] => self.witness(name, vkey, Some(url)),
            ["group", name, threshold, members @ ..] if !members.is_empty() => {
                self.group(name, threshold, members)
            }
            ["quorum", name] => self.quorum(name),
            _ => Err(PolicyFault::Syntax),
        }
    }

    fn log(&mut self, vkey: &str, url: Option<&str>) -> Result<(), PolicyFault> {
        let key = key(vkey, SignatureType::Ed25519)?;
        let keys = self.logs.iter().map(|log| log.key.public_key());
        is_new(key.public_key(), keys)?;
        has_room(&self.logs)?;
        let url = url.map(str::to_owned);
        self.logs.push(PolicyLog { key, url });
        Ok(())
    }

    fn witness(&mut self, name: &str, vkey: &str, url: Option<&str>) -> Result<(), PolicyFault> {
        let name = self.new_name(name)?;
        let key = key(vkey, SignatureType::CosignatureV1)?;
        let keys = self
            .witnesses
            .iter()
            .map(|witness| witness.key.public_key());
        is_new(key.public_key(), keys)?;
        has_room(&self.witnesses)?;
        let url = url.map(str::to_owned);
        self.witnesses.push(PolicyWitness { name, key, url });
        Ok(())
    }

    fn group(&mut self, name: &str, threshold: &str, names: &[&str]) -> Result<(), PolicyFault> {
        let name = self.new_name(name)?;
        let mut members = Vec::with_capacity(names.len());
        for member in names {
            let member = self.find(member).ok_or(PolicyFault::NameUnknown)?;
            if !self.members.insert(member) {
                return Err(PolicyFault::MemberTwice);
            }
            members.push(member);
        }
        let threshold = match threshold {
            "any" => Some(1),
            "all" => Some(members.len()),
            k => decimal(k).and_then(|k| usize::try_from(k).ok()),
        };
        let threshold = threshold
            .filter(|k| (1..=members.len()).contains(k))
            .ok_or(PolicyFault::Threshold)?;
        has_room(&self.groups)?;
        self.groups.push(Group {
            name,
            threshold,
            members,
        });
        Ok(())
    }

    fn quorum(&mut self, name: &str) -> Result<(), PolicyFault> {
        if self.quorum.is_some() {
            return Err(PolicyFault::Quorum);
        }
        self.quorum = Some(match name {
            NONE => None,
            name => Some(self.find(name).ok_or(PolicyFault::NameUnknown)?),
        });
        Ok(())
    }

    fn find(&self, name: &str) -> Option<Member> {
        let witness = self.witnesses.iter().position(|it| it.name == name);
        let group = || self.groups.iter().position(|it| it.name == name);
        witness
            .map(Member::Witness)
            .or_else(|| group().map(Member::Group))
    }

    fn new_name(&self, name: &str) -> Result<String, PolicyFault> {
        if name == NONE || name.len() > NAME_BYTES_MAX {
            return Err(PolicyFault::Name);
        }
        if self.find(name).is_some() {
            return Err(PolicyFault::NameTwice);
        }
        Ok(name.to_owned())
    }
}

fn key(vkey: &str, signature_type: SignatureType) -> Result<NoteKey, PolicyFault> {
    let key = vkey.parse::<NoteKey>().map_err(|_| PolicyFault::Key)?;
    key.require(signature_type).map_err(|_| PolicyFault::Key)
}

fn is_new<'k>(
    key: &[u8; 32],
    mut keys: impl Iterator<Item = &'k [u8; 32]>,
) -> Result<(), PolicyFault> {
    if keys.any(|other| other == key) {
        return Err(PolicyFault::KeyTwice);
    }
    Ok(())
}

fn has_room<T>(defined: &[T]) -> Result<(), PolicyFault> {
    if defined.len() >= DEFINITIONS_MAX {
        return Err(PolicyFault::TooLarge);
    }
    Ok(())
}
