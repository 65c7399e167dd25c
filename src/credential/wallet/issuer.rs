//! The metadata that wallets ask first (section 12.2; RFC 8414).

use super::{CREDENTIAL_PATH, GRANT, TOKEN_PATH};
use crate::credential::coat::Coat;
use crate::credential::sd_jwt::{type_metadata, vct};
use crate::credential::vc::v2::CONTEXTS;
use crate::domain::attainment::AttainmentKind;
use serde_json::{Map, Value, json};

/// The ledger towards wallets.
pub fn credential_issuer(host: &str) -> String {
    format!("https://{host}")
}

/// One form of credential that a wallet can fetch: a kind of certificate in a coat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Configuration {
    /// The kind.
    pub kind: AttainmentKind,
    /// The coat.
    pub coat: Coat,
}

impl Configuration {
    /// The coats that wallets have a format for.
    pub const COATS: [Coat; 3] = [Coat::SdJwtVc, Coat::VcJson, Coat::VcJsonRdfc];

    /// The forms a certificate of this kind is to be had in.
    pub fn of(kind: AttainmentKind) -> [Self; 3] {
        Self::COATS.map(|coat| Self { kind, coat })
    }

    /// Its id: `level.sd-jwt-vc`.
    pub fn id(&self) -> String {
        format!("{}.{}", self.kind.name(), self.coat.name())
    }

    /// The one of this id.
    pub fn from_id(id: &str) -> Option<Self> {
        let mut all = AttainmentKind::ALL.into_iter().flat_map(Self::of);
        all.find(|it| it.id() == id)
    }

    fn render(&self, host: &str) -> Value {
        let display = json!([
            {"locale": "zh-CN", "name": self.kind.certificate_zh()},
            {"locale": "en", "name": self.kind.certificate_en()},
        ]);
        let suite = json!([self.coat.suite()]);
        if self.coat == Coat::SdJwtVc {
            return json!({
                "format": "dc+sd-jwt",
                "vct": vct(host, self.kind),
                "credential_signing_alg_values_supported": suite,
                "credential_metadata": {
                    "display": display,
                    "claims": claims(host, self.kind),
                },
            });
        }
        json!({
            "format": "ldp_vc",
            "credential_definition": {
                "@context": CONTEXTS,
                "type": ["VerifiableCredential", "OpenBadgeCredential"],
            },
            "credential_signing_alg_values_supported": suite,
            "credential_metadata": {"display": display},
        })
    }
}

/// The claims of the type metadata, in the words of this specification.
fn claims(host: &str, kind: AttainmentKind) -> Vec<Value> {
    let metadata = type_metadata(host, kind);
    let claims = metadata["claims"].as_array();
    let claim = |it: &Value| {
        let labels = it["display"].as_array().into_iter().flatten();
        let display: Vec<Value> = labels
            .map(|it| json!({"locale": it["locale"], "name": it["label"]}))
            .collect();
        json!({"path": it["path"], "mandatory": it["mandatory"], "display": display})
    };
    claims.into_iter().flatten().map(claim).collect()
}

/// `/.well-known/openid-credential-issuer`. Without `proof_types_supported`: nothing is bound to a
/// wallet's key.
pub fn issuer_metadata(host: &str) -> Value {
    let issuer = credential_issuer(host);
    let configurations: Map<String, Value> = AttainmentKind::ALL
        .into_iter()
        .flat_map(Configuration::of)
        .map(|it| (it.id(), it.render(host)))
        .collect();
    json!({
        "credential_issuer": issuer,
        "credential_endpoint": format!("{issuer}/{CREDENTIAL_PATH}"),
        "credential_configurations_supported": configurations,
    })
}

/// `/.well-known/oauth-authorization-server`: the ledger gives its own tokens.
pub fn authorization_server(host: &str) -> Value {
    let issuer = credential_issuer(host);
    json!({
        "issuer": issuer,
        "token_endpoint": format!("{issuer}/{TOKEN_PATH}"),
        "token_endpoint_auth_methods_supported": ["none"],
        "grant_types_supported": [GRANT],
        "response_types_supported": [],
        "pre-authorized_grant_anonymous_access_supported": true,
    })
}
