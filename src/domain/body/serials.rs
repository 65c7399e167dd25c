//! Serials of certificate numbers and indices of status lists: each is taken once, in the append
//! that uses it.

use crate::domain::body::command::{SerialRun, TakeSerials};
use crate::domain::body::event::{BodyEvent, BodyKind, SerialsTaken};
use crate::domain::body::rejection::BodyRejection as No;
use crate::domain::body::state::{Body, PURPOSES, Standing};
use crate::domain::certificate::event::StatusEntry;
use crate::domain::number::{CertificateNumber, CountedBy, NumberCode, NumberError, NumberGrammar};
use std::collections::BTreeMap;

/// 评价机构代码 of a body filed with a province, not with the ministry: such a body's numbers bear the
/// digits of that province; a ministry's body has sites in several.
const FILED_WITH_PROVINCE: &str = "0000";

/// A number and the place in the list's permutation that go to one certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The certificate number.
    pub number: CertificateNumber,
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
    /// The numbers and places this event takes, in order. `grammar` is the one it names.
    pub fn taken<'a>(
        &'a self,
        grammar: &'a NumberGrammar,
        code: &'a NumberCode,
    ) -> impl Iterator<Item = Result<Taken, NumberError>> + 'a {
        (0..self.count).map(move |nth| {
            let number = grammar.compose(code, self.year, &self.counted, self.first + nth)?;
            Ok(Taken {
                number,
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
    check_letter(body, code)?;
    let filed_in = body.registered.region.province();
    if code.body == FILED_WITH_PROVINCE && !filed_in.to_string().starts_with(&code.province) {
        return Err(No::NumberProvinceUnfit { region: filed_in });
    }
    if body.number_code.as_ref() == Some(code) {
        return Err(No::NumberCodeUnchanged);
    }
    Ok(vec![
        crate::domain::body::event::NumberCodeAssigned { code: code.clone() }.into(),
    ])
}

/// The letter says what kind of body it is, wherever the codes are from.
pub(super) fn check_letter(body: &Body, code: &NumberCode) -> Result<(), No> {
    let fits = match body.registered.kind {
        BodyKind::Employer => code.letter != "S",
        BodyKind::SocialAssessor | BodyKind::IndustryAssessor => code.letter != "Y",
        BodyKind::TechnicianSchool => true,
        BodyKind::TrainingProvider => return Err(No::AssessesNobody),
    };
    if fits {
        Ok(())
    } else {
        Err(No::NumberLetterUnfit)
    }
}

/// One event a run, or more where the indices of one list do not suffice.
pub(super) fn decide_take(body: &Body, take: &TakeSerials) -> Result<Vec<BodyEvent>, No> {
    check_runs(take)?;
    body.may_issue(&take.issuing)?;
    for purpose in PURPOSES {
        if body.active_key(purpose).is_none() {
            return Err(No::KeyMissing { purpose });
        }
    }
    let code = body
        .number_code_in(take.issuing.region)
        .ok_or(No::NumberCodeMissing)?;
    if body.lists.is_empty() {
        return Err(No::ListMissing);
    }
    let wanted: u64 = take.runs.iter().map(|run| u64::from(run.count)).sum();
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
    let mut last_of: BTreeMap<(String, i16, CountedBy), u32> = BTreeMap::new();
    let mut events = Vec::new();
    for run in &take.runs {
        let counted = counted(code, run)?;
        let key = (run.grammar.name.clone(), year, counted.clone());
        let last = last_of
            .get(&key)
            .or_else(|| body.serials.get(&key))
            .copied()
            .unwrap_or(0);
        let serials_left = run.grammar.serial_max().saturating_sub(last);
        if serials_left < run.count {
            return Err(No::NumbersExhausted {
                grammar: run.grammar.name.clone(),
                left: serials_left,
            });
        }
        let mut first = last + 1;
        let mut remaining = run.count;
        last_of.insert(key, last + run.count);
        for (list, place, left) in &mut places {
            let count = remaining.min(*left);
            if count == 0 {
                continue;
            }
            events.push(
                SerialsTaken {
                    grammar: run.grammar.name.clone(),
                    year,
                    counted: counted.clone(),
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

/// What the serials of a run are counted by, if its grammar numbers it for this body.
fn counted(code: &NumberCode, run: &SerialRun) -> Result<CountedBy, No> {
    if run.grammar.check_code(code).is_err() {
        return Err(No::NumberCodeUnfit);
    }
    let grammar = || run.grammar.name.clone();
    run.grammar
        .counts(&run.attainment)
        .ok_or_else(|| No::NotNumbered { grammar: grammar() })
}

/// At least one certificate, each attainment once, and those judged are those counted.
fn check_runs(take: &TakeSerials) -> Result<(), No> {
    if take.runs.is_empty() || take.runs.iter().any(|run| run.count == 0) {
        return Err(No::NothingToIssue);
    }
    for (nth, run) in take.runs.iter().enumerate() {
        let same = |other: &SerialRun| other.attainment == run.attainment;
        if take.runs.iter().take(nth).any(same) {
            return Err(No::AttainmentTwice);
        }
    }
    let judged = &take.issuing.attainments;
    let counted = |it: &_| take.runs.iter().any(|run| run.attainment == *it);
    if judged.len() == take.runs.len() && judged.iter().all(counted) {
        Ok(())
    } else {
        Err(No::AttainmentsDisagree)
    }
}
