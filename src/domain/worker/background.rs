//! What a person brings along (履历): recorded once checked, struck if it was not so.

use crate::domain::background::{
    OutsideCertificateRecorded, OutsideKind, RecordStruck, Relation, StudyRecorded, TitleRecorded,
    WorkEnded, WorkRecorded,
};
use crate::domain::digest::Digest;
use crate::domain::ids::RecordId;
use crate::domain::wording::check_text;
use crate::domain::worker::event::WorkerEvent;
use crate::domain::worker::rejection::WorkerRejection as No;
use crate::domain::worker::state::Worker;
use jiff::civil::Date;

type Decided = Result<Vec<WorkerEvent>, No>;

/// Most pieces of evidence of one record.
const EVIDENCE_MAX: usize = 50;

pub(super) fn work(worker: &Worker, work: &WorkRecorded, on: Date) -> Decided {
    new_record(worker, work.record, &work.evidence)?;
    let same = |it: &WorkRecorded| {
        it.employer == work.employer
            && it.relation == work.relation
            && it.occupation == work.occupation
            && it.from == work.from
    };
    once(worker.background.works.iter().any(same))?;
    if work.employer.is_none() != (work.relation == Relation::SelfEmployed) {
        return Err(No::EmployerDisagrees);
    }
    if work.to.is_some_and(|to| to < work.from) {
        return Err(No::DatesDisagree);
    }
    not_ahead(work.to.unwrap_or(work.from), on)?;
    Ok(vec![work.clone().into()])
}

/// Work that goes on ends on a day that has come, once.
pub(super) fn end_work(worker: &Worker, ended: &WorkEnded, on: Date) -> Decided {
    let mut works = worker.background.works.iter();
    let work = works
        .find(|it| it.record == ended.record)
        .ok_or(No::RecordUnknown)?;
    if work.to.is_some() {
        return Err(No::WorkHasEnded);
    }
    if ended.to < work.from {
        return Err(No::DatesDisagree);
    }
    not_ahead(ended.to, on)?;
    evidenced(&ended.evidence)?;
    Ok(vec![ended.clone().into()])
}

pub(super) fn study(worker: &Worker, study: &StudyRecorded, on: Date) -> Decided {
    new_record(worker, study.record, &study.evidence)?;
    let same = |it: &StudyRecorded| {
        it.school == study.school
            && it.institution == study.institution
            && it.education == study.education
            && it.speciality == study.speciality
            && it.from == study.from
    };
    once(worker.background.studies.iter().any(same))?;
    check_text("speciality", &study.speciality)?;
    let before = |day: Option<Date>| day.is_some_and(|day| day < study.from);
    if before(study.graduated_on) || before(study.expected_on) {
        return Err(No::DatesDisagree);
    }
    if study.graduated_on.is_none() && study.expected_on.is_none() {
        return Err(No::GraduationNotExpected);
    }
    not_ahead(study.graduated_on.unwrap_or(study.from), on)?;
    Ok(vec![study.clone().into()])
}

pub(super) fn title(worker: &Worker, title: &TitleRecorded, on: Date) -> Decided {
    new_record(worker, title.record, &title.evidence)?;
    let same = |it: &TitleRecorded| it.title == title.title && it.awarded_on == title.awarded_on;
    once(worker.background.titles.iter().any(same))?;
    check_text("title", &title.title.name)?;
    check_text("title-series", &title.title.series)?;
    check_text("awarded-by", &title.awarded_by)?;
    not_ahead(title.awarded_on, on)?;
    Ok(vec![title.clone().into()])
}

pub(super) fn outside_certificate(
    worker: &Worker,
    certificate: &OutsideCertificateRecorded,
    on: Date,
) -> Decided {
    new_record(worker, certificate.record, &certificate.evidence)?;
    let same = |it: &OutsideCertificateRecorded| {
        it.kind == certificate.kind
            && it.issuer == certificate.issuer
            && it.number == certificate.number
    };
    once(worker.background.outside.iter().any(same))?;
    check_text("issuer", &certificate.issuer)?;
    check_text("certificate-name", &certificate.name.zh)?;
    if let Some(en) = &certificate.name.en {
        check_text("certificate-name", en)?;
    }
    if let Some(grade) = &certificate.grade {
        check_text("grade", grade)?;
    }
    let of_level = matches!(
        certificate.kind,
        OutsideKind::LevelCertificate | OutsideKind::VocationalQualification
    );
    if certificate.level.is_some() && !of_level {
        return Err(No::LevelUnfit);
    }
    if certificate
        .valid_to
        .is_some_and(|to| to < certificate.awarded_on)
    {
        return Err(No::DatesDisagree);
    }
    not_ahead(certificate.awarded_on, on)?;
    Ok(vec![certificate.clone().into()])
}

pub(super) fn strike(worker: &Worker, struck: &RecordStruck) -> Decided {
    check_text("ground", &struck.ground)?;
    if !worker.background.has(struck.record) {
        return Err(No::RecordUnknown);
    }
    Ok(vec![struck.clone().into()])
}

fn new_record(worker: &Worker, record: RecordId, evidence: &[Digest]) -> Result<(), No> {
    if worker.has_record(record) {
        return Err(No::RecordTwice);
    }
    evidenced(evidence)
}

const fn evidenced(evidence: &[Digest]) -> Result<(), No> {
    if evidence.is_empty() || evidence.len() > EVIDENCE_MAX {
        return Err(No::EvidenceMissing);
    }
    Ok(())
}

/// The same fact under another id would count, and be recognised, twice.
const fn once(stands: bool) -> Result<(), No> {
    if stands { Err(No::FactTwice) } else { Ok(()) }
}

fn not_ahead(earliest: Date, on: Date) -> Result<(), No> {
    if on < earliest {
        Err(No::RecordAhead { earliest })
    } else {
        Ok(())
    }
}
