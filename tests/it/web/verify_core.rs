//! The verifier of the browser answers as the verifier here does, over everything there is.

use super::browser::{Browser, bytes};
use crate::support::issued::{Fixture, KINDS, NOW, key, scores};
use crate::support::random_claims::{random_claims, random_scores};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use serde_json::{Value, json};
use skill_ledger::credential::status_details::CertificateState;
use skill_ledger::credential::trust_list::{Stretch, TrustedRunOff, fingerprint};
use skill_ledger::domain::time::Instant;
use skill_ledger::keys::{Purpose, Signer, verify_strict};
use skill_ledger::locale::Language;
use skill_ledger::verify::{Known, Policy, verify};

const DAY: i64 = 86_400_000_000;

/// Something done to a fixture before the two verifiers are asked.
type Alter = fn(&mut Fixture);

/// What a verifier is handed.
pub struct Handed {
    pub now: Instant,
    pub require_log: bool,
    pub trust: Option<Vec<u8>>,
    pub pin: Option<String>,
    pub status: Vec<Vec<u8>>,
}

impl Handed {
    pub fn by(fixture: &Fixture) -> Self {
        Self {
            now: NOW,
            require_log: true,
            trust: Some(fixture.trust_file()),
            pin: None,
            status: Vec::new(),
        }
    }
    pub fn known(&self) -> Known {
        let policy = Policy {
            require_log: self.require_log,
            ..Policy::default()
        };
        let trust = self.trust.as_deref();
        Known::gather(self.now, policy, trust, self.pin.as_deref(), &self.status)
    }
    pub fn give(&self, browser: &mut Browser) {
        let trust = self.trust.as_deref();
        let now = self.now.as_second();
        browser.know(
            now,
            self.require_log,
            trust,
            self.pin.as_deref(),
            &self.status,
        );
    }
}

/// Both verifiers, over one credential; the whole answers are the same. Gives the outcome.
#[track_caller]
fn both(
    browser: &mut Browser,
    handed: &Handed,
    credential: &[u8],
    proof: Option<&[u8]>,
) -> (String, Value) {
    handed.give(browser);
    let theirs = browser.verify(credential, proof);
    let ours = verify(credential, proof, &handed.known()).to_json(Language::Zh);
    assert_eq!(theirs, ours);
    (ours["outcome"].as_str().unwrap().to_owned(), ours)
}

#[test]
fn every_kind_and_every_state_is_judged_alike() {
    let mut browser = Browser::start();
    let mut fixture = Fixture::new();
    fixture.scores = Some(scores());
    fixture.widen();
    fixture.issue_kinds();
    for (n, (kind, ..)) in KINDS.iter().enumerate() {
        let proof = fixture.proof_bytes(n);
        let handed = Handed::by(&fixture);
        for coat in fixture.coats() {
            let credential = fixture.coat(n, coat);
            let (outcome, _) = both(&mut browser, &handed, credential, Some(&proof));
            assert_eq!(outcome, "valid", "{kind} {coat}");
        }
    }

    use CertificateState::*;
    for state in [
        Valid, Suspended, Superseded, Revoked, Cancelled, Forfeited, Voided,
    ] {
        let mut fixture = scored();
        fixture.set_state(0, state);
        let proof = fixture.proof_bytes(0);
        let expected = if state == Valid { "valid" } else { "invalid" };
        let stale = Fixture {
            list_from: Instant(NOW.0 - 40 * DAY),
            list_until: Instant(NOW.0 - 33 * DAY),
            ..clone_of(&fixture)
        };
        let revoked_is_final = if matches!(state, Valid | Suspended) {
            "unknown"
        } else {
            "invalid"
        };
        let online = Handed::by(&fixture);
        let bare = fixture.trust_list().sign(&fixture.trust_key).unwrap();
        let no_lists = Handed {
            trust: Some(bare.clone()),
            ..Handed::by(&fixture)
        };
        let fetched = Handed {
            trust: Some(bare),
            status: [fixture.status_lists(), vec![fixture.status_details()]].concat(),
            ..Handed::by(&fixture)
        };
        let unasked = Handed {
            require_log: false,
            ..Handed::by(&fixture)
        };
        let cases = [
            (&online, Some(&proof), expected),
            (&fetched, Some(&proof), expected),
            (&Handed::by(&stale), Some(&proof), revoked_is_final),
            (&no_lists, Some(&proof), "unknown"),
            (
                &online,
                None,
                if state == Valid { "unknown" } else { "invalid" },
            ),
            (&unasked, None, expected),
        ];
        for (nth, (handed, proof, expected)) in cases.into_iter().enumerate() {
            let proof = proof.map(Vec::as_slice);
            for coat in fixture.coats() {
                let (outcome, answer) = both(&mut browser, handed, fixture.coat(0, coat), proof);
                assert_eq!(outcome, expected, "{state:?}, {coat}, case {nth}: {answer}");
            }
        }
    }
}

