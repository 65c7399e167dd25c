//! Honours (荣誉): 技能大师, 工匠, 技术能手 and the like. They are never a level (checklist row 54).

use crate::domain::digest::Digest;
use crate::domain::ids::RecordId;
use crate::domain::name::Name;
use crate::domain::wording::{check_code, check_text};
use crate::domain::worker::event::WorkerEvent;
use crate::domain::worker::rejection::WorkerRejection as No;
use crate::domain::worker::state::Worker;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

type Decided = Result<Vec<WorkerEvent>, No>;

/// Most pieces of evidence of one honour.
const EVIDENCE_MAX: usize = 50;

/// An honour was conferred.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HonourConferred {
    /// Its id.
    pub record: RecordId,
    /// Its name: 全国技术能手, 浙江工匠…
    pub name: Name,
    /// How high it is, as a word: `national`, `provincial`, `municipal`, `county`, `industry`,
    /// `enterprise`.
    pub rank: String,
    /// Who conferred it.
    pub by: String,
    /// The document.
    pub basis: String,
    /// The civil date it was conferred.
    pub on: Date,
    /// Digests of the evidence.
    pub evidence: Vec<Digest>,
}

/// An honour was withdrawn (撤销荣誉).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HonourWithdrawn {
    /// Which.
    pub record: RecordId,
    /// Why.
    pub ground: String,
    /// Legal basis or document number.
    pub basis: String,
    /// The civil date.
    pub on: Date,
}

/// An honour, and its withdrawal if it came to that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Honour {
    /// As conferred.
    pub conferred: HonourConferred,
    /// Its withdrawal.
    pub withdrawn: Option<HonourWithdrawn>,
}

/// What an event does to the honours.
pub(super) fn evolve(honours: &mut Vec<Honour>, event: &WorkerEvent) {
    match event {
        WorkerEvent::HonourConferred(conferred) => honours.push(Honour {
            conferred: conferred.clone(),
            withdrawn: None,
        }),
        WorkerEvent::HonourWithdrawn(withdrawn) => {
            let of = |it: &&mut Honour| it.conferred.record == withdrawn.record;
            if let Some(it) = honours.iter_mut().find(of) {
                it.withdrawn = Some(withdrawn.clone());
            }
        }
        _ => {}
    }
}

pub(super) fn confer(worker: &Worker, conferred: &HonourConferred, today: Date) -> Decided {
    if worker.has_record(conferred.record) {
        return Err(No::RecordTwice);
    }
    check_text("honour", &conferred.name.zh)?;
    if let Some(en) = &conferred.name.en {
        check_text("honour", en)?;
    }
    check_code("rank", &conferred.rank)?;
    check_text("conferred-by", &conferred.by)?;
    check_text("basis", &conferred.basis)?;
    if today < conferred.on {
        return Err(No::RecordAhead {
            earliest: conferred.on,
        });
    }
    if conferred.evidence.is_empty() || conferred.evidence.len() > EVIDENCE_MAX {
        return Err(No::EvidenceMissing);
    }
    let same = |it: &Honour| {
        let it = &it.conferred;
        it.name.zh == conferred.name.zh && it.by == conferred.by && it.on == conferred.on
    };
    if worker.honours.iter().any(same) {
        return Err(No::HonourTwice);
    }
    Ok(vec![conferred.clone().into()])
}

pub(super) fn withdraw(worker: &Worker, withdrawn: &HonourWithdrawn) -> Decided {
    check_text("ground", &withdrawn.ground)?;
    check_text("basis", &withdrawn.basis)?;
    let honour = worker
        .honours
        .iter()
        .find(|it| it.conferred.record == withdrawn.record)
        .ok_or(No::HonourUnknown)?;
    if honour.withdrawn.is_some() {
        return Err(No::HonourWithdrawn);
    }
    if withdrawn.on < honour.conferred.on {
        return Err(No::DateBefore {
            earliest: honour.conferred.on,
        });
    }
    Ok(vec![withdrawn.clone().into()])
}
