//! Any claims that `Claims::check` allows are written and read back.

use super::{CREATED, sealed, signer, typical};
use crate::credential::claims::{Claims, StatusPlace};
use crate::credential::disclosed::Disclosed;
use crate::credential::qr::{ParsedQr, Symbol, prepare, text};
use crate::domain::attainment::Attainment;
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::route::Route;
use crate::domain::time::Instant;
use crate::keys::Signer;
use proptest::prelude::*;

/// Names as they come: Han, Uyghur and Tibetan in transcription, beyond the BMP, Latin.
fn words(most: usize) -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        "阿依古丽·买买提",
        "𬭎䶮㛃",
        "𠮷野",
        "次仁·卓玛",
        "Anne-Marie O’Neil",
    ]);
    prop_oneof![
        4 => prop::collection::vec(prop::char::range('一', '龥'), 1..most).prop_map(String::from_iter),
        1 => prop::collection::vec(prop::char::range('\u{20000}', '\u{2a6df}'), 1..most).prop_map(String::from_iter),
        1 => odd.prop_map(str::to_owned),
    ]
}

fn named(most: usize) -> impl Strategy<Value = Name> {
    (words(most), prop::option::of("[A-Z][a-z]{1,20}")).prop_map(|(zh, en)| Name { zh, en })
}

fn occupation() -> impl Strategy<Value = crate::domain::occupation::OccupationCode> {
    (1_000_000_u32..9_000_000).prop_map(|code| code.to_string().parse().unwrap())
}

fn attainment(most: usize) -> impl Strategy<Value = Attainment> {
    let item = || "[A-Z0-9]([A-Z0-9-]{0,38})[A-Z0-9]".prop_map(|it| it.parse().unwrap());
    let level = prop::sample::select(vec![
        SkillLevel::Five,
        SkillLevel::Four,
        SkillLevel::Three,
        SkillLevel::Two,
        SkillLevel::One,
        SkillLevel::Special,
        SkillLevel::Chief,
    ]);
    prop_oneof![
        (
            occupation(),
            named(most),
            prop::option::of(words(most)),
            level
        )
            .prop_map(|(occupation, occupation_name, work_type, level)| {
                Attainment::Level {
                    occupation,
                    occupation_name,
                    work_type,
                    level,
                }
            }),
        (item(), named(most)).prop_map(|(item, name)| Attainment::SpecialSkill { item, name }),
        (item(), named(most), prop::option::of(occupation()))
            .prop_map(|(item, name, of)| Attainment::MicroSkill { item, name, of }),
        (named(most), words(most), occupation(), named(most)).prop_map(
            |(name, grade, occupation, occupation_name)| Attainment::Enterprise {
                name,
                grade,
                occupation,
                occupation_name
            }
        ),
    ]
}

fn claims(most: usize) -> impl Strategy<Value = Claims> {
    let number = || "[A-Z0-9]{8,40}".prop_map(|it| it.parse().unwrap());
    let document = prop_oneof![
        prop::sample::select(vec!["居民身份证", "护照", "其他"]).prop_map(str::to_owned),
        words(most)
    ];
    let whom = (words(most), document, "[0-9X]{1,4}", any::<[u8; 16]>());
    let what = (attainment(most), prop::sample::select(Route::ALL.to_vec()));
    let when = (-300_000_i32..2_000_000, -300_000_i32..2_000_000, 1_u16..);
    let which = (number(), prop::option::of(number()), number());
    let place = (
        1_u32..,
        0_u32..131_072,
        named(most),
        prop::option::of(words(most)),
    );
    (whom, what, when, which, place).prop_map(|(whom, what, when, which, place)| {
        let mut claims = typical();
        let day = |n: i32| jiff::civil::date(1970, 1, 1) + jiff::Span::new().days(n);
        claims.credential_id = uuid::Builder::from_random_bytes(whom.3).into_uuid();
        (claims.holder.name, claims.holder.document_type) = (whom.0, whom.1);
        claims.holder.document_last4 = whom.2;
        (claims.attainment, claims.route) = what;
        (claims.assessed_on, claims.issued_on) = (day(when.0), day(when.1));
        claims.issue = when.2;
        (claims.number, claims.supersedes) = (which.0, which.1);
        claims.twin = match claims.attainment {
            Attainment::Enterprise { .. } => Some(which.2),
            _ => None,
        };
        claims.status = StatusPlace {
            list: place.0,
            index: place.1,
        };
        (claims.issuer.name, claims.session) = (place.2, place.3);
        claims
    })
}

