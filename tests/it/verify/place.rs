//! What hangs on the place in the log and on the trust list.

use super::*;

#[test]
fn without_a_proof_the_log_dependent_checks_are_unknown() {
    let fixture = Fixture::with_one();
    let report = verify(fixture.bytes(0), None, &fixture.known());
    assert_eq!(report.outcome, Outcome::Unknown);
    for check in [
        CheckId::Accreditation,
        CheckId::Inclusion,
        CheckId::KeyValidity,
        CheckId::KeyCompromise,
    ] {
        assert_eq!(line(&report, check).0, CheckResult::Unknown, "{check:?}");
    }
    let no_log = Policy {
        require_log: false,
        ..Policy::default()
    };
    let without_log = |fixture: &Fixture| {
        let known = Known::gather(NOW, no_log, Some(&fixture.trust_file()), None, &[]);
        verify(fixture.bytes(0), None, &known)
    };
    let report = without_log(&fixture);
    expect(
        &report,
        Outcome::Valid,
        CheckId::Accreditation,
        "accreditation-claimed",
    );
    assert_eq!(
        line(&report, CheckId::Inclusion),
        (CheckResult::Unknown, "inclusion-not-asked")
    );

    let mut compromised = Fixture::with_one();
    compromised.body.keys[0].compromised_from_position = Some(100);
    expect(
        &without_log(&compromised),
        Outcome::Unknown,
        CheckId::KeyCompromise,
        "position-unknown",
    );
    let mut retired = Fixture::with_one();
    retired.body.keys[0].to_position = Some(100);
    expect(
        &without_log(&retired),
        Outcome::Unknown,
        CheckId::KeyValidity,
        "position-unknown",
    );
    let mut ended = Fixture::with_one();
    ended.body.scopes[0].to_position = Some(7);
    expect(
        &without_log(&ended),
        Outcome::Unknown,
        CheckId::Accreditation,
        "accreditation-claimed-ended",
    );
}

#[test]
fn a_proof_that_proves_something_else_is_refused() {
    let mut fixture = Fixture::with_one();
    fixture.issue(|_| ());
    let known = fixture.known();
    let with = |proof: &[u8]| verify(fixture.bytes(0), Some(proof), &known);
    expect(
        &with(&fixture.proof_bytes(1)),
        Outcome::Invalid,
        CheckId::Inclusion,
        "inclusion-entry",
    );
    expect(
        &with(b"c2sp.org/tlog-proof@v1\n"),
        Outcome::Invalid,
        CheckId::Inclusion,
        "inclusion-malformed",
    );

    let mut path = fixture.proof(0);
    path.hashes[0][0] ^= 1;
    expect(
        &with(path.to_string().as_bytes()),
        Outcome::Invalid,
        CheckId::Inclusion,
        "inclusion-path",
    );
    let mut index = fixture.proof(0);
    index.index -= 1;
    expect(
        &with(index.to_string().as_bytes()),
        Outcome::Invalid,
        CheckId::Inclusion,
        "inclusion-path",
    );
    // The entry is what the leaf hashes: changing it breaks the path.
    let mut entry = fixture.proof(0);
    let text = String::from_utf8(entry.extra.unwrap()).unwrap();
    entry.extra = Some(
        text.replace("certificate.issued", "certificate.reissued")
            .into_bytes(),
    );
    expect(
        &with(entry.to_string().as_bytes()),
        Outcome::Invalid,
        CheckId::Inclusion,
        "inclusion-path",
    );
    let mut bare = fixture.proof(0);
    bare.extra = None;
    expect(
        &with(bare.to_string().as_bytes()),
        Outcome::Invalid,
        CheckId::Inclusion,
        "inclusion-malformed",
    );

    // A first issue that the log calls a reissue, or the other way round.
    let mut called = Fixture::new();
    called.issue(|c| c.issue = 2);
    assert_eq!(report(&called, 0).outcome, Outcome::Valid);
    let text = String::from_utf8(called.entries.pop().unwrap()).unwrap();
    let text = text.replace("certificate.reissued", "certificate.issued");
    called.entries.push(text.into_bytes());
    expect(
        &report(&called, 0),
        Outcome::Invalid,
        CheckId::Inclusion,
        "inclusion-entry",
    );

    // A log of the same name and another key.
    let mut forger = Fixture::with_one();
    forger.log_signers = vec![key(40, Purpose::Log)];
    expect(
        &with(&forger.proof_bytes(0)),
        Outcome::Invalid,
        CheckId::Inclusion,
        "inclusion-checkpoint",
    );

    // Somebody else's entry that claims the credential and another key.
    let report = with(&fixture.proof_bytes(0));
    assert_eq!(report.outcome, Outcome::Valid);
}

