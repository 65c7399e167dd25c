//! Every coat of one certificate is judged alike, as far as it discloses what the judgement needs.

use super::*;
use skill_ledger::credential::qr::text;
use skill_ledger::credential::sd_jwt::{Disclosable, Preset, present};
use skill_ledger::credential::{Coat, CredentialRef};
use skill_ledger::domain::digest::Digest;
use skill_ledger::verify::reference;

/// A ledger with one certificate that rests on marks.
fn scored() -> Fixture {
    let mut fixture = Fixture::new();
    fixture.scores = Some(scores());
    fixture.issue(|_| ());
    fixture
}

fn judged(fixture: &Fixture, coat: Coat, known: &Known) -> Report {
    verify(fixture.coat(0, coat), Some(&fixture.proof_bytes(0)), known)
}

fn results(report: &Report) -> Vec<(CheckId, CheckResult, &'static str)> {
    let line = |it: &skill_ledger::verify::Check| (it.check, it.result, it.code);
    report.checks.iter().map(line).collect()
}

#[test]
fn every_coat_is_judged_alike_in_every_state_with_and_without_lists() {
    use CertificateState::*;
    for state in [
        Valid, Suspended, Superseded, Revoked, Cancelled, Forfeited, Voided,
    ] {
        let mut fixture = scored();
        fixture.set_state(0, state);
        let bare = fixture.trust_list().sign(&fixture.trust_key).unwrap();
        let offline = Known::gather(NOW, Policy::default(), Some(&bare), None, &[]);
        let later = Instant(NOW.0 + 10 * DAY);
        let whole = fixture.trust_file();
        let stale = Known::gather(later, Policy::default(), Some(&whole), None, &[]);
        for known in [&fixture.known(), &offline, &stale] {
            let first = judged(&fixture, Coat::VcJson, known);
            for coat in fixture.coats() {
                let report = judged(&fixture, coat, known);
                assert_eq!(report.coat, Some(coat));
                assert_eq!(results(&report), results(&first), "{coat} {state:?}");
            }
        }
        let online = judged(&fixture, Coat::Qr, &fixture.known());
        let expected = match state {
            Valid => Outcome::Valid,
            _ => Outcome::Invalid,
        };
        assert_eq!(online.outcome, expected);
    }
}

#[test]
fn a_presentation_is_judged_by_what_it_discloses() {
    let fixture = Fixture::with_one();
    let whole = std::str::from_utf8(fixture.coat(0, Coat::SdJwtVc)).unwrap();
    let proof = fixture.proof_bytes(0);
    for (preset, name_told) in [
        (Preset::LevelOnly, false),
        (Preset::ForEmployer, true),
        (Preset::Everything, true),
    ] {
        let shown = present(whole, preset.claims()).unwrap();
        let report = verify(shown.as_bytes(), Some(&proof), &fixture.known());
        assert_eq!(report.outcome, Outcome::Valid, "{preset:?}");
        let claims = report.certificate.unwrap().claims;
        assert_eq!(claims.holder_name.is_some(), name_told);
        assert_eq!(claims.complete, preset == Preset::Everything);
    }
    let shown = present(whole, &[Disclosable::HolderName]).unwrap();
    let report = verify(shown.as_bytes(), Some(&proof), &fixture.known());
    let claims = report.certificate.unwrap().claims;
    assert!(claims.holder_name.is_some() && claims.number.is_none());
}

#[test]
fn the_text_of_a_symbol_and_its_digits_are_the_coat() {
    let fixture = Fixture::with_one();
    let proof = fixture.proof_bytes(0);
    let cose = fixture.coat(0, Coat::Qr);
    let url = text::to_url("ledger.example", cose);
    for text in [
        url.clone(),
        url.replace("HTTPS", "https").replace("/V#", "/v#"),
        format!("  {url}\n"),
        text::to_payload(cose),
    ] {
        let report = verify(text.as_bytes(), Some(&proof), &fixture.known());
        assert_eq!(report.outcome, Outcome::Valid, "{text}");
        assert_eq!(report.coat, Some(Coat::Qr));
    }
    let other = url.replace("/V#", "/X#");
    let report = verify(other.as_bytes(), Some(&proof), &fixture.known());
    expect(&report, Outcome::Invalid, CheckId::Form, "form-not-qr");
}

#[test]
fn a_coat_is_proved_by_its_own_digest_alone() {
    let mut fixture = scored();
    fixture.issue(|_| ());
    let other = fixture.proof_bytes(1);
    for coat in fixture.coats() {
        let report = verify(fixture.coat(0, coat), Some(&other), &fixture.known());
        expect(
            &report,
            Outcome::Invalid,
            CheckId::Inclusion,
            "inclusion-entry",
        );
    }
    // A coat signed again by the same key over the same claims is another: its body alone signs it,
    // and the log has not seen it.
    let material = skill_ledger::credential::Material {
        claims: &fixture.issued[0].claims,
        key: fixture.certificate_key.key_id(),
        created: Instant(NOW.0 - DAY),
        secret: &[8; 32],
        scores: None,
    };
    let again = material
        .issue(Coat::SdJwtVc, &fixture.certificate_key)
        .unwrap();
    let proof = fixture.proof_bytes(0);
    let report = verify(&again.bytes, Some(&proof), &fixture.known());
    expect(
        &report,
        Outcome::Invalid,
        CheckId::Inclusion,
        "inclusion-entry",
    );
}

#[test]
fn every_coat_names_the_document_whose_proof_it_needs() {
    let fixture = scored();
    let digest = fixture.issued[0].sealed.unsigned_sha256;
    for coat in fixture.coats() {
        let expected = match coat {
            Coat::Qr => CredentialRef::Half(*digest.first_chunk().unwrap()),
            _ => CredentialRef::Whole(Digest(digest)),
        };
        assert_eq!(reference(fixture.coat(0, coat)), Some(expected));
    }
    assert_eq!(reference(b"{}"), None);
    assert_eq!(reference(b""), None);
}
