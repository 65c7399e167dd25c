//! `/verify/list`: a list of certificates is handed in and read on the page, or taken away as a
//! workbook (批量核验). The answer rides in the page's own link: nothing is kept here for it.

#[cfg(test)]
mod tests;

use super::frame::{Asking, Frame};
use crate::app::check_list::{ListAnswer, RowAnswer, RowResult};
use crate::app::look_up::mask_name;
use crate::http::limits::ListTurn;
use crate::http::v1::batch::{self, XLSX};
use crate::http::{Problem, Served};
use crate::sheet::list::{Format, LIST_ROWS_MAX, List, ListRow, template as template_sheet};
use askama::Template;
use axum::body::Bytes;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{Extension, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::collections::HashMap;

/// Rows shown on the page; of a longer list, those that are not valid. The workbook has them all.
const ROWS_SHOWN: usize = 300;

#[derive(Template)]
#[template(path = "verify_list.html", config = "src/web/askama.toml")]
struct ListPage {
    frame: Frame,
    result: Option<ListView>,
    complaint: Option<String>,
}

impl ListPage {
    fn new(frame: Frame) -> Self {
        Self {
            frame: frame.on("/verify/list"),
            result: None,
            complaint: None,
        }
    }
    fn said(&self, key: &str) -> String {
        let rows = [("rows", LIST_ROWS_MAX.to_string())];
        self.frame.fill(&format!("list-page-{key}"), &rows)
    }
    fn show(&self) -> Response {
        match self.render() {
            Ok(html) => Html(html).into_response(),
            Err(_) => Problem::new("internal").into_response(),
        }
    }
}

/// What the page shows of an answer.
struct ListView {
    /// `valid`, `invalid` or `unknown`: also the class of the block.
    outcome: &'static str,
    verdict: String,
    sentence: String,
    as_of: Vec<String>,
    rows: Vec<RowView>,
    /// How many rows are not shown, in words.
    more: Option<String>,
    /// The workbook, as the address of a link.
    download: String,
}

struct RowView {
    row: u32,
    number: String,
    name: String,
    /// The class of the row: `valid`, `invalid` or `unknown`.
    tone: &'static str,
    result: String,
    reason: String,
    level: String,
    occupation: String,
    body: String,
}

impl ListView {
    fn of(frame: &Frame, rows: &[ListRow], answer: &ListAnswer, workbook: &[u8]) -> Self {
        let counts = answer.counts();
        let words = [
            ("rows", answer.rows.len().to_string()),
            ("valid", counts.valid.to_string()),
            ("invalid", counts.invalid.to_string()),
            ("unknown", counts.unknown.to_string()),
            ("missing", counts.not_found.to_string()),
            ("unread", counts.unread.to_string()),
        ];
        let outcome = answer.outcome().name();
        let stated: HashMap<u32, &ListRow> = rows.iter().map(|row| (row.row, row)).collect();
        let all = answer.rows.len() <= ROWS_SHOWN;
        let shown = answer
            .rows
            .iter()
            .filter(|row| all || row.result != RowResult::Valid)
            .take(ROWS_SHOWN);
        let shown: Vec<RowView> = shown
            .map(|row| RowView::of(frame, row, stated.get(&row.row).copied()))
            .collect();
        let rest = answer.rows.len() - shown.len();
        let position = answer.as_of_position.to_string();
        let time = answer.as_of.show_in_china();
        Self {
            outcome,
            verdict: frame.t(&format!("list-page-outcome-{outcome}")),
            sentence: frame.fill("list-page-counts", &words),
            as_of: vec![
                frame.fill("web-as-of-position", &[("position", position)]),
                frame.fill("web-checked-at", &[("time", time)]),
            ],
            rows: shown,
            more: (rest > 0).then(|| frame.fill("list-page-more", &[("count", rest.to_string())])),
            download: format!("data:{XLSX};base64,{}", STANDARD.encode(workbook)),
        }
    }
}

impl RowView {
    fn of(frame: &Frame, answer: &RowAnswer, row: Option<&ListRow>) -> Self {
        let stated = row.and_then(|row| row.stated.as_ref().ok());
        let shown = answer.shown(frame.language);
        Self {
            row: answer.row,
            number: stated.map_or_else(String::new, |it| it.number.to_string()),
            name: stated.map_or_else(String::new, |it| mask_name(&it.name)),
            tone: match answer.result {
                RowResult::Valid => "valid",
                RowResult::Invalid => "invalid",
                RowResult::Unknown | RowResult::NotFound | RowResult::Unread => "unknown",
            },
            result: shown.result,
            reason: shown.reason,
            level: shown.level,
            occupation: shown.occupation,
            body: shown.body,
        }
    }
}

/// `GET /verify/list`
pub(super) async fn empty(
    State(served): State<Served>,
    Query(asking): Query<Asking>,
) -> Result<Response, Problem> {
    Ok(ListPage::new(Frame::of(&served, asking.language()).await).show())
}

/// `GET /verify/list/template.xlsx`: an empty list with the columns that are read.
pub(super) async fn template(Query(asking): Query<Asking>) -> Result<Response, Problem> {
    let bytes = template_sheet(asking.language() == crate::locale::Language::En);
    let mut response = bytes.map_err(|_| Problem::new("internal"))?.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(XLSX));
    let file = HeaderValue::from_static("attachment; filename=\"list.xlsx\"");
    headers.insert(CONTENT_DISPOSITION, file);
    let kept = HeaderValue::from_static("public, max-age=300");
    headers.insert(CACHE_CONTROL, kept);
    Ok(response)
}

