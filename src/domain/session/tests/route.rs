use crate::domain::attainment::{Assessed, ItemKind};
use crate::domain::body::event::BodyKind;
use crate::domain::catalogue::event::{ItemSpecification, SkillItem};
use crate::domain::decider::Decider;
use crate::domain::decider::harness::{When, given};
use crate::domain::example::*;
use crate::domain::ids::{CompetitionId, RecognitionId, SessionId};
use crate::domain::level::SkillLevel;
use crate::domain::route::Route;
use crate::domain::rules::assessment::AssessmentPolicy;
use crate::domain::score::{Component, Mark, Marks, Score, Verdict};
use crate::domain::session::basis::{ResultBasis, Retained, ReviewMarks};
use crate::domain::session::command::{ImportResults, OpenSession, SessionCommand};
use crate::domain::session::decider::SessionDecider;
use crate::domain::session::dual::EnterpriseCertificate;
use crate::domain::session::event::*;
use crate::domain::session::rejection::SessionRejection as No;
use jiff::civil::date;
use uuid::Uuid;

fn open(change: impl FnOnce(&mut OpenSession)) -> When<SessionDecider> {
    let mut open = OpenSession {
        opened: opened(),
        occupation: Some(occupation()),
        item: None,
        body_kind: BodyKind::Employer,
        policy: Some(AssessmentPolicy::demo()),
    };
    change(&mut open);
    given([]).when(SessionCommand::Open(open))
}
fn levels(levels: &[SkillLevel]) -> Assessed {
    Assessed::Levels {
        occupation: occupation().code,
        occupation_name: name("焊工"),
        work_type: None,
        levels: levels.to_vec(),
    }
}
fn item(kind: ItemKind) -> Assessed {
    Assessed::Item {
        kind,
        item: "ZX-2026-017".parse().unwrap(),
        name: name("面点制作"),
        of: None,
    }
}
/// The same item as the catalogue lists it.
fn listed(kind: ItemKind) -> SkillItem {
    SkillItem {
        code: "ZX-2026-017".parse().unwrap(),
        kind,
        name: name("面点制作"),
        occupation: None,
        hours: None,
        specification: None,
        until: None,
    }
}
/// Opens a session of an item as the catalogue lists it.
fn opening(opened: &SessionOpened) -> When<SessionDecider> {
    listed_as(opened, |_| {})
}
fn listed_as(opened: &SessionOpened, change: impl FnOnce(&mut SkillItem)) -> When<SessionDecider> {
    open(|it| {
        it.opened = opened.clone();
        it.occupation = None;
        it.item = match &opened.assessed {
            Assessed::Item { kind, .. } => {
                let mut item = listed(*kind);
                change(&mut item);
                Some(item)
            }
            Assessed::Levels { .. } => None,
        };
    })
}
/// A session of an item under its 考核规范.
fn of_item(kind: ItemKind) -> SessionOpened {
    SessionOpened {
        assessed: item(kind),
        standard: Standard {
            kind: StandardKind::SpecialSkill,
            code: "ZX-2026-017".into(),
            edition: "2026".into(),
        },
        ..opened()
    }
}
fn by(route: Route, at: &[SkillLevel]) -> SessionOpened {
    SessionOpened {
        route,
        process: Process::Full,
        assessed: levels(at),
        ..opened()
    }
}
fn dual(at: &[SkillLevel]) -> EnterpriseCertificate {
    EnterpriseCertificate {
        name: name("某某集团岗位技能证书"),
        grades: at.iter().map(|it| (*it, "骨干".to_owned())).collect(),
    }
}
fn enter(session: SessionOpened, result: ResultEntered) -> When<SessionDecider> {
    given([session.into()]).when(SessionCommand::ImportResults(ImportResults {
        sheet: digest(7),
        rows: 1,
        results: vec![result],
        on: TODAY,
    }))
}
fn taken(result: ResultEntered) -> [SessionEvent; 2] {
    let sheet = SheetImported {
        sheet: digest(7),
        rows: 1,
        accepted: 1,
        refused: 0,
    };
    [sheet.into(), result.into()]
}
fn review(overall: u16) -> ResultBasis {
    let mark = |tenths| Mark::Scored(Score::from_tenths(tenths).unwrap());
    ResultBasis::Review {
        marks: ReviewMarks {
            performance: mark(900),
            defence: mark(600),
            overall: mark(overall),
        },
        post: "首席焊接技师".into(),
        from: date(2026, 8, 1),
        to: date(2029, 7, 31),
    }
}

