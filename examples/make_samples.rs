//! Makes the sample sheets of the demo again, byte for byte: `cargo run --example make_samples`.
//!
//! Everybody in them is made up: names from short lists, identity numbers with order codes
//! 998 and 999 and a correct check character, telephones that all begin 1990000.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet};
use skill_ledger::domain::identity::check_character;
use std::path::Path;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli/demo/samples");
    std::fs::create_dir_all(&folder)?;
    let samples = [
        ("technicians.xlsx", technicians()?),
        ("welders.csv", welders()),
        ("carers.xlsx", carers()?),
    ];
    for (name, bytes) in samples {
        std::fs::write(folder.join(name), bytes)?;
        println!("{name}");
    }
    Ok(())
}

/// A small generator of its own (xorshift64*), so that the files never change with a library.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % bound
    }
    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len() as u64) as usize]
    }
    /// Tenths from `low` to `high`.
    fn score(&mut self, low: u64, high: u64) -> f64 {
        (low + self.below(high - low + 1)) as f64 / 10.0
    }
}

struct Person {
    name: String,
    male: bool,
    number: String,
    phone: String,
}

impl Person {
    /// The `nth` person of a sheet; no two share a birth date, so no two share a number.
    fn new(chance: &mut Chance, nth: u64) -> Self {
        const FAMILY: [&str; 20] = [
            "林", "苏", "郭", "何", "高", "罗", "郑", "梁", "宋", "唐", "许", "韩", "冯", "邓",
            "曹", "彭", "曾", "萧", "田", "董",
        ];
        const GIVEN: [&str; 20] = [
            "海", "文", "静", "立", "春", "云", "雪", "志", "明", "安", "家", "思", "远", "宁",
            "晓", "青", "松", "兰", "平", "子",
        ];
        const DIVISIONS: [&str; 6] = ["330106", "330211", "320102", "320505", "360102", "510104"];
        let male = chance.below(2) == 1;
        let first = format!(
            "{}{}{:02}{:02}{}",
            chance.one(&DIVISIONS),
            1972 + nth,
            1 + chance.below(12),
            1 + chance.below(28),
            if male { "999" } else { "998" },
        );
        let check = check_character(&first).unwrap_or('?');
        let mut name = format!("{}{}", chance.one(&FAMILY), chance.one(&GIVEN));
        if chance.below(4) > 0 {
            name.push_str(chance.one(&GIVEN));
        }
        Self {
            name,
            male,
            number: format!("{first}{check}"),
            phone: format!("1990000{:04}", chance.below(10_000)),
        }
    }
    fn sex(&self) -> &'static str {
        if self.male { "男" } else { "女" }
    }
}

const EMPLOYERS: [&str; 4] = [
    "北岸装备集团",
    "江南机电有限公司",
    "晨光养老服务中心",
    "个体",
];

fn workbook() -> Result<Workbook> {
    let mut book = Workbook::new();
    let written = ExcelDateTime::from_ymd(2026, 10, 20)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&written));
    Ok(book)
}

fn write(sheet: &mut Worksheet, row: u32, cells: &[&str]) -> Result<()> {
    for (column, cell) in (0_u16..).zip(cells) {
        if !cell.is_empty() {
            sheet.write_string(row, column, *cell)?;
        }
    }
    Ok(())
}

fn verdict(scores: &[f64]) -> bool {
    scores.iter().all(|score| *score >= 60.0)
}

/// The usual layout: title, particulars, one header, rows, footer, instructions on a second
/// sheet. 二级/技师 of 工业机器人系统运维员; 24 people, one of them absent.
fn technicians() -> Result<Vec<u8>> {
    let mut chance = Chance(20_261_018);
    let mut book = workbook()?;
    let sheet = book.add_worksheet().set_name("成绩汇总表")?;
    let centred = Format::new().set_align(FormatAlign::Center).set_bold();
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 17, "职业技能等级认定成绩汇总表", &centred)?;
    let particulars = "评价机构(盖章):示范技能评价中心   认定批次:2026-31   认定日期:2026-10-18   职业:工业机器人系统运维员";
    sheet.merge_range(1, 0, 1, 17, particulars, &plain)?;
    let header = [
        "序号",
        "姓名",
        "性别",
        "证件类型",
        "证件号码",
        "文化程度",
        "职业名称",
        "职业编码",
        "工种名称",
        "申报级别",
        "申报条件",
        "工作单位",
        "手机号码",
        "理论成绩",
        "技能成绩",
        "综合评审成绩",
        "评定结果",
        "备注",
    ];
    write(sheet, 2, &header)?;
    for nth in 0..24_u32 {
        let row = 3 + nth;
        let mut person = Person::new(&mut chance, u64::from(nth));
        if nth == 6 {
            person.name = "阿依努尔·买买提".to_owned();
        }
        let education = chance.one(&["中专", "大专", "本科", "高中"]);
        let employer = chance.one(&EMPLOYERS);
        let mut scores = [0; 3].map(|_| chance.score(600, 960));
        if nth % 6 == 4 {
            scores[(nth / 6 % 3) as usize] = chance.score(450, 599);
        }
        let absent = nth == 17;
        let result = if !absent && verdict(&scores) {
            "合格"
        } else {
            "不合格"
        };
        write(
            sheet,
            row,
            &[
                "",
                &person.name,
                person.sex(),
                "居民身份证",
                &person.number,
                education,
                "工业机器人系统运维员",
                "6-31-07-01",
                "",
                "二级/技师",
                "取得三级证书后满5年",
                employer,
                &person.phone,
                "",
                "",
                "",
                result,
                "",
            ],
        )?;
        sheet.write_number(row, 0, nth + 1)?;
        for (column, score) in (13_u16..).zip(scores) {
            if absent && column == 14 {
                sheet.write_string(row, column, "缺考")?;
            } else {
                sheet.write_number(row, column, score)?;
            }
        }
    }
    write(
        sheet,
        28,
        &["填表人:        审核人:        日期:    年  月  日"],
    )?;
    let notes = book.add_worksheet().set_name("填表说明")?;
    write(notes, 0, &["1. 本表一式两份。"])?;
    write(notes, 1, &["2. 成绩保留一位小数,各科60分及以上为合格。"])?;
    Ok(book.save_to_buffer()?)
}

