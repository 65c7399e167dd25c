//! What a body and the authority publish for verifiers.

use super::whole::{NOW, TRUST_LIST, status_key};
use skill_ledger::credential::status_details::ParsedStatusDetails;
use skill_ledger::credential::status_list::ParsedStatusList;
use skill_ledger::credential::token_status_list::ParsedTokenStatusList;
use skill_ledger::credential::trust_list::TrustFile;
use skill_ledger::verify::{Known, Policy};
use std::sync::LazyLock;

pub fn status_list(bytes: &[u8]) -> bool {
    let Ok(parsed) = ParsedStatusList::parse(bytes) else {
        return false;
    };
    let again = parsed.list.sign(NOW, &status_key()).unwrap();
    let again = ParsedStatusList::parse(&again).expect("what was read can be published");
    assert_eq!(again.list, parsed.list);
    assert_eq!(again.verify_signature(), Ok(()));
    let _ = parsed.verify_signature();
    true
}

pub fn token_status_list(bytes: &[u8]) -> bool {
    let Ok(parsed) = ParsedTokenStatusList::parse(bytes) else {
        return false;
    };
    let again = parsed.list.sign(&status_key()).unwrap();
    let again = ParsedTokenStatusList::parse(again.as_bytes()).expect("it can be published");
    assert_eq!(again.list, parsed.list);
    assert_eq!(again.verify_signature(), Ok(()));
    let _ = parsed.verify_signature();
    true
}

pub fn status_details(bytes: &[u8]) -> bool {
    let Ok(parsed) = ParsedStatusDetails::parse(bytes) else {
        return false;
    };
    let again = parsed.details.sign(&status_key()).unwrap();
    let again = ParsedStatusDetails::parse(&again).expect("what was read can be published");
    assert_eq!(again.details, parsed.details);
    assert_eq!(again.verify_signature(), Ok(()));
    let _ = parsed.verify_signature();
    true
}

static GENUINE: LazyLock<TrustFile> = LazyLock::new(|| TrustFile::parse(TRUST_LIST).unwrap());

pub fn trust_list(bytes: &[u8]) -> bool {
    let Ok(file) = TrustFile::parse(bytes) else {
        return false;
    };
    let written = file.to_bytes().expect("what was read can be written");
    assert_eq!(TrustFile::parse(&written).as_ref(), Ok(&file));
    // The form is judged before the signature, which only the genuine list has.
    if let Ok(list) = file.open() {
        let genuine = GENUINE.open().unwrap();
        if list.authority.trust_key == genuine.authority.trust_key {
            assert_eq!(list, genuine);
        }
    }
    let _ = Known::gather(NOW, Policy::default(), Some(bytes), None, &[bytes.to_vec()]);
    true
}