#[test]
fn the_two_highest_grades_are_given_by_appointment_and_by_nothing_else() {
    let chief = by(
        Route::Appointment,
        &[SkillLevel::Chief, SkillLevel::Special],
    );
    open(|it| it.opened = chief.clone()).then([chief.clone().into()]);
    open(|it| {
        it.opened = SessionOpened {
            process: Process::Sheet,
            ..chief.clone()
        }
    })
    .rejected(No::AppointmentNeedsFull);
    for (route, level) in [
        (Route::Assessment, SkillLevel::Chief),
        (Route::DirectRecognition, SkillLevel::Special),
        (Route::Appointment, SkillLevel::One),
    ] {
        open(|it| it.opened = by(route, &[level])).rejected(No::RouteLevelUnfit { route, level });
    }
    let route = Route::Recognition;
    let level = SkillLevel::Special;
    open(|it| it.opened = by(route, &[level])).rejected(No::RouteLevelUnfit { route, level });
}

#[test]
fn recognitions_are_certified_by_occupation_and_level_and_by_nothing_else() {
    let three = by(Route::Recognition, &[SkillLevel::Three]);
    open(|it| it.opened = three.clone()).then([three.clone().into()]);
    open(|it| {
        it.opened = three.clone();
        if let Assessed::Levels { work_type, .. } = &mut it.opened.assessed {
            *work_type = Some("电焊工".into());
        }
    })
    .rejected(No::RecognisedWithoutWorkType);
    open(|it| {
        it.opened = three.clone();
        it.opened.dual = Some(dual(&[SkillLevel::Three]));
        it.body_kind = BodyKind::Employer;
    })
    .rejected(No::DualWithoutAssessment);
}

#[test]
fn closing_on_recognitions_awards_no_level_again_and_earns_their_certificates() {
    let session = SessionOpened {
        process: Process::Sheet,
        ..by(Route::Recognition, &[SkillLevel::Three])
    };
    let recognised = ResultEntered {
        basis: ResultBasis::Recognition {
            recognition: RecognitionId(Uuid::from_u128(0xc1)),
        },
        ..passed(1)
    };
    enter(session.clone(), recognised.clone()).then(taken(recognised.clone()));
    let failed = ResultEntered {
        verdict: Verdict::Failed,
        ..recognised.clone()
    };
    enter(session.clone(), failed).rejected(No::VerdictDiffers);
    enter(session.clone(), passed(1)).rejected(No::BasisUnfit {
        route: Route::Recognition,
    });
    enter(opened(), recognised.clone()).rejected(No::BasisUnfit {
        route: Route::Assessment,
    });
    let confirmed = crate::domain::session::event::ResultsConfirmed {
        proposal: proposal(),
        candidates: 1,
        digest: digest(1),
    };
    let notice = crate::domain::session::event::NoticeStarted {
        from: TODAY,
        closes_on: TODAY,
        working_days: 0,
    };
    let closed = crate::domain::session::event::SessionClosed {
        on: TODAY,
        passed: 1,
        failed: 0,
        absent: 0,
    };
    let before: [SessionEvent; 4] = [
        session.into(),
        recognised.into(),
        confirmed.into(),
        notice.into(),
    ];
    let state = SessionDecider::fold(&before);
    assert_eq!(state.level_awards(session_id(), TODAY).count(), 0);
    let state = SessionDecider::fold(before.iter().chain([&closed.into()]));
    assert_eq!(state.level_awards(session_id(), TODAY).count(), 0);
    let earned = state.earned(session_id());
    assert_eq!(earned.len(), 1);
    assert_eq!(earned[0].award().route, Route::Recognition);
}

#[test]
fn an_item_is_assessed_under_its_own_kind_of_standard() {
    let special = of_item(ItemKind::SpecialSkill);
    opening(&special).then([special.clone().into()]);
    opening(&of_item(ItemKind::MicroSkill)).then([of_item(ItemKind::MicroSkill).into()]);
    for kind in [ItemKind::SpecialSkill, ItemKind::MicroSkill] {
        let national = SessionOpened {
            standard: opened().standard,
            ..of_item(kind)
        };
        opening(&national).rejected(No::StandardUnfit);
    }
    open(|it| it.opened.standard.kind = StandardKind::SpecialSkill).rejected(No::StandardUnfit);
    let route = Route::Competition;
    let by_rank = SessionOpened {
        route,
        ..special.clone()
    };
    opening(&by_rank).rejected(No::ItemRouteUnfit { route });

    let result = |tenths| ResultEntered {
        level: None,
        basis: ResultBasis::Marks(Marks {
            theory: None,
            ..marks(0, tenths)
        }),
        verdict: if tenths < 600 {
            Verdict::Failed
        } else {
            Verdict::Passed
        },
        ..passed(1)
    };
    enter(special.clone(), result(600)).then(taken(result(600)));
    enter(special.clone(), result(599)).then(taken(result(599)));
    enter(special, passed(1)).rejected(No::LevelOutsideSession {
        level: SkillLevel::Three,
    });
}

