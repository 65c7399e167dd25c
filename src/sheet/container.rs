//! What a file is, by its bytes, and whether it keeps the limits: decided before any parser of
//! spreadsheets sees it. The name of the file says nothing.

use super::metered::Part;
use super::{
    CONTAINER_BYTES_MAX, ENTRIES_MAX, INFLATED_BYTES_MAX, INFLATION_RATIO_MAX, SheetError,
};
use std::io::{Cursor, Read};
use zeroize::Zeroizing;

/// A file that may be read on.
pub(super) enum Container {
    /// Office Open XML, within the limits, with its parts.
    Xlsx(Vec<Part>),
    /// Delimited text, decoded, without its byte order mark.
    Text(Zeroizing<String>),
}

/// Tags in all parts together: what is built from them is larger than they are. Twenty thousand
/// rows of fifty columns have six million.
const TAGS_MAX: usize = 8_000_000;

/// OLE compound file: .xls, and every encrypted xlsx.
const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// First bytes of what people send by mistake, with what to call it.
const OTHERS: &[(&[u8], &str)] = &[
    (b"\x89PNG", "PNG"),
    (b"\xFF\xD8\xFF", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"%PDF", "PDF"),
    (b"Rar!", "RAR"),
    (b"7z\xBC\xAF", "7z"),
    (b"\x1F\x8B", "gzip"),
    (b"{\\rtf", "RTF"),
    (b"SQLite format 3", "SQLite"),
    (b"\x7FELF", "ELF"),
    (b"MZ", "EXE"),
];

/// Says what the bytes are. An xlsx is inflated once here, counting, into nothing.
pub(super) fn detect(bytes: &[u8]) -> Result<Container, SheetError> {
    if bytes.len() as u64 > CONTAINER_BYTES_MAX {
        return Err(SheetError::TooLarge);
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(SheetError::Empty);
    }
    if bytes.starts_with(OLE) {
        return Err(if contains(bytes, &utf16("EncryptedPackage")) {
            SheetError::PasswordProtected
        } else if contains(bytes, &utf16("Workbook")) || contains(bytes, &utf16("Book")) {
            SheetError::OldXls
        } else {
            SheetError::NotASpreadsheet("OLE")
        });
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return check_zip(bytes).map(Container::Xlsx);
    }
    // Two letters are too few to go by where what follows is text.
    let binary = bytes.contains(&0);
    for (magic, name) in OTHERS {
        if bytes.starts_with(magic) && (binary || magic.len() > 2 || !magic[0].is_ascii()) {
            return Err(SheetError::NotASpreadsheet(name));
        }
    }
    let text = decode(bytes)?;
    let start: String = text.trim_start().chars().take(14).collect();
    let start = start.to_ascii_lowercase();
    if ["<html", "<!doctype", "<table", "<?xml", "<meta"]
        .iter()
        .any(|tag| start.starts_with(tag))
    {
        return Err(SheetError::NotASpreadsheet("HTML/XML"));
    }
    Ok(Container::Text(text))
}

/// UTF-8 with or without its mark, UTF-16 with it, else GB18030.
fn decode(bytes: &[u8]) -> Result<Zeroizing<String>, SheetError> {
    let marked = encoding_rs::Encoding::for_bom(bytes);
    let (encoding, skip) = marked.unwrap_or((encoding_rs::UTF_8, 0));
    let utf16 = encoding != encoding_rs::UTF_8;
    if !utf16 && bytes.contains(&0) {
        return Err(SheetError::NotASpreadsheet("binary"));
    }
    let body = bytes.get(skip..).unwrap_or_default();
    let text = encoding
        .decode_without_bom_handling_and_without_replacement(body)
        .or_else(|| {
            if marked.is_some() {
                return None;
            }
            encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(body)
        })
        .ok_or(SheetError::UnknownEncoding)?;
    if text.trim().is_empty() {
        return Err(SheetError::Empty);
    }
    Ok(Zeroizing::new(text.into_owned()))
}

/// Inflates every entry, counting, and looks for the two lies a workbook can tell a parser:
/// a size in the directory that is not the size, and a count of strings that are not there.
fn check_zip(bytes: &[u8]) -> Result<Vec<Part>, SheetError> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| SheetError::Damaged)?;
    if zip.len() > ENTRIES_MAX {
        return Err(SheetError::Inflates);
    }
    if (0..zip.len()).any(|i| zip.by_index_raw(i).is_ok_and(|entry| entry.encrypted())) {
        return Err(SheetError::PasswordProtected);
    }
    let names: Vec<String> = zip
        .file_names()
        .filter_map(Result::ok)
        .map(|name| name.to_ascii_lowercase())
        .collect();
    let has = |name: &str| names.iter().any(|n| n == name);
    if has("word/document.xml") {
        return Err(SheetError::NotASpreadsheet("docx"));
    }
    if has("ppt/presentation.xml") {
        return Err(SheetError::NotASpreadsheet("pptx"));
    }
    if has("xl/workbook.bin") {
        return Err(SheetError::NotASpreadsheet("xlsb"));
    }
    if has("content.xml") && has("mimetype") {
        return Err(SheetError::NotASpreadsheet("ods"));
    }
    if !has("[content_types].xml") {
        return Err(SheetError::NotASpreadsheet("zip"));
    }
    let allowed = INFLATED_BYTES_MAX.min(bytes.len() as u64 * INFLATION_RATIO_MAX + 1024 * 1024);
    let mut inflated = 0_u64;
    let mut tags = 0_usize;
    let mut parts = Vec::with_capacity(zip.len());
    let mut buffer = Zeroizing::new(vec![0_u8; 64 * 1024]);
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index).map_err(|_| SheetError::Damaged)?;
        let mut counts = CountScan::default();
        let before = inflated;
        loop {
            let read = entry.read(&mut buffer).map_err(|_| SheetError::Damaged)?;
            if read == 0 {
                break;
            }
            inflated += read as u64;
            tags += buffer[..read].iter().filter(|b| **b == b'<').count();
            if inflated > allowed || tags > TAGS_MAX {
                return Err(SheetError::Inflates);
            }
            counts.scan(&buffer[..read]);
        }
        // A string takes more than a byte, so a count above the bytes is made up; parsers
        // reserve room by it.
        if counts.largest > inflated - before {
            return Err(SheetError::Inflates);
        }
        let start = entry.data_start().ok_or(SheetError::Damaged)?;
        parts.push(Part {
            start,
            end: start.saturating_add(entry.compressed_size()),
            inflated: inflated - before,
        });
    }
    Ok(parts)
}

/// Finds the largest number written in an attribute `uniqueCount`, across buffer ends.
#[derive(Default)]
struct CountScan {
    matched: usize,
    value: Option<u64>,
    largest: u64,
}

impl CountScan {
    fn scan(&mut self, bytes: &[u8]) {
        const NAME: &[u8] = b"uniqueCount";
        for &byte in bytes {
            if let Some(value) = self.value {
                match byte {
                    b'0'..=b'9' => {
                        let value = value
                            .saturating_mul(10)
                            .saturating_add(u64::from(byte - b'0'));
                        self.value = Some(value);
                        self.largest = self.largest.max(value);
                    }
                    b' ' | b'\t' | b'\r' | b'\n' | b'=' | b'"' | b'\'' | b'+' if value == 0 => {}
                    _ => self.value = None,
                }
            } else if byte == NAME[self.matched] {
                self.matched += 1;
                if self.matched == NAME.len() {
                    self.matched = 0;
                    self.value = Some(0);
                }
            } else {
                self.matched = usize::from(byte == NAME[0]);
            }
        }
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}
