//! Canonical N-Quads (RDF Dataset Canonicalization 1.0, section 5), of the default graph.
//!
//! One statement a line, `SUBJECT PREDICATE OBJECT .` and LF; lines in the order of their code
//! points, each once. In literals `"` `\` and BS HT LF FF CR are written as `\"` `\\` `\b` `\t` `\n`
//! `\f` `\r`; every other character stands for itself. The datatype `xsd:string` is not written.
//!
//! Refused, because writers do not agree on their spelling or because an IRI may not hold them:
//! other control characters, U+FFFE and U+FFFF; in IRIs whatever is not visible ASCII, and
//! `<` `>` `"` `{` `}` `|` `^` `` ` `` `\`.

use std::ops::Range;

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

/// Statements of a default graph, all in one text.
#[derive(Clone, Debug)]
pub struct Statements {
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
    /// Where the last subject stands: it is looked at once, however much is said of it.
    subject: Range<usize>,
}

impl Default for Statements {
    fn default() -> Self {
        Self {
            // A certificate's, and those of its scores.
            text: String::with_capacity(16 * 1024),
            ends: Vec::with_capacity(128),
            subject: 0..0,
        }
    }
}

impl Statements {
    /// Adds a statement. The predicate and a datatype are IRIs that we chose, so they are not looked at.
    pub fn add(
        &mut self,
        subject: Node<'_>,
        predicate: &'static str,
        object: Object<'_>,
    ) -> Result<(), Unwritable> {
        self.subject(subject)?;
        let text = &mut self.text;
        text.push_str(" <");
        text.push_str(predicate);
        text.push_str("> ");
        match object {
            Object::Node(it) => node(text, it)?,
            Object::Text(it) => literal(text, it)?,
            Object::Typed(it, datatype) => {
                literal(text, it)?;
                text.push_str("^^<");
                text.push_str(datatype);
                text.push('>');
            }
        }
        text.push_str(" .\n");
        self.ends.push(text.len());
        Ok(())
    }

    fn subject(&mut self, subject: Node<'_>) -> Result<(), Unwritable> {
        let text = &mut self.text;
        let begin = text.len() + 1;
        match subject {
            Node::Iri(iri) if text.get(self.subject.clone()) == Some(iri) => name(text, iri),
            subject => node(text, subject)?,
        }
        self.subject = begin..text.len() - 1;
        Ok(())
    }

    /// The canonical text, unless a statement stands twice.
    pub fn to_text(&self) -> Result<String, Unwritable> {
        let mut begin = 0;
        let mut lines: Vec<&str> = Vec::with_capacity(self.ends.len());
        for &end in &self.ends {
            lines.extend(self.text.get(begin..end));
            begin = end;
        }
        // Bytes of UTF-8 and code points have the same order.
        lines.sort_unstable();
        if lines.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(Unwritable::Twice);
        }
        Ok(lines.concat())
    }
}

/// Which bytes an IRI may be made of.
const IN_IRIS: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = b'!';
    while byte <= b'~' {
        table[byte as usize] = !matches!(
            byte,
            b'<' | b'>' | b'"' | b'{' | b'}' | b'|' | b'^' | b'`' | b'\\'
        );
        byte += 1;
    }
    table
};

fn node(text: &mut String, node: Node<'_>) -> Result<(), Unwritable> {
    let iri = match node {
        Node::OnlyBlank => {
            text.push_str("_:c14n0");
            return Ok(());
        }
        Node::Iri(iri) => iri,
    };
    // A scheme comes first: a relative reference would mean another thing elsewhere.
    if !iri.contains(':') || iri.bytes().any(|byte| !IN_IRIS[usize::from(byte)]) {
        return Err(Unwritable::Character);
    }
    name(text, iri);
    Ok(())
}

fn name(text: &mut String, iri: &str) {
    text.push('<');
    text.push_str(iri);
    text.push('>');
}

/// Whether a text is written as it is, by its bytes alone: none that is escaped, a control character, or
/// the first of one beyond ASCII (C2) or of U+FFFE and U+FFFF (EF).
fn is_plain(text: &str) -> bool {
    const PLAIN: [bool; 256] = {
        let mut table = [true; 256];
        let mut byte = 0;
        while byte < 256 {
            table[byte] = byte >= 0x20 && !matches!(byte, 0x22 | 0x5c | 0x7f | 0xc2 | 0xef);
            byte += 1;
        }
        table
    };
    text.bytes().all(|byte| PLAIN[usize::from(byte)])
}

fn literal(text: &mut String, value: &str) -> Result<(), Unwritable> {
    text.push('"');
    if is_plain(value) {
        text.push_str(value);
        text.push('"');
        return Ok(());
    }
    for c in value.chars() {
        match c {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\u{8}' => text.push_str("\\b"),
            '\t' => text.push_str("\\t"),
            '\n' => text.push_str("\\n"),
            '\u{c}' => text.push_str("\\f"),
            '\r' => text.push_str("\\r"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                return Err(Unwritable::Character);
            }
            c => text.push(c),
        }
    }
    text.push('"');
    Ok(())
}
