//! What stands in the claims of a `qr`, and how.
//!
//! ```text
//! certificate = {
//!      1: text              host of the ledger, `name` or `name:port`   (with 2: did:web of the body)
//!      2: bstr .size 16     public id of the body
//!      3: text              证书编号
//!    ? 4: text              姓名
//!    ? 5: uint / text       证件类型, a number of the table or its words
//!      6: text              证件号码后四位
//!      7: attainment        what it attests
//!      8: uint              route
//!      9: uint              region of the assessment, GB/T 2260
//!   ? 10: text              评价机构名称
//!   ? 11: text              认定批次
//!     12: int               评定日期, days since 1970-01-01
//!     13: int               发证日期 of this issue, days since 1970-01-01
//!   ? 14: uint              issue sequence, from 2; absent 1
//!   ? 15: text              the number it corrects
//!   ? 16: text              the other certificate of the same assessment
//!     17: [uint, uint]      status list, index
//!     18: bstr .size 16     first half of the SHA-256 of the canonical unsigned VC document
//! }
//! ```

use super::attained;
use crate::credential::claims::{Claims, StatusPlace};
use crate::credential::did::Did;
use crate::credential::disclosed::Disclosed;
use crate::domain::attainment::{Attainment, AttainmentKind};
use crate::domain::name::Name;
use crate::domain::number::CertificateNumber;
use crate::domain::time::Instant;
use coset::cbor::Value;
use jiff::civil::Date;
use jiff::{Span, Unit};
use uuid::Uuid;

/// iat, cti (RFC 8392 section 4), and the first claim key of private use.
const IAT: i64 = 6;
const CTI: i64 = 7;
const CERTIFICATE: i64 = -65_537;
/// Claims of more bytes than this go without what can be missed. They make a symbol of 121 modules.
const LEAN_BYTES: usize = 900;
const EPOCH: Date = Date::constant(1970, 1, 1);

/// The claims of a `qr`.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Contents {
    pub credential_id: Uuid,
    /// Whole seconds.
    pub created: Instant,
    pub disclosed: Disclosed,
    pub credential_prefix: [u8; 16],
}

impl Contents {
    /// What of `claims` a symbol has room for.
    pub fn of(claims: &Claims, created: Instant, credential_prefix: [u8; 16]) -> Self {
        let disclosed = Disclosed {
            complete: false,
            scores: None,
            attainment: without_english(&claims.attainment),
            standard: None,
            region_name: None,
            body_name: Some(chinese(&claims.issuer.name)),
            credit_code: None,
            ..Disclosed::from(claims)
        };
        Self {
            credential_id: claims.credential_id,
            created: Instant(created.as_second().saturating_mul(1_000_000)),
            disclosed,
            credential_prefix,
        }
    }

    /// Leaves out, one after the other until the claims have at most 900 bytes: the body's name
    /// (a trust list has it), the session, the kind of document, the holder's name. Only texts far
    /// longer than any in use bring this about.
    pub fn lean(mut self) -> Option<Self> {
        for step in 0..4 {
            if self.to_bytes()?.len() <= LEAN_BYTES {
                break;
            }
            match step {
                0 => self.disclosed.body_name = None,
                1 => self.disclosed.session = None,
                2 => self.disclosed.document_type = None,
                _ => self.disclosed.holder_name = None,
            }
        }
        Some(self)
    }

