//! Lists as employers lay them out, and what they get back.

use super::*;
use crate::sheet::{ROWS_MAX, read_table};
use rust_xlsxwriter::{Format as Look, Workbook};
use std::collections::HashMap;

const NUMBER: &str = "S000032000012263000001";

/// What a list states: row, number, name, document (`…` before the end of one), and the row with
/// the same number; problems as field and code.
type Told = (
    u32,
    Result<(String, String, String), Vec<String>>,
    Option<u32>,
);

fn told(list: &List) -> Vec<Told> {
    list.rows()
        .iter()
        .map(|row| {
            let stated = match &row.stated {
                Ok(stated) => Ok((
                    stated.number.to_string(),
                    stated.name.to_string(),
                    match &stated.document {
                        None => String::new(),
                        Some(DocumentStated::Whole(text)) => text.to_string(),
                        Some(DocumentStated::Ending(text)) => format!("…{}", text.as_str()),
                    },
                )),
                Err(problems) => Err(problems
                    .iter()
                    .map(|problem| format!("{} {}", problem.field, problem.code))
                    .collect()),
            };
            (row.row, stated, row.same_number_as)
        })
        .collect()
}

fn read(csv: &str) -> Vec<Told> {
    told(&read_list(csv.as_bytes()).unwrap())
}

fn fault(csv: &str) -> SheetError {
    match read_list(csv.as_bytes()) {
        Err(error) => error,
        Ok(list) => panic!("{} rows were read", list.rows().len()),
    }
}

fn good(row: u32, number: &str, name: &str, document: &str) -> Told {
    let stated = (number.into(), name.into(), document.into());
    (row, Ok(stated), None)
}

/// The one row under the usual header, of which this and nothing else is wrong.
#[track_caller]
fn refuses(cells: &str, wrong: &[&str]) {
    let rows = read(&format!("证书编号,姓名,身份证号后四位\n{cells}\n"));
    let wrong: Vec<String> = wrong.iter().map(|it| (*it).to_owned()).collect();
    assert_eq!(rows, [(2, Err(wrong), None)], "{cells}");
}

#[test]
fn columns_stand_anywhere_under_a_title_among_others() {
    let list = "2026年新入职人员名单\n\n序号,部门,姓名,身份证号码,证书编号（22位）,等级,备注\n\
        1,焊接,张三,32010219900101001X,S000032000012263000001,三级,\n\
        2,装配,阿依古丽 · 买买提,3201**********0021,S000032000012263000002,,调入\n\
        2,装配,王五,3201****12340021,S000032000012263000003,,\n\
        3,,,,,,\n合计,2人,,,,,\n制表人：李四,,,,,,\n";
    assert_eq!(
        read(list),
        [
            good(4, NUMBER, "张三", "32010219900101001X"),
            good(5, "S000032000012263000002", "阿依古丽·买买提", "…0021"),
            good(6, "S000032000012263000003", "王五", "…340021"),
        ]
    );
}

#[test]
fn english_headings_semicolons_tabs_and_gb18030_are_read() {
    let list = format!("Certificate No.;Name;ID last 4\n{NUMBER};Anna  Schmidt;00x6\n");
    assert_eq!(read(&list), [good(2, NUMBER, "Anna Schmidt", "…00X6")]);
    let list = format!("证书编号\t姓名\n{NUMBER}\t张三\n");
    assert_eq!(read(&list), [good(2, NUMBER, "张三", "")]);
    let (bytes, ..) = encoding_rs::GB18030.encode(&list);
    let list = read_list(&bytes).unwrap();
    assert_eq!(told(&list), [good(2, NUMBER, "张三", "")]);
}

