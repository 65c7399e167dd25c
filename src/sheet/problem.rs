//! What is wrong with a row, or to be looked at: a place, a code and the shape of the value.

use super::column::Column;

/// One thing wrong with one cell. Carries the shape of what stands there, never the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowProblem {
    /// The row the spreadsheet shows.
    pub row: u32,
    /// The canonical name of the column, whatever the sheet calls it.
    pub field: &'static str,
    /// The column's English name.
    pub field_en: &'static str,
    /// The stable code, kebab-case.
    pub code: &'static str,
    /// Variables of the words.
    args: Vec<(&'static str, String)>,
}

impl RowProblem {
    pub(in crate::sheet) fn new(row: u32, column: Column, code: &'static str) -> Self {
        Self::about(row, column.name_zh(), column.name_en(), code)
    }
    pub(in crate::sheet) const fn about(
        row: u32,
        field: &'static str,
        field_en: &'static str,
        code: &'static str,
    ) -> Self {
        Self {
            row,
            field,
            field_en,
            code,
            args: Vec::new(),
        }
    }
    pub(in crate::sheet) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// The key of the words for this problem.
    pub fn key(&self) -> String {
        format!("sheet-{}", self.code)
    }
    /// The variables of the words: the field in both languages and what the code needs.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        let mut args = self.args.clone();
        args.push(("field", self.field.to_owned()));
        args.push(("field-en", self.field_en.to_owned()));
        args
    }
}

/// The problems of one row as they are found.
pub(in crate::sheet) struct Problems {
    row: u32,
    pub(in crate::sheet) refused: Vec<RowProblem>,
    pub(in crate::sheet) warnings: Vec<RowProblem>,
}

impl Problems {
    pub(in crate::sheet) const fn new(row: u32) -> Self {
        Self {
            row,
            refused: Vec::new(),
            warnings: Vec::new(),
        }
    }
    pub(in crate::sheet) fn refuse(&mut self, column: Column, code: &'static str) {
        self.refused.push(RowProblem::new(self.row, column, code));
    }
    pub(in crate::sheet) fn refuse_with(
        &mut self,
        column: Column,
        code: &'static str,
        args: &[(&'static str, String)],
    ) {
        let mut problem = RowProblem::new(self.row, column, code);
        problem.args.extend_from_slice(args);
        self.refused.push(problem);
    }
    pub(in crate::sheet) fn warn(&mut self, column: Column, code: &'static str) {
        self.warnings.push(RowProblem::new(self.row, column, code));
    }
    /// Whether this column of the row has been refused already.
    pub(in crate::sheet) fn refuses(&self, column: Column) -> bool {
        self.refused.iter().any(|p| p.field == column.name_zh())
    }
}
