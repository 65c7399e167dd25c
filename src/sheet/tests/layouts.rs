use super::build::*;
use crate::sheet::{SheetError, read_table};
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

fn write(sheet: &mut Worksheet, row: u32, cells: &str) {
    for (column, cell) in (0_u16..).zip(cells.split('|')) {
        if cell.is_empty() {
            continue;
        }
        match cell.parse::<f64>() {
            Ok(number) if cell.len() < 6 => sheet.write_number(row, column, number).unwrap(),
            _ => sheet.write_string(row, column, cell).unwrap(),
        };
    }
}

fn person(order: u32) -> String {
    number("19900307", order)
}

#[test]
fn a_title_a_meta_row_a_footer_and_instructions_on_another_sheet_are_seen_through() {
    let mut book = Workbook::new();
    let notes = book.add_worksheet();
    notes.set_name("填表说明").unwrap();
    write(notes, 0, "1. 本表一式两份。");
    let sheet = book.add_worksheet();
    let wide = Format::new();
    sheet
        .merge_range(0, 0, 0, 7, "职业技能等级认定成绩汇总表", &wide)
        .unwrap();
    write(
        sheet,
        1,
        "评价机构（盖章）：示范中心   认定批次：2026-29   认定日期：2026-07-13   职业：电工",
    );
    write(
        sheet,
        2,
        "序号|姓 名|身份证号|职业(工种)|鉴定等级|理论|实操成绩|是否合格",
    );
    write(
        sheet,
        3,
        &format!("1|张三|{}|电工|4|80|61.5|是", person(999)),
    );
    write(
        sheet,
        4,
        &format!("2|李四|{}|电工|中级工|80|缺考|否", person(997)),
    );
    write(sheet, 5, "3");
    write(sheet, 6, "合计|||||||2");
    write(sheet, 8, "填表人：||审核人：||日期：  年  月  日");
    let judgement = judge_bytes(&book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(refused(&judgement), []);
    assert_eq!((judgement.rows, judgement.accepted[1].row), (2, 5));
    assert_eq!(judgement.meta.batch.as_deref(), Some("2026-29"));
    assert_eq!(judgement.meta.body.as_deref(), Some("示范中心"));
    assert_eq!(judgement.meta.occupation.as_deref(), Some("电工"));
    assert_eq!(judgement.judged_on.to_string(), "2026-07-13");
}

#[test]
fn a_header_of_two_levels_is_read_and_known_again_where_it_is_reprinted() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new();
    let mut at = 2;
    for (page, order) in [(1, 999), (2, 997), (3, 995)] {
        if page > 1 {
            write(sheet, at, "职业技能等级认定成绩汇总表");
            at += 1;
        } else {
            write(sheet, 0, "职业技能等级认定成绩汇总表");
        }
        for (column, name) in ["证件号码", "考生姓名", "职业", "等级"]
            .into_iter()
            .enumerate()
        {
            let column = column as u16;
            sheet
                .merge_range(at, column, at + 1, column, name, &plain)
                .unwrap();
        }
        sheet.merge_range(at, 4, at, 6, "成绩", &plain).unwrap();
        write(sheet, at + 1, "||||理论知识|操作技能|综合评审");
        sheet.merge_range(at, 7, at + 1, 7, "结论", &plain).unwrap();
        write(
            sheet,
            at + 2,
            &format!("{}|张三|电工|三级|70|80||通过", person(order)),
        );
        write(
            sheet,
            at + 3,
            &format!("{}|李四|电工|技师|70|80|90|通过", person(order - 50)),
        );
        at += 5;
    }
    let judgement = judge_bytes(&book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(refused(&judgement), []);
    assert_eq!((judgement.rows, judgement.accepted.len()), (6, 6));
    assert_eq!(judgement.accepted[0].row, 5);
    assert_eq!(
        judgement.accepted[1].marks.review.map(|m| m.passes()),
        Some(true)
    );
}

#[test]
fn components_head_their_own_scores() {
    let text = format!(
        "姓名,身份证号码,职业,级别,理论知识考试,,技能考核,,是否合格\n,,,,得分,是否合格,得分,是否合格,\n张三,{},电工,5级,70,是,55,否,否\n",
        person(999)
    );
    let judgement = judge_bytes(text.as_bytes()).unwrap();
    assert_eq!(refused(&judgement), []);
    assert!(!judgement.accepted[0].marks.skill.unwrap().passes());
}

#[test]
fn a_numeric_number_is_refused_and_a_formula_is_not_guessed() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    write(
        sheet,
        0,
        "姓名|证件号码|职业名称|申报级别|理论成绩|技能成绩|评定结果",
    );
    for (row, order) in [(1, 999), (2, 997), (3, 995)] {
        write(
            sheet,
            row,
            &format!("张三|{}|电工|三级|80|80|合格", person(order)),
        );
    }
    sheet.write_number(1, 1, 330_106_196_811_179_989.0).unwrap();
    sheet
        .write_formula(2, 4, Formula::new("=AVERAGE(70,90)").set_result("80"))
        .unwrap();
    sheet.write_string(3, 1, "110105491231002").unwrap();
    let judgement = judge_bytes(&book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(
        refused(&judgement),
        [(2, "证件号码", "number-truncated-by-spreadsheet")]
    );
    // The value a spreadsheet calculated stands.
    assert_eq!(judgement.accepted[0].row, 3);
    assert_eq!(judgement.warnings[0].code, "fifteen-digits");
}

#[test]
fn an_occupation_merged_over_rows_holds_for_each() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    write(
        sheet,
        0,
        "姓名|证件号码|职业名称|申报级别|理论成绩|技能成绩",
    );
    for (row, order) in [(1, 999), (2, 997), (3, 995)] {
        write(sheet, row, &format!("张三|{}|||80|80", person(order)));
    }
    let plain = Format::new();
    sheet.merge_range(1, 2, 3, 2, "电工", &plain).unwrap();
    sheet.merge_range(1, 3, 3, 3, "三级", &plain).unwrap();
    let judgement = judge_bytes(&book.save_to_buffer().unwrap()).unwrap();
    assert_eq!((refused(&judgement), judgement.accepted.len()), (vec![], 3));
    assert_eq!(judgement.warnings[0].code, "column-absent");
}

