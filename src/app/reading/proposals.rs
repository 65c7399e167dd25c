//! Proposals of makers (经办) and what became of them.

use super::{limit, next};
use crate::app::operation::operation;
use crate::app::query::Query;
use crate::app::{Actor, AppError, Ledger, clock};
use crate::domain::credit_code::CreditCode;
use crate::domain::ids::{ProposalId, SessionId, StreamId};
use crate::domain::number::CertificateNumber;
use crate::domain::time::Instant;
use crate::store::EventStore;
use serde_json::{Value, json};

operation! {
    /// 待复核事项 | A proposal, what became of it, and what else would happen on its approval.
    pub struct ShowProposal = "proposal.show" {
        /// 事项编号 | The proposal.
        proposal: ProposalId,
        /// 截至位置 | As of this position; now if not given.
        at: Option<u64>,
    }
}

operation! {
    /// 待复核清单 | Proposals about one thing, oldest first; those that can still be answered if none is named.
    pub struct ListProposals = "proposal.list" {
        /// 统一社会信用代码 | About this body.
        body: Option<CreditCode>,
        /// 批次 | Or about this session.
        session: Option<SessionId>,
        /// 证书编号 | Or about this certificate.
        number: Option<CertificateNumber>,
        /// 上一页末位 | The `next` of the page before.
        after: Option<u64>,
        /// 条数 | Most rows of the page; 100 if not given, at most 1,000.
        limit: Option<u32>,
        /// 截至位置 | As of this position; now if not given.
        at: Option<u64>,
    }
}

impl Query for ShowProposal {
    async fn answer(&self, ledger: &Ledger, actor: &Actor) -> Result<Value, AppError> {
        let shown = ledger.proposal_shown(actor, self.proposal, self.at).await?;
        Ok(json!({"as_of_position": shown.position, "proposal": shown.value}))
    }
}

impl Ledger {
    /// When a position was recorded; now if none is named.
    pub(in crate::app) async fn time_of(&self, at: Option<u64>) -> Result<Instant, AppError> {
        let row = match at {
            Some(position) => self.store.row(position).await?,
            None => None,
        };
        Ok(row.map_or_else(clock::now, |row| row.recorded_at))
    }
}

impl ListProposals {
    /// The stream of what is named, if anything is.
    async fn about(&self, ledger: &Ledger) -> Result<Option<StreamId>, AppError> {
        Ok(match (&self.body, self.session, &self.number) {
            (None, None, None) => None,
            (Some(body), None, None) => Some(ledger.find_body(body).await?.into()),
            (None, Some(session), None) => Some(session.into()),
            (None, None, Some(number)) => Some(ledger.find_certificate(number).await?.into()),
            _ => {
                return Err(AppError::BadInput {
                    what: "body",
                    rule: "one-of-these",
                });
            }
        })
    }
}

impl Query for ListProposals {
    async fn answer(&self, ledger: &Ledger, actor: &Actor) -> Result<Value, AppError> {
        actor.need_reader()?;
        let limit = limit(self.limit);
        let after = self.after.unwrap_or(0);
        let about = self.about(ledger).await?;
        let views = ledger.views.as_of(self.at);
        let page = match about {
            Some(stream) => views.proposals_of(stream, after, limit).await?,
            None => {
                let then = ledger.time_of(self.at).await?;
                views.proposals_open(then, after, limit).await?
            }
        };
        Ok(json!({
            "as_of_position": page.position,
            "next": next(&page.value, limit, |row| row.position),
            "proposals": page.value,
        }))
    }
}
