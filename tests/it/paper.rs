//! The certificate as PDF, looked at by programs nobody here wrote: poppler-utils and qpdf
//! (`tests/run` installs them).

use crate::support::issued::{Fixture, KINDS, electrician, name};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sha2::{Digest, Sha256};
use skill_ledger::credential::container::badge::{png, svg};
use skill_ledger::credential::container::pdf::{Attachments, InvalidPdf, attachments};
use skill_ledger::credential::qr::{self, Symbol};
use skill_ledger::credential::status_details::CertificateState;
use skill_ledger::credential::trust_list::fingerprint;
use skill_ledger::domain::attainment::Attainment;
use skill_ledger::domain::level::SkillLevel;
use skill_ledger::domain::route::Route;
use skill_ledger::domain::time::Instant;
use skill_ledger::keys::{Purpose, Signer};
use skill_ledger::paper::{CertificatePaper, LogPlace, PaperError, Press, ReportPaper, TrustUsed};
use skill_ledger::tlog::Checkpoint;
use skill_ledger::verify;
use std::path::Path;
use std::process::Command;

/// The QR code of certificate `n`.
fn symbol(fixture: &Fixture, n: usize) -> Symbol {
    let key = &fixture.certificate_key;
    let prepared = qr::prepare(&fixture.issued[n].claims, key.key_id(), fixture.now).unwrap();
    let signature = key
        .sign(Purpose::Certificate, prepared.bytes_to_sign())
        .unwrap();
    let sealed = prepared.seal(signature).unwrap();
    Symbol::of(&qr::text::to_url("ledger.example", &sealed.bytes)).unwrap()
}

/// The sheet of certificate `n`.
pub(crate) fn print(press: &Press, fixture: &Fixture, n: usize) -> Result<Vec<u8>, PaperError> {
    print_with(press, fixture, n, &symbol(fixture, n))
}

pub(crate) fn print_with(
    press: &Press,
    fixture: &Fixture,
    n: usize,
    symbol: &Symbol,
) -> Result<Vec<u8>, PaperError> {
    let proof = fixture.proof(n);
    let body = proof.checkpoint.split_once("\n\n").unwrap().0.to_owned() + "\n";
    let trust = fixture.trust_list();
    press.certificate(&CertificatePaper {
        claims: &fixture.issued[n].claims,
        symbol,
        verify_at: "https://ledger.example/verify",
        vc_json: fixture.bytes(n),
        proof: proof.to_string().as_bytes(),
        trust_list: &fixture.trust_file_of(&trust),
        log: LogPlace {
            position: fixture.issued[n].position,
            logged_at: fixture.now,
            checkpoint: &Checkpoint::parse(&body).unwrap(),
        },
        trust_fingerprint: &fingerprint(&trust.authority.trust_key),
        made_at: fixture.now,
    })
}

