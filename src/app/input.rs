//! How the members of a request are written by people: in an option, in a cell.

use crate::domain::level::SkillLevel;
use crate::sheet;
use serde_json::Value;

/// Longest text of one value, in bytes; a document is read by itself.
pub const TEXT_BYTES_MAX: usize = 4096;

/// How one value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A text: a name, a code, a date, a word of a list.
    Text,
    /// A whole number.
    Number,
    /// 是 or 否.
    Flag,
    /// A skill level: 三级, 高级工, 3.
    Level,
    /// A document of its own: the command line reads it from a file.
    Document,
}

/// A type that a member of a request may have.
pub trait Input {
    /// How one value is written.
    const SHAPE: Shape;
    /// Whether it must be given.
    const REQUIRED: bool = true;
    /// Whether it may be given more than once.
    const MANY: bool = false;
}

impl<T: Input> Input for Option<T> {
    const SHAPE: Shape = T::SHAPE;
    const REQUIRED: bool = false;
}
impl<T: Input> Input for Vec<T> {
    const SHAPE: Shape = T::SHAPE;
    const REQUIRED: bool = false;
    const MANY: bool = true;
}

/// Says how values of some types are written: `input!(Text: Tier, Rank);`
macro_rules! input {
    ($shape:ident: $($type:ty),* $(,)?) => {$(
        impl $crate::app::input::Input for $type {
            const SHAPE: $crate::app::input::Shape = $crate::app::input::Shape::$shape;
        }
    )*};
}
#[allow(unused_imports)]
pub(crate) use input;

input!(Number: u8, u16, u32, u64, i16, i32, i64);
input!(Flag: bool);
input!(Level: SkillLevel);
input!(Text:
    String,
    jiff::civil::Date,
    crate::domain::background::Education,
    crate::domain::background::OutsideKind,
    crate::domain::background::Relation,
    crate::domain::background::School,
    crate::domain::credit_code::CreditCode,
    crate::domain::digest::Digest,
    crate::domain::ids::BodyId,
    crate::domain::ids::CardId,
    crate::domain::ids::CertificateId,
    crate::domain::ids::CompetitionId,
    crate::domain::ids::GrantId,
    crate::domain::ids::ProposalId,
    crate::domain::ids::RecognitionId,
    crate::domain::ids::RecordId,
    crate::domain::ids::SessionId,
    crate::domain::ids::SubjectId,
    crate::domain::ids::WorkerId,
    crate::domain::number::CertificateNumber,
    crate::domain::occupation::OccupationCode,
    crate::domain::region::RegionCode,
    crate::domain::route::Route,
    crate::domain::rules::recognition::TitleGrade,
);

/// What a person wrote as the value of a member of this shape; `None` if it cannot be one.
/// Whether the text is a date or a code, its type says later.
pub fn read(shape: Shape, text: &str) -> Option<Value> {
    let text = text.trim();
    if text.len() > TEXT_BYTES_MAX {
        return None;
    }
    match shape {
        Shape::Text => Some(Value::String(text.to_owned())),
        Shape::Number => text.parse::<i64>().ok().map(Value::from),
        Shape::Flag => match text {
            "是" | "有" | "true" | "yes" | "1" => Some(Value::Bool(true)),
            "否" | "无" | "false" | "no" | "0" => Some(Value::Bool(false)),
            _ => None,
        },
        Shape::Level => sheet::level(text).and_then(|level| serde_json::to_value(level).ok()),
        Shape::Document => serde_json::from_str(text).ok(),
    }
}
