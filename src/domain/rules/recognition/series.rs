//! The title series (职称系列) and which occupations belong to each, as dated data.

use super::qualification::TitleGrade;
use crate::domain::occupation::OccupationCode;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The title of one grade of a series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesTitle {
    /// The grade.
    pub grade: TitleGrade,
    /// Its usual name: `助理工程师`.
    pub name: String,
    /// Its code of GB/T 8561, three digits, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// One title series (职称系列).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// Its name: `工程`.
    pub name: String,
    /// Its titles, lowest grade first.
    pub titles: Vec<SeriesTitle>,
}

/// Which series an occupation belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OccupationSeries {
    /// The occupation.
    pub occupation: OccupationCode,
    /// The series; none = it belongs to none of them, and that is known.
    pub series: Vec<String>,
}

/// One edition of series and occupations. It replaces the earlier one from its first day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TitleSeries {
    /// Edition name.
    pub edition: String,
    /// First day it applies.
    pub effective_from: Date,
    /// The series.
    pub series: Vec<Series>,
    /// The occupations that were looked at.
    pub occupations: Vec<OccupationSeries>,
    /// Where it was taken from.
    pub source: String,
    /// Whether a person compared it with the official text.
    pub verified: bool,
    /// Whether it only shows what such a table looks like.
    pub demo: bool,
}

impl TitleSeries {
    /// The series an occupation belongs to; `None`: the edition does not say.
    pub fn of(&self, occupation: OccupationCode) -> Option<&[String]> {
        self.occupations
            .iter()
            .find(|it| it.occupation == occupation)
            .map(|it| it.series.as_slice())
    }

    /// The occupations that belong to a series.
    pub fn occupations_of(&self, series: &str) -> impl Iterator<Item = OccupationCode> {
        self.occupations
            .iter()
            .filter(move |it| it.series.iter().any(|name| name == series))
            .map(|it| it.occupation)
    }
}
