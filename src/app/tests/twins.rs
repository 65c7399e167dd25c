//! 一试双证 through the use cases: one assessment, two certificates, one fate.

use super::race::closed_session_of;
use super::world::{World, id, name};
use crate::app::bodies::BodyRequest;
use crate::app::issue_certificates::Issued;
use crate::app::people::Correction;
use crate::app::sessions::SessionRequest;
use crate::app::{AppError, clock};
use crate::credential::vc::ParsedCredential;
use crate::domain::attainment::AttainmentKind;
use crate::domain::body::event::BodyKind;
use crate::domain::certificate::state::CertificateState;
use crate::domain::ids::{BodyId, WorkerId};
use crate::domain::level::SkillLevel;
use crate::domain::number::{CertificateNumber, NumberCode};
use crate::domain::proposal::{Act, End};
use crate::domain::session::dual::EnterpriseCertificate;
use crate::keys::Purpose;
use std::collections::BTreeMap;

/// An employer in scope, with its keys.
pub async fn employer(world: &World) -> BodyId {
    let request = BodyRequest {
        kind: BodyKind::Employer,
        number_code: Some(NumberCode {
            letter: "Y".into(),
            body: "0000".into(),
            province: "32".into(),
            sequence: "000009".into(),
        }),
        ..World::body_request(0)
    };
    let registered = world
        .ledger
        .register_body(&world.maker, id(), request)
        .await;
    let body = registered.unwrap().body;
    world
        .give(body, &[Purpose::Certificate, Purpose::Status])
        .await;
    world.grant(body).await;
    body
}

/// The two certificates of each of two people.
async fn issue(world: &World) -> Vec<(CertificateNumber, CertificateNumber)> {
    let body = employer(world).await;
    let (ledger, maker) = (&world.ledger, &world.maker);
    let request = SessionRequest {
        dual: Some(EnterpriseCertificate {
            name: name("某某重工技能证书"),
            grades: BTreeMap::from([(SkillLevel::Three, "骨干运维员".into())]),
        }),
        ..World::session_request(body, "2026-1")
    };
    let session = closed_session_of(world, request, 2).await;
    let today = clock::today();
    let answer = ledger
        .issue_certificates(maker, id(), session, today, &|_, _| {})
        .await
        .unwrap();
    assert_eq!(answer.issued.len(), 4);
    // One assessment each: two people, whatever they were handed.
    let counted = ledger.views.session(session).await.unwrap().value.unwrap();
    assert_eq!((counted.passed, counted.certificates), (2, 2));
    let mut pairs: BTreeMap<WorkerId, Vec<Issued>> = BTreeMap::new();
    for issued in answer.issued {
        let worker = WorkerId(issued.subject.0);
        pairs.entry(worker).or_default().push(issued);
    }
    let mut numbers = Vec::new();
    for (worker, pair) in pairs {
        let passport = ledger.views.certificates_of_worker(worker, 0, 10).await;
        let levels = passport.unwrap().value;
        let levels = levels
            .iter()
            .filter(|row| row.attainment.kind() == AttainmentKind::Level);
        assert_eq!(levels.count(), 1);
        let [one, other] = pair.as_slice() else {
            panic!("{} certificates for one person", pair.len());
        };
        let is_own = |it: &Issued| it.number.as_str().as_bytes()[15] == b'Q';
        numbers.push(match (is_own(one), is_own(other)) {
            (true, false) => (other.number.clone(), one.number.clone()),
            (false, true) => (one.number.clone(), other.number.clone()),
            _ => panic!("not one of each"),
        });
    }
    numbers
}

async fn state(world: &World, number: &CertificateNumber) -> CertificateState {
    let found = world.ledger.find_certificate(number).await.unwrap();
    world.ledger.certificate(found).await.unwrap()
}

async fn twin(world: &World, number: &CertificateNumber) -> CertificateNumber {
    let state = state(world, number).await;
    state.issued().unwrap().twin.clone().unwrap()
}

