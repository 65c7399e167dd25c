//! What is refused before anything in it is believed.

use super::*;

/// Changes one place of a JSON value; the value that comes out differs.
fn mutate(value: &mut Value, rng: &mut ChaCha20Rng) {
    if rng.random_bool(0.8) {
        let inner = match value {
            Value::Object(o) if !o.is_empty() => {
                let n = rng.random_range(0..o.len());
                o.values_mut().nth(n)
            }
            Value::Array(a) if !a.is_empty() => {
                let n = rng.random_range(0..a.len());
                a.get_mut(n)
            }
            _ => None,
        };
        if let Some(inner) = inner {
            return mutate(inner, rng);
        }
    }
    match value {
        Value::String(s) => {
            let mut chars: Vec<char> = s.chars().collect();
            let at = rng.random_range(0..=chars.len());
            match rng.random_range(0..3) {
                0 => chars.insert(at, 'x'),
                1 if !chars.is_empty() => {
                    chars.remove(at.min(chars.len() - 1));
                }
                _ if !chars.is_empty() => {
                    let at = at.min(chars.len() - 1);
                    chars[at] = if chars[at] == '1' { '2' } else { '1' };
                }
                _ => chars.push('y'),
            }
            *s = chars.into_iter().collect();
        }
        Value::Bool(b) => *b = !*b,
        Value::Number(_) => *value = json!(7),
        Value::Null => *value = json!("null"),
        Value::Array(a) => match rng.random_range(0..3) {
            0 if a.len() > 1 => a.reverse(),
            1 if !a.is_empty() => {
                let n = rng.random_range(0..a.len());
                let again = a[n].clone();
                a.push(again);
            }
            _ => a.push(json!("https://example.org/added")),
        },
        Value::Object(o) => match rng.random_range(0..3) {
            0 if !o.is_empty() => {
                let n = rng.random_range(0..o.len());
                let name = o.keys().nth(n).unwrap().clone();
                o.remove(&name);
            }
            1 if !o.is_empty() => {
                let n = rng.random_range(0..o.len());
                let name = o.keys().nth(n).unwrap().clone();
                let inner = o.remove(&name).unwrap();
                o.insert(format!("{name}_"), inner);
            }
            _ => {
                o.insert("added".into(), json!(true));
            }
        },
    }
}

#[test]
fn five_hundred_random_changes_are_all_refused() {
    let fixture = Fixture::with_one();
    let (known, good) = (fixture.known(), document(&fixture));
    let mut rng = ChaCha20Rng::seed_from_u64(500);
    let mut made = 0;
    while made < 500 {
        let mut changed = good.clone();
        mutate(&mut changed, &mut rng);
        if changed == good {
            continue;
        }
        made += 1;
        let report = check_document(&fixture, &known, &changed);
        assert_eq!(report.outcome, Outcome::Invalid, "{changed}");
        assert!(report.certificate.is_none(), "{changed}");
    }
    assert_eq!(
        check_document(&fixture, &known, &good).outcome,
        Outcome::Valid
    );
}

#[test]
fn what_reference_libraries_let_through_is_refused() {
    let fixture = Fixture::with_one();
    let (known, good) = (fixture.known(), document(&fixture));
    let text = String::from_utf8(fixture.bytes(0).to_vec()).unwrap();
    let proof = fixture.proof_bytes(0);
    let raw = |text: &str, code: &str| {
        let report = verify(text.as_bytes(), Some(&proof), &known);
        expect(&report, Outcome::Invalid, CheckId::Form, code);
        assert!(report.certificate.is_none());
    };
    let changed = |code: &str, change: &dyn Fn(&mut Value)| {
        let mut document = good.clone();
        change(&mut document);
        raw(&document.to_string(), code);
    };

    raw(
        &text.replacen('{', "{\"name\":\"职业技能等级证书\",", 1),
        "form-duplicate-key",
    );
    raw(
        &text.replacen("\"hashed\":false", "\"hashed\":false,\"hashed\":true", 1),
        "form-duplicate-key",
    );
    raw(
        &text.replacen("\"hashed\":false", "\"hashed\":0.5", 1),
        "form-unsafe-number",
    );
    raw(&text[..text.len() - 1], "form-not-json");
    raw("", "form-not-json");
    raw("[]", "form-other");
    raw("{}", "form-context");
    raw(
        &format!("{}{}", "[".repeat(100), "]".repeat(100)),
        "form-too-deep",
    );

    changed("form-context", &|d| {
        d["@context"]
            .as_array_mut()
            .unwrap()
            .push(json!("https://example.org/v1"))
    });
    changed("form-context", &|d| {
        d["@context"]
            .as_array_mut()
            .unwrap()
            .push(json!({"@vocab": "https://example.org/"}))
    });
    changed("form-context", &|d| {
        d["@context"].as_array_mut().unwrap().reverse()
    });
    changed("form-context", &|d| {
        d["@context"] = json!("https://www.w3.org/ns/credentials/v2")
    });
    changed("form-no-proof", &|d| {
        drop(d.as_object_mut().unwrap().remove("proof"))
    });
    changed("form-proof", &|d| d["proof"] = json!([d["proof"].clone()]));
    changed("form-proof", &|d| {
        d["proof"] = json!([d["proof"].clone(), d["proof"].clone()])
    });
    changed("form-proof", &|d| {
        d["proof"]["expires"] = json!("2020-01-01T00:00:00Z")
    });
    changed("form-proof", &|d| {
        d["proof"]["domain"] = json!("example.org")
    });
    changed("form-proof", &|d| {
        d["proof"]["created"] = json!("2026-11-21T08:00:00+00:00")
    });
    changed("form-other-suite", &|d| {
        d["proof"]["cryptosuite"] = json!("ecdsa-jcs-2019")
    });
    changed("form-proof-context", &|d| {
        d["proof"]["cryptosuite"] = json!("eddsa-rdfc-2022")
    });
    changed("form-other-suite", &|d| {
        d["proof"]["type"] = json!("Ed25519Signature2020")
    });
    changed("form-other-suite", &|d| {
        d["proof"]["proofPurpose"] = json!("authentication")
    });
    changed("form-proof-context", &|d| {
        d["proof"]["@context"].as_array_mut().unwrap().truncate(1)
    });
    changed("form-other", &|d| {
        d["credentialSubject"] = json!([d["credentialSubject"].clone()])
    });
    changed("form-other", &|d| {
        let one = d["credentialSubject"].clone();
        d["credentialSubject"] = json!([one.clone(), one]);
    });
    changed("form-other", &|d| {
        d["issuer"] = json!([d["issuer"].clone()])
    });
    changed("form-other", &|d| d["issuer"] = d["issuer"]["id"].clone());
    changed("form-other", &|d| d["termsOfUse"] = json!([{"type": "x"}]));
    changed("form-other", &|d| {
        d["credentialStatus"].as_array_mut().unwrap().truncate(1)
    });
    changed("form-other", &|d| {
        d["credentialSubject"]["achievement"]["level"] = json!("一级")
    });
    changed("form-key-not-issuers", &|d| {
        d["proof"]["verificationMethod"] = json!("did:web:other.example:bodies:x#z6Mk");
    });
}

