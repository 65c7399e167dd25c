use super::certificate::{NoStatements, document, proof_config};
use super::nquads::{Node, Object, Statements, Unwritable};
use crate::credential::random_claims::random_document;
use crate::credential::vc::v2;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn claims() -> crate::credential::Claims {
    random_document(&mut ChaCha8Rng::seed_from_u64(1))
}

#[test]
fn every_leaf_of_a_document_stands_in_its_statements() {
    fn leaves(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Array(inner) => inner.iter().for_each(|it| leaves(it, found)),
            Value::Object(inner) => {
                for (name, it) in inner.iter().filter(|(name, _)| *name != "@context") {
                    match name.as_str() {
                        "type" => {}
                        _ => leaves(it, found),
                    }
                }
            }
            Value::String(text) => found.push(text.clone()),
            other => found.push(other.to_string()),
        }
    }
    let mut rng = ChaCha8Rng::seed_from_u64(2);
    for _ in 0..200 {
        let rendered = v2::render(&random_document(&mut rng));
        let statements = document(&rendered).unwrap();
        let mut found = Vec::new();
        leaves(&rendered, &mut found);
        for leaf in found {
            let quoted = leaf.replace('\\', "\\\\").replace('"', "\\\"");
            let written = [format!("<{leaf}>"), format!("\"{quoted}\"")];
            assert!(written.iter().any(|it| statements.contains(it)), "{leaf}");
        }
        let lines: Vec<&str> = statements.lines().collect();
        assert!(lines.is_sorted() && statements.ends_with(" .\n"));
        assert!(!statements.contains("> _:") && !statements.starts_with('_'));
    }
}

/// Nothing of a certificate can be changed without changing what is signed.
#[test]
fn other_claims_have_other_statements() {
    let mut rng = ChaCha8Rng::seed_from_u64(3);
    for _ in 0..300 {
        let (one, mut other) = (random_document(&mut rng), random_document(&mut rng));
        // Alike in what makes the ids, so that only the rest tells them apart.
        other.credential_id = one.credential_id;
        other.issuer.did = one.issuer.did.clone();
        let statements = |it| document(&v2::render(it)).unwrap();
        assert_eq!(one == other, statements(&one) == statements(&other));
        let mut nearly = one.clone();
        nearly.issue ^= 1;
        nearly.issue = nearly.issue.max(1);
        assert_eq!(one == nearly, statements(&one) == statements(&nearly));
    }
}

#[test]
fn a_document_of_another_shape_has_no_statements() {
    let good = v2::render(&claims());
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut document_ = good.clone();
        change(&mut document_);
        document(&document_)
    };
    let shape = Err(NoStatements::Shape);
    assert_eq!(document(&json!({})), shape);
    assert_eq!(document(&json!([])), shape);
    assert_eq!(changed(&|d| d["added"] = json!("x")), shape);
    assert_eq!(changed(&|d| d["name"] = json!(null)), shape);
    assert_eq!(changed(&|d| d["name"] = json!(["x"])), shape);
    assert_eq!(changed(&|d| d["name"] = json!({"@value": "x"})), shape);
    assert_eq!(changed(&|d| d["type"] = json!("Other")), shape);
    assert_eq!(changed(&|d| d["type"] = json!([])), shape);
    assert_eq!(changed(&|d| d["credentialStatus"] = json!([])), shape);
    assert_eq!(changed(&|d| d["credentialSubject"] = json!("x:y")), shape);
    assert_eq!(changed(&|d| d["issuer"]["@context"] = json!({})), shape);
    let no_id = |d: &mut Value| drop(d["issuer"].as_object_mut().unwrap().remove("id"));
    assert_eq!(changed(&no_id), shape);
    let no_iri = Err(NoStatements::Unwritable(Unwritable::Character));
    assert_eq!(changed(&|d| d["id"] = json!("relative")), no_iri);
    assert_eq!(changed(&|d| d["id"] = json!("urn:a b")), no_iri);
    assert_eq!(changed(&|d| d["id"] = json!("urn:é")), no_iri);
    // A line break is written; a character that writers spell differently is not.
    assert!(changed(&|d| d["name"] = json!("a\nb")).is_ok());
    assert_eq!(changed(&|d| d["name"] = json!("a\u{85}b")), no_iri);
    assert_eq!(changed(&|d| d["name"] = json!("a\u{ffff}b")), no_iri);
    let twice = Err(NoStatements::Unwritable(Unwritable::Twice));
    let one_id = |d: &mut Value| {
        let id = d["credentialStatus"][0]["id"].clone();
        d["credentialStatus"][1]["id"] = id;
    };
    assert_eq!(changed(&one_id), twice);
    assert_eq!(
        changed(&|d| d["issuer"]["type"] = json!(["Profile", "Profile"])),
        twice
    );
}

