//! Files that carry credentials and sign nothing themselves. What is found inside is handed on as
//! bytes, to be judged like any other: a container lends it no trust.

pub mod badge;
pub mod pdf;
pub mod photo;

#[cfg(test)]
mod tests;
