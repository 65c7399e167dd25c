//! `certificate export`: the files of one certificate, or of a whole session.

use super::access::{Access, Answer, answer};
use super::output::{Exit, Output};
use super::progress::Bar;
use crate::app::AppError;
use crate::app::certificate_files::{CertificateFile, Wanted};
use crate::app::destination::Destination;
use crate::credential::sd_jwt::{Disclosable, Preset};
use crate::domain::ids::SessionId;
use crate::domain::number::CertificateNumber;
use clap::Args;
use serde_json::json;
use std::path::{Path, PathBuf};

/// The word for every kind of file.
const ALL: &str = "all";

#[derive(Args)]
pub(super) struct Export {
    #[command(flatten)]
    access: Access,
    /// 证书编号
    #[arg(required_unless_present = "session", conflicts_with = "session")]
    number: Option<CertificateNumber>,
    /// A whole session instead: the newest issue of every certificate of it that stands.
    #[arg(long, value_name = "SESSION")]
    session: Option<SessionId>,
    /// Folder to write into.
    #[arg(long, value_name = "DIR", required_unless_present = "zip")]
    out: Option<PathBuf>,
    /// Write one zip file instead of a folder.
    #[arg(long, value_name = "FILE", conflicts_with = "out")]
    zip: Option<PathBuf>,
    /// Which files: vc-json, vc-json-rdfc, vc-json-scores (an Open Badge that shows the scores too, if
    /// the worker wants it), sd-jwt-vc, qr, pdf, badge-svg, badge-png, or all. May stand several times.
    #[arg(long, value_name = "COAT", value_parser = wanted_file, default_value = "vc-json")]
    coat: Vec<Coats>,
    /// What an SD-JWT discloses: level-only, for-employer, everything, or the claims by name with
    /// commas between.
    #[arg(long, value_name = "WHAT", value_parser = disclosed, default_value = "everything")]
    disclose: Disclose,
}

/// What `--coat` may say.
#[derive(Clone)]
struct Coats(Vec<CertificateFile>);

/// What `--disclose` may say.
#[derive(Clone)]
struct Disclose(Vec<Disclosable>);

fn wanted_file(text: &str) -> Result<Coats, String> {
    if text == ALL {
        return Ok(Coats(CertificateFile::ALL.to_vec()));
    }
    let one = CertificateFile::from_name(text).map(|file| Coats(vec![file]));
    one.ok_or_else(|| {
        let names: Vec<_> = CertificateFile::ALL.iter().map(|it| it.name()).collect();
        format!("{}, {ALL}", names.join(", "))
    })
}

fn disclosed(text: &str) -> Result<Disclose, String> {
    if let Some(preset) = Preset::from_name(text) {
        return Ok(Disclose(preset.claims().to_vec()));
    }
    let claims = text.split(',').map(Disclosable::from_name);
    claims
        .collect::<Option<Vec<_>>>()
        .map(Disclose)
        .ok_or_else(|| {
            let presets = Preset::ALL.map(Preset::name);
            let claims = Disclosable::ALL.map(Disclosable::name);
            format!("{}; {}", presets.join(", "), claims.join(", "))
        })
}

impl Export {
    pub(super) fn run(self, output: &Output) -> Exit {
        answer(output, async {
            let (ledger, actor) = self.access.open_as(output).await?;
            let mut files: Vec<_> = self.coat.into_iter().flat_map(|it| it.0).collect();
            files.sort();
            files.dedup();
            let wanted = Wanted {
                files,
                disclose: self.disclose.0,
            };
            let issues = match (&self.number, self.session) {
                (Some(number), _) => ledger.issues_for(&actor, number).await?,
                (None, Some(session)) => ledger.session_issues_for(&actor, session).await?,
                (None, None) => {
                    return Err(AppError::NotFound {
                        what: "certificate",
                    });
                }
            };
            let into = match (&self.zip, &self.out) {
                (Some(zip), _) => Destination::Zip(zip),
                (None, Some(folder)) => Destination::Folder(folder),
                // One of the two is required.
                (None, None) => Destination::Folder(Path::new(".")),
            };
            let bar = Bar::new(output, "cli-progress-write");
            let files = ledger
                .write_files(&issues, &wanted, into, &|done, all| bar.set(done, all))
                .await?;
            bar.finish();
            let mut lines: Vec<String> = Vec::new();
            if self.number.is_some() {
                lines.extend(files.iter().map(|file| file.display().to_string()));
            }
            let place = self.zip.or(self.out).unwrap_or_default();
            let words = [
                ("certificates", issues.len().to_string()),
                ("files", files.len().to_string()),
                ("place", place.display().to_string()),
            ];
            lines.push(output.text("cli-exported", &words));
            let json = json!({
                "certificates": issues.len(),
                "files": files,
                "place": place,
            });
            Ok(Answer::done(json, lines))
        })
    }
}
