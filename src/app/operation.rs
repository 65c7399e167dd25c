//! Operations: writing use cases that are declared once and open three doors. The declaration of
//! the request gives the subcommand's options, the members of the API's request and the columns
//! of an imported sheet.
//!
//! ```text
//! operation! {
//!     /// 登记竞赛 | Registers a competition.
//!     pub struct RegisterCompetition = "competition.register", import "competitions" {
//!         /// 竞赛名称 | Its name.
//!         name: String,
//!         /// 级别 | Its tier.
//!         tier: Tier,
//!         /// 职业编码 | The occupations.
//!         occupations: Vec<OccupationCode>,
//!         /// 结束日期 | The last day; the first if not given.
//!         to: Option<Date>,
//!     }
//! }
//! impl Operation for RegisterCompetition {
//!     async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
//!         desk.actor().need_authority()?;
//!         let id = CompetitionId(desk.fresh_id());
//!         desk.decide::<CompetitionDecider>(id, &CompetitionCommand::Register(…)).await?;
//!         Ok(())
//!     }
//! }
//! ```
//!
//! The name is `group.verb`; the documentation of the struct and of each field is
//! `中文 | English.`, and the Chinese is the column's header. Then name the operation in
//! [`crate::app::operations::VERBS`].

use super::desk::Desk;
use super::draft::Draft;
use super::error::AppError;
use super::execute::{Asked, Committed};
use super::ledger::Ledger;
use super::{Actor, input::Shape};
use crate::domain::ids::CommandId;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::future::Future;
use std::pin::Pin;

/// One member of a request: an option, a member, a column.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name in the API, with underscores; the option has hyphens.
    pub name: &'static str,
    /// `中文 | English.`
    pub doc: &'static str,
    /// How one value of it is written.
    pub shape: Shape,
    /// The words of a list, Chinese beside the word of the API; empty if it is no list.
    pub words: &'static [(&'static str, &'static str)],
    /// The columns of a document that may be a sheet; none if it may not.
    pub columns: &'static [Field],
    /// What cannot be read in one line of such a sheet.
    pub line: Option<super::input::Unreadable>,
    /// Whether it must be given.
    pub required: bool,
    /// Whether it may be given more than once.
    pub many: bool,
}

/// What an operation is called and asks for. Written by [`operation!`].
pub trait Request: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// `group.verb`.
    const NAME: &'static str;
    /// `中文 | English.`
    const DOC: &'static str;
    /// The kind of sheet whose rows are such requests, if there is one.
    const IMPORT: Option<&'static str>;
    /// Its members, in order.
    const FIELDS: &'static [Field];
    /// The first member whose value cannot be read.
    fn unreadable(members: &serde_json::Map<String, Value>) -> Option<&'static str>;
}

/// A writing use case.
pub trait Operation: Request {
    /// Checks who asks, and decides on the desk. Run anew if the streams moved meanwhile.
    fn decide(&self, desk: &mut Desk<'_>) -> impl Future<Output = Result<(), AppError>>;

    /// What follows once it is stored, the first time and at every retry.
    fn done(&self, _ledger: &Ledger, _actor: &Actor) -> impl Future<Output = Result<(), AppError>> {
        async { Ok(()) }
    }
}

/// What an operation did, made from its events: the first time and at every retry alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Done {
    /// Position of the last event; none if there was nothing to do.
    pub position: Option<u64>,
    /// Whether it had been done before.
    pub repeated: bool,
    /// What happened, in position order.
    pub events: Vec<DoneEvent>,
}

/// One event of an operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DoneEvent {
    /// Its position.
    pub position: u64,
    /// Its stream: `competition/0190…`.
    pub stream: String,
    /// What happened: `competition.registered`.
    #[serde(rename = "type")]
    pub event_type: String,
    /// The facts, as the event says them.
    pub data: Value,
}

impl Done {
    pub(super) fn of(committed: &Committed) -> Self {
        let events = committed.events.iter().map(|it| DoneEvent {
            position: it.row.position,
            stream: it.row.stream.to_string(),
            event_type: it.row.event_type.clone(),
            data: serde_json::to_value(&it.event).unwrap_or(Value::Null),
        });
        let events: Vec<DoneEvent> = events.collect();
        Self {
            position: events.last().map(|it| it.position),
            repeated: committed.repeated,
            events,
        }
    }

    /// The id of the stream that the first event of this type was written to.
    pub fn id_of(&self, event_type: &str) -> Option<&str> {
        self.events
            .iter()
            .find(|it| it.event_type == event_type)
            .and_then(|it| it.stream.split_once('/'))
            .map(|(_, id)| id)
    }
}

/// What became of a row of an import.
#[derive(Clone, Debug, Serialize)]
pub struct RefusedRow {
    /// Row of the sheet, counted as the sheet shows it.
    pub row: u32,
    /// The rule's code.
    pub code: String,
    /// Its words.
    #[serde(flatten)]
    pub words: crate::locale::Words,
}

