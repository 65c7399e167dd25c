//! `import results FILE --dry-run`: the body's pre-flight. Every row of a results sheet gets its
//! verdict against the built-in catalogue; nothing is written and no ledger is needed.

use super::output::{Exit, Output};
use crate::app::clock;
use crate::domain::rules::occupations;
use crate::domain::score::Verdict;
use crate::locale;
use crate::sheet::results::{Context, Judgement, RowProblem, judge};
use crate::sheet::{CONTAINER_BYTES_MAX, SheetError, read_table};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Lines of one kind shown to a person; `--json` shows all.
const LINES_MAX: usize = 200;

/// Arguments of `import results`.
#[derive(clap::Args)]
pub(super) struct Results {
    /// The sheet: .xlsx or .csv.
    file: PathBuf,
    /// Judge every row and write nothing.
    #[arg(long)]
    dry_run: bool,
}

/// Why there is no verdict.
enum Unread {
    File(io::Error),
    Sheet(SheetError),
}

/// The answer under `--json`.
#[derive(serde::Serialize)]
struct Document {
    rows: usize,
    accepted: usize,
    refused: Vec<Line>,
    warnings: Vec<Line>,
}

/// One problem of one row.
#[derive(serde::Serialize)]
struct Line {
    row: u32,
    field: &'static str,
    code: &'static str,
    #[serde(flatten)]
    words: locale::Words,
}

impl From<&RowProblem> for Line {
    fn from(problem: &RowProblem) -> Self {
        Self {
            row: problem.row,
            field: problem.field,
            code: problem.code,
            words: locale::words(&problem.key(), &problem.args()),
        }
    }
}

impl Results {
    /// 0: every row may be taken. 1: some are refused. 2: the file cannot be read as a table.
    pub(super) fn run(self, output: &Output) -> Exit {
        if !self.dry_run {
            output.error("only-dry-run", "sheet-only-dry-run", &[]);
            return Exit::Misuse;
        }
        match check(&self.file) {
            Ok(judgement) => {
                if output.json {
                    output.print_json(&Document {
                        rows: judgement.rows,
                        accepted: judgement.accepted.len(),
                        refused: judgement.refused.iter().map(Line::from).collect(),
                        warnings: judgement.warnings.iter().map(Line::from).collect(),
                    });
                } else {
                    show(&judgement, output);
                }
                if judgement.refused_rows() == 0 {
                    Exit::Done
                } else {
                    Exit::Refused
                }
            }
            Err(Unread::Sheet(error)) => {
                output.error(error.code(), &error.key(), &error.args());
                Exit::Unable
            }
            Err(Unread::File(error)) => {
                let reason = vec![("reason", error.to_string())];
                output.error("unreadable-file", "sheet-file-unreadable-file", &reason);
                Exit::Unable
            }
        }
    }
}

fn check(file: &Path) -> Result<Judgement, Unread> {
    let bytes = read_bounded(file)?;
    let table = read_table(&bytes).map_err(Unread::Sheet)?;
    let context = Context {
        session: None,
        today: clock::today(),
    };
    judge(&table, occupations::built_in(), &context).map_err(Unread::Sheet)
}

/// At most one byte more than may be read is read, whatever the file's size is or becomes.
fn read_bounded(file: &Path) -> Result<Zeroizing<Vec<u8>>, Unread> {
    let open = File::open(file).map_err(Unread::File)?;
    let size = open.metadata().map_err(Unread::File)?.len();
    if size > CONTAINER_BYTES_MAX {
        return Err(Unread::Sheet(SheetError::TooLarge));
    }
    let mut bytes = Zeroizing::new(Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1));
    open.take(CONTAINER_BYTES_MAX + 1)
        .read_to_end(&mut bytes)
        .map_err(Unread::File)?;
    Ok(bytes)
}

fn show(judgement: &Judgement, output: &Output) {
    let count = |number: usize| number.to_string();
    output.print(&output.text(
        "sheet-summary",
        &[
            ("rows", count(judgement.rows)),
            ("accepted", count(judgement.accepted.len())),
            ("refused", count(judgement.refused_rows())),
        ],
    ));
    output.print(&output.text(
        "sheet-summary-verdicts",
        &[
            ("passed", count(judgement.count(Verdict::Passed))),
            ("failed", count(judgement.count(Verdict::Failed))),
            ("absent", count(judgement.count(Verdict::Absent))),
        ],
    ));
    output.print(&output.text(
        "sheet-summary-date",
        &[("date", judgement.judged_on.to_string())],
    ));
    if !judgement.refused.is_empty() {
        output.print("");
        output.print(&output.text("sheet-summary-refused", &[]));
        show_lines(&judgement.refused, output);
    }
    if !judgement.warnings.is_empty() {
        output.print("");
        output.print(&output.text(
            "sheet-summary-warnings",
            &[("count", count(judgement.warnings.len()))],
        ));
        show_lines(&judgement.warnings, output);
    }
    output.say(&output.text("sheet-summary-dry-run", &[]));
}

fn show_lines(problems: &[RowProblem], output: &Output) {
    for problem in problems.iter().take(LINES_MAX) {
        let mut args = problem.args();
        args.push(("row", problem.row.to_string()));
        args.push(("words", output.text(&problem.key(), &problem.args())));
        output.print(&format!("  {}", output.text("sheet-summary-line", &args)));
    }
    if problems.len() > LINES_MAX {
        let more = (problems.len() - LINES_MAX).to_string();
        output.print(&format!(
            "  {}",
            output.text("sheet-summary-more", &[("count", more)])
        ));
    }
}

#[cfg(test)]
mod tests {
    use crate::locale;
    use crate::sheet::{Column, SheetError};

    /// Every code a row can be answered with.
    const CODES: [&str; 37] = [
        "cell-error",
        "cell-outside",
        "birth-in-future",
        "birth-too-early",
        "check-digit",
        "column-absent",
        "contradicts-code",
        "contradicts-document-type",
        "contradicts-identity-number",
        "contradicts-scores",
        "contradicts-session",
        "control-character",
        "duplicate-in-file",
        "fifteen-digits",
        "formula-evaluated",
        "formula-unreadable",
        "level-not-open",
        "missing",
        "no-level-certificates",
        "no-such-date",
        "not-a-number",
        "number-truncated-by-spreadsheet",
        "out-of-range",
        "outside-session",
        "phone-left-out",
        "too-long",
        "too-many-decimals",
        "under-age",
        "unknown-document-type",
        "unknown-level",
        "unknown-occupation",
        "unknown-region",
        "unknown-result",
        "unknown-sex",
        "unknown-work-type",
        "wrong-character",
        "wrong-length",
    ];

    #[test]
    fn every_code_has_words_in_both_languages() {
        for code in CODES {
            assert!(locale::knows(&format!("sheet-{code}")), "{code}");
        }
        for error in [
            SheetError::TooLarge,
            SheetError::Empty,
            SheetError::NotASpreadsheet("PNG"),
            SheetError::OldXls,
            SheetError::PasswordProtected,
            SheetError::Inflates,
            SheetError::Damaged,
            SheetError::UnknownEncoding,
            SheetError::TooManyRows,
            SheetError::TooManyColumns,
            SheetError::NoHeader,
            SheetError::MissingColumns(vec![Column::Name]),
            SheetError::ColumnTwice(Column::Name),
            SheetError::SeveralTables,
            SheetError::NoRows,
        ] {
            let words = locale::words(&error.key(), &error.args());
            assert!(locale::knows(&error.key()), "{}", error.key());
            assert!(
                !words.zh.contains('{') && !words.en.contains('{'),
                "{words:?}"
            );
        }
    }
}
