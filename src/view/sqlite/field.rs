//! Columns to fields and back: a value that cannot be read back names its table, row and column.

use crate::domain::digest::Digest;
use crate::domain::ids::StreamId;
use crate::domain::name::Name;
use crate::view::ViewError;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::sqlite::SqliteRow;
use sqlx::{Decode, Row as _, Sqlite, Type};
use uuid::Uuid;

/// The engine's error, without the values it speaks of.
pub(super) fn engine(error: sqlx::Error) -> ViewError {
    ViewError::Engine(error.to_string())
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

/// A position or count as the engine keeps it.
pub(super) fn integer(value: u64) -> i64 {
    // Positions are gapless from 1: none ever comes near the bound.
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// One row being read back.
pub(super) struct Reading<'r> {
    table: &'static str,
    key: &'static str,
    row: &'r SqliteRow,
}

impl<'r> Reading<'r> {
    /// A row of `table`, called by its column `key` where something is wrong with it.
    pub(super) fn new(table: &'static str, key: &'static str, row: &'r SqliteRow) -> Self {
        Self { table, key, row }
    }

    pub(super) fn corrupt(&self, column: &'static str) -> ViewError {
        let key = self
            .row
            .try_get::<String, _>(self.key)
            .or_else(|_| self.row.try_get::<i64, _>(self.key).map(|n| n.to_string()))
            .or_else(|_| self.row.try_get::<Vec<u8>, _>(self.key).map(hex::encode))
            .unwrap_or_default();
        ViewError::Corrupt {
            table: self.table,
            row: format!("{} {key}", self.key),
            column,
        }
    }

    fn get<T>(&self, column: &'static str) -> Result<T, ViewError>
    where
        T: Decode<'r, Sqlite> + Type<Sqlite>,
    {
        self.row.try_get(column).map_err(|_| self.corrupt(column))
    }

    pub(super) fn text(&self, column: &'static str) -> Result<String, ViewError> {
        self.get(column)
    }
    pub(super) fn text_or_null(&self, column: &'static str) -> Result<Option<String>, ViewError> {
        self.get(column)
    }
    pub(super) fn number<T: TryFrom<i64>>(&self, column: &'static str) -> Result<T, ViewError> {
        T::try_from(self.get::<i64>(column)?).map_err(|_| self.corrupt(column))
    }
    pub(super) fn number_or_null<T: TryFrom<i64>>(
        &self,
        column: &'static str,
    ) -> Result<Option<T>, ViewError> {
        let Some(number) = self.get::<Option<i64>>(column)? else {
            return Ok(None);
        };
        T::try_from(number)
            .map(Some)
            .map_err(|_| self.corrupt(column))
    }
    pub(super) fn uuid(&self, column: &'static str) -> Result<Uuid, ViewError> {
        let bytes: &[u8] = self.get(column)?;
        Uuid::from_slice(bytes).map_err(|_| self.corrupt(column))
    }
    pub(super) fn uuid_or_null(&self, column: &'static str) -> Result<Option<Uuid>, ViewError> {
        let bytes: Option<&[u8]> = self.get(column)?;
        bytes
            .map(|bytes| Uuid::from_slice(bytes).map_err(|_| self.corrupt(column)))
            .transpose()
    }
    pub(super) fn digest(&self, column: &'static str) -> Result<Digest, ViewError> {
        let bytes: &[u8] = self.get(column)?;
        <[u8; 32]>::try_from(bytes)
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
