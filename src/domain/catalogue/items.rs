//! Items without a level (专项职业能力、微技能) and assessment resources (评价技术资源).

use super::decider::EDITION_MAX;
use crate::domain::attainment::ItemKind;
use crate::domain::catalogue::event::{ItemsAdopted, ResourceReleased};
use crate::domain::catalogue::rejection::CatalogueRejection as No;
use crate::domain::catalogue::state::{CatalogueState, ItemEdition};
use crate::domain::item::ItemCode;
use crate::domain::wording::{check_code, check_text};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check_items(state: &CatalogueState, adopted: &ItemsAdopted) -> Result<(), No> {
    check_code("edition", &adopted.edition)?;
    check_text("source", &adopted.source)?;
    let taken = |it: &ItemEdition| it.edition == adopted.edition;
    if state.items.iter().any(taken) {
        return Err(No::EditionTaken);
    }
    if adopted.items.is_empty() {
        return Err(No::EditionEmpty);
    }
    if adopted.items.len() > EDITION_MAX {
        return Err(No::EditionTooLarge {
            most: EDITION_MAX as u32,
        });
    }
    let known: BTreeMap<&ItemCode, ItemKind> = state
        .items
        .iter()
        .flat_map(|edition| &edition.items)
        .map(|it| (&it.code, it.kind))
        .collect();
    let mut seen = BTreeSet::new();
    for item in &adopted.items {
        check_text("name", &item.name.zh)?;
        if let Some(en) = &item.name.en {
            check_text("name-en", en)?;
        }
        if let Some(specification) = &item.specification {
            check_code("specification", &specification.code)?;
            check_code("specification-edition", &specification.edition)?;
        }
        if item.until.is_some_and(|last| last < adopted.effective_from) {
            return Err(No::ItemOverBeforeItBegins {
                item: item.code.clone(),
            });
        }
        if !seen.insert(&item.code) {
            return Err(No::ItemTwice {
                item: item.code.clone(),
            });
        }
        // An item never becomes one of the other kind: certificates under its code stand.
        if known.get(&item.code).is_some_and(|kind| *kind != item.kind) {
            return Err(No::ItemOfOtherKind {
                item: item.code.clone(),
            });
        }
    }
    Ok(())
}

pub(super) fn check_release(
    state: &CatalogueState,
    released: &ResourceReleased,
    on: Date,
) -> Result<(), No> {
    check_code("resource", &released.code)?;
    check_code("version", &released.version)?;
    check_text("title", &released.title)?;
    check_text("developer", &released.developer)?;
    if on < released.released_on {
        return Err(No::ReleaseAhead {
            earliest: released.released_on,
        });
    }
    let same = |it: &ResourceReleased| it.code == released.code && it.version == released.version;
    if state.resources.iter().any(same) {
        return Err(No::ReleaseTwice);
    }
    Ok(())
}
