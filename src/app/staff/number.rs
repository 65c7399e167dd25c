//! Cards found by their numbers: the number stays in the vault, its keyed digest is reserved.

use crate::app::error::AppError;
use crate::app::ledger::Ledger;
use crate::codec::registry;
use crate::domain::digest::Digest;
use crate::domain::event::Event;
use crate::domain::ids::{CardId, SubjectId};
use crate::domain::staff::event::StaffEvent;
use crate::domain::width::fold_identifier;
use crate::store::EventStore;

/// Most bytes of a card's number as written.
const NUMBER_BYTES_MAX: usize = 200;

/// The key a card's number takes for ever.
pub(in crate::app) fn card_key(number: Digest) -> String {
    format!("card:{number}")
}

/// A card's number as it is compared: without spaces, half-width, upper case.
pub(super) fn normal_number(number: &str) -> Result<String, AppError> {
    if number.len() > NUMBER_BYTES_MAX {
        return Err(AppError::BadInput {
            what: "number",
            rule: "field-unreadable",
        });
    }
    Ok(fold_identifier(number))
}

impl Ledger {
    /// Digest of a card's number (证卡编号), keyed, so that nobody can guess against it.
    pub(super) fn card_digest(&self, number: &str) -> Result<Digest, AppError> {
        let bytes = [b"staff card\n", normal_number(number)?.as_bytes()].concat();
        Ok(Digest(self.vault()?.keyed_digest(&bytes)))
    }

    /// The card of this number and whose it is.
    pub async fn staff_card(&self, number: &str) -> Result<(SubjectId, CardId), AppError> {
        let missing = AppError::NotFound { what: "card" };
        let key = card_key(self.card_digest(number)?);
        let Some(position) = self.store.reservation(&key).await? else {
            return Err(missing);
        };
        let row = self.store.row(position).await?.ok_or(missing)?;
        match registry::decode(&row)? {
            Event::Staff(StaffEvent::CardGranted(granted)) => {
                Ok((SubjectId(row.stream.id), granted.card))
            }
            _ => Err(AppError::Inconsistent(format!(
                "a card's number was taken by position {position}, which grants none"
            ))),
        }
    }

    /// Who holds the card of this number, good or not.
    pub async fn staff_by_card(&self, number: &str) -> Result<SubjectId, AppError> {
        Ok(self.staff_card(number).await?.0)
    }
}
