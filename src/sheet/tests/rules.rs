use super::build::*;
use crate::domain::level::SkillLevel;
use crate::domain::rules::occupations;
use crate::domain::score::{Mark, Verdict};
use crate::sheet::read_table;
use crate::sheet::results::{Context, SessionScope, judge};
use jiff::civil::Date;

#[test]
fn a_good_row_is_a_candidate() {
    let judgement = judge_rows(&[&row(&[])]);
    assert_eq!((judgement.rows, judgement.refused.len()), (1, 0));
    let candidate = &judgement.accepted[0];
    assert_eq!(candidate.name.as_str(), "张三");
    assert_eq!(candidate.level, SkillLevel::Three);
    assert_eq!(candidate.birth, Some(Date::constant(1990, 3, 7)));
    assert_eq!(candidate.verdict, Verdict::Passed);
    assert_eq!(format!("{candidate:?}"), "Candidate(row 2)");
}

#[test]
fn width_case_spaces_and_line_breaks_are_read() {
    let lower = number("19900307", 999).to_lowercase();
    let wide: String = number("19900307", 999)
        .chars()
        .map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap())
        .collect();
    accepts(&[("证件号码", &wide)]);
    accepts(&[("证件号码", &format!(" {lower}\t"))]);
    accepts(&[("证件号码", &format!("'{lower}"))]);
    accepts(&[("姓名", " 贺\u{3000}明长 ")]);
    accepts(&[("姓名", "张\n三")]);
    accepts(&[("理论成绩", "８５．５")]);
    accepts(&[
        ("职业编码", "６-31-07-01"),
        ("职业名称", "工业机器人\n系统运维员"),
    ]);
    accepts(&[("评定结果", "通过")]);
    accepts(&[("评定结果", "")]);
    accepts(&[("申报级别", "高级工")]);
    accepts(&[("性别", "")]);
    accepts(&[("证件类型", "")]);
}

#[test]
fn each_fault_is_told_at_its_column() {
    refuses(&[("姓名", "")], "姓名", "missing");
    refuses(&[("姓名", "张三\u{202e}")], "姓名", "control-character");
    refuses(&[("姓名", "张三\u{0007}")], "姓名", "control-character");
    refuses(&[("姓名", "张三1")], "姓名", "wrong-character");
    refuses(&[("证件号码", "")], "证件号码", "missing");
    refuses(
        &[("证件号码", "3301061990030799")],
        "证件号码",
        "wrong-length",
    );
    refuses(
        &[("证件号码", "3.30106E+17")],
        "证件号码",
        "number-truncated-by-spreadsheet",
    );
    refuses(
        &[("证件类型", "驾驶证")],
        "证件类型",
        "unknown-document-type",
    );
    refuses(&[("性别", "女")], "性别", "contradicts-identity-number");
    refuses(&[("性别", "不详")], "性别", "unknown-sex");
    refuses(
        &[("职业编码", "6-31-01-99")],
        "职业编码",
        "unknown-occupation",
    );
    refuses(
        &[("职业编码", ""), ("职业名称", "长期照护师")],
        "职业名称",
        "unknown-occupation",
    );
    refuses(&[("职业名称", "焊工")], "职业名称", "contradicts-code");
    refuses(&[("申报级别", "九级")], "申报级别", "unknown-level");
    refuses(&[("申报级别", "")], "申报级别", "missing");
    refuses(&[("申报级别", "特级技师")], "申报级别", "level-not-open");
    refuses(&[("理论成绩", "159")], "理论成绩", "out-of-range");
    refuses(&[("理论成绩", "59.95")], "理论成绩", "too-many-decimals");
    refuses(&[("理论成绩", "")], "理论成绩", "missing");
    refuses(&[("技能成绩", "免考")], "技能成绩", "not-a-number");
    refuses(
        &[("技能成绩", "=SUM(A1:A2)")],
        "技能成绩",
        "formula-unreadable",
    );
    refuses(&[("技能成绩", "59.9")], "评定结果", "contradicts-scores");
    refuses(&[("评定结果", "不合格")], "评定结果", "contradicts-scores");
    refuses(&[("评定结果", "待定")], "评定结果", "unknown-result");
}

#[test]
fn after_a_failed_check_digit_nothing_derived_is_told() {
    let good = number("19900307", 999);
    let wrong = format!("{}0", &good[..17]);
    assert_ne!(good, wrong);
    refuses(
        &[("证件号码", &wrong), ("性别", "女")],
        "证件号码",
        "check-digit",
    );
    // Nor is anybody recognised by it: two rows of one wrong number are two wrong numbers.
    let twice = row(&[("证件号码", &wrong)]);
    let judgement = judge_rows(&[&twice, &twice]);
    assert_eq!(
        refused(&judgement),
        [
            (2, "证件号码", "check-digit"),
            (3, "证件号码", "check-digit")
        ]
    );
}

