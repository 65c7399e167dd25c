//! `verify-list` through the program: a list in, the list with the answers out.

use crate::support::postgres::fresh_database;
use crate::support::program::{Answer, As, Ledger, text};
use crate::support::sheet::{self, Candidate};
use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::Workbook;
use std::path::{Path, PathBuf};

/// A ledger with three certificates, the second revoked, and whom they belong to.
struct Issued {
    ledger: Ledger,
    numbers: Vec<String>,
    holders: Vec<Candidate>,
}

impl Issued {
    fn on(server: Option<&str>) -> Self {
        let ledger = Ledger::begin_on(server, "DEMO").with_one_body();
        let candidates = sheet::all_passed(1, 3);
        let session = ledger.closed_session("2026-29", &candidates);
        ledger.issue(&session);
        let numbers: Vec<String> = (1..=3).map(|n| format!("S000032000012263{n:06}")).collect();
        // Numbers are given in an order of their own: the holder stands in the document.
        let holder = |number: &String| {
            let file = std::fs::read_to_string(ledger.certificate(&session, number)).unwrap();
            let mut candidates = candidates.iter();
            candidates
                .find(|it| file.contains(&it.name))
                .unwrap()
                .clone()
        };
        let holders = numbers.iter().map(holder).collect();
        let revoke = [
            "certificate",
            "revoke",
            &numbers[1],
            "--ground",
            "认定材料不实",
        ];
        let more = ["--basis", "示范〔2026〕2号", "--on", "2026-03-20"];
        ledger.by_two(&[&revoke[..], &more[..]].concat());
        ledger.export_trust("trust");
        Self {
            ledger,
            numbers,
            holders,
        }
    }

    /// An employer's list: a title, a blank row, and rows that come out in every way.
    fn workbook(&self) -> PathBuf {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.set_name("名单").unwrap();
        let ending = |n: usize| &self.holders[n].document[14..];
        let rows: Vec<[&str; 5]> = vec![
            ["2026年新入职人员", "", "", "", ""],
            ["", "", "", "", ""],
            ["工号", "姓名", "证书编号", "身份证后四位", "备注"],
            [
                "A1",
                &self.holders[0].name,
                &self.numbers[0],
                ending(0),
                "=cmd|' /C calc'!A0",
            ],
            ["A2", &self.holders[1].name, &self.numbers[1], "", ""],
            ["A3", "无名氏", &self.numbers[2], "", ""],
            ["A4", &self.holders[2].name, "S0000", "", ""],
            ["A5", &self.holders[2].name, &self.numbers[2], "", "@x"],
            ["合计", "5人", "", "", ""],
        ];
        for (row, cells) in rows.iter().enumerate() {
            for (place, cell) in cells
                .iter()
                .enumerate()
                .filter(|(_, cell)| !cell.is_empty())
            {
                sheet.write_string(row as u32, place as u16, *cell).unwrap();
            }
        }
        let path = self.ledger.beside("名单.xlsx");
        book.save(&path).unwrap();
        path
    }

    fn check(&self, file: &Path, more: &[&str]) -> Answer {
        let args = [&["verify-list", file.to_str().unwrap()], more].concat();
        self.ledger.run(As::Nobody, &args)
    }
}

fn cells(path: &Path) -> Vec<Vec<String>> {
    let bytes = std::fs::read(path).unwrap();
    let mut book = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    let name = book.sheet_names()[0].clone();
    assert_eq!(name, "名单");
    assert!(book.worksheet_formula(&name).unwrap().is_empty());
    let range = book.worksheet_range(&name).unwrap();
    let text = |cell: &Data| match cell {
        Data::Empty => String::new(),
        other => other.to_string(),
    };
    range
        .rows()
        .map(|row| row.iter().map(text).collect())
        .collect()
}