    /// The bytes of the claims; `None` for a claim that cannot be written.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        let mut bytes = Vec::with_capacity(400);
        coset::cbor::into_writer(&self.render()?, &mut bytes).ok()?;
        Some(bytes)
    }

    fn render(&self) -> Option<Value> {
        let it = &self.disclosed;
        let number = |number: &CertificateNumber| Value::from(number.as_str());
        let optional = |text: &Option<String>| text.as_deref().map(Value::from);
        let place = Value::Array(vec![it.status.list.into(), it.status.index.into()]);
        let region: u32 = it.region.to_string().parse().ok()?;
        let members = [
            (1, Some(it.did.host().into())),
            (2, Some(bytes(it.did.public_id().as_bytes()))),
            (3, it.number.as_ref().map(number)),
            (4, optional(&it.holder_name)),
            (5, it.document_type.as_deref().map(attained::document_type)),
            (6, optional(&it.document_last4)),
            (7, Some(attained::render(&it.attainment)?)),
            (8, it.route.map(|route| attained::route(route).into())),
            (9, Some(region.into())),
            (
                10,
                it.body_name.as_ref().map(|name| name.zh.as_str().into()),
            ),
            (11, optional(&it.session)),
            (12, it.assessed_on.and_then(days)),
            (13, Some(days(it.issued_on)?)),
            (14, (it.issue != 1).then(|| it.issue.into())),
            (15, it.supersedes.as_ref().map(number)),
            (16, it.twin.as_ref().map(number)),
            (17, Some(place)),
            (18, Some(bytes(&self.credential_prefix))),
        ];
        let members = members
            .into_iter()
            .filter_map(|(key, value)| Some((Value::from(key), value?)));
        Some(Value::Map(vec![
            (IAT.into(), self.created.as_second().into()),
            (CTI.into(), bytes(self.credential_id.as_bytes())),
            (CERTIFICATE.into(), Value::Map(members.collect())),
        ]))
    }

    /// Reads claims; the member at fault if they are none. Says nothing about members it does not
    /// look at: compare with [`Contents::to_bytes`].
    pub fn read(value: &Value) -> Result<Self, &'static str> {
        let claims = Map::of(value).ok_or("claims")?;
        let certificate = claims.get(CERTIFICATE).and_then(Map::of);
        let it = certificate.ok_or("certificate")?;
        let seconds = claims.get(IAT).and_then(integer);
        let created = seconds.and_then(|it| it.checked_mul(1_000_000));
        let created = created.map(Instant).ok_or("iat")?;
        let text_at = |key: i64| it.get(key).and_then(text);
        // A member that may be absent, but is of its form when present.
        let optional = |key: i64, member: &'static str| match it.get(key) {
            None => Ok(None),
            Some(value) => text(value).map(Some).ok_or(member),
        };
        let number = |key: i64, member: &'static str| match optional(key, member)? {
            None => Ok(None),
            Some(number) => number.try_into().map(Some).map_err(|_| member),
        };
        let date = |key: i64| it.get(key).and_then(read_days);
        let public_id = it.get(2).and_then(uuid).ok_or("body")?;
        let disclosed = Disclosed {
            complete: false,
            number: Some(number(3, "number")?.ok_or("number")?),
            holder_name: optional(4, "holder.name")?,
            document_type: match it.get(5) {
                None => None,
                Some(kind) => {
                    Some(attained::read_document_type(kind).ok_or("holder.document_type")?)
                }
            },
            document_last4: Some(text_at(6).ok_or("holder.document_last4")?),
            attainment: it.get(7).and_then(attained::read).ok_or("attainment")?,
            route: Some(it.get(8).and_then(attained::read_route).ok_or("route")?),
            standard: None,
            region: it
                .get(9)
                .and_then(unsigned::<u32>)
                .and_then(|code| format!("{code:06}").parse().ok())
                .ok_or("region")?,
            region_name: None,
            did: Did::of_body(&text_at(1).ok_or("host")?, public_id).map_err(|_| "host")?,
            body_name: optional(10, "issuer.name")?.map(|zh| Name { zh, en: None }),
            credit_code: None,
            session: optional(11, "session")?,
            assessed_on: Some(date(12).ok_or("assessed_on")?),
            issued_on: date(13).ok_or("issued_on")?,
            issue: match it.get(14) {
                None => 1,
                Some(issue) => unsigned(issue).ok_or("issue")?,
            },
            supersedes: number(15, "supersedes")?,
            twin: number(16, "twin")?,
            status: it.get(17).and_then(read_place).ok_or("status")?,
            scores: None,
        };
        check(&disclosed)?;
        Ok(Self {
            credential_id: claims
                .get(CTI)
                .and_then(uuid)
                .filter(|id| id.get_version_num() == 4)
                .ok_or("cti")?,
            created,
            disclosed,
            credential_prefix: it.get(18).and_then(array).ok_or("credential")?,
        })
    }
}

