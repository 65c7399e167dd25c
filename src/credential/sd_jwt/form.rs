//! A certificate's claims as the payload of an SD-JWT VC: what is always disclosed, and what the
//! holder discloses or keeps. [`render`] and [`read`] are each other's inverse; a payload is accepted
//! only if rendering what was read gives it again.

use super::super::claims::{Claims, Holder, Issuer, StatusPlace, exact, exact_date};
use super::super::did::Did;
use super::super::disclosed::Disclosed;
use super::super::jwt::{base64url, from_base64url};
use super::super::signed::canonical_sha256;
use super::super::vc::{level_code, level_of, v2};
use crate::domain::attainment::{Attainment, AttainmentKind};
use crate::domain::number::CertificateNumber;
use crate::domain::route::Route;
use crate::domain::score::{Component, Score, Scores};
use crate::domain::time::Instant;
use jiff::civil::Date;
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// A claim that the holder may keep to himself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Disclosable {
    /// 姓名
    HolderName,
    /// 证件类型
    DocumentType,
    /// The last four characters of the document's number.
    DocumentLast4,
    /// 证书编号
    CertificateNumber,
    /// By which route.
    Route,
    /// The standard it was assessed under.
    Standard,
    /// The region's name that day.
    RegionName,
    /// 评价机构名称
    BodyName,
    /// 统一社会信用代码
    CreditCode,
    /// 认定批次
    Session,
    /// 评定日期
    AssessedOn,
    /// The number it corrects.
    Supersedes,
    /// The other certificate of the same assessment.
    Twin,
    /// The id of the VC document.
    CredentialId,
    /// 成绩
    Scores,
}

impl Disclosable {
    /// Every one.
    pub const ALL: [Self; 15] = [
        Self::HolderName,
        Self::DocumentType,
        Self::DocumentLast4,
        Self::CertificateNumber,
        Self::Route,
        Self::Standard,
        Self::RegionName,
        Self::BodyName,
        Self::CreditCode,
        Self::Session,
        Self::AssessedOn,
        Self::Supersedes,
        Self::Twin,
        Self::CredentialId,
        Self::Scores,
    ];

    /// The name of its claim.
    pub const fn name(self) -> &'static str {
        match self {
            Self::HolderName => "holder_name",
            Self::DocumentType => "document_type",
            Self::DocumentLast4 => "document_last4",
            Self::CertificateNumber => "certificate_number",
            Self::Route => "route",
            Self::Standard => "standard",
            Self::RegionName => "region_name",
            Self::BodyName => "body_name",
            Self::CreditCode => "credit_code",
            Self::Session => "session",
            Self::AssessedOn => "assessed_on",
            Self::Supersedes => "supersedes",
            Self::Twin => "twin",
            Self::CredentialId => "credential_id",
            Self::Scores => "scores",
        }
    }

    /// The one of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// The type (`vct`) of certificates of a kind on the ledger at `host`, and where its metadata is.
pub fn vct(host: &str, kind: AttainmentKind) -> String {
    format!("https://{host}/vct/{}", kind.name())
}

/// What an SD-JWT VC says, as far as it is disclosed.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Content {
    pub disclosed: Disclosed,
    pub credential_id: Option<Uuid>,
    pub unsigned_sha256: [u8; 32],
    pub created: Instant,
}

impl Content {
    /// All of a claim set. `created` is cut to whole seconds.
    pub fn of(
        claims: &Claims,
        scores: Option<Scores>,
        unsigned_sha256: [u8; 32],
        created: Instant,
    ) -> Self {
        Self {
            disclosed: Disclosed {
                scores,
                ..claims.into()
            },
            credential_id: Some(claims.credential_id),
            unsigned_sha256,
            created: Instant(created.as_second() * 1_000_000),
        }
    }

    /// The value of a claim that may be kept; none if it is kept or not there.
    pub fn value(&self, of: Disclosable) -> Option<Value> {
        let it = &self.disclosed;
        let text = |text: &Option<String>| text.as_ref().map(|it| json!(it));
        let number = |it: &Option<CertificateNumber>| it.as_ref().map(|it| json!(it.as_str()));
        match of {
            Disclosable::HolderName => text(&it.holder_name),
            Disclosable::DocumentType => text(&it.document_type),
            Disclosable::DocumentLast4 => text(&it.document_last4),
            Disclosable::CertificateNumber => number(&it.number),
            Disclosable::Route => it.route.map(|it| json!(it.name())),
            Disclosable::Standard => it.standard.as_ref().map(|it| json!(it)),
            Disclosable::RegionName => text(&it.region_name),
            Disclosable::BodyName => it.body_name.as_ref().map(|it| json!(it)),
            Disclosable::CreditCode => it.credit_code.map(|it| json!(it.as_str())),
            Disclosable::Session => text(&it.session),
            Disclosable::AssessedOn => it.assessed_on.map(|it| json!(it.to_string())),
            Disclosable::Supersedes => number(&it.supersedes),
            Disclosable::Twin => number(&it.twin),
            Disclosable::CredentialId => self.credential_id.map(|it| json!(it.to_string())),
            Disclosable::Scores => it.scores.as_ref().map(written_scores),
        }
    }

