//! Trust policies (C2SP tlog-policy): which logs and witnesses somebody trusts, and how many
//! cosignatures make a checkpoint good enough (the quorum, 法定数).
//!
//! ```text
//! line    = "log" vkey [url] / "witness" name vkey [url]
//!         / "group" name ("any" / "all" / k) 1*name / "quorum" (name / "none")
//! ```
//! Lines end with LF; words are separated by spaces and tabs; empty lines and lines that begin
//! with `#` are passed over. Names of witnesses and groups are one set; a name stands before it is
//! used, and is member of one group at most: so there are no cycles, and no witness counts twice.
//! There is one quorum. A log's key is of type 0x01 and its name is the log's origin; a witness's
//! is of type 0x04; no public key stands twice among the logs, nor among the witnesses.
//!
//! Refused though others may read it: a file that is not UTF-8, a `k` with a leading zero, keys of
//! other types (a witness with ML-DSA-44 could not be checked, so a quorum that names it must not
//! seem to be understood), and more than the limits below.

mod read;

pub use read::{InvalidPolicy, PolicyFault};

use super::checkpoint::Checkpoint;
use super::note::{CheckSignature, InvalidNote, Note, NoteKey};
use std::fmt;

/// Most bytes of a policy file.
pub const POLICY_BYTES_MAX: usize = 64 * 1024;
/// Most logs, most witnesses and most groups; the specification asks for 32 of each.
pub const DEFINITIONS_MAX: usize = 64;
/// Most bytes of a name.
pub const NAME_BYTES_MAX: usize = 255;
/// The quorum that asks for no witness.
const NONE: &str = "none";

/// A log that is trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyLog {
    /// Its key; the key's name is the log's origin.
    pub key: NoteKey,
    /// Where it is reached, in whatever sense the reader gives it.
    pub url: Option<String>,
}

/// A witness that is trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyWitness {
    /// Its name in this file.
    pub name: String,
    /// Its key, whose name is the one in signature lines.
    pub key: NoteKey,
    /// Where it takes `add-checkpoint`, usually.
    pub url: Option<String>,
}

/// A member of a group, or the quorum: by place, so that it cannot dangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Member {
    Witness(usize),
    Group(usize),
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Group {
    name: String,
    threshold: usize,
    /// Witnesses, and groups that stand above.
    members: Vec<Member>,
}

/// A policy that was read: names resolved, nothing circular.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    logs: Vec<PolicyLog>,
    witnesses: Vec<PolicyWitness>,
    groups: Vec<Group>,
    quorum: Option<Member>,
}

/// What a policy says of a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation<'p> {
    /// What the checkpoint states.
    pub checkpoint: Checkpoint,
    /// The logs of the policy that have signed it. Empty where the policy names none: then the
    /// reader knows the log from elsewhere and checks its signature himself.
    pub logs: Vec<&'p PolicyLog>,
    /// The witnesses that have cosigned it, with the time, in the order of the policy.
    pub cosigned: Vec<(&'p PolicyWitness, u64)>,
    /// Witnesses whose cosignature is dated later than the reader allows. They do not count.
    pub ahead: Vec<(&'p PolicyWitness, u64)>,
    /// Whether the cosignatures make the quorum.
    pub quorum_met: bool,
}

impl Evaluation<'_> {
    /// Whether the checkpoint is valid under the policy: signed by one of its logs, and cosigned
    /// as its quorum asks.
    pub fn holds(&self) -> bool {
        self.quorum_met && !self.logs.is_empty()
    }
}

impl Policy {
    /// The logs, in the order of the file.
    pub fn logs(&self) -> &[PolicyLog] {
        &self.logs
    }
    /// The witnesses, in the order of the file.
    pub fn witnesses(&self) -> &[PolicyWitness] {
        &self.witnesses
    }
    /// Whether any cosignature is asked for at all: `false` for `quorum none`.
    pub fn asks_witnesses(&self) -> bool {
        self.quorum.is_some()
    }

    /// Judges a signed checkpoint. A cosignature later than `not_after` (seconds since
    /// 1970-01-01T00:00:00Z) does not count. A signature under the name and id of a key of the
    /// policy that does not verify spoils the whole note (C2SP signed-note, "Signatures").
    pub fn evaluate(
        &self,
        note: &Note,
        not_after: u64,
        check: CheckSignature<'_>,
    ) -> Result<Evaluation<'_>, InvalidNote> {
        let checkpoint = Checkpoint::parse(note.text())?;
        let mut logs = Vec::new();
        for log in &self.logs {
            match note.verify(&log.key, check) {
                Ok(()) if log.key.name() == checkpoint.origin => logs.push(log),
                Ok(()) | Err(InvalidNote::NoSignature) => {}
                Err(error) => return Err(error),
            }
        }
        let (mut cosigned, mut ahead) = (Vec::new(), Vec::new());
        let mut witnessed = vec![false; self.witnesses.len()];
        for (witness, place) in self.witnesses.iter().zip(&mut witnessed) {
            match note.verify_cosignature(&witness.key, check) {
                Ok(time) if time > not_after => ahead.push((witness, time)),
                Ok(time) => {
                    cosigned.push((witness, time));
                    *place = true;
                }
                Err(InvalidNote::NoSignature) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Evaluation {
            checkpoint,
            logs,
            cosigned,
            ahead,
            quorum_met: self.quorum_of(&witnessed),
        })
    }

    /// Whether these witnesses, by place, make the quorum.
    fn quorum_of(&self, witnessed: &[bool]) -> bool {
        // Groups name only what stands above them: one pass in the order of the file.
        let mut groups: Vec<bool> = Vec::with_capacity(self.groups.len());
        for group in &self.groups {
            let have = |member: &&Member| holds(**member, witnessed, &groups);
            let count = group.members.iter().filter(have).count();
            groups.push(count >= group.threshold);
        }
        self.quorum
            .is_none_or(|quorum| holds(quorum, witnessed, &groups))
    }

    fn name(&self, member: Member) -> &str {
        match member {
            Member::Witness(at) => self.witnesses.get(at).map_or(NONE, |it| &it.name),
            Member::Group(at) => self.groups.get(at).map_or(NONE, |it| &it.name),
        }
    }
}

fn holds(member: Member, witnesses: &[bool], groups: &[bool]) -> bool {
    let held = match member {
        Member::Witness(at) => witnesses.get(at),
        Member::Group(at) => groups.get(at),
    };
    held.copied().unwrap_or(false)
}

/// The policy as a file: logs, witnesses, groups, quorum; without comments.
impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = |url: &Option<String>| url.as_ref().map_or(String::new(), |it| format!(" {it}"));
        for log in &self.logs {
            writeln!(f, "log {}{}", log.key, url(&log.url))?;
        }
        for witness in &self.witnesses {
            let PolicyWitness { name, key, .. } = witness;
            writeln!(f, "witness {name} {key}{}", url(&witness.url))?;
        }
        for group in &self.groups {
            write!(f, "group {} ", group.name)?;
            match group.threshold {
                1 => write!(f, "any")?,
                k if k == group.members.len() => write!(f, "all")?,
                k => write!(f, "{k}")?,
            }
            for member in &group.members {
                write!(f, " {}", self.name(*member))?;
            }
            writeln!(f)?;
        }
        writeln!(f, "quorum {}", self.quorum.map_or(NONE, |it| self.name(it)))
    }
}
