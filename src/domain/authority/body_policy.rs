//! Whether a policy about bodies may be laid down.

use crate::domain::authority::event::BodyPolicySet;
use crate::domain::authority::rejection::AuthorityRejection as No;
use crate::domain::rules::bodies::{
    CREDIT_SCORE_MAX, CreditMark, SEPARATION_MONTHS_MAX, Separation,
};
use crate::domain::wording::check_text;
use std::collections::BTreeSet;

/// Most separations of one policy.
const SEPARATIONS_MAX: usize = 200;

pub(super) fn check(jurisdiction: &str, set: &BodyPolicySet) -> Result<(), No> {
    let policy = &set.policy;
    check_text("source", &policy.source)?;
    if set.jurisdiction != jurisdiction {
        return Err(No::OtherJurisdiction);
    }
    for separation in &policy.separations {
        check_text("source", &separation.source)?;
    }
    let credit = match policy.credit_minimum {
        Some(CreditMark::Score(score)) => score <= CREDIT_SCORE_MAX,
        Some(CreditMark::Class(_)) | None => true,
    };
    let sound = !policy.own_staff.is_empty()
        && each_once(&policy.own_staff)
        && policy.separations.len() <= SEPARATIONS_MAX
        && policy.separations.iter().all(is_sound)
        && credit;
    if sound {
        Ok(())
    } else {
        Err(No::BodyPolicyUnsound)
    }
}

fn is_sound(separation: &Separation) -> bool {
    (1..=SEPARATION_MONTHS_MAX).contains(&separation.months)
        && separation.to.is_none_or(|to| separation.from <= to)
        && each_once(&separation.occupations)
}

fn each_once<T: Ord>(items: &[T]) -> bool {
    items.iter().collect::<BTreeSet<_>>().len() == items.len()
}
