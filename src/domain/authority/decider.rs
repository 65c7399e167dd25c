//! The decisions of the authority.

use crate::domain::authority::command::AuthorityCommand;
use crate::domain::authority::event::{
    AssessmentPolicySet, AuthorityEstablished, AuthorityEvent, CalendarLoaded, NoticePolicySet,
    TrustListPublished,
};
use crate::domain::authority::rejection::AuthorityRejection as No;
use crate::domain::authority::state::{Authority, AuthorityKey, AuthorityState, DEMO};
use crate::domain::authority::{body_policy, keys};
use crate::domain::decider::Decider;
use crate::domain::key_use::KeyUse;
use crate::domain::proposal::Proposals;
use crate::domain::region::RegionCode;
use crate::domain::rules::assessment::Unsound;
use crate::domain::rules::calendar::{Calendars, is_sound};
use crate::domain::rules::calendars_cn::CHINA;
use crate::domain::wording::check_text;

/// Most working days of a public notice.
pub const NOTICE_DAYS_MAX: u16 = 60;

/// Decides for the authority (主管部门).
#[derive(Debug)]
pub struct AuthorityDecider;

impl Decider for AuthorityDecider {
    type State = AuthorityState;
    type Command = AuthorityCommand;
    type Event = AuthorityEvent;
    type Decision = AuthorityEvent;
    type Rejection = No;

    fn initial() -> AuthorityState {
        AuthorityState::Absent
    }

    fn evolve(state: AuthorityState, event: &AuthorityEvent) -> AuthorityState {
        match (state, event) {
            (AuthorityState::Absent, AuthorityEvent::Established(established)) => {
                AuthorityState::Established(Box::new(Authority {
                    established: established.clone(),
                    keys: Vec::new(),
                    calendars: Calendars::new(),
                    notice_policies: Vec::new(),
                    body_policies: Vec::new(),
                    assessment_policies: Vec::new(),
                    trust_list_as_of: None,
                    proposals: Proposals::default(),
                }))
            }
            (AuthorityState::Established(mut authority), event) => {
                happened(&mut authority, event);
                AuthorityState::Established(authority)
            }
            (AuthorityState::Absent, _) => AuthorityState::Absent,
        }
    }

    fn decide(
        state: &AuthorityState,
        command: &AuthorityCommand,
    ) -> Result<Vec<AuthorityEvent>, No> {
        use AuthorityCommand as C;
        let event = match command {
            C::Establish(established) => {
                let AuthorityState::Absent = state else {
                    return Err(No::AlreadyEstablished);
                };
                check_established(established)?;
                established.clone().into()
            }
            C::RegisterKey(registered) => {
                keys::check_register(state.authority()?, registered)?;
                registered.clone().into()
            }
            C::RetireKey(retired) => {
                keys::check_retire(state.authority()?, retired)?;
                retired.clone().into()
            }
            C::Propose { proposing, act } => {
                return keys::decide_propose(state.authority()?, proposing, act);
            }
            C::Approve(approval) => return keys::decide_approve(state.authority()?, approval),
            C::Reject(turn_down) => {
                let proposals = &state.authority()?.proposals;
                AuthorityEvent::Proposal(proposals.turn_down::<No>(turn_down)?)
            }
            C::LoadCalendar(calendar) => {
                check_calendar(state.authority()?, calendar)?;
                calendar.clone().into()
            }
            C::SetNoticePolicy(policy) => {
                check_policy(state.authority()?, policy)?;
                policy.clone().into()
            }
            C::SetBodyPolicy(set) => {
                let jurisdiction = &state.authority()?.established.jurisdiction;
                body_policy::check(jurisdiction, set)?;
                set.clone().into()
            }
            C::SetAssessmentPolicy(set) => {
                check_assessment_policy(state.authority()?, set)?;
                set.clone().into()
            }
            C::PublishTrustList(published) => {
                check_trust_list(state.authority()?, published)?;
                published.clone().into()
            }
        };
        Ok(vec![event])
    }
}

