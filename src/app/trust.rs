//! The trust list as the views' inputs say it: bodies with their scopes, keys and standing, each
//! over its stretch of positions.

use super::error::AppError;
use super::ledger::{Ledger, log_origin};
use crate::credential::did::Did;
use crate::credential::status_list::StatusPurpose;
use crate::credential::trust_list::{
    Stretch, TrustList, TrustedAuthority, TrustedBody, TrustedKey, TrustedLevel, TrustedLog,
    TrustedRunOff, TrustedScope, TrustedWorkType,
};
use crate::domain::body::event::ScopedWorkType;
use crate::domain::ids::SessionId;
use crate::domain::time::Instant;
use crate::keys::Purpose;
use crate::tlog::log_keys::LogKeys;
use crate::view::body::{BodyTrust, KeyRow, Standing, TrustInputs};
use std::collections::BTreeMap;

impl Ledger {
    /// The bodies' own numbers of the sessions that have a run-off.
    pub(super) async fn run_off_sessions(
        &self,
        inputs: &TrustInputs,
    ) -> Result<BTreeMap<SessionId, String>, AppError> {
        let run_offs = inputs.bodies.iter().flat_map(|body| &body.run_offs);
        let wanted: Vec<SessionId> = run_offs.map(|run_off| run_off.session).collect();
        let found = self.views.sessions_of(&wanted).await?.value;
        let codes = found
            .into_iter()
            .map(|row| (row.session, row.code))
            .collect();
        Ok(codes)
    }
}

/// The trust list, ready to be signed.
pub(super) fn trust_list(
    inputs: &TrustInputs,
    sessions: &BTreeMap<SessionId, String>,
    as_of_position: u64,
    issued_at: Instant,
    log: &LogKeys,
) -> Result<TrustList, AppError> {
    let authority = &inputs.authority;
    let trust_key = inputs
        .keys
        .iter()
        .rev()
        .find(|key| key.purpose == Purpose::Trust.name() && key.to_position.is_none())
        .ok_or(AppError::NotFound { what: "key" })?;
    Ok(TrustList {
        ledger: authority.ledger,
        as_of_position,
        issued_at,
        authority: TrustedAuthority {
            name: authority.name.clone(),
            region: authority.region,
            trust_key: parse_key(&trust_key.key_id)?,
        },
        log: TrustedLog {
            origin: log_origin(&authority.host),
            keys: log.all().to_vec(),
        },
        bodies: inputs
            .bodies
            .iter()
            .map(|body| trusted_body(&authority.host, body, sessions))
            .collect::<Result<_, _>>()?,
    })
}

fn work_type(scoped: &ScopedWorkType) -> TrustedWorkType {
    TrustedWorkType {
        occupation: scoped.occupation,
        name: scoped.name.clone(),
    }
}

fn trusted_body(
    host: &str,
    trust: &BodyTrust,
    sessions: &BTreeMap<SessionId, String>,
) -> Result<TrustedBody, AppError> {
    let did = Did::of_body(host, trust.body.public_id)
        .map_err(|error| AppError::Inconsistent(error.to_string()))?;
    let scopes = trust.scopes.iter().map(|scope| TrustedScope {
        occupations: scope.occupations.clone(),
        work_types: scope.work_types.iter().map(work_type).collect(),
        levels: scope.levels.iter().copied().map(TrustedLevel).collect(),
        items: scope.items.clone(),
        regions: scope.regions.clone(),
        from_position: scope.from_position,
        to_position: scope.to_position,
    });
    let run_offs = trust.run_offs.iter().filter_map(|run_off| {
        Some(TrustedRunOff {
            session: sessions.get(&run_off.session)?.clone(),
            from_position: run_off.from_position,
            to_position: run_off.to_position,
        })
    });
    let suspensions = trust
        .standings
        .iter()
        .filter(|standing| standing.standing != Standing::Active)
        .map(|standing| Stretch {
            from_position: standing.from_position,
            to_position: standing.to_position,
        });
    let status_lists = trust.lists.iter().flat_map(|list| {
        StatusPurpose::ALL
            .into_iter()
            .map(|purpose| did.status_list_url(*list, purpose))
    });
    Ok(TrustedBody {
        name: trust.body.name.clone(),
        credit_code: trust.body.credit_code,
        scopes: scopes.collect(),
        run_offs: run_offs.collect(),
        suspensions: suspensions.collect(),
        keys: trust
            .keys
            .iter()
            .map(trusted_key)
            .collect::<Result<_, _>>()?,
        status_lists: status_lists.collect(),
        did,
    })
}

fn trusted_key(key: &KeyRow) -> Result<TrustedKey, AppError> {
    Ok(TrustedKey {
        key_id: parse_key(&key.key_id)?,
        purpose: Purpose::from_name(&key.purpose)
            .ok_or_else(|| AppError::Inconsistent(format!("key purpose {}", key.purpose)))?,
        from_position: key.from_position,
        to_position: key.to_position,
        compromised_from_position: key.compromised_from_position,
    })
}

fn parse_key(text: &str) -> Result<crate::keys::KeyId, AppError> {
    text.parse()
        .map_err(|_| AppError::Inconsistent(format!("key id {text} cannot be read")))
}
