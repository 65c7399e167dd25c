//! Files that carry something else, and what a wallet asks.

use super::whole::TODAY;
use skill_ledger::credential::container::pdf::{ATTACHMENT_BYTES_MAX, attachments, is_pdf};
use skill_ledger::credential::wallet::{CodeKind, CredentialRequest, TokenRequest};
use skill_ledger::domain::rules::occupations;
use skill_ledger::sheet::list::{Beside, Format, LIST_ROWS_MAX, List, read_list};
use skill_ledger::sheet::results::{Context, judge};
use skill_ledger::sheet::{ROWS_MAX, Wanted, read_rows, read_table};

/// Most bytes of what a wallet asks.
const ASK_BYTES_MAX: usize = 4096;

pub fn pdf(bytes: &[u8]) -> bool {
    let Ok(found) = attachments(bytes) else {
        return false;
    };
    assert!(is_pdf(bytes));
    let all = [&found.credential, &found.proof, &found.trust_list];
    for attachment in all.into_iter().flatten() {
        assert!(attachment.len() <= ATTACHMENT_BYTES_MAX);
    }
    assert_eq!(attachments(bytes), Ok(found));
    true
}

pub fn sheet(bytes: &[u8]) -> bool {
    let wanted = [("姓名", true), ("证书编号", false)].map(|(name, required)| Wanted {
        names: vec![name],
        required,
    });
    if let Ok(rows) = read_rows(bytes, &wanted) {
        assert!(rows.len() <= ROWS_MAX && rows.is_sorted_by(|a, b| a.row < b.row));
    }
    let Ok(table) = read_table(bytes) else {
        return false;
    };
    assert!(table.len() <= ROWS_MAX && !table.is_empty());
    let pre_flight = Context {
        session: None,
        today: TODAY,
    };
    let Ok(judged) = judge(&table, occupations::built_in(), &pre_flight) else {
        return false;
    };
    // Every row is taken or refused, and none both.
    assert!(judged.accepted.is_sorted_by(|a, b| a.row < b.row));
    assert!(judged.refused.is_sorted_by_key(|it| it.row));
    for candidate in &judged.accepted {
        assert!(judged.refused.iter().all(|it| it.row != candidate.row));
    }
    true
}

/// A list, read and given back: nobody in it is lost, and none is added.
pub fn list(bytes: &[u8]) -> bool {
    let Ok(list) = read_list(bytes) else {
        return false;
    };
    let rows = list.rows();
    assert!((1..=LIST_ROWS_MAX).contains(&rows.len()));
    assert!(rows.is_sorted_by(|a, b| a.row < b.row));
    for row in rows {
        let first = row.same_number_as;
        assert!(first.is_none_or(|first| first < row.row && row.stated.is_ok()));
        assert!(row.stated.as_ref().err().is_none_or(|it| !it.is_empty()));
    }
    let cells = rows.iter().map(|it| (it.row, vec![String::from("=1+1")]));
    let beside = Beside {
        headings: vec![String::from("结果")],
        other_headings: vec![vec![String::from("Result")]],
        cells: cells.collect(),
        made_at: 0,
    };
    let stated = |list: &List| -> Vec<_> {
        let stated = list.rows().iter().filter_map(|it| it.stated.as_ref().ok());
        stated
            .map(|it| (it.number.clone(), it.name.to_string()))
            .collect()
    };
    for format in [Format::Csv, Format::Xlsx] {
        if let Ok(given_back) = list.write(format, &beside) {
            let again = read_list(&given_back).expect("what is given back is a list");
            assert_eq!(stated(&again), stated(&list), "{format:?}");
        }
    }
    true
}

pub fn wallet(bytes: &[u8]) -> bool {
    let token = TokenRequest::parse(bytes).is_ok();
    let credential = CredentialRequest::parse(bytes).is_ok();
    assert!(!(token && credential), "one request is not two");
    assert!(!(token || credential) || bytes.len() <= ASK_BYTES_MAX);
    if let Ok(text) = std::str::from_utf8(bytes) {
        // A text of one kind is never found as one of the other.
        let digests = [CodeKind::PreAuthorised, CodeKind::AccessToken].map(|it| it.digest(text));
        assert!(digests[0].is_none() || digests[0] != digests[1]);
    }
    token || credential
}
