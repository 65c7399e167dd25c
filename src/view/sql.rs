//! A statement as each engine writes it, and the values it is asked with.

use crate::domain::digest::Digest;
use uuid::Uuid;

/// One statement in the words of each engine, with the same values at the same places.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sql {
    pub(crate) sqlite: &'static str,
    pub(crate) postgres: &'static str,
}

impl Sql {
    /// A statement that both engines read the same.
    pub(crate) const fn plain(text: &'static str) -> Self {
        Self {
            sqlite: text,
            postgres: text,
        }
    }
}

/// A statement of `sqlite/` and its fellow of the same name in `postgres/`.
macro_rules! both {
    ($file:ident :: $name:ident) => {
        $crate::view::sql::Sql {
            sqlite: $crate::view::sqlite::$file::$name,
            postgres: $crate::view::postgres::$file::$name,
        }
    };
}
pub(crate) use both;

/// A value on its way to an engine; each variant has one column type in each.
#[derive(Clone, Debug)]
pub(crate) enum Bound {
    /// An id.
    Uuid(Option<Uuid>),
    /// Several ids, for one value: `uuid[]`, or a JSON list of upper-case hexadecimal.
    Uuids(Option<Vec<Uuid>>),
    Text(Option<String>),
    Integer(Option<i64>),
    Bytes(Vec<u8>),
}

/// The values of a statement, in the order of their places.
macro_rules! values {
    ($($value:expr),* $(,)?) => {
        vec![$($crate::view::sql::Bound::from($value)),*]
    };
}
pub(crate) use values;

macro_rules! bound {
    ($($type:ty => |$value:ident| $bound:expr;)*) => {$(
        impl From<$type> for Bound {
            fn from($value: $type) -> Self {
                $bound
            }
        }
    )*};
}

bound! {
    Uuid => |id| Self::Uuid(Some(id));
    Option<Uuid> => |id| Self::Uuid(id);
    Option<Vec<Uuid>> => |ids| Self::Uuids(ids);
    &str => |text| Self::Text(Some(text.to_owned()));
    String => |text| Self::Text(Some(text));
    Option<String> => |text| Self::Text(text);
    Option<&str> => |text| Self::Text(text.map(str::to_owned));
    i64 => |number| Self::Integer(Some(number));
    u16 => |number| Self::Integer(Some(number.into()));
    u32 => |number| Self::Integer(Some(number.into()));
    u64 => |number| Self::Integer(Some(integer(number)));
    Option<u64> => |number| Self::Integer(number.map(integer));
    Digest => |digest| Self::Bytes(digest.0.to_vec());
}

/// A position or count as the engines keep it.
fn integer(value: u64) -> i64 {
    // Positions are gapless from 1: none ever comes near the bound.
    i64::try_from(value).unwrap_or(i64::MAX)
}