fn is_checked_and_given_back(issued: &Issued) {
    let list = issued.workbook();
    let before = std::fs::read(&list).unwrap();
    let out = issued.ledger.beside("核验.xlsx");
    let head = issued.ledger.head();
    let answer = issued.check(&list, &["--out", out.to_str().unwrap()]);
    assert_eq!(answer.exit, 1, "{answer:#?}");
    let rows = answer.json["rows"].as_array().unwrap();
    let results: Vec<_> = rows
        .iter()
        .map(|row| (row["row"].as_u64().unwrap(), text(row, "result")))
        .collect();
    let expected = [
        (4, "valid"),
        (5, "invalid"),
        (6, "not-found"),
        (7, "unread"),
        (8, "valid"),
    ];
    assert_eq!(results, expected.map(|(row, it)| (row, it.to_owned())));
    assert_eq!(rows[4]["same_number_as"], 6);
    assert_eq!(answer.json["as_of_position"].as_u64(), Some(head));
    // A look is no event.
    assert_eq!(issued.ledger.audited(), head);

    let cells = cells(&out);
    assert_eq!(cells[0][0], "2026年新入职人员");
    let headings = [
        "工号",
        "姓名",
        "证书编号",
        "身份证后四位",
        "备注",
        "结果",
        "原因",
        "状态",
        "等级",
        "职业",
        "发证机构",
        "发证日期",
        "核验时间",
        "日志位置",
    ];
    assert_eq!(cells[2], headings);
    assert_eq!(cells[3][..5], {
        let ending = &issued.holders[0].document[14..];
        let name = &issued.holders[0].name;
        ["A1", name, &issued.numbers[0], ending, "=cmd|' /C calc'!A0"]
    });
    assert_eq!(cells[3][5], "有效");
    assert_eq!(
        cells[3][7..12],
        [
            "有效",
            "三级/高级工",
            "工业机器人系统运维员",
            "示范技能评价中心",
            "2026-03-12"
        ]
    );
    assert!(cells[3][12].starts_with("2026-04-01 "), "{}", cells[3][12]);
    assert_eq!(cells[3][13], head.to_string());
    assert_eq!(
        (cells[4][5].as_str(), cells[4][7].as_str()),
        ("无效", "撤销")
    );
    assert!(cells[4][6].contains("认定材料不实"), "{}", cells[4][6]);
    assert_eq!(cells[5][5], "未查到");
    assert_eq!(cells[5][7..12], ["", "", "", "", ""]);
    assert_eq!(cells[6][5], "未核验");
    assert!(cells[6][6].contains("证书编号为 5 位"), "{}", cells[6][6]);
    assert_eq!(cells[6][12], "");
    assert_eq!(cells[7][4], "@x");
    assert!(
        cells[7][6].ends_with("编号与第 6 行相同"),
        "{}",
        cells[7][6]
    );
    assert_eq!(cells[8][0], "合计");

    // What is there is never written over: not the list, nor an answer, nor through another name.
    let answered = std::fs::read(&out).unwrap();
    let linked = issued.ledger.beside("另名.xlsx");
    std::os::unix::fs::symlink(&list, &linked).unwrap();
    for taken in [&list, &out, &linked] {
        let refused = issued.check(&list, &["--out", taken.to_str().unwrap()]);
        refused.refused(64, "bad-input");
    }
    assert_eq!(std::fs::read(&list).unwrap(), before);
    assert_eq!(std::fs::read(&out).unwrap(), answered);
}

#[test]
fn a_workbook_is_checked_and_given_back() {
    is_checked_and_given_back(&Issued::on(None));
}

#[test]
fn a_workbook_is_checked_and_given_back_by_a_ledger_on_a_server() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    if let Some(address) = runtime.block_on(fresh_database()) {
        is_checked_and_given_back(&Issued::on(Some(&address)));
    }
}

