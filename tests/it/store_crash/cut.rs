//! A proxy that cuts connections between a commit and its answer, and elsewhere on the way.
//!
//! The proxy speaks enough of the protocol (PostgreSQL documentation, 55.7) to know what commits
//! when it passes: a `COMMIT`, and the end of a statement that moves the head by itself. It cuts
//! before it, within it, after it and before its answer, or within the answer.

use super::journal::{Journal, Lines};
use super::retry::recheck;
use super::workload::{self, Work};
use super::{Place, block_on, seed, times};
use crate::support::postgres::fresh_database;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use skill_ledger::store::{PostgresStore, postgres::Mode};
use sqlx::postgres::PgConnectOptions;
use std::collections::HashMap;
use std::str::FromStr;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixStream};

/// Where a connection is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Cut {
    /// The server never sees the commit.
    Before,
    /// The server sees half of it.
    Within,
    /// The server commits; the answer is lost.
    Answer,
    /// The server commits; half of the answer arrives.
    HalfAnswer,
    /// After another statement than a commit.
    Elsewhere,
}

const CUTS: [Cut; 5] = [
    Cut::Before,
    Cut::Within,
    Cut::Answer,
    Cut::HalfAnswer,
    Cut::Elsewhere,
];

struct Proxy {
    to: PgConnectOptions,
    rng: Mutex<ChaCha20Rng>,
    /// Cuts of commits left.
    left: AtomicU32,
    /// Tells the writers that none is left.
    stop: Arc<AtomicBool>,
    done: Mutex<HashMap<Cut, u32>>,
}

pub(super) trait Both: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Both for T {}

/// A connection to the server itself.
pub(super) async fn upstream(to: &PgConnectOptions) -> std::io::Result<Box<dyn Both>> {
    let port = to.get_port();
    match to.get_socket() {
        Some(dir) => {
            let socket = dir.join(format!(".s.PGSQL.{port}"));
            Ok(Box::new(UnixStream::connect(socket).await?))
        }
        None => Ok(Box::new(TcpStream::connect((to.get_host(), port)).await?)),
    }
}

impl Proxy {
    /// Whether and where to cut, once a message passes.
    fn cut(&self, commit: bool) -> Option<Cut> {
        let mut rng = self.rng.lock().unwrap();
        let cut = match commit {
            true => CUTS[rng.random_range(0..4)],
            false => Cut::Elsewhere,
        };
        if !rng.random_bool(if commit { 0.7 } else { 0.004 }) {
            return None;
        }
        // Those elsewhere come on top.
        let less = |left: u32| left.checked_sub(u32::from(commit));
        let before = self
            .left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
        if before.ok()? == u32::from(commit) {
            self.stop.store(true, Ordering::Relaxed);
        }
        *self.done.lock().unwrap().entry(cut).or_default() += 1;
        Some(cut)
    }

    /// Passes one connection on until an end closes it or it is cut.
    async fn pass(&self, client: TcpStream) -> std::io::Result<()> {
        let (mut from_server, mut to_server) = tokio::io::split(upstream(&self.to).await?);
        let (mut from_client, mut to_client) = client.into_split();
        let mut answer = vec![0; 1 << 16];
        let mut asked = Vec::new();
        let mut begun = false;
        let mut seen = Seen::default();
        loop {
            tokio::select! {
                read = from_server.read(&mut answer) => match read? {
                    0 => return Ok(()),
                    n => to_client.write_all(&answer[..n]).await?,
                },
                read = from_client.read_buf(&mut asked) => {
                    if read? == 0 {
                        return Ok(());
                    }
                    while let Some(length) = message(&asked, begun) {
                        let message: Vec<u8> = asked.drain(..length).collect();
                        let cut = begun.then(|| self.cut(seen.commits(&message))).flatten();
                        begun = true;
                        let sent = match cut {
                            Some(Cut::Before) => 0,
                            Some(Cut::Within) => message.len() / 2,
                            _ => message.len(),
                        };
                        to_server.write_all(&message[..sent]).await?;
                        match cut {
                            None => continue,
                            Some(Cut::Answer | Cut::HalfAnswer) => {
                                let n = from_server.read(&mut answer).await?;
                                if cut == Some(Cut::HalfAnswer) {
                                    to_client.write_all(&answer[..n / 2]).await?;
                                }
                            }
                            Some(_) => {}
                        }
                        return Ok(());
                    }
                }
            }
        }
    }
}

