//! The claim set as W3C VC Data Model 2.0 and Open Badges 3.0.
//!
//! Only terms of the two contexts in [`CONTEXTS`]; every node has an `id`, so that no blank node
//! stands in the way of `eddsa-rdfc-2022`. No `credentialSchema`: its Open Badges type needs a third
//! context. What stands where is written in `docs/formats.md`. [`render`] and [`read`] are each
//! other's inverse, and a document is accepted only if rendering what was read gives it again:
//! nothing can hide in a member that nobody looks at.

use super::achievement::{self, Nodes};
use super::result;
use crate::credential::claims::{Claims, Holder, Issuer, Results, StatusPlace, exact, exact_date};
use crate::credential::status_list::StatusPurpose;
use crate::domain::name::Name;
use crate::domain::session::event::{Standard, StandardKind};
use jiff::civil::Date;
use serde_json::{Value, json};

/// The contexts, in this order and no others.
pub const CONTEXTS: [&str; 2] = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
];

pub(crate) const REGIONS: &str = "GB/T 2260";
pub(crate) const STANDARDS: &str = "职业标准";
const DOCUMENT_TYPE: &str = "ext:documentType";
const DOCUMENT_LAST4: &str = "ext:documentNumberLast4";
const CREDIT_CODE: &str = "ext:unifiedSocialCreditCode";
const ISSUE: &str = "ext:issueSequence";
const SUPERSEDES: &str = "ext:supersededCertificateNumber";
const TWIN: &str = "ext:twinCertificateNumber";
const CERTIFICATE: &str = "ext:certificateDocumentSha256";
/// Where a document that shows the scores does so.
pub(crate) const RESULT: &str = "/credentialSubject/result";

/// The unsigned document.
pub fn render(claims: &Claims) -> Value {
    let id = format!("urn:uuid:{}", claims.credential_id);
    let node = |name: &str| format!("{id}#{name}");
    let did = &claims.issuer.did;
    let nodes = Nodes { id: &id, did };
    let identity = |name: &str, kind: &str, value: &str| {
        json!({"id": node(name), "type": "IdentityObject", "hashed": false,
            "identityHash": value, "identityType": kind})
    };
    let identifier = |id: String, kind: &str, value: &str| json!({"id": id, "type": "IdentifierEntry", "identifierType": kind, "identifier": value});

    let mut issuer =
        json!({"id": did.to_string(), "type": ["Profile"], "name": claims.issuer.name.zh});
    let credit_code = claims.issuer.credit_code.as_str();
    issuer["otherIdentifier"] = Value::Array(vec![identifier(
        format!("{did}#credit-code"),
        CREDIT_CODE,
        credit_code,
    )]);
    if let Some(en) = &claims.issuer.name.en {
        issuer["description"] = json!(en);
    }

    let face = achievement::face(&claims.attainment, &nodes);
    let region_code = claims.region.to_string();
    let region = nodes.alignment(
        "region",
        did.term_url("region", &region_code),
        &region_code,
        &claims.region_name,
        REGIONS,
    );
    let mut standard = nodes.alignment(
        "standard",
        did.term_url("standard", standard_word(claims.standard.kind)),
        &claims.standard.code,
        standard_name(claims.standard.kind),
        STANDARDS,
    );
    standard["targetDescription"] = json!(claims.standard.edition);

    let mut numbers = vec![identifier(node("issue"), ISSUE, &claims.issue.to_string())];
    if let Some(old) = &claims.supersedes {
        numbers.push(identifier(node("supersedes"), SUPERSEDES, old.as_str()));
    }
    if let Some(twin) = &claims.twin {
        numbers.push(identifier(node("twin"), TWIN, twin.as_str()));
    }
    if let Some(results) = &claims.results {
        let certificate = hex::encode(results.certificate);
        numbers.push(identifier(node("certificate"), CERTIFICATE, &certificate));
    }
    let kind = claims.attainment.kind();
    let mut alignments = face.alignments;
    alignments.extend([region, standard]);
    let mut achievement = json!({
        "id": node("achievement"),
        "type": ["Achievement"],
        "achievementType": achievement::achievement_type(kind),
        "name": face.name,
        "description": face.description,
        "criteria": {"id": node("criteria"), "narrative": achievement::narrative(claims.route)},
        "inLanguage": "zh",
    });
    achievement["otherIdentifier"] = Value::Array(numbers);
    achievement["alignment"] = Value::Array(alignments);
    if let Some(work_type) = face.specialization {
        achievement["specialization"] = json!(work_type);
    }
    if let Some(results) = &claims.results {
        achievement["resultDescription"] = result::descriptions(&results.scores, &id);
    }

    let mut subject = json!({
        "id": node("holder"),
        "type": ["AchievementSubject"],
        "licenseNumber": claims.number.as_str(),
        "activityEndDate": day(claims.assessed_on),
    });
    subject["identifier"] = Value::Array(vec![
        identity("name", "name", &claims.holder.name),
        identity("document-type", DOCUMENT_TYPE, &claims.holder.document_type),
        identity(
            "document-last4",
            DOCUMENT_LAST4,
            &claims.holder.document_last4,
        ),
    ]);
    subject["achievement"] = achievement;
    if let Some(session) = &claims.session {
        subject["term"] = json!(session);
    }
    if let Some(results) = &claims.results {
        subject["result"] = result::results(&results.scores, &id);
    }

    let status: Value = StatusPurpose::ALL
        .into_iter()
        .map(|purpose| {
            json!({"id": node(purpose.name()), "type": "BitstringStatusListEntry",
                "statusPurpose": purpose.name(),
                "statusListIndex": claims.status.index.to_string(),
                "statusListCredential": did.status_list_url(claims.status.list, purpose)})
        })
        .collect();

    let mut document = json!({
        "@context": CONTEXTS,
        "id": id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": kind.certificate_zh(),
        "validFrom": day(claims.issued_on),
    });
    // Moved in: a value that stands in `json!` is copied, and these are most of the document.
    document["issuer"] = issuer;
    document["credentialSubject"] = subject;
    document["credentialStatus"] = status;
    document
}