#[test]
fn two_certificates_from_one_assessment_are_an_employers_with_a_grade_for_each_level() {
    let at = [SkillLevel::Three, SkillLevel::Two];
    let with = |grades: &[SkillLevel], body_kind| {
        open(|it| {
            it.opened.dual = Some(dual(grades));
            it.body_kind = body_kind;
        })
    };
    let expected = SessionOpened {
        dual: Some(dual(&at)),
        ..opened()
    };
    with(&at, BodyKind::Employer).then([expected.into()]);
    with(&at, BodyKind::SocialAssessor).rejected(No::DualNotEmployer);
    with(&at[..1], BodyKind::Employer).rejected(No::DualGradesDisagree);
    with(&SkillLevel::CERTIFIED, BodyKind::Employer).rejected(No::DualGradesDisagree);
    open(|it| {
        it.opened = SessionOpened {
            dual: Some(dual(&[])),
            ..of_item(ItemKind::SpecialSkill)
        };
        it.item = Some(listed(ItemKind::SpecialSkill));
    })
    .rejected(No::DualGradesDisagree);
}

#[test]
fn an_item_is_assessed_as_the_catalogue_lists_it_and_under_the_specification_it_names() {
    let micro = of_item(ItemKind::MicroSkill);
    let item = "ZX-2026-017".parse().unwrap();
    let unlisted = No::ItemNotListed { item };
    open(|it| it.opened = micro.clone()).rejected(unlisted.clone());
    listed_as(&micro, |it| it.name = name("川菜凉菜制作")).rejected(unlisted.clone());
    listed_as(&micro, |it| it.kind = ItemKind::SpecialSkill).rejected(unlisted.clone());
    listed_as(&micro, |it| it.code = "ZX-2026-018".parse().unwrap()).rejected(unlisted.clone());
    listed_as(&micro, |it| it.occupation = Some(occupation().code)).rejected(unlisted);

    let (code, edition) = ("ZX-2026-017".to_owned(), "2026".to_owned());
    let under = |code: &str, edition: &str| {
        let (code, edition) = (code.to_owned(), edition.to_owned());
        move |it: &mut SkillItem| it.specification = Some(ItemSpecification { code, edition })
    };
    listed_as(&micro, under(&code, &edition)).then([micro.clone().into()]);
    listed_as(&micro, under(&code, "2027")).rejected(No::SpecificationDiffers {
        code: code.clone(),
        edition: "2027".into(),
    });
    listed_as(&micro, under("ZX-2026-018", &edition)).rejected(No::SpecificationDiffers {
        code: "ZX-2026-018".into(),
        edition,
    });
}

#[test]
fn a_result_rests_on_what_its_route_asks_for() {
    let three = Some(SkillLevel::Three);
    let grounds = |granted| ResultEntered {
        level: three,
        basis: ResultBasis::Grounds {
            ground: "provincial-award".into(),
            evidence: vec![digest(3)],
            granted,
        },
        verdict: if granted {
            Verdict::Passed
        } else {
            Verdict::Failed
        },
        ..passed(1)
    };
    let rank = ResultEntered {
        basis: ResultBasis::Rank {
            competition: CompetitionId(Uuid::from_u128(0xc)),
            rank: 3,
            contestants: 60,
            rule: "tj-2024-municipal-1".into(),
        },
        ..passed(1)
    };
    let appointed = |overall, verdict| ResultEntered {
        level: Some(SkillLevel::Chief),
        basis: review(overall),
        verdict,
        ..passed(1)
    };
    let chief = || by(Route::Appointment, &[SkillLevel::Chief]);
    let sessions = [
        (opened(), passed(1)),
        (
            by(Route::ApprenticeGrading, &[SkillLevel::Three]),
            passed(1),
        ),
        (
            by(Route::DirectRecognition, &[SkillLevel::Three]),
            grounds(true),
        ),
        (by(Route::Competition, &[SkillLevel::Three]), rank.clone()),
        (chief(), appointed(600, Verdict::Passed)),
    ];
    for (of, (session, own)) in sessions.iter().enumerate() {
        assert!(own.basis.fits(session.route));
        for (with, (_, result)) in sessions.iter().enumerate() {
            let fits = of == with || (of < 2 && with < 2);
            assert_eq!(result.basis.fits(session.route), fits, "{of} {with}");
        }
    }
    let direct = || SessionOpened {
        process: Process::Sheet,
        ..by(Route::DirectRecognition, &[SkillLevel::Three])
    };
    enter(direct(), grounds(true)).then(taken(grounds(true)));
    enter(direct(), grounds(false)).then(taken(grounds(false)));
    enter(direct(), passed(1)).rejected(No::BasisUnfit {
        route: Route::DirectRecognition,
    });
    enter(opened(), rank).rejected(No::BasisUnfit {
        route: Route::Assessment,
    });
    enter(chief(), appointed(600, Verdict::Passed)).rejected(No::NotArranged);
    assert_eq!(
        appointed(599, Verdict::Failed).basis.verdict(None),
        Some(Verdict::Failed)
    );
    assert_eq!(review(600).verdict(None), Some(Verdict::Passed));
}

