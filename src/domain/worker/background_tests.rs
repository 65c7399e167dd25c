use crate::domain::background::*;
use crate::domain::decider::Decider;
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
fn a_strike_takes_that_record_out_and_no_other() {
    let all = [
        enrolled(),
        work().into(),
        study().into(),
        title().into(),
        outside().into(),
    ];
    let standing = |events: &[WorkerEvent]| {
        let state = WorkerDecider::fold(events);
        let background = state.worker().unwrap().background.clone();
        [1, 2, 3, 4].map(|n| background.has(record(n)))
    };
    assert_eq!(standing(&all), [true; 4]);
    for n in 1..=4 {
        let struck = RecordStruck {
            record: record(n),
            ground: "核查不符".into(),
            on: DAY,
        };
        let mut expected = [true; 4];
        expected[n as usize - 1] = false;
        let events = [all.to_vec(), vec![struck.into()]].concat();
        assert_eq!(standing(&events), expected);
    }
}

#[test]
fn the_id_of_a_struck_record_is_never_used_again() {
    let struck = RecordStruck {
        record: record(1),
        ground: "社保记录核查不符".into(),
        on: DAY,
    };
    let other = WorkRecorded {
        from: date(2020, 1, 1),
        ..work()
    };
    let past = || given::<WorkerDecider>([enrolled(), work().into(), struck.clone().into()]);
    past()
        .when(record_work(other.clone()))
        .rejected(No::RecordTwice);
    let anew = WorkRecorded {
        record: record(7),
        ..work()
    };
    past().when(record_work(anew.clone())).then([anew.into()]);
}

/// Refused under another id; accepted with any one of `changes`, which make it another fact.
fn another_fact<T: Clone + Into<WorkerEvent>>(
    first: &T,
    again: T,
    record: impl Fn(T) -> Command,
    changes: &[fn(&mut T)],
) {
    let past = || given::<WorkerDecider>([enrolled(), first.clone().into()]);
    past().when(record(again.clone())).rejected(No::FactTwice);
    for change in changes {
        let mut other = again.clone();
        change(&mut other);
        past().when(record(other.clone())).then([other.into()]);
    }
}

#[test]
fn the_same_fact_is_not_recorded_under_another_id() {
    let on = DAY;
    let again = WorkRecorded {
        record: record(11),
        to: None,
        evidence: vec![digest(9)],
        ..work()
    };
    another_fact(
        &work(),
        again,
        record_work,
        &[
            |it| it.employer = "91440300708461136T".parse().ok(),
            |it| it.relation = Relation::Staff,
            |it| it.occupation = None,
            |it| it.from = date(2019, 3, 2),
        ],
    );
    let again = StudyRecorded {
        record: record(12),
        graduated_on: Some(DAY),
        ..study()
    };
    another_fact(
        &study(),
        again,
        |study| Command::RecordStudy { study, on },
        &[
            |it| it.school = School::HigherVocational,
            |it| it.institution = None,
            |it| it.education = Education::Secondary,
            |it| it.speciality = "数控加工".into(),
            |it| it.from = date(2023, 9, 2),
        ],
    );
    let again = TitleRecorded {
        record: record(13),
        related: vec![],
        ..title()
    };
    another_fact(
        &title(),
        again,
        |title| Command::RecordTitle { title, on },
        &[
            |it| it.title.series = "农业".into(),
            |it| it.awarded_on = date(2024, 12, 21),
        ],
    );
    let again = OutsideCertificateRecorded {
        record: record(14),
        name: name("焊工证书"),
        ..outside()
    };
    another_fact(
        &outside(),
        again,
        |certificate| Command::RecordOutsideCertificate { certificate, on },
        &[
            |it| it.kind = OutsideKind::Industry,
            |it| it.issuer = "DE-HWK".into(),
            |it| it.number = digest(3),
        ],
    );
}

#[test]
fn work_that_goes_on_ends_once_on_a_day_that_has_come() {
    let going_on = WorkRecorded { to: None, ..work() };
    let past = || given::<WorkerDecider>([enrolled(), going_on.clone().into()]);
    let end = |to| WorkEnded {
        record: record(1),
        to,
        evidence: vec![digest(5)],
    };
    let when = |ended| past().when(Command::EndWork { ended, on: DAY });
    when(end(DAY)).then([end(DAY).into()]);
    when(end(date(2019, 3, 1))).then([end(date(2019, 3, 1)).into()]);
    when(end(date(2019, 2, 28))).rejected(No::DatesDisagree);
    let earliest = date(2026, 7, 2);
    when(end(earliest)).rejected(No::RecordAhead { earliest });
    for evidence in [vec![], vec![digest(1); 51]] {
        let bare = WorkEnded {
            evidence,
            ..end(DAY)
        };
        when(bare).rejected(No::EvidenceMissing);
    }
    let other = WorkEnded {
        record: record(9),
        ..end(DAY)
    };
    when(other).rejected(No::RecordUnknown);
    let again = Command::EndWork {
        ended: end(DAY),
        on: DAY,
    };
    given::<WorkerDecider>([enrolled(), going_on.clone().into(), end(DAY).into()])
        .when(again.clone())
        .rejected(No::WorkHasEnded);
    given::<WorkerDecider>([enrolled(), work().into()])
        .when(again)
        .rejected(No::WorkHasEnded);

    let state = WorkerDecider::fold(&[enrolled(), going_on.into(), end(DAY).into()]);
    assert_eq!(state.worker().unwrap().background.works[0].to, Some(DAY));
}

#[test]
fn study_that_goes_on_says_when_graduation_is_expected() {
    let on = DAY;
    let endless = StudyRecorded {
        expected_on: None,
        ..study()
    };
    when(Command::RecordStudy {
        study: endless.clone(),
        on,
    })
    .rejected(No::GraduationNotExpected);
    let graduated = StudyRecorded {
        graduated_on: Some(DAY),
        ..endless
    };
    when(Command::RecordStudy {
        study: graduated.clone(),
        on,
    })
    .then([graduated.into()]);
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
fn what_begins_and_ends_on_one_day_is_a_day_and_fifty_pieces_of_evidence_are_not_too_many() {
    let on = DAY;
    let a_day = WorkRecorded {
        to: Some(work().from),
        evidence: vec![digest(1); 50],
        ..work()
    };
    when(record_work(a_day.clone())).then([a_day.into()]);
    let same_day = StudyRecorded {
        graduated_on: Some(study().from),
        ..study()
    };
    let recorded = same_day.clone();
    when(Command::RecordStudy {
        study: same_day,
        on,
    })
    .then([recorded.into()]);
    let a_day = OutsideCertificateRecorded {
        valid_to: Some(outside().awarded_on),
        ..outside()
    };
    let certificate = a_day.clone();
    when(Command::RecordOutsideCertificate { certificate, on }).then([a_day.into()]);
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