#[test]
fn a_far_cell_is_left_out_with_a_warning_and_a_wide_sheet_is_refused() {
    let good = |sheet: &mut Worksheet| {
        write(
            sheet,
            0,
            "姓名|证件号码|职业名称|申报级别|理论成绩|技能成绩|评定结果",
        );
        write(
            sheet,
            1,
            &format!("张三|{}|电工|三级|80|80|合格", person(999)),
        );
    };
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    good(sheet);
    sheet.write_string(1_048_575, 16_383, "x").unwrap();
    let judgement = judge_bytes(&book.save_to_buffer().unwrap()).unwrap();
    assert_eq!((judgement.rows, judgement.accepted.len()), (1, 1));
    assert_eq!(
        (judgement.warnings[0].code, judgement.warnings[0].row),
        ("cell-outside", 1_048_576)
    );

    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    good(sheet);
    for column in 0..200 {
        sheet.write_string(4, column, "x").unwrap();
    }
    let error = judge_bytes(&book.save_to_buffer().unwrap()).unwrap_err();
    assert_eq!(error, SheetError::TooManyColumns);
}

#[test]
fn one_sheet_holds_the_results() {
    let fill = |sheet: &mut Worksheet| {
        write(
            sheet,
            0,
            "姓名|证件号码|职业名称|申报级别|理论成绩|技能成绩|评定结果",
        );
        write(
            sheet,
            1,
            &format!("张三|{}|电工|三级|80|80|合格", person(999)),
        );
    };
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    fill(book.add_worksheet());
    assert_eq!(
        judge_bytes(&book.save_to_buffer().unwrap()),
        Err(SheetError::SeveralTables)
    );

    let mut book = Workbook::new();
    fill(book.add_worksheet().set_name("填写示例").unwrap());
    fill(book.add_worksheet());
    fill(book.add_worksheet().set_hidden(true));
    assert_eq!(
        judge_bytes(&book.save_to_buffer().unwrap())
            .unwrap()
            .accepted
            .len(),
        1
    );
}

