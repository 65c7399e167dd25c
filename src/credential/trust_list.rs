//! The trust list (信任列表): what a verifier pins. The authority's key, the log's origin and keys,
//! and every body with its scopes, keys and their validity by log position, signed with the
//! authority's `trust` key. Its file also carries the newest status lists, their details and a
//! checkpoint, so that this one file is enough to verify offline.
//!
//! The grammar is in `docs/formats.md`. Positions are half-open: `[from_position, to_position)`,
//! `to_position` null while it lasts. A reader takes exactly the members written here.

use super::did::Did;
use super::signed::{
    DocumentSignature, SealError, canonical, date_time, parse_date_time, sign_document,
    verify_document,
};
use super::strict_json::{self, InvalidJson};
use crate::domain::attainment::Attainment;
use crate::domain::credit_code::CreditCode;
use crate::domain::ids::LedgerId;
use crate::domain::item::ItemCode;
use crate::domain::level::SkillLevel;
use crate::domain::name::Name;
use crate::domain::occupation::OccupationCode;
use crate::domain::region::RegionCode;
use crate::domain::time::Instant;
use crate::keys::{InvalidSignature, KeyId, Purpose, Signer};
use crate::tlog::log_keys::{LogKey, LogKeys};
use crate::tlog::note::InvalidNote;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// First member of the list and of the signed bytes.
pub const KIND: &str = "skill-ledger/v1/trust-list";
/// Most bytes of a trust file.
pub const TRUST_FILE_BYTES_MAX: usize = 256 << 20;

/// A stretch of log positions, `[from_position, to_position)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stretch {
    /// The first position.
    pub from_position: u64,
    /// The first position after it; `None` while it lasts.
    pub to_position: Option<u64>,
}

impl Stretch {
    /// Whether `position` lies in it.
    pub fn holds(self, position: u64) -> bool {
        self.from_position <= position && self.to_position.is_none_or(|to| position < to)
    }
}

/// A level as a trust list writes it: its digit, or the word of the two that have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrustedLevel(pub SkillLevel);

impl Serialize for TrustedLevel {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.digit() {
            Some(digit) => serializer.serialize_u8(digit),
            None => self.0.serialize(serializer),
        }
    }
}
impl<'de> Deserialize<'de> for TrustedLevel {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Digit(u8),
            Word(SkillLevel),
        }
        match Written::deserialize(deserializer)? {
            Written::Digit(digit) => SkillLevel::from_digit(digit),
            Written::Word(word) => Some(word).filter(|level| level.digit().is_none()),
        }
        .map(Self)
        .ok_or_else(|| serde::de::Error::custom("no level"))
    }
}

/// A work type (工种) that a scope names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustedWorkType {
    /// Its occupation, one of the scope's.
    pub occupation: OccupationCode,
    /// Its name, as certificates show it.
    pub name: String,
}

/// An authorised scope (备案范围): every combination of its occupations, levels and regions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustedScope {
    /// Occupation codes.
    pub occupations: Vec<OccupationCode>,
    /// The only work types of an occupation that are covered; an occupation none of whose work types
    /// stands here is covered whole. Lists made before work types were carried have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub work_types: Vec<TrustedWorkType>,
    /// Levels: digits 5 to 1, or `"special"` (特级技师) and `"chief"` (首席技师).
    pub levels: Vec<TrustedLevel>,
    /// Items assessed without a level (专项职业能力, 微技能).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ItemCode>,
    /// GB/T 2260 codes; one that ends in zeros covers what lies within it.
    pub regions: Vec<RegionCode>,
    /// The first position it holds at.
    pub from_position: u64,
    /// The first position it no longer holds at.
    pub to_position: Option<u64>,
}

impl TrustedScope {
    /// Whether it covers what a certificate attests, in this region, whatever the position. An
    /// enterprise certificate (企业证书) rests on the assessment it shares with a level.
    pub fn covers(&self, attainment: &Attainment, region: RegionCode) -> bool {
        let named = match attainment {
            Attainment::Level {
                occupation,
                work_type,
                level,
                ..
            } => {
                self.occupations.contains(occupation)
                    && self.levels.contains(&TrustedLevel(*level))
                    && self.covers_work_type(*occupation, work_type.as_deref())
            }
            Attainment::Enterprise { occupation, .. } => self.occupations.contains(occupation),
            Attainment::SpecialSkill { item, .. } | Attainment::MicroSkill { item, .. } => {
                self.items.contains(item)
            }
        };
        named && self.regions.iter().any(|r| r.covers(region))
    }
    fn covers_work_type(&self, occupation: OccupationCode, work_type: Option<&str>) -> bool {
        let of_occupation = |it: &&TrustedWorkType| it.occupation == occupation;
        let mut named = self.work_types.iter().filter(of_occupation).peekable();
        named.peek().is_none() || named.any(|it| Some(it.name.as_str()) == work_type)
    }
    /// When it holds.
    pub fn stretch(&self) -> Stretch {
        Stretch {
            from_position: self.from_position,
            to_position: self.to_position,
        }
    }
}

