//! Who may hold an assessment (考务、考评和质量督导人员): rules put one after another to a plan. The
//! figures are the policy's ([`Staffing`]).

use crate::domain::attainment::Assessed;
use crate::domain::body::event::BodyKind;
use crate::domain::ids::{BodyId, SubjectId};
use crate::domain::level::SkillLevel;
use crate::domain::rules::assessment::Staffing;
use crate::domain::session::rejection::SessionRejection as No;
use crate::domain::session::step::{Assigned, Duty};
use crate::domain::staff::facts::{CardFacts, StaffFacts};
use crate::domain::staff::independence::independent;
use crate::domain::staff::rejection::StaffRejection;
use crate::domain::staff::role::StaffRole;
use std::collections::{BTreeMap, BTreeSet};

/// Most people of one session.
pub const STAFF_MAX: usize = 500;

/// What the staff are there for.
#[derive(Clone, Debug)]
pub struct Plan<'a> {
    /// The figures.
    pub policy: &'a Staffing,
    /// What is assessed.
    pub assessed: &'a Assessed,
    /// Who assesses.
    pub body: BodyId,
    /// What kind of body it is.
    pub body_kind: BodyKind,
    /// Whether candidates sit an examination.
    pub examined: bool,
    /// Those who may be assessed.
    pub candidates: &'a BTreeSet<SubjectId>,
    /// The levels they applied for.
    pub levels: BTreeSet<SkillLevel>,
    /// Who taught any of them for this occupation.
    pub trainers: &'a BTreeSet<SubjectId>,
    /// Rooms of the theory examination.
    pub rooms: u16,
}

/// Somebody with a duty and the card he does it by.
struct Post<'a> {
    duty: Duty,
    facts: &'a StaffFacts,
    card: &'a CardFacts,
}

/// A rule over the whole plan.
type Rule = fn(&Plan<'_>, &[Post<'_>]) -> Result<(), No>;

/// The rules, in the order in which they refuse.
const RULES: [Rule; 7] = [
    one_duty_each,
    everybody_is_independent,
    examiners_come_from_outside,
    enough_examiners,
    enough_invigilators,
    a_committee,
    a_supervisor,
];

/// The posts of a plan that no rule refuses.
pub fn assign(plan: &Plan<'_>, staff: &[(Duty, StaffFacts)]) -> Result<Vec<Assigned>, No> {
    if staff.len() > STAFF_MAX {
        return Err(No::TooManyStaff {
            most: STAFF_MAX as u32,
        });
    }
    let posts = staff
        .iter()
        .map(|(duty, facts)| {
            let card = card(&plan.judged(), *duty, facts)?;
            Ok(Post {
                duty: *duty,
                facts,
                card,
            })
        })
        .collect::<Result<Vec<_>, No>>()?;
    for rule in RULES {
        rule(plan, &posts)?;
    }
    let assigned = posts.iter().map(|post| Assigned {
        staff: post.facts.subject,
        duty: post.duty,
        card: post.card.card,
        role: post.card.role,
    });
    Ok(assigned.collect())
}

/// What is judged, and up to which level a 考评员 judges it.
struct Judged<'a> {
    assessed: &'a Assessed,
    levels: &'a BTreeSet<SkillLevel>,
    examiner_judges_to: SkillLevel,
}

impl Plan<'_> {
    const fn judged(&self) -> Judged<'_> {
        Judged {
            assessed: self.assessed,
            levels: &self.levels,
            examiner_judges_to: self.policy.examiner_judges_to,
        }
    }
}

/// Refuses an examiner named when a session of levels is opened whose card is not good on the day
/// for the occupation: expired, suspended, withdrawn, or of another trade. Who judges an item is asked
/// when the session is arranged. A card whose term begins
/// later says nothing of an older assessment that is brought in. Which of them judged whom a sheet
/// does not say, so the rank that a level asks for is not asked.
pub fn examiner_named(assessed: &Assessed, facts: &StaffFacts) -> Result<(), No> {
    let Assessed::Levels { .. } = assessed else {
        return Ok(());
    };
    let judged = Judged {
        assessed,
        levels: &BTreeSet::new(),
        examiner_judges_to: SkillLevel::Chief,
    };
    match card(&judged, Duty::Examiner, facts) {
        Ok(_) | Err(No::Staff(StaffRejection::CardNotBegun { .. })) => Ok(()),
        Err(no) => Err(no),
    }
}

/// The card somebody does a duty by: of the right kind, for the occupation, for every level
/// applied for, good on the day. 考评员 judge up to a level of the policy, 高级考评员 all; items
/// without a level are judged by 专项职业能力考评员 whose card names the item or none, or by
/// examiners of levels.
fn card<'a>(judged: &Judged<'_>, duty: Duty, facts: &'a StaffFacts) -> Result<&'a CardFacts, No> {
    let roles: &[StaffRole] = match duty {
        Duty::Supervisor => &[
            StaffRole::QualitySupervisorExternal,
            StaffRole::QualitySupervisorInternal,
        ],
        Duty::Invigilator => &[
            StaffRole::Invigilator,
            StaffRole::Examiner,
            StaffRole::SeniorExaminer,
        ],
        Duty::Reviewer => &[StaffRole::SeniorExaminer, StaffRole::Expert],
        Duty::Examiner => match judged.assessed {
            Assessed::Levels { .. } => &[StaffRole::Examiner, StaffRole::SeniorExaminer],
            Assessed::Item { .. } => &[
                StaffRole::SpecialSkillExaminer,
                StaffRole::Examiner,
                StaffRole::SeniorExaminer,
            ],
        },
    };
    // Only who judges the trade needs a card for the trade.
    let judges = matches!(duty, Duty::Examiner | Duty::Reviewer);
    let occupation = judged.assessed.occupation().filter(|_| judges);
    let highest = judged.levels.last().copied().filter(|_| judges);
    let mut closest = No::Staff(StaffRejection::NoCard);
    let item = judged.assessed.item().filter(|_| judges);
    for card in facts.cards.iter().filter(|it| roles.contains(&it.role)) {
        let fits = card_fits(judged, card, occupation, highest)
            .and_then(|()| item.map_or(Ok(()), |item| Ok(card.demand_item(item)?)));
        match fits {
            Ok(()) => return Ok(card),
            Err(no) => closest = no,
        }
    }
    Err(closest)
}

