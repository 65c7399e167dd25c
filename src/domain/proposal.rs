//! Maker and checker (经办 / 复核): no act of weight takes effect on one person's word.
//!
//! A proposal is an event on the stream of what it would change; a different account approves
//! the same digest in time, or nothing happens.

use crate::domain::digest::Digest;
use crate::domain::event::events;
use crate::domain::ids::{AccountId, BodyId, GrantId, ProposalId, RecognitionId, WorkerId};
use crate::domain::occupation::OccupationCode;
use crate::domain::region::RegionCode;
use crate::domain::rejection::rejections;
use crate::domain::time::Instant;
use crate::domain::wording::{TextRejection, check_text};
use crate::domain::worker::event::AwardedBy;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How long a proposal waits for its checker: 72 hours.
pub const PROPOSAL_LIFETIME_MICROS: i64 = 72 * 3600 * 1_000_000;

/// What a proposal would do. The whole content stands here, so that the checker approves
/// exactly it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum Act {
    /// Confirm the results of a session (成绩复核): the results themselves are in the digest.
    ConfirmResults {
        /// How many candidates the digest covers.
        candidates: u32,
    },
    /// End a certificate (撤销、注销、吊销、作废).
    EndCertificate {
        /// Which of the four ends.
        end: End,
        /// Why, in the words of the trade; no personal data.
        ground: String,
        /// Legal basis or document number.
        basis: String,
        /// The civil date of the decision.
        on: Date,
    },
    /// Suspend a certificate (暂停).
    SuspendCertificate {
        /// Why.
        ground: String,
        /// Legal basis or document number.
        basis: String,
        /// The civil date it starts.
        on: Date,
    },
    /// End the suspension of a certificate (恢复): what two people decided, one does not undo.
    ReinstateCertificate {
        /// Why.
        ground: String,
        /// The civil date of the decision.
        on: Date,
    },
    /// Correct a certificate by a new one under a new number (更正).
    CorrectCertificate {
        /// Which fields are corrected, by name; never their personal values.
        corrected: Vec<String>,
        /// Why.
        ground: String,
        /// The civil date of the decision.
        on: Date,
    },
    /// Suspend a body (暂停资质).
    SuspendBody {
        /// Why.
        ground: String,
        /// Legal basis or document number.
        basis: String,
        /// The civil date it starts.
        on: Date,
    },
    /// End the suspension of a body (恢复资质).
    ReinstateBody {
        /// Why.
        ground: String,
        /// The civil date of the decision.
        on: Date,
    },
    /// Withdraw a body's qualification (取消资质).
    WithdrawBody {
        /// Why.
        ground: String,
        /// Legal basis or document number.
        basis: String,
        /// The civil date it starts.
        on: Date,
    },
    /// Take a body's scope back (取消备案范围), whole or for some occupations.
    TakeBackScope {
        /// Which.
        grant: GrantId,
        /// The occupations taken back; empty for the whole scope.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        occupations: Vec<OccupationCode>,
        /// The id under which the rest is granted, where some occupations stay.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rest: Option<GrantId>,
        /// Why.
        ground: String,
        /// Legal basis or document number.
        basis: String,
        /// The first day without it.
        on: Date,
    },
    /// End a body's permit to work in another province early (终止跨区域许可), and with it the scopes
    /// that rest on it.
    EndCrossRegion {
        /// Where.
        host: RegionCode,
        /// Why.
        ground: String,
        /// Legal basis or document number.
        basis: String,
        /// The first day without it.
        on: Date,
    },
    /// Declare a body's key compromised from a position on.
    CompromiseKey {
        /// The key.
        key_id: String,
        /// First position whose use of the key is void.
        from_position: u64,
        /// Why.
        ground: String,
    },
    /// Withdraw a place of a closed competition (取消名次).
    WithdrawPlace {
        /// The contestant.
        worker: WorkerId,
        /// The contest's occupation.
        occupation: OccupationCode,
        /// Why.
        ground: String,
        /// Legal basis or document number.
        basis: String,
        /// The civil date of the decision.
        on: Date,
    },
    /// A level in question stands (复查维持).
    UpholdAward {
        /// What had awarded it.
        award: AwardedBy,
        /// Why.
        ground: String,
        /// Legal basis or document number.
        basis: String,
        /// The civil date of the decision.
        on: Date,
    },
    /// Strike a training that was not so from a worker's record (撤下虚假培训).
    StrikeTraining {
        /// The training provider.
        provider: BodyId,
        /// Its class (班期).
        class: String,
        /// Why.
        ground: String,
        /// Legal basis or document number.
        basis: String,
        /// The civil date of the decision.
        on: Date,
    },
    /// A level in question that has no certificate is withdrawn (复查取消等级).
    WithdrawAward {
        /// What had awarded it.
        award: AwardedBy,
        /// Why.
        ground: String,
        /// Legal basis or document number.
        basis: String,
        /// The civil date of the decision.
        on: Date,
    },
    /// Withdraw a recognition (撤销比照认定).
    WithdrawRecognition {
        /// Which.
        recognition: RecognitionId,
        /// Why.
        ground: String,
        /// Legal basis or document number.
        basis: String,
        /// The civil date it starts.
        on: Date,
    },
}