/// Length of the first message of these bytes, if all of it is there. The first of a connection
/// has no type.
pub(super) fn message(bytes: &[u8], begun: bool) -> Option<usize> {
    let at = usize::from(begun);
    let length = bytes.get(at..at + 4)?;
    let length = at + u32::from_be_bytes(length.try_into().unwrap()) as usize;
    (bytes.len() >= length).then_some(length)
}

/// What passed on one connection, as far as it tells what commits.
#[derive(Default)]
pub(super) struct Seen {
    /// The name of the prepared statement that moves the head.
    moves: Option<Vec<u8>>,
    /// It is bound, and runs with the next `Sync`.
    bound: bool,
    /// `BEGIN` passed: a statement does not commit by itself.
    within: bool,
}

impl Seen {
    /// Whether the statement that commits by itself was named and not run yet.
    pub(super) fn is_about_to(&self) -> bool {
        self.bound && !self.within
    }

    /// Whether the server commits when it has this message.
    pub(super) fn commits(&mut self, message: &[u8]) -> bool {
        let body = &message[5..];
        let mut texts = body.split(|byte| *byte == 0);
        match message[0] {
            b'Q' => {
                let commits = body.starts_with(b"COMMIT");
                self.within = body.starts_with(b"BEGIN") || self.within && !commits;
                self.within &= !body.starts_with(b"ROLLBACK");
                return commits;
            }
            b'P' => {
                let (name, text) = (texts.next().unwrap(), texts.next().unwrap());
                if String::from_utf8_lossy(text).contains("UPDATE head") {
                    self.moves = Some(name.to_vec());
                }
            }
            b'B' => self.bound = texts.nth(1) == self.moves.as_deref(),
            b'S' => return std::mem::take(&mut self.bound) && !self.within,
            _ => {}
        }
        false
    }
}

#[test]
fn a_cut_connection_never_hides_what_was_stored() {
    let cuts = times(40, 1_000);
    let seed = seed();
    block_on(async {
        let Some(url) = fresh_database().await else {
            return;
        };
        let place = Place::Postgres(url.clone());
        place.create().await;
        let proxy = Arc::new(Proxy {
            to: PgConnectOptions::from_str(&url).unwrap(),
            rng: Mutex::new(ChaCha20Rng::seed_from_u64(seed)),
            left: AtomicU32::new(cuts),
            stop: Arc::default(),
            done: Mutex::default(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let serving = Arc::clone(&proxy);
        tokio::spawn(async move {
            loop {
                let (client, _) = listener.accept().await.unwrap();
                let proxy = Arc::clone(&serving);
                // A cut ends in an error on either side; whose, tells nothing.
                tokio::spawn(async move { proxy.pass(client).await });
            }
        });
        let database = proxy.to.get_database().unwrap();
        let user = proxy.to.get_username();
        let through = format!("postgres://{user}@127.0.0.1:{port}/{database}?sslmode=disable");
        // Not every way in survives a cut.
        let store = loop {
            if let Ok(store) = PostgresStore::open(&through, Mode::Writer).await {
                break Arc::new(store);
            }
        };
        let dir = tempfile::tempdir().unwrap();
        let journal = dir.path().join("journal");
        let lines = Arc::new(Lines::append_to(&journal));
        let work = Work::until_told(seed);
        workload::run(&store, &lines, &work, HashMap::new(), &proxy.stop).await;
        Arc::into_inner(store).unwrap().close().await;
        let in_doubt = Journal::read(&journal).commands.into_values();
        let in_doubt = in_doubt
            .filter(|a| a.words.contains(&super::journal::Word::Maybe))
            .count();
        let seen = recheck(&place, &journal, &format!("seed {seed}")).await;
        let done = proxy.done.lock().unwrap().clone();
        eprintln!(
            "{cuts} cuts, {done:?}: {} acknowledged, {in_doubt} left in doubt",
            seen.acks
        );
        assert!(done[&Cut::Answer] > 0 && done[&Cut::Before] > 0, "{done:?}");
        // While a server can be asked, nobody is left without an answer.
        assert_eq!(in_doubt, 0);
    });
}
