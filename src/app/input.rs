//! How the members of a request are written by people: in an option, in a cell.

use super::operation::{Field, Request};
use crate::domain::attainment::AttainmentKind;
use crate::domain::background::{Education, OutsideKind, Relation, School};
use crate::domain::level::SkillLevel;
use crate::domain::rules::recognition::TitleGrade;
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
    /// A civil date: 2026-03-01, 2026年3月1日.
    Date,
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
    /// The words of a list, Chinese beside the word of the API; empty if it is no list.
    const WORDS: &'static [(&'static str, &'static str)] = &[];
    /// The columns of a document that may be a sheet; none if it may not.
    const COLUMNS: &'static [Field] = &[];
    /// What cannot be read in one line of such a sheet.
    const LINE: Option<Unreadable> = None;
}

/// The first member of a request whose value cannot be read.
pub type Unreadable = fn(&serde_json::Map<String, Value>) -> Option<&'static str>;

/// A list that may be a sheet: each line is a request of its own kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Lines<T>(pub Vec<T>);

impl<T: Request> Input for Lines<T> {
    const SHAPE: Shape = Shape::Document;
    const COLUMNS: &'static [Field] = T::FIELDS;
    const LINE: Option<Unreadable> = Some(T::unreadable);
}

impl<T: Input> Input for Option<T> {
    const SHAPE: Shape = T::SHAPE;
    const REQUIRED: bool = false;
    const COLUMNS: &'static [Field] = T::COLUMNS;
    const LINE: Option<Unreadable> = T::LINE;
    const WORDS: &'static [(&'static str, &'static str)] = T::WORDS;
}
impl<T: Input> Input for Vec<T> {
    const SHAPE: Shape = T::SHAPE;
    const REQUIRED: bool = false;
    const MANY: bool = true;
    const WORDS: &'static [(&'static str, &'static str)] = T::WORDS;
}

/// Says how values of some types are written: `input!(Text: Tier, Rank);`
macro_rules! input {
    ($shape:ident: $($type:ty),* $(,)?) => {$(
        impl $crate::app::input::Input for $type {
            const SHAPE: $crate::app::input::Shape = $crate::app::input::Shape::$shape;
        }
    )*};
}
pub(crate) use input;

/// Says in which words values of a list are written, Chinese beside the word of the API:
/// `input_words!(Relation: "职工" = "staff", …);`
macro_rules! input_words {
    ($type:ty: $($zh:literal = $word:literal),* $(,)?) => {
        impl $crate::app::input::Input for $type {
            const SHAPE: $crate::app::input::Shape = $crate::app::input::Shape::Text;
            const WORDS: &'static [(&'static str, &'static str)] = &[$(($zh, $word)),*];
        }
    };
}
pub(crate) use input_words;

input!(Number: u8, u16, u32, u64, i16, i32, i64);
input!(Flag: bool);
input!(Level: SkillLevel);
input!(Date: jiff::civil::Date);
input!(Text:
    crate::domain::item::ItemCode,
    String,
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
    crate::domain::ids::ReviewId,
    crate::domain::ids::SessionId,
    crate::domain::ids::SubjectId,
    crate::domain::ids::WorkerId,
    crate::domain::number::CertificateNumber,
    crate::domain::occupation::OccupationCode,
    crate::domain::region::RegionCode,
    crate::domain::route::Route,
);

input_words!(Relation:
    "职工" = "staff",
    "劳务派遣" = "dispatched",
    "外包" = "outsourced",
    "学徒" = "apprentice",
    "实习" = "intern",
    "自雇" = "self-employed",
);
input_words!(School:
    "技工院校中级工班" = "technician-school-intermediate",
    "技工院校高级工班" = "technician-school-senior",
    "技工院校技师班" = "technician-school-technician",
    "中等职业学校" = "secondary-vocational",
    "高等职业学校" = "higher-vocational",
    "普通高等学校" = "university",
    "普通高中" = "high-school",
    "其他" = "other",
);
input_words!(Education:
    "初中" = "junior-middle",
    "高中" = "high-school",
    "中专" = "secondary",
    "大专" = "college",
    "本科" = "bachelor",
    "硕士" = "master",
    "博士" = "doctor",
);
input_words!(OutsideKind:
    "职业技能等级证书" = "level-certificate",
    "职业资格证书" = "vocational-qualification",
    "预备技师证书" = "preparatory-technician",
    "国（境）外证书" = "foreign",
    "港澳台证书" = "hong-kong-macao-taiwan",
    "行业证书" = "industry",
    "特种作业操作证" = "operating-permit",
    "竞赛证书" = "competition",
);
input_words!(crate::domain::attainment::ItemKind:
    "专项职业能力" = "special-skill",
    "微技能" = "micro-skill",
);
input_words!(AttainmentKind:
    "职业技能等级" = "level",
    "专项职业能力" = "special-skill",
    "微技能" = "micro-skill",
    "企业证书" = "enterprise",
);
input_words!(TitleGrade:
    "员级" = "technician",
    "助理级" = "assistant",
    "中级" = "intermediate",
    "副高级" = "associate-senior",
    "正高级" = "senior",
);

/// What a person wrote as the value of a member of this shape; `None` if it cannot be one.
/// Whether the text is a date or a code, its type says later.
pub fn read(shape: Shape, words: &[(&'static str, &'static str)], text: &str) -> Option<Value> {
    let text = text.trim();
    if text.len() > TEXT_BYTES_MAX {
        return None;
    }
    match shape {
        Shape::Text => {
            let named = words.iter().find(|(zh, _)| *zh == text);
            let text = named.map_or(text, |(_, word)| *word);
            Some(Value::String(text.to_owned()))
        }
        Shape::Date => {
            let date = sheet::date(text).map(|date| date.to_string());
            Some(Value::String(date.unwrap_or_else(|| text.to_owned())))
        }
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