/// A document signed afresh by somebody, with everything else right.
fn resigned(fixture: &Fixture, seed: u8, did: &str, change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut document = document(fixture);
    document.as_object_mut().unwrap().remove("proof");
    change(&mut document);
    let key = key(seed, Purpose::Certificate);
    let method = format!("{did}#{}", key.key_id());
    let config = Cryptosuite::Jcs.proof_config(&document, &method, Instant(NOW.0 - DAY));
    let bytes = Cryptosuite::Jcs.hash_data(&document, &config).unwrap();
    let signature = key.sign(Purpose::Certificate, &bytes).unwrap();
    canonical(&proof::attach(document, config, &signature)).unwrap()
}

#[test]
fn another_key_is_refused_whoever_it_names() {
    let fixture = Fixture::with_one();
    let known = fixture.known();
    let proof = fixture.proof_bytes(0);
    let did = fixture.did.to_string();

    let stranger = resigned(&fixture, 77, &did, |_| ());
    let report = verify(&stranger, Some(&proof), &known);
    expect(
        &report,
        Outcome::Invalid,
        CheckId::Signature,
        "signature-key-not-of-body",
    );
    assert!(report.certificate.is_none());

    // The body's own status key, although it is the body's.
    let other_purpose = resigned(&fixture, 2, &did, |_| ());
    let report = verify(&other_purpose, Some(&proof), &known);
    expect(
        &report,
        Outcome::Invalid,
        CheckId::Signature,
        "signature-key-not-of-body",
    );

    // A stranger's body, well signed.
    let other = did.replace("b0d7", "b0d8");
    let stranger = resigned(&fixture, 77, &other, |d| {
        let text = d
            .to_string()
            .replace(&did, &other)
            .replace("0000b0d7", "0000b0d8");
        *d = serde_json::from_str(&text).unwrap();
    });
    let report = verify(&stranger, Some(&proof), &known);
    expect(
        &report,
        Outcome::Invalid,
        CheckId::Signature,
        "signature-body-unknown",
    );

    // The right key over another name: well signed, not what the log has.
    let renamed = resigned(&fixture, 1, &did, |d| {
        d["credentialSubject"]["identifier"][0]["identityHash"] = json!("李四");
    });
    let report = verify(&renamed, Some(&proof), &known);
    expect(
        &report,
        Outcome::Invalid,
        CheckId::Inclusion,
        "inclusion-entry",
    );

    // Its own key over another body's credit code: a lie that even the log would have taken.
    let mut impostor = Fixture::new();
    impostor.issue(|c| c.issuer.credit_code = "91350100M000100Y43".parse().unwrap());
    let report = super::report(&impostor, 0);
    expect(
        &report,
        Outcome::Invalid,
        CheckId::Accreditation,
        "accreditation-other-body",
    );

    // A signature of the right length by nobody.
    let mut changed = document(&fixture);
    changed["proof"]["proofValue"] = json!(format!("z{}", bs58::encode([7u8; 64]).into_string()));
    let report = check_document(&fixture, &known, &changed);
    expect(
        &report,
        Outcome::Invalid,
        CheckId::Signature,
        "signature-bad",
    );
    assert!(report.certificate.is_none());
}

#[test]
fn claims_that_would_deceive_the_eye_are_not_issued() {
    let fixture = Fixture::new();
    for bad in [
        "",
        "张\u{202e}三",
        "张\u{200b}三",
        "张\n三",
        "e\u{301}",
        &"长".repeat(201),
    ] {
        let mut claims = fixture.claims(0);
        claims.holder.name = bad.into();
        let sealed = skill_ledger::credential::vc::issue(&claims, NOW, &fixture.certificate_key);
        assert!(sealed.is_err(), "{bad:?}");
    }
    let mut claims = fixture.claims(0);
    claims.issuer.name = name("中心", "Centre");
    assert!(skill_ledger::credential::vc::issue(&claims, NOW, &fixture.status_key).is_err());
}
