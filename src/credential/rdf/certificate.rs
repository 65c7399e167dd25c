//! The statements of a certificate and of its proof, without a JSON-LD processor.
//!
//! The shapes below say of every member of [`v2::render`](crate::credential::vc::v2::render) and of
//! the proof which predicate it is and of what datatype, as the two contexts of a certificate do. A
//! member, a type or a form of value that no shape knows is an error: nothing is ever left out.
//!
//! Two claim sets have the same statements only if they are the same: every node has an id of its own,
//! made from its place in the document, and says each thing once. A statement that would stand twice,
//! as it does where two nodes share an id, is an error.

use super::nquads::{Node, Object, Statements, Unwritable};
use serde_json::{Map, Value, json};

/// A document that is not of the shape of a certificate or its proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoStatements {
    /// A member, type or value that is in no shape.
    #[error("a member that has no place in the statements of a certificate")]
    Shape,
    /// A character that cannot be written.
    #[error(transparent)]
    Unwritable(#[from] Unwritable),
}

/// How the value of a member becomes the object of its statement.
enum Form {
    /// A text.
    Text,
    /// A text, `true` or `false`, of this datatype.
    Typed(&'static str),
    /// An IRI.
    Iri,
    /// A word that the shape itself names, as this IRI.
    Word(&'static str, &'static str),
    /// A node of this shape, or an array of them.
    Node(&'static Shape),
}

/// One kind of node.
struct Shape {
    /// Its types: word and IRI.
    types: &'static [(&'static str, &'static str)],
    /// Its other members: name, predicate, form.
    members: &'static [(&'static str, &'static str, Form)],
}

const RDF_TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const DATE_TIME: &str = "http://www.w3.org/2001/XMLSchema#dateTime";

/// Terms of the Open Badges vocabulary.
macro_rules! ob {
    ($name:literal) => {
        concat!("https://purl.imsglobal.org/spec/vc/ob/vocab.html#", $name)
    };
}
/// The datatypes of the Open Badges context: it writes them with `https`, and they are signed so.
macro_rules! ob_xsd {
    ($name:literal) => {
        concat!("https://www.w3.org/2001/XMLSchema#", $name)
    };
}
macro_rules! schema {
    ($name:literal) => {
        concat!("https://schema.org/", $name)
    };
}
macro_rules! credentials {
    ($name:literal) => {
        concat!("https://www.w3.org/2018/credentials#", $name)
    };
}
macro_rules! status {
    ($name:literal) => {
        concat!("https://www.w3.org/ns/credentials/status#", $name)
    };
}
macro_rules! security {
    ($name:literal) => {
        concat!("https://w3id.org/security#", $name)
    };
}

static CREDENTIAL: Shape = Shape {
    types: &[
        ("VerifiableCredential", credentials!("VerifiableCredential")),
        ("OpenBadgeCredential", ob!("OpenBadgeCredential")),
    ],
    members: &[
        ("name", schema!("name"), Form::Text),
        ("issuer", credentials!("issuer"), Form::Node(&ISSUER)),
        (
            "validFrom",
            credentials!("validFrom"),
            Form::Typed(DATE_TIME),
        ),
        (
            "credentialSubject",
            credentials!("credentialSubject"),
            Form::Node(&SUBJECT),
        ),
        (
            "credentialStatus",
            credentials!("credentialStatus"),
            Form::Node(&STATUS),
        ),
    ],
};

static ISSUER: Shape = Shape {
    types: &[("Profile", ob!("Profile"))],
    members: &[
        ("name", schema!("name"), Form::Text),
        ("description", schema!("description"), Form::Text),
        (
            "otherIdentifier",
            ob!("otherIdentifier"),
            Form::Node(&IDENTIFIER),
        ),
    ],
};

static IDENTIFIER: Shape = Shape {
    types: &[("IdentifierEntry", ob!("IdentifierEntry"))],
    members: &[
        ("identifierType", ob!("identifierType"), Form::Text),
        ("identifier", ob!("identifier"), Form::Text),
    ],
};

static SUBJECT: Shape = Shape {
    types: &[("AchievementSubject", ob!("AchievementSubject"))],
    members: &[
        ("identifier", ob!("identifier"), Form::Node(&IDENTITY)),
        ("licenseNumber", ob!("licenseNumber"), Form::Text),
        (
            "activityEndDate",
            ob!("activityEndDate"),
            Form::Typed(ob_xsd!("date")),
        ),
        ("term", ob!("term"), Form::Text),
        ("achievement", ob!("achievement"), Form::Node(&ACHIEVEMENT)),
        ("result", ob!("result"), Form::Node(&RESULT)),
    ],
};

static RESULT: Shape = Shape {
    types: &[("Result", ob!("Result"))],
    members: &[
        (
            "resultDescription",
            ob!("resultDescription"),
            Form::Typed(ob_xsd!("anyURI")),
        ),
        ("value", schema!("value"), Form::Text),
    ],
};

static RESULT_DESCRIPTION: Shape = Shape {
    types: &[("ResultDescription", ob!("ResultDescription"))],
    members: &[
        ("name", schema!("name"), Form::Text),
        ("resultType", ob!("resultType"), Form::Text),
        ("valueMin", ob!("valueMin"), Form::Text),
        ("valueMax", ob!("valueMax"), Form::Text),
        ("requiredValue", ob!("requiredValue"), Form::Text),
    ],
};

static IDENTITY: Shape = Shape {
    types: &[("IdentityObject", ob!("IdentityObject"))],
    members: &[
        ("hashed", ob!("hashed"), Form::Typed(ob_xsd!("boolean"))),
        ("identityHash", ob!("identityHash"), Form::Text),
        ("identityType", ob!("identityType"), Form::Text),
    ],
};

static ACHIEVEMENT: Shape = Shape {
    types: &[("Achievement", ob!("Achievement"))],
    members: &[
        ("achievementType", ob!("achievementType"), Form::Text),
        ("name", schema!("name"), Form::Text),
        ("description", schema!("description"), Form::Text),
        // The context names the predicate like the class.
        ("criteria", ob!("Criteria"), Form::Node(&CRITERIA)),
        ("inLanguage", schema!("inLanguage"), Form::Text),
        ("specialization", ob!("specialization"), Form::Text),
        (
            "otherIdentifier",
            ob!("otherIdentifier"),
            Form::Node(&IDENTIFIER),
        ),
        ("alignment", ob!("alignment"), Form::Node(&ALIGNMENT)),
        (
            "resultDescription",
            ob!("resultDescription"),
            Form::Node(&RESULT_DESCRIPTION),
        ),
    ],
};

static CRITERIA: Shape = Shape {
    types: &[],
    members: &[("narrative", ob!("narrative"), Form::Text)],
};

static ALIGNMENT: Shape = Shape {
    types: &[("Alignment", schema!("AlignmentObject"))],
    members: &[
        ("targetName", schema!("targetName"), Form::Text),
        (
            "targetDescription",
            schema!("targetDescription"),
            Form::Text,
        ),
        (
            "targetUrl",
            schema!("targetUrl"),
            Form::Typed(ob_xsd!("anyURI")),
        ),
        ("targetCode", ob!("targetCode"), Form::Text),
        ("targetFramework", schema!("targetFramework"), Form::Text),
    ],
};

static STATUS: Shape = Shape {
    types: &[(
        "BitstringStatusListEntry",
        status!("BitstringStatusListEntry"),
    )],
    members: &[
        ("statusPurpose", status!("statusPurpose"), Form::Text),
        ("statusListIndex", status!("statusListIndex"), Form::Text),
        (
            "statusListCredential",
            status!("statusListCredential"),
            Form::Iri,
        ),
    ],
};

static PROOF: Shape = Shape {
    types: &[("DataIntegrityProof", security!("DataIntegrityProof"))],
    members: &[
        (
            "cryptosuite",
            security!("cryptosuite"),
            Form::Typed(security!("cryptosuiteString")),
        ),
        (
            "created",
            "http://purl.org/dc/terms/created",
            Form::Typed(DATE_TIME),
        ),
        (
            "verificationMethod",
            security!("verificationMethod"),
            Form::Iri,
        ),
        (
            "proofPurpose",
            security!("proofPurpose"),
            Form::Word("assertionMethod", security!("assertionMethod")),
        ),
    ],
};

/// The shapes of a certificate and of its proof as JSON, for the verifier of the page: of a node its
/// `types` by word and its `members` by name, each with its `predicate`, its `form` and what belongs to
/// it; `type` is the predicate of types.
pub fn shapes() -> Value {
    json!({"type": RDF_TYPE, "credential": shown(&CREDENTIAL), "proof": shown(&PROOF)})
}

fn shown(shape: &Shape) -> Value {
    let types = shape.types.iter();
    let types = types.map(|(word, iri)| ((*word).to_owned(), json!(iri)));
    let members = shape.members.iter().map(|(name, predicate, form)| {
        let mut member = match form {
            Form::Text => json!({"form": "text"}),
            Form::Typed(datatype) => json!({"form": "typed", "datatype": datatype}),
            Form::Iri => json!({"form": "iri"}),
            Form::Word(word, iri) => json!({"form": "word", "word": word, "iri": iri}),
            Form::Node(shape) => json!({"form": "node", "shape": shown(shape)}),
        };
        member["predicate"] = json!(predicate);
        ((*name).to_owned(), member)
    });
    json!({"types": Map::from_iter(types), "members": Map::from_iter(members)})
}

/// The canonical N-Quads of a certificate without its proof.
pub fn document(document: &Value) -> Result<String, NoStatements> {
    let mut statements = Statements::default();
    walk(&mut statements, document, &CREDENTIAL)?;
    Ok(statements.to_text()?)
}

/// The canonical N-Quads of a proof configuration: the proof without `proofValue` and `@context`.
/// The proof has no id; it is the only node.
pub fn proof_config(config: &Value) -> Result<String, NoStatements> {
    let mut statements = Statements::default();
    members(&mut statements, config, Node::OnlyBlank, &PROOF)?;
    Ok(statements.to_text()?)
}

/// Adds a node and what hangs on it, and gives its id. As deep as the shapes, which do not recur.
fn walk<'v>(
    statements: &mut Statements,
    value: &'v Value,
    shape: &'static Shape,
) -> Result<&'v str, NoStatements> {
    let id = value.get("id").and_then(Value::as_str);
    let id = id.ok_or(NoStatements::Shape)?;
    members(statements, value, Node::Iri(id), shape)?;
    Ok(id)
}

