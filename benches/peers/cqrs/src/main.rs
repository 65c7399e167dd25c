//! cqrs-es with postgres-es 0.5 in the peer benchmark. Events are persisted as the framework does
//! it, one insert an event in one transaction; the load that its `execute` does first is left out.

// What the benchmark shares with this program; it uses some more of it.
#[allow(dead_code)]
#[path = "../../src/event.rs"]
mod event;
#[path = "../../src/lag.rs"]
mod lag;
#[path = "../../src/protocol.rs"]
mod protocol;
#[allow(dead_code)]
#[path = "../../src/work.rs"]
mod work;

use anyhow::{Context as _, Result, bail, ensure};
use cqrs_es::event_sink::EventSink;
use cqrs_es::persist::{PersistedEventRepository as _, SerializedEvent};
use cqrs_es::{Aggregate, DomainEvent};
use event::Event;
use postgres_es::PostgresEventRepository;
use protocol::{Answer, Open};
use serde::{Deserialize, Serialize};
use sqlx::postgres::PgPoolOptions;
use std::convert::Infallible;
use std::sync::Arc;
use tokio::io::{AsyncBufReadExt as _, BufReader, stdin};
use work::{Store, Work};

/// The table that its documentation asks for.
const SCHEMA: &str = "CREATE TABLE events (
    aggregate_type text                         NOT NULL,
    aggregate_id   text                         NOT NULL,
    sequence       bigint CHECK (sequence >= 0) NOT NULL,
    event_type     text                         NOT NULL,
    event_version  text                         NOT NULL,
    payload        json                         NOT NULL,
    metadata       json                         NOT NULL,
    PRIMARY KEY (aggregate_type, aggregate_id, sequence)
)";

/// Events the replay keeps between the database and its reader.
const BUFFER: usize = 5_000;

/// The payload, as the framework reads it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Payload {
    data: Data,
    salt: String,
}
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Data {
    n: u64,
    text: String,
}

impl DomainEvent for Payload {
    fn event_type(&self) -> String {
        event::TYPE.to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

#[derive(Default, Serialize, Deserialize)]
struct Worker;

impl Aggregate for Worker {
    const TYPE: &'static str = "worker";
    type Command = ();
    type Event = Payload;
    type Error = Infallible;
    type Services = ();

    async fn handle(&mut self, (): (), (): &(), _sink: &EventSink<Self>) -> Result<(), Infallible> {
        Ok(())
    }
    fn apply(&mut self, _event: Payload) {}
}

struct CqrsEs(PostgresEventRepository);

impl Store for CqrsEs {
    async fn append(&self, _caller: usize, events: Vec<Event>) -> Result<()> {
        let serialized = events.iter().map(|event| {
            Ok(SerializedEvent::new(
                event::stream_id(event.stream).to_string(),
                event.version as usize,
                Worker::TYPE.to_owned(),
                event::TYPE.to_owned(),
                "1".to_owned(),
                serde_json::from_str(&event::payload(event.n))?,
                serde_json::json!({}),
            ))
        });
        let serialized = serialized.collect::<Result<Vec<_>>>()?;
        self.0.persist::<Worker>(&serialized, None).await?;
        Ok(())
    }

    async fn replay(&self) -> Result<u64> {
        let mut stream = self.0.stream_all_events::<Worker>().await?;
        let mut events = 0;
        while let Some(read) = stream.next::<Worker>(&[]).await {
            ensure!(read?.payload.data.text.len() > 400, "a payload is missing");
            events += 1;
        }
        Ok(events)
    }

    async fn load(&self, stream: u64) -> Result<(u64, u64)> {
        let id = event::stream_id(stream).to_string();
        let events = self.0.get_events::<Worker>(&id).await?;
        let mut sum = 0;
        for read in &events {
            sum += event::number(read.payload.to_string().as_bytes())?;
        }
        Ok((events.len() as u64, sum))
    }
}

async fn open(line: &str) -> Result<Arc<CqrsEs>> {
    let open: Open = serde_json::from_str(line)?;
    let pool = PgPoolOptions::new()
        .max_connections(open.connections)
        .acquire_timeout(std::time::Duration::from_secs(60))
        .connect(&open.url)
        .await?;
    sqlx::query(SCHEMA).execute(&pool).await?;
    let repository = PostgresEventRepository::new(pool).with_streaming_channel_size(BUFFER);
    Ok(Arc::new(CqrsEs(repository)))
}

fn answer(done: Result<work::Figures>) -> Result<()> {
    let answer = match done {
        Ok(figures) => Answer::Figures(figures),
        Err(error) => Answer::Error(format!("{error:#}")),
    };
    println!("{}", serde_json::to_string(&answer)?);
    Ok(())
}

#[tokio::main]
async fn main() -> Result<()> {
    let mut lines = BufReader::new(stdin()).lines();
    let first = lines.next_line().await?.context("nothing was asked")?;
    let store = match open(&first).await {
        Ok(store) => store,
        Err(error) => {
            answer(Err(error))?;
            bail!("not opened");
        }
    };
    answer(Ok(work::Figures::default()))?;
    while let Some(line) = lines.next_line().await? {
        let work: Work = serde_json::from_str(&line)?;
        answer(work::run(&store, &work).await)?;
    }
    Ok(())
}
