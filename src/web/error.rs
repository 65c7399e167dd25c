//! Problems as pages, for whoever asked with a browser.

use super::frame::Frame;
use crate::http::Problem;
use crate::locale::Language;
use askama::Template;
use axum::Router;
use axum::extract::Request;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};

#[derive(Template)]
#[template(path = "error.html", config = "src/web/askama.toml")]
struct ErrorPage {
    frame: Frame,
    title: String,
    detail: Option<String>,
    status: u16,
    code: String,
}

/// Shows every problem of a router as a page to those who accept pages.
pub(super) fn pages_for_problems(router: Router) -> Router {
    router.layer(middleware::from_fn(show))
}

async fn show(request: Request, next: Next) -> Response {
    let back = page_of_form(request.uri().path());
    let wants_page = accepts_pages(request.headers()) && !request.uri().path().starts_with("/v1/");
    let english = request
        .uri()
        .query()
        .is_some_and(|query| query.split('&').any(|pair| pair == "lang=en"));
    let language = if english { Language::En } else { Language::Zh };
    let response = next.run(request).await;
    let Some(problem) = response.extensions().get::<Problem>().cloned() else {
        return response;
    };
    if wants_page {
        page(response, problem, language, back)
    } else {
        response
    }
}

fn accepts_pages(headers: &HeaderMap) -> bool {
    headers
        .get(ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

/// The page whose form sends to a path: there the reader tries again.
fn page_of_form(path: &str) -> &'static str {
    match path {
        "/log" => "/log",
        "/verify" => "/verify",
        "/verify/list" | "/verify/list/template.xlsx" => "/verify/list",
        _ => "/",
    }
}

fn page(response: Response, problem: Problem, language: Language, back: &'static str) -> Response {
    let Ok(html) = page_of(problem, language, back) else {
        return response;
    };
    // Status and headers (Retry-After, Allow) stay; only the body is another.
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(CONTENT_LENGTH);
    let body = Html(html).into_response();
    if let Some(content_type) = body.headers().get(CONTENT_TYPE) {
        parts.headers.insert(CONTENT_TYPE, content_type.clone());
    }
    Response::from_parts(parts, body.into_body())
}

/// A problem as a page that leads back to another.
pub(super) fn page_of(
    problem: Problem,
    language: Language,
    back: &'static str,
) -> Result<String, askama::Error> {
    let choose = |words: crate::locale::Words| match language {
        Language::Zh => words.zh,
        Language::En => words.en,
    };
    ErrorPage {
        frame: Frame::bare(language).on(back),
        title: choose(problem.title),
        detail: problem.detail.map(choose),
        status: problem.status.as_u16(),
        code: problem.code,
    }
    .render()
}
