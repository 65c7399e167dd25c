//! What somebody has earned a certificate for. Only the domain makes one, so that no certificate
//! can be issued without a passed assessment behind it.

use crate::domain::certificate::event::Award;
use crate::domain::certificate::rejection::CertificateRejection;

/// The content of a certificate that may be issued: from a closed session, or corrected from a
/// certificate that was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarnedAward(Award);

impl EarnedAward {
    /// By passing every component of a session that has closed.
    pub(in crate::domain) const fn by_assessment(award: Award) -> Self {
        Self(award)
    }

    /// By correction (更正) of what an earlier certificate says. What the assessment decided (who,
    /// where, which occupation and level) is no matter of correction.
    pub fn by_correction(earlier: &Award, corrected: Award) -> Result<Self, CertificateRejection> {
        let same = |award: &Award| {
            (
                award.body,
                award.session,
                award.worker,
                award.occupation,
                award.level,
            )
        };
        if same(earlier) == same(&corrected) {
            Ok(Self(corrected))
        } else {
            Err(CertificateRejection::CorrectionChangesAward)
        }
    }

    /// What the certificate will say.
    pub const fn award(&self) -> &Award {
        &self.0
    }
}
