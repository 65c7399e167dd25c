//! Policies: the example and the rules of C2SP tlog-policy, the cases of
//! github.com/transparency-dev/formats (`policy/tlog_policy_test.go`), and a real checkpoint.

use super::cosignature::{ARCHE, ARCHE_KEY, WITNESSES};
use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::cosignature::cosign;
use crate::tlog::note::*;
use crate::tlog::policy::*;
use crate::tlog::tests::{Pair, strict};
use proptest::prelude::*;

const ORIGIN: &str = "example.com/log";
/// Log keys of the formats project (type 0x01).
const WIT1: &str = "Wit1+55ee4561+AVhZSmQj9+SoL+p/nN0Hh76xXmF7QcHfytUrI1XfSClk";
const WIT2: &str = "Wit2+85ecc407+AWVbwFJte9wMQIPSnEnj4KibeO6vSIOEDUTDp3o63c2x";

fn log_vkey() -> String {
    NoteKey::new(ORIGIN, Pair::new(1).public())
        .unwrap()
        .to_string()
}
/// The key of witness `n`, from 1.
fn witness_key(n: u8) -> NoteKey {
    NoteKey::witness(&format!("witness.example/w{n}"), Pair::new(10 + n).public()).unwrap()
}
/// `text` with `<log>`, `<1>`, `<2>` … for the keys.
pub(super) fn filled(text: &str) -> String {
    let mut text = text.replace("<log>", &log_vkey());
    for n in (1..=9).rev() {
        text = text.replace(&format!("<{n}>"), &witness_key(n).to_string());
    }
    text
}
fn read(text: &str) -> Result<Policy, PolicyFault> {
    let read = Policy::parse(filled(text).as_bytes());
    read.map_err(|invalid| invalid.fault)
}
/// A checkpoint of the log, cosigned by these witnesses at time 100 + n.
fn cosigned(by: &[u8]) -> Note {
    let head = Checkpoint {
        origin: ORIGIN.into(),
        size: 42,
        root: [0; 32],
        extensions: Vec::new(),
    };
    let key = NoteKey::new(ORIGIN, Pair::new(1).public()).unwrap();
    let mut note = head.sign(&key, |m| Pair::new(1).sign(m)).unwrap().unwrap();
    for n in by {
        let pair = Pair::new(10 + n);
        let time = 100 + u64::from(*n);
        let line = cosign(note.text(), &witness_key(*n), time, |m| pair.sign(m));
        note.add(line.unwrap().unwrap()).unwrap();
    }
    note
}
pub(super) fn meets(policy: &str, by: &[u8]) -> bool {
    let policy = read(policy).unwrap();
    let note = cosigned(by);
    policy
        .evaluate(&note, u64::MAX, &strict)
        .unwrap()
        .quorum_met
}

const EXAMPLE: &str = "log <log>

witness X1 <1>
witness X2 <2>
witness X3 <3>
group X-witnesses 2 X1 X2 X3

witness Y1 <4>
witness Y2 <5>
witness Y3 <6>
group Y-witnesses any Y1 Y2 Y3

group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
";

#[test]
fn the_example_of_the_specification_means_what_it_says() {
    let policy = read(EXAMPLE).unwrap();
    assert_eq!((policy.logs().len(), policy.witnesses().len()), (1, 6));
    assert!(policy.asks_witnesses());
    for mask in 0u8..64 {
        let by: Vec<u8> = (1..=6).filter(|n| mask >> (n - 1) & 1 == 1).collect();
        let x = by.iter().filter(|n| **n <= 3).count();
        let y = by.len() - x;
        let note = cosigned(&by);
        let found = policy.evaluate(&note, u64::MAX, &strict).unwrap();
        assert_eq!(found.quorum_met, x >= 2 && y >= 1, "{by:?}");
        assert_eq!(found.holds(), found.quorum_met);
        let names: Vec<u8> = found
            .cosigned
            .iter()
            .map(|(w, time)| {
                assert_eq!(w.key, witness_key(u8::try_from(time - 100).unwrap()));
                u8::try_from(time - 100).unwrap()
            })
            .collect();
        assert_eq!(names, by);
        assert_eq!(found.checkpoint.size, 42);
    }
    let printed = policy.to_string();
    assert_eq!(Policy::parse(printed.as_bytes()), Ok(policy));
    let lines: Vec<&str> = printed
        .lines()
        .filter(|l| !l.starts_with("witness"))
        .skip(1)
        .collect();
    assert_eq!(
        lines,
        [
            "group X-witnesses 2 X1 X2 X3",
            "group Y-witnesses any Y1 Y2 Y3",
            "group X-and-Y all X-witnesses Y-witnesses",
            "quorum X-and-Y",
        ]
    );
}

