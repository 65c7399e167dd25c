//! The answer to a list as columns beside it, in the reader's language.

use super::answer::{ListAnswer, RowAnswer, RowResult};
use crate::locale::{self, Language, Words};
use crate::sheet::list::Beside;

/// The columns, by the end of their message key `list-column-…`.
const COLUMNS: [&str; 9] = [
    "result",
    "reason",
    "state",
    "level",
    "occupation",
    "body",
    "issued-on",
    "checked-at",
    "position",
];

fn headings(language: Language) -> Vec<String> {
    COLUMNS
        .map(|column| locale::text(language, &format!("list-column-{column}"), &[]))
        .to_vec()
}

impl ListAnswer {
    /// The columns to be put beside the list.
    pub fn beside(&self, language: Language) -> Beside {
        Beside {
            headings: headings(language),
            other_headings: [Language::Zh, Language::En].map(headings).to_vec(),
            cells: self
                .rows
                .iter()
                .map(|row| (row.row, self.cells(row, language)))
                .collect(),
            made_at: self.as_of.as_second(),
        }
    }

    fn cells(&self, row: &RowAnswer, language: Language) -> Vec<String> {
        let shown = row.shown(language);
        // What was not read was not looked for.
        let asked = |text: String| match row.result {
            RowResult::Unread => String::new(),
            _ => text,
        };
        vec![
            shown.result,
            shown.reason,
            shown.state,
            shown.level,
            shown.occupation,
            shown.body,
            shown.issued_on,
            asked(self.as_of.show_in_china()),
            asked(self.as_of_position.to_string()),
        ]
    }
}

/// A row's answer in one language; what is not known is empty.
pub struct RowShown {
    /// 结果
    pub result: String,
    /// 原因
    pub reason: String,
    /// 状态
    pub state: String,
    /// 等级
    pub level: String,
    /// 职业
    pub occupation: String,
    /// 发证机构
    pub body: String,
    /// 发证日期
    pub issued_on: String,
}

impl RowAnswer {
    /// The answer for a person to read.
    pub fn shown(&self, language: Language) -> RowShown {
        let said = |words: &Words| match language {
            Language::Zh => words.zh.clone(),
            Language::En => words.en.clone(),
        };
        let text = |key: String| locale::text(language, &key, &[]);
        let told = |words: &Option<Words>| words.as_ref().map(said).unwrap_or_default();
        RowShown {
            result: text(format!("list-result-{}", self.result.name())),
            reason: said(&self.words),
            state: self
                .state
                .as_ref()
                .map_or_else(String::new, |state| text(format!("certificate-{state}"))),
            level: told(&self.level),
            occupation: told(&self.occupation),
            body: told(&self.body),
            issued_on: self.issued_on.map_or_else(String::new, |on| on.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_a_name_in_both_languages() {
        for language in [Language::Zh, Language::En] {
            let mut names = headings(language);
            assert!(
                names.iter().all(|name| !name.contains("list-")),
                "{names:?}"
            );
            names.sort();
            names.dedup();
            assert_eq!(names.len(), COLUMNS.len());
        }
        assert_eq!(headings(Language::Zh)[..3], ["结果", "原因", "状态"]);
    }
}