#[test]
fn the_exit_says_how_the_worst_row_came_out_and_words_name_the_rows() {
    let issued = Issued::on(None);
    let list = |rows: &[(usize, &str)]| {
        let path = issued.ledger.beside("list.csv");
        let mut text = String::from("证书编号;姓名\n");
        for (n, name) in rows {
            text += &format!("{};{name}\n", issued.numbers[*n]);
        }
        std::fs::write(&path, text).unwrap();
        path
    };
    let name = |n: usize| issued.holders[n].name.as_str();
    let valid = [(0, name(0)), (2, name(2))];
    let out = issued.ledger.beside("out.CSV");
    let answer = issued.check(&list(&valid), &["--out", out.to_str().unwrap()]);
    assert_eq!(answer.exit, 0, "{answer:#?}");
    let written = std::fs::read_to_string(&out).unwrap();
    let first = written.lines().next().unwrap();
    assert_eq!(
        first,
        "\u{FEFF}证书编号,姓名,结果,原因,状态,等级,职业,发证机构,发证日期,核验时间,日志位置"
    );
    let missing = issued.check(&list(&[(0, name(0)), (2, "无名氏")]), &[]);
    assert_eq!(missing.exit, 2, "{missing:#?}");
    let revoked = issued.check(&list(&[(1, name(1)), (2, "无名氏")]), &[]);
    assert_eq!(revoked.exit, 1, "{revoked:#?}");

    let file = list(&[(0, name(0)), (1, name(1)), (2, "无名氏")]);
    let args = ["verify-list", file.to_str().unwrap()];
    let mut command = issued.ledger.command(As::Nobody, &args);
    let words = |language: &str, command: &mut std::process::Command| {
        let output = command.args(["--lang", language]).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let json = words("zh", &mut command);
    assert!(json.starts_with('{'), "{json}");
    // Without --json, words: the rows that are not valid, and the sum.
    let plain = |language: &str| {
        let mut plain = std::process::Command::new(command.get_program());
        for (key, value) in command.get_envs() {
            match value {
                Some(value) => plain.env(key, value),
                None => plain.env_remove(key),
            };
        }
        plain.args(args);
        words(language, &mut plain)
    };
    let zh = plain("zh");
    assert!(
        zh.contains("第 3 行：无效") && zh.contains("第 4 行：未查到"),
        "{zh}"
    );
    assert!(zh.contains("共 3 行：有效 1，无效 1"), "{zh}");
    let en = plain("en");
    assert!(
        en.contains("row 3: invalid") && en.contains("row 4: not found"),
        "{en}"
    );
    for holder in &issued.holders {
        assert!(!zh.contains(&holder.name) && !en.contains(&holder.name));
    }
}

#[test]
fn what_is_no_list_is_refused_before_the_ledger_is_asked() {
    let ledger = Ledger::begin("DEMO");
    let write = |name: &str, bytes: &[u8]| {
        let path = ledger.beside(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    for (name, bytes, code) in [
        ("a.csv", "姓名,部门\n张三,x\n".as_bytes(), "missing-column"),
        ("b.csv", "证书编号,姓名\n".as_bytes(), "no-rows"),
        ("c.xlsx", b"PK\x03\x04", "damaged-file"),
        (
            "d.xls",
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
            "not-a-spreadsheet",
        ),
        ("e.csv", b"", "empty-file"),
    ] {
        let path = write(name, bytes);
        let answer = ledger.run(As::Nobody, &["verify-list", path.to_str().unwrap()]);
        answer.refused(2, code);
    }
    let list = write(
        "list.csv",
        "证书编号,姓名\nS000032000012263000001,张三\n".as_bytes(),
    );
    let list = list.to_str().unwrap();
    let nowhere = ledger.run(As::Nobody, &["verify-list", "/nowhere.csv"]);
    nowhere.refused(2, "file-error");
    let form = ledger.run(As::Nobody, &["verify-list", list, "--out", "answer.txt"]);
    form.refused(64, "bad-input");
    let mut command = ledger.command(As::Nobody, &["verify-list", list]);
    command.env_remove("SKILL_LEDGER_DATA");
    crate::support::program::answer(&mut command).refused(64, "bad-input");
}
