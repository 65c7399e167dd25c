use super::*;
use crate::credential::coat::Coat;
use crate::domain::attainment::AttainmentKind;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn code() -> Code {
    Code::new([7; 32])
}

#[test]
fn an_offer_is_an_address_that_a_wallet_opens() {
    let code = code();
    let offer = Offer {
        host: "ledger.example".into(),
        configurations: Configuration::of(AttainmentKind::Level).to_vec(),
        code: code.clone(),
        asks_tx_code: true,
    };
    assert_eq!(
        offer.render(),
        json!({
            "credential_issuer": "https://ledger.example",
            "credential_configuration_ids":
                ["level.sd-jwt-vc", "level.vc-json", "level.vc-json-rdfc"],
            "grants": {"urn:ietf:params:oauth:grant-type:pre-authorized_code": {
                "pre-authorized_code": code.as_str(),
                "tx_code": {"input_mode": "numeric", "length": 6},
            }},
        })
    );
    let uri = offer.uri();
    let start = "openid-credential-offer://?credential_offer=%7B%22credential_configuration_ids";
    assert!(uri.starts_with(start), "{uri}");
    assert!(uri.len() < 600, "it fits a symbol that a phone reads");
    let bare = Offer {
        asks_tx_code: false,
        ..offer
    };
    let grants = &bare.render()["grants"];
    assert_eq!(grants[GRANT], json!({"pre-authorized_code": code.as_str()}));
}

#[test]
fn what_is_kept_of_a_code_is_good_for_nothing() {
    let code = code();
    let text = code.as_str();
    assert_eq!((text.len(), format!("{code:?}").as_str()), (43, "Code(…)"));
    let digest = |kind: CodeKind, text: &str| kind.digest(text);
    let kept = digest(CodeKind::PreAuthorised, text).unwrap();
    assert_eq!(digest(CodeKind::PreAuthorised, text), Some(kept));
    assert_ne!(digest(CodeKind::AccessToken, text), Some(kept));
    assert_ne!(digest(CodeKind::PreAuthorised, &text[1..]), Some(kept));
    assert_eq!(digest(CodeKind::PreAuthorised, &"a".repeat(65)), None);
    assert_ne!(kept, *blake3::hash(text.as_bytes()).as_bytes());
}

#[test]
fn a_transaction_code_is_digits_and_kept_with_its_code() {
    let pin = tx_code([255; 8]);
    assert!(pin.len() == 6 && pin.bytes().all(|b| b.is_ascii_digit()));
    assert_eq!(tx_code([0; 8]), "000000");
    let kept = tx_code_digest("one", &pin);
    assert_eq!(kept, tx_code_digest("one", &pin));
    assert_ne!(kept, tx_code_digest("two", &pin));
    assert_ne!(kept, tx_code_digest("one", "000000"));
}

#[test]
fn token_requests_are_read_as_forms() {
    let grant = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Apre-authorized_code";
    let read = |rest: &str| TokenRequest::parse(format!("{grant}{rest}").as_bytes());
    let request = read("&pre-authorized_code=a%2Db&tx_code=123+456&client_id=x").unwrap();
    assert_eq!(request.code, "a-b");
    assert_eq!(request.tx_code.as_deref(), Some("123 456"));
    assert_eq!(read("&pre-authorized_code=a").unwrap().tx_code, None);
    for (rest, refused) in [
        ("", InvalidAsk::Request),
        ("&pre-authorized_code", InvalidAsk::Request),
        (
            "&pre-authorized_code=a&pre-authorized_code=a",
            InvalidAsk::Request,
        ),
        ("&pre-authorized_code=%zz", InvalidAsk::Request),
        ("&pre-authorized_code=%2", InvalidAsk::Request),
        ("&pre-authorized_code=%ff", InvalidAsk::Request),
    ] {
        assert_eq!(read(rest).err(), Some(refused), "{rest}");
    }
    let other = TokenRequest::parse(b"grant_type=authorization_code&code=a");
    assert_eq!(other.err(), Some(InvalidAsk::GrantType));
    let long = "&pre-authorized_code=".to_owned() + &"a".repeat(4096);
    assert_eq!(read(&long).err(), Some(InvalidAsk::Request));
}

