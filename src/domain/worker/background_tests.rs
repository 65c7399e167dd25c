use crate::domain::background::*;
use crate::domain::decider::harness::given;
use crate::domain::example::*;
use crate::domain::ids::RecordId;
use crate::domain::level::SkillLevel;
use crate::domain::rules::recognition::{Title, TitleGrade};
use crate::domain::worker::command::WorkerCommand as Command;
use crate::domain::worker::decider::WorkerDecider;
use crate::domain::worker::event::*;
use crate::domain::worker::rejection::WorkerRejection as No;
use jiff::civil::{Date, date};
use uuid::Uuid;

const DAY: Date = date(2026, 7, 1);

fn enrolled() -> WorkerEvent {
    WorkerEnrolled {
        sealed: sealed(worker(1)),
    }
    .into()
}
fn record(n: u128) -> RecordId {
    RecordId(Uuid::from_u128(n))
}
fn work() -> WorkRecorded {
    WorkRecorded {
        record: record(1),
        employer: Some("91350100M000100Y43".parse().unwrap()),
        relation: Relation::Dispatched,
        occupation: Some(occupation().code),
        from: date(2019, 3, 1),
        to: Some(date(2024, 2, 29)),
        evidence: vec![digest(1)],
    }
}
fn study() -> StudyRecorded {
    StudyRecorded {
        record: record(2),
        school: School::TechnicianSchoolSenior,
        institution: Some("91350100M000100Y43".parse().unwrap()),
        education: Education::College,
        speciality: "焊接技术应用".into(),
        related: vec![occupation().code],
        from: date(2023, 9, 1),
        graduated_on: None,
        expected_on: Some(date(2026, 6, 30)),
        evidence: vec![digest(1)],
    }
}
fn title() -> TitleRecorded {
    TitleRecorded {
        record: record(3),
        title: Title {
            series: "工程".into(),
            grade: TitleGrade::Assistant,
            name: "助理工程师".into(),
        },
        related: vec![occupation().code],
        awarded_on: date(2024, 12, 20),
        awarded_by: "某市人力资源和社会保障局".into(),
        evidence: vec![digest(1)],
    }
}
fn outside() -> OutsideCertificateRecorded {
    OutsideCertificateRecorded {
        record: record(4),
        kind: OutsideKind::Foreign,
        issuer: "DE-IHK".into(),
        name: name("德国工商会焊工证书"),
        grade: None,
        occupation: Some(occupation().code),
        level: None,
        number: digest(2),
        awarded_on: date(2021, 7, 1),
        valid_to: None,
        evidence: vec![digest(1)],
    }
}
fn record_work(work: WorkRecorded) -> Command {
    Command::RecordWork { work, on: DAY }
}
fn when(command: Command) -> crate::domain::decider::harness::When<WorkerDecider> {
    given::<WorkerDecider>([enrolled()]).when(command)
}

#[test]
fn what_was_checked_is_recorded() {
    when(record_work(work())).then([work().into()]);
    let on = DAY;
    when(Command::RecordStudy { study: study(), on }).then([study().into()]);
    when(Command::RecordTitle { title: title(), on }).then([title().into()]);
    let certificate = outside();
    when(Command::RecordOutsideCertificate { certificate, on }).then([outside().into()]);
}

#[test]
fn a_record_stands_once_and_has_evidence() {
    given::<WorkerDecider>([enrolled(), work().into()])
        .when(record_work(work()))
        .rejected(No::RecordTwice);
    let bare = WorkRecorded {
        evidence: vec![],
        ..work()
    };
    when(record_work(bare)).rejected(No::EvidenceMissing);
    let piles = WorkRecorded {
        evidence: vec![digest(1); 51],
        ..work()
    };
    when(record_work(piles)).rejected(No::EvidenceMissing);
}

#[test]
fn employer_and_relation_agree() {
    let nobody = WorkRecorded {
        employer: None,
        ..work()
    };
    when(record_work(nobody.clone())).rejected(No::EmployerDisagrees);
    let own = WorkRecorded {
        relation: Relation::SelfEmployed,
        ..nobody
    };
    when(record_work(own.clone())).then([own.into()]);
    let both = WorkRecorded {
        relation: Relation::SelfEmployed,
        ..work()
    };
    when(record_work(both)).rejected(No::EmployerDisagrees);
}

#[test]
fn nothing_is_recorded_ahead_of_its_day_and_nothing_ends_before_it_begins() {
    let earliest = date(2026, 7, 2);
    let ends = |to| WorkRecorded { to, ..work() };
    when(record_work(ends(Some(earliest)))).rejected(No::RecordAhead { earliest });
    when(record_work(ends(Some(date(2019, 2, 28))))).rejected(No::DatesDisagree);
    when(record_work(ends(Some(DAY)))).then([ends(Some(DAY)).into()]);
    when(record_work(ends(None))).then([ends(None).into()]);

    let on = DAY;
    let graduates = |graduated_on| StudyRecorded {
        graduated_on,
        ..study()
    };
    let early = graduates(Some(date(2023, 8, 31)));
    when(Command::RecordStudy { study: early, on }).rejected(No::DatesDisagree);
    let late = graduates(Some(earliest));
    when(Command::RecordStudy { study: late, on }).rejected(No::RecordAhead { earliest });
    let expected = StudyRecorded {
        expected_on: Some(date(2023, 8, 31)),
        ..study()
    };
    when(Command::RecordStudy {
        study: expected,
        on,
    })
    .rejected(No::DatesDisagree);

    let later = TitleRecorded {
        awarded_on: earliest,
        ..title()
    };
    when(Command::RecordTitle { title: later, on }).rejected(No::RecordAhead { earliest });
    let gone = OutsideCertificateRecorded {
        valid_to: Some(date(2021, 6, 30)),
        ..outside()
    };
    when(Command::RecordOutsideCertificate {
        certificate: gone,
        on,
    })
    .rejected(No::DatesDisagree);
}

#[test]
fn a_permit_or_a_foreign_certificate_states_no_skill_level() {
    let on = DAY;
    let with_level = |kind| OutsideCertificateRecorded {
        kind,
        level: Some(SkillLevel::Three),
        ..outside()
    };
    for kind in [OutsideKind::Foreign, OutsideKind::OperatingPermit] {
        let certificate = with_level(kind);
        when(Command::RecordOutsideCertificate { certificate, on }).rejected(No::LevelUnfit);
    }
    let certificate = with_level(OutsideKind::VocationalQualification);
    when(Command::RecordOutsideCertificate { certificate, on })
        .then([with_level(OutsideKind::VocationalQualification).into()]);
}

#[test]
fn a_record_that_was_not_so_is_struck() {
    let struck = |record| RecordStruck {
        record,
        ground: "社保记录核查不符".into(),
        on: DAY,
    };
    let past = || given::<WorkerDecider>([enrolled(), work().into(), title().into()]);
    past()
        .when(Command::StrikeRecord(struck(record(1))))
        .then([struck(record(1)).into()]);
    past()
        .when(Command::StrikeRecord(struck(record(9))))
        .rejected(No::RecordUnknown);
    given::<WorkerDecider>([enrolled(), work().into(), struck(record(1)).into()])
        .when(Command::StrikeRecord(struck(record(1))))
        .rejected(No::RecordUnknown);
}