/// Names with every script, sign and emoji, optional members there or not, codes that are lean.
#[test]
fn certificates_by_chance_are_judged_alike() {
    let mut browser = Browser::start();
    let mut random = ChaCha20Rng::seed_from_u64(8);
    let mut fixture = Fixture::new();
    let proof_of_another = {
        fixture.issue(|_| ());
        fixture.proof_bytes(0)
    };
    for n in 1..=150 {
        fixture.scores = Some(random_scores(&mut random));
        fixture.issue(|claims| {
            let did = claims.issuer.did.clone();
            *claims = random_claims(&mut random);
            // Some are of a body that nobody knows.
            if n % 8 != 0 {
                claims.issuer.did = did;
            }
        });
    }
    let handed = Handed::by(&fixture);
    handed.give(&mut browser);
    let known = handed.known();
    for n in 1..=150 {
        let proof = fixture.proof_bytes(n);
        for coat in fixture.coats() {
            for proof in [&proof, &proof_of_another] {
                let credential = fixture.coat(n, coat);
                let ours = verify(credential, Some(proof), &known).to_json(Language::Zh);
                let theirs = browser.verify(credential, Some(proof));
                assert_eq!(theirs, ours, "{coat}");
                let signature = ours["checks"][2]["code"].as_str().unwrap();
                let expected = match n % 8 {
                    0 => "signature-body-unknown",
                    _ => "signature-good",
                };
                assert_eq!(signature, expected, "{coat}");
            }
        }
    }
}

/// A ledger with one certificate that rests on marks.
fn scored() -> Fixture {
    let mut fixture = Fixture::new();
    fixture.scores = Some(scores());
    fixture.issue(|_| ());
    fixture
}

/// The fixture again, with its states.
fn clone_of(fixture: &Fixture) -> Fixture {
    let mut other = scored();
    other.revoked = fixture.revoked.clone();
    other.suspended = fixture.suspended.clone();
    other.details = fixture.details.clone();
    other
}

