//! The verification of a credential as a report on paper (核验报告).

use crate::app::clock;
use crate::app::public::PublicDocuments;
use crate::domain::time::Instant;
use crate::http::{Problem, Served};
use crate::paper::{PaperError, Press, ReportPaper, TrustUsed};
use crate::verify::Report;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// The fonts are read once.
static PRESS: LazyLock<Result<Press, PaperError>> = LazyLock::new(Press::new);

/// `POST /v1/verify/report`: verifies the file that is the body, as `POST /v1/verify` does, and
/// answers with an A4 report (`application/pdf`): what was checked (its SHA-256), against which
/// trust list, when, every check, and what the certificate says, where its signature held. The
/// report is signed by nobody. Nothing of the body is kept.
pub async fn report(
    State(served): State<Served>,
    body: Result<Bytes, axum::extract::rejection::BytesRejection>,
) -> Result<Response, Problem> {
    let body = body.map_err(|_| Problem::new("too-large"))?;
    let documents = served.documents.get(&served.ledger).await?;
    let answered = served.ledger.verify_held(&body, &documents).await?;
    let answer = Reported {
        report: answered.report,
        file_name: None,
        file_sha256: Sha256::digest(&body).into(),
        at: clock::now(),
    };
    let pdf = draw(answer, &documents).await?;
    let mut response = pdf.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    let file = HeaderValue::from_static("attachment; filename=\"verification-report.pdf\"");
    headers.insert(CONTENT_DISPOSITION, file);
    Ok(response)
}

/// An answer about a file that was handed in.
pub struct Reported {
    /// The answer.
    pub report: Report,
    /// The file's name, if it came with one.
    pub file_name: Option<String>,
    /// SHA-256 of the file.
    pub file_sha256: [u8; 32],
    /// When it was verified.
    pub at: Instant,
}

/// The report on an answer, as PDF, drawn beside the tasks that answer others.
pub async fn draw(answer: Reported, documents: &PublicDocuments) -> Result<Vec<u8>, Problem> {
    let trust = documents.trust_list().map(TrustUsed::of);
    let drawn = tokio::task::spawn_blocking(move || {
        let paper = ReportPaper {
            report: &answer.report,
            file_name: answer.file_name.as_deref(),
            file_sha256: Some(answer.file_sha256),
            verified_at: answer.at,
            verifier: None,
            trust,
        };
        PRESS.as_ref().map_err(Clone::clone)?.report(&paper)
    });
    let drawn = drawn.await.map_err(|_| Problem::new("internal"))?;
    drawn.map_err(|error| {
        // An error of the press names the piece and the glyph, never what a certificate says.
        tracing::error!(%error, "a report could not be drawn");
        Problem::new("internal")
    })
}
