//! The floor on PostgreSQL: the bare driver, one connection that writes, one multi-row insert
//! and commit for all that wait; and COPY.

use crate::bare_row::{ACTOR, AT, BareRow, stream};
use crate::event::{self, Event};
use crate::work::Store;
use anyhow::{Context as _, Result, ensure};
use futures_util::pin_mut;
use std::sync::Arc;
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::Type;
use tokio_postgres::{Client, Config, NoTls, Statement};
use uuid::Uuid;

/// Rows after which a group takes no more, as in the product.
const GROUP: usize = 4_096;
/// Events of one page of a replay.
const PAGE: i64 = 5_000;

const SCHEMA: &str = "CREATE TABLE event (
    position       bigint PRIMARY KEY,
    stream_id      text COLLATE \"C\" NOT NULL,
    stream_version bigint NOT NULL,
    event_id       uuid NOT NULL UNIQUE,
    event_type     text NOT NULL,
    schema_version integer NOT NULL,
    recorded_at    bigint NOT NULL,
    actor          uuid NOT NULL,
    command_id     uuid NOT NULL,
    request_digest bytea NOT NULL,
    causation      uuid,
    payload        bytea NOT NULL,
    payload_digest bytea NOT NULL,
    chain          bytea NOT NULL,
    UNIQUE (stream_id, stream_version)
)";

const INSERT: &str = "INSERT INTO event (position, stream_id, stream_version, event_id, \
    event_type, schema_version, recorded_at, actor, command_id, request_digest, causation, \
    payload, payload_digest, chain) \
    SELECT * FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::uuid[], $5::text[], \
    $6::integer[], $7::bigint[], $8::uuid[], $9::uuid[], $10::bytea[], $11::uuid[], \
    $12::bytea[], $13::bytea[], $14::bytea[])";

/// Rows, and who waits until they are durable.
type Waiting = (Vec<BareRow>, oneshot::Sender<Result<()>>);

/// The bare driver on one database.
pub struct BarePostgres {
    queue: mpsc::UnboundedSender<Waiting>,
    /// Where appends go by COPY, one each, and the position they continue.
    copy: Option<Mutex<(Arc<Client>, i64)>>,
    client: Arc<Client>,
    page: Statement,
    one: Statement,
}

