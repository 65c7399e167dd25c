//! JSON read strictly, for bytes that a stranger hands in.
//!
//! Refused though RFC 8259 allows them: duplicate member names, numbers with a fraction or an
//! exponent, integers beyond ±(2^53 − 1), nesting deeper than [`DEPTH_MAX`]. Lone surrogates,
//! a byte order mark and anything after the value are refused too.

use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::cell::Cell;
use std::fmt;

/// Deepest nesting of arrays and objects.
pub const DEPTH_MAX: usize = 32;
/// Largest integer that every JSON reader keeps exactly.
pub(super) const INTEGER_MAX: u64 = (1 << 53) - 1;

/// Why bytes were not read as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidJson {
    /// More bytes than the caller allows.
    #[error("too large")]
    TooLarge,
    /// Not JSON, not UTF-8, or a text with a lone surrogate.
    #[error("not JSON")]
    NotJson,
    /// A member name stands twice in one object.
    #[error("a member name stands twice")]
    DuplicateKey,
    /// A number that is no integer within ±(2^53 − 1).
    #[error("a number that is no safe integer")]
    UnsafeNumber,
    /// Nested deeper than [`DEPTH_MAX`].
    #[error("nested too deep")]
    TooDeep,
}

/// Reads one JSON value of at most `bytes_max` bytes.
pub fn parse(bytes: &[u8], bytes_max: usize) -> Result<Value, InvalidJson> {
    if bytes.len() > bytes_max {
        return Err(InvalidJson::TooLarge);
    }
    let reason = Cell::new(InvalidJson::NotJson);
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let strict = Strict {
        depth: 0,
        reason: &reason,
    };
    let value = strict.deserialize(&mut reader).map_err(|_| reason.get())?;
    reader.end().map_err(|_| InvalidJson::NotJson)?;
    Ok(value)
}

#[derive(Clone, Copy)]
struct Strict<'a> {
    depth: usize,
    reason: &'a Cell<InvalidJson>,
}

impl Strict<'_> {
    fn refuse<E: serde::de::Error>(self, reason: InvalidJson) -> E {
        self.reason.set(reason);
        E::custom(reason)
    }
    fn deeper<E: serde::de::Error>(self) -> Result<Self, E> {
        if self.depth == DEPTH_MAX {
            return Err(self.refuse(InvalidJson::TooDeep));
        }
        Ok(Self {
            depth: self.depth + 1,
            ..self
        })
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;
    fn deserialize<D: serde::Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }
    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }
    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }
    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }
    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Value, E> {
        if value > INTEGER_MAX {
            return Err(self.refuse(InvalidJson::UnsafeNumber));
        }
        Ok(Value::from(value))
    }
    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Value, E> {
        if value.unsigned_abs() > INTEGER_MAX {
            return Err(self.refuse(InvalidJson::UnsafeNumber));
        }
        Ok(Value::from(value))
    }
    fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<Value, E> {
        Err(self.refuse(InvalidJson::UnsafeNumber))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut array = Vec::new();
        while let Some(item) = items.next_element_seed(inner)? {
            array.push(item);
        }
        Ok(Value::Array(array))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            let value = members.next_value_seed(inner)?;
            if object.insert(name, value).is_some() {
                return Err(A::Error::custom(
                    inner.refuse::<A::Error>(InvalidJson::DuplicateKey),
                ));
            }
        }
        Ok(Value::Object(object))
    }
}