#[test]
fn full_width_spaces_hyphens_and_quoted_numbers_are_forgiven() {
    let wide: String = NUMBER
        .chars()
        .map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap())
        .collect();
    for number in [
        wide.as_str(),
        "S000 0320 0001 2263 0000 01",
        "s0000-32-000012-26-3-000001",
        "'S000032000012263000001",
        "\"=\"\"S000032000012263000001\"\"\"",
        "\u{3000}S000032000012263000001\u{3000}",
    ] {
        let rows = read(&format!("证书编号,姓名\n{number},张 三\n"));
        assert_eq!(rows, [good(2, NUMBER, "张三", "")], "{number}");
    }
}

#[test]
fn a_row_that_cannot_be_read_says_every_field_that_is_wrong() {
    refuses(",张三,0016", &["证书编号 missing"]);
    refuses(&format!("{NUMBER},,0016"), &["姓名 missing"]);
    refuses(&format!("{NUMBER},—,0016"), &["姓名 missing"]);
    refuses(
        &format!("{NUMBER},张三,16"),
        &["证件号码后四位 wrong-length"],
    );
    refuses("S00,张三,", &["证书编号 wrong-length"]);
    refuses(&format!("{NUMBER}号,张三,"), &["证书编号 wrong-character"]);
    refuses(&format!("{NUMBER},张三1,"), &["姓名 wrong-character"]);
    refuses(
        &format!("{NUMBER},张\u{200B}三,0016"),
        &["姓名 control-character"],
    );
    refuses(
        &format!("{NUMBER}\u{202E},{},", "张".repeat(81)),
        &["证书编号 control-character", "姓名 too-long"],
    );
    refuses(
        "12345,张3,7",
        &[
            "证书编号 wrong-length",
            "姓名 wrong-character",
            "证件号码后四位 wrong-length",
        ],
    );
}

#[test]
fn the_shape_is_told_and_never_the_value() {
    let list = read_list("证书编号,姓名\nS00,张三7\n".as_bytes()).unwrap();
    let problems = list.rows()[0].stated.as_ref().err().unwrap();
    let said = format!("{problems:?}");
    assert!(!said.contains("张三") && !said.contains("S00"), "{said}");
    let args = problems[0].args();
    assert!(args.contains(&("found", "3".to_owned())) && args.contains(&("wanted", "8–40".into())));
    assert_eq!(problems[0].key(), "sheet-wrong-length");
}

#[test]
fn a_number_that_stands_twice_is_marked_at_the_later_rows() {
    let rows = read(&format!(
        "证书编号,姓名\n{NUMBER},张三\n{NUMBER},李四\nS000032000012263000002,王五\n{NUMBER},张三\n"
    ));
    let same: Vec<_> = rows.iter().map(|(row, _, same)| (*row, *same)).collect();
    assert_eq!(same, [(2, None), (3, Some(2)), (4, None), (5, Some(2))]);
}

#[test]
fn what_is_no_list_says_what_is_missing() {
    let missing = SheetError::MissingNames(vec!["证书编号".into(), "姓名".into()]);
    assert_eq!(fault("证书编号,部门\na,b\n"), missing);
    let twice = SheetError::NameTwice("姓名".into());
    assert_eq!(fault("证书编号,姓名,持证人\na,b,c\n"), twice);
    assert_eq!(fault("证书编号,姓名\n"), SheetError::NoRows);
    assert_eq!(fault("证书编号,姓名\n合计,\n"), SheetError::NoRows);
    let full = |rows: usize| format!("证书编号,姓名\n{}", format!("{NUMBER},张三\n").repeat(rows));
    assert_eq!(read(&full(LIST_ROWS_MAX)).len(), LIST_ROWS_MAX);
    let most = SheetError::TooManyRows(LIST_ROWS_MAX);
    assert_eq!(fault(&full(LIST_ROWS_MAX + 1)), most);
    assert!(most.args().contains(&("rows-max", "5000".into())));
    let over = SheetError::TooManyRows(ROWS_MAX);
    assert_eq!(fault(&full(ROWS_MAX)), over);
}

