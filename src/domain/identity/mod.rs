//! Identity documents (有效身份证件): which there are, when a number is one, and whom it names.
//!
//! A number is personal data: nothing here prints it, and errors carry its shape only.

mod resident;
#[cfg(test)]
mod tests;

pub use resident::check_character;

use super::width::fold_identifier;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use zeroize::Zeroizing;

/// The kinds of document an enrolment form names (证件类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentType {
    /// 居民身份证 (GB 11643)
    ResidentIdentityCard,
    /// 社会保障卡: its 社会保障号码 is the citizen identification number.
    SocialSecurityCard,
    /// 港澳台居民居住证
    ResidencePermit,
    /// 外国人永久居留身份证: 18 digits since 2023-12-01, before 3 letters and 12 digits.
    PermanentResidenceCard,
    /// 护照
    Passport,
    /// 港澳居民来往内地通行证: the first nine characters name the person, two more the card.
    HongKongMacaoPermit,
    /// 台湾居民来往大陆通行证
    TaiwanPermit,
    /// 军官证、士兵证
    MilitaryCard,
    /// 其他
    Other,
}

impl DocumentType {
    /// Every kind, in declaration order.
    pub const ALL: [Self; 9] = [
        Self::ResidentIdentityCard,
        Self::SocialSecurityCard,
        Self::ResidencePermit,
        Self::PermanentResidenceCard,
        Self::Passport,
        Self::HongKongMacaoPermit,
        Self::TaiwanPermit,
        Self::MilitaryCard,
        Self::Other,
    ];

    /// The official name.
    pub const fn name_zh(self) -> &'static str {
        match self {
            Self::ResidentIdentityCard => "居民身份证",
            Self::SocialSecurityCard => "社会保障卡",
            Self::ResidencePermit => "港澳台居民居住证",
            Self::PermanentResidenceCard => "外国人永久居留身份证",
            Self::Passport => "护照",
            Self::HongKongMacaoPermit => "港澳居民来往内地通行证",
            Self::TaiwanPermit => "台湾居民来往大陆通行证",
            Self::MilitaryCard => "军官证/士兵证",
            Self::Other => "其他",
        }
    }

    /// The English name.
    pub const fn name_en(self) -> &'static str {
        match self {
            Self::ResidentIdentityCard => "Resident identity card",
            Self::SocialSecurityCard => "Social security card",
            Self::ResidencePermit => "Residence permit for Hong Kong, Macao and Taiwan residents",
            Self::PermanentResidenceCard => "Foreign permanent resident identity card",
            Self::Passport => "Passport",
            Self::HongKongMacaoPermit => "Mainland travel permit for Hong Kong and Macao residents",
            Self::TaiwanPermit => "Mainland travel permit for Taiwan residents",
            Self::MilitaryCard => "Military identity card",
            Self::Other => "Other",
        }
    }

    /// The kind that forms and people call `words`; spaces and width do not matter.
    pub fn from_words(words: &str) -> Option<Self> {
        let words = fold_identifier(words);
        let words = words.strip_prefix("中华人民共和国").unwrap_or(&words);
        Some(match words {
            "居民身份证"
            | "身份证"
            | "二代身份证"
            | "第二代身份证"
            | "第二代居民身份证"
            | "二代居民身份证"
            | "公民身份证"
            | "临时居民身份证"
            | "临时身份证"
            | "大陆身份证"
            | "内地居民身份证"
            | "居民户口簿"
            | "户口簿" => Self::ResidentIdentityCard,
            "社会保障卡" | "社保卡" => Self::SocialSecurityCard,
            "港澳台居民居住证" | "港澳台居住证" | "港澳居民居住证" | "台湾居民居住证" => {
                Self::ResidencePermit
            }
            "外国人永久居留身份证" | "外国人永久居留证" | "永久居留身份证" | "永久居留证" => {
                Self::PermanentResidenceCard
            }
            "护照" | "外国护照" | "普通护照" | "中国护照" | "外籍护照" => {
                Self::Passport
            }
            "港澳居民来往内地通行证"
            | "港澳通行证"
            | "港澳居民通行证"
            | "回乡证"
            | "港澳来往内地通行证" => Self::HongKongMacaoPermit,
            "台湾居民来往大陆通行证" | "台胞证" | "台湾通行证" | "台湾居民通行证" => {
                Self::TaiwanPermit
            }
            "军官证"
            | "士兵证"
            | "军官证/士兵证"
            | "军人证"
            | "军官证、士兵证"
            | "警官证"
            | "军人身份证件"
            | "士官证"
            | "文职干部证" => Self::MilitaryCard,
            "其他" | "其它" | "其他证件" => Self::Other,
            _ => return None,
        })
    }
}

