//! The trust lists that files bring themselves. Papers that were printed together bring the same one,
//! and a list is large: each is read and checked once, not once a paper.

use crate::verify::Known;
use sha2::{Digest, Sha256};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// Most lists that are remembered: a folder holds the papers of few days side by side.
const KEPT: usize = 4;

/// What is known by each list that a file brought, for the last few lists. A list is told by all of
/// its bytes, so that another one is never taken for it.
pub(super) struct OwnLists<G> {
    gather: G,
    kept: Mutex<VecDeque<([u8; 32], Arc<Known>)>>,
}

impl<G: Fn(&[u8]) -> Known> OwnLists<G> {
    /// `gather` says what is known by a list.
    pub const fn new(gather: G) -> Self {
        Self {
            gather,
            kept: Mutex::new(VecDeque::new()),
        }
    }

    /// What is known by this list.
    pub fn known(&self, list: &[u8]) -> Arc<Known> {
        let digest: [u8; 32] = Sha256::digest(list).into();
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept().iter().find(|(it, _)| *it == digest).cloned();
        if let Some((_, known)) = found {
            return known;
        }
        // Nobody waits for it: at the worst each thread reads the first one itself.
        let known = Arc::new((self.gather)(list));
        let mut kept = kept();
        kept.truncate(KEPT - 1);
        kept.push_front((digest, Arc::clone(&known)));
        known
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::Instant;
    use crate::verify::Policy;
    use std::cell::Cell;

    #[test]
    fn a_list_is_read_once_as_long_as_it_is_among_the_last() {
        let read = Cell::new(0);
        let lists = OwnLists::new(|list: &[u8]| {
            read.set(read.get() + 1);
            Known::gather(Instant(0), Policy::default(), Some(list), None, &[])
        });
        let first = lists.known(b"1");
        for _ in 0..3 {
            assert!(Arc::ptr_eq(&first, &lists.known(b"1")));
        }
        assert_eq!(read.get(), 1);
        for other in 2..=KEPT {
            assert!(!Arc::ptr_eq(
                &first,
                &lists.known(other.to_string().as_bytes())
            ));
        }
        assert!(Arc::ptr_eq(&first, &lists.known(b"1")));
        assert_eq!(read.get(), KEPT);
        lists.known(b"one more");
        assert!(!Arc::ptr_eq(&first, &lists.known(b"1")));
        assert_eq!(read.get(), KEPT + 2);
    }
}
