use super::super::claims::{Claims, Holder, Issuer, StatusPlace};
use super::super::did::Did;
use super::super::disclosed::Disclosed;
use super::super::jwt::{base64url, from_base64url};
use super::super::signed::canonical_sha256;
use super::super::strict_json::InvalidJson;
use super::super::vc::v2;
use super::disclosure::InvalidDisclosures;
use super::*;
use crate::credential::jwt::InvalidJwt;
use crate::domain::attainment::{Attainment, AttainmentKind};
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::route::Route;
use crate::domain::session::event::{Standard, StandardKind};
use crate::domain::time::Instant;
use crate::keys::{Ed25519Key, Purpose, Signer};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use uuid::Uuid;
use zeroize::Zeroizing;

pub(super) const CREATED: Instant = Instant(1_795_248_000_500_000);

pub(super) fn key() -> Ed25519Key {
    Ed25519Key::from_seed(&Zeroizing::new([1; 32]), Purpose::Certificate)
}

fn name(zh: &str, en: Option<&str>) -> Name {
    Name {
        zh: zh.into(),
        en: en.map(str::to_owned),
    }
}

pub(super) fn claims() -> Claims {
    Claims {
        credential_id: uuid::Builder::from_random_bytes([9; 16]).into_uuid(),
        number: "S000033000021263000001".parse().unwrap(),
        holder: Holder {
            name: "阿依古丽·买买提".into(),
            document_type: "居民身份证".into(),
            document_last4: "123X".into(),
        },
        attainment: Attainment::Level {
            occupation: "6-31-01-03".parse().unwrap(),
            occupation_name: name("电工", Some("Electrician")),
            work_type: None,
            level: SkillLevel::Three,
        },
        route: Route::Assessment,
        standard: Standard {
            kind: StandardKind::National,
            code: "GZB 6-31-01-03".into(),
            edition: "2018".into(),
        },
        region: "330106".parse().unwrap(),
        region_name: "浙江省杭州市西湖区".into(),
        issuer: Issuer {
            did: Did::of_body("ledger.example", Uuid::from_u128(0xb0d7)).unwrap(),
            name: name("杭州市第一技能评价中心", Some("Hangzhou First Centre")),
            credit_code: "52330100MJ12345613".parse().unwrap(),
        },
        session: Some("2026-29".into()),
        assessed_on: "2026-11-01".parse().unwrap(),
        issued_on: "2026-11-21".parse().unwrap(),
        issue: 1,
        supersedes: None,
        twin: None,
        status: StatusPlace {
            list: 1,
            index: 57_451,
        },
        results: None,
    }
}

pub(super) fn sealed(claims: &Claims) -> Sealed {
    let key = key();
    let prepared = prepare(claims, None, key.key_id(), CREATED, &[7; 32]).unwrap();
    let signature = key
        .sign(Purpose::Certificate, prepared.bytes_to_sign())
        .unwrap();
    prepared.seal(signature)
}

fn parse(text: &str) -> Result<ParsedSdJwt, InvalidSdJwt> {
    ParsedSdJwt::parse(text.as_bytes())
}

/// Whether a text is taken for a certificate of ours.
pub(super) fn accepted(text: &[u8]) -> bool {
    ParsedSdJwt::parse(text).is_ok_and(|it| it.verify_signature().is_ok())
}

/// A token of ours with another payload, properly signed.
pub(super) fn resigned(payload: &Value, disclosures: &[&str]) -> String {
    let key = key();
    let input = crate::credential::jwt::signing_input(TYP, key.key_id(), payload).unwrap();
    let signature = key.sign(Purpose::Certificate, input.as_bytes()).unwrap();
    let token = crate::credential::jwt::attach(&input, &signature);
    let mut compact = format!("{token}~");
    for it in disclosures {
        compact.push_str(it);
        compact.push('~');
    }
    compact
}

pub(super) fn payload_of(compact: &str) -> Value {
    let payload = compact.split('.').nth(1).unwrap();
    serde_json::from_slice(&from_base64url(payload).unwrap()).unwrap()
}

