use crate::domain::certificate::command::{CertificateCommand, IssueCertificate};
use crate::domain::certificate::decider::CertificateDecider;
use crate::domain::certificate::earned::EarnedAward;
use crate::domain::certificate::event::*;
use crate::domain::certificate::rejection::CertificateRejection as No;
use crate::domain::certificate::unsealed::CertificateDecision;
use crate::domain::decider::Decider;
use crate::domain::decider::harness::{Given, given};
use crate::domain::example::*;
use crate::domain::level::SkillLevel;
use crate::domain::number::CertificateNumber;
use crate::domain::proposal::{
    Act, Approval, End, ProposalEvent, ProposalRejected, ProposalRejection,
};
use crate::domain::wording::TextRejection;
use jiff::civil::{Date, date};

const ISSUED: Date = date(2026, 7, 15);

fn number(text: &str) -> CertificateNumber {
    text.parse().unwrap()
}
fn first() -> CertificateNumber {
    number("S000032000145263000001")
}
fn second() -> CertificateNumber {
    number("S000032000145263000002")
}
fn past(events: impl IntoIterator<Item = CertificateEvent>) -> Given<CertificateDecider> {
    given::<CertificateDecider>(events)
}
fn issue() -> IssueCertificate {
    IssueCertificate {
        number: first(),
        award: earned(),
        issued_on: ISSUED,
        status: status(),
        supersedes: None,
        twin: None,
    }
}
fn decide(past: &[CertificateEvent], command: CertificateCommand) -> Vec<CertificateDecision> {
    CertificateDecider::decide(&CertificateDecider::fold(past), &command).unwrap()
}
/// The first issue, sealed.
fn issued() -> CertificateEvent {
    match decide(&[], CertificateCommand::Issue(issue())).remove(0) {
        CertificateDecision::Issue(unsealed) => unsealed.seal(seal(1)),
        other => panic!("{other:?}"),
    }
}
fn withdrawn(on: Date) -> CertificateWithdrawn {
    let CertificateEnded { ground, basis, on } = ended(on);
    CertificateWithdrawn {
        ground,
        basis,
        on,
        with: None,
        recognition: None,
    }
}
fn ended(on: Date) -> CertificateEnded {
    CertificateEnded {
        ground: "冒名顶替".into(),
        basis: "苏人社罚〔2026〕3号".into(),
        on,
    }
}
fn end(end: End) -> Act {
    let CertificateEnded { ground, basis, on } = ended(TODAY);
    Act::EndCertificate {
        end,
        ground,
        basis,
        on,
    }
}
fn suspension() -> CertificateSuspended {
    CertificateSuspended {
        ground: "调查中".into(),
        basis: "苏人社查〔2026〕3号".into(),
        on: TODAY,
    }
}
fn suspend() -> Act {
    let CertificateSuspended { ground, basis, on } = suspension();
    Act::SuspendCertificate { ground, basis, on }
}
fn reinstate() -> Act {
    Act::ReinstateCertificate {
        ground: "查无问题".into(),
        on: TODAY,
    }
}
fn correct() -> Act {
    Act::CorrectCertificate {
        corrected: vec!["name".into()],
        ground: "姓名有误".into(),
        on: TODAY,
    }
}
fn propose(act: Act) -> CertificateCommand {
    CertificateCommand::Propose {
        proposing: proposing(),
        act,
    }
}
fn made(act: Act) -> CertificateEvent {
    CertificateEvent::Proposal(proposing().made(act).into())
}
fn approve() -> CertificateCommand {
    CertificateCommand::Approve {
        approval: approval(),
        successor: None,
    }
}
fn approved() -> CertificateDecision {
    CertificateEvent::Proposal(approval().approved().into()).into()
}
fn fact(event: impl Into<CertificateEvent>) -> CertificateDecision {
    event.into().into()
}
fn reissue(on: Date) -> CertificateCommand {
    CertificateCommand::Reissue {
        reason: "遗失".into(),
        on,
    }
}

