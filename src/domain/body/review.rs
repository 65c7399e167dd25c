//! Reviews of certificates a body has issued (证书复查): ordered over sessions or days of issue, worked
//! through one certificate at a time by the usual acts of weight, and closed with what they came to.

use crate::domain::body::event::{BodyEvent, ReviewClosed, ReviewOf, ReviewOrdered};
use crate::domain::body::rejection::BodyRejection as No;
use crate::domain::body::state::Body;
use crate::domain::wording::check_text;
use std::collections::BTreeSet;

type Decided = Result<Vec<BodyEvent>, No>;

/// Most sessions of one review.
pub const SESSIONS_MAX: usize = 1_000;

/// A review, open or closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// As ordered.
    pub ordered: ReviewOrdered,
    /// How it was closed.
    pub closed: Option<ReviewClosed>,
}

/// A body's certificates can be reviewed whatever its standing: a withdrawal is when they are.
pub(super) fn decide_order(body: &Body, ordered: &ReviewOrdered) -> Decided {
    if body.reviews.contains_key(&ordered.review) {
        return Err(No::ReviewTaken);
    }
    check_text("ground", &ordered.ground)?;
    check_text("basis", &ordered.basis)?;
    match &ordered.of {
        ReviewOf::Sessions { sessions } => {
            let once = sessions.iter().collect::<BTreeSet<_>>().len();
            if once == 0 || once != sessions.len() || once > SESSIONS_MAX {
                return Err(No::ReviewOfNothing);
            }
        }
        ReviewOf::Issued { from, to } => {
            if to < from {
                return Err(No::DatesDisagree);
            }
        }
    }
    if ordered.certificates == 0 {
        return Err(No::ReviewOfNothing);
    }
    Ok(vec![ordered.clone().into()])
}

pub(super) fn decide_close(body: &Body, closed: &ReviewClosed) -> Decided {
    let review = body
        .reviews
        .get(&closed.review)
        .filter(|review| review.closed.is_none())
        .ok_or(No::ReviewUnknown)?;
    check_text("conclusion", &closed.conclusion)?;
    if closed.on < review.ordered.on {
        return Err(No::DateBefore {
            earliest: review.ordered.on,
        });
    }
    let told = u64::from(closed.kept) + u64::from(closed.ended);
    if told != u64::from(review.ordered.certificates) {
        return Err(No::ReviewCountsDisagree {
            certificates: review.ordered.certificates,
        });
    }
    Ok(vec![closed.clone().into()])
}

pub(super) fn ordered(body: &mut Body, ordered: &ReviewOrdered) {
    let review = Review {
        ordered: ordered.clone(),
        closed: None,
    };
    body.reviews.insert(ordered.review, review);
}

pub(super) fn closed(body: &mut Body, closed: &ReviewClosed) {
    if let Some(review) = body.reviews.get_mut(&closed.review) {
        review.closed = Some(closed.clone());
    }
}
