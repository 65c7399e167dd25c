use super::build::*;
use crate::sheet::{CONTAINER_BYTES_MAX, ROWS_MAX, SheetError};
use proptest::prelude::*;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

fn container(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn workbook(shared_strings: &str, sheet: &str) -> Vec<u8> {
    container(&[
        ("[Content_Types].xml", br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#),
        ("_rels/.rels", br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#),
        ("xl/workbook.xml", br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>"#),
        ("xl/_rels/workbook.xml.rels", br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#),
        ("xl/sharedStrings.xml", shared_strings.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn sheet(rows: &str) -> String {
    format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    )
}

const NO_STRINGS: &str =
    r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>"#;

#[track_caller]
fn refuses_file(bytes: &[u8], expected: &SheetError) {
    assert_eq!(judge_bytes(bytes).as_ref().map(|_| ()), Err(expected));
}

#[test]
fn what_is_no_spreadsheet_is_called_what_it_is() {
    refuses_file(b"", &SheetError::Empty);
    refuses_file(b" \r\n\t", &SheetError::Empty);
    refuses_file(b"\xEF\xBB\xBF \n", &SheetError::Empty);
    refuses_file(
        b"\x89PNG\r\n\x1a\n\0\0",
        &SheetError::NotASpreadsheet("PNG"),
    );
    refuses_file(b"%PDF-1.7\n", &SheetError::NotASpreadsheet("PDF"));
    refuses_file(b"a,b\0c", &SheetError::NotASpreadsheet("binary"));
    refuses_file(b" <html><table>", &SheetError::NotASpreadsheet("HTML/XML"));
    refuses_file(b"name,\xFF\xFF\n", &SheetError::UnknownEncoding);
    refuses_file(
        &container(&[("a.txt", b"a")]),
        &SheetError::NotASpreadsheet("zip"),
    );
    refuses_file(
        &container(&[("word/document.xml", b"a")]),
        &SheetError::NotASpreadsheet("docx"),
    );
    refuses_file(
        &container(&[("xl/workbook.bin", b"a")]),
        &SheetError::NotASpreadsheet("xlsb"),
    );
    refuses_file(b"PK\x03\x04 and no more", &SheetError::Damaged);
}

#[test]
fn old_and_encrypted_workbooks_are_told_apart() {
    let ole = |stream: &str| {
        let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        bytes.resize(512, 0);
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    refuses_file(&ole("EncryptedPackage"), &SheetError::PasswordProtected);
    refuses_file(&ole("Workbook"), &SheetError::OldXls);
    refuses_file(&ole("WordDocument"), &SheetError::NotASpreadsheet("OLE"));
}

#[test]
fn a_large_file_is_refused_by_its_size() {
    let size = usize::try_from(CONTAINER_BYTES_MAX).unwrap() + 1;
    refuses_file(&vec![b'a'; size], &SheetError::TooLarge);
}

#[test]
fn what_inflates_too_far_is_never_parsed() {
    let zeros = vec![b' '; 60 * 1024 * 1024];
    refuses_file(
        &container(&[
            ("[Content_Types].xml", b"<Types/>"),
            ("xl/worksheets/sheet1.xml", &zeros),
        ]),
        &SheetError::Inflates,
    );
    let names: Vec<String> = (0..1_001).map(|i| format!("xl/{i}.xml")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), &b""[..])).collect();
    refuses_file(&container(&many), &SheetError::Inflates);
    // A parser would reserve room for every string that is promised here.
    for count in ["4294967295", "99999999999999999999999"] {
        let strings = NO_STRINGS.replace("/>", &format!(r#" uniqueCount="{count}"></sst>"#));
        refuses_file(&workbook(&strings, &sheet("")), &SheetError::Inflates);
    }
}

#[test]
fn truncated_and_malformed_workbooks_are_damaged() {
    let good = workbook(NO_STRINGS, &sheet(""));
    refuses_file(&good, &SheetError::NoHeader);
    for cut in [good.len() / 3, good.len() / 2, good.len() - 30] {
        refuses_file(&good[..cut], &SheetError::Damaged);
    }
    for rows in [
        r#"<row r="1"><c r="A1" t="s"><v>7</v></c></row>"#,
        r#"<row r="1"><c r="A1"><x/></c></row>"#,
        r#"<row r="1"><c r="!!"><v>1</v></c></row>"#,
        r#"<row r="1"><c r="A1">"#,
    ] {
        refuses_file(&workbook(NO_STRINGS, &sheet(rows)), &SheetError::Damaged);
    }
    // A formula said to be shared by four thousand million cells costs nothing.
    let shared =
        r#"<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="4294967295">1+1</f><v/></c></row>"#;
    refuses_file(&workbook(NO_STRINGS, &sheet(shared)), &SheetError::NoHeader);
}

#[test]
fn more_rows_than_allowed_are_refused() {
    let mut text = format!("{HEADER}\n");
    for _ in 0..=ROWS_MAX {
        text.push_str("a,b\n");
    }
    refuses_file(text.as_bytes(), &SheetError::TooManyRows(ROWS_MAX));
}

#[test]
fn one_person_on_every_row_is_answered_briefly() {
    let row = row(&[]);
    let text = format!("{HEADER}\n{}", format!("{row}\n").repeat(5_000));
    let judgement = judge_bytes(text.as_bytes()).unwrap();
    assert_eq!(judgement.refused_rows(), 5_000);
    assert!(judgement.refused.iter().all(|p| p.args()[0].1.len() < 40));
}

proptest! {
    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = judge_bytes(&bytes);
    }

    #[test]
    fn a_damaged_workbook_never_panics(
        cuts in proptest::collection::vec((0_usize..4_000, any::<u8>()), 1..6)
    ) {
        let rows = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c><c r="B1" t="inlineStr"><is><t>证件号码</t></is></c></row>"#;
        let mut bytes = workbook(NO_STRINGS, &sheet(rows));
        for (place, byte) in cuts {
            let place = place % bytes.len();
            bytes[place] = byte;
        }
        let _ = judge_bytes(&bytes);
    }

    #[test]
    fn malformed_sheet_xml_never_panics(
        place in 0_usize..600, inserted in "[<>/&;\"'=a-zA-Z0-9 !?\\[\\]-]{0,12}"
    ) {
        let mut xml = sheet(r#"<row r="1"><c r="A1" s="3" t="inlineStr"><is><t>姓名</t></is></c><c r="B1"><f t="shared" ref="B1:B3" si="0">1+1</f><v>2</v></c></row><row r="2"><c r="XFD1048576" t="d"><v>2026-01-01</v></c></row>"#)
            .replace("</worksheet>", r#"<mergeCells count="1"><mergeCell ref="A1:A3"/></mergeCells></worksheet>"#);
        let place = (0..=place % xml.len()).rev().find(|p| xml.is_char_boundary(*p)).unwrap();
        xml.insert_str(place, &inserted);
        let _ = judge_bytes(&workbook(NO_STRINGS, &xml));
    }

    #[test]
    fn random_grids_under_a_header_never_panic_and_every_row_is_answered(
        rows in proptest::collection::vec(
            proptest::collection::vec("[ 0-9.,Xx/=+()*-]{0,6}|合计|缺考|张三|三级|电工|\\PC{0,6}", 12), 0..20)
    ) {
        let mut text = format!("{HEADER}\n");
        for row in &rows {
            let cells: Vec<String> = row.iter().map(|c| format!("\"{}\"", c.replace('"', "\"\""))).collect();
            text.push_str(&cells.join(","));
            text.push('\n');
        }
        if let Ok(judgement) = judge_bytes(text.as_bytes()) {
            let mut refused: Vec<u32> = judgement.refused.iter().map(|p| p.row).collect();
            refused.dedup();
            prop_assert_eq!(refused.len() + judgement.accepted.len(), judgement.rows);
        }
    }
}
