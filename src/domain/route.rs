//! The routes to a level (取得等级的途径).

use serde::{Deserialize, Serialize};

/// How somebody comes to a level.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Route {
    /// 考核认定: application conditions, theory, skill and, at 二级 and 一级, review.
    #[default]
    Assessment,
    /// 直接认定: on grounds and evidence, without the conditions of application
    /// (国就劳发〔2025〕4号 十四; 浙江 技能促富 七).
    DirectRecognition,
    /// 竞赛晋升: by rank in a registered competition.
    Competition,
    /// 转正定级: at the end of an apprenticeship (人社部发〔2022〕14号).
    ApprenticeGrading,
    /// 评聘: 特级技师 and 首席技师, by an employer, confirmed by the province.
    Appointment,
    /// 比照认定: another's certificate counts as the level, where a rule says so.
    Recognition,
}

impl Route {
    /// Every route.
    pub const ALL: [Self; 6] = [
        Self::Assessment,
        Self::DirectRecognition,
        Self::Competition,
        Self::ApprenticeGrading,
        Self::Appointment,
        Self::Recognition,
    ];

    /// The stable word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Assessment => "assessment",
            Self::DirectRecognition => "direct-recognition",
            Self::Competition => "competition",
            Self::ApprenticeGrading => "apprentice-grading",
            Self::Appointment => "appointment",
            Self::Recognition => "recognition",
        }
    }

    /// 中文名称
    pub const fn name_zh(self) -> &'static str {
        match self {
            Self::Assessment => "考核认定",
            Self::DirectRecognition => "直接认定",
            Self::Competition => "竞赛晋升",
            Self::ApprenticeGrading => "转正定级",
            Self::Appointment => "评聘",
            Self::Recognition => "比照认定",
        }
    }
}
