//! The credential offer (section 4.1): what a wallet reads from a QR code.

use super::code::{Code, TX_CODE_DIGITS};
use super::{Configuration, GRANT, credential_issuer};
use serde_json::{Value, json};
use std::fmt::Write;

/// An offer of one certificate.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The ledger's host.
    pub host: String,
    /// The forms it is to be had in.
    pub configurations: Vec<Configuration>,
    /// What the wallet shows for it.
    pub code: Code,
    /// Whether the wallet is to ask for a transaction code, which the holder has by another way.
    pub asks_tx_code: bool,
}

impl Offer {
    /// The offer as JSON.
    pub fn render(&self) -> Value {
        let mut grant = json!({"pre-authorized_code": self.code.as_str()});
        if self.asks_tx_code {
            grant["tx_code"] = json!({"input_mode": "numeric", "length": TX_CODE_DIGITS});
        }
        let ids: Vec<String> = self.configurations.iter().map(Configuration::id).collect();
        json!({
            "credential_issuer": credential_issuer(&self.host),
            "credential_configuration_ids": ids,
            "grants": {GRANT: grant},
        })
    }

    /// The offer as an address that a wallet opens; the text of its QR code.
    pub fn uri(&self) -> String {
        let mut uri = "openid-credential-offer://?credential_offer=".to_owned();
        for byte in self.render().to_string().bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    uri.push(char::from(byte));
                }
                // Writing to a String does not fail.
                _ => drop(write!(uri, "%{byte:02X}")),
            }
        }
        uri
    }
}
