//! A part of a number grammar as a person writes it: `letter:Y/S`, `body:4`, `province`,
//! `sequence:6`, `year:2`, `level:five=5/four=4`, `item:6`, `fixed:Z`, `serial:6`.

use super::grammar::{LevelCode, Part};
use crate::domain::level::SkillLevel;
use std::str::FromStr;

/// A text that is no part of a number grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a part is letter:…, body:N, province, sequence:N, year:N, level:…, item:N, fixed:… or serial:N"
)]
pub struct BadPart;

/// The words of levels in a level part.
const LEVELS: [(&str, SkillLevel); 7] = [
    ("five", SkillLevel::Five),
    ("four", SkillLevel::Four),
    ("three", SkillLevel::Three),
    ("two", SkillLevel::Two),
    ("one", SkillLevel::One),
    ("special", SkillLevel::Special),
    ("chief", SkillLevel::Chief),
];

impl FromStr for Part {
    type Err = BadPart;
    fn from_str(text: &str) -> Result<Self, BadPart> {
        let (kind, value) = text.trim().split_once(':').unwrap_or((text.trim(), ""));
        let width = || value.parse::<u8>().map_err(|_| BadPart);
        Ok(match kind {
            "letter" => Self::Letter {
                values: value.split('/').map(str::to_owned).collect(),
            },
            "body" => Self::Body { digits: width()? },
            "province" if value.is_empty() => Self::Province,
            "sequence" => Self::Sequence { digits: width()? },
            "year" => Self::Year { digits: width()? },
            "level" => Self::Level {
                codes: value.split('/').map(level_code).collect::<Result<_, _>>()?,
            },
            "item" => Self::Item {
                characters: width()?,
            },
            "fixed" => Self::Fixed { text: value.into() },
            "serial" => Self::Serial { digits: width()? },
            _ => return Err(BadPart),
        })
    }
}

fn level_code(text: &str) -> Result<LevelCode, BadPart> {
    let (word, code) = text.split_once('=').ok_or(BadPart)?;
    let named = LEVELS.iter().find(|(it, _)| *it == word).ok_or(BadPart)?;
    Ok(LevelCode {
        level: named.1,
        code: code.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::number::NumberGrammar;

    #[test]
    fn a_grammar_is_read_as_it_is_written() {
        let parts: Result<Vec<Part>, _> = [
            "letter:Y/S",
            "body:4",
            "province",
            "sequence:6",
            " year:2 ",
            "level:five=5/four=4/three=3/two=2/one=1",
            "serial:6",
        ]
        .iter()
        .map(|it| it.parse())
        .collect();
        assert_eq!(parts, Ok(NumberGrammar::level_certificate().parts));
        let text = || "Z".to_owned();
        assert_eq!("fixed:Z".parse(), Ok(Part::Fixed { text: text() }));
        assert_eq!("item:6".parse(), Ok(Part::Item { characters: 6 }));
        for bad in [
            "",
            "body",
            "body:x",
            "body:256",
            "province:2",
            "level:5",
            "level:six=6",
            "check:1",
        ] {
            assert_eq!(bad.parse::<Part>(), Err(BadPart), "{bad}");
        }
    }
}