/// Another order, other names, GB18030, and seven rows that are refused, for teaching.
fn welders() -> Vec<u8> {
    let mut chance = Chance(6_180_204);
    let mut text = String::from(
        "考生姓名,身份证号,鉴定等级,申报职业,职业代码,工种,理论知识,操作技能,是否合格,性别,联系电话\r\n",
    );
    let mut first = String::new();
    for nth in 0..16 {
        let person = Person::new(&mut chance, nth);
        if nth == 0 {
            first.clone_from(&person.number);
        }
        let scores = if nth % 5 == 3 {
            [chance.score(450, 599), chance.score(600, 960)]
        } else {
            [0; 2].map(|_| chance.score(600, 960))
        };
        let work_type = chance.one(&["电焊工", "气焊工", "钎焊工"]);
        let (mut name, mut number) = (person.name.clone(), person.number.clone());
        let mut passed = if verdict(&scores) { "是" } else { "否" };
        let mut level = "高级工";
        match nth {
            // The check character of another number.
            4 => {
                let other = if number.ends_with('1') { '2' } else { '1' };
                number.pop();
                number.push(other);
            }
            // The person of the first row again.
            7 => number.clone_from(&first),
            // What a spreadsheet makes of a number it takes for one.
            9 => number = format!("{}.{}E+17", &number[..1], &number[1..6]),
            11 => name.clear(),
            12 => passed = "否",
            14 => level = "九级",
            // Read all the same: full-width, a space, a short name of the level.
            2 => number = number.chars().map(full_width).collect(),
            5 => level = "3",
            6 => name.insert(name.chars().next().map_or(0, char::len_utf8), ' '),
            _ => {}
        }
        text.push_str(&format!(
            "{name},{number},{level},焊工,6-18-02-04,{work_type},{:.1},{:.1},{passed},{},{}\r\n",
            scores[0],
            scores[1],
            if nth == 7 { "" } else { person.sex() },
            person.phone
        ));
    }
    text.push_str("合计,16,,,,,,,,,\r\n");
    encoding_rs::GB18030.encode(&text).0.into_owned()
}

fn full_width(c: char) -> char {
    char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c)
}

/// A header of two levels, reprinted on the second page, results derived where left blank.
/// 四级 and 三级 of 养老护理员; 18 people.
fn carers() -> Result<Vec<u8>> {
    let mut chance = Chance(4_100_105);
    let mut book = workbook()?;
    let sheet = book.add_worksheet().set_name("汇总")?;
    let centred = Format::new().set_align(FormatAlign::Center);
    write(sheet, 0, &["", "职业技能等级认定成绩汇总表"])?;
    write(
        sheet,
        1,
        &[
            "",
            "评价机构(盖章):示范技能评价中心   认定批次:2026-32   认定日期:2026-10-25   职业:养老护理员",
        ],
    )?;
    let mut row = 3;
    for nth in 0..18 {
        if nth % 10 == 0 {
            for (column, name) in [
                "身份证号码",
                "姓名",
                "性别",
                "职业(工种)",
                "职业编码",
                "等级",
            ]
            .iter()
            .enumerate()
            {
                sheet.merge_range(row, column as u16, row + 1, column as u16, name, &centred)?;
            }
            sheet.merge_range(row, 6, row, 8, "成绩", &centred)?;
            write(
                sheet,
                row + 1,
                &["", "", "", "", "", "", "理论知识", "操作技能", "综合评审"],
            )?;
            sheet.merge_range(row, 9, row + 1, 9, "结论", &centred)?;
            row += 2;
        }
        let person = Person::new(&mut chance, nth);
        let level = if nth % 3 == 0 { "三级" } else { "四级" };
        let mut scores = [0; 2].map(|_| chance.score(600, 960));
        if nth % 7 == 5 {
            scores[1] = chance.score(450, 599);
        }
        let result = match (nth, verdict(&scores)) {
            (8, _) => "",
            (_, true) => "通过",
            (_, false) => "不通过",
        };
        write(
            sheet,
            row,
            &[
                &person.number,
                &person.name,
                person.sex(),
                "养老护理员",
                "4-10-01-05",
                level,
                "",
                "",
                "",
                result,
            ],
        )?;
        sheet.write_number(row, 6, scores[0])?;
        sheet.write_number(row, 7, scores[1])?;
        row += 1;
        if nth == 9 {
            row += 1;
        }
    }
    write(sheet, row, &["合计"])?;
    sheet.write_number(row, 9, 18)?;
    write(sheet, row + 1, &["制表:", "", "复核:"])?;
    Ok(book.save_to_buffer()?)
}
