//! The W3C Verifiable Credentials Data Model 2.0, as far as a document can be held to it alone: what a
//! credential and a presentation must have (section 4), the extension points that must name their type
//! (section 5), names and descriptions (section 11.1).
//!
//! Stricter than the model: contexts other than those at hand, and inline contexts that do more than name
//! new terms, are refused, because nobody here could say what they mean.

use super::time::date_time_stamp;
use crate::credential::rdf::{contexts, guard};
use crate::domain::time::Instant;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// The first context of every document.
pub const BASE: &str = "https://www.w3.org/ns/credentials/v2";
/// What must name its type wherever it stands (section 4.5).
const TYPED: [&str; 5] = [
    "credentialStatus",
    "credentialSchema",
    "termsOfUse",
    "evidence",
    "refreshService",
];

/// What a document lacks, as the place and the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}: {1}")]
pub struct Malformed(pub &'static str, pub &'static str);

type Checked = Result<(), Malformed>;

fn must(holds: bool, place: &'static str, rule: &'static str) -> Checked {
    holds.then_some(()).ok_or(Malformed(place, rule))
}

/// Checks a credential, with or without its proof.
pub fn credential(document: &Value) -> Checked {
    let members = common(document, "VerifiableCredential")?;
    named(members)?;
    match members.get("issuer") {
        Some(Value::Object(issuer)) => {
            must(is_url(issuer.get("id")), "issuer", "its id is a URL")?;
            named(issuer)?;
        }
        issuer => must(
            is_url(issuer),
            "issuer",
            "a URL, or an object with one as id",
        )?,
    }
    let subjects = members.get("credentialSubject");
    let subjects = each(subjects.ok_or(Malformed("credentialSubject", "is there"))?);
    must(!subjects.is_empty(), "credentialSubject", "at least one")?;
    for subject in subjects {
        let subject = subject.as_object().filter(|it| !it.is_empty());
        let subject =
            subject.ok_or(Malformed("credentialSubject", "objects that say something"))?;
        let id = subject.get("id");
        must(
            id.is_none() || is_url(id),
            "credentialSubject",
            "its id is a URL",
        )?;
    }
    let from = instant(members, "validFrom")?;
    let until = instant(members, "validUntil")?;
    if let (Some(from), Some(until)) = (from, until) {
        must(from <= until, "validUntil", "not before validFrom")?;
    }
    for name in TYPED {
        extension(members, name)?;
    }
    related(members)
}

/// Checks a presentation and the credentials in it, but no proof.
pub fn presentation(document: &Value) -> Checked {
    let members = common(document, "VerifiablePresentation")?;
    if let Some(holder) = members.get("holder") {
        let id = holder.as_object().map_or(Some(holder), |it| it.get("id"));
        must(is_url(id), "holder", "a URL, or an object with one as id")?;
    }
    extension(members, "termsOfUse")?;
    for inner in members.get("verifiableCredential").map_or(&[][..], each) {
        must(inner.is_object(), "verifiableCredential", "objects")?;
        match types(inner).any(|it| it == "EnvelopedVerifiableCredential") {
            true => {
                let id = inner.get("id").and_then(Value::as_str).unwrap_or_default();
                must(
                    id.starts_with("data:"),
                    "verifiableCredential",
                    "an envelope is a data: URL",
                )?;
            }
            false => credential(inner)?,
        }
    }
    Ok(())
}

/// Contexts, types and id: what both kinds of documents have.
fn common<'v>(document: &'v Value, kind: &str) -> Result<&'v Map<String, Value>, Malformed> {
    let members = document.as_object().ok_or(Malformed("/", "an object"))?;
    let listed = members.get("@context").and_then(Value::as_array);
    let listed = listed.ok_or(Malformed("@context", "an ordered set"))?;
    let first = listed.first().and_then(Value::as_str);
    must(
        first == Some(BASE),
        "@context",
        "begins with the base context",
    )?;
    guard::context(&Value::Array(listed.clone())).map_err(|_| {
        Malformed(
            "@context",
            "contexts at hand, or objects that name new terms",
        )
    })?;
    must(
        types(document).any(|it| it == kind),
        "type",
        "names the kind of document",
    )?;
    known_types(document, &contexts::terms_of(listed))?;
    let id = members.get("id");
    must(id.is_none() || is_url(id), "id", "one URL")?;
    Ok(members)
}

