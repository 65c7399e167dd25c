//! message-db: its own SQL functions, installed from its npm package, called over the bare driver.
//! `write_message` locks the category of a stream; to be kind, single events are spread over 64
//! categories, and the events of a batch are one statement.

use crate::bare_postgres::connect;
use crate::event::{self, Event};
use crate::work::Store;
use anyhow::{Context as _, Result, ensure};
use std::path::Path;
use tokio_postgres::{Client, Config, Statement};

/// Events of one page of a replay.
const PAGE: i64 = 5_000;
/// Categories of single events.
const CATEGORIES: u64 = 64;

/// What its installer runs, in its order, as far as it is not about roles and privileges.
const INSTALL: [&str; 18] = [
    "schema/message-store.sql",
    "extensions/pgcrypto.sql",
    "tables/messages.sql",
    "types/message.sql",
    "functions/message-store-version.sql",
    "functions/hash-64.sql",
    "functions/acquire-lock.sql",
    "functions/category.sql",
    "functions/is-category.sql",
    "functions/id.sql",
    "functions/cardinal-id.sql",
    "functions/stream-version.sql",
    "functions/write-message.sql",
    "functions/get-stream-messages.sql",
    "functions/get-category-messages.sql",
    "functions/get-last-stream-message.sql",
    "indexes/messages-id.sql",
    "indexes/messages-category.sql",
];

/// One connection and its statements.
struct Connected {
    client: Client,
    write: Statement,
    write_many: Statement,
    stream: Statement,
    category: Statement,
}

/// A message store in one database.
pub struct MessageDb {
    connections: Vec<Connected>,
}

impl MessageDb {
    /// Installs it from `package` into an empty database.
    pub async fn create(config: &Config, package: &Path, connections: usize) -> Result<Self> {
        let mut config = config.clone();
        config.options("-c search_path=message_store,public -c client_min_messages=error");
        let installer = connect(&config).await?;
        for file in INSTALL.iter().chain(&["indexes/messages-stream.sql"]) {
            let path = package.join("database").join(file);
            let sql = std::fs::read_to_string(path).context(*file)?;
            installer.batch_execute(&sql).await.context(*file)?;
        }
        let mut connected = Vec::new();
        for _ in 0..connections {
            let client = connect(&config).await?;
            connected.push(Connected {
                write: client
                    .prepare(
                        "SELECT write_message($1::varchar, $2::varchar, $3::varchar, \
                         $4::varchar::jsonb, NULL, $5::bigint)",
                    )
                    .await?,
                write_many: client
                    .prepare(
                        "SELECT count(write_message(id, stream, $3::varchar, data::jsonb, NULL, \
                         version)) FROM unnest($1::varchar[], $2::varchar[], $4::varchar[], \
                         $5::bigint[]) AS row (id, stream, data, version)",
                    )
                    .await?,
                stream: client
                    .prepare("SELECT data FROM get_stream_messages($1::varchar, 0, 1000)")
                    .await?,
                category: client
                    .prepare(
                        "SELECT global_position, data FROM \
                         get_category_messages('worker', $1::bigint, $2::bigint)",
                    )
                    .await?,
                client,
            });
        }
        Ok(Self {
            connections: connected,
        })
    }

    fn of(&self, caller: usize) -> &Connected {
        &self.connections[caller % self.connections.len()]
    }
}

fn name(stream: u64) -> String {
    format!("worker-{}", event::stream_id(stream))
}

impl Store for MessageDb {
    async fn append(&self, caller: usize, events: Vec<Event>) -> Result<()> {
        let connected = self.of(caller);
        if let [one] = events.as_slice() {
            let id = event::event_id(one.n).to_string();
            let category = one.stream % CATEGORIES;
            let stream = format!("worker{category}-{}", event::stream_id(one.stream));
            // It counts versions from 0, and -1 is no stream.
            let expected = one.version as i64 - 2;
            let written = connected
                .client
                .query_one(
                    &connected.write,
                    &[
                        &id,
                        &stream,
                        &event::TYPE,
                        &event::payload(one.n),
                        &expected,
                    ],
                )
                .await?;
            let version: i64 = written.get(0);
            ensure!(version == one.version as i64 - 1, "another version");
            return Ok(());
        }
        let ids = events.iter().map(|e| event::event_id(e.n).to_string());
        let data = events.iter().map(|e| event::payload(e.n));
        let written = connected
            .client
            .query_one(
                &connected.write_many,
                &[
                    &ids.collect::<Vec<_>>(),
                    &events.iter().map(|e| name(e.stream)).collect::<Vec<_>>(),
                    &event::TYPE,
                    &data.collect::<Vec<_>>(),
                    &events
                        .iter()
                        .map(|e| e.version as i64 - 2)
                        .collect::<Vec<_>>(),
                ],
            )
            .await?;
        let count: i64 = written.get(0);
        ensure!(count == events.len() as i64, "{count} written");
        Ok(())
    }

    async fn replay(&self) -> Result<u64> {
        let connected = self.of(0);
        let (mut from, mut events) = (1i64, 0);
        loop {
            let rows = connected
                .client
                .query(&connected.category, &[&from, &PAGE])
                .await?;
            let Some(last) = rows.last() else {
                return Ok(events);
            };
            from = last.get::<_, i64>(0) + 1;
            for row in &rows {
                // jsonb writes its spaces anew, so a payload is a little longer.
                let data: String = row.get(1);
                ensure!(data.len() >= event::BYTES, "a payload is missing");
            }
            events += rows.len() as u64;
        }
    }

    async fn load(&self, stream: u64) -> Result<(u64, u64)> {
        let connected = self.of(0);
        let rows = connected
            .client
            .query(&connected.stream, &[&name(stream)])
            .await?;
        let mut sum = 0;
        for row in &rows {
            sum += event::number(row.get::<_, &str>(0).as_bytes())?;
        }
        Ok((rows.len() as u64, sum))
    }
}