#[test]
fn trust_lists_scopes_and_keys_are_judged_alike() {
    let mut browser = Browser::start();
    let print = fingerprint(key(3, Purpose::Trust).key_id());
    let pins = [
        Some(print.to_uppercase()),
        Some(key(3, Purpose::Trust).key_id().to_string()),
        Some("00".repeat(32)),
        None,
    ];
    let changes: [(&str, Alter); 14] = [
        ("as it is", |_| ()),
        ("old trust list", |f| {
            f.trust_issued = Instant(NOW.0 - 100 * DAY)
        }),
        ("trust list of tomorrow", |f| {
            f.trust_issued = Instant(NOW.0 + DAY)
        }),
        ("status lists of tomorrow", |f| {
            f.list_from = Instant(NOW.0 + DAY)
        }),
        ("scope ended", |f| f.body.scopes[0].to_position = Some(10)),
        ("run-off", |f| {
            f.body.scopes[0].to_position = Some(10);
            f.body.run_offs.push(TrustedRunOff {
                session: "2026-29".into(),
                from_position: 10,
                to_position: None,
            });
        }),
        ("suspended body", |f| {
            f.body.suspensions.push(Stretch {
                from_position: 20,
                to_position: None,
            });
        }),
        ("another region", |f| {
            f.body.scopes[0].regions = vec!["330200".parse().unwrap()]
        }),
        ("another credit code", |f| {
            f.body.credit_code = "91350100M000100Y43".parse().unwrap()
        }),
        ("key retired before", |f| {
            f.body.keys[0].to_position = Some(15)
        }),
        ("key of later", |f| f.body.keys[0].from_position = 22),
        ("key compromised before", |f| {
            f.body.keys[0].compromised_from_position = Some(18)
        }),
        ("key compromised later", |f| {
            f.body.keys[0].compromised_from_position = Some(30)
        }),
        ("status key retired", |f| {
            f.body.keys[1].to_position = Some(18)
        }),
    ];
    for (name, change) in changes {
        let mut fixture = scored();
        change(&mut fixture);
        let proof = fixture.proof_bytes(0);
        for pin in &pins {
            let handed = Handed {
                pin: pin.clone(),
                ..Handed::by(&fixture)
            };
            println!("{name}, {pin:?}");
            for coat in fixture.coats() {
                both(&mut browser, &handed, fixture.coat(0, coat), Some(&proof));
            }
        }
        let handed = Handed {
            require_log: false,
            ..Handed::by(&fixture)
        };
        both(&mut browser, &handed, fixture.bytes(0), None);
    }

    // A trust list from before the certificate, of another ledger, none, forged, no list at all.
    let fixture = Fixture::with_one();
    let proof = fixture.proof_bytes(0);
    let earlier = Fixture::new().trust_file();
    let mut other = Fixture::with_one();
    other.body.keys.truncate(1);
    other.body.keys[0].key_id = key(77, Purpose::Certificate).key_id().clone();
    let forged = String::from_utf8(fixture.trust_file()).unwrap();
    let forged = forged.replace("\"330100\"", "\"330000\"");
    let added = String::from_utf8(fixture.trust_file()).unwrap();
    let added = added.replace("\"run_offs\":[]", "\"only_on\":\"2020\",\"run_offs\":[]");
    for trust in [
        Some(earlier),
        Some(other.trust_file()),
        Some(forged.into_bytes()),
        Some(added.into_bytes()),
        Some(fixture.bytes(0).to_vec()),
        Some(b"{".to_vec()),
        None,
    ] {
        let handed = Handed {
            trust,
            ..Handed::by(&fixture)
        };
        let (outcome, _) = both(&mut browser, &handed, fixture.bytes(0), Some(&proof));
        assert_ne!(outcome, "valid");
    }
}

#[test]
fn proofs_and_the_lives_of_the_logs_keys_are_judged_alike() {
    let mut browser = Browser::start();
    let mut fixture = Fixture::new();
    for _ in 0..9 {
        fixture.issue(|_| ());
        fixture.other_event();
    }
    fixture.issue(|claims| claims.issue = 2);
    let handed = Handed::by(&fixture);
    for n in 0..fixture.issued.len() {
        let proof = fixture.proof_bytes(n);
        let (outcome, _) = both(&mut browser, &handed, fixture.bytes(n), Some(&proof));
        assert_eq!(outcome, "valid");
    }
    let text = String::from_utf8(fixture.proof_bytes(0)).unwrap();
    let another = fixture.proof_bytes(1);
    let lines: Vec<&str> = text.split('\n').collect();
    let mut changed: Vec<Vec<u8>> = (0..lines.len())
        .map(|n| {
            let mut lines = lines.clone();
            lines.remove(n);
            lines.join("\n").into_bytes()
        })
        .collect();
    changed.extend([another, b"".to_vec(), b"\xff\n\n".to_vec()]);
    for proof in &changed {
        let (outcome, _) = both(&mut browser, &handed, fixture.bytes(0), Some(proof));
        assert_ne!(outcome, "valid");
    }

    let lives = [
        (0, None, None),
        (0, Some(15), None),
        (0, Some(100), None),
        (100, None, None),
        (0, None, Some(10)),
        (0, None, Some(25)),
        (0, Some(100), Some(100)),
    ];
    for (from, to, compromised) in lives {
        let mut fixture = Fixture::with_one();
        let life = &mut fixture.log_keys[0];
        life.from_position = from;
        life.to_position = to;
        life.compromised_from_position = compromised;
        fixture.body.keys[0].compromised_from_position = compromised.map(|it| it + 5);
        let proof = fixture.proof_bytes(0);
        let handed = Handed::by(&fixture);
        both(&mut browser, &handed, fixture.bytes(0), Some(&proof));
    }
}

