//! Typed identifiers, one newtype per thing. Parsed and printed here, never generated.
//!
//! Internal ids are UUID v7 and never leave the ledger; what the public sees is random.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

id! {
    /// One ledger (台账); every chain and leaf of it is bound to this id.
    LedgerId;
    /// Assessment body or training provider (评价机构 / 培训机构).
    BodyId;
    /// Assessment session (认定批次).
    SessionId;
    /// Worker (劳动者), by a pseudonym: says nothing about the person.
    WorkerId;
    /// One certificate (职业技能等级证书) through all its issues.
    CertificateId;
    /// A person or machine that acts (账号).
    AccountId;
    /// A maker's proposal waiting for its checker (复核).
    ProposalId;
    /// One authorised scope of a body (备案范围).
    GrantId;
    /// One record of what a person brings along (履历).
    RecordId;
    /// A competition (职业技能竞赛).
    CompetitionId;
    /// One card of a member of staff (考评员证卡 and the like).
    CardId;
    /// An objection filed during a public notice (公示异议).
    ObjectionId;
    /// One application for recognition (比照认定).
    RecognitionId;
    /// A review of certificates (证书复查).
    ReviewId;
    /// One command; the same id never has two effects.
    CommandId;
    /// One event.
    EventId;
    /// A person in the vault: a worker or a member of staff.
    SubjectId;
}

impl From<WorkerId> for SubjectId {
    fn from(id: WorkerId) -> Self {
        Self(id.0)
    }
}
impl From<AccountId> for SubjectId {
    fn from(id: AccountId) -> Self {
        Self(id.0)
    }
}

/// The kinds of streams: one per thing that decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StreamKind {
    /// Genesis, authority and log keys, policy, calendars, published lists (主管部门).
    Authority,
    /// Occupations, number grammars, recognition rules (目录).
    Catalogue,
    /// People and machines that act (账号).
    Account,
    /// Assessment body (评价机构): filing, scope, keys, number serials.
    Body,
    /// Assessment session (认定批次).
    Session,
    /// What a person has (劳动者).
    Worker,
    /// One certificate (证书).
    Certificate,
    /// A person who assesses or teaches (师资、考评与督导人员).
    Staff,
    /// A competition (职业技能竞赛): its places.
    Competition,
}

impl StreamKind {
    /// Every kind, in declaration order.
    pub const ALL: [Self; 9] = [
        Self::Authority,
        Self::Catalogue,
        Self::Account,
        Self::Body,
        Self::Session,
        Self::Worker,
        Self::Certificate,
        Self::Staff,
        Self::Competition,
    ];

    /// The word used in stream ids, event types and the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Authority => "authority",
            Self::Catalogue => "catalogue",
            Self::Account => "account",
            Self::Body => "body",
            Self::Session => "session",
            Self::Worker => "worker",
            Self::Certificate => "certificate",
            Self::Staff => "staff",
            Self::Competition => "competition",
        }
    }
}

/// The name of one stream, printed `kind/uuid`. The authority's and the catalogue's single
/// streams carry the ledger's id.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamId {
    /// What decides.
    pub kind: StreamKind,
    /// Which one.
    pub id: Uuid,
}

impl StreamId {
    /// The stream of `kind` with this id.
    pub const fn new(kind: StreamKind, id: Uuid) -> Self {
        Self { kind, id }
    }
    /// The one authority stream of a ledger.
    pub const fn authority(ledger: LedgerId) -> Self {
        Self::new(StreamKind::Authority, ledger.0)
    }
    /// The one catalogue stream of a ledger.
    pub const fn catalogue(ledger: LedgerId) -> Self {
        Self::new(StreamKind::Catalogue, ledger.0)
    }
}

macro_rules! stream_of {
    ($($id:ident => $kind:ident),*) => {$(
        impl From<$id> for StreamId {
            fn from(id: $id) -> Self {
                Self::new(StreamKind::$kind, id.0)
            }
        }
    )*};
}
stream_of!(AccountId => Account, BodyId => Body, SessionId => Session, WorkerId => Worker, CertificateId => Certificate, SubjectId => Staff, CompetitionId => Competition);

impl StreamId {
    /// Whether `text` is exactly how this id is printed: not in capitals, not without hyphens.
    pub fn is_printed(&self, text: &str) -> bool {
        let id = text.strip_prefix(self.kind.name());
        let id = id.and_then(|rest| rest.strip_prefix('/'));
        id == Some(self.id.hyphenated().encode_lower(&mut [0; 36]))
    }
}

impl fmt::Display for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind.name(), self.id)
    }
}
impl fmt::Debug for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that is no stream id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a stream id is kind/uuid")]
pub struct BadStreamId;

impl FromStr for StreamId {
    type Err = BadStreamId;
    fn from_str(text: &str) -> Result<Self, BadStreamId> {
        let (kind, id) = text.split_once('/').ok_or(BadStreamId)?;
        let kind = StreamKind::ALL
            .into_iter()
            .find(|k| k.name() == kind)
            .ok_or(BadStreamId)?;
        let id = Uuid::parse_str(id).map_err(|_| BadStreamId)?;
        Ok(Self { kind, id })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_stream_is_named_by_its_kind_and_id_and_read_back() {
        let names: BTreeSet<_> = StreamKind::ALL.map(StreamKind::name).into();
        assert_eq!(names.len(), StreamKind::ALL.len());
        for kind in StreamKind::ALL {
            let stream = StreamId::new(kind, Uuid::from_u128(7));
            let text = format!("{}/00000000-0000-0000-0000-000000000007", kind.name());
            assert_eq!((stream.to_string(), text.parse()), (text, Ok(stream)));
        }
        assert_eq!(StreamKind::Worker.name(), "worker");
        for text in [
            "worker",
            "worker/7",
            "nobody/00000000-0000-0000-0000-000000000007",
        ] {
            assert_eq!(text.parse::<StreamId>(), Err(BadStreamId), "{text}");
        }
    }
}