#[test]
fn nested_groups_are_met_from_within() {
    // `TestSatisfied` of the formats project.
    let policy = "witness w1 <1>\nwitness w2 <2>\nwitness w3 <3>\n\
        group inner any w2 w3\ngroup outer all w1 inner\nquorum outer\n";
    for (by, met) in [
        (vec![1, 2, 3], true),
        (vec![1, 3], true),
        (vec![1], false),
        (vec![2, 3], false),
        (vec![], false),
    ] {
        assert_eq!(meets(policy, &by), met, "{by:?}");
    }
    assert!(meets("witness w1 <1>\nquorum w1\n", &[1]));
    assert!(!meets("witness w1 <1>\nquorum w1\n", &[2]));
    assert!(meets("witness w1 <1>\nquorum none\n", &[]));
}

#[test]
fn files_that_are_policies() {
    for text in [
        "quorum none\n",
        "quorum none",
        "\n# comment\n\t # another comment\n\twitness \t w1  <1>   https://w1.example.com/  \n\n  quorum\tw1",
        "log <log> https://log.example.com/\nwitness w1 <1>\nquorum w1\n",
        "witness all <1>\nwitness any <2>\ngroup group 2 all any\nquorum group\n",
        "witness \u{212a} <1>\nwitness K <2>\ngroup 2 2 K \u{212a}\nquorum 2\nlog <log>\n",
        "quorum none\nwitness later <1>\n#\n#quorum w\n",
        "#quorum\u{a0}\nquorum none\n",
    ] {
        let policy = read(text).unwrap_or_else(|fault| panic!("{text:?}: {fault}"));
        let again = Policy::parse(policy.to_string().as_bytes());
        assert_eq!(again, Ok(policy), "{text:?}");
    }
    let policy =
        read("log <log> https://a.example/\nwitness w <1> https://b.example\nquorum w\n").unwrap();
    assert_eq!(policy.logs()[0].url.as_deref(), Some("https://a.example/"));
    assert_eq!(
        policy.witnesses()[0].url.as_deref(),
        Some("https://b.example")
    );
}

