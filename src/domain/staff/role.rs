//! What a card says its holder may do.

use serde::{Deserialize, Serialize};

/// A role in assessment and teaching (人员类别).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StaffRole {
    /// 考评员
    Examiner,
    /// 高级考评员
    SeniorExaminer,
    /// 专项职业能力考核考评员
    SpecialSkillExaminer,
    /// 外部质量督导员（外督）
    QualitySupervisorExternal,
    /// 内部质量督导员（内督）
    QualitySupervisorInternal,
    /// 监考 / 考务人员
    Invigilator,
    /// 专家
    Expert,
    /// 裁判
    Referee,
    /// 场地经理
    SiteManager,
    /// 技术翻译
    TechnicalTranslator,
    /// 教师 (《民办职业培训学校教师上岗等级证》 and the like)
    Teacher,
}

impl StaffRole {
    /// Every role, in declaration order.
    pub const ALL: [Self; 11] = [
        Self::Examiner,
        Self::SeniorExaminer,
        Self::SpecialSkillExaminer,
        Self::QualitySupervisorExternal,
        Self::QualitySupervisorInternal,
        Self::Invigilator,
        Self::Expert,
        Self::Referee,
        Self::SiteManager,
        Self::TechnicalTranslator,
        Self::Teacher,
    ];

    /// The word of events, views and commands.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Examiner => "examiner",
            Self::SeniorExaminer => "senior-examiner",
            Self::SpecialSkillExaminer => "special-skill-examiner",
            Self::QualitySupervisorExternal => "quality-supervisor-external",
            Self::QualitySupervisorInternal => "quality-supervisor-internal",
            Self::Invigilator => "invigilator",
            Self::Expert => "expert",
            Self::Referee => "referee",
            Self::SiteManager => "site-manager",
            Self::TechnicalTranslator => "technical-translator",
            Self::Teacher => "teacher",
        }
    }

    /// The official word.
    pub const fn name_zh(self) -> &'static str {
        match self {
            Self::Examiner => "考评员",
            Self::SeniorExaminer => "高级考评员",
            Self::SpecialSkillExaminer => "专项职业能力考评员",
            Self::QualitySupervisorExternal => "外部质量督导员",
            Self::QualitySupervisorInternal => "内部质量督导员",
            Self::Invigilator => "考务人员",
            Self::Expert => "专家",
            Self::Referee => "裁判",
            Self::SiteManager => "场地经理",
            Self::TechnicalTranslator => "技术翻译",
            Self::Teacher => "教师",
        }
    }

    /// Whether its card names the occupations (职业) it is good for: who judges or teaches a trade.
    pub const fn needs_occupations(self) -> bool {
        matches!(self, Self::Examiner | Self::SeniorExaminer | Self::Teacher)
    }

    /// Whether its card may name levels.
    pub const fn has_levels(self) -> bool {
        matches!(self, Self::Examiner | Self::SeniorExaminer | Self::Teacher)
    }

    /// Whether a body grants it to its own people; the others are the authority's to grant.
    pub const fn granted_by_body(self) -> bool {
        matches!(
            self,
            Self::QualitySupervisorInternal
                | Self::Invigilator
                | Self::SiteManager
                | Self::TechnicalTranslator
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_grants_the_cards_of_its_own_house_and_no_examiners_or_teachers() {
        for role in StaffRole::ALL {
            let of_the_house = matches!(
                role.name_zh(),
                "内部质量督导员" | "考务人员" | "场地经理" | "技术翻译"
            );
            assert_eq!(role.granted_by_body(), of_the_house, "{}", role.name_zh());
        }
    }

    #[test]
    fn who_judges_or_teaches_a_trade_is_carded_for_it() {
        for role in StaffRole::ALL {
            let of_a_trade = matches!(role.name_zh(), "考评员" | "高级考评员" | "教师");
            assert_eq!(role.needs_occupations(), of_a_trade, "{}", role.name_zh());
            assert_eq!(role.has_levels(), of_a_trade, "{}", role.name_zh());
        }
    }

    #[test]
    fn a_role_is_written_in_events_as_it_is_named() {
        for role in StaffRole::ALL {
            let written = serde_json::to_value(role).unwrap();
            assert_eq!(written, role.name());
        }
    }
}
