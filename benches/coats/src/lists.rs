//! Status lists of 1,048,576 certificates: eight of 131,072, one in a hundred ended.

use anyhow::{Result, ensure};
use skill_ledger::credential::Did;
use skill_ledger::credential::status_list::{
    ParsedStatusList, SIZE, StatusBits, StatusIndexes, StatusList, StatusPurpose,
};
use skill_ledger::credential::token_status_list::{
    ParsedTokenStatusList, TokenStatusList, TokenStatuses,
};
use skill_ledger::domain::time::Instant as Time;
use skill_ledger::keys::{Ed25519Key, Purpose};
use std::time::Instant;
use zeroize::Zeroizing;

const LISTS: u32 = 8;
const ENDED_ONE_IN: u32 = 100;
const FROM: Time = Time(1_795_248_000_000_000);
const UNTIL: Time = Time(1_795_852_800_000_000);

pub fn run(rounds: usize) -> Result<()> {
    let key = Ed25519Key::from_seed(&Zeroizing::new([2; 32]), Purpose::Status);
    let did: Did = "did:web:ledger.example:bodies:00000000-0000-4000-8000-00000000b0d7".parse()?;
    let bits: Vec<StatusBits> = (0..LISTS).map(|n| ended(n as u8)).collect();
    println!(
        "| {} entries in {LISTS} lists | bytes | encode and sign | decode and verify |",
        SIZE * LISTS
    );
    println!("|---|---|---|---|");
    let mut best = [(f64::MAX, f64::MAX, 0); 2];
    for _ in 0..rounds {
        let started = Instant::now();
        let mut signed = Vec::new();
        for (n, bits) in (1..).zip(&bits) {
            let list = StatusList {
                did: did.clone(),
                list: n,
                purpose: StatusPurpose::Revocation,
                valid_from: FROM,
                valid_until: UNTIL,
                bits: bits.clone(),
            };
            signed.push(list.sign(FROM, &key)?);
        }
        let encoded = started.elapsed().as_secs_f64();
        let started = Instant::now();
        for (bytes, bits) in signed.iter().zip(&bits) {
            let parsed = ParsedStatusList::parse(bytes)?;
            parsed.verify_signature()?;
            ensure!(parsed.list.bits == *bits, "another list was read");
        }
        keep(
            &mut best[0],
            encoded,
            started.elapsed().as_secs_f64(),
            signed.iter().map(Vec::len).sum(),
        );

        let started = Instant::now();
        let mut signed = Vec::new();
        for (n, bits) in (1..).zip(&bits) {
            let list = TokenStatusList {
                did: did.clone(),
                list: n,
                valid_from: FROM,
                valid_until: UNTIL,
                statuses: TokenStatuses::of(bits, &StatusBits::default()),
            };
            signed.push(list.sign(&key)?);
        }
        let encoded = started.elapsed().as_secs_f64();
        let started = Instant::now();
        for (token, bits) in signed.iter().zip(&bits) {
            let parsed = ParsedTokenStatusList::parse(token.as_bytes())?;
            parsed.verify_signature()?;
            let same = parsed.list.statuses == TokenStatuses::of(bits, &StatusBits::default());
            ensure!(same, "another list was read");
        }
        keep(
            &mut best[1],
            encoded,
            started.elapsed().as_secs_f64(),
            signed.iter().map(String::len).sum(),
        );
    }
    for (name, (encode, decode, bytes)) in [
        "Bitstring Status List (gzip, 1 bit)",
        "Token Status List (zlib, 2 bits)",
    ]
    .into_iter()
    .zip(best)
    {
        println!(
            "| {name} | {bytes} | {:.1} ms | {:.1} ms |",
            encode * 1e3,
            decode * 1e3
        );
    }
    Ok(())
}

/// The best of the rounds: what the work costs when nothing else runs.
fn keep(best: &mut (f64, f64, usize), encode: f64, decode: f64, bytes: usize) {
    *best = (best.0.min(encode), best.1.min(decode), bytes);
}

fn ended(seed: u8) -> StatusBits {
    let indexes = StatusIndexes::new([seed; 32]);
    let mut bits = StatusBits::default();
    (0..SIZE / ENDED_ONE_IN)
        .filter_map(|n| indexes.at(n))
        .for_each(|index| bits.set(index));
    bits
}