/// What a program says of a file, in which it finds nothing to complain of.
pub(crate) fn said(program: &str, args: &[&str], file: &Path) -> String {
    let output = Command::new(program).args(args).arg(file).output();
    let output = output.unwrap_or_else(|e| panic!("{program}: {e}; tests/run installs it"));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program}: {errors}");
    // ISO 32000-1, table 321: Suspects is a boolean. krilla writes false as PDF/UA-1 has it, and
    // pdfinfo of Debian 12 takes only true for one.
    let no_fault = "Syntax Error: Suspects object is wrong type (boolean)";
    let complaints: Vec<&str> = errors.lines().filter(|it| *it != no_fault).collect();
    assert!(complaints.is_empty(), "{program}: {complaints:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The text as poppler reads it, without the spaces of its layout.
pub(crate) fn text_of(pdf: &[u8]) -> String {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("a.pdf");
    std::fs::write(&file, pdf).unwrap();
    said("pdftotext", &[], &file);
    squeezed(&std::fs::read_to_string(file.with_extension("txt")).unwrap())
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn others_read_the_text_the_fonts_and_the_attachments() {
    let fixture = Fixture::with_one();
    let press = Press::new().unwrap();
    let pdf = print(&press, &fixture, 0).unwrap();
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("certificate.pdf");
    std::fs::write(&file, &pdf).unwrap();

    let text = text_of(&pdf);
    let fingerprint = fingerprint(&fixture.trust_list().authority.trust_key);
    for expected in [
        "职业技能等级证书",
        "VOCATIONAL SKILL LEVEL CERTIFICATE",
        "S000033000021263000001",
        "阿依古丽·买买提",
        "居民身份证",
        "****123X",
        "电工",
        "Electrician (6-31-01-03)",
        "三级／高级工",
        "Level 3 / Senior Skilled Worker",
        "GZB 6-31-01-03（2018 年版）",
        "浙江省杭州市西湖区",
        "2026-29",
        "2026年11月1日",
        "2026年11月21日",
        "杭州市第一技能评价中心",
        "52330100MJ12345613",
        "首次签发",
        "ledger.example/log",
        "第 21 位",
        "https://ledger.example/verify",
        &fingerprint,
    ] {
        assert!(text.contains(&squeezed(expected)), "{expected} in {text}");
    }

    let fonts = said("pdffonts", &[], &file);
    let fonts: Vec<&str> = fonts.lines().skip(2).collect();
    assert_eq!(fonts.len(), 2, "{fonts:?}");
    for font in fonts {
        // name, type, encoding, then embedded, subset, with a map to Unicode.
        assert!(font.contains("+NotoSerifCJKsc-"), "{font}");
        assert!(font.contains(" yes yes yes "), "{font}");
    }

    let info = said("pdfinfo", &[], &file);
    assert!(
        info.contains("职业技能等级证书 S000033000021263000001"),
        "{info}"
    );
    assert!(info.contains("841.89 x 595.276 pts (A4)"), "{info}");
    assert!(info.contains("Tagged:          yes"), "{info}");
    let metadata = said("pdfinfo", &["-meta"], &file);
    for expected in [
        "<pdfaid:part>3</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
    ] {
        assert!(metadata.contains(expected), "{expected} in {metadata}");
    }
    assert!(said("qpdf", &["--check"], &file).contains("No syntax or stream encoding errors"));

    let out = directory.path().join("attached");
    std::fs::create_dir(&out).unwrap();
    let into = out.to_str().unwrap();
    said("pdfdetach", &["-saveall", "-o", into], &file);
    let attached = |name: &str| std::fs::read(out.join(name)).unwrap();
    assert_eq!(attached("S000033000021263000001.json"), fixture.bytes(0));
    assert_eq!(
        attached("S000033000021263000001.tlog-proof"),
        fixture.proof_bytes(0)
    );
    assert_eq!(
        attached("trust-list.json"),
        fixture.trust_file_of(&fixture.trust_list())
    );
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), 3);
}

#[test]
fn every_kind_and_every_route_has_its_sheet() {
    let mut fixture = Fixture::new();
    fixture.widen();
    fixture.issue_kinds();
    for (n, route) in Route::ALL.into_iter().enumerate() {
        fixture.issue(|c| {
            c.number = format!("S00003300002126300010{n}").parse().unwrap();
            c.route = route;
            c.issue = 2;
            c.session = None;
            c.attainment = electrician(Some("供配电"), None);
            c.issuer.name.en = None;
        });
    }
    let press = Press::new().unwrap();
    let shown = |n| text_of(&print(&press, &fixture, n).unwrap());
    let expected = [
        ("职业技能等级证书", "特级技师"),
        ("专项职业能力证书", "面点制作"),
        ("微技能证书", "低压回路检测"),
        ("微技能证书", "Low-voltagecircuittesting"),
        ("企业证书", "骨干电工"),
        ("职业技能等级证书", "更正：取代证书Y000033000021263000009"),
    ];
    for (n, (title, says)) in expected.into_iter().enumerate() {
        let text = shown(n);
        assert!(
            text.contains(title) && text.contains(says),
            "{}: {text}",
            KINDS[n].0
        );
        let level = fixture.issued[n].claims.attainment.level();
        assert_eq!(
            text.contains("无等级"),
            level.is_none() && n != 4,
            "{}",
            KINDS[n].0
        );
    }
    for (n, route) in Route::ALL.into_iter().enumerate() {
        let text = shown(KINDS.len() + n);
        assert!(text.contains(route.name_zh()), "{text}");
        assert!(text.contains("补发（第2次签发）") && text.contains("供配电"));
    }
}

