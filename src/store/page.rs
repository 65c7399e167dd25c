//! A page of events read as two halves at once. Events never change and leave no gap, so it makes no
//! difference that two connections read them.

use crate::codec::row::Row;

/// The first half and, if nothing is missing between them, the second.
pub(super) fn joined(mut first: Vec<Row>, mut rest: Vec<Row>) -> Vec<Row> {
    let next = first.last().and_then(|row| row.position.checked_add(1));
    if next.is_some() && next == rest.first().map(|row| row.position) {
        first.append(&mut rest);
    }
    first
}
