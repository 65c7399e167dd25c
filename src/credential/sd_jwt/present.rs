//! What a holder discloses: a preset, or the claims he names.

use super::form::Disclosable;
use super::parse::{InvalidSdJwt, ParsedSdJwt};

/// A choice for a purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// That somebody holds this level: nothing beyond what is always disclosed.
    LevelOnly,
    /// Who holds it and from whom, enough to compare with paper and an identity document. Keeps
    /// the route, the numbers of other certificates and the credential's id.
    ForEmployer,
    /// All of it.
    Everything,
}

impl Preset {
    /// Every preset.
    pub const ALL: [Self; 3] = [Self::LevelOnly, Self::ForEmployer, Self::Everything];

    /// The stable word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LevelOnly => "level-only",
            Self::ForEmployer => "for-employer",
            Self::Everything => "everything",
        }
    }

    /// The preset of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.name() == name)
    }

    /// The claims it discloses beyond those that always are.
    pub const fn claims(self) -> &'static [Disclosable] {
        use Disclosable as D;
        match self {
            Self::LevelOnly => &[],
            // The session is there because a body's leave to finish one is judged by it.
            Self::ForEmployer => &[
                D::HolderName,
                D::DocumentType,
                D::DocumentLast4,
                D::CertificateNumber,
                D::Standard,
                D::RegionName,
                D::BodyName,
                D::CreditCode,
                D::Session,
                D::AssessedOn,
            ],
            Self::Everything => &D::ALL,
        }
    }
}

/// A presentation of an SD-JWT VC that discloses only these claims, as far as it has them.
pub fn present(compact: &str, keep: &[Disclosable]) -> Result<String, InvalidSdJwt> {
    Ok(ParsedSdJwt::parse(compact.as_bytes())?.present(keep))
}
