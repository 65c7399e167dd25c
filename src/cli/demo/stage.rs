//! Where the demo plays: its directory, its ledger, its people, and the clock beside each step.

use super::certify::Certificate;
use crate::app::audit::Audit;
use crate::app::export::TrustFiles;
use crate::app::home::database_path;
use crate::app::initialise::{Beginning, initialise};
use crate::app::{Actor, AppError, Ledger, chance};
use crate::cli::output::{Exit, Output};
use crate::domain::ids::CommandId;
use crate::domain::name::Name;
use crate::keys::KdfParams;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::Instant;
use zeroize::Zeroizing;

/// Everything the chapters share.
pub(super) struct Stage<'a> {
    pub output: &'a Output,
    pub dir: PathBuf,
    pub ledger: Ledger,
    /// 经办人
    pub maker: Actor,
    /// 复核人
    pub checker: Actor,
    pub trust: Option<TrustFiles>,
    step: u32,
    since: Instant,
}

impl<'a> Stage<'a> {
    /// Makes the directory and begins a ledger in it.
    pub async fn set(dir: Option<PathBuf>, output: &'a Output) -> Result<Self, AppError> {
        let since = Instant::now();
        let dir = dir.unwrap_or_else(|| {
            std::env::temp_dir().join(format!(
                "skill-ledger-demo-{}",
                chance::public_id().simple()
            ))
        });
        if dir
            .read_dir()
            .is_ok_and(|mut entries| entries.next().is_some())
        {
            return Err(AppError::Exists {
                path: dir.display().to_string(),
            });
        }
        let passphrase = Zeroizing::new(format!("demo-{}", chance::public_id()));
        let region = |text: &str| {
            text.parse()
                .map_err(|_| AppError::Inconsistent("the demo's own region".into()))
        };
        let beginning = Beginning {
            host: "ledger.demo.example".into(),
            jurisdiction: "DEMO".into(),
            name: Name {
                zh: "示范省人力资源和社会保障厅".into(),
                en: Some("Demo Province Department of Human Resources".into()),
            },
            region: region("320000")?,
            maker: "钱经办".into(),
            checker: "孙复核".into(),
        };
        let begun = initialise(&dir, beginning, &passphrase, KdfParams::STANDARD).await?;
        let maker = begun.ledger.actor(&begun.maker.token).await?;
        let checker = begun.ledger.actor(&begun.checker.token).await?;
        let secrets = [
            ("passphrase", passphrase.as_str()),
            ("maker.token", begun.maker.token.as_str()),
            ("checker.token", begun.checker.token.as_str()),
        ];
        for (name, secret) in secrets {
            write(&dir.join(name), secret.as_bytes())?;
        }
        let mut stage = Self {
            output,
            dir,
            ledger: begun.ledger,
            maker,
            checker,
            trust: None,
            step: 0,
            since,
        };
        stage.words("demo-title", &[("dir", stage.dir.display().to_string())]);
        stage.step("demo-init", &[]);
        Ok(stage)
    }

    /// A fresh command id.
    pub fn id(&self) -> CommandId {
        CommandId(chance::internal_id())
    }

    /// One step done: its words with its figures, and the time it took.
    pub fn step(&mut self, key: &str, args: &[(&str, String)]) {
        self.step += 1;
        let took = self.since.elapsed().as_millis().to_string();
        let words = [
            ("step", self.step.to_string()),
            ("words", self.output.text(key, args)),
            ("ms", took),
        ];
        self.line(&self.output.text("demo-step", &words));
        self.since = Instant::now();
    }

    /// Words that are no step.
    pub fn words(&self, key: &str, args: &[(&str, String)]) {
        self.line(&self.output.text(key, args));
    }

    /// A line for people: on stdout, or on stderr where stdout carries JSON.
    pub fn line(&self, line: &str) {
        if self.output.json {
            self.output.say(line);
        } else {
            self.output.print(line);
        }
    }

    /// Publishes what has news and writes the files verifiers need.
    pub async fn publish(&mut self) -> Result<usize, AppError> {
        let published = self.ledger.publish_all(&self.maker).await?;
        self.trust = Some(
            self.ledger
                .write_trust_files(&self.dir.join("public"))
                .await?,
        );
        Ok(published)
    }

    /// The trust list file written last.
    pub fn trust_list(&self) -> PathBuf {
        self.trust
            .as_ref()
            .map(|files| files.trust_list.clone())
            .unwrap_or_default()
    }

    /// The end: the files to look at, or one JSON object.
    pub async fn finish(
        self,
        certificates: &[Certificate],
        audit: &Audit,
    ) -> Result<Exit, AppError> {
        let trust_list = self.trust_list();
        let did_documents = self
            .trust
            .as_ref()
            .map(|files| files.did_documents.clone())
            .unwrap_or_default();
        if self.output.json {
            let certificates: Vec<_> = certificates
                .iter()
                .map(|c| json!({"number": c.number, "status": c.status, "file": c.file}))
                .collect();
            self.output.print_json(&json!({
                "dir": self.dir,
                "ledger": database_path(self.ledger.dir()),
                "trust_list": trust_list,
                "did_documents": did_documents,
                "certificates": certificates,
                "audit": {"ok": audit.ok(), "events": audit.events},
            }));
        }
        let dir = [("dir", self.dir.display().to_string())];
        self.words("demo-files", &dir);
        let sample = certificates.first().map(|c| c.file.display().to_string());
        let words = [
            ("file", sample.unwrap_or_default()),
            ("trust", trust_list.display().to_string()),
            ("ledger", self.ledger.dir().display().to_string()),
        ];
        self.words("demo-next", &words);
        self.ledger.close().await;
        Ok(if audit.ok() { Exit::Done } else { Exit::Unable })
    }
}

/// Writes a file of the demo, readable by its owner only.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), AppError> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let failed = |error| AppError::File {
        path: path.display().to_string(),
        error,
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut open = std::fs::OpenOptions::new();
    let mut file = open
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path);
    let file = file
        .as_mut()
        .map_err(|error| failed(std::io::Error::from(error.kind())))?;
    file.write_all(bytes).map_err(failed)
}
