//! `certificate …`: one certificate through its life.

use super::access::{Access, Answer, At, Once, Place, answer};
use super::body::proposal;
use super::export::Export;
use super::offer::Offer;
use super::output::{Exit, Output};
use super::proposal::notes;
use crate::app::people::Correction;
use crate::app::{AppError, Ledger};
use crate::domain::number::CertificateNumber;
use crate::domain::proposal::{Act, End};
use crate::domain::region::RegionCode;
use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;
use serde_json::json;
use std::path::PathBuf;

/// Certificates (证书).
#[derive(Subcommand)]
pub(super) enum Certificate {
    /// Show one, without the person.
    Show(Show),
    /// Write its files in any coat, every issue; or those of a whole session.
    Export(Box<Export>),
    /// Offer one to its holder's wallet: an address and its QR code, good once and for ten minutes.
    Offer(Offer),
    /// Propose one of the four ends: 撤销, 注销, 吊销, 作废.
    Revoke(Revoke),
    /// Propose to suspend one (暂停).
    Suspend(Measure),
    /// Propose to end a suspension (恢复).
    Reinstate(Measure),
    /// Propose to correct one by a new one under a new number (更正).
    Correct(Correct),
    /// Issue a lost one again under its own number (补发).
    Reissue(Reissue),
}

#[derive(Args)]
pub(super) struct Show {
    #[command(flatten)]
    place: Place,
    /// 证书编号
    number: CertificateNumber,
    #[command(flatten)]
    at: At,
}

#[derive(Clone, Copy, ValueEnum)]
enum EndName {
    /// 撤销: it should never have been granted
    Revoked,
    /// 注销: it ends formally
    Cancelled,
    /// 吊销: taken away as a penalty
    Forfeited,
    /// 作废: the document or number is unusable
    Voided,
}

#[derive(Args)]
pub(super) struct Measure {
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    once: Once,
    /// 证书编号
    number: CertificateNumber,
    /// Why; no personal data.
    #[arg(long)]
    ground: String,
    /// Legal basis or document number.
    #[arg(long, default_value = "")]
    basis: String,
    /// The civil date; today if not given.
    #[arg(long)]
    on: Option<Date>,
}

#[derive(Args)]
pub(super) struct Revoke {
    #[command(flatten)]
    measure: Measure,
    /// Which end.
    #[arg(long, value_enum, default_value = "revoked")]
    end: EndName,
}

#[derive(Args)]
pub(super) struct Correct {
    #[command(flatten)]
    measure: Measure,
    /// The right name; kept in the vault.
    #[arg(long)]
    name: Option<String>,
    /// The right work type.
    #[arg(long)]
    work_type: Option<String>,
    /// The right day of assessment.
    #[arg(long)]
    assessed_on: Option<Date>,
    /// The right region.
    #[arg(long)]
    region: Option<RegionCode>,
}

#[derive(Args)]
pub(super) struct Reissue {
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    once: Once,
    /// 证书编号
    number: CertificateNumber,
    /// Why; no personal data.
    #[arg(long)]
    reason: String,
    /// 补发日期; today if not given.
    #[arg(long)]
    on: Option<Date>,
    /// Folder to write into; certificates/reissued in the data directory if not given.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Certificate {
    pub(super) fn run(self, output: &Output) -> Exit {
        match self {
            Self::Show(show) => show.run(output),
            Self::Export(export) => export.run(output),
            Self::Offer(offer) => offer.run(output),
            Self::Revoke(Revoke { measure, end }) => {
                let end = match end {
                    EndName::Revoked => End::Revoked,
                    EndName::Cancelled => End::Cancelled,
                    EndName::Forfeited => End::Forfeited,
                    EndName::Voided => End::Voided,
                };
                measure.propose(output, None, |ground, basis, on| Act::EndCertificate {
                    end,
                    ground,
                    basis,
                    on,
                })
            }
            Self::Suspend(measure) => measure.propose(output, None, |ground, basis, on| {
                Act::SuspendCertificate { ground, basis, on }
            }),
            Self::Reinstate(measure) => measure.propose(output, None, |ground, _, on| {
                Act::ReinstateCertificate { ground, on }
            }),
            Self::Correct(correct) => correct.run(output),
            Self::Reissue(reissue) => reissue.run(output),
        }
    }
}