#[test]
fn a_credential_request_that_asks_for_more_is_refused() {
    let read = |body: Value| CredentialRequest::parse(body.to_string().as_bytes());
    let id = "level.sd-jwt-vc";
    let good = read(json!({"credential_configuration_id": id, "unknown": 1})).unwrap();
    assert_eq!(good.configuration.coat, Coat::SdJwtVc);
    for (body, refused) in [
        (json!({}), InvalidAsk::CredentialRequest),
        (json!([]), InvalidAsk::CredentialRequest),
        (
            json!({"credential_configuration_id": 1}),
            InvalidAsk::CredentialRequest,
        ),
        (
            json!({"credential_configuration_id": "level.qr"}),
            InvalidAsk::Configuration,
        ),
        (
            json!({"credential_configuration_id": id, "credential_identifier": "x"}),
            InvalidAsk::CredentialRequest,
        ),
        (
            json!({"credential_configuration_id": id, "proofs": {"jwt": ["e30.e30.AA"]}}),
            InvalidAsk::Proof,
        ),
        (
            json!({"credential_configuration_id": id, "credential_response_encryption": {}}),
            InvalidAsk::Encryption,
        ),
    ] {
        assert_eq!(read(body.clone()).err(), Some(refused), "{body}");
    }
    let twice = br#"{"credential_configuration_id":"a","credential_configuration_id":"b"}"#;
    let refused = CredentialRequest::parse(twice).err();
    assert_eq!(refused, Some(InvalidAsk::CredentialRequest));
}

#[test]
fn the_metadata_lists_every_form_there_is() {
    let metadata = issuer_metadata("ledger.example");
    assert_eq!(metadata["credential_issuer"], "https://ledger.example");
    let endpoint = "https://ledger.example/v1/wallet/credential";
    assert_eq!(metadata["credential_endpoint"], endpoint);
    let listed = metadata["credential_configurations_supported"].as_object();
    let listed: BTreeSet<&str> = listed.unwrap().keys().map(String::as_str).collect();
    assert_eq!(listed.len(), 12);
    for id in listed {
        assert_eq!(Configuration::from_id(id).unwrap().id(), id);
    }
    let sd_jwt = &metadata["credential_configurations_supported"]["enterprise.sd-jwt-vc"];
    assert_eq!(sd_jwt["vct"], "https://ledger.example/vct/enterprise");
    assert_eq!(
        sd_jwt["credential_signing_alg_values_supported"],
        json!(["EdDSA"])
    );
    let server = authorization_server("ledger.example");
    assert_eq!(
        server["token_endpoint"],
        "https://ledger.example/v1/wallet/token"
    );
}

#[test]
fn an_answer_holds_the_coat_as_its_format_has_it() {
    let form = |coat| Configuration {
        kind: AttainmentKind::Level,
        coat,
    };
    assert_eq!(
        credential_response(form(Coat::SdJwtVc), "a.b.c~"),
        Some(json!({"credentials": [{"credential": "a.b.c~"}]}))
    );
    assert_eq!(
        credential_response(form(Coat::VcJson), "{\"id\":1}"),
        Some(json!({"credentials": [{"credential": {"id": 1}}]}))
    );
    assert_eq!(credential_response(form(Coat::VcJson), "a.b.c~"), None);
    let answer = token_response(&code(), 300);
    assert_eq!(
        (&answer["token_type"], &answer["expires_in"]),
        (&json!("Bearer"), &json!(300))
    );
}

proptest! {
    #[test]
    fn hostile_asks_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), text in "[-=&%+A-Za-z0-9_{}\":,]{0,200}") {
        let _ = TokenRequest::parse(&bytes);
        let _ = TokenRequest::parse(text.as_bytes());
        let _ = CredentialRequest::parse(&bytes);
        let _ = CredentialRequest::parse(text.as_bytes());
    }
}
