//! Assessment sessions (认定批次).

use crate::domain::attainment::Assessed;
use crate::domain::ids::{BodyId, SessionId};
use crate::domain::level::SkillLevel;
use crate::domain::region::RegionCode;
use crate::domain::route::Route;
use crate::domain::session::event::{Process, Standard};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The kind of register that keeps how many results a session had at every position.
pub const COUNTS: &str = "session-counts";

/// The kind of register that keeps every state of a session.
pub const REGISTER: &str = "session";

/// Where a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SessionState {
    /// Results may be entered.
    Open,
    /// Results are confirmed (复核).
    Confirmed,
    /// In public notice (公示).
    Notice,
    /// Before the authority (报送).
    Submitted,
    /// Given back by the authority, to be put right (退回).
    Returned,
    /// Passed by the authority (审核通过).
    Audited,
    /// Levels are awarded.
    Closed,
    /// Certificates are issued.
    Issued,
}

/// A session, with counts of its candidates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SessionRow {
    /// Its id.
    pub session: SessionId,
    /// The body that holds it.
    pub body: BodyId,
    /// The body's own number of it.
    pub code: String,
    /// The route to what it gives.
    pub route: Route,
    /// How much of the process it records.
    pub process: Process,
    /// What is assessed.
    pub assessed: Assessed,
    /// Whether the employer's own certificate goes with the level (一试双证).
    pub dual: bool,
    /// The standard.
    pub standard: Standard,
    /// 评定日期
    pub assessed_on: Date,
    /// Region of the site.
    pub region: RegionCode,
    /// Name of the site.
    pub site: String,
    /// Where it stands.
    pub state: SessionState,
    /// Results entered.
    pub entered: u32,
    /// Of these, 合格.
    pub passed: u32,
    /// Of these, 不合格.
    pub failed: u32,
    /// Of these, 缺考.
    pub absent: u32,
    /// First day of notice.
    pub notice_from: Option<Date>,
    /// First day on which it may close.
    pub closes_on: Option<Date>,
    /// The day it closed.
    pub closed_on: Option<Date>,
    /// The day its certificates were issued.
    pub issued_on: Option<Date>,
    /// Certificates issued.
    pub certificates: u32,
    /// Position of its first event.
    pub position: u64,
    /// Position of its newest event.
    pub last_position: u64,
}

/// Levels of one kind that a session awarded and that stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LevelCount {
    /// The level.
    pub level: SkillLevel,
    /// The route.
    pub route: Route,
    /// How many.
    pub awarded: u32,
    /// Of these to students in study or of the graduation year, that day.
    pub students: u32,
}