#[test]
fn everything_is_read_back_and_made_again_from_the_same_secret() {
    let claims = claims();
    let sealed = sealed(&claims);
    let read = parse(&sealed.compact).unwrap();
    assert_eq!(read.disclosed, Disclosed::from(&claims));
    assert!(read.disclosed.complete);
    assert_eq!(read.key_id, *key().key_id());
    assert_eq!(read.created, Instant(1_795_248_000_000_000));
    assert_eq!(read.digest, sealed.digest);
    let unsigned = canonical_sha256(&v2::render(&claims)).unwrap();
    assert_eq!(read.unsigned_sha256, unsigned);
    assert!(read.verify_signature().is_ok());
    assert!(self::sealed(&claims) == sealed);
    let other = prepare(&claims, None, key().key_id(), CREATED, &[8; 32]).unwrap();
    assert!(!sealed.compact.as_bytes().starts_with(other.bytes_to_sign()));
}

#[test]
fn the_form_is_frozen() {
    let sealed = sealed(&claims());
    assert_eq!(hex::encode(sealed.digest), FROZEN);
    let payload = payload_of(&sealed.compact);
    let mut open = payload.as_object().unwrap().clone();
    assert_eq!(open.remove("_sd").unwrap().as_array().unwrap().len(), 20);
    assert_eq!(
        Value::Object(open),
        json!({
            "_sd_alg": "sha-256",
            "credential_sha256": base64url(canonical_sha256(&v2::render(&claims())).unwrap()),
            "iat": 1_795_248_000,
            "iss": "https://ledger.example/bodies/00000000-0000-0000-0000-00000000b0d7",
            "issue": 1,
            "issued_on": "2026-11-21",
            "level": "3",
            "level_name": {"zh": "三级/高级工", "en": "Level 3 / Senior Skilled Worker"},
            "occupation": "6-31-01-03",
            "occupation_name": {"zh": "电工", "en": "Electrician"},
            "region": "330106",
            "status": {"status_list": {"idx": 57_451,
                "uri": "https://ledger.example/bodies/00000000-0000-0000-0000-00000000b0d7/status/1.jwt"}},
            "vct": "https://ledger.example/vct/level",
        })
    );
}
const FROZEN: &str = "2d2b1c0d6154709b26276955dae832329b9c95348ab77961dbd30a3fa092f019";

#[test]
fn every_preset_discloses_what_it_says_and_no_more() {
    let claims = claims();
    let sealed = sealed(&claims);
    for preset in Preset::ALL {
        let shown = present(&sealed.compact, preset.claims()).unwrap();
        let read = parse(&shown).unwrap();
        assert!(read.verify_signature().is_ok());
        assert_eq!(
            read.digest, sealed.digest,
            "one document, whatever is shown"
        );
        let disclosed: BTreeSet<_> = read.chosen().collect();
        let absent = [
            Disclosable::Supersedes,
            Disclosable::Twin,
            Disclosable::Scores,
        ];
        let asked = preset.claims().iter().copied();
        let expected: BTreeSet<_> = asked.filter(|it| !absent.contains(it)).collect();
        assert_eq!(disclosed, expected, "{}", preset.name());
        assert_eq!(read.disclosed.complete, preset == Preset::Everything);
        let secret = ["阿依古丽", "123X", "S0000330"];
        let plain: String = shown
            .split(['~', '.'])
            .filter_map(from_base64url)
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .collect();
        let tells = secret.iter().any(|it| plain.contains(it));
        assert_eq!(tells, preset != Preset::LevelOnly);
        assert_eq!(Preset::from_name(preset.name()), Some(preset));
    }
    // Without the session nothing tells that there is one.
    let mut without = Preset::Everything.claims().to_vec();
    without.retain(|it| *it != Disclosable::Session);
    let read = parse(&present(&sealed.compact, &without).unwrap()).unwrap();
    assert!(!read.disclosed.complete && read.disclosed.session.is_none());
}

