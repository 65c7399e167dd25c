//! What is sealed: JSON inside, one type per field, wiped when dropped, never printed.

use super::{CONTENT_BYTES_MAX, VaultError};
use crate::domain::identity::{IdentityDocument, Sex};
use crate::domain::ids::{CardId, CertificateId};
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::io::{self, Write};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// A typed content of one field.
pub trait Content: Serialize + DeserializeOwned {
    /// The field it is sealed in.
    const FIELD: &str;
}

/// Who a worker (劳动者) is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// 姓名, normalised as credentials show it.
    pub name: String,
    /// 证件类型, 证件号码; wipes itself.
    #[zeroize(skip)]
    pub document: IdentityDocument,
    /// 性别, where known.
    #[zeroize(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// 出生日期, where known.
    #[zeroize(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth: Option<Date>,
}

/// How a worker is reached and what he said of himself. Never needed for a certificate.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// 手机号码
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// 工作单位
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employer: Option<String>,
    /// 文化程度
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub education: Option<String>,
}

/// Who a member of staff (工作人员) is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
pub struct Staff {
    /// 姓名
    pub name: String,
    /// 考评员证卡编号, for examiners.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<String>,
}

impl Content for Identity {
    const FIELD: &str = "identity";
}
impl Content for Contact {
    const FIELD: &str = "contact";
}
impl Content for Staff {
    const FIELD: &str = "staff";
}

/// The field that keeps the exact bytes of one issue of a certificate's credential.
pub fn credential_field(certificate: CertificateId, issue: u16) -> String {
    format!("credential:{certificate}:{issue}")
}

/// The field that keeps the number of a card (证卡编号).
pub fn card_field(card: CardId) -> String {
    format!("card:{card}")
}

/// Counts bytes, to reserve once: a buffer that grows leaves unwiped copies behind.
struct Counter(usize);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.saturating_add(bytes.len());
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Compact JSON, filled up with spaces to a multiple of `padding`.
pub(super) fn to_bytes<T: Content>(
    content: &T,
    padding: usize,
) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let shape = |_| VaultError::Shape(T::FIELD);
    let mut counter = Counter(0);
    serde_json::to_writer(&mut counter, content).map_err(shape)?;
    if counter.0 > CONTENT_BYTES_MAX {
        return Err(VaultError::TooLong);
    }
    let length = counter.0.next_multiple_of(padding);
    let mut bytes = Zeroizing::new(Vec::with_capacity(length));
    serde_json::to_writer(&mut *bytes, content).map_err(shape)?;
    bytes.resize(length, b' ');
    Ok(bytes)
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity(…)")
    }
}
impl fmt::Debug for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Contact(…)")
    }
}
impl fmt::Debug for Staff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Staff(…)")
    }
}
