//! Results sheets (成绩汇总表) into a session: candidates become workers, rows become results.

use super::actor::Actor;
use super::clock;
use super::draft::Draft;
use super::error::AppError;
use super::execute::Asked;
use super::ledger::Ledger;
use super::people::{self, Person};
use super::sessions::SessionAndBody;
use crate::domain::catalogue::decider::CatalogueDecider;
use crate::domain::digest::Digest;
use crate::domain::ids::{CommandId, SessionId, StreamId};
use crate::domain::session::command::{ImportResults, SessionCommand};
use crate::domain::session::event::ResultEntered;
use crate::domain::session::state::SessionState;
use crate::sheet::results::{Context, Judgement, SessionScope};
use crate::store::EventStore;

/// What became of a sheet.
pub struct Imported {
    /// Every row's verdict.
    pub judgement: Judgement,
    /// Whether anything was written.
    pub written: bool,
    /// Persons who were new to the ledger.
    pub enrolled: usize,
}

impl Ledger {
    /// The verdict on every row of a sheet for a session; writes nothing.
    pub async fn judge_results(
        &self,
        session: SessionId,
        sheet: &[u8],
    ) -> Result<Judgement, AppError> {
        let SessionAndBody { session, .. } = self.session_and_body(session).await?;
        self.judge(&session.state, sheet).await
    }

    async fn judge(&self, state: &SessionState, sheet: &[u8]) -> Result<Judgement, AppError> {
        let opened = &state
            .sitting()
            .ok_or(AppError::NotFound { what: "session" })?
            .opened;
        let catalogue = self
            .load_existing::<CatalogueDecider>(StreamId::catalogue(self.id()), "catalogue")
            .await?;
        let occupations = &catalogue
            .state
            .occupations_on(opened.assessed_on)
            .ok_or(AppError::NotFound { what: "catalogue" })?
            .occupations;
        let table = crate::sheet::read_table(sheet)?;
        let context = Context {
            session: Some(SessionScope {
                occupation: opened.occupation,
                work_type: opened.work_type.clone(),
                levels: opened.levels.clone(),
                assessed_on: opened.assessed_on,
            }),
            today: clock::today(),
        };
        Ok(crate::sheet::results::judge(&table, occupations, &context)?)
    }

    /// Takes a sheet in. With refused rows nothing is written unless `accept_valid`.
    pub async fn import_results(
        &self,
        actor: &Actor,
        command_id: CommandId,
        session_id: SessionId,
        sheet: &[u8],
        accept_valid: bool,
    ) -> Result<Imported, AppError> {
        let loaded = self.session_and_body(session_id).await?;
        actor.need_maker_of(loaded.body_id)?;
        let mut judgement = self.judge(&loaded.session.state, sheet).await?;
        drop(loaded);
        let sheet_digest = Digest(self.vault()?.keyed_digest(sheet));
        let request =
            self.request_digest("import.results", &(session_id, sheet_digest, accept_valid))?;
        let asked = Asked {
            command_id,
            actor: actor.account,
        };

        if self.store.command(command_id).await?.is_none() {
            let others = people::known_by_another_name(self, &judgement.accepted).await?;
            judgement.refuse_known_by_another_name(&others);
            if judgement.accepted.is_empty() || (!judgement.refused.is_empty() && !accept_valid) {
                return Ok(Imported {
                    judgement,
                    written: false,
                    enrolled: 0,
                });
            }
        }
        let committed = self
            .execute(asked, request, async || {
                self.draft_import(session_id, sheet_digest, &judgement)
                    .await
            })
            .await?;
        let enrolled = committed
            .events
            .iter()
            .filter(|committed| committed.event.event_type() == "worker.enrolled")
            .count();
        self.refresh_views().await?;
        Ok(Imported {
            judgement,
            written: true,
            enrolled,
        })
    }

    async fn draft_import(
        &self,
        session_id: SessionId,
        sheet: Digest,
        judgement: &Judgement,
    ) -> Result<Draft, AppError> {
        let SessionAndBody {
            mut session, body, ..
        } = self.session_and_body(session_id).await?;
        let mut draft = Draft::default();
        draft.guard(&body);
        let people: Vec<Person<'_>> = judgement.accepted.iter().map(Person::from).collect();
        let workers = people::enrol(self, &people, &mut draft).await?;
        let results = judgement
            .accepted
            .iter()
            .zip(workers)
            .map(|(candidate, worker)| ResultEntered {
                worker,
                level: candidate.level,
                marks: candidate.marks,
                verdict: candidate.verdict,
            })
            .collect();
        let import = ImportResults {
            sheet,
            rows: u32::try_from(judgement.rows).unwrap_or(u32::MAX),
            results,
            on: clock::today(),
        };
        let events = session.decide(&SessionCommand::ImportResults(import))?;
        draft.write(&session, events);
        draft.shuffle();
        Ok(draft)
    }
}