fn happened(authority: &mut Authority, event: &AuthorityEvent) {
    use AuthorityEvent as E;
    match event {
        E::Established(_) => {}
        E::KeyRegistered(registered) => authority.keys.push(AuthorityKey {
            key_id: registered.key_id.clone(),
            purpose: registered.purpose.clone(),
            public_key: registered.public_key.clone(),
            in_use: KeyUse::Active,
        }),
        E::KeyRetired(retired) => set_use(authority, &retired.key_id, KeyUse::Retired),
        E::KeyCompromised(compromised) => {
            let from_position = compromised.from_position;
            let void = KeyUse::Compromised { from_position };
            set_use(authority, &compromised.key_id, void);
        }
        E::CalendarLoaded(calendar) => {
            authority.calendars.insert(calendar.year, calendar.clone());
        }
        E::NoticePolicySet(policy) => authority.notice_policies.push(policy.clone()),
        E::BodyPolicySet(set) => authority.body_policies.push(set.policy.clone()),
        E::AssessmentPolicySet(set) => authority.assessment_policies.push(set.policy.clone()),
        E::TrustListPublished(published) => {
            authority.trust_list_as_of = Some(published.as_of_position);
        }
        E::Proposal(event) => authority.proposals.record(event),
    }
}

fn set_use(authority: &mut Authority, key_id: &str, in_use: KeyUse) {
    if let Some(key) = authority.keys.iter_mut().find(|key| key.key_id == key_id) {
        key.in_use = in_use;
    }
}

fn check_established(established: &AuthorityEstablished) -> Result<(), No> {
    check_text("name", &established.name.zh)?;
    if let Some(name) = &established.name.en {
        check_text("name-en", name)?;
    }
    let known = established.jurisdiction == DEMO
        || established
            .jurisdiction
            .parse::<RegionCode>()
            .is_ok_and(|of| {
                // Rules name it as it is written: no other form of the same code.
                of.to_string() == established.jurisdiction && of.covers(established.region)
            });
    if !known {
        return Err(No::JurisdictionUnknown);
    }
    if !is_host_name(&established.host) {
        return Err(No::HostInvalid);
    }
    Ok(())
}

/// RFC 1123 section 2.1: labels of letters, digits and inner hyphens, 63 characters each, 253 in
/// all; here in lower case, because a did:web is compared byte for byte.
fn is_host_name(host: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    host.len() <= 253 && host.split('.').all(label)
}

/// National calendars serve every jurisdiction.
fn check_calendar(authority: &Authority, calendar: &CalendarLoaded) -> Result<(), No> {
    check_text("source", &calendar.source)?;
    if calendar.jurisdiction != CHINA && calendar.jurisdiction != authority.established.jurisdiction
    {
        return Err(No::OtherJurisdiction);
    }
    if is_sound(calendar) {
        Ok(())
    } else {
        Err(No::CalendarUnsound {
            year: calendar.year,
        })
    }
}

fn check_assessment_policy(authority: &Authority, set: &AssessmentPolicySet) -> Result<(), No> {
    if set.jurisdiction != authority.established.jurisdiction {
        return Err(No::OtherJurisdiction);
    }
    check_text("source", &set.policy.source)?;
    set.policy
        .check()
        .map_err(|Unsound(field)| No::AssessmentPolicyUnsound { field })
}

fn check_policy(authority: &Authority, policy: &NoticePolicySet) -> Result<(), No> {
    check_text("source", &policy.source)?;
    if policy.jurisdiction != authority.established.jurisdiction {
        return Err(No::OtherJurisdiction);
    }
    if policy.working_days > NOTICE_DAYS_MAX {
        return Err(No::NoticeTooLong {
            most: NOTICE_DAYS_MAX,
        });
    }
    Ok(())
}

fn check_trust_list(authority: &Authority, published: &TrustListPublished) -> Result<(), No> {
    if authority.active_key("trust").is_none() {
        return Err(No::KeyMissing { purpose: "trust" });
    }
    if published.document.is_empty() {
        return Err(No::TrustListEmpty);
    }
    match authority.trust_list_as_of {
        Some(position) if published.as_of_position < position => {
            Err(No::TrustListGoesBack { position })
        }
        _ => Ok(()),
    }
}
