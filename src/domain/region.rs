//! Administrative divisions (行政区划代码, GB/T 2260): six digits, province, prefecture, county.
//!
//! History matters: a code that has been retired stays in the documents of people born under it
//! and in certificates issued under it. The table therefore holds retired codes with the last
//! year they were listed, and an identity number is never refused for an unknown county, only
//! for a province that does not exist.

use super::width::fold_identifier;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

/// `code name [last listed year]`, sorted by code; union of the published revisions 1980–2023.
const TABLE: &str = include_str!("rules/data/regions.txt");

/// Province-level divisions: GB/T 2260 digits 1–2, official name, English name.
/// 83 (台湾) is used only by residence permits (港澳台居民居住证).
const PROVINCES: &[(u8, &str, &str)] = &[
    (11, "北京市", "Beijing"),
    (12, "天津市", "Tianjin"),
    (13, "河北省", "Hebei"),
    (14, "山西省", "Shanxi"),
    (15, "内蒙古自治区", "Inner Mongolia"),
    (21, "辽宁省", "Liaoning"),
    (22, "吉林省", "Jilin"),
    (23, "黑龙江省", "Heilongjiang"),
    (31, "上海市", "Shanghai"),
    (32, "江苏省", "Jiangsu"),
    (33, "浙江省", "Zhejiang"),
    (34, "安徽省", "Anhui"),
    (35, "福建省", "Fujian"),
    (36, "江西省", "Jiangxi"),
    (37, "山东省", "Shandong"),
    (41, "河南省", "Henan"),
    (42, "湖北省", "Hubei"),
    (43, "湖南省", "Hunan"),
    (44, "广东省", "Guangdong"),
    (45, "广西壮族自治区", "Guangxi"),
    (46, "海南省", "Hainan"),
    (50, "重庆市", "Chongqing"),
    (51, "四川省", "Sichuan"),
    (52, "贵州省", "Guizhou"),
    (53, "云南省", "Yunnan"),
    (54, "西藏自治区", "Tibet"),
    (61, "陕西省", "Shaanxi"),
    (62, "甘肃省", "Gansu"),
    (63, "青海省", "Qinghai"),
    (64, "宁夏回族自治区", "Ningxia"),
    (65, "新疆维吾尔自治区", "Xinjiang"),
    (71, "台湾省", "Taiwan"),
    (81, "香港特别行政区", "Hong Kong SAR"),
    (82, "澳门特别行政区", "Macao SAR"),
];

static NAMES: LazyLock<HashMap<u32, (&'static str, Option<u16>)>> = LazyLock::new(|| {
    TABLE
        .lines()
        .filter_map(|line| {
            let mut parts = line.split(' ');
            let code = parts.next()?.parse().ok()?;
            let name = parts.next()?;
            Some((
                code,
                (name, parts.next().and_then(|year| year.parse().ok())),
            ))
        })
        .collect()
});

/// A text that is no division code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RegionInvalid {
    /// Not six digits.
    #[error("a division code (GB/T 2260) has six digits")]
    Shape,
    /// No province has these first two digits.
    #[error("no province has these first two digits (GB/T 2260)")]
    UnknownProvince,
}

/// A division code (行政区划代码) whose province exists; the county may be one we do not list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RegionCode(u32);

impl RegionCode {
    /// The province's own code: `330000` for `330106`.
    pub const fn province(self) -> Self {
        Self(self.0 / 10_000 * 10_000)
    }
    /// The prefecture's own code: `330100` for `330106`.
    pub const fn prefecture(self) -> Self {
        Self(self.0 / 100 * 100)
    }
    /// Whether this is a whole province (省级).
    pub const fn is_province(self) -> bool {
        self.0.is_multiple_of(10_000)
    }
    /// Whether `other` lies in this division or is it: 330000 covers 330106.
    pub const fn covers(self, other: Self) -> bool {
        if self.0.is_multiple_of(10_000) {
            self.0 / 10_000 == other.0 / 10_000
        } else if self.0.is_multiple_of(100) {
            self.0 / 100 == other.0 / 100
        } else {
            self.0 == other.0
        }
    }
    /// The division's own name (西湖区), if the code is listed, retired ones too.
    pub fn name_zh(self) -> Option<&'static str> {
        NAMES.get(&self.0).map(|(name, _)| *name)
    }
    /// The year a retired code was last listed; `None` for one in force or not listed at all.
    pub fn last_listed(self) -> Option<u16> {
        NAMES.get(&self.0).and_then(|(_, year)| *year)
    }
    /// The name with the divisions above it: 浙江省杭州市西湖区. Levels that are not listed are
    /// left out, and so are the filing names (市辖区, 县) that stand for no division.
    pub fn full_name_zh(self) -> String {
        let mut name = String::new();
        let mut last = 0;
        for code in [self.province(), self.prefecture(), self] {
            let own = code.name_zh().unwrap_or("");
            let filing = matches!(own, "市辖区" | "县" | "市")
                || own.starts_with("省直辖")
                || own.starts_with("自治区直辖");
            if code.0 != last && !filing {
                name.push_str(own);
            }
            last = code.0;
        }
        name
    }
    /// The English name of the province.
    pub fn province_en(self) -> &'static str {
        province(self.0 / 10_000).map_or("", |(_, _, name)| name)
    }
    /// Every province-level division, in the order of the standard.
    pub fn provinces() -> impl Iterator<Item = Self> {
        PROVINCES
            .iter()
            .map(|(p, _, _)| Self(u32::from(*p) * 10_000))
    }
}