impl Act {
    /// The civil date it is decided for, if it has one.
    pub const fn on(&self) -> Option<Date> {
        match self {
            Self::EndCertificate { on, .. }
            | Self::SuspendCertificate { on, .. }
            | Self::ReinstateCertificate { on, .. }
            | Self::CorrectCertificate { on, .. }
            | Self::SuspendBody { on, .. }
            | Self::ReinstateBody { on, .. }
            | Self::WithdrawBody { on, .. }
            | Self::StrikeTraining { on, .. }
            | Self::WithdrawRecognition { on, .. }
            | Self::UpholdAward { on, .. }
            | Self::WithdrawAward { on, .. }
            | Self::WithdrawPlace { on, .. }
            | Self::TakeBackScope { on, .. }
            | Self::EndCrossRegion { on, .. } => Some(*on),
            Self::ConfirmResults { .. } | Self::CompromiseKey { .. } => None,
        }
    }
}

/// The four ends of a certificate: different acts in law, each final.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum End {
    /// 撤销: it should never have been granted.
    Revoked,
    /// 注销: it ends formally (holder's wish, death).
    Cancelled,
    /// 吊销: taken away as a penalty.
    Forfeited,
    /// 作废: this document or number is unusable.
    Voided,
}

impl End {
    /// The Chinese term.
    pub const fn name_zh(self) -> &'static str {
        match self {
            Self::Revoked => "撤销",
            Self::Cancelled => "注销",
            Self::Forfeited => "吊销",
            Self::Voided => "作废",
        }
    }
    /// The word in events, status details and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Revoked => "revoked",
            Self::Cancelled => "cancelled",
            Self::Forfeited => "forfeited",
            Self::Voided => "voided",
        }
    }
    /// Whether the level itself is withdrawn from the worker (撤销, 吊销), not only the document.
    pub const fn withdraws_level(self) -> bool {
        matches!(self, Self::Revoked | Self::Forfeited)
    }
}

/// A maker proposed an act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalMade {
    /// Its id.
    pub proposal: ProposalId,
    /// What it would do.
    pub act: Act,
    /// BLAKE3, keyed with the ledger's digest key, over the act and what it rests on.
    pub digest: Digest,
    /// The maker (经办人).
    pub made_by: AccountId,
    /// After this it can no longer be approved.
    pub expires_at: Instant,
}

/// A different account approved exactly this digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalApproved {
    /// Which proposal.
    pub proposal: ProposalId,
    /// The digest that was approved, equal to the one proposed.
    pub digest: Digest,
    /// The checker (复核人), another account than the maker.
    pub approved_by: AccountId,
}

/// A proposal was turned down, or taken back by its maker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalRejected {
    /// Which proposal.
    pub proposal: ProposalId,
    /// Who turned it down.
    pub rejected_by: AccountId,
    /// Why.
    pub reason: String,
}

events! {
    /// The life of a proposal, on the stream of what it would change.
    pub enum ProposalEvent {
        /// A maker proposed.
        Made(ProposalMade) = "proposal.made", 1;
        /// A checker approved.
        Approved(ProposalApproved) = "proposal.approved", 1;
        /// Turned down.
        Rejected(ProposalRejected) = "proposal.rejected", 1;
    }
}

rejections! {
    /// Why a proposal cannot be made, approved or turned down.
    pub enum ProposalRejection {
        /// A proposal has one id, and an id one proposal.
        Taken = "proposal-taken";
        /// There is no such proposal on this stream.
        Unknown = "proposal-unknown";
        /// Its time is over (design.md, invariant 15: "or it expires").
        Expired = "proposal-expired";
        /// The maker cannot be the checker (经办与复核分离).
        SamePerson = "proposal-same-person";
        /// What was approved is not what was proposed.
        DigestDiffers = "proposal-digest-differs";
        /// It was approved or turned down before.
        AlreadyDecided = "proposal-already-decided";
        /// This stream has no such act.
        WrongAct = "proposal-wrong-act";
    }
}