/// A connection, driven by a task of its own.
pub async fn connect(config: &Config) -> Result<Client> {
    let (client, connection) = config.connect(NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

impl BarePostgres {
    /// Makes the table. Appends go by COPY if `copy`, in groups otherwise.
    pub async fn create(config: &Config, copy: bool) -> Result<Self> {
        let client = Arc::new(connect(config).await?);
        client.batch_execute(SCHEMA).await?;
        let writer = connect(config).await?;
        let insert = writer.prepare(INSERT).await?;
        let (queue, waiting) = mpsc::unbounded_channel();
        tokio::spawn(write(writer, insert, waiting));
        let page = "SELECT * FROM event WHERE position > $1 ORDER BY position LIMIT $2";
        let one = "SELECT * FROM event WHERE stream_id = $1 ORDER BY stream_version";
        let (page, one) = (client.prepare(page).await?, client.prepare(one).await?);
        Ok(Self {
            queue,
            copy: copy.then(|| Mutex::new((Arc::clone(&client), 0))),
            client,
            page,
            one,
        })
    }
}

/// Takes what waits, group after group.
async fn write(client: Client, insert: Statement, mut queue: mpsc::UnboundedReceiver<Waiting>) {
    let mut position = 0;
    let mut group = Vec::new();
    while queue.recv_many(&mut group, GROUP).await > 0 {
        let (rows, answers): (Vec<_>, Vec<_>) = group.drain(..).unzip();
        let rows: Vec<BareRow> = rows.into_iter().flatten().collect();
        let stored = store(&client, &insert, position, &rows).await;
        if stored.is_ok() {
            position += rows.len() as i64;
        }
        for answer in answers {
            let failed = stored.as_ref().err();
            let failed = failed.map(|error| anyhow::anyhow!("{error:#}"));
            // A caller that no longer waits is not an error.
            let _ = answer.send(failed.map_or(Ok(()), Err));
        }
        // Those just answered append again: let them.
        tokio::task::yield_now().await;
    }
}

async fn store(client: &Client, insert: &Statement, after: i64, rows: &[BareRow]) -> Result<()> {
    let count = rows.len();
    let positions: Vec<i64> = (after + 1..).take(count).collect();
    let streams: Vec<&str> = rows.iter().map(|row| row.stream.as_str()).collect();
    let versions: Vec<i64> = rows.iter().map(|row| row.version).collect();
    let events: Vec<Uuid> = rows.iter().map(|row| row.event).collect();
    let commands: Vec<Uuid> = rows.iter().map(|row| row.command).collect();
    let digests: Vec<&[u8]> = rows.iter().map(|row| row.digest.as_slice()).collect();
    let payloads: Vec<&[u8]> = rows.iter().map(|row| row.payload.as_bytes()).collect();
    let written = client
        .execute(
            insert,
            &[
                &positions,
                &streams,
                &versions,
                &events,
                &vec![event::TYPE; count],
                &vec![1i32; count],
                &vec![AT; count],
                &vec![ACTOR; count],
                &commands,
                &digests,
                &vec![None::<Uuid>; count],
                &payloads,
                &digests,
                &digests,
            ],
        )
        .await?;
    ensure!(written == count as u64, "{written} rows of {count}");
    Ok(())
}

async fn copy(client: &Client, after: i64, rows: &[BareRow]) -> Result<()> {
    const TYPES: [Type; 14] = [
        Type::INT8,
        Type::TEXT,
        Type::INT8,
        Type::UUID,
        Type::TEXT,
        Type::INT4,
        Type::INT8,
        Type::UUID,
        Type::UUID,
        Type::BYTEA,
        Type::UUID,
        Type::BYTEA,
        Type::BYTEA,
        Type::BYTEA,
    ];
    let sink = client.copy_in("COPY event FROM STDIN BINARY").await?;
    let writer = BinaryCopyInWriter::new(sink, &TYPES);
    pin_mut!(writer);
    for (row, position) in rows.iter().zip(after + 1..) {
        let digest = row.digest.as_slice();
        writer
            .as_mut()
            .write(&[
                &position,
                &row.stream,
                &row.version,
                &row.event,
                &event::TYPE,
                &1i32,
                &AT,
                &ACTOR,
                &row.command,
                &digest,
                &None::<Uuid>,
                &row.payload.as_bytes(),
                &digest,
                &digest,
            ])
            .await?;
    }
    let written = writer.finish().await?;
    ensure!(written == rows.len() as u64, "{written} rows copied");
    Ok(())
}

impl Store for BarePostgres {
    async fn append(&self, _caller: usize, events: Vec<Event>) -> Result<()> {
        let rows: Vec<BareRow> = events.iter().map(BareRow::of).collect();
        if let Some(place) = &self.copy {
            let mut place = place.lock().await;
            copy(&place.0, place.1, &rows).await?;
            place.1 += rows.len() as i64;
            return Ok(());
        }
        let (answer, answered) = oneshot::channel();
        self.queue.send((rows, answer)).ok().context("no writer")?;
        answered.await?
    }

    async fn replay(&self) -> Result<u64> {
        let (mut after, mut events) = (0i64, 0);
        loop {
            let rows = self.client.query(&self.page, &[&after, &PAGE]).await?;
            let Some(last) = rows.last() else {
                return Ok(events);
            };
            after = last.get(0);
            for row in &rows {
                let payload: Vec<u8> = row.get(11);
                ensure!(payload.len() == event::BYTES, "a payload is missing");
            }
            events += rows.len() as u64;
        }
    }

    async fn load(&self, number: u64) -> Result<(u64, u64)> {
        let rows = self.client.query(&self.one, &[&stream(number)]).await?;
        let mut sum = 0;
        for row in &rows {
            sum += event::number(row.get(11))?;
        }
        Ok((rows.len() as u64, sum))
    }
}