#[test]
fn changed_proofs_are_judged_alike() {
    let mut browser = Browser::start();
    let fixture = Fixture::with_one();
    let handed = Handed::by(&fixture);
    handed.give(&mut browser);
    let known = handed.known();
    let proof = fixture.proof_bytes(0);
    let mut random = ChaCha20Rng::seed_from_u64(7);
    for _ in 0..2_000 {
        let mut changed = proof.clone();
        let at = random.random_range(0..changed.len());
        match random.random_range(0..4) {
            0 => changed[at] ^= 1 << random.random_range(0..8),
            1 => changed.truncate(at),
            2 => drop(changed.remove(at)),
            _ => changed.insert(at, b"\n A0+=\xe2"[random.random_range(0..7)]),
        }
        let ours = verify(fixture.bytes(0), Some(&changed), &known).to_json(Language::Zh);
        let theirs = browser.verify(fixture.bytes(0), Some(&changed));
        assert_eq!(theirs, ours, "{}", String::from_utf8_lossy(&changed));
    }
}

#[test]
fn hostile_signatures_are_refused_and_json_is_read_alike() {
    let mut browser = Browser::start();
    let text = include_str!("../../vectors/ed25519-speccheck/cases.json");
    let cases: Vec<Value> = serde_json::from_str(text).unwrap();
    for (number, case) in cases.iter().enumerate() {
        let field = |name: &str| hex::decode(case[name].as_str().unwrap()).unwrap();
        let (key, message, signature) = (field("pub_key"), field("message"), field("signature"));
        let asked = json!({"ed25519": [bytes(&key), bytes(&message), bytes(&signature)]});
        assert_eq!(browser.ask(&asked), false, "case {number}");
        assert!(!verify_strict(
            &key.try_into().unwrap(),
            &message,
            &signature.try_into().unwrap()
        ));
    }
    let signer = key(9, Purpose::Request);
    for n in 0..50_u8 {
        let message = vec![n; usize::from(n)];
        let signature = signer.sign(Purpose::Request, &message).unwrap().0;
        let public = signer.public_key().as_bytes();
        for (at, expected) in [(None, true), (Some(n % 64), false)] {
            let mut signature = signature;
            if let Some(at) = at {
                signature[usize::from(at)] ^= 1 << (n % 8);
            }
            let asked = json!({"ed25519": [bytes(public), bytes(&message), bytes(&signature)]});
            assert_eq!(browser.ask(&asked), expected, "{n} {at:?}");
        }
    }
    for (text, answer) in [
        (
            &b" {\"b\":[1,-2,true,null],\"a\":\"\\u00e9\\ud83d\\ude00\\n\"} "[..],
            "read",
        ),
        (b"{\"__proto__\":1,\"constructor\":{}}", "read"),
        (b"{\"a\":1,\"a\":1}", "duplicate-key"),
        (b"{\"__proto__\":1,\"__proto__\":1}", "duplicate-key"),
        (b"{\"a\":1,\"\\u0061\":1}", "duplicate-key"),
        (b"-0", "unsafe-number"),
        (b"1.0", "unsafe-number"),
        (b"9007199254740992", "unsafe-number"),
        (b"-9007199254740991", "read"),
        (b"99999999999999999999999", "unsafe-number"),
        (b"1e999", "not-json"),
        (b"01", "not-json"),
        (b"1.", "not-json"),
        (b"\"\\ud800\"", "not-json"),
        (b"\"\xff\"", "not-json"),
        (b"\"\t\"", "not-json"),
        (b"\xef\xbb\xbf{}", "not-json"),
        (b"\"\xef\xbb\xbf\"", "read"),
        (b"[1,]", "not-json"),
        (b"[1] 2", "not-json"),
        (b"", "not-json"),
    ] {
        let told = browser.ask(&json!({"json": bytes(text)}));
        let ours = skill_ledger::credential::strict_json::parse(text, 1 << 20);
        let shown = String::from_utf8_lossy(text);
        match ours {
            Ok(value) => {
                let canonical = skill_ledger::credential::signed::canonical(&value).unwrap();
                assert_eq!(
                    told["read"],
                    String::from_utf8(canonical).unwrap(),
                    "{shown}"
                );
                assert_eq!(answer, "read", "{shown}");
            }
            Err(_) => assert_eq!(told["refused"], answer, "{shown}"),
        }
    }
    for depth in [32, 33] {
        let nested = [vec![b'['; depth], vec![b']'; depth]].concat();
        let told = browser.ask(&json!({"json": bytes(&nested)}));
        assert_eq!(told.get("refused").is_some(), depth == 33, "{told}");
    }
}
