//! What a verifier holds: the trust list, the status documents, the time, the policy. Gathered
//! once, used for any number of credentials.

use super::report::{Check, CheckId};
use crate::credential::signed::date_time;
use crate::credential::status_details::{ParsedStatusDetails, StatusDetails};
use crate::credential::status_list::{ParsedStatusList, StatusList};
use crate::credential::strict_json;
use crate::credential::trust_list::{
    InvalidTrustFile, TRUST_FILE_BYTES_MAX, TrustFile, TrustList, fingerprint,
};
use crate::domain::time::Instant;
use crate::keys::{KeyId, Purpose};
use crate::tlog;
use serde_json::Value;
use std::collections::BTreeMap;

/// What the verifier asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Whether inclusion in the log is demanded. Without it, signature, authority as claimed and
    /// status are judged.
    pub require_log: bool,
    /// Oldest status list that is still believed, whatever its own `validUntil`.
    pub max_status_age_days: u32,
    /// Oldest trust list that is still believed.
    pub max_trust_age_days: u32,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            require_log: true,
            max_status_age_days: 30,
            max_trust_age_days: 90,
        }
    }
}

/// How far another clock may be ahead of ours.
pub(super) const CLOCK_SKEW_SECONDS: i64 = 300;
const DAY_SECONDS: i64 = 86_400;

/// Why a status document is not used; also the code of the check that missed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// Not of the form of one.
    Malformed,
    /// Its signature does not hold.
    Forged,
    /// Signed by a key that is not an active status key of the body.
    OtherKey,
}

/// Everything known before a credential is looked at.
pub struct Known {
    /// The time of verification.
    pub(super) now: Instant,
    /// What is asked for.
    pub(super) policy: Policy,
    /// Whose cosignatures are asked for, if anybody's.
    pub(super) witnesses: Option<tlog::policy::Policy>,
    /// The trust list, if one was given and its signature and pin hold.
    pub(super) trust: Option<TrustList>,
    trust_check: Check,
    lists: BTreeMap<String, StatusList>,
    details: BTreeMap<(String, u32), StatusDetails>,
    refused: BTreeMap<String, Refused>,
    refused_unnamed: bool,
}

impl Known {
    /// Asks for the quorum of a trust policy (C2SP tlog-policy) besides.
    pub fn with_witnesses(mut self, policy: Option<tlog::policy::Policy>) -> Self {
        self.witnesses = policy;
        self
    }

    /// Reads the trust file and further status documents (lists, details, or whole trust files,
    /// of which only the status documents are taken). `pin` is the trust key's fingerprint or id.
    pub fn gather(
        now: Instant,
        policy: Policy,
        trust_file: Option<&[u8]>,
        pin: Option<&str>,
        status_documents: &[Vec<u8>],
    ) -> Self {
        let mut known = Self {
            now,
            policy,
            witnesses: None,
            trust: None,
            trust_check: Check::unknown(CheckId::TrustList, "trust-missing"),
            lists: BTreeMap::new(),
            details: BTreeMap::new(),
            refused: BTreeMap::new(),
            refused_unnamed: false,
        };
        let mut documents = Vec::new();
        if let Some(bytes) = trust_file {
            match TrustFile::parse(bytes) {
                Ok(file) => {
                    known.take_trust(&file, pin);
                    documents.extend(file.status_lists);
                    documents.extend(file.status_details);
                }
                Err(error) => known.trust_check = trust_problem(error),
            }
        }
        for bytes in status_documents {
            match strict_json::parse(bytes, TRUST_FILE_BYTES_MAX) {
                Ok(value) if value.get("trust_list").is_some() => {
                    if let Ok(file) = serde_json::from_value::<TrustFile>(value) {
                        documents.extend(file.status_lists);
                        documents.extend(file.status_details);
                    }
                }
                Ok(value) => documents.push(value),
                Err(_) => known.refused_unnamed = true,
            }
        }
        for document in documents {
            known.take_status(document);
        }
        known
    }

    /// The trust list that answers are judged against; none if none was given, or its signature or
    /// pin does not hold.
    pub const fn trust_list(&self) -> Option<&TrustList> {
        self.trust.as_ref()
    }

    /// The line about the trust list.
    pub(super) fn trust_check(&self) -> Check {
        self.trust_check.clone()
    }

