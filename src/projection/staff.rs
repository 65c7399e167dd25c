//! A member of staff's events to views.

use crate::codec::row::Row;
use crate::domain::staff::event::StaffEvent;
use crate::view::ViewChange;

pub(super) fn changes(_row: &Row, _event: &StaffEvent) -> Vec<ViewChange> {
    Vec::new()
}
