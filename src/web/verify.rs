//! The one page: look a certificate up, or verify a file; the answer stands above the forms.

use super::frame::{Asking, Frame};
use super::result::ResultView;
use crate::app::clock;
use crate::app::public::Asked;
use crate::http::v1::report::{Reported, draw};
use crate::http::{Problem, Served};
use crate::verify::{FILE_BYTES_MAX, Report};
use askama::Template;
use axum::extract::multipart::Multipart;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// Characters of a file's name that its report shows.
const FILE_NAME_MAX: usize = 120;

#[derive(Template)]
#[template(path = "verify.html", config = "src/web/askama.toml")]
pub(super) struct VerifyPage {
    pub(super) frame: Frame,
    pub(super) result: Option<ResultView>,
    pub(super) complaint: Option<String>,
    pub(super) number: String,
    pub(super) name: Zeroizing<String>,
    pub(super) pasted_open: bool,
}

impl VerifyPage {
    pub(super) fn new(frame: Frame) -> Self {
        Self {
            frame,
            result: None,
            complaint: None,
            number: String::new(),
            name: Zeroizing::default(),
            pasted_open: false,
        }
    }
    fn show(&self) -> Response {
        match self.render() {
            Ok(html) => Html(html).into_response(),
            Err(_) => Problem::new("internal").into_response(),
        }
    }
}

/// `GET /`
pub(super) async fn empty(
    State(served): State<Served>,
    Query(asking): Query<Asking>,
) -> Result<Response, Problem> {
    let frame = Frame::of(&served, asking.language()).await;
    Ok(VerifyPage::new(frame).show())
}

/// `GET /look-up`: a reloaded answer goes back to the empty page.
pub(super) async fn back() -> Redirect {
    Redirect::to("/")
}

/// The fields of the look-up form.
#[derive(Deserialize)]
pub(super) struct LookUpForm {
    #[serde(default)]
    number: String,
    #[serde(default)]
    name: Zeroizing<String>,
    #[serde(default)]
    document_number: Zeroizing<String>,
}

/// `POST /look-up`
pub(super) async fn look_up(
    State(served): State<Served>,
    Query(asking): Query<Asking>,
    form: Result<Form<LookUpForm>, FormRejection>,
) -> Result<Response, Problem> {
    let Form(form) = form.map_err(|_| Problem::new("bad-request"))?;
    let frame = Frame::of(&served, asking.language()).await;
    let asked = Asked::from_fields(
        &form.number,
        Some(form.name.clone()),
        Some(form.document_number),
    );
    let mut page = VerifyPage::new(frame);
    page.number = form.number;
    page.name = form.name;
    match asked {
        None => page.complaint = Some(page.frame.t("problem-name-or-document-needed")),
        Some(asked) => {
            let documents = served.documents.get(&served.ledger).await?;
            let answer = served.ledger.public_look_up(&asked, &documents).await?;
            page.result = Some(match &answer {
                Some(answer) => ResultView::looked_up(&page.frame, answer),
                None => ResultView::not_found(&page.frame),
            });
        }
    }
    Ok(page.show())
}

/// `POST /verify`: a file, or the text of one.
pub(super) async fn held(
    State(served): State<Served>,
    Query(asking): Query<Asking>,
    form: Multipart,
) -> Result<Response, Problem> {
    let given = read(form).await?;
    let frame = Frame::of(&served, asking.language()).await;
    let mut page = VerifyPage::new(frame);
    let now = clock::now();
    let unread = |code| ResultView::held(&page.frame, &Report::not_read(code), now);
    let view = match given {
        Given::Nothing => unread("form-unreadable"),
        Given::TooLarge => unread("form-file-too-large"),
        Given::Bytes { bytes, file_name } => {
            page.pasted_open = file_name.is_none();
            let documents = served.documents.get(&served.ledger).await?;
            let report = served.ledger.verify_held(&bytes, &documents).await?.report;
            let mut view = ResultView::held(&page.frame, &report, now);
            let answer = Reported {
                report,
                file_name,
                file_sha256: Sha256::digest(&bytes).into(),
                at: now,
            };
            view.offer_report(&draw(answer, &documents).await?);
            view
        }
    };
    page.result = Some(view);
    Ok(page.show())
}

enum Given {
    Nothing,
    TooLarge,
    /// A file with its name, or the text of one, which has none.
    Bytes {
        bytes: Vec<u8>,
        file_name: Option<String>,
    },
}

/// The file, or else the text; other fields are passed over.
async fn read(mut form: Multipart) -> Result<Given, Problem> {
    let too_large = |error: &axum::extract::multipart::MultipartError| {
        error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE
    };
    let mut text = None;
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => break,
            Err(error) if too_large(&error) => return Ok(Given::TooLarge),
            Err(_) => return Err(Problem::new("bad-request")),
        };
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().unwrap_or_default();
        let file_name = file_name.chars().take(FILE_NAME_MAX).collect();
        let bytes = match field.bytes().await {
            Ok(bytes) => bytes,
            Err(error) if too_large(&error) => return Ok(Given::TooLarge),
            Err(_) => return Err(Problem::new("bad-request")),
        };
        if bytes.len() > FILE_BYTES_MAX {
            return Ok(Given::TooLarge);
        }
        match name.as_str() {
            "credential" if !bytes.is_empty() => {
                return Ok(Given::Bytes {
                    bytes: bytes.to_vec(),
                    file_name: Some(file_name),
                });
            }
            "text" if !bytes.trim_ascii().is_empty() => text = Some(bytes),
            _ => {}
        }
    }
    Ok(text.map_or(Given::Nothing, |bytes| Given::Bytes {
        bytes: bytes.to_vec(),
        file_name: None,
    }))
}
