//! How the province asks: the doors of the API, by the name of the operation and a JSON request.

use super::Province;
use crate::app::AppError;
use crate::app::operation::{Done, DoneEvent, Imported, Take, Verb};
use crate::app::operations;
use crate::domain::digest::Digest;
use crate::domain::ids::ProposalId;
use rand::RngExt;
use serde_json::Value;
use std::str::FromStr;

/// Rows of one import.
const ROWS: usize = 1_000;

/// What became of the rows of an import.
#[derive(Default)]
pub(super) struct Taken {
    pub accepted: usize,
    pub refused: usize,
    pub events: Vec<DoneEvent>,
}

impl Taken {
    fn add(&mut self, done: Imported) {
        self.accepted += done.accepted.unwrap_or_default() as usize;
        self.refused += done.refused.len();
        let events = done.done.into_iter().flat_map(|it| it.events);
        self.events.extend(events);
    }
}

fn verb(name: &str) -> Result<&'static Verb, AppError> {
    operations::verb(name)
        .ok_or_else(|| AppError::Inconsistent(format!("the demo's own operation {name}")))
}

impl Province<'_, '_> {
    /// Carries out an operation as the maker.
    pub(super) async fn did(&self, name: &str, request: Value) -> Result<Done, AppError> {
        let stage = &*self.stage;
        (verb(name)?.run)(&stage.ledger, &stage.maker, stage.id(), request).await
    }

    /// Carries out an operation as the checker.
    pub(super) async fn checked(&self, name: &str, request: Value) -> Result<Done, AppError> {
        let stage = &*self.stage;
        (verb(name)?.run)(&stage.ledger, &stage.checker, stage.id(), request).await
    }

    /// Tries as the maker what has to be refused.
    pub(super) async fn refused(
        &mut self,
        name: &str,
        request: Value,
        what: &str,
    ) -> Result<(), AppError> {
        let done = self.did(name, request).await;
        self.refusals.expect(done, what)
    }

    /// Imports rows of requests, those that may be taken.
    pub(super) async fn rows(&mut self, name: &str, rows: Vec<Value>) -> Result<Taken, AppError> {
        let numbered: Vec<(u32, Value)> = (2..).zip(rows).collect();
        let mut taken = Taken::default();
        for part in numbered.chunks(ROWS) {
            let stage = &*self.stage;
            let done = (verb(name)?.run_rows)(
                &stage.ledger,
                &stage.maker,
                stage.id(),
                part.to_vec(),
                Take::Valid,
            )
            .await?;
            for row in &done.refused {
                self.refusals.count(&row.code);
            }
            taken.add(done);
        }
        Ok(taken)
    }

    /// The checker approves what an operation proposed; its maker may not.
    pub(super) async fn approve(&mut self, proposed: &Done) -> Result<(), AppError> {
        let proposal: ProposalId = id_in(&proposed.events, "proposal")?;
        let stage = &*self.stage;
        let himself = stage
            .ledger
            .approve(&stage.maker, stage.id(), proposal)
            .await;
        self.refusals.expect(himself, "an act on one word")?;
        let stage = &*self.stage;
        stage
            .ledger
            .approve(&stage.checker, stage.id(), proposal)
            .await?;
        Ok(())
    }

    /// Digest of a piece of evidence nobody will ever see.
    pub(super) fn digest(&mut self) -> Digest {
        Digest(self.rng.random())
    }
}

/// The id that the events of an operation give to something.
pub(super) fn id_in<T: FromStr>(events: &[DoneEvent], member: &str) -> Result<T, AppError> {
    events
        .iter()
        .find_map(|event| event.data.get(member)?.as_str()?.parse().ok())
        .ok_or_else(|| AppError::Inconsistent(format!("an operation without its {member}")))
}

/// The id of the stream that an event was written to.
pub(super) fn stream_id_of<T: FromStr>(event: &DoneEvent) -> Result<T, AppError> {
    event
        .stream
        .split_once('/')
        .and_then(|(_, id)| id.parse().ok())
        .ok_or_else(|| AppError::Inconsistent("a stream without an id".into()))
}
