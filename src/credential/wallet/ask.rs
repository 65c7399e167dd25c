//! What a wallet asks, read with strict bounds, and what it is answered.
//!
//! A member that this flow does not know is passed over, as OAuth asks; one that it knows and that
//! asks for what is not done here is refused.

use super::code::Code;
use super::{Configuration, GRANT};
use crate::credential::strict_json;
use serde_json::{Value, json};

/// Most bytes of a request.
pub const ASK_BYTES_MAX: usize = 4096;

/// Why a wallet is not given what it asks for: the error codes of section 6.3 and 8.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidAsk {
    /// Not of the form of a request.
    #[error("invalid_request")]
    Request,
    /// Another grant than the pre-authorised code.
    #[error("unsupported_grant_type")]
    GrantType,
    /// The code, or the transaction code, is wrong, spent or past.
    #[error("invalid_grant")]
    Grant,
    /// The access token is wrong or past.
    #[error("invalid_token")]
    Token,
    /// Not of the form of a credential request.
    #[error("invalid_credential_request")]
    CredentialRequest,
    /// No such form of credential, or not of this certificate.
    #[error("unknown_credential_configuration")]
    Configuration,
    /// A key is to be bound, which is not done here.
    #[error("invalid_proof")]
    Proof,
    /// Encryption is asked, which is not done here.
    #[error("invalid_encryption_parameters")]
    Encryption,
    /// There is nothing to hand out any more.
    #[error("credential_request_denied")]
    Denied,
}

/// The token request (section 6.1), `application/x-www-form-urlencoded`.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenRequest {
    /// The code of the offer.
    pub code: String,
    /// The transaction code.
    pub tx_code: Option<String>,
}

impl TokenRequest {
    /// Reads a form. A member that stands twice is refused (RFC 6749, section 3.2).
    pub fn parse(body: &[u8]) -> Result<Self, InvalidAsk> {
        let text = std::str::from_utf8(body).map_err(|_| InvalidAsk::Request)?;
        if text.len() > ASK_BYTES_MAX {
            return Err(InvalidAsk::Request);
        }
        let (mut grant, mut code, mut tx_code) = (None, None, None);
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').ok_or(InvalidAsk::Request)?;
            let place = match decoded(name)?.as_str() {
                "grant_type" => &mut grant,
                "pre-authorized_code" => &mut code,
                "tx_code" => &mut tx_code,
                _ => continue,
            };
            if place.replace(decoded(value)?).is_some() {
                return Err(InvalidAsk::Request);
            }
        }
        match grant.as_deref() {
            Some(GRANT) => {}
            Some(_) => return Err(InvalidAsk::GrantType),
            None => return Err(InvalidAsk::Request),
        }
        let code = code.ok_or(InvalidAsk::Request)?;
        Ok(Self { code, tx_code })
    }
}

/// One name or value of a form.
fn decoded(text: &str) -> Result<String, InvalidAsk> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || {
                    let digit = rest.next().map(char::from).and_then(|it| it.to_digit(16));
                    digit.ok_or(InvalidAsk::Request)
                };
                let (high, low) = (digit()?, digit()?);
                u8::try_from(high * 16 + low).map_err(|_| InvalidAsk::Request)?
            }
            plain => plain,
        });
    }
    String::from_utf8(bytes).map_err(|_| InvalidAsk::Request)
}

/// The answer to a token request (section 6.2).
pub fn token_response(token: &Code, expires_in_seconds: i64) -> Value {
    json!({
        "access_token": token.as_str(),
        "token_type": "Bearer",
        "expires_in": expires_in_seconds,
    })
}

/// The credential request (section 8.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialRequest {
    /// The form it asks for.
    pub configuration: Configuration,
}

impl CredentialRequest {
    /// Reads a request.
    pub fn parse(body: &[u8]) -> Result<Self, InvalidAsk> {
        let bad = InvalidAsk::CredentialRequest;
        let asked = strict_json::parse(body, ASK_BYTES_MAX).map_err(|_| bad)?;
        let asked = asked.as_object().ok_or(bad)?;
        // The two ways a wallet brings a key, of 1.0 and of the drafts before.
        if asked.contains_key("proofs") || asked.contains_key("proof") {
            return Err(InvalidAsk::Proof);
        }
        if asked.contains_key("credential_response_encryption") {
            return Err(InvalidAsk::Encryption);
        }
        if asked.contains_key("credential_identifier") {
            return Err(bad);
        }
        let id = asked.get("credential_configuration_id").ok_or(bad)?;
        let id = id.as_str().ok_or(bad)?;
        let configuration = Configuration::from_id(id).ok_or(InvalidAsk::Configuration)?;
        Ok(Self { configuration })
    }
}

/// The answer to a credential request (section 8.3). `coat` is the file of the coat asked for: a text
/// for an SD-JWT VC, else JSON. `None` if it is not the latter.
pub fn credential_response(configuration: Configuration, coat: &str) -> Option<Value> {
    let credential = match configuration.coat {
        super::super::Coat::SdJwtVc => Value::String(coat.to_owned()),
        _ => serde_json::from_str(coat).ok()?,
    };
    Some(json!({"credentials": [{"credential": credential}]}))
}
