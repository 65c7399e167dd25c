//! Keys and status lists of a body.

use crate::domain::body::event::{
    BodyEvent, BodyKeyRegistered, BodyKeyRetired, StatusListOpened, StatusListPublished,
};
use crate::domain::body::rejection::BodyRejection as No;
use crate::domain::body::state::{Body, PURPOSES, STATUS_LIST_SIZE, Standing};
use crate::domain::key_use::KeyUse;
use crate::domain::wording::check_code;

pub(super) fn decide_register(
    body: &Body,
    registered: &BodyKeyRegistered,
) -> Result<Vec<BodyEvent>, No> {
    // A status key may be renewed even after a withdrawal: the status outlives the body.
    if let (Standing::Withdrawn { since }, false) = (&body.standing, registered.purpose == "status")
    {
        return Err(No::Withdrawn { since: *since });
    }
    if !PURPOSES.contains(&registered.purpose.as_str()) {
        return Err(No::KeyPurposeUnknown);
    }
    check_code("key-id", &registered.key_id)?;
    check_code("public-key", &registered.public_key)?;
    check_code("possession", &registered.possession)?;
    let taken = body
        .keys
        .iter()
        .any(|key| key.key_id == registered.key_id || key.public_key == registered.public_key);
    if taken {
        return Err(No::KeyTaken);
    }
    Ok(vec![registered.clone().into()])
}

pub(super) fn decide_retire(body: &Body, retired: &BodyKeyRetired) -> Result<Vec<BodyEvent>, No> {
    let key = body.key(&retired.key_id).ok_or(No::KeyUnknown)?;
    if key.in_use != KeyUse::Active {
        return Err(No::KeyNotActive);
    }
    let another = body.keys.iter().any(|other| {
        other.purpose == key.purpose && other.in_use == KeyUse::Active && other.key_id != key.key_id
    });
    if key.purpose == "status" && !another {
        return Err(No::LastStatusKey);
    }
    Ok(vec![retired.clone().into()])
}

/// Whether a key may be declared compromised from a position on; an earlier position than
/// declared before is a new fact.
pub(super) fn check_compromise(body: &Body, key_id: &str, from_position: u64) -> Result<(), No> {
    if from_position == 0 {
        return Err(No::PositionInvalid);
    }
    let key = body.key(key_id).ok_or(No::KeyUnknown)?;
    match key.in_use.is_news(from_position) {
        true => Ok(()),
        false => Err(No::KeyAlreadyCompromised),
    }
}

pub(super) fn decide_open_list(
    body: &Body,
    opened: &StatusListOpened,
) -> Result<Vec<BodyEvent>, No> {
    if let Standing::Withdrawn { since } = body.standing {
        return Err(No::Withdrawn { since });
    }
    let next = body.lists.len() as u32 + 1;
    if opened.list != next {
        return Err(No::ListOutOfOrder { next });
    }
    if opened.size != STATUS_LIST_SIZE {
        return Err(No::ListSize { size: opened.size });
    }
    if body.has_seed(opened.seed) {
        return Err(No::SeedTaken);
    }
    Ok(vec![opened.clone().into()])
}

pub(super) fn decide_publish_list(
    body: &Body,
    published: &StatusListPublished,
) -> Result<Vec<BodyEvent>, No> {
    if body.active_key("status").is_none() {
        return Err(No::KeyMissing { purpose: "status" });
    }
    let list = body.list(published.list).ok_or(No::ListUnknown)?;
    if let Some(position) = list.as_of_position
        && published.as_of_position < position
    {
        return Err(No::ListGoesBack { position });
    }
    let documents = [
        &published.revocation,
        &published.suspension,
        &published.details,
    ];
    let mut documents = documents.into_iter().chain(&published.token);
    if documents.any(String::is_empty) {
        return Err(No::ListEmpty);
    }
    Ok(vec![published.clone().into()])
}
