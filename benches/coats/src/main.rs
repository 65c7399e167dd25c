//! What a coat costs beside the signature in it, and what the status lists of a million cost.
//!
//! Work and its bare Ed25519 operation are timed in turns, so that whatever else the machine does falls
//! on both; the ratio of a turn counts, and the median of the turns is told.

mod lists;

use anyhow::{Context, Result, ensure};
use skill_ledger::credential::qr::ParsedQr;
use skill_ledger::credential::sd_jwt::ParsedSdJwt;
use skill_ledger::credential::vc::ParsedCredential;
use skill_ledger::credential::{Coat, Material, SealedCoat};
use skill_ledger::domain::score::{Score, Scores};
use skill_ledger::domain::time::Instant as Time;
use skill_ledger::keys::{Ed25519Key, Purpose, Signer, verify_strict};
use skill_ledger::verify::{Known, Outcome, Policy, verify};
use std::hint::black_box;
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

const CERTIFICATE: &[u8] = include_bytes!("../../../tests/fuzz/ledger/certificate.json");
const PROOF: &[u8] = include_bytes!("../../../tests/fuzz/ledger/certificate.tlog-proof");
const TRUST_LIST: &[u8] = include_bytes!("../../../tests/fuzz/ledger/trust-list.json");
/// 2026-11-22T08:00:00Z, when those lists are a day old.
const NOW: Time = Time(1_795_334_400_000_000);
/// Operations of a turn.
const TURN: u32 = 100;

fn main() -> Result<()> {
    let rounds = std::env::args().nth(1).map_or(Ok(21), |it| it.parse())?;
    ensure!(rounds > 0, "at least one round");
    let cores = std::thread::available_parallelism()?.get();
    println!("{rounds} rounds of {TURN}, {cores} cores\n");
    let key = Ed25519Key::from_seed(&Zeroizing::new([1; 32]), Purpose::Certificate);
    let genuine = ParsedCredential::parse(CERTIFICATE)?;
    let material = Material {
        claims: &genuine.claims,
        key: key.key_id(),
        created: genuine.created,
        secret: &[7; 32],
        scores: Scores::new(Some(Score::PASS), Some(Score::PASS), None),
    };
    println!("| coat | bytes | sign | × bare | verify a core | × bare | all cores | × one core |");
    println!("|---|---|---|---|---|---|---|---|");
    for coat in material.coats() {
        coat_row(coat, &material, &key, rounds, cores)?;
    }
    println!();
    whole(rounds, cores)?;
    lists::run(rounds.min(5))
}

fn coat_row(
    coat: Coat,
    material: &Material<'_>,
    key: &Ed25519Key,
    rounds: usize,
    cores: usize,
) -> Result<()> {
    let message = material.prepare(coat)?.bytes_to_sign().to_vec();
    let sealed = material.issue(coat, key)?;
    let public = *key.public_key().as_bytes();
    ensure!(holds(&sealed), "{coat} does not verify");
    let sign = in_turns(
        rounds,
        || material.issue(coat, key).is_ok(),
        || key.sign(Purpose::Certificate, &message).is_ok(),
    );
    let check = in_turns(
        rounds,
        || holds(&sealed),
        || verify_strict(&public, &message, &sealed.signature.0),
    );
    let all = on_all(cores, || holds(&sealed));
    println!(
        "| {coat} | {} | {:.1} µs | {:.2} | {:.1} µs | {:.2} | {:.0}/s | {:.2} |",
        sealed.bytes.len(),
        sign.micros,
        sign.ratio,
        check.micros,
        check.ratio,
        all,
        all * check.micros / 1e6,
    );
    Ok(())
}

/// Form and signature, as `verify` begins.
fn holds(sealed: &SealedCoat) -> bool {
    let bytes = black_box(sealed.bytes.as_slice());
    match sealed.coat {
        Coat::VcJson | Coat::VcJsonRdfc | Coat::VcJsonScores => {
            ParsedCredential::parse(bytes).is_ok_and(|it| it.verify_signature().is_ok())
        }
        Coat::SdJwtVc => ParsedSdJwt::parse(bytes).is_ok_and(|it| it.verify_signature().is_ok()),
        Coat::Qr => ParsedQr::parse(bytes).is_ok_and(|it| it.verify_signature().is_ok()),
    }
}

/// All checks: form, signature, the log's checkpoint and path, accreditation, status.
fn whole(rounds: usize, cores: usize) -> Result<()> {
    let known = Known::gather(NOW, Policy::default(), Some(TRUST_LIST), None, &[]);
    let valid = || verify(black_box(CERTIFICATE), Some(PROOF), &known).outcome == Outcome::Valid;
    ensure!(valid(), "the certificate is not valid");
    let message = [7; 64];
    let key = Ed25519Key::from_seed(&Zeroizing::new([1; 32]), Purpose::Certificate);
    let signature = key
        .sign(Purpose::Certificate, &message)
        .context("signing")?
        .0;
    let public = *key.public_key().as_bytes();
    let bare = || verify_strict(&public, &message, &signature);
    let one = in_turns(rounds, valid, bare);
    let all = on_all(cores, valid);
    println!(
        "All checks of the vc-json with its proof, two signatures: {:.1} µs, {:.2} × one bare \
         verification; on all cores {all:.0}/s.\n",
        one.micros, one.ratio
    );
    Ok(())
}

struct Cost {
    micros: f64,
    ratio: f64,
}

/// The median time of one `work`, and the median over the turns of its ratio to `bare`.
fn in_turns(rounds: usize, work: impl Fn() -> bool, bare: impl Fn() -> bool) -> Cost {
    let (mut times, mut ratios) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        let (work, bare) = (turn(&work), turn(&bare));
        times.push(work.as_secs_f64() * 1e6 / f64::from(TURN));
        ratios.push(work.as_secs_f64() / bare.as_secs_f64());
    }
    Cost {
        micros: median(times),
        ratio: median(ratios),
    }
}

fn turn(work: impl Fn() -> bool) -> Duration {
    let started = Instant::now();
    for _ in 0..TURN {
        assert!(black_box(work()), "it holds every time");
    }
    started.elapsed()
}

fn median(mut of: Vec<f64>) -> f64 {
    of.sort_by(f64::total_cmp);
    of.get(of.len() / 2).copied().unwrap_or(f64::NAN)
}

/// How often a second, with a thread on each core.
fn on_all(cores: usize, work: impl Fn() -> bool + Sync) -> f64 {
    const TURNS: u32 = 20;
    let started = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| (0..TURNS).map(|_| turn(&work)).sum::<Duration>());
        }
    });
    let done = f64::from(TURN * TURNS) * cores as f64;
    done / started.elapsed().as_secs_f64()
}
