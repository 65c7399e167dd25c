//! Certificates of every kind: each is accepted as what it is, and none reads as another.

use super::golden::read;
use super::*;
use crate::support::issued::KINDS;
use skill_ledger::credential::Coat;
use skill_ledger::credential::trust_list::TrustedWorkType;
use skill_ledger::domain::attainment::Attainment;
use skill_ledger::domain::number::CertificateNumber;
use skill_ledger::domain::route::Route;

fn ledger() -> Fixture {
    let mut fixture = Fixture::new();
    fixture.widen();
    fixture.issue_kinds();
    fixture
}

#[test]
fn each_kind_is_valid_and_says_what_it_is() {
    let fixture = ledger();
    for (n, (kind, number, _)) in KINDS.iter().enumerate() {
        let report = report(&fixture, n);
        assert_eq!(
            report.outcome,
            Outcome::Valid,
            "{kind}: {:?}",
            codes(&report)
        );
        let shown = report.certificate.unwrap();
        assert!(
            shown.claims == Disclosed::from(&fixture.issued[n].claims),
            "{kind}"
        );
        let json = shown.to_json();
        assert_eq!(json["number"], *number);
        let is_level = kind.contains("technician") || kind.contains("level");
        assert_eq!(json["level"].is_object(), is_level, "{kind}");
        let document = String::from_utf8(fixture.bytes(n).to_vec()).unwrap();
        assert_eq!(document.contains("/terms/level/"), is_level, "{kind}");
        let named: Value = serde_json::from_str(&document).unwrap();
        let title = named["name"].as_str().unwrap();
        assert_eq!(title == "职业技能等级证书", is_level, "{kind}");
        let achieved = &named["credentialSubject"]["achievement"];
        assert_eq!(
            achieved["achievementType"] == "Certification",
            is_level,
            "{kind}"
        );
    }
    let json = report(&fixture, 0).certificate.unwrap().to_json();
    assert_eq!(json["level"]["code"], "special");
    assert_eq!(json["route"]["code"], "appointment");
    let json = report(&fixture, 4).certificate.unwrap().to_json();
    assert_eq!(json["kind"], "enterprise");
    assert_eq!(json["enterprise"]["grade"], "骨干电工");
    assert_eq!(json["twin"], "Y000033000021263000001");
}

#[test]
fn a_body_is_accredited_for_items_as_for_levels() {
    let id = CheckId::Accreditation;
    let out = "accreditation-out-of-scope";
    for n in 0..KINDS.len() {
        let mut fixture = ledger();
        let scope = &mut fixture.body.scopes[0];
        scope.levels.truncate(3);
        scope.items.clear();
        scope.occupations = vec!["6-18-01-01".parse().unwrap()];
        expect(&report(&fixture, n), Outcome::Invalid, id, out);
    }
    // An enterprise's certificate rests on the occupation, whatever the level.
    let mut fixture = ledger();
    fixture.body.scopes[0].levels.truncate(1);
    expect(
        &report(&fixture, 4),
        Outcome::Valid,
        id,
        "accreditation-good",
    );
    expect(&report(&fixture, 5), Outcome::Invalid, id, out);
    // A scope of items covers no level, a scope of levels no item.
    let mut fixture = ledger();
    fixture.body.scopes[0].items.clear();
    expect(&report(&fixture, 1), Outcome::Invalid, id, out);
    expect(
        &report(&fixture, 5),
        Outcome::Valid,
        id,
        "accreditation-good",
    );
}