#[test]
fn the_number_of_digests_tells_nothing() {
    let mut bare = claims();
    bare.session = None;
    let mut full = claims();
    full.twin = "Y00003300002126Q000001".parse().ok();
    full.supersedes = "Y000033000021263000009".parse().ok();
    for claims in [bare, claims(), full] {
        let compact = sealed(&claims).compact;
        let digests = payload_of(&compact)["_sd"].as_array().unwrap().len();
        assert_eq!(digests, DIGESTS);
        let level = present(&compact, &[]).unwrap();
        assert!(level.ends_with('~') && level.matches('~').count() == 1);
    }
}

#[test]
fn another_issue_of_the_same_certificate_shares_no_digest() {
    let first = claims();
    let mut second = claims();
    second.issue = 2;
    second.credential_id = uuid::Builder::from_random_bytes([10; 16]).into_uuid();
    let digests = |claims: &Claims| -> BTreeSet<String> {
        let payload = payload_of(&sealed(claims).compact);
        let digests = payload["_sd"].as_array().unwrap().iter();
        digests.map(|it| it.as_str().unwrap().to_owned()).collect()
    };
    assert!(digests(&first).is_disjoint(&digests(&second)));
}

#[test]
fn what_general_readers_would_let_through_is_refused() {
    let compact = sealed(&claims()).compact;
    let payload = payload_of(&compact);
    let all: Vec<&str> = compact.trim_end_matches('~').split('~').skip(1).collect();
    assert!(accepted(resigned(&payload, &all).as_bytes()));
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut payload = payload.clone();
        change(&mut payload);
        parse(&resigned(&payload, &all)).err()
    };
    let form = |place: &str| Some(InvalidSdJwt::Form(place.into()));
    assert_eq!(changed(&|it| it["exp"] = json!(1)), form("/"));
    assert_eq!(changed(&|it| it["cnf"] = json!({})), form("/"));
    assert_eq!(
        changed(&|it| it["iss"] = json!("https://ledger.example")),
        form("/")
    );
    assert_eq!(
        changed(&|it| it["vct"] = json!("https://other.example/vct/level")),
        form("/")
    );
    assert_eq!(changed(&|it| it["level"] = json!("6")), form("/"));
    assert_eq!(
        changed(&|it| it["level"] = json!("2")),
        form("/level_name/en/")
    );
    assert_eq!(changed(&|it| it["issue"] = json!(0)), form("issue"));
    assert_eq!(
        changed(&|it| it["status"]["status_list"]["idx"] = json!(131_072)),
        form("status")
    );
    assert_eq!(
        changed(&|it| it["status"]["x"] = json!(1)),
        form("/status/")
    );
    assert_eq!(
        changed(&|it| it["region_name"] = json!("x")),
        Some(InvalidDisclosures::Member.into())
    );
    assert_eq!(
        changed(&|it| it["_sd_alg"] = json!("sha-384")),
        Some(InvalidDisclosures::OtherHash.into())
    );
    let digests =
        |change: &dyn Fn(&mut Vec<Value>)| changed(&|it| change(it["_sd"].as_array_mut().unwrap()));
    assert_eq!(digests(&|it| it.reverse()), form("/_sd"));
    assert_eq!(digests(&|it| drop(it.pop())), form("/_sd"));
    assert_eq!(digests(&|it| it[1] = it[0].clone()), form("/_sd"));
    assert_eq!(digests(&|it| it[19] = json!("zz")), form("/_sd"));
    // A claim that may be kept, open for all to see.
    let shown: Vec<&str> = Vec::new();
    let mut open = payload.clone();
    open["holder_name"] = json!("阿依古丽·买买提");
    assert_eq!(parse(&resigned(&open, &shown)).err(), form("/"));
}