/// `POST /verify/list`: the answer on the page, or, where the form asks for it, the workbook alone.
pub(super) async fn check(
    State(served): State<Served>,
    Extension(turn): Extension<ListTurn>,
    Query(asking): Query<Asking>,
    form: Multipart,
) -> Result<Response, Problem> {
    let given = read(form).await?;
    let mut page = ListPage::new(Frame::of(&served, asking.language()).await);
    let _place = turn.begin()?;
    let Some(bytes) = given.list else {
        page.complaint = Some(page.said("needed"));
        return Ok(page.show());
    };
    let language = page.frame.language;
    let checked = async {
        let list = batch::read_sheet(bytes).await?;
        let answer = batch::check(&served, &turn, list.rows()).await?;
        Ok::<(List, ListAnswer), Problem>((list, answer))
    };
    let (list, answer) = match checked.await {
        Ok(checked) => checked,
        // What is wrong with the list is said beside the form, to be put right there.
        Err(problem) if problem.status == StatusCode::UNPROCESSABLE_ENTITY => {
            page.complaint = Some(page.frame.choose(problem.title));
            return Ok(page.show());
        }
        Err(problem) => return Err(problem),
    };
    if given.as_workbook {
        return batch::given_back(list, answer, Format::Xlsx, language).await;
    }
    let (list, workbook) = batch::write_sheet(list, &answer, Format::Xlsx, language).await?;
    page.result = Some(ListView::of(&page.frame, list.rows(), &answer, &workbook));
    Ok(page.show())
}

#[derive(Default)]
struct Given {
    list: Option<Bytes>,
    as_workbook: bool,
}

/// The file, and which button was pressed.
async fn read(mut form: Multipart) -> Result<Given, Problem> {
    let refused = |error: MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new("too-large"),
        _ => Problem::new("bad-request"),
    };
    let mut given = Given::default();
    while let Some(field) = form.next_field().await.map_err(refused)? {
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(refused)?;
        match name.as_str() {
            "list" if !bytes.is_empty() => given.list = Some(bytes),
            "as" => given.as_workbook = bytes.as_ref() == b"xlsx",
            _ => {}
        }
    }
    Ok(given)
}
