//! The page in every state; what it looks like is kept in snapshots.

use super::*;
use crate::domain::time::Instant;
use crate::locale::{self, Language};
use serde_json::json;

const NOW: Instant = Instant(1_783_906_200_000_000);
const NUMBERS: [&str; 3] = [
    "S000032000012263000001",
    "S000032000012263000002",
    "S000032000012263000003",
];

fn page(language: Language) -> ListPage {
    let mut frame = Frame::bare(language);
    frame.authority = Some(String::from("示范省人力资源和社会保障厅"));
    ListPage::new(frame)
}

fn rows() -> Vec<ListRow> {
    let mut rows = vec![
        ListRow::of_fields(4, NUMBERS[0], "张伟", None),
        ListRow::of_fields(5, NUMBERS[1], "欧阳 <b>文清", None),
        ListRow::of_fields(6, NUMBERS[1], "李娜", None),
    ];
    crate::sheet::list::mark_same_numbers(&mut rows);
    rows
}

/// An answer in which every kind of row stands.
fn answer() -> ListAnswer {
    let told = |row: u32, result: &str, reason: &str| {
        let words = locale::words(
            reason,
            &[
                ("position", "88".to_owned()),
                ("on", "2026-07-01".to_owned()),
                ("ground", "认定材料不实".to_owned()),
                ("issue", "1".to_owned()),
            ],
        );
        let level = json!({"zh": "三级/高级工", "en": "Level 3 (Advanced)"});
        let certificate = result == "valid" || result == "invalid";
        json!({"row": row, "result": result, "code": "x", "zh": words.zh, "en": words.en,
            "same_number_as": null, "problems": [], "successor": null,
            "state": certificate.then_some(if result == "valid" { "valid" } else { "revoked" }),
            "level": certificate.then_some(level),
            "occupation": certificate.then(|| json!({"zh": "电工", "en": "Electrician"})),
            "body": certificate.then(|| json!({"zh": "示范技能评价中心", "en": "Demo Centre"})),
            "issued_on": certificate.then_some("2026-03-12"), "certificate": null})
    };
    let answer = json!({"as_of": NOW.to_string(), "as_of_position": 88, "rows": [
        told(4, "valid", "verify-register-active"),
        told(5, "unread", "sheet-wrong-character"),
        told(6, "not-found", "list-reason-not-found"),
        told(7, "invalid", "verify-register-revoked"),
        told(8, "unknown", "verify-inclusion-no-proof"),
    ]});
    ListAnswer::from_json(answer).unwrap()
}

fn snapshot(name: &str, page: &ListPage) {
    let html = page.render().unwrap();
    assert!(!html.contains("list-page-"), "a key without words: {html}");
    // Assets are named by their content, which the snapshot is not about.
    let plain = html
        .replace(&page.frame.style(), "/assets/style.css")
        .replace(&page.frame.script(), "/assets/page.js")
        .replace(&page.frame.icon(), "/assets/icon.svg");
    insta::assert_snapshot!(name, plain);
}

#[test]
fn the_empty_page_says_what_a_list_needs() {
    for (name, language) in [("empty-zh", Language::Zh), ("empty-en", Language::En)] {
        snapshot(name, &page(language));
    }
}

#[test]
fn the_answer_is_a_table_with_the_workbook_in_a_link() {
    for (name, language) in [("answer-zh", Language::Zh), ("answer-en", Language::En)] {
        let mut page = page(language);
        page.result = Some(ListView::of(&page.frame, &rows(), &answer(), b"workbook"));
        let html = page.render().unwrap();
        assert!(
            html.contains(&format!("data:{XLSX};base64,d29ya2Jvb2s=")),
            "{html}"
        );
        // Names are masked, and a row that could not be read shows nothing of itself.
        assert!(!html.contains("张伟") && html.contains("张*"));
        assert!(!html.contains("欧阳") && !html.contains("<b>"));
        snapshot(name, &page);
    }
}

#[test]
fn a_complaint_stands_beside_the_form() {
    let mut page = page(Language::Zh);
    page.complaint = Some(page.said("needed"));
    let html = page.render().unwrap();
    assert!(html.contains("<p class=\"complaint\" role=\"alert\">请选择名单文件</p>"));
}

#[test]
fn of_a_long_list_the_page_shows_what_is_not_valid() {
    let mut answer = answer();
    let valid = answer.rows[0].clone();
    answer.rows.extend((0..400).map(|n| {
        let mut row = valid.clone();
        row.row = 100 + n;
        row
    }));
    let frame = Frame::bare(Language::Zh);
    let view = ListView::of(&frame, &[], &answer, b"");
    let shown: Vec<u32> = view.rows.iter().map(|row| row.row).collect();
    assert_eq!(shown, [5, 6, 7, 8]);
    assert_eq!(view.more.unwrap(), "另有 401 行未在此列出，见下载的表格");
    answer.rows.truncate(ROWS_SHOWN);
    let view = ListView::of(&frame, &[], &answer, b"");
    assert_eq!((view.rows.len(), view.more), (ROWS_SHOWN, None));
}