/// A grant to finish one session although the scope has ended (the authority's run-off).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustedRunOff {
    /// The body's number of the session (认定批次), as credentials show it.
    pub session: String,
    /// The first position it holds at.
    pub from_position: u64,
    /// The first position it no longer holds at.
    pub to_position: Option<u64>,
}

/// A key of a body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustedKey {
    /// The key: its id is the key itself.
    pub key_id: KeyId,
    /// `certificate` or `status`.
    pub purpose: Purpose,
    /// The position of its registration.
    pub from_position: u64,
    /// The position of its retirement.
    pub to_position: Option<u64>,
    /// From this position on its use is void.
    pub compromised_from_position: Option<u64>,
}

impl TrustedKey {
    /// When it is in use.
    pub fn stretch(&self) -> Stretch {
        Stretch {
            from_position: self.from_position,
            to_position: self.to_position,
        }
    }
}

/// An assessment body (评价机构) as verifiers need to know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustedBody {
    /// Its identifier, issuer of its credentials.
    pub did: Did,
    /// Filed name.
    pub name: Name,
    /// 统一社会信用代码
    pub credit_code: CreditCode,
    /// Every scope it ever had.
    pub scopes: Vec<TrustedScope>,
    /// Every run-off it was granted.
    pub run_offs: Vec<TrustedRunOff>,
    /// When it was suspended or withdrawn: nothing issued then is good.
    pub suspensions: Vec<Stretch>,
    /// Every key it ever had.
    pub keys: Vec<TrustedKey>,
    /// Addresses of its status lists.
    pub status_lists: Vec<String>,
}

impl TrustedBody {
    /// One of its keys, if it is for `purpose`.
    pub fn key(&self, id: &KeyId, purpose: Purpose) -> Option<&TrustedKey> {
        self.keys
            .iter()
            .find(|key| key.key_id == *id && key.purpose == purpose)
    }
}

/// The authority (主管部门).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustedAuthority {
    /// Its name.
    pub name: Name,
    /// Its region.
    pub region: RegionCode,
    /// The key that signs this list: what a verifier pins.
    pub trust_key: KeyId,
}

/// The log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustedLog {
    /// Its origin: first line of every checkpoint.
    pub origin: String,
    /// Every key it ever had, all under the name `origin`. One whose life is not said, in use from
    /// position 0 on, stands as its verifier key alone: so did all before lives were carried.
    #[serde(serialize_with = "write_log_keys", deserialize_with = "read_log_keys")]
    pub keys: Vec<LogKey>,
}

fn write_log_keys<S: Serializer>(keys: &[LogKey], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(keys.iter().map(WrittenLogKey))
}
fn read_log_keys<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<LogKey>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Alone(String),
        Life(LogKey),
    }
    let keys = Vec::<Written>::deserialize(deserializer)?;
    let keys = keys.into_iter().map(|key| match key {
        Written::Life(key) => Ok(key),
        Written::Alone(vkey) => LogKey::alone(vkey.parse()?),
    });
    keys.collect::<Result<_, InvalidNote>>()
        .map_err(serde::de::Error::custom)
}

struct WrittenLogKey<'a>(&'a LogKey);

impl Serialize for WrittenLogKey<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match LogKey::alone(self.0.vkey.clone()).as_ref() == Ok(self.0) {
            true => serializer.collect_str(&self.0.vkey),
            false => self.0.serialize(serializer),
        }
    }
}

/// The list itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustList {
    /// The ledger it is derived from.
    pub ledger: LedgerId,
    /// Every event up to this position is reflected.
    pub as_of_position: u64,
    /// When it was made.
    pub issued_at: Instant,
    /// The authority.
    pub authority: TrustedAuthority,
    /// The log.
    pub log: TrustedLog,
    /// The bodies.
    pub bodies: Vec<TrustedBody>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    #[serde(rename = "kind")]
    _kind: String,
    ledger: LedgerId,
    as_of_position: u64,
    issued_at: String,
    authority: TrustedAuthority,
    log: TrustedLog,
    bodies: Vec<TrustedBody>,
}

impl TrustList {
    /// The body with this identifier.
    pub fn body(&self, did: &Did) -> Option<&TrustedBody> {
        self.bodies.iter().find(|body| body.did == *did)
    }

    /// Whether every identifier stands once and every key, of whomever, has one purpose.
    fn is_unambiguous(&self) -> bool {
        let mut dids = BTreeSet::new();
        let mut keys = BTreeSet::new();
        let log_keys = self.log.keys.iter().map(|key| *key.vkey.public_key());
        let body_keys = self.bodies.iter().flat_map(|b| &b.keys);
        let other_keys = body_keys
            .map(|k| &k.key_id)
            .chain([&self.authority.trust_key]);
        let other_keys = other_keys.map(KeyId::public_key);
        log_keys
            .chain(other_keys.map(|key| *key.as_bytes()))
            .all(|key| keys.insert(key))
            && self.bodies.iter().all(|body| dids.insert(&body.did))
    }

