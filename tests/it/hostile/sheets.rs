//! Files handed in as results sheets that are none.

use crate::support::program::{As, Ledger, answer, bare};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;

/// (file, the code it is refused with).
fn hostile(folder: &Path) -> Vec<(PathBuf, &'static str)> {
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let mut encrypted = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    encrypted.resize(512, 0);
    encrypted.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let huge = folder.join("huge.xlsx");
    File::create(&huge).unwrap().set_len(100 << 20).unwrap();
    let bomb = folder.join("bomb.xlsx");
    write_bomb(&bomb);
    let lacking =
        "姓名,职业编码,申报级别,理论成绩,技能成绩,评定结果\n甲乙,6-31-07-01,三级,80,80,合格\n";
    vec![
        (
            file("picture.xlsx", b"\x89PNG\r\n\x1a\n and so on"),
            "not-a-spreadsheet",
        ),
        (huge, "too-large"),
        (bomb, "inflates-too-much"),
        (file("lacking.csv", lacking.as_bytes()), "missing-column"),
        (file("protected.xlsx", &encrypted), "password-protected"),
        (file("empty.csv", b""), "empty-file"),
        (folder.join("nowhere.xlsx"), "unreadable-file"),
    ]
}

/// A workbook of a few kilobytes that inflates to 200 MB.
fn write_bomb(path: &Path) {
    let mut zip = zip::ZipWriter::new(File::create(path).unwrap());
    let deflated = SimpleFileOptions::default();
    for (name, start) in [
        ("[Content_Types].xml", "<Types/>"),
        ("xl/workbook.xml", "<workbook/>"),
    ] {
        zip.start_file(name, deflated).unwrap();
        zip.write_all(start.as_bytes()).unwrap();
    }
    zip.start_file("xl/worksheets/sheet1.xml", deflated)
        .unwrap();
    let blanks = vec![b' '; 1 << 20];
    (0..200).for_each(|_| zip.write_all(&blanks).unwrap());
    zip.finish().unwrap();
}

#[test]
fn what_is_no_results_sheet_is_named_and_nothing_is_written() {
    let ledger = Ledger::with_body();
    let session = ledger.open_session("2026-29");
    for (file, code) in hostile(&ledger.beside("")) {
        let file = file.to_str().unwrap();
        // The body's pre-flight, which needs no ledger, and the import say the same.
        answer(&mut bare(&["import", "results", file, "--dry-run"])).refused(2, code);
        ledger.refuses(
            As::Maker,
            &["import", "results", file, "--session", &session],
            2,
            code,
        );
    }
}

#[test]
fn a_sheet_for_another_session_is_refused_row_by_row() {
    let ledger = Ledger::with_body();
    let session = ledger.open_session("2026-29");
    let sheet = crate::support::sheet::csv(&crate::support::sheet::all_passed(1, 2));
    let file = ledger.beside("other.csv");
    fs::write(&file, sheet.replace("三级/高级工", "四级/中级工")).unwrap();
    let before = ledger.head();
    let import = [
        "import",
        "results",
        file.to_str().unwrap(),
        "--session",
        &session,
    ];
    let refused = ledger.maker(&import);
    assert_eq!(refused.exit, 1, "{refused:#?}");
    assert_eq!(refused.json["accepted"], 0);
    for row in refused.json["refused"].as_array().unwrap() {
        assert_eq!(row["code"], "outside-session");
    }
    assert_eq!(ledger.audited(), before);
}
