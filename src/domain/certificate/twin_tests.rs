//! 一试双证: a level certificate and the employer's own, from one assessment.

use crate::domain::attainment::Attainment;
use crate::domain::certificate::command::{CertificateCommand, IssueCertificate};
use crate::domain::certificate::decider::CertificateDecider;
use crate::domain::certificate::earned::EarnedAward;
use crate::domain::certificate::event::*;
use crate::domain::certificate::rejection::CertificateRejection as No;
use crate::domain::certificate::twin::TwinEnd;
use crate::domain::certificate::unsealed::CertificateDecision;
use crate::domain::decider::Decider;
use crate::domain::decider::harness::{Given, given};
use crate::domain::example::*;
use crate::domain::level::SkillLevel;
use crate::domain::number::CertificateNumber;
use crate::domain::proposal::{Act, End, ProposalEvent};

fn of_level() -> CertificateNumber {
    "Y000032000145263000001".parse().unwrap()
}
fn of_enterprise() -> CertificateNumber {
    "Y00003200014526Q000001".parse().unwrap()
}
fn enterprise() -> Attainment {
    Attainment::Enterprise {
        name: name("某某重工技能证书"),
        grade: "骨干焊工".into(),
        occupation: occupation().code,
        occupation_name: name("焊工"),
    }
}
fn special() -> Attainment {
    Attainment::SpecialSkill {
        item: "ZX-017".parse().unwrap(),
        name: name("面点制作"),
    }
}
fn issue(number: CertificateNumber, attainment: Attainment) -> IssueCertificate {
    IssueCertificate {
        number,
        award: EarnedAward::by_assessment(Award {
            attainment,
            ..award()
        }),
        issued_on: TODAY,
        status: status(),
        supersedes: None,
        twin: None,
    }
}
fn pair() -> (IssueCertificate, IssueCertificate) {
    let level = IssueCertificate {
        twin: Some(of_enterprise()),
        ..issue(of_level(), attainment(SkillLevel::Three))
    };
    let enterprise = IssueCertificate {
        twin: Some(of_level()),
        ..issue(of_enterprise(), enterprise())
    };
    (level, enterprise)
}
fn past(events: impl IntoIterator<Item = CertificateEvent>) -> Given<CertificateDecider> {
    given::<CertificateDecider>(events)
}
fn decide(past: &[CertificateEvent], command: &CertificateCommand) -> Vec<CertificateDecision> {
    CertificateDecider::decide(&CertificateDecider::fold(past), command).unwrap()
}
fn issued(issue: IssueCertificate) -> CertificateEvent {
    match decide(&[], &CertificateCommand::Issue(issue)).remove(0) {
        CertificateDecision::Issue(unsealed) => unsealed.seal(seal(1)),
        other => panic!("{other:?}"),
    }
}
fn proposed(end: End) -> CertificateEvent {
    let act = Act::EndCertificate {
        end,
        ground: "替考".into(),
        basis: "人社职司便函〔2020〕17号".into(),
        on: TODAY,
    };
    CertificateEvent::Proposal(ProposalEvent::from(proposing().made(act)))
}
fn approve() -> CertificateCommand {
    CertificateCommand::Approve {
        approval: approval(),
        successor: None,
    }
}
/// What two people's approval of this end means for the twin.
fn end_of(first: IssueCertificate, end: End) -> Option<TwinEnd> {
    decide(&[issued(first), proposed(end)], &approve())
        .into_iter()
        .find_map(|decision| match decision {
            CertificateDecision::EndTwin(end) => Some(end),
            _ => None,
        })
}
fn ended_with(number: CertificateNumber) -> CertificateWithdrawn {
    CertificateWithdrawn {
        ground: "替考".into(),
        basis: "人社职司便函〔2020〕17号".into(),
        on: TODAY,
        with: Some(number),
        recognition: None,
    }
}

#[test]
fn an_enterprise_certificate_is_issued_in_a_pair_only() {
    let (level, enterprise_one) = pair();
    assert!(
        matches!(issued(level), CertificateEvent::Issued(it) if it.twin == Some(of_enterprise()))
    );
    assert!(
        matches!(issued(enterprise_one), CertificateEvent::Issued(it) if it.twin == Some(of_level()))
    );
    let alone = issue(of_enterprise(), enterprise());
    past([])
        .when(CertificateCommand::Issue(alone))
        .rejected(No::TwinUnfit);
    let paired_skill = IssueCertificate {
        twin: Some(of_enterprise()),
        ..issue(of_level(), special())
    };
    past([])
        .when(CertificateCommand::Issue(paired_skill))
        .rejected(No::TwinUnfit);
    let own = IssueCertificate {
        twin: Some(of_level()),
        ..issue(of_level(), attainment(SkillLevel::Three))
    };
    past([])
        .when(CertificateCommand::Issue(own))
        .rejected(No::TwinOfItself);
}

