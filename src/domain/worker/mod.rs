//! Stream `worker` (劳动者): what a person has, under a pseudonym.

pub mod event;
