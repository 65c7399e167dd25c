//! `import results FILE --dry-run`: the body's pre-flight. Every row of a results sheet gets its
//! verdict against the built-in catalogue; nothing is written and no ledger is needed.

use super::access::{Access, Answer, Once, Passphrase, Place, Server, Token, answer};
use super::output::{Exit, Output};
use crate::app::clock;
use crate::domain::ids::SessionId;
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
    /// Judge every row and write nothing. Without --session no ledger is needed.
    #[arg(long)]
    dry_run: bool,
    /// The session the results belong to.
    #[arg(long)]
    session: Option<SessionId>,
    /// Take the rows that may be taken, although others are refused.
    #[arg(long)]
    accept_valid: bool,
    /// Data directory of the ledger.
    #[arg(long, value_name = "DIR", env = "SKILL_LEDGER_DATA")]
    data: Option<PathBuf>,
    #[command(flatten)]
    server: Server,
    #[command(flatten)]
    passphrase: Passphrase,
    #[command(flatten)]
    token: Token,
    #[command(flatten)]
    once: Once,
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

impl From<&Judgement> for Document {
    fn from(judgement: &Judgement) -> Self {
        Self {
            rows: judgement.rows,
            accepted: judgement.accepted.len(),
            refused: judgement.refused.iter().map(Line::from).collect(),
            warnings: judgement.warnings.iter().map(Line::from).collect(),
        }
    }
}

impl Results {
    /// The same with a session: rows of another occupation or level are refused, and without
    /// `--dry-run` the results are entered.
    fn run_in(self, session: SessionId, data: PathBuf, output: &Output) -> Exit {
        let bytes = match read_bounded(&self.file) {
            Ok(bytes) => bytes,
            Err(unread) => return unread.show(output),
        };
        let access = Access {
            place: Place {
                data,
                server: self.server,
            },
            passphrase: self.passphrase,
            token: self.token,
        };
        answer(output, async {
            if self.dry_run {
                let ledger = access.open(output).await?;
                let judgement = ledger.judge_results(session, &bytes).await?;
                return Ok(judged(&judgement, Vec::new(), output));
            }
            let (ledger, actor) = access.open_as(output).await?;
            let id = self.once.id(output);
            let imported = ledger
                .import_results(&actor, id, session, &bytes, self.accept_valid)
                .await?;
            let judgement = &imported.judgement;
            let line = if imported.written {
                let words = [
                    ("accepted", judgement.accepted.len().to_string()),
                    ("enrolled", imported.enrolled.to_string()),
                ];
                output.text("cli-imported", &words)
            } else {
                let words = [("refused", judgement.refused_rows().to_string())];
                output.text("cli-not-imported", &words)
            };
            let mut answer = judged(judgement, vec![line], output);
            if imported.written {
                answer.exit = Exit::Done;
            }
            Ok(answer)
        })
    }

    /// 0: every row may be taken. 1: some are refused. 2: the file cannot be read as a table.
    pub(super) fn run(self, output: &Output) -> Exit {
        match (self.session, self.data.clone()) {
            (Some(session), Some(data)) => return self.run_in(session, data, output),
            _ if !self.dry_run => {
                output.error("need-session", "cli-need-session", &[]);
                return Exit::Misuse;
            }
            _ => {}
        }
        let judgement = match check(&self.file) {
            Ok(judgement) => judgement,
            Err(unread) => return unread.show(output),
        };
        let answer = judged(&judgement, Vec::new(), output);
        if output.json {
            output.print_json(&answer.json);
        } else {
            answer.lines.iter().for_each(|line| output.print(line));
            output.say(&output.text("sheet-summary-dry-run", &[]));
        }
        answer.exit
    }
}

impl Unread {
    fn show(self, output: &Output) -> Exit {
        match self {
            Self::Sheet(error) => output.error(error.code(), &error.key(), &error.args()),
            Self::File(error) => {
                let reason = vec![("reason", error.to_string())];
                output.error("unreadable-file", "sheet-file-unreadable-file", &reason);
            }
        }
        Exit::Unable
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

/// A judgement as a person reads it.
fn summary(judgement: &Judgement, output: &Output) -> Vec<String> {
    let count = |number: usize| number.to_string();
    let rows = [
        ("rows", count(judgement.rows)),
        ("accepted", count(judgement.accepted.len())),
        ("refused", count(judgement.refused_rows())),
    ];
    let verdicts = [
        ("passed", count(judgement.count(Verdict::Passed))),
        ("failed", count(judgement.count(Verdict::Failed))),
        ("absent", count(judgement.count(Verdict::Absent))),
    ];
    let mut lines = vec![
        output.text("sheet-summary", &rows),
        output.text("sheet-summary-verdicts", &verdicts),
        output.text(
            "sheet-summary-date",
            &[("date", judgement.judged_on.to_string())],
        ),
    ];
    if !judgement.refused.is_empty() {
        lines.push(String::new());
        lines.push(output.text("sheet-summary-refused", &[]));
        lines.extend(problem_lines(&judgement.refused, output));
    }
    if !judgement.warnings.is_empty() {
        lines.push(String::new());
        let words = [("count", count(judgement.warnings.len()))];
        lines.push(output.text("sheet-summary-warnings", &words));
        lines.extend(problem_lines(&judgement.warnings, output));
    }
    lines
}

fn problem_lines(problems: &[RowProblem], output: &Output) -> Vec<String> {
    let line = |problem: &RowProblem| {
        let mut args = problem.args();
        args.push(("row", problem.row.to_string()));
        args.push(("words", output.text(&problem.key(), &problem.args())));
        format!("  {}", output.text("sheet-summary-line", &args))
    };
    let mut lines: Vec<String> = problems.iter().take(LINES_MAX).map(line).collect();
    if problems.len() > LINES_MAX {
        let more = [("count", (problems.len() - LINES_MAX).to_string())];
        lines.push(format!("  {}", output.text("sheet-summary-more", &more)));
    }
    lines
}

/// The answer a judgement makes: refused if any row is.
fn judged(judgement: &Judgement, after: Vec<String>, output: &Output) -> Answer {
    let mut lines = summary(judgement, output);
    lines.extend(after);
    let exit = if judgement.refused_rows() == 0 {
        Exit::Done
    } else {
        Exit::Refused
    };
    Answer {
        json: serde_json::json!(Document::from(judgement)),
        lines,
        exit,
    }
}

#[cfg(test)]
mod tests {
    use crate::locale;
    use crate::sheet::{Column, SheetError};

    /// Every code a row can be answered with.
    const CODES: [&str; 38] = [
        "cell-error",
        "cell-outside",
        "birth-in-future",
        "birth-too-early",
        "check-digit",
        "column-absent",
        "contradicts-code",
        "contradicts-document-type",
        "contradicts-identity-number",
        "contradicts-ledger",
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
            SheetError::TooManyRows(20_000),
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
