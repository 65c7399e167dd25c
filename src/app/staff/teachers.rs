//! Teachers: the trainings marked on their cards, the schools that engage them, and who may teach
//! a class.

use super::person::StaffMeant;
use crate::app::desk::Desk;
use crate::app::draft::Draft;
use crate::app::error::AppError;
use crate::app::ledger::Ledger;
use crate::app::operation::{Operation, operation};
use crate::domain::body::decider::BodyDecider;
use crate::domain::catalogue::decider::CatalogueDecider;
use crate::domain::credit_code::CreditCode;
use crate::domain::ids::{StreamId, SubjectId, WorkerId};
use crate::domain::occupation::OccupationCode;
use crate::domain::staff::command::StaffCommand;
use crate::domain::staff::decider::StaffDecider;
use crate::domain::staff::event::{StaffEndorsed, StaffEngaged, StaffLeft};
use crate::domain::staff::independence::teaches_others;
use crate::domain::staff::teaching::may_teach_class;
use crate::domain::worker::event::TrainingCompleted;
use jiff::civil::Date;

/// Most teachers named for one class.
const TEACHERS_MAX: usize = 50;

operation! {
    /// 标注教师培训 | Marks a training and its examination on a teacher's card, by the training base.
    pub struct EndorseTeacher = "staff.endorse", import "endorsements" {
        /// 证卡编号 | Number of the teacher's card.
        number: String,
        /// 培训基地统一社会信用代码 | Credit code of the training base.
        base: CreditCode,
        /// 课时 | Class hours.
        hours: u32,
        /// 开始日期 | First day.
        from: Date,
        /// 结束日期 | Last day.
        to: Date,
        /// 是否合格 | Whether it was passed.
        passed: bool,
        /// 标注日期 | The day the base signs; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 登记聘用教师 | Records that a school engaged a teacher, certified or not.
    pub struct EngageTeacher = "staff.engage", import "teachers" {
        /// 人员编号 | The member of staff, if known.
        staff: Option<SubjectId>,
        /// 证卡编号 | Or the number of his card.
        number: Option<String>,
        /// 姓名 | Name, of somebody new.
        name: Option<String>,
        /// 证件类型 | Kind of document, in Chinese words.
        document_type: Option<String>,
        /// 证件号码 | Number of the document.
        document_number: Option<String>,
        /// 学校统一社会信用代码 | Credit code of the school.
        body: CreditCode,
        /// 任教职业编码 | Occupations taught there.
        occupations: Vec<OccupationCode>,
        /// 聘用日期 | First day.
        from: Date,
    }
}

operation! {
    /// 登记解聘教师 | Records that a teacher left a school.
    pub struct LeaveSchool = "staff.leave" {
        /// 人员编号 | The member of staff.
        staff: SubjectId,
        /// 学校统一社会信用代码 | Credit code of the school.
        body: CreditCode,
        /// 解聘日期 | The first day without; today if not given.
        on: Option<Date>,
    }
}

impl Operation for EndorseTeacher {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let base = desk.ledger().find_body(&self.base).await?;
        desk.actor().need_maker_of(base)?;
        let on = desk.day(self.on)?;
        let body = desk.existing::<BodyDecider>(base, "body").await?;
        body.may_train()?;
        let listing = &body.body()?.training_base;
        let base_listed = listing.listed_throughout(self.from, on);
        let (staff, card) = desk.ledger().staff_card(&self.number).await?;
        let command = StaffCommand::Endorse {
            endorsed: StaffEndorsed {
                card,
                base,
                hours: self.hours,
                from: self.from,
                to: self.to,
                passed: self.passed,
                on,
            },
            base_listed,
        };
        desk.decide::<StaffDecider>(staff, &command).await?;
        Ok(())
    }
}

impl Operation for EngageTeacher {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let body = desk.ledger().find_body(&self.body).await?;
        desk.actor().need_maker_of(body)?;
        desk.existing::<BodyDecider>(body, "body").await?;
        let from = desk.day(Some(self.from))?;
        let staff = desk
            .staff_meant(StaffMeant {
                staff: self.staff,
                number: self.number.as_ref(),
                name: self.name.as_ref(),
                document_type: self.document_type.as_ref(),
                document_number: self.document_number.as_ref(),
            })
            .await?;
        let engaged = StaffEngaged {
            body,
            occupations: self.occupations.clone(),
            from,
        };
        desk.decide::<StaffDecider>(staff, &StaffCommand::Engage(engaged))
            .await?;
        Ok(())
    }
}

impl Operation for LeaveSchool {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let body = desk.ledger().find_body(&self.body).await?;
        desk.actor().need_maker_of(body)?;
        desk.existing::<StaffDecider>(self.staff, "staff").await?;
        let left = StaffLeft {
            body,
            on: desk.day(self.on)?,
        };
        desk.decide::<StaffDecider>(self.staff, &StaffCommand::Leave(left))
            .await?;
        Ok(())
    }
}

impl Ledger {
    /// Who is meant by the teachers of a class, each by card number or 居民身份证 number.
    pub async fn teachers_named(&self, named: &[String]) -> Result<Vec<SubjectId>, AppError> {
        if named.len() > TEACHERS_MAX {
            return Err(AppError::BadInput {
                what: "teacher",
                rule: "too-many",
            });
        }
        let mut teachers = Vec::with_capacity(named.len());
        for number in named {
            let teacher = self.staff_named(number).await?;
            if !teachers.contains(&teacher) {
                teachers.push(teacher);
            }
        }
        Ok(teachers)
    }

    /// Refuses a class one of whose teachers may not teach it on each of its days. The decision
    /// rests on the teachers' streams and the catalogue.
    pub(in crate::app) async fn check_teachers(
        &self,
        trainee: WorkerId,
        training: &TrainingCompleted,
        draft: &mut Draft,
    ) -> Result<(), AppError> {
        if training.teachers.is_empty() {
            return Ok(());
        }
        teaches_others(trainee.into(), &training.teachers)?;
        let catalogue = self
            .load_existing::<CatalogueDecider>(StreamId::catalogue(self.id()), "catalogue")
            .await?;
        let jurisdiction = self.authority().await?.established.jurisdiction;
        draft.guard(&catalogue);
        let streams: Vec<StreamId> = training.teachers.iter().map(|it| (*it).into()).collect();
        let class = (training.from, training.to);
        for teacher in self.load_all::<StaffDecider>(&streams).await?.values() {
            draft.guard(teacher);
            may_teach_class(teacher.state.staff()?, training.occupation, class, |on| {
                catalogue
                    .state
                    .staff_rules_on(&jurisdiction, on)
                    .endorsement()
            })?;
        }
        Ok(())
    }
}
