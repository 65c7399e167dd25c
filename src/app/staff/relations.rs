//! Relations that call for withdrawal (回避): declared by or for a member of staff.

use super::person::StaffMeant;
use crate::app::desk::Desk;
use crate::app::document::read_document;
use crate::app::error::AppError;
use crate::app::input::input_words;
use crate::app::operation::{Operation, operation};
use crate::domain::account::event::Role;
use crate::domain::ids::SubjectId;
use crate::domain::staff::command::StaffCommand;
use crate::domain::staff::decider::StaffDecider;
use crate::domain::staff::event::{RelationDeclared, RelationKind, RelationStruck};
use jiff::civil::Date;

input_words!(RelationKind:
    "夫妻" = "spouse",
    "直系血亲" = "direct-kin",
    "三代以内旁系血亲" = "collateral-kin",
    "近姻亲" = "in-law",
    "师徒" = "master-and-apprentice",
    "其他利害关系" = "interest",
);

operation! {
    /// 申报回避关系 | Declares a relation that calls for withdrawal.
    pub struct DeclareRelation = "staff.declare-relation", import "staff-relations" {
        /// 人员编号 | The member of staff, if known.
        staff: Option<SubjectId>,
        /// 证卡编号 | Or the number of his card.
        number: Option<String>,
        /// 关系人编号 | With whom, by pseudonym.
        with: Option<SubjectId>,
        /// 关系人证件类型 | Or kind of that person's document, in Chinese words.
        with_document_type: Option<String>,
        /// 关系人证件号码 | And its number.
        with_document_number: Option<String>,
        /// 关系 | Relation: spouse, direct-kin, collateral-kin, in-law, master-and-apprentice, interest.
        kind: RelationKind,
        /// 日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 撤下回避关系 | Strikes a relation that was not so.
    pub struct StrikeRelation = "staff.strike-relation" {
        /// 人员编号 | The member of staff.
        staff: SubjectId,
        /// 关系人编号 | With whom.
        with: SubjectId,
        /// 理由 | Why.
        ground: String,
        /// 日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

impl Operation for DeclareRelation {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        desk.actor()
            .need(&[Role::AuthorityMaker, Role::BodyMaker], "maker")?;
        let staff = desk
            .staff_meant(StaffMeant {
                staff: self.staff,
                number: self.number.as_ref(),
                name: None,
                document_type: None,
                document_number: None,
            })
            .await?;
        let with = match (self.with, &self.with_document_number) {
            (Some(with), _) => with,
            (None, Some(number)) => {
                let kind = self.with_document_type.as_deref().unwrap_or("居民身份证");
                let document = read_document(kind, number)?;
                SubjectId::from(desk.ledger().find_worker(&document).await?)
            }
            (None, None) => {
                return Err(AppError::BadInput {
                    what: "with",
                    rule: "needed",
                });
            }
        };
        let declared = RelationDeclared {
            with,
            kind: self.kind,
            on: desk.day(self.on)?,
        };
        let command = StaffCommand::DeclareRelation {
            declared,
            of: staff,
        };
        desk.decide::<StaffDecider>(staff, &command).await?;
        Ok(())
    }
}

impl Operation for StrikeRelation {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        desk.actor()
            .need(&[Role::AuthorityMaker], "authority-maker")?;
        desk.existing::<StaffDecider>(self.staff, "staff").await?;
        let struck = RelationStruck {
            with: self.with,
            ground: self.ground.clone(),
            on: desk.day(self.on)?,
        };
        desk.decide::<StaffDecider>(self.staff, &StaffCommand::StrikeRelation(struck))
            .await?;
        Ok(())
    }
}