#[test]
fn keys_hold_from_registration_to_retirement_and_before_compromise() {
    let position = Fixture::with_one().issued[0].position;
    let p = Some(position);
    let after = Some(position + 1);
    for (from, to, compromised, outcome, check, code) in [
        (
            5,
            None,
            None,
            Outcome::Valid,
            CheckId::KeyValidity,
            "key-good",
        ),
        (
            position,
            None,
            None,
            Outcome::Valid,
            CheckId::KeyValidity,
            "key-good",
        ),
        (
            position + 1,
            None,
            None,
            Outcome::Invalid,
            CheckId::KeyValidity,
            "key-too-early",
        ),
        (
            5,
            after,
            None,
            Outcome::Valid,
            CheckId::KeyValidity,
            "key-good",
        ),
        (
            5,
            p,
            None,
            Outcome::Invalid,
            CheckId::KeyValidity,
            "key-retired",
        ),
        (
            5,
            None,
            after,
            Outcome::Valid,
            CheckId::KeyCompromise,
            "compromise-later",
        ),
        (
            5,
            None,
            p,
            Outcome::Invalid,
            CheckId::KeyCompromise,
            "compromise-before",
        ),
        (
            5,
            after,
            after,
            Outcome::Valid,
            CheckId::KeyCompromise,
            "compromise-later",
        ),
        (
            5,
            p,
            after,
            Outcome::Invalid,
            CheckId::KeyValidity,
            "key-retired",
        ),
        (
            5,
            after,
            p,
            Outcome::Invalid,
            CheckId::KeyCompromise,
            "compromise-before",
        ),
    ] {
        let mut fixture = Fixture::with_one();
        fixture.other_event();
        let key = &mut fixture.body.keys[0];
        key.from_position = from;
        key.to_position = to;
        key.compromised_from_position = compromised;
        expect(&report(&fixture, 0), outcome, check, code);
    }
}

#[test]
fn accreditation_is_judged_at_the_log_position() {
    let position = Fixture::with_one().issued[0].position;
    let judged = |change: &dyn Fn(&mut Fixture)| {
        let mut fixture = Fixture::with_one();
        fixture.other_event();
        change(&mut fixture);
        report(&fixture, 0)
    };
    let id = CheckId::Accreditation;
    let ends = |at| move |f: &mut Fixture| f.body.scopes[0].to_position = Some(at);
    expect(
        &judged(&ends(position + 1)),
        Outcome::Valid,
        id,
        "accreditation-good",
    );
    expect(
        &judged(&ends(position)),
        Outcome::Invalid,
        id,
        "accreditation-ended",
    );
    expect(
        &judged(&|f| f.body.scopes[0].from_position = position + 1),
        Outcome::Invalid,
        id,
        "accreditation-out-of-scope",
    );
    expect(
        &judged(&|f| f.body.scopes[0].levels = vec![TrustedLevel(SkillLevel::Five)]),
        Outcome::Invalid,
        id,
        "accreditation-out-of-scope",
    );
    expect(
        &judged(&|f| f.body.scopes[0].regions = vec!["330200".parse().unwrap()]),
        Outcome::Invalid,
        id,
        "accreditation-out-of-scope",
    );
    expect(
        &judged(&|f| f.body.scopes[0].occupations = vec!["6-18-01-01".parse().unwrap()]),
        Outcome::Invalid,
        id,
        "accreditation-out-of-scope",
    );
    expect(
        &judged(&|f| {
            f.body.suspensions.push(Stretch {
                from_position: 8,
                to_position: None,
            })
        }),
        Outcome::Invalid,
        id,
        "accreditation-suspended",
    );
    expect(
        &judged(&|f| {
            f.body.suspensions.push(Stretch {
                from_position: 8,
                to_position: Some(12),
            })
        }),
        Outcome::Valid,
        id,
        "accreditation-good",
    );
    let run_off = |session: &'static str| {
        move |f: &mut Fixture| {
            f.body.scopes[0].to_position = Some(10);
            f.body.run_offs.push(TrustedRunOff {
                session: session.into(),
                from_position: 11,
                to_position: None,
            });
        }
    };
    expect(
        &judged(&run_off("2026-29")),
        Outcome::Valid,
        id,
        "accreditation-run-off",
    );
    expect(
        &judged(&run_off("2026-30")),
        Outcome::Invalid,
        id,
        "accreditation-ended",
    );
}

#[test]
fn a_certificate_newer_than_the_trust_list_is_not_judged_by_it() {
    let mut fixture = Fixture::with_one();
    let mut list = fixture.trust_list();
    list.as_of_position = fixture.issued[0].position - 1;
    let proof = fixture.proof_bytes(0);
    let with = |fixture: &Fixture, list: &TrustList| {
        let file = fixture.trust_file_of(list);
        let known = Known::gather(NOW, Policy::default(), Some(&file), None, &[]);
        verify(fixture.bytes(0), Some(&proof), &known)
    };
    let report = with(&fixture, &list);
    expect(
        &report,
        Outcome::Unknown,
        CheckId::Accreditation,
        "position-beyond-trust",
    );
    assert_eq!(
        line(&report, CheckId::KeyCompromise).1,
        "position-beyond-trust"
    );
    assert_eq!(line(&report, CheckId::Inclusion).1, "inclusion-good");

    // Not even the key is in it yet.
    list.bodies[0].keys.remove(0);
    let report = with(&fixture, &list);
    expect(
        &report,
        Outcome::Unknown,
        CheckId::Signature,
        "signature-trust-older",
    );
    fixture.body.keys.remove(0);
    expect(
        &with(&fixture, &fixture.trust_list()),
        Outcome::Invalid,
        CheckId::Signature,
        "signature-key-not-of-body",
    );
}

