//! Readers of QR codes and of what is in them that nobody here wrote, over ours: `zxing-cpp`, `pycose` and
//! `cwt` (PyPI), over symbols drawn here and over sheets that poppler drew.

use crate::paper::print_with;
use crate::support::issued::{Fixture, KINDS, name};
use crate::support::outside::{here, installed};
use coset::{CoseSign1, TaggedCborSerializable};
use rand::seq::index::sample;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Map, Value, json};
use skill_ledger::credential::Coat;
use skill_ledger::credential::did::Did;
use skill_ledger::credential::qr::symbol::{ErrorLevel, QUIET_ZONE, Symbol};
use skill_ledger::credential::qr::text::{from_text, to_url};
use skill_ledger::domain::attainment::Attainment;
use skill_ledger::domain::level::SkillLevel;
use skill_ledger::keys::Signer;
use skill_ledger::paper::Press;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use uuid::Uuid;

const BODY: Uuid = Uuid::from_u128(0xb0d7);
/// Places in [`world`]; the [`KINDS`] follow.
const TYPICAL: usize = 0;
const LONG: usize = 1;
const LONGEST: usize = 2;
const FIRST_KIND: usize = 3;

/// A body with certificates: one as most are; one as long as a symbol holds whole; one whose texts are
/// all as long as texts may be; one of every kind.
fn world() -> Fixture {
    let mut fixture = Fixture::new();
    fixture.issue(|c| {
        c.issuer.did = Did::of_body("skills.zhejiang.example", BODY).unwrap();
        c.issuer.name = name("杭州市钱塘江职业技能评价中心一", "Assessment Centre One");
        c.holder.name = "欧阳雪".into();
        c.attainment = Attainment::Level {
            occupation: "6-31-01-03".parse().unwrap(),
            occupation_name: name("工业机器人操作员", "Industrial Robot Operator"),
            work_type: None,
            level: SkillLevel::Three,
        };
    });
    fixture.issue(|c| {
        c.issuer.name = name(&"呼和浩特市土默特左旗察素齐镇".repeat(4), "Centre");
        c.holder.name = "阿卜杜热合曼·买买提吐尔逊江".repeat(3);
        c.holder.document_type = "外国人永久居留身份证明".into();
        c.session = Some("二〇二六年第二十九批".repeat(6));
        c.attainment = Attainment::Level {
            occupation: "6-31-01-03".parse().unwrap(),
            occupation_name: name(&"工业机器人系统操作员".repeat(4), "Operator"),
            work_type: Some("焊接".repeat(19)),
            level: SkillLevel::Three,
        };
    });
    fixture.issue(|c| {
        let long = "𠮷".repeat(200);
        c.issuer.name = name(&long, "Centre");
        c.holder.name.clone_from(&long);
        c.holder.document_type.clone_from(&long);
        c.session = Some(long.clone());
        c.number = "9".repeat(40).parse().unwrap();
        c.supersedes = "8".repeat(40).parse().ok();
        c.twin = "7".repeat(40).parse().ok();
        c.attainment = Attainment::Enterprise {
            name: name(&long, "Certificate"),
            grade: long.clone(),
            occupation: "6-31-01-03".parse().unwrap(),
            occupation_name: name(&long, "Occupation"),
        };
    });
    fixture.widen();
    fixture.issue_kinds();
    fixture
}

fn text(fixture: &Fixture, n: usize) -> String {
    let host = fixture.issued[n].claims.issuer.did.host();
    to_url(host, fixture.coat(n, Coat::Qr))
}

/// The symbol and its quiet zone, `pixels` a module, as a PGM file.
fn draw(symbol: &Symbol, pixels: usize, file: &Path) {
    let side = (symbol.side() + 2 * QUIET_ZONE) * pixels;
    let dark = |pixel: usize| {
        let module = |at: usize| (at / pixels).checked_sub(QUIET_ZONE);
        let place = module(pixel % side).zip(module(pixel / side));
        place.is_some_and(|(column, row)| symbol.is_dark(column, row))
    };
    let mut bytes = format!("P5 {side} {side} 255\n").into_bytes();
    bytes.extend((0..side * side).map(|pixel| if dark(pixel) { 0 } else { 255 }));
    std::fs::write(file, bytes).unwrap();
}

/// What they answer to these requests.
fn ask(requests: &[Value]) -> Vec<Value> {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("requests");
    let lines: String = requests.iter().map(|it| format!("{it}\n")).collect();
    std::fs::write(&file, lines).unwrap();
    let output = Command::new(installed().join("venv/bin/python"))
        .arg(here().join("qr.py"))
        .stdin(File::open(&file).unwrap())
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let text = String::from_utf8(output.stdout).unwrap();
    let answers: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), requests.len());
    answers
}