/// What stands at `/a/0/b`. As a JSON pointer, for names without `~` and `/`, and copies none of them.
pub(super) fn place<'v>(document: &'v Value, pointer: &str) -> Option<&'v Value> {
    let mut names = pointer.split('/').skip(1);
    names.try_fold(document, |value, name| match value {
        Value::Array(items) => items.get(name.parse::<usize>().ok()?),
        value => value.get(name),
    })
}

/// The claims of a document that has the shape of [`render`]; `None` where a member is missing or
/// of another form. Says nothing about members it does not look at: compare with [`render`].
pub fn read(document: &Value) -> Option<Claims> {
    let text = |pointer: &str| place(document, pointer).and_then(Value::as_str);
    let owned = |pointer: &str| text(pointer).map(str::to_owned);
    let achieved = place(document, "/credentialSubject/achievement")?;
    let (attainment, route) = achievement::read(achieved)?;
    // Region and standard stand last, whatever is attested.
    let [.., region, standard] = achieved.get("alignment")?.as_array()?.as_slice() else {
        return None;
    };
    let region = |member: &str| region.get(member).and_then(Value::as_str);
    let standard = |member: &str| standard.get(member).and_then(Value::as_str);
    let kind = standard_kind(standard("targetUrl")?)?;
    let numbered = |kind: &str| {
        let numbers = achieved.get("otherIdentifier")?.as_array()?;
        let of_kind = |it: &&Value| it.get("identifierType").and_then(Value::as_str) == Some(kind);
        numbers.iter().find(of_kind)?.get("identifier")?.as_str()
    };
    let results = match (place(document, RESULT), numbered(CERTIFICATE)) {
        (None, None) => None,
        (Some(results), Some(certificate)) => Some(Results {
            scores: result::read(results)?,
            certificate: digest(certificate)?,
        }),
        _ => return None,
    };
    let number = |kind: &str| match numbered(kind) {
        Some(number) => exact(number).map(Some),
        None => Some(None),
    };
    let did: crate::credential::did::Did = exact(text("/issuer/id")?)?;
    // A list's number stands only in its URL.
    let list = text("/credentialStatus/0/statusListCredential")?
        .rsplit_once("/status/")?
        .1
        .strip_suffix("-revocation.json")?;
    Some(Claims {
        credential_id: exact(text("/id")?.strip_prefix("urn:uuid:")?)?,
        number: exact(text("/credentialSubject/licenseNumber")?)?,
        holder: Holder {
            name: owned("/credentialSubject/identifier/0/identityHash")?,
            document_type: owned("/credentialSubject/identifier/1/identityHash")?,
            document_last4: owned("/credentialSubject/identifier/2/identityHash")?,
        },
        attainment,
        route,
        standard: Standard {
            kind,
            code: standard("targetCode")?.to_owned(),
            edition: standard("targetDescription")?.to_owned(),
        },
        region: exact(region("targetCode")?)?,
        region_name: region("targetName")?.to_owned(),
        issuer: Issuer {
            did,
            name: Name {
                zh: owned("/issuer/name")?,
                en: owned("/issuer/description"),
            },
            credit_code: exact(text("/issuer/otherIdentifier/0/identifier")?)?,
        },
        session: owned("/credentialSubject/term"),
        assessed_on: parse_day(text("/credentialSubject/activityEndDate")?)?,
        issued_on: parse_day(text("/validFrom")?)?,
        issue: exact(numbered(ISSUE)?)?,
        supersedes: number(SUPERSEDES)?,
        twin: number(TWIN)?,
        status: StatusPlace {
            list: exact(list)?,
            index: exact(text("/credentialStatus/0/statusListIndex")?)?,
        },
        results,
    })
}

/// 64 lower-case hexadecimal digits.
fn digest(text: &str) -> Option<[u8; 32]> {
    let digest: [u8; 32] = hex::decode(text).ok()?.try_into().ok()?;
    (hex::encode(digest) == text).then_some(digest)
}

/// A civil date in China as the instant it begins: dates in a credential carry their zone.
fn day(date: Date) -> String {
    format!("{date}T00:00:00+08:00")
}
fn parse_day(text: &str) -> Option<Date> {
    exact_date(text.strip_suffix("T00:00:00+08:00")?)
}

pub(crate) fn standard_name(kind: StandardKind) -> &'static str {
    match kind {
        StandardKind::National => "国家职业标准",
        StandardKind::Industry => "行业企业评价规范",
        StandardKind::SpecialSkill => "专项职业能力考核规范",
    }
}
pub(crate) fn standard_word(kind: StandardKind) -> &'static str {
    match kind {
        StandardKind::National => "national",
        StandardKind::Industry => "industry",
        StandardKind::SpecialSkill => "special-skill",
    }
}
fn standard_kind(url: &str) -> Option<StandardKind> {
    [
        StandardKind::National,
        StandardKind::Industry,
        StandardKind::SpecialSkill,
    ]
    .into_iter()
    .find(|kind| url.rsplit('/').next() == Some(standard_word(*kind)))
}
