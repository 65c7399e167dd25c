//! UmaDB's core in this process: its own writer thread, which commits all appends that wait at
//! once, in groups as large as the product's. The expected version is its append condition: no
//! event of the stream's tag may exist.

use crate::event::{self, Event};
use crate::work::Store;
use anyhow::{Context as _, Result, ensure};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::block_in_place;
use umadb_core::db::UmaDb;
use umadb_core::mvcc::{Mvcc, StorageOptions};
use umadb_core::writer_thread_blocking::writer_thread_blocking;
use umadb_core::writer_thread_request::WriterThreadRequest;
use umadb_dcb::{DcbAppendCondition, DcbEvent, DcbEventStoreSync as _, DcbQuery, DcbQueryItem};

/// Events after which a group takes no more, as in the product.
const GROUP: usize = 4_096;
/// Events of one page of a replay.
const PAGE: u32 = 5_000;

/// A database in one file.
pub struct Umadb {
    writer: mpsc::Sender<WriterThreadRequest>,
    head: watch::Receiver<Option<u64>>,
    database: UmaDb,
}

impl Umadb {
    /// Makes a new file, with the options it has by default.
    pub fn create(path: &Path) -> Result<Self> {
        let options = StorageOptions::default().db_path(path);
        let store = Arc::new(Mvcc::new(false, options).context("UmaDB does not open")?);
        let (writer, requests) = mpsc::channel(GROUP);
        let (moved, head) = watch::channel(None);
        let database = UmaDb::from_arc(Arc::clone(&store));
        std::thread::spawn(move || writer_thread_blocking(store, requests, moved, GROUP));
        Ok(Self {
            writer,
            head,
            database,
        })
    }
}

fn tagged(stream: u64) -> DcbQuery {
    let tag = event::stream_id(stream).to_string();
    DcbQuery::with_items([DcbQueryItem::new().tags([tag])])
}

impl Store for Umadb {
    async fn append(&self, _caller: usize, events: Vec<Event>) -> Result<()> {
        // A condition speaks of one query; in a filled store only the first events have one.
        let new = events.iter().all(|event| event.version == 1) || events.len() == 1;
        let streams = events.iter().map(|event| event.stream);
        let one = streams.clone().min() == streams.max();
        let condition = events
            .first()
            .filter(|first| first.version == 1 && (one || new))
            .map(|first| DcbAppendCondition::new(tagged(first.stream)));
        let events = events.iter().map(|event| {
            DcbEvent::new()
                .event_type(event::TYPE)
                .data(event::payload(event.n))
                .tags([event::stream_id(event.stream).to_string()])
                .uuid(event::event_id(event.n))
        });
        let (response_tx, answered) = oneshot::channel();
        let request = WriterThreadRequest::Append {
            events: events.collect(),
            condition,
            tracking_info: None,
            response_tx,
            cancel: None,
        };
        self.writer.send(request).await.ok().context("no writer")?;
        answered.await??;
        Ok(())
    }

    async fn replay(&self) -> Result<u64> {
        block_in_place(|| {
            let (mut from, mut events) = (1, 0);
            loop {
                let mut page = self.database.read(None, Some(from), false, Some(PAGE))?;
                let page = page.next_batch()?;
                let Some(last) = page.last() else {
                    return Ok(events);
                };
                from = last.position + 1;
                let bytes: usize = page.iter().map(|read| read.event.data.len()).sum();
                ensure!(bytes == page.len() * event::BYTES, "a payload is missing");
                events += page.len() as u64;
            }
        })
    }

    async fn load(&self, stream: u64) -> Result<(u64, u64)> {
        block_in_place(|| {
            let query = Some(tagged(stream));
            let (events, _) = self.database.read_with_head(query, None, false, None)?;
            let mut sum = 0;
            for read in &events {
                sum += event::number(&read.event.data)?;
            }
            Ok((events.len() as u64, sum))
        })
    }

    async fn next(&self, after: u64, limit: u32) -> Result<(Vec<u64>, u64)> {
        let mut head = self.head.clone();
        let moved = head.wait_for(|head| head.is_some_and(|head| head > after));
        // The caller counts how long nothing comes.
        let _ = tokio::time::timeout(Duration::from_millis(100), moved).await;
        block_in_place(|| {
            let from = Some(after + 1);
            let mut page = self.database.read(None, from, false, Some(limit))?;
            let page = page.next_batch()?;
            let last = page.last().map_or(after, |read| read.position);
            let numbers = page.iter().map(|read| event::number(&read.event.data));
            Ok((numbers.collect::<Result<_>>()?, last))
        })
    }
}

impl Drop for Umadb {
    fn drop(&mut self) {
        // The thread also ends when the channel is closed.
        let _ = self.writer.try_send(WriterThreadRequest::Shutdown);
    }
}
