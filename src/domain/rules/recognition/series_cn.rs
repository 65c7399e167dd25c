//! The eight title series that skilled workers may apply in, and occupations that belong to them.
//!
//! 人社部发〔2020〕96号 names the eight series; its text was not at hand (`verified` is false). Names
//! of titles are those in use and were not compared. Which occupation belongs to which series is
//! for the provinces to say; the rows here only show what such a table looks like (`demo`).

use super::qualification::TitleGrade;
use super::series::{OccupationSeries, Series, SeriesTitle, TitleSeries};
use crate::domain::occupation::OccupationCode;
use jiff::civil::date;

/// Series, then the names of its titles by grade (员级, 助理级, 中级, 副高级, 正高级); empty = none.
const SERIES: [(&str, [&str; 5]); 8] = [
    (
        "工程",
        [
            "技术员",
            "助理工程师",
            "工程师",
            "高级工程师",
            "正高级工程师",
        ],
    ),
    (
        "农业",
        [
            "农业技术员",
            "助理农艺师",
            "农艺师",
            "高级农艺师",
            "正高级农艺师",
        ],
    ),
    (
        "工艺美术",
        [
            "工艺美术员",
            "助理工艺美术师",
            "工艺美术师",
            "高级工艺美术师",
            "正高级工艺美术师",
        ],
    ),
    (
        "文物博物",
        ["", "助理馆员", "馆员", "副研究馆员", "研究馆员"],
    ),
    (
        "实验技术",
        ["", "助理实验师", "实验师", "高级实验师", "正高级实验师"],
    ),
    (
        "艺术",
        [
            "",
            "四级演员等助理级职称",
            "三级演员等中级职称",
            "二级演员等副高级职称",
            "一级演员等正高级职称",
        ],
    ),
    (
        "体育",
        ["", "初级教练", "中级教练", "高级教练", "国家级教练"],
    ),
    (
        "技工院校教师",
        [
            "三级实习指导教师",
            "助理讲师",
            "讲师",
            "高级讲师",
            "正高级讲师",
        ],
    ),
];

/// Codes of GB/T 8561 that are known to us: 工程技术人员.
const CODES: [(&str, &str); 4] = [
    ("技术员", "085"),
    ("助理工程师", "084"),
    ("工程师", "083"),
    ("高级工程师", "082"),
];

const OCCUPATIONS: [(&str, &[&str]); 4] = [
    (
        "工程",
        &[
            "6-31-01-03",
            "6-31-01-02",
            "6-18-04-06",
            "6-18-02-04",
            "6-18-01-01",
            "6-24-02-02",
            "6-21-01-02",
            "4-04-04-01",
            "6-31-07-01",
            "6-31-07-02",
            "6-31-07-03",
            "6-23-03-15",
            "4-08-03-07",
            "4-04-05-10",
            "4-04-05-05",
            "4-04-05-06",
            "6-28-03-03",
            "6-28-02-05",
            "6-29-01-01",
        ],
    ),
    ("农业", &["5-05-05-01", "5-05-01-02"]),
    ("文物博物", &["4-13-01-03"]),
    // 卫生 and services of daily life: in none of the eight.
    (
        "",
        &[
            "4-10-01-03",
            "4-14-01-03",
            "4-14-01-02",
            "4-10-01-01",
            "4-10-01-05",
            "4-10-01-06",
            "4-10-04-02",
        ],
    ),
];

/// The names of the eight series.
pub fn names() -> impl Iterator<Item = &'static str> {
    SERIES.iter().map(|(name, _)| *name)
}

/// The name of a title, if the series has that grade.
pub(super) fn title_name(series: &str, grade: TitleGrade) -> Option<&'static str> {
    let (_, titles) = SERIES.iter().find(|(name, _)| *name == series)?;
    let at = TitleGrade::ALL.iter().position(|it| *it == grade)?;
    titles.get(at).copied().filter(|name| !name.is_empty())
}

/// The code of GB/T 8561 of a title, if it is known to us.
pub(super) fn title_code(name: &str) -> Option<String> {
    CODES
        .iter()
        .find(|(title, _)| *title == name)
        .map(|(_, code)| (*code).to_owned())
}

/// The edition built in.
pub fn built_in() -> TitleSeries {
    let series = names().map(|name| Series {
        name: name.to_owned(),
        titles: TitleGrade::ALL
            .into_iter()
            .filter_map(|grade| {
                let title = title_name(name, grade)?;
                Some(SeriesTitle {
                    grade,
                    name: title.to_owned(),
                    code: title_code(title),
                })
            })
            .collect(),
    });
    let occupations = OCCUPATIONS.iter().flat_map(|(series, codes)| {
        let belongs = |occupation: OccupationCode| OccupationSeries {
            occupation,
            series: match series.is_empty() {
                true => Vec::new(),
                false => vec![(*series).to_owned()],
            },
        };
        codes
            .iter()
            .filter_map(move |code| code.parse().ok().map(belongs))
    });
    TitleSeries {
        edition: "built-in-2026".to_owned(),
        effective_from: date(2018, 11, 25),
        series: series.collect(),
        occupations: occupations.collect(),
        source: "人社部发〔2020〕96号（八个系列，未核对原文）；职业归属为演示数据，以各省公布为准"
            .to_owned(),
        verified: false,
        demo: true,
    }
}