    /// The claims that nobody can keep to himself.
    pub fn always(&self) -> Map<String, Value> {
        let it = &self.disclosed;
        let mut claims = Map::new();
        let mut say = |name: &str, value: Value| {
            claims.insert(name.to_owned(), value);
        };
        say("iss", json!(it.did.url()));
        say("vct", json!(vct(it.did.host(), it.kind())));
        say("iat", json!(self.created.as_second()));
        say(
            "status",
            json!({"status_list": {
                "idx": it.status.index,
                "uri": it.did.token_status_list_url(it.status.list),
            }}),
        );
        say("credential_sha256", json!(base64url(self.unsigned_sha256)));
        say("region", json!(it.region.to_string()));
        say("issued_on", json!(it.issued_on.to_string()));
        say("issue", json!(it.issue));
        match &it.attainment {
            Attainment::Level {
                occupation,
                occupation_name,
                work_type,
                level,
            } => {
                say("occupation", json!(occupation.to_string()));
                say("occupation_name", json!(occupation_name));
                if let Some(work_type) = work_type {
                    say("work_type", json!(work_type));
                }
                say("level", json!(level_code(*level)));
                say(
                    "level_name",
                    json!({"zh": level.name_zh(), "en": level.name_en()}),
                );
            }
            Attainment::SpecialSkill { item, name } => {
                say("item", json!(item.as_str()));
                say("item_name", json!(name));
            }
            Attainment::MicroSkill { item, name, of } => {
                say("item", json!(item.as_str()));
                say("item_name", json!(name));
                if let Some(occupation) = of {
                    say("occupation", json!(occupation.to_string()));
                }
            }
            Attainment::Enterprise {
                name,
                grade,
                occupation,
                occupation_name,
            } => {
                say("enterprise_certificate_name", json!(name));
                say("enterprise_grade", json!(grade));
                say("occupation", json!(occupation.to_string()));
                say("occupation_name", json!(occupation_name));
            }
        }
        claims
    }

    /// Everything that is disclosed, as one object without digests.
    pub fn render(&self) -> Value {
        let mut claims = self.always();
        for of in Disclosable::ALL {
            if let Some(value) = self.value(of) {
                claims.insert(of.name().to_owned(), value);
            }
        }
        Value::Object(claims)
    }

    /// What an object of the shape of [`Content::render`] says; `None` where a member is of another
    /// form. Says nothing about members it does not look at: compare with [`Content::render`].
    pub fn read(whole: &Value) -> Option<Self> {
        let always = |name: &str| whole.get(name)?.as_str();
        let did = Did::from_url(always("iss")?)?;
        let kind = AttainmentKind::ALL
            .into_iter()
            .find(|kind| Some(vct(did.host(), *kind).as_str()) == always("vct"))?;
        let seconds = whole.get("iat")?.as_i64()?;
        // Until the year 9999, as everywhere.
        let created = (0..=253_402_300_799)
            .contains(&seconds)
            .then_some(Instant(seconds * 1_000_000))?;
        let list = whole.get("status")?.get("status_list")?;
        let number = list.get("uri")?.as_str()?.rsplit_once("/status/")?.1;
        let status = StatusPlace {
            list: exact(number.strip_suffix(".jwt")?)?,
            index: list.get("idx")?.as_u64()?.try_into().ok()?,
        };
        let unsigned_sha256 = from_base64url(always("credential_sha256")?)?;
        let unsigned_sha256 = unsigned_sha256.try_into().ok()?;
        let disclosed = Disclosed {
            complete: false,
            number: kept(whole, "certificate_number", parsed)?,
            holder_name: kept(whole, "holder_name", text)?,
            document_type: kept(whole, "document_type", text)?,
            document_last4: kept(whole, "document_last4", text)?,
            attainment: attainment(kind, whole)?,
            route: kept(whole, "route", route)?,
            standard: kept(whole, "standard", object)?,
            region: exact(always("region")?)?,
            region_name: kept(whole, "region_name", text)?,
            body_name: kept(whole, "body_name", object)?,
            credit_code: kept(whole, "credit_code", parsed)?,
            session: kept(whole, "session", text)?,
            assessed_on: kept(whole, "assessed_on", date)?,
            issued_on: exact_date(always("issued_on")?)?,
            issue: whole.get("issue")?.as_u64()?.try_into().ok()?,
            supersedes: kept(whole, "supersedes", parsed)?,
            twin: kept(whole, "twin", parsed)?,
            scores: kept(whole, "scores", scores)?,
            status,
            did,
        };
        let mut content = Self {
            disclosed,
            credential_id: kept(whole, "credential_id", parsed)?,
            unsigned_sha256,
            created,
        };
        content.disclosed.complete = content.is_complete();
        Some(content)
    }

