//! Results sheets made up for tests: identity numbers of the right form that nobody holds, the
//! same at every run.

use std::fmt::Write;

/// How candidate `n` of a sheet came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// 合格
    Passed,
    /// 不合格
    Failed,
    /// 缺考
    Absent,
}

/// One candidate of a made-up sheet.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// 姓名
    pub name: String,
    /// 证件号码, with its check digit.
    pub document: String,
    /// How it came out.
    pub came: Came,
}

const SURNAMES: [&str; 10] = [
    "欧阳", "上官", "司徒", "诸葛", "令狐", "夏侯", "皇甫", "慕容", "公孙", "宇文",
];
const GIVEN: [&str; 20] = [
    "岚", "砚", "澄", "屿", "笙", "霁", "珩", "攸", "芃", "翊", "骁", "楹", "晔", "湉", "昱", "祎",
    "玥", "琛", "峤", "泠",
];

/// Candidate `n` of sheet `sheet`: no two of them share a number.
pub fn candidate(sheet: u32, n: u32, came: Came) -> Candidate {
    let given = |place: u32| GIVEN[(n / place) as usize % GIVEN.len()];
    let name = format!(
        "{}{}{}",
        SURNAMES[n as usize % SURNAMES.len()],
        given(10),
        given(200)
    );
    // One birthday each over twenty years, the sheet in the sequence: 991 to 999.
    let born = jiff::civil::date(1975, 1, 1)
        .checked_add(jiff::Span::new().days(i64::from(n)))
        .unwrap();
    let seventeen = format!("320102{}{:03}", born.strftime("%Y%m%d"), 990 + sheet);
    Candidate {
        name,
        document: format!("{seventeen}{}", check_digit(&seventeen)),
        came,
    }
}

/// GB 11643-1999, section 5.
fn check_digit(seventeen: &str) -> char {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let digits = seventeen.bytes().map(|b| u32::from(b - b'0'));
    let sum: u32 = digits
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum();
    ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][(sum % 11) as usize]
}

/// `count` candidates who all passed.
pub fn all_passed(sheet: u32, count: u32) -> Vec<Candidate> {
    (0..count)
        .map(|n| candidate(sheet, n, Came::Passed))
        .collect()
}

/// `count` candidates of whom every fourth failed and every tenth was absent.
pub fn mixed(sheet: u32, count: u32) -> Vec<Candidate> {
    let came = |n| match n {
        n if n % 10 == 9 => Came::Absent,
        n if n % 4 == 3 => Came::Failed,
        _ => Came::Passed,
    };
    (0..count).map(|n| candidate(sheet, n, came(n))).collect()
}

/// The candidates as a csv sheet of 三级 in 工业机器人系统运维员.
pub fn csv(candidates: &[Candidate]) -> String {
    let mut text = String::from(
        "序号,姓名,证件类型,证件号码,职业名称,职业编码,申报级别,理论成绩,技能成绩,评定结果\n",
    );
    for (n, candidate) in candidates.iter().enumerate() {
        let (theory, skill, result) = match candidate.came {
            Came::Passed => ("81.5", "76", "合格"),
            Came::Failed => ("59.5", "88", "不合格"),
            Came::Absent => ("缺考", "缺考", "缺考"),
        };
        writeln!(
            text,
            "{},{},居民身份证,{},工业机器人系统运维员,6-31-07-01,三级/高级工,{theory},{skill},{result}",
            n + 1,
            candidate.name,
            candidate.document,
        )
        .unwrap();
    }
    text
}
