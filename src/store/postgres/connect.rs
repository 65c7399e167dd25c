//! Creating and opening a ledger in a database: the server's settings read back, migrations.

use super::append::Appender;
use super::failure::read;
use super::{PostgresStore, Writer, Writing};
use crate::codec::canonical::Chain;
use crate::domain::ids::LedgerId;
use crate::store::StoreError;
use crate::store::group::Queue;
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::{ConnectOptions, Executor as _, PgConnection};
use std::str::FromStr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use uuid::Uuid;

/// The steps of the schema, compiled in.
pub(super) static MIGRATOR: Migrator = sqlx::migrate!("migrations/postgres");

/// Connections that read, and write what is not appended.
const CONNECTIONS_MAX: u32 = 12;
/// How long a caller waits for one of them before it is told `Busy`.
const TURN_MAX: Duration = Duration::from_secs(30);
/// The oldest server, as `server_version_num` says it.
const SERVER_MIN: i32 = 150_000;
/// The same for people.
const SERVER_MIN_NAME: &str = "15";

/// What a ledger is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// To append and to read, beside other processes that do.
    Writer,
    /// To read.
    Reader,
}

impl PostgresStore {
    /// Makes a new, empty ledger in an existing database and opens it for writing. Refused where
    /// a ledger is. The role must be able to create tables, unless the schema is there already.
    pub async fn create(url: &str, ledger: LedgerId) -> Result<Self, StoreError> {
        let options = options(url)?;
        let mut connection = to_empty(url).await?;
        begin(&mut connection).await?;
        begin_chains(&mut connection, ledger).await?;
        let named = name_ledger(&mut connection, ledger).await;
        named.map_err(|e| read(&e))?;
        let done = sqlx::raw_sql("COMMIT").execute(&mut connection).await;
        done.map_err(|e| read(&e))?;
        Self::opened(options, true).await
    }

    /// Opens a ledger. A writer brings the schema up to date, if its role may; a reader refuses
    /// an older one.
    pub async fn open(url: &str, mode: Mode) -> Result<Self, StoreError> {
        let options = options(url)?;
        let mut connection = connect(&options).await?;
        let found = newest_applied(&mut connection).await?;
        let known = known();
        if found > known {
            return Err(StoreError::NewerSchema { found, known });
        }
        if mode == Mode::Reader {
            return match found < known {
                true => Err(StoreError::OlderSchema { found, known }),
                false => Self::opened(options, false).await,
            };
        }
        assert_writable(&mut connection).await?;
        if found < known {
            migrate(&mut connection).await?;
        }
        Self::opened(options, true).await
    }

    /// Brings the schema of the database at `url` up to what this program knows; answers the
    /// newest step before and after. For a role that owns the tables, so that the role that runs
    /// need not.
    pub async fn migrate(url: &str) -> Result<(i64, i64), StoreError> {
        let mut connection = connect(&options(url)?).await?;
        assert_writable(&mut connection).await?;
        bring_up(&mut connection).await
    }

    async fn opened(options: PgConnectOptions, writes: bool) -> Result<Self, StoreError> {
        let pool = pool(&options).await?;
        let id: Option<Uuid> = sqlx::query_scalar("SELECT ledger_id FROM ledger WHERE one = 1")
            .fetch_optional(&pool)
            .await
            .map_err(|e| read(&e))?;
        let id =
            id.ok_or_else(|| StoreError::NotALedger("its creation was not finished".into()))?;
        let writing = writes.then(|| {
            let writer = Arc::new(Writer {
                options,
                stopped: OnceLock::new(),
            });
            let queue = Queue::before(Appender::on(Arc::clone(&writer)));
            Writing { writer, queue }
        });
        Ok(Self {
            ledger: LedgerId(id),
            pool,
            writing,
            growth: OnceLock::new(),
            projecting: Arc::default(),
        })
    }
}

impl Writer {
    /// A connection for appending, to a server that is still fit to be written to.
    pub(super) async fn connect(&self) -> Result<PgConnection, StoreError> {
        // An append looks up keys in tables that grow all the time, and that may never have been
        // analysed: a plan made when they were small must not read them whole.
        let options = self.options.clone().options([
            ("enable_seqscan", "off"),
            ("enable_hashjoin", "off"),
            ("enable_mergejoin", "off"),
            ("plan_cache_mode", "force_generic_plan"),
        ]);
        let mut connection = connect(&options).await?;
        assert_writable(&mut connection).await?;
        Ok(connection)
    }
}

