//! The event that everybody stores: the same 600 bytes of JSON, in the same streams.

use anyhow::{Context as _, Result};
use serde::Deserialize;
use std::fmt::Write as _;
use std::sync::LazyLock;
use uuid::{Builder, Uuid};

/// Bytes of a payload.
pub const BYTES: usize = 600;
/// The type of every event.
pub const TYPE: &str = "worker.noted";
/// Streams of one block of a filled store.
pub const BLOCK_STREAMS: u64 = 500;
/// Events of each stream of a filled store.
pub const STREAM_EVENTS: u64 = 20;
/// Events of one block.
pub const BLOCK_EVENTS: u64 = BLOCK_STREAMS * STREAM_EVENTS;

/// One event, by numbers.
#[derive(Clone, Copy, Debug)]
pub struct Event {
    /// Its own number.
    pub n: u64,
    /// The number of its stream.
    pub stream: u64,
    /// Its place in the stream, from 1.
    pub version: u64,
}

/// Event `version` of a stream of a filled store. The events of a stream lie 500 apart, as they
/// do in a ledger in which many people's facts arrive at once.
pub fn filled(stream: u64, version: u64) -> Event {
    let (block, place) = (stream / BLOCK_STREAMS, stream % BLOCK_STREAMS);
    Event {
        n: block * BLOCK_EVENTS + (version - 1) * BLOCK_STREAMS + place,
        stream,
        version,
    }
}

/// What 20 events of a stream of a filled store add up to.
pub fn filled_sum(stream: u64) -> u64 {
    (1..=STREAM_EVENTS).map(|v| filled(stream, v).n).sum()
}

/// Bits that look random and are the same in every run (splitmix64).
pub fn scattered(number: u64) -> u64 {
    let mut bits = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// A UUID v7 that grows with `number`, eight of them in a millisecond.
fn growing(number: u64, kind: u64) -> Uuid {
    const NOVEMBER_2026: u64 = 1_795_000_000_000;
    let mut random = [0; 10];
    random[..8].copy_from_slice(&scattered(number ^ kind).to_be_bytes());
    random[8..].copy_from_slice(&scattered(kind.wrapping_add(number)).to_be_bytes()[..2]);
    Builder::from_unix_timestamp_millis(NOVEMBER_2026 + number / 8, &random).into_uuid()
}

/// The id of a stream.
pub fn stream_id(stream: u64) -> Uuid {
    growing(stream, 1 << 60)
}

/// The id of an event.
pub fn event_id(n: u64) -> Uuid {
    growing(n, 2 << 60)
}

/// The id of the command that an event came from.
pub fn command_id(n: u64) -> Uuid {
    growing(n, 3 << 60)
}

/// Numbers are written above this one, so that every payload has the same length.
const BASE: u64 = 1_000_000_000_000;

/// Hexadecimal digits that look random. Every payload takes its own piece of them, so that making
/// one costs little beside storing it.
static DIGITS: LazyLock<String> = LazyLock::new(|| {
    let words = (0..1_024).map(|word| format!("{:016x}", scattered(word)));
    words.collect()
});

/// The payload of event `n`: `{"data":{"n":…,"text":"…"},"salt":"…"}`, compact.
pub fn payload(n: u64) -> String {
    const SALT: usize = 32;
    const TAIL: usize = "\"},\"salt\":\"\"}".len() + SALT;
    let mut text = String::with_capacity(BYTES);
    // Writing to memory does not fail.
    let _ = write!(text, "{{\"data\":{{\"n\":{},\"text\":\"", BASE + n);
    let from = scattered(n) as usize % (DIGITS.len() - BYTES);
    text.push_str(&DIGITS[from + SALT..from + BYTES - text.len() - TAIL + SALT]);
    text.push_str("\"},\"salt\":\"");
    text.push_str(&DIGITS[from..from + SALT]);
    text.push_str("\"}");
    text
}

#[derive(Deserialize)]
struct Payload {
    data: Data,
}
#[derive(Deserialize)]
struct Data {
    n: u64,
}

/// The number in a payload, the whole JSON being read.
pub fn number(payload: &[u8]) -> Result<u64> {
    let read: Payload = serde_json::from_slice(payload).context("a payload cannot be read")?;
    Ok(read.data.n - BASE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_payload_has_its_length_and_its_number() {
        for n in [0, 1, 999, 123_456_789] {
            let payload = payload(n);
            assert_eq!(payload.len(), BYTES);
            assert_eq!(number(payload.as_bytes()).unwrap(), n);
        }
    }

    #[test]
    fn a_filled_store_has_every_number_once() {
        let streams = 0..2 * BLOCK_STREAMS;
        let numbers = streams.flat_map(|s| (1..=STREAM_EVENTS).map(move |v| filled(s, v).n));
        let mut numbers: Vec<u64> = numbers.collect();
        numbers.sort_unstable();
        assert!(numbers.into_iter().eq(0..2 * BLOCK_EVENTS));
    }
}
