//! What is asked of the views: bodies, sessions, certificates, keys and proposals, each as of now
//! or of any position.

pub mod bodies;
pub mod certificates;
pub mod proposals;
pub mod sessions;

/// Most rows of one page, where none or more is asked for.
const PAGE: u32 = 100;

/// A page's limit as it was asked for.
fn limit(asked: Option<u32>) -> u32 {
    asked.unwrap_or(PAGE).clamp(1, crate::view::PAGE_MAX)
}

/// The `after` of the next page: the last row's place, if the page was full.
fn next<T, P>(rows: &[T], limit: u32, place: impl Fn(&T) -> P) -> Option<P> {
    let full = rows.len() >= limit as usize;
    rows.last().filter(|_| full).map(place)
}
