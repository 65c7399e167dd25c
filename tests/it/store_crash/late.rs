//! A statement that arrives after its connection was given up: held on its way while its writer
//! asks what became of it, then let through.

use super::cut::{Seen, message, upstream};
use super::{LEDGER, Place, block_on};
use crate::contract::batches::*;
use crate::support::postgres::fresh_database;
use skill_ledger::codec::batch::AppendOutcome;
use skill_ledger::store::{EventStore, PostgresStore, postgres::Mode};
use sqlx::postgres::PgConnectOptions;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, mpsc};

struct Proxy {
    to: PgConnectOptions,
    /// The next statement that commits is held.
    holds: AtomicBool,
    /// It may go on.
    goes_on: Notify,
    /// What the server said to it.
    said: mpsc::UnboundedSender<Vec<u8>>,
}

impl Proxy {
    async fn pass(&self, mut client: TcpStream) -> std::io::Result<()> {
        let mut server = upstream(&self.to).await?;
        let (mut answer, mut asked) = (vec![0; 1 << 16], Vec::new());
        let (mut begun, mut seen) = (false, Seen::default());
        let mut held = Vec::new();
        loop {
            tokio::select! {
                read = server.read(&mut answer) => match read? {
                    0 => return Ok(()),
                    n => client.write_all(&answer[..n]).await?,
                },
                read = client.read_buf(&mut asked) => {
                    if read? == 0 {
                        return Ok(());
                    }
                    while let Some(length) = message(&asked, begun) {
                        let message: Vec<u8> = asked.drain(..length).collect();
                        let commits = begun && seen.commits(&message);
                        begun = true;
                        let holds = self.holds.load(Ordering::Relaxed);
                        if holds && (commits || seen.is_about_to()) {
                            // All of it: the server must not have begun.
                            held.extend(message);
                            if !commits {
                                continue;
                            }
                            self.holds.store(false, Ordering::Relaxed);
                            drop(client);
                            self.goes_on.notified().await;
                            server.write_all(&held).await?;
                            let n = server.read(&mut answer).await?;
                            self.said.send(answer[..n].to_vec()).unwrap();
                            return Ok(());
                        }
                        server.write_all(&message).await?;
                    }
                }
            }
        }
    }
}

#[test]
fn a_statement_that_comes_late_changes_nothing() {
    block_on(async {
        let Some(url) = fresh_database().await else {
            return;
        };
        Place::Postgres(url.clone()).create().await;
        let (said, mut late) = mpsc::unbounded_channel();
        let proxy = Arc::new(Proxy {
            to: PgConnectOptions::from_str(&url).unwrap(),
            holds: AtomicBool::new(false),
            goes_on: Notify::new(),
            said,
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let serving = Arc::clone(&proxy);
        tokio::spawn(async move {
            loop {
                let (client, _) = listener.accept().await.unwrap();
                let proxy = Arc::clone(&serving);
                // Held or closed by either side; which, tells nothing.
                tokio::spawn(async move { proxy.pass(client).await });
            }
        });
        let (user, database) = (proxy.to.get_username(), proxy.to.get_database().unwrap());
        let through = format!("postgres://{user}@127.0.0.1:{port}/{database}?sslmode=disable");
        let store = PostgresStore::open(&through, Mode::Writer).await.unwrap();
        assert_eq!(store.ledger(), LEDGER);

        let one = |n: u128| batch(n).writing(worker(n), 0, 1);
        let appended = |at| AppendOutcome::Appended {
            first: at,
            last: at,
        };
        // From the second on, the writer knows where the chain ends.
        assert_eq!(store.append(one(1)).await.unwrap(), appended(1));
        assert_eq!(store.append(one(2)).await.unwrap(), appended(2));
        proxy.holds.store(true, Ordering::Relaxed);
        assert_eq!(store.append(one(3)).await.unwrap(), appended(3));
        assert!(!proxy.holds.load(Ordering::Relaxed), "nothing was held");
        proxy.goes_on.notify_one();
        let answer = late.recv().await.unwrap();
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.contains("SELECT 0\0"), "{answer:?}");
        assert_eq!(store.head().await.unwrap().position, 3);
        assert_eq!(store.append(one(4)).await.unwrap(), appended(4));
        store.close().await;
    });
}