impl RefusedRow {
    /// The row with the error's words.
    pub fn of(row: u32, error: &AppError) -> Self {
        Self {
            row,
            code: error.code(),
            words: error.words(),
        }
    }
}

/// Which rows of an import are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    /// None: a dry run.
    Nothing,
    /// All, or none if a rule refuses one.
    All,
    /// Those that may be taken, although others are refused.
    Valid,
}

/// What an import did.
#[derive(Clone, Debug, Serialize)]
pub struct Imported {
    /// Rows taken.
    ///
    /// None when valid rows were asked for and the import had been done before: the events tell
    /// what was stored, not which rows were left out then.
    pub accepted: Option<u32>,
    /// Rows refused, each with its rule.
    pub refused: Vec<RefusedRow>,
    /// What was stored; nothing in a dry run.
    pub done: Option<Done>,
}

impl Ledger {
    /// Carries out an operation, once per command id.
    pub async fn operate<O: Operation>(
        &self,
        actor: &Actor,
        command_id: CommandId,
        operation: &O,
    ) -> Result<Done, AppError> {
        let digest = self.request_digest(O::NAME, operation)?;
        let asked = Asked {
            command_id,
            actor: actor.account,
        };
        let committed = self
            .execute(asked, digest, async || {
                let mut desk = Desk::new(self, actor, command_id).await?;
                operation.decide(&mut desk).await?;
                Ok(desk.into_draft())
            })
            .await?;
        self.refresh_views().await?;
        operation.done(self, actor).await?;
        Ok(Done::of(&committed))
    }

    /// Carries out the operations of a sheet's rows in one append. Rows that a rule refuses are
    /// told; what becomes of the others, `take` says.
    pub async fn operate_rows<O: Operation>(
        &self,
        actor: &Actor,
        command_id: CommandId,
        rows: &[(u32, O)],
        take: Take,
    ) -> Result<Imported, AppError> {
        if take == Take::Nothing {
            let mut desk = Desk::new(self, actor, command_id).await?;
            let refused = desk.take_rows(rows).await?;
            return Ok(imported(rows.len(), refused, None));
        }
        let requests: Vec<&O> = rows.iter().map(|(_, operation)| operation).collect();
        let digest = self.request_digest(&format!("import {} {take:?}", O::NAME), &requests)?;
        let asked = Asked {
            command_id,
            actor: actor.account,
        };
        let refused = std::sync::Mutex::new(Vec::new());
        let committed = self
            .execute(asked, digest, async || {
                let mut desk = Desk::new(self, actor, command_id).await?;
                let said_no = desk.take_rows(rows).await?;
                if let Ok(mut refused) = refused.lock() {
                    *refused = said_no;
                    if take == Take::All && !refused.is_empty() {
                        return Ok(Draft::default());
                    }
                }
                Ok(desk.into_draft())
            })
            .await?;
        self.refresh_views().await?;
        let refused = refused.into_inner().unwrap_or_default();
        let done = Done::of(&committed);
        let stored = done.position.is_some();
        let repeated = done.repeated;
        let mut imported = imported(rows.len(), refused, stored.then_some(done));
        if repeated && take == Take::Valid {
            imported.accepted = None;
        }
        Ok(imported)
    }
}

fn imported(rows: usize, refused: Vec<RefusedRow>, done: Option<Done>) -> Imported {
    let accepted = rows.saturating_sub(refused.len());
    Imported {
        accepted: Some(u32::try_from(accepted).unwrap_or(u32::MAX)),
        refused,
        done,
    }
}

/// An answer that is being worked on.
pub type Working<'a, T> = Pin<Box<dyn Future<Output = Result<T, AppError>> + 'a>>;

type Run = for<'a> fn(&'a Ledger, &'a Actor, CommandId, Value) -> Working<'a, Done>;
type RunRows =
    for<'a> fn(&'a Ledger, &'a Actor, CommandId, Vec<(u32, Value)>, Take) -> Working<'a, Imported>;

/// An operation as the doors know it.
pub struct Verb {
    /// `group.verb`.
    pub name: &'static str,
    /// `中文 | English.`
    pub doc: &'static str,
    /// The kind of sheet whose rows are such requests.
    pub import: Option<&'static str>,
    /// Its members.
    pub fields: &'static [Field],
    /// Carries it out.
    pub run: Run,
    /// Carries out the rows of a sheet.
    pub run_rows: RunRows,
}

impl Verb {
    /// The verb of an operation.
    pub const fn of<O: Operation>() -> Self {
        Self {
            name: O::NAME,
            doc: O::DOC,
            import: O::IMPORT,
            fields: O::FIELDS,
            run: run::<O>,
            run_rows: run_rows::<O>,
        }
    }

