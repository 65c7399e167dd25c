//! The audit, L2: a database file at rest, page by page.
//!
//! ```text
//! ledger.sqlite.manifest   a signed note (C2SP signed-note) of the log's key over these lines:
//!                          skill-ledger page manifest v1
//!                          ledger UUID
//!                          page size BYTES
//!                          pages COUNT
//!                          at MICROSECONDS            since 1970-01-01T00:00:00Z
//!                          pages blake3 HEX           of ledger.sqlite.pages
//! ledger.sqlite.pages      BLAKE3 of each page, 32 bytes each, in order
//! ```
//! Its first line is no log's origin, so that it is never taken for a checkpoint. It is written when
//! the file has come to rest, under the lock of whoever writes; to open the file for writing removes
//! it. What it does not show is a whole older file with its own manifest: that is L3, for which
//! there are witnesses.

use super::clock;
use super::error::AppError;
use super::files::write_durable;
use super::home::Home;
use super::ledger::Ledger;
use crate::domain::ids::LedgerId;
use crate::keys::{Ed25519Key, Purpose, Signer, verify_strict};
use crate::store::audit::Problem;
use crate::store::sqlite::{AtRest, manifest_path, pages_path};
use crate::store::{Database, StoreError};
use crate::tlog::note::{NOTE_BYTES_MAX, Note, NoteKey};
use std::fs::File;
use std::io::{BufReader, BufWriter, ErrorKind, Read, Seek as _, Write as _};
use std::path::{Path, PathBuf};

const KIND: &str = "skill-ledger page manifest v1";
/// Bytes read at once.
const BUFFER: usize = 1 << 20;
/// Pages that are named; the others are counted.
const PROBLEMS_MAX: usize = 1_000;
/// Bytes of the header in which SQLite says its page size (SQLite file format, 1.3).
const HEADER: usize = 100;

/// What signs a manifest once the ledger is closed.
pub struct Sealer {
    ledger: LedgerId,
    database: PathBuf,
    key: NoteKey,
    signer: Ed25519Key,
}

/// What a check of the pages found.
#[derive(Debug)]
pub struct Pages {
    /// Pages in the file.
    pub pages: u64,
    /// When the manifest was made, microseconds UTC.
    pub at: i64,
    /// What is not as the manifest says.
    pub problems: Vec<Problem>,
    /// Problems beyond those listed.
    pub unlisted: u64,
    /// Whether the manifest's signature was checked.
    pub signature_checked: bool,
}

impl Ledger {
    /// What will sign the manifest of this ledger's file; `None` for one on a server.
    pub async fn sealer(&self, home: &Home) -> Result<Option<Sealer>, AppError> {
        let Database::File(database) = home.database() else {
            return Ok(None);
        };
        let key = self.log_key().await?;
        Ok(Some(Sealer {
            ledger: self.id(),
            database: database.clone(),
            signer: self.log_signer(&key)?,
            key,
        }))
    }
}

impl Sealer {
    /// Writes the manifest of the closed file; answers how many pages it has. `None` if somebody
    /// has it open to write, or has left frames in its journal that are not in the file yet.
    pub fn seal(&self) -> Result<Option<u64>, AppError> {
        let rest = match AtRest::take(&self.database, clock::now()) {
            Ok(rest) => rest,
            Err(StoreError::Locked { .. }) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        if !rest.is_settled()? {
            return Ok(None);
        }
        let pages_file = pages_path(&self.database);
        let made = write_pages(&self.database, &pages_file)?;
        let text = format!(
            "{KIND}\nledger {}\npage size {}\npages {}\nat {}\npages blake3 {}\n",
            self.ledger.0,
            made.size,
            made.count,
            clock::now().0,
            made.digest
        );
        let sign = |bytes: &[u8]| self.signer.sign(Purpose::Log, bytes).map(|it| it.0);
        let note = Note::sign(&text, &self.key, sign);
        let note = note.map_err(|error| AppError::Inconsistent(error.to_string()))??;
        write_durable(&manifest_path(&self.database), note.to_string().as_bytes())?;
        Ok(Some(made.count))
    }
}

/// What the pages of a file come to.
struct Made {
    size: u64,
    count: u64,
    digest: String,
}

fn at(path: &Path) -> impl Fn(std::io::Error) -> AppError {
    move |error| AppError::File {
        path: path.display().to_string(),
        error,
    }
}

/// Writes the digest of each page, durable.
fn write_pages(database: &Path, to: &Path) -> Result<Made, AppError> {
    let mut digests = BufWriter::new(File::create(to).map_err(at(to))?);
    let mut all = blake3::Hasher::new();
    let mut wrote = Ok(());
    let (size, count) = each_page(database, |_, digest| {
        all.update(&digest);
        if wrote.is_ok() {
            wrote = digests.write_all(&digest);
        }
    })?;
    wrote.map_err(at(to))?;
    let file = digests
        .into_inner()
        .map_err(|error| at(to)(error.into_error()))?;
    file.sync_all().map_err(at(to))?;
    Ok(Made {
        size,
        count,
        digest: hex::encode(all.finalize().as_bytes()),
    })
}

/// Hands over the number, from 1, and the digest of each page; answers page size and count. A last
/// page that is cut short is a page.
fn each_page(database: &Path, mut page: impl FnMut(u64, [u8; 32])) -> Result<(u64, u64), AppError> {
    let mut file = File::open(database).map_err(at(database))?;
    let size = page_size(&mut file).map_err(at(database))?;
    let mut reader = BufReader::with_capacity(BUFFER, file);
    let mut bytes = vec![0; usize::try_from(size).unwrap_or(BUFFER)];
    let mut count = 0;
    loop {
        let mut filled = 0;
        while filled < bytes.len() {
            match reader.read(&mut bytes[filled..]).map_err(at(database))? {
                0 => break,
                read => filled += read,
            }
        }
        if filled == 0 {
            return Ok((size, count));
        }
        count += 1;
        page(count, *blake3::hash(&bytes[..filled]).as_bytes());
    }
}

/// The page size as the file says it; 4,096 where it says none that is possible.
fn page_size(file: &mut File) -> std::io::Result<u64> {
    let mut header = Vec::new();
    Read::take(&mut *file, HEADER as u64).read_to_end(&mut header)?;
    file.rewind()?;
    let said = header
        .get(16..18)
        .map_or(0, |said| u64::from(said[0]) << 8 | u64::from(said[1]));
    Ok(match said {
        1 => 65_536,
        size if size.is_power_of_two() && size >= 512 => size,
        _ => 4_096,
    })
}

/// A manifest as it is read.
struct Manifest {
    ledger: LedgerId,
    size: u64,
    count: u64,
    at: i64,
    digest: String,
}

impl Manifest {
    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        let mut value = |name: &str| lines.next()?.strip_prefix(name);
        value(KIND).filter(|rest| rest.is_empty())?;
        let manifest = Self {
            ledger: LedgerId(value("ledger ")?.parse().ok()?),
            size: value("page size ")?.parse().ok()?,
            count: value("pages ")?.parse().ok()?,
            at: value("at ")?.parse().ok()?,
            digest: value("pages blake3 ")?.to_owned(),
        };
        lines.next().is_none().then_some(manifest)
    }
}

