//! What is so about a member of staff on one day: plain facts for those who arrange sessions
//! (考务安排) and classes.

use crate::domain::ids::{BodyId, CardId, SubjectId};
use crate::domain::item::ItemCode;
use crate::domain::level::SkillLevel;
use crate::domain::occupation::OccupationCode;
use crate::domain::staff::rejection::StaffRejection as No;
use crate::domain::staff::role::StaffRole;
use crate::domain::staff::state::{StaffState, Validity};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A member of staff on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffFacts {
    /// Who, by his pseudonym; the same as that of the worker he may be.
    pub subject: SubjectId,
    /// The day.
    pub on: Date,
    /// Every card ever granted, good on that day or not.
    pub cards: Vec<CardFacts>,
    /// Whom he has declared to be close to (回避).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<SubjectId>,
}

/// One card on that day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardFacts {
    /// Which.
    pub card: CardId,
    /// Role and, for examiners, rank.
    pub role: StaffRole,
    /// The occupations it is good for; none named = all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub occupations: Vec<OccupationCode>,
    /// The levels it names; none named = all its rank allows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<SkillLevel>,
    /// The items it is good for; none named = all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ItemCode>,
    /// Whose staff he is by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<BodyId>,
    /// Whether it is good on that day.
    pub validity: Validity,
}

impl StaffState {
    /// What is so on a day. Somebody who is no staff has no cards.
    pub fn facts_on(&self, subject: SubjectId, on: Date) -> StaffFacts {
        let Self::Enrolled(staff) = self else {
            return StaffFacts {
                subject,
                on,
                cards: Vec::new(),
                related: Vec::new(),
            };
        };
        let cards = staff.cards.iter().map(|card| CardFacts {
            card: card.granted.card,
            role: card.granted.role,
            occupations: card.granted.occupations.clone(),
            levels: card.granted.levels.clone(),
            items: card.granted.items.clone(),
            body: card.granted.body,
            validity: card.validity_on(on),
        });
        StaffFacts {
            subject,
            on,
            cards: cards.collect(),
            related: staff.relations.keys().copied().collect(),
        }
    }
}

impl CardFacts {
    /// Refuses what the card is not good for on its day.
    pub fn demand(&self, occupation: OccupationCode, level: Option<SkillLevel>) -> Result<(), No> {
        self.validity.demand()?;
        if !self.occupations.is_empty() && !self.occupations.contains(&occupation) {
            return Err(No::OccupationOutsideCard { occupation });
        }
        match level {
            Some(level) if !self.levels.is_empty() && !self.levels.contains(&level) => {
                Err(No::LevelOutsideCard { level })
            }
            _ => Ok(()),
        }
    }

    /// Refuses an item that the card, naming items, does not name.
    pub fn demand_item(&self, item: &ItemCode) -> Result<(), No> {
        if self.items.is_empty() || self.items.contains(item) {
            Ok(())
        } else {
            Err(No::ItemOutsideCard { item: item.clone() })
        }
    }
}
