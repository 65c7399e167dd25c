//! The public look-up (公开查询).

use crate::app::public::{Asked, LookedUp};
use crate::http::{Problem, Served};
use crate::locale::Language;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};
use zeroize::Zeroizing;

/// Bytes of a request.
pub const BYTES_MAX: usize = 4 * 1024;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LookUp {
    number: String,
    #[serde(default)]
    name: Option<Zeroizing<String>>,
    #[serde(default)]
    document_number: Option<Zeroizing<String>>,
}

/// `POST /v1/look-up`: a certificate by its number AND the holder's name or document number.
///
/// Body: `{"number":"S0000…","name":"张伟"}` or `{"number":"S0000…","document_number":"…"}`.
/// Answer: as `POST /v1/verify`, with `found` and, in `certificate`, name and document masked.
/// A number that does not exist and a holder who does not match are answered alike, after the
/// same time: `{"found":false,"outcome":"unknown","checks":[],"as_of":null,"certificate":null}`.
/// What was typed is in no log; a look at a person's certificate goes into the access journal.
pub async fn look_up(
    State(served): State<Served>,
    body: Result<Bytes, axum::extract::rejection::BytesRejection>,
) -> Result<Json<Value>, Problem> {
    let body = body.map_err(|_| Problem::new("too-large"))?;
    let asked: LookUp = serde_json::from_slice(&body).map_err(|_| Problem::new("bad-request"))?;
    let asked = Asked::from_fields(&asked.number, asked.name, asked.document_number)
        .ok_or_else(|| Problem::new("name-or-document-needed"))?;
    let documents = served.documents.get(&served.ledger).await?;
    let answer = served.ledger.public_look_up(&asked, &documents).await?;
    Ok(Json(to_json(answer.as_ref())))
}

fn to_json(answer: Option<&LookedUp>) -> Value {
    let Some(answer) = answer else {
        return json!({"found": false, "outcome": "unknown", "checks": [], "as_of": null,
            "as_of_position": null, "certificate": null});
    };
    let mut told = answer.report.to_json(Language::Zh);
    if let Some(told) = told.as_object_mut() {
        told.insert("found".to_owned(), Value::Bool(true));
        told.insert("as_of_position".to_owned(), answer.as_of_position.into());
        told.insert("as_of".to_owned(), answer.as_of.to_string().into());
    }
    told
}