/// Holds the file of a ledger against its manifest. `keys` are the log's, any of which may have signed
/// it; without one the signature is not checked, and the answer says so.
pub fn check(
    database: &Path,
    ledger: Option<LedgerId>,
    keys: &[NoteKey],
) -> Result<Pages, AppError> {
    let path = manifest_path(database);
    let note = match File::open(&path) {
        Ok(file) => {
            let mut note = Vec::new();
            let read = file.take(NOTE_BYTES_MAX as u64).read_to_end(&mut note);
            read.map_err(at(&path))?;
            note
        }
        Err(error) if error.kind() == ErrorKind::NotFound => return Err(AppError::NotAtRest),
        Err(error) => return Err(at(&path)(error)),
    };
    let mut found = Pages {
        pages: 0,
        at: 0,
        problems: Vec::new(),
        unlisted: 0,
        signature_checked: !keys.is_empty(),
    };
    let name = file_name(&path);
    let parsed = Note::parse(&note).ok();
    let by = |note: &Note, key| note.verify(key, &verify_strict).is_ok();
    let signed = |note: &Note| keys.is_empty() || keys.iter().any(|key| by(note, key));
    if !parsed.as_ref().is_some_and(signed) {
        found.add(&name, "the manifest", "it is not signed by the log's key");
    }
    let Some(manifest) = parsed.and_then(|note| Manifest::parse(note.text())) else {
        found.add(&name, "the manifest", "it cannot be read");
        return Ok(found);
    };
    found.at = manifest.at;
    if ledger.is_some_and(|ledger| ledger != manifest.ledger) {
        found.add(&name, "the manifest", "it is another ledger's");
    }
    if !(AtRest::beside(database).is_settled()?) {
        let detail = "frames were written after the manifest was made";
        found.add(&file_name(database), "the journal", detail);
    }
    compare(database, &manifest, &mut found)?;
    Ok(found)
}

fn compare(database: &Path, manifest: &Manifest, found: &mut Pages) -> Result<(), AppError> {
    let path = pages_path(database);
    let (table, pages) = (file_name(database), file_name(&path));
    let mut wanted = BufReader::with_capacity(BUFFER, File::open(&path).map_err(at(&path))?);
    let mut all = blake3::Hasher::new();
    let mut digest = [0; 32];
    let mut changed = Vec::new();
    let mut unlisted = 0;
    let mut short = false;
    let (size, count) = each_page(database, |number, page| {
        short |= wanted.read_exact(&mut digest).is_err();
        if short {
            return;
        }
        all.update(&digest);
        if page != digest {
            match changed.len() < PROBLEMS_MAX {
                true => changed.push(number),
                false => unlisted += 1,
            }
        }
    })?;
    let mut rest = Vec::new();
    let more = wanted.take(1).read_to_end(&mut rest).map_err(at(&path))? > 0;
    found.pages = count;
    found.unlisted = unlisted;
    if short || more || hex::encode(all.finalize().as_bytes()) != manifest.digest {
        found.add(&pages, "the digests", "they are not those of the manifest");
    }
    if (size, count) != (manifest.size, manifest.count) {
        let detail = format!(
            "it has {count} pages of {size} bytes, the manifest says {} of {}",
            manifest.count, manifest.size
        );
        found.add(&table, "the file", &detail);
    }
    for number in changed {
        found.add(
            &table,
            &format!("page {number}"),
            "it is not as the manifest says",
        );
    }
    Ok(())
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

impl Pages {
    fn add(&mut self, file: &str, row: &str, detail: &str) {
        self.problems.push(Problem {
            table: "the database file",
            row: format!("{file}: {row}"),
            detail: detail.to_owned(),
        });
    }
}
