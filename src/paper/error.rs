//! Why a sheet cannot be made.

use crate::credential::claims::InvalidClaims;
use crate::locale::{self, Language, Words};

/// Why there is no sheet. Of a person's data an error holds at most one character: the one that
/// cannot be drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaperError {
    /// The embedded fonts cannot be read: the program is damaged.
    #[error("the embedded font {0} cannot be read")]
    Font(&'static str),
    /// No glyph for a character.
    #[error("no glyph for {character} (U+{:04X}) in {field}", u32::from(*.character))]
    NoGlyph {
        /// The character.
        character: char,
        /// The field it stands in.
        field: &'static str,
    },
    /// A text that does not fit its field at the smallest size that can be read.
    #[error("{0} is too long for its field")]
    TooLong(&'static str),
    /// Claims that no credential can carry.
    #[error(transparent)]
    Claims(#[from] InvalidClaims),
    /// The PDF could not be assembled.
    #[error("the PDF cannot be assembled: {0}")]
    Assembly(&'static str),
}

impl PaperError {
    /// What went wrong, in both languages.
    pub fn words(&self) -> Words {
        match self {
            Self::Font(name) => locale::words("paper-font", &[("font", (*name).to_owned())]),
            Self::NoGlyph { character, field } => in_field(
                "paper-no-glyph",
                field,
                &[
                    ("character", character.to_string()),
                    ("code", format!("U+{:04X}", u32::from(*character))),
                ],
            ),
            Self::TooLong(field) => in_field("paper-too-long", field, &[]),
            Self::Claims(InvalidClaims(member)) => {
                locale::words("paper-claims", &[("member", (*member).to_owned())])
            }
            Self::Assembly(what) => {
                locale::words("paper-assembly", &[("what", (*what).to_owned())])
            }
        }
    }
}

/// A message about a field, which each language calls by its label.
fn in_field(key: &str, field: &str, args: &[(&str, String)]) -> Words {
    let label = format!("paper-{field}");
    let label = match locale::knows(&label) {
        true => locale::words(&label, &[]),
        false => Words {
            zh: field.to_owned(),
            en: field.to_owned(),
        },
    };
    let said = |language, label: String| {
        let mut args = args.to_vec();
        args.push(("field", label));
        locale::text(language, key, &args)
    };
    Words {
        zh: said(Language::Zh, label.zh),
        en: said(Language::En, label.en),
    }
}
