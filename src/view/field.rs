//! Columns to fields and back: a value that cannot be read back names its table, row and column.

use crate::domain::digest::Digest;
use crate::domain::ids::StreamId;
use crate::domain::name::Name;
use crate::view::ViewError;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::Row as _;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

/// The engine's error, without the values it speaks of.
pub(super) fn engine(error: sqlx::Error) -> ViewError {
    // PostgreSQL: a lock was not had in time, or a statement not done.
    let in_vain = |code: &str| matches!(code, "55P03" | "57014");
    let code = error.as_database_error().and_then(|e| e.code());
    match &error {
        sqlx::Error::PoolTimedOut => ViewError::Busy,
        _ if code.is_some_and(|code| in_vain(&code)) => ViewError::Busy,
        _ => ViewError::Engine(error.to_string()),
    }
}

/// The one word a value serialises to: a date, a code, a state.
pub(super) fn word(of: &'static str, value: &impl Serialize) -> Result<String, ViewError> {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => Ok(word),
        _ => Err(ViewError::Unwritable(of)),
    }
}

/// [`word`] of a value that may be absent.
pub(super) fn word_or_null(
    of: &'static str,
    value: &Option<impl Serialize>,
) -> Result<Option<String>, ViewError> {
    value.as_ref().map(|value| word(of, value)).transpose()
}

/// The compact JSON of a list or a structure.
pub(super) fn json(of: &'static str, value: &impl Serialize) -> Result<String, ViewError> {
    serde_json::to_string(value).map_err(|_| ViewError::Unwritable(of))
}

/// A row of either engine. `None` for NULL; an error for a column that is not of the type.
pub(super) trait Stored {
    fn text(&self, column: &str) -> Result<Option<String>, sqlx::Error>;
    fn integer(&self, column: &str) -> Result<Option<i64>, sqlx::Error>;
    fn uuid(&self, column: &str) -> Result<Option<Uuid>, sqlx::Error>;
    fn bytes(&self, column: &str) -> Result<Option<Vec<u8>>, sqlx::Error>;
}

macro_rules! stored {
    ($($row:ty),*) => {$(
        impl Stored for $row {
            fn text(&self, column: &str) -> Result<Option<String>, sqlx::Error> {
                self.try_get(column)
            }
            fn integer(&self, column: &str) -> Result<Option<i64>, sqlx::Error> {
                self.try_get(column)
            }
            fn uuid(&self, column: &str) -> Result<Option<Uuid>, sqlx::Error> {
                self.try_get(column)
            }
            fn bytes(&self, column: &str) -> Result<Option<Vec<u8>>, sqlx::Error> {
                self.try_get(column)
            }
        }
    )*};
}
stored!(SqliteRow, PgRow);

/// One row being read back.
pub(super) struct Reading<'r> {
    table: &'static str,
    key: &'static str,
    row: &'r dyn Stored,
}

impl<'r> Reading<'r> {
    /// A row of `table`, called by its column `key` where something is wrong with it.
    pub(super) fn new(table: &'static str, key: &'static str, row: &'r dyn Stored) -> Self {
        Self { table, key, row }
    }

    pub(super) fn corrupt(&self, column: &'static str) -> ViewError {
        let row = self.row;
        let text = || row.text(self.key).ok().flatten();
        let number = || row.integer(self.key).ok().flatten().map(|n| n.to_string());
        let id = || row.uuid(self.key).ok().flatten().map(|id| id.to_string());
        let bytes = || row.bytes(self.key).ok().flatten().map(hex::encode);
        let key = text().or_else(number).or_else(id).or_else(bytes);
        ViewError::Corrupt {
            table: self.table,
            row: format!("{} {}", self.key, key.unwrap_or_default()),
            column,
        }
    }

    fn get<T>(
        &self,
        column: &'static str,
        of: fn(&dyn Stored, &str) -> Result<Option<T>, sqlx::Error>,
    ) -> Result<Option<T>, ViewError> {
        of(self.row, column).map_err(|_| self.corrupt(column))
    }

    fn needed<T>(&self, column: &'static str, value: Option<T>) -> Result<T, ViewError> {
        value.ok_or_else(|| self.corrupt(column))
    }

    pub(super) fn text(&self, column: &'static str) -> Result<String, ViewError> {
        self.needed(column, self.text_or_null(column)?)
    }
    pub(super) fn text_or_null(&self, column: &'static str) -> Result<Option<String>, ViewError> {
        self.get(column, |row, column| row.text(column))
    }
    pub(super) fn number<T: TryFrom<i64>>(&self, column: &'static str) -> Result<T, ViewError> {
        self.needed(column, self.number_or_null(column)?)
    }
    pub(super) fn number_or_null<T: TryFrom<i64>>(
        &self,
        column: &'static str,
    ) -> Result<Option<T>, ViewError> {
        self.get(column, |row, column| row.integer(column))?
            .map(|number| T::try_from(number).map_err(|_| self.corrupt(column)))
            .transpose()
    }
    pub(super) fn uuid(&self, column: &'static str) -> Result<Uuid, ViewError> {
        self.needed(column, self.uuid_or_null(column)?)
    }
    pub(super) fn uuid_or_null(&self, column: &'static str) -> Result<Option<Uuid>, ViewError> {
        self.get(column, |row, column| row.uuid(column))
    }
    pub(super) fn digest(&self, column: &'static str) -> Result<Digest, ViewError> {
        let bytes = self.get(column, |row, column| row.bytes(column))?;
        <[u8; 32]>::try_from(self.needed(column, bytes)?)
            .map(Digest)
            .map_err(|_| self.corrupt(column))
    }
    pub(super) fn stream(&self, column: &'static str) -> Result<StreamId, ViewError> {
        self.text(column)?.parse().map_err(|_| self.corrupt(column))
    }
    pub(super) fn word<T: DeserializeOwned>(&self, column: &'static str) -> Result<T, ViewError> {
        serde_json::from_value(Value::String(self.text(column)?)).map_err(|_| self.corrupt(column))
    }
    pub(super) fn word_or_null<T: DeserializeOwned>(
        &self,
        column: &'static str,
    ) -> Result<Option<T>, ViewError> {
        self.text_or_null(column)?
            .map(|text| {
                serde_json::from_value(Value::String(text)).map_err(|_| self.corrupt(column))
            })
            .transpose()
    }
    pub(super) fn json<T: DeserializeOwned>(&self, column: &'static str) -> Result<T, ViewError> {
        serde_json::from_str(&self.text(column)?).map_err(|_| self.corrupt(column))
    }
    pub(super) fn name(&self, zh: &'static str, en: &'static str) -> Result<Name, ViewError> {
        Ok(Name {
            zh: self.text(zh)?,
            en: self.text_or_null(en)?,
        })
    }
}
