//! `verify-list FILE`: a sheet of certificate numbers and names, checked row by row, and given
//! back with the answer beside each row (批量核验).
//!
//! Exit code: 0 all valid, 1 any invalid, 2 any that was not found or could not be checked and
//! none invalid, 64 misuse.

use super::access::{Answer, Passphrase, Place, Server, answer};
use super::output::{Exit, Output};
use crate::app::check_list::{ListAnswer, RowAnswer};
use crate::app::{AppError, Ledger};
use crate::sheet::list::{Format, List, read_list};
use crate::sheet::{CONTAINER_BYTES_MAX, SheetError};
use crate::verify::Outcome;
use clap::Args;
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Rows shown to a person; `--json` and `--out` have all.
const LINES_MAX: usize = 200;

/// Check a list of certificate numbers and names, as xlsx or csv (批量核验).
#[derive(Args)]
pub(super) struct VerifyList {
    /// The list: columns 证书编号 and 姓名, perhaps 身份证号后四位, among any others.
    file: PathBuf,
    /// Where to write the list with the answer beside each row: .xlsx, or .csv. A file that is
    /// there already is not touched.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Data directory of the ledger.
    #[arg(long, value_name = "DIR", env = "SKILL_LEDGER_DATA")]
    data: Option<PathBuf>,
    #[command(flatten)]
    server: Server,
    #[command(flatten)]
    passphrase: Passphrase,
}

impl VerifyList {
    /// 0: all valid. 1: any invalid. 2: any not found or not checked, none invalid.
    pub(super) fn run(self, output: &Output) -> Exit {
        answer(output, async {
            let out = self.out.as_deref().map(Out::at).transpose()?;
            let list = read_list(&read_bounded(&self.file)?)?;
            let found = self.check(&list, output).await?;
            let mut lines = lines(&found, output);
            if let Some(out) = out {
                out.write(&list, &found, output)?;
                let words = [("file", out.path.display().to_string())];
                lines.push(output.text("cli-list-written", &words));
            }
            Ok(Answer {
                json: found.to_json(),
                lines,
                exit: match found.outcome() {
                    Outcome::Valid => Exit::Done,
                    Outcome::Invalid => Exit::Refused,
                    Outcome::Unknown => Exit::Unable,
                },
            })
        })
    }

    async fn check(&self, list: &List, output: &Output) -> Result<ListAnswer, AppError> {
        let Some(data) = self.data.clone() else {
            return Err(AppError::BadInput {
                what: "data",
                rule: "list-where",
            });
        };
        let place = Place {
            data,
            server: self.server.clone(),
        };
        let passphrase = self.passphrase.read(output)?;
        let ledger = Ledger::open(&place, &passphrase).await?;
        let documents = ledger.public_documents().await?;
        let found = ledger.check_list(list.rows(), &documents).await;
        ledger.close().await;
        found
    }
}

/// Where the answer goes: a file that is not there yet.
struct Out<'a> {
    path: &'a Path,
    format: Format,
}

impl<'a> Out<'a> {
    fn at(path: &'a Path) -> Result<Self, AppError> {
        let extension = path.extension().map(|it| it.to_ascii_lowercase());
        let format = match extension.as_ref().and_then(|it| it.to_str()) {
            Some("xlsx") => Format::Xlsx,
            Some("csv") => Format::Csv,
            _ => {
                return Err(AppError::BadInput {
                    what: "out",
                    rule: "list-out-form",
                });
            }
        };
        // Told before anything is asked; that it is still so, `create_new` makes sure.
        if path.symlink_metadata().is_ok() {
            return Err(AppError::BadInput {
                what: "out",
                rule: "list-out-new",
            });
        }
        Ok(Self { path, format })
    }

    fn write(&self, list: &List, found: &ListAnswer, output: &Output) -> Result<(), AppError> {
        let bytes = list
            .write(self.format, &found.beside(output.language))
            .map_err(|error| AppError::Inconsistent(error.to_string()))?;
        let written = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(self.path)
            .and_then(|mut file| file.write_all(&bytes));
        written.map_err(|error| AppError::File {
            path: self.path.display().to_string(),
            error,
        })
    }
}

/// At most one byte more than may be read is read, whatever the file's size is or becomes.
fn read_bounded(path: &Path) -> Result<Zeroizing<Vec<u8>>, AppError> {
    let failed = |error| AppError::File {
        path: path.display().to_string(),
        error,
    };
    let mut bytes = Zeroizing::new(Vec::new());
    File::open(path)
        .and_then(|file| file.take(CONTAINER_BYTES_MAX + 1).read_to_end(&mut bytes))
        .map_err(failed)?;
    if bytes.len() as u64 > CONTAINER_BYTES_MAX {
        return Err(SheetError::TooLarge.into());
    }
    Ok(bytes)
}

/// The rows that are not valid, and how many came out how. No name is shown.
fn lines(found: &ListAnswer, output: &Output) -> Vec<String> {
    let line = |row: &RowAnswer| {
        let shown = row.shown(output.language);
        let words = [
            ("row", row.row.to_string()),
            ("result", shown.result),
            ("reason", shown.reason),
        ];
        output.text("cli-list-row", &words)
    };
    let wanting = || found.rows.iter().filter(|row| row.result.name() != "valid");
    let mut lines: Vec<String> = wanting().take(LINES_MAX).map(line).collect();
    let rest = wanting().count().saturating_sub(LINES_MAX);
    if rest > 0 {
        lines.push(output.text("cli-list-more", &[("count", rest.to_string())]));
    }
    let counts = found.counts();
    let words = [
        ("rows", found.rows.len().to_string()),
        ("valid", counts.valid.to_string()),
        ("invalid", counts.invalid.to_string()),
        ("unknown", counts.unknown.to_string()),
        ("missing", counts.not_found.to_string()),
        ("unread", counts.unread.to_string()),
        ("position", found.as_of_position.to_string()),
        ("time", found.as_of.show_in_china()),
    ];
    lines.push(output.text("cli-list-summary", &words));
    lines
}
