mod mutants;
mod round_trip;

use super::symbol::QUIET_ZONE;
use super::text::{from_text, to_payload, to_url};
use super::*;
use crate::credential::claims::{Claims, Holder, Issuer, StatusPlace};
use crate::credential::did::Did;
use crate::credential::disclosed::Disclosed;
use crate::domain::attainment::Attainment;
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::route::Route;
use crate::domain::session::event::{Standard, StandardKind};
use crate::domain::time::Instant;
use crate::keys::{Ed25519Key, Purpose, Signer};
use uuid::Uuid;
use zeroize::Zeroizing;

pub(crate) const CREATED: Instant = Instant(1_783_906_200_123_456);

pub(crate) fn signer(seed: u8) -> Ed25519Key {
    Ed25519Key::from_seed(&Zeroizing::new([seed; 32]), Purpose::Certificate)
}

/// A certificate as most are: a name of 3, a body of 15, an occupation of 8 characters.
pub(crate) fn typical() -> Claims {
    Claims {
        credential_id: uuid::Builder::from_random_bytes([7; 16]).into_uuid(),
        number: "S000033000021263000001".parse().unwrap(),
        holder: Holder {
            name: "欧阳雪".into(),
            document_type: "居民身份证".into(),
            document_last4: "123X".into(),
        },
        attainment: Attainment::Level {
            occupation: "6-31-01-03".parse().unwrap(),
            occupation_name: Name {
                zh: "工业机器人操作员".into(),
                en: Some("Industrial Robot Operator".into()),
            },
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
            did: Did::of_body("skills.zhejiang.example", Uuid::from_u128(0xb0d7)).unwrap(),
            name: Name {
                zh: "杭州市钱塘江职业技能评价中心一".into(),
                en: Some("Hangzhou First Skills Assessment Centre".into()),
            },
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

pub(crate) fn sealed(claims: &Claims) -> Sealed {
    let key = signer(1);
    seal(prepare(claims, key.key_id(), CREATED).unwrap())
}

fn seal(prepared: Prepared) -> Sealed {
    let signature = signer(1).sign(Purpose::Certificate, prepared.bytes_to_sign());
    prepared.seal(signature.unwrap()).unwrap()
}

#[test]
fn what_is_made_is_read_back() {
    let claims = typical();
    let sealed = sealed(&claims);
    let parsed = ParsedQr::parse(&sealed.bytes).unwrap();
    assert_eq!(parsed.verify_signature(), Ok(()));
    assert_eq!(parsed.digest, sealed.digest);
    assert_eq!(parsed.key_id, *signer(1).key_id());
    assert_eq!(parsed.created, Instant(1_783_906_200_000_000));
    assert_eq!(parsed.credential_id, claims.credential_id);
    let vc = crate::credential::vc::prepare(&claims, signer(1).key_id(), CREATED).unwrap();
    assert_eq!(parsed.credential_prefix, vc.unsigned_sha256()[..16]);
    let mut expected = Disclosed::from(&claims);
    expected.complete = false;
    (
        expected.standard,
        expected.region_name,
        expected.credit_code,
    ) = (None, None, None);
    if let Some(name) = &mut expected.body_name {
        name.en = None;
    }
    if let Attainment::Level {
        occupation_name, ..
    } = &mut expected.attainment
    {
        occupation_name.en = None;
    }
    assert!(parsed.disclosed == expected);
}

#[test]
fn a_typical_certificate_fits_77_modules_at_level_m() {
    let claims = typical();
    let url = to_url(claims.issuer.did.host(), &sealed(&claims).bytes);
    let symbol = Symbol::of(&url).unwrap();
    println!(
        "{} bytes, {} characters, version {}, {} modules",
        sealed(&claims).bytes.len(),
        url.len(),
        symbol.version(),
        symbol.side()
    );
    assert_eq!(symbol.level(), symbol::ErrorLevel::M);
    assert!(symbol.side() <= 77, "{} modules", symbol.side());
}

#[test]
fn bytes_have_one_spelling_in_digits() {
    assert_eq!(to_payload(&[]), "1");
    assert_eq!(to_payload(&[255]), "1255");
    assert_eq!(to_payload(&[0; 7]), format!("1{}", "0".repeat(17)));
    assert_eq!(to_payload(&[255; 7]), "172057594037927935");
    let bytes: Vec<u8> = (0..40).collect();
    for size in 0..bytes.len() {
        let bytes = &bytes[..size];
        let url = to_url("ledger.example:8443", bytes);
        assert_eq!(from_text(&url).as_deref(), Ok(bytes));
        assert_eq!(from_text(&to_payload(bytes)).as_deref(), Ok(bytes));
    }
}

#[test]
fn a_symbol_as_text_has_every_module() {
    let symbol = Symbol::of("openid-credential-offer://?credential_offer=%7B%7D").unwrap();
    let text = symbol.to_text();
    let whole = symbol.side() + 2 * QUIET_ZONE;
    let lines: Vec<Vec<char>> = text.lines().map(|line| line.chars().collect()).collect();
    assert_eq!(lines.len(), whole.div_ceil(2));
    for (row, column) in (0..whole).flat_map(|row| (0..whole).map(move |column| (row, column))) {
        let drawn = match (lines[row / 2][column], row % 2) {
            ('█', _) | ('▀', 0) | ('▄', 1) => true,
            (' ' | '▀' | '▄', _) => false,
            (other, _) => panic!("{other:?}"),
        };
        let inside = (QUIET_ZONE..QUIET_ZONE + symbol.side()).contains(&row)
            && (QUIET_ZONE..QUIET_ZONE + symbol.side()).contains(&column);
        let dark = inside && symbol.is_dark(column - QUIET_ZONE, row - QUIET_ZONE);
        assert_eq!(drawn, !dark, "{row} {column}");
    }
}
