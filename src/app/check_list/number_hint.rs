//! What a certificate number that was not found tells by itself.

use crate::domain::number::built_in::built_in;
use crate::domain::number::{CertificateNumber, NumberError, NumberGrammar};
use crate::locale::{self, Words};
use std::sync::LazyLock;

/// What a number that was not found tells by itself: it follows none of the rules that come with
/// the program (证书编码规则). The ledger is not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberHint {
    /// No rule makes numbers of so many characters.
    Length(usize),
    /// This part breaks the rule for numbers of its length.
    Part(&'static str),
}

impl NumberHint {
    pub(super) fn of(number: &CertificateNumber) -> Option<Self> {
        static RULES: LazyLock<Vec<NumberGrammar>> = LazyLock::new(built_in);
        let text = number.as_str();
        let mut hint = Self::Length(text.len());
        for rule in RULES.iter() {
            match rule.parse(text) {
                Ok(_) => return None,
                Err(NumberError::Part(part)) if matches!(hint, Self::Length(_)) => {
                    hint = Self::Part(part);
                }
                Err(_) => {}
            }
        }
        Some(hint)
    }

    pub(super) fn words(self) -> Words {
        match self {
            Self::Length(found) => {
                locale::words("list-number-length", &[("found", found.to_string())])
            }
            Self::Part(part) => {
                locale::words("list-number-part", &[("part", part.replace(' ', "-"))])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_tells_by_itself_which_rule_it_breaks() {
        let hint = |number: &str| NumberHint::of(&number.parse().unwrap());
        assert_eq!(hint("S000032000012263000001"), None);
        assert_eq!(hint("S00003200001226300000"), Some(NumberHint::Length(21)));
        assert_eq!(
            hint("S0000990000122630000010"),
            Some(NumberHint::Length(23))
        );
        assert_eq!(
            hint("S000099000012263000001"),
            Some(NumberHint::Part("province"))
        );
        let parts = [
            "kind letter",
            "body code",
            "province",
            "site sequence",
            "year",
            "level",
        ];
        let more = ["item", "serial", "fixed part"];
        let said = parts.iter().chain(&more).map(|part| NumberHint::Part(part));
        let mut seen = std::collections::BTreeSet::new();
        for hint in said.chain([NumberHint::Length(3)]) {
            let words = hint.words();
            assert!(seen.insert(words.zh.clone()), "{words:?}");
            assert!(
                !words.zh.contains('{') && !words.en.contains('{'),
                "{words:?}"
            );
        }
    }
}
