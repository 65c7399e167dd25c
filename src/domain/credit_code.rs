//! Unified social credit codes (统一社会信用代码, GB 32100-2015).
//!
//! Eighteen characters: registration authority, kind of organisation, six digits of the
//! registering division, nine of the organisation code with its own check (GB 11714-1997), one
//! check character. A code that fails either check is refused: a wrong code names another body.

use super::region::RegionCode;
use super::width::fold_identifier;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// GB 32100, table 2: no I, O, S, V, Z.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// GB 32100: 3^(i-1) mod 31.
const WEIGHTS: [u32; 17] = [
    1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28,
];
/// GB 11714: weights of the first eight characters.
const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// Why a text is no credit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CreditCodeInvalid {
    /// Not eighteen characters; how many there are.
    #[error("a unified social credit code (GB 32100) has 18 characters, not {0}")]
    Length(usize),
    /// A character outside the alphabet, at this place from 1.
    #[error("character {0} of the credit code is not in the alphabet of GB 32100")]
    Character(usize),
    /// The last character does not match the others.
    #[error("the check character of the credit code does not match (GB 32100)")]
    Check,
    /// The organisation code inside (places 9 to 17) fails its own check.
    #[error("the organisation code inside the credit code fails its check (GB 11714)")]
    OrganisationCheck,
}

impl CreditCodeInvalid {
    /// The stable code of this refusal.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Length(_) => "credit-code-length",
            Self::Character(_) => "credit-code-character",
            Self::Check => "credit-code-check",
            Self::OrganisationCheck => "credit-code-organisation-check",
        }
    }
}

/// A checked unified social credit code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CreditCode([u8; 18]);

impl CreditCode {
    /// The code's eighteen characters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
    /// The organisation code inside (组织机构代码, GB 11714): nine characters.
    pub fn organisation_code(&self) -> &str {
        self.as_str().get(8..17).unwrap_or_default()
    }
    /// The division of the registering authority, places 3 to 8. National authorities write
    /// 100000, which is no province: `None`.
    pub fn registered_in(&self) -> Option<RegionCode> {
        self.as_str().get(2..8)?.parse().ok()
    }
}

impl FromStr for CreditCode {
    type Err = CreditCodeInvalid;
    fn from_str(text: &str) -> Result<Self, CreditCodeInvalid> {
        let text = fold_identifier(text);
        let length = text.chars().count();
        if length != 18 {
            return Err(CreditCodeInvalid::Length(length));
        }
        let mut code = [0; 18];
        let mut values = [0_u32; 18];
        for (place, c) in text.chars().enumerate() {
            let value = ALPHABET
                .iter()
                .position(|&a| char::from(a) == c)
                .ok_or(CreditCodeInvalid::Character(place + 1))?;
            code[place] = ALPHABET[value];
            values[place] = u32::try_from(value).unwrap_or_default();
        }
        if let Some(place) = (2..8).find(|&place| values[place] > 9) {
            return Err(CreditCodeInvalid::Character(place + 1));
        }
        let sum: u32 = WEIGHTS.iter().zip(&values).map(|(w, v)| w * v).sum();
        if values[17] != (31 - sum % 31) % 31 {
            return Err(CreditCodeInvalid::Check);
        }
        if code[16] != organisation_check(&code[8..16]) {
            return Err(CreditCodeInvalid::OrganisationCheck);
        }
        Ok(Self(code))
    }
}

/// GB 11714: digits count as themselves, letters from A = 10; 11 minus the sum modulo 11, ten
/// written X.
fn organisation_check(code: &[u8]) -> u8 {
    let sum: u32 = ORGANISATION_WEIGHTS
        .iter()
        .zip(code)
        .map(|(w, &c)| w * char::from(c).to_digit(36).unwrap_or_default())
        .sum();
    match (11 - sum % 11) % 11 {
        10 => b'X',
        digit => b"0123456789"[digit as usize],
    }
}

impl TryFrom<String> for CreditCode {
    type Error = CreditCodeInvalid;
    fn try_from(text: String) -> Result<Self, CreditCodeInvalid> {
        text.parse()
    }
}
impl From<CreditCode> for String {
    fn from(code: CreditCode) -> String {
        code.to_string()
    }
}
impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
impl fmt::Debug for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Codes of public bodies and companies, and the standard's example put right.
    const VALID: [&str; 7] = [
        "91350100M000100Y43",
        "91440300708461136T",
        "91330100799655058B",
        "914403001922038216",
        "91110108551385082Q",
        "11100000000013338W",
        "11110000000021135M",
    ];

    #[test]
    fn real_codes_pass() {
        for code in VALID {
            assert_eq!(code.parse::<CreditCode>().unwrap().to_string(), code);
        }
        let code: CreditCode = " ９1350100m000100y43".parse().unwrap();
        assert_eq!(code.organisation_code(), "M000100Y4");
        assert_eq!(code.registered_in().unwrap().to_string(), "350100");
    }

    #[test]
    fn a_division_of_nines_is_a_division() {
        // 新疆 石河子市 659001: the digits of a division run to 9.
        let code: CreditCode = "91659001M000100Y40".parse().unwrap();
        assert_eq!(code.registered_in().unwrap().to_string(), "659001");
    }

    #[test]
    fn a_code_is_stored_as_it_is_written() {
        let code: CreditCode = VALID[0].parse().unwrap();
        let stored = serde_json::to_string(&code).unwrap();
        assert_eq!(stored, format!("\"{}\"", VALID[0]));
        assert_eq!(serde_json::from_str::<CreditCode>(&stored).unwrap(), code);
    }

    #[test]
    fn each_fault_has_its_own_words() {
        let codes = [
            CreditCodeInvalid::Length(1),
            CreditCodeInvalid::Character(1),
            CreditCodeInvalid::Check,
            CreditCodeInvalid::OrganisationCheck,
        ]
        .map(CreditCodeInvalid::code);
        let distinct: std::collections::BTreeSet<_> = codes.iter().collect();
        assert_eq!(distinct.len(), codes.len());
        assert!(codes.iter().all(|it| it.starts_with("credit-code-")));
    }

    #[test]
    fn wrong_codes_name_what_is_wrong() {
        let refused = |text: &str| text.parse::<CreditCode>().unwrap_err();
        // The example as printed in the standard.
        assert_eq!(
            refused("91350100M000100Y4Z"),
            CreditCodeInvalid::Character(18)
        );
        assert_eq!(refused("911100008021004338"), CreditCodeInvalid::Check);
        assert_eq!(refused("91310115591306401U"), CreditCodeInvalid::Check);
        assert_eq!(refused("9131011559130640"), CreditCodeInvalid::Length(16));
        assert_eq!(
            refused("913X0115591306401U"),
            CreditCodeInvalid::Character(4)
        );
    }

    proptest! {
        #[test]
        fn any_one_changed_character_fails(which in 0..VALID.len(), place in 0_usize..18, to in 0_usize..31) {
            let mut bytes = VALID[which].as_bytes().to_vec();
            prop_assume!(bytes[place] != ALPHABET[to]);
            bytes[place] = ALPHABET[to];
            let text = String::from_utf8(bytes).unwrap();
            prop_assert!(text.parse::<CreditCode>().is_err());
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,24}") {
            let _ = text.parse::<CreditCode>();
        }
    }
}
