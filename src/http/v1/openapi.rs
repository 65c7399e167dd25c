//! The API described for programs: OpenAPI 3.1, made from the list of operations and queries.

mod wallet;

use super::batch::{CSV, XLSX};
use crate::app::input::Shape;
use crate::app::operation::Field;
use crate::app::operations::{VERBS, in_language};
use crate::app::queries::QUESTIONS;
use crate::locale::Language;
use crate::sheet::list::LIST_ROWS_MAX;
use axum::Json;
use serde_json::{Map, Value, json};
use std::sync::LazyLock;

static DOCUMENT: LazyLock<Value> = LazyLock::new(document);

/// `GET /v1/openapi.json`: this API, as OpenAPI 3.1.
pub async fn openapi() -> Json<&'static Value> {
    Json(&DOCUMENT)
}

fn document() -> Value {
    let mut paths = Map::new();
    for verb in VERBS {
        let operation = json!({
            "operationId": verb.name,
            "summary": summary(verb.doc),
            "tags": [verb.path().0],
            "security": [{"token": []}],
            "parameters": [{"$ref": "#/components/parameters/IdempotencyKey"}],
            "requestBody": body(verb.fields),
            "responses": responses("Done"),
        });
        paths.insert(
            format!("/v1/commands/{}", verb.name),
            json!({"post": operation}),
        );
    }
    for question in QUESTIONS {
        let operation = json!({
            "operationId": question.name,
            "summary": summary(question.doc),
            "tags": ["queries"],
            "security": [{"token": []}],
            "requestBody": body(question.fields),
            "responses": responses("Answer"),
        });
        paths.insert(
            format!("/v1/queries/{}", question.name),
            json!({"post": operation}),
        );
    }
    paths.extend(fixed_paths());
    paths.extend(wallet::paths());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "skill-ledger",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "职业技能台账 · The ledger of vocational skills. Problems are RFC 9457.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": with_wallet(components()),
    })
}

/// What anybody may ask, and what is not an operation.
fn fixed_paths() -> Map<String, Value> {
    let look = |summary: &str, parameters: Value, schema: &str| {
        json!({"get": {
            "summary": summary,
            "security": [{}, {"token": []}],
            "parameters": parameters,
            "responses": responses(schema),
        }})
    };
    let path = |name: &str| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}});
    let (kind, key) = (path("kind"), path("key"));
    let text = |name: &str| json!({"name": name, "in": "query", "schema": {"type": "string"}});
    let number = |name: &str| json!({"name": name, "in": "query", "schema": {"type": "integer", "minimum": 0}});
    let page = json!([
        kind,
        text("owner"),
        text("prefix"),
        number("at"),
        text("after"),
        number("limit")
    ]);
    let one = json!([kind, key, number("at")]);
    let ask = |summary: &str, members: Value| {
        json!({"post": {
            "summary": summary,
            "security": [],
            "requestBody": {"required": true, "content": {"application/json": {"schema": members}}},
            "responses": responses("Answer"),
        }})
    };
    let look_up = json!({
        "type": "object",
        "required": ["number"],
        "properties": {
            "number": {"type": "string", "description": "证书编号"},
            "name": {"type": "string", "description": "姓名"},
            "document_number": {"type": "string", "description": "证件号码"},
        },
        "additionalProperties": false,
    });
    let credential = json!({"type": "object", "description": "The credential, as it was issued."});
    let pdf = json!({"application/pdf": {"schema": {"type": "string", "format": "binary"}}});
    let mut told = responses("Answer");
    told["200"]["content"] = pdf;
    let report = json!({"post": {
        "summary": "核验报告 · Verifies a credential and answers with a report as PDF",
        "security": [],
        "requestBody": {"required": true, "content": {"application/json": {"schema": credential}}},
        "responses": told,
    }});
    let row = json!({
        "type": "object",
        "required": ["number", "name"],
        "properties": {
            "number": {"type": "string", "description": "证书编号"},
            "name": {"type": "string", "description": "姓名"},
            "document_number": {"type": "string", "description": "证件号码或其后四位"},
            "row": {"type": "integer", "minimum": 0, "description": "What the asker calls the row"},
        },
        "additionalProperties": false,
    });
    let rows = json!({
        "type": "object",
        "required": ["rows"],
        "properties": {"rows": {"type": "array", "minItems": 1, "maxItems": LIST_ROWS_MAX, "items": row}},
        "additionalProperties": false,
    });
    let file = json!({"type": "string", "format": "binary"});
    let form = json!({"type": "object", "required": ["list"], "properties": {"list": file}});
    let batch = json!({"post": {
        "summary": "批量核验 · Checks a list of certificates",
        "security": [],
        "parameters": [text("lang")],
        "requestBody": {"required": true, "content": {
            "application/json": {"schema": rows},
            "multipart/form-data": {"schema": form},
            (XLSX): {"schema": file},
            (CSV): {"schema": file},
        }},
        "responses": responses("ListAnswer"),
    }});
    let issue = json!({
        "type": "object",
        "properties": {
            "on": {"type": "string", "format": "date", "description": "发证日期"},
            "after": {"type": "integer", "minimum": 0, "description": "The `next` of the page before"},
            "limit": {"type": "integer", "minimum": 1, "maximum": 200},
        },
        "additionalProperties": false,
    });
    let paths = [
        (
            "/v1/look-up",
            ask("证书查询 · Looks a certificate up", look_up),
        ),
        (
            "/v1/verify",
            ask("证书核验 · Verifies a credential", credential),
        ),
        ("/v1/verify/batch", batch),
        ("/v1/verify/report", report),
        (
            "/v1/commands",
            look(
                "办理事项清单 · Every operation and query",
                json!([]),
                "Answer",
            ),
        ),
        (
            "/v1/sessions/{session}/certificates",
            json!({"post": {
                "summary": "签发证书 · Issues a closed session's certificates; a page of them, each with its proof",
                "security": [{"token": []}],
                "parameters": [path("session"), {"$ref": "#/components/parameters/IdempotencyKey"}],
                "requestBody": {"required": true, "content": {"application/json": {"schema": issue}}},
                "responses": responses("Certificates"),
            }}),
        ),
        (
            "/v1/certificates/{number}",
            json!({"get": {
                "summary": "下载证书 · Every issue of a certificate, each with its proof",
                "security": [{"token": []}],
                "parameters": [path("number")],
                "responses": responses("Certificates"),
            }}),
        ),
        (
            "/v1/registers/{kind}",
            look("名册 · A page of a register", page, "Answer"),
        ),
        (
            "/v1/registers/{kind}/{key}",
            look("名册条目 · One registered thing", one, "Answer"),
        ),
    ];
    paths
        .into_iter()
        .map(|(path, item)| (path.to_owned(), item))
        .collect()
}

