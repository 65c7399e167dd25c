//! How a contender in another process is asked, over stdin, and answers, over stdout: a line of
//! JSON each. The first line is [`Open`], every other one a [`Work`](crate::work::Work).

use crate::work::Figures;
use serde::{Deserialize, Serialize};

/// What another process is told first.
#[derive(Debug, Serialize, Deserialize)]
pub struct Open {
    /// The address of an empty database.
    pub url: String,
    /// Most connections.
    pub connections: u32,
}

/// What another process answers.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It is done.
    Figures(Figures),
    /// It could not be done.
    Error(String),
}
