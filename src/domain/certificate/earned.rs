//! What somebody has earned a certificate for. Only the domain makes one, so that no certificate
//! can be issued without a passed assessment behind it.

use crate::domain::attainment::Attainment;
use crate::domain::certificate::event::Award;
use crate::domain::certificate::rejection::CertificateRejection;
use crate::domain::region::RegionCode;
use crate::domain::route::Route;
use jiff::civil::Date;

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
        let decided = |award: &Award| Award {
            attainment: without_work_type(&award.attainment),
            standard: earlier.standard.clone(),
            region: earlier.region,
            assessed_on: earlier.assessed_on,
            ..award.clone()
        };
        if decided(earlier) == decided(&corrected) {
            Ok(Self(corrected))
        } else {
            Err(CertificateRejection::CorrectionChangesAward)
        }
    }

    /// The award with what a correction may change: work type, region and day of assessment.
    pub fn corrected(
        earlier: &Award,
        work_type: Option<&str>,
        region: Option<RegionCode>,
        assessed_on: Option<Date>,
    ) -> Result<Self, CertificateRejection> {
        let mut corrected = earlier.clone();
        if let Some(right) = work_type {
            match &mut corrected.attainment {
                Attainment::Level { work_type, .. } if earlier.route != Route::Recognition => {
                    *work_type = Some(right.to_owned());
                }
                _ => return Err(CertificateRejection::WorkTypeUnasked),
            }
        }
        corrected.region = region.unwrap_or(earlier.region);
        corrected.assessed_on = assessed_on.unwrap_or(earlier.assessed_on);
        Self::by_correction(earlier, corrected)
    }

    /// What the certificate will say.
    pub const fn award(&self) -> &Award {
        &self.0
    }
}

/// 工种 may be corrected; the rest of a level was decided.
fn without_work_type(attainment: &Attainment) -> Attainment {
    let mut attainment = attainment.clone();
    if let Attainment::Level { work_type, .. } = &mut attainment {
        *work_type = None;
    }
    attainment
}
