//! Files judged on all cores, answered in the order they were given.

use super::files::Given;
use std::io;
use std::num::NonZero;
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Most files that are held at once.
const FILES_AT_ONCE: usize = 256;
/// With so many bytes no further file is waited for.
const BYTES_AT_ONCE: usize = 64 << 20;

/// Files that wait to be judged: never more than some, however many there are.
pub(super) struct SideBySide<J> {
    judge: J,
    cores: usize,
    waiting: Vec<Given>,
    bytes: usize,
}

impl<J> SideBySide<J> {
    /// `judge` says of a file what is to be told of it.
    pub fn new(judge: J) -> Self {
        Self {
            judge,
            cores: thread::available_parallelism().map_or(1, NonZero::get),
            waiting: Vec::new(),
            bytes: 0,
        }
    }

    /// Takes a file; tells what is known once enough are together.
    pub fn add<T: Send>(
        &mut self,
        given: Given,
        tell: &mut dyn FnMut(Given, T) -> io::Result<()>,
    ) -> io::Result<()>
    where
        J: Fn(&Given) -> T + Sync,
    {
        self.bytes += given.bytes.as_ref().map_or(0, Vec::len);
        self.waiting.push(given);
        match self.waiting.len() >= FILES_AT_ONCE || self.bytes >= BYTES_AT_ONCE {
            true => self.finish(tell),
            false => Ok(()),
        }
    }

    /// Judges what waits and tells it.
    pub fn finish<T: Send>(
        &mut self,
        tell: &mut dyn FnMut(Given, T) -> io::Result<()>,
    ) -> io::Result<()>
    where
        J: Fn(&Given) -> T + Sync,
    {
        self.bytes = 0;
        let waiting = std::mem::take(&mut self.waiting);
        let (judge, threads) = (&self.judge, self.cores.min(waiting.len()));
        if threads < 2 {
            return waiting.into_iter().try_for_each(|given| {
                let told = judge(&given);
                tell(given, told)
            });
        }
        // Whoever is free takes the next: a PDF costs a hundred times what a line of JSON does.
        let left = Mutex::new(waiting.into_iter().enumerate());
        let next = || left.lock().unwrap_or_else(PoisonError::into_inner).next();
        let work = || -> Vec<(usize, Given, T)> {
            std::iter::from_fn(next)
                .map(|(nth, given)| {
                    let told = judge(&given);
                    (nth, given, told)
                })
                .collect()
        };
        let mut judged = thread::scope(|scope| {
            let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            let mut judged = Vec::new();
            for thread in threads {
                let of_one = thread.join();
                judged.extend(of_one.map_err(|_| io::Error::other("a file was not judged"))?);
            }
            Ok::<_, io::Error>(judged)
        })?;
        judged.sort_unstable_by_key(|(nth, ..)| *nth);
        let mut judged = judged.into_iter();
        judged.try_for_each(|(_, given, told)| tell(given, told))
    }
}
