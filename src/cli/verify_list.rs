//! `verify-list FILE`: a sheet of certificate numbers and names, checked row by row, and given
//! back with the answer beside each row (批量核验).
//!
//! Exit code: 0 all valid, 1 any invalid, 2 any that was not found or could not be checked and
//! none invalid, 64 misuse.

use super::access::{Answer, Passphrase, Place, Server, answer};
use super::new_file::NewFile;
use super::output::{Exit, Output};
use crate::app::check_list::{ListAnswer, RowAnswer, RowResult};
use crate::app::remote::{Remote, RemoteError};
use crate::app::{AppError, Ledger, clock};
use crate::sheet::list::{DocumentStated, Format, List, ListRow, read_list};
use crate::sheet::{CONTAINER_BYTES_MAX, SheetError};
use crate::verify::Outcome;
use clap::Args;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;
use zeroize::Zeroizing;

/// Rows shown to a person; `--json` and `--out` have all.
const LINES_MAX: usize = 200;

/// How long a service may take: a full list takes it ten seconds and more.
const ANSWER_WITHIN: Duration = Duration::from_secs(60);
/// Most bytes of a service's answer.
const ANSWER_BYTES_MAX: usize = 32 << 20;

/// Check a list of certificate numbers and names, as xlsx or csv (批量核验).
#[derive(Args)]
pub(super) struct VerifyList {
    /// The list: columns 证书编号 and 姓名, perhaps 身份证号后四位, among any others.
    file: PathBuf,
    /// Where to write the list with the answer beside each row: .xlsx, or .csv. A file that is
    /// there already is not touched.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Service to ask: its address, as https://ledger.example. Numbers, names and, where the list
    /// has them, document numbers are sent; the file is not.
    #[arg(long = "server", value_name = "URL")]
    service: Option<String>,
    /// Data directory of the ledger, to check here.
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
                let words = [("file", out.file.path().display().to_string())];
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
        if let Some(service) = &self.service {
            return ask(service, list.rows()).await;
        }
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

/// Asks a service about the rows that can be read.
async fn ask(service: &str, rows: &[ListRow]) -> Result<ListAnswer, AppError> {
    let readable = rows
        .iter()
        .filter_map(|row| Some((row.row, row.stated.as_ref().ok()?)));
    let fields: Vec<Value> = readable
        .map(|(row, stated)| {
            let document = stated.document.as_ref().map(DocumentStated::text);
            json!({"row": row, "number": stated.number, "name": stated.name.as_str(),
                "document_number": document})
        })
        .collect();
    if fields.is_empty() {
        return Ok(ListAnswer {
            rows: rows.iter().map(unread).collect(),
            as_of_position: 0,
            as_of: clock::now(),
        });
    }
    let url = format!("{}/v1/verify/batch", service.trim_end_matches('/'));
    let asked = json!({"rows": fields});
    // It waits for the network: not on a thread of the runtime.
    let told = tokio::task::spawn_blocking(move || {
        Remote::waiting(ANSWER_WITHIN).ask(&url, &asked, ANSWER_BYTES_MAX)
    });
    let told = told
        .await
        .map_err(|error| AppError::Inconsistent(error.to_string()))??;
    let answer = ListAnswer::from_json(told).ok_or(RemoteError::Malformed)?;
    let mut told: BTreeMap<u32, RowAnswer> =
        answer.rows.into_iter().map(|row| (row.row, row)).collect();
    let merged = rows.iter().map(|row| match &row.stated {
        Ok(_) => told.remove(&row.row).ok_or(RemoteError::Malformed),
        Err(_) => Ok(unread(row)),
    });
    Ok(ListAnswer {
        rows: merged.collect::<Result<_, _>>()?,
        as_of_position: answer.as_of_position,
        as_of: answer.as_of,
    })
}

fn unread(row: &ListRow) -> RowAnswer {
    RowAnswer::unread(
        row.row,
        row.stated.as_ref().err().map_or(&[], Vec::as_slice),
    )
}

/// Where the answer goes: a file that is not there yet.
struct Out<'a> {
    file: NewFile<'a>,
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
        let file = NewFile::at(path, "out")?;
        Ok(Self { file, format })
    }

    fn write(&self, list: &List, found: &ListAnswer, output: &Output) -> Result<(), AppError> {
        let bytes = list
            .write(self.format, &found.beside(output.language))
            .map_err(|error| AppError::Inconsistent(error.to_string()))?;
        self.file.write(&bytes)
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
    let wanting = || {
        found
            .rows
            .iter()
            .filter(|row| row.result != RowResult::Valid)
    };
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
