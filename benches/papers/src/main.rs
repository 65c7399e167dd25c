//! How many certificates a second are printed as PDF, by one thread and by all of them, and whether
//! memory grows with their number. The sheets are of made-up people and differ in name and number.

use anyhow::{Context, Result};
use skill_ledger::credential::claims::{Claims, Holder, Issuer, StatusPlace};
use skill_ledger::credential::container::pdf::attachments;
use skill_ledger::credential::did::Did;
use skill_ledger::credential::qr::{self, Symbol};
use skill_ledger::credential::vc;
use skill_ledger::domain::attainment::Attainment;
use skill_ledger::domain::level::SkillLevel;
use skill_ledger::domain::name::Name;
use skill_ledger::domain::route::Route;
use skill_ledger::domain::session::event::{Standard, StandardKind};
use skill_ledger::domain::time::Instant as Moment;
use skill_ledger::keys::{Ed25519Key, Purpose, Signer};
use skill_ledger::paper::{CertificatePaper, LogPlace, Press};
use skill_ledger::tlog::{Checkpoint, leaf_hash};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use uuid::Builder;
use zeroize::Zeroizing;

/// 2026-11-22T08:00:00Z.
const NOW: Moment = Moment(1_795_334_400_000_000);
const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧";
const GIVEN: &str = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国";

/// Everything of one sheet that is made before it is printed.
struct Ready {
    claims: Claims,
    symbol: Symbol,
    vc_json: Vec<u8>,
}

fn main() -> Result<()> {
    let sheets = match std::env::args().nth(1) {
        Some(count) => count.parse().context("SHEETS is a number")?,
        None => 5_000,
    };
    let threads = std::thread::available_parallelism()?.get();
    let trust_list = padded("trust list", 20_000);
    let proof = padded("proof", 1_500);
    let begun = Instant::now();
    let ready = (0..200).map(prepare).collect::<Result<Vec<_>>>()?;
    println!(
        "made ready: {} certificates in {:.1?}",
        ready.len(),
        begun.elapsed()
    );
    let begun = Instant::now();
    let press = Press::new()?;
    println!("press set up in {:.1?}; {}", begun.elapsed(), memory());
    let head = Checkpoint {
        origin: "ledger.example/log".to_owned(),
        size: 1_000_000,
        root: leaf_hash(b"root"),
        extensions: Vec::new(),
    };
    let print = |n: usize| -> Result<Vec<u8>> {
        let it = &ready[n % ready.len()];
        Ok(press.certificate(&CertificatePaper {
            claims: &it.claims,
            symbol: &it.symbol,
            verify_at: "https://ledger.example/verify",
            vc_json: &it.vc_json,
            proof: &proof,
            trust_list: &trust_list,
            log: LogPlace {
                position: 1_000 + n as u64,
                logged_at: NOW,
                checkpoint: &head,
            },
            trust_fingerprint: &"0123456789abcdef".repeat(4),
            made_at: NOW,
        })?)
    };
    let first = print(0)?;
    println!("one sheet: {} bytes", first.len());
    let begun = Instant::now();
    for _ in 0..1_000 {
        attachments(&first)?;
    }
    let each = begun.elapsed() / 1_000;
    println!("attachments of one sheet read in {each:.1?}");
    for threads in [1, threads] {
        let next = AtomicUsize::new(0);
        let begun = Instant::now();
        std::thread::scope(|scope| {
            let work = || -> Result<usize> {
                let mut bytes = 0;
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= sheets {
                        return Ok(bytes);
                    }
                    bytes += print(n)?.len();
                    if n == sheets / 10 {
                        println!("  after a tenth: {}", memory());
                    }
                }
            };
            let all: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            for one in all {
                one.join()
                    .map_err(|_| anyhow::anyhow!("a thread stopped"))??;
            }
            anyhow::Ok(())
        })?;
        let took = begun.elapsed();
        let rate = sheets as f64 / took.as_secs_f64();
        println!(
            "{threads} threads: {sheets} sheets in {took:.1?}, {rate:.0} a second; {}",
            memory()
        );
    }
    Ok(())
}

fn key() -> Ed25519Key {
    Ed25519Key::from_seed(&Zeroizing::new([1; 32]), Purpose::Certificate)
}

fn prepare(n: usize) -> Result<Ready> {
    let pick = |from: &str, n: usize| from.chars().nth(n % 30).unwrap_or('某');
    let name = [
        pick(SURNAMES, n),
        pick(GIVEN, n / 3),
        pick(GIVEN, n * 7 + 5),
    ];
    let did = Did::of_body(
        "ledger.example",
        Builder::from_random_bytes([7; 16]).into_uuid(),
    )?;
    let claims = Claims {
        credential_id: Builder::from_random_bytes((n as u128).to_be_bytes()).into_uuid(),
        number: format!("S000033000021263{:06}", n + 1).parse()?,
        holder: Holder {
            name: name.iter().collect(),
            document_type: "居民身份证".into(),
            document_last4: format!("{:04}", n % 10_000),
        },
        attainment: Attainment::Level {
            occupation: "6-31-01-03".parse()?,
            occupation_name: named("电工", "Electrician"),
            work_type: Some("供配电".into()),
            level: SkillLevel::Three,
        },
        route: Route::Assessment,
        standard: Standard {
            kind: StandardKind::National,
            code: "GZB 6-31-01-03".into(),
            edition: "2018".into(),
        },
        region: "330106".parse()?,
        region_name: "浙江省杭州市西湖区".into(),
        issuer: Issuer {
            did,
            name: named(
                "杭州市第一技能评价中心",
                "Hangzhou First Skills Assessment Centre",
            ),
            credit_code: "52330100MJ12345613".parse()?,
        },
        session: Some("2026-29".into()),
        assessed_on: "2026-11-01".parse()?,
        issued_on: NOW.date_in_china(),
        issue: 1,
        supersedes: None,
        twin: None,
        status: StatusPlace {
            list: 1,
            index: n as u32,
        },
        results: None,
    };
    let key = key();
    let vc_json = vc::issue(&claims, NOW, &key)?.document_bytes;
    let prepared = qr::prepare(&claims, key.key_id(), NOW)?;
    let signature = key.sign(Purpose::Certificate, prepared.bytes_to_sign())?;
    let sealed = prepared.seal(signature)?;
    let symbol = Symbol::of(&qr::text::to_url("ledger.example", &sealed.bytes))?;
    Ok(Ready {
        claims,
        symbol,
        vc_json,
    })
}

fn named(zh: &str, en: &str) -> Name {
    Name {
        zh: zh.into(),
        en: Some(en.into()),
    }
}

/// Bytes that compress about as JSON with hashes in it does.
fn padded(what: &str, bytes: usize) -> Vec<u8> {
    let mut text = Vec::new();
    let mut last = leaf_hash(what.as_bytes());
    while text.len() < bytes {
        text.extend(format!("{{\"{what}\":\"{last:02x?}\"}}").into_bytes());
        last = leaf_hash(&last);
    }
    text.truncate(bytes);
    text
}

/// The memory the process holds, as Linux counts it.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let held = status.lines().find(|line| line.starts_with("VmRSS:"));
    held.unwrap_or("memory unknown")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
