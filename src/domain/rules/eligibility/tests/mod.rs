//! Application conditions: the built-in standards put to small histories, and the engine put to
//! an independent oracle.

mod agreement;
mod cases;
mod language;
mod oracle;
mod person;
mod register;
