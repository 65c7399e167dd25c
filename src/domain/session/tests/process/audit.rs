//! 报送, 审核, 办结 and 上传.

use super::*;

#[test]
fn a_session_is_reported_when_its_notice_is_over() {
    let on = date(2026, 7, 28);
    past(shown())
        .when(C::Submit(submit(on)))
        .then([submitted().into()]);
    past(shown())
        .when(C::Submit(submit(date(2026, 7, 27))))
        .rejected(No::NoticeRunning {
            closes_on: notice().closes_on,
        });
    past(before_the_authority())
        .when(C::Submit(submit(on)))
        .rejected(No::AlreadySubmitted);
    past([marked(), confirmed()].concat())
        .when(C::Submit(submit(on)))
        .rejected(No::NoticeNotStarted);
    let sheet: Vec<SessionEvent> = vec![
        opened().into(),
        passed(1).into(),
        confirmed()[2].clone(),
        notice().into(),
    ];
    past(sheet)
        .when(C::Submit(submit(on)))
        .rejected(No::SheetOnly);
    let strict = Submit {
        overdue_refused: true,
        ..submit(on)
    };
    past(shown())
        .when(C::Submit(strict.clone()))
        .rejected(No::ReportOverdue {
            due_on: date(2026, 7, 17),
        });
    let in_time = Submit {
        due_on: on,
        ..strict
    };
    past(shown())
        .when(C::Submit(in_time))
        .then([SessionSubmitted {
            due_on: on,
            ..submitted()
        }
        .into()]);
    past(shown())
        .when(C::Submit(Submit {
            materials: vec![digest(1); 201],
            ..submit(on)
        }))
        .rejected(No::TooMuchEvidence { most: 200 });
}

#[test]
fn the_authority_passes_a_session_or_gives_it_back_with_reasons() {
    past(before_the_authority())
        .when(C::PassAudit(audited()))
        .then([audited().into()]);
    past(before_the_authority())
        .when(C::ReturnAudit(returned()))
        .then([returned().into()]);
    past(before_the_authority())
        .when(C::ReturnAudit(AuditReturned {
            reasons: vec![],
            ..returned()
        }))
        .rejected(No::ReasonsMissing);
    past(shown())
        .when(C::PassAudit(audited()))
        .rejected(No::NotSubmitted);
    past(before_the_authority())
        .when(C::PassAudit(AuditPassed {
            on: date(2026, 7, 27),
            ..audited()
        }))
        .rejected(No::DateBefore {
            earliest: submitted().on,
        });
}

#[test]
fn what_was_returned_is_put_right_within_the_days_given_and_reported_again() {
    let back = || [before_the_authority(), vec![returned().into()]].concat();
    past(back())
        .when(C::Submit(submit(date(2026, 8, 3))))
        .then([SessionSubmitted {
            round: 2,
            due_on: returned().fix_by,
            on: date(2026, 8, 3),
            ..submitted()
        }
        .into()]);
    let late = Submit {
        overdue_refused: true,
        ..submit(date(2026, 8, 6))
    };
    past(back())
        .when(C::Submit(late))
        .rejected(No::ReportOverdue {
            due_on: returned().fix_by,
        });
    let revise = |on| C::Revise {
        remedy: Remedy::Change(better()),
        ground: "复核答卷后更正".into(),
        on,
    };
    let changed = || ResultChanged {
        was: Verdict::Failed,
        result: better(),
        ground: "复核答卷后更正".into(),
        on: date(2026, 8, 1),
    };
    past(back())
        .when(revise(date(2026, 8, 1)))
        .then([changed().into()]);
    past(back())
        .when(revise(date(2026, 7, 28)))
        .rejected(No::DateBefore {
            earliest: returned().on,
        });
    past(shown())
        .when(revise(date(2026, 8, 1)))
        .rejected(No::NothingToRevise);
    let state = SessionDecider::fold(&[back(), vec![changed().into()]].concat());
    assert_eq!(state.name(), "open");
    assert_eq!(state.passed().count(), 2);
}

#[test]
fn a_full_session_closes_when_the_authority_has_passed_it() {
    let on = date(2026, 7, 30);
    past(shown()).when(C::Close { on }).rejected(No::NotAudited);
    past(before_the_authority())
        .when(C::Close { on })
        .rejected(No::NotAudited);
    let passed = || [before_the_authority(), vec![audited().into()]].concat();
    let closed = SessionClosed {
        on,
        passed: 1,
        failed: 1,
        absent: 0,
    };
    past(passed())
        .when(C::Close { on })
        .then([closed.clone().into()]);
    past(passed())
        .when(C::Close {
            on: date(2026, 7, 29),
        })
        .rejected(No::DateBefore { earliest: on });
    let state = SessionDecider::fold(&[passed(), vec![closed.into()]].concat());
    assert_eq!(state.earned(session_id()).len(), 1);
    let kept = state.components_passed(session_id(), 24);
    assert_eq!(kept.len(), 1, "the theory of the one who failed");
    let (who, component) = kept[0];
    assert_eq!(
        (who, component.component, component.score.tenths()),
        (worker(2), Component::Theory, 1000)
    );
    assert_eq!(component.valid_to, date(2028, 7, 10));
    assert!(state.components_passed(session_id(), 0).is_empty());
}

