use crate::domain::authority::command::AuthorityCommand as Command;
use crate::domain::authority::decider::AuthorityDecider;
use crate::domain::authority::event::*;
use crate::domain::authority::rejection::AuthorityRejection as No;
use crate::domain::decider::harness::{Given, given};
use crate::domain::example::*;
use crate::domain::proposal::{Act, ProposalRejection};
use crate::domain::wording::TextRejection;

fn past(events: impl IntoIterator<Item = AuthorityEvent>) -> Given<AuthorityDecider> {
    given::<AuthorityDecider>(events)
}

fn key(id: &str, purpose: &str, succession: Option<&str>) -> AuthorityKeyRegistered {
    AuthorityKeyRegistered {
        key_id: id.into(),
        purpose: purpose.into(),
        public_key: format!("z6Mk{id}"),
        possession: "zPossession".into(),
        succession: succession.map(str::to_owned),
    }
}

fn first() -> Vec<AuthorityEvent> {
    vec![
        established().into(),
        key("trust-1", "trust", None).into(),
        key("log-1", "log", None).into(),
    ]
}

fn since(more: impl IntoIterator<Item = AuthorityEvent>) -> Vec<AuthorityEvent> {
    first().into_iter().chain(more).collect()
}

/// A log with a key and its successor.
fn two() -> Vec<AuthorityEvent> {
    since([key("log-2", "log", Some("note")).into()])
}

fn retired(id: &str) -> AuthorityKeyRetired {
    AuthorityKeyRetired {
        key_id: id.into(),
        on: TODAY,
    }
}

fn compromise(key_id: &str, from_position: u64) -> Act {
    Act::CompromiseKey {
        key_id: key_id.into(),
        from_position,
        ground: "密钥外泄".into(),
    }
}

fn declared(key_id: &str, from_position: u64) -> AuthorityEvent {
    AuthorityKeyCompromised {
        key_id: key_id.into(),
        from_position,
        ground: "密钥外泄".into(),
    }
    .into()
}

fn propose(act: Act) -> Command {
    Command::Propose {
        proposing: proposing(),
        act,
    }
}

fn made(act: Act) -> AuthorityEvent {
    AuthorityEvent::Proposal(proposing().made(act).into())
}

fn approved() -> AuthorityEvent {
    AuthorityEvent::Proposal(approval().approved().into())
}

#[test]
fn a_key_of_the_log_takes_over_by_the_word_of_the_one_in_use() {
    let register = Command::RegisterKey;
    let successor = || key("log-2", "log", Some("note"));
    past(first())
        .when(register(successor()))
        .then([successor().into()]);
    for succession in [None, Some("")] {
        past(first())
            .when(register(key("log-2", "log", succession)))
            .rejected(No::KeySuccession);
    }
    // The first of its kind follows nobody, nor does a key of another purpose.
    let alone: Vec<_> = first().into_iter().take(2).collect();
    past(alone)
        .when(register(key("log-1", "log", Some("note"))))
        .rejected(No::KeySuccession);
    past(first())
        .when(register(key("trust-2", "trust", Some("note"))))
        .rejected(No::KeySuccession);
    past(first())
        .when(register(key("trust-2", "trust", None)))
        .then([key("trust-2", "trust", None).into()]);
    // Two at once and no more; one that is out of use makes room.
    past(two())
        .when(register(key("log-3", "log", Some("note"))))
        .rejected(No::LogKeysInUse { most: 2 });
    let third = key("log-3", "log", Some("note"));
    let one_left = two().into_iter().chain([retired("log-1").into()]);
    past(one_left)
        .when(register(third.clone()))
        .then([third.clone().into()]);
    let one_void = two().into_iter().chain([declared("log-1", 2)]);
    past(one_void)
        .when(register(third.clone()))
        .then([third.into()]);
}

#[test]
fn the_last_key_of_the_log_stays_in_use() {
    let retire = |id: &str| Command::RetireKey(retired(id));
    past(first()).when(retire("log-1")).rejected(No::LastKey);
    for id in ["log-1", "log-2"] {
        past(two()).when(retire(id)).then([retired(id).into()]);
        past(two().into_iter().chain([retired(id).into()]))
            .when(retire(id))
            .rejected(No::KeyNotActive);
        past(two().into_iter().chain([declared(id, 2)]))
            .when(retire(id))
            .rejected(No::KeyNotActive);
    }
}

#[test]
fn a_key_is_declared_compromised_by_two_people_while_another_signs() {
    past(first())
        .when(propose(compromise("log-1", 40)))
        .rejected(No::LastKey);
    past(first())
        .when(propose(compromise("trust-1", 40)))
        .rejected(No::LastKey);
    past(two())
        .when(propose(compromise("log-1", 40)))
        .then([made(compromise("log-1", 40))]);
    let proposed = || two().into_iter().chain([made(compromise("log-1", 40))]);
    past(proposed())
        .when(Command::Approve(approval()))
        .then([approved(), declared("log-1", 40)]);
    let by_maker = crate::domain::proposal::Approval {
        by: maker(),
        ..approval()
    };
    past(proposed())
        .when(Command::Approve(by_maker))
        .rejected(No::Proposal(ProposalRejection::SamePerson));
    // The other key went meanwhile: nothing would sign any more.
    past(proposed().chain([retired("log-2").into()]))
        .when(Command::Approve(approval()))
        .rejected(No::LastKey);
    past(proposed())
        .when(Command::Reject(turn_down()))
        .then([AuthorityEvent::Proposal(
            crate::domain::proposal::ProposalRejected {
                proposal: proposal(),
                rejected_by: turn_down().by,
                reason: turn_down().reason,
            }
            .into(),
        )]);
}

#[test]
fn an_earlier_position_is_news_and_a_later_one_is_not() {
    let void = || two().into_iter().chain([declared("log-1", 40)]);
    for (from_position, news) in [(39, true), (40, false), (41, false)] {
        let asked = past(void()).when(propose(compromise("log-1", from_position)));
        match news {
            true => asked.then([made(compromise("log-1", from_position))]),
            false => asked.rejected(No::KeyAlreadyCompromised),
        }
    }
    // One that is out of use may turn out to have been stolen.
    past(two().into_iter().chain([retired("log-1").into()]))
        .when(propose(compromise("log-1", 3)))
        .then([made(compromise("log-1", 3))]);
    past(two())
        .when(propose(compromise("log-1", 0)))
        .rejected(No::PositionInvalid);
    past(two())
        .when(propose(compromise("x", 1)))
        .rejected(No::KeyUnknown);
    let wordless = Act::CompromiseKey {
        key_id: "log-1".into(),
        from_position: 1,
        ground: String::new(),
    };
    past(two())
        .when(propose(wordless))
        .rejected(No::Text(TextRejection::Missing { field: "ground" }));
    let another = Act::ReinstateBody {
        ground: "x".into(),
        on: TODAY,
    };
    past(two())
        .when(propose(another))
        .rejected(No::Proposal(ProposalRejection::WrongAct));
}
