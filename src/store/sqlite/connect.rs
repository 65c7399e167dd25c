//! Creating and opening a ledger file: lock, pragmas read back, migrations.

use super::append::Appender;
use super::failure::read;
use super::lock::WriterLock;
use super::read::blob;
use super::{SqliteStore, Writer, Writing};
use crate::codec::canonical::Chain;
use crate::domain::ids::LedgerId;
use crate::domain::time::Instant;
use crate::store::StoreError;
use crate::store::group::Queue;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use uuid::Uuid;

/// The steps of the schema, compiled in.
pub(super) static MIGRATOR: Migrator = sqlx::migrate!("migrations/sqlite");

/// Connections that read.
const READERS_MAX: u32 = 4;
/// Page caches, in KiB with SQLite's sign for them: of the writer, whose indexes are met in many
/// places, and of each reader.
const WRITER_CACHE: &str = "-65536";
const READER_CACHE: &str = "-16384";
/// Pages of the write-ahead log (16 MiB) after which it is put into the database: a page changed
/// often is put there once.
const WAL_PAGES: &str = "4096";
/// How long an append waits for its turn before it answers `Busy`.
const TURN_MAX: Duration = Duration::from_secs(60);

/// What a ledger is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// To append and to read. One process at a time; `now` goes into the lock file.
    Writer {
        /// The caller's clock.
        now: Instant,
    },
    /// To read, beside a writer or alone.
    Reader,
}

impl SqliteStore {
    /// Makes a new, empty ledger in a new file and opens it for writing. `now` goes into the
    /// lock file. Refused where a file is.
    pub async fn create(path: &Path, ledger: LedgerId, now: Instant) -> Result<Self, StoreError> {
        let lock = WriterLock::take(path, now)?;
        if path.exists() {
            return Err(StoreError::Exists(path.to_owned()));
        }
        let pool = new_file(path).await?;
        let begun = pool.begin_with("BEGIN IMMEDIATE").await;
        let mut transaction = begun.map_err(|e| read(&e))?;
        begin_chains(&mut transaction, ledger).await?;
        let named = name_ledger(&mut transaction, ledger).await;
        named.map_err(|e| read(&e))?;
        transaction.commit().await.map_err(|e| read(&e))?;
        Self::opened(path, Some((pool, lock))).await
    }

    /// Opens a ledger. A writer brings the schema up to date; a reader refuses an older one.
    pub async fn open(path: &Path, mode: Mode) -> Result<Self, StoreError> {
        if !path.is_file() {
            return Err(StoreError::Missing(path.to_owned()));
        }
        match mode {
            Mode::Writer { now } => {
                let lock = WriterLock::take(path, now)?;
                let pool = writer_pool(options(path)).await?;
                let found = newest_applied(&pool).await?;
                if found > known() {
                    return Err(StoreError::NewerSchema {
                        found,
                        known: known(),
                    });
                }
                migrate(&pool).await?;
                Self::opened(path, Some((pool, lock))).await
            }
            Mode::Reader => Self::opened(path, None).await,
        }
    }

    /// Brings the schema of a ledger up to what this program knows; answers the newest step before
    /// and after.
    pub async fn migrate(path: &Path, now: Instant) -> Result<(i64, i64), StoreError> {
        if !path.is_file() {
            return Err(StoreError::Missing(path.to_owned()));
        }
        let _lock = WriterLock::take(path, now)?;
        let pool = writer_pool(options(path)).await?;
        let (found, known) = (newest_applied(&pool).await?, known());
        if found > known {
            return Err(StoreError::NewerSchema { found, known });
        }
        migrate(&pool).await?;
        pool.close().await;
        Ok((found, known))
    }

    async fn opened(
        path: &Path,
        writer: Option<(SqlitePool, WriterLock)>,
    ) -> Result<Self, StoreError> {
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS_MAX)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .connect_with(
                options(path)
                    .read_only(true)
                    .pragma("cache_size", READER_CACHE),
            )
            .await
            .map_err(|e| not_a_ledger(&e))?;
        // Two of them, from now on: they read the halves of a page.
        let (one, other) =
            tokio::try_join!(readers.acquire(), readers.acquire()).map_err(|e| not_a_ledger(&e))?;
        drop((one, other));
        let (found, known) = (newest_applied(&readers).await?, known());
        if found > known {
            return Err(StoreError::NewerSchema { found, known });
        }
        if found < known {
            return Err(StoreError::OlderSchema { found, known });
        }
        expect_pragma(&readers, "journal_mode", "wal").await?;
        let id: Option<Vec<u8>> = sqlx::query_scalar("SELECT ledger_id FROM ledger WHERE one = 1")
            .fetch_optional(&readers)
            .await
            .map_err(|e| not_a_ledger(&e))?;
        let unfinished = || StoreError::NotALedger("its creation was not finished".into());
        let id = Uuid::from_slice(&id.ok_or_else(unfinished)?).map_err(|_| unfinished())?;
        let writing = writer.map(|(pool, lock)| {
            let writer = Arc::new(Writer {
                pool,
                stopped: OnceLock::new(),
            });
            let queue = Queue::before(Appender::on(Arc::clone(&writer)));
            Writing {
                writer,
                queue,
                _lock: lock,
            }
        });
        Ok(Self {
            ledger: LedgerId(id),
            readers,
            writing,
        })
    }
}

