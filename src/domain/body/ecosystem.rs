//! An ecosystem of a chain's leading enterprise (链主企业技能生态圈): the employer that leads it may
//! assess the staff of its members, on the days they are members.

use crate::domain::body::event::{
    BodyEvent, BodyKind, EcosystemClosed, EcosystemMemberJoined, EcosystemMemberLeft,
    EcosystemOpened,
};
use crate::domain::body::rejection::BodyRejection as No;
use crate::domain::body::state::Body;
use crate::domain::credit_code::CreditCode;
use crate::domain::wording::check_text;
use jiff::civil::Date;

type Decided = Result<Vec<BodyEvent>, No>;

/// One stretch of membership.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// As joined.
    pub joined: EcosystemMemberJoined,
    /// The first day outside.
    pub left_on: Option<Date>,
}

impl Membership {
    fn holds(&self, on: Date) -> bool {
        self.joined.from <= on && self.left_on.is_none_or(|left| on < left)
    }
}

/// An ecosystem, open or closed, with all its members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ecosystem {
    /// As opened.
    pub opened: EcosystemOpened,
    /// The first day without it.
    pub closed_on: Option<Date>,
    /// Every stretch of membership, in the order of joining.
    pub members: Vec<Membership>,
}

impl Ecosystem {
    fn holds(&self, on: Date) -> bool {
        self.opened.from <= on && self.closed_on.is_none_or(|closed| on < closed)
    }

    /// The stretch of membership that has not ended.
    fn standing(&self, member: &CreditCode) -> Option<&Membership> {
        self.members
            .iter()
            .find(|it| it.joined.member == *member && it.left_on.is_none())
    }
}

impl Body {
    /// The ecosystem that has not been closed.
    pub fn ecosystem(&self) -> Option<&Ecosystem> {
        self.ecosystems.last().filter(|it| it.closed_on.is_none())
    }

    /// Whether the enterprise is in an ecosystem of this body on that day.
    pub fn is_member(&self, enterprise: &CreditCode, on: Date) -> bool {
        self.ecosystems.iter().any(|ecosystem| {
            let stretches = || ecosystem.members.iter();
            ecosystem.holds(on)
                && stretches().any(|it| it.joined.member == *enterprise && it.holds(on))
        })
    }

    /// Whether the enterprise was in one on any day.
    pub(super) fn was_ever_member(&self, enterprise: &CreditCode) -> bool {
        let mut members = self.ecosystems.iter().flat_map(|it| &it.members);
        members.any(|it| it.joined.member == *enterprise)
    }
}

pub(super) fn decide_open(body: &Body, opened: &EcosystemOpened) -> Decided {
    if body.registered.kind != BodyKind::Employer {
        return Err(No::EcosystemOfEmployers);
    }
    body.may_act()?;
    check_text("ecosystem", &opened.name)?;
    check_text("basis", &opened.basis)?;
    if body.ecosystem().is_some() {
        return Err(No::EcosystemOpen);
    }
    Ok(vec![opened.clone().into()])
}

pub(super) fn decide_join(body: &Body, joined: &EcosystemMemberJoined) -> Decided {
    body.may_act()?;
    let ecosystem = body.ecosystem().ok_or(No::EcosystemMissing)?;
    check_text("name", &joined.name.zh)?;
    if let Some(name) = &joined.name.en {
        check_text("name-en", name)?;
    }
    check_text("basis", &joined.basis)?;
    if joined.member == body.registered.credit_code {
        return Err(No::MemberItself);
    }
    if ecosystem.standing(&joined.member).is_some() {
        return Err(No::MemberTwice);
    }
    not_before(ecosystem.opened.from, joined.from)?;
    Ok(vec![joined.clone().into()])
}

pub(super) fn decide_leave(body: &Body, left: &EcosystemMemberLeft) -> Decided {
    let ecosystem = body.ecosystem().ok_or(No::EcosystemMissing)?;
    let member = ecosystem.standing(&left.member).ok_or(No::MemberUnknown)?;
    check_text("reason", &left.reason)?;
    not_before(member.joined.from, left.on)?;
    Ok(vec![left.clone().into()])
}

/// Closing ends every membership that stands, each by its own event.
pub(super) fn decide_close(body: &Body, closed: &EcosystemClosed) -> Decided {
    let ecosystem = body.ecosystem().ok_or(No::EcosystemMissing)?;
    check_text("reason", &closed.reason)?;
    not_before(ecosystem.opened.from, closed.on)?;
    let standing = ecosystem.members.iter().filter(|it| it.left_on.is_none());
    let mut events: Vec<BodyEvent> = standing
        .map(|it| {
            EcosystemMemberLeft {
                member: it.joined.member,
                // Somebody may have joined for a day that has not come.
                on: closed.on.max(it.joined.from),
                reason: closed.reason.clone(),
            }
            .into()
        })
        .collect();
    events.push(closed.clone().into());
    Ok(events)
}

fn not_before(earliest: Date, on: Date) -> Result<(), No> {
    if on < earliest {
        Err(No::DateBefore { earliest })
    } else {
        Ok(())
    }
}

pub(super) fn opened(body: &mut Body, opened: &EcosystemOpened) {
    body.ecosystems.push(Ecosystem {
        opened: opened.clone(),
        closed_on: None,
        members: Vec::new(),
    });
}

pub(super) fn joined(body: &mut Body, joined: &EcosystemMemberJoined) {
    if let Some(ecosystem) = body.ecosystems.last_mut() {
        ecosystem.members.push(Membership {
            joined: joined.clone(),
            left_on: None,
        });
    }
}

pub(super) fn left(body: &mut Body, left: &EcosystemMemberLeft) {
    let standing = body.ecosystems.last_mut().and_then(|ecosystem| {
        let mut members = ecosystem.members.iter_mut();
        members.find(|it| it.joined.member == left.member && it.left_on.is_none())
    });
    if let Some(membership) = standing {
        membership.left_on = Some(left.on);
    }
}

pub(super) fn closed(body: &mut Body, closed: &EcosystemClosed) {
    if let Some(ecosystem) = body.ecosystems.last_mut() {
        ecosystem.closed_on = Some(closed.on);
    }
}