#[test]
fn one_person_twice_refuses_both_rows_each_naming_the_other() {
    let other = number("19880601", 998);
    let judgement = judge_rows(&[
        &row(&[]),
        &row(&[("证件号码", &other), ("性别", "女")]),
        &row(&[("姓名", "李四"), ("申报级别", "九级")]),
    ]);
    assert_eq!(
        refused(&judgement),
        [
            (2, "证件号码", "duplicate-in-file"),
            (4, "申报级别", "unknown-level"),
            (4, "证件号码", "duplicate-in-file"),
        ]
    );
    let named = |index: usize| judgement.refused[index].args()[0].clone();
    assert_eq!(named(0), ("rows", "4".to_owned()));
    assert_eq!(named(2), ("rows", "2".to_owned()));
    assert_eq!(judgement.accepted.len(), 1);
}

#[test]
fn the_fifteen_digit_number_is_the_same_person() {
    let long = number("19900307", 999);
    let short = format!("{}{}", &long[..6], &long[8..17]);
    let judgement = judge_rows(&[&row(&[]), &row(&[("证件号码", &short)])]);
    assert_eq!(judgement.refused.len(), 2);
    assert_eq!(judgement.warnings[0].code, "fifteen-digits");
}

#[test]
fn absent_is_not_a_pass() {
    accepts(&[("理论成绩", "缺考"), ("评定结果", "不合格")]);
    accepts(&[("理论成绩", "缺考"), ("评定结果", "缺考")]);
    accepts(&[("理论成绩", "缺考"), ("评定结果", "")]);
    refuses(&[("理论成绩", "缺考")], "评定结果", "contradicts-scores");
    refuses(&[("评定结果", "缺考")], "评定结果", "contradicts-scores");
    let judgement = judge_rows(&[&row(&[
        ("理论成绩", ""),
        ("技能成绩", ""),
        ("评定结果", "缺考"),
    ])]);
    let candidate = &judgement.accepted[0];
    assert_eq!(candidate.verdict, Verdict::Absent);
    assert_eq!(candidate.marks.theory, Some(Mark::Absent));
    assert_eq!(candidate.marks.review, None);
}

#[test]
fn the_review_is_required_for_the_two_upper_levels_and_judged_wherever_given() {
    refuses(&[("申报级别", "二级")], "综合评审成绩", "missing");
    refuses(
        &[("申报级别", "一级/高级技师"), ("综合评审成绩", "/")],
        "综合评审成绩",
        "missing",
    );
    accepts(&[("申报级别", "二级"), ("综合评审成绩", "60")]);
    accepts(&[("综合评审成绩", "—")]);
    accepts(&[("综合评审成绩", "67.2")]);
    refuses(
        &[("综合评审成绩", "59.9")],
        "评定结果",
        "contradicts-scores",
    );
    refuses(&[("综合评审成绩", "101")], "综合评审成绩", "out-of-range");
}

#[test]
fn a_formula_nobody_calculated_is_worked_out_with_a_warning() {
    let judgement = judge_rows(&[&row(&[("理论成绩", "=70+8")])]);
    assert_eq!(judgement.accepted.len(), 1);
    assert_eq!(judgement.warnings[0].code, "formula-evaluated");
}

#[test]
fn age_is_taken_at_the_session_else_at_the_sheets_date_else_today() {
    // Sixteen on 13 July 2026.
    let young = row(&[("证件号码", &number("20100713", 999))]);
    assert_eq!(judge_rows(&[&young]).accepted.len(), 1);
    let sheet = |date: &str| format!("认定日期：{date}\n{HEADER}\n{young}\n");
    let on_the_day = judge_bytes(sheet("2026-07-13").as_bytes()).unwrap();
    assert_eq!(
        (on_the_day.accepted.len(), on_the_day.judged_on),
        (1, Date::constant(2026, 7, 13))
    );
    let before = judge_bytes(sheet("2026年7月12日").as_bytes()).unwrap();
    assert_eq!(refused(&before), [(3, "证件号码", "under-age")]);
    let unreadable = judge_bytes(sheet("7月").as_bytes()).unwrap();
    assert_eq!(
        (unreadable.judged_on, unreadable.warnings[0].code),
        (TODAY, "no-such-date")
    );

    let context = Context {
        session: Some(session()),
        today: TODAY,
    };
    let table = read_table(sheet("2026-07-13").as_bytes()).unwrap();
    let judgement = judge(&table, occupations::built_in(), &context).unwrap();
    assert_eq!(refused(&judgement), [(3, "证件号码", "under-age")]);
    assert_eq!(judgement.warnings[0].code, "contradicts-session");
}

