//! Reviews of certificates a body has issued (证书复查): ordered over those that stand, listed until each
//! is accounted for, closed with the counts.
//!
//! A certificate is ended by the usual act of weight; the review keeps the list. Lists and counts
//! come from the views, brought up to date first, and say the position they are true at.

use super::desk::Desk;
use super::error::AppError;
use super::operation::{Operation, operation};
use super::query::Query;
use super::{Actor, Ledger};
use crate::domain::account::event::Role;
use crate::domain::body::command::BodyCommand;
use crate::domain::body::decider::BodyDecider;
use crate::domain::body::event::{ReviewClosed, ReviewOf, ReviewOrdered};
use crate::domain::body::rejection::BodyRejection;
use crate::domain::credit_code::CreditCode;
use crate::domain::ids::{BodyId, ReviewId, SessionId};
use crate::domain::number::CertificateNumber;
use crate::view::Reviewed;
use jiff::civil::Date;
use serde_json::{Value, json};

operation! {
    /// 启动证书复查 | Orders a review of certificates: of sessions, or of days of issue.
    pub struct OrderReview = "review.order" {
        /// 统一社会信用代码 | The body, by its unified social credit code.
        body: CreditCode,
        /// 批次 | Sessions whose certificates are reviewed.
        session: Vec<SessionId>,
        /// 发证日期起 | First day of issue, where no session is named.
        issued_from: Option<Date>,
        /// 发证日期至 | Last day of issue, where no session is named.
        issued_to: Option<Date>,
        /// 理由 | Why.
        ground: String,
        /// 依据 | Legal basis or document number.
        basis: String,
        /// 日期 | The day; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 结束证书复查 | Closes a review; what stands and what ended is counted.
    pub struct CloseReview = "review.close" {
        /// 统一社会信用代码 | The body, by its unified social credit code.
        body: CreditCode,
        /// 复查编号 | Which review.
        review: ReviewId,
        /// 复查结论 | What it came to.
        conclusion: String,
        /// 日期 | The day; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 待复查证书 | The certificates of a review, and what became of each.
    pub struct ReviewList = "review.certificates" {
        /// 统一社会信用代码 | The body, by its unified social credit code.
        body: CreditCode,
        /// 复查编号 | Which review.
        review: ReviewId,
        /// 上一页末号 | The last number of the page before.
        after: Option<CertificateNumber>,
        /// 截至位置 | As of this position; now if not given.
        at: Option<u64>,
    }
}

/// Most certificates of one page of a review.
const PAGE: u32 = 500;

impl Operation for OrderReview {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        desk.actor()
            .need(&[Role::AuthorityMaker], "authority-maker")?;
        let body = desk.body(&self.body).await?;
        let of = match (self.session.is_empty(), self.issued_from, self.issued_to) {
            (false, None, None) => ReviewOf::Sessions {
                sessions: self.session.clone(),
            },
            (true, Some(from), Some(to)) => ReviewOf::Issued { from, to },
            _ => {
                return Err(AppError::BadInput {
                    what: "session",
                    rule: "review-one-of",
                });
            }
        };
        desk.ledger().refresh_views().await?;
        let counted = desk.ledger().views().review_counts(body, &of, None).await?;
        let command = BodyCommand::OrderReview(ReviewOrdered {
            review: ReviewId(desk.fresh_id()),
            of,
            certificates: counted.value.kept,
            as_of_position: counted.position,
            ground: self.ground.clone(),
            basis: self.basis.clone(),
            on: desk.day(self.on)?,
        });
        desk.decide::<BodyDecider>(body, &command).await?;
        Ok(())
    }
}

/// The review of this id on this body's stream.
async fn ordered(
    desk: &mut Desk<'_>,
    body: BodyId,
    id: ReviewId,
) -> Result<ReviewOrdered, AppError> {
    let state = desk.existing::<BodyDecider>(body, "body").await?;
    let review = state.body()?.reviews.get(&id);
    Ok(review.ok_or(BodyRejection::ReviewUnknown)?.ordered.clone())
}

impl Operation for CloseReview {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        desk.actor()
            .need(&[Role::AuthorityMaker], "authority-maker")?;
        let body = desk.body(&self.body).await?;
        let ordered = ordered(desk, body, self.review).await?;
        desk.ledger().refresh_views().await?;
        let of = Some(ordered.as_of_position);
        let views = desk.ledger().views();
        let counted = views.review_counts(body, &ordered.of, of).await?.value;
        let command = BodyCommand::CloseReview(ReviewClosed {
            review: self.review,
            kept: counted.kept,
            ended: counted.ended,
            conclusion: self.conclusion.clone(),
            on: desk.day(self.on)?,
        });
        desk.decide::<BodyDecider>(body, &command).await?;
        Ok(())
    }
}

impl Query for ReviewList {
    async fn answer(&self, ledger: &Ledger, actor: &Actor) -> Result<Value, AppError> {
        actor.need_reader()?;
        let body = ledger.find_body(&self.body).await?;
        let views = ledger.views.as_of(self.at);
        let position = match self.at {
            Some(_) => ledger.position_asked(self.at).await?,
            None => views.position().await?,
        };
        let views = views.as_of(Some(position));
        let loaded = ledger
            .load_at::<BodyDecider>(body, "body", position)
            .await?;
        let review = loaded.state.body()?.reviews.get(&self.review);
        let review = review.ok_or(BodyRejection::ReviewUnknown)?;
        let ordered = &review.ordered;
        let at = ordered.as_of_position;
        let after = self.after.as_ref();
        let page = views.reviewed(body, &ordered.of, at, after, PAGE).await?;
        let line = |it: &Reviewed| {
            json!({
                "number": it.number,
                "session": it.session,
                "issued_on": it.issued_on,
                "state": it.state,
                "since": it.since,
                "awaiting": it.stands && review.closed.is_none(),
            })
        };
        Ok(json!({
            "as_of_position": page.position,
            "review": ordered,
            "closed": review.closed,
            "certificates": page.value.iter().map(line).collect::<Vec<_>>(),
        }))
    }
}