#[test]
fn a_scope_of_some_work_types_covers_no_other() {
    let id = CheckId::Accreditation;
    let of = |work_type: Option<&str>, scope: &[(&str, &str)]| {
        let mut fixture = Fixture::new();
        let work_type = work_type.map(str::to_owned);
        let mut own = None;
        fixture.issue(|claims| {
            if let Attainment::Level {
                occupation,
                work_type: is,
                ..
            } = &mut claims.attainment
            {
                own = Some(*occupation);
                *is = work_type;
            }
        });
        let own = own.unwrap();
        fixture.body.scopes[0].work_types = scope
            .iter()
            .map(|(occupation, name)| TrustedWorkType {
                occupation: match *occupation {
                    "own" => own,
                    other => other.parse().unwrap(),
                },
                name: (*name).to_owned(),
            })
            .collect();
        let n = fixture.issued.len() - 1;
        report(&fixture, n)
    };
    let good = "accreditation-good";
    let out = "accreditation-out-of-scope";
    let named = [("own", "电焊工"), ("own", "气焊工")];
    expect(&of(Some("电焊工"), &named), Outcome::Valid, id, good);
    expect(&of(Some("钎焊工"), &named), Outcome::Invalid, id, out);
    expect(&of(None, &named), Outcome::Invalid, id, out);
    // Of another occupation they say nothing, and without any the occupation is covered whole.
    let of_another = [("4-10-01-05", "电焊工")];
    expect(&of(Some("钎焊工"), &of_another), Outcome::Valid, id, good);
    expect(&of(Some("钎焊工"), &[]), Outcome::Valid, id, good);
    expect(&of(None, &[]), Outcome::Valid, id, good);
}

#[test]
fn no_kind_is_taken_for_another() {
    let fixture = ledger();
    let known = fixture.known();
    let words = [
        "Certification",
        "Competency",
        "MicroCredential",
        "Certificate",
        "License",
    ];
    for n in 0..KINDS.len() {
        let document: Value = serde_json::from_slice(fixture.bytes(n)).unwrap();
        let pointer = "/credentialSubject/achievement/achievementType";
        let own = document
            .pointer(pointer)
            .unwrap()
            .as_str()
            .unwrap()
            .to_owned();
        for word in words.iter().filter(|word| **word != own) {
            let mut other = document.clone();
            *other.pointer_mut(pointer).unwrap() = json!(word);
            let report = verify(
                other.to_string().as_bytes(),
                Some(&fixture.proof_bytes(n)),
                &known,
            );
            assert_eq!(report.outcome, Outcome::Invalid, "{own} as {word}");
            assert!(report.certificate.is_none());
        }
    }
}

/// Claims that the format must not carry: an enterprise's certificate alone, a special skill in a
/// pair, a certificate that is its own twin.
#[test]
fn what_is_no_pair_is_not_written() {
    let fixture = ledger();
    let good = |n: usize| fixture.issued[n].claims.clone();
    let twin: Option<CertificateNumber> = "Y000033000021263000001".parse().ok();
    let mut alone = good(4);
    alone.twin = None;
    let mut paired = good(1);
    paired.twin = twin;
    let mut own = good(5);
    own.twin = Some(own.number.clone());
    let mut nameless = good(1);
    if let Attainment::SpecialSkill { name, .. } = &mut nameless.attainment {
        name.zh.clear();
    }
    for claims in [alone, paired, own, nameless] {
        assert!(claims.check().is_err());
    }
    for route in Route::ALL {
        let mut claims = good(5);
        claims.route = route;
        assert!(claims.check().is_ok());
    }
}

#[test]
fn every_route_is_read_back() {
    for route in Route::ALL {
        let mut fixture = Fixture::new();
        fixture.issue(|claims| claims.route = route);
        let report = report(&fixture, 0);
        assert_eq!(report.outcome, Outcome::Valid, "{route:?}");
        assert_eq!(report.certificate.unwrap().claims.route, Some(route));
    }
}

#[test]
fn the_first_of_each_kind_are_still_read_and_written() {
    let mut ledger = Fixture::new();
    ledger.signed_in = vec![Coat::VcJson];
    ledger.widen();
    ledger.issue_kinds();
    let trust = read("kinds/trust-list.json");
    let known = Known::gather(NOW, Policy::default(), Some(&trust), None, &[]);
    for (n, (kind, _, _)) in KINDS.iter().enumerate() {
        let credential = read(&format!("kinds/{kind}.json"));
        let proof = read(&format!("kinds/{kind}.tlog-proof"));
        let report = verify(&credential, Some(&proof), &known);
        expect(&report, Outcome::Valid, CheckId::Status, "status-good");
        assert!(ledger.bytes(n) == credential, "{kind}");
        assert!(ledger.proof_bytes(n) == proof, "{kind}.tlog-proof");
    }
}