#[test]
fn a_certificate_is_issued_once_from_what_was_earned() {
    let decision = decide(&[], CertificateCommand::Issue(issue())).remove(0);
    let CertificateDecision::Issue(unsealed) = decision else {
        panic!("{decision:?}");
    };
    assert_eq!(
        (
            unsealed.number(),
            unsealed.award(),
            unsealed.issued_on(),
            unsealed.status()
        ),
        (&first(), &award(), ISSUED, status())
    );
    assert_eq!(unsealed.supersedes(), None);
    assert_eq!(unsealed.twin(), None);
    let linked = IssueCertificate {
        supersedes: Some(second()),
        twin: Some(number("Y000032000145263000009")),
        ..issue()
    };
    let CertificateDecision::Issue(linked) =
        decide(&[], CertificateCommand::Issue(linked)).remove(0)
    else {
        panic!("an issue waits for its signature");
    };
    assert_eq!(linked.supersedes(), Some(&second()));
    assert_eq!(linked.twin(), Some(&number("Y000032000145263000009")));
    let CertificateEvent::Issued(sealed) = unsealed.seal(seal(1)) else {
        panic!("a sealed issue is an issue");
    };
    assert_eq!((sealed.credential, sealed.number), (digest(1), first()));

    past([issued()])
        .when(CertificateCommand::Issue(issue()))
        .rejected(No::AlreadyIssued);
    let early = IssueCertificate {
        issued_on: date(2026, 7, 9),
        ..issue()
    };
    past([])
        .when(CertificateCommand::Issue(early))
        .rejected(No::DateBefore { earliest: ASSESSED });
    let of_itself = IssueCertificate {
        supersedes: Some(first()),
        ..issue()
    };
    past([])
        .when(CertificateCommand::Issue(of_itself))
        .rejected(No::SupersedesItself);
}

#[test]
fn a_lost_certificate_is_reissued_under_its_number() {
    let decision = decide(&[issued()], reissue(TODAY)).remove(0);
    let CertificateDecision::Reissue(unsealed) = decision else {
        panic!("{decision:?}");
    };
    assert_eq!(
        (unsealed.issue(), unsealed.reason(), unsealed.issued_on()),
        (2, "遗失", TODAY)
    );
    let again = unsealed.seal(seal(2));
    let CertificateEvent::Reissued(told) = &again else {
        panic!("{again:?}");
    };
    assert_eq!(told.scores, award().scores, "as the award has them");
    let state = CertificateDecider::fold(&[issued(), again.clone()]);
    let held = state.issued().unwrap();
    assert_eq!(
        (held.issue, held.credential, held.newest_on),
        (2, digest(2), TODAY)
    );
    assert_eq!(held.number, first());

    past([issued(), again])
        .when(reissue(ISSUED))
        .rejected(No::DateBefore { earliest: TODAY });
    past([]).when(reissue(TODAY)).rejected(No::NotIssued);
    past([issued(), suspension().into()])
        .when(reissue(TODAY))
        .rejected(No::Suspended);
    past([issued()])
        .when(CertificateCommand::Reissue {
            reason: String::new(),
            on: TODAY,
        })
        .rejected(No::Text(TextRejection::Missing { field: "reason" }));
    let last = CertificateReissued {
        issue: u16::MAX,
        reason: "遗失".into(),
        issued_on: TODAY,
        scores: None,
        credential: digest(3),
        key_id: "key-certificate".into(),
        signatures: vec![],
        sealed: vec![],
    };
    past([issued(), last.into()])
        .when(reissue(TODAY))
        .rejected(No::TooManyReissues);
}

#[test]
fn the_four_ends_are_four_facts_and_final() {
    let ends: [(End, CertificateEvent); 4] = [
        (End::Revoked, CertificateRevoked(withdrawn(TODAY)).into()),
        (End::Cancelled, CertificateCancelled(ended(TODAY)).into()),
        (
            End::Forfeited,
            CertificateForfeited(withdrawn(TODAY)).into(),
        ),
        (End::Voided, CertificateVoided(ended(TODAY)).into()),
    ];
    for (kind, event) in ends {
        past([issued()])
            .when(propose(end(kind)))
            .then([fact(made(end(kind)))]);
        past([issued(), made(end(kind))])
            .when(approve())
            .then([approved(), fact(event.clone())]);
        let over = [issued(), event];
        assert_eq!(CertificateDecider::fold(&over).name(), kind.name());
        for command in [
            reissue(TODAY),
            propose(suspend()),
            propose(end(End::Revoked)),
            propose(reinstate()),
            propose(correct()),
            approve(),
            CertificateCommand::Reject(turn_down()),
        ] {
            past(over.clone())
                .when(command)
                .rejected(No::EndedIsFinal { end: kind });
        }
    }
}

