use super::*;
use proptest::prelude::*;

fn read(texts: &[&str]) -> Vec<Disclosure> {
    texts
        .iter()
        .map(|it| Disclosure::parse(it).unwrap())
        .collect()
}

fn payload_of(jwt: &str) -> Value {
    let payload = from_base64url(jwt.split('.').nth(1).unwrap()).unwrap();
    strict_json::parse(&payload, 1 << 16).unwrap()
}

#[test]
fn the_examples_of_rfc_9901_hold() {
    let text = include_str!("../../../../tests/vectors/rfc9901/examples.json");
    let examples: Value = serde_json::from_str(text).unwrap();
    for example in examples.as_array().unwrap() {
        let name = example["name"].as_str().unwrap();
        let all = split(example["issuance"].as_str().unwrap()).unwrap();
        let some = split(example["presentation"].as_str().unwrap()).unwrap();
        assert_eq!(payload_of(all.jwt), example["payload"], "{name}");
        let payload = &example["payload"];
        let everything = process(payload, &read(&all.disclosures)).unwrap();
        assert_eq!(everything, example["everything"], "{name}");
        let presented = process(payload, &read(&some.disclosures)).unwrap();
        assert_eq!(presented, example["presented"], "{name}");
        assert_eq!(some.key_binding.is_empty(), name != "simple");
        // Less is less, twice is refused, and another's is refused.
        let mut twice = all.disclosures.clone();
        twice.push(twice[0]);
        assert_eq!(
            process(payload, &read(&twice)),
            Err(InvalidDisclosures::DuplicateDisclosure)
        );
        let foreign = "WyJ6WnpaelpaWlpaWlpaWlpaWlpaWlp3IiwieCIsMV0";
        assert_eq!(
            process(payload, &read(&[foreign])),
            Err(InvalidDisclosures::Unreferenced)
        );
    }
}

#[test]
fn the_digests_of_section_5_1_hold() {
    for (text, digest) in [
        (
            "WyIyR0xDNDJzS1F2ZUNmR2ZyeU5STjl3IiwgImdpdmVuX25hbWUiLCAiSm9obiJd",
            "jsu9yVulwQQlhFlM_3JlzMaSFzglhQG0DpfayQwLUK4",
        ),
        (
            "WyJlbHVWNU9nM2dTTklJOEVZbnN4QV9BIiwgImZhbWlseV9uYW1lIiwgIkRvZSJd",
            "TGf4oLbgwd5JQaHyKVQZU9UdGE0w5rtDsrZzfUaomLo",
        ),
        (
            "WyJuUHVvUW5rUkZxM0JJZUFtN0FuWEZBIiwgIkRFIl0",
            "7Cf6JkPudry3lcbwHgeZ8khAv1U1OSlerP0VkBJrWZ0",
        ),
    ] {
        assert_eq!(Disclosure::parse(text).unwrap().digest(), digest);
    }
}

/// A disclosure of any content, spelt compactly.
fn disclosure(content: &Value) -> Disclosure {
    Disclosure::parse(&base64url(content.to_string())).unwrap()
}