/// Sex as documents state it (性别, GB/T 2261.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sex {
    /// 男
    Male,
    /// 女
    Female,
}

impl Sex {
    /// 男 or 女.
    pub const fn name_zh(self) -> &'static str {
        match self {
            Self::Male => "男",
            Self::Female => "女",
        }
    }
}

/// Why a number is no number of its kind of document. Carries the shape, never the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocumentInvalid {
    /// Nothing is left after the spaces are gone.
    #[error("the document number is empty")]
    Empty,
    /// The wrong number of characters.
    #[error("the document number has {found} characters, not {wanted}")]
    Length {
        /// How many there are.
        found: usize,
        /// How many there should be.
        wanted: &'static str,
    },
    /// A character that does not occur in such a number, at its place.
    #[error("the document number holds a character that such numbers do not have")]
    Character,
    /// The last character does not match the others (GB 11643).
    #[error("the check character of the identity number does not match (GB 11643)")]
    CheckDigit,
    /// The birth date in the number is no day of the calendar.
    #[error("the birth date in the identity number does not exist")]
    NoSuchDate,
    /// The birth date in the number is still to come.
    #[error("the birth date in the identity number lies in the future")]
    BirthInFuture,
    /// The birth date in the number is more than 130 years back.
    #[error("the birth date in the identity number is more than 130 years back")]
    BirthTooEarly,
    /// No province has the first two digits of the number (GB/T 2260).
    #[error("no province has the first two digits of the identity number (GB/T 2260)")]
    UnknownRegion,
    /// The number is of another kind of document than the one stated.
    #[error("the number belongs to another kind of document than the one stated")]
    OtherDocument,
}

impl DocumentInvalid {
    /// The stable code of this refusal.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "missing",
            Self::Length { .. } => "wrong-length",
            Self::Character => "wrong-character",
            Self::CheckDigit => "check-digit",
            Self::NoSuchDate => "no-such-date",
            Self::BirthInFuture => "birth-in-future",
            Self::BirthTooEarly => "birth-too-early",
            Self::UnknownRegion => "unknown-region",
            Self::OtherDocument => "contradicts-document-type",
        }
    }
}

/// One identity document: its kind and its checked, folded number. Its memory is wiped on drop.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub struct IdentityDocument {
    kind: DocumentType,
    number: Zeroizing<String>,
}

/// The stored form, checked again when it is read back.
#[derive(Serialize, Deserialize)]
struct Stored {
    r#type: DocumentType,
    number: String,
}

impl TryFrom<Stored> for IdentityDocument {
    type Error = DocumentInvalid;
    fn try_from(stored: Stored) -> Result<Self, DocumentInvalid> {
        // A birth date was judged when the number was first read; its shape is checked again.
        Self::read(stored.r#type, &stored.number, None)
    }
}
impl From<IdentityDocument> for Stored {
    fn from(document: IdentityDocument) -> Self {
        Self {
            r#type: document.kind,
            number: document.number.as_str().to_owned(),
        }
    }
}

impl IdentityDocument {
    /// Reads a number of the stated kind: spaces, full-width characters and a lower-case x are
    /// folded first. A birth after `as_of` is refused. A residence permit (居住证) whose number
    /// is given under 居民身份证 is read as what it is, since both are called 身份证 in forms.
    pub fn parse(kind: DocumentType, text: &str, as_of: Date) -> Result<Self, DocumentInvalid> {
        Self::read(kind, text, Some(as_of))
    }