#[test]
fn a_proof_configuration_is_one_node_without_a_name() {
    let config = json!({
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2023-02-24T23:36:38Z",
        "verificationMethod": "did:example:1#k",
        "proofPurpose": "assertionMethod",
    });
    let expected = "\
_:c14n0 <http://purl.org/dc/terms/created> \"2023-02-24T23:36:38Z\"^^<http://www.w3.org/2001/XMLSchema#dateTime> .
_:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/security#DataIntegrityProof> .
_:c14n0 <https://w3id.org/security#cryptosuite> \"eddsa-rdfc-2022\"^^<https://w3id.org/security#cryptosuiteString> .
_:c14n0 <https://w3id.org/security#proofPurpose> <https://w3id.org/security#assertionMethod> .
_:c14n0 <https://w3id.org/security#verificationMethod> <did:example:1#k> .
";
    assert_eq!(proof_config(&config).as_deref(), Ok(expected));
    for (member, value) in [
        ("id", json!("urn:x:1")),
        ("proofPurpose", json!("authentication")),
        ("expires", json!("2023-02-24T23:36:38Z")),
        ("@context", json!("https://www.w3.org/ns/credentials/v2")),
        ("proofValue", json!("z")),
    ] {
        let mut other = config.clone();
        other[member] = value;
        assert_eq!(proof_config(&other), Err(NoStatements::Shape), "{member}");
    }
}

#[test]
fn literals_are_escaped_as_canonical_n_quads_say() {
    let mut statements = Statements::default();
    let node = Node::Iri("urn:s");
    let text = "\u{8}\t\n\u{c}\r\"\\'\u{20}中𬭎";
    statements.add(node, "urn:p", Object::Text(text)).unwrap();
    statements.add(node, "urn:p", Object::Text("b")).unwrap();
    statements.add(node, "urn:o", Object::Node(node)).unwrap();
    assert_eq!(
        statements.to_text().as_deref(),
        Ok(
            "<urn:s> <urn:o> <urn:s> .\n<urn:s> <urn:p> \"\\b\\t\\n\\f\\r\\\"\\\\' 中𬭎\" .\n\
             <urn:s> <urn:p> \"b\" .\n"
        )
    );
    statements.add(node, "urn:p", Object::Text("b")).unwrap();
    assert_eq!(statements.to_text(), Err(Unwritable::Twice));
}

/// The members of the shapes are those of the documents: none is there for nothing.
#[test]
fn every_predicate_of_the_shapes_is_used() {
    let mut rng = ChaCha8Rng::seed_from_u64(4);
    let mut used = BTreeMap::<String, usize>::new();
    for _ in 0..50 {
        let statements = document(&v2::render(&random_document(&mut rng))).unwrap();
        for line in statements.lines() {
            let predicate = line.split(' ').nth(1).unwrap();
            *used.entry(predicate.to_owned()).or_default() += 1;
        }
    }
    assert_eq!(used.len(), 38, "{used:#?}");
}

mod against_the_general_way;