    fn render(&self) -> Value {
        json!({
            "kind": KIND,
            "ledger": self.ledger,
            "as_of_position": self.as_of_position,
            "issued_at": date_time(self.issued_at),
            "authority": self.authority,
            "log": self.log,
            "bodies": self.bodies,
        })
    }

    /// The signed list, compact canonical JSON: `{"signature":…,"trust_list":…}`. `signer` is the
    /// authority's key of purpose `trust`, the one the list names.
    pub fn sign(&self, signer: &dyn Signer) -> Result<Vec<u8>, SealError> {
        let document = self.render();
        let signature = sign_document(KIND, &document, Purpose::Trust, signer)?;
        Ok(canonical(
            &json!({"trust_list": document, "signature": signature}),
        )?)
    }
}

/// The file a verifier is given: the signed list and what it takes to verify offline. Only the
/// list is signed as a whole; each other part carries its own signature.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustFile {
    /// The list, see [`TrustList`].
    pub trust_list: Value,
    /// The authority's signature over it.
    pub signature: Value,
    /// The newest signed status lists.
    #[serde(default)]
    pub status_lists: Vec<Value>,
    /// Their signed details.
    #[serde(default)]
    pub status_details: Vec<Value>,
    /// The newest checkpoint, a signed note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checkpoint: Option<String>,
}

/// Bytes that are no trust file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidTrustFile {
    /// Not JSON as we read it.
    #[error(transparent)]
    Json(#[from] InvalidJson),
    /// Another form.
    #[error("not a trust list file")]
    Form,
    /// The list is not signed by the key it names.
    #[error("the trust list's signature is not valid")]
    Signature,
}

impl TrustFile {
    /// Puts a file together: the bytes of [`TrustList::sign`], of the signed status lists and
    /// details, and a checkpoint.
    pub fn assemble(
        signed_list: &[u8],
        status_lists: &[Vec<u8>],
        status_details: &[Vec<u8>],
        checkpoint: Option<String>,
    ) -> Result<Self, InvalidTrustFile> {
        let read = |bytes: &[u8]| strict_json::parse(bytes, TRUST_FILE_BYTES_MAX);
        let mut file = Self::parse(signed_list)?;
        for bytes in status_lists {
            file.status_lists.push(read(bytes)?);
        }
        for bytes in status_details {
            file.status_details.push(read(bytes)?);
        }
        file.checkpoint = checkpoint;
        Ok(file)
    }

    /// Reads a file, and a signed list without the rest.
    pub fn parse(bytes: &[u8]) -> Result<Self, InvalidTrustFile> {
        let value = strict_json::parse(bytes, TRUST_FILE_BYTES_MAX)?;
        serde_json::from_value(value).map_err(|_| InvalidTrustFile::Form)
    }

    /// The file's bytes, compact canonical JSON.
    pub fn to_bytes(&self) -> Result<Vec<u8>, InvalidTrustFile> {
        let value = serde_json::to_value(self).map_err(|_| InvalidTrustFile::Form)?;
        canonical(&value).map_err(|_| InvalidTrustFile::Form)
    }

    /// The list, if it has the form of one and is signed by the key it names.
    pub fn open(&self) -> Result<TrustList, InvalidTrustFile> {
        use InvalidTrustFile::Form;
        let wire = Wire::deserialize(&self.trust_list).map_err(|_| Form)?;
        let list = TrustList {
            ledger: wire.ledger,
            as_of_position: wire.as_of_position,
            issued_at: parse_date_time(&wire.issued_at).ok_or(Form)?,
            authority: wire.authority,
            log: wire.log,
            bodies: wire.bodies,
        };
        let one_name = LogKeys::new(&list.log.origin, list.log.keys.clone()).is_ok();
        if !one_name || !list.is_unambiguous() || list.render() != self.trust_list {
            return Err(Form);
        }
        let signature = DocumentSignature::deserialize(&self.signature).map_err(|_| Form)?;
        if signature.key_id != list.authority.trust_key {
            return Err(InvalidTrustFile::Signature);
        }
        verify_document(KIND, &self.trust_list, &signature)
            .map_err(|_: InvalidSignature| InvalidTrustFile::Signature)?;
        Ok(list)
    }
}

/// The fingerprint of a trust key, for reading out and pinning: SHA-256 of its 32 bytes, lower-case
/// hexadecimal. A pin may also be the key id itself.
pub fn fingerprint(key: &KeyId) -> String {
    use sha2::{Digest, Sha256};
    hex::encode(Sha256::digest(key.public_key().as_bytes()))
}
