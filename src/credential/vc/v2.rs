//! The claim set as W3C VC Data Model 2.0 and Open Badges 3.0.
//!
//! Only terms of the two contexts in [`CONTEXTS`]; every node has an `id`, so that no blank node
//! stands in the way of `eddsa-rdfc-2022`. No `credentialSchema`: its Open Badges type needs a third
//! context. What stands where is written in `docs/formats.md`. [`render`] and [`read`] are each
//! other's inverse, and a document is accepted only if rendering what was read gives it again:
//! nothing can hide in a member that nobody looks at.

use crate::credential::claims::{Claims, Holder, Issuer, StatusPlace};
use crate::credential::status_list::StatusPurpose;
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::session::event::{Standard, StandardKind};
use jiff::civil::Date;
use serde_json::{Value, json};

/// The contexts, in this order and no others.
pub const CONTEXTS: [&str; 2] = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
];

const NAME: &str = "职业技能等级证书";
const CATALOGUE: &str = "中华人民共和国职业分类大典（2022年版）";
const LEVELS: &str = "职业技能等级（人社部发〔2022〕14号）";
const REGIONS: &str = "GB/T 2260";
const CRITERIA: &str = "按所列标准评定，各科成绩均合格。Assessed under the standard named here; every component passed.";
const DOCUMENT_TYPE: &str = "ext:documentType";
const DOCUMENT_LAST4: &str = "ext:documentNumberLast4";
const CREDIT_CODE: &str = "ext:unifiedSocialCreditCode";
const ISSUE: &str = "ext:issueSequence";
const SUPERSEDES: &str = "ext:supersededCertificateNumber";

/// The unsigned document.
pub fn render(claims: &Claims) -> Value {
    let id = format!("urn:uuid:{}", claims.credential_id);
    let node = |name: &str| format!("{id}#{name}");
    let did = &claims.issuer.did;
    let level_digit = digit(claims.level);
    let identity = |name: &str, kind: &str, value: &str| {
        json!({"id": node(name), "type": "IdentityObject", "hashed": false,
            "identityHash": value, "identityType": kind})
    };
    let identifier = |id: String, kind: &str, value: &str| json!({"id": id, "type": "IdentifierEntry", "identifierType": kind, "identifier": value});
    let alignment = |name: &str, url: String, code: &str, title: &str, framework: &str| {
        json!({"id": node(name), "type": ["Alignment"], "targetName": title, "targetUrl": url,
            "targetCode": code, "targetFramework": framework})
    };

    let mut issuer = json!({
        "id": did.to_string(),
        "type": ["Profile"],
        "name": claims.issuer.name.zh,
        "otherIdentifier": [identifier(format!("{did}#credit-code"), CREDIT_CODE, claims.issuer.credit_code.as_str())],
    });
    if let Some(en) = &claims.issuer.name.en {
        issuer["description"] = json!(en);
    }

    let code = claims.occupation.to_string();
    let mut occupation = alignment(
        "occupation",
        did.term_url("occupation", &code),
        &code,
        &claims.occupation_name.zh,
        CATALOGUE,
    );
    if let Some(en) = &claims.occupation_name.en {
        occupation["targetDescription"] = json!(en);
    }
    let mut level = alignment(
        "level",
        did.term_url("level", &level_digit),
        &level_digit,
        claims.level.name_zh(),
        LEVELS,
    );
    level["targetDescription"] = json!(claims.level.name_en());
    let region_code = claims.region.to_string();
    let region = alignment(
        "region",
        did.term_url("region", &region_code),
        &region_code,
        &claims.region_name,
        REGIONS,
    );
    let mut standard = alignment(
        "standard",
        did.term_url("standard", standard_word(claims.standard.kind)),
        &claims.standard.code,
        standard_name(claims.standard.kind),
        "职业标准",
    );
    standard["targetDescription"] = json!(claims.standard.edition);

    let mut numbers = vec![identifier(node("issue"), ISSUE, &claims.issue.to_string())];
    if let Some(old) = &claims.supersedes {
        numbers.push(identifier(node("supersedes"), SUPERSEDES, old.as_str()));
    }
    let occupation_en = claims.occupation_name.en.as_deref();
    let mut achievement = json!({
        "id": node("achievement"),
        "type": ["Achievement"],
        "achievementType": "Certification",
        "name": format!("{} {}", claims.occupation_name.zh, claims.level.name_zh()),
        "description": format!("{}, {}", occupation_en.unwrap_or(&claims.occupation_name.zh), claims.level.name_en()),
        "criteria": {"id": node("criteria"), "narrative": CRITERIA},
        "inLanguage": "zh",
        "otherIdentifier": numbers,
        "alignment": [occupation, level, region, standard],
    });
    if let Some(work_type) = &claims.work_type {
        achievement["specialization"] = json!(work_type);
    }

    let mut subject = json!({
        "id": node("holder"),
        "type": ["AchievementSubject"],
        "identifier": [
            identity("name", "name", &claims.holder.name),
            identity("document-type", DOCUMENT_TYPE, &claims.holder.document_type),
            identity("document-last4", DOCUMENT_LAST4, &claims.holder.document_last4),
        ],
        "licenseNumber": claims.number.as_str(),
        "activityEndDate": day(claims.assessed_on),
        "achievement": achievement,
    });
    if let Some(session) = &claims.session {
        subject["term"] = json!(session);
    }

    let status: Vec<Value> = StatusPurpose::ALL
        .into_iter()
        .map(|purpose| {
            json!({"id": node(purpose.name()), "type": "BitstringStatusListEntry",
                "statusPurpose": purpose.name(),
                "statusListIndex": claims.status.index.to_string(),
                "statusListCredential": did.status_list_url(claims.status.list, purpose)})
        })
        .collect();

    json!({
        "@context": CONTEXTS,
        "id": id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": NAME,
        "issuer": issuer,
        "validFrom": day(claims.issued_on),
        "credentialSubject": subject,
        "credentialStatus": status,
    })
}