#[test]
fn disclosures_are_this_tokens_in_one_spelling() {
    let compact = sealed(&claims()).compact;
    let mut other = claims();
    other.holder.name = "某某".into();
    other.credential_id = uuid::Builder::from_random_bytes([3; 16]).into_uuid();
    let other = sealed(&other).compact;
    let parts: Vec<&str> = compact.split('~').collect();
    let foreign = other.split('~').nth(1).unwrap();
    let with = |change: &dyn Fn(&mut Vec<String>)| {
        let mut parts: Vec<String> = parts.iter().map(|it| (*it).to_owned()).collect();
        change(&mut parts);
        parse(&parts.join("~")).err()
    };
    let not_json = InvalidDisclosures::Json(InvalidJson::NotJson);
    assert_eq!(with(&|_| ()), None);
    // Wallets order them as they like.
    assert_eq!(with(&|it| it.swap(1, 2)), None);
    assert_eq!(
        with(&|it| it.insert(1, it[1].clone())),
        Some(InvalidDisclosures::DuplicateDisclosure.into())
    );
    assert_eq!(
        with(&|it| it[1] = foreign.to_owned()),
        Some(InvalidDisclosures::Unreferenced.into())
    );
    assert_eq!(
        with(&|it| it.insert(1, String::new())),
        Some(not_json.into())
    );
    assert_eq!(with(&|it| drop(it.pop())), Some(InvalidSdJwt::KeyBinding));
    let bound = format!("{compact}eyJhbGciOiJFZERTQSJ9.e30.AA");
    assert_eq!(parse(&bound).err(), Some(InvalidSdJwt::KeyBinding));
    assert_eq!(
        parse(parts[0]).err(),
        Some(InvalidDisclosures::Compact.into())
    );
    assert_eq!(parse("").err(), Some(InvalidDisclosures::Compact.into()));
    let long = format!("{compact}{}", "A".repeat(SD_JWT_BYTES_MAX));
    assert_eq!(
        parse(&long).err(),
        Some(InvalidJwt::Json(InvalidJson::TooLarge).into())
    );

    // A disclosure the body signed in another spelling, or of a claim there is none of.
    let mut payload = payload_of(&compact);
    let spelt = |content: &str| base64url(content.as_bytes());
    for content in [
        r#"["AAAAAAAAAAAAAAAAAAAAAA", "holder_name", "某某"]"#,
        r#"["AAAA","holder_name","某某"]"#,
        r#"["AAAAAAAAAAAAAAAAAAAAAA","nickname","某某"]"#,
        r#"["AAAAAAAAAAAAAAAAAAAAAA","issue",2]"#,
        r#"["AAAAAAAAAAAAAAAAAAAAAA","holder_name",null]"#,
        r#"["AAAAAAAAAAAAAAAAAAAAAA","work_type","供配电"]"#,
    ] {
        let text = spelt(content);
        let digest = disclosure::Disclosure::parse(&text).unwrap().digest();
        let digests = payload["_sd"].as_array_mut().unwrap();
        digests.pop();
        digests.push(json!(digest));
        digests.sort_by_key(|it| it.as_str().unwrap().to_owned());
        assert!(parse(&resigned(&payload, &[&text])).is_err(), "{content}");
    }
}

#[test]
fn the_metadata_names_every_claim_there_is() {
    let key = key();
    let did = claims().issuer.did;
    let keys = jwt_vc_issuer(&did, &[key.key_id().clone()]);
    assert_eq!(keys["issuer"], did.url());
    assert_eq!(keys["jwks"]["keys"][0]["kid"], key.key_id().as_str());
    assert_eq!(
        jwt_vc_issuer_path(&did),
        ".well-known/jwt-vc-issuer/bodies/00000000-0000-0000-0000-00000000b0d7"
    );
    for kind in AttainmentKind::ALL {
        let metadata = type_metadata("ledger.example", kind);
        assert_eq!(metadata["vct"], vct("ledger.example", kind));
        let named: Vec<&str> = metadata["claims"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["path"][0].as_str().unwrap())
            .collect();
        let text = metadata.to_string();
        assert!(!text.contains("credential-claim"), "a claim without words");
        for of in Disclosable::ALL {
            assert!(named.contains(&of.name()), "{}", of.name());
            assert_eq!(Disclosable::from_name(of.name()), Some(of));
        }
    }
}