    fn read(kind: DocumentType, text: &str, as_of: Option<Date>) -> Result<Self, DocumentInvalid> {
        let number = Zeroizing::new(fold_identifier(text));
        if number.is_empty() {
            return Err(DocumentInvalid::Empty);
        }
        let kind = match kind {
            DocumentType::ResidentIdentityCard
            | DocumentType::SocialSecurityCard
            | DocumentType::ResidencePermit => by_construction(kind, &number, as_of)?,
            DocumentType::PermanentResidenceCard => {
                permanent_residence(&number, as_of)?;
                kind
            }
            DocumentType::Passport => {
                shape(&number, 5, 20, "5–20", |c| c.is_ascii_alphanumeric())
                    .and_then(|()| some_digit(&number))
                    .map(|()| kind)?
            }
            DocumentType::HongKongMacaoPermit => hong_kong_macao(&number).map(|()| kind)?,
            DocumentType::TaiwanPermit => {
                lengths(&number, &[8, 10], "8")?;
                shape(&number, 8, 10, "8", |c| c.is_ascii_digit()).map(|()| kind)?
            }
            DocumentType::MilitaryCard => shape(&number, 4, 24, "4–24", |c| c.is_alphanumeric())
                .and_then(|()| some_digit(&number))
                .map(|()| kind)?,
            DocumentType::Other => shape(&number, 4, 32, "4–32", |c| {
                c.is_alphanumeric() || matches!(c, '-' | '/' | '.' | '(' | ')')
            })
            .and_then(|()| some_digit(&number))
            .map(|()| kind)?,
        };
        Ok(Self { kind, number })
    }

    /// The kind of document.
    pub const fn kind(&self) -> DocumentType {
        self.kind
    }
    /// The folded number. Personal data: for the vault and the holder only.
    pub fn number(&self) -> &str {
        &self.number
    }

    /// The person-identifying normal form, for the blind index: what two documents of one person
    /// and kind have in common, whenever they were issued. The 15-digit form counts as its
    /// 18-character one, a social security card as the citizen's number, a travel permit without
    /// its reissue digits. Personal data.
    pub fn key(&self) -> Zeroizing<String> {
        let prefix = match self.kind {
            DocumentType::ResidentIdentityCard
            | DocumentType::SocialSecurityCard
            | DocumentType::ResidencePermit => "citizen",
            DocumentType::PermanentResidenceCard => "permanent-resident",
            DocumentType::Passport => "passport",
            DocumentType::HongKongMacaoPermit => "hong-kong-macao-permit",
            DocumentType::TaiwanPermit => "taiwan-permit",
            DocumentType::MilitaryCard => "military",
            DocumentType::Other => "other",
        };
        let lasting = match self.kind {
            DocumentType::HongKongMacaoPermit => self.number.get(..9),
            DocumentType::TaiwanPermit => self.number.get(..8),
            _ => None,
        };
        match (self.full(), lasting) {
            (Some(full), _) => Zeroizing::new(format!("{prefix}:{}", full.as_str())),
            (None, Some(lasting)) => Zeroizing::new(format!("{prefix}:{lasting}")),
            (None, None) => Zeroizing::new(format!("{prefix}:{}", self.number.as_str())),
        }
    }

    /// The birth date the number states, where its kind states one.
    pub fn birth(&self) -> Option<Date> {
        resident::birth(&self.full()?)
    }

    /// The sex the number states, where its kind states one.
    pub fn sex(&self) -> Option<Sex> {
        Some(if resident::is_male(&self.full()?)? {
            Sex::Male
        } else {
            Sex::Female
        })
    }

