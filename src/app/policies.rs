//! What the authority lays down for its ledger: the working days of a year, the length of the
//! public notice (公示).

use super::actor::Actor;
use super::draft::Draft;
use super::error::AppError;
use super::execute::Asked;
use super::ledger::Ledger;
use crate::domain::account::event::Role;
use crate::domain::authority::command::AuthorityCommand;
use crate::domain::authority::decider::AuthorityDecider;
use crate::domain::authority::event::{CalendarLoaded, NoticePolicySet};
use crate::domain::digest::Digest;
use crate::domain::ids::{CommandId, StreamId};
use crate::domain::rules::calendars_cn::CHINA;
use jiff::civil::Date;
use serde::Deserialize;

/// Most bytes of a calendar file.
pub const CALENDAR_BYTES_MAX: u64 = 64 * 1024;

/// A year's working days as a file states them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CalendarFile {
    /// Whose calendar; `CN` if not given.
    jurisdiction: Option<String>,
    year: i16,
    source: String,
    #[serde(default)]
    verified: bool,
    holidays: Vec<Date>,
    workdays: Vec<Date>,
}

/// Reads a calendar file: `{"year","source","holidays":[…],"workdays":[…]}`, optionally
/// `"jurisdiction"` and `"verified"`. Whether the days are sound, the decider judges.
pub fn read_calendar(bytes: &[u8]) -> Result<CalendarLoaded, AppError> {
    let file: CalendarFile = serde_json::from_slice(bytes).map_err(|_| AppError::BadInput {
        what: "calendar",
        rule: "calendar-file",
    })?;
    Ok(CalendarLoaded {
        jurisdiction: file.jurisdiction.unwrap_or_else(|| CHINA.to_owned()),
        year: file.year,
        source: file.source,
        verified: file.verified,
        holidays: file.holidays,
        workdays: file.workdays,
    })
}

/// The request to set the length of the public notice (公示) in the ledger's jurisdiction.
#[derive(Clone, serde::Serialize)]
pub struct NoticeRequest {
    /// The first day it applies.
    pub effective_from: Date,
    /// Working days of notice; 0 for none.
    pub working_days: u16,
    /// Document it was taken from.
    pub source: String,
    /// Whether a person compared it with the official text.
    pub verified: bool,
}

impl Ledger {
    /// Makes a year's working days known; a later calendar of the same year replaces it.
    pub async fn load_calendar(
        &self,
        actor: &Actor,
        command_id: CommandId,
        calendar: CalendarLoaded,
    ) -> Result<(), AppError> {
        let digest = self.request_digest("calendar.load", &calendar)?;
        self.command_authority(
            actor,
            command_id,
            digest,
            AuthorityCommand::LoadCalendar(calendar),
        )
        .await
    }

    /// Sets the length of the public notice (公示) in this ledger's jurisdiction.
    pub async fn set_notice_policy(
        &self,
        actor: &Actor,
        command_id: CommandId,
        request: NoticeRequest,
    ) -> Result<NoticePolicySet, AppError> {
        let digest = self.request_digest("policy.notice", &request)?;
        let policy = NoticePolicySet {
            jurisdiction: self.authority().await?.established.jurisdiction,
            effective_from: request.effective_from,
            working_days: request.working_days,
            source: request.source,
            verified: request.verified,
        };
        let command = AuthorityCommand::SetNoticePolicy(policy.clone());
        self.command_authority(actor, command_id, digest, command)
            .await?;
        Ok(policy)
    }

    async fn command_authority(
        &self,
        actor: &Actor,
        command_id: CommandId,
        digest: Digest,
        command: AuthorityCommand,
    ) -> Result<(), AppError> {
        actor.need(&[Role::AuthorityMaker], "authority-maker")?;
        let asked = Asked {
            command_id,
            actor: actor.account,
        };
        self.execute(asked, digest, async || {
            let mut authority = self
                .load_existing::<AuthorityDecider>(StreamId::authority(self.id()), "ledger")
                .await?;
            let events = authority.decide(&command)?;
            let mut draft = Draft::default();
            draft.write(&authority, events);
            Ok(draft)
        })
        .await?;
        self.refresh_views().await?;
        Ok(())
    }
}