/// The claims of a document that has the shape of [`render`]; `None` where a member is missing or
/// of another form. Says nothing about members it does not look at: compare with [`render`].
pub fn read(document: &Value) -> Option<Claims> {
    let text = |pointer: &str| document.pointer(pointer).and_then(Value::as_str);
    let owned = |pointer: &str| text(pointer).map(str::to_owned);
    let achievement = |member: &str| format!("/credentialSubject/achievement/{member}");
    let kind = standard_kind(text(&achievement("alignment/3/targetUrl"))?)?;
    let did: crate::credential::did::Did = text("/issuer/id")?.parse().ok()?;
    // A list's number stands only in its URL.
    let list = text("/credentialStatus/0/statusListCredential")?
        .rsplit_once("/status/")?
        .1
        .strip_suffix("-revocation.json")?
        .parse()
        .ok()?;
    Some(Claims {
        credential_id: text("/id")?.strip_prefix("urn:uuid:")?.parse().ok()?,
        number: text("/credentialSubject/licenseNumber")?.parse().ok()?,
        holder: Holder {
            name: owned("/credentialSubject/identifier/0/identityHash")?,
            document_type: owned("/credentialSubject/identifier/1/identityHash")?,
            document_last4: owned("/credentialSubject/identifier/2/identityHash")?,
        },
        occupation: text(&achievement("alignment/0/targetCode"))?.parse().ok()?,
        occupation_name: Name {
            zh: owned(&achievement("alignment/0/targetName"))?,
            en: owned(&achievement("alignment/0/targetDescription")),
        },
        work_type: owned(&achievement("specialization")),
        level: text(&achievement("alignment/1/targetCode"))?
            .parse()
            .ok()
            .and_then(SkillLevel::from_digit)?,
        standard: Standard {
            kind,
            code: owned(&achievement("alignment/3/targetCode"))?,
            edition: owned(&achievement("alignment/3/targetDescription"))?,
        },
        region: text(&achievement("alignment/2/targetCode"))?.parse().ok()?,
        region_name: owned(&achievement("alignment/2/targetName"))?,
        issuer: Issuer {
            did,
            name: Name {
                zh: owned("/issuer/name")?,
                en: owned("/issuer/description"),
            },
            credit_code: text("/issuer/otherIdentifier/0/identifier")?.parse().ok()?,
        },
        session: owned("/credentialSubject/term"),
        assessed_on: parse_day(text("/credentialSubject/activityEndDate")?)?,
        issued_on: parse_day(text("/validFrom")?)?,
        issue: text(&achievement("otherIdentifier/0/identifier"))?
            .parse()
            .ok()?,
        supersedes: match text(&achievement("otherIdentifier/1/identifier")) {
            Some(number) => Some(number.parse().ok()?),
            None => None,
        },
        status: StatusPlace {
            list,
            index: text("/credentialStatus/0/statusListIndex")?.parse().ok()?,
        },
    })
}

/// A civil date in China as the instant it begins: dates in a credential carry their zone.
fn day(date: Date) -> String {
    format!("{date}T00:00:00+08:00")
}
fn parse_day(text: &str) -> Option<Date> {
    text.strip_suffix("T00:00:00+08:00")?.parse().ok()
}

fn digit(level: SkillLevel) -> String {
    // `Claims::check` refuses levels without one.
    level.digit().map_or_else(String::new, |d| d.to_string())
}

fn standard_name(kind: StandardKind) -> &'static str {
    match kind {
        StandardKind::National => "国家职业标准",
        StandardKind::Industry => "行业企业评价规范",
        StandardKind::SpecialSkill => "专项职业能力考核规范",
    }
}
fn standard_word(kind: StandardKind) -> &'static str {
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