fn session() -> SessionScope {
    SessionScope {
        occupation: "6-31-07-01".parse().unwrap(),
        work_type: None,
        levels: vec![SkillLevel::Three],
        assessed_on: Date::constant(2026, 7, 1),
    }
}

#[test]
fn a_row_of_another_occupation_or_level_is_outside_the_session() {
    let rows = [
        row(&[]),
        row(&[
            ("证件号码", &number("19880601", 999)),
            ("职业编码", "6-18-02-04"),
            ("职业名称", "焊工"),
        ]),
        row(&[("证件号码", &number("19880601", 997)), ("申报级别", "四级")]),
    ];
    let text = format!("{HEADER}\n{}\n", rows.join("\n"));
    let context = Context {
        session: Some(session()),
        today: TODAY,
    };
    let judge_text = |text: &str, context: &Context| {
        judge(
            &read_table(text.as_bytes()).unwrap(),
            occupations::built_in(),
            context,
        )
    };
    let judgement = judge_text(&text, &context).unwrap();
    assert_eq!(
        refused(&judgement),
        [
            (3, "职业编码", "outside-session"),
            (4, "申报级别", "outside-session")
        ]
    );

    // What the session states need not stand in the sheet.
    let bare = format!(
        "姓名,证件号码,理论成绩,技能成绩\n张三,{},80,80\n",
        number("19900307", 999)
    );
    let judgement = judge_text(&bare, &context).unwrap();
    assert_eq!(judgement.accepted[0].level, SkillLevel::Three);
    let error = judge_text(&bare, &pre_flight()).unwrap_err();
    assert_eq!(error.code(), "missing-column");
    assert_eq!(error.args()[0].1, "申报级别、职业名称");
}

#[test]
fn other_documents_are_judged_by_their_own_rules() {
    accepts(&[
        ("证件类型", "护照"),
        ("证件号码", "E12345678"),
        ("性别", "女"),
    ]);
    accepts(&[
        ("证件类型", "港澳居民来往内地通行证"),
        ("证件号码", "H1234567801"),
    ]);
    accepts(&[("证件类型", "台胞证"), ("证件号码", "12345678")]);
    accepts(&[
        ("证件类型", "港澳台居民居住证"),
        ("证件号码", "810000199901010014"),
    ]);
    refuses(
        &[("证件类型", "台胞证"), ("证件号码", "1234567X")],
        "证件号码",
        "wrong-character",
    );
    // Two cards of one person.
    let card = |number: &str| row(&[("证件类型", "港澳通行证"), ("证件号码", number)]);
    let judgement = judge_rows(&[&card("H1234567801"), &card("H1234567802")]);
    assert_eq!(judgement.refused_rows(), 2);
}

#[test]
fn work_types_stand_for_their_occupation() {
    accepts(&[("职业编码", "6-18-02-04"), ("职业名称", "电焊工")]);
    accepts(&[("职业编码", ""), ("职业名称", "焊工（电焊工）")]);
    let judgement = judge_rows(&[&row(&[
        ("职业编码", ""),
        ("职业名称", ""),
        ("工种名称", "电焊工"),
    ])]);
    assert_eq!(judgement.accepted[0].occupation.to_string(), "6-18-02-04");
    assert_eq!(judgement.accepted[0].work_type.as_deref(), Some("电焊工"));
    let odd = judge_rows(&[&row(&[
        ("职业编码", "6-18-02-04"),
        ("职业名称", "焊工"),
        ("工种名称", "铁匠"),
    ])]);
    assert_eq!(
        (odd.accepted.len(), odd.warnings[0].code),
        (1, "unknown-work-type")
    );
}

#[test]
fn no_problem_repeats_what_a_cell_holds() {
    let secret = number("19900307", 999);
    let wrong = format!("{}0", &secret[..17]);
    let judgement = judge_rows(&[
        &row(&[("证件号码", &wrong), ("姓名", "赵钱孙1")]),
        &row(&[("性别", "女"), ("姓名", "周吴\u{202e}")]),
        &row(&[]),
    ]);
    let told = format!("{judgement:?}");
    for personal in [
        secret.as_str(),
        &wrong,
        "赵钱孙",
        "周吴",
        "张三",
        "19900307",
    ] {
        assert!(!told.contains(personal), "{personal}");
    }
}
