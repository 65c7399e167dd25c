//! Random policies against the meaning of C2SP tlog-policy, told again by recursion.

use super::policy::{filled, meets};
use crate::tlog::policy::Policy;
use proptest::prelude::*;

/// A random policy of up to nine witnesses in groups, as text and as what it means.
#[derive(Clone, Debug)]
struct Grown {
    text: String,
    groups: Vec<(usize, Vec<usize>)>,
    witnesses: usize,
    quorum: usize,
}

/// Things are numbered: witnesses first, then groups. Each group takes some that are still free.
fn grown() -> impl Strategy<Value = Grown> {
    let groups = prop::collection::vec((any::<u16>(), any::<u16>(), 0u8..3), 0..5);
    (1usize..=9, groups, any::<prop::sample::Index>()).prop_map(|(witnesses, plans, quorum)| {
        let name = |n: usize| {
            if n < witnesses {
                format!("w{n}")
            } else {
                format!("g{n}")
            }
        };
        let mut text: String = (0..witnesses)
            .map(|n| format!("witness w{n} <{}>\n", n + 1))
            .collect();
        let mut free: Vec<usize> = (0..witnesses).collect();
        let mut groups = Vec::new();
        for (mask, k, word) in plans {
            let place = |n: &usize| mask >> (n % 16) & 1 == 1;
            let members: Vec<usize> = free.iter().copied().filter(place).collect();
            if members.is_empty() {
                continue;
            }
            free.retain(|n| !place(n));
            let own = witnesses + groups.len();
            let k = 1 + usize::from(k) % members.len();
            let (k, word) = match word {
                0 => (1, "any".to_owned()),
                1 => (members.len(), "all".to_owned()),
                _ => (k, k.to_string()),
            };
            let list: Vec<String> = members.iter().map(|n| name(*n)).collect();
            text.push_str(&format!("group {} {word} {}\n", name(own), list.join(" ")));
            free.push(own);
            groups.push((k, members));
        }
        let quorum = quorum.index(witnesses + groups.len() + 1);
        let all = witnesses + groups.len();
        text.push_str(&format!(
            "quorum {}\n",
            if quorum == all {
                "none".into()
            } else {
                name(quorum)
            }
        ));
        Grown {
            text,
            groups,
            witnesses,
            quorum,
        }
    })
}

/// What tlog-policy says, by recursion from the quorum down.
fn met(policy: &Grown, thing: usize, by: &[u8]) -> bool {
    if thing == policy.witnesses + policy.groups.len() {
        return true;
    }
    if thing < policy.witnesses {
        return by.contains(&u8::try_from(thing + 1).unwrap());
    }
    let (k, members) = &policy.groups[thing - policy.witnesses];
    members.iter().filter(|m| met(policy, **m, by)).count() >= *k
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn policies_round_trip_and_mean_what_the_specification_says(policy in grown(), masks in prop::collection::vec(0u16..512, 4)) {
        let read = Policy::parse(filled(&policy.text).as_bytes()).unwrap();
        prop_assert_eq!(Policy::parse(read.to_string().as_bytes()).unwrap(), read);
        for mask in masks {
            let by: Vec<u8> = (1..=9).filter(|n| mask >> (n - 1) & 1 == 1).collect();
            prop_assert_eq!(meets(&policy.text, &by), met(&policy, policy.quorum, &by), "{}\n{:?}", &policy.text, by);
        }
    }
}