fn decode(file: &Path, change: &str) -> Value {
    json!({"decode": file, "change": change})
}
fn cose(fixture: &Fixture, bytes: &[u8]) -> Value {
    let key = fixture.certificate_key.public_key();
    json!({"cose": hex::encode(bytes), "key": hex::encode(key.as_bytes())})
}
/// Asserts that one QR code was found, with exactly this text.
fn assert_reads(answer: &Value, text: &str, level: ErrorLevel, what: &str) {
    let level = format!("{level:?}");
    let expected = json!({"found": [{"text": text, "format": "QRCode", "level": level}]});
    assert!(*answer == expected, "{what}: {answer}");
}

/// The claims of certificate `n` as `docs/formats.md` has them.
fn expected(fixture: &Fixture, n: usize, attainment: Value) -> Value {
    let issued = &fixture.issued[n];
    let claims = &issued.claims;
    let kind = match claims.holder.document_type.as_str() {
        "居民身份证" => json!(1),
        words => json!(words),
    };
    let mut certificate = Map::new();
    let mut put = |key: u8, value: Value| {
        certificate.insert(key.to_string(), value);
    };
    put(1, json!(claims.issuer.did.host()));
    put(2, json!("0000000000000000000000000000b0d7"));
    put(3, json!(claims.number.as_str()));
    if n != LONGEST {
        put(4, json!(claims.holder.name));
        put(5, kind);
        put(10, json!(claims.issuer.name.zh));
        put(11, json!(claims.session));
    }
    put(6, json!("123X"));
    put(7, attainment);
    put(8, json!(if n == FIRST_KIND { 5 } else { 1 }));
    put(9, json!(330_106));
    // 2026-11-01 and 2026-11-21.
    put(12, json!(20_758));
    put(13, json!(20_778));
    for (key, number) in [(15, &claims.supersedes), (16, &claims.twin)] {
        if let Some(number) = number {
            put(key, json!(number.as_str()));
        }
    }
    put(17, json!([1, claims.status.index]));
    put(18, json!(hex::encode(&issued.sealed.unsigned_sha256[..16])));
    // 2026-11-21T08:00:00Z.
    json!({"6": 1_795_248_000, "7": claims.credential_id.simple().to_string(), "-65537": certificate})
}

#[test]
fn others_read_every_symbol_and_verify_what_is_in_it() {
    let fixture = world();
    let longest = "𠮷".repeat(200);
    let occupation = "工业机器人系统操作员".repeat(4);
    let attained = [
        json!([1, 6_310_103, "工业机器人操作员", 3]),
        json!([1, 6_310_103, occupation, 3, "焊接".repeat(19)]),
        json!([4, longest, longest, 6_310_103, longest]),
        json!([1, 6_310_103, "电工", 6]),
        json!([2, "ZX-2026-017", "面点制作"]),
        json!([3, "WX-3", "低压回路检测", 6_310_103]),
        json!([3, "WX-3", "低压回路检测"]),
        json!([4, "某某重工技能证书", "骨干电工", 6_310_103, "电工"]),
        json!([1, 6_310_103, "电工", 3]),
    ];
    assert_eq!(attained.len(), FIRST_KIND + KINDS.len());
    let directory = tempfile::tempdir().unwrap();
    let symbols: Vec<Symbol> = (0..attained.len())
        .map(|n| Symbol::of(&text(&fixture, n)).unwrap())
        .collect();
    let pictures: Vec<Value> = symbols
        .iter()
        .enumerate()
        .map(|(n, symbol)| {
            let file = directory.path().join(format!("{n}.pgm"));
            draw(symbol, 3, &file);
            decode(&file, "none")
        })
        .collect();
    let mut requests = Vec::new();
    for (n, answer) in ask(&pictures).iter().enumerate() {
        let text = text(&fixture, n);
        assert_reads(answer, &text, symbols[n].level(), &format!("{n}"));
        // What was read, not what was drawn, goes on to the next reader.
        let read = answer["found"][0]["text"].as_str().unwrap();
        requests.push(cose(&fixture, &from_text(read).unwrap()));
    }
    for (n, (answer, attained)) in ask(&requests).iter().zip(attained).enumerate() {
        let claims = expected(&fixture, n, attained);
        for library in ["pycose", "cwt"] {
            assert_eq!(answer[library], claims, "{library}, certificate {n}");
        }
    }
    let size = |n: usize| (symbols[n].side(), symbols[n].level());
    let (side, level) = size(TYPICAL);
    assert!(side <= 77 && level == ErrorLevel::M, "{side} {level:?}");
    assert_eq!(size(LONG), (121, ErrorLevel::M));
    assert_eq!(size(LONGEST), (177, ErrorLevel::L));
    for (n, (kind, ..)) in KINDS.iter().enumerate() {
        let (side, level) = size(FIRST_KIND + n);
        assert!(side <= 81 && level == ErrorLevel::M, "{kind}: {side}");
    }
}