    /// Whether what is disclosed is the whole document whose digest is stated.
    fn is_complete(&self) -> bool {
        let whole = self.whole().map(|claims| v2::render(&claims));
        whole.is_some_and(|it| canonical_sha256(&it) == Ok(self.unsigned_sha256))
    }

    /// The claim set, if nothing that every certificate has is kept.
    fn whole(&self) -> Option<Claims> {
        let it = self.disclosed.clone();
        Some(Claims {
            credential_id: self.credential_id?,
            number: it.number?,
            holder: Holder {
                name: it.holder_name?,
                document_type: it.document_type?,
                document_last4: it.document_last4?,
            },
            attainment: it.attainment,
            route: it.route?,
            standard: it.standard?,
            region: it.region,
            region_name: it.region_name?,
            issuer: Issuer {
                did: it.did,
                name: it.body_name?,
                credit_code: it.credit_code?,
            },
            session: it.session,
            assessed_on: it.assessed_on?,
            issued_on: it.issued_on,
            issue: it.issue,
            supersedes: it.supersedes,
            twin: it.twin,
            status: it.status,
            results: None,
        })
    }
}

/// `{"skill":"90.0","theory":"87.5"}`
fn written_scores(scores: &Scores) -> Value {
    let given = scores.given();
    let told =
        given.map(|(component, score)| (component.name().to_owned(), json!(score.to_string())));
    Value::Object(told.collect())
}
fn scores(value: &Value) -> Option<Scores> {
    let told = value.as_object()?;
    let score = |component: Component| kept(value, component.name(), parsed::<Score>);
    let [theory, skill, review] = Component::ALL.map(score);
    let scores = Scores::new(theory?, skill?, review?)?;
    (told.len() == scores.given().count()).then_some(scores)
}

/// A claim that may be kept: `Some(None)` if it is, `None` if it is there and of another form.
fn kept<T>(whole: &Value, name: &str, read: fn(&Value) -> Option<T>) -> Option<Option<T>> {
    whole.get(name).map_or(Some(None), |it| read(it).map(Some))
}
fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}
fn parsed<T: std::str::FromStr + ToString>(value: &Value) -> Option<T> {
    exact(value.as_str()?)
}
fn date(value: &Value) -> Option<Date> {
    exact_date(value.as_str()?)
}
/// An object of named members, none of which is an object itself.
fn object<T: serde::de::DeserializeOwned>(value: &Value) -> Option<T> {
    let flat = value.as_object()?.values().all(Value::is_string);
    flat.then(|| T::deserialize(value).ok())?
}
fn route(value: &Value) -> Option<Route> {
    Route::ALL.into_iter().find(|route| value == route.name())
}

fn attainment(kind: AttainmentKind, whole: &Value) -> Option<Attainment> {
    let get = |name: &str| whole.get(name);
    Some(match kind {
        AttainmentKind::Level => Attainment::Level {
            occupation: parsed(get("occupation")?)?,
            occupation_name: object(get("occupation_name")?)?,
            work_type: kept(whole, "work_type", text)?,
            level: level_of(get("level")?.as_str()?)?,
        },
        AttainmentKind::SpecialSkill => Attainment::SpecialSkill {
            item: parsed(get("item")?)?,
            name: object(get("item_name")?)?,
        },
        AttainmentKind::MicroSkill => Attainment::MicroSkill {
            item: parsed(get("item")?)?,
            name: object(get("item_name")?)?,
            of: kept(whole, "occupation", parsed)?,
        },
        AttainmentKind::Enterprise => Attainment::Enterprise {
            name: object(get("enterprise_certificate_name")?)?,
            grade: text(get("enterprise_grade")?)?,
            occupation: parsed(get("occupation")?)?,
            occupation_name: object(get("occupation_name")?)?,
        },
    })
}
