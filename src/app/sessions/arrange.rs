//! 考务安排, 考核 and 综合评审.

use super::desk::{body_kind, of_maker, of_maker_who_assessed, policy};
use crate::app::desk::Desk;
use crate::app::error::AppError;
use crate::app::input::{input, input_words};
use crate::app::operation::{Operation, operation};
use crate::domain::digest::Digest;
use crate::domain::ids::{SessionId, StreamId, StreamKind, SubjectId};
use crate::domain::region::RegionCode;
use crate::domain::score::Component;
use crate::domain::session::command::{Arrange, SessionCommand};
use crate::domain::session::decider::SessionDecider;
use crate::domain::session::event::QuestionBank;
use crate::domain::session::step::{Duty, EvidenceKind, EvidenceRecorded, ReviewHeld};
use crate::domain::staff::decider::StaffDecider;
use jiff::civil::{Date, DateTime};

input!(Text: DateTime);
input_words!(EvidenceKind:
    "远程监管" = "remote-supervision",
    "签到表" = "attendance",
    "答卷" = "answer-sheets",
    "评分表" = "score-sheets",
    "过程影像" = "recording",
    "督导记录" = "supervision-record",
    "其他" = "other",
);

operation! {
    /// 考务安排 | Arranges rooms and staff of a session.
    pub struct ArrangeSession = "session.arrange" {
        /// 批次 | The session.
        session: SessionId,
        /// 理论考场数 | Rooms of the theory examination; none if not given.
        rooms: Option<u16>,
        /// 考评员 | An examiner, by card number or pseudonym.
        examiners: Vec<String>,
        /// 综合评审委员 | A member of the committee of review, by card number or pseudonym.
        reviewers: Vec<String>,
        /// 监考人员 | An invigilator, by card number or pseudonym.
        invigilators: Vec<String>,
        /// 质量督导员 | A quality supervisor, by card number or pseudonym.
        supervisors: Vec<String>,
        /// 题库编号 | The question bank; the session's own if not given.
        question_bank: Option<String>,
        /// 题库版本 | Its version.
        question_bank_version: Option<String>,
        /// 安排日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 登记考核证据 | Records evidence of an assessment: its digest, never the thing itself.
    pub struct RecordEvidence = "session.record-evidence" {
        /// 批次 | The session.
        session: SessionId,
        /// 证据类别 | Kind: remote-supervision, attendance, answer-sheets, score-sheets, recording, supervision-record, other.
        kind: EvidenceKind,
        /// 证据摘要 | Its digest, 64 hexadecimal digits.
        digest: Digest,
        /// 形成时间 | When it was made, in China: 2026-07-10T09:30.
        taken_at: DateTime,
        /// 所在地区 | Its region, and nothing nearer.
        region: RegionCode,
        /// 科目 | The component it is of: theory, skill, review.
        component: Option<Component>,
        /// 存放编号 | Where the thing itself is kept, in that system's words.
        reference: Option<String>,
        /// 登记日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 综合评审 | Records that the committee of a session met.
    pub struct HoldReview = "session.hold-review" {
        /// 批次 | The session.
        session: SessionId,
        /// 到会委员 | A member who was there; everybody arranged if none is named.
        members: Vec<SubjectId>,
        /// 评审纪要摘要 | Digest of the minutes, 64 hexadecimal digits.
        minutes: Digest,
        /// 评审日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

impl Operation for ArrangeSession {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let opened = of_maker_who_assessed(desk, self.session).await?;
        let duties = [
            (Duty::Examiner, &self.examiners),
            (Duty::Reviewer, &self.reviewers),
            (Duty::Invigilator, &self.invigilators),
            (Duty::Supervisor, &self.supervisors),
        ];
        let close = super::trainers::close_to_candidates(desk, self.session).await?;
        let mut staff = Vec::new();
        for (duty, people) in duties {
            for person in people {
                let subject = person_meant(desk, person).await?;
                let stream = StreamId::new(StreamKind::Staff, subject.0);
                let state = desk.existing::<StaffDecider>(stream, "staff").await?;
                let mut facts = state.facts_on(subject, opened.assessed_on);
                facts
                    .related
                    .extend(close.get(&subject).into_iter().flatten());
                staff.push((duty, facts));
            }
        }
        let question_bank = match (&self.question_bank, &self.question_bank_version) {
            (Some(id), Some(version)) => Some(QuestionBank {
                id: id.clone(),
                version: version.clone(),
            }),
            (None, None) => None,
            _ => {
                return Err(AppError::BadInput {
                    what: "question_bank_version",
                    rule: "needed",
                });
            }
        };
        let command = SessionCommand::Arrange(Arrange {
            rooms: self.rooms.unwrap_or(0),
            staff,
            question_bank,
            policy: policy(desk, opened.assessed_on).await?,
            body_kind: body_kind(desk, opened.body).await?,
            trainers: super::trainers::of_candidates(desk, self.session).await?,
            on: desk.day(self.on)?,
        });
        desk.decide::<SessionDecider>(self.session, &command)
            .await?;
        Ok(())
    }
}

/// Somebody by pseudonym, or by the number of any of his cards.
async fn person_meant(desk: &Desk<'_>, meant: &str) -> Result<SubjectId, AppError> {
    match meant.parse() {
        Ok(subject) => Ok(subject),
        Err(_) => desk.ledger().staff_by_card(meant).await,
    }
}

impl Operation for RecordEvidence {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        of_maker(desk, self.session).await?;
        let command = SessionCommand::RecordEvidence {
            evidence: EvidenceRecorded {
                kind: self.kind,
                digest: self.digest,
                taken_at: self.taken_at,
                region: self.region,
                component: self.component,
                reference: self.reference.clone(),
            },
            on: desk.day(self.on)?,
        };
        desk.decide::<SessionDecider>(self.session, &command)
            .await?;
        Ok(())
    }
}

impl Operation for HoldReview {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        of_maker(desk, self.session).await?;
        let state = desk
            .existing::<SessionDecider>(self.session, "session")
            .await?;
        let arranged = state
            .sitting()
            .and_then(|it| it.proceedings.arrangement.as_ref());
        let members = if self.members.is_empty() {
            arranged
                .iter()
                .flat_map(|it| &it.staff)
                .filter(|it| it.duty == Duty::Reviewer)
                .map(|it| it.staff)
                .collect()
        } else {
            self.members.clone()
        };
        let command = SessionCommand::HoldReview(ReviewHeld {
            members,
            minutes: self.minutes,
            on: desk.day(self.on)?,
        });
        desk.decide::<SessionDecider>(self.session, &command)
            .await?;
        Ok(())
    }
}