/// A maker's part of a proposing command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proposing {
    /// A fresh id.
    pub proposal: ProposalId,
    /// Digest of the act and what it rests on.
    pub digest: Digest,
    /// The maker.
    pub by: AccountId,
    /// When.
    pub now: Instant,
}

impl Proposing {
    /// The proposal, open for [`PROPOSAL_LIFETIME_MICROS`].
    pub fn made(&self, act: Act) -> ProposalMade {
        ProposalMade {
            proposal: self.proposal,
            act,
            digest: self.digest,
            made_by: self.by,
            expires_at: Instant(self.now.0.saturating_add(PROPOSAL_LIFETIME_MICROS)),
        }
    }
}

/// A checker's part of an approving command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Approval {
    /// Which proposal.
    pub proposal: ProposalId,
    /// What the checker approves.
    pub digest: Digest,
    /// The checker.
    pub by: AccountId,
    /// When.
    pub now: Instant,
}

impl Approval {
    /// The fact of the approval.
    pub fn approved(&self) -> ProposalApproved {
        ProposalApproved {
            proposal: self.proposal,
            digest: self.digest,
            approved_by: self.by,
        }
    }
}

/// The command that turns a proposal down, or takes it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurnDown {
    /// Which proposal.
    pub proposal: ProposalId,
    /// Who turns it down.
    pub by: AccountId,
    /// Why; no personal data.
    pub reason: String,
}

/// The proposals of one stream, open and decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposals(BTreeMap<ProposalId, Standing>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Standing {
    Open(Box<ProposalMade>),
    Decided,
}

impl Proposals {
    /// Takes in one more event.
    pub fn record(&mut self, event: &ProposalEvent) {
        match event {
            ProposalEvent::Made(made) => {
                let open = Standing::Open(Box::new(made.clone()));
                self.0.insert(made.proposal, open);
            }
            ProposalEvent::Approved(approved) => {
                self.0.insert(approved.proposal, Standing::Decided);
            }
            ProposalEvent::Rejected(rejected) => {
                self.0.insert(rejected.proposal, Standing::Decided);
            }
        }
    }

    /// An open proposal.
    pub fn made(&self, proposal: ProposalId) -> Option<&ProposalMade> {
        match self.0.get(&proposal) {
            Some(Standing::Open(made)) => Some(made),
            Some(Standing::Decided) | None => None,
        }
    }

    /// Every open proposal, expired ones too.
    pub fn open(&self) -> impl Iterator<Item = &ProposalMade> {
        self.0.keys().filter_map(|proposal| self.made(*proposal))
    }

    /// Refuses an id that was used before.
    pub fn check_new(&self, proposal: ProposalId) -> Result<(), ProposalRejection> {
        if self.0.contains_key(&proposal) {
            Err(ProposalRejection::Taken)
        } else {
            Ok(())
        }
    }

    /// The act that this approval lets happen: known, undecided, in time, by another account than
    /// the maker's, over the digest proposed.
    pub fn check_approval(&self, approval: &Approval) -> Result<&Act, ProposalRejection> {
        let made = self.undecided(approval.proposal)?;
        if approval.by == made.made_by {
            return Err(ProposalRejection::SamePerson);
        }
        if approval.now > made.expires_at {
            return Err(ProposalRejection::Expired);
        }
        if approval.digest != made.digest {
            return Err(ProposalRejection::DigestDiffers);
        }
        Ok(&made.act)
    }

    /// The fact of a proposal turned down; its maker may too, and an expired one may be.
    pub fn turn_down<R>(&self, command: &TurnDown) -> Result<ProposalEvent, R>
    where
        R: From<ProposalRejection> + From<TextRejection>,
    {
        self.undecided(command.proposal)?;
        check_text("reason", &command.reason)?;
        Ok(ProposalRejected {
            proposal: command.proposal,
            rejected_by: command.by,
            reason: command.reason.clone(),
        }
        .into())
    }

    fn undecided(&self, proposal: ProposalId) -> Result<&ProposalMade, ProposalRejection> {
        match self.0.get(&proposal) {
            Some(Standing::Open(made)) => Ok(made),
            Some(Standing::Decided) => Err(ProposalRejection::AlreadyDecided),
            None => Err(ProposalRejection::Unknown),
        }
    }
}
