//! The canonical N-Quads of any document, by a JSON-LD processor: `oxjsonld`, then `rdf-canon`.
//!
//! Nothing that issues or verifies a certificate of ours comes here. It is what
//! [`certificate`](super::certificate) is held against in the tests, and how the conformance door reads
//! what others hand in. The processor has no safe mode of its own: what it does not understand it leaves
//! out in silence, and then it is not signed. Three things stand against that:
//!
//! - the [`guard`] refuses what is not read here before the processor sees it;
//! - a sentinel, a context of ours in front of the document's: a term that no context defines, and a
//!   relative IRI, end under an address that is nobody's, and any statement with it is an error;
//! - the count: a document makes one statement for each value of each of its members. One fewer and
//!   something was left out.
//!
//! Work is bounded: the document's size by the guard, the search for names of blank nodes by
//! `rdf-canon`, which gives up after 4,000 calls of Hash N-Degree Quads.

use super::contexts;
use super::guard::{self, Refused};
use oxjsonld::{JsonLdParser, JsonLdRemoteDocument};
use oxrdf::{BlankNode, Dataset, GraphName, Literal, NamedNode, Quad, Subject, Term};
use rdf_canon::canonicalize;
use serde_json::{Value, json};

const SENTINEL: &str = "https://sentinel.invalid/";

/// Why a document has no canonical N-Quads here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotRdf {
    /// It has what is not read here.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The processor found an error.
    #[error("not JSON-LD")]
    Syntax,
    /// A term that no context defines, or a relative IRI.
    #[error("a term that no context defines, or a relative IRI")]
    Undefined,
    /// A member gave no statement.
    #[error("a member gave no statement")]
    Dropped,
    /// Its blank nodes are too much alike.
    #[error("too many blank nodes that are alike")]
    TooAlike,
}

/// The canonical N-Quads of a document (RDFC-1.0 with SHA-256).
pub fn canonical(document: &Value) -> Result<String, NotRdf> {
    let counted = guard::check(document)?;
    let mut document = document.clone();
    watch(&mut document);
    let quads = statements(&document)?;
    if quads.len() != counted.statements {
        return Err(NotRdf::Dropped);
    }
    let dataset: Dataset = quads.into_iter().collect();
    canonicalize(&dataset).map_err(|_| NotRdf::TooAlike)
}

/// Puts the sentinel in front of every context, so that a context may still say otherwise.
fn watch(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(watch),
        Value::Object(members) => {
            members.values_mut().for_each(watch);
            if let Some(context) = members.get_mut("@context") {
                let sentinel = json!({"@vocab": SENTINEL, "@base": SENTINEL});
                let theirs = match context.take() {
                    Value::Array(theirs) => theirs,
                    one => vec![one],
                };
                *context = [vec![sentinel], theirs].concat().into();
            }
        }
        _ => {}
    }
}

/// Every statement the processor makes, as often as it makes it.
fn statements(document: &Value) -> Result<Vec<Quad>, NotRdf> {
    let bytes = document.to_string();
    let parser = JsonLdParser::new().with_base_iri(SENTINEL);
    let parser = parser.map_err(|_| NotRdf::Syntax)?.for_slice(&bytes);
    let parser = parser.with_load_document_callback(|url, _| {
        let context = contexts::at(url).ok_or("a context that is not at hand")?;
        Ok(JsonLdRemoteDocument {
            document: context.text.as_bytes().to_vec(),
            document_url: url.to_owned(),
        })
    });
    let mut quads = Vec::new();
    for quad in parser {
        quads.push(converted(quad.map_err(|_| NotRdf::Syntax)?)?);
    }
    Ok(quads)
}

/// A statement in the types of the crate that canonicalises, which builds on an older `oxrdf`.
fn converted(quad: oxjsonld_oxrdf::Quad) -> Result<Quad, NotRdf> {
    use oxjsonld_oxrdf::{GraphName as Graph, NamedOrBlankNode as Node, Term as Object};
    let blank = |node: oxjsonld_oxrdf::BlankNode| BlankNode::new_unchecked(node.into_string());
    let subject: Subject = match quad.subject {
        Node::NamedNode(node) => named(node)?.into(),
        Node::BlankNode(node) => blank(node).into(),
    };
    let object: Term = match quad.object {
        Object::NamedNode(node) => named(node)?.into(),
        Object::BlankNode(node) => blank(node).into(),
        Object::Literal(literal) => {
            let language = literal.language().map(str::to_owned);
            let (text, datatype, _) = literal.destruct();
            match (language, datatype) {
                (Some(tag), _) => Literal::new_language_tagged_literal_unchecked(text, tag).into(),
                (None, Some(datatype)) => Literal::new_typed_literal(text, named(datatype)?).into(),
                (None, None) => Literal::new_simple_literal(text).into(),
            }
        }
    };
    let graph: GraphName = match quad.graph_name {
        Graph::DefaultGraph => GraphName::DefaultGraph,
        Graph::NamedNode(node) => named(node)?.into(),
        Graph::BlankNode(node) => blank(node).into(),
    };
    Ok(Quad::new(subject, named(quad.predicate)?, object, graph))
}

fn named(node: oxjsonld_oxrdf::NamedNode) -> Result<NamedNode, NotRdf> {
    match node.as_str().starts_with(SENTINEL) {
        true => Err(NotRdf::Undefined),
        false => Ok(NamedNode::new_unchecked(node.into_string())),
    }
}
