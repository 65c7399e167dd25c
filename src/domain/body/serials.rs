//! Serials of certificate numbers and indices of status lists: each is taken once, in the append
//! that uses it.

use crate::domain::body::command::TakeSerials;
use crate::domain::body::event::{BodyEvent, BodyKind, SerialsTaken};
use crate::domain::body::rejection::BodyRejection as No;
use crate::domain::body::state::{Body, PURPOSES, Standing};
use crate::domain::certificate::event::StatusEntry;
use crate::domain::level::SkillLevel;
use crate::domain::number::{CertificateNumber, NumberCode, NumberError, NumberGrammar};
use std::collections::BTreeSet;

/// A number and the place in the list's permutation that go to one certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The certificate number.
    pub number: CertificateNumber,
    /// Its level.
    pub level: SkillLevel,
    /// The status list.
    pub list: u32,
    /// Place in that list's permutation, from 0; the index itself is `permutation(seed)[place]`.
    pub place: u32,
}

impl Taken {
    /// Where the status will be found, once the permutation has told the index.
    pub const fn status(&self, index: u32) -> StatusEntry {
        StatusEntry {
            list: self.list,
            index,
        }
    }
}

impl SerialsTaken {
    /// The numbers and places this event takes, in order.
    pub fn taken<'a>(
        &'a self,
        grammar: &'a NumberGrammar,
        code: &'a NumberCode,
    ) -> impl Iterator<Item = Result<Taken, NumberError>> + 'a {
        (0..self.count).map(move |nth| {
            let number = grammar.compose(code, self.year, self.level, self.first + nth)?;
            Ok(Taken {
                number,
                level: self.level,
                list: self.list,
                place: self.first_index + nth,
            })
        })
    }
}

pub(super) fn decide_assign(
    body: &Body,
    code: &NumberCode,
    grammar: &NumberGrammar,
) -> Result<Vec<BodyEvent>, No> {
    if let Standing::Withdrawn { since } = body.standing {
        return Err(No::Withdrawn { since });
    }
    if grammar.check_code(code).is_err() {
        return Err(No::NumberCodeUnfit);
    }
    let fits = match body.registered.kind {
        BodyKind::Employer => code.letter != "S",
        BodyKind::SocialAssessor | BodyKind::IndustryAssessor => code.letter != "Y",
        BodyKind::TechnicianSchool => true,
        BodyKind::TrainingProvider => return Err(No::AssessesNobody),
    };
    if !fits {
        return Err(No::NumberLetterUnfit);
    }
    if body.number_code.as_ref() == Some(code) {
        return Err(No::NumberCodeUnchanged);
    }
    Ok(vec![
        crate::domain::body::event::NumberCodeAssigned { code: code.clone() }.into(),
    ])
}

/// One event a level, or more where the indices of one list do not suffice.
pub(super) fn decide_take(body: &Body, take: &TakeSerials) -> Result<Vec<BodyEvent>, No> {
    check_counts(take)?;
    body.may_issue(&take.issuing)?;
    for purpose in PURPOSES {
        if body.active_key(purpose).is_none() {
            return Err(No::KeyMissing { purpose });
        }
    }
    let code = body.number_code.as_ref().ok_or(No::NumberCodeMissing)?;
    if take.grammar.check_code(code).is_err() {
        return Err(No::NumberCodeUnfit);
    }
    if body.lists.is_empty() {
        return Err(No::ListMissing);
    }
    let wanted: u64 = take.counts.iter().map(|(_, count)| u64::from(*count)).sum();
    let left = body.indices_left();
    if u64::from(left) < wanted {
        return Err(No::ListFull { left });
    }
    let year = take.issuing.on.year();
    let mut places: Vec<(u32, u32, u32)> = body
        .lists
        .iter()
        .map(|list| (list.opened.list, list.taken, list.left()))
        .collect();
    let mut events = Vec::new();
    for (level, count) in &take.counts {
        let last = body.serials.get(&(year, *level)).copied().unwrap_or(0);
        let serials_left = take.grammar.serial_max().saturating_sub(last);
        if serials_left < *count {
            return Err(No::NumbersExhausted {
                level: *level,
                left: serials_left,
            });
        }
        let mut first = last + 1;
        let mut remaining = *count;
        for (list, place, left) in &mut places {
            let count = remaining.min(*left);
            if count == 0 {
                continue;
            }
            events.push(
                SerialsTaken {
                    year,
                    level: *level,
                    first,
                    count,
                    list: *list,
                    first_index: *place,
                }
                .into(),
            );
            first += count;
            remaining -= count;
            *place += count;
            *left -= count;
        }
    }
    Ok(events)
}

/// At least one certificate, each level once, and the levels judged are the levels counted.
fn check_counts(take: &TakeSerials) -> Result<(), No> {
    let mut levels: BTreeSet<SkillLevel> = BTreeSet::new();
    for (level, count) in &take.counts {
        if *count == 0 {
            return Err(No::NothingToIssue);
        }
        if !levels.insert(*level) {
            return Err(No::LevelTwice { level: *level });
        }
    }
    if levels.is_empty() {
        return Err(No::NothingToIssue);
    }
    let judged: BTreeSet<SkillLevel> = take.issuing.levels.iter().copied().collect();
    if levels == judged {
        Ok(())
    } else {
        Err(No::LevelsDisagree)
    }
}