/// What a `qr` of these claims discloses if nothing is too long.
fn expected(claims: &Claims) -> Disclosed {
    let mut it = Disclosed::from(claims);
    it.complete = false;
    (it.standard, it.region_name, it.credit_code) = (None, None, None);
    if let Some(name) = &mut it.body_name {
        name.en = None;
    }
    match &mut it.attainment {
        Attainment::Level {
            occupation_name: name,
            ..
        }
        | Attainment::SpecialSkill { name, .. }
        | Attainment::MicroSkill { name, .. } => name.en = None,
        Attainment::Enterprise {
            name,
            occupation_name,
            ..
        } => (name.en, occupation_name.en) = (None, None),
    }
    it
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_claims_are_read_back(claims in claims(20)) {
        prop_assume!(claims.check().is_ok());
        let sealed = sealed(&claims);
        let url = text::to_url(claims.issuer.did.host(), &sealed.bytes);
        let bytes = text::from_text(&url);
        prop_assert_eq!(bytes.as_ref(), Ok(&sealed.bytes));
        let parsed = ParsedQr::parse(&sealed.bytes).unwrap();
        prop_assert!(parsed.verify_signature().is_ok());
        prop_assert_eq!(parsed.digest, sealed.digest);
        prop_assert_eq!(parsed.credential_id, claims.credential_id);
        let mut expected = expected(&claims);
        let it = &parsed.disclosed;
        // What is left out is left out in its order.
        if it.body_name.is_none() { expected.body_name = None }
        if it.session.is_none() && it.body_name.is_none() { expected.session = None }
        if it.document_type.is_none() && it.session.is_none() { expected.document_type = None }
        prop_assert!(*it == expected);
        prop_assert_eq!(&super::sealed(&claims).bytes, &sealed.bytes);
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn texts_of_any_length_allowed_have_a_symbol(claims in claims(201)) {
        prop_assume!(claims.check().is_ok());
        let sealed = sealed(&claims);
        let parsed = ParsedQr::parse(&sealed.bytes).unwrap();
        prop_assert!(parsed.verify_signature().is_ok());
        prop_assert!(parsed.disclosed.attainment == expected(&claims).attainment);
        let url = text::to_url(claims.issuer.did.host(), &sealed.bytes);
        prop_assert!(Symbol::of(&url).is_ok());
    }
}

#[test]
fn the_longest_there_can_be_still_has_a_symbol() {
    let long = "𠮷".repeat(200);
    let mut claims = typical();
    let name = Name {
        zh: long.clone(),
        en: None,
    };
    claims.holder.name.clone_from(&long);
    claims.holder.document_type.clone_from(&long);
    claims.issuer.name = name.clone();
    claims.session = Some(long.clone());
    claims.number = "9".repeat(40).parse().unwrap();
    claims.supersedes = "8".repeat(40).parse().ok();
    claims.twin = "7".repeat(40).parse().ok();
    claims.attainment = Attainment::Enterprise {
        name: name.clone(),
        grade: long,
        occupation: "6-31-01-03".parse().unwrap(),
        occupation_name: name,
    };
    let sealed = sealed(&claims);
    let it = ParsedQr::parse(&sealed.bytes).unwrap().disclosed;
    assert!(it.body_name.is_none() && it.session.is_none());
    assert!(it.document_type.is_none() && it.holder_name.is_none());
    let url = text::to_url(claims.issuer.did.host(), &sealed.bytes);
    let symbol = Symbol::of(&url).unwrap();
    println!("{} bytes, {} modules", sealed.bytes.len(), symbol.side());
    assert_eq!(
        (symbol.side(), symbol.level()),
        (177, crate::credential::qr::symbol::ErrorLevel::L)
    );
}

#[test]
fn a_time_beyond_all_times_is_written_or_refused_but_breaks_nothing() {
    let key = signer(1);
    for at in [i64::MIN, -1, 0, CREATED.0, i64::MAX] {
        let prepared = prepare(&typical(), key.key_id(), Instant(at));
        let sealed = super::seal(prepared.unwrap());
        let parsed = ParsedQr::parse(&sealed.bytes);
        let whole = parsed.map(|it| it.created.0);
        assert!(
            whole.is_err() || whole == Ok(at.div_euclid(1_000_000) * 1_000_000),
            "{at}"
        );
    }
}