/// A workbook of typed cells: the number as text, the ending as a number, a document as a number.
fn workbook(document: f64) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("花名册").unwrap();
    sheet.write_string(0, 0, "入职名单").unwrap();
    for (place, heading) in [
        "姓名",
        "入职日期",
        "身份证后四位",
        "证件号码",
        "证书编号",
        "薪级",
    ]
    .into_iter()
    .enumerate()
    {
        sheet.write_string(2, place as u16, heading).unwrap();
    }
    sheet.write_string(4, 0, "张三").unwrap();
    let date = Look::new().set_num_format("yyyy-mm-dd");
    sheet
        .write_number_with_format(4, 1, 46_000.0, &date)
        .unwrap();
    sheet.write_number(4, 2, 16.0).unwrap();
    if document > 0.0 {
        sheet.write_number(4, 3, document).unwrap();
    }
    sheet.write_string(4, 4, NUMBER).unwrap();
    sheet.write_number(4, 5, 7.5).unwrap();
    sheet.write_string(5, 0, "=HYPERLINK(\"x\")").unwrap();
    sheet.write_string(5, 4, NUMBER).unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn zeros_a_numeric_cell_lost_are_put_back_and_digits_it_lost_are_not() {
    let list = read_list(&workbook(0.0)).unwrap();
    assert_eq!(told(&list)[0], good(5, NUMBER, "张三", "…0016"));
    let list = read_list(&workbook(320_102_199_001_010_016.0)).unwrap();
    let lost = vec!["证件号码 number-truncated-by-spreadsheet".to_owned()];
    assert_eq!(told(&list)[0], (5, Err(lost), None));
}

#[test]
fn fields_without_a_sheet_are_judged_alike() {
    let mut rows = [
        ListRow::of_fields(1, NUMBER, "张 三", Some("0016")),
        ListRow::of_fields(2, NUMBER, "张三", Some("")),
        ListRow::of_fields(3, "x", "", None),
    ];
    mark_same_numbers(&mut rows);
    let ending = |row: &ListRow| match &row.stated {
        Ok(stated) => Some(stated.document.is_some()),
        Err(problems) => {
            assert_eq!(problems.len(), 2);
            None
        }
    };
    assert_eq!(rows.each_ref().map(ending), [Some(true), Some(false), None]);
    assert_eq!(rows[1].same_number_as, Some(1));
}

fn beside(cells: &[(u32, [&str; 2])]) -> Beside {
    let owned = |texts: [&str; 2]| texts.map(str::to_owned).to_vec();
    Beside {
        headings: owned(["结果", "原因"]),
        other_headings: vec![owned(["Result", "Reason"])],
        cells: cells
            .iter()
            .map(|(row, said)| (*row, owned(*said)))
            .collect(),
        made_at: 1_790_000_000,
    }
}

/// The cells of a sheet by row and column, as they are read again.
fn cells_of(bytes: &[u8]) -> HashMap<(u32, usize), String> {
    let grids = match container::detect(bytes).unwrap() {
        container::Container::Xlsx(parts) => xlsx_table::read(bytes, &parts).unwrap(),
        container::Container::Text(text) => csv_table::read(&text, columns_of).unwrap(),
    };
    assert_eq!(grids.len(), 1);
    let mut cells = HashMap::new();
    for row in &grids[0].rows {
        for (place, cell) in row.filled() {
            let text = match cell {
                Cell::Formula(_) => panic!("a formula at {} {place}", row.number),
                Cell::Number(number) => format!("#{number}"),
                cell => cell.as_text().map_or_else(|| "?".into(), str::to_owned),
            };
            cells.insert((row.number, place), text);
        }
    }
    cells
}

