//! The documents that readers of SD-JWT VC fetch: a body's keys, and what a type of certificate is.

use super::super::did::Did;
use super::super::jwt;
use super::form::{Disclosable, vct};
use crate::domain::attainment::AttainmentKind;
use crate::keys::KeyId;
use crate::locale;
use serde_json::{Value, json};

/// Path under the host of a body's keys for readers of tokens (draft-ietf-oauth-sd-jwt-vc, JWT VC
/// Issuer Metadata: the well-known part stands between host and path).
pub fn jwt_vc_issuer_path(did: &Did) -> String {
    format!(".well-known/jwt-vc-issuer/{}", did.path())
}

/// A body's keys, for `/.well-known/jwt-vc-issuer/bodies/PUBLIC_ID`.
///
/// `keys` are those in use and those retired, for certificates and for status: a retired key stays
/// good for what it signed, and this format has no word for "until". For the same reason a key that
/// was declared compromised must not be among them; what it signed before is proved by the log.
pub fn jwt_vc_issuer(did: &Did, keys: &[KeyId]) -> Value {
    let keys: Vec<Value> = keys.iter().map(jwt::jwk).collect();
    json!({"issuer": did.url(), "jwks": {"keys": keys}})
}

/// Claims that every certificate discloses, whatever its kind.
const COMMON: [&[&str]; 4] = [
    &["region"],
    &["issued_on"],
    &["issue"],
    &["credential_sha256"],
];

/// Claims that every certificate of a kind discloses.
fn always(kind: AttainmentKind) -> &'static [&'static [&'static str]] {
    match kind {
        AttainmentKind::Level => &[
            &["occupation"],
            &["occupation_name", "zh"],
            &["level"],
            &["level_name", "zh"],
            &["level_name", "en"],
        ],
        AttainmentKind::SpecialSkill | AttainmentKind::MicroSkill => {
            &[&["item"], &["item_name", "zh"]]
        }
        AttainmentKind::Enterprise => &[
            &["enterprise_certificate_name", "zh"],
            &["enterprise_grade"],
            &["occupation"],
            &["occupation_name", "zh"],
        ],
    }
}

/// Claims that a certificate of a kind discloses if it has them.
fn sometimes(kind: AttainmentKind) -> &'static [&'static [&'static str]] {
    match kind {
        AttainmentKind::Level => &[&["occupation_name", "en"], &["work_type"]],
        AttainmentKind::SpecialSkill => &[&["item_name", "en"]],
        AttainmentKind::MicroSkill => &[&["item_name", "en"], &["occupation"]],
        AttainmentKind::Enterprise => &[
            &["enterprise_certificate_name", "en"],
            &["occupation_name", "en"],
        ],
    }
}

/// The type metadata served at [`vct`].
pub fn type_metadata(host: &str, kind: AttainmentKind) -> Value {
    let claim = |path: &[&str], mandatory: bool, sd: &str| {
        let key = path.first().copied().unwrap_or_default().replace('_', "-");
        let label = locale::words(&format!("credential-claim-{key}"), &[]);
        json!({
            "path": path,
            "display": [
                {"locale": "zh-CN", "label": label.zh},
                {"locale": "en", "label": label.en},
            ],
            "mandatory": mandatory,
            "sd": sd,
        })
    };
    let mut claims: Vec<Value> = always(kind)
        .iter()
        .chain(&COMMON)
        .map(|path| claim(path, true, "never"))
        .collect();
    claims.extend(
        sometimes(kind)
            .iter()
            .map(|path| claim(path, false, "never")),
    );
    let kept = Disclosable::ALL.iter();
    claims.extend(kept.map(|it| claim(&[it.name()], false, "always")));
    json!({
        "vct": vct(host, kind),
        "name": kind.certificate_en(),
        "description": "A certificate on a skill ledger. Its claims are described in docs/formats.md of skill-ledger.",
        "display": [
            {"locale": "zh-CN", "name": kind.certificate_zh()},
            {"locale": "en", "name": kind.certificate_en()},
        ],
        "claims": claims,
    })
}