#[test]
fn others_read_it_off_the_sheet_as_another_program_draws_it() {
    let fixture = world();
    let press = Press::new().unwrap();
    let directory = tempfile::tempdir().unwrap();
    let mut cases = Vec::new();
    for n in 0..fixture.issued.len() {
        let text = text(&fixture, n);
        let symbol = Symbol::of(&text).unwrap();
        let pdf = directory.path().join(format!("{n}.pdf"));
        std::fs::write(&pdf, print_with(&press, &fixture, n, &symbol).unwrap()).unwrap();
        for dpi in [150, 300] {
            let picture = directory.path().join(format!("{n}-{dpi}"));
            let done = Command::new("pdftoppm")
                .args(["-gray", "-singlefile", "-r", &dpi.to_string()])
                .args([&pdf, &picture])
                .status();
            assert!(done.unwrap().success(), "pdftoppm; tests/run installs it");
            cases.push((text.clone(), symbol.level(), picture.with_extension("pgm")));
        }
    }
    let requests: Vec<Value> = cases.iter().map(|it| decode(&it.2, "none")).collect();
    for (answer, (text, level, file)) in ask(&requests).iter().zip(&cases) {
        assert_reads(answer, text, *level, &file.display().to_string());
    }
}

#[test]
fn others_read_it_turned_tilted_blurred_in_bad_light_and_damaged() {
    let fixture = world();
    let directory = tempfile::tempdir().unwrap();
    let changes = [
        "rotated 7",
        "rotated 200",
        "tilted",
        "blurred",
        "noisy",
        "small",
        "photographed",
        "spotted",
        "hidden",
    ];
    let files: Vec<PathBuf> = (0..fixture.issued.len())
        .map(|n| {
            let file = directory.path().join(format!("{n}.pgm"));
            draw(&Symbol::of(&text(&fixture, n)).unwrap(), 6, &file);
            file
        })
        .collect();
    let requests: Vec<Value> = files
        .iter()
        .flat_map(|file| changes.map(|change| decode(file, change)))
        .collect();
    for (n, answers) in ask(&requests).chunks(changes.len()).enumerate() {
        let text = text(&fixture, n);
        let level = Symbol::of(&text).unwrap().level();
        for (answer, change) in answers.iter().zip(changes) {
            match change {
                // More than any symbol can lose: these readers do not guess.
                "hidden" => assert_eq!(*answer, json!({"found": []})),
                _ => assert_reads(answer, &text, level, &format!("{n} {change}")),
            }
        }
    }
}

/// 200 changed copies: 60 with one bit turned in the protected header, in the claims and in the signature
/// each, 20 cut short.
fn mutants(whole: &[u8]) -> Vec<Vec<u8>> {
    let mut chance = ChaCha8Rng::seed_from_u64(20_261_123);
    let message = CoseSign1::from_tagged_slice(whole).unwrap();
    let parts = [
        message.protected.original_data.unwrap(),
        message.payload.unwrap(),
        message.signature,
    ];
    let mut mutants = Vec::new();
    for part in parts {
        let mut places = whole.windows(part.len());
        let start = places.position(|it| it == part).unwrap();
        for bit in sample(&mut chance, part.len() * 8, 60) {
            let mut mutant = whole.to_vec();
            mutant[start + bit / 8] ^= 1 << (bit % 8);
            mutants.push(mutant);
        }
    }
    for _ in 0..20 {
        mutants.push(whole[..chance.random_range(0..whole.len())].to_vec());
    }
    mutants
}

#[test]
fn others_refuse_it_changed() {
    let mut fixture = world();
    let whole = fixture.coat(TYPICAL, Coat::Qr).to_vec();
    let mutants = mutants(&whole);
    assert_eq!(mutants.len(), 200);
    let mut requests: Vec<Value> = mutants.iter().map(|it| cose(&fixture, it)).collect();
    requests.push(cose(&fixture, &whole));
    // The claims of one with the signature of another.
    let other = fixture.coat(FIRST_KIND, Coat::Qr);
    let signature = other.len() - 64;
    let mixed = [&whole[..whole.len() - 64], &other[signature..]].concat();
    requests.push(cose(&fixture, &mixed));
    // Under another key.
    std::mem::swap(&mut fixture.certificate_key, &mut fixture.status_key);
    requests.push(cose(&fixture, &whole));
    for (n, answer) in ask(&requests).iter().enumerate() {
        for library in ["pycose", "cwt"] {
            let accepted = !answer[library].is_null();
            assert_eq!(accepted, n == mutants.len(), "{library}, request {n}");
        }
    }
}