fn members(
    statements: &mut Statements,
    value: &Value,
    subject: Node<'_>,
    shape: &'static Shape,
) -> Result<(), NoStatements> {
    for (name, value) in value.as_object().ok_or(NoStatements::Shape)? {
        match name.as_str() {
            "id" if subject != Node::OnlyBlank => {}
            "@context" if std::ptr::eq(shape, &CREDENTIAL) => {}
            "type" => {
                for word in each(value)? {
                    let iri = shape.types.iter().find(|(it, _)| word == *it);
                    let (_, iri) = iri.ok_or(NoStatements::Shape)?;
                    statements.add(subject, RDF_TYPE, Object::Node(Node::Iri(iri)))?;
                }
            }
            name => {
                let member = shape.members.iter().find(|(it, _, _)| *it == name);
                let (_, predicate, form) = member.ok_or(NoStatements::Shape)?;
                say(statements, subject, predicate, form, value)?;
            }
        }
    }
    Ok(())
}

fn say(
    statements: &mut Statements,
    subject: Node<'_>,
    predicate: &'static str,
    form: &'static Form,
    value: &Value,
) -> Result<(), NoStatements> {
    let object = match (form, value) {
        (Form::Node(shape), value) => {
            for inner in each(value)? {
                let id = walk(statements, inner, shape)?;
                statements.add(subject, predicate, Object::Node(Node::Iri(id)))?;
            }
            return Ok(());
        }
        (Form::Text, Value::String(text)) => Object::Text(text),
        (Form::Iri, Value::String(text)) => Object::Node(Node::Iri(text)),
        (Form::Word(word, iri), Value::String(text)) if text == word => {
            Object::Node(Node::Iri(iri))
        }
        (Form::Typed(datatype), Value::String(text)) => Object::Typed(text, datatype),
        (Form::Typed(datatype), Value::Bool(true)) => Object::Typed("true", datatype),
        (Form::Typed(datatype), Value::Bool(false)) => Object::Typed("false", datatype),
        _ => return Err(NoStatements::Shape),
    };
    Ok(statements.add(subject, predicate, object)?)
}

/// What stands in an array, or alone. An empty array would be left out, so it is refused.
fn each(value: &Value) -> Result<&[Value], NoStatements> {
    match value {
        Value::Array(values) if values.is_empty() => Err(NoStatements::Shape),
        Value::Array(values) => Ok(values),
        value => Ok(std::slice::from_ref(value)),
    }
}