#[test]
fn a_suspension_is_lifted_by_two_people_too() {
    past([issued(), made(suspend())])
        .when(approve())
        .then([approved(), fact(suspension())]);
    let suspended = [issued(), suspension().into()];
    past(suspended.clone())
        .when(propose(reinstate()))
        .then([fact(made(reinstate()))]);
    let lifted = CertificateReinstated {
        ground: "查无问题".into(),
        on: TODAY,
    };
    past(suspended.clone().into_iter().chain([made(reinstate())]))
        .when(approve())
        .then([approved(), fact(lifted.clone())]);
    let back = suspended.clone().into_iter().chain([lifted.into()]);
    assert_eq!(
        CertificateDecider::fold(&back.collect::<Vec<_>>()).name(),
        "valid"
    );

    past(suspended.clone())
        .when(propose(suspend()))
        .rejected(No::AlreadySuspended);
    past([issued()])
        .when(propose(reinstate()))
        .rejected(No::NotSuspended);
    let early = Act::ReinstateCertificate {
        ground: "查无问题".into(),
        on: ISSUED,
    };
    past(suspended.clone())
        .when(propose(early))
        .rejected(No::DateBefore { earliest: TODAY });
    past(suspended.clone())
        .when(propose(correct()))
        .rejected(No::Suspended);
    let revoked = suspended.into_iter().chain([made(end(End::Revoked))]);
    past(revoked)
        .when(approve())
        .then([approved(), fact(CertificateRevoked(withdrawn(TODAY)))]);
}

#[test]
fn a_correction_is_superseded_by_another_number_for_good() {
    let superseded = CertificateSuperseded {
        by: second(),
        ground: "姓名有误".into(),
        on: TODAY,
    };
    let by = |successor| CertificateCommand::Approve {
        approval: approval(),
        successor,
    };
    let proposed = [issued(), made(correct())];
    past(proposed.clone())
        .when(by(Some(second())))
        .then([approved(), fact(superseded.clone())]);
    past(proposed.clone())
        .when(by(None))
        .rejected(No::SuccessorMissing);
    past(proposed)
        .when(by(Some(first())))
        .rejected(No::SupersedesItself);
    past([issued(), made(suspend())])
        .when(by(Some(second())))
        .rejected(No::SuccessorUnasked);
    let nothing = Act::CorrectCertificate {
        corrected: vec![],
        ground: "姓名有误".into(),
        on: TODAY,
    };
    past([issued()])
        .when(propose(nothing))
        .rejected(No::NothingCorrected);
    past([issued(), superseded.into()])
        .when(reissue(TODAY))
        .rejected(No::SupersededIsFinal);
}

#[test]
fn a_correction_keeps_what_the_assessment_decided() {
    let mut corrected = award();
    corrected.standard.edition = "2024".into();
    assert_eq!(
        EarnedAward::by_correction(&award(), corrected.clone())
            .unwrap()
            .award(),
        &corrected
    );
    corrected.attainment = attainment(SkillLevel::Two);
    assert_eq!(
        EarnedAward::by_correction(&award(), corrected),
        Err(No::CorrectionChangesAward)
    );
}

#[test]
fn an_act_takes_effect_on_its_day_and_not_before_the_issue() {
    let CertificateEnded { ground, basis, .. } = ended(TODAY);
    let later = Act::EndCertificate {
        end: End::Cancelled,
        ground: ground.clone(),
        basis: basis.clone(),
        on: TODAY.tomorrow().unwrap(),
    };
    let proposed = [issued(), made(later)];
    past(proposed.clone()).when(approve()).rejected(No::NotYet {
        on: TODAY.tomorrow().unwrap(),
    });
    let next_day = Approval {
        now: noon(TODAY.tomorrow().unwrap()),
        ..approval()
    };
    past(proposed)
        .when(CertificateCommand::Approve {
            approval: next_day,
            successor: None,
        })
        .then([
            approved(),
            fact(CertificateCancelled(ended(TODAY.tomorrow().unwrap()))),
        ]);
    let early = Act::EndCertificate {
        end: End::Revoked,
        ground,
        basis,
        on: ASSESSED,
    };
    past([issued()])
        .when(propose(early))
        .rejected(No::DateBefore { earliest: ISSUED });
}

#[test]
fn proposals_are_of_this_stream_and_can_be_turned_down() {
    past([issued()])
        .when(propose(Act::ConfirmResults { candidates: 1 }))
        .rejected(No::Proposal(ProposalRejection::WrongAct));
    past([]).when(propose(suspend())).rejected(No::NotIssued);
    past([issued(), made(suspend())])
        .when(propose(suspend()))
        .rejected(No::Proposal(ProposalRejection::Taken));
    let by_maker = Approval {
        by: maker(),
        ..approval()
    };
    past([issued(), made(suspend())])
        .when(CertificateCommand::Approve {
            approval: by_maker,
            successor: None,
        })
        .rejected(No::Proposal(ProposalRejection::SamePerson));
    let rejected = ProposalEvent::from(ProposalRejected {
        proposal: proposal(),
        rejected_by: checker(),
        reason: turn_down().reason,
    });
    past([issued(), made(suspend())])
        .when(CertificateCommand::Reject(turn_down()))
        .then([fact(CertificateEvent::Proposal(rejected))]);
    past([issued()])
        .when(CertificateCommand::Reject(turn_down()))
        .rejected(No::Proposal(ProposalRejection::Unknown));
}
