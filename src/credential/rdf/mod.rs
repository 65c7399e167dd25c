//! Documents as RDF: what `eddsa-rdfc-2022` signs instead of JSON.
//!
//! A certificate of ours has one shape and every node of it an id, so its canonical N-Quads
//! (RDFC-1.0) are its statements in order, written straight from the document: [`certificate`]. No
//! JSON-LD is processed and no context is read to issue or to verify one. What a JSON-LD processor
//! makes of the same documents is held against it in the tests.

pub mod certificate;
#[cfg(test)]
pub mod contexts;
#[cfg(test)]
pub mod general;
#[cfg(test)]
pub mod guard;
pub mod nquads;

#[cfg(test)]
mod tests;
