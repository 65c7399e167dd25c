//! What status lists and details lead to.

use super::*;

#[test]
fn ends_suspensions_corrections_and_reissues_are_told() {
    use CertificateState::*;
    for (state, code) in [
        (Suspended, "status-suspended-why"),
        (Superseded, "status-superseded"),
        (Revoked, "status-revoked"),
        (Cancelled, "status-cancelled"),
        (Forfeited, "status-forfeited"),
        (Voided, "status-voided"),
    ] {
        let mut fixture = Fixture::with_one();
        fixture.set_state(0, state);
        let report = report(&fixture, 0);
        expect(&report, Outcome::Invalid, CheckId::Status, code);
        let shown = report.certificate.as_ref().unwrap().to_json();
        assert_eq!(shown["state"], state.name());
        assert_eq!(shown["ground"], "成绩复核后改判");
        let line = report
            .checks
            .iter()
            .find(|c| c.check == CheckId::Status)
            .unwrap();
        assert!(
            line.words().zh.contains("成绩复核后改判"),
            "{:?}",
            line.words()
        );
        if state == Superseded {
            assert_eq!(shown["successor"], "S000033000021263000999");
            assert!(line.words().en.contains("S000033000021263000999"));
        }
    }
    // The bit alone, without details.
    let mut fixture = Fixture::with_one();
    let index = fixture.issued[0].claims.status.index;
    fixture.revoked.set(index);
    expect(
        &report(&fixture, 0),
        Outcome::Invalid,
        CheckId::Status,
        "status-ended",
    );
    // Reissued: the first copy stays good and says so.
    let mut fixture = Fixture::with_one();
    fixture.details.push(StatusDetail {
        index,
        state: Valid,
        ground: None,
        on: None,
        successor: None,
        issue: Some(2),
    });
    let report = report(&fixture, 0);
    expect(
        &report,
        Outcome::Valid,
        CheckId::Status,
        "status-good-reissued",
    );
    assert_eq!(report.certificate.unwrap().to_json()["newest_issue"], 2);
}

#[test]
fn a_newer_status_file_beside_the_trust_list_counts() {
    let mut fixture = Fixture::with_one();
    let (proof, old_trust) = (fixture.proof_bytes(0), fixture.trust_file());
    fixture.set_state(0, CertificateState::Suspended);
    fixture.list_from = Instant(NOW.0 - 60_000_000);
    let mut newer = fixture.status_lists();
    newer.push(fixture.status_details());
    for status in [newer, vec![fixture.trust_file()]] {
        let known = Known::gather(NOW, Policy::default(), Some(&old_trust), None, &status);
        let report = verify(fixture.bytes(0), Some(&proof), &known);
        expect(
            &report,
            Outcome::Invalid,
            CheckId::Status,
            "status-suspended-why",
        );
    }
    // And an older one beside a newer trust list does not.
    let older = vec![old_trust];
    let known = Known::gather(
        NOW,
        Policy::default(),
        Some(&fixture.trust_file()),
        None,
        &older,
    );
    let report = verify(fixture.bytes(0), Some(&proof), &known);
    expect(
        &report,
        Outcome::Invalid,
        CheckId::Status,
        "status-suspended-why",
    );
}

#[test]
fn status_lists_stale_missing_or_forged_leave_it_unchecked() {
    let fixture = Fixture::with_one();
    let proof = fixture.proof_bytes(0);
    let at = |now: Instant, file: &[u8]| {
        let known = Known::gather(now, Policy::default(), Some(file), None, &[]);
        verify(fixture.bytes(0), Some(&proof), &known)
    };
    let good = fixture.trust_file();
    let stale = at(Instant(NOW.0 + 10 * DAY), &good);
    expect(&stale, Outcome::Unknown, CheckId::Status, "status-stale");
    let future = at(Instant(NOW.0 - 2 * DAY), &good);
    assert_eq!(line(&future, CheckId::Status).1, "status-future");

    let bare = fixture.trust_list().sign(&fixture.trust_key).unwrap();
    expect(
        &at(NOW, &bare),
        Outcome::Unknown,
        CheckId::Status,
        "status-missing",
    );

    let with_lists = |change: &dyn Fn(&mut Value)| {
        let mut file: Value = serde_json::from_slice(&good).unwrap();
        change(&mut file);
        at(NOW, file.to_string().as_bytes())
    };
    let only_suspension =
        with_lists(&|f| drop(f["status_lists"].as_array_mut().unwrap().remove(0)));
    expect(
        &only_suspension,
        Outcome::Unknown,
        CheckId::Status,
        "status-missing",
    );
    let forged =
        with_lists(&|f| f["status_lists"][0]["validUntil"] = json!("2027-01-01T00:00:00Z"));
    expect(&forged, Outcome::Unknown, CheckId::Status, "status-forged");
    let broken =
        with_lists(&|f| f["status_lists"][0]["credentialSubject"]["encodedList"] = json!("uAAAA"));
    expect(
        &broken,
        Outcome::Unknown,
        CheckId::Status,
        "status-malformed",
    );

    // Signed by another key of that body: not an active status key.
    let mut other = Fixture::with_one();
    other.status_key = key(50, Purpose::Status);
    expect(
        &report(&other, 0),
        Outcome::Unknown,
        CheckId::Status,
        "status-other-key",
    );
    let mut retired = Fixture::with_one();
    retired.body.keys[1].to_position = Some(10);
    expect(
        &report(&retired, 0),
        Outcome::Unknown,
        CheckId::Status,
        "status-other-key",
    );

    // An end is final, however old the list that says so.
    let mut ended = Fixture::with_one();
    ended.set_state(0, CertificateState::Revoked);
    let known = Known::gather(
        Instant(NOW.0 + 20 * DAY),
        Policy::default(),
        Some(&ended.trust_file()),
        None,
        &[],
    );
    let report = verify(ended.bytes(0), Some(&ended.proof_bytes(0)), &known);
    expect(&report, Outcome::Invalid, CheckId::Status, "status-revoked");
}

#[test]
fn a_signature_of_one_kind_is_never_one_of_another() {
    // The status key signs lists and details; neither is accepted in the other's place.
    let fixture = Fixture::with_one();
    let list: Value =
        serde_json::from_slice(&fixture.status_list(StatusPurpose::Revocation)).unwrap();
    let details: Value = serde_json::from_slice(&fixture.status_details()).unwrap();
    let known = |documents: Vec<Vec<u8>>| {
        let bare = fixture.trust_list().sign(&fixture.trust_key).unwrap();
        Known::gather(NOW, Policy::default(), Some(&bare), None, &documents)
    };
    let proof = fixture.proof_bytes(0);
    let mut crossed = list.clone();
    crossed["proof"]["proofValue"] = details["signature"]["value"].clone();
    let known = known(vec![
        crossed.to_string().into_bytes(),
        fixture.status_list(StatusPurpose::Suspension),
    ]);
    let report = verify(fixture.bytes(0), Some(&proof), &known);
    expect(&report, Outcome::Unknown, CheckId::Status, "status-forged");
}
