//! Canonical N-Quads (RDF Dataset Canonicalization 1.0, section 5), of the default graph.
//!
//! One statement a line, `SUBJECT PREDICATE OBJECT .` and LF; lines in the order of their code
//! points, each once. In literals `"` `\` and BS HT LF FF CR are written as `\"` `\\` `\b` `\t` `\n`
//! `\f` `\r`; every other character stands for itself. The datatype `xsd:string` is not written.
//!
//! Refused, because writers do not agree on their spelling or because an IRI may not hold them:
//! other control characters, U+FFFE and U+FFFF; in IRIs whatever is not visible ASCII, and
//! `<` `>` `"` `{` `}` `|` `^` `` ` `` `\`.

use std::collections::BTreeSet;

/// A statement that is not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unwritable {
    /// A character that may not stand where it stands, or an IRI without a scheme.
    #[error("a character that cannot be written in canonical N-Quads")]
    Character,
    /// The statement is there already: two places of a document would become one, and who reads the
    /// statements could not tell that there were two.
    #[error("a statement that stands twice")]
    Twice,
}

/// A node: named by an IRI, or the one blank node of a dataset that has no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node<'a> {
    /// An absolute IRI.
    Iri(&'a str),
    /// `_:c14n0`: where only one node has no name, its canonical label needs no search.
    OnlyBlank,
}

/// What a statement says of its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Object<'a> {
    /// Another node.
    Node(Node<'a>),
    /// A text.
    Text(&'a str),
    /// A text of a datatype, named by its IRI.
    Typed(&'a str, &'static str),
}

/// Statements of a default graph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statements(BTreeSet<String>);

impl Statements {
    /// Adds a statement.
    pub fn add(
        &mut self,
        subject: Node<'_>,
        predicate: &str,
        object: Object<'_>,
    ) -> Result<(), Unwritable> {
        let subject = node(subject)?;
        let predicate = node(Node::Iri(predicate))?;
        let object = match object {
            Object::Node(it) => node(it)?,
            Object::Text(text) => literal(text)?,
            Object::Typed(text, datatype) => {
                format!("{}^^{}", literal(text)?, node(Node::Iri(datatype))?)
            }
        };
        match self.0.insert(format!("{subject} {predicate} {object} .\n")) {
            true => Ok(()),
            false => Err(Unwritable::Twice),
        }
    }

    /// The canonical text.
    pub fn to_text(&self) -> String {
        // Bytes of UTF-8 and code points have the same order.
        self.0.iter().map(String::as_str).collect()
    }
}

fn node(node: Node<'_>) -> Result<String, Unwritable> {
    let iri = match node {
        Node::OnlyBlank => return Ok("_:c14n0".to_owned()),
        Node::Iri(iri) => iri,
    };
    let forbidden = |b: u8| !b.is_ascii_graphic() || b"<>\"{}|^`\\".contains(&b);
    // A scheme comes first: a relative reference would mean another thing elsewhere.
    if !iri.contains(':') || iri.bytes().any(forbidden) {
        return Err(Unwritable::Character);
    }
    Ok(format!("<{iri}>"))
}

fn literal(text: &str) -> Result<String, Unwritable> {
    let mut written = String::with_capacity(text.len() + 2);
    written.push('"');
    for c in text.chars() {
        match c {
            '"' => written.push_str("\\\""),
            '\\' => written.push_str("\\\\"),
            '\u{8}' => written.push_str("\\b"),
            '\t' => written.push_str("\\t"),
            '\n' => written.push_str("\\n"),
            '\u{c}' => written.push_str("\\f"),
            '\r' => written.push_str("\\r"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                return Err(Unwritable::Character);
            }
            c => written.push(c),
        }
    }
    written.push('"');
    Ok(written)
}
