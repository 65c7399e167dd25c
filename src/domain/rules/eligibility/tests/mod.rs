//! Application conditions: the built-in standards put to small histories, and the engine put to
//! an independent oracle.

mod cases;
mod person;
