//! Every key life against every place in the log, whatever date the certificate claims: a key that is
//! retired or compromised at a position says nothing against what was logged before, and for nothing
//! logged after.

use super::*;

/// The position at which things end.
const END: u64 = 40;
/// The newest position of the trust list.
const NOW_AT: u64 = 60;

/// From, retired at, compromised from: positions.
#[derive(Clone, Copy, Debug)]
struct Life {
    from: u64,
    to: Option<u64>,
    compromised: Option<u64>,
}

const fn life(from: u64, to: Option<u64>, compromised: Option<u64>) -> Life {
    Life {
        from,
        to,
        compromised,
    }
}

/// Active; not yet in use; retired; compromised; retired and found compromised from then, from
/// before, from after; compromised from its first day.
const LIVES: [Life; 8] = [
    life(5, None, None),
    life(END + 1, None, None),
    life(5, Some(END), None),
    life(5, None, Some(END)),
    life(5, Some(END), Some(END)),
    life(5, Some(END), Some(END - 1)),
    life(5, Some(END), Some(END + 1)),
    life(5, None, Some(5)),
];

/// What must come out, said once more and otherwise than the pipeline says it.
fn due(life: Life, logged: Option<u64>, log_asked: bool) -> Outcome {
    match logged {
        Some(position) => {
            let end = life
                .to
                .unwrap_or(u64::MAX)
                .min(life.compromised.unwrap_or(u64::MAX));
            match (life.from..end).contains(&position) {
                true => Outcome::Valid,
                false => Outcome::Invalid,
            }
        }
        None if log_asked => Outcome::Unknown,
        // As claimed: only a key of which nothing is said is believed.
        None => match (life.to, life.compromised) {
            (None, None) => Outcome::Valid,
            _ => Outcome::Unknown,
        },
    }
}

/// A certificate dated `issued_on` at this position, and events up to [`NOW_AT`].
fn logged_at(position: u64, issued_on: &str) -> Fixture {
    let mut fixture = Fixture::new();
    while fixture.other_event() < position - 1 {}
    fixture.issue(|claims| claims.issued_on = issued_on.parse().unwrap());
    assert_eq!(fixture.issued[0].position, position);
    while fixture.other_event() < NOW_AT {}
    fixture
}

fn judged(fixture: &Fixture, logged: bool, log_asked: bool) -> Outcome {
    let policy = Policy {
        require_log: log_asked,
        ..Policy::default()
    };
    let known = Known::gather(NOW, policy, Some(&fixture.trust_file()), None, &[]);
    let proof = logged.then(|| fixture.proof_bytes(0));
    verify(fixture.bytes(0), proof.as_deref(), &known).outcome
}

#[test]
fn the_position_decides_and_not_the_date() {
    let mut cells = 0;
    for issued_on in ["2020-01-01", "2026-11-20"] {
        for position in [END - 2, END - 1, END, END + 1, END + 2] {
            let mut fixture = logged_at(position, issued_on);
            for life in LIVES {
                let key = &mut fixture.body.keys[0];
                key.from_position = life.from;
                key.to_position = life.to;
                key.compromised_from_position = life.compromised;
                for (logged, asked) in [(true, true), (true, false), (false, true), (false, false)]
                {
                    let due = due(life, logged.then_some(position), asked);
                    let cell = format!("{life:?} {issued_on} {position} {logged} {asked}");
                    assert_eq!(judged(&fixture, logged, asked), due, "{cell}");
                    cells += 1;
                }
            }
        }
    }
    assert_eq!(cells, 2 * 5 * 8 * 4);
}

#[test]
fn any_life_of_a_key_is_judged_as_the_table_says() {
    let mut rng = ChaCha20Rng::seed_from_u64(20_261_122);
    for _ in 0..20 {
        let position = rng.random_range(25..NOW_AT);
        let mut fixture = logged_at(position, "2026-11-20");
        for _ in 0..50 {
            let mut some = |from: u64| {
                let at = rng.random_range(from..=NOW_AT);
                rng.random_bool(0.6).then_some(at)
            };
            let from = some(1).unwrap_or(5).min(NOW_AT - 1);
            let life = life(from, some(from + 1), some(from));
            let key = &mut fixture.body.keys[0];
            key.from_position = life.from;
            key.to_position = life.to;
            key.compromised_from_position = life.compromised;
            let due = due(life, Some(position), true);
            assert_eq!(judged(&fixture, true, true), due, "{life:?} {position}");
        }
    }
}
