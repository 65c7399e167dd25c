//! People who assess and teach, through the program: one person is one subject, numbers stay in the
//! vault, and the audit agrees.

use crate::support::program::{BODY, Ledger, text};
use serde_json::{Value, json};

const WELDER: &str = "6-18-02-04";

fn stream_of(done: &Value, event_type: &str) -> String {
    let events = done["events"].as_array().unwrap();
    let found = events.iter().find(|it| it["type"] == event_type).unwrap();
    text(found, "stream").split_once('/').unwrap().1.to_owned()
}

fn grant<'a>(person: [&'a str; 2], role: &'a str, number: &'a str) -> Vec<&'a str> {
    let [name, document] = person;
    let whom = ["--name", name, "--document-number", document];
    let card = ["--role", role, "--number", number, "--occupations", WELDER];
    let term = ["--from", "2025-03-01", "--basis", "示范人社〔2025〕8号"];
    let verb = ["staff", "grant-card"];
    [&verb[..], &whom[..], &card[..], &term[..]].concat()
}

fn training<'a>(person: [&'a str; 2], class: &'a str, teacher: &'a [&'a str]) -> Vec<&'a str> {
    let [name, document] = person;
    let whom = ["--name", name, "--document-number", document];
    let of = ["--provider", BODY, "--class", class, "--course", "焊工培训"];
    let what = ["--occupation", WELDER, "--hours", "80"];
    let days = ["--from", "2026-03-01", "--to", "2026-03-20"];
    let verb = ["training", "record"];
    [&verb[..], &whom[..], &of[..], &what[..], &days[..], teacher].concat()
}

const LIN: [&str; 2] = ["林晓", "320102199003071239"];
const ZHANG: [&str; 2] = ["张伟", "110101199003070054"];

#[test]
fn a_person_is_one_subject_as_worker_and_as_staff_in_either_order() {
    let ledger = Ledger::begin("DEMO");
    ledger.register(BODY, "S-0000-32-000012");
    // Staff first, then a worker.
    let granted = ledger.maker(&grant(LIN, "teacher", "JS-0001")).done();
    let lin = stream_of(&granted, "staff.card_granted");
    let taught = training(LIN, "一班", &[]);
    assert_eq!(text(&ledger.maker(&taught).done(), "worker"), lin);
    // A worker first, then staff.
    let worker = ledger
        .maker(&training(ZHANG, "一班", &["--teacher", "JS-0001"]))
        .done();
    let granted = ledger.maker(&grant(ZHANG, "examiner", "KP-0001")).done();
    let zhang = stream_of(&granted, "staff.enrolled");
    assert_eq!(text(&worker, "worker"), zhang);
    // Once more under another name is another person, or a mistake.
    let misnamed = grant(["章伟", ZHANG[1]], "referee", "CP-0001");
    ledger.maker(&misnamed).refused(64, "bad-input");

    let shown = ledger
        .maker(&["staff", "show", "--number", "js-0001"])
        .done();
    assert_eq!(text(&shown, "staff"), lin);
    assert_eq!(shown["taught"][0]["class"], "一班");
    assert_eq!(shown["taught"][0]["trainee"], json!(zhang));
    assert_eq!(shown["trained"].as_array().unwrap().len(), 1);
    assert_eq!(shown["cards"][0]["role"], "teacher");
    assert!(!shown.to_string().contains("JS-0001"), "{shown}");
    ledger.audited();
}

#[test]
fn a_class_is_refused_for_a_teacher_whose_leave_has_lapsed() {
    let ledger = Ledger::begin("DEMO");
    ledger.register(BODY, "S-0000-32-000012");
    let mut old = grant(LIN, "teacher", "JS-0001");
    let from = old.iter().position(|it| *it == "2025-03-01").unwrap();
    old[from] = "2024-03-10";
    ledger.maker(&old).done();
    let class = training(ZHANG, "一班", &["--teacher", "JS-0001"]);
    ledger.maker(&class).refused(1, "endorsement-lapsed");
    let asked = |on| {
        let of = ["staff", "may-teach", "--number", "JS-0001"];
        let what = ["--occupation", WELDER, "--on", on];
        ledger.maker(&[&of[..], &what[..]].concat()).done()
    };
    assert_eq!(asked("2026-03-10")["may_teach"], true);
    assert_eq!(asked("2026-03-10")["leave"]["endorsed_to"], "2026-03-10");
    let lapsed = asked("2026-03-11");
    assert_eq!(lapsed["may_teach"], false);
    assert_eq!(lapsed["reason"]["code"], "endorsement-lapsed");
    assert_eq!(lapsed["rule"]["id"], "demo-teacher-endorsement");
    for language in ["zh", "en"] {
        assert!(text(&lapsed["reason"]["words"], language).contains("2026-03-10"));
    }

    // The base marks a training; before it is listed, its mark is refused.
    let marked = [
        "staff",
        "endorse",
        "--number",
        "JS-0001",
        "--base",
        BODY,
        "--hours",
        "50",
        "--from",
        "2026-03-12",
        "--to",
        "2026-03-20",
        "--passed",
        "yes",
        "--on",
        "2026-03-20",
    ];
    ledger.maker(&marked).refused(1, "training-base-not-listed");
    let base = ["--body", BODY, "--basis", "示范人社公示〔2026〕3号"];
    let notice = ["training-base", "notice", "--on", "2026-03-02"];
    ledger.maker(&[&notice[..], &base[..]].concat()).done();
    let list = ["training-base", "list", "--from", "2026-03-02"];
    ledger.maker(&[&list[..], &base[..]].concat()).done();
    ledger.maker(&marked).done();
    assert_eq!(asked("2026-03-20")["may_teach"], true);
    assert_eq!(asked("2026-03-20")["leave"]["endorsed_to"], "2028-03-20");
    assert_eq!(asked("2026-03-19")["may_teach"], false);
    ledger.audited();
}

#[test]
fn a_list_of_cards_is_imported_row_by_row() {
    let ledger = Ledger::begin("DEMO");
    let sheet = ledger.beside("cards.csv");
    let rows = "姓名,证件号码,人员类别,证卡编号,职业编码,有效期起,有效期至,依据\n\
        林晓,320102199003071239,高级考评员,GK-0001,6-18-02-04、6-31-07-01,2025-03-01,2028-02-29,示范〔2025〕8号\n\
        林晓,320102199003071239,外督,R36250001,,2025-03-01,2028-02-29,示范〔2025〕8号\n\
        张伟,110101199003070054,考评员,GK-0001,6-18-02-04,2025-03-01,2028-02-29,示范〔2025〕8号\n";
    std::fs::write(&sheet, rows).unwrap();
    let file = sheet.to_str().unwrap();
    let imported = ledger
        .maker(&["import", "staff-cards", file, "--accept-valid"])
        .done();
    assert_eq!(imported["accepted"], 2);
    assert_eq!(imported["refused"][0]["code"], "already-taken");
    let shown = ledger
        .maker(&["staff", "show", "--number", "R36250001"])
        .done();
    assert_eq!(shown["cards"].as_array().unwrap().len(), 2);
    ledger.audited();
}
