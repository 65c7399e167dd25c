//! Keys of the authority and of the log: one comes into use, takes over, goes out of use, is declared
//! compromised by two people.

use crate::domain::authority::event::{
    AuthorityEvent, AuthorityKeyCompromised, AuthorityKeyRegistered, AuthorityKeyRetired,
};
use crate::domain::authority::rejection::AuthorityRejection as No;
use crate::domain::authority::state::{Authority, AuthorityKey, LOG_KEYS_IN_USE_MAX, PURPOSES};
use crate::domain::key_use::KeyUse;
use crate::domain::proposal::{Act, Approval, ProposalEvent, ProposalRejection, Proposing};
use crate::domain::wording::{check_code, check_text};

type Decided = Result<Vec<AuthorityEvent>, No>;

const LOG: &str = "log";

pub(super) fn check_register(
    authority: &Authority,
    registered: &AuthorityKeyRegistered,
) -> Result<(), No> {
    if !PURPOSES.contains(&registered.purpose.as_str()) {
        return Err(No::KeyPurposeUnknown);
    }
    check_code("key-id", &registered.key_id)?;
    check_code("public-key", &registered.public_key)?;
    check_code("possession", &registered.possession)?;
    let taken = authority
        .keys
        .iter()
        .any(|key| key.key_id == registered.key_id || key.public_key == registered.public_key);
    if taken {
        return Err(No::KeyTaken);
    }
    let succeeds = registered.purpose == LOG && authority.active_key(LOG).is_some();
    if succeeds {
        authority.has_room_for_a_log_key()?;
    }
    // Whoever follows the log knows a new key by the old one's word.
    let chained = registered.succession.as_ref().map(|note| !note.is_empty());
    if chained != succeeds.then_some(true) {
        return Err(No::KeySuccession);
    }
    Ok(())
}

impl Authority {
    /// Refuses a further key of the log while one and its successor are in use.
    pub fn has_room_for_a_log_key(&self) -> Result<(), No> {
        let most = LOG_KEYS_IN_USE_MAX;
        match self.active_keys(LOG).count() < usize::from(most) {
            true => Ok(()),
            false => Err(No::LogKeysInUse { most }),
        }
    }
}

pub(super) fn check_retire(authority: &Authority, retired: &AuthorityKeyRetired) -> Result<(), No> {
    let key = find(authority, &retired.key_id)?;
    if key.in_use != KeyUse::Active {
        return Err(No::KeyNotActive);
    }
    not_the_last(authority, key)
}

pub(super) fn decide_propose(authority: &Authority, proposing: &Proposing, act: &Act) -> Decided {
    authority.proposals.check_new(proposing.proposal)?;
    compromised(authority, act)?;
    let made = ProposalEvent::from(proposing.made(act.clone()));
    Ok(vec![AuthorityEvent::Proposal(made)])
}

pub(super) fn decide_approve(authority: &Authority, approval: &Approval) -> Decided {
    let act = authority.proposals.check_approval(approval)?;
    // Keys may have come and gone since the proposal: the act is judged anew.
    let compromised = compromised(authority, act)?;
    let approved = AuthorityEvent::Proposal(approval.approved().into());
    Ok(vec![approved, compromised.into()])
}

/// The declaration that an act asks for. Something must go on signing: without a key in use nothing
/// could be published any more, this declaration itself included.
fn compromised(authority: &Authority, act: &Act) -> Result<AuthorityKeyCompromised, No> {
    let Act::CompromiseKey {
        key_id,
        from_position,
        ground,
    } = act
    else {
        return Err(ProposalRejection::WrongAct.into());
    };
    check_text("ground", ground)?;
    if *from_position == 0 {
        return Err(No::PositionInvalid);
    }
    let key = find(authority, key_id)?;
    if !key.in_use.is_news(*from_position) {
        return Err(No::KeyAlreadyCompromised);
    }
    if key.in_use == KeyUse::Active {
        not_the_last(authority, key)?;
    }
    Ok(AuthorityKeyCompromised {
        key_id: key_id.clone(),
        from_position: *from_position,
        ground: ground.clone(),
    })
}

fn find<'a>(authority: &'a Authority, key_id: &str) -> Result<&'a AuthorityKey, No> {
    let mut keys = authority.keys.iter();
    keys.find(|key| key.key_id == key_id).ok_or(No::KeyUnknown)
}

fn not_the_last(authority: &Authority, key: &AuthorityKey) -> Result<(), No> {
    let mut others = authority.active_keys(&key.purpose);
    match others.any(|other| other.key_id != key.key_id) {
        true => Ok(()),
        false => Err(No::LastKey),
    }
}
