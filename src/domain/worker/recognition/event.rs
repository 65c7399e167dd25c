//! What happened to a recognition.

use crate::domain::ids::{AccountId, RecognitionId, SessionId};
use crate::domain::occupation::OccupationCode;
use crate::domain::rules::recognition::{Channel, Effect, HeldBy, Met, Qualification, Unmet};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// An application for recognition was taken (受理申请).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecognitionApplied {
    /// Its id.
    pub recognition: RecognitionId,
    /// What is held, by what shows it.
    pub held: HeldBy,
    /// The rule.
    pub rule: String,
    /// The edition it was adopted with.
    pub edition: String,
    /// Under whose rules.
    pub jurisdiction: String,
    /// What is applied for, as the rule says it.
    pub to: Qualification,
    /// In which occupation, if it is a level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occupation: Option<OccupationCode>,
    /// Who took the application.
    pub taken_by: AccountId,
    /// The day of the application: rule, years and issuer are judged by it.
    pub on: Date,
}

/// A recognition was granted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecognitionGranted {
    /// Which.
    pub recognition: RecognitionId,
    /// What it gives. Never an equality.
    pub effect: Effect,
    /// Another channel than the ordinary one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// What it leads to.
    pub to: Qualification,
    /// In which occupation, if it is a level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occupation: Option<OccupationCode>,
    /// Document number and article.
    pub citation: String,
    /// Whether a person had compared the rule with the official text.
    pub verified: bool,
    /// Whether the rule only shows what such a rule looks like.
    pub demo: bool,
    /// Whether the rule lets a level awarded on it have a certificate.
    pub certificate: bool,
    /// Every condition, and by what it was met.
    pub met: Vec<Met>,
    /// Who decided: another than who took the application.
    pub decided_by: AccountId,
    /// The day of the decision.
    pub on: Date,
}

/// A recognition was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecognitionRefused {
    /// Which.
    pub recognition: RecognitionId,
    /// The conditions that are not met, each until when.
    pub unmet: Vec<Unmet>,
    /// Why else; needed where no condition is unmet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground: Option<String>,
    /// Who decided.
    pub decided_by: AccountId,
    /// The day of the decision.
    pub on: Date,
}

/// A recognition was withdrawn (撤销比照认定). A level awarded on it is withdrawn with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecognitionWithdrawn {
    /// Which.
    pub recognition: RecognitionId,
    /// Why.
    pub ground: String,
    /// Legal basis or document number.
    pub basis: String,
    /// The civil date.
    pub on: Date,
}

/// A session closed on a recognition (据比照认定发证): the level it awarded, and awarded once, may have
/// its certificate from there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecognitionUsed {
    /// Which.
    pub recognition: RecognitionId,
    /// The session.
    pub session: SessionId,
    /// The day it closed.
    pub on: Date,
}
