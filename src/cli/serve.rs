//! `serve`: the API and the pages, until told to end.

use super::access::{Access, Answer, answer};
use super::output::{Exit, Output};
use super::witness::read_policy;
use crate::app::{Actor, AppError, Ledger};
use crate::http::{self, Limits, Served};
use crate::tlog::policy::Policy;
use crate::{telemetry, web};
use clap::Args;
use serde_json::json;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// How often the signed lists are looked at; they are signed anew once they are a day old.
const RENEW_EVERY: Duration = Duration::from_secs(3600);

/// How long to wait before the log is followed or signed again after a failure.
const FOLLOW_AGAIN: Duration = Duration::from_secs(5);

/// Serves the API and the pages (启动服务). While it runs, nobody else writes to the ledger: with
/// `--as`, the token of the authority's maker, it also renews the signed lists before they expire.
#[derive(Args)]
pub(super) struct Serve {
    #[command(flatten)]
    access: Access,
    /// Address and port to listen on. TLS is the task of a reverse proxy in front.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Trust policy (C2SP tlog-policy): its witnesses are asked to cosign every head of the log, at
    /// the addresses it gives.
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
}

impl Serve {
    pub(super) fn run(self, output: &Output) -> Exit {
        telemetry::start();
        answer(output, async {
            let policy = self.policy.as_deref().map(read_policy).transpose()?;
            let (ledger, actor) = if self.access.names_actor() {
                let (ledger, actor) = self.access.open_as(output).await?;
                actor.need_authority()?;
                (ledger, Some(actor))
            } else {
                (self.access.open(output).await?, None)
            };
            ledger.need_costly_passphrase()?;
            // What a crash left between the events and the checkpoint is finished first.
            ledger.advance_log().await?;
            let (listener, address) = bind(self.listen).await?;
            let ending = Ending::new(self.listen)?;

            let limits = Limits::default();
            let ledger = Arc::new(ledger);
            let served = Served::new(Arc::clone(&ledger));
            let router = web::around(http::router(served.clone()), served, limits);
            output.say(&output.text("cli-serving", &[("address", address.to_string())]));
            let serving = http::listen::listen(listener, router, limits, ending.told());
            if actor.is_none() {
                output.say(&output.text("cli-serve-not-renewing", &[]));
            }
            let renewing = async {
                match &actor {
                    Some(actor) => renew(&ledger, actor).await,
                    None => std::future::pending().await,
                }
            };
            let ended = tokio::select! {
                ended = serving => ended,
                () = renewing => Ok(()),
                () = follow(&ledger) => Ok(()),
                () = sign(&ledger) => Ok(()),
                () = gather(&ledger, policy.as_ref()) => Ok(()),
            };
            ended.map_err(|error| at(self.listen, error))?;
            if let Some(sealer) = ledger.sealer(&self.access.place.home()).await? {
                // Whoever still holds the ledger is gone with its connections.
                if let Some(ledger) = Arc::into_inner(ledger) {
                    ledger.close().await;
                }
                match sealer.seal()? {
                    Some(pages) => tracing::info!(pages, "the file at rest is signed"),
                    None => tracing::warn!("the file is not at rest, and not signed"),
                }
            }
            let ended = output.text("cli-serve-ended", &[]);
            Ok(Answer::done(json!({"ended": true}), vec![ended]))
        })
    }
}

/// Publishes what has news or is a day old, for as long as the service runs. What fails is told
/// and tried again: the lists published before stay good for days.
async fn renew(ledger: &Ledger, actor: &Actor) {
    loop {
        match ledger.publish_all(actor).await {
            Ok(0) => {}
            Ok(published) => tracing::info!(published, "signed lists renewed"),
            Err(error) => tracing::error!(code = %error.code(), "signed lists were not renewed"),
        }
        tokio::time::sleep(RENEW_EVERY).await;
    }
}

/// Keeps the views near the end of the log for as long as the service runs. What fails is told and
/// tried again; every answer still says the position it is true at.
async fn follow(ledger: &Ledger) {
    loop {
        let Err(error) = ledger.follow_log().await;
        tracing::error!(code = %error.code(), "the views do not follow the log");
        tokio::time::sleep(FOLLOW_AGAIN).await;
    }
}

/// Has every new head cosigned, for as long as the service runs, if there is a policy.
async fn gather(ledger: &Ledger, policy: Option<&Policy>) {
    let Some(policy) = policy else {
        return std::future::pending().await;
    };
    loop {
        let Err(error) = ledger.gather_cosignatures(policy).await;
        tracing::error!(code = %error.code(), "witnesses are not asked");
        tokio::time::sleep(FOLLOW_AGAIN).await;
    }
}

/// Keeps a signed checkpoint near the end of the log for as long as the service runs. What fails is
/// told and tried again; nothing is handed out that no checkpoint covers.
async fn sign(ledger: &Ledger) {
    loop {
        let Err(error) = ledger.sign_as_it_grows().await;
        tracing::error!(code = %error.code(), "the log is not signed");
        tokio::time::sleep(FOLLOW_AGAIN).await;
    }
}

fn at(address: SocketAddr, error: std::io::Error) -> AppError {
    AppError::File {
        path: address.to_string(),
        error,
    }
}

/// Listens on an address; answers which it became.
pub(super) async fn bind(address: SocketAddr) -> Result<(TcpListener, SocketAddr), AppError> {
    let listener = TcpListener::bind(address).await;
    let listener = listener.map_err(|error| at(address, error))?;
    let bound = listener.local_addr().map_err(|error| at(address, error))?;
    Ok((listener, bound))
}

/// The signals that end a service in order.
pub(super) struct Ending {
    interrupt: Signal,
    terminate: Signal,
}

impl Ending {
    pub(super) fn new(address: SocketAddr) -> Result<Self, AppError> {
        let on = |kind| signal(kind).map_err(|error| at(address, error));
        Ok(Self {
            interrupt: on(SignalKind::interrupt())?,
            terminate: on(SignalKind::terminate())?,
        })
    }

    /// Waits until somebody says so.
    pub(super) async fn told(mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
