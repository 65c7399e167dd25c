//! 一试双证: one assessment gives a level certificate and the employer's own certificate.

use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The employer's own certificate (企业证书) that goes with each level certificate of a session
/// (浙江 技能促富 十九, draft).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnterpriseCertificate {
    /// What it is called.
    pub name: Name,
    /// The employer's grade word for each level assessed: `三级 → 骨干焊工`.
    pub grades: BTreeMap<SkillLevel, String>,
}
