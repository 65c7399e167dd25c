//! The scores in an SD-JWT: kept unless the holder wants them shown.

use super::disclosure::Disclosure;
use super::tests::{CREATED, accepted, claims, key, payload_of, resigned};
use super::*;
use crate::credential::claims::Claims;
use crate::credential::disclosed::Disclosed;
use crate::domain::score::{Score, Scores};
use crate::keys::{Purpose, Signer};
use serde_json::{Value, json};

fn scores() -> Scores {
    let score = |tenths| Score::from_tenths(tenths).ok();
    Scores::new(score(785), None, score(1000)).unwrap()
}

fn sealed(claims: &Claims) -> Sealed {
    let prepared = prepare(claims, Some(scores()), key().key_id(), CREATED, &[7; 32]).unwrap();
    let signature = key().sign(Purpose::Certificate, prepared.bytes_to_sign());
    prepared.seal(signature.unwrap())
}

#[test]
fn they_are_shown_by_who_wants_them_shown() {
    let compact = sealed(&claims()).compact;
    let shown = |claims: &[Disclosable]| {
        let presented = present(&compact, claims).unwrap();
        let read = ParsedSdJwt::parse(presented.as_bytes()).unwrap();
        assert!(read.verify_signature().is_ok());
        read.disclosed
    };
    let whole = shown(&Disclosable::ALL);
    let expected = Disclosed {
        scores: Some(scores()),
        ..Disclosed::from(&claims())
    };
    assert!(whole == expected);
    for preset in [Preset::LevelOnly, Preset::ForEmployer] {
        assert_eq!(shown(preset.claims()).scores, None);
    }
    assert_eq!(shown(&[Disclosable::Scores]).scores, Some(scores()));
    // All that the certificate says is shown without them.
    let mut all_but = Disclosable::ALL.to_vec();
    all_but.retain(|it| *it != Disclosable::Scores);
    assert!(shown(&all_but).complete && shown(&all_but).scores.is_none());
    let payload = payload_of(&compact);
    assert_eq!(payload["_sd"].as_array().unwrap().len(), DIGESTS);
    assert!(payload.get("scores").is_none());
}

#[test]
fn they_have_one_spelling() {
    let payload = payload_of(&sealed(&claims()).compact);
    let with = |value: Value| {
        let told = Disclosure::of_member(&[3; 16], "scores", value).unwrap();
        let mut payload = payload.clone();
        let digests = payload["_sd"].as_array_mut().unwrap();
        digests[0] = json!(told.digest());
        digests.sort_by_key(|it| it.as_str().map(str::to_owned));
        accepted(resigned(&payload, &[told.as_str()]).as_bytes())
    };
    assert!(with(json!({"theory": "78.5"})));
    assert!(with(
        json!({"review": "60.0", "skill": "100.0", "theory": "61.9"})
    ));
    for refused in [
        json!({}),
        json!([]),
        json!("78.5"),
        json!({"theory": 78.5}),
        json!({"theory": "78"}),
        json!({"theory": "78.50"}),
        json!({"theory": "078.5"}),
        json!({"theory": "+78.5"}),
        json!({"theory": "100.1"}),
        json!({"theory": "59.9"}),
        json!({"theory": null, "skill": "78.5"}),
        json!({"practice": "78.5"}),
        json!({"practice": "78.5", "skill": "78.5"}),
    ] {
        assert!(!with(refused.clone()), "{refused}");
    }
}
