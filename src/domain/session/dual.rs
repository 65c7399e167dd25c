//! 一试双证: one assessment gives a level certificate and the employer's own certificate.

use crate::domain::attainment::Attainment;
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

impl EnterpriseCertificate {
    /// What the employer's certificate attests of somebody who attained this level; `None` where
    /// it goes with no level.
    pub fn attained(&self, level: &Attainment) -> Option<Attainment> {
        let Attainment::Level {
            occupation,
            occupation_name,
            level,
            ..
        } = level
        else {
            return None;
        };
        Some(Attainment::Enterprise {
            name: self.name.clone(),
            grade: self.grades.get(level)?.clone(),
            occupation: *occupation,
            occupation_name: occupation_name.clone(),
        })
    }
}
