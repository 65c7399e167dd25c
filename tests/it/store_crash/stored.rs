//! What stands in the tables of a ledger, read with plain SQL and none of the store's code.

use super::Place;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection, FromRow};

#[derive(Clone, Debug, FromRow)]
pub struct Event {
    pub position: i64,
    pub stream_id: String,
    pub stream_version: i64,
    pub event_id: Vec<u8>,
    pub event_type: String,
    pub schema_version: i64,
    pub recorded_at: i64,
    pub actor: Vec<u8>,
    pub command_id: Vec<u8>,
    pub request_digest: Vec<u8>,
    pub causation: Option<Vec<u8>>,
    pub payload: Vec<u8>,
    pub payload_digest: Vec<u8>,
    pub chain: Vec<u8>,
}

#[derive(Clone, Debug, FromRow)]
pub struct Command {
    pub command_id: Vec<u8>,
    pub request_digest: Vec<u8>,
    pub first_position: i64,
    pub last_position: i64,
}

#[derive(Clone, Debug, FromRow, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sealed {
    pub subject: Vec<u8>,
    pub field: String,
    pub version: i64,
    pub nonce: Vec<u8>,
    pub ciphertext: Vec<u8>,
}

/// Columns of a person's row: pseudonym, wrapped key, blind index.
pub type Subject = (Vec<u8>, Vec<u8>, Option<Vec<u8>>);

#[derive(Clone, Debug, Default)]
pub struct Stored {
    pub events: Vec<Event>,
    /// Position, chain value and time.
    pub head: (i64, Vec<u8>, i64),
    pub commands: Vec<Command>,
    pub keys: Vec<(String, i64)>,
    /// Person, wrapped key, blind index.
    pub subjects: Vec<Subject>,
    pub sealed: Vec<Sealed>,
    /// Size, note.
    pub checkpoints: Vec<(i64, String)>,
}

macro_rules! read {
    ($connection:expr, $id:literal) => {{
        let c = &mut *$connection;
        Stored {
            events: sqlx::query_as(concat!(
                "SELECT position, stream_id, stream_version, ",
                $id,
                "(event_id) AS event_id, \
                 event_type, CAST(schema_version AS bigint) AS schema_version, recorded_at, ",
                $id,
                "(actor) AS actor, ",
                $id,
                "(command_id) AS command_id, request_digest, ",
                $id,
                "(causation) AS causation, payload, payload_digest, chain \
                 FROM event ORDER BY position",
            ))
            .fetch_all(&mut *c)
            .await?,
            head: sqlx::query_as("SELECT position, chain, at FROM head WHERE chain_name = 'event'")
                .fetch_one(&mut *c)
                .await?,
            commands: sqlx::query_as(concat!(
                "SELECT ",
                $id,
                "(command_id) AS command_id, request_digest, first_position, \
                 last_position FROM command ORDER BY first_position",
            ))
            .fetch_all(&mut *c)
            .await?,
            keys: sqlx::query_as("SELECT key, position FROM reservation ORDER BY key")
                .fetch_all(&mut *c)
                .await?,
            subjects: sqlx::query_as(concat!(
                "SELECT ",
                $id,
                "(subject), wrapped_key, blind_index FROM vault_subject",
            ))
            .fetch_all(&mut *c)
            .await?,
            sealed: sqlx::query_as(concat!(
                "SELECT ",
                $id,
                "(subject) AS subject, field, version, nonce, ciphertext \
                 FROM vault_row",
            ))
            .fetch_all(&mut *c)
            .await?,
            checkpoints: sqlx::query_as(
                "SELECT tree_size, note FROM checkpoint ORDER BY tree_size",
            )
            .fetch_all(&mut *c)
            .await?,
        }
    }};
}

impl Stored {
    /// All of a ledger. On PostgreSQL whoever appends is waited for: what a killed process left on
    /// its way has ended then.
    pub async fn of(place: &Place) -> Result<Self, sqlx::Error> {
        match place {
            Place::Sqlite(path) => {
                let options = SqliteConnectOptions::new().filename(path);
                let mut connection: SqliteConnection =
                    options.disable_statement_logging().connect().await?;
                // Identity: ids are stored as their bytes.
                sqlx::raw_sql("BEGIN").execute(&mut connection).await?;
                let stored = read!(&mut connection, "");
                connection.close().await?;
                Ok(stored)
            }
            Place::Postgres(url) => {
                let mut connection = PgConnection::connect(url).await?;
                sqlx::raw_sql("BEGIN; SELECT FROM head WHERE chain_name = 'event' FOR UPDATE")
                    .execute(&mut connection)
                    .await?;
                let stored = read!(&mut connection, "uuid_send");
                connection.close().await?;
                Ok(stored)
            }
        }
    }
}
