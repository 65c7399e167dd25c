//! What a wallet and the ledger say to each other: OpenID for Verifiable Credential Issuance 1.0, the
//! pre-authorised code flow. The wallet carries away a coat that was signed when the certificate was
//! issued; nothing is signed here.
//!
//! ```text
//! openid-credential-offer://?credential_offer=OFFER          section 4.1
//! GET  /.well-known/openid-credential-issuer                  section 12.2
//! GET  /.well-known/oauth-authorization-server                RFC 8414
//! POST /v1/wallet/token        pre-authorized_code [tx_code]  section 6
//! POST /v1/wallet/credential   credential_configuration_id    section 8
//! ```
//!
//! Codes, access tokens and transaction codes are random; the ledger keeps their digests ([`CodeKind`]).
//! The issuer towards wallets is the ledger (`https://HOST`); the issuer of a credential is the body.
//!
//! Left out though the specification has it: other grants, `credential_offer_uri`,
//! `authorization_details` and `credential_identifier`, several credentials a request, encryption of
//! responses, deferred issuance, notification, proofs of possession and so the nonce endpoint. No
//! certificate is bound to a wallet's key, and a request that brings a key is refused rather than
//! answered with a credential that is not bound to it.

mod ask;
mod code;
mod issuer;
mod offer;

pub use ask::{
    ASK_BYTES_MAX, CredentialRequest, InvalidAsk, TokenRequest, credential_response, token_response,
};
pub use code::{Code, CodeKind, TX_CODE_DIGITS, tx_code, tx_code_digest};
pub use issuer::{Configuration, authorization_server, credential_issuer, issuer_metadata};
pub use offer::Offer;

/// The grant of this flow.
pub const GRANT: &str = "urn:ietf:params:oauth:grant-type:pre-authorized_code";
/// Path under the host of the metadata that wallets ask first.
pub const ISSUER_METADATA_PATH: &str = ".well-known/openid-credential-issuer";
/// Path under the host of the metadata of the token endpoint.
pub const SERVER_METADATA_PATH: &str = ".well-known/oauth-authorization-server";
/// Path under the host where a code is changed for an access token.
pub const TOKEN_PATH: &str = "v1/wallet/token";
/// Path under the host where a credential is fetched.
pub const CREDENTIAL_PATH: &str = "v1/wallet/credential";

#[cfg(test)]
mod tests;
