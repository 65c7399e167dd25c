//! The coats a certificate is presented in.

use serde_json::Value;
use skill_ledger::credential::did::Did;
use skill_ledger::credential::qr::{COSE_SIGN1, ParsedQr, QR_BYTES_MAX, text};
use skill_ledger::credential::sd_jwt::disclosure::Disclosure;
use skill_ledger::credential::sd_jwt::{Disclosable, ParsedSdJwt, Preset};
use skill_ledger::credential::signed::canonical;
use skill_ledger::credential::strict_json::{self, DEPTH_MAX};
use skill_ledger::credential::vc::{ParsedCredential, v2};
use skill_ledger::credential::{Coat, Disclosed};
use skill_ledger::keys::KeyId;

const JSON_BYTES_MAX: usize = 1 << 16;

pub fn strict_json(bytes: &[u8]) -> bool {
    let Ok(value) = strict_json::parse(bytes, JSON_BYTES_MAX) else {
        return false;
    };
    assert!(bytes.len() <= JSON_BYTES_MAX && depth(&value) <= DEPTH_MAX);
    // A lenient reader reads the same.
    assert_eq!(serde_json::from_slice::<Value>(bytes).unwrap(), value);
    let written = canonical(&value).expect("what was read has a canonical form");
    let again = strict_json::parse(&written, usize::MAX);
    assert_eq!(again.as_ref(), Ok(&value));
    assert_eq!(canonical(&value).unwrap(), written);
    true
}

fn depth(value: &Value) -> usize {
    let inner = match value {
        Value::Array(items) => items.iter().map(depth).max(),
        Value::Object(members) => members.values().map(depth).max(),
        _ => return 0,
    };
    1 + inner.unwrap_or_default()
}

pub fn vc_json(bytes: &[u8]) -> bool {
    let Ok(parsed) = ParsedCredential::parse(bytes) else {
        return false;
    };
    parsed.claims.check().expect("what was read can be issued");
    assert!(Disclosed::from(&parsed.claims).check().is_ok());
    // Nothing is in the document that is not in the claims.
    let mut document: Value = serde_json::from_slice(bytes).unwrap();
    document.as_object_mut().unwrap().remove("proof");
    assert_eq!(v2::render(&parsed.claims), document);
    // One document has one digest, however it is laid out.
    let whole = strict_json::parse(bytes, bytes.len()).unwrap();
    let again = ParsedCredential::parse(&canonical(&whole).unwrap()).expect("canonical");
    assert_eq!(again.unsigned_sha256, parsed.unsigned_sha256);
    assert_eq!(again.verify_signature(), parsed.verify_signature());
    true
}

pub fn sd_jwt(bytes: &[u8]) -> bool {
    let Ok(parsed) = ParsedSdJwt::parse(bytes) else {
        return false;
    };
    assert!(parsed.disclosed.check().is_ok());
    let whole = parsed.present(&Disclosable::ALL);
    assert_eq!(whole.as_bytes(), bytes, "nothing is passed over");
    assert_eq!(Coat::of(bytes), Coat::SdJwtVc);
    for preset in Preset::ALL {
        let less = parsed.present(preset.claims());
        let less = ParsedSdJwt::parse(less.as_bytes()).expect("less of it is read too");
        assert_eq!(less.digest, parsed.digest);
        assert_eq!(less.verify_signature(), parsed.verify_signature());
        assert!(less.chosen().all(|it| preset.claims().contains(&it)));
    }
    true
}

pub fn disclosure(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let Ok(parsed) = Disclosure::parse(text) else {
        return false;
    };
    assert_eq!(parsed.as_str(), text);
    assert_eq!(parsed.digest().len(), 43);
    true
}

pub fn qr(bytes: &[u8]) -> bool {
    let Ok(parsed) = ParsedQr::parse(bytes) else {
        return false;
    };
    assert!(parsed.disclosed.check().is_ok());
    assert!(bytes.starts_with(&COSE_SIGN1) && Coat::of(bytes) == Coat::Qr);
    let address = text::to_url(parsed.disclosed.did.host(), bytes);
    assert_eq!(Coat::of(address.as_bytes()), Coat::Qr);
    assert_eq!(text::from_text(&address).as_deref(), Ok(bytes));
    true
}

pub fn qr_text(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let Ok(read) = text::from_text(text) else {
        return false;
    };
    // A last group may be longer than the rest of the limit.
    assert!(read.len() < QR_BYTES_MAX + 7);
    let text = text.trim_ascii();
    let payload = text.split_once('#').map_or(text, |(_, payload)| payload);
    assert_eq!(text::to_payload(&read), payload, "bytes have one spelling");
    true
}

pub fn did(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let mut taken = false;
    if let Ok(did) = text.parse::<Did>() {
        assert_eq!(did.to_string(), text);
        assert_eq!(Did::from_url(&did.url()).as_ref(), Some(&did));
        taken = true;
    }
    if let Some(did) = Did::from_url(text) {
        assert_eq!(did.url(), text);
        assert_eq!(did.to_string().parse().as_ref(), Ok(&did));
        taken = true;
    }
    if let Ok(id) = text.parse::<KeyId>() {
        assert_eq!(id.public_key().id().as_str(), text);
        taken = true;
    }
    taken
}