#[test]
fn what_is_brought_along_counts_with_the_mark_it_was_passed_with_and_once() {
    let retained = |component, tenths| Retained {
        component,
        session: SessionId(Uuid::from_u128(0x5e4)),
        score: Score::from_tenths(tenths).unwrap(),
    };
    let with = |retained: Vec<Retained>| ResultEntered {
        retained,
        ..passed(1)
    };
    let theory = retained(Component::Theory, 800);
    enter(opened(), with(vec![theory])).then(taken(with(vec![theory])));
    for wrong in [
        vec![retained(Component::Theory, 801)],
        vec![theory, theory],
        vec![retained(Component::Review, 800)],
    ] {
        enter(opened(), with(wrong)).rejected(No::RetainedDiffers);
    }
    let low = ResultEntered {
        basis: ResultBasis::Marks(marks(599, 800)),
        verdict: Verdict::Failed,
        ..with(vec![retained(Component::Theory, 599)])
    };
    enter(opened(), low).rejected(No::RetainedDiffers);
}

#[test]
fn an_award_says_by_which_route() {
    let direct = by(Route::DirectRecognition, &[SkillLevel::Three]);
    let notice = NoticeStarted {
        from: TODAY,
        closes_on: TODAY,
        working_days: 0,
    };
    let confirmed = ResultsConfirmed {
        proposal: proposal(),
        candidates: 1,
        digest: digest(1),
    };
    let events = [
        direct.into(),
        passed(1).into(),
        confirmed.into(),
        notice.into(),
    ];
    let state = SessionDecider::fold(events.iter());
    let awards: Vec<_> = state.level_awards(session_id(), TODAY).collect();
    assert_eq!(awards.len(), 1);
    assert_eq!(awards[0].1.route, Route::DirectRecognition);
}

#[test]
fn who_passes_one_assessment_of_two_earns_both_certificates() {
    let dual = dual(&[SkillLevel::Three]);
    let session = SessionOpened {
        dual: Some(dual.clone()),
        ..by(Route::Assessment, &[SkillLevel::Three])
    };
    let closed = crate::domain::session::event::SessionClosed {
        on: TODAY,
        passed: 1,
        failed: 1,
        absent: 0,
    };
    let notice = crate::domain::session::event::NoticeStarted {
        from: TODAY,
        closes_on: TODAY,
        working_days: 0,
    };
    let confirmed = crate::domain::session::event::ResultsConfirmed {
        proposal: proposal(),
        candidates: 2,
        digest: digest(1),
    };
    let session = SessionOpened {
        process: Process::Sheet,
        ..session
    };
    let state = SessionDecider::fold(&[
        session.clone().into(),
        passed(1).into(),
        failed(2).into(),
        confirmed.into(),
        notice.into(),
        closed.into(),
    ]);
    let earned = state.earned(session_id());
    let of_one = earned.iter().all(|it| it.award().worker == worker(1));
    assert!(of_one && earned.len() == 2, "{earned:?}");
    let level = &earned[0].award().attainment;
    assert_eq!(level.level(), Some(SkillLevel::Three));
    let own = &earned[1].award().attainment;
    assert_eq!(
        own.kind(),
        crate::domain::attainment::AttainmentKind::Enterprise
    );
    assert_eq!(own.name(), &dual.name);
    assert_eq!(own.occupation(), level.occupation());
    assert_eq!(own.level(), None);
    // A level that has no grade word earns no second certificate.
    let other = dual.attained(&attainment(SkillLevel::Two));
    assert_eq!(other, None);
    assert_eq!(dual.attained(own), None);
}
