//! Every life of the log's keys against every set of signers of a head: a head counts by a key that was
//! in use at its size and is not void there. And what a thief of one key alone gets: nothing.

use super::*;
use crate::support::issued::vkey;
use skill_ledger::keys::Ed25519Key;
use skill_ledger::tlog::log_keys::LogKey;

/// Where the certificate stands, and the size of the head that proves it.
const PLACE: u64 = 30;
const SIZE: u64 = 40;

fn first() -> Ed25519Key {
    key(4, Purpose::Log)
}
fn second() -> Ed25519Key {
    key(5, Purpose::Log)
}

fn fixture() -> Fixture {
    let mut fixture = Fixture::new();
    while fixture.other_event() < PLACE - 1 {}
    fixture.issue(|_| ());
    assert_eq!(fixture.issued[0].position, PLACE);
    while fixture.other_event() < SIZE {}
    fixture
}

/// From, out of use at, void from.
type Life = (u64, Option<u64>, Option<u64>);

/// In use; retired before the head, at it, after it; void from before the certificate, at it, between it
/// and the head, at the head, after it; declared void after it had been retired.
const FIRST: [Life; 10] = [
    (1, None, None),
    (1, Some(SIZE - 1), None),
    (1, Some(SIZE), None),
    (1, Some(SIZE + 1), None),
    (1, Some(SIZE + 5), Some(PLACE - 1)),
    (1, Some(SIZE + 5), Some(PLACE)),
    (1, Some(SIZE + 5), Some(PLACE + 1)),
    (1, Some(SIZE + 5), Some(SIZE)),
    (1, Some(SIZE + 5), Some(SIZE + 1)),
    (1, Some(SIZE - 2), Some(SIZE + 3)),
];
/// In use before the head, from it on, only later.
const SECOND: [Life; 3] = [(35, None, None), (SIZE, None, None), (SIZE + 1, None, None)];

fn lived(key: &Ed25519Key, (from, to, void): Life) -> LogKey {
    LogKey {
        vkey: vkey(key),
        from_position: from,
        to_position: to,
        compromised_from_position: void,
    }
}

/// What must come out, said once more and otherwise than the product says it.
fn due(signers: &[Life], body_key_void_later: bool) -> Outcome {
    let ends = |it: &Life| it.1.unwrap_or(u64::MAX).min(it.2.unwrap_or(u64::MAX));
    let counts = |it: &&Life| (it.0..ends(it)).contains(&SIZE);
    let counting: Vec<_> = signers.iter().filter(counts).collect();
    if !counting.is_empty() {
        let doubtful = counting.iter().all(|it| it.2.is_some());
        return match body_key_void_later && doubtful {
            true => Outcome::Unknown,
            false => Outcome::Valid,
        };
    }
    match signers.first() {
        // Logged before the theft and proved by a head after it: another proof can show it.
        Some((from, _, Some(void))) if *from <= SIZE && *void <= SIZE && PLACE < *void => {
            Outcome::Unknown
        }
        _ => Outcome::Invalid,
    }
}

#[test]
fn a_head_counts_by_a_key_in_use_at_its_size_and_not_void_there() {
    let mut fixture = fixture();
    let mut cells = 0;
    for one in FIRST {
        for two in SECOND {
            fixture.log_keys = vec![lived(&first(), one), lived(&second(), two)];
            for signed_by in 0..4_u8 {
                fixture.log_signers = match signed_by {
                    0 => vec![first()],
                    1 => vec![second()],
                    2 => vec![first(), second()],
                    _ => vec![key(6, Purpose::Log)],
                };
                let signers: &[Life] = match signed_by {
                    0 => &[one],
                    1 => &[two],
                    2 => &[one, two],
                    _ => &[],
                };
                for void in [None, Some(PLACE + 3)] {
                    fixture.body.keys[0].compromised_from_position = void;
                    let outcome = report(&fixture, 0).outcome;
                    let cell = format!("{one:?} {two:?} {signed_by} {void:?}");
                    assert_eq!(outcome, due(signers, void.is_some()), "{cell}");
                    cells += 1;
                }
            }
        }
    }
    assert_eq!(cells, 10 * 3 * 4 * 2);
}

