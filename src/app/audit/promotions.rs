//! The keys that promotions from competitions take: where the rule promotes a person once a year
//! (一年一次), its award takes that year. The award's event does not name the rule, so it is
//! followed from the rules adopted and the results entered.

use crate::app::routes::awards::promotion_key;
use crate::domain::catalogue::event::CatalogueEvent;
use crate::domain::event::Event;
use crate::domain::ids::{SessionId, StreamId, WorkerId};
use crate::domain::route::Route;
use crate::domain::session::basis::ResultBasis;
use crate::domain::session::event::{ResultEntered, SessionEvent};
use crate::domain::worker::event::WorkerEvent;
use std::collections::HashMap;

/// Rules and results so far.
#[derive(Default)]
pub(super) struct Promotions {
    /// Whether a rule promotes once a year, as adopted last.
    once_a_year: HashMap<String, bool>,
    /// The rule of each result that waits for the close of its session.
    rules: HashMap<(SessionId, WorkerId), String>,
}

impl Promotions {
    /// Takes in one more event, in order; the key it must have taken, if any.
    pub(super) fn follow(&mut self, stream: StreamId, event: &Event) -> Option<String> {
        match event {
            Event::Catalogue(CatalogueEvent::PromotionRulesAdopted(adopted)) => {
                let rules = adopted.rules.iter();
                self.once_a_year
                    .extend(rules.map(|rule| (rule.id.clone(), rule.once_a_year)));
                None
            }
            Event::Session(SessionEvent::ResultEntered(result)) => {
                self.entered(SessionId(stream.id), result);
                None
            }
            Event::Worker(WorkerEvent::LevelAwarded(awarded))
                if awarded.route == Route::Competition =>
            {
                let worker = WorkerId(stream.id);
                let rule = self.rules.remove(&(awarded.by.session()?, worker))?;
                let uses = self.once_a_year.get(&rule).copied().unwrap_or_default();
                uses.then(|| promotion_key(worker, awarded.assessed_on.year()))
            }
            _ => None,
        }
    }

    fn entered(&mut self, session: SessionId, result: &ResultEntered) {
        if let ResultBasis::Rank { rule, .. } = &result.basis {
            self.rules.insert((session, result.worker), rule.clone());
        }
    }
}