impl Show {
    fn run(self, output: &Output) -> Exit {
        answer(output, async {
            let ledger = Ledger::open_to_read(&self.place).await?;
            let id = ledger.find_certificate(&self.number).await?;
            let found = ledger.certificate_at(id, self.at.at).await?;
            let state = found.value;
            let issued = state.issued().ok_or(AppError::NotFound {
                what: "certificate",
            })?;
            let award = &issued.award;
            let json = json!({
                "as_of_position": found.position,
                "number": issued.number,
                "state": state.name(),
                "kind": award.attainment.kind(),
                "occupation": award.attainment.occupation(),
                "level": award.attainment.level(),
                "attainment": award.attainment,
                "route": award.route,
                "assessed_on": award.assessed_on,
                "issued_on": issued.issued_on,
                "issue": issued.issue,
                "supersedes": issued.supersedes,
                "twin": issued.twin,
                "key_id": issued.key_id,
            });
            let words = [
                ("number", issued.number.to_string()),
                (
                    "state",
                    output.text(&format!("certificate-{}", state.name()), &[]),
                ),
                ("occupation", output.named(award.attainment.name())),
                ("level", output.grade(&award.attainment)),
                ("on", issued.issued_on.to_string()),
                ("issue", issued.issue.to_string()),
            ];
            Ok(Answer::done(
                json,
                vec![output.text("cli-certificate-shown", &words)],
            ))
        })
    }
}

impl Measure {
    fn propose(
        self,
        output: &Output,
        correction: Option<Correction>,
        act: impl FnOnce(String, String, Date) -> Act,
    ) -> Exit {
        answer(output, async {
            let (ledger, actor) = self.access.open_as(output).await?;
            let id = self.once.id(output);
            let on = ledger.day_of(id, self.on).await?;
            let act = act(self.ground, self.basis, on);
            let proposed = ledger
                .propose_about_certificate(&actor, id, &self.number, act, correction)
                .await?;
            let shown = ledger
                .proposal_shown(&actor, proposed.proposal, None)
                .await?;
            for note in notes(output, &shown.value) {
                output.say(&note);
            }
            proposal(output, &proposed)
        })
    }
}

impl Correct {
    fn run(self, output: &Output) -> Exit {
        let correction = Correction {
            name: self.name,
            work_type: self.work_type,
            assessed_on: self.assessed_on,
            region: self.region,
        };
        let corrected = correction.fields();
        self.measure
            .propose(output, Some(correction), |ground, _, on| {
                Act::CorrectCertificate {
                    corrected,
                    ground,
                    on,
                }
            })
    }
}

impl Reissue {
    fn run(self, output: &Output) -> Exit {
        answer(output, async {
            let (ledger, actor) = self.access.open_as(output).await?;
            let id = self.once.id(output);
            let on = ledger.day_of(id, self.on).await?;
            let issued = ledger
                .reissue(&actor, id, &self.number, &self.reason, on)
                .await?;
            let folder = self
                .out
                .unwrap_or_else(|| ledger.dir().join("certificates").join("reissued"));
            let issue = issued.issue;
            let files = ledger
                .write_certificates(&[issued], &folder, &|_, _| {})
                .await?;
            let words = [
                ("number", self.number.to_string()),
                ("issue", issue.to_string()),
                (
                    "file",
                    files
                        .first()
                        .map(|f| f.display().to_string())
                        .unwrap_or_default(),
                ),
            ];
            let json = json!({"number": self.number, "issue": issue, "files": files});
            Ok(Answer::done(
                json,
                vec![output.text("cli-reissued", &words)],
            ))
        })
    }
}