#[test]
fn files_that_are_none() {
    use PolicyFault::*;
    let other_name = NoteKey::witness("impostor.example.com", Pair::new(11).public()).unwrap();
    let twice = format!("witness w1 <1>\nwitness w2 {other_name}\nquorum w1\n");
    let long = "n".repeat(256);
    for (text, fault) in [
        ("quorum none\n\u{1}", Character),
        ("quorum none\r\n", Character),
        ("quorum none\n#\u{7f}\n", Character),
        ("quibble w1\nquorum none\n", Syntax),
        ("QUORUM none\n", Syntax),
        (
            "witness w1 <1> https://w1.example.com/ # comment\nquorum w1\n",
            Syntax,
        ),
        ("log\nquorum none\n", Syntax),
        ("log <log> a b\nquorum none\n", Syntax),
        ("log garbage\nquorum none\n", Key),
        ("log <1>\nquorum none\n", Key),
        (
            "log <log>\nlog <log> https://log.example.com/\nquorum none\n",
            KeyTwice,
        ),
        ("witness w1\nquorum none\n", Syntax),
        (&format!("witness w1 {WIT1}\nquorum w1\n"), Key),
        ("witness none <1>\nquorum none\n", Name),
        (&format!("witness {long} <1>\nquorum none\n"), Name),
        ("witness w1 <1>\nwitness w1 <2>\nquorum w1\n", NameTwice),
        ("witness w1 <1>\ngroup w1 any w1\nquorum w1\n", NameTwice),
        (
            "witness w1 <1>\ngroup g any w1\nwitness g <2>\nquorum g\n",
            NameTwice,
        ),
        ("witness w1 <1>\ngroup g1 1\nquorum w1\n", Syntax),
        ("witness w1 <1>\ngroup none any w1\nquorum none\n", Name),
        ("witness w1 <1>\ngroup g1 0 w1\nquorum g1\n", Threshold),
        ("witness w1 <1>\ngroup g1 -1 w1\nquorum g1\n", Threshold),
        ("witness w1 <1>\ngroup g1 01 w1\nquorum g1\n", Threshold),
        ("witness w1 <1>\ngroup g1 2 w1\nquorum g1\n", Threshold),
        ("witness w1 <1>\ngroup g1 Any w1\nquorum g1\n", Threshold),
        (
            "witness w1 <1>\ngroup g1 18446744073709551617 w1\nquorum g1\n",
            Threshold,
        ),
        ("witness w1 <1>\ngroup g1 any w2\nquorum g1\n", NameUnknown),
        ("group g1 any w1\nwitness w1 <1>\nquorum g1\n", NameUnknown),
        ("group g1 any g1\nquorum g1\n", NameUnknown),
        (
            "witness w1 <1>\ngroup g1 any none w1\nquorum g1\n",
            NameUnknown,
        ),
        (
            "witness w1 <1>\ngroup g1 all w1 w1\nquorum g1\n",
            MemberTwice,
        ),
        (
            "witness w1 <1>\nwitness w2 <2>\ngroup g1 any w1 w2\ngroup g2 any w1\nquorum g1\n",
            MemberTwice,
        ),
        (
            "witness w1 <1>\ngroup g1 any w1\ngroup g2 any g1\ngroup g3 any g1\nquorum g1\n",
            MemberTwice,
        ),
        ("witness w1 <1>\n", Quorum),
        ("", Quorum),
        ("witness w1 <1>\nquorum w1\nquorum w1\n", Quorum),
        ("quorum unknown\n", NameUnknown),
        ("quorum w1\nwitness w1 <1>\n", NameUnknown),
        ("quorum\n", Syntax),
        ("quorum none none\n", Syntax),
        (&twice, KeyTwice),
    ] {
        assert_eq!(read(text), Err(fault), "{text:?}");
    }
    let at = Policy::parse(b"# a\nquorum none\nquorum none\n").unwrap_err();
    assert_eq!((at.line, at.fault), (3, Quorum));
    assert_eq!(
        Policy::parse(b"quorum none\n\xff").unwrap_err().fault,
        Character
    );
}

#[test]
fn the_limits_hold_and_are_wide_enough() {
    let witnesses = |count: u16| -> String {
        let line = |n: u16| {
            let [high, low] = n.to_be_bytes();
            let mut public = [high; 32];
            public[31] = low;
            let key = NoteKey::witness("witness.example", public).unwrap();
            format!("witness w{n} {key}\n")
        };
        (0..count).map(line).collect()
    };
    let groups = |count: u16| -> String {
        (0..count)
            .map(|n| match n {
                0 => "group g0 any w0\n".to_owned(),
                n => format!("group g{n} any g{}\n", n - 1),
            })
            .collect()
    };
    let policy = format!("{}{}quorum g63\n", witnesses(64), groups(64));
    let deep = Policy::parse(policy.as_bytes()).unwrap();
    assert_eq!(Policy::parse(deep.to_string().as_bytes()), Ok(deep));
    let more = format!("{}quorum none\n", witnesses(65));
    assert_eq!(
        Policy::parse(more.as_bytes()).unwrap_err().fault,
        PolicyFault::TooLarge
    );
    let more = format!("{}{}quorum none\n", witnesses(1), groups(65));
    assert_eq!(
        Policy::parse(more.as_bytes()).unwrap_err().fault,
        PolicyFault::TooLarge
    );
    let large = vec![b'\n'; POLICY_BYTES_MAX + 1];
    assert_eq!(
        Policy::parse(&large).unwrap_err().fault,
        PolicyFault::TooLarge
    );
}