#[test]
fn the_longest_claims_are_on_the_sheet_to_the_last_character() {
    let mut fixture = Fixture::new();
    let long = |first: char| -> String {
        let text = "呼和浩特市土默特左旗察素齐镇职业技能等级评价考核中心";
        std::iter::once(first)
            .chain(text.chars().cycle())
            .take(199)
            .chain(['终'])
            .collect()
    };
    let english = |first: char| format!("{first}{}", &"Mechanical ".repeat(20)[..199]);
    let change = |c: &mut skill_ledger::credential::Claims| {
        c.holder.name = long('甲');
        c.holder.document_type = long('乙');
        c.standard.code = long('丙');
        c.standard.edition = long('丁');
        c.region_name = long('戊');
        c.session = Some(long('己'));
        c.issuer.name = name(&long('庚'), &english('A'));
        c.issue = u16::MAX;
        c.supersedes = "S000033000021263000777".parse().ok();
        c.twin = "S000033000021263000778".parse().ok();
    };
    fixture.issue(|c| {
        change(c);
        c.attainment = Attainment::Level {
            occupation: "6-31-01-03".parse().unwrap(),
            occupation_name: name(&long('辛'), &english('B')),
            work_type: Some(long('壬')),
            level: SkillLevel::One,
        };
    });
    fixture.issue(|c| {
        change(c);
        c.attainment = Attainment::Enterprise {
            name: name(&long('辛'), &english('B')),
            grade: long('壬'),
            occupation: "6-31-01-03".parse().unwrap(),
            occupation_name: name(&long('癸'), &english('C')),
        };
    });
    let press = Press::new().unwrap();
    for (n, texts) in ["甲乙丙丁戊己庚辛壬", "甲乙丙丁戊己庚辛壬癸"]
        .into_iter()
        .enumerate()
    {
        let text = text_of(&print(&press, &fixture, n).unwrap());
        for first in texts.chars() {
            assert!(text.contains(&long(first)), "{first} in {text}");
        }
        assert!(text.contains(&squeezed(&english('A'))) && text.contains(&squeezed(&english('B'))));
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_in_every_thread() {
    let fixture = Fixture::with_one();
    let press = Press::new().unwrap();
    let first = print(&press, &fixture, 0).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let again = print(&Press::new().unwrap(), &fixture, 0);
                assert!(again.unwrap() == first);
                assert!(print(&press, &fixture, 0).unwrap() == first);
            });
        }
    });
    let mut later = Fixture::with_one();
    later.now = Instant(later.now.0 + 1_000_000);
    assert!(print(&press, &later, 0).unwrap() != first);
}

#[test]
fn what_cannot_be_printed_is_refused_by_name() {
    let press = Press::new().unwrap();
    let refused = |change: fn(&mut skill_ledger::credential::Claims)| {
        let mut fixture = Fixture::with_one();
        let symbol = symbol(&fixture, 0);
        change(&mut fixture.issued[0].claims);
        print_with(&press, &fixture, 0, &symbol).unwrap_err()
    };
    let missing = |character, field| PaperError::NoGlyph { character, field };
    let of_name = refused(|c| c.holder.name = "王𮧵".into());
    assert_eq!(of_name, missing('𮧵', "holder"));
    let of_body = refused(|c| c.issuer.name.zh = "བོད་中心".into());
    assert_eq!(of_body, missing('བ', "issuer"));
    let claims = refused(|c| c.holder.name = String::new());
    assert_eq!(
        claims.to_string(),
        "claim holder.name cannot stand in a credential"
    );
    for error in [of_name, claims, PaperError::TooLong("holder")] {
        let words = error.words();
        let left = words.zh.contains("paper-") || words.en.contains("paper-");
        assert!(!left, "{words:?}");
    }
}

