//! `certificate offer`: a certificate for its holder's wallet.

use super::access::{Access, Answer, answer};
use super::output::{Exit, Output};
use crate::app::AppError;
use crate::domain::number::CertificateNumber;
use clap::Args;
use serde_json::json;
use std::path::PathBuf;

/// User units of a module in the picture of the QR code.
const MODULE: u32 = 8;

#[derive(Args)]
pub(super) struct Offer {
    #[command(flatten)]
    access: Access,
    /// 证书编号
    number: CertificateNumber,
    /// Ask for no transaction code: whoever reads the offer first has the certificate.
    #[arg(long)]
    without_tx_code: bool,
    /// Write the QR code as SVG.
    #[arg(long, value_name = "FILE")]
    qr: Option<PathBuf>,
}

impl Offer {
    pub(super) fn run(self, output: &Output) -> Exit {
        answer(output, async {
            let (ledger, actor) = self.access.open_as(output).await?;
            let offered = ledger
                .offer_certificate(&actor, &self.number, !self.without_tx_code)
                .await?;
            if let Some(path) = &self.qr {
                std::fs::write(path, offered.symbol.to_svg(MODULE)).map_err(|error| {
                    AppError::File {
                        path: path.display().to_string(),
                        error,
                    }
                })?;
            }
            let tx_code = offered.tx_code.as_ref().map(|it| it.as_str());
            let json = json!({
                "number": self.number,
                "issue": offered.issue,
                "offer": offered.uri.as_str(),
                "tx_code": tx_code,
                "expires": offered.expires.to_string(),
                "qr": self.qr,
            });
            let words = [
                ("number", self.number.to_string()),
                ("expires", offered.expires.to_string()),
            ];
            let mut lines = vec![
                offered.uri.to_string(),
                offered.symbol.to_text(),
                output.text("cli-offered", &words),
            ];
            if let Some(tx_code) = tx_code {
                let words = [("code", tx_code.to_owned())];
                lines.push(output.text("cli-offer-tx-code", &words));
            }
            Ok(Answer::done(json, lines))
        })
    }
}
