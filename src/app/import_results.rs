//! Results sheets (成绩汇总表) into a session: candidates become workers, rows become results.

use super::actor::Actor;
use super::bodies::end_what_has_expired;
use super::clock;
use super::draft::Draft;
use super::error::AppError;
use super::execute::{Asked, Committed};
use super::ledger::Ledger;
use super::people::{self, Person};
use super::routes::facts::not_graded;
use super::sessions::SessionAndBody;
use crate::domain::attainment::Assessed;
use crate::domain::catalogue::decider::CatalogueDecider;
use crate::domain::digest::Digest;
use crate::domain::event::Event;
use crate::domain::ids::{CommandId, SessionId, StreamId, WorkerId};
use crate::domain::session::basis::{ResultBasis, Retained};
use crate::domain::session::command::{ImportResults, SessionCommand};
use crate::domain::session::event::{ResultEntered, SessionEvent};
use crate::domain::session::state::SessionState;
use crate::sheet::results::{Candidate, Context, Judgement, SessionScope};
use std::collections::BTreeSet;

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
        let Assessed::Levels {
            occupation,
            work_type,
            levels,
            ..
        } = &opened.assessed
        else {
            return Err(AppError::Refused {
                code: "sheet-of-levels",
                args: Vec::new(),
            });
        };
        let context = Context {
            session: Some(SessionScope {
                occupation: *occupation,
                work_type: work_type.clone(),
                levels: levels.clone(),
                assessed_on: opened.assessed_on,
            }),
            today: clock::today(),
        };
        let mut judgement = crate::sheet::results::judge(&table, occupations, &context)?;
        let ungraded = not_graded(self, opened, &judgement.accepted).await?;
        judgement.refuse_ungraded(&ungraded);
        Ok(judgement)
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
        let body = loaded.body_id;
        actor.need_maker_of(body)?;
        let mut judgement = self.judge(&loaded.session.state, sheet).await?;
        drop(loaded);
        end_what_has_expired(self, actor.account, body, clock::today()).await?;
        let sheet_digest = Digest(self.vault()?.keyed_digest(sheet));
        let request =
            self.request_digest("import.results", &(session_id, sheet_digest, accept_valid))?;
        let asked = Asked {
            command_id,
            actor: actor.account,
        };

        let committed = self
            .execute(asked, request, async || {
                let others = people::known_by_another_name(self, &judgement.accepted).await?;
                let candidates = judgement.accepted.iter();
                let taken: Vec<&Candidate> =
                    candidates.filter(|c| !others.contains(&c.row)).collect();
                let refused = !judgement.refused.is_empty() || !others.is_empty();
                if taken.is_empty() || (refused && !accept_valid) {
                    return Ok(Draft::default());
                }
                self.draft_import(session_id, sheet_digest, judgement.rows, &taken)
                    .await
            })
            .await?;
        let written = !committed.events.is_empty();
        let others = if written {
            self.not_taken(&committed, &judgement).await?
        } else {
            people::known_by_another_name(self, &judgement.accepted).await?
        };
        judgement.refuse_known_by_another_name(&others);
        let enrolled = committed
            .events
            .iter()
            .filter(|committed| committed.event.event_type() == "worker.enrolled")
            .count();
        self.refresh_views().await?;
        Ok(Imported {
            judgement,
            written,
            enrolled,
        })
    }

    /// The rows that could have been taken and were not, by what the events say: the same at
    /// every retry, whatever has become of these people since.
    async fn not_taken(
        &self,
        committed: &Committed,
        judgement: &Judgement,
    ) -> Result<Vec<u32>, AppError> {
        let entered = committed.events.iter();
        let taken: BTreeSet<WorkerId> = entered
            .filter_map(|committed| match &committed.event {
                Event::Session(SessionEvent::ResultEntered(result)) => Some(result.worker),
                _ => None,
            })
            .collect();
        let workers = people::known(self, &judgement.accepted).await?;
        let rows = judgement.accepted.iter().zip(workers);
        Ok(rows
            .filter(|(_, worker)| worker.is_none_or(|worker| !taken.contains(&worker)))
            .map(|(candidate, _)| candidate.row)
            .collect())
    }

    async fn draft_import(
        &self,
        session_id: SessionId,
        sheet: Digest,
        rows: usize,
        taken: &[&Candidate],
    ) -> Result<Draft, AppError> {
        let SessionAndBody {
            mut session, body, ..
        } = self.session_and_body(session_id).await?;
        let mut draft = Draft::default();
        draft.guard(&body);
        if let Some(it) = session.state.sitting().map(|it| &it.opened) {
            let (region, on) = (it.region, it.assessed_on);
            body.state.may_have_assessed(&it.assessed, region, on)?;
        }
        let people: Vec<Person<'_>> = taken.iter().map(|c| Person::from(*c)).collect();
        let workers = people::enrol(self, &people, &mut draft).await?;
        let results = taken
            .iter()
            .zip(workers)
            .map(|(candidate, worker)| ResultEntered {
                worker,
                level: Some(candidate.level),
                basis: ResultBasis::Marks(candidate.marks),
                // Who registered brings along what he registered with; his sheet states the marks.
                retained: registered(&session.state, worker),
                verdict: candidate.verdict,
            })
            .collect();
        let import = ImportResults {
            sheet,
            rows: u32::try_from(rows).unwrap_or(u32::MAX),
            results,
            on: clock::today(),
        };
        let events = session.decide(&SessionCommand::ImportResults(import))?;
        draft.write(&session, events);
        draft.shuffle();
        Ok(draft)
    }
}

/// The components a candidate registered to bring along.
fn registered(state: &SessionState, worker: WorkerId) -> Vec<Retained> {
    let candidates = state.sitting().map(|it| &it.proceedings.candidates);
    candidates
        .and_then(|it| it.get(&worker))
        .map(|it| it.registered.retained.clone())
        .unwrap_or_default()
}