#[test]
fn a_checkpoint_of_a_public_log_meets_a_quorum_of_its_public_witnesses() {
    let [garden, smartit, remora, stagemole] = WITNESSES;
    let text = format!(
        "log {ARCHE_KEY}\nwitness a {garden}\nwitness b {smartit}\n\
        witness c {remora}\nwitness d {stagemole}\ngroup all-four all a b c d\nquorum all-four\n"
    );
    let policy = Policy::parse(text.as_bytes()).unwrap();
    let note = Note::parse(ARCHE.as_bytes()).unwrap();
    let found = policy.evaluate(&note, 1_779_573_024, &strict).unwrap();
    assert!(found.holds());
    assert_eq!((found.logs.len(), found.cosigned.len()), (1, 4));
    let fewer = note.with_signatures(|line| line.name != "remora.n621.de");
    let found = policy.evaluate(&fewer, u64::MAX, &strict).unwrap();
    assert!(!found.holds() && !found.quorum_met);
    assert_eq!((found.logs.len(), found.cosigned.len()), (1, 3));
    // Dated in the reader's future: named, not counted.
    let found = policy.evaluate(&note, 1_779_573_023, &strict).unwrap();
    assert_eq!((found.ahead.len(), found.cosigned.len()), (4, 0));
    assert!(!found.holds());
}

#[test]
fn a_log_outside_the_policy_and_a_bad_line_inside_it() {
    let policy = read("log <log>\nwitness w1 <1>\nquorum w1\n").unwrap();
    let note = cosigned(&[1, 2]);
    assert!(policy.evaluate(&note, 200, &strict).unwrap().holds());
    // Without the log's signature the witnesses alone do not make it valid.
    let alone = note.with_signatures(|line| line.name != ORIGIN);
    let found = policy.evaluate(&alone, 200, &strict).unwrap();
    assert!(found.quorum_met && !found.holds());
    // A policy without logs leaves the log to the reader.
    let no_log = read("witness w1 <1>\nquorum w1\n").unwrap();
    let found = no_log.evaluate(&note, 200, &strict).unwrap();
    assert!(found.quorum_met && found.logs.is_empty() && !found.holds());
    // The log's key over a checkpoint of another origin is no signature of that log.
    let elsewhere = note.text().replace(ORIGIN, "example.com/other");
    let key = NoteKey::new(ORIGIN, Pair::new(1).public()).unwrap();
    let elsewhere = Note::sign(&elsewhere, &key, |m| Pair::new(1).sign(m))
        .unwrap()
        .unwrap();
    assert!(
        policy
            .evaluate(&elsewhere, 200, &strict)
            .unwrap()
            .logs
            .is_empty()
    );
    // Strangers' lines may be anything; a known key's line may not.
    let spoil = |name: &str| {
        let text: String = note
            .to_string()
            .lines()
            .map(|line| {
                if line.contains(&format!(" {name} ")) {
                    let (start, end) = line.split_at(line.len() - 8);
                    format!("{start}AAAA{}\n", &end[4..])
                } else {
                    format!("{line}\n")
                }
            })
            .collect();
        Note::parse(text.as_bytes()).unwrap()
    };
    let with = |name| {
        policy
            .evaluate(&spoil(name), 200, &strict)
            .map(|found| found.holds())
    };
    assert_eq!(with("witness.example/w2"), Ok(true));
    assert_eq!(with("witness.example/w1"), Err(InvalidNote::BadSignature));
    assert_eq!(with(ORIGIN), Err(InvalidNote::BadSignature));
    let no_checkpoint = Note::sign("a\nb\n", &key, |m| Pair::new(1).sign(m))
        .unwrap()
        .unwrap();
    assert_eq!(
        policy.evaluate(&no_checkpoint, 200, &strict).err(),
        Some(InvalidNote::Malformed)
    );
}

#[test]
fn witness_keys_of_the_formats_project_as_they_should_be() {
    for (text, name) in [(WIT1, "Wit1"), (WIT2, "Wit2")] {
        let key: NoteKey = text.parse().unwrap();
        let witness = NoteKey::witness(name, *key.public_key()).unwrap();
        assert_ne!(witness.id(), key.id());
        let policy = format!("witness w {witness}\nquorum w\n");
        assert!(Policy::parse(policy.as_bytes()).is_ok());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_stop_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..200), lines in "((log|witness|group|quorum|#)[ \t](any|all|none|a|b|0|1|2| ){0,5}\n){0,8}") {
        let _ = Policy::parse(&bytes);
        if let Ok(policy) = Policy::parse(lines.as_bytes()) {
            prop_assert_eq!(Policy::parse(policy.to_string().as_bytes()), Ok(policy));
        }
    }
}
