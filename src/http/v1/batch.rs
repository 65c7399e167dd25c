//! The check of a list (批量核验).

use crate::app::AppError;
use crate::app::check_list::ListAnswer;
use crate::http::limits::ListTurn;
use crate::http::{Problem, Served};
use crate::locale::Language;
use crate::sheet::list::{Format, LIST_ROWS_MAX, List, ListRow, mark_same_numbers, read_list};
use crate::sheet::{CONTAINER_BYTES_MAX, SheetError};
use axum::Json;
use axum::body::Bytes;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{Extension, FromRequest as _, Query, Request, State};
use axum::http::header::{ACCEPT, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use zeroize::Zeroizing;

/// Bytes of a request: a sheet, and what multipart adds.
pub const BYTES_MAX: usize = CONTAINER_BYTES_MAX as usize + 64 * 1024;

/// The media type of a workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// The media type of delimited text.
pub const CSV: &str = "text/csv";

/// Rows without a sheet.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rows {
    rows: Vec<Fields>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    /// What the asker calls the row; its place if not given.
    row: Option<u32>,
    number: String,
    name: Zeroizing<String>,
    #[serde(default)]
    document_number: Option<Zeroizing<String>>,
}

/// `?lang=en`: the language of the columns of a sheet that is given back.
#[derive(Deserialize)]
pub struct Asking {
    #[serde(default)]
    lang: String,
}

/// `POST /v1/verify/batch`: checks many certificates by number and holder, each as
/// `POST /v1/look-up` would.
///
/// Body: `{"rows":[{"number","name","document_number"?,"row"?}…]}` as JSON, `document_number` whole
/// or its last four; or a list as xlsx or csv, alone or as the field `list` of a form. At most
/// 5,000 rows, 5 MiB. Answer: `{"outcome","counts","as_of","as_of_position","rows":[…]}`, the rows
/// in their order; to a list whose asker accepts xlsx or csv, the same list with the answer beside
/// each row. Number AND name must match: what does not match and what does not exist are one
/// answer. Every row counts as a look-up, by a measure of its own; every certificate looked at
/// goes into the access journal. Nothing of the body is kept.
pub async fn batch(
    State(served): State<Served>,
    Extension(turn): Extension<ListTurn>,
    Query(asking): Query<Asking>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Problem> {
    let asked = Asked::read(request).await?;
    // Not before the whole list is there: nobody keeps others waiting by sending slowly.
    let _place = turn.begin()?;
    match asked {
        Asked::Rows(rows) => Ok(told(&check(&served, &turn, &rows).await?)),
        Asked::Sheet(bytes) => {
            let list = read_sheet(bytes).await?;
            let answer = check(&served, &turn, list.rows()).await?;
            let language = match asking.lang.as_str() {
                "en" => Language::En,
                _ => Language::Zh,
            };
            match wanted(&headers) {
                None => Ok(told(&answer)),
                Some(format) => given_back(list, answer, format, language).await,
            }
        }
    }
}

fn told(answer: &ListAnswer) -> Response {
    Json(answer.to_json()).into_response()
}

/// Counts the rows and checks them.
pub async fn check(
    served: &Served,
    turn: &ListTurn,
    rows: &[ListRow],
) -> Result<ListAnswer, Problem> {
    turn.count(rows.len())?;
    let documents = served.documents.get(&served.ledger).await?;
    Ok(served.ledger.check_list(rows, &documents).await?)
}

/// Reads a list aside: a workbook may take a while.
pub async fn read_sheet(bytes: Bytes) -> Result<List, Problem> {
    let read = tokio::task::spawn_blocking(move || read_list(&bytes)).await;
    let list = read.map_err(|_| Problem::new("internal"))?;
    Ok(list.map_err(AppError::from)?)
}

/// The list with the answer beside each row, as a file.
pub async fn given_back(
    list: List,
    answer: ListAnswer,
    format: Format,
    language: Language,
) -> Result<Response, Problem> {
    let (_, bytes) = write_sheet(list, &answer, format, language).await?;
    let mut response = bytes.into_response();
    let (content_type, file) = match format {
        Format::Xlsx => (XLSX, "attachment; filename=\"checked.xlsx\""),
        Format::Csv => (CSV, "attachment; filename=\"checked.csv\""),
    };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static(file));
    Ok(response)
}

