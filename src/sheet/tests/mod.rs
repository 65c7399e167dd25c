//! The reading rules, each on a sheet built for it, and files that mean harm.

mod build;
mod hostile;
mod layouts;
mod rules;
