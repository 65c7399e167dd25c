//! The bodies' identifiers (did:web) and the documents they resolve to.
//!
//! `did:web:HOST:bodies:PUBLIC_ID`, the port of HOST written `%3A8080`; the document is at
//! `https://HOST/bodies/PUBLIC_ID/did.json`. PUBLIC_ID is the body's random public id: no internal
//! id leaves the ledger. Refused: other methods, other paths, IP addresses as hosts.
//!
//! The document lists every key the body ever had as a Multikey (Controlled Identifiers 1.0).
//! A retired key stays, with `revoked`; only active keys stand in `assertionMethod`. Certificate
//! and status keys are both listed, so that a verifier finds list and credential under one issuer.

use super::status_list::StatusPurpose;
use crate::domain::time::Instant;
use crate::keys::KeyId;
use serde_json::{Value, json};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// The identifier of an assessment body (评价机构) towards the world.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Did {
    host: String,
    public_id: Uuid,
}

/// A text that is no identifier of a body here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a did:web of a body")]
pub struct InvalidDid;

impl Did {
    /// The identifier of the body with this public id on a ledger at `host` (`name` or `name:port`).
    pub fn of_body(host: &str, public_id: Uuid) -> Result<Self, InvalidDid> {
        if !host_is_good(host) {
            return Err(InvalidDid);
        }
        Ok(Self {
            host: host.to_owned(),
            public_id,
        })
    }
    /// `name` or `name:port`.
    pub fn host(&self) -> &str {
        &self.host
    }
    /// The body's random public id.
    pub fn public_id(&self) -> Uuid {
        self.public_id
    }
    /// Path of the body's public documents under the host: `bodies/PUBLIC_ID`.
    pub fn path(&self) -> String {
        format!("bodies/{}", self.public_id)
    }
    /// Where the DID document is served.
    pub fn document_url(&self) -> String {
        format!("https://{}/{}/did.json", self.host, self.path())
    }
    /// The body as an https URL: the issuer of tokens, whose readers know no DIDs. The same host
    /// and path as the DID.
    pub fn url(&self) -> String {
        format!("https://{}/{}", self.host, self.path())
    }
    /// The body of a [`Did::url`].
    pub fn from_url(url: &str) -> Option<Self> {
        let (host, id) = url.strip_prefix("https://")?.split_once("/bodies/")?;
        let did = Self::of_body(host, Uuid::parse_str(id).ok()?).ok()?;
        (did.url() == url).then_some(did)
    }
    /// Path of a signed status list under the host.
    pub fn status_list_path(&self, list: u32, purpose: StatusPurpose) -> String {
        format!("{}/status/{list}-{}.json", self.path(), purpose.name())
    }
    /// Where a status list is served; its id.
    pub fn status_list_url(&self, list: u32, purpose: StatusPurpose) -> String {
        format!(
            "https://{}/{}",
            self.host,
            self.status_list_path(list, purpose)
        )
    }
    /// Path of the Token Status List of a status list under the host.
    pub fn token_status_list_path(&self, list: u32) -> String {
        format!("{}/status/{list}.jwt", self.path())
    }
    /// Where it is served; its subject.
    pub fn token_status_list_url(&self, list: u32) -> String {
        format!(
            "https://{}/{}",
            self.host,
            self.token_status_list_path(list)
        )
    }
    /// Path of the signed details of a status list under the host.
    pub fn status_details_path(&self, list: u32) -> String {
        format!("{}/status/{list}-details.json", self.path())
    }
    /// An identifier for a term on the ledger's host: `https://HOST/terms/KIND/CODE`.
    pub fn term_url(&self, kind: &str, code: &str) -> String {
        format!("https://{}/terms/{kind}/{code}", self.host)
    }
    /// The verification method of one of the body's keys: `DID#KEY`.
    pub fn verification_method(&self, key: &KeyId) -> String {
        format!("{self}#{key}")
    }
}

impl fmt::Display for Did {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self.host.replace(':', "%3A");
        write!(f, "did:web:{host}:bodies:{}", self.public_id)
    }
}

impl FromStr for Did {
    type Err = InvalidDid;
    fn from_str(text: &str) -> Result<Self, InvalidDid> {
        let mut parts = text.strip_prefix("did:web:").ok_or(InvalidDid)?.split(':');
        let (Some(host), Some("bodies"), Some(id), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(InvalidDid);
        };
        let public_id = Uuid::parse_str(id).map_err(|_| InvalidDid)?;
        let did = Self::of_body(&host.replace("%3A", ":"), public_id)?;
        if did.to_string() == text {
            Ok(did)
        } else {
            Err(InvalidDid)
        }
    }
}

impl serde::Serialize for Did {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de> serde::Deserialize<'de> for Did {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

fn host_is_good(host: &str) -> bool {
    let (name, port) = match host.split_once(':') {
        Some((name, port)) => (name, Some(port)),
        None => (host, None),
    };
    let label = |l: &str| {
        !l.is_empty()
            && l.len() <= 63
            && !l.starts_with('-')
            && !l.ends_with('-')
            && l.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    // A last label of digits is an IPv4 address, which did:web refuses.
    let last_is_a_word = |name: &str| {
        name.rsplit('.')
            .next()
            .is_some_and(|l| l.bytes().any(|b| b.is_ascii_lowercase()))
    };
    let port_is_good = |p: &str| {
        !p.starts_with('0') && p.bytes().all(|b| b.is_ascii_digit()) && p.parse::<u16>().is_ok()
    };
    name.len() <= 253
        && name.split('.').all(label)
        && last_is_a_word(name)
        && port.is_none_or(port_is_good)
}

/// One key of a body as its DID document shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DidKey {
    /// The key.
    pub id: KeyId,
    /// When it was retired or declared compromised, if it was.
    pub revoked: Option<Instant>,
}

/// The DID document of a body: compact JSON for `did.json`.
pub fn did_document(did: &Did, keys: &[DidKey]) -> Value {
    let methods: Vec<Value> = keys
        .iter()
        .map(|key| {
            let mut method = json!({
                "id": did.verification_method(&key.id),
                "type": "Multikey",
                "controller": did.to_string(),
                "publicKeyMultibase": key.id.as_str(),
            });
            if let Some(at) = key.revoked {
                method["revoked"] = Value::String(super::signed::date_time(at));
            }
            method
        })
        .collect();
    let active: Vec<String> = keys
        .iter()
        .filter(|key| key.revoked.is_none())
        .map(|key| did.verification_method(&key.id))
        .collect();
    json!({
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did.to_string(),
        "verificationMethod": methods,
        "assertionMethod": active,
    })
}