/// Writes a list aside, and gives it back with its file.
pub async fn write_sheet(
    list: List,
    answer: &ListAnswer,
    format: Format,
    language: Language,
) -> Result<(List, Vec<u8>), Problem> {
    let beside = answer.beside(language);
    let write = move || {
        let written = list.write(format, &beside);
        (list, written)
    };
    let internal = || Problem::new("internal");
    let (list, written) = tokio::task::spawn_blocking(write)
        .await
        .map_err(|_| internal())?;
    Ok((list, written.map_err(|_| internal())?))
}

/// Which sheet the asker would have, if he would have one.
fn wanted(headers: &HeaderMap) -> Option<Format> {
    let accepted = headers.get(ACCEPT)?.to_str().ok()?;
    if accepted.contains(XLSX) {
        Some(Format::Xlsx)
    } else {
        accepted.contains(CSV).then_some(Format::Csv)
    }
}

/// Why a body holds no rows to be checked.
enum NoRows {
    Unreadable,
    Refused(SheetError),
}

impl From<NoRows> for Problem {
    fn from(no: NoRows) -> Self {
        match no {
            NoRows::Unreadable => Self::new("bad-request"),
            NoRows::Refused(error) => AppError::from(error).into(),
        }
    }
}

enum Asked {
    Rows(Vec<ListRow>),
    Sheet(Bytes),
}

impl Asked {
    async fn read(request: Request) -> Result<Self, Problem> {
        let content_type = request.headers().get(CONTENT_TYPE);
        let content_type = content_type
            .and_then(|it| it.to_str().ok())
            .unwrap_or_default();
        let kind = content_type
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        match kind.as_str() {
            "application/json" => {
                let body = Bytes::from_request(request, &()).await;
                let body = body.map_err(|_| Problem::new("too-large"))?;
                Self::rows(&body).map_err(Problem::from)
            }
            "multipart/form-data" => {
                let form = Multipart::from_request(request, &()).await;
                let form = form.map_err(|_| Problem::new("bad-request"))?;
                let sheet = sheet_of(form).await?;
                Ok(Self::Sheet(
                    sheet.ok_or_else(|| Problem::new("bad-request"))?,
                ))
            }
            XLSX | CSV | "application/octet-stream" => {
                let body = Bytes::from_request(request, &()).await;
                Ok(Self::Sheet(body.map_err(|_| Problem::new("too-large"))?))
            }
            _ => Err(Problem::new("unsupported-media-type")),
        }
    }

    fn rows(body: &[u8]) -> Result<Self, NoRows> {
        let asked: Rows = serde_json::from_slice(body).map_err(|_| NoRows::Unreadable)?;
        if asked.rows.is_empty() {
            return Err(NoRows::Refused(SheetError::NoRows));
        }
        if asked.rows.len() > LIST_ROWS_MAX {
            return Err(NoRows::Refused(SheetError::TooManyRows(LIST_ROWS_MAX)));
        }
        let mut rows: Vec<ListRow> = asked
            .rows
            .iter()
            .zip(1..)
            .map(|(fields, place)| {
                let document = fields.document_number.as_ref().map(|it| it.as_str());
                let row = fields.row.unwrap_or(place);
                ListRow::of_fields(row, &fields.number, &fields.name, document)
            })
            .collect();
        mark_same_numbers(&mut rows);
        Ok(Self::Rows(rows))
    }
}

/// The field `list` of a form; the others are passed over.
async fn sheet_of(mut form: Multipart) -> Result<Option<Bytes>, Problem> {
    let refused = |error: MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new("too-large"),
        _ => Problem::new("bad-request"),
    };
    while let Some(field) = form.next_field().await.map_err(refused)? {
        let is_list = field.name() == Some("list");
        let bytes = field.bytes().await.map_err(refused)?;
        if is_list && !bytes.is_empty() {
            return Ok(Some(bytes));
        }
    }
    Ok(None)
}
