//! `/log`: the public log for people: its head, who has cosigned it, and the way from one certificate to
//! it. The server hands out the proof; the reader's own browser checks it (`assets/log.js`).

use super::assets::LOG_SCRIPT;
use super::frame::{Asking, Frame};
use crate::app::public::Asked;
use crate::domain::time::Instant;
use crate::http::{Problem, Served};
use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::cosignature::{COSIGNATURE_BYTES, Cosignature};
use crate::tlog::note::Note;
use askama::Template;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Query, State};
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;
use zeroize::Zeroizing;

#[derive(Template)]
#[template(path = "log.html", config = "src/web/askama.toml")]
pub(super) struct LogPage {
    pub(super) frame: Frame,
    pub(super) head: Head,
    pub(super) vkey: String,
    pub(super) found: Option<Found>,
    pub(super) complaint: Option<String>,
    pub(super) number: String,
    pub(super) name: Zeroizing<String>,
}

/// What is shown of the published head.
pub(super) struct Head {
    pub(super) origin: String,
    pub(super) size: String,
    pub(super) root: String,
    pub(super) signed_at: String,
    /// Cosignatures: name and time, as they say; the server does not judge whom to believe.
    pub(super) witnesses: Vec<(String, String)>,
}

/// A certificate's proof, as its file has it.
pub(super) struct Found {
    pub(super) number: String,
    pub(super) proof: String,
}

impl LogPage {
    /// The words that the script shows.
    fn said(&self, key: &str) -> String {
        self.frame.t(&format!("web-log-{key}"))
    }
    fn script(&self) -> String {
        LOG_SCRIPT.path()
    }
    fn show(&self) -> Response {
        match self.render() {
            Ok(html) => Html(html).into_response(),
            Err(_) => Problem::new("internal").into_response(),
        }
    }
}

impl Head {
    pub(super) fn of(note: &str, signed_at: Instant) -> Option<Self> {
        let note = Note::parse(note.as_bytes()).ok()?;
        let head = Checkpoint::parse(note.text()).ok()?;
        // A line of the log itself is shorter.
        let cosigned = note.signatures().iter();
        let cosigned = cosigned.filter(|line| line.signature.len() == COSIGNATURE_BYTES);
        let witnesses = cosigned.filter_map(|line| {
            let time = Cosignature::from_bytes(&line.signature).ok()?.time;
            let at = Instant(i64::try_from(time).ok()?.checked_mul(1_000_000)?);
            Some((line.name.clone(), at.show_in_china()))
        });
        Some(Self {
            origin: head.origin,
            size: head.size.to_string(),
            root: hex::encode(head.root),
            signed_at: signed_at.show_in_china(),
            witnesses: witnesses.collect(),
        })
    }
}

async fn page(served: &Served, asking: &Asking) -> Result<LogPage, Problem> {
    let frame = Frame::of(served, asking.language()).await.on("/log");
    let head = served.ledger.published_head().await?;
    let keys = served.ledger.log_keys().await?;
    // The newest of those that have signed it.
    let key = keys.signing(head.tree_size).last().cloned();
    let key = key.ok_or_else(|| Problem::new("internal"))?;
    let head = Head::of(&head.note, head.signed_at);
    Ok(LogPage {
        head: head.ok_or_else(|| Problem::new("internal"))?,
        frame,
        vkey: key.to_string(),
        found: None,
        complaint: None,
        number: String::new(),
        name: Zeroizing::default(),
    })
}

/// `GET /log`
pub(super) async fn empty(
    State(served): State<Served>,
    Query(asking): Query<Asking>,
) -> Result<Response, Problem> {
    Ok(page(&served, &asking).await?.show())
}

/// The fields of the form.
#[derive(Deserialize)]
pub(super) struct LogForm {
    #[serde(default)]
    number: String,
    #[serde(default)]
    name: Zeroizing<String>,
}

/// `POST /log`: the proof of a certificate, by its number and its holder's name. What does not match
/// and what does not exist are answered alike; the look goes into the access journal.
pub(super) async fn search(
    State(served): State<Served>,
    Query(asking): Query<Asking>,
    form: Result<Form<LogForm>, FormRejection>,
) -> Result<Response, Problem> {
    let Form(form) = form.map_err(|_| Problem::new("bad-request"))?;
    let mut page = page(&served, &asking).await?;
    let asked = Asked::from_fields(&form.number, Some(form.name.clone()), None);
    page.number = form.number;
    page.name = form.name;
    match asked {
        None => page.complaint = Some(page.frame.t("web-log-needed")),
        Some(asked) => match served.ledger.public_proof(&asked).await? {
            Some((number, proof)) => page.found = Some(Found { number, proof }),
            None => page.complaint = Some(page.frame.t("web-not-found-1")),
        },
    }
    Ok(page.show())
}