/// The address, and what every session of ours sets.
fn options(url: &str) -> Result<PgConnectOptions, StoreError> {
    // What sqlx says of a bad address may quote it, password and all.
    let bad = || StoreError::Address("postgres://…".into());
    if !(url.starts_with("postgres://") || url.starts_with("postgresql://")) {
        return Err(bad());
    }
    let options = PgConnectOptions::from_str(url).map_err(|_| bad())?;
    Ok(options
        .application_name("skill-ledger")
        // A statement that hangs, a lock nobody gives back, a session whose client is gone: each
        // ends by itself, and what it held is free again.
        .options([
            ("statement_timeout", "120s"),
            ("lock_timeout", "30s"),
            ("idle_in_transaction_session_timeout", "60s"),
            ("tcp_keepalives_idle", "10"),
            ("tcp_keepalives_interval", "5"),
            ("tcp_keepalives_count", "3"),
            ("default_transaction_isolation", "read committed"),
            // Compiling costs more than any statement of ours.
            ("jit", "off"),
        ])
        // Statements are not logged: a log line could carry what a statement binds.
        .disable_statement_logging())
}

/// The name of the database, for messages.
fn name(options: &PgConnectOptions) -> String {
    options.get_database().unwrap_or_default().to_owned()
}

async fn connect(options: &PgConnectOptions) -> Result<PgConnection, StoreError> {
    options.connect().await.map_err(|e| refused(&e, options))
}

async fn pool(options: &PgConnectOptions) -> Result<PgPool, StoreError> {
    PgPoolOptions::new()
        .max_connections(CONNECTIONS_MAX)
        .acquire_timeout(TURN_MAX)
        .connect_with(options.clone())
        .await
        .map_err(|e| refused(&e, options))
}

/// Why there is no connection.
fn refused(error: &sqlx::Error, options: &PgConnectOptions) -> StoreError {
    let code = error.as_database_error().and_then(|e| e.code());
    match code.as_deref() {
        Some("28P01" | "28000") => StoreError::Denied,
        Some("3D000") => StoreError::NoDatabase(name(options)),
        Some("42501") => StoreError::Forbidden(error.to_string()),
        _ => read(error),
    }
}

/// Refuses a server that could lose what it acknowledged, that is too old, or that takes no
/// writes. Every setting is read back from the server.
async fn assert_writable(connection: &mut PgConnection) -> Result<(), StoreError> {
    let settings: Settings = sqlx::query_as(
        "SELECT current_setting('server_version_num')::integer, current_setting('fsync'), \
           current_setting('full_page_writes'), current_setting('synchronous_commit'), \
           current_setting('server_encoding'), \
           pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean",
    )
    .fetch_one(connection)
    .await
    .map_err(|e| read(&e))?;
    fit_to_write(settings)
}

/// What the server says of itself: version, `fsync`, `full_page_writes`, `synchronous_commit`,
/// encoding, and whether it takes no writes.
type Settings = (i32, String, String, String, String, bool);

/// See [`assert_writable`].
fn fit_to_write(settings: Settings) -> Result<(), StoreError> {
    let (version, fsync, full_page_writes, synchronous_commit, encoding, read_only) = settings;
    if version < SERVER_MIN {
        return Err(StoreError::OlderServer {
            found: (version / 10_000).to_string(),
            needed: SERVER_MIN_NAME,
        });
    }
    if read_only {
        return Err(StoreError::ReadOnlyServer);
    }
    let expect = |pragma, found: String, holds: bool| match holds {
        true => Ok(()),
        false => Err(StoreError::Pragma { pragma, found }),
    };
    let (on, whole) = (fsync == "on", full_page_writes == "on");
    expect("fsync", fsync, on)?;
    expect("full_page_writes", full_page_writes, whole)?;
    let waits = synchronous_commit != "off";
    expect("synchronous_commit", synchronous_commit, waits)?;
    let utf8 = encoding == "UTF8";
    expect("server_encoding", encoding, utf8)
}

/// A connection to a database with our schema and nothing in it. Refused where a ledger is, and
/// where one was begun and not finished.
pub(super) async fn to_empty(url: &str) -> Result<PgConnection, StoreError> {
    let options = options(url)?;
    let mut connection = connect(&options).await?;
    assert_writable(&mut connection).await?;
    bring_up(&mut connection).await?;
    let (ledgers, heads): (i64, i64) =
        sqlx::query_as("SELECT (SELECT count(*) FROM ledger), (SELECT count(*) FROM head)")
            .fetch_one(&mut connection)
            .await
            .map_err(|e| read(&e))?;
    match (ledgers, heads) {
        (0, 0) => Ok(connection),
        (0, _) => Err(StoreError::NotALedger(
            "a restore into it was not finished: take an empty database".into(),
        )),
        _ => Err(StoreError::Taken(name(&options))),
    }
}

