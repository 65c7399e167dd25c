//! Certificates as files: the signed coats, and the paper that carries them; into a folder or a zip
//! (批量下载), with as many threads as there are.

use super::clock;
use super::coats::OpenIssue;
use super::destination::{Destination, Made, Sink};
use super::error::AppError;
use super::export::HandedOut;
use super::issue_certificates::{Issued, Progress};
use super::ledger::Ledger;
use crate::credential::Coat;
use crate::credential::qr::{Symbol, text};
use crate::credential::sd_jwt::{Disclosable, present};
use crate::credential::trust_list::fingerprint;
use crate::domain::time::Instant;
use crate::paper::{CertificatePaper, LogPlace, PaperError, Press};
use crate::tlog::Checkpoint;
use crate::tlog::note::Note;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Certificates opened and written at a time: a bound on memory.
const CHUNK: usize = 200;

/// A kind of file that a certificate leaves the ledger as. Proof and trust list go beside a coat,
/// and inside paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CertificateFile {
    /// One signed coat by itself.
    Coat(Coat),
    /// The certificate as PDF (纸质证书), with all that is needed to verify it inside.
    Pdf,
    /// The badge (徽章) as SVG, the JSON document inside.
    BadgeSvg,
    /// The same as PNG.
    BadgePng,
}

impl CertificateFile {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Coat(Coat::VcJson),
        Self::Coat(Coat::VcJsonRdfc),
        Self::Coat(Coat::VcJsonScores),
        Self::Coat(Coat::SdJwtVc),
        Self::Coat(Coat::Qr),
        Self::Pdf,
        Self::BadgeSvg,
        Self::BadgePng,
    ];

    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Coat(coat) => coat.name(),
            Self::Pdf => "pdf",
            Self::BadgeSvg => "badge-svg",
            Self::BadgePng => "badge-png",
        }
    }

    /// The kind of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|file| file.name() == name)
    }

    /// What stands behind the number in the file's name.
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Coat(Coat::VcJson) => "json",
            Self::Coat(Coat::VcJsonRdfc) => "rdfc.json",
            Self::Coat(Coat::VcJsonScores) => "scores.json",
            Self::Coat(Coat::SdJwtVc) => "sd-jwt",
            Self::Coat(Coat::Qr) => "qr.png",
            Self::Pdf => "pdf",
            Self::BadgeSvg => "badge.svg",
            Self::BadgePng => "badge.png",
        }
    }
}

/// Which files are wanted.
#[derive(Clone)]
pub struct Wanted {
    /// The kinds. A certificate that was not signed in one of them goes without it.
    pub files: Vec<CertificateFile>,
    /// What an SD-JWT discloses.
    pub disclose: Vec<Disclosable>,
}

impl Default for Wanted {
    fn default() -> Self {
        Self {
            files: vec![CertificateFile::Coat(Coat::VcJson)],
            disclose: Disclosable::ALL.to_vec(),
        }
    }
}

/// What all files of one call have in common.
struct Making {
    wanted: Wanted,
    host: String,
    press: Option<Press>,
    trust_list: Vec<u8>,
    fingerprint: String,
    made_at: Instant,
}

impl Ledger {
    /// Writes certificates into a folder: `NUMBER.json` and `NUMBER.tlog-proof`; a reissue is
    /// `NUMBER.2.json` and so on. Answers with the documents.
    pub async fn write_certificates(
        &self,
        issued: &[Issued],
        folder: &Path,
        progress: Progress<'_>,
    ) -> Result<Vec<PathBuf>, AppError> {
        let wanted = Wanted::default();
        let into = Destination::Folder(folder);
        let written = self.write_files(issued, &wanted, into, progress).await?;
        let is_document = |path: &PathBuf| path.extension().is_some_and(|it| it == "json");
        Ok(written.into_iter().filter(is_document).collect())
    }

    /// Writes the wanted files of certificates, and the proof of each: `NUMBER.SUFFIX` and
    /// `NUMBER.tlog-proof`; a reissue is `NUMBER.2.SUFFIX` and so on. Answers with the paths, in the
    /// zip those inside it.
    pub async fn write_files(
        &self,
        issued: &[Issued],
        wanted: &Wanted,
        into: Destination<'_>,
        progress: Progress<'_>,
    ) -> Result<Vec<PathBuf>, AppError> {
        if issued.is_empty() {
            return Ok(Vec::new());
        }
        let making = Arc::new(self.making(wanted).await?);
        let mut sink = Sink::open(into)?;
        let mut done = 0;
        let total = issued.len() as u64;
        progress(0, total);
        for chunk in issued.chunks(CHUNK) {
            let documents = self.hand_out(chunk).await?;
            let making = Arc::clone(&making);
            let made = tokio::task::spawn_blocking(move || making.make_all(&documents));
            let made = made.await.map_err(|error| {
                AppError::Inconsistent(format!("files were not made: {error}"))
            })??;
            for file in made {
                sink.put(&file)?;
            }
            done += chunk.len() as u64;
            progress(done, total);
        }
        sink.finish()
    }

    async fn making(&self, wanted: &Wanted) -> Result<Making, AppError> {
        let host = self.authority().await?.established.host.clone();
        let mut making = Making {
            wanted: wanted.clone(),
            host,
            press: None,
            trust_list: Vec::new(),
            fingerprint: String::new(),
            made_at: clock::now(),
        };
        let drawn = |file: &CertificateFile| !matches!(file, CertificateFile::Coat(_));
        if wanted.files.iter().any(drawn) {
            making.press = Some(Press::new().map_err(|error| paper(&error))?);
        }
        if wanted.files.contains(&CertificateFile::Pdf) {
            let documents = self.public_documents().await?;
            let key = documents.trust_key.as_ref();
            making.fingerprint = key.map(fingerprint).unwrap_or_default();
            making.trust_list = documents.trust_file;
        }
        Ok(making)
    }
}

