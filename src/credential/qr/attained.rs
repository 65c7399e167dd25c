//! What is attested, as a CBOR array that begins with the kind; trailing members that are not there
//! are left off. Code tables are frozen: a number once given is never given again.
//!
//! ```text
//! attainment = [1, occupation, text, level, ? work-type]   职业技能等级: code, name, level, 工种
//!            / [2, item, text]                             专项职业能力: code, name
//!            / [3, item, text, ? occupation]               微技能: code, name, occupation
//!            / [4, text, text, occupation, text]           企业证书: name, grade, occupation's code, name
//! occupation = 1000000..8999999     the digits of 6-31-01-03
//! level      = 1..7                 5 to 1 as in the certificate number, 6 特级技师, 7 首席技师
//! ```

use super::contents::{text, unsigned};
use crate::domain::attainment::Attainment;
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::occupation::OccupationCode;
use crate::domain::route::Route;
use coset::cbor::Value;

/// The numbers of the kinds of documents (证件类型).
pub(crate) const DOCUMENT_TYPES: [(u64, &str); 9] = [
    (1, "居民身份证"),
    (2, "社会保障卡"),
    (3, "港澳台居民居住证"),
    (4, "外国人永久居留身份证"),
    (5, "护照"),
    (6, "港澳居民来往内地通行证"),
    (7, "台湾居民来往大陆通行证"),
    (8, "军官证/士兵证"),
    (9, "其他"),
];

/// A kind of document (证件类型): its number, or its words if it has none.
pub(super) fn document_type(words: &str) -> Value {
    let known = DOCUMENT_TYPES.iter().find(|(_, name)| *name == words);
    known.map_or_else(|| words.into(), |(code, _)| (*code).into())
}

pub(super) fn read_document_type(value: &Value) -> Option<String> {
    match unsigned::<u64>(value) {
        Some(code) => DOCUMENT_TYPES
            .iter()
            .find(|(known, _)| *known == code)
            .map(|(_, name)| (*name).to_owned()),
        None => text(value),
    }
}

/// The number of a route.
pub(crate) const fn route(route: Route) -> u64 {
    match route {
        Route::Assessment => 1,
        Route::DirectRecognition => 2,
        Route::Competition => 3,
        Route::ApprenticeGrading => 4,
        Route::Appointment => 5,
        Route::Recognition => 6,
    }
}

pub(super) fn read_route(value: &Value) -> Option<Route> {
    let code: u64 = unsigned(value)?;
    Route::ALL.into_iter().find(|it| route(*it) == code)
}

/// The number of a level; none for one that has no certificates.
pub(crate) fn level(level: SkillLevel) -> Option<u64> {
    match level {
        SkillLevel::Special => Some(6),
        SkillLevel::Chief => Some(7),
        level => level.digit().map(u64::from),
    }
}

fn read_level(value: &Value) -> Option<SkillLevel> {
    match unsigned::<u8>(value)? {
        6 => Some(SkillLevel::Special),
        7 => Some(SkillLevel::Chief),
        digit => SkillLevel::from_digit(digit),
    }
}

fn occupation(code: OccupationCode) -> Option<Value> {
    let digits: u32 = code.to_string().replace('-', "").parse().ok()?;
    Some(digits.into())
}

fn read_occupation(value: &Value) -> Option<OccupationCode> {
    unsigned::<u32>(value)?.to_string().parse().ok()
}

/// `None` only for a level that has no certificates.
pub(super) fn render(attainment: &Attainment) -> Option<Value> {
    let mut members: Vec<Value> = Vec::with_capacity(5);
    match attainment {
        Attainment::Level {
            occupation: code,
            occupation_name,
            work_type,
            level: grade,
        } => {
            members.extend([1.into(), occupation(*code)?]);
            members.extend([occupation_name.zh.as_str().into(), level(*grade)?.into()]);
            members.extend(work_type.as_deref().map(Value::from));
        }
        Attainment::SpecialSkill { item, name } => {
            members.extend([2.into(), item.as_str().into(), name.zh.as_str().into()]);
        }
        Attainment::MicroSkill { item, name, of } => {
            members.extend([3.into(), item.as_str().into(), name.zh.as_str().into()]);
            if let Some(code) = of {
                members.push(occupation(*code)?);
            }
        }
        Attainment::Enterprise {
            name,
            grade,
            occupation: code,
            occupation_name,
        } => {
            members.extend([4.into(), name.zh.as_str().into(), grade.as_str().into()]);
            members.extend([occupation(*code)?, occupation_name.zh.as_str().into()]);
        }
    }
    Some(Value::Array(members))
}

/// What is attested, English names not being there.
pub(super) fn read(value: &Value) -> Option<Attainment> {
    let members = value.as_array()?;
    let (kind, members) = members.split_first()?;
    let name = |value: &Value| {
        Some(Name {
            zh: text(value)?,
            en: None,
        })
    };
    Some(match (unsigned::<u8>(kind)?, members) {
        (1, [code, occupation_name, grade, rest @ ..]) => Attainment::Level {
            occupation: read_occupation(code)?,
            occupation_name: name(occupation_name)?,
            work_type: match rest {
                [] => None,
                [work_type, ..] => Some(text(work_type)?),
            },
            level: read_level(grade)?,
        },
        (2, [item, title]) => Attainment::SpecialSkill {
            item: text(item)?.try_into().ok()?,
            name: name(title)?,
        },
        (3, [item, title, rest @ ..]) => Attainment::MicroSkill {
            item: text(item)?.try_into().ok()?,
            name: name(title)?,
            of: match rest {
                [] => None,
                [code, ..] => Some(read_occupation(code)?),
            },
        },
        (4, [title, grade, code, occupation_name]) => Attainment::Enterprise {
            name: name(title)?,
            grade: text(grade)?,
            occupation: read_occupation(code)?,
            occupation_name: name(occupation_name)?,
        },
        _ => return None,
    })
}
