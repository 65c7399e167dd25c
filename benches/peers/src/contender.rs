//! A contender with an open store of its own, in this process or in one that is asked over
//! stdin and answers over stdout, a line of JSON each.

use crate::protocol::{Answer, Open};
use crate::work::{Figures, Store, Work, run};
use anyhow::{Context as _, Result, bail};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child as Process, ChildStdin, ChildStdout, Command};
use tokio::sync::Mutex;

/// An answer on its way.
pub type Answering<'a> = Pin<Box<dyn Future<Output = Result<Figures>> + Send + 'a>>;

/// Does the work.
pub trait Contender: Send + Sync {
    /// Does one piece of it.
    fn run<'a>(&'a self, work: &'a Work) -> Answering<'a>;
}

/// A contender in this process.
pub struct Local<S>(pub Arc<S>);

impl<S: Store> Contender for Local<S> {
    fn run<'a>(&'a self, work: &'a Work) -> Answering<'a> {
        Box::pin(run(&self.0, work))
    }
}

/// A contender in a process of its own, which ends with it.
pub struct Child {
    _process: Process,
    pipes: Mutex<(ChildStdin, Lines<BufReader<ChildStdout>>)>,
}

impl Child {
    /// Starts the process and lets it open its store.
    pub async fn start(mut command: Command, open: &Open) -> Result<Self> {
        command
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .kill_on_drop(true);
        let mut process = command.spawn().context("a contender does not start")?;
        let stdin = process.stdin.take().context("no stdin")?;
        let stdout = process.stdout.take().context("no stdout")?;
        let lines = BufReader::new(stdout).lines();
        let child = Self {
            _process: process,
            pipes: Mutex::new((stdin, lines)),
        };
        child.ask(&serde_json::to_string(open)?).await?;
        Ok(child)
    }

    async fn ask(&self, request: &str) -> Result<Figures> {
        let mut pipes = self.pipes.lock().await;
        let (stdin, lines) = &mut *pipes;
        stdin.write_all(request.as_bytes()).await?;
        stdin.write_all(b"\n").await?;
        stdin.flush().await?;
        let line = lines.next_line().await?.context("the contender ended")?;
        match serde_json::from_str(&line)? {
            Answer::Figures(figures) => Ok(figures),
            Answer::Error(error) => bail!(error),
        }
    }
}

impl Contender for Child {
    fn run<'a>(&'a self, work: &'a Work) -> Answering<'a> {
        Box::pin(async { self.ask(&serde_json::to_string(work)?).await })
    }
}
