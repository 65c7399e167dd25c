//! Spreadsheets as bodies really lay them out: bytes to cells, cells to columns, rows to verdicts.
//!
//! `container` says what the bytes are and bounds them before anything parses them; `csv_table`
//! and `xlsx_table` give grids of cells with the row numbers a spreadsheet shows; `header` finds
//! the columns; `results` judges every row. Nothing here reads a file, a clock or a ledger, and
//! nothing it says about a row holds a name, a number or a telephone.

mod clean;
mod column;
mod container;
mod csv_table;
mod formula;
mod grid;
mod header;
mod layout;
mod level_words;
pub mod list;
mod meta;
mod metered;
mod problem;
pub mod results;
mod rows;
mod score_words;
#[cfg(test)]
mod tests;
mod xlsx_table;

pub use column::Column;
pub use layout::Table;
pub use meta::SheetMeta;
pub use rows::{RequestRow, Said, Wanted, date, read_rows};

/// The largest file read, in bytes; a larger one is refused by its size.
pub const CONTAINER_BYTES_MAX: u64 = 5 * 1024 * 1024;
/// What all entries of an xlsx may inflate to, in bytes, counted while inflating.
pub const INFLATED_BYTES_MAX: u64 = 50 * 1024 * 1024;
/// What a reader may inflate all in all, parts that are read again counted again.
pub const INFLATED_READ_MAX: u64 = 3 * INFLATED_BYTES_MAX;
/// How many times larger than the file what it inflates to may be.
pub const INFLATION_RATIO_MAX: u64 = 100;
/// Entries of an xlsx.
pub const ENTRIES_MAX: usize = 1_000;
/// Rows with anything in them, of one sheet.
pub const ROWS_MAX: usize = 20_000;
/// Columns read; a few stray cells further out are left out with a warning.
pub const COLUMNS_MAX: usize = 100;
/// Characters of one cell that is read.
pub const CELL_CHARS_MAX: usize = 500;

/// Why a file could not be read as a table. None of it speaks of a row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// More bytes than [`CONTAINER_BYTES_MAX`].
    #[error("the file is larger than {} MiB", CONTAINER_BYTES_MAX / 1024 / 1024)]
    TooLarge,
    /// No bytes, or nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// Neither xlsx nor delimited text; what it looks like, if that is known.
    #[error("the file is not a spreadsheet ({0})")]
    NotASpreadsheet(&'static str),
    /// The binary format of before 2007 (.xls).
    #[error("the file is in the old .xls format")]
    OldXls,
    /// Encrypted with a password.
    #[error("the file is protected with a password")]
    PasswordProtected,
    /// An xlsx that inflates past the limits or has too many entries.
    #[error("the file inflates to more than is allowed")]
    Inflates,
    /// An xlsx whose inside cannot be read.
    #[error("the file is damaged")]
    Damaged,
    /// Text in none of the encodings read.
    #[error("the text is neither UTF-8 nor GB18030")]
    UnknownEncoding,
    /// More rows than this with anything in them.
    #[error("more than {0} rows")]
    TooManyRows(usize),
    /// More than [`COLUMNS_MAX`] columns with anything in them.
    #[error("more than {COLUMNS_MAX} columns")]
    TooManyColumns,
    /// No row names the columns of a results sheet.
    #[error("no header row was found")]
    NoHeader,
    /// Columns without which no row can be judged.
    #[error("required columns are missing: {0:?}")]
    MissingColumns(Vec<Column>),
    /// One column stands twice.
    #[error("the column {0:?} stands twice")]
    ColumnTwice(Column),
    /// Columns of a sheet of requests that are missing, by name.
    #[error("required columns are missing: {0:?}")]
    MissingNames(Vec<String>),
    /// One column of a sheet of requests stands twice.
    #[error("the column {0} stands twice")]
    NameTwice(String),
    /// More than one sheet of the workbook holds such a table.
    #[error("more than one sheet holds such a table")]
    SeveralTables,
    /// A header and no row under it.
    #[error("there is no row under the header")]
    NoRows,
}

impl SheetError {
    /// The stable code of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "too-large",
            Self::Empty => "empty-file",
            Self::NotASpreadsheet(_) => "not-a-spreadsheet",
            Self::OldXls => "old-xls",
            Self::PasswordProtected => "password-protected",
            Self::Inflates => "inflates-too-much",
            Self::Damaged => "damaged-file",
            Self::UnknownEncoding => "unknown-encoding",
            Self::TooManyRows(_) => "too-many-rows",
            Self::TooManyColumns => "too-many-columns",
            Self::NoHeader => "no-header",
            Self::MissingColumns(_) | Self::MissingNames(_) => "missing-column",
            Self::ColumnTwice(_) | Self::NameTwice(_) => "column-twice",
            Self::SeveralTables => "several-tables",
            Self::NoRows => "no-rows",
        }
    }

    /// The key of the words for this error.
    pub fn key(&self) -> String {
        format!("sheet-file-{}", self.code())
    }

    /// The variables of the words for this error: limits and column names.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        let columns = match self {
            Self::MissingColumns(columns) => columns.as_slice(),
            Self::ColumnTwice(column) => std::slice::from_ref(column),
            _ => &[],
        };
        let list = |name: fn(Column) -> &'static str, between: &str| {
            let names: Vec<_> = columns.iter().map(|&c| name(c)).collect();
            names.join(between)
        };
        let named = match self {
            Self::MissingNames(names) => Some(names.join("、")),
            Self::NameTwice(name) => Some(name.clone()),
            _ => None,
        };
        let rows_max = match self {
            Self::TooManyRows(most) => *most,
            _ => ROWS_MAX,
        };
        let columns_zh = named.clone().unwrap_or_else(|| list(Column::name_zh, "、"));
        let columns_en = named.unwrap_or_else(|| list(Column::name_en, ", "));
        vec![
            ("columns", columns_zh),
            ("columns-en", columns_en),
            (
                "found",
                match self {
                    Self::NotASpreadsheet(found) => (*found).to_owned(),
                    _ => String::new(),
                },
            ),
            ("mib", (CONTAINER_BYTES_MAX / 1024 / 1024).to_string()),
            ("rows-max", rows_max.to_string()),
            ("columns-max", COLUMNS_MAX.to_string()),
        ]
    }
}

/// Reads the bytes of an xlsx or csv file and finds the results table in it.
///
/// The caller refuses a file above [`CONTAINER_BYTES_MAX`] before reading it; the bytes are
/// measured here again.
pub fn read_table(bytes: &[u8]) -> Result<Table, SheetError> {
    let grids = match container::detect(bytes)? {
        container::Container::Xlsx(parts) => xlsx_table::read(bytes, &parts)?,
        container::Container::Text(text) => csv_table::read(&text, csv_table::of_results)?,
    };
    layout::find(grids)
}

/// The score a person wrote: 0 to 100 with at most one decimal, or 缺考. None if it is neither.
pub fn mark(text: &str) -> Option<crate::domain::score::Mark> {
    let cell = grid::Cell::Text(zeroize::Zeroizing::new(text.to_owned()));
    match score_words::score(&cell) {
        Ok(score_words::Read::Mark(mark)) => Some(mark),
        _ => None,
    }
}

/// The level a person wrote: `三级`, `高级工`, `三级/高级工`, `3`. None if it names none or two.
pub fn level(text: &str) -> Option<crate::domain::level::SkillLevel> {
    level_words::read(text)
}
