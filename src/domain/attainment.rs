//! What somebody comes to have (取得): a level, or one of the certificates without a level.
//!
//! Only [`Attainment::Level`] is a 职业技能等级. 专项职业能力 and 微技能 have no level, an enterprise
//! certificate (企业证书) has the enterprise's own grade, and permits of other departments
//! (特种作业操作证 and the like) are none of these: they are never issued here.

use crate::domain::item::ItemCode;
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::occupation::OccupationCode;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The kinds of what a certificate attests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AttainmentKind {
    /// 职业技能等级
    Level,
    /// 专项职业能力
    SpecialSkill,
    /// 微技能
    MicroSkill,
    /// 企业证书 of 一试双证
    Enterprise,
}

impl AttainmentKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [
        Self::Level,
        Self::SpecialSkill,
        Self::MicroSkill,
        Self::Enterprise,
    ];

    /// The stable word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Level => "level",
            Self::SpecialSkill => "special-skill",
            Self::MicroSkill => "micro-skill",
            Self::Enterprise => "enterprise",
        }
    }

    /// The name of its certificate (证书名称).
    pub const fn certificate_zh(self) -> &'static str {
        match self {
            Self::Level => "职业技能等级证书",
            Self::SpecialSkill => "专项职业能力证书",
            Self::MicroSkill => "微技能证书",
            Self::Enterprise => "企业证书",
        }
    }

    /// The name of its certificate in English.
    pub const fn certificate_en(self) -> &'static str {
        match self {
            Self::Level => "Vocational Skill Level Certificate",
            Self::SpecialSkill => "Special Vocational Skill Certificate",
            Self::MicroSkill => "Micro-Skill Certificate",
            Self::Enterprise => "Enterprise Certificate",
        }
    }
}

/// The kinds that are assessed by item, without a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// 专项职业能力
    SpecialSkill,
    /// 微技能
    MicroSkill,
}

impl From<ItemKind> for AttainmentKind {
    fn from(kind: ItemKind) -> Self {
        match kind {
            ItemKind::SpecialSkill => Self::SpecialSkill,
            ItemKind::MicroSkill => Self::MicroSkill,
        }
    }
}

/// What a certificate attests, apart from person, body and day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Attainment {
    /// 职业技能等级: 五级 to 一级, 特级技师 or 首席技师.
    Level {
        /// The occupation.
        occupation: OccupationCode,
        /// Its name that day.
        occupation_name: Name,
        /// 工种, if assessed by it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        work_type: Option<String>,
        /// The level.
        level: SkillLevel,
    },
    /// 专项职业能力: one item, no level.
    SpecialSkill {
        /// The item's code.
        item: ItemCode,
        /// Its name that day.
        name: Name,
    },
    /// 微技能: one small item, no level; several stand beside each other.
    MicroSkill {
        /// The item's code.
        item: ItemCode,
        /// Its name that day.
        name: Name,
        /// The occupation it is part of, if any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<OccupationCode>,
    },
    /// 企业证书 of 一试双证: the enterprise's own, from an assessment that also gave a level. Its
    /// grade is the enterprise's word and equals no level.
    Enterprise {
        /// The certificate's name.
        name: Name,
        /// The enterprise's own grade.
        grade: String,
        /// The occupation assessed.
        occupation: OccupationCode,
        /// Its name that day.
        occupation_name: Name,
    },
}

impl Attainment {
    /// Its kind.
    pub const fn kind(&self) -> AttainmentKind {
        match self {
            Self::Level { .. } => AttainmentKind::Level,
            Self::SpecialSkill { .. } => AttainmentKind::SpecialSkill,
            Self::MicroSkill { .. } => AttainmentKind::MicroSkill,
            Self::Enterprise { .. } => AttainmentKind::Enterprise,
        }
    }

    /// The level; `None` for what has none.
    pub const fn level(&self) -> Option<SkillLevel> {
        match self {
            Self::Level { level, .. } => Some(*level),
            _ => None,
        }
    }

    /// The occupation it belongs to, if any.
    pub const fn occupation(&self) -> Option<OccupationCode> {
        match self {
            Self::Level { occupation, .. } | Self::Enterprise { occupation, .. } => {
                Some(*occupation)
            }
            Self::MicroSkill { of, .. } => *of,
            Self::SpecialSkill { .. } => None,
        }
    }

    /// The item; `None` for what is not assessed by item.
    pub const fn item(&self) -> Option<&ItemCode> {
        match self {
            Self::SpecialSkill { item, .. } | Self::MicroSkill { item, .. } => Some(item),
            Self::Level { .. } | Self::Enterprise { .. } => None,
        }
    }

    /// The grade it states, in words: of a level its name, of an enterprise certificate the
    /// enterprise's own word, else that it has none.
    pub fn grade_zh(&self) -> String {
        match self {
            Self::Level { level, .. } => level.name_zh().to_owned(),
            Self::SpecialSkill { .. } => "专项职业能力（无等级）".to_owned(),
            Self::MicroSkill { .. } => "微技能（无等级）".to_owned(),
            Self::Enterprise { grade, .. } => format!("{grade}（企业自定等级）"),
        }
    }