/// The report on certificate 0 of a ledger.
fn report(press: &Press, fixture: &Fixture, credential: &[u8], proof: Option<&[u8]>) -> Vec<u8> {
    let report = verify::verify(credential, proof, &fixture.known());
    let trust = fixture.trust_list();
    let paper = ReportPaper {
        report: &report,
        file_name: Some("王𮧵的证书 😀.json"),
        file_sha256: Some(Sha256::digest(credential).into()),
        verified_at: fixture.now,
        verifier: Some("某某公司人力资源部"),
        trust: Some(TrustUsed::of(&trust)),
    };
    let pdf = press.report(&paper).unwrap();
    assert!(press.report(&paper).unwrap() == pdf, "the same bytes");
    pdf
}

#[test]
fn a_report_says_what_was_checked_against_what_and_how_it_came_out() {
    let mut fixture = Fixture::with_one();
    let press = Press::new().unwrap();
    let genuine = fixture.bytes(0).to_vec();
    let proof = fixture.proof_bytes(0);
    let valid = text_of(&report(&press, &fixture, &genuine, Some(&proof)));
    for expected in [
        "证书核验报告",
        "有效",
        "各项核验均通过",
        "评价机构签名",
        "通过 passed",
        "某某公司人力资源部",
        "王〔U+2E9F5〕的证书〔U+1F600〕.json",
        &hex::encode(Sha256::digest(&genuine)),
        "浙江省人力资源和社会保障厅",
        "阿依古丽·买买提",
        "三级／高级工",
        "S000033000021263000001",
        "ledger.example/log",
        "第 1 页，共",
    ] {
        assert!(valid.contains(&squeezed(expected)), "{expected} in {valid}");
    }
    assert!(
        !valid.contains("未通过") || valid.contains("未签名"),
        "{valid}"
    );

    let unknown = text_of(&report(&press, &fixture, &genuine, None));
    assert!(
        unknown.contains("尚不能认定有效") && unknown.contains("notchecked"),
        "{unknown}"
    );

    fixture.set_state(0, CertificateState::Revoked);
    let revoked = text_of(&report(&press, &fixture, &genuine, Some(&proof)));
    assert!(
        revoked.contains("不应采信") && revoked.contains("未通过failed"),
        "{revoked}"
    );

    // A bad signature hides what the certificate says.
    let forged = String::from_utf8(genuine)
        .unwrap()
        .replacen("阿依古丽", "阿依古力", 1);
    let forged = text_of(&report(&press, &fixture, forged.as_bytes(), Some(&proof)));
    assert!(
        forged.contains("不应采信") && !forged.contains("阿依古"),
        "{forged}"
    );
}

#[test]
fn what_we_put_in_is_read_back_also_after_others_rewrote_the_file() {
    let fixture = Fixture::with_one();
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("a.pdf");
    std::fs::write(&file, print(&Press::new().unwrap(), &fixture, 0).unwrap()).unwrap();
    let expected = Attachments {
        credential: Some(fixture.bytes(0).to_vec()),
        proof: Some(fixture.proof_bytes(0)),
        trust_list: Some(fixture.trust_file_of(&fixture.trust_list())),
    };
    let read = |path: &Path| attachments(&std::fs::read(path).unwrap());
    assert_eq!(read(&file), Ok(expected.clone()));
    let rewritten = directory.path().join("b.pdf");
    for options in [
        &["--object-streams=generate"][..],
        &["--object-streams=disable", "--stream-data=uncompress"],
        &["--linearize"],
        &["--qdf"],
    ] {
        let done = Command::new("qpdf")
            .args(options)
            .arg(&file)
            .arg(&rewritten)
            .status();
        assert!(done.unwrap().success());
        assert_eq!(read(&rewritten), Ok(expected.clone()), "{options:?}");
    }
    let done = Command::new("qpdf")
        .args(["--encrypt", "", "owner", "256", "--"])
        .arg(&file)
        .arg(&rewritten)
        .status();
    assert!(done.unwrap().success());
    assert_eq!(read(&rewritten), Err(InvalidPdf::Encrypted));
    // What another program attaches is passed over, and a second certificate is refused.
    for (name, expected) in [
        ("c.txt", Ok(expected)),
        ("c.json", Err(InvalidPdf::Ambiguous)),
    ] {
        let other = directory.path().join(name);
        std::fs::write(&other, "{}").unwrap();
        let done = Command::new("qpdf")
            .arg(&file)
            .arg("--add-attachment")
            .arg(&other)
            .arg("--")
            .arg(&rewritten)
            .status();
        assert!(done.unwrap().success());
        assert_eq!(read(&rewritten), expected, "{name}");
    }
}