#[test]
fn what_voids_the_assessment_ends_both_by_one_approval() {
    let (level, other) = pair();
    for end in [End::Revoked, End::Forfeited] {
        let told = end_of(level.clone(), end).unwrap();
        assert_eq!(told.twin(), &of_enterprise());
        let withdrawn = ended_with(of_level());
        let event: CertificateEvent = match end {
            End::Revoked => CertificateRevoked(withdrawn).into(),
            _ => CertificateForfeited(withdrawn).into(),
        };
        past([issued(other.clone())])
            .when(CertificateCommand::EndWithTwin(told.clone()))
            .then([event.clone().into()]);
        // What has ended ends no second time.
        past([issued(other.clone()), event])
            .when(CertificateCommand::EndWithTwin(told))
            .then([]);
        // And the other way round.
        let told = end_of(other.clone(), end).unwrap();
        assert_eq!(told.twin(), &of_level());
    }
}

#[test]
fn what_ends_one_document_leaves_the_other() {
    let (level, other) = pair();
    for end in [End::Cancelled, End::Voided] {
        assert_eq!(end_of(level.clone(), end), None);
        assert_eq!(end_of(other.clone(), end), None);
    }
    let alone = issue(of_level(), attainment(SkillLevel::Three));
    assert_eq!(end_of(alone, End::Revoked), None);
}

#[test]
fn only_the_other_certificate_of_the_assessment_ends_with_it() {
    let (level, other) = pair();
    let told = CertificateCommand::EndWithTwin(end_of(level.clone(), End::Revoked).unwrap());
    past([]).when(told.clone()).rejected(No::NotIssued);
    // The certificate itself, one without a twin, another person's.
    past([issued(level)])
        .when(told.clone())
        .rejected(No::NotTwin);
    let alone = issue(of_enterprise(), attainment(SkillLevel::Three));
    past([issued(alone)])
        .when(told.clone())
        .rejected(No::NotTwin);
    let stranger = IssueCertificate {
        award: EarnedAward::by_assessment(Award {
            worker: worker(2),
            ..other.award.award().clone()
        }),
        ..other.clone()
    };
    past([issued(stranger)])
        .when(told.clone())
        .rejected(No::NotTwin);
    // Its correction is ended in its place.
    let superseded = CertificateSuperseded {
        by: "Y00003200014526Q000002".parse().unwrap(),
        ground: "姓名有误".into(),
        on: TODAY,
    };
    past([issued(other), superseded.into()])
        .when(told)
        .rejected(No::SupersededIsFinal);
}

#[test]
fn a_correction_younger_than_the_act_ends_on_its_own_first_day() {
    let (level, other) = pair();
    let told = end_of(level, End::Revoked).unwrap();
    let corrected = IssueCertificate {
        number: "Y00003200014526Q000002".parse().unwrap(),
        issued_on: TODAY.tomorrow().unwrap(),
        supersedes: Some(of_enterprise()),
        ..other
    };
    let withdrawn = CertificateWithdrawn {
        on: TODAY.tomorrow().unwrap(),
        ..ended_with(of_level())
    };
    let event: CertificateEvent = CertificateRevoked(withdrawn).into();
    past([issued(corrected)])
        .when(CertificateCommand::EndWithTwin(told))
        .then([event.into()]);
}

#[test]
fn only_a_level_certificate_has_a_work_type_to_correct() {
    let of_item = Award {
        attainment: special(),
        ..award()
    };
    assert_eq!(
        EarnedAward::corrected(&of_item, Some("电焊工"), None, None),
        Err(No::WorkTypeUnasked)
    );
    let region = "320104".parse().ok();
    let corrected = EarnedAward::corrected(&of_item, None, region, None).unwrap();
    assert_eq!(Some(corrected.award().region), region);
    assert_eq!(corrected.award().attainment, of_item.attainment);
    let right = EarnedAward::corrected(&award(), Some("气焊工"), None, Some(TODAY)).unwrap();
    assert_eq!(right.award().attainment.work_type(), Some("气焊工"));
    assert_eq!(right.award().assessed_on, TODAY);
    for attainment in [special(), attainment(SkillLevel::Two)] {
        let other = Award {
            attainment,
            ..award()
        };
        assert_eq!(
            EarnedAward::by_correction(&award(), other),
            Err(No::CorrectionChangesAward)
        );
    }
}