impl Making {
    /// The files of many certificates, in their order.
    fn make_all(&self, documents: &[HandedOut]) -> Result<Vec<Made>, AppError> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let share = documents.len().div_ceil(threads).max(1);
        let made: Vec<Result<Vec<Made>, AppError>> = std::thread::scope(|scope| {
            let make = |share: &[HandedOut]| {
                let mut made = Vec::new();
                for document in share {
                    self.make(document, &mut made)?;
                }
                Ok(made)
            };
            let work: Vec<_> = documents
                .chunks(share)
                .map(|share| scope.spawn(move || make(share)))
                .collect();
            let stopped = |_| Err(AppError::Inconsistent("a thread stopped".into()));
            work.into_iter()
                .map(|it| it.join().unwrap_or_else(stopped))
                .collect()
        });
        let made: Result<Vec<Vec<Made>>, AppError> = made.into_iter().collect();
        Ok(made?.into_iter().flatten().collect())
    }

    fn make(&self, document: &HandedOut, made: &mut Vec<Made>) -> Result<(), AppError> {
        let stem = match document.issue {
            1 => document.number.to_string(),
            n => format!("{}.{n}", document.number),
        };
        let mut beside = false;
        for file in &self.wanted.files {
            let bytes = match file {
                CertificateFile::Coat(coat) => {
                    let bytes = self.coat(&document.opened, *coat)?;
                    beside |= bytes.is_some();
                    bytes
                }
                CertificateFile::Pdf => Some(self.pdf(document)?),
                CertificateFile::BadgeSvg | CertificateFile::BadgePng => {
                    beside = true;
                    Some(self.badge(document, *file)?)
                }
            };
            if let Some(bytes) = bytes {
                let name = format!("{stem}.{}", file.suffix());
                made.push(Made { name, bytes });
            }
        }
        // Paper carries its own.
        if beside {
            made.push(Made {
                name: format!("{stem}.tlog-proof"),
                bytes: document.proof.to_string().into_bytes(),
            });
        }
        Ok(())
    }

    fn coat(&self, opened: &OpenIssue, coat: Coat) -> Result<Option<Vec<u8>>, AppError> {
        let Some(bytes) = opened.coat(coat)? else {
            return Ok(None);
        };
        Ok(Some(match coat {
            Coat::VcJson | Coat::VcJsonRdfc | Coat::VcJsonScores => bytes,
            Coat::SdJwtVc => disclosing(&bytes, &self.wanted.disclose)?.into_bytes(),
            Coat::Qr => {
                let picture = self.symbol(&bytes)?.to_png(SYMBOL_MODULE);
                picture.ok_or_else(|| AppError::Inconsistent("no picture of a symbol".into()))?
            }
        }))
    }

    fn symbol(&self, cose: &[u8]) -> Result<Symbol, AppError> {
        let symbol = Symbol::of(&text::to_url(&self.host, cose));
        symbol.map_err(|error| AppError::Inconsistent(error.to_string()))
    }

    fn press(&self) -> Result<&Press, AppError> {
        let press = self.press.as_ref();
        press.ok_or_else(|| AppError::Inconsistent("no press".into()))
    }

    fn badge(&self, document: &HandedOut, file: CertificateFile) -> Result<Vec<u8>, AppError> {
        let press = self.press()?;
        let said = document.opened.said()?;
        let credential = std::str::from_utf8(document.opened.document())
            .map_err(|_| AppError::Inconsistent("a certificate's document is no JSON".into()))?;
        let made = match file {
            CertificateFile::BadgePng => press.badge_png(&said.claims, credential),
            _ => press.badge_svg(&said.claims, credential),
        };
        made.map_err(|error| paper(&error))
    }

    fn pdf(&self, document: &HandedOut) -> Result<Vec<u8>, AppError> {
        let press = self.press()?;
        let symbol = match document.opened.coat(Coat::Qr)? {
            Some(cose) => self.symbol(&cose)?,
            // Issued before there were symbols: this one leads to the page.
            None => Symbol::of(&format!(
                "HTTPS://{}/VERIFY",
                self.host.to_ascii_uppercase()
            ))
            .map_err(|error| AppError::Inconsistent(error.to_string()))?,
        };
        let said = document.opened.said()?;
        let proof = document.proof.to_string();
        let checkpoint = Note::parse(document.proof.checkpoint.as_bytes())
            .and_then(|note| Checkpoint::parse(note.text()))
            .map_err(|error| AppError::Inconsistent(error.to_string()))?;
        let made = press.certificate(&CertificatePaper {
            claims: &said.claims,
            symbol: &symbol,
            verify_at: &format!("https://{}/verify", self.host),
            vc_json: document.opened.document(),
            proof: proof.as_bytes(),
            trust_list: &self.trust_list,
            log: LogPlace {
                position: document.position,
                logged_at: document.logged_at,
                checkpoint: &checkpoint,
            },
            trust_fingerprint: &self.fingerprint,
            made_at: self.made_at,
        });
        made.map_err(|error| paper(&error))
    }
}

/// Pixels of a module in a symbol's own picture.
const SYMBOL_MODULE: u32 = 8;

/// An SD-JWT with all it can disclose, disclosing only this.
pub fn disclosing(compact: &[u8], disclose: &[Disclosable]) -> Result<String, AppError> {
    std::str::from_utf8(compact)
        .ok()
        .and_then(|compact| present(compact, disclose).ok())
        .ok_or_else(|| AppError::Inconsistent("an SD-JWT of ours cannot be read".into()))
}

fn paper(error: &PaperError) -> AppError {
    AppError::Inconsistent(error.to_string())
}
