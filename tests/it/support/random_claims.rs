//! Claim sets by chance: every kind, every optional member there or not, texts that make trouble for
//! whoever quotes, sorts or normalises them. Shared with the tests beside the code, which is why it
//! names the rooms as the crate itself does.

use crate::credential::claims::{Claims, Holder, Issuer, StatusPlace};
use crate::credential::did::Did;
use crate::domain::attainment::{Attainment, AttainmentKind};
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::route::Route;
use crate::domain::score::{Score, Scores};
use crate::domain::session::event::{Standard, StandardKind};
use jiff::civil::Date;
use rand::{Rng, RngExt};
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

const PIECES: [&str; 44] = [
    "张三",
    "阿依古丽",
    "·",
    "买买提",
    "བསྟན་འཛིན",
    "䶮",
    "㛃",
    "𬭎",
    "𠮷",
    "𰻝",
    "（",
    "）",
    "　",
    "é",
    "ﾟ",
    "Ω",
    "ß",
    "ı",
    "😀",
    "👩\u{1f3fd}",
    "\u{e000}",
    "\u{10fffd}",
    "\u{a0}",
    "\u{fffd}",
    "\\",
    "\"",
    "'",
    "`",
    "<",
    ">",
    "<b>",
    "&amp;",
    "_:b0",
    "_:c14n0",
    "@zh-hans",
    "^^",
    "\\u4E2D",
    "\\n",
    " .",
    "https://x.example/#a b",
    "%E4",
    "{}|^",
    "urn:uuid:",
    " ",
];
const HOSTS: [&str; 4] = [
    "ledger.example",
    "localhost:8443",
    "xn--fiqs8s.example:1",
    "a-b.c.d",
];
const REGIONS: [&str; 3] = ["330106", "110000", "650100"];
const OCCUPATIONS: [&str; 3] = ["6-31-01-03", "4-08-05-07", "6-18-02-04"];
const CREDIT_CODES: [&str; 2] = ["52330100MJ12345613", "91350100M000100Y43"];

fn one_of<T: Copy>(rng: &mut impl Rng, from: &[T]) -> T {
    from[rng.random_range(0..from.len())]
}

fn maybe<R: Rng, T>(rng: &mut R, make: impl FnOnce(&mut R) -> T) -> Option<T> {
    rng.random_bool(0.5).then(|| make(rng))
}

/// A text as claims may hold: NFC, 1 to 200 characters, a few of which any character at all.
fn text(rng: &mut impl Rng) -> String {
    loop {
        let mut text = String::new();
        for _ in 0..rng.random_range(1..6) {
            match rng.random_range(0..4) {
                0 => text.push(rng.random::<char>()),
                _ => text.push_str(one_of(rng, &PIECES)),
            }
        }
        let hidden = |c: &char| {
            !c.is_control()
                && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
        };
        let text: String = text.nfc().filter(hidden).take(200).nfc().collect();
        if !text.is_empty() {
            return text;
        }
    }
}

fn name(rng: &mut impl Rng) -> Name {
    Name {
        zh: text(rng),
        en: maybe(rng, text),
    }
}

fn number(rng: &mut impl Rng) -> crate::domain::number::CertificateNumber {
    format!("S{:021}", rng.random_range(0..u64::MAX))
        .parse()
        .unwrap()
}

fn date(rng: &mut impl Rng) -> Date {
    Date::constant(
        rng.random_range(1970..2100),
        rng.random_range(1..13),
        rng.random_range(1..29),
    )
}

fn attainment(rng: &mut impl Rng, kind: AttainmentKind) -> Attainment {
    let occupation = one_of(rng, &OCCUPATIONS).parse().unwrap();
    let item = format!("ZX-{}", rng.random_range(0..10_000))
        .parse()
        .unwrap();
    match kind {
        AttainmentKind::Level => Attainment::Level {
            occupation,
            occupation_name: name(rng),
            work_type: maybe(rng, text),
            level: one_of(
                rng,
                &[
                    SkillLevel::Five,
                    SkillLevel::Four,
                    SkillLevel::Three,
                    SkillLevel::Two,
                    SkillLevel::One,
                    SkillLevel::Special,
                    SkillLevel::Chief,
                ],
            ),
        },
        AttainmentKind::SpecialSkill => Attainment::SpecialSkill {
            item,
            name: name(rng),
        },
        AttainmentKind::MicroSkill => Attainment::MicroSkill {
            item,
            name: name(rng),
            of: rng.random_bool(0.5).then_some(occupation),
        },
        AttainmentKind::Enterprise => Attainment::Enterprise {
            name: name(rng),
            grade: text(rng),
            occupation,
            occupation_name: name(rng),
        },
    }
}

/// Claims that [`Claims::check`] takes.
pub fn random_claims(rng: &mut impl Rng) -> Claims {
    let kind = one_of(rng, &AttainmentKind::ALL);
    let id = |rng: &mut dyn Rng| {
        let mut bytes = [0; 16];
        rng.fill_bytes(&mut bytes);
        bytes
    };
    let claims = Claims {
        credential_id: uuid::Builder::from_random_bytes(id(rng)).into_uuid(),
        number: number(rng),
        holder: Holder {
            name: text(rng),
            document_type: text(rng),
            document_last4: text(rng).chars().take(4).nfc().collect(),
        },
        attainment: attainment(rng, kind),
        route: one_of(rng, &Route::ALL),
        standard: Standard {
            kind: one_of(
                rng,
                &[
                    StandardKind::National,
                    StandardKind::Industry,
                    StandardKind::SpecialSkill,
                ],
            ),
            code: text(rng),
            edition: text(rng),
        },
        region: one_of(rng, &REGIONS).parse().unwrap(),
        region_name: text(rng),
        issuer: Issuer {
            did: Did::of_body(one_of(rng, &HOSTS), Uuid::from_bytes(id(rng))).unwrap(),
            name: name(rng),
            credit_code: one_of(rng, &CREDIT_CODES).parse().unwrap(),
        },
        session: maybe(rng, text),
        assessed_on: date(rng),
        issued_on: date(rng),
        issue: rng.random_range(1..=u16::MAX),
        supersedes: maybe(rng, number),
        twin: match kind {
            AttainmentKind::Enterprise => Some(number(rng)),
            AttainmentKind::Level => maybe(rng, number),
            _ => None,
        },
        status: StatusPlace {
            list: rng.random_range(1..=u32::MAX),
            index: rng.random_range(0..131_072),
        },
        results: None,
    };
    claims.check().unwrap();
    claims
}

fn score(rng: &mut impl Rng) -> Score {
    Score::from_tenths(rng.random_range(600..=1000)).unwrap()
}

/// Scores that are a pass.
pub fn random_scores(rng: &mut impl Rng) -> Scores {
    let [theory, review] = [0; 2].map(|_| maybe(rng, score));
    let skill = match (theory, review) {
        (None, None) => Some(score(rng)),
        _ => maybe(rng, score),
    };
    Scores::new(theory, skill, review).unwrap()
}

/// Claims of any JSON document: of one in two that shows scores.
pub fn random_document(rng: &mut impl Rng) -> Claims {
    let claims = random_claims(rng);
    let scored = maybe(rng, random_scores);
    let scored = scored.map(|scores| claims.with_scores(scores, &rng.random()).unwrap());
    scored.unwrap_or(claims)
}