/// What every claim set must be, an enterprise certificate's twin being disclosed here; and that what
/// is left out was left out in its order.
fn check(it: &Disclosed) -> Result<(), &'static str> {
    it.check().map_err(|invalid| invalid.0)?;
    if it.kind() == AttainmentKind::Enterprise && it.twin.is_none() {
        return Err("twin");
    }
    let in_order = [
        it.holder_name.is_some() || it.document_type.is_none(),
        it.document_type.is_some() || it.session.is_none(),
        it.document_type.is_some() || it.body_name.is_none(),
    ];
    match in_order.contains(&false) {
        true => Err("left out"),
        false => Ok(()),
    }
}

fn chinese(name: &Name) -> Name {
    Name {
        zh: name.zh.clone(),
        en: None,
    }
}

fn without_english(attainment: &Attainment) -> Attainment {
    let mut attainment = attainment.clone();
    match &mut attainment {
        Attainment::Level {
            occupation_name: name,
            ..
        }
        | Attainment::SpecialSkill { name, .. }
        | Attainment::MicroSkill { name, .. } => name.en = None,
        Attainment::Enterprise {
            name,
            occupation_name,
            ..
        } => (name.en, occupation_name.en) = (None, None),
    }
    attainment
}

/// Deepest that arrays and maps stand in one another: claims, certificate, attainment.
const DEPTH_MAX: usize = 3;

/// The value of bytes in their one spelling (RFC 8949 section 4.2.1, the order of keys apart), made of
/// integers, byte strings, texts, arrays and maps; `None` for other bytes.
pub(super) fn value_of(bytes: &[u8]) -> Option<Value> {
    let value: Value = coset::cbor::from_reader(bytes).ok()?;
    let mut again = Vec::with_capacity(bytes.len());
    coset::cbor::into_writer(&value, &mut again).ok()?;
    (again == bytes && is_plain(&value, 0)).then_some(value)
}

fn is_plain(value: &Value, depth: usize) -> bool {
    let inner = |value: &Value| is_plain(value, depth + 1);
    match value {
        Value::Integer(_) | Value::Bytes(_) | Value::Text(_) => true,
        Value::Array(items) => depth < DEPTH_MAX && items.iter().all(inner),
        Value::Map(members) => {
            depth < DEPTH_MAX && members.iter().all(|(key, it)| inner(key) && inner(it))
        }
        _ => false,
    }
}

/// A map with integer keys.
struct Map<'a>(&'a [(Value, Value)]);

impl<'a> Map<'a> {
    fn of(value: &'a Value) -> Option<Self> {
        value.as_map().map(|members| Self(members))
    }
    fn get(&self, key: i64) -> Option<&'a Value> {
        let found = |(k, _): &&(Value, Value)| integer(k) == Some(key);
        self.0.iter().find(found).map(|(_, value)| value)
    }
}

fn bytes(bytes: &[u8]) -> Value {
    Value::Bytes(bytes.to_vec())
}
fn array<const N: usize>(value: &Value) -> Option<[u8; N]> {
    value.as_bytes()?.as_slice().try_into().ok()
}
fn uuid(value: &Value) -> Option<Uuid> {
    array(value).map(Uuid::from_bytes)
}
fn integer(value: &Value) -> Option<i64> {
    value.as_integer()?.try_into().ok()
}
pub(super) fn unsigned<T: TryFrom<i64>>(value: &Value) -> Option<T> {
    integer(value)?.try_into().ok()
}
pub(super) fn text(value: &Value) -> Option<String> {
    value.as_text().map(str::to_owned)
}

fn days(date: Date) -> Option<Value> {
    let days = EPOCH.until((Unit::Day, date)).ok()?.get_days();
    Some(days.into())
}
fn read_days(value: &Value) -> Option<Date> {
    let days = Span::new().try_days(integer(value)?).ok()?;
    let date = EPOCH.checked_add(days).ok()?;
    // As everywhere else, years have four digits.
    (date.year() >= 0).then_some(date)
}
fn read_place(value: &Value) -> Option<StatusPlace> {
    match value.as_array()?.as_slice() {
        [list, index] => Some(StatusPlace {
            list: unsigned(list)?,
            index: unsigned(index)?,
        }),
        _ => None,
    }
}