fn text() -> impl Strategy<Value = String> {
    "[一-龥a-zA-Z0-9·#~.\"\\\\ -]{1,24}"
}

fn any_name() -> impl Strategy<Value = Name> {
    (text(), prop::option::of(text())).prop_map(|(zh, en)| Name { zh, en })
}

fn any_attainment() -> impl Strategy<Value = Attainment> {
    let item = || "[A-Z0-9]{2,20}".prop_map(|it| it.parse().unwrap());
    let occupation = "6-31-01-0[1-9]".prop_map(|it| it.parse().unwrap());
    let levels = [
        SkillLevel::Five,
        SkillLevel::One,
        SkillLevel::Special,
        SkillLevel::Chief,
    ];
    prop_oneof![
        (
            occupation.clone(),
            any_name(),
            prop::option::of(text()),
            prop::sample::select(levels.to_vec())
        )
            .prop_map(|(occupation, occupation_name, work_type, level)| {
                Attainment::Level {
                    occupation,
                    occupation_name,
                    work_type,
                    level,
                }
            }),
        (item(), any_name()).prop_map(|(item, name)| Attainment::SpecialSkill { item, name }),
        (item(), any_name(), prop::option::of(occupation.clone()))
            .prop_map(|(item, name, of)| Attainment::MicroSkill { item, name, of }),
        (any_name(), text(), occupation, any_name()).prop_map(
            |(name, grade, occupation, occupation_name)| Attainment::Enterprise {
                name,
                grade,
                occupation,
                occupation_name
            }
        ),
    ]
}

prop_compose! {
    fn any_claims()(
        attainment in any_attainment(),
        id in any::<[u8; 16]>(),
        holder in (text(), text(), "[0-9X]{1,4}"),
        names in (text(), any_name(), text(), text()),
        session in prop::option::of(text()),
        supersedes in prop::option::of("[A-Z0-9]{9,20}"),
        twin in prop::option::of("[A-Z0-9]{9,20}"),
        route in prop::sample::select(Route::ALL.to_vec()),
        status in (1u32..9, 0u32..131_072),
        issue in 1u16..,
    ) -> Claims {
        let mut claims = claims();
        claims.twin = match attainment.kind() {
            AttainmentKind::Level => twin.map(|it| it.parse().unwrap()),
            AttainmentKind::Enterprise => "Y00003300002126Q000001".parse().ok(),
            _ => None,
        };
        claims.attainment = attainment;
        claims.credential_id = uuid::Builder::from_random_bytes(id).into_uuid();
        claims.holder = Holder { name: holder.0, document_type: holder.1, document_last4: holder.2 };
        claims.region_name = names.0;
        claims.issuer.name = names.1;
        claims.standard.code = names.2;
        claims.standard.edition = names.3;
        claims.session = session;
        claims.supersedes = supersedes.map(|it| it.parse().unwrap());
        claims.route = route;
        claims.status = StatusPlace { list: status.0, index: status.1 };
        claims.issue = issue;
        claims
    }
}

proptest! {
    #[test]
    fn any_claims_go_through_any_choice(
        claims in any_claims(),
        keep in prop::collection::vec(prop::sample::select(Disclosable::ALL.to_vec()), 0..14),
    ) {
        let sealed = sealed(&claims);
        let whole = parse(&sealed.compact).unwrap();
        prop_assert!(whole.verify_signature().is_ok());
        prop_assert!(whole.disclosed == Disclosed::from(&claims));
        let shown = whole.present(&keep);
        let read = parse(&shown).unwrap();
        prop_assert!(read.verify_signature().is_ok());
        prop_assert_eq!(read.digest, sealed.digest);
        prop_assert!(read.chosen().all(|it| keep.contains(&it)));
        prop_assert_eq!(read.present(&Disclosable::ALL), shown);
    }

    #[test]
    fn hostile_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), text in "[~.A-Za-z0-9_-]{0,200}") {
        let _ = ParsedSdJwt::parse(&bytes);
        let _ = parse(&text);
        let _ = disclosure::split(&text);
        let _ = disclosure::Disclosure::parse(&text);
    }
}