fn components() -> Value {
    json!({
        "securitySchemes": {
            "token": {"type": "http", "scheme": "bearer", "description": "令牌 · The account's token"},
        },
        "parameters": {
            "IdempotencyKey": {
                "name": "Idempotency-Key",
                "in": "header",
                "required": true,
                "description": "同一编号只办一次 · The same key is carried out once",
                "schema": {"type": "string", "format": "uuid"},
            },
        },
        "schemas": {
            "Answer": {"type": "object"},
            "Certificates": {
                "type": "object",
                "required": ["certificates"],
                "properties": {
                    "count": {"type": "integer"},
                    "repeated": {"type": "boolean"},
                    "next": {"type": ["integer", "null"]},
                    "certificates": {"type": "array", "items": {
                        "type": "object",
                        "required": ["number", "issue", "position", "credential", "proof"],
                        "properties": {
                            "number": {"type": "string"},
                            "issue": {"type": "integer"},
                            "position": {"type": "integer"},
                            "credential": {"type": "object", "description": "VC JSON"},
                            "proof": {"type": "string", "description": "C2SP tlog-proof"},
                            "coats": {
                                "type": "object",
                                "description": "其他形式 · The other coats by name: sd-jwt-vc as text with all its disclosures, qr as the text of the symbol",
                            },
                        },
                    }},
                },
            },
            "ListAnswer": {
                "type": "object",
                "required": ["outcome", "counts", "as_of", "as_of_position", "rows"],
                "properties": {
                    "outcome": {"type": "string", "enum": ["valid", "invalid", "unknown"]},
                    "counts": {"type": "object"},
                    "as_of": {"type": "string", "format": "date-time"},
                    "as_of_position": {"type": "integer"},
                    "rows": {"type": "array", "items": {
                        "type": "object",
                        "required": ["row", "result", "code", "zh", "en", "problems"],
                        "properties": {
                            "row": {"type": "integer"},
                            "result": {
                                "type": "string",
                                "enum": ["valid", "invalid", "unknown", "not-found", "unread"],
                            },
                            "code": {"type": "string"},
                            "zh": {"type": "string"},
                            "en": {"type": "string"},
                            "state": {"type": ["string", "null"]},
                            "successor": {"type": ["string", "null"]},
                            "same_number_as": {"type": ["integer", "null"]},
                            "problems": {"type": "array", "items": {"type": "object"}},
                            "level": {"type": ["object", "null"]},
                            "occupation": {"type": ["object", "null"]},
                            "body": {"type": ["object", "null"]},
                            "issued_on": {"type": ["string", "null"], "format": "date"},
                            "certificate": {"type": ["object", "null"]},
                        },
                    }},
                },
            },
            "Done": {
                "type": "object",
                "required": ["position", "repeated", "events"],
                "properties": {
                    "position": {"type": ["integer", "null"]},
                    "repeated": {"type": "boolean"},
                    "events": {"type": "array", "items": {
                        "type": "object",
                        "required": ["position", "stream", "type", "data"],
                        "properties": {
                            "position": {"type": "integer"},
                            "stream": {"type": "string"},
                            "type": {"type": "string"},
                            "data": {"type": "object"},
                        },
                    }},
                },
            },
            "Problem": {
                "type": "object",
                "description": "RFC 9457",
                "required": ["type", "title", "title_en", "status", "code"],
                "properties": {
                    "type": {"type": "string", "format": "uri-reference"},
                    "title": {"type": "string"},
                    "title_en": {"type": "string"},
                    "status": {"type": "integer"},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                    "detail_en": {"type": "string"},
                },
            },
        },
    })
}