async fn act(
    world: &World,
    number: &CertificateNumber,
    act: Act,
    correction: Option<Correction>,
) -> Result<(), AppError> {
    let proposed = world
        .ledger
        .propose_about_certificate(&world.maker, id(), number, act, correction)
        .await?;
    world
        .ledger
        .approve(&world.checker, id(), proposed.proposal)
        .await?;
    Ok(())
}

fn end(end: End) -> Act {
    Act::EndCertificate {
        end,
        ground: "替考".into(),
        basis: "示范处〔2026〕9号".into(),
        on: clock::today(),
    }
}

fn correct_region() -> (Act, Option<Correction>) {
    let mut correction = Correction::default();
    correction.region = "320104".parse().ok();
    let act = Act::CorrectCertificate {
        corrected: correction.fields(),
        ground: "考点所在区有误".into(),
        on: clock::today(),
    };
    (act, Some(correction))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_voids_the_assessment_ends_both_and_what_ends_a_document_ends_one() {
    let world = World::new().await;
    let pairs = issue(&world).await;
    let [(level, own), (other_level, other_own)] = pairs.as_slice() else {
        panic!("{} people", pairs.len());
    };
    assert_eq!(twin(&world, level).await, *own);
    assert_eq!(twin(&world, own).await, *level);

    act(&world, other_own, end(End::Cancelled), None)
        .await
        .unwrap();
    assert_eq!(state(&world, other_own).await.name(), "cancelled");
    assert_eq!(state(&world, other_level).await.name(), "valid");
    // The other has ended already: the revocation ends what stands.
    act(&world, other_level, end(End::Revoked), None)
        .await
        .unwrap();
    assert_eq!(state(&world, other_level).await.name(), "revoked");
    assert_eq!(state(&world, other_own).await.name(), "cancelled");

    let before = world.head().await;
    act(&world, own, end(End::Revoked), None).await.unwrap();
    assert_eq!(state(&world, own).await.name(), "revoked");
    assert_eq!(state(&world, level).await.name(), "revoked");
    // As of the position before, both stood; the register keeps it.
    for number in [level, own] {
        let register = |at| {
            let views = &world.ledger.views;
            views.register("certificate", number.as_str(), at)
        };
        let then = register(Some(before)).await.unwrap().value.unwrap();
        assert_eq!(then.data["state"], "active");
        let now = register(None).await.unwrap().value.unwrap();
        assert_eq!(now.data["state"], "revoked");
        assert_eq!(now.data["ground"], "替考");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_and_a_reissue_keep_the_pair_together() {
    let world = World::new().await;
    let pairs = issue(&world).await;
    let (level, own) = &pairs[0];
    let (correct, correction) = correct_region();
    act(&world, level, correct, correction).await.unwrap();
    let CertificateState::Superseded { by, .. } = state(&world, level).await else {
        panic!("not superseded");
    };
    assert_eq!(twin(&world, &by.by).await, *own);
    // Its new document names the certificate the other has become.
    let today = clock::today();
    let reissued = world
        .ledger
        .reissue(&world.maker, id(), own, "遗失", today)
        .await
        .unwrap();
    let folder = world.dir.path().join("out");
    let files = world
        .ledger
        .write_certificates(&[reissued], &folder, &|_, _| {})
        .await
        .unwrap();
    let bytes = std::fs::read(&files[0]).unwrap();
    let credential = ParsedCredential::parse(&bytes).unwrap();
    assert_eq!(credential.claims.twin.as_ref(), Some(&by.by));
    // What is done to one is done to the other's correction.
    act(&world, own, end(End::Forfeited), None).await.unwrap();
    assert_eq!(state(&world, &by.by).await.name(), "forfeited");
    assert_eq!(state(&world, level).await.name(), "superseded");
    // An enterprise's certificate states no work type that could be wrong.
    let mut correction = Correction::default();
    correction.work_type = Some("电焊工".into());
    let correct = Act::CorrectCertificate {
        corrected: correction.fields(),
        ground: "工种有误".into(),
        on: today,
    };
    let refused = act(&world, &pairs[1].1, correct, Some(correction)).await;
    assert_eq!(refused.unwrap_err().code(), "work-type-unasked");
}