/// A new file with the schema and nothing in it.
pub(super) async fn new_file(path: &Path) -> Result<SqlitePool, StoreError> {
    let pool = writer_pool(options(path).create_if_missing(true)).await?;
    migrate(&pool).await?;
    Ok(pool)
}

/// The three chains of a ledger at their beginnings.
pub(super) async fn begin_chains(
    connection: &mut SqliteConnection,
    ledger: LedgerId,
) -> Result<(), StoreError> {
    for chain in Chain::ALL {
        sqlx::query("INSERT INTO head (chain_name, position, chain, at) VALUES ($1, 0, $2, 0)")
            .bind(chain.name())
            .bind(chain.genesis(ledger).to_vec())
            .execute(&mut *connection)
            .await
            .map_err(|e| read(&e))?;
    }
    Ok(())
}

/// The row that makes a database a ledger.
pub(super) async fn name_ledger(
    connection: &mut SqliteConnection,
    ledger: LedgerId,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO ledger (one, ledger_id) VALUES (1, $1)")
        .bind(blob(ledger.0))
        .execute(connection)
        .await
        .map(drop)
}

/// Gives a fresh copy the journal mode that every ledger file has.
pub(super) async fn use_wal(path: &Path) -> Result<(), StoreError> {
    let options = options(path).journal_mode(SqliteJournalMode::Wal);
    let copy = options.connect().await.map_err(|e| read(&e))?;
    copy.close().await.map_err(|e| read(&e))
}

fn options(path: &Path) -> SqliteConnectOptions {
    // Statements are not logged: a log line could carry what a statement binds.
    SqliteConnectOptions::new()
        .filename(path)
        .disable_statement_logging()
}

/// One connection that is never recycled, with every pragma that durability and erasure rest on.
async fn writer_pool(options: SqliteConnectOptions) -> Result<SqlitePool, StoreError> {
    let options = options
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        // Erased personal data is overwritten, not only unlinked.
        .pragma("secure_delete", "ON")
        // Without it, INSERT OR REPLACE would delete past the triggers.
        .pragma("recursive_triggers", "ON")
        .pragma("cache_size", WRITER_CACHE)
        .pragma("wal_autocheckpoint", WAL_PAGES);
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .acquire_timeout(TURN_MAX)
        .connect_with(options)
        .await
        .map_err(|e| not_a_ledger(&e))?;
    expect_pragma(&pool, "journal_mode", "wal").await?;
    expect_pragma(&pool, "synchronous", "2").await?;
    expect_pragma(&pool, "foreign_keys", "1").await?;
    expect_pragma(&pool, "secure_delete", "1").await?;
    expect_pragma(&pool, "recursive_triggers", "1").await?;
    Ok(pool)
}

async fn expect_pragma(
    pool: &SqlitePool,
    pragma: &'static str,
    expected: &'static str,
) -> Result<(), StoreError> {
    let query = match pragma {
        "journal_mode" => "SELECT CAST(journal_mode AS TEXT) FROM pragma_journal_mode",
        "synchronous" => "SELECT CAST(synchronous AS TEXT) FROM pragma_synchronous",
        "foreign_keys" => "SELECT CAST(foreign_keys AS TEXT) FROM pragma_foreign_keys",
        "secure_delete" => "SELECT CAST(secure_delete AS TEXT) FROM pragma_secure_delete",
        _ => "SELECT CAST(recursive_triggers AS TEXT) FROM pragma_recursive_triggers",
    };
    let found: String = sqlx::query_scalar(query)
        .fetch_one(pool)
        .await
        .map_err(|e| not_a_ledger(&e))?;
    if found != expected {
        return Err(StoreError::Pragma { pragma, found });
    }
    Ok(())
}

/// The newest migration this program knows.
pub(super) fn known() -> i64 {
    MIGRATOR.iter().map(|m| m.version).max().unwrap_or(0)
}

/// The newest migration applied to the database, 0 for none.
async fn newest_applied(pool: &SqlitePool) -> Result<i64, StoreError> {
    let there: bool = sqlx::query_scalar(
        "SELECT count(*) > 0 FROM sqlite_schema WHERE name = '_sqlx_migrations'",
    )
    .fetch_one(pool)
    .await
    .map_err(|e| not_a_ledger(&e))?;
    if !there {
        return Err(StoreError::NotALedger("it has no schema of ours".into()));
    }
    sqlx::query_scalar("SELECT coalesce(max(version), 0) FROM _sqlx_migrations")
        .fetch_one(pool)
        .await
        .map_err(|e| not_a_ledger(&e))
}

async fn migrate(pool: &SqlitePool) -> Result<(), StoreError> {
    MIGRATOR
        .run(pool)
        .await
        .map_err(|e| StoreError::Engine(e.to_string()))
}

/// A database in memory as the migrations make it, for the audit to compare with. One
/// connection: another would have a memory of its own.
pub(super) async fn schema_in_memory() -> Result<SqlitePool, StoreError> {
    let options = SqliteConnectOptions::new().disable_statement_logging();
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(options)
        .await
        .map_err(|e| read(&e))?;
    migrate(&pool).await?;
    Ok(pool)
}

/// "file is not a database" (26) is no failure of the engine.
fn not_a_ledger(error: &sqlx::Error) -> StoreError {
    let code = error.as_database_error().and_then(|e| e.code());
    match code.as_deref() {
        Some("26") => StoreError::NotALedger("it is not a SQLite database".into()),
        _ => read(error),
    }
}