/// With what wallets ask and are answered.
fn with_wallet(mut components: Value) -> Value {
    if let Some(schemas) = components["schemas"].as_object_mut() {
        schemas.extend(wallet::schemas());
    }
    components["securitySchemes"]["wallet"] = wallet::scheme();
    components
}

fn summary(doc: &'static str) -> String {
    let (zh, en) = (
        in_language(doc, Language::Zh),
        in_language(doc, Language::En),
    );
    format!("{zh} · {en}")
}

fn responses(schema: &str) -> Value {
    let problem =
        json!({"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}});
    json!({
        "200": {
            "description": "办结 · Done",
            "content": {"application/json": {"schema": {"$ref": format!("#/components/schemas/{schema}")}}},
        },
        "default": {"description": "问题 · A problem", "content": problem},
    })
}

fn body(fields: &'static [Field]) -> Value {
    json!({
        "required": true,
        "content": {"application/json": {"schema": object(fields)}},
    })
}

fn object(fields: &'static [Field]) -> Value {
    let mut members = Map::new();
    let mut required = Vec::new();
    for field in fields {
        let one = member(field);
        let schema = match field.many {
            true => json!({"type": "array", "items": one}),
            false => one,
        };
        let mut schema = schema;
        if let Some(schema) = schema.as_object_mut() {
            schema.insert("description".to_owned(), summary(field.doc).into());
        }
        members.insert(field.name.to_owned(), schema);
        if field.required && !field.many {
            required.push(field.name);
        }
    }
    json!({
        "type": "object",
        "properties": members,
        "required": required,
        "additionalProperties": false,
    })
}

fn member(field: &Field) -> Value {
    let words: Vec<&str> = field.words.iter().map(|(_, word)| *word).collect();
    match field.shape {
        Shape::Text if !words.is_empty() => json!({"type": "string", "enum": words}),
        Shape::Text => json!({"type": "string"}),
        Shape::Date => json!({"type": "string", "format": "date"}),
        Shape::Number => json!({"type": "integer"}),
        Shape::Flag => json!({"type": "boolean"}),
        Shape::Level => json!({"type": "string", "enum": LEVELS}),
        Shape::Document if !field.columns.is_empty() => {
            json!({"type": "array", "items": object(field.columns)})
        }
        Shape::Document => json!({}),
    }
}

/// The words of skill levels, lowest first.
const LEVELS: [&str; 8] = [
    "apprentice",
    "five",
    "four",
    "three",
    "two",
    "one",
    "special",
    "chief",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::level::SkillLevel;

    #[test]
    fn every_operation_and_query_stands_in_it() {
        let document = document();
        for verb in VERBS {
            let path = format!("/v1/commands/{}", verb.name);
            let operation = &document["paths"][&path]["post"];
            assert_eq!(operation["operationId"], verb.name);
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            let members = schema["properties"].as_object().map(Map::len);
            assert_eq!(members, Some(verb.fields.len()), "{path}");
        }
        for question in QUESTIONS {
            let path = format!("/v1/queries/{}", question.name);
            assert!(document["paths"][&path]["post"].is_object(), "{path}");
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        fn references(value: &Value, found: &mut Vec<String>) {
            match value {
                Value::Object(members) => members.iter().for_each(|(name, value)| match value {
                    Value::String(to) if name == "$ref" => found.push(to.clone()),
                    value => references(value, found),
                }),
                Value::Array(values) => values.iter().for_each(|it| references(it, found)),
                _ => {}
            }
        }
        let document = document();
        let mut found = Vec::new();
        references(&document, &mut found);
        assert!(!found.is_empty());
        for reference in found {
            let pointer = reference.strip_prefix('#').unwrap();
            assert!(document.pointer(pointer).is_some(), "{reference}");
        }
    }

    #[test]
    fn levels_are_named_as_events_name_them() {
        let levels = [
            SkillLevel::Apprentice,
            SkillLevel::Five,
            SkillLevel::Four,
            SkillLevel::Three,
            SkillLevel::Two,
            SkillLevel::One,
            SkillLevel::Special,
            SkillLevel::Chief,
        ];
        for (level, word) in levels.into_iter().zip(LEVELS) {
            assert_eq!(serde_json::to_value(level).unwrap(), word);
        }
    }
}
