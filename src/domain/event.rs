//! All events of the ledger, and how an event names its type and shape.

use crate::domain::account::event::AccountEvent;
use crate::domain::authority::event::AuthorityEvent;
use crate::domain::body::event::BodyEvent;
use crate::domain::catalogue::event::CatalogueEvent;
use crate::domain::certificate::event::CertificateEvent;
use crate::domain::competition::event::CompetitionEvent;
use crate::domain::ids::StreamKind;
use crate::domain::session::event::SessionEvent;
use crate::domain::staff::event::StaffEvent;
use crate::domain::worker::event::WorkerEvent;
use serde::{Deserializer, Serialize, Serializer};

/// Declares a stream's events: an enum over payload structs, each with its type name and the
/// schema version written today. Serialising gives the payload alone; the type and version
/// travel beside it.
macro_rules! events {
    (
        $(#[$doc:meta])*
        pub enum $name:ident {
            $( $(#[$vdoc:meta])* $variant:ident($payload:ty) = $type:literal, $version:literal; )*
            $( @nested $(#[$ndoc:meta])* $nested:ident($inner:ty); )?
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        // Events come by the thousand of the large kind and never by the thousand of the small:
        // boxing would cost an allocation each and save nothing.
        #[allow(clippy::large_enum_variant)]
        pub enum $name {
            $( $(#[$vdoc])* $variant($payload), )*
            $( $(#[$ndoc])* $nested($inner), )?
        }

        impl $name {
            /// Every (event type, schema version) written today.
            pub fn types() -> Vec<(&'static str, u16)> {
                #[allow(unused_mut)]
                let mut types = vec![$( ($type, $version) ),*];
                $( types.extend(<$inner>::types()); )?
                types
            }
            /// What happened: `stream.past_participle`.
            pub fn event_type(&self) -> &'static str {
                match self {
                    $( Self::$variant(_) => $type, )*
                    $( Self::$nested(inner) => inner.event_type(), )?
                }
            }
            /// The shape of the payload.
            pub fn schema_version(&self) -> u16 {
                match self {
                    $( Self::$variant(_) => $version, )*
                    $( Self::$nested(inner) => inner.schema_version(), )?
                }
            }
            /// Reads the newest shape of `event_type`; `None` if this stream has no such event.
            pub fn deserialize_data<'de, D: serde::Deserializer<'de>>(
                event_type: &str,
                data: D,
            ) -> Option<Result<Self, D::Error>> {
                match event_type {
                    $( $type => Some(<$payload as serde::Deserialize>::deserialize(data).map(Self::$variant)), )*
                    #[allow(unreachable_patterns)]
                    _ => events!(@rest event_type, data $(, $nested, $inner)?),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $( Self::$variant(payload) => payload.serialize(serializer), )*
                    $( Self::$nested(inner) => inner.serialize(serializer), )?
                }
            }
        }

        $( impl From<$payload> for $name {
            fn from(payload: $payload) -> Self {
                Self::$variant(payload)
            }
        } )*
    };
    (@rest $event_type:ident, $data:ident) => { { let _ = ($event_type, $data); None } };
    (@rest $event_type:ident, $data:ident, $nested:ident, $inner:ty) => {
        <$inner>::deserialize_data($event_type, $data).map(|read| read.map(Self::$nested))
    };
}
pub(crate) use events;

/// An event of any stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Of the authority.
    Authority(AuthorityEvent),
    /// Of the catalogue.
    Catalogue(CatalogueEvent),
    /// Of an account.
    Account(AccountEvent),
    /// Of an assessment body.
    Body(BodyEvent),
    /// Of an assessment session.
    Session(SessionEvent),
    /// Of a worker.
    Worker(WorkerEvent),
    /// Of a certificate.
    Certificate(CertificateEvent),
    /// Of a member of staff.
    Staff(StaffEvent),
    /// Of a competition.
    Competition(CompetitionEvent),
}

macro_rules! each_stream {
    ($self:ident, $event:ident => $body:expr) => {
        match $self {
            Self::Authority($event) => $body,
            Self::Catalogue($event) => $body,
            Self::Account($event) => $body,
            Self::Body($event) => $body,
            Self::Session($event) => $body,
            Self::Worker($event) => $body,
            Self::Certificate($event) => $body,
            Self::Staff($event) => $body,
            Self::Competition($event) => $body,
        }
    };
}

impl Event {
    /// Every (stream kind, event type, schema version) written today.
    pub fn types() -> Vec<(StreamKind, &'static str, u16)> {
        let of = |kind: StreamKind, types: Vec<(&'static str, u16)>| {
            types
                .into_iter()
                .map(move |(name, version)| (kind, name, version))
        };
        StreamKind::ALL
            .into_iter()
            .flat_map(|kind| match kind {
                StreamKind::Authority => of(kind, AuthorityEvent::types()),
                StreamKind::Catalogue => of(kind, CatalogueEvent::types()),
                StreamKind::Account => of(kind, AccountEvent::types()),
                StreamKind::Body => of(kind, BodyEvent::types()),
                StreamKind::Session => of(kind, SessionEvent::types()),
                StreamKind::Worker => of(kind, WorkerEvent::types()),
                StreamKind::Certificate => of(kind, CertificateEvent::types()),
                StreamKind::Staff => of(kind, StaffEvent::types()),
                StreamKind::Competition => of(kind, CompetitionEvent::types()),
            })
            .collect()
    }
    /// The kind of stream it belongs to.
    pub fn stream_kind(&self) -> StreamKind {
        match self {
            Self::Authority(_) => StreamKind::Authority,
            Self::Catalogue(_) => StreamKind::Catalogue,
            Self::Account(_) => StreamKind::Account,
            Self::Body(_) => StreamKind::Body,
            Self::Session(_) => StreamKind::Session,
            Self::Worker(_) => StreamKind::Worker,
            Self::Certificate(_) => StreamKind::Certificate,
            Self::Staff(_) => StreamKind::Staff,
            Self::Competition(_) => StreamKind::Competition,
        }
    }
    /// What happened: `stream.past_participle`.
    pub fn event_type(&self) -> &'static str {
        each_stream!(self, event => event.event_type())
    }
    /// The shape of the payload.
    pub fn schema_version(&self) -> u16 {
        each_stream!(self, event => event.schema_version())
    }
    /// Reads the newest shape of `event_type` on a stream of `kind`; `None` if that stream has
    /// no such event.
    pub fn deserialize_data<'de, D: Deserializer<'de>>(
        kind: StreamKind,
        event_type: &str,
        data: D,
    ) -> Option<Result<Self, D::Error>> {
        match kind {
            StreamKind::Authority => AuthorityEvent::deserialize_data(event_type, data)
                .map(|read| read.map(Self::Authority)),
            StreamKind::Catalogue => CatalogueEvent::deserialize_data(event_type, data)
                .map(|read| read.map(Self::Catalogue)),
            StreamKind::Account => {
                AccountEvent::deserialize_data(event_type, data).map(|read| read.map(Self::Account))
            }
            StreamKind::Body => {
                BodyEvent::deserialize_data(event_type, data).map(|read| read.map(Self::Body))
            }
            StreamKind::Session => {
                SessionEvent::deserialize_data(event_type, data).map(|read| read.map(Self::Session))
            }
            StreamKind::Worker => {
                WorkerEvent::deserialize_data(event_type, data).map(|read| read.map(Self::Worker))
            }
            StreamKind::Certificate => CertificateEvent::deserialize_data(event_type, data)
                .map(|read| read.map(Self::Certificate)),
            StreamKind::Staff => {
                StaffEvent::deserialize_data(event_type, data).map(|read| read.map(Self::Staff))
            }
            StreamKind::Competition => CompetitionEvent::deserialize_data(event_type, data)
                .map(|read| read.map(Self::Competition)),
        }
    }
}

impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        each_stream!(self, event => event.serialize(serializer))
    }
}

macro_rules! into_event {
    ($($stream:ident($events:ident)),*) => {$(
        impl From<$events> for Event {
            fn from(event: $events) -> Self {
                Self::$stream(event)
            }
        }
        impl TryFrom<Event> for $events {
            type Error = Event;
            /// The event itself, if it belongs to this kind of stream; else the event back.
            fn try_from(event: Event) -> Result<Self, Event> {
                match event {
                    Event::$stream(event) => Ok(event),
                    other => Err(other),
                }
            }
        }
    )*};
}
into_event!(
    Authority(AuthorityEvent),
    Catalogue(CatalogueEvent),
    Account(AccountEvent),
    Body(BodyEvent),
    Session(SessionEvent),
    Worker(WorkerEvent),
    Certificate(CertificateEvent),
    Staff(StaffEvent),
    Competition(CompetitionEvent)
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::example::{opened, sealed, worker};
    use crate::domain::worker::event::WorkerEnrolled;
    use std::collections::BTreeSet;

    #[test]
    fn each_type_is_written_by_one_kind_of_stream_or_is_a_proposal() {
        let types = Event::types();
        let kinds: BTreeSet<_> = types.iter().map(|(kind, ..)| kind.name()).collect();
        assert_eq!(kinds.len(), StreamKind::ALL.len());
        for (kind, name, version) in types {
            let stream = name.split_once('.').map(|(stream, _)| stream);
            assert!(
                stream == Some(kind.name()) || stream == Some("proposal"),
                "{name}"
            );
            assert!(version >= 1, "{name}");
        }
    }

    #[test]
    fn an_event_says_its_type_and_version_and_is_read_back_on_its_stream_only() {
        let enrolled = WorkerEnrolled {
            sealed: sealed(worker(1)),
        };
        let event = Event::from(WorkerEvent::from(enrolled));
        assert_eq!(event.event_type(), "worker.enrolled");
        assert_eq!(event.stream_kind(), StreamKind::Worker);
        let listed = Event::types();
        let newest = |name| listed.iter().find(|it| it.1 == name).unwrap().2;
        assert_eq!(event.schema_version(), newest("worker.enrolled"));
        let json = serde_json::to_string(&event).unwrap();
        let read = |kind, name: &str| {
            let mut data = serde_json::Deserializer::from_str(&json);
            Event::deserialize_data(kind, name, &mut data).map(Result::unwrap)
        };
        assert_eq!(read(StreamKind::Worker, "worker.enrolled"), Some(event));
        assert_eq!(read(StreamKind::Body, "worker.enrolled"), None);
        assert_eq!(read(StreamKind::Worker, "worker.born"), None);
        let raised = Event::from(SessionEvent::from(opened()));
        assert!(
            raised.schema_version() > 1,
            "a shape that was raised keeps its number"
        );
        assert_eq!(raised.schema_version(), newest(raised.event_type()));
    }
}
