//! The eight grades (新八级工, 人社部发〔2022〕14号) and their order.

use serde::{Deserialize, Serialize};

/// A skill level (职业技能等级), lowest first.
///
/// Certificates of level exist for [`SkillLevel::Five`] to [`SkillLevel::One`]; an apprentice is
/// a post, and the two highest are appointments (评聘) by employers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SkillLevel {
    /// 学徒工
    Apprentice,
    /// 五级/初级工
    Five,
    /// 四级/中级工
    Four,
    /// 三级/高级工
    Three,
    /// 二级/技师
    Two,
    /// 一级/高级技师
    One,
    /// 特级技师
    Special,
    /// 首席技师
    Chief,
}

impl SkillLevel {
    /// The levels a certificate of level is issued for, lowest first.
    pub const CERTIFIED: [Self; 5] = [Self::Five, Self::Four, Self::Three, Self::Two, Self::One];

    /// The digit of certificate numbers and sheets, 5 (lowest) to 1; `None` for the others.
    pub const fn digit(self) -> Option<u8> {
        match self {
            Self::Five => Some(5),
            Self::Four => Some(4),
            Self::Three => Some(3),
            Self::Two => Some(2),
            Self::One => Some(1),
            Self::Apprentice | Self::Special | Self::Chief => None,
        }
    }

    /// The level of a digit 1–5.
    pub const fn from_digit(digit: u8) -> Option<Self> {
        match digit {
            5 => Some(Self::Five),
            4 => Some(Self::Four),
            3 => Some(Self::Three),
            2 => Some(Self::Two),
            1 => Some(Self::One),
            _ => None,
        }
    }

    /// The official name.
    pub const fn name_zh(self) -> &'static str {
        match self {
            Self::Apprentice => "学徒工",
            Self::Five => "五级/初级工",
            Self::Four => "四级/中级工",
            Self::Three => "三级/高级工",
            Self::Two => "二级/技师",
            Self::One => "一级/高级技师",
            Self::Special => "特级技师",
            Self::Chief => "首席技师",
        }
    }

    /// The English label printed beside the Chinese name.
    pub const fn name_en(self) -> &'static str {
        match self {
            Self::Apprentice => "Apprentice",
            Self::Five => "Level 5 / Junior Skilled Worker",
            Self::Four => "Level 4 / Intermediate Skilled Worker",
            Self::Three => "Level 3 / Senior Skilled Worker",
            Self::Two => "Level 2 / Technician",
            Self::One => "Level 1 / Senior Technician",
            Self::Special => "Special-Grade Technician",
            Self::Chief => "Chief Technician",
        }
    }

    /// Whether 综合评审 (comprehensive review) is part of the assessment: 二级 and 一级.
    pub const fn needs_review(self) -> bool {
        matches!(self, Self::Two | Self::One)
    }
}