#[test]
fn ten_thousand_damaged_files_do_no_harm() {
    let fixture = Fixture::with_one();
    let plain = print(&Press::new().unwrap(), &fixture, 0).unwrap();
    let directory = tempfile::tempdir().unwrap();
    let (file, packed) = (
        directory.path().join("a.pdf"),
        directory.path().join("b.pdf"),
    );
    std::fs::write(&file, &plain).unwrap();
    let done = Command::new("qpdf")
        .arg("--object-streams=generate")
        .args([&file, &packed])
        .status();
    assert!(done.unwrap().success());
    let files = [plain, std::fs::read(&packed).unwrap()];
    let mut chance = ChaCha8Rng::seed_from_u64(20_261_123);
    let mut unharmed = 0;
    for n in 0..10_000 {
        let mut bytes = files[n % 2].clone();
        for _ in 0..=chance.random_range(0..4) {
            let at = chance.random_range(0..bytes.len());
            match chance.random_range(0..6) {
                0 => bytes[at] ^= 1 << chance.random_range(0..8),
                1 => bytes[at] = chance.random(),
                2 => bytes.truncate(at.max(8)),
                3 => {
                    let end = (at + chance.random_range(1..200)).min(bytes.len());
                    bytes.drain(at..end);
                }
                4 => {
                    let end = (at + chance.random_range(1..2000)).min(bytes.len());
                    let part = bytes[at..end].to_vec();
                    let to = chance.random_range(0..bytes.len());
                    bytes.splice(to..to, part);
                }
                // Digits: offsets, lengths, counts.
                _ => {
                    let from = bytes[at..].iter().position(u8::is_ascii_digit);
                    if let Some(digit) = from {
                        bytes[at + digit] = b'0' + chance.random_range(0..10_u8);
                    }
                }
            }
        }
        if let Ok(found) = attachments(&bytes) {
            unharmed += 1;
            let bounded = |it: Option<Vec<u8>>| it.is_none_or(|it| it.len() < 1 << 20);
            assert!(bounded(found.credential) && bounded(found.proof));
        }
    }
    // Most damage is to the page, at which nobody looks here.
    assert!((1_000..9_900).contains(&unharmed), "{unharmed}");
}

#[test]
fn a_badge_holds_the_credential_and_names_nobody() {
    let press = Press::new().unwrap();
    let mut fixture = Fixture::with_one();
    fixture.issue_kinds();
    for n in 0..fixture.issued.len() {
        let claims = &fixture.issued[n].claims;
        let credential = std::str::from_utf8(fixture.bytes(n)).unwrap();
        let drawn = press.badge_svg(claims, credential).unwrap();
        assert_eq!(svg::read(&drawn).unwrap().unwrap(), credential);
        assert_eq!(drawn, press.badge_svg(claims, credential).unwrap());
        let pixels = press.badge_png(claims, credential).unwrap();
        assert_eq!(png::read(&pixels).unwrap().unwrap(), credential);
        // Only outlines: nothing of it depends on the reader's fonts, and the holder is in the
        // credential alone.
        let picture = String::from_utf8(drawn).unwrap().replace(credential, "");
        assert!(!picture.contains("<text") && !picture.contains(&claims.holder.name));
    }
    let mut claims = fixture.issued[0].claims.clone();
    claims.issuer.name.zh = "评价中心\u{1f600}".into();
    let error = press.badge_svg(&claims, "{}").unwrap_err();
    let character = '\u{1f600}';
    let field = "issuer.name";
    assert_eq!(error, PaperError::NoGlyph { character, field });
}