#[test]
fn each_doubt_about_the_key_of_a_head_has_words_of_its_own() {
    let mut fixture = fixture();
    let mut said = |life, outcome, code| {
        fixture.log_keys = vec![lived(&first(), life)];
        expect(&report(&fixture, 0), outcome, CheckId::Inclusion, code);
    };
    let early = (SIZE + 1, None, None);
    said(early, Outcome::Invalid, "inclusion-log-key-early");
    let retired = (1, Some(SIZE), None);
    said(retired, Outcome::Invalid, "inclusion-log-key-retired");
    let void = (1, Some(SIZE + 5), Some(PLACE));
    said(void, Outcome::Invalid, "inclusion-log-key-void");
    let before = (1, Some(SIZE + 5), Some(PLACE + 1));
    said(before, Outcome::Unknown, "inclusion-log-key-compromised");
}

/// The log has a key that the verifier's trust list does not know yet: that is no forgery, and no proof.
#[test]
fn a_key_newer_than_the_trust_list_cannot_be_judged() {
    let mut fixture = fixture();
    fixture.log_signers = vec![second()];
    let judged = |as_of: u64| {
        let mut list = fixture.trust_list();
        list.as_of_position = as_of;
        let file = fixture.trust_file_of(&list);
        let known = Known::gather(NOW, Policy::default(), Some(&file), None, &[]);
        verify(fixture.bytes(0), Some(&fixture.proof_bytes(0)), &known)
    };
    expect(
        &judged(SIZE - 1),
        Outcome::Unknown,
        CheckId::Inclusion,
        "inclusion-log-key-unknown",
    );
    // A list as new as the head knows every key there is.
    expect(
        &judged(SIZE),
        Outcome::Invalid,
        CheckId::Inclusion,
        "inclusion-checkpoint",
    );
    // A head both have signed is believed by the old list.
    let mut both = Fixture::with_one();
    both.log_signers = vec![first(), second()];
    assert_eq!(report(&both, 0).outcome, Outcome::Valid);
    // One of the lines forged spoils the whole.
    let proof = String::from_utf8(both.proof_bytes(0)).unwrap();
    let line = proof.lines().last().unwrap().to_owned();
    let forged = proof.replace(
        &line,
        &both
            .proof(0)
            .checkpoint
            .lines()
            .last()
            .unwrap()
            .replace('A', "B"),
    );
    if forged != proof {
        let mut list = both.trust_list();
        list.log.keys.push(lived(&second(), (1, None, None)));
        let file = both.trust_file_of(&list);
        let known = Known::gather(NOW, Policy::default(), Some(&file), None, &[]);
        let outcome = verify(both.bytes(0), Some(forged.as_bytes()), &known).outcome;
        assert_eq!(outcome, Outcome::Invalid);
    }
}

/// T8: who has stolen the log's key alone, or a body's alone, makes nothing that is believed.
#[test]
fn one_stolen_key_alone_makes_no_certificate() {
    let honest = Fixture::with_one();
    let known = honest.known();
    let mut rng = ChaCha20Rng::seed_from_u64(20_261_123);
    for _ in 0..1_000 {
        let seed = rng.random_range(50..250);
        let level =
            [SkillLevel::Three, SkillLevel::Four, SkillLevel::Five][rng.random_range(0..3_usize)];
        let mut thief = Fixture::new();
        for _ in 0..rng.random_range(0..30) {
            thief.other_event();
        }
        match rng.random_bool(0.5) {
            // The log's key: any tree may be signed, with any key's name in it but the body's.
            true => thief.certificate_key = key(seed, Purpose::Certificate),
            // The body's key: any credential, and a log of his own.
            false => thief.log_signers = vec![key(seed, Purpose::Log)],
        }
        thief.issue(|claims| {
            if let skill_ledger::domain::attainment::Attainment::Level { level: said, .. } =
                &mut claims.attainment
            {
                *said = level;
            }
        });
        let report = verify(thief.bytes(0), Some(&thief.proof_bytes(0)), &known);
        assert_ne!(
            report.outcome,
            Outcome::Valid,
            "{seed} {:?}",
            codes(&report)
        );
        let without = verify(thief.bytes(0), None, &known);
        assert_ne!(without.outcome, Outcome::Valid);
    }
}