/// The three chains of a ledger at their beginnings.
pub(super) async fn begin_chains(
    connection: &mut PgConnection,
    ledger: LedgerId,
) -> Result<(), StoreError> {
    for chain in Chain::ALL {
        sqlx::query("INSERT INTO head (chain_name, position, chain, at) VALUES ($1, 0, $2, 0)")
            .bind(chain.name())
            .bind(chain.genesis(ledger))
            .execute(&mut *connection)
            .await
            .map_err(|e| read(&e))?;
    }
    Ok(())
}

/// The row that makes a database a ledger.
pub(super) async fn name_ledger(
    connection: &mut PgConnection,
    ledger: LedgerId,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO ledger (one, ledger_id) VALUES (1, $1)")
        .bind(ledger.0)
        .execute(connection)
        .await
        .map(drop)
}

async fn begin(connection: &mut PgConnection) -> Result<(), StoreError> {
    let begun = connection.execute("BEGIN").await;
    begun.map(drop).map_err(|e| read(&e))
}

/// The newest migration this program knows.
pub(super) fn known() -> i64 {
    MIGRATOR.iter().map(|m| m.version).max().unwrap_or(0)
}

/// Brings the schema up to what this program knows, from nothing if need be; answers the newest
/// step before and after. Asks for no right to create where there is nothing to do.
async fn bring_up(connection: &mut PgConnection) -> Result<(i64, i64), StoreError> {
    let found = match has_schema(connection).await? {
        true => newest_applied(connection).await?,
        false => 0,
    };
    let known = known();
    if found > known {
        return Err(StoreError::NewerSchema { found, known });
    }
    if found < known {
        migrate(connection).await?;
    }
    Ok((found, known))
}

async fn has_schema(connection: &mut PgConnection) -> Result<bool, StoreError> {
    sqlx::query_scalar("SELECT to_regclass('_sqlx_migrations') IS NOT NULL")
        .fetch_one(connection)
        .await
        .map_err(|e| read(&e))
}

/// The newest migration applied to the database, 0 for none.
async fn newest_applied(connection: &mut PgConnection) -> Result<i64, StoreError> {
    if !has_schema(connection).await? {
        return Err(StoreError::NotALedger("it has no schema of ours".into()));
    }
    sqlx::query_scalar("SELECT coalesce(max(version), 0) FROM _sqlx_migrations")
        .fetch_one(connection)
        .await
        .map_err(|e| read(&e))
}

async fn migrate(connection: &mut PgConnection) -> Result<(), StoreError> {
    MIGRATOR.run(connection).await.map_err(|error| {
        let code = match &error {
            sqlx::migrate::MigrateError::Execute(e)
            | sqlx::migrate::MigrateError::ExecuteMigration(e, _) => {
                e.as_database_error().and_then(|e| e.code())
            }
            _ => None,
        };
        match code.as_deref() {
            Some("42501") => StoreError::Forbidden(error.to_string()),
            _ => StoreError::Engine(error.to_string()),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(version: i32, settings: [&str; 4], read_only: bool) -> Result<(), StoreError> {
        let [fsync, pages, commit, encoding] = settings.map(ToOwned::to_owned);
        fit_to_write((version, fsync, pages, commit, encoding, read_only))
    }

    #[test]
    fn a_server_that_could_lose_what_it_acknowledged_is_refused() {
        let good = ["on", "on", "on", "UTF8"];
        assert!(server(150_000, good, false).is_ok());
        assert!(server(180_006, ["on", "on", "remote_apply", "UTF8"], false).is_ok());
        assert!(matches!(
            server(140_011, good, false),
            Err(StoreError::OlderServer { found, needed: "15" }) if found == "14"
        ));
        assert!(matches!(
            server(150_018, good, true),
            Err(StoreError::ReadOnlyServer)
        ));
        for (settings, named) in [
            (["off", "on", "on", "UTF8"], "fsync"),
            (["on", "off", "on", "UTF8"], "full_page_writes"),
            (["on", "on", "off", "UTF8"], "synchronous_commit"),
            (["on", "on", "on", "SQL_ASCII"], "server_encoding"),
        ] {
            let refused = server(150_018, settings, false);
            assert!(
                matches!(refused, Err(StoreError::Pragma { pragma, .. }) if pragma == named),
                "{named}"
            );
        }
    }
}