fn types(document: &Value) -> impl Iterator<Item = &str> {
    let listed = document.get("type").map_or(&[][..], each);
    listed.iter().filter_map(Value::as_str)
}

/// Every type in a document is a term of its contexts or an absolute URL. As deep as the reader of
/// JSON lets a document be; a credential in a presentation has contexts of its own.
fn known_types(value: &Value, terms: &contexts::Defined) -> Checked {
    match value {
        Value::Array(values) => values.iter().try_for_each(|it| known_types(it, terms)),
        Value::Object(members) => {
            for (name, inner) in members {
                match name.as_str() {
                    "type" => {
                        let good = |it: &Value| {
                            let known = it.as_str().is_some_and(|it| terms.has(it));
                            known || is_url(Some(it))
                        };
                        let listed = each(inner);
                        must(
                            !listed.is_empty() && listed.iter().all(good),
                            "type",
                            "terms or URLs",
                        )?;
                    }
                    "@context" | "verifiableCredential" => {}
                    _ => known_types(inner, terms)?,
                }
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn named(members: &Map<String, Value>) -> Checked {
    let language = |value: &Value| match value {
        Value::String(_) => true,
        Value::Object(parts) => {
            parts.get("@value").is_some_and(Value::is_string)
                && parts.iter().all(|(name, value)| {
                    value.is_string()
                        && matches!(name.as_str(), "@value" | "@language" | "@direction")
                })
        }
        _ => false,
    };
    for name in ["name", "description"] {
        let values = members.get(name).map_or(&[][..], each);
        must(
            values.iter().all(language),
            name,
            "a string or a language value object",
        )?;
    }
    Ok(())
}

fn extension(members: &Map<String, Value>, name: &'static str) -> Checked {
    let Some(values) = members.get(name).map(each) else {
        return Ok(());
    };
    must(!values.is_empty(), name, "at least one")?;
    for value in values {
        must(types(value).next().is_some(), name, "has a type")?;
        let id = value.get("id");
        must(id.is_none() || is_url(id), name, "its id is a URL")?;
        must(
            name != "credentialSchema" || id.is_some(),
            name,
            "has an id",
        )?;
    }
    Ok(())
}

/// Related resources (section 5.3). Those at hand are compared with their digests.
fn related(members: &Map<String, Value>) -> Checked {
    const PLACE: &str = "relatedResource";
    let mut seen = BTreeSet::new();
    for resource in members.get(PLACE).map_or(&[][..], each) {
        let id = resource
            .get("id")
            .filter(|it| is_url(Some(it)))
            .and_then(Value::as_str);
        let id = id.ok_or(Malformed(PLACE, "objects with a URL as id"))?;
        must(seen.insert(id), PLACE, "each once")?;
        let text = |name: &str| resource.get(name).map(|it| it.as_str().unwrap_or_default());
        let (sri, multibase) = (text("digestSRI"), text("digestMultibase"));
        must(sri.is_some() || multibase.is_some(), PLACE, "has a digest")?;
        let content = contexts::at(id).map(|it| it.text.as_bytes());
        let holds = sri.is_none_or(|it| super::digest::sri(it, content))
            && multibase.is_none_or(|it| super::digest::multibase(it, content));
        must(holds, PLACE, "its digest is one, and that of the resource")?;
    }
    Ok(())
}

/// `dateTimeStamp` of XML Schema 1.1: with a zone.
fn instant(members: &Map<String, Value>, name: &'static str) -> Result<Option<Instant>, Malformed> {
    let Some(value) = members.get(name) else {
        return Ok(None);
    };
    let read = value.as_str().and_then(date_time_stamp);
    read.map(Some).ok_or(Malformed(name, "a dateTimeStamp"))
}

fn is_url(value: Option<&Value>) -> bool {
    value
        .and_then(Value::as_str)
        .is_some_and(guard::is_absolute)
}

fn each(value: &Value) -> &[Value] {
    match value {
        Value::Array(values) => values,
        value => std::slice::from_ref(value),
    }
}
