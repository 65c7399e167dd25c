//! Use cases: the only place with clock, randomness and keys in hand.

pub mod clock;
