//! Codes of what is assessed without a level: 专项职业能力 and 微技能.

use crate::domain::width::{fold_identifier, plain_hyphen};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The code of an assessable item (考核项目编码): 2–40 of `A`–`Z`, `0`–`9` and `-`, with a letter
/// or digit at both ends: `ZX-2026-017`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ItemCode(String);

/// A text that is no item code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an item code is 2 to 40 of A-Z, 0-9 and hyphens")]
pub struct BadItemCode;

impl ItemCode {
    /// The code as printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ItemCode {
    type Error = BadItemCode;
    /// Only the one printed form is read: what is stored is what was written.
    fn try_from(text: String) -> Result<Self, BadItemCode> {
        let plain = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit();
        let ends = |b: Option<u8>| b.is_some_and(plain);
        let fits = (2..=40).contains(&text.len())
            && text.bytes().all(|b| plain(b) || b == b'-')
            && ends(text.bytes().next())
            && ends(text.bytes().last());
        if fits {
            Ok(Self(text))
        } else {
            Err(BadItemCode)
        }
    }
}
impl FromStr for ItemCode {
    type Err = BadItemCode;
    /// Spaces, full-width characters, lower case and any dash are read.
    fn from_str(text: &str) -> Result<Self, BadItemCode> {
        let folded: String = fold_identifier(text).chars().map(plain_hyphen).collect();
        folded.try_into()
    }
}
impl From<ItemCode> for String {
    fn from(code: ItemCode) -> String {
        code.0
    }
}
impl fmt::Display for ItemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl fmt::Debug for ItemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn codes_are_read_as_people_write_them_and_stored_in_one_form() {
        let code: ItemCode = "ZX-2026-017".parse().unwrap();
        for text in [" zx-2026-017", "ＺＸ－2026－017", "ZX—2026—017"] {
            assert_eq!(text.parse(), Ok(code.clone()), "{text}");
        }
        for text in ["", "Z", "-Z", "Z-", "专项1", "Z_1", &"Z".repeat(41)] {
            assert_eq!(text.parse::<ItemCode>(), Err(BadItemCode), "{text}");
        }
        assert_eq!(ItemCode::try_from("zx-1".to_owned()), Err(BadItemCode));
        assert_eq!("A1".parse::<ItemCode>().unwrap().as_str(), "A1");
        assert!("Z".repeat(40).parse::<ItemCode>().is_ok());
    }

    proptest! {
        #[test]
        fn a_printed_code_reads_back(text in "[A-Z0-9]([A-Z0-9-]{0,38})[A-Z0-9]") {
            let code: ItemCode = text.parse().unwrap();
            prop_assert_eq!(code.to_string().parse(), Ok(code));
        }
        #[test]
        fn no_text_panics(text in "\\PC{0,48}") {
            let _ = text.parse::<ItemCode>();
        }
    }
}
