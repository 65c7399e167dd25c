use super::*;
use proptest::prelude::*;

const TODAY: Date = Date::constant(2026, 11, 22);

fn read(kind: DocumentType, number: &str) -> Result<IdentityDocument, DocumentInvalid> {
    IdentityDocument::parse(kind, number, TODAY)
}
fn resident(number: &str) -> Result<IdentityDocument, DocumentInvalid> {
    read(DocumentType::ResidentIdentityCard, number)
}

#[test]
fn the_standards_examples_pass_whatever_their_division_became() {
    // 440524 has long been retired; the number stays good.
    for number in ["11010519491231002X", "440524188001010014"] {
        let early = Date::constant(1999, 7, 1);
        assert!(IdentityDocument::parse(DocumentType::ResidentIdentityCard, number, early).is_ok());
    }
    let document = resident("11010519491231002X").unwrap();
    assert_eq!(document.birth(), Some(Date::constant(1949, 12, 31)));
    assert_eq!(document.sex(), Some(Sex::Female));
    assert_eq!(document.last_four(), "002X");
}

#[test]
fn width_case_and_spaces_are_folded() {
    let document = resident(" １１０１０５ 19491231\u{3000}002ｘ\n").unwrap();
    assert_eq!(document.number(), "11010519491231002X");
}

#[test]
fn each_fault_has_its_own_name() {
    assert_eq!(resident("  "), Err(DocumentInvalid::Empty));
    assert_eq!(
        resident("11010519491231002").unwrap_err().code(),
        "wrong-length"
    );
    assert_eq!(
        resident("1101051949123100AX"),
        Err(DocumentInvalid::Character)
    );
    assert_eq!(
        resident("110105194912310021"),
        Err(DocumentInvalid::CheckDigit)
    );
    assert_eq!(
        resident("11010519492131002X"),
        Err(DocumentInvalid::CheckDigit)
    );
    let with_check = |first: &str| format!("{first}{}", check_character(first).unwrap());
    assert_eq!(
        resident(&with_check("11010519990229001")),
        Err(DocumentInvalid::NoSuchDate)
    );
    assert!(resident(&with_check("11010520000229001")).is_ok());
    assert_eq!(
        resident(&with_check("11010519001301001")),
        Err(DocumentInvalid::NoSuchDate)
    );
    assert_eq!(
        resident(&with_check("11010520261123001")),
        Err(DocumentInvalid::BirthInFuture)
    );
    assert!(resident(&with_check("11010520261122001")).is_ok());
    assert_eq!(
        resident(&with_check("11010518800101001")),
        Err(DocumentInvalid::BirthTooEarly)
    );
    assert_eq!(
        resident(&with_check("99010519990128001")),
        Err(DocumentInvalid::OtherDocument)
    );
    assert_eq!(
        resident(&with_check("01010519990128001")),
        Err(DocumentInvalid::UnknownRegion)
    );
    // A county nobody lists is no reason.
    assert!(resident(&with_check("11999919990128001")).is_ok());
}

#[test]
fn the_fifteen_digit_form_names_the_same_person() {
    let old = resident("110105491231002").unwrap();
    let new = resident("11010519491231002X").unwrap();
    assert!(old.is_first_generation() && !new.is_first_generation());
    assert_eq!(*old.key(), *new.key());
    assert_eq!(old.birth(), new.birth());
}

#[test]
fn residence_permits_share_the_construction() {
    let permit = read(DocumentType::ResidencePermit, "810000199901010014").unwrap();
    assert_eq!(permit.sex(), Some(Sex::Male));
    let named_as_card = resident("830000198811110440").unwrap();
    assert_eq!(named_as_card.kind(), DocumentType::ResidencePermit);
    assert_eq!(
        read(DocumentType::ResidencePermit, "11010519491231002X"),
        Err(DocumentInvalid::OtherDocument)
    );
}

#[test]
fn permanent_residence_cards_old_and_new() {
    let kind = DocumentType::PermanentResidenceCard;
    let first = "91184019900307001";
    let new = format!("{first}{}", check_character(first).unwrap());
    assert_eq!(
        read(kind, &new).unwrap().birth(),
        Some(Date::constant(1990, 3, 7))
    );
    let old = read(kind, "usa330190030712").unwrap();
    assert_eq!((old.birth(), old.sex()), (None, None));
    assert_eq!(
        read(kind, "11010519491231002X"),
        Err(DocumentInvalid::OtherDocument)
    );
    assert_eq!(
        read(kind, "US1330190030712"),
        Err(DocumentInvalid::Character)
    );
}

#[test]
fn travel_permits_are_known_by_their_lasting_part() {
    let kind = DocumentType::HongKongMacaoPermit;
    let first = read(kind, "H1234567801").unwrap();
    let second = read(kind, "h1234567802").unwrap();
    let third = read(kind, "H12345678").unwrap();
    assert_eq!(*first.key(), *second.key());
    assert_eq!(*first.key(), *third.key());
    assert_eq!(read(kind, "K12345678"), Err(DocumentInvalid::Character));
    assert_eq!(read(kind, "H1234567").unwrap_err().code(), "wrong-length");
    assert!(read(DocumentType::TaiwanPermit, "12345678").is_ok());
    assert!(read(DocumentType::TaiwanPermit, "1234567A").is_err());
}

