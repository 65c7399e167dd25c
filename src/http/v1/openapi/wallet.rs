//! What wallets, and who offers to them, find in the description of the API.

use super::responses;
use crate::credential::wallet::GRANT;
use serde_json::{Map, Value, json};

/// Its routes.
pub(super) fn paths() -> Map<String, Value> {
    let number =
        json!({"name": "number", "in": "path", "required": true, "schema": {"type": "string"}});
    let wanted = json!({
        "type": "object",
        "properties": {
            "tx_code": {"type": "boolean", "default": true, "description": "交易码 · Whether the wallet asks for a transaction code"},
        },
        "additionalProperties": false,
    });
    let form = json!({
        "type": "object",
        "required": ["grant_type", "pre-authorized_code"],
        "properties": {
            "grant_type": {"const": GRANT},
            "pre-authorized_code": {"type": "string"},
            "tx_code": {"type": "string"},
        },
    });
    let asked = json!({
        "type": "object",
        "required": ["credential_configuration_id"],
        "properties": {"credential_configuration_id": {"type": "string"}},
    });
    let body = |media_type: &str, schema: Value| json!({"required": true, "content": {media_type: {"schema": schema}}});
    let paths = [
        (
            "/v1/certificates/{number}/offers",
            json!({"post": {
                "summary": "领取码 · Offers a certificate to its holder's wallet (OpenID4VCI 1.0)",
                "security": [{"token": []}],
                "parameters": [number],
                "requestBody": body("application/json", wanted),
                "responses": responses("Offer"),
            }}),
        ),
        (
            "/v1/wallet/token",
            json!({"post": {
                "summary": "钱包换取令牌 · A wallet's code for an access token",
                "security": [],
                "requestBody": body("application/x-www-form-urlencoded", form),
                "responses": answers("WalletToken"),
            }}),
        ),
        (
            "/v1/wallet/credential",
            json!({"post": {
                "summary": "钱包领取证书 · A certificate for an access token",
                "security": [{"wallet": []}],
                "requestBody": body("application/json", asked),
                "responses": answers("WalletCredentials"),
            }}),
        ),
    ];
    let owned = |(path, item): (&str, Value)| (path.to_owned(), item);
    paths.into_iter().map(owned).collect()
}

/// Those of the two routes of wallets: their refusals are no problems.
fn answers(schema: &str) -> Value {
    let refused =
        json!({"application/json": {"schema": {"$ref": "#/components/schemas/WalletError"}}});
    let mut answers = responses(schema);
    for status in ["400", "401"] {
        answers[status] = json!({"description": "拒绝 · Refused", "content": refused});
    }
    answers
}

/// How a wallet shows its token.
pub(super) fn scheme() -> Value {
    json!({"type": "http", "scheme": "bearer", "description": "钱包的访问令牌 · A wallet's access token"})
}

/// What it is answered.
pub(super) fn schemas() -> Map<String, Value> {
    let schemas = json!({
            "Offer": {
                "type": "object",
                "required": ["number", "issue", "offer", "qr", "tx_code", "expires"],
                "properties": {
                    "number": {"type": "string"},
                    "issue": {"type": "integer"},
                    "offer": {"type": "string", "description": "openid-credential-offer://…"},
                    "qr": {"type": "string", "description": "The same as SVG"},
                    "tx_code": {"type": ["string", "null"], "description": "Six digits for the holder, by another way"},
                    "expires": {"type": "string", "format": "date-time"},
                },
            },
            "WalletToken": {
                "type": "object",
                "required": ["access_token", "token_type", "expires_in"],
                "properties": {
                    "access_token": {"type": "string"},
                    "token_type": {"const": "Bearer"},
                    "expires_in": {"type": "integer"},
                },
            },
            "WalletCredentials": {
                "type": "object",
                "required": ["credentials"],
                "properties": {"credentials": {"type": "array", "items": {
                    "type": "object",
                    "required": ["credential"],
                    "properties": {"credential": {"type": ["string", "object"]}},
                }}},
            },
            "WalletError": {
                "type": "object",
                "description": "RFC 6749, OpenID4VCI 1.0",
                "required": ["error"],
                "properties": {"error": {"type": "string"}},
            },
    });
    match schemas {
        Value::Object(schemas) => schemas,
        _ => Map::new(),
    }
}
