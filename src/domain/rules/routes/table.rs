//! Tables of dated rules: adopted by editions, each rule known by its id.

use crate::domain::level::SkillLevel;
use crate::domain::rules::routes::appointment::AppointmentPolicy;
use crate::domain::rules::routes::apprenticeship::ApprenticeshipPolicy;
use crate::domain::rules::routes::direct::DirectGround;
use crate::domain::rules::routes::promotion::{PromotionRule, Reach};
use jiff::civil::Date;

/// What the rules of all routes have in common.
pub trait RouteRule: Clone {
    /// Its id, stable over editions.
    fn id(&self) -> &str;
    /// Whose rule.
    fn jurisdiction(&self) -> &str;
    /// First day it applies.
    fn effective_from(&self) -> Date;
    /// Last day it applies, if it ended.
    fn effective_to(&self) -> Option<Date>;
    /// Lets it end.
    fn end(&mut self, last: Date);
    /// Document number and article.
    fn source(&self) -> &str;
    /// Whether what it says can be.
    fn is_sound(&self) -> bool;
}

macro_rules! route_rule {
    ($type:ty, $id:ident, |$it:ident| $sound:expr) => {
        impl RouteRule for $type {
            fn id(&self) -> &str {
                &self.$id
            }
            fn jurisdiction(&self) -> &str {
                &self.jurisdiction
            }
            fn effective_from(&self) -> Date {
                self.effective_from
            }
            fn effective_to(&self) -> Option<Date> {
                self.effective_to
            }
            fn end(&mut self, last: Date) {
                self.effective_to = Some(self.effective_to.map_or(last, |it| it.min(last)));
            }
            fn source(&self) -> &str {
                &self.source
            }
            fn is_sound(&self) -> bool {
                let $it = self;
                $sound
            }
        }
    };
}

fn certified(level: &SkillLevel) -> bool {
    SkillLevel::CERTIFIED.contains(level)
}

route_rule!(PromotionRule, id, |it| {
    let reach = match &it.reach {
        Reach::Rank { to } => *to > 0,
        Reach::Share { percent } => (1..=100).contains(percent),
        Reach::Prize { prizes } => !prizes.is_empty(),
    };
    let rises = it.ladder.is_sorted_by(|a, b| a < b) && it.ladder.iter().all(certified);
    reach && rises && !it.ladder.is_empty() && !it.competitions.is_empty()
});
route_rule!(DirectGround, code, |it| {
    it.lowest.as_ref().is_none_or(certified) && !it.words.zh.trim().is_empty()
});
route_rule!(AppointmentPolicy, id, |it| {
    let order = match it.level {
        SkillLevel::Special => certified(&it.prior),
        SkillLevel::Chief => it.prior == SkillLevel::Special || certified(&it.prior),
        _ => false,
    };
    order && it.term_years_least > 0 && it.term_years_least <= it.term_years_most
});
route_rule!(ApprenticeshipPolicy, id, |it| {
    let interns = it.intern_months_least.is_none_or(|it| it > 0);
    interns
        && it.months_least > 0
        && it.months_least <= it.months_most
        && !it.targets.is_empty()
        && it.targets.iter().all(certified)
});

/// Adopts rules into a table. A rule of an id that stands already takes its place from its own
/// first day on; before that day the old one stays answerable.
pub fn adopt<T: RouteRule>(table: &mut Vec<T>, rules: &[T]) {
    for rule in rules {
        let from = rule.effective_from();
        table.retain(|it| it.id() != rule.id() || it.effective_from() < from);
        for old in table.iter_mut().filter(|it| it.id() == rule.id()) {
            old.end(from.yesterday().unwrap_or(Date::MIN));
        }
        table.push(rule.clone());
    }
}