    /// At most the last four characters, what a credential may show.
    pub fn last_four(&self) -> String {
        let length = self.number.chars().count();
        self.number.chars().skip(length.saturating_sub(4)).collect()
    }

    /// Whether this is the 15-digit number of a first-generation card.
    pub fn is_first_generation(&self) -> bool {
        self.number.len() == 15
            && matches!(
                self.kind,
                DocumentType::ResidentIdentityCard | DocumentType::SocialSecurityCard
            )
    }

    /// The 18-character number, for the kinds built after GB 11643.
    fn full(&self) -> Option<Zeroizing<String>> {
        match self.kind {
            DocumentType::ResidentIdentityCard
            | DocumentType::SocialSecurityCard
            | DocumentType::ResidencePermit
            | DocumentType::PermanentResidenceCard => {
                resident::full(&self.number).map(Zeroizing::new)
            }
            _ => None,
        }
    }
}

impl fmt::Debug for IdentityDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IdentityDocument({:?}, …)", self.kind)
    }
}

fn by_construction(
    stated: DocumentType,
    number: &str,
    as_of: Option<Date>,
) -> Result<DocumentType, DocumentInvalid> {
    match (stated, resident::check(number, as_of)?) {
        (DocumentType::ResidencePermit, resident::Kind::HongKongMacaoTaiwan)
        | (DocumentType::ResidentIdentityCard, resident::Kind::HongKongMacaoTaiwan) => {
            Ok(DocumentType::ResidencePermit)
        }
        (DocumentType::ResidencePermit, _) => Err(DocumentInvalid::OtherDocument),
        (DocumentType::ResidentIdentityCard, resident::Kind::Foreigner) => {
            Err(DocumentInvalid::OtherDocument)
        }
        (stated, _) => Ok(stated),
    }
}

/// New: 9, then as GB 11643. Old: three letters of the country, twelve digits.
fn permanent_residence(number: &str, as_of: Option<Date>) -> Result<(), DocumentInvalid> {
    match number.chars().count() {
        15 => {
            let (country, digits) = number
                .split_at_checked(3)
                .ok_or(DocumentInvalid::Character)?;
            if country.bytes().all(|b| b.is_ascii_uppercase())
                && digits.bytes().all(|b| b.is_ascii_digit())
            {
                Ok(())
            } else {
                Err(DocumentInvalid::Character)
            }
        }
        18 => match resident::check(number, as_of)? {
            resident::Kind::Foreigner => Ok(()),
            _ => Err(DocumentInvalid::OtherDocument),
        },
        found => Err(DocumentInvalid::Length {
            found,
            wanted: "18",
        }),
    }
}

/// H or M, eight digits for life, two more on older cards for the issue.
fn hong_kong_macao(number: &str) -> Result<(), DocumentInvalid> {
    lengths(number, &[9, 11], "9")?;
    let mut characters = number.chars();
    let first = characters.next();
    if matches!(first, Some('H' | 'M')) && characters.all(|c| c.is_ascii_digit()) {
        Ok(())
    } else {
        Err(DocumentInvalid::Character)
    }
}

fn lengths(number: &str, allowed: &[usize], wanted: &'static str) -> Result<(), DocumentInvalid> {
    let found = number.chars().count();
    if allowed.contains(&found) {
        Ok(())
    } else {
        Err(DocumentInvalid::Length { found, wanted })
    }
}

fn shape(
    number: &str,
    min: usize,
    max: usize,
    wanted: &'static str,
    allowed: impl Fn(char) -> bool,
) -> Result<(), DocumentInvalid> {
    let found = number.chars().count();
    if found < min || found > max {
        return Err(DocumentInvalid::Length { found, wanted });
    }
    if number.chars().all(allowed) {
        Ok(())
    } else {
        Err(DocumentInvalid::Character)
    }
}

fn some_digit(number: &str) -> Result<(), DocumentInvalid> {
    if number.chars().any(|c| c.is_ascii_digit()) {
        Ok(())
    } else {
        Err(DocumentInvalid::Character)
    }
}