    /// The group and the verb.
    pub fn path(&self) -> (&'static str, &'static str) {
        self.name.split_once('.').unwrap_or((self.name, ""))
    }
}

fn run<'a, O: Operation>(
    ledger: &'a Ledger,
    actor: &'a Actor,
    command_id: CommandId,
    request: Value,
) -> Working<'a, Done> {
    Box::pin(async move {
        let operation: O = read(O::FIELDS, request)?;
        ledger.operate(actor, command_id, &operation).await
    })
}

fn run_rows<'a, O: Operation>(
    ledger: &'a Ledger,
    actor: &'a Actor,
    command_id: CommandId,
    rows: Vec<(u32, Value)>,
    take: Take,
) -> Working<'a, Imported> {
    Box::pin(async move {
        let mut operations = Vec::with_capacity(rows.len());
        let mut unread = Vec::new();
        for (row, request) in rows {
            match read::<O>(O::FIELDS, request) {
                Ok(operation) => operations.push((row, operation)),
                Err(error) => unread.push(RefusedRow::of(row, &error)),
            }
        }
        let take = match take {
            Take::All if !unread.is_empty() => Take::Nothing,
            take => take,
        };
        let mut imported = ledger
            .operate_rows(actor, command_id, &operations, take)
            .await?;
        imported.refused.extend(unread);
        imported.refused.sort_by_key(|refused| refused.row);
        Ok(imported)
    })
}

/// The request that a document holds. What is wrong is named by its field, never repeated.
pub fn read<O: Request>(fields: &'static [Field], request: Value) -> Result<O, AppError> {
    let Value::Object(mut members) = request else {
        return Err(bad("request", "request-object"));
    };
    if members
        .keys()
        .any(|name| fields.iter().all(|field| field.name != name))
    {
        return Err(bad("request", "request-unknown-member"));
    }
    for field in fields {
        let missing = matches!(members.get(field.name), None | Some(Value::Null));
        if missing && field.required && !field.many {
            return Err(bad(field.name, "needed"));
        }
    }
    fill(fields, &mut members);
    if let Some(field) = O::unreadable(&members) {
        return Err(bad(field, "field-unreadable"));
    }
    serde_json::from_value(Value::Object(members)).map_err(|_| bad("request", "field-unreadable"))
}

/// Gives members that may be given more than once, and are not given at all, their empty list; in
/// the lines of a document too.
fn fill(fields: &'static [Field], members: &mut serde_json::Map<String, Value>) {
    for field in fields {
        let value = members.entry(field.name).or_insert(Value::Null);
        match value {
            Value::Null if field.many => *value = Value::Array(Vec::new()),
            Value::Array(lines) if !field.columns.is_empty() => {
                let lines = lines.iter_mut().filter_map(Value::as_object_mut);
                lines.for_each(|line| fill(field.columns, line));
            }
            _ => {}
        }
    }
}

/// Declares a request; see the top of this file.
macro_rules! operation {
    (
        #[doc = $doc:literal]
        $vis:vis struct $name:ident = $verb:literal $(, import $import:literal)? {
            $( #[doc = $field_doc:literal] $field:ident : $type:ty ),* $(,)?
        }
    ) => {
        #[doc = $doc]
        #[derive(Clone, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        $vis struct $name {
            $( #[doc = $field_doc] pub $field: $type, )*
        }

        impl $crate::app::operation::Request for $name {
            const NAME: &'static str = $verb;
            const DOC: &'static str = $doc;
            #[allow(unused_mut, unused_assignments)]
            const IMPORT: Option<&'static str> = {
                let mut import = None;
                $( import = Some($import); )?
                import
            };
            const FIELDS: &'static [$crate::app::operation::Field] = &[
                $( $crate::app::operation::Field {
                    name: stringify!($field),
                    doc: $field_doc,
                    shape: <$type as $crate::app::input::Input>::SHAPE,
                    words: <$type as $crate::app::input::Input>::WORDS,
                    columns: <$type as $crate::app::input::Input>::COLUMNS,
                    line: <$type as $crate::app::input::Input>::LINE,
                    required: <$type as $crate::app::input::Input>::REQUIRED,
                    many: <$type as $crate::app::input::Input>::MANY,
                } ),*
            ];
            fn unreadable(
                members: &serde_json::Map<String, serde_json::Value>,
            ) -> Option<&'static str> {
                $( if let Some(value) = members.get(stringify!($field))
                    && <$type as serde::Deserialize>::deserialize(value).is_err()
                {
                    return Some(stringify!($field));
                } )*
                let _ = members;
                None
            }
        }
    };
}
pub(crate) use operation;

const fn bad(what: &'static str, rule: &'static str) -> AppError {
    AppError::BadInput { what, rule }
}
