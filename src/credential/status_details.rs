//! Status details: what a set bit alone cannot say. Ground, successor and reissues by list index,
//! signed by the body's status key. Says nothing about the holder.
//!
//! ```text
//! {"status_details": {"kind": "skill-ledger/v1/status-details", "did", "list", "as_of_position",
//!   "valid_from", "valid_until",
//!   "entries": [{"index", "state", "ground"?, "on"?, "successor"?, "issue"?}…]},   ; by index, rising
//!  "signature": {"key_id", "suite", "value"}}
//! state = "valid" | "suspended" | "superseded" | "revoked" | "cancelled" | "forfeited" | "voided"
//! ```
//! A certificate that is valid and was never reissued has no entry.

use super::did::Did;
use super::signed::{
    DocumentSignature, SealError, canonical, date_time, parse_date_time, sign_document,
    verify_document,
};
use super::strict_json::{self, InvalidJson};
use crate::domain::number::CertificateNumber;
use crate::domain::time::Instant;
use crate::keys::{InvalidSignature, Purpose, Signer};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// First member of the document and of the signed bytes.
pub const KIND: &str = "skill-ledger/v1/status-details";
/// Most bytes of a details document: every index of a list with a long ground.
pub const STATUS_DETAILS_BYTES_MAX: usize = 64 << 20;

/// The state of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CertificateState {
    /// 有效
    Valid,
    /// 暂停
    Suspended,
    /// 已更正: another certificate took its place.
    Superseded,
    /// 撤销
    Revoked,
    /// 注销
    Cancelled,
    /// 吊销
    Forfeited,
    /// 作废
    Voided,
}

impl CertificateState {
    /// The word in documents and message keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Suspended => "suspended",
            Self::Superseded => "superseded",
            Self::Revoked => "revoked",
            Self::Cancelled => "cancelled",
            Self::Forfeited => "forfeited",
            Self::Voided => "voided",
        }
    }
    /// Whether nothing follows it.
    pub const fn is_final(self) -> bool {
        !matches!(self, Self::Valid | Self::Suspended)
    }
}

/// What there is to say about one index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusDetail {
    /// The certificate's index in the list.
    pub index: u32,
    /// Its state.
    pub state: CertificateState,
    /// Why, as the body gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground: Option<String>,
    /// The civil date of the act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// The number that took its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub successor: Option<CertificateNumber>,
    /// The newest issue, if it was reissued: 2 for the first reissue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issue: Option<u16>,
}

/// The details of one list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusDetails {
    /// The body.
    pub did: Did,
    /// Number of the list.
    pub list: u32,
    /// Every event up to this position is reflected.
    pub as_of_position: u64,
    /// The time it is true at.
    pub valid_from: Instant,
    /// The time a newer one is to be had by.
    pub valid_until: Instant,
    /// By index, rising.
    pub entries: Vec<StatusDetail>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    #[serde(rename = "kind")]
    _kind: String,
    did: Did,
    list: u32,
    as_of_position: u64,
    valid_from: String,
    valid_until: String,
    entries: Vec<StatusDetail>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope {
    status_details: Value,
    signature: DocumentSignature,
}

/// Bytes that are no details document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidStatusDetails {
    /// Not JSON as we read it.
    #[error(transparent)]
    Json(#[from] InvalidJson),
    /// Another form.
    #[error("not a status details document")]
    Form,
}

impl StatusDetails {
    /// What is known of an index.
    pub fn at(&self, index: u32) -> Option<&StatusDetail> {
        let place = self.entries.binary_search_by_key(&index, |e| e.index);
        place.ok().and_then(|n| self.entries.get(n))
    }

    fn render(&self) -> Value {
        json!({
            "kind": KIND,
            "did": self.did,
            "list": self.list,
            "as_of_position": self.as_of_position,
            "valid_from": date_time(self.valid_from),
            "valid_until": date_time(self.valid_until),
            "entries": self.entries,
        })
    }

    /// The signed document, compact canonical JSON, by the body's key of purpose `status`.
    pub fn sign(&self, signer: &dyn Signer) -> Result<Vec<u8>, SealError> {
        let document = self.render();
        let signature = sign_document(KIND, &document, Purpose::Status, signer)?;
        Ok(canonical(
            &json!({"status_details": document, "signature": signature}),
        )?)
    }
}

/// A details document whose form has been checked and whose signature has not.
#[derive(Clone, Debug)]
pub struct ParsedStatusDetails {
    /// What it says.
    pub details: StatusDetails,
    /// Who says so.
    pub signature: DocumentSignature,
    document: Value,
}

impl ParsedStatusDetails {
    /// Reads a signed document.
    pub fn parse(bytes: &[u8]) -> Result<Self, InvalidStatusDetails> {
        Self::from_value(strict_json::parse(bytes, STATUS_DETAILS_BYTES_MAX)?)
    }

    /// Reads a signed document that stands in another.
    pub fn from_value(value: Value) -> Result<Self, InvalidStatusDetails> {
        use InvalidStatusDetails::Form;
        let envelope: Envelope = serde_json::from_value(value).map_err(|_| Form)?;
        let wire = Wire::deserialize(&envelope.status_details).map_err(|_| Form)?;
        let details = StatusDetails {
            did: wire.did,
            list: wire.list,
            as_of_position: wire.as_of_position,
            valid_from: parse_date_time(&wire.valid_from).ok_or(Form)?,
            valid_until: parse_date_time(&wire.valid_until).ok_or(Form)?,
            entries: wire.entries,
        };
        if !details.entries.is_sorted_by(|a, b| a.index < b.index) {
            return Err(Form);
        }
        if details.render() != envelope.status_details {
            return Err(Form);
        }
        Ok(Self {
            details,
            signature: envelope.signature,
            document: envelope.status_details,
        })
    }

    /// Checks the signature under the key it names, strictly.
    pub fn verify_signature(&self) -> Result<(), InvalidSignature> {
        verify_document(KIND, &self.document, &self.signature)
    }
}
