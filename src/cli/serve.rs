//! `serve`: the API and the pages, until told to end.

use super::access::{Answer, Passphrase, Place, answer};
use super::output::{Exit, Output};
use crate::app::{AppError, Ledger};
use crate::http::{self, Limits, Served};
use crate::{telemetry, web};
use clap::Args;
use serde_json::json;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// Serves the API and the pages (启动服务).
#[derive(Args)]
pub(super) struct Serve {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    passphrase: Passphrase,
    /// Address and port to listen on. TLS is the task of a reverse proxy in front.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
}

impl Serve {
    pub(super) fn run(self, output: &Output) -> Exit {
        telemetry::start();
        answer(output, async {
            let passphrase = self.passphrase.read(output)?;
            let ledger = Ledger::open(&self.place.data, &passphrase).await?;
            drop(passphrase);
            // What a crash left between the events and the checkpoint is finished first.
            ledger.advance_log().await?;
            let failed = |error| AppError::File {
                path: self.listen.to_string(),
                error,
            };
            let listener = TcpListener::bind(self.listen).await.map_err(failed)?;
            let address = listener.local_addr().map_err(failed)?;
            let limits = Limits::default();
            let served = Served::new(Arc::new(ledger));
            let router = web::around(http::router(served.clone()), served, limits);
            let interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
            let terminate = signal(SignalKind::terminate()).map_err(failed)?;
            output.say(&output.text("cli-serving", &[("address", address.to_string())]));
            let end = told_to_end(interrupt, terminate);
            http::listen::listen(listener, router, limits, end)
                .await
                .map_err(failed)?;
            let ended = output.text("cli-serve-ended", &[]);
            Ok(Answer::done(json!({"ended": true}), vec![ended]))
        })
    }
}

async fn told_to_end(
    mut interrupt: tokio::signal::unix::Signal,
    mut terminate: tokio::signal::unix::Signal,
) {
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
}