#[test]
fn an_open_objection_keeps_a_sheet_session_open_too() {
    let sheet = || -> Vec<SessionEvent> {
        vec![
            opened().into(),
            passed(1).into(),
            confirmed()[2].clone(),
            notice().into(),
            filed().into(),
        ]
    };
    let on = notice().closes_on;
    past(sheet())
        .when(C::Close { on })
        .rejected(No::ObjectionOpen { open: 1 });
    let decided = [sheet(), vec![outcome(Outcome::Dismissed).into()]].concat();
    past(decided).when(C::Close { on }).then([SessionClosed {
        on,
        passed: 1,
        failed: 0,
        absent: 0,
    }
    .into()]);
}

#[test]
fn an_upload_is_recorded_of_every_certificate_once_a_service() {
    let issued = CertificatesIssued {
        on: date(2026, 7, 31),
        count: 1,
    };
    let closed = SessionClosed {
        on: date(2026, 7, 30),
        passed: 1,
        failed: 1,
        absent: 0,
    };
    let done = || {
        let more = vec![
            audited().into(),
            closed.clone().into(),
            issued.clone().into(),
        ];
        [before_the_authority(), more].concat()
    };
    let upload = |platform: &str, count, on| CertificatesUploaded {
        platform: platform.into(),
        count,
        digest: digest(9),
        receipt: "SC-2026-000017".into(),
        on,
    };
    let on = date(2026, 8, 1);
    let national = || upload("技能人才评价证书全国联网查询", 1, on);
    past(done())
        .when(C::RecordUpload(national()))
        .then([national().into()]);
    past(done())
        .when(C::RecordUpload(upload("省平台", 2, on)))
        .rejected(No::UploadCountDiffers { issued: 1 });
    past(done())
        .when(C::RecordUpload(upload("省平台", 1, date(2026, 7, 30))))
        .rejected(No::DateBefore {
            earliest: issued.on,
        });
    past([done(), vec![national().into()]].concat())
        .when(C::RecordUpload(national()))
        .rejected(No::UploadTwice);
    past(shown())
        .when(C::RecordUpload(national()))
        .rejected(No::NotIssued);
    past([])
        .when(C::RecordUpload(national()))
        .rejected(No::NotOpened);
}

#[test]
fn the_authority_takes_its_pass_back_until_the_session_closes() {
    let passed = || [before_the_authority(), vec![audited().into()]].concat();
    let back = |on| AuditReturned { on, ..returned() };
    let earliest = audited().on;
    past(passed())
        .when(C::ReturnAudit(back(earliest)))
        .then([back(earliest).into()]);
    past(passed())
        .when(C::ReturnAudit(back(earliest.yesterday().unwrap())))
        .rejected(No::DateBefore { earliest });
    let state = SessionDecider::fold(&[passed(), vec![back(earliest).into()]].concat());
    assert_eq!(state.name(), "returned");
    past([passed(), vec![back(earliest).into()]].concat())
        .when(C::Close { on: TODAY })
        .rejected(No::NotAudited);
    let closed = SessionClosed {
        on: earliest,
        passed: 1,
        failed: 1,
        absent: 0,
    };
    past([passed(), vec![closed.into()]].concat())
        .when(C::ReturnAudit(back(earliest)))
        .rejected(No::NotSubmitted);
}

#[test]
fn what_is_handed_in_and_what_is_found_wanting_is_bounded() {
    let handed_in = |count| Submit {
        materials: vec![digest(8); count],
        ..submit(date(2026, 7, 28))
    };
    past(shown())
        .when(C::Submit(handed_in(200)))
        .then([SessionSubmitted {
            materials: vec![digest(8); 200],
            ..submitted()
        }
        .into()]);
    past(shown())
        .when(C::Submit(handed_in(201)))
        .rejected(No::TooMuchEvidence { most: 200 });
    let wanting = |count| AuditReturned {
        reasons: vec!["考评员签名不全".into(); count],
        ..returned()
    };
    past(before_the_authority())
        .when(C::ReturnAudit(wanting(50)))
        .then([wanting(50).into()]);
    past(before_the_authority())
        .when(C::ReturnAudit(wanting(51)))
        .rejected(No::ReasonsMissing);
}

#[test]
fn nothing_is_passed_or_put_right_that_was_never_opened() {
    past([])
        .when(C::PassAudit(audited()))
        .rejected(No::NotOpened);
    past([])
        .when(C::ReturnAudit(returned()))
        .rejected(No::NotOpened);
    past([])
        .when(C::Revise {
            remedy: Remedy::Change(better()),
            ground: "复核答卷后更正".into(),
            on: TODAY,
        })
        .rejected(No::NotOpened);
}

#[test]
fn what_was_brought_along_is_not_kept_anew_and_what_was_passed_beside_it_is() {
    let theory = Retained {
        component: Component::Theory,
        session: SessionId(Uuid::from_u128(0x01d)),
        score: Score::PASS,
    };
    let mark = |tenths| Some(Mark::Scored(Score::from_tenths(tenths).unwrap()));
    let half = ResultEntered {
        level: Some(SkillLevel::Two),
        basis: ResultBasis::Marks(Marks {
            theory: mark(600),
            skill: mark(700),
            review: mark(599),
        }),
        retained: vec![theory],
        ..failed(2)
    };
    let closed = SessionClosed {
        on: date(2026, 7, 30),
        passed: 0,
        failed: 1,
        absent: 0,
    };
    let state = SessionDecider::fold(&[
        full().into(),
        half.into(),
        confirmed().pop().unwrap(),
        notice().into(),
        submitted().into(),
        audited().into(),
        closed.into(),
    ]);
    let kept: Vec<Component> = state
        .components_passed(session_id(), 12)
        .into_iter()
        .map(|(_, it)| it.component)
        .collect();
    assert_eq!(kept, [Component::Skill]);
}