#[test]
fn a_workbook_comes_back_row_for_row_with_the_answer_beside() {
    let list = read_list(&workbook(0.0)).unwrap();
    let answer = beside(&[(5, ["有效", "=1+1"]), (6, ["未查到", "@SUM(A1)"])]);
    let bytes = list.write(Format::Xlsx, &answer).unwrap();
    let cells = cells_of(&bytes);
    let at = |row, place| cells.get(&(row, place)).map_or("", String::as_str);
    assert_eq!(at(1, 0), "入职名单");
    assert_eq!((at(3, 0), at(3, 5)), ("姓名", "薪级"));
    assert_eq!((at(3, 6), at(3, 7)), ("结果", "原因"));
    assert_eq!((at(5, 0), at(5, 4)), ("张三", NUMBER));
    assert_eq!(
        (at(5, 1), at(5, 2), at(5, 5)),
        ("2025-12-09", "#16", "#7.5")
    );
    assert_eq!((at(5, 6), at(5, 7)), ("有效", "=1+1"));
    assert_eq!((at(6, 0), at(6, 7)), ("=HYPERLINK(\"x\")", "@SUM(A1)"));
    assert_eq!(cells.len(), 1 + 8 + 7 + 4);
    // The same answer is the same file, and every text in it is marked as quoted.
    assert_eq!(list.write(Format::Xlsx, &answer).unwrap(), bytes);
    let style = part(&bytes, "xl/styles.xml");
    assert!(style.contains("quotePrefix=\"1\""));
    assert!(!part(&bytes, "xl/worksheets/sheet1.xml").contains("<f>"));
}

fn part(bytes: &[u8], name: &str) -> String {
    use std::io::Read;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

#[test]
fn delimited_text_comes_back_with_its_blank_rows_and_no_formula() {
    let list = format!(
        "\n名单\n\n证书编号,姓名,备注\n{NUMBER},张三,\"=1+1,x\"\n\n{NUMBER},李四,-5\n合计,+2人,＝A1\n"
    );
    let list = read_list(list.as_bytes()).unwrap();
    let answer = beside(&[(5, ["有效", "a\"b"]), (7, ["无效", "-x"])]);
    let bytes = list.write(Format::Csv, &answer).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(
        text,
        format!(
            "\u{FEFF}\r\n名单\r\n\r\n证书编号,姓名,备注,结果,原因\r\n\
             {NUMBER},张三,\"'=1+1,x\",有效,\"a\"\"b\"\r\n\r\n{NUMBER},李四,-5,无效,'-x\r\n\
             合计,'+2人,'＝A1\r\n"
        )
    );
}

#[test]
fn an_answer_is_written_over_an_earlier_one_in_either_language() {
    for headings in ["结果,原因", "Result,Reason"] {
        let list = format!("证书编号,姓名,{headings}\n{NUMBER},张三,有效,旧\n,,x,y\n");
        let list = read_list(list.as_bytes()).unwrap();
        let answer = beside(&[(2, ["无效", "新"])]);
        for format in [Format::Csv, Format::Xlsx] {
            let cells = cells_of(&list.write(format, &answer).unwrap());
            let at = |row, place| cells.get(&(row, place)).map_or("", String::as_str);
            assert_eq!((at(1, 2), at(1, 3), at(1, 4)), ("结果", "原因", ""));
            assert_eq!((at(2, 2), at(2, 3)), ("无效", "新"));
        }
    }
}

#[test]
fn a_list_is_no_results_sheet() {
    let list = format!("证书编号,姓名,证件号码\n{NUMBER},张三,\n");
    assert!(read_list(list.as_bytes()).is_ok());
    assert!(read_table(list.as_bytes()).is_err());
}

proptest::proptest! {
    #[test]
    fn no_bytes_panic(text in "\\PC{0,200}") {
        let _ = read_list(text.as_bytes());
        let list = format!("证书编号,姓名,身份证后四位\n{text}");
        if let Ok(list) = read_list(list.as_bytes()) {
            let _ = list.write(Format::Xlsx, &beside(&[(2, ["a", "b"])]));
            let _ = list.write(Format::Csv, &beside(&[(2, ["a", "b"])]));
        }
    }
}
