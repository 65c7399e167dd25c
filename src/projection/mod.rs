//! Events to view changes, in position order.
//!
//! One pure function per stream says what an event changes; [`runner`] reads the events, applies
//! the changes and saves the position in one transaction; [`follow()`] does so as they come. Views
//! are built again beside ([`rebuild()`]) and compared with what the events say ([`compare`]).

mod authority;
mod bodies;
pub mod body_registers;
mod careers;
mod catalogue;
mod certificates;
mod competitions;
mod follow;
mod proposals;
mod rebuild;
mod recognitions;
mod runner;
mod session_steps;
mod sessions;
mod staff;
mod standards;
mod workers;

pub use follow::follow;
pub use rebuild::{compare, rebuild, views_at};
pub use runner::{ProjectionError, Target, run_in_batches, run_to, run_to_head};

use crate::codec::row::Row;
use crate::domain::event::Event;
use crate::view::ViewChange;

/// Version of the functions of this room. Raise it with every change of what they make of an
/// event: views of another version are rebuilt before they are written again.
pub const VERSION: u32 = 10;

/// What one event changes in the views. Pure: the same row and event always change the same.
pub fn changes(row: &Row, event: &Event) -> Vec<ViewChange> {
    match event {
        Event::Authority(event) => authority::changes(row, event),
        Event::Catalogue(event) => {
            let mut changes = catalogue::changes(row, event);
            changes.extend(careers::tables(row, event));
            changes
        }
        Event::Account(_) => Vec::new(),
        Event::Competition(event) => competitions::changes(row, event),
        Event::Body(event) => bodies::changes(row, event),
        Event::Session(event) => sessions::changes(row, event),
        Event::Worker(event) => {
            let mut changes = workers::changes(row, event);
            changes.extend(careers::changes(row, event));
            changes
        }
        Event::Certificate(event) => certificates::changes(row, event),
        Event::Staff(event) => staff::changes(row, event),
    }
}