#[test]
fn other_documents_have_a_shape_only() {
    assert!(read(DocumentType::Passport, "e12345678").is_ok());
    assert_eq!(
        read(DocumentType::Passport, "E1234-567"),
        Err(DocumentInvalid::Character)
    );
    assert_eq!(
        read(DocumentType::Passport, "PASSPORT"),
        Err(DocumentInvalid::Character)
    );
    assert!(read(DocumentType::MilitaryCard, "军字第2001988号").is_ok());
    assert!(read(DocumentType::Other, "A-2019/07").is_ok());
    assert_eq!(
        read(DocumentType::Other, "A1\u{202e}23"),
        Err(DocumentInvalid::Character)
    );
    let passport = read(DocumentType::Passport, "E12345678").unwrap();
    let other = read(DocumentType::Other, "E12345678").unwrap();
    assert_ne!(*passport.key(), *other.key());
}

#[test]
fn a_social_security_card_is_the_citizens_number() {
    let card = read(DocumentType::SocialSecurityCard, "11010519491231002X").unwrap();
    assert_eq!(*card.key(), *resident("11010519491231002X").unwrap().key());
}

#[test]
fn names_of_documents_are_read_as_forms_write_them() {
    for kind in DocumentType::ALL {
        assert_eq!(DocumentType::from_words(kind.name_zh()), Some(kind));
    }
    assert_eq!(
        DocumentType::from_words(" 身 份 证"),
        Some(DocumentType::ResidentIdentityCard)
    );
    assert_eq!(
        DocumentType::from_words("台胞证"),
        Some(DocumentType::TaiwanPermit)
    );
    assert_eq!(DocumentType::from_words("驾驶证"), None);
}

#[test]
fn every_kind_of_document_has_its_own_name_in_both_languages() {
    use std::collections::BTreeSet;
    let zh: BTreeSet<_> = DocumentType::ALL.map(DocumentType::name_zh).into();
    let en: BTreeSet<_> = DocumentType::ALL.map(DocumentType::name_en).into();
    assert_eq!((zh.len(), en.len()), (9, 9));
    assert!(en.iter().all(|name| name.is_ascii() && name.len() > 4));
    assert_eq!(DocumentType::Passport.name_en(), "Passport");
    assert_eq!((Sex::Male.name_zh(), Sex::Female.name_zh()), ("男", "女"));
}

#[test]
fn a_taiwan_permit_is_known_by_its_eight_lasting_digits() {
    let kind = DocumentType::TaiwanPermit;
    let older = read(kind, "1234567801").unwrap();
    assert_eq!(*older.key(), *read(kind, "12345678").unwrap().key());
    assert_ne!(*older.key(), *read(kind, "12345679").unwrap().key());
    for wrong in ["123456789", "1234567", "12345678901"] {
        assert_eq!(read(kind, wrong).unwrap_err().code(), "wrong-length");
    }
}

#[test]
fn a_free_number_is_as_long_as_its_kind_allows() {
    let allowed = |kind, length: usize| read(kind, &"7".repeat(length)).is_ok();
    for (kind, least, most) in [
        (DocumentType::Passport, 5, 20),
        (DocumentType::MilitaryCard, 4, 24),
        (DocumentType::Other, 4, 32),
    ] {
        let at = [least - 1, least, most, most + 1].map(|length| allowed(kind, length));
        assert_eq!(at, [false, true, true, false], "{kind:?}");
    }
}

#[test]
fn a_birth_is_at_most_130_years_back() {
    let with_check = |first: &str| format!("{first}{}", check_character(first).unwrap());
    assert!(resident(&with_check("11010518960101001")).is_ok());
    assert_eq!(
        resident(&with_check("11010518951231001")),
        Err(DocumentInvalid::BirthTooEarly)
    );
}

#[test]
fn nothing_prints_the_number_and_the_stored_form_comes_back() {
    let document = resident("11010519491231002X").unwrap();
    assert!(!format!("{document:?}").contains("1949"));
    let json = serde_json::to_string(&document).unwrap();
    assert_eq!(
        json,
        r#"{"type":"resident-identity-card","number":"11010519491231002X"}"#
    );
    assert_eq!(
        serde_json::from_str::<IdentityDocument>(&json).unwrap(),
        document
    );
    let broken = json.replace("002X", "0021");
    assert!(serde_json::from_str::<IdentityDocument>(&broken).is_err());
}

proptest! {
    #[test]
    fn any_one_changed_digit_fails(
        day in 0_i32..40_000, division in 0_usize..31, order in 0_u32..1000,
        place in 0_usize..18, to in 0_u8..11,
    ) {
        let birth = Date::constant(1900, 1, 1)
            .checked_add(jiff::Span::new().days(day)).unwrap();
        let provinces: Vec<String> = crate::domain::region::RegionCode::provinces()
            .map(|p| p.to_string()).collect();
        let first = format!("{}{}{order:03}", provinces[division], birth.strftime("%Y%m%d"));
        let number = format!("{first}{}", check_character(&first).unwrap());
        let good = resident(&number).unwrap();
        prop_assert_eq!(good.birth(), Some(birth));
        prop_assert_eq!(good.sex() == Some(Sex::Male), order % 2 == 1);
        let mut changed = number.clone().into_bytes();
        changed[place] = b"0123456789X"[usize::from(to)];
        let changed = String::from_utf8(changed).unwrap();
        prop_assume!(changed != number);
        prop_assert!(resident(&changed).is_err());
    }

    #[test]
    fn no_text_panics(kind in 0_usize..9, text in "\\PC{0,24}") {
        let _ = read(DocumentType::ALL[kind], &text);
    }
}