#[test]
fn what_section_7_1_refuses_is_refused() {
    let member = disclosure(&json!(["salt", "a", 1]));
    let element = disclosure(&json!(["salt", 1]));
    let given = |payload: &Value, disclosures: &[&Disclosure]| {
        let disclosures: Vec<_> = disclosures.iter().map(|it| (*it).clone()).collect();
        process(payload, &disclosures)
    };
    let digest = member.digest();
    let whole = given(&json!({"_sd": [digest], "b": 2}), &[&member]);
    assert_eq!(whole, Ok(json!({"a": 1, "b": 2})));
    assert_eq!(given(&json!({"_sd": [digest]}), &[]), Ok(json!({})));
    let element_of = json!({"b": [{"...": element.digest()}, 2]});
    assert_eq!(given(&element_of, &[&element]), Ok(json!({"b": [1, 2]})));
    assert_eq!(given(&element_of, &[]), Ok(json!({"b": [2]})));

    use InvalidDisclosures as I;
    for (payload, disclosures, refused) in [
        (
            json!({"_sd": [digest, digest]}),
            vec![&member],
            I::DuplicateDigest,
        ),
        (
            json!({"_sd": [digest], "b": {"_sd": [digest]}}),
            vec![&member],
            I::DuplicateDigest,
        ),
        (json!({"_sd": [digest], "a": 2}), vec![&member], I::Member),
        (json!({"b": 1}), vec![&member], I::Unreferenced),
        (json!({"_sd": digest}), vec![&member], I::Place),
        (json!({"_sd": [1]}), vec![], I::Place),
        (json!({"b": [{"...": 1}]}), vec![], I::Place),
        (json!({"b": [{"...": digest, "c": 1}]}), vec![], I::Place),
        (json!({"...": digest}), vec![], I::Place),
        (json!({"_sd": [element.digest()]}), vec![&element], I::Form),
        (json!({"b": [{"...": digest}]}), vec![&member], I::Form),
        (json!({"_sd_alg": "sha-512"}), vec![], I::OtherHash),
        (json!({"_sd_alg": 1}), vec![], I::OtherHash),
    ] {
        assert_eq!(given(&payload, &disclosures), Err(refused), "{payload}");
    }
    for name in ["_sd", "...", "_sd_alg"] {
        let reserved = disclosure(&json!(["salt", name, []]));
        let payload = json!({"_sd": [reserved.digest()], "_sd_alg": "sha-256"});
        assert_eq!(given(&payload, &[&reserved]), Err(I::Member), "{name}");
    }
    // A disclosure inside another, and one that holds its own brother's digest again.
    let inner = disclosure(&json!(["salt", "c", {"_sd": [digest]}]));
    let outer = json!({"_sd": [inner.digest()]});
    let whole = given(&outer, &[&inner, &member]);
    assert_eq!(whole, Ok(json!({"c": {"a": 1}})));
    assert_eq!(given(&outer, &[&member]), Err(I::Unreferenced));
    let both = json!({"_sd": [inner.digest(), digest]});
    assert_eq!(given(&both, &[&inner, &member]), Err(I::DuplicateDigest));
}

#[test]
fn nesting_through_disclosures_is_bounded() {
    let nested = |steps: usize| {
        let deep = (0..20).fold(json!(1), |inner, _| json!([inner]));
        let mut disclosures = vec![disclosure(&json!(["0", "a", deep]))];
        for step in 1..steps {
            let digest = disclosures[step - 1].digest();
            let inner = (0..20).fold(json!({"_sd": [digest]}), |inner, _| json!([inner]));
            disclosures.push(disclosure(&json!([step.to_string(), "a", inner])));
        }
        let digest = disclosures.last().unwrap().digest();
        process(&json!({"_sd": [digest]}), &disclosures).map(|_| ())
    };
    assert_eq!(nested(2), Ok(()));
    assert_eq!(nested(5), Err(InvalidDisclosures::TooDeep));
}

#[test]
fn disclosures_have_one_encoding() {
    use InvalidDisclosures as I;
    for text in [
        "",
        "W10",
        "e30",
        "WzFd",
        "WyJhIiwiYiIsMSwyXQ",
        "WzEsMl0",
        "WzEsImIiLDNd",
    ] {
        assert!(Disclosure::parse(text).is_err(), "{text}");
    }
    // Padding, the other alphabet, a set unused bit.
    for text in ["WyJhIiwxXQ==", "WyJh+iwxXQ", "WyJhIiwxXR"] {
        assert_eq!(Disclosure::parse(text), Err(I::Form), "{text}");
    }
    let twice = base64url(r#"["a",{"b":1,"b":2}]"#);
    let refused = Disclosure::parse(&twice);
    assert_eq!(refused, Err(I::Json(InvalidJson::DuplicateKey)));
    assert_eq!(split("a.b.c"), Err(I::Compact));
    assert_eq!(split(&"~".repeat(DISCLOSURES_MAX + 2)), Err(I::Compact));
    let parts = split("a.b.c~").unwrap();
    assert!(parts.disclosures.is_empty() && parts.key_binding.is_empty());
    assert_eq!(split("a.b.c~d~e").unwrap().key_binding, "e");
}

proptest! {
    #[test]
    fn any_member_is_written_and_read(salt in any::<[u8; 16]>(), name in "[a-z_]{1,12}", text in "\\PC{0,40}") {
        let value = json!({"x": [text, 1, null]});
        let made = Disclosure::of_member(&salt, &name, value).unwrap();
        prop_assert_eq!(&Disclosure::parse(made.as_str()).unwrap(), &made);
    }
}
