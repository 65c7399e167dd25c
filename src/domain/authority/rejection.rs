//! Why the authority's stream says no.

use crate::domain::proposal::ProposalRejection;
use crate::domain::rejection::rejections;
use crate::domain::wording::TextRejection;
use jiff::civil::Date;

rejections! {
    /// The rules of the authority's stream.
    pub enum AuthorityRejection {
        /// Nothing before genesis.
        NotEstablished = "ledger-not-established";
        /// A ledger begins once.
        AlreadyEstablished = "ledger-already-established";
        /// `DEMO`, or a division code whose province is the authority's.
        JurisdictionUnknown = "jurisdiction-unknown";
        /// A host name of RFC 1123, in lower case: it goes into every did:web.
        HostInvalid = "host-invalid";
        /// A key's id and a public key are used once: a key has one purpose.
        KeyTaken = "key-taken";
        /// An authority's key serves `trust` or `log`.
        KeyPurposeUnknown = "key-purpose-unknown";
        /// There is no such key.
        KeyUnknown = "key-unknown";
        /// The key is out of use.
        KeyNotActive = "key-not-active";
        /// Another key of this purpose must be in use before the last one retires.
        LastKey = "key-last";
        /// A log's key in use takes over with a note signed by the one before; the first has none.
        KeySuccession = "key-succession";
        /// The log has a key in use and its successor already.
        LogKeysInUse {
            /// Most keys in use.
            most: u16,
        } = "log-keys-in-use";
        /// A key is declared compromised from the same or an earlier position already.
        KeyAlreadyCompromised = "key-already-compromised";
        /// Positions begin at 1.
        PositionInvalid = "position-invalid";
        /// No key of this purpose is in use.
        KeyMissing {
            /// `trust`.
            purpose: &'static str,
        } = "key-missing";
        /// The rule is another jurisdiction's.
        OtherJurisdiction = "other-jurisdiction";
        /// Holidays are weekdays and workdays weekend days of the calendar's year, each once.
        CalendarUnsound {
            /// The year.
            year: i16,
        } = "calendar-unsound";
        /// The working days of a year are not known.
        CalendarMissing {
            /// The year.
            year: i16,
        } = "calendar-missing";
        /// A public notice of unbearable length.
        NoticeTooLong {
            /// Most working days.
            most: u16,
        } = "notice-too-long";
        /// No notice policy applies on that day.
        NoticePolicyMissing {
            /// The day.
            date: Date,
        } = "notice-policy-missing";
        /// No policy about bodies applies on that day.
        BodyPolicyMissing {
            /// The day.
            date: Date,
        } = "body-policy-missing";
        /// A policy about bodies names the forms of own staff, each once, separations of 1 to 1,200
        /// months, and a credit there is.
        BodyPolicyUnsound = "body-policy-unsound";
        /// A policy of assessment holds a ratio of nobody or a bound out of reach.
        AssessmentPolicyUnsound {
            /// Which of its figures.
            field: &'static str,
        } = "assessment-policy-unsound";
        /// A published list does not go back behind an earlier one.
        TrustListGoesBack {
            /// What the newest one reflects.
            position: u64,
        } = "trust-list-goes-back";
        /// An empty document.
        TrustListEmpty = "trust-list-empty";
        @nested
        /// About a text.
        Text(TextRejection);
        @nested
        /// About a proposal.
        Proposal(ProposalRejection);
    }
}