fn card_fits(
    judged: &Judged<'_>,
    card: &CardFacts,
    occupation: Option<crate::domain::occupation::OccupationCode>,
    highest: Option<SkillLevel>,
) -> Result<(), No> {
    let Some(occupation) = occupation else {
        return Ok(card.validity.demand()?);
    };
    card.demand(occupation, None)?;
    let Some(highest) = highest else {
        return Ok(());
    };
    if card.role == StaffRole::Examiner && highest > judged.examiner_judges_to {
        return Err(No::RankTooLow { level: highest });
    }
    for level in judged.levels {
        card.demand(occupation, Some(*level))?;
    }
    Ok(())
}

/// Nobody does one duty twice, and who supervises does nothing else.
fn one_duty_each(_: &Plan<'_>, posts: &[Post<'_>]) -> Result<(), No> {
    let mut duties: BTreeMap<SubjectId, BTreeSet<Duty>> = BTreeMap::new();
    for post in posts {
        let of = duties.entry(post.facts.subject).or_default();
        if !of.insert(post.duty) {
            return Err(No::StaffTwice);
        }
        if of.len() > 1 && of.contains(&Duty::Supervisor) {
            return Err(No::SupervisorActs);
        }
    }
    Ok(())
}

/// 回避: nobody has a duty who is a candidate, taught one, or is close to one.
fn everybody_is_independent(plan: &Plan<'_>, posts: &[Post<'_>]) -> Result<(), No> {
    for post in posts {
        independent(post.facts, plan.candidates, plan.trainers)?;
    }
    Ok(())
}

/// Where the policy says so, a social assessor's examiners are another body's staff.
fn examiners_come_from_outside(plan: &Plan<'_>, posts: &[Post<'_>]) -> Result<(), No> {
    let asked =
        plan.policy.social_examiners_from_outside && !matches!(plan.body_kind, BodyKind::Employer);
    let inside = |post: &Post<'_>| post.duty == Duty::Examiner && post.card.body == Some(plan.body);
    if asked && posts.iter().any(inside) {
        return Err(No::ExaminerOfThisBody);
    }
    Ok(())
}

/// Enough examiners, an odd number, and no more candidates to each than the occupation allows.
fn enough_examiners(plan: &Plan<'_>, posts: &[Post<'_>]) -> Result<(), No> {
    if !plan.examined {
        return Ok(());
    }
    let examiners = count(posts, Duty::Examiner);
    let most = plan
        .policy
        .candidates_per_examiner(plan.assessed.occupation());
    let least = needed(plan.candidates.len(), most).max(u32::from(plan.policy.examiners_least));
    if examiners < least {
        return Err(No::ExaminersTooFew { least });
    }
    odd(plan, examiners)
}

/// 监考: so many a room, and so many candidates to each; none where there is no room.
fn enough_invigilators(plan: &Plan<'_>, posts: &[Post<'_>]) -> Result<(), No> {
    if plan.rooms == 0 {
        return Ok(());
    }
    let by_room = u32::from(plan.rooms) * u32::from(plan.policy.invigilators_per_room_least);
    let by_candidates = needed(
        plan.candidates.len(),
        plan.policy.candidates_per_invigilator,
    );
    let least = by_room.max(by_candidates);
    if count(posts, Duty::Invigilator) < least {
        return Err(No::InvigilatorsTooFew { least });
    }
    Ok(())
}

/// 综合评审 is part of 二级 and 一级, and of every appointment: a committee of enough, an odd number.
fn a_committee(plan: &Plan<'_>, posts: &[Post<'_>]) -> Result<(), No> {
    let due = !plan.examined || plan.levels.iter().any(|level| level.needs_review());
    let reviewers = count(posts, Duty::Reviewer);
    let least = u32::from(plan.policy.reviewers_least);
    if !due && reviewers == 0 {
        return Ok(());
    }
    if reviewers < least {
        return Err(No::ReviewersTooFew { least });
    }
    odd(plan, reviewers)
}

/// 质量督导: somebody who supervises is there.
fn a_supervisor(plan: &Plan<'_>, posts: &[Post<'_>]) -> Result<(), No> {
    let least = u32::from(plan.policy.supervisors_least);
    if count(posts, Duty::Supervisor) < least {
        return Err(No::SupervisorMissing { least });
    }
    Ok(())
}

fn odd(plan: &Plan<'_>, count: u32) -> Result<(), No> {
    if plan.policy.odd && count.is_multiple_of(2) {
        return Err(No::NumberEven);
    }
    Ok(())
}

fn count(posts: &[Post<'_>], duty: Duty) -> u32 {
    posts.iter().filter(|post| post.duty == duty).count() as u32
}

/// How many it takes at one to `each`.
fn needed(candidates: usize, each: u16) -> u32 {
    (candidates as u32).div_ceil(u32::from(each.max(1)))
}
