//! Stars, credit and selection of a body (星级、信用、遴选), and the policy they are judged by.

use super::desk::Desk;
use super::error::AppError;
use super::input::{Input, Shape, input_words};
use super::operation::{Operation, operation};
use super::query::Query;
use super::{Actor, Ledger, clock};
use crate::domain::account::event::Role;
use crate::domain::authority::command::AuthorityCommand;
use crate::domain::authority::decider::AuthorityDecider;
use crate::domain::authority::event::BodyPolicySet;
use crate::domain::body::command::BodyCommand;
use crate::domain::body::decider::BodyDecider;
use crate::domain::body::event::{BodySelected, CreditRecorded, SelectionMethod, StarGraded};
use crate::domain::credit_code::CreditCode;
use crate::domain::ids::StreamId;
use crate::domain::rules::bodies::{BodyPolicy, CreditClass, CreditMark};
use jiff::civil::Date;
use serde_json::{Value, json};

input_words!(CreditClass: "A级" = "a", "B级" = "b", "C级" = "c", "D级" = "d");
input_words!(SelectionMethod:
    "招投标" = "tender",
    "专家评估" = "expert-review",
    "就业效果监测" = "outcome-monitoring",
    "条件遴选" = "conditions",
);
impl Input for BodyPolicy {
    const SHAPE: Shape = Shape::Document;
}

operation! {
    /// 评定星级 | Gives a body stars.
    pub struct GradeStars = "body.grade-stars", import "stars" {
        /// 统一社会信用代码 | The body, by its unified social credit code.
        body: CreditCode,
        /// 星级 | How many stars, 1 to 5.
        stars: u8,
        /// 有效期起 | First day.
        from: Date,
        /// 有效期至 | Last day.
        to: Date,
        /// 文号 | Document.
        basis: String,
    }
}

operation! {
    /// 登记信用 | Records a body's credit: a score or a class.
    pub struct RecordCredit = "body.record-credit", import "credits" {
        /// 统一社会信用代码 | The body, by its unified social credit code.
        body: CreditCode,
        /// 信用分的十倍 | Score in tenths of a point, 0 to 1000.
        score_tenths: Option<u16>,
        /// 信用等级 | Class, A to D.
        class: Option<CreditClass>,
        /// 理由 | Why.
        ground: String,
        /// 文号 | Document.
        basis: String,
        /// 有效期起 | First day.
        from: Date,
        /// 有效期至 | Last day.
        to: Date,
    }
}

operation! {
    /// 登记遴选 | Records that a body was selected, with the stars and credit of the day.
    pub struct SelectBody = "body.select", import "selections" {
        /// 统一社会信用代码 | The body, by its unified social credit code.
        body: CreditCode,
        /// 遴选事项 | For which directory or task.
        task: String,
        /// 补贴性任务 | Whether the task is subsidised.
        subsidised: bool,
        /// 遴选方式 | How.
        method: SelectionMethod,
        /// 满足的条件 | Conditions it met.
        condition: Vec<String>,
        /// 文号 | Document.
        basis: String,
        /// 日期 | The day; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 发布评价机构政策 | Lays down what holds of bodies: own staff, training kept apart, least credit.
    pub struct SetBodyPolicy = "body.set-policy" {
        /// 政策文件 | The policy, as a document.
        policy: BodyPolicy,
    }
}

operation! {
    /// 星级和信用 | The stars and the credit of a body on a day, and whether subsidised work is open to it.
    pub struct BodyRecordOn = "body.record" {
        /// 统一社会信用代码 | The body, by its unified social credit code.
        body: CreditCode,
        /// 日期 | The day the answer is for; today if not given.
        on: Option<Date>,
        /// 截至位置 | As of this position; now if not given.
        at: Option<u64>,
    }
}

impl Query for BodyRecordOn {
    async fn answer(&self, ledger: &Ledger, actor: &Actor) -> Result<Value, AppError> {
        actor.need_reader()?;
        let body = ledger.find_body(&self.body).await?;
        let on = self.on.unwrap_or_else(clock::today);
        let position = ledger.position_asked(self.at).await?;
        let body = ledger
            .load_at::<BodyDecider>(body, "body", position)
            .await?
            .state;
        let authority = StreamId::authority(ledger.id());
        let authority = ledger
            .load_at::<AuthorityDecider>(authority, "authority", position)
            .await?;
        let policy = authority.state.body_policy_on(on)?;
        let refused = body.credit_suffices(policy, on).err();
        Ok(json!({
            "as_of_position": position,
            "on": on,
            "stars": body.stars_on(on),
            "credit": body.credit_on(on),
            "credit_minimum": policy.credit_minimum,
            "subsidised_work": refused.is_none(),
            "refused": refused.map(|it| it.code()),
        }))
    }
}

impl Operation for GradeStars {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        desk.actor()
            .need(&[Role::AuthorityMaker], "authority-maker")?;
        let body = desk.body(&self.body).await?;
        let command = BodyCommand::GradeStars(StarGraded {
            stars: self.stars,
            from: self.from,
            to: self.to,
            basis: self.basis.clone(),
        });
        desk.decide::<BodyDecider>(body, &command).await?;
        Ok(())
    }
}

impl Operation for RecordCredit {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        desk.actor()
            .need(&[Role::AuthorityMaker], "authority-maker")?;
        let body = desk.body(&self.body).await?;
        let credit = match (self.score_tenths, self.class) {
            (Some(score), None) => CreditMark::Score(score),
            (None, Some(class)) => CreditMark::Class(class),
            (None, None) | (Some(_), Some(_)) => {
                return Err(AppError::BadInput {
                    what: "class",
                    rule: "credit-one-of",
                });
            }
        };
        let command = BodyCommand::RecordCredit(CreditRecorded {
            credit,
            ground: self.ground.clone(),
            basis: self.basis.clone(),
            from: self.from,
            to: self.to,
        });
        desk.decide::<BodyDecider>(body, &command).await?;
        Ok(())
    }
}

impl Operation for SelectBody {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        desk.actor()
            .need(&[Role::AuthorityMaker], "authority-maker")?;
        let body = desk.body(&self.body).await?;
        let on = desk.day(self.on)?;
        let policy = desk.authority().await?.body_policy_on(on)?.clone();
        let selected = BodySelected {
            task: self.task.clone(),
            subsidised: self.subsidised,
            method: self.method,
            conditions: self.condition.clone(),
            basis: self.basis.clone(),
            on,
            stars: None,
            credit: None,
        };
        desk.decide::<BodyDecider>(body, &BodyCommand::Select { selected, policy })
            .await?;
        Ok(())
    }
}

impl Operation for SetBodyPolicy {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        desk.actor()
            .need(&[Role::AuthorityMaker], "authority-maker")?;
        let authority = desk.authority().await?.authority()?;
        let command = AuthorityCommand::SetBodyPolicy(BodyPolicySet {
            jurisdiction: authority.established.jurisdiction.clone(),
            policy: self.policy.clone(),
        });
        let stream = StreamId::authority(desk.ledger().id());
        desk.decide::<AuthorityDecider>(stream, &command).await?;
        Ok(())
    }
}