fn province(digits: u32) -> Option<&'static (u8, &'static str, &'static str)> {
    PROVINCES.iter().find(|(p, _, _)| u32::from(*p) == digits)
}

impl FromStr for RegionCode {
    type Err = RegionInvalid;
    fn from_str(text: &str) -> Result<Self, RegionInvalid> {
        let text = fold_identifier(text);
        if text.len() != 6 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(RegionInvalid::Shape);
        }
        let code: u32 = text.parse().map_err(|_| RegionInvalid::Shape)?;
        province(code / 10_000).ok_or(RegionInvalid::UnknownProvince)?;
        Ok(Self(code))
    }
}
impl TryFrom<String> for RegionCode {
    type Error = RegionInvalid;
    fn try_from(text: String) -> Result<Self, RegionInvalid> {
        text.parse()
    }
}
impl From<RegionCode> for String {
    fn from(code: RegionCode) -> String {
        code.to_string()
    }
}
impl fmt::Display for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}
impl fmt::Debug for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> RegionCode {
        text.parse().unwrap()
    }

    #[test]
    fn a_county_is_named_with_what_it_lies_in() {
        assert_eq!(code("330106").full_name_zh(), "浙江省杭州市西湖区");
        assert_eq!(code("110105").full_name_zh(), "北京市朝阳区");
        assert_eq!(code("330000").full_name_zh(), "浙江省");
        assert_eq!(code("330100").full_name_zh(), "浙江省杭州市");
        assert_eq!(code("330106").province_en(), "Zhejiang");
    }

    #[test]
    fn a_retired_code_is_known_with_its_last_year() {
        assert_eq!(code("330103").name_zh(), Some("下城区"));
        assert_eq!(code("330103").last_listed(), Some(2019));
        assert_eq!(code("330113").name_zh(), Some("临平区"));
        assert_eq!(code("330113").last_listed(), None);
    }

    #[test]
    fn only_the_province_must_exist() {
        assert_eq!(
            "999999".parse::<RegionCode>(),
            Err(RegionInvalid::UnknownProvince)
        );
        assert_eq!("33010".parse::<RegionCode>(), Err(RegionInvalid::Shape));
        assert!(code("339999").name_zh().is_none());
        assert_eq!(code("３３０１０６").to_string(), "330106");
    }

    #[test]
    fn a_code_is_stored_as_it_is_written() {
        let stored = serde_json::to_string(&code("330106")).unwrap();
        assert_eq!(stored, "\"330106\"");
        assert_eq!(
            serde_json::from_str::<RegionCode>(&stored).unwrap(),
            code("330106")
        );
    }

    #[test]
    fn a_division_covers_what_lies_in_it() {
        assert!(code("330000").covers(code("330106")));
        assert!(code("330100").covers(code("330106")));
        assert!(!code("330106").covers(code("330100")));
        assert!(!code("330200").covers(code("330106")));
    }

    #[test]
    fn every_line_of_the_table_is_read_and_every_province_is_in_it() {
        assert_eq!(NAMES.len(), TABLE.lines().count());
        for (digits, name, _) in PROVINCES {
            assert_eq!(NAMES[&(u32::from(*digits) * 10_000)].0, *name);
        }
        assert!(NAMES.keys().all(|c| province(c / 10_000).is_some()));
    }
}
