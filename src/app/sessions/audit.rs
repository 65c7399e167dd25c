//! 报送, 审核 and 上传, with their working-day clocks; and the policy they go by.

use super::desk::{body_kind, due_on, of_maker, opened, policy};
use crate::app::desk::Desk;
use crate::app::error::AppError;
use crate::app::input::input;
use crate::app::operation::{Operation, operation};
use crate::domain::account::event::Role;
use crate::domain::authority::command::AuthorityCommand;
use crate::domain::authority::decider::AuthorityDecider;
use crate::domain::authority::event::AssessmentPolicySet;
use crate::domain::digest::Digest;
use crate::domain::ids::{SessionId, StreamId};
use crate::domain::rules::assessment::AssessmentPolicy;
use crate::domain::session::command::{SessionCommand, Submit};
use crate::domain::session::decider::SessionDecider;
use crate::domain::session::rejection::SessionRejection;
use crate::domain::session::state::SessionState;
use crate::domain::session::step::{AuditPassed, AuditReturned, CertificatesUploaded};
use jiff::civil::Date;

input!(Document: AssessmentPolicy);

operation! {
    /// 规定认定工作 | Sets how assessments are held: staffing, retained passes, working-day clocks.
    pub struct SetAssessmentPolicy = "policy.set-assessment" {
        /// 认定工作规定 | The policy, as a JSON document; registers shows the one in force.
        policy: AssessmentPolicy,
    }
}

operation! {
    /// 报送 | Reports a session to the authority.
    pub struct SubmitSession = "session.submit" {
        /// 批次 | The session.
        session: SessionId,
        /// 报送材料摘要 | Digest of what is handed in, 64 hexadecimal digits.
        materials: Vec<Digest>,
        /// 报送日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 审核通过 | Passes a session.
    pub struct PassAudit = "session.pass-audit" {
        /// 批次 | The session.
        session: SessionId,
        /// 审核依据 | Document number or basis.
        basis: String,
        /// 审核日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 审核退回 | Gives a session back to be put right; one that was passed too, until it closes.
    pub struct ReturnAudit = "session.return-audit" {
        /// 批次 | The session.
        session: SessionId,
        /// 退回理由 | What is to be put right.
        reasons: Vec<String>,
        /// 审核日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

operation! {
    /// 登记上传 | Records that the certificates of a session were uploaded to a look-up service.
    pub struct RecordUpload = "session.record-upload" {
        /// 批次 | The session.
        session: SessionId,
        /// 上传平台 | The service, by its name.
        platform: String,
        /// 上传数量 | How many certificates.
        count: u32,
        /// 上传文件摘要 | Digest of the file handed over, 64 hexadecimal digits.
        digest: Digest,
        /// 上传回执 | The receipt, as the service writes it.
        receipt: String,
        /// 上传日期 | The civil date; today if not given.
        on: Option<Date>,
    }
}

impl Operation for SetAssessmentPolicy {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        desk.actor()
            .need(&[Role::AuthorityMaker], "authority-maker")?;
        let authority = desk.authority().await?;
        let command = AuthorityCommand::SetAssessmentPolicy(AssessmentPolicySet {
            jurisdiction: authority.authority()?.established.jurisdiction.clone(),
            policy: self.policy.clone(),
        });
        let stream = StreamId::authority(desk.ledger().id());
        desk.decide::<AuthorityDecider>(stream, &command).await?;
        Ok(())
    }
}

impl Operation for SubmitSession {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        let opened = of_maker(desk, self.session).await?;
        let policy = policy(desk, opened.assessed_on).await?;
        let kind = body_kind(desk, opened.body).await?;
        let days = policy.report_days(kind);
        let command = SessionCommand::Submit(Submit {
            materials: self.materials.clone(),
            due_on: due_on(desk, opened.assessed_on, days).await?,
            overdue_refused: policy.clocks.overdue_refused,
            on: desk.day(self.on)?,
        });
        desk.decide::<SessionDecider>(self.session, &command)
            .await?;
        Ok(())
    }
}

/// The last day on which the authority's answer is in time.
async fn answer_due(
    desk: &mut Desk<'_>,
    session: SessionId,
    policy: &AssessmentPolicy,
) -> Result<Date, AppError> {
    let state = desk.existing::<SessionDecider>(session, "session").await?;
    let on = match state {
        SessionState::Submitted { submitted, .. } => submitted.on,
        // A pass taken back: the answer had its day.
        SessionState::Audited { passed, .. } => return Ok(passed.due_on),
        _ => return Err(SessionRejection::NotSubmitted.into()),
    };
    due_on(desk, on, policy.clocks.audit).await
}

impl Operation for PassAudit {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        desk.actor().need_authority_checker()?;
        let opened = opened(desk, self.session).await?;
        let policy = policy(desk, opened.assessed_on).await?;
        let command = SessionCommand::PassAudit(AuditPassed {
            basis: self.basis.clone(),
            due_on: answer_due(desk, self.session, &policy).await?,
            on: desk.day(self.on)?,
        });
        desk.decide::<SessionDecider>(self.session, &command)
            .await?;
        Ok(())
    }
}

impl Operation for ReturnAudit {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        desk.actor().need_authority()?;
        let opened = opened(desk, self.session).await?;
        let policy = policy(desk, opened.assessed_on).await?;
        let on = desk.day(self.on)?;
        let command = SessionCommand::ReturnAudit(AuditReturned {
            reasons: self.reasons.clone(),
            due_on: answer_due(desk, self.session, &policy).await?,
            fix_by: due_on(desk, on, policy.clocks.fix).await?,
            on,
        });
        desk.decide::<SessionDecider>(self.session, &command)
            .await?;
        Ok(())
    }
}

impl Operation for RecordUpload {
    async fn decide(&self, desk: &mut Desk<'_>) -> Result<(), AppError> {
        of_maker(desk, self.session).await?;
        let command = SessionCommand::RecordUpload(CertificatesUploaded {
            platform: self.platform.clone(),
            count: self.count,
            digest: self.digest,
            receipt: self.receipt.clone(),
            on: desk.day(self.on)?,
        });
        desk.decide::<SessionDecider>(self.session, &command)
            .await?;
        Ok(())
    }
}
