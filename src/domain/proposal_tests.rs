//! Maker and checker, whatever the stream.

use crate::domain::example::*;
use crate::domain::ids::ProposalId;
use crate::domain::proposal::{
    Act, Approval, End, PROPOSAL_LIFETIME_MICROS, ProposalApproved, ProposalEvent,
    ProposalRejection as No, Proposals,
};
use crate::domain::time::Instant;
use jiff::civil::date;
use uuid::Uuid;

fn other() -> ProposalId {
    ProposalId(Uuid::from_u128(0x99))
}
fn confirm() -> Act {
    Act::ConfirmResults { candidates: 2 }
}
fn with(events: &[ProposalEvent]) -> Proposals {
    let mut proposals = Proposals::default();
    events.iter().for_each(|event| proposals.record(event));
    proposals
}
fn open() -> Proposals {
    with(&[proposing().made(confirm()).into()])
}

#[test]
fn an_act_has_the_day_it_is_decided_for_unless_it_has_none() {
    let on = date(2026, 7, 13);
    let (ground, basis) = ("查实".to_owned(), "示范处〔2026〕1号".to_owned());
    let dated = [
        Act::EndCertificate {
            end: End::Revoked,
            ground: ground.clone(),
            basis: basis.clone(),
            on,
        },
        Act::SuspendBody {
            ground: ground.clone(),
            basis: basis.clone(),
            on,
        },
        Act::ReinstateBody {
            ground: ground.clone(),
            on,
        },
        Act::WithdrawPlace {
            worker: worker(1),
            occupation: occupation().code,
            ground: ground.clone(),
            basis,
            on,
        },
    ];
    for act in dated {
        assert_eq!(act.on(), Some(on), "{act:?}");
    }
    assert_eq!(confirm().on(), None);
    let compromised = Act::CompromiseKey {
        key_id: "key".into(),
        from_position: 7,
        ground,
    };
    assert_eq!(compromised.on(), None);
}

#[test]
fn only_an_end_that_speaks_of_the_assessment_takes_the_level() {
    assert!(End::Revoked.withdraws_level() && End::Forfeited.withdraws_level());
    assert!(!End::Cancelled.withdraws_level() && !End::Voided.withdraws_level());
}

#[test]
fn a_proposal_is_there_to_be_decided_until_it_is() {
    let proposals = open();
    let made = proposing().made(confirm());
    assert_eq!(proposals.made(proposal()), Some(&made));
    assert_eq!(proposals.open().collect::<Vec<_>>(), [&made]);
    assert_eq!(proposals.made(other()), None);
    assert_eq!(proposals.check_new(proposal()), Err(No::Taken));
    assert_eq!(proposals.check_new(other()), Ok(()));
    let approved = ProposalEvent::from(approval().approved());
    let decided = with(&[made.into(), approved]);
    assert_eq!(decided.made(proposal()), None);
    assert_eq!(decided.open().count(), 0);
    assert_eq!(decided.check_new(proposal()), Err(No::Taken));
}

#[test]
fn the_checker_is_another_account_in_time_over_the_same_digest() {
    let judged = |change: fn(&mut Approval)| {
        let mut approval = approval();
        change(&mut approval);
        open().check_approval(&approval).cloned()
    };
    assert_eq!(judged(|_| {}), Ok(confirm()));
    assert_eq!(judged(|it| it.by = maker()), Err(No::SamePerson));
    assert_eq!(judged(|it| it.digest = digest(2)), Err(No::DigestDiffers));
    assert_eq!(judged(|it| it.proposal = other()), Err(No::Unknown));
    let last = Instant(proposing().now.0 + PROPOSAL_LIFETIME_MICROS);
    assert_eq!(proposing().made(confirm()).expires_at, last);
    let mut late = Approval {
        now: last,
        ..approval()
    };
    assert!(open().check_approval(&late).is_ok());
    late.now = Instant(last.0 + 1);
    assert_eq!(open().check_approval(&late), Err(No::Expired));
    assert_eq!(PROPOSAL_LIFETIME_MICROS, 72 * 60 * 60 * 1_000 * 1_000);
}

#[test]
fn an_approval_names_proposal_digest_and_checker() {
    let expected = ProposalApproved {
        proposal: proposal(),
        digest: digest(1),
        approved_by: checker(),
    };
    assert_eq!(approval().approved(), expected);
}