    fn take_trust(&mut self, file: &TrustFile, pin: Option<&str>) {
        let list = match file.open() {
            Ok(list) => list,
            Err(error) => {
                self.trust_check = trust_problem(error);
                return;
            }
        };
        let print = fingerprint(&list.authority.trust_key);
        if pin.is_some_and(|pin| !is_pinned(pin, &list.authority.trust_key, &print)) {
            self.trust_check = Check::unknown(CheckId::TrustList, "trust-other-key");
            return;
        }
        let age = self.now.as_second() - list.issued_at.as_second();
        let good = if pin.is_some() {
            "trust-pinned"
        } else {
            "trust-unpinned"
        };
        let check = if age < -CLOCK_SKEW_SECONDS {
            Check::unknown(CheckId::TrustList, "trust-future")
        } else if age > i64::from(self.policy.max_trust_age_days) * DAY_SECONDS {
            Check::unknown(CheckId::TrustList, "trust-stale")
        } else {
            Check::pass(CheckId::TrustList, good)
        };
        self.trust_check = check
            .with("issued", list.issued_at.show_in_china())
            .with("days", age.max(0) / DAY_SECONDS)
            .with("position", list.as_of_position)
            .with("fingerprint", print);
        self.trust = Some(list);
    }

    fn take_status(&mut self, document: Value) {
        if document.get("status_details").is_some() {
            // Details only explain; a bad one is left out and the bits still decide.
            if let Ok(parsed) = ParsedStatusDetails::from_value(document) {
                self.take_details(parsed);
            }
            return;
        }
        let id = document.get("id").and_then(Value::as_str);
        let id = id.map(str::to_owned);
        match ParsedStatusList::from_value(document) {
            Ok(parsed) => self.take_list(parsed),
            Err(_) => match id {
                Some(id) if id.len() <= 500 => {
                    self.refused.insert(id, Refused::Malformed);
                }
                _ => self.refused_unnamed = true,
            },
        }
    }

    fn take_list(&mut self, parsed: ParsedStatusList) {
        let url = parsed.list.url();
        if parsed.verify_signature().is_err() {
            self.refused.insert(url, Refused::Forged);
        } else if !self.is_active_status_key(&parsed.list.did, &parsed.key_id) {
            self.refused.insert(url, Refused::OtherKey);
        } else {
            // Of several good ones the newest counts; of two of one second, the one given later.
            let newest = self.lists.get(&url).map(|list| list.valid_from);
            if newest.is_none_or(|at| at <= parsed.list.valid_from) {
                self.lists.insert(url, parsed.list);
            }
        }
    }

    fn take_details(&mut self, parsed: ParsedStatusDetails) {
        let details = &parsed.details;
        let key = &parsed.signature.key_id;
        if parsed.verify_signature().is_err() || !self.is_active_status_key(&details.did, key) {
            return;
        }
        let place = (details.did.to_string(), details.list);
        let newest = self.details.get(&place).map(|d| d.valid_from);
        if newest.is_none_or(|at| at <= details.valid_from) {
            self.details.insert(place, parsed.details);
        }
    }

    /// A retired status key must not vouch for anything new: a ledger signs its lists again when
    /// the key changes.
    fn is_active_status_key(&self, did: &crate::credential::Did, key: &KeyId) -> bool {
        let Some(trust) = &self.trust else {
            return false;
        };
        let key = trust.body(did).and_then(|b| b.key(key, Purpose::Status));
        key.is_some_and(|k| {
            k.compromised_from_position.is_none()
                && k.to_position.is_none_or(|to| to > trust.as_of_position)
        })
    }

    /// The newest good list at an address, or why there is none.
    pub(super) fn list(&self, url: &str) -> Result<&StatusList, &'static str> {
        self.lists.get(url).ok_or(match self.refused.get(url) {
            Some(Refused::Malformed) => "status-malformed",
            Some(Refused::Forged) => "status-forged",
            Some(Refused::OtherKey) => "status-other-key",
            None if self.refused_unnamed => "status-malformed",
            None => "status-missing",
        })
    }

    /// The newest good details of a list.
    pub(super) fn details(&self, did: &str, list: u32) -> Option<&StatusDetails> {
        self.details.get(&(did.to_owned(), list))
    }

    /// Whether a document made at `from` is too old or from the future; the code says which.
    pub(super) fn out_of_time(&self, from: Instant, until: Instant) -> Option<&'static str> {
        let now = self.now.as_second();
        if from.as_second() > now + CLOCK_SKEW_SECONDS {
            Some("status-future")
        } else if now >= until.as_second()
            || now - from.as_second() > i64::from(self.policy.max_status_age_days) * DAY_SECONDS
        {
            Some("status-stale")
        } else {
            None
        }
    }
}

impl std::fmt::Debug for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Known(at {}, {} status lists)",
            date_time(self.now),
            self.lists.len()
        )
    }
}

fn is_pinned(pin: &str, key: &KeyId, fingerprint: &str) -> bool {
    let hex = pin.replace([':', ' '], "").to_ascii_lowercase();
    pin == key.as_str() || (!fingerprint.is_empty() && hex == fingerprint)
}

fn trust_problem(error: InvalidTrustFile) -> Check {
    let code = match error {
        InvalidTrustFile::Signature => "trust-forged",
        InvalidTrustFile::Json(_) | InvalidTrustFile::Form => "trust-malformed",
    };
    Check::unknown(CheckId::TrustList, code)
}
