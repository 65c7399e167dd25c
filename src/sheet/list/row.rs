//! One row of a list: what it states of a certificate, or what is wrong with it.

use super::column::ListColumn;
use crate::domain::number::CertificateNumber;
use crate::domain::person_name::{is_name, normal_name};
use crate::domain::width::{fold_identifier, plain_hyphen};
use crate::sheet::clean;
use crate::sheet::grid::Cell;
use crate::sheet::problem::RowProblem;
use zeroize::Zeroizing;

/// Characters of a name.
const NAME_CHARS_MAX: usize = 80;
/// Characters of a certificate number.
const NUMBER_CHARS: std::ops::RangeInclusive<usize> = 8..=40;
/// Characters of a document number, or of its end.
const DOCUMENT_CHARS_MAX: usize = 40;
/// Characters of the end of a document number: four are asked for, a few more are compared too.
const ENDING_CHARS: std::ops::RangeInclusive<usize> = 4..=6;
/// From here on a number has fifteen digits, all that a spreadsheet keeps.
const FIFTEEN_DIGITS: f64 = 1e14;

/// What a row states: personal data, wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Stated {
    /// 证书编号
    pub number: CertificateNumber,
    /// 姓名, normalised
    pub name: Zeroizing<String>,
    /// 证件号码 or its end, if the list has it.
    pub document: Option<DocumentStated>,
}

/// What a row states of the holder's identity document.
#[derive(Clone, PartialEq, Eq)]
pub enum DocumentStated {
    /// The whole number.
    Whole(Zeroizing<String>),
    /// Its last characters, at least four.
    Ending(Zeroizing<String>),
}

impl DocumentStated {
    /// What is stated, whole or end.
    pub fn text(&self) -> &str {
        match self {
            Self::Whole(text) | Self::Ending(text) => text,
        }
    }
}

/// The cells of one row that are read.
pub(super) struct Cells<'a> {
    pub(super) row: u32,
    pub(super) number: &'a Cell,
    pub(super) name: &'a Cell,
    /// The first of the document's columns in which this row holds anything.
    pub(super) document: Option<(ListColumn, &'a Cell)>,
}

/// What the row states; if anything in it cannot be read, everything that cannot be.
pub(super) fn judge(cells: &Cells<'_>) -> Result<Stated, Vec<RowProblem>> {
    let told = |column: ListColumn, fault: Fault| {
        let problem = RowProblem::about(cells.row, column.name_zh(), column.name_en(), fault.code);
        match fault.length {
            Some((found, wanted)) => problem
                .with("found", found.to_string())
                .with("wanted", wanted),
            None => problem,
        }
    };
    let number = number(cells.number).map_err(|fault| told(ListColumn::Number, fault));
    let name = name(cells.name).map_err(|fault| told(ListColumn::Name, fault));
    let document = match cells.document {
        Some((column, cell)) => document(column, cell).map_err(|fault| told(column, fault)),
        None => Ok(None),
    };
    match (number, name, document) {
        (Ok(number), Ok(name), Ok(document)) => Ok(Stated {
            number,
            name,
            document,
        }),
        (number, name, document) => Err([number.err(), name.err(), document.err()]
            .into_iter()
            .flatten()
            .collect()),
    }
}

/// What is wrong with a cell: a code, and the length found where that is what is wrong.
struct Fault {
    code: &'static str,
    length: Option<(usize, &'static str)>,
}

impl Fault {
    const fn of(code: &'static str) -> Self {
        Self { code, length: None }
    }
    const fn length(found: usize, wanted: &'static str) -> Self {
        Self {
            code: "wrong-length",
            length: Some((found, wanted)),
        }
    }
}

/// The text of a cell without what programs put before a number to keep it text: `'123`, `="123"`.
fn text(cell: &Cell) -> Result<Zeroizing<String>, Fault> {
    if let Cell::Number(number) = cell
        && (*number >= FIFTEEN_DIGITS || number.fract() != 0.0)
    {
        return Err(Fault::of("number-truncated-by-spreadsheet"));
    }
    let text = clean::text(cell).map_err(|unreadable| Fault::of(unreadable.code()))?;
    let bare = text.trim();
    let quoted = bare.strip_prefix("=\"").and_then(|t| t.strip_suffix('"'));
    let bare = quoted.unwrap_or_else(|| bare.trim_start_matches(['\'', '’', '‘', '＇']));
    Ok(Zeroizing::new(bare.to_owned()))
}

fn identifier(cell: &Cell) -> Result<Zeroizing<String>, Fault> {
    let text = text(cell)?;
    if clean::is_blank_mark(&clean::word(&text)) {
        return Ok(Zeroizing::default());
    }
    Ok(Zeroizing::new(fold_identifier(&text)))
}

fn number(cell: &Cell) -> Result<CertificateNumber, Fault> {
    let folded = identifier(cell)?;
    let plain: String = folded.chars().filter(|c| plain_hyphen(*c) != '-').collect();
    if plain.is_empty() {
        return Err(Fault::of("missing"));
    }
    let characters = plain.chars().count();
    if !NUMBER_CHARS.contains(&characters) {
        return Err(Fault::length(characters, "8–40"));
    }
    plain.parse().map_err(|_| Fault::of("wrong-character"))
}

fn name(cell: &Cell) -> Result<Zeroizing<String>, Fault> {
    let text = text(cell)?;
    let name = Zeroizing::new(normal_name(&text));
    if clean::is_blank_mark(&clean::word(&name)) {
        Err(Fault::of("missing"))
    } else if name.chars().count() > NAME_CHARS_MAX {
        Err(Fault::of("too-long"))
    } else if !is_name(&name) {
        Err(Fault::of("wrong-character"))
    } else {
        Ok(name)
    }
}

/// A whole number, its end, or one masked but for its end: `320102********0016`.
fn document(column: ListColumn, cell: &Cell) -> Result<Option<DocumentStated>, Fault> {
    // Four figures in a numeric cell have lost the zeros before them and nothing else.
    if column == ListColumn::DocumentEnding
        && let Cell::Number(number) = cell
        && number.fract() == 0.0
        && (0.0..10_000.0).contains(number)
    {
        let ending = Zeroizing::new(format!("{number:04}"));
        return Ok(Some(DocumentStated::Ending(ending)));
    }
    let folded = identifier(cell)?;
    if folded.is_empty() {
        return Ok(None);
    }
    let masked = folded.rfind(['*', '●', '○', '•', '×', '■', '□']);
    let mask_width = |at: usize| folded[at..].chars().next().map_or(0, char::len_utf8);
    let shown = masked.map_or(folded.as_str(), |at| &folded[at + mask_width(at)..]);
    let characters = shown.chars().count();
    if !shown
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '(' | ')' | '/'))
    {
        return Err(Fault::of("wrong-character"));
    }
    if characters < *ENDING_CHARS.start() {
        return Err(Fault::length(characters, "4"));
    }
    if characters > DOCUMENT_CHARS_MAX {
        return Err(Fault::of("too-long"));
    }
    if masked.is_none() && !ENDING_CHARS.contains(&characters) {
        let whole = Zeroizing::new(shown.to_owned());
        return Ok(Some(DocumentStated::Whole(whole)));
    }
    let before = characters.saturating_sub(*ENDING_CHARS.end());
    let ending: String = shown.chars().skip(before).collect();
    Ok(Some(DocumentStated::Ending(Zeroizing::new(ending))))
}