#[test]
fn the_trust_list_must_be_signed_pinned_and_young() {
    let fixture = Fixture::with_one();
    let (proof, file) = (fixture.proof_bytes(0), fixture.trust_file());
    let with = |now: Instant, file: Option<&[u8]>, pin: Option<&str>| {
        let known = Known::gather(now, Policy::default(), file, pin, &[]);
        verify(fixture.bytes(0), Some(&proof), &known)
    };
    let id = CheckId::TrustList;
    let print = fingerprint(fixture.trust_key.key_id());
    for pin in [
        print.as_str(),
        &print.to_uppercase(),
        fixture.trust_key.key_id().as_str(),
    ] {
        expect(
            &with(NOW, Some(&file), Some(pin)),
            Outcome::Valid,
            id,
            "trust-pinned",
        );
    }
    let other = fingerprint(key(60, Purpose::Trust).key_id());
    for pin in [other.as_str(), "", &print[..62]] {
        let report = with(NOW, Some(&file), Some(pin));
        expect(&report, Outcome::Unknown, id, "trust-other-key");
        assert!(report.certificate.is_none());
    }
    expect(
        &with(NOW, None, None),
        Outcome::Unknown,
        id,
        "trust-missing",
    );
    expect(
        &with(NOW, Some(b"{}"), None),
        Outcome::Unknown,
        id,
        "trust-malformed",
    );
    expect(
        &with(Instant(NOW.0 + 100 * DAY), Some(&file), None),
        Outcome::Unknown,
        id,
        "trust-stale",
    );
    assert_eq!(
        line(&with(Instant(NOW.0 - 10 * DAY), Some(&file), None), id).1,
        "trust-future"
    );

    let text = String::from_utf8(file).unwrap();
    for (from, to, code) in [
        (
            "\"as_of_position\":21,\"authority\"",
            "\"as_of_position\":22,\"authority\"",
            "trust-forged",
        ),
        (
            "\"to_position\":null",
            "\"to_position\":1000",
            "trust-forged",
        ),
        (
            "\"suspensions\":[]",
            "\"suspensions\":[],\"extra\":1",
            "trust-malformed",
        ),
        (
            "\"kind\":\"skill-ledger/v1/trust-list\"",
            "\"kind\":\"skill-ledger/v2/trust-list\"",
            "trust-malformed",
        ),
    ] {
        assert!(text.contains(from), "{from}");
        // The last place is in the list or its signature, not in a status document before it.
        let at = text.rfind(from).unwrap();
        let changed = format!("{}{to}{}", &text[..at], &text[at + from.len()..]);
        let report = with(NOW, Some(changed.as_bytes()), None);
        assert_eq!(line(&report, id).1, code, "{from}");
        assert_eq!(report.outcome, Outcome::Unknown);
    }
    let mut other_suite: Value = serde_json::from_str(&text).unwrap();
    other_suite["signature"]["suite"] = json!("none");
    let report = with(NOW, Some(other_suite.to_string().as_bytes()), None);
    expect(&report, Outcome::Unknown, id, "trust-malformed");
}

#[test]
fn a_trust_list_in_which_a_key_has_two_purposes_is_refused() {
    let fixture = Fixture::with_one();
    let with = |change: &dyn Fn(&mut TrustList)| {
        let mut list = fixture.trust_list();
        change(&mut list);
        let file = fixture.trust_file_of(&list);
        let known = Known::gather(NOW, Policy::default(), Some(&file), None, &[]);
        verify(fixture.bytes(0), Some(&fixture.proof_bytes(0)), &known)
    };
    let id = CheckId::TrustList;
    let twice = with(&|list| {
        let mut again = list.bodies[0].keys[0].clone();
        again.purpose = Purpose::Status;
        list.bodies[0].keys.push(again);
    });
    expect(&twice, Outcome::Unknown, id, "trust-malformed");
    let as_trust = with(&|list| {
        list.bodies[0].keys[1].key_id = list.authority.trust_key.clone();
    });
    expect(&as_trust, Outcome::Unknown, id, "trust-malformed");
    let same_body = with(&|list| {
        let mut again = list.bodies[0].clone();
        again.keys.clear();
        list.bodies.push(again);
    });
    expect(&same_body, Outcome::Unknown, id, "trust-malformed");
}