    /// [`Attainment::grade_zh`] in English.
    pub fn grade_en(&self) -> String {
        match self {
            Self::Level { level, .. } => level.name_en().to_owned(),
            Self::SpecialSkill { .. } => "special vocational skill, no level".to_owned(),
            Self::MicroSkill { .. } => "micro-skill, no level".to_owned(),
            Self::Enterprise { grade, .. } => format!("{grade} (the enterprise's own grade)"),
        }
    }

    /// 工种, if assessed by it.
    pub fn work_type(&self) -> Option<&str> {
        match self {
            Self::Level { work_type, .. } => work_type.as_deref(),
            _ => None,
        }
    }

    /// The name people call it by: of the occupation for a level, else of the item or certificate.
    pub const fn name(&self) -> &Name {
        match self {
            Self::Level {
                occupation_name: name,
                ..
            }
            | Self::SpecialSkill { name, .. }
            | Self::MicroSkill { name, .. }
            | Self::Enterprise { name, .. } => name,
        }
    }
}

/// What a session assesses (考核内容).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum Assessed {
    /// Levels of one occupation.
    Levels {
        /// The occupation.
        occupation: OccupationCode,
        /// Its name that day.
        occupation_name: Name,
        /// 工种, if assessed by it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        work_type: Option<String>,
        /// The levels.
        levels: Vec<SkillLevel>,
    },
    /// One item, without a level.
    Item {
        /// 专项职业能力 or 微技能.
        kind: ItemKind,
        /// The item's code.
        item: ItemCode,
        /// Its name that day.
        name: Name,
        /// The occupation a 微技能 is part of, if any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<OccupationCode>,
    },
}

impl Assessed {
    /// The occupation, if one is assessed.
    pub const fn occupation(&self) -> Option<OccupationCode> {
        match self {
            Self::Levels { occupation, .. } => Some(*occupation),
            Self::Item { of, .. } => *of,
        }
    }

    /// The levels a candidate may apply for; none for an item.
    pub fn levels(&self) -> &[SkillLevel] {
        match self {
            Self::Levels { levels, .. } => levels,
            Self::Item { .. } => &[],
        }
    }

    /// The item, if one is assessed.
    pub const fn item(&self) -> Option<&ItemCode> {
        match self {
            Self::Item { item, .. } => Some(item),
            Self::Levels { .. } => None,
        }
    }

    /// The name of the occupation or item that day.
    pub const fn name(&self) -> &Name {
        match self {
            Self::Levels {
                occupation_name: name,
                ..
            }
            | Self::Item { name, .. } => name,
        }
    }

    /// What a candidate attains who passes: at `level` where levels are assessed, at none where an
    /// item is. `None` if the session does not assess that.
    pub fn attained(&self, at: Option<SkillLevel>) -> Option<Attainment> {
        match (self, at) {
            (
                Self::Levels {
                    occupation,
                    occupation_name,
                    work_type,
                    levels,
                },
                Some(level),
            ) if levels.contains(&level) => Some(Attainment::Level {
                occupation: *occupation,
                occupation_name: occupation_name.clone(),
                work_type: work_type.clone(),
                level,
            }),
            (
                Self::Item {
                    kind,
                    item,
                    name,
                    of,
                },
                None,
            ) => Some(match kind {
                ItemKind::SpecialSkill => Attainment::SpecialSkill {
                    item: item.clone(),
                    name: name.clone(),
                },
                ItemKind::MicroSkill => Attainment::MicroSkill {
                    item: item.clone(),
                    name: name.clone(),
                    of: *of,
                },
            }),
            _ => None,
        }
    }
}

impl fmt::Display for AttainmentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(zh: &str) -> Name {
        Name {
            zh: zh.into(),
            en: None,
        }
    }

    #[test]
    fn a_candidate_attains_what_the_session_assesses_and_nothing_else() {
        let levels = Assessed::Levels {
            occupation: "6-18-02-04".parse().unwrap(),
            occupation_name: name("焊工"),
            work_type: None,
            levels: vec![SkillLevel::Four, SkillLevel::Three],
        };
        let three = levels.attained(Some(SkillLevel::Three)).unwrap();
        assert_eq!(three.level(), Some(SkillLevel::Three));
        assert_eq!(three.kind(), AttainmentKind::Level);
        assert_eq!(three.item(), None);
        assert_eq!(levels.attained(Some(SkillLevel::One)), None);
        assert_eq!(levels.attained(None), None);

        let item = |kind, of| Assessed::Item {
            kind,
            item: "ZX-2026-017".parse().unwrap(),
            name: name("面点制作"),
            of,
        };
        let special = item(ItemKind::SpecialSkill, None);
        let attained = special.attained(None).unwrap();
        assert_eq!(attained.kind(), AttainmentKind::SpecialSkill);
        assert_eq!((attained.level(), attained.occupation()), (None, None));
        assert_eq!(special.attained(Some(SkillLevel::Five)), None);
        let cook = "4-03-02-01".parse().ok();
        let micro = item(ItemKind::MicroSkill, cook).attained(None).unwrap();
        assert_eq!((micro.level(), micro.occupation()), (None, cook));
    }

    #[test]
    fn only_a_level_is_called_a_skill_level() {
        for kind in AttainmentKind::ALL {
            let is_level = kind == AttainmentKind::Level;
            assert_eq!(kind.certificate_zh().contains("等级"), is_level, "{kind}");
            assert_eq!(kind.certificate_en().contains("Level"), is_level, "{kind}");
        }
    }
}
