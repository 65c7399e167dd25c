//! What of JSON-LD is not read, because readers do not agree on it or leave it out in silence.
//!
//! Read are objects of terms, arrays of texts and objects, value objects of `@value` and `@language`,
//! and `@context` on the document and on what stands in `verifiableCredential`: addresses of contexts at hand,
//! and objects that do no more than give new names to IRIs.
//!
//! Refused though JSON-LD allows them: other contexts inline, elsewhere or unknown; every other keyword;
//! names with `:`; null, empty arrays, empty objects, arrays in arrays; numbers with a fraction or
//! beyond ±(2^53 − 1); members kept as lists or JSON; graphs (`proof`, `verifiableCredential`) that are no nodes or
//! have nothing but an id; nodes of two types with contexts of their own; control
//! characters, U+FFFE, U+FFFF; language tags with capitals; blank nodes with names.

use super::contexts;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Deepest nesting.
pub const DEPTH_MAX: usize = 32;
/// Most values of a document.
pub const VALUES_MAX: usize = 4_096;
/// Most objects without an `id`.
pub const BLANK_MAX: usize = 256;

/// Why a document is not read as RDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// A context that is inline, unknown or out of place.
    #[error("a context that is not read here")]
    Context,
    /// A keyword, or a name that is no term.
    #[error("a member name that is not read here")]
    Name,
    /// A value that would be left out, or whose statements nobody agrees on.
    #[error("a value that is not read here")]
    Value,
    /// Too deep, too many values, too many nodes without a name.
    #[error("too large")]
    TooLarge,
}

/// What was counted in a document that may be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// How many statements it makes if nothing is left out: one for each value of each member.
    pub statements: usize,
    blank: usize,
    values: usize,
}

/// Checks a document and counts its statements.
pub fn check(document: &Value) -> Result<Counted, Refused> {
    let members = document.as_object().ok_or(Refused::Value)?;
    let mut counted = Counted::default();
    context(members.get("@context").ok_or(Refused::Context)?)?;
    node(members, &mut counted, 0, true)?;
    Ok(counted)
}

/// Whether these contexts are read here.
pub fn context(value: &Value) -> Result<(), Refused> {
    let listed = match value {
        Value::Array(all) if all.is_empty() => return Err(Refused::Context),
        Value::Array(all) => all,
        one => std::slice::from_ref(one),
    };
    let mut own = BTreeSet::new();
    for one in listed {
        let names = match one {
            Value::String(url) if contexts::at(url).is_some() => continue,
            Value::Object(names) => names,
            _ => return Err(Refused::Context),
        };
        for (name, iri) in names {
            // A name that a context at hand has anywhere could be one that it protects.
            let is_new =
                is_plain_name(name) && !contexts::terms().all.contains(name) && own.insert(name);
            if !is_new || !iri.as_str().is_some_and(is_absolute) {
                return Err(Refused::Context);
            }
        }
    }
    Ok(())
}

fn is_plain_name(name: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphanumeric();
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(letter)
}

/// Whether a text is an absolute IRI.
pub fn is_absolute(text: &str) -> bool {
    oxrdf::NamedNode::new(text).is_ok()
}

fn node(
    members: &Map<String, Value>,
    counted: &mut Counted,
    depth: usize,
    has_context: bool,
) -> Result<(), Refused> {
    if depth >= DEPTH_MAX {
        return Err(Refused::TooLarge);
    }
    if members.keys().all(|name| name == "@context") {
        return Err(Refused::Value);
    }
    if !members.contains_key("id") {
        counted.blank += 1;
        if counted.blank > BLANK_MAX {
            return Err(Refused::TooLarge);
        }
    }
    for (name, value) in members {
        match name.as_str() {
            "@context" if has_context => {}
            "@context" => return Err(Refused::Context),
            "id" => {
                let id = value.as_str().ok_or(Refused::Value)?;
                // A name that only this document knows would be renamed.
                if id.starts_with("_:") {
                    return Err(Refused::Value);
                }
                text(id)?;
            }
            "type" => types(value, counted)?,
            name if name.starts_with('@') || name.contains(':') => return Err(Refused::Name),
            name if contexts::terms().uncounted.contains(name) => return Err(Refused::Name),
            name => {
                text(name)?;
                let embedded = name == "verifiableCredential";
                if contexts::terms().graphs.contains(name) {
                    graphs(value)?;
                }
                values(value, counted, depth + 1, embedded)?;
            }
        }
    }
    Ok(())
}

fn types(value: &Value, counted: &mut Counted) -> Result<(), Refused> {
    let mut scoped = 0;
    for word in each(value)? {
        let word = word.as_str().ok_or(Refused::Value)?;
        text(word)?;
        if word.starts_with("_:") {
            return Err(Refused::Value);
        }
        scoped += usize::from(contexts::terms().scoped.contains(word));
        count(counted)?;
    }
    // Which of two scoped contexts comes last is not the same for all readers.
    (scoped < 2).then_some(()).ok_or(Refused::Value)
}

fn values(
    value: &Value,
    counted: &mut Counted,
    depth: usize,
    has_context: bool,
) -> Result<(), Refused> {
    for one in each(value)? {
        count(counted)?;
        match one {
            Value::Object(members) if members.contains_key("@value") => literal(members)?,
            Value::Object(members) => {
                if let Some(inner) = members.get("@context").filter(|_| has_context) {
                    context(inner)?;
                }
                node(members, counted, depth, has_context)?;
            }
            Value::String(it) => text(it)?,
            Value::Bool(_) => {}
            Value::Number(it) => number(it)?,
            Value::Null | Value::Array(_) => return Err(Refused::Value),
        }
    }
    Ok(())
}

/// Graphs are nodes that say something. A processor leaves others out, and the graph stays.
fn graphs(value: &Value) -> Result<(), Refused> {
    let says = |name: &String| name != "id" && !name.starts_with('@');
    let good = |it: &Value| it.as_object().is_some_and(|it| it.keys().any(says));
    let all = each(value)?.iter().all(good);
    all.then_some(()).ok_or(Refused::Value)
}

/// `{"@value": text, "@language": tag}`.
fn literal(members: &Map<String, Value>) -> Result<(), Refused> {
    for (name, value) in members {
        let value = value.as_str().ok_or(Refused::Value)?;
        text(value)?;
        let tag = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        match name.as_str() {
            "@value" => {}
            "@language" if !value.is_empty() && value.bytes().all(tag) => {}
            "@language" => return Err(Refused::Value),
            _ => return Err(Refused::Name),
        }
    }
    Ok(())
}

fn number(number: &serde_json::Number) -> Result<(), Refused> {
    let safe = number.as_i64().map(i64::unsigned_abs).or(number.as_u64());
    let safe = safe.is_some_and(|it| it < 1 << 53);
    safe.then_some(()).ok_or(Refused::Value)
}

fn text(text: &str) -> Result<(), Refused> {
    let unwritable = |c: char| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}');
    match text.contains(unwritable) {
        true => Err(Refused::Value),
        false => Ok(()),
    }
}

fn count(counted: &mut Counted) -> Result<(), Refused> {
    counted.statements += 1;
    counted.values += 1;
    match counted.values > VALUES_MAX {
        true => Err(Refused::TooLarge),
        false => Ok(()),
    }
}

fn each(value: &Value) -> Result<&[Value], Refused> {
    match value {
        Value::Array(values) if values.is_empty() => Err(Refused::Value),
        Value::Array(values) => Ok(values),
        value => Ok(std::slice::from_ref(value)),
    }
}