#[test]
fn missing_and_doubled_columns_are_named() {
    let code = |text: &str| {
        let error = judge_bytes(text.as_bytes()).unwrap_err();
        (error.code(), error.args()[0].1.clone())
    };
    let told = |code, columns: &str| (code, columns.to_owned());
    assert_eq!(
        code("姓名,性别,职业名称,申报级别,理论成绩\na,b,c,d,e\n"),
        told("missing-column", "证件号码、技能成绩")
    );
    assert_eq!(
        code("姓名,证件号码,理论成绩,技能成绩\na,b,c,d\n"),
        told("missing-column", "申报级别、职业名称")
    );
    assert_eq!(
        code("姓名,证件号码,职业,等级,理论,技能,理论成绩\n张三,1,,,,,\n"),
        told("column-twice", "理论成绩")
    );
    assert_eq!(code("你好,世界\n1,2\n"), told("no-header", ""));
    assert_eq!(code(&format!("{HEADER}\n")), told("no-rows", ""));
    assert_eq!(
        code(&format!("{HEADER}\n合计,,,,,,,,,,,\n")),
        told("no-rows", "")
    );
}

#[test]
fn text_is_read_in_its_encoding_with_its_delimiter_and_blank_lines_count() {
    let row = row(&[]);
    let text = format!(
        "标题\r\n\r\n{HEADER}\r\n{row}\r\n\r\n{}\r\n",
        row.replace("三级", "九级")
    );
    let expected = [
        (4, "证件号码", "duplicate-in-file"),
        (6, "申报级别", "unknown-level"),
        (6, "证件号码", "duplicate-in-file"),
    ];
    let check = |bytes: &[u8]| assert_eq!(refused(&judge_bytes(bytes).unwrap()), expected);
    check(text.as_bytes());
    check(format!("\u{feff}{text}").as_bytes());
    check(&encoding_rs::GB18030.encode(&text).0);
    check(text.replace(',', ";").as_bytes());
    check(text.replace(',', "\t").as_bytes());
    check(text.replace("\r\n", "\r").as_bytes());
    let utf16: Vec<u8> = std::iter::once(0xFEFF)
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    check(&utf16);
}

#[test]
fn a_quoted_line_break_does_not_shift_the_rows() {
    let first = row(&[("姓名", "张\n三")]);
    let second = row(&[("证件号码", &person(997)), ("申报级别", "九级")]);
    assert_eq!(
        refused(&judge_rows(&[&first, &second])),
        [(3, "申报级别", "unknown-level")]
    );
}

#[test]
fn nobody_is_lost_among_the_rows_that_are_no_candidates() {
    let judgement = judge_rows(&[
        &row(&[("姓名", "")]),
        &row(&[("证件号码", "")]),
        "李四,,,,,,,,,,,",
        ",,,,电工,6-31-01-03,,三级,,,,",
        "以下空白,,,,,,,,,,,",
        "平均分,,,,,,,,75.2,80.1,,",
        "第 1 页 共 2 页,,,,,,,,,,,",
    ]);
    let rows: Vec<u32> = judgement.refused.iter().map(|p| p.row).collect();
    assert_eq!(judgement.rows, 3);
    assert!(rows.contains(&2) && rows.contains(&3) && rows.contains(&4));
}

#[test]
fn a_date_in_a_footer_is_no_number() {
    let text = format!(
        "身份证号,姓名,职业,级别,理论,技能\n{},张三,电工,三级,80,80\n制表：李四  日期：2026年10月25日,,,,,\n审核人：,,,,,2026-10-25\n2026-10-25,,审核,,,\n",
        person(999)
    );
    let judgement = judge_bytes(text.as_bytes()).unwrap();
    assert_eq!((judgement.rows, judgement.accepted.len()), (2, 1));
    // A lone date is told rather than passed over: it could be somebody's number.
    assert!(judgement.refused.iter().all(|p| p.row == 5));
}

#[test]
fn a_table_says_how_long_it_is() {
    let table = read_table(format!("{HEADER}\n{}\n", row(&[])).as_bytes()).unwrap();
    assert_eq!((table.len(), table.is_empty()), (1, false));
}
